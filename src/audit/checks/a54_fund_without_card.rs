//! A54 Quỹ trả mà không có thẻ: the fund pays for somebody whose card the file does not state.

use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use crate::rulebook::benefit::access::CodeMeaning;
use crate::terms::care::AccessRoute;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A54-fund-without-card",
    severity: Severity::Error,
    class: Class::Law,
    title: ["Quỹ thanh toán khi hồ sơ không có thẻ", "Fund payment without a card"],
    says: [
        "Hồ sơ không có {field} nhưng quỹ thanh toán {fund} đ.",
        "The claim has no {field}, yet the fund pays {fund} đ.",
    ],
    explain: [
        "Không có thẻ thì quỹ chưa trả: người bệnh tự trả và thanh toán trực tiếp sau. Trẻ mới sinh, người hiến bộ phận cơ thể có thể chưa có thẻ: khi đó là câu hỏi. Hồ sơ không thẻ mà quỹ trả 0 là đúng.",
        "Without a card the fund does not pay yet: the patient pays and is reimbursed directly. Newborns and organ donors may have none so far: there it is a question. A claim without card whose fund pays 0 is right.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 17", "table 1, no. 17")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    if !examined.claim.summary.cards.is_empty() {
        return;
    }
    let lines: Figure = examined.claim.lines.iter().filter_map(|line| line.fund).sum();
    let fund = lines.max(examined.claim.summary.totals.fund.unwrap_or_default());
    if fund <= Figure::ZERO {
        return;
    }
    let route = examined.visit_code().and_then(|code| match &code.means {
        CodeMeaning::Visit(facts) => Some(facts.route),
        CodeMeaning::Undecided(_) => None,
    });
    let later = matches!(route, Some(AccessRoute::Newborn | AccessRoute::OrganDonor));
    let mut finding = examined.at_summary(&CHECK, Tag::MaTheBhyt).with("fund", FindingValue::Amount(fund));
    finding.difference = Some(fund);
    if later {
        finding.severity = Severity::Question;
    } else {
        finding = finding.bearing(fund, -fund);
    }
    findings.push(finding);
}
