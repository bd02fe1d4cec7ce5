//! A36 Không có thẻ còn giá trị: no card of the claim is valid on the day of a line that the fund pays.

use super::law_effect::{MoneyLine, money_lines};
use crate::audit::figure::Figure;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use crate::terms::problem::Code;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A36-no-valid-card",
    severity: Severity::Error,
    class: Class::Law,
    title: ["Không có thẻ còn giá trị vào ngày của dòng", "No valid card on the day of the line"],
    says: [
        "Ngày {day} không có thẻ nào của hồ sơ còn giá trị; {field} khai {declared} đ.",
        "On {day} no card of the claim is valid; {field} says {declared} đ.",
    ],
    explain: [
        "GT_THE_TU và GT_THE_DEN của các thẻ không chứa ngày của dòng. Thẻ hết hạn khi đang điều trị vẫn được trả đến khi ra viện, tối \
         đa 15 ngày; ngoài thời hạn đó quỹ không trả.",
        "No GT_THE_TU and GT_THE_DEN of the cards hold the day of the line. A card that ends during treatment is still good until \
         discharge, for 15 days at most; beyond that the fund does not pay.",
    ],
    cites: &[Cite::article("nd-188-2025", 50, Some(4))],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    if examined.legal.undecided == Some(Code::NoCard) && !examined.claim.summary.cards.is_empty() {
        findings.extend(none_on_admission(examined));
        return;
    }
    for MoneyLine { line, law, .. } in money_lines(examined) {
        let (Some(entitlement), Some(fund)) = (law.single(), line.fund) else { continue };
        if entitlement.insured || fund <= Figure::ZERO {
            continue;
        }
        let day = line.day().map(|day| day.date().to_string()).unwrap_or_default();
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::TBhtt)
                .amounts(fund, Figure::ZERO)
                .bearing(fund, -fund)
                .with("day", FindingValue::Text(day)),
        );
    }
}

/// No card is valid on admission, nor on any other day.
fn none_on_admission(examined: &Examined<'_>) -> Option<Finding> {
    let summary = &examined.claim.summary;
    let fund = summary.totals.fund.filter(|fund| *fund > Figure::ZERO)?;
    let day = summary.admitted.map(|day| day.date().to_string()).unwrap_or_default();
    let finding = examined.at_summary(&CHECK, Tag::TBhtt).amounts(fund, Figure::ZERO);
    Some(finding.bearing(fund, -fund).with("day", FindingValue::Text(day)))
}
