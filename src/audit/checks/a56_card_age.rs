//! A56 Thẻ trẻ em của người đã lớn: a card of a child under six whose last day has passed.

use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use crate::engine::premium::card::ended_child_card;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A56-card-age",
    severity: Severity::Warning,
    class: Class::Law,
    title: ["Thẻ trẻ em dưới 6 tuổi đã hết hạn theo tuổi", "Card of a child under six that has ended by age"],
    says: [
        "Thẻ {card} của trẻ em dưới 6 tuổi chỉ có giá trị đến {day}; {field} {born}. Quỹ đang trả {fund} đ theo thẻ này.",
        "A card {card} of a child under six is valid until {day} only; {field} {born}. The fund pays {fund} đ by it.",
    ],
    explain: [
        "Thẻ của trẻ có giá trị đến hết tháng đủ 72 tháng tuổi, hoặc đến 30/9 năm đó nếu trẻ chưa đến kỳ nhập học (xem bhyt rules show card-validity). Sau ngày này người bệnh phải có thẻ khác; mức hưởng khi đó tệp không cho biết.",
        "A child's card is valid to the end of the month of 72 months of age, or until 30 September of that year before school starts (see bhyt rules show card-validity). Afterwards the patient needs another card; what level that has the file does not say.",
    ],
    cites: &[Cite::article("nd-188-2025", 13, Some(2))],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let summary = &examined.claim.summary;
    let (Some(admitted), Some(discharged), Some(born)) = (summary.admitted, summary.discharged, summary.born)
    else {
        return;
    };
    let days = (admitted.date(), discharged.date());
    let groups = examined.legal.cards.iter().map(|card| card.group.as_str());
    let ended = groups.map(|group| ended_child_card(examined.rules, group, Some(born), days));
    let ended: Option<Vec<_>> = ended.collect();
    let Some(last) = ended.and_then(|ended| ended.into_iter().max()) else { return };
    let mut finding = examined
        .at_summary(&CHECK, Tag::NgaySinh)
        .with("card", FindingValue::Text(examined.card()))
        .with("day", FindingValue::Text(last.to_string()))
        .with("born", FindingValue::Text(chrono::Datelike::year(&born).to_string()))
        .with("fund", FindingValue::Amount(summary.totals.fund.unwrap_or_default()));
    finding.difference = summary.totals.fund;
    findings.push(finding);
}
