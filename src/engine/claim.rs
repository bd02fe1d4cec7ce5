//! Thanh toán một lượt khám bệnh, chữa bệnh, in the order the texts force: scope of every line, level, network
//! rate, cheap visit, caps before level, annual ceiling inside the visit, other sources, direct payment.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::aid;
use super::card::ended_child_card;
use super::claim_error::ClaimError;
use super::copayment::{CeilingRoom, ceiling_room};
use super::day_rules::DayRules;
use super::direct_payment::{self, Limit};
use super::doubt::doubts;
use super::error::EngineError;
use super::line::{self, Item, card_on};
use super::network_rate::{Access, access, reading_notice, reads};
use super::reimbursement::{Amounts, CeilingState, LineOutcome, Reimbursement};
use super::settle::{Settled, VisitTerms};
use super::supplies::cap_supplies;
use super::trace::{Formula, Step, Term, Value};
use super::visit_plan;
use crate::case::claim::{ClaimCase, Costs};
use crate::rulebook::Rulebook;
use crate::rulebook::benefit::access::RateOf;
use crate::terms::care::{AidKind, DirectCase, Listed, Reading, Relief};
use crate::terms::citation::RuleRef;
use crate::terms::money::{ExactVnd, Vnd};
use crate::terms::problem::{Code, Problem};
use crate::terms::quantity::Measure;
use crate::terms::share::Share;

/// Thanh toán một lượt khám.
///
/// The rules of the day on which the visit ends; for a stay that spans a change whose transition rule says so,
/// the old or the new rules, whichever pays more.
///
/// # Errors
/// [`EngineError`] when the recorded law has no answer or the facts do not suffice.
pub fn claim(rules: &Rulebook, case: &ClaimCase) -> Result<Reimbursement, EngineError> {
    let new = claim_under(rules, case, case.discharged);
    let eves =
        visit_plan::transition_eves(rules).filter(|(eve, _)| (case.admitted..case.discharged).contains(eve));
    let mut best = new;
    for (governing, rule) in eves {
        best = more_favourable(best, claim_under(rules, case, governing), rule);
    }
    best
}

/// Theo hướng có lợi cho người bệnh: the outcome that pays more; the new rules win a draw.
fn more_favourable(
    new: Result<Reimbursement, EngineError>,
    old: Result<Reimbursement, EngineError>,
    rule: &RuleRef,
) -> Result<Reimbursement, EngineError> {
    let (mut chosen, old_fund, new_fund) = match (new, old) {
        (Ok(new), Ok(old)) => {
            let funds = (Some(old.total.fund), Some(new.total.fund));
            if old.total.fund > new.total.fund { (old, funds.0, funds.1) } else { (new, funds.0, funds.1) }
        }
        (Ok(new), Err(_)) => return Ok(new),
        (Err(_), Ok(old)) => {
            let fund = old.total.fund;
            (old, Some(fund), None)
        }
        (Err(error), Err(_)) => return Err(error),
    };
    if old_fund != new_fund {
        let shown = |fund: Option<Vnd>| fund.map(|fund| fund.to_string()).unwrap_or_default();
        chosen.notices.push(
            Problem::new(Code::MoreFavourableRule)
                .with("date", rule.effective_from)
                .with("old", shown(old_fund))
                .with("new", shown(new_fund))
                .with("applied", chosen.governed_by),
        );
        chosen.trace.push(Step {
            id: "stay-transition".to_owned(),
            value: Value::Date(chosen.governed_by),
            formula: Formula::Recorded,
            rule: rule.clone(),
            governing_date: rule.effective_from,
        });
    }
    Ok(chosen)
}

