//! Một dòng chi phí: which rights it falls under, and how much of it lies in the scope.

use chrono::{Datelike, NaiveDate};

use super::beds::{self, BedDay, CountedBeds};
use super::day_rules::DayRules;
use super::network_rate::{reading_notice, reads};
use super::prices::{LinePrices, prices};
use super::ratios::ratios;
use super::rights::{Rights, Way, changes, rights_on};
use crate::case::claim::{ClaimCase, CostLine};
use crate::engine::error::EngineError;
use crate::rulebook::timeline::NotInForce;
use crate::terms::care::{AidKind, LineKind, Reading, Scope, Setting};
use crate::terms::moment::Moment;
use crate::terms::number::{ExactVnd, Measure, Share, Vnd};
use crate::terms::problem::{Code, Problem};

/// Một khoản để thanh toán: a line, a part of a line under the same rights, or the totals of a visit.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a right or a fact of its own")]
pub struct CostItem<'c> {
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
    /// Price of the bill.
    pub price: Measure,
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
    /// The higher level of a card on its way.
    pub level_to_come: Option<Share>,
    /// Chi phí vận chuyển: paid whole where the group has the right to it, whatever level and rate.
    pub transport: bool,
    /// List ratios do not apply.
    pub no_ratio: bool,
    /// Neither the cap nor the list ratios of supplies apply.
    pub no_supply_limit: bool,
    /// Used before the card was shown.
    pub before_card: bool,
    /// Thành tiền bệnh viện.
    pub hospital: Vnd,
    /// Thành tiền bảo hiểm.
    pub covered: Vnd,
    /// The same before list ratios.
    pub before_ratios: Vnd,
    /// Nguồn khác.
    pub other: Vnd,
}

/// Các khoản của lượt khám, line by line; a line that lasts is divided by day where the rights change.
///
/// # Errors
/// [`EngineError`] when a level is not recorded or an amount leaves the exact range.
pub fn items<'c>(
    day: &DayRules<'_>,
    case: &'c ClaimCase,
    lines: &'c [CostLine],
    way: Way,
    notices: &mut Vec<Problem>,
) -> Result<Vec<CostItem<'c>>, EngineError> {
    let mut items = Vec::new();
    let ratios = ratios(day, case, lines, notices)?;
    let bed_days = bed_days(day, case, lines, notices)?;
    for (index, line) in lines.iter().enumerate() {
        let outside = line.date < case.admitted || line.until.unwrap_or(line.date) > case.discharged;
        if outside && !line.on_the_road {
            let problem = Problem::new(Code::LineOutsideStay).with("line", index + 1);
            notices.push(problem.with("date", line.date));
        }
        let prices = prices(day, case, index, line, notices)?;
        let days = bed_days.as_ref().filter(|_| line.kind == LineKind::Bed).map(|days| &days[index][..]);
        for part in parts(day, case, line, days) {
            let rights = rights_on(day, case, part.from, way)?;
            if rights.is_none() {
                notices.push(Problem::new(Code::CardExpired).with("line", index + 1).with("date", part.from));
            }
            note_readings(day, case, line, way, notices);
            let mut item = part.item(index, line, prices, ratios[index], rights);
            item.before_card = is_before_card(case, index, line, part.from, notices);
            let carried = !item.transport || has_transport(rights, notices);
            let in_scope = carried && rights.is_some_and(|rights| rights.covers(line.scope));
            item.count(day, case.aid, in_scope)?;
            items.push(item);
        }
    }
    Ok(items)
}

impl CostItem<'_> {
    /// Thành tiền: one product, one rounding; aid to the facility is taken off before the list ratio.
    fn count(&mut self, day: &DayRules<'_>, aid: AidKind, in_scope: bool) -> Result<(), EngineError> {
        let rounding = day.rounding.value.product;
        let amount = |price: Measure| self.service_ratio.of(self.quantity.of(price.exact())?);
        self.hospital = amount(self.price)?.round(rounding)?;
        if !in_scope || self.group.is_none() {
            return Ok(());
        }
        let mut insured = amount(self.insured_price)?;
        if aid == AidKind::Facility {
            let rest = insured.minus(self.other.exact())?;
            insured = if rest.compare(ExactVnd::ZERO)?.is_lt() { ExactVnd::ZERO } else { rest };
        }
        self.before_ratios = insured.round(rounding)?;
        self.covered = self.list_ratio.of(insured)?.round(rounding)?;
        Ok(())
    }
}

/// Quyền được thanh toán vận chuyển: the object group decides, not its level.
fn has_transport(rights: Option<Rights<'_>>, notices: &mut Vec<Problem>) -> bool {
    let Some(rights) = rights else { return false };
    if !rights.transport {
        notices.push(Problem::new(Code::TransportNoRight).with("group", rights.group));
    }
    rights.transport
}

