//! Chốt bảng kê: totals, shown level, state of the annual ceiling; every sum is checked once more.

use chrono::Datelike;

use super::sheet::{Paid, Sheet};
use crate::engine::claim::beside::beside;
use crate::engine::claim::line::CostItem;
use crate::engine::claim::reimbursement::{CeilingState, ItemAmounts, LineOutcome, Reimbursement};
use crate::engine::doubt::doubts;
use crate::engine::error::EngineError;
use crate::terms::care::{AccessRoute, DirectCase, Relief};
use crate::terms::number::{ExactVnd, Share, Vnd};
use crate::terms::problem::Problem;

impl Sheet<'_, '_> {
    /// Totals, lines and trace; every sum is checked once more.
    pub(super) fn close(
        mut self,
        items: &[CostItem<'_>],
        paid: &[Paid],
    ) -> Result<Reimbursement, EngineError> {
        let mut total = ItemAmounts::default();
        for item in paid {
            item.amounts.check()?;
            total = total.plus(item.amounts);
        }
        total.check()?;
        let counted = paid.iter().map(|item| item.payment.counted).sum();
        let direct_payment = paid.iter().map(|item| item.direct).sum();
        let facility_deduction = self.deduction(items, paid);
        let relief = self.relief.or_else(|| {
            let first = |wanted: Relief| paid.iter().find(|item| item.payment.relief == Some(wanted));
            first(Relief::AnnualCeiling).or_else(|| first(Relief::ExemptionCertificate))?.payment.relief
        });
        let ceiling = self.ceiling_state()?;
        let benefit_level = self.shown_level(items, paid, relief)?;
        self.explain(items, paid, relief, &total, ceiling)?;
        let emergency = self.access.facts.route.single() == Some(AccessRoute::Emergency);
        let (day, case) = (self.day, self.case);
        let beside = beside(&day, case, emergency, &total, &mut self.trace, &mut self.notices)?;
        let lines = items.iter().zip(paid).filter_map(|(item, paid)| line_outcome(item, paid)).collect();
        for step in &self.trace {
            self.notices.extend(doubts(&step.rule, step.governing_date));
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
            direct_payment,
            employer_refund: self.employer_refund,
            facility_deduction,
            counted_copayment: counted,
            ceiling,
            lines,
            beside,
            governed_by: day.governing,
            trace: self.trace,
            notices,
        })
    }

    /// Mức hưởng shown for the visit: the whole where a relief covers all of it, that of the group where the
    /// ceiling divides it, else that of the last insured item.
    fn shown_level(
        &self,
        items: &[CostItem<'_>],
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
                insured().max_by_key(|(item, _)| item.from).map_or(group, |(_, paid)| paid.payment.level)
            }
        })
    }

    /// Khấu trừ của cơ sở: what the agency paid for items that the price of a service holds already.
    fn deduction(&self, items: &[CostItem<'_>], paid: &[Paid]) -> Vnd {
        let rule = self.day.rules.benefit.special_prices.at(self.day.governing);
        let deducts = self.case.direct == Some(DirectCase::SelfBought)
            && rule.is_ok_and(|rule| rule.value.deducts_from_facility);
        let inside = |item: &CostItem<'_>| item.given.is_some_and(|line| line.in_service_price);
        let of_it = items.iter().zip(paid).filter(|(item, _)| deducts && inside(item));
        of_it.map(|(_, paid)| paid.amounts.fund).sum()
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
}

/// A line as results show it.
fn line_outcome(item: &CostItem<'_>, paid: &Paid) -> Option<LineOutcome> {
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
        price: item.price,
        insured_price: item.insured_price,
        service_ratio: item.service_ratio,
        list_ratio: item.list_ratio,
        level: paid.payment.level,
        benefit_share: paid.payment.share,
        package: given.package.clone(),
        before_card: item.before_card,
        amounts: paid.amounts,
    })
}