/// Thanh toán theo quy định của một ngày.
fn claim_under(
    rules: &Rulebook,
    case: &ClaimCase,
    governing: NaiveDate,
) -> Result<Reimbursement, EngineError> {
    let day = DayRules::on(rules, governing, case.discharged)?;
    let mut sheet = Sheet::open(&day, case)?;
    let mut items = sheet.items()?;
    cap_supplies(&day, &mut items, &mut sheet.trace, &mut sheet.notices)?;
    let mut settled = sheet.settle(&items)?;
    sheet.limit_direct_payment(&mut settled);
    sheet.apply_aid(&items, &mut settled);
    sheet.close(&items, &settled)
}

/// Một khoản đã thanh toán.
struct Paid {
    settled: Settled,
    amounts: Amounts,
}

/// Bảng kê đang lập: the case, its rules, and what has been found so far.
struct Sheet<'r, 'c> {
    day: DayRules<'r>,
    case: &'c ClaimCase,
    access: Access<'r>,
    rate: Share,
    limit: Option<Limit<'r>>,
    relief: Option<Relief>,
    rooms: BTreeMap<i32, CeilingRoom<'r>>,
    rooms_before: BTreeMap<i32, ExactVnd>,
    /// Years whose ceiling was reached.
    reached: BTreeSet<i32>,
    trace: Vec<Step>,
    notices: Vec<Problem>,
}

impl<'r, 'c> Sheet<'r, 'c> {
    /// Facts of the visit: how it was accessed, at which rate, within which limit.
    fn open(day: &DayRules<'r>, case: &'c ClaimCase) -> Result<Sheet<'r, 'c>, EngineError> {
        let forces = case.cards.iter().any(|card| day.rates.value.forces.contains(&card.group));
        let mut access = access(day, &case.visit, forces, &case.readings)?;
        let mut notices = std::mem::take(&mut access.notices);
        let limit = match case.direct {
            Some(direct) => direct_payment::limit(day, direct, access.facts)?,
            None => None,
        };
        let outside_network = case.direct == Some(DirectCase::NoContract)
            && !reads(&case.readings, Reading::DirectPaymentAtNetworkRate);
        let rate = if outside_network { Share::WHOLE } else { access.rate };
        if outside_network
            && access.rate != Share::WHOLE
            && limit.is_some_and(|limit| !limit.at_most.is_zero())
        {
            notices.push(reading_notice(day, Reading::DirectPaymentAtNetworkRate, &case.readings));
        }
        if let Some((digit, card)) = case.card_digit.as_ref().zip(case.cards.first()) {
            notices.extend(digit_contradiction(day, case, digit, &card.group));
        }
        Ok(Sheet {
            day: *day,
            case,
            access,
            rate,
            limit,
            relief: None,
            rooms: BTreeMap::new(),
            rooms_before: BTreeMap::new(),
            reached: BTreeSet::new(),
            trace: Vec::new(),
            notices,
        })
    }

