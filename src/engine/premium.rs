//! Mức đóng: one person's premium and who bears it.
//!
//! A [`Plan`] resolves every rule for one group, day of payment and period of cover; [`Plan::amounts`] then is
//! plain arithmetic on rank and salary. A quote builds one plan a person, a batch keeps plans and runs rows
//! through them: the same functions, so they cannot drift apart.

use chrono::NaiveDate;

use super::card::{Card, card};
use super::doubt::doubts;
use super::error::EngineError;
use super::subsidy::{self, Award, Local, Verdict};
use crate::case::quote::Enrollee;
use crate::rulebook::Rulebook;
use crate::rulebook::family::{EnrolleeGroup, GroupTerms, HouseholdLadder, Payers, PremiumRounding};
use crate::rulebook::timeline::Version;
use crate::terms::citation::RuleRef;
use crate::terms::group::{BaseDate, Payer, PremiumBasis};
use crate::terms::money::{ExactVnd, Overflow, Rounding, RoundingMode, Vnd};
use crate::terms::period::month_of_cover;
use crate::terms::problem::{Code, Problem};
use crate::terms::share::{Share, Times};

/// Kỳ đóng: what a payment covers, the same for all members of a quote.
#[derive(Debug, Clone, Copy)]
pub struct Payment<'c> {
    /// Day of payment.
    pub paid_on: NaiveDate,
    /// First day of cover, when the user names it.
    pub from: Option<NaiveDate>,
    /// Months of cover.
    pub months: u32,
    /// Province whose local policies count.
    pub province: Option<&'c str>,
}

/// Phương án đóng: every rule resolved for one person's group, payment and period.
#[derive(Debug, Clone)]
pub struct Plan<'r> {
    /// The group.
    pub group: &'r EnrolleeGroup,
    /// Terms of the group on the governing day.
    pub terms: &'r Version<GroupTerms>,
    /// Validity of the card.
    pub card: Card<'r>,
    /// Runs of months under the same rules.
    pub segments: Vec<Segment<'r>>,
    /// Rounding and the taker of the remainder.
    pub rounding: &'r Version<PremiumRounding>,
    /// Day of payment.
    pub paid_on: NaiveDate,
    /// Which date picked the base.
    pub base_date: BaseDate,
    /// What the user should know about this plan.
    pub notices: Vec<Problem>,
}

/// Một số tháng liền nhau cùng căn cứ: months under the same base, rate, ladder and payers.
#[derive(Debug, Clone)]
pub struct Segment<'r> {
    /// Number of months.
    pub months: u32,
    /// The day that picked the rules.
    pub day: NaiveDate,
    /// Terms of the group.
    pub terms: &'r Version<GroupTerms>,
    /// The base.
    pub base: Base<'r>,
    /// Tỷ lệ đóng.
    pub rate: Share,
    /// Rule of the rate.
    pub rate_rule: &'r RuleRef,
    /// The household ladder, for the group that has one.
    pub ladder: Option<&'r Version<HouseholdLadder>>,
    /// Who bears which share.
    pub parts: Vec<Part<'r>>,
}

/// Căn cứ đóng của một tháng.
#[derive(Debug, Clone, Copy)]
pub enum Base<'r> {
    /// Lương cơ sở.
    Recorded(Vnd, &'r RuleRef),
    /// Salary, pension or benefit as declared, with its cap.
    Declared(Option<Cap<'r>>),
}

/// Trần tiền lương đóng.
#[derive(Debug, Clone, Copy)]
pub struct Cap<'r> {
    /// The cap.
    pub amount: Vnd,
    /// How many times the base.
    pub times: Times,
    /// The base.
    pub base: Vnd,
    /// Rule of the multiple.
    pub rule: &'r RuleRef,
}

/// Phần của một nguồn đóng.
#[derive(Debug, Clone, Copy)]
pub struct Part<'r> {
    /// Who pays.
    pub payer: Payer,
    /// Which share of the premium.
    pub share: Share,
    /// Rule of the share.
    pub rule: &'r RuleRef,
}

/// Số tiền của một người: the premium and every payer's amount, which always add up to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amounts {
    /// The premium of the whole period.
    pub premium: Vnd,
    /// By payer, in the order of [`Payer::ALL`].
    pub by_payer: [Vnd; Payer::ALL.len()],
}

