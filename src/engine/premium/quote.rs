//! Báo mức đóng: the premiums of a household or of single people, with alternatives and the trace.

use chrono::NaiveDate;

use super::cheaper_form::cheaper_form;
use super::common_end::{missed_end, months_left, payment, wanted_end};
use super::enrolment::{Enrolled, enrol};
use super::hints::hints;
use super::member_notices::MemberNotices;
use super::{Base, PayerPart, Payment, Plan, PremiumAmounts, Segment, plan};
use crate::case::quote::{Enrollee, QuoteCase};
use crate::engine::error::EngineError;
use crate::engine::step::{StepId, StepPath};
use crate::engine::trace::{Formula, Step, StepValue, Term};
use crate::rulebook::Rulebook;
use crate::terms::citation::RuleRef;
use crate::terms::group::Payer;
use crate::terms::listed::Listed;
use crate::terms::number::{Share, Vnd};
use crate::terms::problem::Problem;

/// Báo mức đóng.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Quote {
    /// First day of cover of the first member.
    pub from: NaiveDate,
    /// Last day of cover of the first member.
    pub until: NaiveDate,
    /// Months of cover.
    pub months: u32,
    /// Day of payment.
    pub paid_on: NaiveDate,
    /// Place whose support counts, by its id.
    pub place: Option<String>,
    /// Every person, in the order given.
    pub members: Vec<MemberPremium>,
    /// All premiums.
    pub total: Vnd,
    /// What the people themselves pay.
    pub payable: Vnd,
    /// The same people for the other payment cycles.
    pub alternatives: Vec<Alternative>,
    /// How every number came about.
    pub trace: Vec<Step>,
    /// What the user should know, each once.
    pub notices: Vec<Problem>,
}

impl Quote {
    /// Whether everybody pays for the same number of months on the same day.
    pub fn is_one_payment(&self) -> bool {
        self.members.iter().all(|member| (member.months, member.paid_on) == (self.months, self.paid_on))
    }
}

/// Mức đóng của một người.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MemberPremium {
    /// Thứ tự trong hộ; none for people insured otherwise.
    pub rank: Option<u32>,
    /// Name as given.
    pub name: Option<String>,
    /// Group id.
    pub group: String,
    /// First card code, or the id.
    pub code: String,
    /// Vietnamese name of the group.
    pub group_vi: String,
    /// English name of the group.
    pub group_en: String,
    /// Step of the household ladder, for those who have a rank.
    pub ladder_step: Option<Share>,
    /// First day of cover.
    pub from: NaiveDate,
    /// Last day of cover.
    pub until: NaiveDate,
    /// Months that are paid for.
    pub months: u32,
    /// Day of payment.
    pub paid_on: NaiveDate,
    /// The premium of the whole period.
    pub premium: Vnd,
    /// Who bears it.
    pub shares: Vec<PayerShare>,
}

/// Phần của một nguồn đóng.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PayerShare {
    /// Who pays.
    pub payer: Payer,
    /// How much.
    pub amount: Vnd,
    /// Which share of the premium; none where it is not the same in every month.
    pub share: Option<Share>,
    /// The rule that says so.
    pub rule: RuleRef,
}

/// Cùng những người đó, kỳ đóng khác.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Alternative {
    /// Months of cover.
    pub months: u32,
    /// All premiums.
    pub total: Vnd,
    /// What the people themselves pay.
    pub payable: Vnd,
    /// Premium of every person, in the order given.
    pub members: Vec<Vnd>,
}

