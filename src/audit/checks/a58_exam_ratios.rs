//! A58 Nhiều lần khám: examinations of one visit beyond the first at more than their ratio, or above twice one price.

use chrono::NaiveDate;
use crate::audit::claim_file::FileLine;
use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::moment::FileMoment;
use crate::audit::tag::Tag;
use crate::rulebook::claim_files::ItemKind;
use crate::terms::citation::Evidence;
use std::collections::BTreeMap;
use super::evidence::Examined;
use super::law_effect::{of, weighed};

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A58-exam-ratios",
    severity: Severity::Question,
    class: Class::Law,
    title: ["Lần khám thứ hai trở đi vượt tỷ lệ", "Further examinations above their ratio"],
    says: [
        "{field} {declared}; lần khám này theo quy định là {expected}[[: quỹ trả thừa {over} đ]][[: quỹ trả thiếu {under} đ]].",
        "{field} {declared}; by the rules this examination counts {expected}[[: the fund pays {over} đ too much]][[: the fund pays {under} đ too little]].",
    ],
    explain: [
        "Trong một lần đến khám, chuyên khoa đầu 100 %, từ lần thứ hai 30 %, tổng không quá hai lần giá: 100, 30, 30, 30, 10, rồi 0; số lượng lớn hơn 1 tính như nhiều lần. Lần đầu dưới 100 % được hỏi vì có thể là khám lại trong ngày. Lượt khám 01, 03, 04, 06, 09 xét cả hồ sơ, loại khác xét từng ngày. Đến hết 2024 là lỗi khi cùng ngày; từ 2025 là câu hỏi vì TT 39/2024 chưa đọc được.",
        "Within one visit the first specialty counts 100 %, from the second 30 %, all together at most twice the price: 100, 30, 30, 30, 10, then 0; a quantity above 1 counts as several. A first one below 100 % is asked about, since it may be a return the same day. Kinds 01, 03, 04, 06 and 09 are looked at as one visit, others day by day. Until 2024 it is an error within a day; from 2025 a question, since TT 39/2024 was not seen.",
    ],
    cites: &[Cite::article("tt-39-2018", 5, Some(3))],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let Some(rule) = examined.service_ratios() else { return };
    let allowed: Vec<Figure> =
        rule.value.exam.iter().filter_map(|share| Figure::percent_of(*share)).collect();
    let exams = examined.claim.lines.iter().filter(|line| line.kind == Some(ItemKind::Exam));
    let all_paid = exams.into_iter().all(is_paid);
    for exams in visits(examined, &allowed) {
        let days = || exams.iter().filter_map(|line| line.day()).map(FileMoment::date);
        let certain = rule.rule.evidence == Evidence::Primary && days().min() == days().max();
        for (line, over, allowed) in above(&exams, &allowed, all_paid) {
            let covered = product(line, over).unwrap_or_default();
            let fund = of(covered, line.share.unwrap_or_default());
            if fund.is_zero() {
                continue;
            }
            let finding = examined.at_line(&CHECK, line, Tag::TyleTtDv).values(
                FindingValue::Percent(line.service_ratio.unwrap_or_default()),
                FindingValue::Percent(allowed),
            );
            findings.push(weighed(finding, fund, certain && fund > Figure::ZERO));
        }
    }
}

/// The examinations of each visit that are paid and have a ratio of the rules; others are A20.
fn visits<'e>(examined: &Examined<'e>, allowed: &[Figure]) -> Vec<Vec<&'e FileLine<'e>>> {
    let one_visit = matches!(examined.visit_kind(), "1" | "3" | "4" | "6" | "9");
    let mut visits: BTreeMap<Option<NaiveDate>, Vec<&FileLine<'_>>> = BTreeMap::new();
    let is_strange = |line: &FileLine<'_>| {
        line.kind == Some(ItemKind::Exam) && !line.service_ratio.is_some_and(|ratio| allowed.contains(&ratio))
    };
    if examined.claim.lines.iter().any(is_strange) {
        return Vec::new();
    }
    for line in &examined.claim.lines {
        if line.kind == Some(ItemKind::Exam) && is_paid(line) {
            let day = line.day().map(FileMoment::date).filter(|_| !one_visit);
            visits.entry(day).or_default().push(line);
        }
    }
    visits.into_values().collect()
}

fn is_paid(line: &FileLine<'_>) -> bool {
    line.fund.is_some_and(|fund| fund > Figure::ZERO)
}

/// Each examination above (or, for the first, below) its ratio: points by which it differs, over all its units, and
/// the ratio of the rules.
fn above<'e>(exams: &[&'e FileLine<'e>], allowed: &[Figure], all_paid: bool) -> Vec<(&'e FileLine<'e>, Figure, Figure)> {
    let mut ordered: Vec<&FileLine<'_>> = exams.to_vec();
    ordered.sort_by_key(|line| (std::cmp::Reverse(line.service_ratio), line.day(), line.part, line.number));
    let mut place = 0;
    let mut found = Vec::new();
    for line in ordered {
        let ratio = line.service_ratio.unwrap_or_default();
        let mut left = line.quantity.unwrap_or(ONE).max(Figure::ZERO).min(Figure::whole(MOST_UNITS));
        let mut over = Figure::ZERO;
        let mut last = ratio;
        while left > Figure::ZERO {
            let right = allowed.get(place).copied().unwrap_or_default();
            // The first one below 100 % may be a return of the same day, or come after one that nobody pays.
            if ratio > right || (place == 0 && all_paid) {
                over += (ratio - right).product(left.min(ONE), &[]).unwrap_or_default();
                last = right;
            }
            left = left - ONE;
            place += 1;
        }
        if !over.is_zero() {
            found.push((line, over, last));
        }
    }
    found
}

/// Most examinations counted one by one in a line.
const MOST_UNITS: i64 = 100;

/// One examination.
const ONE: Figure = Figure::whole(1);

/// What so many points of one examination's price are worth.
fn product(line: &FileLine<'_>, points: Figure) -> Option<Figure> {
    Figure::whole(1).product(line.insured_price?, &[points, line.list_ratio?])
}
