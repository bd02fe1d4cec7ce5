//! Cân đối quỹ: contributions, care fund, primary care, what was allocated and spent, surplus or deficit.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::allocation::allocate;
use super::error::EngineError;
use crate::rulebook::Rulebook;
use crate::terms::citation::RuleRef;
use crate::terms::number::{Overflow, Rounding, RoundingMode, Vnd};
use crate::terms::percent::Percent;
use crate::terms::settlement_period::SettlementPeriod;

/// Số liệu của một kỳ, as tables give it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Given {
    /// Số thu.
    pub contributions: Option<Vnd>,
    /// Quỹ khám chữa bệnh, where the table gives it.
    pub care: Option<Vnd>,
    /// Trích cho chăm sóc sức khỏe ban đầu.
    pub primary_care: Option<Vnd>,
    /// Dự toán giao.
    pub allocated: Option<Vnd>,
    /// Số chi.
    pub spent: Option<Vnd>,
    /// How far care may be from the share of the contributions because both are written rounded, as in billions.
    pub rounding: Vnd,
    /// Months that the spending covers, where they are not the whole period.
    pub months: Option<u32>,
}

/// Quyết toán một quý của một cơ sở: sums of the leaves of form 02/BH.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettlementSums {
    /// Which quarter.
    pub period: SettlementPeriod,
    /// Code of the facility; empty where the form does not say it.
    pub facility: String,
    /// Visits.
    pub visits: i64,
    /// Hospital total, covered, fund, co-payment, other sources, own payment.
    pub amounts: [Vnd; 6],
}

impl SettlementSums {
    /// Names of the amounts.
    pub const AMOUNTS: [&str; 6] = ["hospital", "covered", "fund", "copayment", "other", "own"];

    /// Nothing yet.
    pub fn of(period: SettlementPeriod, facility: String) -> SettlementSums {
        SettlementSums { period, facility, visits: 0, amounts: [Vnd::ZERO; 6] }
    }
}

/// Kỳ đã cân đối.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// Which period; none for a sum.
    pub period: Option<SettlementPeriod>,
    /// What the table gives.
    pub given: Given,
    /// Quỹ khám chữa bệnh: given, else the share of the day.
    pub care: Option<Vnd>,
    /// Chi tổ chức và hoạt động, tối đa.
    pub administration_limit: Option<Vnd>,
    /// Quỹ dự phòng, tối thiểu.
    pub reserve_minimum: Option<Vnd>,
    /// What the spending is held against: what was allocated, else care less primary care.
    pub available: Option<Vnd>,
    /// What is left, below zero what is missing: the surplus of a period that is over, else what is left so far.
    pub left: Option<Vnd>,
    /// Whether the period, or one of a sum, is not over.
    pub open: bool,
    /// Months that it spans, or that its periods do.
    pub months: u32,
    /// Estimate for the whole period, from the months so far.
    pub estimate: Option<Estimate>,
    /// Care as the table states it, where the share of the day gives another.
    pub care_by_share: Option<Vnd>,
}

/// Ước cả kỳ: spending so far × months of the period ÷ months so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// Months so far.
    pub months: u32,
    /// Months of the period.
    pub of: u32,
    /// Spending of the whole period.
    pub spent: Vnd,
    /// Surplus of the whole period, below zero a deficit.
    pub surplus: Option<Vnd>,
}

/// Cân đối mọi kỳ.
#[derive(Debug, Clone, Default)]
pub struct FundBalance {
    /// Every period.
    pub periods: Vec<Balance>,
    /// Every year of which there are several periods, and every period that is a year.
    pub years: Vec<(i32, Balance)>,
    /// All together.
    pub all: Option<Balance>,
    /// Rules it rests on.
    pub rules: Vec<(RuleRef, NaiveDate)>,
}

impl Balance {
    /// Kết dư, below zero bội chi: none of a period that is not over.
    pub fn surplus(&self) -> Option<Vnd> {
        self.left.filter(|_| !self.open)
    }

    /// Còn lại đến nay, of a period that is not over.
    pub fn left_so_far(&self) -> Option<Vnd> {
        self.left.filter(|_| self.open)
    }