impl Amounts {
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
    let Payment { paid_on, from, months, province } = payment;
    let group = rules.group(&person.group).ok_or_else(|| EngineError::UnknownGroup(person.group.clone()))?;
    let mut notices = Vec::new();
    // A group that is paid for month by month may begin after the day of payment.
    let terms = group.terms.at(paid_on).or_else(|missing| {
        let later = group.terms.at(from.unwrap_or(paid_on)).ok();
        later.filter(|terms| terms.value.base_date == BaseDate::EachMonth).ok_or(missing)
    })?;
    check_months(rules, group, payment, &mut notices)?;
    let card = card(rules, &terms.value, person, paid_on, from, months)?;
    notices.extend(card.notices.iter().cloned());

    let support = Supports::find(rules, person, &terms.value, paid_on, province, &mut notices)?;
    let base_date =
        support.national.and_then(|award| award.policy.base_date).unwrap_or(terms.value.base_date);
    let segments = match base_date {
        BaseDate::Payment => vec![segment(rules, group, &support, paid_on, months)?],
        BaseDate::EachMonth => monthly_segments(rules, group, &support, card.from, months)?,
    };
    let rounding = rules.premium_rounding.at(paid_on)?;
    if terms.value.base_date_by_analogy && base_date == BaseDate::Payment {
        notices.push(Problem::new(Code::ByAnalogy).with("rule", &terms.rule.rule));
    }
    let plan = Plan { group, terms, card, segments, rounding, paid_on, base_date, notices };
    Ok(plan.with_notices_on_the_base(rules, base_date))
}

/// Số tháng hợp lệ: any number up to the longest cover, or one of the school year's tails.
fn check_months(
    rules: &Rulebook,
    group: &EnrolleeGroup,
    payment: Payment<'_>,
    notices: &mut Vec<Problem>,
) -> Result<(), EngineError> {
    let months = payment.months;
    let cycles = &rules.payment_cycles.at(payment.paid_on)?.value;
    let cycle = cycles.groups.get(&group.id);
    let is_tail = cycle.is_some_and(|cycle| cycle.school_tails.contains(&months));
    if !(1..=cycles.longest).contains(&months) && !is_tail {
        let tails = cycle
            .map(|cycle| cycle.school_tails.iter().filter(|tail| **tail > cycles.longest))
            .into_iter()
            .flatten();
        let accepted = tails.fold(format!("1–{}", cycles.longest), |list, tail| format!("{list}, {tail}"));
        return Err(EngineError::Months { group: group.id.clone(), months, accepted });
    }
    if let Some(cycle) = cycle.filter(|cycle| !cycle.regular.contains(&months) && !is_tail) {
        let regular: Vec<String> = cycle.regular.iter().map(u32::to_string).collect();
        notices.push(
            Problem::new(Code::MonthsUnusual).with("read", months).with("accepted", regular.join(", ")),
        );
    }
    Ok(())
}

/// Các khoản hỗ trợ của một người, decided once, on the day of payment.
struct Supports<'r> {
    national: Option<Award<'r>>,
    local: Option<Award<'r>>,
}

impl<'r> Supports<'r> {
    fn find(
        rules: &'r Rulebook,
        person: &Enrollee,
        terms: &GroupTerms,
        day: NaiveDate,
        province: Option<&str>,
        notices: &mut Vec<Problem>,
    ) -> Result<Supports<'r>, EngineError> {
        let national = match terms.payers {
            Payers::StateSupported => {
                let award = subsidy::national(rules, person, day)?;
                if award.is_none() {
                    notices.push(Problem::new(Code::SupportNotMet).with("group", &person.group));
                }
                award
            }
            Payers::Shared(_) => None,
        };
        let state = national.map_or(Share::NONE, |award| award.share);
        let local = match province.map(|province| subsidy::local(rules, province, person, day, state)) {
            Some(Local::Award(award, pack)) => {
                let merged = pack.merged_into.clone().unwrap_or_default();
                notices.push(
                    Problem::new(Code::LocalPolicyApplied)
                        .with("policy", &pack.header.name_vi)
                        .with("merged", merged),
                );
                if terms.basis == PremiumBasis::HouseholdLadder && award.share < Share::WHOLE {
                    notices.push(Problem::new(Code::ByAnalogy).with("rule", &award.version.rule.rule));
                }
                Some(award)
            }
            Some(Local::Unrecorded(_, pack)) => {
                notices.push(Problem::new(Code::LocalUnrecorded).with("policy", &pack.header.name_vi));
                None
            }
            Some(Local::None) | None => None,
        };
        for award in national.iter().chain(&local) {
            if let Verdict::MetIfWithin(tag) = award.verdict {
                notices.push(Problem::new(Code::TagWithoutDate).with("tag", tag));
            }
        }
        Ok(Supports { national, local })
    }
}

