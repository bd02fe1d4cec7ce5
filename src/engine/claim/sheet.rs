//! Bảng kê đang lập: facts and items of a visit, before anything is paid.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::case::claim::{ClaimCase, Costs, TotalsBeforeCard};
use crate::engine::claim::benefit_level::group_level;
use crate::engine::claim::claim_error::ClaimError;
use crate::engine::claim::copayment::CeilingRoom;
use crate::engine::claim::day_rules::DayRules;
use crate::engine::claim::direct_payment::{self, DirectVisit, Limit};
use crate::engine::claim::line::{self, CostItem};
use crate::engine::claim::network_rate::{Access, access, reading_notice, reads};
use crate::engine::claim::reimbursement::ItemAmounts;
use crate::engine::claim::rights::{
    Rights, Way, begins_later, level_changes_unsaid, rights_on, unsaid_change,
};
use crate::engine::claim::visit_terms::ItemPayment;
use crate::engine::error::EngineError;
use crate::engine::step::StepPath;
use crate::engine::trace::{Formula, Step, StepValue};
use crate::terms::care::{AccessRoute, DirectCase, Reading, Relief};
use crate::terms::citation::RuleRef;
use crate::terms::number::{ExactVnd, Measure, Share, Vnd};
use crate::terms::problem::{Code, Problem};

/// Một khoản đã thanh toán.
pub(super) struct Paid {
    pub(super) payment: ItemPayment,
    pub(super) amounts: ItemAmounts,
    /// Part of the fund's that the agency pays to the patient.
    pub(super) direct: Vnd,
}

/// Bảng kê đang lập: the case, its rules, and what has been found so far.
pub(super) struct Sheet<'r, 'c> {
    pub(super) day: DayRules<'r>,
    pub(super) case: &'c ClaimCase,
    pub(super) access: Access<'r>,
    pub(super) rate: Share,
    pub(super) limit: Option<Limit<'r>>,
    /// Người sử dụng lao động phải hoàn trả.
    pub(super) employer_refund: Option<Vnd>,
    pub(super) relief: Option<Relief>,
    pub(super) rooms: BTreeMap<i32, CeilingRoom<'r>>,
    pub(super) rooms_before: BTreeMap<i32, ExactVnd>,
    /// Years whose ceiling was reached.
    pub(super) reached: BTreeSet<i32>,
    pub(super) trace: Vec<Step>,
    pub(super) notices: Vec<Problem>,
}

impl<'r, 'c> Sheet<'r, 'c> {
    /// Facts of the visit: how it was accessed, at which rate, within which limit.
    pub(super) fn open(day: &DayRules<'r>, case: &'c ClaimCase) -> Result<Sheet<'r, 'c>, EngineError> {
        let forces = case.cards.iter().any(|card| day.rates.value.forces.contains(&card.group));
        let mut access = access(day, &case.visit, forces, &case.readings)?;
        let mut notices = std::mem::take(&mut access.notices);
        let limit = match case.direct {
            Some(direct) => {
                let (cards, admitted) = (&case.cards[..], case.admitted);
                let visit = DirectVisit { case: direct, facts: access.facts, cards, admitted };
                direct_payment::limit(day, visit, &case.readings, &mut notices)?
            }
            None => late_card_limit(day, case, &access, &mut notices)?,
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
        if level_changes_unsaid(day, case) {
            notices.push(reading_notice(day, Reading::LevelByDayOfUse, &case.readings));
        }
        if case.cards.iter().any(|card| begins_later(day, &card.group).is_some()) {
            notices.push(reading_notice(day, Reading::FormerDifficultFromDecember, &case.readings));
        }
        Ok(Sheet {
            day: *day,
            case,
            access,
            rate,
            limit,
            employer_refund: None,
            relief: None,
            rooms: BTreeMap::new(),
            rooms_before: BTreeMap::new(),
            reached: BTreeSet::new(),
            trace: Vec::new(),
            notices,
        })
    }

    /// The lines, or the totals as one item.
    pub(super) fn items(&mut self) -> Result<Vec<CostItem<'c>>, EngineError> {
        let case = self.case;
        let way = Way { rate: self.rate, in_order: self.access.by == IN_ORDER };
        let on_admission = rights_on(&self.day, case, case.admitted, way)?.is_some();
        match &case.costs {
            Costs::Lines(lines) => {
                let mut items = line::items(&self.day, case, lines, way, &mut self.notices)?;
                if self.access.facts.route.single() == Some(AccessRoute::Emergency) {
                    // An emergency may show its card until the end: the stay is not divided.
                    items.iter_mut().for_each(|item| item.before_card = false);
                }
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
                let rights = rights_on(&self.day, case, case.discharged, way)?
                    .ok_or(ClaimError::NoCard(case.discharged))?;
                for (part, amount) in [("covered-cost", covered), ("other-source", other)] {
                    if amount > hospital {
                        let whole = "hospital-cost";
                        return Err(ClaimError::CostOrder { part, whole, line: None }.into());
                    }
                }
                self.note_undivided_totals();
                let whole = TotalsBeforeCard { hospital: *hospital, covered: *covered };
                let Some(before) = self.before_card(whole)? else {
                    return Ok(vec![self.totals(rights, whole, *other, false)]);
                };
                let (hospital, covered) = (whole.hospital - before.hospital, whole.covered - before.covered);
                let after = TotalsBeforeCard { hospital, covered };
                let of_after = (*other).min(hospital);
                Ok(vec![
                    self.totals(rights, before, *other - of_after, true),
                    self.totals(rights, after, of_after, false),
                ])
            }
        }
    }

