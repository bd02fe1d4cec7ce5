//! Từ ngữ của tệp quy định: names of facts and words of the closed lists, as people say them.

use super::wording::{self, Lang};
use crate::rulebook::Rulebook;

/// Words of the closed lists: as rule files write them, in Vietnamese, in English.
const WORDS: &[(&str, [&str; 2])] = &[
    ("route", ["cách đến", "route"]),
    ("care-level", ["cấp", "care level"]),
    ("former-tier", ["tuyến trước 2025", "former tier"]),
    ("stay", ["hình thức", "setting"]),
    ("ground", ["trường hợp", "ground"]),
    ("locality", ["nơi khám", "locality"]),
    ("points", ["điểm", "points"]),
    ("class", ["hạng", "class"]),
    ("case", ["trường hợp", "case"]),
    ("listed", ["được liệt kê", "listed"]),
    ("not", ["không", "not"]),
    ("registered", ["đúng nơi đăng ký", "registered"]),
    ("referred", ["có phiếu chuyển", "referred"]),
    ("revisit", ["hẹn khám lại", "re-visit"]),
    ("changed-residence", ["thay đổi nơi lưu trú", "changed residence"]),
    ("organ-donor", ["sau khi hiến bộ phận cơ thể", "organ donor"]),
    ("newborn", ["trẻ sơ sinh", "newborn"]),
    ("emergency", ["cấp cứu", "emergency"]),
    ("medicine-by-appointment", ["lĩnh thuốc theo hẹn", "medicine by appointment"]),
    ("self-referred", ["tự đến", "self-referred"]),
    ("not-insured", ["không khám BHYT", "not under the insurance"]),
    ("initial", ["ban đầu", "initial"]),
    ("basic", ["cơ bản", "basic"]),
    ("specialised", ["chuyên sâu", "specialised"]),
    ("commune", ["xã", "commune"]),
    ("district", ["huyện", "district"]),
    ("provincial", ["tỉnh", "provincial"]),
    ("central", ["trung ương", "central"]),
    ("unranked", ["chưa xếp tuyến", "unranked"]),
    ("low", ["thấp", "low"]),
    ("middle", ["giữa", "middle"]),
    ("high", ["cao", "high"]),
    ("first", ["một", "one"]),
    ("second", ["hai", "two"]),
    ("third", ["ba", "three"]),
    ("inpatient", ["nội trú", "inpatient"]),
    ("outpatient", ["ngoại trú", "outpatient"]),
    ("ordinary", ["thông thường", "ordinary"]),
    ("difficult-area", ["vùng khó khăn, đảo", "difficult area"]),
    ("listed-disease-1", ["bệnh theo danh mục 1", "disease of list 1"]),
    ("listed-disease-2", ["bệnh theo danh mục 2", "disease of list 2"]),
    ("forces", ["quân đội, công an, cơ yếu", "army, police, cipher"]),
    ("same-province", ["cùng tỉnh", "same province"]),
    ("other-province", ["tỉnh khác", "another province"]),
    ("in-order", ["đúng tuyến", "in order"]),
    ("low-cost-visit", ["chi phí thấp", "low cost"]),
    ("initial-level", ["cấp ban đầu", "initial level"]),
    ("annual-ceiling", ["ngưỡng trong năm", "annual ceiling"]),
    ("unrecorded", ["chưa ghi nhận", "not recorded"]),
    ("nothing", ["không thanh toán", "nothing"]),
    ("no-contract", ["không có hợp đồng", "no contract"]),
    ("card-not-presented", ["không xuất trình thẻ", "card not shown"]),
    ("full", ["toàn bộ", "in full"]),
    ("self-bought", ["tự mua", "self-bought"]),
    ("level", ["mức hưởng", "level"]),
    ("cost", ["chi phí", "cost"]),
    ("base-salary", ["lương cơ sở", "base salary"]),
    ("reference-level", ["mức tham chiếu", "reference level"]),
    ("payment", ["ngày đóng", "day of payment"]),
    ("each-month", ["từng tháng", "each month"]),
    ("household-ladder", ["thứ tự trong hộ", "household ladder"]),
    ("pension", ["lương hưu", "pension"]),
    ("salary", ["tiền lương", "salary"]),
    ("salary-before-leave", ["tiền lương trước khi nghỉ", "salary before leave"]),
    ("unemployment-benefit", ["trợ cấp thất nghiệp", "unemployment benefit"]),
    ("state-supported", ["ngân sách nhà nước hỗ trợ", "state-supported"]),
    ("all-members", ["tất cả thành viên", "all members"]),
    ("within-fiscal-year", ["trong năm tài chính", "within the fiscal year"]),
    ("until-discharge", ["đến khi ra viện", "until discharge"]),
    ("nothing-due", ["không phải đóng", "nothing due"]),
    ("end-of-month", ["cuối tháng", "end of the month"]),
    ("end-of-visit", ["ngày kết thúc lượt khám", "end of the visit"]),
    ("more-favourable", ["cách có lợi hơn", "more favourable"]),
    (
        "approved-price-first",
        ["giá được duyệt trước, sau đó định mức nhiên liệu", "approved price, else fuel norm"],
    ),
    ("fuel-norm", ["định mức nhiên liệu", "fuel norm"]),
    ("compulsory-insurance", ["hợp đồng tham gia BHXH bắt buộc", "contract of compulsory insurance"]),
    ("highest-salary", ["tiền lương cao nhất", "highest salary"]),
    ("highest-support", ["mức hỗ trợ cao nhất", "highest support"]),
    ("person", ["người tham gia", "person"]),
    ("employer", ["người sử dụng lao động", "employer"]),
    ("state", ["ngân sách nhà nước", "state"]),
    ("local", ["ngân sách địa phương", "local budget"]),
    ("other", ["nguồn khác", "other source"]),
    ("true", ["có", "yes"]),
    ("false", ["không", "no"]),
    ("large-family", ["gia đình đông người", "large family"]),
    ("poor-family", ["gia đình nghèo", "poor family"]),
    ("poor-commune", ["xã nghèo", "poor commune"]),
    ("poor-district", ["huyện nghèo", "poor district"]),
    ("ethnic-minority", ["dân tộc thiểu số", "ethnic minority"]),
    ("former-difficult-area", ["xã không còn khó khăn", "formerly difficult area"]),
    ("permanent-resident", ["thường trú", "permanent resident"]),
    ("general-school", ["trường phổ thông", "general school"]),
    ("no-other-card", ["chưa có thẻ khác", "no other card"]),
    ("mild-disability", ["khuyết tật nhẹ", "mild disability"]),
    ("leprosy", ["bệnh phong", "leprosy"]),
    ("zone-1", ["khu vực I", "zone I"]),
    ("gross", ["gộp", "gross"]),
];