/// Rules of months that one day governs.
fn segment<'r>(
    rules: &'r Rulebook,
    group: &'r EnrolleeGroup,
    support: &Supports<'r>,
    day: NaiveDate,
    months: u32,
) -> Result<Segment<'r>, EngineError> {
    let terms = group.terms.at(day)?;
    let base = match terms.value.basis {
        PremiumBasis::BaseSalary | PremiumBasis::HouseholdLadder => {
            let version = rules.base_salary.at(day)?;
            Base::Recorded(version.value, &version.rule)
        }
        PremiumBasis::Salary | PremiumBasis::SalaryBeforeLeave => {
            let cap = rules.salary_cap.at(day)?;
            let (base, _) = rules.base(cap.value.of, day)?;
            let amount = cap.value.times.of(base.exact())?.round(DOWN_TO_DONG)?;
            Base::Declared(Some(Cap { amount, times: cap.value.times, base, rule: &cap.rule }))
        }
        PremiumBasis::Pension | PremiumBasis::UnemploymentBenefit => Base::Declared(None),
    };
    let rates = rules.premium_rates.at(day)?;
    let ladder = match terms.value.basis {
        PremiumBasis::HouseholdLadder => Some(rules.household_ladder.at(day)?),
        _ => None,
    };
    let parts = parts(terms, support);
    Ok(Segment {
        months,
        day,
        terms,
        base,
        rate: rates.value.of(&group.id),
        rate_rule: &rates.rule,
        ladder,
        parts,
    })
}

/// A cap is a whole number of đồng already; cutting decimals keeps it so for any overlay.
const DOWN_TO_DONG: Rounding = Rounding { mode: RoundingMode::Down, unit_hundredths: 100 };

/// Who bears which share; local support takes from the person's part only.
fn parts<'r>(terms: &'r Version<GroupTerms>, support: &Supports<'r>) -> Vec<Part<'r>> {
    let mut parts: Vec<Part<'r>> = match (&terms.value.payers, support.national) {
        (Payers::Shared(shares), _) => shares
            .iter()
            .map(|(payer, share)| Part { payer: *payer, share: *share, rule: &terms.rule })
            .collect(),
        (Payers::StateSupported, Some(award)) => vec![
            Part { payer: Payer::Person, share: award.share.rest(), rule: &award.version.rule },
            Part { payer: Payer::State, share: award.share, rule: &award.version.rule },
        ],
        (Payers::StateSupported, None) => {
            vec![Part { payer: Payer::Person, share: Share::WHOLE, rule: &terms.rule }]
        }
    };
    if let Some(award) = support.local
        && let Some(person) = parts.iter_mut().find(|part| part.payer == Payer::Person)
    {
        let local = award.share.at_most(person.share);
        person.share = person.share.beyond(local);
        parts.push(Part { payer: Payer::Local, share: local, rule: &award.version.rule });
    }
    parts.retain(|part| !part.share.is_none());
    parts
}

/// Segments of cover whose rules each month picks for itself, neighbours under the same rules joined.
fn monthly_segments<'r>(
    rules: &'r Rulebook,
    group: &'r EnrolleeGroup,
    support: &Supports<'r>,
    from: NaiveDate,
    months: u32,
) -> Result<Vec<Segment<'r>>, EngineError> {
    let mut segments: Vec<Segment<'r>> = Vec::new();
    for month in 0..months {
        let day = month_of_cover(from, month).ok_or(Overflow)?;
        let next = segment(rules, group, support, day, 1)?;
        match segments.last_mut() {
            Some(last) if last.same_rules(&next) => last.months += 1,
            _ => segments.push(next),
        }
    }
    Ok(segments)
}

