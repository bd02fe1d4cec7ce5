//! A33 Mã đối tượng không hợp với loại hình khám: a visit code for in-patients on an out-patient visit.

use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue, shown_code};
use crate::audit::tag::Tag;
use crate::terms::problem::Code;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A33-code-setting",
    severity: Severity::Warning,
    class: Class::Law,
    title: ["Mã đối tượng không hợp loại hình khám", "Visit code does not fit the setting"],
    says: [
        "{field} = {declared} không dùng cho MA_LOAI_KCB {kind}; chưa xét được mức hưởng.",
        "{field} = {declared} is not for MA_LOAI_KCB {kind}; the share cannot be judged.",
    ],
    explain: [
        "Các mã 1.15, 3.2, 3.6 chỉ dùng cho điều trị nội trú. Một trong hai mã của hồ sơ sai.",
        "The codes 1.15, 3.2 and 3.6 are for in-patients only. One of the claim's two codes is wrong.",
    ],
    cites: &[Cite::table("qd-3276-byt", "phụ lục 1", "annex 1")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    if examined.legal.undecided != Some(Code::VisitCodeSetting) {
        return;
    }
    let summary = &examined.claim.summary;
    findings.push(
        examined
            .at_summary(&CHECK, Tag::MaDoituongKcb)
            .values(FindingValue::Text(shown_code(summary.visit_code)), FindingValue::None)
            .with("kind", FindingValue::Text(shown_code(summary.visit_kind))),
    );
}