    /// Chi phí trước khi xuất trình thẻ; an emergency is not divided.
    fn before_card(&self, whole: TotalsBeforeCard) -> Result<Option<TotalsBeforeCard>, EngineError> {
        if self.case.card_shown.is_none() {
            return Ok(None);
        }
        let missing = || ClaimError::FactsMissing { facts: vec!["hospital-cost-before-card"] };
        let before = self.case.before_card.ok_or_else(missing)?;
        let beyond = |part: &'static str, whole: &'static str| {
            Err(ClaimError::CostOrder { part, whole, line: None }.into())
        };
        if before.covered > before.hospital {
            return beyond("covered-cost-before-card", "hospital-cost-before-card");
        }
        if before.covered > whole.covered {
            return beyond("covered-cost-before-card", "covered-cost");
        }
        if before.hospital - before.covered > whole.hospital - whole.covered {
            return beyond("hospital-cost-before-card", "hospital-cost");
        }
        Ok((self.access.facts.route.single() != Some(AccessRoute::Emergency)).then_some(before))
    }

    /// Totals, or the part of them on one side of the card, as one item.
    fn totals(
        &self,
        rights: Rights<'c>,
        sums: TotalsBeforeCard,
        other: Vnd,
        before_card: bool,
    ) -> CostItem<'c> {
        CostItem {
            line: None,
            given: None,
            from: self.case.discharged,
            until: self.case.discharged,
            quantity: Measure::ONE,
            price: Measure::ONE,
            insured_price: Measure::ONE,
            service_ratio: Share::WHOLE,
            list_ratio: Share::WHOLE,
            group: Some(rights.group),
            level: rights.level,
            level_to_come: rights.level_to_come,
            transport: false,
            no_ratio: rights.no_ratio,
            no_supply_limit: rights.no_supply_limit,
            before_card,
            hospital: sums.hospital,
            covered: sums.covered,
            before_ratios: sums.covered,
            other,
        }
    }

    /// Totals cannot be divided where a card or an exemption starts inside the stay.
    fn note_undivided_totals(&mut self) {
        let case = self.case;
        let inside = |day: &NaiveDate| case.admitted < *day && *day <= case.discharged;
        let by_use = reads(&case.readings, Reading::LevelByDayOfUse);
        let change = unsaid_change(&self.day, case).filter(|_| by_use);
        let mut starts = case.cards.iter().filter_map(|card| card.from).chain(case.exempt_from).chain(change);
        if let Some(date) = starts.find(inside) {
            self.notices.push(Problem::new(Code::TotalsUndivided).with("date", date));
        }
    }

    /// A step of the trace; the same step twice is said once.
    pub(super) fn add(
        &mut self,
        id: impl Into<StepPath>,
        value: StepValue,
        formula: Formula,
        rule: &RuleRef,
        day: NaiveDate,
    ) {
        let id = id.into();
        if self.trace.iter().any(|step| step.id == id && step.value == value) {
            return;
        }
        self.trace.push(Step { id, value, formula, rule: rule.clone(), governing_date: day });
    }
}

/// Provision of a visit by art. 26 to 28 of the Law or in an emergency, as the rule files call it.
const IN_ORDER: &str = "in-order";

/// Xuất trình thẻ muộn: the limit of what was used before; an emergency is not divided.
fn late_card_limit<'r>(
    day: &DayRules<'r>,
    case: &ClaimCase,
    access: &Access<'r>,
    notices: &mut Vec<Problem>,
) -> Result<Option<Limit<'r>>, EngineError> {
    if case.card_shown.is_none() {
        return Ok(None);
    }
    let rule = day.rules.benefit.direct_payment.at(day.governing)?;
    if !rule.value.divides_at_card {
        let by = "card-shown".to_owned();
        return Err(ClaimError::Unrecorded { rule: "direct-payment", by, date: day.governing }.into());
    }
    let direct = DirectCase::CardNotPresented;
    let visit =
        DirectVisit { case: direct, facts: access.facts, cards: &case.cards, admitted: case.admitted };
    direct_payment::limit(day, visit, &case.readings, notices)
}

/// Ký tự trên thẻ trái với mức hưởng của đối tượng.
fn digit_contradiction(day: &DayRules<'_>, case: &ClaimCase, digit: &str, group: &str) -> Option<Problem> {
    let recorded = day.rules.benefit.card_digits.at(day.governing).ok()?;
    let printed = recorded.value.digits.get(digit.trim()).copied();
    let level = group_level(day, group, case.born).ok()?.level;
    (printed != Some(level)).then(|| {
        Problem::new(Code::CardDigitContradicts)
            .with("digit", digit)
            .with("label", printed.map(|share| share.to_string()).unwrap_or_default())
            .with("group", group)
            .with("level", level)
    })
}
