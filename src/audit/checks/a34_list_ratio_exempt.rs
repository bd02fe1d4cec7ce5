//! A34 Áp tỷ lệ danh mục cho người được miễn: a list ratio on a line of somebody to whom none applies.

use super::law_effect::{MoneyLine, money_lines};
use crate::audit::figure::Figure;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A34-list-ratio-exempt",
    severity: Severity::Error,
    class: Class::Law,
    title: ["Áp tỷ lệ danh mục cho người được miễn", "List ratio on somebody exempt from it"],
    says: [
        "{field} = {declared}, nhưng đối tượng này không áp dụng tỷ lệ: THANH_TIEN_BH nên là {expected_amount} đ.",
        "{field} = {declared}, but no list ratio applies to this group: THANH_TIEN_BH should be {expected_amount} đ.",
    ],
    explain: [
        "Trẻ em dưới 6 tuổi, một số người có công, quân đội, công an, cơ yếu (khi đúng tuyến) được trả không áp dụng tỷ lệ thuốc, dịch \
         vụ, vật tư của danh mục. TYLE_TT_BH 0 là ngoài danh mục và không thuộc trường hợp này.",
        "Children under six, some people with merit, and army, police and cipher staff (in network) are paid without the list ratios of \
         drugs, services and supplies. TYLE_TT_BH 0 means outside the list and is another matter.",
    ],
    cites: &[Cite::article("nd-188-2025", 16, None)],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let whole = Figure::whole(100);
    for MoneyLine { line, law, .. } in money_lines(examined) {
        let (Some(entitlement), Some(ratio)) = (law.single(), line.list_ratio) else { continue };
        if !entitlement.without_list_ratio || ratio == whole || ratio.is_zero() {
            continue;
        }
        let full = line.quantity.zip(line.insured_price).zip(line.service_ratio);
        let Some(expected) =
            full.and_then(|((quantity, price), service)| quantity.product(price, &[service]))
        else {
            continue;
        };
        let covered = line.covered_amount.unwrap_or_default();
        let share = line.share.unwrap_or_default();
        let fund = (covered - expected).product(Figure::whole(1), &[share]).unwrap_or_default();
        let mut finding = examined
            .at_line(&CHECK, line, Tag::TyleTtBh)
            .values(FindingValue::Percent(ratio), FindingValue::Percent(whole))
            .bearing(fund, -fund)
            .by(&entitlement.cites)
            .with("expected_amount", FindingValue::Amount(expected));
        finding.difference = Some(fund);
        findings.push(finding);
    }
}
