//! Từ ngữ của tệp quy định: names of facts and words of the closed lists, as people say them.

use super::lang::Lang;
use super::provision;
use crate::rulebook::Rulebook;
use crate::rulebook::register::Document;
use crate::terms::citation::DocumentKind;

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
    ("no-cover", ["không đóng, thẻ không có giá trị", "nothing due and no cover"]),
    ("state-bank-basic-rate", ["lãi suất cơ bản của Ngân hàng Nhà nước", "basic rate of the State Bank"]),
    ("interbank", ["lãi suất liên ngân hàng", "interbank rate"]),
    (
        "interbank-nine-months",
        ["lãi suất liên ngân hàng kỳ hạn 9 tháng năm trước", "9-month interbank rate of the year before"],
    ),
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
    ("near-poor-family", ["hộ cận nghèo", "near-poor household"]),
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
    ("oldest-first", ["cũ nhất trước", "oldest first"]),
    ("newest-first", ["mới nhất trước", "newest first"]),
    ("health", ["BHYT", "health"]),
    ("unemployment", ["BHTN", "unemployment"]),
    ("accident", ["TNLĐ, BNN", "accident, disease"]),
    ("social-insurance", ["BHXH", "social insurance"]),
    ("sickness-maternity", ["ốm đau, thai sản", "sickness, maternity"]),
    ("gross", ["gộp", "gross"]),
    ("social-insurance-fund", ["quỹ BHXH", "social insurance fund"]),
    ("unemployment-fund", ["quỹ BH thất nghiệp", "unemployment fund"]),
    ("only", ["chỉ", "only"]),
    ("half-away-from-zero", ["gần nhất, nửa thì lên", "nearest, halves up"]),
    ("down", ["xuống", "down"]),
    ("up", ["lên", "up"]),
    ("new-card-start", ["ngày thẻ mới có giá trị", "start of the new card"]),
    ("decision-date", ["ngày quyết định có hiệu lực", "day of the decision"]),
    ("beginning", ["toàn bộ", "the whole"]),
    ("border", ["giáp ranh hai tỉnh", "border of provinces"]),
    ("common", ["có", "common"]),
    ("elsewhere", ["không", "elsewhere"]),
    ("registered-level", ["nơi đăng ký", "place of registration"]),
    ("after-self-referral", ["sau khi tự đến", "after a self-referral"]),
    ("polyclinic", ["phòng khám đa khoa khu vực", "polyclinic"]),
    ("no-provision", ["không có quy định", "no provision"]),
    ("agreed-class", ["giá của hạng bệnh viện đã thống nhất", "price of the agreed hospital class"]),
    ("equivalent-class", ["giá của hạng bệnh viện tương đương", "price of the equivalent hospital class"]),
    (
        "highest-specialised-else-basic",
        [
            "cao nhất của cấp chuyên sâu, không có thì của cấp cơ bản",
            "highest of the specialised level, else of the basic",
        ],
    ),
    ("highest-basic", ["cao nhất của cấp cơ bản", "highest of the basic level"]),
    (
        "highest-basic-else-lowest-specialised",
        [
            "cao nhất của cấp cơ bản, không có thì thấp nhất của cấp chuyên sâu",
            "highest of the basic level, else lowest of the specialised",
        ],
    ),
    ("lowest-basic", ["thấp nhất của cấp cơ bản", "lowest of the basic level"]),
    (
        "highest-initial-else-lowest-basic",
        [
            "cao nhất của cấp ban đầu, không có thì thấp nhất của cấp cơ bản",
            "highest of the initial level, else lowest of the basic",
        ],
    ),
    (
        "annual-ceiling-converted",
        [
            "ngưỡng trong năm, quy đổi khi lương cơ sở đổi",
            "annual ceiling, converted when the base salary changes",
        ],
    ),
    ("admission", ["ngày vào viện", "day of admission"]),
    ("discharge", ["ngày ra viện", "day of discharge"]),
    ("died", ["tử vong", "died"]),
    ("worse", ["nặng hơn", "worse"]),
    ("transferred", ["chuyển cơ sở khác", "transferred"]),
    ("receiving", ["cơ sở nhận chuyển giao", "facility that receives"]),
    ("transferring", ["cơ sở chuyển giao", "facility that transfers"]),
    ("used", ["thuốc, vật tư đã dùng", "drugs and supplies used"]),
    (
        "used-and-wages",
        ["thuốc, vật tư đã dùng và tiền lương, phụ cấp", "drugs and supplies used, wages and allowances"],
    ),
    ("service-ratio", ["đã nhân tỷ lệ dịch vụ", "times the service ratio"]),
    ("insured-reduction", ["đã trừ như phần bảo hiểm", "reduced as the insured part"]),
    ("patients-part", ["phần người bệnh trả", "the patient's part"]),
    ("school", ["nơi học", "school"]),
    ("month", ["tròn tháng", "whole months"]),
    ("former", ["địa bàn cũ trước sáp nhập", "former territory"]),
    ("laboratory", ["xét nghiệm", "laboratory"]),
    ("imaging", ["chẩn đoán hình ảnh", "imaging"]),
    ("function-test", ["thăm dò chức năng", "function tests"]),
    ("drug", ["thuốc", "drugs"]),
    ("blood", ["máu, chế phẩm máu", "blood"]),
    ("surgery", ["phẫu thuật", "surgery"]),
    ("procedure", ["thủ thuật", "procedures"]),
    ("ratio-service", ["dịch vụ thanh toán theo tỷ lệ", "services with a ratio"]),
    ("supply", ["vật tư y tế", "supplies"]),
    ("exam", ["khám bệnh", "examinations"]),
    ("day-bed", ["giường điều trị ban ngày", "day beds"]),
    ("inpatient-bed", ["giường nội trú", "inpatient beds"]),
    ("observation-bed", ["giường lưu", "observation beds"]),
];

