//! Một dòng chi phí: which card it falls under, and how much of it lies in the scope.

use chrono::{Datelike, NaiveDate};

use super::benefit_level::group_level;
use super::day_rules::DayRules;
use crate::case::claim::{CardSpan, ClaimCase, CostLine};
use crate::engine::error::EngineError;
use crate::terms::care::{AidKind, DirectCase, LineKind, Scope};
use crate::terms::money::Vnd;
use crate::terms::problem::{Code, Problem};
use crate::terms::quantity::Measure;
use crate::terms::share::Share;

/// Một khoản để thanh toán: a line, a part of a line under one card, or the totals of a visit.
#[derive(Debug, Clone)]
pub struct Item<'c> {
    /// Position of the line, from 0; the totals have none.
    pub line: Option<usize>,
    /// The line as given.
    pub given: Option<&'c CostLine>,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Quantity of this part.
    pub quantity: Measure,
    /// Price that counts for the fund, after a cap.
    pub insured_price: Measure,
    /// Tỷ lệ dịch vụ that counts.
    pub service_ratio: Share,
    /// Tỷ lệ danh mục that counts.
    pub list_ratio: Share,
    /// Group of the card, where one is valid.
    pub group: Option<&'c str>,
    /// Level of that group.
    pub level: Share,
    /// Chi phí vận chuyển: paid whole where the group has the right to it, whatever level and rate.
    pub transport: bool,
    /// List ratios and supply caps do not apply.
    pub no_ratio: bool,
    /// Thành tiền bệnh viện.
    pub hospital: Vnd,
    /// Thành tiền bảo hiểm.
    pub covered: Vnd,
    /// The same before list ratios.
    pub before_ratios: Vnd,
    /// Nguồn khác.
    pub other: Vnd,
}

/// Thẻ có hiệu lực trong một ngày: the card with the highest level, or one that ended during the stay.
///
/// # Errors
/// [`EngineError`] when no level is recorded for the group of the only card.
pub fn card_on<'c>(
    day: &DayRules<'_>,
    case: &'c ClaimCase,
    date: NaiveDate,
) -> Result<Option<(&'c CardSpan, Share)>, EngineError> {
    let mut best: Option<(&CardSpan, Share)> = None;
    let mut missing = None;
    for card in case.cards.iter().filter(|card| card.covers(date)) {
        match group_level(day, &card.group, case.born) {
            Ok(found) if best.is_none_or(|(_, level)| found.level > level) => {
                best = Some((card, found.level));
            }
            Ok(_) => {}
            Err(error) => missing = missing.or(Some(error)),
        }
    }
    match (best, missing) {
        (Some(best), _) => Ok(Some(best)),
        (None, Some(error)) => Err(error),
        (None, None) => match ended_card(day, case, date) {
            Some(card) => Ok(Some((card, group_level(day, &card.group, case.born)?.level))),
            None => Ok(None),
        },
    }
}

/// Thẻ hết hạn khi đang điều trị: still good until discharge, within the days that the rule names.
fn ended_card<'c>(day: &DayRules<'_>, case: &'c ClaimCase, date: NaiveDate) -> Option<&'c CardSpan> {
    let rule = &day.card_expiry?.value;
    let setting = case.visit.setting?;
    let within = |until: NaiveDate| rule.days.is_none_or(|days| (date - until).num_days() <= i64::from(days));
    case.cards
        .iter()
        .filter(|card| card.covers(case.admitted) && rule.settings.contains(setting))
        .filter(|card| card.until.is_some_and(|until| until < date && within(until)))
        .max_by_key(|card| card.until)
}

/// Whether list ratios do not apply to the holder of a card.
pub fn is_exempt(day: &DayRules<'_>, listed_person: bool, group: &str, rate: Share) -> bool {
    let Some(rule) = day.exemptions else { return listed_person };
    let listed = |groups: &[String]| groups.iter().any(|known| known == group);
    listed_person
        || listed(&rule.value.groups)
        || (rate == Share::WHOLE && listed(&rule.value.groups_at_full_rate))
}

