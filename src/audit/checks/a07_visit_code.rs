//! A07 Mã đối tượng đến khám không có trong danh mục: the visit code is not in the list in force.

use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue, shown_code};
use crate::audit::tag::Tag;
use crate::terms::problem::Code;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A07-visit-code",
    severity: Severity::Warning,
    class: Class::Law,
    title: ["Mã đối tượng đến khám không có trong danh mục", "Visit code is not in the list"],
    says: [
        "{field} = {declared} không có trong danh mục có hiệu lực ngày {day}; chưa xét được mức hưởng.",
        "{field} = {declared} is not in the list in force on {day}; the share cannot be judged.",
    ],
    explain: [
        "MA_DOITUONG_KCB theo QĐ 3276 (từ 2025); các mã 1.8, 1.9, 1.10, 3.4, 3.5, 3.7, 7.1 đã bị bỏ. Danh mục trước 2025 chưa được ghi \
         nhận nên không xét.",
        "MA_DOITUONG_KCB by QĐ 3276 (from 2025); the codes 1.8, 1.9, 1.10, 3.4, 3.5, 3.7 and 7.1 were removed. The list before 2025 is \
         not recorded and not judged.",
    ],
    cites: &[Cite::table("qd-3276-byt", "phụ lục 1", "annex 1")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    if examined.legal.undecided != Some(Code::UnknownVisitCode) || examined.claim.standard.has_single_amount()
    {
        return;
    }
    let day = examined.claim.summary.discharged.map(|day| day.date().to_string()).unwrap_or_default();
    findings.push(
        examined
            .at_summary(&CHECK, Tag::MaDoituongKcb)
            .values(FindingValue::Text(shown_code(examined.claim.summary.visit_code)), FindingValue::None)
            .with("day", FindingValue::Text(day)),
    );
}
