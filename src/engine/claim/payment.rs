//! Thanh toán từng khoản: relief of the visit, level and rate, the room under the annual ceiling, direct payment, aid.

use chrono::{Datelike, NaiveDate};

use super::sheet::{Paid, Sheet};
use crate::engine::claim::aid::{self, Borne};
use crate::engine::claim::copayment::ceiling_room;
use crate::engine::claim::line::Item;
use crate::engine::claim::network_rate::{reading_notice, reads};
use crate::engine::claim::reimbursement::Amounts;
use crate::engine::claim::settle::{Settled, VisitTerms};
use crate::engine::claim::visit_plan;
use crate::engine::error::EngineError;
use crate::engine::trace::{Formula, Term, Value};
use crate::rulebook::benefit::access::RateOf;
use crate::rulebook::benefit::level::AnnualCeiling;
use crate::rulebook::timeline::Version;
use crate::terms::care::{AidKind, DirectCase, Reading, Relief};
use crate::terms::money::{ExactVnd, Vnd};
use crate::terms::problem::{Code, Problem};
use crate::terms::share::Share;

impl<'r, 'c> Sheet<'r, 'c> {
    /// Mức hưởng and tỷ lệ applied to every item, in the order of their dates.
    pub(super) fn settle(&mut self, items: &[Item<'c>]) -> Result<Vec<Paid>, EngineError> {
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
    fn open_room(&mut self, rule: &'r Version<AnnualCeiling>, year: i32) -> Result<(), EngineError> {
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
    pub(super) fn limit_direct_payment(&mut self, paid: &mut [Paid]) {
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
    pub(super) fn apply_aid(&mut self, items: &[Item<'_>], paid: &mut [Paid]) {
        for (item, paid) in items.iter().zip(paid) {
            if self.taken_off_before(item) {
                continue;
            }
            paid.amounts.other = item.other;
            let amounts = &mut paid.amounts;
            let mut borne = Borne { own: amounts.own, copayment: amounts.copayment, fund: amounts.fund };
            let beyond = aid::apply(self.case.aid, item.other, &mut borne);
            (amounts.own, amounts.copayment, amounts.fund) = (borne.own, borne.copayment, borne.fund);
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
}
