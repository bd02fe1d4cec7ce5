//! A55 Số thẻ lạ: a card number of another form, of no group, or with a digit that does not go with it.

use crate::audit::claim_file::{FileCard, CardFault};
use crate::audit::figure::Figure;
use crate::audit::finding::shown_code;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use super::evidence::Examined;
use crate::terms::listed::Listed;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A55-card-form",
    severity: Severity::Warning,
    class: Class::Law,
    title: ["Số thẻ sai dạng, sai mã đối tượng hoặc sai ký tự mức hưởng", "Card number of wrong form, group or digit"],
    says: [
        "{field} = {declared}: {fault}.",
        "{field} = {declared}: {fault}.",
    ],
    explain: [
        "Thẻ có 15 ký tự: hai chữ mã đối tượng, một số mức hưởng, hai số nơi cấp, mười số cá nhân. Chữ thường và khoảng trắng vẫn đọc được. Số sổ (10 số), số định danh (12 số) không cho biết đối tượng: chưa xét được mức hưởng. Ký tự mức hưởng cho mức cao hơn mức của đối tượng thì cảnh báo; thấp hơn là thẻ in cũ.",
        "A card has 15 characters: two letters of the group, a benefit digit, two digits of the place, ten of the person. Small letters and blanks are read all the same. A book number (10 digits) or a citizen's number (12) does not tell the group: the share cannot be judged. A digit that stands for a higher level than the group has is a warning; a lower one is an old print.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 17", "table 1, no. 17")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for card in &examined.claim.summary.cards {
        let Some(fault) = fault(examined, card) else { continue };
        let shown = format!("{}{}", card.letters(), card.digit.map(String::from).unwrap_or_default());
        findings.push(
            examined
                .at_summary(&CHECK, Tag::MaTheBhyt)
                .values(FindingValue::Text(format!("{}…", shown_code(&shown))), FindingValue::None)
                .with("fault", FindingValue::Text(fault.to_owned())),
        );
    }
}

fn fault(examined: &Examined<'_>, card: &FileCard<'_>) -> Option<&'static str> {
    match card.fault {
        Some(CardFault::Spelling) | None => {}
        Some(fault) => return Some(fault.key()),
    }
    let known = |codes: &[String]| codes.iter().any(|code| code == card.letters());
    let group = examined.rules.groups().iter().find(|group| known(&group.codes));
    let Some(group) = group else { return Some("card-group") };
    let spelling = card.fault.map(CardFault::key);
    let Some(day) = examined.day() else { return spelling };
    let digits = examined.rules.benefit.card_digits.at(day).ok();
    let levels = examined.rules.benefit.levels.at(day).ok();
    let (Some(digits), Some(digit)) = (digits, card.digit) else { return spelling };
    let Some(printed) = digits.value.digits.get(digit.to_string().as_str()) else { return Some("card-digit") };
    let level = levels.and_then(|levels| levels.value.of(&group.id));
    match level {
        Some((level, None)) if Figure::percent_of(*printed) > Figure::percent_of(level) => {
            Some("card-digit-level")
        }
        _ => spelling,
    }
}
