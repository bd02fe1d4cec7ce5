//! A42 Mã đối tượng trái với danh mục cơ sở: the register's facts give another rate than the visit code.

use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue, shown_code};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A42-code-facility",
    severity: Severity::Warning,
    class: Class::Law,
    title: ["Mã đối tượng trái với danh mục cơ sở", "Visit code contradicts the register of facilities"],
    says: [
        "{field} = {declared} cho tỷ lệ {label}, nhưng theo danh mục cơ sở là {rate}.",
        "{field} = {declared} stands for a rate of {label}, but by the register of facilities it is {rate}.",
    ],
    explain: [
        "Có --facilities: cấp, tuyến, điểm của cơ sở quyết định, mã chỉ là nhãn. Mức hưởng ở A02 tính theo danh mục.",
        "With --facilities the level, tier and points of the facility decide; the code is a label only. The share of A02 goes by the \
         register.",
    ],
    cites: &[Cite::article("nd-188-2025", 19, None)],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let Some((label, rate)) = examined.legal.contradiction else { return };
    findings.push(
        examined
            .at_summary(&CHECK, Tag::MaDoituongKcb)
            .values(FindingValue::Text(shown_code(examined.claim.summary.visit_code)), FindingValue::Percent(rate))
            .with("label", FindingValue::Percent(label))
            .with("rate", FindingValue::Percent(rate)),
    );
}
