//! Tên gọi của mã: rules, groups, circumstances and words of closed lists as people say them in a message.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::lang::Lang;
use super::rule_words::in_words;
use crate::rulebook::Rulebook;

/// Names of rules, families and policies by their ids.
static NAMES: LazyLock<BTreeMap<String, [String; 2]>> = LazyLock::new(|| {
    let rules = Rulebook::bundled();
    let mut names = BTreeMap::new();
    for entry in rules.entries() {
        let name = [entry.name_vi.to_owned(), entry.name_en.to_owned()];
        names
            .entry(entry.header.id.clone())
            .or_insert([entry.header.name_vi.clone(), entry.header.name_en.clone()]);
        names.insert(entry.rule.to_owned(), name);
    }
    for group in rules.groups() {
        names.insert(group.id.clone(), [group.name_vi.clone(), group.name_en.clone()]);
    }
    names
});

/// Facts of inputs as people call them; the words of the rule files are in `rule_words`.
const FACTS: &[(&str, [&str; 2])] = &[
    ("route", ["cách đến khám", "route"]),
    ("setting", ["hình thức điều trị", "setting"]),
    ("stay", ["hình thức điều trị", "setting"]),
    ("care-level", ["cấp của cơ sở", "care level of the facility"]),
    ("former-tier", ["tuyến trước 2025 của cơ sở", "former tier of the facility"]),
    ("points", ["điểm của cơ sở", "points of the facility"]),
    ("class", ["hạng của cơ sở", "class of the facility"]),
    ("listed-initial", ["cơ sở có trong danh sách cấp ban đầu", "listed as initial level"]),
    ("same-province", ["khám trong tỉnh", "within the province"]),
    ("residence", ["nơi cư trú (K1, K2, K3)", "residence (K1, K2, K3)"]),
    ("disease-list", ["bệnh theo danh mục", "disease of a list"]),
    ("from-level", ["nơi chuyển đi", "where the transfer starts"]),
    ("to-level", ["nơi chuyển đến", "where the transfer leads"]),
    ("fuel-invoice", ["giá nhiên liệu trên hóa đơn", "fuel price on the invoice"]),
    ("true", ["có", "yes"]),
    ("price", ["đơn giá bệnh viện", "hospital price"]),
    ("insured-price", ["đơn giá bảo hiểm", "insured price"]),
    ("price × quantity", ["thành tiền", "price × quantity"]),
    ("hospital-cost", ["tổng chi phí", "hospital cost"]),
    ("covered-cost", ["chi phí trong phạm vi bảo hiểm", "covered cost"]),
    ("other-source", ["nguồn khác", "other sources"]),
    (
        "primary-care-retention/school-staff",
        ["Số tiền trích lại của người lao động trong trường học", "Retention of the staff of schools"],
    ),
    ("primary-care-retention/fishing-crews", ["Số tiền trích lại cho tàu cá", "Retention of fishing crews"]),
    (
        "primary-care-retention/unit-medics",
        ["Số tiền trích cho quân y đơn vị, y tế cơ quan", "Retention of the medics of units"],
    ),
    (
        "primary-care > district-fund",
        [
            "phần chăm sóc ban đầu lớn hơn quỹ của huyện",
            "the primary-care part is larger than the fund of the district",
        ],
    ),
    (
        "cards-registered > cards-total",
        ["số thẻ đăng ký lớn hơn tổng số thẻ", "more cards are registered than there are"],
    ),
    ("input", ["đầu vào", "the input"]),
    ("progress", ["ghi chép tiến độ", "the record of the progress"]),
    ("rulebook", ["bộ quy định", "the rulebook"]),
    ("options", ["tùy chọn", "the options"]),
    ("output", ["tệp kết quả", "the output"]),
];

/// The name of an id, or of each in a list; what only the user's own rule files know stays as it is.
pub fn of(ids: &str, lang: Lang) -> String {
    let rules = Rulebook::bundled();
    let name = |id: &str| {
        if let Some((_, words)) = FACTS.iter().find(|(known, _)| *known == id) {
            return lang.pick(*words).to_owned();
        }
        if let Some(known) = NAMES.get(id) {
            return lang.pick(known.each_ref()).clone();
        }
        let [vi, en] = rules.tag_name(id);
        if vi == id { in_words(id, &rules, lang) } else { lang.pick([vi.as_str(), en.as_str()]).to_owned() }
    };
    ids.split(", ").map(name).collect::<Vec<_>>().join(", ")
}
