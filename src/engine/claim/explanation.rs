//! Diễn giải: the steps of a claim, each with its rule, and what only an explanation reveals.

use chrono::NaiveDate;

use super::sheet::{Paid, Sheet};
use crate::engine::claim::benefit_level::group_level;
use crate::engine::claim::line::CostItem;
use crate::engine::claim::network_rate::reading_notice;
use crate::engine::claim::reimbursement::{CeilingState, ItemAmounts};
use crate::engine::error::EngineError;
use crate::engine::premium::card::ended_child_card;
use crate::engine::step::StepId;
use crate::engine::trace::{Formula, StepValue, Term};
use crate::terms::care::{LineKind, Reading, Relief};
use crate::terms::listed::Listed;
use crate::terms::number::{Share, Vnd};
use crate::terms::problem::{Code, Problem};

impl Sheet<'_, '_> {
    /// Các bước tính: level, rate, relief, ceiling, and every amount of the visit.
    pub(super) fn explain(
        &mut self,
        items: &[CostItem<'_>],
        paid: &[Paid],
        relief: Option<Relief>,
        total: &ItemAmounts,
        ceiling: Option<CeilingState>,
    ) -> Result<(), EngineError> {
        let (day, out) = (self.day, self.case.discharged);
        let mut groups: Vec<&str> = Vec::new();
        for item in items {
            if let Some(group) = item.group.filter(|group| !groups.contains(group)) {
                groups.push(group);
                let id = StepId::BenefitLevel.of(group);
                self.add(id, StepValue::Share(item.level), Formula::Recorded, &day.levels.rule, out);
                self.note_unknown_age(group);
                self.note_ended_child_card(group);
            }
        }
        self.add(StepId::NetworkRate, StepValue::Share(self.rate), Formula::Recorded, &day.rates.rule, out);
        if let Some(rule) = day.exemptions.filter(|_| items.iter().any(|item| item.no_ratio)) {
            self.add(
                StepId::NoListRatios,
                StepValue::Share(Share::WHOLE),
                Formula::Recorded,
                &rule.rule,
                out,
            );
        }
        self.explain_lines(items, paid);
        self.explain_counted(items);
        if let Some(state) = ceiling.filter(|_| self.case.five_years_since.is_some()) {
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
            self.add(StepId::Relief, StepValue::Name(relief.key()), Formula::Recorded, rule, out);
        }
        let rounding = &day.rounding.rule;
        let sum = |part: fn(&ItemAmounts) -> Vnd| {
            Formula::Sum(paid.iter().map(|item| vec![Term::Money(part(&item.amounts))]).collect())
        };
        if items.iter().any(|item| item.line.is_some()) {
            self.add(
                StepId::CoveredCost,
                StepValue::Money(total.covered),
                sum(|part| part.covered),
                rounding,
                out,
            );
            self.add(StepId::FundPayment, StepValue::Money(total.fund), sum(|part| part.fund), rounding, out);
        } else if let Some(only) = paid.first() {
            let divided = only.payment.relief == Some(Relief::AnnualCeiling);
            let formula = if divided || total.fund != only.payment.fund {
                Formula::Difference(Term::Money(total.covered), vec![Term::Money(total.covered - total.fund)])
            } else {
                Formula::Product(vec![
                    Term::Money(total.covered),
                    Term::Share(only.payment.level),
                    Term::Share(self.rate),
                ])
            };
            self.add(StepId::FundPayment, StepValue::Money(total.fund), formula, &day.rates.rule, out);
        }
        let rest = |whole: Vnd, parts: &[Vnd]| {
            Formula::Difference(Term::Money(whole), parts.iter().map(|part| Term::Money(*part)).collect())
        };
        let unaided = total.other.is_zero() && self.limit.is_none();
        let copayment = if unaided { rest(total.covered, &[total.fund]) } else { sum(|part| part.copayment) };
        let own = if unaided { rest(total.hospital, &[total.covered]) } else { sum(|part| part.own) };
        self.add(StepId::Copayment, StepValue::Money(total.copayment), copayment, rounding, out);
        self.add(StepId::OwnPayment, StepValue::Money(total.own), own, rounding, out);
        Ok(())
    }

    fn explain_lines(&mut self, items: &[CostItem<'_>], paid: &[Paid]) {
        let (day, out) = (self.day, self.case.discharged);
        for (item, paid) in items.iter().zip(paid) {
            let Some(number) = item.line.map(|line| line + 1) else { continue };
            let mut terms = vec![Term::Measure(item.quantity), Term::Measure(item.insured_price)];
            for ratio in [item.service_ratio, item.list_ratio] {
                if ratio != Share::WHOLE {
                    terms.push(Term::Share(ratio));
                }
            }
            let covered = StepValue::Money(item.covered);
            self.add(
                StepId::CoveredCost.of(format!("line-{number}")),
                covered,
                Formula::Product(terms),
                &day.rounding.rule,
                out,
            );
            let share = paid.payment.share;
            let formula = match paid.payment.relief {
                Some(Relief::AnnualCeiling) => Formula::Difference(
                    Term::Money(item.covered),
                    vec![Term::Money(item.covered - paid.payment.fund)],
                ),
                _ => Formula::Product(vec![Term::Money(item.covered), Term::Share(share)]),
            };
            let fund = StepValue::Money(paid.payment.fund);
            let carried = day.rules.benefit.transport.at(day.governing).ok().filter(|_| item.transport);
            let rule = carried.map_or(&day.rates.rule, |version| &version.rule);
            self.add(StepId::FundPayment.of(format!("line-{number}")), fund, formula, rule, out);
        }
    }

    /// Ngày giường và tỷ lệ dịch vụ that the program counted itself, with their rules.
    fn explain_counted(&mut self, items: &[CostItem<'_>]) {
        let (day, out) = (self.day, self.case.discharged);
        let is_counted_bed = |item: &&CostItem<'_>| {
            self.case.counts_beds && item.given.is_some_and(|line| line.kind == LineKind::Bed)
        };
        let is_ranked = |item: &&CostItem<'_>| {
            let ranked = [LineKind::Exam, LineKind::Surgery, LineKind::Procedure];
            item.service_ratio != Share::WHOLE
                && item.given.is_some_and(|line| line.service_ratio.is_none() && ranked.contains(&line.kind))
        };
        let terms = |items: Vec<&CostItem<'_>>| -> (Vnd, Formula) {
            let sum = items.iter().map(|item| item.covered).sum();
            (sum, Formula::Sum(items.iter().map(|item| vec![Term::Money(item.covered)]).collect()))
        };
        let beds: Vec<_> = items.iter().filter(is_counted_bed).collect();
        let ranked: Vec<_> = items.iter().filter(is_ranked).collect();
        if let Some(rule) = day.bed_days.filter(|_| !beds.is_empty()) {
            let (sum, formula) = terms(beds);
            self.add(StepId::BedDays, StepValue::Money(sum), formula, &rule.rule, out);
        }
        if let Some(rule) = day.service_ratios.filter(|_| !ranked.is_empty()) {
            let (sum, formula) = terms(ranked);
            self.add(StepId::ServiceRatios, StepValue::Money(sum), formula, &rule.rule, out);
        }
    }

