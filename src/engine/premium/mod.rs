//! Mức đóng: one person's premium and who bears it.
//!
//! A [`Plan`] resolves every rule for one group, day of payment and period of cover; [`Plan::amounts`] then is
//! plain arithmetic on rank and salary. A quote builds one plan a person, a batch keeps plans and runs rows
//! through them: the same functions, so they cannot drift apart.

pub mod card;
pub mod category;
pub mod contracts;
pub mod dates;
pub mod enrolment;
pub mod entitlement;
pub mod given_support;
pub mod hints;
pub mod late;
pub mod options;
pub mod place_map;
pub mod place_notices;
pub mod plans;
pub mod predicate;
pub mod quote;
pub mod refund;
pub mod school;
pub mod special;
pub mod subsidy;
pub mod subsidy_report;
pub mod support;
pub mod within_reach;

mod card_start;
mod cheaper_form;
mod common_end;
mod member_notices;
mod months;
mod payment;
mod segment;

use chrono::NaiveDate;

use self::card::{CardTerm, card};
use self::months::Months;
pub use self::payment::Payment;
use self::place_notices::place_notices;
pub use self::segment::{Base, PayerPart, Segment};
use crate::case::quote::Enrollee;
use crate::engine::doubt::doubts;
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::family::{EnrolleeGroup, GroupTerms, PremiumRounding};
use crate::rulebook::places::Whereabouts;
use crate::rulebook::timeline::Version;
use crate::terms::citation::RuleRef;
use crate::terms::group::{BaseDate, Payer};
use crate::terms::listed::Listed;
use crate::terms::number::{ExactVnd, Vnd};
use crate::terms::problem::{Code, Problem};

/// Phương án đóng: every rule resolved for one person's group, payment and period.
#[derive(Debug, Clone)]
pub struct Plan<'r> {
    /// The group.
    pub group: &'r EnrolleeGroup,
    /// Terms of the group on the governing day.
    pub terms: &'r Version<GroupTerms>,
    /// Validity of the card.
    pub card: CardTerm<'r>,
    /// Runs of months under the same rules.
    pub segments: Vec<Segment<'r>>,
    /// Rounding and the taker of the remainder.
    pub rounding: &'r Version<PremiumRounding>,
    /// Day of payment.
    pub paid_on: NaiveDate,
    /// Whether every month of cover picks its own rules.
    pub by_month: bool,
    /// What the user should know about this plan.
    pub notices: Vec<Problem>,
}

/// Số tiền của một người: the premium and every payer's amount, which always add up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PremiumAmounts {
    /// The premium of the whole period.
    pub premium: Vnd,
    /// By payer, in the order of [`Payer::ALL`].
    pub by_payer: [Vnd; Payer::ALL.len()],
    /// Who bears what is left when the other parts are rounded.
    pub taker: Payer,
}

impl PremiumAmounts {
    /// What one payer bears.
    pub fn of(&self, payer: Payer) -> Vnd {
        self.by_payer[payer as usize]
    }
}

/// Lập phương án đóng for one person.
///
/// # Errors
/// [`EngineError::NotInForce`] when the recorded law has no answer, [`EngineError::Months`] for a number of
/// months for which the group cannot pay.
pub fn plan<'r>(
    rules: &'r Rulebook,
    person: &Enrollee,
    payment: Payment<'_>,
) -> Result<Plan<'r>, EngineError> {
    let Payment { paid_on, from, province, .. } = payment;
    let group = rules.group(&person.group).ok_or_else(|| EngineError::UnknownGroup(person.group.clone()))?;
    let mut notices = Vec::new();
    // A group that is paid for month by month may begin after the day of payment.
    let terms = group.terms.at(paid_on).or_else(|missing| {
        let later = group.terms.at(from.unwrap_or(paid_on)).ok();
        later.filter(|terms| terms.value.base_date == BaseDate::EachMonth).ok_or(missing)
    })?;
    check_months(rules, group, payment)?;
    let card = card(rules, &terms.value, person, payment)?;
    notices.extend(unusual_months(rules, group, &card, paid_on)?);
    notices.extend(card.notices.iter().cloned());

    let places = Whereabouts { home: province, school: person.school.as_deref() };
    notices.extend(place_notices(rules, group, places, paid_on));
    let local = rules.local_policies(places).filter(|(_, policy)| policy.groups.contains(&group.id));
    let months_of = Months { rules, group, terms, person, paid_on, local: local.collect() };
    let segments = months_of.segments(&card, &mut notices)?;
    let rounding = rules.premium_rounding.at(paid_on)?;
    let frozen = segments.iter().any(|segment| segment.base_date == BaseDate::Payment);
    if terms.value.base_date_by_analogy && frozen {
        notices.push(Problem::new(Code::ByAnalogy).with("rule", &terms.rule.rule));
    }
    let by_month = months_of.vary_by_month();
    let plan = Plan { group, terms, card, segments, rounding, paid_on, by_month, notices };
    Ok(plan.with_notices_on_the_base(rules))
}

