//! Mức đóng: one person's premium and who bears it.
//!
//! A [`Plan`] resolves every rule for one group, day of payment and period of cover; [`Plan::amounts`] then is
//! plain arithmetic on rank and salary. A quote builds one plan a person, a batch keeps plans and runs rows
//! through them: the same functions, so they cannot drift apart.

pub mod card;
pub mod category;
pub mod contracts;
pub mod enrolment;
pub mod entitlement;
pub mod hints;
pub mod late;
pub mod options;
pub mod plans;
pub mod quote;
pub mod special;
pub mod subsidy;
pub mod subsidy_report;
pub mod support;

use chrono::NaiveDate;

use self::card::{Card, card};
use self::special::{Special, special};
use self::subsidy::Dates;
use self::support::MonthSupport;
use crate::case::quote::Enrollee;
use crate::engine::doubt::doubts;
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::family::{EnrolleeGroup, GroupTerms, HouseholdLadder, Payers, Policy, PremiumRounding};
use crate::rulebook::special::SpecialEffect;
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
    /// Whether every month of cover picks its own rules.
    pub by_month: bool,
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
    /// Which date picked the base.
    pub base_date: BaseDate,
    /// What makes the months special.
    pub special: Option<Special<'r>>,
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

    let months_of = Months { rules, group, terms, person, paid_on, province };
    let segments = months_of.segments(&card, months, &mut notices)?;
    let rounding = rules.premium_rounding.at(paid_on)?;
    let frozen = segments.iter().any(|segment| segment.base_date == BaseDate::Payment);
    if terms.value.base_date_by_analogy && frozen {
        notices.push(Problem::new(Code::ByAnalogy).with("rule", &terms.rule.rule));
    }
    let by_month = months_of.vary_by_month();
    let plan = Plan { group, terms, card, segments, rounding, paid_on, by_month, notices };
    Ok(plan.with_notices_on_the_base(rules))
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

/// Người, đối tượng và ngày đóng: what the rules of every month are looked up with.
struct Months<'r, 'c> {
    rules: &'r Rulebook,
    group: &'r EnrolleeGroup,
    /// Terms of the group on the day of payment.
    terms: &'r Version<GroupTerms>,
    person: &'c Enrollee,
    paid_on: NaiveDate,
    province: Option<&'c str>,
}

impl<'r> Months<'r, '_> {
    /// Months of cover, neighbours under the same rules joined.
    fn segments(
        &self,
        card: &Card<'_>,
        months: u32,
        notices: &mut Vec<Problem>,
    ) -> Result<Vec<Segment<'r>>, EngineError> {
        let mut segments: Vec<Segment<'r>> = Vec::new();
        let mut known: Option<MonthSupport<'r>> = None;
        let alike = !self.vary_by_month();
        for month in 0..if alike { 1 } else { months } {
            let day = month_of_cover(card.from, month).ok_or(Overflow)?;
            let counted = month_of_cover(card.counted_from, month).ok_or(Overflow)?;
            let (mut next, support) = self.month(day, counted)?;
            next.months = if alike { months } else { 1 };
            self.tell(known.as_ref(), &support, day, notices);
            known = Some(support);
            match segments.last_mut() {
                Some(last) if last.same_rules(&next) => last.months += 1,
                _ => segments.push(next),
            }
        }
        Ok(segments)
    }

    /// Whether the months of one payment can fall under different rules.
    fn vary_by_month(&self) -> bool {
        let varies = |policy: &Policy| {
            let window = policy.when.within.as_ref();
            let event = window.and_then(|window| self.person.circumstance(&window.of));
            let tags_given = policy.when.tags.iter().all(|tag| self.person.answers(tag));
            event.is_some_and(|event| event.date.is_some())
                || (policy.base_date == Some(BaseDate::EachMonth) && tags_given)
        };
        self.terms.value.base_date == BaseDate::EachMonth
            || !self.person.special.is_empty()
            || self.policies().any(varies)
    }

    /// National and local policies for the group.
    fn policies(&self) -> impl Iterator<Item = &'r Policy> {
        let packs = self.rules.local.iter().filter(|pack| self.province == Some(&pack.province));
        let policies = self.rules.state_subsidy.policies.iter().chain(packs.flat_map(|pack| &pack.policies));
        policies.filter(|policy| policy.groups.contains(&self.group.id))
    }

    /// Rules of one month, and who supports it.
    fn month(
        &self,
        day: NaiveDate,
        counted: NaiveDate,
    ) -> Result<(Segment<'r>, MonthSupport<'r>), EngineError> {
        let special = special(self.rules, self.person, day)?;
        if let Some(Special { effect: SpecialEffect::Joins(group), .. }) = special {
            let group = self.rules.group(group).ok_or_else(|| EngineError::UnknownGroup(group.clone()))?;
            let support = MonthSupport::default();
            let segment = segment(self.rules, group, &support, BaseDate::EachMonth, day, special)?;
            return Ok((segment, support));
        }
        let terms = &self.terms.value;
        let dates = Dates::of(terms.base_date, self.paid_on, day, counted);
        let support = MonthSupport::find(self.rules, self.person, terms, self.province, dates)?;
        let base_date = support.base_date(terms);
        let day = Dates::of(base_date, self.paid_on, day, counted).day;
        Ok((segment(self.rules, self.group, &support, base_date, day, special)?, support))
    }

    /// Notes what changes with a month.
    fn tell(
        &self,
        before: Option<&MonthSupport<'r>>,
        support: &MonthSupport<'r>,
        day: NaiveDate,
        notices: &mut Vec<Problem>,
    ) {
        if before.is_some_and(|before| before.same_as(support)) {
            return;
        }
        let supported = matches!(self.terms.value.payers, Payers::StateSupported);
        match before {
            None if supported && support.national.is_none() => {
                notices.push(Problem::new(Code::SupportNotMet).with("group", &self.group.id));
            }
            Some(before) if before.share() != support.share() => notices.push(
                Problem::new(Code::SupportChanges)
                    .with("date", day)
                    .with("before", before.share())
                    .with("after", support.share()),
            ),
            _ => {}
        }
        for notice in support.notices(self.person, &self.terms.value) {
            if !notices.contains(&notice) {
                notices.push(notice);
            }
        }
    }
}