    fn explain_ceiling(&mut self, state: CeilingState) {
        let Some(room) = self.rooms.get(&state.year) else { return };
        let (rule, base_rule, base, out) = (room.rule, room.base_rule, room.base, self.case.discharged);
        let times = rule.value.above.times;
        let product = Formula::Product(vec![Term::Times(times), Term::Money(base)]);
        self.add(StepId::BaseSalary, StepValue::Money(base), Formula::Recorded, base_rule, out);
        self.add(StepId::AnnualCeiling, StepValue::Money(state.limit), product, &rule.rule, out);
        let before =
            Formula::Difference(Term::Money(state.limit), vec![Term::Money(state.limit - state.left_before)]);
        self.add(StepId::AnnualCeilingLeft, StepValue::Money(state.left_before), before, &rule.rule, out);
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

    fn note_ended_child_card(&mut self, group: &str) {
        let case = self.case;
        let days = (case.admitted, case.discharged);
        if let Some(last) = ended_child_card(self.day.rules, group, case.born, days) {
            self.notices.push(Problem::new(Code::ChildCardEnded).with("group", group).with("date", last));
        }
    }

    fn note_unknown_age(&mut self, group: &str) {
        let level = group_level(&self.day, group, self.case.born);
        if let Some(age) = level.ok().and_then(|level| level.age_unknown) {
            self.notices.push(Problem::new(Code::LevelAgeUnknown).with("group", group).with("age", age));
        }
    }
}