/// Tính mức đóng của một hộ hoặc của từng người.
///
/// Ranks go to members of the ladder group only, in the order given, after those who already paid this fiscal year.
///
/// # Errors
/// [`EngineError`] of the first member for whom the recorded law has no answer.
pub fn quote(rules: &Rulebook, case: &QuoteCase) -> Result<Quote, EngineError> {
    let mut members = Vec::new();
    let mut trace = Trace::default();
    let mut notices = MemberNotices::default();
    for Planned { enrolled, rank, plan, payment } in planned(rules, case, case.months)? {
        let person = enrolled.person.as_ref();
        let amounts = plan.amounts(rank, person.salary)?;
        trace.add_enrolled(members.len() + 1, &enrolled, payment.paid_on);
        trace.add_member(members.len() + 1, &plan, rank, person, &amounts)?;
        let hints = hints(rules, person, &plan, payment)?;
        let cheaper = cheaper_form(rules, &enrolled, payment, amounts.of(Payer::Person));
        let end = missed_end(case, person, &plan);
        let more = hints.iter().chain(&cheaper).chain(&end);
        notices.add(members.len() + 1, enrolled.notices.iter().chain(&plan.notices).chain(more));
        members.push(member(person, rank, &plan, &amounts));
    }
    let first = members.first().ok_or_else(|| EngineError::Internal("a quote without members".to_owned()))?;
    let (from, until, months) = (first.from, first.until, first.months);
    let sum = |payer: Payer| {
        members
            .iter()
            .flat_map(|member| &member.shares)
            .filter(|share| share.payer == payer)
            .map(|share| share.amount)
            .sum()
    };
    Ok(Quote {
        from,
        until,
        months,
        paid_on: case.paid_on,
        place: case.province.clone(),
        total: members.iter().map(|member| member.premium).sum(),
        payable: sum(Payer::Person),
        alternatives: alternatives(rules, case)?,
        trace: trace.steps,
        notices: notices.of(members.len()),
        members,
    })
}

/// A person, enrolled, with the rank and the plan.
struct Planned<'r, 'c> {
    enrolled: Enrolled<'r, 'c>,
    rank: Option<u32>,
    plan: Plan<'r>,
    payment: Payment<'c>,
}

/// Every person with the rank and the plan for a number of months.
fn planned<'r, 'c>(
    rules: &'r Rulebook,
    case: &'c QuoteCase,
    months: u32,
) -> Result<Vec<Planned<'r, 'c>>, EngineError> {
    let mut rank = case.already;
    case.members
        .iter()
        .map(|person| {
            let mut payment = payment(case, person, months);
            let enrolled = enrol(rules, person, payment)?;
            if let Some(until) = wanted_end(case, person) {
                payment.months = months_left(rules, &enrolled.person, payment, until)?;
            }
            let plan = plan(rules, &enrolled.person, payment)?;
            let on_ladder = plan.segments.iter().any(|segment| segment.ladder.is_some());
            rank += u32::from(on_ladder);
            Ok(Planned { enrolled, rank: on_ladder.then_some(rank), plan, payment })
        })
        .collect()
}

