//! Chữ của trang: what stands on its buttons and headings; questions about people are those of the interview.

/// Words by the names under which the page asks for them.
pub const WORDS: &[(&str, [&str; 2])] = &[
    ("title", ["Bảo hiểm y tế: mức đóng và mức hưởng", "Health insurance: premiums and reimbursements"]),
    ("other-language", ["English", "Tiếng Việt"]),
    ("tab-quote", ["Mức đóng", "Premium"]),
    ("tab-visit", ["Một lượt khám", "One visit"]),
    ("day-quote", ["Ngày đóng tiền", "Day of payment"]),
    ("day-visit", ["Ngày ra viện, kết thúc khám", "Day of discharge"]),
    ("people", ["Người tham gia", "People"]),
    ("add-person", ["Thêm người thuộc đối tượng khác", "Add people of another group"]),
    ("remove-person", ["Bỏ", "Remove"]),
    ("more", ["Thêm chi tiết", "More details"]),
    ("answer", ["Kết quả", "Result"]),
    ("why", ["Vì sao? Từng bước và điều luật", "Why? Step by step, with the articles"]),
    ("why-not", ["Ẩn các bước", "Hide the steps"]),
    ("print", ["In phiếu", "Print the sheet"]),
    ("copy", ["Chép tin nhắn", "Copy the message"]),
    ("copied", ["Đã chép", "Copied"]),
    ("message", ["Tin nhắn gửi khách", "Message for the customer"]),
    ("transfer", ["Mã QR chuyển khoản", "QR code for the transfer"]),
    ("bank", ["Ngân hàng (tên hoặc mã 6 số)", "Bank (name or 6-digit code)"]),
    ("account", ["Số tài khoản", "Account"]),
    ("holder", ["Tên chủ tài khoản", "Account holder"]),
    (
        "keep",
        [
            "Giữ tài khoản này trong trình duyệt của máy này",
            "Keep this account in the browser of this machine",
        ],
    ),
    (
        "transfer-wrong",
        [
            "Chưa có mã QR: xem lại tên ngân hàng, số tài khoản và tên chủ tài khoản.",
            "No QR code: check the name of the bank, the account and its holder.",
        ],
    ),
    (
        "foot",
        [
            "Tính ngay trên máy này, không gửi gì đi. Kết quả để tham khảo; văn bản trên Công báo mới có giá trị pháp lý.",
            "Computed on this machine; nothing is sent. For reference only: the gazette prevails.",
        ],
    ),
    (
        "broken",
        ["Trang gặp lỗi và đã khởi động lại; xin nhập lại.", "The page failed and was started again."],
    ),
];

/// The choice that says nothing.
pub const OPEN: [&str; 2] = ["chưa biết, không ghi", "not known"];
pub const NO_PLACE: [&str; 2] = ["bỏ qua", "skip"];
pub const NONE: [&str; 2] = ["không", "none"];
pub const OFFERED: [&str; 2] = ["Thường gặp", "Usual"];
pub const ALL_GROUPS: [&str; 2] = ["Tất cả đối tượng", "All groups"];
pub const BORN: [&str; 2] = ["Ngày sinh", "Birth date"];
pub const EVENT: [&str; 2] = ["Ngày của sự kiện", "Day of the event"];
pub const YEAR_DAY: [&str; 2] =
    ["Ngày nhập học, kết thúc khóa học", "Day of enrolment, or of the end of the course"];
pub const SUPPORT: [&str; 2] =
    ["Nơi ở còn hỗ trợ nếu thuộc trường hợp sau:", "The place supports more where one of these holds:"];
pub const GROUP: [&str; 2] = ["Đối tượng", "Group"];
pub const MONTHS: [&str; 2] = ["Số tháng", "Months"];

/// A question about a visit: its key in a visit file, its words, and how it is answered.
pub struct VisitQuestion {
    pub key: &'static str,
    pub words: [&'static str; 2],
    pub kind: &'static str,
    /// Asked of everybody; the rest stands under "more".
    pub first: bool,
}

const fn ask(key: &'static str, kind: &'static str, first: bool, words: [&'static str; 2]) -> VisitQuestion {
    VisitQuestion { key, words, kind, first }
}

/// The questions about a visit, in their order. Kinds: a date, an amount, a number, yes or no, or a choice.
pub const VISIT: &[VisitQuestion] = &[
    ask("hospital-cost", "amount", true, ["Tổng chi phí", "Hospital cost"]),
    ask(
        "covered-cost",
        "amount",
        true,
        ["Chi phí trong phạm vi bảo hiểm (bỏ trống: tất cả)", "Covered cost (empty: all of it)"],
    ),
    ask("visit-code", "choice", true, ["Mã đối tượng đến khám", "Visit code"]),
    ask("route", "choice", true, ["Cách đến khám (nếu không có mã)", "Route (without a code)"]),
    ask("care-level", "choice", true, ["Cấp của cơ sở (nếu không có mã)", "Care level (without a code)"]),
    ask("setting", "choice", true, ["Ngoại trú, nội trú", "Outpatient or inpatient"]),
    ask(
        "admitted",
        "date",
        false,
        ["Ngày vào viện (bỏ trống: cùng ngày)", "Day of admission (empty: the same day)"],
    ),
    ask("born", "date", false, ["Ngày sinh", "Birth date"]),
    ask(
        "five-years-since",
        "date",
        false,
        ["Đủ 5 năm liên tục từ ngày (in trên thẻ)", "Five years from (on the card)"],
    ),
    ask("copaid-this-year", "amount", false, ["Đã cùng chi trả trong năm nay", "Co-paid this year"]),
    ask("other-source", "amount", false, ["Nguồn khác đã trả", "Paid by other sources"]),
    ask("residence", "choice", false, ["Mã nơi sinh sống trên thẻ", "Residence code on the card"]),
    ask("former-tier", "choice", false, ["Tuyến của cơ sở trước 2025", "Former tier of the facility"]),
    ask("points", "number", false, ["Điểm của cơ sở", "Points of the facility"]),
    ask("disease-list", "choice", false, ["Bệnh thuộc danh mục", "Disease of a list"]),
    ask(
        "same-province",
        "choice",
        false,
        ["Khám trong tỉnh nơi đăng ký", "Within the province of registration"],
    ),
    ask("registered-level", "choice", false, ["Nơi đăng ký ban đầu thuộc", "Place of registration"]),
];