impl Segment<'_> {
    fn same_rules(&self, other: &Segment<'_>) -> bool {
        let same_base = match (self.base, other.base) {
            (Base::Recorded(a, _), Base::Recorded(b, _)) => a == b,
            (Base::Declared(a), Base::Declared(b)) => a.map(|cap| cap.amount) == b.map(|cap| cap.amount),
            _ => false,
        };
        same_base && std::ptr::eq(self.terms, other.terms) && std::ptr::eq(self.rate_rule, other.rate_rule)
    }

    /// Căn cứ một tháng: the recorded base, or the declared amount up to its cap.
    ///
    /// # Errors
    /// [`EngineError::SalaryMissing`] when the group needs an amount and none was declared.
    pub fn base_amount(&self, declared: Option<Vnd>, group: &EnrolleeGroup) -> Result<Vnd, EngineError> {
        match self.base {
            Base::Recorded(amount, _) => Ok(amount),
            Base::Declared(cap) => {
                let declared = declared
                    .filter(|amount| !amount.is_zero())
                    .ok_or_else(|| EngineError::SalaryMissing { group: group.id.clone() })?;
                Ok(cap.map_or(declared, |cap| declared.min(cap.amount)))
            }
        }
    }

    /// Tỷ lệ theo thứ tự thành viên; the whole outside the household group.
    pub fn step(&self, rank: Option<u32>) -> Share {
        match (self.ladder, rank) {
            (Some(ladder), Some(rank)) => ladder.value.step(rank),
            _ => Share::WHOLE,
        }
    }
}

impl Plan<'_> {
    /// Tính tiền: premium and parts of a member of this rank with this salary.
    ///
    /// Months are summed exactly; the premium is rounded once; every payer's part is rounded the same way except
    /// that of the remainder taker, who bears what is left.
    ///
    /// # Errors
    /// [`EngineError::SalaryMissing`], [`EngineError::Overflow`], and [`EngineError::Internal`] if parts do not add up.
    pub fn amounts(&self, rank: Option<u32>, declared: Option<Vnd>) -> Result<Amounts, EngineError> {
        let mut whole = ExactVnd::ZERO;
        let mut exact = [ExactVnd::ZERO; Payer::ALL.len()];
        let mut bears = [false; Payer::ALL.len()];
        for segment in &self.segments {
            let base = segment.base_amount(declared, self.group)?;
            let month = segment.step(rank).of(segment.rate.of(base.exact())?)?;
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
        let taker = self.rounding.value.remainder_to.iter().copied().find(|payer| bears[*payer as usize]);
        let taker = taker.ok_or_else(|| EngineError::Internal("a premium without payer".to_owned()))?;
        let mut by_payer = [Vnd::ZERO; Payer::ALL.len()];
        let mut others = Vnd::ZERO;
        for payer in Payer::ALL.into_iter().filter(|payer| *payer != taker && bears[*payer as usize]) {
            let amount = exact[payer as usize].round(rounding)?.min(premium - others);
            by_payer[payer as usize] = amount;
            others += amount;
        }
        by_payer[taker as usize] = premium - others;
        let amounts = Amounts { premium, by_payer };
        amounts.check()?;
        Ok(amounts)
    }

    fn base_differs_from(&self, first: Vnd) -> bool {
        self.segments
            .iter()
            .any(|segment| matches!(segment.base, Base::Recorded(amount, _) if amount != first))
    }

    /// The payer who bears the odd đồng.
    pub fn remainder_taker(&self) -> Option<Payer> {
        let bears = |payer: &Payer| {
            self.segments.iter().flat_map(|segment| &segment.parts).any(|part| part.payer == *payer)
        };
        self.rounding.value.remainder_to.iter().copied().find(bears)
    }
}

impl Amounts {
    /// Holds in every build: parts add up to the premium and none is negative.
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

    fn with_notices_on_the_base(mut self, rules: &Rulebook, base_date: BaseDate) -> Plan<'r> {
        match (base_date, self.segments.first().map(|segment| segment.base)) {
            (BaseDate::Payment, Some(Base::Recorded(base, _))) => {
                let mut frozen =
                    Problem::new(Code::BaseFrozen).with("date", self.paid_on).with("amount", base);
                let ahead =
                    rules.base_salary.versions.versions().iter().map(|version| version.rule.effective_from);
                if let Some(change) =
                    ahead.into_iter().find(|from| *from > self.paid_on && *from <= self.card.until)
                {
                    frozen = frozen.with("change", change);
                }
                self.notices.push(frozen);
            }
            (BaseDate::EachMonth, Some(Base::Recorded(first, _))) if self.base_differs_from(first) => {
                let day = self.segments.last().map_or(self.paid_on, |segment| segment.day);
                self.notices.push(Problem::new(Code::BaseChanges).with("date", day));
            }
            _ => {}
        }
        let doubts: Vec<Problem> =
            self.rules().into_iter().flat_map(|(rule, day)| doubts(rule, day)).collect();
        self.notices.extend(doubts);
        self
    }
}
