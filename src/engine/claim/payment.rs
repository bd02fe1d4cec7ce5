//! Thanh toán từng khoản: relief of the visit, level and rate, the room under the annual ceiling, direct payment, aid.

use chrono::{Datelike, NaiveDate};

use super::sheet::{Paid, Sheet};
use crate::engine::claim::aid::{self, Borne};
use crate::engine::claim::copayment::ceiling_room;
use crate::engine::claim::flow::{self, Compared, Cost, Course, Event, Witness};
use crate::engine::claim::line::CostItem;
use crate::engine::claim::network_rate::{reading_notice, reads};
use crate::engine::claim::reimbursement::ItemAmounts;
use crate::engine::claim::visit_terms::{ItemPayment, VisitTerms};
use crate::engine::error::EngineError;
use crate::engine::step::StepId;
use crate::engine::trace::{Formula, StepValue, Term};
use crate::terms::care::{AidKind, DirectCase, Reading};
use crate::terms::number::{ExactVnd, Share, Vnd};
use crate::terms::problem::{Code, Problem};

impl<'c> Sheet<'_, 'c> {
    /// Mức hưởng and tỷ lệ applied to every item, in the order of their dates.
    pub(super) fn pay_items(&mut self, items: &[CostItem<'c>]) -> Result<Vec<Paid>, EngineError> {
        let covered: Vnd = items.iter().map(|item| item.covered).sum();
        self.find_relief(items, covered)?;
        let mut order: Vec<usize> = (0..items.len()).collect();
        order.sort_by_key(|&index| (items[index].from, index));
        let mut paid: Vec<Option<Paid>> = items.iter().map(|_| None).collect();
        for index in order {
            let item = &items[index];
            let payment = if item.group.is_some() { self.pay_item(item)? } else { Self::uninsured() };
            let direct = self.difference_of_levels(item, &payment)?;
            let other = if self.taken_off_before(item) { item.other } else { Vnd::ZERO };
            let amounts = ItemAmounts {
                hospital: item.hospital,
                covered: item.covered,
                fund: payment.fund,
                copayment: item.covered - payment.fund,
                own: item.hospital - item.covered - other,
                other,
            };
            paid[index] = Some(Paid { payment, amounts, direct });
        }
        Ok(paid.into_iter().flatten().collect())
    }

    fn uninsured() -> ItemPayment {
        ItemPayment {
            level: Share::NONE,
            share: Share::NONE,
            relief: None,
            fund: Vnd::ZERO,
            counted: Vnd::ZERO,
        }
    }

    fn terms(&self, level: Share) -> Result<VisitTerms, EngineError> {
        let item_alone = self.case.direct == Some(DirectCase::SelfBought);
        let low_cost =
            self.access.low_cost && (!item_alone || reads(&self.case.readings, Reading::SelfBoughtLowCost));
        let (low_cost_below, _, _) = self.day.amount(self.day.low_cost.value.below)?;
        Ok(VisitTerms {
            level,
            rate: self.rate,
            of: self.day.rates.value.of,
            low_cost_below: low_cost.then_some(low_cost_below),
            initial: self.access.initial && self.case.direct != Some(DirectCase::NoContract),
            counts: self.access.counts,
            counts_network_rest: reads(&self.case.readings, Reading::CeilingCountsNetworkRest),
            rounding: self.day.rounding.value.product,
        })
    }

    /// Trường hợp 100 % của cả lượt khám, with its steps.
    fn find_relief(&mut self, items: &[CostItem<'_>], covered: Vnd) -> Result<(), EngineError> {
        let insured = items.iter().filter(|item| item.group.is_some());
        let Some(lowest) = insured.map(|item| item.level).min() else { return Ok(()) };
        let before: Vnd = items.iter().map(|item| item.before_ratios).sum();
        let (limit, base, base_rule) = self.day.amount(self.day.low_cost.value.below)?;
        let compared = if reads(&self.case.readings, Reading::LowCostBeforeRatios) {
            Compared { taken: before, other: covered, limit }
        } else {
            Compared { taken: covered, other: before, limit }
        };
        self.add(
            StepId::BaseSalary,
            StepValue::Money(base),
            Formula::Recorded,
            base_rule,
            self.case.discharged,
        );
        let terms = self.terms(lowest)?;
        self.relief = flow::relief(&terms, compared, self)?;
        self.note_self_bought(lowest, compared)
    }

    /// A cheap item that the patient bought: the other reading lifts it.
    fn note_self_bought(&mut self, level: Share, compared: Compared) -> Result<(), EngineError> {
        let alone = self.case.direct == Some(DirectCase::SelfBought) && self.access.low_cost;
        if alone && level != Share::WHOLE && compared.taken.exact().compare(compared.limit)?.is_lt() {
            let note = reading_notice(&self.day, Reading::SelfBoughtLowCost, &self.case.readings);
            self.notices.push(note);
        }
        Ok(())
    }

    /// Phần chênh lệch giữa hai mức hưởng while the better card is on its way: paid by the agency, not at the facility.
    fn difference_of_levels(&self, item: &CostItem<'_>, payment: &ItemPayment) -> Result<Vnd, EngineError> {
        if item.level_to_come.is_none() || item.transport {
            return Ok(Vnd::ZERO);
        }
        let at_facility = self.terms(item.level)?.pay(item.covered, self.relief, None)?;
        Ok(if at_facility.fund < payment.fund { payment.fund - at_facility.fund } else { Vnd::ZERO })
    }

    /// One item on its way through the flow; transport is paid whole.
    fn pay_item(&mut self, item: &CostItem<'_>) -> Result<ItemPayment, EngineError> {
        if item.transport {
            return Ok(ItemPayment {
                level: item.level,
                share: Share::WHOLE,
                relief: None,
                fund: item.covered,
                counted: Vnd::ZERO,
            });
        }
        let course = Course {
            admitted: self.case.admitted,
            discharged: self.case.discharged,
            five_years_since: self.case.five_years_since,
            exempt_from: self.case.exempt_from,
            ceiling_by_year: self.day.ceiling.map(|rule| rule.value.split_at_new_year),
            ceiling_lifts_self_referral: reads(&self.case.readings, Reading::CeilingLiftsSelfReferral),
        };
        let cost = Cost { covered: item.covered, day: item.given.map(|_| item.from) };
        flow::pay(&self.terms(item.level_to_come.unwrap_or(item.level))?, &course, cost, self.relief, self)
    }

    /// Thanh toán trực tiếp: what is above the limit is the patient's own, cut from the last item backwards; of a stay
    /// with a late card only what was used before.
    pub(super) fn limit_direct_payment(&mut self, items: &[CostItem<'_>], paid: &mut [Paid]) {
        let is_direct = |item: &CostItem<'_>| self.case.direct.is_some() || item.before_card;
        for (_, paid) in items.iter().zip(paid.iter_mut()).filter(|(item, _)| is_direct(item)) {
            paid.direct = paid.amounts.fund;
        }
        let Some(limit) = self.limit else { return };
        let fund: Vnd =
            paid.iter().zip(items).filter(|(_, item)| is_direct(item)).map(|(paid, _)| paid.direct).sum();
        let formula = match limit.multiple {
            Some((times, base)) => Formula::Product(vec![Term::Times(times), Term::Money(base)]),
            None => Formula::Recorded,
        };
        let out = self.case.discharged;
        self.add(StepId::DirectPaymentLimit, StepValue::Money(limit.at_most), formula, limit.rule, out);
        if fund <= limit.at_most {
            return;
        }
        let mut cut = fund - limit.at_most;
        self.notices
            .push(Problem::new(Code::DirectPaymentLimited).with("limit", limit.at_most).with("fund", fund));
        let direct = self.case.direct.is_some();
        let of_it = paid.iter_mut().zip(items).filter(|(_, item)| direct || item.before_card);
        for (paid, _) in of_it.rev() {
            let taken = paid.amounts.fund.min(cut);
            paid.amounts.fund = paid.amounts.fund - taken;
            paid.amounts.own += taken;
            paid.direct = paid.amounts.fund;
            cut = cut - taken;
        }
    }

    /// Người sử dụng lao động chậm đóng: pays back what the fund would have paid; the patient has paid it.
    pub(super) fn charge_employer(&mut self, paid: &mut [Paid]) -> Result<(), EngineError> {
        if !self.case.employer_arrears {
            return Ok(());
        }
        let rule = self.day.rules.benefit.employer_arrears.at(self.day.governing)?;
        let fund: Vnd = paid.iter().map(|item| item.amounts.fund).sum();
        let refund = rule.value.refunds.of(fund.exact())?.round(self.day.rounding.value.product)?;
        for item in paid.iter_mut() {
            item.amounts.own += item.amounts.fund;
            item.amounts.fund = Vnd::ZERO;
            item.direct = Vnd::ZERO;
        }
        self.employer_refund = Some(refund);
        let out = self.case.discharged;
        let formula = Formula::Product(vec![Term::Money(fund), Term::Share(rule.value.refunds)]);
        self.add(StepId::EmployerRefund, StepValue::Money(refund), formula, &rule.rule, out);
        Ok(())
    }

    /// Nguồn khác; aid to the facility was taken off before the split.
    pub(super) fn apply_aid(&mut self, items: &[CostItem<'_>], paid: &mut [Paid]) {
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

    fn taken_off_before(&self, item: &CostItem<'_>) -> bool {
        self.case.aid == AidKind::Facility && item.given.is_some()
    }
}

/// The witness of a claim: steps, messages, and a room under the ceiling of every year.
impl Witness for Sheet<'_, '_> {
    fn hear(&mut self, event: Event) {
        match event {
            Event::LowCostCompared => self.explain_low_cost(),
            Event::ReadingMatters(reading) => {
                self.notices.push(reading_notice(&self.day, reading, &self.case.readings));
            }
            Event::CeilingReached(year) => {
                self.reached.insert(year);
            }
            Event::Undivided(date) => {
                self.notices.push(Problem::new(Code::TotalsUndivided).with("date", date));
            }
            // Both are told by the steps of the relief and of the ceiling.
            Event::InitialLevel | Event::CeilingConsulted(_) => {}
        }
    }

    fn open(&mut self, year: i32) -> Result<(), EngineError> {
        let Some(rule) = self.day.ceiling.filter(|_| !self.rooms.contains_key(&year)) else { return Ok(()) };
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

    fn left(&mut self, year: i32) -> Result<ExactVnd, EngineError> {
        Ok(self.rooms.get(&year).map_or(ExactVnd::ZERO, |room| room.left))
    }

    fn spend(&mut self, year: i32, counted: Vnd) -> Result<(), EngineError> {
        self.rooms.get_mut(&year).map_or(Ok(()), |room| room.spend(counted))
    }
}

impl Sheet<'_, '_> {
    fn explain_low_cost(&mut self) {
        let (day, below) = (self.day, self.day.low_cost.value.below);
        let Ok((limit, base, _)) = day.amount(below) else { return };
        let Ok(limit) = limit.round(day.rounding.value.product) else { return };
        let formula = Formula::Product(vec![Term::Times(below.times), Term::Money(base)]);
        let rule = &day.low_cost.rule;
        self.add(StepId::LowCostLimit, StepValue::Money(limit), formula, rule, self.case.discharged);
    }
}
