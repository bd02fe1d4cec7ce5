//! A61 Giường của người bệnh ngoại trú: a bed on a visit that has none.

use crate::audit::figure::Figure;
use crate::audit::finding::shown_code;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use crate::rulebook::claim_files::ItemKind;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A61-outpatient-bed",
    severity: Severity::Question,
    class: Class::Law,
    title: ["Ngày giường trong lượt khám ngoại trú", "Bed on an out-patient visit"],
    says: [
        "Có ngày giường (nhóm {declared}) trong lượt MA_LOAI_KCB {kind}: quỹ trả {money} đ.",
        "A bed (group {declared}) on a visit of MA_LOAI_KCB {kind}: the fund pays {money} đ.",
    ],
    explain: [
        "Khám bệnh, điều trị ngoại trú không có giường nội trú; lượt khám, lĩnh thuốc không có giường nào. Có thể sai loại hình hoặc sai nhóm chi phí.",
        "An examination or out-patient treatment has no in-patient bed; an examination or a collection of drugs has none at all. The kind of the visit or the item group may be wrong.",
    ],
    cites: &[Cite::article("tt-39-2018", 6, Some(1))],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let summary = &examined.claim.summary;
    let without_beds = matches!(examined.visit_kind(), "1" | "5" | "7" | "8" | "12" | "14");
    let treatment = examined.visit_kind() == "2";
    for (line, _) in examined.lines() {
        let fund = line.fund.unwrap_or_default();
        let bed = line.kind.is_some_and(ItemKind::is_bed);
        let wrong = (without_beds && bed) || (treatment && line.kind == Some(ItemKind::InpatientBed));
        if !wrong || fund <= Figure::ZERO {
            continue;
        }
        let group = line.group.map(|group| group.to_string()).unwrap_or_default();
        let mut finding = examined
            .at_line(&CHECK, line, Tag::MaNhom)
            .values(FindingValue::Text(group), FindingValue::None)
            .with("kind", FindingValue::Text(shown_code(summary.visit_kind)))
            .with("money", FindingValue::Amount(fund));
        finding.difference = Some(fund);
        findings.push(finding);
    }
}