/// Readings of the forces' rights where they make a difference on a line.
fn note_readings(
    day: &DayRules<'_>,
    case: &ClaimCase,
    line: &CostLine,
    way: Way,
    notices: &mut Vec<Problem>,
) {
    let of_forces = |groups: &[String]| case.cards.iter().any(|card| groups.contains(&card.group));
    let by_ratio = line.list_ratio != Share::WHOLE
        && way.rate != Share::WHOLE
        && line.kind != LineKind::Supply
        && day.exemptions.is_some_and(|rule| of_forces(&rule.value.groups_at_full_rate));
    let by_scope = line.scope == Scope::ForcesOnly
        && way.rate == Share::WHOLE
        && !way.in_order
        && day.out_of_scope.is_some_and(|rule| of_forces(&rule.value.groups));
    for (matters, reading) in
        [(by_ratio, Reading::ForcesNoListRatio), (by_scope, Reading::ForcesOutOfScopeInOrderOnly)]
    {
        if matters {
            notices.push(reading_notice(day, reading, &case.readings));
        }
    }
}

/// Before the moment at which the card was shown; a line of that day without its hour counts as before.
fn is_before_card(
    case: &ClaimCase,
    index: usize,
    line: &CostLine,
    from: NaiveDate,
    notices: &mut Vec<Problem>,
) -> bool {
    let Some(shown) = case.card_shown else { return false };
    let at = line.at.filter(|_| from == line.date);
    if from == shown.day && shown.time.is_some() && at.is_none() && line.until.is_none() {
        notices.push(Problem::new(Code::LineHourUnknown).with("line", index + 1).with("date", from));
    }
    Moment { day: from, time: at } < shown
}

/// Ngày giường: counted when asked for, else given ones are checked against the stay.
fn bed_days(
    day: &DayRules<'_>,
    case: &ClaimCase,
    lines: &[CostLine],
    notices: &mut Vec<Problem>,
) -> Result<Option<Vec<Vec<BedDay>>>, EngineError> {
    if !lines.iter().any(|line| line.kind == LineKind::Bed) {
        return Ok(None);
    }
    let Some(rule) = day.bed_days else {
        let first = day.rules.benefit.bed_days.versions.versions().first();
        let first = first.map(|version| version.rule.effective_from);
        let missing = || NotInForce { rule: "bed-days".to_owned(), date: day.governing, first, last: None };
        return if case.counts_beds { Err(missing().into()) } else { Ok(None) };
    };
    if case.counts_beds {
        if beds::hours_matter(case) {
            let assumed = Problem::new(Code::BedHoursUnknown);
            notices.push(assumed.with("hours", rule.value.none_up_to_hours));
        }
        let CountedBeds { of_lines: days, uncovered } = beds::count(&rule.value, case, lines);
        if !uncovered.is_empty() {
            let dates: Vec<String> = uncovered.iter().map(ToString::to_string).collect();
            notices.push(Problem::new(Code::BedDaysUncovered).with("dates", dates.join(", ")));
        }
        if days.iter().flatten().any(|day| day.at_later_price) {
            let reading = Reading::SurgicalBedAfterDayOfOperation;
            notices.push(reading_notice(day, reading, &case.readings));
        }
        return Ok(Some(days));
    }
    let days = u32::try_from(beds::counted_days(&rule.value, case).len()).unwrap_or(u32::MAX);
    // An out-patient has no bed but a lodging bed.
    let of_stay = if case.visit.setting == Some(Setting::Outpatient) { 0 } else { days };
    for (lodging, most) in [(false, of_stay), (true, rule.value.lodging.at_most_days)] {
        if let Some((given, most)) = beds::given(lines, lodging).zip(Measure::whole(most.into()))
            && given > most
        {
            notices.push(Problem::new(Code::BedDaysAbove).with("read", given).with("accepted", most));
        }
    }
    let third = day.service_ratios.and_then(|version| version.value.bed.last().copied());
    let is_third = |line: &CostLine| {
        line.kind == LineKind::Bed && line.service_ratio.is_some() && line.service_ratio == third
    };
    if lines.iter().any(is_third) {
        notices.push(reading_notice(day, Reading::SharedBedOneThird, &case.readings));
    }
    Ok(None)
}

/// A run of days of a line under the same rights.
struct Part {
    from: NaiveDate,
    until: NaiveDate,
    quantity: Measure,
    other: Vnd,
    at_later_price: bool,
}