/// A text of a rule file with its closed words translated; everything else stands as it is.
pub fn in_words(text: &str, rules: &Rulebook, lang: Lang) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive([' ', ',', ';', '|', '(', ')']) {
        let word = part.trim_end_matches([' ', ',', ';', '|', '(', ')']);
        let rest = &part[word.len()..];
        out.push_str(&translated(word, rules, lang));
        out.push_str(if rest == "|" { lang.say(" hoặc ", " or ") } else { rest });
    }
    out
}

fn translated(word: &str, rules: &Rulebook, lang: Lang) -> String {
    if let Some((_, words)) = WORDS.iter().find(|(known, _)| *known == word) {
        return lang.pick(*words).to_owned();
    }
    match rules.group(word) {
        Some(group) => lang.pick([&group.name_vi, &group.name_en]).to_owned(),
        // `22.4.e` is a provision; `1.14` is a visit code.
        None if word.split('.').count() == 3 => wording::provision(word, lang),
        None => word.to_owned(),
    }
}

/// Tên dữ kiện as people read it: names of the closed list, else word by word.
pub fn fact_name(name: &str, rules: &Rulebook, lang: Lang) -> String {
    let known = match name {
        "amount" => ["số tiền", "amount"],
        "standard" => ["mức chung", "standard"],
        "equals" => ["bằng", "equals"],
        "times" => ["số lần", "times"],
        "of" => ["của", "of"],
        "joining" => ["điều kiện tham gia", "joining"],
        "item" => ["điểm, khoản", "item"],
        "basis" => ["căn cứ đóng", "basis"],
        "base-date" => ["thời điểm chốt", "base date"],
        "payers" => ["nguồn đóng", "payers"],
        "floor" => ["mức hỗ trợ tối thiểu", "minimum support"],
        "extra" => ["hỗ trợ thêm", "extra support"],
        "target" => ["hỗ trợ đến mức", "support up to"],
        "support" => ["mức hỗ trợ", "support"],
        "groups" => ["đối tượng", "groups"],
        "tags" | "any-tags" => ["hoàn cảnh", "circumstances"],
        "age-from" => ["từ tuổi", "age from"],
        "age-below" => ["dưới tuổi", "age below"],
        "within" => ["trong số tháng", "within months"],
        "waiting-days" => ["số ngày chờ", "waiting days"],
        "lapse-days" => ["gián đoạn (ngày)", "lapse (days)"],
        "lapse-months-in-fiscal-year" => {
            ["gián đoạn (tháng trong năm tài chính)", "lapse (months in fiscal year)"]
        }
        "daily-rate" => ["mức mỗi ngày", "daily rate"],
        "longest" => ["nhiều nhất (tháng)", "longest (months)"],
        "unit" => ["đơn vị làm tròn", "rounding unit"],
        "remainder-to" => ["phần lẻ thuộc về", "remainder to"],
        "person" => ["người tham gia", "person"],
        "employer" => ["người sử dụng lao động", "employer"],
        "state" => ["ngân sách nhà nước", "state"],
        "social-insurance-fund" => ["quỹ BHXH", "social insurance fund"],
        "unemployment-fund" => ["quỹ BH thất nghiệp", "unemployment fund"],
        "above" => ["khi vượt", "above"],
        "below" => ["khi thấp hơn", "below"],
        "at-most" => ["không quá", "at most"],
        "years" => ["số năm liên tục", "continuous years"],
        "interruption-months" => ["được gián đoạn (tháng)", "interruption (months)"],
        "interruption-days" => ["được gián đoạn (ngày)", "interruption (days)"],
        "method" => ["cách tính", "method"],
        "split-at-new-year" => ["tách tại năm mới", "split at New Year"],
        "groups-at-full-rate" => ["đối tượng, khi tỷ lệ 100%", "groups at the full rate"],
        "former-tier" => ["tuyến trước 2025", "former tier"],
        "listed-of-level" => ["cơ sở được liệt kê của cấp", "listed facilities of level"],
        "regional-polyclinics" => ["phòng khám đa khoa khu vực", "regional polyclinics"],
        "except-drugs-ordered-above" => {
            ["trừ thuốc theo chỉ định của cơ sở cấp trên", "except drugs ordered above"]
        }
        "points-middle-from" => ["khoảng điểm giữa từ", "middle band from"],
        "points-high-from" => ["khoảng điểm cao từ", "high band from"],
        "spares-ratio-items" => ["trừ vật tư có tỷ lệ riêng", "spares items with a ratio"],
        "exam" => ["lần khám", "examinations"],
        "bed" => ["ngày giường", "bed"],
        "surgery" => ["phẫu thuật", "surgery"],
        "procedure" => ["thủ thuật", "procedure"],
        "initial" => ["cấp ban đầu", "initial level"],
        "basic" => ["cấp cơ bản", "basic level"],
        "specialised" => ["cấp chuyên sâu", "specialised level"],
        "settings" => ["hình thức", "settings"],
        "days" => ["số ngày", "days"],
        "product" => ["làm tròn tích", "rounding of products"],
        "bill" => ["làm tròn bảng kê", "rounding of bills"],
        "litres-per-km" => ["lít mỗi km", "litres a km"],
        "care" => ["khám bệnh, chữa bệnh", "care"],
        "administration-at-most" => ["tổ chức và hoạt động, tối đa", "administration at most"],
        "reserve-at-least" => ["dự phòng, tối thiểu", "reserve at least"],
        "pupils" => ["học sinh, sinh viên", "pupils and students"],
        "children" => ["trẻ em dưới 6 tuổi", "children under six"],
        "school-staff" => ["người lao động của trường", "school staff"],
        "enterprise" => ["doanh nghiệp", "enterprise"],
        "fishing-crews" => ["tàu cá", "fishing crews"],
        "in-and-outpatient" => ["cơ sở nội trú và ngoại trú", "in- and outpatient"],
        "outpatient-only" => ["cơ sở chỉ ngoại trú", "outpatient only"],
        "meals-a-day" => ["tiền ăn mỗi ngày", "meals a day"],
        "least-times" => ["thấp nhất, số lần", "least times"],
        "times-interbank-rate" => ["số lần lãi suất liên ngân hàng", "times the interbank rate"],
        "shortest-months" => ["hợp đồng từ (tháng)", "contracts from (months)"],
        "choice" => ["hợp đồng được tính", "contract that counts"],
        "child-months" => ["thẻ trẻ em đến (tháng tuổi)", "children's card until (months of age)"],
        "grade-1-starts" => ["lớp 1 từ ngày", "grade 1 from"],
        "grade-12-ends" => ["lớp 12 đến ngày", "grade 12 until"],
        "final-year-ends" => ["năm cuối đến", "final year until"],
        "grade-1-follows-child-card" => ["lớp 1 nối thẻ trẻ em", "grade 1 follows the children's card"],
        "share-of-salary" => ["phần tiền lương được tính", "share of the salary"],
        "effect" => ["cách tính", "effect"],
        "order" => ["thứ tự", "order"],
        "always" => ["luôn luôn", "always"],
        other => {
            return other.strip_prefix("rank-").map_or_else(
                || in_words(other, rules, lang),
                |rank| format!("{} {rank}", lang.say("người thứ", "member")),
            );
        }
    };
    lang.pick(known).to_owned()
}
