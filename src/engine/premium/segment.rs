//! Tháng cùng căn cứ: base, rate, ladder and payers of months that fall under the same rules.

use chrono::NaiveDate;

use super::special::Special;
use super::support::MonthSupport;
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::family::{EnrolleeGroup, GroupTerms, HouseholdLadder, Payers};
use crate::rulebook::special::SpecialEffect;
use crate::rulebook::timeline::Version;
use crate::terms::citation::RuleRef;
use crate::terms::group::{BaseDate, Payer, PremiumBasis};
use crate::terms::number::{ExactVnd, Rounding, RoundingMode, Share, Times, Vnd};

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
    pub parts: Vec<PayerPart<'r>>,
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
pub struct PayerPart<'r> {
    /// Who pays.
    pub payer: Payer,
    /// Which share of the premium.
    pub share: Share,
    /// Rule of the share.
    pub rule: &'r RuleRef,
}

/// Rules of months that one day governs.
pub(super) fn segment<'r>(
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
        parts: match special.map(|special| (special.effect, special.rule)) {
            Some((SpecialEffect::PaidBy(paid), rule)) => {
                vec![PayerPart { payer: paid.payer, share: Share::WHOLE, rule }]
            }
            _ => parts(terms, support),
        },
        base_date,
        special,
    })
}

/// A cap is a whole number of đồng already; cutting decimals keeps it so for any overlay.
const DOWN_TO_DONG: Rounding = Rounding { mode: RoundingMode::Down, unit_hundredths: 100 };

/// Who bears which share; local support takes from the person's part only.
fn parts<'r>(terms: &'r Version<GroupTerms>, support: &MonthSupport<'r>) -> Vec<PayerPart<'r>> {
    let mut parts: Vec<PayerPart<'r>> = match (&terms.value.payers, support.national) {
        (Payers::Shared(shares), _) => shares
            .iter()
            .map(|(payer, share)| PayerPart { payer: *payer, share: *share, rule: &terms.rule })
            .collect(),
        (Payers::StateSupported, Some(award)) => vec![
            PayerPart { payer: Payer::Person, share: award.share.rest(), rule: &award.version.rule },
            PayerPart { payer: Payer::State, share: award.share, rule: &award.version.rule },
        ],
        (Payers::StateSupported, None) => {
            vec![PayerPart { payer: Payer::Person, share: Share::WHOLE, rule: &terms.rule }]
        }
    };
    if let Some((award, _)) = support.local.award
        && let Some(person) = parts.iter_mut().find(|part| part.payer == Payer::Person)
    {
        let local = award.share.at_most(person.share);
        person.share = person.share.beyond(local);
        parts.push(PayerPart { payer: Payer::Local, share: local, rule: &award.version.rule });
    }
    parts.retain(|part| !part.share.is_none());
    parts
}

impl Segment<'_> {
    pub(super) fn same_rules(&self, other: &Segment<'_>) -> bool {
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

    pub(super) fn differs_from(&self, first: Vnd) -> bool {
        matches!(self.base, Base::Recorded(amount, _) if amount != first)
    }

    /// True for months in which nothing is due.
    pub fn is_free(&self) -> bool {
        self.special.is_some_and(|special| {
            matches!(special.effect, SpecialEffect::NothingDue | SpecialEffect::NoCover)
        })
    }

    /// Căn cứ một tháng: the recorded base, or the declared amount up to its cap.
    ///
    /// # Errors
    /// [`EngineError::SalaryMissing`] when the group needs an amount and none was declared.
    #[inline]
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
