//! Câu hỏi về người tham gia: what the interview and the page `bhyt.html` ask, and what `?` says there.

use crate::case::quote::tag;

/// Một câu hỏi: Vietnamese and English.
#[derive(Debug, Clone, Copy)]
pub struct Inquiry {
    /// What is asked.
    pub ask: [&'static str; 2],
    /// What it is for and how it is answered.
    pub help: [&'static str; 2],
}

/// Groups offered first; any other may be chosen.
pub const OFFERED: [&str; 5] = ["household", "pupil", "student", "near-poor", "worker"];

/// Groups that have a school year.
pub const AT_SCHOOL: [&str; 2] = ["pupil", "student"];

/// Months offered first.
pub const USUAL_MONTHS: u32 = 12;

/// Đối tượng.
pub const GROUP: Inquiry = Inquiry {
    ask: ["Đối tượng, số hoặc mã trên thẻ", "Group, number or card code"],
    help: [
        "Mã hai chữ in trên thẻ (GD, HS, CN …) hoặc tên đối tượng.",
        "The two letters on the card (GD, HS, CN …) or the name of the group.",
    ],
};

/// Tiền lương.
pub const SALARY: Inquiry = Inquiry {
    ask: ["Tiền lương, lương hưu hoặc trợ cấp một tháng", "Salary, pension or benefit a month"],
    help: [
        "Căn cứ đóng của đối tượng này; viết 12.000.000 hoặc 12000000.",
        "What the premium of this group rests on; write 12,000,000 or 12000000.",
    ],
};

/// Số người.
pub const PEOPLE: Inquiry = Inquiry {
    ask: ["Số người cùng đóng", "Number of people"],
    help: [
        "Thành viên hộ gia đình cùng tham gia được giảm dần từ người thứ hai.",
        "Household members who join together pay less from the second on.",
    ],
};

/// Số tháng.
pub const MONTHS: Inquiry = Inquiry {
    ask: ["Số tháng (3, 6 hoặc 12)", "Months (3, 6 or 12)"],
    help: [
        "Kỳ đóng của hộ gia đình và học sinh là 3, 6 hoặc 12 tháng.",
        "Households and pupils pay for 3, 6 or 12 months.",
    ],
};

/// Ngày đóng.
pub const PAID_ON: Inquiry = Inquiry {
    ask: ["Ngày đóng tiền", "Day of payment"],
    help: [
        "Lương cơ sở tại ngày đóng quyết định số tiền.",
        "The base salary on the day of payment decides the amount.",
    ],
};

/// Tỉnh.
pub const PROVINCE: Inquiry = Inquiry {
    ask: ["Tỉnh, để tính hỗ trợ thêm", "Province, for local support"],
    help: ["Nhiều tỉnh hỗ trợ thêm cho một số đối tượng.", "Many provinces add support for some groups."],
};

/// Người đã đóng.
pub const ALREADY: Inquiry = Inquiry {
    ask: ["Số người của hộ đã đóng trong năm nay", "Members of the household who already paid this year"],
    help: [
        "Người đã đóng theo hộ gia đình trong năm giữ thứ tự của họ: người đóng tiếp theo được giảm dần.",
        "Those who paid as household this year keep their places: who joins now pays less in turn.",
    ],
};

/// Người khác của hộ.
pub const OTHERS: Inquiry = Inquiry {
    ask: [
        "Người khác của hộ cùng đóng, ví dụ: 2 HS, 1 CN",
        "Others of the household who pay too, such as: 2 HS, 1 CN",
    ],
    help: [
        "Học sinh, sinh viên, người cận nghèo … đóng theo đối tượng của mình và không tính thứ tự trong hộ.",
        "Pupils, students, the near-poor … join under their own group and take no place in the household.",
    ],
};

/// Thẻ trước.
pub const CARD: Inquiry = Inquiry {
    ask: ["Thẻ trước hết hạn ngày nào", "Last day of the earlier card"],
    help: [
        "Đóng nối tiếp thì thẻ không phải chờ 30 ngày; ghi ngày in trên thẻ hoặc trong ứng dụng VssID.",
        "A card that follows another does not wait for 30 days; write the day on the card.",
    ],
};

/// Năm học.
pub const SCHOOL: Inquiry = Inquiry {
    ask: ["Lớp, năm học đặc biệt", "A year of school that counts"],
    help: [
        "Lớp 1, lớp 12, năm đầu và năm cuối có ngày thẻ riêng. Ví dụ: 1 20/11/2019, hoặc 2.",
        "Grade 1, grade 12, the first and the final year have card days of their own. For example: 1 2019-11-20, or 2.",
    ],
};

/// Hoàn cảnh được nơi ở hỗ trợ.
pub const SUPPORT: Inquiry = Inquiry {
    ask: [
        "Thuộc trường hợp nào sau đây? Số, kèm ngày nếu có",
        "Which of these holds? Number, with a date where asked",
    ],
    help: [
        "Ví dụ: 1, hoặc 1 15/03/1960 khi cần ngày sinh hay ngày của sự kiện.",
        "For example: 1, or 1 1960-03-15 where a birth date or the day of an event is needed.",
    ],
};

/// School years that set the days of a card, by the number to type; whether a date belongs to each.
pub const SCHOOL_YEARS: [(&str, [&str; 2], bool); 4] = [
    (tag::GRADE_1, ["lớp 1, kèm ngày sinh", "grade 1, with the birth date"], true),
    (tag::GRADE_12, ["lớp 12", "grade 12"], false),
    (tag::FIRST_YEAR, ["năm thứ nhất, kèm ngày nhập học", "first year, with the day of enrolment"], true),
    (
        tag::FINAL_YEAR,
        ["năm cuối, kèm ngày kết thúc khóa học", "final year, with the day the course ends"],
        true,
    ),
];
