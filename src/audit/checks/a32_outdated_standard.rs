//! A32 Hồ sơ dùng chuẩn đã hết hiệu lực: the file is in a form that had ended when the visit did.

use crate::audit::adapt::is_outdated;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A32-outdated-standard",
    severity: Severity::Warning,
    class: Class::Form,
    title: ["Hồ sơ dùng chuẩn đã hết hiệu lực", "File in a form that had ended"],
    says: [
        "Hồ sơ theo chuẩn {declared}, đã hết hiệu lực vào ngày ra {day}.",
        "The file follows QĐ {declared}, which had ended by the discharge on {day}.",
    ],
    explain: [
        "QĐ 4210 hết hiệu lực từ 01/07/2024 khi QĐ 4750 được áp dụng chính thức. Hồ sơ vẫn được tính lại theo công thức của QĐ 4210.",
        "QĐ 4210 ended on 2024-07-01, when QĐ 4750 came into official use. The claim is still replayed by the formulas of QĐ 4210.",
    ],
    cites: &[Cite::article("qd-4750-2023", 2, Some(5)), Cite::article("qd-4750-2023", 3, None)],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let standard = examined.claim.standard;
    let Some(day) = examined.claim.summary.discharged.map(super::super::moment::FileMoment::date) else { return };
    if is_outdated(standard, day, &examined.rules.claim_files) {
        findings.push(
            examined
                .at_summary(&CHECK, Tag::NgayRa)
                .values(FindingValue::Text(standard.to_string()), FindingValue::None)
                .with("day", FindingValue::Text(day.to_string())),
        );
    }
}