/// Số tháng hợp lệ: any number up to the longest cover of the group.
fn check_months(rules: &Rulebook, group: &EnrolleeGroup, payment: Payment<'_>) -> Result<(), EngineError> {
    let months = payment.months;
    let cycles = &rules.payment_cycles.at(payment.paid_on)?.value;
    let longest = cycles.groups.get(&group.id).and_then(|cycle| cycle.longest).unwrap_or(cycles.longest);
    if (1..=longest).contains(&months) {
        return Ok(());
    }
    Err(EngineError::Months { group: group.id.clone(), months, accepted: format!("1–{longest}") })
}

/// Số tháng khác kỳ đóng thông thường; months that end with the calendar year or with school are usual in schools.
fn unusual_months(
    rules: &Rulebook,
    group: &EnrolleeGroup,
    card: &CardTerm<'_>,
    paid_on: NaiveDate,
) -> Result<Option<Problem>, EngineError> {
    let cycles = &rules.payment_cycles.at(paid_on)?.value;
    let Some(cycle) = cycles.groups.get(&group.id) else { return Ok(None) };
    let months = card.months;
    let usual = cycle.is_usual(months) || card.ends_with_school;
    let regular: Vec<String> = cycle.regular.iter().map(u32::to_string).collect();
    Ok((!usual)
        .then(|| Problem::new(Code::MonthsUnusual).with("read", months).with("accepted", regular.join(", "))))
}

impl Plan<'_> {
    /// Tính tiền: premium and parts of a member of this rank with this salary.
    ///
    /// Months are summed exactly; the premium is rounded once; every payer's part is rounded the same way except
    /// that of the remainder taker, who bears what is left.
    ///
    /// # Errors
    /// [`EngineError::SalaryMissing`], [`EngineError::Overflow`], and [`EngineError::Internal`] if parts do not add up.
    pub fn amounts(&self, rank: Option<u32>, declared: Option<Vnd>) -> Result<PremiumAmounts, EngineError> {
        let mut whole = ExactVnd::ZERO;
        let mut exact = [ExactVnd::ZERO; Payer::ALL.len()];
        let mut bears = [false; Payer::ALL.len()];
        for segment in &self.segments {
            let base = segment.base_amount(declared, self.group)?;
            let month = segment.monthly(base, rank)?;
            let amount = month.times(i128::from(segment.months), 1)?;
            whole = whole.plus(amount)?;
            for part in &segment.parts {
                let slot = part.payer as usize;
                exact[slot] = exact[slot].plus(part.share.of(amount)?)?;
                bears[slot] = true;
            }
        }
        let rounding = self.rounding.value.rounding;
        let premium = whole.round(rounding)?;
        let taker = self.remainder_taker(&exact, bears)?;
        let mut by_payer = [Vnd::ZERO; Payer::ALL.len()];
        let mut others = Vnd::ZERO;
        for payer in Payer::ALL.iter().copied().filter(|payer| *payer != taker && bears[*payer as usize]) {
            let amount = exact[payer as usize].round(rounding)?.min(premium - others);
            by_payer[payer as usize] = amount;
            others += amount;
        }
        by_payer[taker as usize] = premium - others;
        let amounts = PremiumAmounts { premium, by_payer, taker };
        amounts.check()?;
        Ok(amounts)
    }

    /// The payer who bears the odd đồng: the first in the order of the rule whose own part is not exact, so that an exact
    /// part is never moved by the fraction of another; the first of all when every part is exact.
    fn remainder_taker(
        &self,
        exact: &[ExactVnd; Payer::ALL.len()],
        bears: [bool; Payer::ALL.len()],
    ) -> Result<Payer, EngineError> {
        let PremiumRounding { rounding, remainder_to } = &self.rounding.value;
        let mut payers = remainder_to.iter().copied().filter(|payer| bears[*payer as usize]).peekable();
        let first = payers.peek().copied();
        for payer in payers {
            let part = exact[payer as usize];
            if part.compare(part.round(*rounding)?.exact())?.is_ne() {
                return Ok(payer);
            }
        }
        first.ok_or_else(|| EngineError::Internal("a premium without payer".to_owned()))
    }
}