/// Kỳ đóng khác: the regular cycles of the first member's group.
fn alternatives(rules: &Rulebook, case: &QuoteCase) -> Result<Vec<Alternative>, EngineError> {
    let cycles = &rules.payment_cycles.at(case.paid_on)?.value;
    let first = case.members.first().and_then(|member| cycles.groups.get(&member.group));
    let regular = first
        .or_else(|| cycles.groups.values().next())
        .map(|cycle| cycle.regular.clone())
        .unwrap_or_default();
    let mut alternatives = Vec::new();
    // With a common last day or months of their own there is no other number of months for all.
    let own = |person: &Enrollee| person.own.months.is_some() || person.own.until.is_some();
    let fixed = case.until.is_some() || case.members.iter().any(own);
    let regular = if fixed { Vec::new() } else { regular };
    for months in regular {
        match alternative(rules, case, months) {
            Ok(alternative) => alternatives.push(alternative),
            // A longer cycle may reach into months for which nothing is recorded; the quote itself does not.
            Err(EngineError::NotInForce(_) | EngineError::SpecialMonth { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(alternatives)
}

fn alternative(rules: &Rulebook, case: &QuoteCase, months: u32) -> Result<Alternative, EngineError> {
    let mut alternative = Alternative { months, total: Vnd::ZERO, payable: Vnd::ZERO, members: Vec::new() };
    for Planned { enrolled, rank, plan, .. } in planned(rules, case, months)? {
        let amounts = plan.amounts(rank, enrolled.person.salary)?;
        alternative.total += amounts.premium;
        alternative.payable += amounts.of(Payer::Person);
        alternative.members.push(amounts.premium);
    }
    Ok(alternative)
}

/// Every payer of the period, each with its latest share; a payer may bear some of the months only.
fn parts<'p, 'r>(plan: &'p Plan<'r>) -> Vec<&'p PayerPart<'r>> {
    let mut parts: Vec<&PayerPart<'_>> = Vec::new();
    for part in plan.segments.iter().rev().flat_map(|segment| &segment.parts) {
        if !parts.iter().any(|known| known.payer == part.payer) {
            parts.push(part);
        }
    }
    parts.sort_by_key(|part| part.payer);
    parts
}

/// The share of a payer, when it is the same in every month.
fn constant_share(plan: &Plan<'_>, part: &PayerPart<'_>) -> Option<Share> {
    let same = |segment: &Segment<'_>| {
        segment.parts.iter().any(|other| other.payer == part.payer && other.share == part.share)
    };
    plan.segments.iter().all(same).then_some(part.share)
}

fn member(person: &Enrollee, rank: Option<u32>, plan: &Plan<'_>, amounts: &PremiumAmounts) -> MemberPremium {
    let shares = parts(plan)
        .into_iter()
        .map(|part| PayerShare {
            payer: part.payer,
            amount: amounts.of(part.payer),
            share: constant_share(plan, part),
            rule: part.rule.clone(),
        })
        .collect();
    MemberPremium {
        rank,
        name: person.name.clone(),
        group: plan.group.id.clone(),
        code: plan.group.code().to_owned(),
        group_vi: plan.group.name_vi.clone(),
        group_en: plan.group.name_en.clone(),
        ladder_step: rank.and_then(|_| plan.segments.last()).map(|segment| segment.step(rank)),
        from: plan.card.from,
        until: plan.card.until,
        months: plan.card.months,
        paid_on: plan.paid_on,
        premium: amounts.premium,
        shares,
    }
}

/// Collects steps; a rule read for several members is listed once.
#[derive(Default)]
struct Trace {
    steps: Vec<Step>,
}

impl Trace {
    fn add(
        &mut self,
        id: impl Into<StepPath>,
        value: StepValue,
        formula: Formula,
        rule: &RuleRef,
        governing_date: NaiveDate,
    ) {
        self.steps.push(Step { id: id.into(), value, formula, rule: rule.clone(), governing_date });
    }

    fn add_once(&mut self, id: StepId, value: StepValue, rule: &RuleRef, governing_date: NaiveDate) {
        let known = |step: &Step| {
            step.id == StepPath::from(id)
                && step.rule.effective_from == rule.effective_from
                && step.value == value
        };
        if !self.steps.iter().any(known) {
            self.add(id, value, Formula::Recorded, rule, governing_date);
        }
    }

    /// Category and contract, where there was something to enrol.
    fn add_enrolled(&mut self, number: usize, enrolled: &Enrolled<'_, '_>, paid_on: NaiveDate) {
        let member = format!("member-{number}");
        if let Some(rule) = enrolled.joining.decided_by {
            let group = StepValue::Id(enrolled.joining.group.clone());
            self.add(StepId::Category.of(&member), group, Formula::Recorded, rule, paid_on);
        }
        if let Some(contract) = &enrolled.contract {
            let salary = StepValue::Money(contract.salary);
            self.add(StepId::Contract.of(&member), salary, Formula::Recorded, contract.rule, paid_on);
        }
    }

    fn add_member(
        &mut self,
        number: usize,
        plan: &Plan<'_>,
        rank: Option<u32>,
        person: &Enrollee,
        amounts: &PremiumAmounts,
    ) -> Result<(), EngineError> {
        let member = if rank == Some(1) { "first-member".to_owned() } else { format!("member-{number}") };
        let mut products: Vec<Vec<Term>> = Vec::new();
        for segment in &plan.segments {
            let base = segment.base_amount(person.salary, plan.group)?;
            self.add_base(&member, segment, base, person.salary);
            self.add_once(
                StepId::PremiumRate,
                StepValue::Share(segment.rate),
                segment.rate_rule,
                segment.day,
            );
            let mut product = vec![Term::Money(base), Term::Share(segment.rate)];
            if let Some(special) = segment.special {
                let id = StepId::SpecialMonth.of(&member);
                self.add(
                    id,
                    StepValue::Id(special.kind.to_owned()),
                    Formula::Recorded,
                    special.rule,
                    segment.day,
                );
                if special.salary_share() != Share::WHOLE {
                    product.push(Term::Share(special.salary_share()));
                }
            }
            if let Some(ladder) = segment.ladder {
                let step = segment.step(rank);
                self.add(
                    StepId::HouseholdLadder.of(&member),
                    StepValue::Share(step),
                    Formula::Recorded,
                    &ladder.rule,
                    segment.day,
                );
                if step != Share::WHOLE {
                    product.push(Term::Share(step));
                }
            }
            product.push(Term::Months(segment.months));
            products.push(product);
        }
        let Some(last) = plan.segments.last() else { return Ok(()) };
        let formula = sum(products.clone());
        self.add(
            StepId::Premium.of(&member),
            StepValue::Money(amounts.premium),
            formula,
            last.rate_rule,
            last.day,
        );
        self.add_shares(&member, plan, &products, amounts);
        let card = &plan.card;
        self.add(
            StepId::CardFrom.of(&member),
            StepValue::Date(card.from),
            Formula::Recorded,
            &card.validity.rule,
            plan.paid_on,
        );
        self.add(
            StepId::CardUntil.of(&member),
            StepValue::Date(card.until),
            Formula::Recorded,
            &card.validity.rule,
            plan.paid_on,
        );
        Ok(())
    }

    fn add_base(&mut self, member: &str, segment: &Segment<'_>, base: Vnd, declared: Option<Vnd>) {
        match segment.base {
            Base::Recorded(amount, rule) => {
                self.add_once(StepId::BaseSalary, StepValue::Money(amount), rule, segment.day);
            }
            Base::Declared(Some(cap)) => {
                let formula = Formula::Product(vec![Term::Times(cap.times), Term::Money(cap.base)]);
                let known = self
                    .steps
                    .iter()
                    .any(|step| step.id.id == StepId::SalaryCap && step.governing_date == segment.day);
                if !known {
                    self.add(StepId::SalaryCap, StepValue::Money(cap.amount), formula, cap.rule, segment.day);
                }
                let least = Formula::Least(Term::Money(declared.unwrap_or(base)), Term::Money(cap.amount));
                self.add(
                    StepId::PremiumBasis.of(member),
                    StepValue::Money(base),
                    least,
                    &segment.terms.rule,
                    segment.day,
                );
            }
            Base::Declared(None) => {
                self.add(
                    StepId::PremiumBasis.of(member),
                    StepValue::Money(base),
                    Formula::Recorded,
                    &segment.terms.rule,
                    segment.day,
                );
            }
        }
    }

    /// Every payer's part: of the premium where the share is constant, month by month where it is not, and what is left
    /// for the remainder taker.
    fn add_shares(
        &mut self,
        member: &str,
        plan: &Plan<'_>,
        products: &[Vec<Term>],
        amounts: &PremiumAmounts,
    ) {
        let Some(last) = plan.segments.last() else { return };
        let taker = amounts.taker;
        let parts = parts(plan);
        for part in &parts {
            let amount = amounts.of(part.payer);
            let whole = Term::Money(amounts.premium);
            let is_rest = part.payer == taker && parts.len() > 1;
            let formula = if is_rest {
                let others = parts.iter().filter(|other| other.payer != part.payer);
                Formula::Difference(whole, others.map(|other| Term::Money(amounts.of(other.payer))).collect())
            } else if let Some(share) = constant_share(plan, part) {
                Formula::Product(vec![whole, Term::Share(share)])
            } else {
                sum(months_of(part.payer, plan, products))
            };

            self.add(
                StepId::Share.of(member).of(part.payer.key()),
                StepValue::Money(amount),
                formula,
                part.rule,
                last.day,
            );
        }
        if parts.len() > 1 {
            let name = StepValue::Name(taker.key());
            self.add(
                StepId::Remainder.of(member),
                name,
                Formula::Recorded,
                &plan.rounding.rule,
                plan.paid_on,
            );
        }
    }
}

/// One product as it is, several as a sum.
fn sum(mut products: Vec<Vec<Term>>) -> Formula {
    if products.len() == 1 { Formula::Product(products.remove(0)) } else { Formula::Sum(products) }
}

/// The products of those months of which a payer bears a share, times that share.
fn months_of(payer: Payer, plan: &Plan<'_>, products: &[Vec<Term>]) -> Vec<Vec<Term>> {
    let part =
        |segment: &Segment<'_>| segment.parts.iter().find(|part| part.payer == payer).map(|part| part.share);
    let with_share = |(segment, product): (&Segment<'_>, &Vec<Term>)| {
        part(segment)
            .map(|share| product.iter().copied().chain(std::iter::once(Term::Share(share))).collect())
    };
    plan.segments.iter().zip(products).filter_map(with_share).collect()
}