    /// The lines, or the totals as one item.
    fn items(&mut self) -> Result<Vec<Item<'c>>, EngineError> {
        let case = self.case;
        let on_admission = card_on(&self.day, case, case.admitted)?.is_some();
        match &case.costs {
            Costs::Lines(lines) => {
                let items = line::items(&self.day, case, lines, self.rate, &mut self.notices)?;
                if !on_admission && items.iter().all(|item| item.group.is_none()) {
                    return Err(ClaimError::NoCard(case.admitted).into());
                }
                if items.iter().any(|item| {
                    item.no_ratio && item.given.is_some_and(|line| line.list_ratio != Share::WHOLE)
                }) {
                    self.notices.push(Problem::new(Code::NoListRatios));
                }
                for item in &items {
                    let line = item.line.map(|line| line + 1);
                    if item.other > item.hospital {
                        let (part, whole) = ("other-source", "price × quantity");
                        return Err(ClaimError::CostOrder { part, whole, line }.into());
                    }
                    if item.covered > item.hospital {
                        let (part, whole) = ("insured-price", "price");
                        return Err(ClaimError::CostOrder { part, whole, line }.into());
                    }
                }
                Ok(items)
            }
            Costs::Totals { hospital, covered, other } => {
                let (card, level) =
                    card_on(&self.day, case, case.discharged)?.ok_or(ClaimError::NoCard(case.discharged))?;
                for (part, amount) in [("covered-cost", covered), ("other-source", other)] {
                    if amount > hospital {
                        let whole = "hospital-cost";
                        return Err(ClaimError::CostOrder { part, whole, line: None }.into());
                    }
                }
                self.note_undivided_totals();
                Ok(vec![Item {
                    line: None,
                    given: None,
                    from: case.discharged,
                    until: case.discharged,
                    quantity: Measure::ONE,
                    insured_price: Measure::ONE,
                    service_ratio: Share::WHOLE,
                    list_ratio: Share::WHOLE,
                    group: Some(card.group.as_str()),
                    level,
                    transport: false,
                    no_ratio: line::is_exempt(&self.day, case.no_ratio, &card.group, self.rate),
                    hospital: *hospital,
                    covered: *covered,
                    before_ratios: *covered,
                    other: *other,
                }])
            }
        }
    }

    /// Totals cannot be divided where a card or an exemption starts inside the stay.
    fn note_undivided_totals(&mut self) {
        let case = self.case;
        let inside = |day: &NaiveDate| case.admitted < *day && *day <= case.discharged;
        let mut starts = case.cards.iter().filter_map(|card| card.from).chain(case.exempt_from);
        if let Some(date) = starts.find(inside) {
            self.notices.push(Problem::new(Code::TotalsUndivided).with("date", date));
        }
    }

    /// Nor between the years of a stay over New Year, each of which has its own ceiling, or at the day inside the stay
    /// from which the ceiling relieves.
    fn note_undivided_ceiling(&mut self, by_year: bool, relief: Option<Relief>) {
        let (admitted, discharged) = (self.case.admitted, self.case.discharged);
        let Some(since) = self.case.five_years_since else { return };
        if by_year && admitted.year() < discharged.year() {
            let new_year = NaiveDate::from_ymd_opt(discharged.year(), 1, 1).unwrap_or(discharged);
            self.notices.push(Problem::new(Code::TotalsUndivided).with("date", new_year));
        }
        if relief == Some(Relief::AnnualCeiling) && admitted < since && since <= discharged {
            self.notices.push(Problem::new(Code::TotalsUndivided).with("date", since));
        }
    }

    /// Mức hưởng and tỷ lệ applied to every item, in the order of their dates.
    fn settle(&mut self, items: &[Item<'c>]) -> Result<Vec<Paid>, EngineError> {
        let covered: Vnd = items.iter().map(|item| item.covered).sum();
        self.find_relief(items, covered)?;
        let mut order: Vec<usize> = (0..items.len()).collect();
        order.sort_by_key(|&index| (items[index].from, index));
        let mut paid: Vec<Option<Paid>> = items.iter().map(|_| None).collect();
        for index in order {
            let item = &items[index];
            let settled = if item.group.is_some() { self.settle_item(item)? } else { Self::uninsured() };
            let other = if self.taken_off_before(item) { item.other } else { Vnd::ZERO };
            let amounts = Amounts {
                hospital: item.hospital,
                covered: item.covered,
                fund: settled.fund,
                copayment: item.covered - settled.fund,
                own: item.hospital - item.covered - other,
                other,
            };
            paid[index] = Some(Paid { settled, amounts });
        }
        Ok(paid.into_iter().flatten().collect())
    }

    fn uninsured() -> Settled {
        Settled { level: Share::NONE, share: Share::NONE, relief: None, fund: Vnd::ZERO, counted: Vnd::ZERO }
    }

    fn terms(&self, level: Share) -> Result<VisitTerms, EngineError> {
        let mut terms = visit_plan::terms(&self.day, &self.access, self.rate, level)?;
        terms.initial &= self.case.direct != Some(DirectCase::NoContract);
        terms.counts_network_rest = reads(&self.case.readings, Reading::CeilingCountsNetworkRest);
        Ok(terms)
    }

    /// Trường hợp 100 % của cả lượt khám, with the readings that would turn it.
    fn find_relief(&mut self, items: &[Item<'_>], covered: Vnd) -> Result<(), EngineError> {
        let insured = items.iter().filter(|item| item.group.is_some());
        let Some(lowest) = insured.map(|item| item.level).min() else { return Ok(()) };
        let before: Vnd = items.iter().map(|item| item.before_ratios).sum();
        let other_reading = reads(&self.case.readings, Reading::LowCostBeforeRatios);
        let (compared, other) = if other_reading { (before, covered) } else { (covered, before) };
        let terms = self.terms(lowest)?;
        self.relief = terms.relief_of_visit(compared)?;
        if terms.relief_of_visit(other)? != self.relief {
            self.notices.push(reading_notice(&self.day, Reading::LowCostBeforeRatios, &self.case.readings));
        }
        let (limit, base, base_rule) = self.day.amount(self.day.low_cost.value.below)?;
        let reachable = lowest != Share::WHOLE && !self.rate.is_none() && self.rate != Share::WHOLE;
        if reachable
            && !self.access.low_cost
            && self.day.rates.value.of == RateOf::Level
            && compared.exact().compare(limit)?.is_lt()
        {
            self.notices.push(reading_notice(&self.day, Reading::LowCostOutOfNetwork, &self.case.readings));
        }
        let rule = &self.day.low_cost.rule;
        let limit = limit.round(self.day.rounding.value.product)?;
        self.add("base-salary", Value::Money(base), Formula::Recorded, base_rule, self.case.discharged);
        if self.access.low_cost && lowest != Share::WHOLE {
            let times = self.day.low_cost.value.below.times;
            let formula = Formula::Product(vec![Term::Times(times), Term::Money(base)]);
            self.add("low-cost-limit", Value::Money(limit), formula, rule, self.case.discharged);
        }
        Ok(())
    }

    /// One item: relief of the visit, certificate, or the room left under the annual ceiling of its year.
    fn settle_item(&mut self, item: &Item<'_>) -> Result<Settled, EngineError> {
        if item.transport {
            return Ok(Settled {
                level: item.level,
                share: Share::WHOLE,
                relief: None,
                fund: item.covered,
                counted: Vnd::ZERO,
            });
        }
        let terms = self.terms(item.level)?;
        let can_be_lifted = item.level != Share::WHOLE && !self.rate.is_none();
        if !can_be_lifted {
            return terms.settle(item.covered, None, None);
        }
        if self.relief.is_some() {
            return terms.settle(item.covered, self.relief, None);
        }
        let dated = item.given.is_some();
        let date = if dated { item.from } else { self.case.discharged };
        let certified = self
            .case
            .exempt_from
            .is_some_and(|from| from <= date && from.year() == date.year() && self.access.counts);
        if certified {
            return terms.settle(item.covered, Some(Relief::ExemptionCertificate), None);
        }
        let Some(rule) = self.day.ceiling else { return terms.settle(item.covered, None, None) };
        let lifts = reads(&self.case.readings, Reading::CeilingLiftsSelfReferral);
        let five_years = self.case.five_years_since.is_some_and(|since| since <= date);
        let year =
            if rule.value.split_at_new_year && dated { date.year() } else { self.case.discharged.year() };
        self.open_room(rule, year)?;
        let Some(room) = self.rooms.get_mut(&year) else { return terms.settle(item.covered, None, None) };
        if !self.access.counts {
            let used_up = five_years && room.left.compare(ExactVnd::ZERO)?.is_le();
            if used_up {
                let note = reading_notice(&self.day, Reading::CeilingLiftsSelfReferral, &self.case.readings);
                self.notices.push(note);
            }
            let relief = (used_up && lifts).then_some(Relief::AnnualCeiling);
            if relief.is_some() {
                self.reached.insert(year);
            }
            return terms.settle(item.covered, relief, None);
        }
        let settled = terms.settle(item.covered, None, five_years.then_some(room.left))?;
        room.spend(settled.counted)?;
        if settled.relief == Some(Relief::AnnualCeiling) {
            self.reached.insert(year);
        }
        if !dated {
            self.note_undivided_ceiling(rule.value.split_at_new_year, settled.relief);
        }
        Ok(settled)
    }

    /// Ngưỡng của một năm, counted once.
    fn open_room(
        &mut self,
        rule: &'r crate::rulebook::timeline::Version<crate::rulebook::benefit::level::AnnualCeiling>,
        year: i32,
    ) -> Result<(), EngineError> {
        if self.rooms.contains_key(&year) {
            return Ok(());
        }
        let on = if year == self.case.discharged.year() {
            self.case.discharged
        } else {
            NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(self.case.discharged)
        };
        let mut room = ceiling_room(&self.day, rule, &self.case.copaid, on)?;
        let matters = self.access.counts || reads(&self.case.readings, Reading::CeilingLiftsSelfReferral);
        if self.case.five_years_since.is_some() && matters {
            self.notices.append(&mut room.notices);
        }
        self.rooms_before.insert(year, room.left);
        self.rooms.insert(year, room);
        Ok(())
    }

    /// Thanh toán trực tiếp: what is above the limit is the patient's own, cut from the last item backwards.
    fn limit_direct_payment(&mut self, paid: &mut [Paid]) {
        let Some(limit) = self.limit else { return };
        let fund: Vnd = paid.iter().map(|item| item.amounts.fund).sum();
        let formula = match limit.multiple {
            Some((times, base)) => Formula::Product(vec![Term::Times(times), Term::Money(base)]),
            None => Formula::Recorded,
        };
        self.add(
            "direct-payment-limit",
            Value::Money(limit.at_most),
            formula,
            limit.rule,
            self.case.discharged,
        );
        if fund <= limit.at_most {
            return;
        }
        let mut cut = fund - limit.at_most;
        self.notices
            .push(Problem::new(Code::DirectPaymentLimited).with("limit", limit.at_most).with("fund", fund));
        for item in paid.iter_mut().rev() {
            let taken = item.amounts.fund.min(cut);
            item.amounts.fund = item.amounts.fund - taken;
            item.amounts.own += taken;
            cut = cut - taken;
        }
    }

    /// Nguồn khác; aid to the facility was taken off before the split.
    fn apply_aid(&mut self, items: &[Item<'_>], paid: &mut [Paid]) {
        for (item, paid) in items.iter().zip(paid) {
            if self.taken_off_before(item) {
                continue;
            }
            paid.amounts.other = item.other;
            let beyond = aid::apply(self.case.aid, &mut paid.amounts);
            if !beyond.is_zero() {
                let line = item.line.map_or(0, |line| line + 1);
                self.notices
                    .push(Problem::new(Code::AidBeyondPart).with("line", line).with("amount", beyond));
            }
        }
    }

    fn taken_off_before(&self, item: &Item<'_>) -> bool {
        self.case.aid == AidKind::Facility && item.given.is_some()
    }

    /// Totals, lines and trace; every sum is checked once more.
    fn close(mut self, items: &[Item<'_>], paid: &[Paid]) -> Result<Reimbursement, EngineError> {
        let mut total = Amounts::default();
        for item in paid {
            item.amounts.check()?;
            total = total.plus(item.amounts);
        }
        total.check()?;
        let counted = paid.iter().map(|item| item.settled.counted).sum();
        let relief = self.relief.or_else(|| {
            let first = |wanted: Relief| paid.iter().find(|item| item.settled.relief == Some(wanted));
            first(Relief::AnnualCeiling).or_else(|| first(Relief::ExemptionCertificate))?.settled.relief
        });
        let ceiling = self.ceiling_state()?;
        let benefit_level = self.shown_level(items, paid, relief)?;
        self.explain(items, paid, relief, &total, ceiling)?;
        let lines = items.iter().zip(paid).filter_map(|(item, paid)| line_outcome(item, paid)).collect();
        let day = self.day;
        for step in &self.trace {
            for doubt in doubts(&step.rule, step.governing_date) {
                if !self.notices.contains(&doubt) {
                    self.notices.push(doubt);
                }
            }
        }
        let mut notices: Vec<Problem> = Vec::new();
        for notice in self.notices {
            if !notices.contains(&notice) {
                notices.push(notice);
            }
        }
        Ok(Reimbursement {
            benefit_level,
            network_rate: self.rate,
            network_rule: self.access.by.to_owned(),
            relief,
            total,
            counted_copayment: counted,
            ceiling,
            lines,
            governed_by: day.governing,
            trace: self.trace,
            notices,
        })
    }

    /// Mức hưởng shown for the visit: the whole where a relief covers all of it, that of the group where the
    /// ceiling divides it, else that of the last insured item.
    fn shown_level(
        &self,
        items: &[Item<'_>],
        paid: &[Paid],
        relief: Option<Relief>,
    ) -> Result<Share, EngineError> {
        let insured = || items.iter().zip(paid).filter(|(item, _)| item.group.is_some());
        let group = insured().max_by_key(|(item, _)| item.from).map_or(Share::NONE, |(item, _)| item.level);
        Ok(match relief {
            Some(Relief::LowCostVisit | Relief::InitialLevel) => Share::WHOLE,
            Some(Relief::AnnualCeiling) => {
                let mut before = self.rooms_before.values();
                let used_up = before.try_fold(true, |all, left| {
                    left.compare(ExactVnd::ZERO).map(|order| all && order.is_le())
                })?;
                if used_up { Share::WHOLE } else { group }
            }
            Some(Relief::ExemptionCertificate) | None => {
                insured().max_by_key(|(item, _)| item.from).map_or(group, |(_, paid)| paid.settled.level)
            }
        })
    }

    fn ceiling_state(&self) -> Result<Option<CeilingState>, EngineError> {
        let Some(room) = self.rooms.get(&self.case.discharged.year()) else { return Ok(None) };
        let before = self.rooms_before.get(&room.year).copied().unwrap_or(ExactVnd::ZERO);
        let rounding = self.day.rounding.value.product;
        Ok(Some(CeilingState {
            year: room.year,
            limit: room.limit.round(rounding)?,
            paid_before: room.paid,
            left_before: before.round(rounding)?,
            left_after: room.left.round(rounding)?,
            five_years: self.case.five_years_since.is_some_and(|since| since <= self.case.discharged),
        }))
    }

    /// Các bước tính: level, rate, relief, ceiling, and every amount of the visit.
    fn explain(
        &mut self,
        items: &[Item<'_>],
        paid: &[Paid],
        relief: Option<Relief>,
        total: &Amounts,
        ceiling: Option<CeilingState>,
    ) -> Result<(), EngineError> {
        let (day, out) = (self.day, self.case.discharged);
        let mut groups: Vec<&str> = Vec::new();
        for item in items {
            if let Some(group) = item.group.filter(|group| !groups.contains(group)) {
                groups.push(group);
                let id = format!("benefit-level.{group}");
                self.add(&id, Value::Share(item.level), Formula::Recorded, &day.levels.rule, out);
                self.note_unknown_age(group);
                self.note_ended_child_card(group);
            }
        }
        self.add("network-rate", Value::Share(self.rate), Formula::Recorded, &day.rates.rule, out);
        if let Some(rule) = day.exemptions.filter(|_| items.iter().any(|item| item.no_ratio)) {
            self.add("no-list-ratios", Value::Share(Share::WHOLE), Formula::Recorded, &rule.rule, out);
        }
        self.explain_lines(items, paid);
        if let Some(state) =
            ceiling.filter(|_| relief == Some(Relief::AnnualCeiling) || self.case.five_years_since.is_some())
        {
            self.explain_ceiling(state);
        }
        self.note_reached_ceilings()?;
        if let Some(relief) = relief {
            let rule = match relief {
                Relief::LowCostVisit => &day.low_cost.rule,
                Relief::InitialLevel => &day.initial.rule,
                Relief::AnnualCeiling | Relief::ExemptionCertificate => {
                    day.ceiling.map_or(&day.levels.rule, |rule| &rule.rule)
                }
            };
            self.add("relief", Value::Name(relief.key()), Formula::Recorded, rule, out);
        }
        let rounding = &day.rounding.rule;
        let sum = |part: fn(&Amounts) -> Vnd| {
            Formula::Sum(paid.iter().map(|item| vec![Term::Money(part(&item.amounts))]).collect())
        };
        if items.iter().any(|item| item.line.is_some()) {
            self.add("covered-cost", Value::Money(total.covered), sum(|part| part.covered), rounding, out);
            self.add("fund-payment", Value::Money(total.fund), sum(|part| part.fund), rounding, out);
        } else if let Some(only) = paid.first() {
            let divided = only.settled.relief == Some(Relief::AnnualCeiling);
            let formula = if divided || total.fund != only.settled.fund {
                Formula::Difference(Term::Money(total.covered), vec![Term::Money(total.covered - total.fund)])
            } else {
                Formula::Product(vec![
                    Term::Money(total.covered),
                    Term::Share(only.settled.level),
                    Term::Share(self.rate),
                ])
            };
            self.add("fund-payment", Value::Money(total.fund), formula, &day.rates.rule, out);
        }
        let rest = |whole: Vnd, parts: &[Vnd]| {
            Formula::Difference(Term::Money(whole), parts.iter().map(|part| Term::Money(*part)).collect())
        };
        let unaided = total.other.is_zero() && self.limit.is_none();
        let copayment = if unaided { rest(total.covered, &[total.fund]) } else { sum(|part| part.copayment) };
        let own = if unaided { rest(total.hospital, &[total.covered]) } else { sum(|part| part.own) };
        self.add("copayment", Value::Money(total.copayment), copayment, rounding, out);
        self.add("own-payment", Value::Money(total.own), own, rounding, out);
        Ok(())
    }

    fn explain_lines(&mut self, items: &[Item<'_>], paid: &[Paid]) {
        let (day, out) = (self.day, self.case.discharged);
        for (item, paid) in items.iter().zip(paid) {
            let Some(number) = item.line.map(|line| line + 1) else { continue };
            let mut terms = vec![Term::Measure(item.quantity), Term::Measure(item.insured_price)];
            for ratio in [item.service_ratio, item.list_ratio] {
                if ratio != Share::WHOLE {
                    terms.push(Term::Share(ratio));
                }
            }
            let covered = Value::Money(item.covered);
            self.add(
                &format!("covered-cost.line-{number}"),
                covered,
                Formula::Product(terms),
                &day.rounding.rule,
                out,
            );
            let share = paid.settled.share;
            let formula = match paid.settled.relief {
                Some(Relief::AnnualCeiling) => Formula::Difference(
                    Term::Money(item.covered),
                    vec![Term::Money(item.covered - paid.settled.fund)],
                ),
                _ => Formula::Product(vec![Term::Money(item.covered), Term::Share(share)]),
            };
            let fund = Value::Money(paid.settled.fund);
            let carried = day.rules.benefit.transport.at(day.governing).ok().filter(|_| item.transport);
            let rule = carried.map_or(&day.rates.rule, |version| &version.rule);
            self.add(&format!("fund-payment.line-{number}"), fund, formula, rule, out);
        }
    }

    fn explain_ceiling(&mut self, state: CeilingState) {
        let Some(room) = self.rooms.get(&state.year) else { return };
        let (rule, base_rule, base, out) = (room.rule, room.base_rule, room.base, self.case.discharged);
        let times = rule.value.above.times;
        let product = Formula::Product(vec![Term::Times(times), Term::Money(base)]);
        self.add("base-salary", Value::Money(base), Formula::Recorded, base_rule, out);
        self.add("annual-ceiling", Value::Money(state.limit), product, &rule.rule, out);
        let before =
            Formula::Difference(Term::Money(state.limit), vec![Term::Money(state.limit - state.left_before)]);
        self.add("annual-ceiling-left", Value::Money(state.left_before), before, &rule.rule, out);
    }

    /// Every year whose ceiling was reached, which need not be the year of discharge.
    fn note_reached_ceilings(&mut self) -> Result<(), EngineError> {
        for year in &self.reached {
            let Some(room) = self.rooms.get(year) else { continue };
            let limit = room.limit.round(self.day.rounding.value.product)?;
            self.notices.push(
                Problem::new(Code::CeilingReached)
                    .with("year", year)
                    .with("limit", limit)
                    .with("until", NaiveDate::from_ymd_opt(*year, 12, 31).unwrap_or(self.case.discharged)),
            );
        }
        if !self.reached.is_empty() && self.rate != Share::WHOLE {
            let note = reading_notice(&self.day, Reading::CeilingCountsNetworkRest, &self.case.readings);
            self.notices.push(note);
        }
        Ok(())
    }

    fn note_unknown_age(&mut self, group: &str) {
        let level = super::benefit_level::group_level(&self.day, group, self.case.born);
        if let Some(age) = level.ok().and_then(|level| level.age_unknown) {
            self.notices.push(Problem::new(Code::LevelAgeUnknown).with("group", group).with("age", age));
        }
    }

    fn note_ended_child_card(&mut self, group: &str) {
        let case = self.case;
        let days = (case.admitted, case.discharged);
        if let Some(last) = ended_child_card(self.day.rules, group, case.born, days) {
            self.notices.push(Problem::new(Code::ChildCardEnded).with("group", group).with("date", last));
        }
    }

    /// A step of the trace; the same step twice is said once.
    fn add(&mut self, id: &str, value: Value, formula: Formula, rule: &RuleRef, day: NaiveDate) {
        if self.trace.iter().any(|step| step.id == id && step.value == value) {
            return;
        }
        self.trace.push(Step { id: id.to_owned(), value, formula, rule: rule.clone(), governing_date: day });
    }
}

/// A line as results show it.
fn line_outcome(item: &Item<'_>, paid: &Paid) -> Option<LineOutcome> {
    let given = item.given?;
    Some(LineOutcome {
        line: item.line? + 1,
        kind: given.kind,
        name: given.name.clone(),
        unit: given.unit.clone(),
        from: item.from,
        until: item.until,
        group: item.group.map(str::to_owned),
        quantity: item.quantity,
        price: given.price,
        insured_price: item.insured_price,
        service_ratio: item.service_ratio,
        list_ratio: item.list_ratio,
        level: paid.settled.level,
        benefit_share: paid.settled.share,
        package: given.package.clone(),
        amounts: paid.amounts,
    })
}

/// Ký tự trên thẻ trái với mức hưởng của đối tượng.
fn digit_contradiction(day: &DayRules<'_>, case: &ClaimCase, digit: &str, group: &str) -> Option<Problem> {
    let recorded = day.rules.benefit.card_digits.at(day.governing).ok()?;
    let printed = recorded.value.digits.get(digit.trim()).copied();
    let level = super::benefit_level::group_level(day, group, case.born).ok()?.level;
    (printed != Some(level)).then(|| {
        Problem::new(Code::CardDigitContradicts)
            .with("digit", digit)
            .with("label", printed.map(|share| share.to_string()).unwrap_or_default())
            .with("group", group)
            .with("level", level)
    })
}