/// Các khoản của lượt khám, line by line; a line that lasts is divided by day where the card changes.
///
/// # Errors
/// [`EngineError`] when a level is not recorded or an amount leaves the exact range.
pub fn items<'c>(
    day: &DayRules<'_>,
    case: &'c ClaimCase,
    lines: &'c [CostLine],
    rate: Share,
    notices: &mut Vec<Problem>,
) -> Result<Vec<Item<'c>>, EngineError> {
    let mut items = Vec::new();
    let mut exams: Vec<NaiveDate> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if line.date < case.admitted || line.until.unwrap_or(line.date) > case.discharged {
            let outside = Problem::new(Code::LineOutsideStay).with("line", index + 1);
            notices.push(outside.with("date", line.date));
        }
        let service_ratio = service_ratio(day, index, line, &mut exams, notices);
        for part in parts(day, case, line) {
            let card = card_on(day, case, part.from)?;
            if card.is_none() {
                notices.push(Problem::new(Code::CardExpired).with("line", index + 1).with("date", part.from));
            }
            let no_ratio = card.is_some_and(|(card, _)| is_exempt(day, case.no_ratio, &card.group, rate));
            let group = card.map(|(card, _)| card.group.as_str());
            let insured_price = insured_price(day, case, index, line, notices);
            let transport = line.kind == LineKind::Transport;
            let carried = !transport || has_transport(day, group, notices)?;
            let mut item = Item {
                line: Some(index),
                given: Some(line),
                from: part.from,
                until: part.until,
                quantity: part.quantity,
                insured_price,
                service_ratio,
                list_ratio: if no_ratio { Share::WHOLE } else { line.list_ratio },
                group,
                level: card.map_or(Share::NONE, |(_, level)| level),
                transport,
                no_ratio,
                hospital: Vnd::ZERO,
                covered: Vnd::ZERO,
                before_ratios: Vnd::ZERO,
                other: part.other,
            };
            item.count(day, case.aid, carried && in_scope(day, line.scope, group, rate))?;
            items.push(item);
        }
    }
    Ok(items)
}

impl Item<'_> {
    /// Thành tiền: one product, one rounding; aid to the facility is taken off before the list ratio.
    fn count(&mut self, day: &DayRules<'_>, aid: AidKind, in_scope: bool) -> Result<(), EngineError> {
        let Some(line) = self.given else { return Ok(()) };
        let rounding = day.rounding.value.product;
        let amount = |price: Measure| self.service_ratio.of(self.quantity.of(price.exact())?);
        self.hospital = amount(line.price)?.round(rounding)?;
        if !in_scope || self.group.is_none() {
            return Ok(());
        }
        let mut insured = amount(self.insured_price)?;
        if aid == AidKind::Facility {
            let rest = insured.minus(self.other.exact())?;
            insured = if rest.compare(crate::terms::money::ExactVnd::ZERO)?.is_lt() {
                crate::terms::money::ExactVnd::ZERO
            } else {
                rest
            };
        }
        self.before_ratios = insured.round(rounding)?;
        self.covered = self.list_ratio.of(insured)?.round(rounding)?;
        Ok(())
    }
}

/// Whether the fund pays for a scope at all.
fn in_scope(day: &DayRules<'_>, scope: Scope, group: Option<&str>, rate: Share) -> bool {
    match scope {
        Scope::Covered => true,
        Scope::Outside => false,
        Scope::ForcesOnly => {
            let paid = |group: &str| {
                day.out_of_scope.is_some_and(|rule| rule.value.groups.iter().any(|known| known == group))
            };
            rate == Share::WHOLE && group.is_some_and(paid)
        }
    }
}

/// Quyền được thanh toán vận chuyển: the object group decides, not its level.
fn has_transport(
    day: &DayRules<'_>,
    group: Option<&str>,
    notices: &mut Vec<Problem>,
) -> Result<bool, EngineError> {
    let Some(group) = group else { return Ok(false) };
    let has = day.rules.benefit.transport.at(day.governing)?.value.right(group).is_some();
    if !has {
        notices.push(Problem::new(Code::TransportNoRight).with("group", group));
    }
    Ok(has)
}

