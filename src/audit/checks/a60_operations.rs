//! A60 Nhiều phẫu thuật cùng tính đủ giá: several operations of a day, each at the whole price.

use chrono::NaiveDate;
use crate::audit::claim_file::FileLine;
use crate::audit::figure::{Figure, TWO_DECIMALS};
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
        "Nhiều can thiệp trong một lần phẫu thuật: dịch vụ đắt nhất 100 %, các phẫu thuật khác 50 % (cùng kíp) hoặc 80 % (khác kíp). Tệp không cho biết có cùng một lần mổ hay không, nên luôn là câu hỏi, với cả hai số tiền. Dịch vụ đắt nhất tính dưới 100 % cũng được hỏi, một lần cho cả ngày; số lượng lớn hơn 1 tính như nhiều lần.",
        "Of several interventions in one operation the dearest counts 100 %, the others 50 % (same team) or 80 % (another team). The file does not say whether it was one operation, so this is always a question, with both amounts. The dearest one below 100 % is asked about too, once for the day; a quantity above 1 counts as several.",
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
        let count: Figure = operations.iter().map(|line| units(line)).sum();
        let asked = |line: &FileLine<'_>, money: Figure, other: Figure| {
            let mut finding = examined
                .at_line(&CHECK, line, Tag::TyleTtDv)
                .values(FindingValue::Percent(line.service_ratio.unwrap_or_default()), FindingValue::None)
                .with("count", FindingValue::Amount(count))
                .with("money", FindingValue::Amount(money))
                .with("other", FindingValue::Amount(other));
            finding.difference = Some(money);
            finding
        };
        // The dearest one reduced: one question about all of them, since a cheaper one at the whole goes with it.
        let dearest = operations.first().copied();
        if let Some(dearest) = dearest.filter(|line| count > ONE && line.service_ratio < Some(whole)) {
            let by = |rest: Figure| operations.iter().map(|line| surplus(line, dearest, rest)).sum::<Figure>();
            findings.push(asked(dearest, by(low), by(high)));
            continue;
        }
        for (place, line) in operations.iter().enumerate() {
            let fund = line.fund.unwrap_or_default();
            let further = if place == 0 { units(line) - ONE } else { units(line) };
            if line.service_ratio != Some(whole) || further <= Figure::ZERO {
                continue;
            }
            let fund = fund.exact().times(further.millionths(), units(line).millionths());
            let Some(fund) = fund.ok().and_then(|fund| fund.round(TWO_DECIMALS).ok()).map(Figure::from_vnd) else {
                continue;
            };
            findings.push(asked(line, of(fund, whole - low), of(fund, whole - high)));
        }
    }
}

/// One operation.
const ONE: Figure = Figure::whole(1);

/// How many operations a line stands for.
fn units(line: &FileLine<'_>) -> Figure {
    line.quantity.unwrap_or(ONE).max(ONE)
}

/// What the fund pays for an operation above the whole price of the dearest and a part of the others.
fn surplus(line: &FileLine<'_>, dearest: &FileLine<'_>, rest: Figure) -> Figure {
    let at = |ratio: Figure, quantity: Figure| {
        let price = line.insured_price.zip(line.list_ratio).zip(line.share);
        price.and_then(|((price, list), share)| quantity.product(price, &[ratio, list, share]))
    };
    let is_dearest = std::ptr::eq(line, dearest);
    let first = if is_dearest { ONE } else { Figure::ZERO };
    let right = at(Figure::whole(100), first).zip(at(rest, units(line) - first)).map(|(first, rest)| first + rest);
    let fund = line.fund.unwrap_or_default();
    fund - right.unwrap_or(fund)
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