/// Rules of months that one day governs.
fn segment<'r>(
    rules: &'r Rulebook,
    group: &'r EnrolleeGroup,
    support: &MonthSupport<'r>,
    base_date: BaseDate,
    day: NaiveDate,
    special: Option<Special<'r>>,
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
    Ok(Segment {
        months: 1,
        day,
        terms,
        base,
        rate: rates.value.of(&group.id),
        rate_rule: &rates.rule,
        ladder,
        parts: parts(terms, support),
        base_date,
        special,
    })
}

/// A cap is a whole number of đồng already; cutting decimals keeps it so for any overlay.
const DOWN_TO_DONG: Rounding = Rounding { mode: RoundingMode::Down, unit_hundredths: 100 };

/// Who bears which share; local support takes from the person's part only.
fn parts<'r>(terms: &'r Version<GroupTerms>, support: &MonthSupport<'r>) -> Vec<Part<'r>> {
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
    if let Some((award, _)) = support.local.award
        && let Some(person) = parts.iter_mut().find(|part| part.payer == Payer::Person)
    {
        let local = award.share.at_most(person.share);
        person.share = person.share.beyond(local);
        parts.push(Part { payer: Payer::Local, share: local, rule: &award.version.rule });
    }
    parts.retain(|part| !part.share.is_none());
    parts
}

impl Segment<'_> {
    fn same_rules(&self, other: &Segment<'_>) -> bool {
        let same_base = match (self.base, other.base) {
            (Base::Recorded(a, _), Base::Recorded(b, _)) => a == b,
            (Base::Declared(a), Base::Declared(b)) => a.map(|cap| cap.amount) == b.map(|cap| cap.amount),
            _ => false,
        };
        let same_parts = self.parts.len() == other.parts.len()
            && self
                .parts
                .iter()
                .zip(&other.parts)
                .all(|(a, b)| a.payer == b.payer && a.share == b.share && std::ptr::eq(a.rule, b.rule));
        same_base
            && same_parts
            && std::ptr::eq(self.terms, other.terms)
            && std::ptr::eq(self.rate_rule, other.rate_rule)
            && self.special == other.special
    }

    /// Số tiền đóng của một tháng, chưa làm tròn: rate, ladder and what a special month leaves of a base.
    ///
    /// The cap is that of the salary; a special month counts its share of the capped salary, since the salary that
    /// social insurance rests on is capped already.
    ///
    /// # Errors
    /// [`EngineError::Overflow`].
    pub fn monthly(&self, base: Vnd, rank: Option<u32>) -> Result<ExactVnd, EngineError> {
        let counted = self.special.map_or(Share::WHOLE, |special| special.salary_share());
        Ok(self.step(rank).of(self.rate.of(counted.of(base.exact())?)?)?)
    }

    fn differs_from(&self, first: Vnd) -> bool {
        matches!(self.base, Base::Recorded(amount, _) if amount != first)
    }

    /// True for months in which nothing is due.
    pub fn is_free(&self) -> bool {
        self.special.is_some_and(|special| *special.effect == SpecialEffect::NothingDue)
    }

    /// Căn cứ một tháng: the recorded base, or the declared amount up to its cap.
    ///
    /// # Errors
    /// [`EngineError::SalaryMissing`] when the group needs an amount and none was declared.
    pub fn base_amount(&self, declared: Option<Vnd>, group: &EnrolleeGroup) -> Result<Vnd, EngineError> {
        match self.base {
            Base::Declared(_) if self.is_free() => Ok(declared.unwrap_or_default()),
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