    /// Tỷ lệ sử dụng quỹ.
    pub fn used(&self) -> Option<Percent> {
        let (spent, available) = self.given.spent.zip(self.available)?;
        Percent::of(i128::from(spent.hundredths()), i128::from(available.hundredths()))
    }
}

/// Vì sao không cân đối được.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BalanceError {
    /// The share for care changes inside the period.
    ShareChanges {
        /// Which period.
        period: SettlementPeriod,
        /// First day of the new share.
        from: NaiveDate,
    },
    /// A refusal of the engine.
    Engine(EngineError),
}

impl<E: Into<EngineError>> From<E> for BalanceError {
    fn from(error: E) -> BalanceError {
        BalanceError::Engine(error.into())
    }
}

/// Cân đối.
///
/// # Errors
/// [`BalanceError`] where the share for care changes inside a period, or nothing is recorded for it.
pub fn balance(
    rules: &Rulebook,
    given: &BTreeMap<SettlementPeriod, Given>,
) -> Result<FundBalance, BalanceError> {
    let mut found = FundBalance::default();
    for (period, given) in given {
        let balance = one(rules, *period, *given, &mut found.rules)?;
        found.periods.push(balance);
    }
    let years = found.periods.chunk_by(|a, b| year(a) == year(b));
    let sums: Result<Vec<_>, BalanceError> = years
        .filter_map(|periods| Some((periods.first().and_then(year)?, periods)))
        .map(|(year, periods)| Ok((year, add_up(periods)?)))
        .collect();
    found.years = sums?;
    found.all = if found.periods.is_empty() { None } else { Some(add_up(&found.periods)?) };
    check(&found)?;
    Ok(found)
}

fn year(balance: &Balance) -> Option<i32> {
    balance.period.map(SettlementPeriod::year)
}

fn one(
    rules: &Rulebook,
    period: SettlementPeriod,
    given: Given,
    used: &mut Vec<(RuleRef, NaiveDate)>,
) -> Result<Balance, BalanceError> {
    let mut balance = Balance {
        period: Some(period),
        given,
        care: given.care,
        administration_limit: None,
        reserve_minimum: None,
        available: None,
        left: None,
        open: given.months.is_some_and(|months| months < period.months()),
        months: period.months(),
        estimate: None,
        care_by_share: None,
    };
    if let Some(contributions) = given.contributions {
        let first = rules.benefit.fund_allocation.at(period.first_day())?;
        let last = rules.benefit.fund_allocation.at(period.last_day())?;
        if first.rule.effective_from != last.rule.effective_from {
            return Err(BalanceError::ShareChanges { period, from: last.rule.effective_from });
        }
        let parts = allocate(rules, contributions, period.last_day())?;
        if !used.iter().any(|(known, _)| known.effective_from == last.rule.effective_from) {
            used.push((last.rule.clone(), period.last_day()));
        }
        balance.administration_limit = Some(parts.administration_limit);
        balance.reserve_minimum = Some(parts.reserve_minimum);
        let differs =
            |care: Vnd| minus(care.max(parts.care), care.min(parts.care)).map(|apart| apart > given.rounding);
        balance.care_by_share = match given.care {
            Some(care) if differs(care)? => Some(parts.care),
            _ => None,
        };
        balance.care = given.care.or(Some(parts.care));
    }
    let left = match balance.care {
        Some(care) => Some(minus(care, given.primary_care.unwrap_or_default())?),
        None => None,
    };
    balance.available = given.allocated.or(left);
    balance.left = difference(balance.available, given.spent)?;
    balance.estimate = estimate(period, &balance)?;
    Ok(balance)
}

/// Spending of the whole period from the months so far.
fn estimate(period: SettlementPeriod, balance: &Balance) -> Result<Option<Estimate>, EngineError> {
    const DONG: Rounding = Rounding { mode: RoundingMode::HalfAwayFromZero, unit_hundredths: 100 };
    let of = period.months();
    let Some((months, spent)) = balance.given.months.filter(|months| *months < of).zip(balance.given.spent)
    else {
        return Ok(None);
    };
    let spent = spent.exact().times(i128::from(of), i128::from(months.max(1)))?.round(DONG)?;
    Ok(Some(Estimate { months, of, spent, surplus: difference(balance.available, Some(spent))? }))
}

