//! A78 Hồ sơ thu hồi đề nghị: the visit code says that the claim is withdrawn, and the fund pays all the same.

use super::evidence::Examined;
use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, FindingValue, Severity, shown_code};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A78-withdrawn-claim",
    severity: Severity::Question,
    class: Class::Law,
    title: ["Mã thu hồi đề nghị nhưng quỹ vẫn thanh toán", "Withdrawn claim that the fund still pays"],
    says: [
        "{field} {declared} nghĩa là thu hồi đề nghị thanh toán, mà hồ sơ vẫn đề nghị quỹ {money} đ.",
        "{field} {declared} means that the claim is withdrawn, and it still asks the fund for {money} đ.",
    ],
    explain: [
        "Mã 8 không phải là một lượt khám: hồ sơ thay cho hồ sơ đã gửi để rút lại. Số tiền trong đó có thể là bản sao của hồ sơ cũ, nên đây là câu hỏi; mức hưởng không xét.",
        "Code 8 is no visit: the file takes back one that was sent before. The amounts in it may be a copy of the old ones, so it is a question; the share is not judged.",
    ],
    cites: &[Cite::table("qd-3276-byt", "phụ lục 1", "annex 1")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    if !examined.visit_code().is_some_and(|code| code.withdrawn) {
        return;
    }
    let summary = &examined.claim.summary;
    let lines: Figure = examined.claim.lines.iter().filter_map(|line| line.fund).sum();
    let money = if lines.is_zero() { summary.totals.fund.unwrap_or_default() } else { lines };
    if money <= Figure::ZERO {
        return;
    }
    let mut finding = examined
        .at_summary(&CHECK, Tag::MaDoituongKcb)
        .values(FindingValue::Text(shown_code(summary.visit_code)), FindingValue::None)
        .with("money", FindingValue::Amount(money));
    finding.difference = Some(money);
    findings.push(finding);
}
