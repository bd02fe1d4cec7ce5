//! Chậm đóng: what is due on top of late contributions, by the method of its time.

use chrono::{Datelike, Months, NaiveDate};

use crate::engine::error::EngineError;
use crate::engine::step::StepId;
use crate::engine::trace::{Formula, Step, StepValue, Term};
use crate::rulebook::Rulebook;
use crate::rulebook::family::{LatePayment, MonthlyInterest};
use crate::rulebook::timeline::Version;
use crate::terms::number::{ExactVnd, Overflow, Share, Vnd};
use crate::terms::period::last_day_of_month;
use crate::terms::problem::{Code, Problem};

/// Months of a year.
const MONTHS_OF_YEAR: i128 = 12;

/// Chậm bao lâu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lateness {
    /// Days counted by the user, and the day whose rule counts.
    Days {
        /// Days late.
        days: u32,
        /// The day whose rule counts.
        date: NaiveDate,
    },
    /// The month that the money is for and the day of payment.
    Month {
        /// Any day of the month that the money is for, or of the last month of its cycle.
        month: NaiveDate,
        /// Day of payment.
        paid_on: NaiveDate,
    },
}

/// Lãi suất do người dùng nhập: yearly rates that the rules do not record, for one year or for all.
pub type Rates = [(Option<i32>, Share)];

/// Số tiền phải nộp do chậm đóng.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LateCharge {
    /// What is due on top of the debt.
    pub charge: Vnd,
    /// Last day of payment by the law in force, where it is one that counts days.
    pub due: Option<NaiveDate>,
    /// Days that are charged by the day.
    pub days: Option<u32>,
    /// Months that are charged by the month.
    pub months: u32,
    /// How it came about.
    pub trace: Vec<Step>,
    /// What the user should know.
    pub notices: Vec<Problem>,
}

/// Tiền chậm đóng: by the day since 2025-07-01, before that interest on the first day of each month.
///
/// Everything is summed exactly and rounded once to whole đồng.
///
/// # Errors
/// [`EngineError::NotInForce`] on a day without rule, [`EngineError::RateMissing`] where the rule rests on an interest rate
/// that is neither recorded nor given.
pub fn late_charge(
    rules: &Rulebook,
    debt: Vnd,
    lateness: Lateness,
    rates: &Rates,
) -> Result<LateCharge, EngineError> {
    let mut sum = Sum { rules, debt, rates, exact: ExactVnd::ZERO, trace: Vec::new(), by_convention: false };
    let (mut due, mut counted, mut months) = (None, None, 0);
    let governing = match lateness {
        Lateness::Days { days, date } => {
            let version = rules.late_payment.at(date)?;
            match &version.value {
                LatePayment::Daily(_) => {
                    counted = Some(days);
                    sum.days(version, days, date)?;
                }
                LatePayment::Monthly(interest) => {
                    months = days / interest.days_of_month;
                    for _ in 0..months {
                        sum.month(version, *interest, date)?;
                    }
                }
            }
            date
        }
        Lateness::Month { month, paid_on } => {
            months = sum.months_of(month, paid_on)?;
            let version = rules.late_payment.at(paid_on)?;
            if matches!(version.value, LatePayment::Daily(_)) {
                // A debt of before the law of days is charged by the day from its first day on.
                let before = version.rule.effective_from.pred_opt().ok_or(Overflow)?;
                let last = last_day_to_pay(rules, month)?.unwrap_or(before);
                let days = u32::try_from((paid_on - last.max(before)).num_days().max(0)).unwrap_or_default();
                (due, counted) = (Some(last).filter(|last| *last >= before), Some(days));
                sum.days(version, days, paid_on)?;
            }
            paid_on
        }
    };
    let rounding = rules.premium_rounding.at(governing)?.value.rounding;
    let charge = sum.exact.round(rounding)?;
    let mut notices = Vec::new();
    if sum.by_convention {
        notices.push(Problem::new(Code::LateByConvention));
    }
    if months > 0 && counted.is_some() {
        notices.push(Problem::new(Code::LateAcrossLaws).with("months", months));
    }
    Ok(LateCharge { charge, due, days: counted, months, trace: sum.trace, notices })
}