fn difference(available: Option<Vnd>, spent: Option<Vnd>) -> Result<Option<Vnd>, EngineError> {
    available.zip(spent).map(|(available, spent)| minus(available, spent)).transpose()
}

/// Sums of several periods; a figure that one of them lacks, the sum lacks too.
fn add_up(periods: &[Balance]) -> Result<Balance, EngineError> {
    let sum = |of: &dyn Fn(&Balance) -> Option<Vnd>| -> Result<Option<Vnd>, EngineError> {
        let mut sum = Some(Vnd::ZERO);
        for period in periods {
            sum = match sum.zip(of(period)) {
                Some((sum, part)) => Some(plus(sum, part)?),
                None => None,
            };
        }
        Ok(sum)
    };
    let has_primary = periods.iter().any(|each| each.given.primary_care.is_some());
    let primary_care =
        if has_primary { sum(&|each| Some(each.given.primary_care.unwrap_or_default()))? } else { None };
    let given = Given {
        contributions: sum(&|each| each.given.contributions)?,
        care: None,
        primary_care,
        allocated: sum(&|each| each.given.allocated)?,
        spent: sum(&|each| each.given.spent)?,
        rounding: Vnd::ZERO,
        months: None,
    };
    Ok(Balance {
        period: periods.first().and_then(|first| first.period).filter(|_| periods.len() == 1),
        given,
        care: sum(&|each| each.care)?,
        administration_limit: sum(&|each| each.administration_limit)?,
        reserve_minimum: sum(&|each| each.reserve_minimum)?,
        available: sum(&|each| each.available)?,
        left: sum(&|each| each.left)?,
        open: periods.iter().any(|each| each.open),
        months: periods.iter().map(|each| each.months).sum(),
        estimate: periods.first().and_then(|first| first.estimate).filter(|_| periods.len() == 1),
        care_by_share: None,
    })
}

/// Surplus = available − spent, for every period and for the sums; care, administration and reserve are the contributions.
fn check(found: &FundBalance) -> Result<(), EngineError> {
    let sums = found.years.iter().map(|(_, sum)| sum).chain(&found.all);
    let wrong =
        |what: &str, balance: &Balance| Err(EngineError::Internal(format!("{what} of {:?}", balance.period)));
    for balance in found.periods.iter().chain(sums) {
        if difference(balance.available, balance.given.spent)? != balance.left {
            return wrong("surplus", balance);
        }
    }
    for balance in &found.periods {
        let parts = [balance.care, balance.administration_limit, balance.reserve_minimum];
        if let ([Some(care), Some(administration), Some(reserve)], Some(whole), None) =
            (parts, balance.given.contributions, balance.given.care)
            && plus(plus(care, administration)?, reserve)? != whole
        {
            return wrong("parts", balance);
        }
    }
    Ok(())
}

fn plus(a: Vnd, b: Vnd) -> Result<Vnd, EngineError> {
    a.checked_add(b).ok_or(EngineError::Overflow(Overflow))
}

fn minus(a: Vnd, b: Vnd) -> Result<Vnd, EngineError> {
    a.checked_sub(b).ok_or(EngineError::Overflow(Overflow))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found() -> FundBalance {
        let period = SettlementPeriod::parse("2017").expect("a year");
        let given =
            Given { contributions: Some(Vnd::whole(1000)), spent: Some(Vnd::whole(800)), ..Given::default() };
        balance(&Rulebook::bundled(), &BTreeMap::from([(period, given)])).expect("a balance")
    }

    #[test]
    fn a_surplus_that_does_not_follow_is_a_failed_check() {
        assert!(check(&found()).is_ok());
        let mut wrong = found();
        wrong.periods[0].left = Some(Vnd::whole(101));
        assert!(matches!(check(&wrong), Err(EngineError::Internal(_))));
        let mut wrong = found();
        wrong.all = wrong.all.map(|all| Balance { left: Some(Vnd::ZERO), ..all });
        assert!(matches!(check(&wrong), Err(EngineError::Internal(_))));
    }

    #[test]
    fn parts_that_are_not_the_contributions_are_a_failed_check() {
        let mut wrong = found();
        wrong.periods[0].reserve_minimum = Some(Vnd::whole(51));
        assert!(matches!(check(&wrong), Err(EngineError::Internal(_))));
    }
}
