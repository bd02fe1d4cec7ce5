//! Kỳ đóng riêng và ngày chung: when a member pays, for how long, and the day on which all cards are to end.

use chrono::NaiveDate;

use super::card::card;
use super::{Payment, Plan, plan};
use crate::case::quote::{Enrollee, QuoteCase};
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::terms::number::Overflow;
use crate::terms::problem::{Code, Problem};

/// Kỳ đóng của một người: the person's own facts before those of the household.
pub(super) fn payment<'c>(case: &'c QuoteCase, person: &Enrollee, months: u32) -> Payment<'c> {
    Payment {
        paid_on: person.own.paid_on.unwrap_or(case.paid_on),
        from: person.own.from.or(case.from),
        months: person.own.months.unwrap_or(months),
        province: case.province.as_deref(),
    }
}

/// The last day that was asked for, of the person or of all.
pub(super) fn wanted_end(case: &QuoteCase, person: &Enrollee) -> Option<NaiveDate> {
    person.own.until.or(case.until).filter(|_| person.own.months.is_none())
}

/// Số tháng còn lại đến ngày chung: the whole months from the first day until the day is covered.
///
/// # Errors
/// [`EngineError::EndBeforeStart`] for a day before the card begins, and those of [`plan`].
pub(super) fn months_left(
    rules: &Rulebook,
    person: &Enrollee,
    payment: Payment<'_>,
    until: NaiveDate,
) -> Result<u32, EngineError> {
    let Plan { terms, card: first, .. } = plan(rules, person, Payment { months: 1, ..payment })?;
    if first.from > until {
        return Err(EngineError::EndBeforeStart { from: first.from, until });
    }
    for months in 1..=MOST_MONTHS {
        if card(rules, &terms.value, person, Payment { months, ..payment })?.until >= until {
            return Ok(months);
        }
    }
    Err(EngineError::Overflow(Overflow))
}

/// Most months that are tried to reach a common last day; the payment cycles have their say later.
const MOST_MONTHS: u32 = 60;

/// A card that does not end on the day that was asked for.
pub(super) fn missed_end(case: &QuoteCase, person: &Enrollee, plan: &Plan<'_>) -> Option<Problem> {
    let wanted = wanted_end(case, person).filter(|day| *day != plan.card.until)?;
    let missed = Problem::new(Code::CommonEndMissed).with("date", wanted);
    Some(missed.with("until", plan.card.until).with("from", plan.card.from))
}