/// A text of a rule file with its closed words translated; everything else stands as it is.
pub fn in_words(text: &str, rules: &Rulebook, lang: Lang) -> String {
    each_word(text, lang, |word| translated(word, rules, lang))
}

/// The same with every id by its name.
pub fn in_names(text: &str, rules: &Rulebook, lang: Lang) -> String {
    each_word(text, lang, |word| named(word, rules, lang))
}

fn each_word(text: &str, lang: Lang, say: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive([' ', ',', ';', '|', '(', ')']) {
        let word = part.trim_end_matches([' ', ',', ';', '|', '(', ')']);
        let rest = &part[word.len()..];
        out.push_str(&say(word));
        out.push_str(if rest == "|" { lang.say(" hoặc ", " or ") } else { rest });
    }
    out
}

fn translated(word: &str, rules: &Rulebook, lang: Lang) -> String {
    known(word, rules, lang).unwrap_or_else(|| word.to_owned())
}

/// A closed word, a group or a provision.
fn known(word: &str, rules: &Rulebook, lang: Lang) -> Option<String> {
    if let Some((_, words)) = WORDS.iter().find(|(known, _)| *known == word) {
        return Some(lang.pick(*words).to_owned());
    }
    if let Some(group) = rules.group(word) {
        return Some(lang.pick([&group.name_vi, &group.name_en]).to_owned());
    }
    // `22.4.e` is a provision; `1.14` is a visit code.
    (word.split('.').count() == 3).then(|| provision::places(word, lang))
}

/// An id of a rule file as people call it: a closed word, a group, a province, a circumstance, a document. One that has no
/// name is what somebody types, and is marked as such.
fn named(id: &str, rules: &Rulebook, lang: Lang) -> String {
    if let Some(word) = known(id, rules, lang) {
        return word;
    }
    if !is_id(id) {
        return id.to_owned();
    }
    if let Some(place) = rules.places.entries.iter().find(|place| place.id == id) {
        return lang.pick([&place.name_vi, &place.name_en]).to_owned();
    }
    if let Some(document) = rules.document(id) {
        return document_name(document, lang);
    }
    if let Some(policy) = rules.policies().find(|policy| policy.id == id) {
        return lang.pick([&policy.name_vi, &policy.name_en]).to_owned();
    }
    let [vi, en] = rules.tag_name(id);
    if vi == id { format!("`{id}`") } else { lang.pick([vi.as_str(), en.as_str()]).to_owned() }
}

/// Whether a word is a key of a rule file: `near-poor`, `hue`.
fn is_id(word: &str) -> bool {
    word.len() > 1
        && word.starts_with(|first: char| first.is_ascii_lowercase())
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Tên văn bản: `Nghị định 188/2025/NĐ-CP`.
pub fn document_name(document: &Document, lang: Lang) -> String {
    let number = match (lang, &document.number_en) {
        (Lang::En, Some(number)) => number,
        _ => &document.number,
    };
    // Some numbers carry their kind already: "TTLT 09/2009".
    let has_kind = !number.starts_with(|first: char| first.is_ascii_digit());
    let kind = if has_kind { "" } else { document_kind(document.kind, lang) };
    format!("{kind} {number}").trim().to_owned()
}

const fn document_kind(kind: DocumentKind, lang: Lang) -> &'static str {
    match kind {
        DocumentKind::Law => lang.say("Luật", "Law"),
        DocumentKind::Resolution => lang.say("Nghị quyết", "Resolution"),
        DocumentKind::Decree => lang.say("Nghị định", "Decree"),
        DocumentKind::Circular => lang.say("Thông tư", "Circular"),
        DocumentKind::Decision => lang.say("Quyết định", "Decision"),
        DocumentKind::OfficialLetter => lang.say("Công văn", "Letter"),
        DocumentKind::Practice => "",
    }
}
