//! A60 Nhiều phẫu thuật cùng tính đủ giá: several operations of a day, each at the whole price.

use chrono::NaiveDate;
use crate::audit::claim_file::FileLine;
use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::moment::FileMoment;
use crate::audit::tag::Tag;
use crate::rulebook::claim_files::ItemKind;
use std::collections::BTreeMap;
use super::evidence::Examined;
use super::law_effect::of;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A60-operations",
    severity: Severity::Question,
    class: Class::Law,
    title: ["Nhiều phẫu thuật trong ngày cùng tính 100 %", "Several operations of a day at 100 %"],
    says: [
        "{field} 100 %: {count} phẫu thuật cùng ngày. Nếu cùng một lần mổ, quỹ trả thừa {money} đ (cùng kíp) hoặc {other} đ (khác kíp).",
        "{field} 100 %: {count} operations of one day. If they were one operation the fund pays {money} đ too much (same team) or {other} đ (another team).",
    ],
    explain: [
        "Nhiều can thiệp trong một lần phẫu thuật: dịch vụ đắt nhất 100 %, các phẫu thuật khác 50 % (cùng kíp) hoặc 80 % (khác kíp). Tệp không cho biết có cùng một lần mổ hay không, nên luôn là câu hỏi, với cả hai số tiền. Dịch vụ đắt nhất tính dưới 100 % cũng được hỏi.",
        "Of several interventions in one operation the dearest counts 100 %, the others 50 % (same team) or 80 % (another team). The file does not say whether it was one operation, so this is always a question, with both amounts. The dearest one below 100 % is asked about too.",
    ],
    cites: &[Cite::article("tt-39-2018", 7, Some(4))],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let Some(rule) = examined.service_ratios() else { return };
    let whole = Figure::whole(100);
    let ratios = rule.value.surgery.iter().filter_map(|share| Figure::percent_of(*share));
    let others: Vec<Figure> = ratios.filter(|ratio| *ratio < whole).collect();
    let (Some(low), Some(high)) = (others.iter().min().copied(), others.iter().max().copied()) else { return };
    for mut operations in days(examined) {
        operations.sort_by_key(|line| (std::cmp::Reverse(line.insured_price), line.number));
        let count = FindingValue::Text(operations.len().to_string());
        for (place, line) in operations.iter().enumerate() {
            let (ratio, fund) = (line.service_ratio.unwrap_or_default(), line.fund.unwrap_or_default());
            let (money, other) = match place {
                0 if operations.len() > 1 && ratio < whole => {
                    let full = line.quantity.zip(line.insured_price).and_then(|(quantity, price)| {
                        quantity.product(price, &[line.list_ratio?, line.share?])
                    });
                    let money = fund - full.unwrap_or(fund);
                    (money, money)
                }
                0 => continue,
                _ if ratio == whole => (of(fund, whole - low), of(fund, whole - high)),
                _ => continue,
            };
            let mut finding = examined
                .at_line(&CHECK, line, Tag::TyleTtDv)
                .values(FindingValue::Percent(ratio), FindingValue::None)
                .with("count", count.clone())
                .with("money", FindingValue::Amount(money))
                .with("other", FindingValue::Amount(other));
            finding.difference = Some(money);
            findings.push(finding);
        }
    }
}

/// The paid operations of each day.
fn days<'e>(examined: &Examined<'e>) -> Vec<Vec<&'e FileLine<'e>>> {
    let mut days: BTreeMap<Option<NaiveDate>, Vec<&FileLine<'_>>> = BTreeMap::new();
    for line in &examined.claim.lines {
        if line.kind == Some(ItemKind::Surgery) && line.fund.is_some_and(|fund| fund > Figure::ZERO) {
            days.entry(line.day().map(FileMoment::date)).or_default().push(line);
        }
    }
    days.into_values().collect()
}