impl PremiumAmounts {
    /// Holds in every build: parts add up to the premium and none is negative.
    #[inline]
    pub(super) fn check(&self) -> Result<(), EngineError> {
        let sum: Vnd = self.by_payer.iter().copied().sum();
        if sum == self.premium && self.by_payer.iter().all(|part| !part.is_negative()) {
            Ok(())
        } else {
            Err(EngineError::Internal(format!("parts add up to {sum}, the premium is {}", self.premium)))
        }
    }
}

impl<'r> Plan<'r> {
    /// The rules this plan rests on, each with the day that picked it.
    pub fn rules(&self) -> Vec<(&'r RuleRef, NaiveDate)> {
        let mut rules: Vec<(&'r RuleRef, NaiveDate)> = Vec::new();
        for segment in &self.segments {
            let base = match segment.base {
                Base::Recorded(_, rule) => Some(rule),
                Base::Declared(cap) => cap.map(|cap| cap.rule),
            };
            rules.extend(base.map(|rule| (rule, segment.day)));
            rules.push((segment.rate_rule, segment.day));
            rules.push((&segment.terms.rule, segment.day));
            rules.extend(segment.ladder.map(|ladder| (&ladder.rule, segment.day)));
            rules.extend(segment.parts.iter().map(|part| (part.rule, segment.day)));
            rules.extend(segment.special.map(|special| (special.rule, segment.day)));
        }
        rules.push((&self.card.validity.rule, self.paid_on));
        rules.push((&self.rounding.rule, self.paid_on));
        let mut unique: Vec<(&'r RuleRef, NaiveDate)> = Vec::new();
        for (rule, day) in rules {
            if !unique.iter().any(|(known, _)| std::ptr::eq(*known, rule)) {
                unique.push((rule, day));
            }
        }
        unique
    }

    fn with_notices_on_the_base(mut self, rules: &Rulebook) -> Plan<'r> {
        let frozen = |segment: &&Segment<'_>| segment.base_date == BaseDate::Payment;
        if let Some(Segment { base: Base::Recorded(base, _), .. }) = self.segments.iter().find(frozen) {
            let mut notice = Problem::new(Code::BaseFrozen).with("date", self.paid_on).with("amount", base);
            let mut ahead =
                rules.base_salary.versions.versions().iter().map(|version| version.rule.effective_from);
            if let Some(change) = ahead.find(|from| *from > self.paid_on && *from <= self.card.until) {
                notice = notice.with("change", change);
            }
            self.notices.push(notice);
        } else if let Some(Base::Recorded(first, _)) = self.segments.first().map(|segment| segment.base)
            && let Some(change) = self.segments.iter().find(|segment| segment.differs_from(first))
        {
            self.notices.push(Problem::new(Code::BaseChanges).with("date", change.day));
        }
        let doubts: Vec<Problem> =
            self.rules().into_iter().flat_map(|(rule, day)| doubts(rule, day)).collect();
        self.notices.extend(doubts);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_do_not_add_up_are_a_failed_check() {
        let check = |premium: i64, person: i64, state: i64| {
            let mut by_payer = [Vnd::ZERO; Payer::ALL.len()];
            by_payer[Payer::Person as usize] = Vnd::whole(person);
            by_payer[Payer::State as usize] = Vnd::whole(state);
            PremiumAmounts { premium: Vnd::whole(premium), by_payer, taker: Payer::Person }.check()
        };
        assert!(check(100, 30, 70).is_ok());
        assert!(check(100, 100, 0).is_ok());
        for (premium, person, state) in [(99, 30, 70), (101, 30, 70), (100, -1, 101), (100, 101, -1)] {
            assert!(
                matches!(check(premium, person, state), Err(EngineError::Internal(_))),
                "{person} and {state} of {premium}"
            );
        }
    }
}