/// A run of days of a line under the same cards.
struct Part {
    from: NaiveDate,
    until: NaiveDate,
    quantity: Measure,
    other: Vnd,
}

/// The parts of a line: whole days, in proportion, where cards begin or end inside it, and at New Year where the
/// co-payment of each year is counted apart.
fn parts(day: &DayRules<'_>, case: &ClaimCase, line: &CostLine) -> Vec<Part> {
    let whole = || {
        let until = line.until.unwrap_or(line.date);
        vec![Part { from: line.date, until, quantity: line.quantity, other: line.other_source }]
    };
    let Some(until) = line.until.filter(|until| *until > line.date) else { return whole() };
    let by_year = day.ceiling.is_some_and(|rule| rule.value.split_at_new_year);
    let new_year =
        NaiveDate::from_ymd_opt(until.year(), 1, 1).filter(|_| by_year && case.five_years_since.is_some());
    let mut starts: Vec<NaiveDate> = case
        .cards
        .iter()
        .flat_map(|card| [card.from, card.until.and_then(|day| day.succ_opt())])
        .chain([case.exempt_from, case.five_years_since, new_year])
        .flatten()
        .filter(|day| line.date < *day && *day <= until)
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let days = (until - line.date).num_days() + 1;
    starts.insert(0, line.date);
    let mut parts = Vec::new();
    for (index, from) in starts.iter().enumerate() {
        let last = starts.get(index + 1).and_then(chrono::NaiveDate::pred_opt).unwrap_or(until);
        let held = (last - *from).num_days() + 1;
        let Some(quantity) = line.quantity.part(held, days) else { return whole() };
        let other = if index == 0 { line.other_source } else { Vnd::ZERO };
        parts.push(Part { from: *from, until: last, quantity, other });
    }
    parts
}

/// Tỷ lệ dịch vụ: as given; a further examination of the same day without one takes its step.
fn service_ratio(
    day: &DayRules<'_>,
    index: usize,
    line: &CostLine,
    exams: &mut Vec<NaiveDate>,
    notices: &mut Vec<Problem>,
) -> Share {
    let known = day.service_ratios.map_or(&[][..], |version| version.value.of(line.kind));
    let rank = exams.iter().filter(|date| **date == line.date).count();
    if line.kind == LineKind::Exam {
        exams.push(line.date);
    }
    match line.service_ratio {
        Some(given) => {
            if !known.is_empty() && !known.contains(&given) {
                notices.push(
                    Problem::new(Code::ServiceRatioUnusual).with("line", index + 1).with("read", given),
                );
            }
            given
        }
        None if line.kind == LineKind::Exam && rank > 0 => {
            let step = known.get(rank).or(known.last()).copied().unwrap_or(Share::WHOLE);
            notices.push(Problem::new(Code::ExamRatioApplied).with("line", index + 1).with("ratio", step));
            step
        }
        None => Share::WHOLE,
    }
}

/// Đơn giá bảo hiểm, capped by a public price for private facilities and for what patients buy themselves.
fn insured_price(
    day: &DayRules<'_>,
    case: &ClaimCase,
    index: usize,
    line: &CostLine,
    notices: &mut Vec<Problem>,
) -> Measure {
    let capped = case.visit.private || case.direct == Some(DirectCase::SelfBought);
    if let Some(cap) = line.public_price.filter(|_| capped) {
        if cap < line.insured_price {
            notices.push(Problem::new(Code::PriceCapApplied).with("line", index + 1).with("cap", cap));
        }
        line.insured_price.at_most(cap)
    } else {
        if case.visit.private && matches!(line.kind, LineKind::Exam | LineKind::Bed | LineKind::Surgery) {
            let caps = day.rules.benefit.private_prices.at(day.governing).ok();
            let cap = caps.zip(case.visit.care_level).map(|(caps, level)| caps.value.of(level).key());
            notices.push(
                Problem::new(Code::PriceCapUndecided)
                    .with("line", index + 1)
                    .with("cap", cap.unwrap_or_default()),
            );
        }
        line.insured_price
    }
}
