//! Chậm đóng, hoàn trả: interest on late contributions and the premium of unused months.

use chrono::NaiveDate;

use crate::engine::error::EngineError;
use crate::engine::trace::{Formula, Step, Term, Value};
use crate::rulebook::Rulebook;
use crate::rulebook::family::{LatePayment, RefundFrom};
use crate::rulebook::timeline::NotInForce;
use crate::terms::money::Vnd;
use crate::terms::share::Share;

/// Số tiền phải nộp do chậm đóng.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LateCharge {
    /// What is due on top of the debt.
    pub charge: Vnd,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Tiền chậm đóng: debt × days × daily rate, rounded once to whole đồng.
///
/// # Errors
/// [`EngineError::NotInForce`] where the record names a multiple of an interest rate that it does not hold.
pub fn late_charge(
    rules: &Rulebook,
    debt: Vnd,
    days: u32,
    due: NaiveDate,
) -> Result<LateCharge, EngineError> {
    let version = rules.late_payment.at(due)?;
    let LatePayment::DailyRate(rate) = version.value else {
        let rule = "late-payment/interbank-rate".to_owned();
        return Err(NotInForce { rule, date: due, first: None, last: None }.into());
    };
    let rounding = rules.premium_rounding.at(due)?.value.rounding;
    let charge = rate.of(debt.exact())?.times(i128::from(days), 1)?.round(rounding)?;
    let step = Step {
        id: "late-charge".to_owned(),
        value: Value::Money(charge),
        formula: Formula::Product(vec![Term::Money(debt), Term::Count(days), Term::Share(rate)]),
        rule: version.rule.clone(),
        governing_date: due,
    };
    Ok(LateCharge { charge, trace: vec![step] })
}

/// Số tiền hoàn trả.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Refund {
    /// What is paid back.
    pub refund: Vnd,
    /// From when months count as unused.
    pub counted_from: RefundFrom,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Hoàn trả: the paid premium of the unused months, in a case that the rules list.
///
/// # Errors
/// [`EngineError::NotInForce`] when the case is not listed on the day.
pub fn refund(
    rules: &Rulebook,
    case: &str,
    paid: Vnd,
    months: u32,
    unused: u32,
    day: NaiveDate,
) -> Result<Refund, EngineError> {
    let version = rules.refund_cases.at(day)?;
    let listed = version.value.cases.iter().find(|known| known.id == case).ok_or_else(|| {
        EngineError::from(NotInForce {
            rule: format!("refund-cases/{case}"),
            date: day,
            first: None,
            last: None,
        })
    })?;
    let returned = if listed.counted_from == RefundFrom::Beginning { months } else { unused };
    let share = Share::fraction(i128::from(returned), i128::from(months))
        .ok_or_else(|| EngineError::Internal("more unused months than paid ones".to_owned()))?;
    let rounding = rules.premium_rounding.at(day)?.value.rounding;
    let refund = share.of(paid.exact())?.round(rounding)?;
    let step = Step {
        id: "refund".to_owned(),
        value: Value::Money(refund),
        formula: Formula::Product(vec![Term::Money(paid), Term::Share(share)]),
        rule: version.rule.clone(),
        governing_date: day,
    };
    Ok(Refund { refund, counted_from: listed.counted_from, trace: vec![step] })
}
