//! Ngày đầu của thẻ: after the card before, the day of payment or a wait; and the last day of a child's card.

use chrono::{Datelike, NaiveDate};

use crate::engine::error::EngineError;
use crate::rulebook::family::{CardValidity, Lapse};
use crate::terms::number::Overflow;
use crate::terms::period::{days_after, last_day_of_month, month_of_cover};
use crate::terms::problem::{Code, Problem};

/// Ngày đầu của thẻ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// First day of cover.
    pub day: NaiveDate,
    /// First day of the months that are paid for: they count from the day of payment (Nghị định 188/2025), and the wait of a
    /// first card delays its use, not what was paid for.
    pub counted_from: NaiveDate,
}

impl Start {
    /// Cover and months that begin on the same day.
    pub const fn on(day: NaiveDate) -> Start {
        Start { day, counted_from: day }
    }
}

/// The first day after the card before, the day of payment, or the end of the wait.
///
/// # Errors
/// [`EngineError::Overflow`] at the end of the calendar.
pub(super) fn first_day(
    validity: &CardValidity,
    previous: Option<NaiveDate>,
    paid_on: NaiveDate,
    waits: bool,
    notices: &mut Vec<Problem>,
) -> Result<Start, EngineError> {
    let after = |day, days| days_after(day, days).ok_or(EngineError::from(Overflow));
    let lapsed = |last| has_lapsed(validity.lapse, last, paid_on);
    match previous {
        Some(last) if !waits || !lapsed(last) => Ok(Start::on(after(last, 1)?.max(paid_on))),
        None if !waits => Ok(Start::on(paid_on)),
        _ => {
            if previous.is_none() {
                notices.push(Problem::new(Code::FirstCardAssumed).with("days", validity.waiting_days));
            }
            if let Some(days) = validity.high_technology_days {
                let wait = Problem::new(Code::HighTechnologyWait).with("days", days);
                notices.push(wait.with("date", after(paid_on, days)?));
            }
            let day = after(paid_on, validity.waiting_days)?;
            Ok(Start { day, counted_from: paid_on })
        }
    }
}

/// Gián đoạn từ mức luật định: whether the days without a card reach the law's limit.
///
/// The interruption runs from the day after the last card to the day before the payment: on the day of payment a
/// card is valid again.
fn has_lapsed(lapse: Lapse, last: NaiveDate, paid_on: NaiveDate) -> bool {
    let Some(since) = last.succ_opt().filter(|since| *since < paid_on) else { return false };
    match lapse {
        Lapse::Days(days) => (paid_on - since).num_days() >= i64::from(days),
        Lapse::MonthsInFiscalYear(months) => {
            // The interruption counts apart in every fiscal year it touches.
            let start_of = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(paid_on);
            (since.year()..=paid_on.year()).any(|year| {
                let (since, until) = (since.max(start_of(year)), paid_on.min(start_of(year + 1)));
                month_of_cover(since, months).is_some_and(|full| full <= until)
            })
        }
    }
}

/// Last day of a child's card: the autumn day of the year in which the age in months is reached, or the end of the
/// month of those born later in the year; the day itself where the law names no autumn day.
pub fn child_card_end(validity: &CardValidity, born: NaiveDate) -> Option<NaiveDate> {
    let birthday = month_of_cover(born, validity.child_months)?;
    let Some(autumn) = validity.child_card_ends else { return Some(birthday) };
    let autumn = autumn.in_year(birthday.year())?;
    Some(if birthday <= autumn { autumn } else { last_day_of_month(birthday) })
}