impl Part {
    fn item<'c>(
        &self,
        index: usize,
        line: &'c CostLine,
        prices: LinePrices,
        service_ratio: Share,
        rights: Option<Rights<'c>>,
    ) -> CostItem<'c> {
        let later = line.bed.later_price.filter(|_| self.at_later_price);
        let no_ratio = rights.is_some_and(|rights| rights.no_ratio);
        let no_supply_limit = rights.is_some_and(|rights| rights.no_supply_limit);
        let spared = if line.kind == LineKind::Supply { no_supply_limit } else { no_ratio };
        CostItem {
            line: Some(index),
            given: Some(line),
            from: self.from,
            until: self.until,
            quantity: self.quantity,
            price: later.unwrap_or(prices.hospital),
            insured_price: later.unwrap_or(prices.insured),
            service_ratio,
            list_ratio: if spared { Share::WHOLE } else { line.list_ratio },
            group: rights.map(|rights| rights.group),
            level: rights.map_or(Share::NONE, |rights| rights.level),
            level_to_come: rights.and_then(|rights| rights.level_to_come),
            transport: line.kind == LineKind::Transport,
            no_ratio: spared,
            no_supply_limit,
            before_card: false,
            hospital: Vnd::ZERO,
            covered: Vnd::ZERO,
            before_ratios: Vnd::ZERO,
            other: self.other,
        }
    }
}

/// First days of the parts of a line: where the rights change, the card is shown, and at New Year where the co-payment
/// of each year is counted apart.
fn cuts(day: &DayRules<'_>, case: &ClaimCase, from: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
    let by_year = day.ceiling.is_some_and(|rule| rule.value.split_at_new_year);
    let new_year =
        NaiveDate::from_ymd_opt(until.year(), 1, 1).filter(|_| by_year && case.five_years_since.is_some());
    let shown = case.card_shown.and_then(|shown| match shown.time {
        Some(_) => shown.day.succ_opt(),
        None => Some(shown.day),
    });
    let mut starts: Vec<NaiveDate> = changes(day, case)
        .into_iter()
        .chain([case.exempt_from, case.five_years_since, new_year, shown].into_iter().flatten())
        .filter(|day| from < *day && *day <= until)
        .collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// The parts of a line: whole days, in proportion, or as the bed days were counted.
fn parts(day: &DayRules<'_>, case: &ClaimCase, line: &CostLine, days: Option<&[BedDay]>) -> Vec<Part> {
    if let Some(days) = days {
        return parts_of_days(day, case, line, days);
    }
    let whole = || {
        let until = line.until.unwrap_or(line.date);
        let (quantity, other) = (line.quantity, line.other_source);
        vec![Part { from: line.date, until, quantity, other, at_later_price: false }]
    };
    let Some(until) = line.until.filter(|until| *until > line.date) else { return whole() };
    let mut starts = cuts(day, case, line.date, until);
    let days = (until - line.date).num_days() + 1;
    starts.insert(0, line.date);
    let mut parts = Vec::new();
    for (index, from) in starts.iter().enumerate() {
        let last = starts.get(index + 1).and_then(chrono::NaiveDate::pred_opt).unwrap_or(until);
        let held = (last - *from).num_days() + 1;
        let Some(quantity) = line.quantity.part(held, days) else { return whole() };
        let other = if index == 0 { line.other_source } else { Vnd::ZERO };
        parts.push(Part { from: *from, until: last, quantity, other, at_later_price: false });
    }
    parts
}

/// Counted bed days, together as long as rights and price stay.
fn parts_of_days(day: &DayRules<'_>, case: &ClaimCase, line: &CostLine, days: &[BedDay]) -> Vec<Part> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        let date = line.date.clamp(case.admitted, case.discharged);
        let (quantity, other) = (Measure::default(), line.other_source);
        return vec![Part { from: date, until: date, quantity, other, at_later_price: false }];
    };
    let starts = cuts(day, case, first.day, last.day);
    let piece = |bed: &BedDay| (starts.iter().filter(|start| **start <= bed.day).count(), bed.at_later_price);
    let mut parts: Vec<Part> = Vec::new();
    for run in days.chunk_by(|a, b| piece(a) == piece(b)) {
        let (Some(from), Some(until)) = (run.first(), run.last()) else { continue };
        parts.push(Part {
            from: from.day,
            until: until.day,
            quantity: Measure::halves(run.iter().map(|bed| bed.halves).sum()),
            other: if parts.is_empty() { line.other_source } else { Vnd::ZERO },
            at_later_price: from.at_later_price,
        });
    }
    parts
}

/// Whether a second reading is asked for on this case.
pub(super) fn is_read(case: &ClaimCase, reading: Reading) -> bool {
    reads(&case.readings, reading)
}
