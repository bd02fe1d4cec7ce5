//! A20 Tỷ lệ dịch vụ lạ: TYLE_TT_DV is none of the ratios that its kind of service has.

use crate::audit::checks::evidence::Examined;
use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::{FilePart, Tag};
use crate::rulebook::claim_files::ItemKind;
use crate::terms::care::LineKind;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A20-service-ratio-value",
    severity: Severity::Warning,
    class: Class::Money,
    title: ["Tỷ lệ dịch vụ không có trong quy định", "Service ratio that the rules do not have"],
    says: [
        "{field} = {declared}; nhóm này chỉ có {known}.",
        "{field} = {declared}; this group only has {known}.",
    ],
    explain: [
        "Khám: 100, lần hai đến bốn 30, lần năm 10, từ lần sáu 0. Giường: 100, hai người 50, ba người trở lên 33. Phẫu thuật nhiều can \
         thiệp: 50 cùng kíp, 80 khác kíp; thủ thuật 80.",
        "Exams: 100, the second to fourth 30, the fifth 10, from the sixth 0. Beds: 100, two in a bed 50, three or more 33. Several \
         interventions: 50 by the same team, 80 by another; procedures 80.",
    ],
    cites: &[
        Cite::article("tt-39-2018", 5, None),
        Cite::article("tt-39-2018", 6, None),
        Cite::article("tt-39-2018", 7, None),
    ],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let day = examined.claim.summary.discharged.map(super::super::moment::FileMoment::date);
    let rule = day.and_then(|day| examined.rules.benefit.service_ratios.at(day).ok());
    let Some(rule) = rule else { return };
    for (line, _) in examined.lines().filter(|(line, _)| line.part == FilePart::Services) {
        let Some((kind, ratio)) = line.kind.and_then(with_ratios).zip(line.service_ratio) else { continue };
        let known: Vec<_> = rule.value.of(kind).iter().filter_map(|share| Figure::percent_of(*share)).collect();
        if known.is_empty() || known.contains(&ratio) {
            continue;
        }
        let mut listed: Vec<String> = known.iter().map(ToString::to_string).collect();
        listed.dedup();
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::TyleTtDv)
                .values(FindingValue::Percent(ratio), FindingValue::None)
                .with("known", FindingValue::Text(listed.join(", "))),
        );
    }
}

/// The kinds of service with ratios of their own.
const fn with_ratios(kind: ItemKind) -> Option<LineKind> {
    match kind {
        ItemKind::Surgery => Some(LineKind::Surgery),
        ItemKind::Exam => Some(LineKind::Exam),
        ItemKind::DayBed | ItemKind::InpatientBed | ItemKind::ObservationBed => Some(LineKind::Bed),
        ItemKind::Procedure => Some(LineKind::Procedure),
        _ => None,
    }
}