/// Hạn đóng of a month; none where no rule for it is recorded.
fn last_day_to_pay(rules: &Rulebook, month: NaiveDate) -> Result<Option<NaiveDate>, EngineError> {
    let Ok(deadline) = rules.payment_deadline.at(last_day_of_month(month)) else { return Ok(None) };
    let last = month.checked_add_months(Months::new(deadline.value.months_after)).ok_or(Overflow)?;
    Ok(Some(last_day_of_month(last)))
}

/// A charge as it adds up.
struct Sum<'r, 'a> {
    rules: &'r Rulebook,
    debt: Vnd,
    rates: &'a Rates,
    exact: ExactVnd,
    trace: Vec<Step>,
    by_convention: bool,
}

impl<'r> Sum<'r, '_> {
    /// Debt × days × daily rate.
    fn days(
        &mut self,
        version: &'r Version<LatePayment>,
        days: u32,
        day: NaiveDate,
    ) -> Result<(), EngineError> {
        let LatePayment::Daily(daily) = &version.value else { return Ok(()) };
        let part = daily.rate.of(self.debt.exact())?.times(i128::from(days), 1)?;
        self.exact = self.exact.plus(part)?;
        let product = vec![Term::Money(self.debt), Term::Count(days), Term::Share(daily.rate)];
        self.step(version, part, Formula::Product(product), day)
    }

    /// Interest on every first of a month from the second after the month that the money is for: on the first of the next
    /// month the money is not yet thirty days late (QĐ 595 art. 37.3, QĐ 959 art. 41.3).
    fn months_of(&mut self, month: NaiveDate, paid_on: NaiveDate) -> Result<u32, EngineError> {
        let mut count = 0;
        let mut first =
            month.with_day(1).and_then(|day| day.checked_add_months(Months::new(2))).ok_or(Overflow)?;
        while first <= paid_on {
            let version = self.rules.late_payment.at(first)?;
            let LatePayment::Monthly(interest) = &version.value else { break };
            self.month(version, *interest, first)?;
            count += 1;
            first = first.checked_add_months(Months::new(1)).ok_or(Overflow)?;
        }
        Ok(count)
    }

    /// Interest of one month, on the debt or also on unpaid interest.
    fn month(
        &mut self,
        version: &'r Version<LatePayment>,
        interest: MonthlyInterest,
        day: NaiveDate,
    ) -> Result<(), EngineError> {
        self.by_convention |= interest.by_convention;
        let year = day.year();
        let given = |wanted| self.rates.iter().find(|(known, _)| *known == wanted).map(|(_, rate)| *rate);
        let yearly = given(Some(year)).or_else(|| given(None)).or(interest.yearly_rate);
        let yearly = yearly.ok_or(EngineError::RateMissing { year, date: day })?;
        let rate = monthly_rate(yearly, interest).ok_or(Overflow)?;
        let mut on = self.debt.exact();
        if interest.on_unpaid_interest {
            on = on.plus(self.exact)?;
        }
        let part = rate.of(on)?;
        self.exact = self.exact.plus(part)?;
        let formula = if interest.on_unpaid_interest {
            Formula::Recorded
        } else {
            Formula::Product(vec![Term::Money(self.debt), Term::Share(rate)])
        };
        self.step(version, part, formula, day)
    }

    fn step(
        &mut self,
        version: &'r Version<LatePayment>,
        part: ExactVnd,
        formula: Formula,
        governing_date: NaiveDate,
    ) -> Result<(), EngineError> {
        let rounding = self.rules.premium_rounding.at(governing_date)?.value.rounding;
        let value = StepValue::Money(part.round(rounding)?);
        let rule = version.rule.clone();
        self.trace.push(Step { id: StepId::LateCharge.into(), value, formula, rule, governing_date });
        Ok(())
    }
}

/// Lãi suất tháng: the multiple of a twelfth of the yearly rate, cut after the digits that the agency publishes.
fn monthly_rate(yearly: Share, interest: MonthlyInterest) -> Option<Share> {
    let (numerator, denominator) = yearly.parts();
    let exact =
        (i128::from(numerator) * i128::from(interest.times), i128::from(denominator) * MONTHS_OF_YEAR);
    match interest.percent_decimals {
        None => Share::fraction(exact.0, exact.1),
        Some(decimals) => {
            let unit = i128::checked_pow(10, decimals.checked_add(2)?)?;
            Share::fraction(exact.0.checked_mul(unit)? / exact.1, unit)
        }
    }
}
