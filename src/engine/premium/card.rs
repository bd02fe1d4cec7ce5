//! Thời hạn thẻ: from when to when a card is valid.

use chrono::NaiveDate;

pub use super::card_start::child_card_end;
use super::card_start::{Start, first_day};
use super::payment::Payment;
use super::school::{months_until, school_end, school_start, to_year_end};
use crate::case::quote::{Enrollee, tag};
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::family::{CardValidity, GroupTerms};
use crate::rulebook::timeline::Version;
use crate::terms::care::Reading;
use crate::terms::listed::Listed;
use crate::terms::number::Overflow;
use crate::terms::period::{last_day_of_cover, month_end_matters};
use crate::terms::problem::{Code, Problem};

/// Thời hạn thẻ and what it rests on.
#[derive(Debug, Clone)]
pub struct CardTerm<'r> {
    /// First day of cover.
    pub from: NaiveDate,
    /// Last day of cover.
    pub until: NaiveDate,
    /// Months that are paid for.
    pub months: u32,
    /// The card ends with the calendar or school year.
    pub ends_with_school: bool,
    /// The rule on waiting and lapse.
    pub validity: &'r Version<CardValidity>,
    /// What the user should know.
    pub notices: Vec<Problem>,
}

/// Thời điểm thẻ có giá trị và hết giá trị.
///
/// A first or lapsed card of those who wait starts after the waiting days; a card that follows another
/// starts the day after it, or on the day of payment if that is later; every other card starts on the day of payment.
/// An explicit first day wins.
///
/// # Errors
/// [`EngineError`] when no rule is recorded for the day of payment.
pub fn card<'r>(
    rules: &'r Rulebook,
    terms: &GroupTerms,
    person: &Enrollee,
    payment: Payment<'_>,
) -> Result<CardTerm<'r>, EngineError> {
    let Payment { paid_on, mut months, .. } = payment;
    let validity = rules.card_validity.at(paid_on)?;
    let mut notices = Vec::new();
    let start = match payment.from {
        Some(day) => Start::on(day),
        None => start(rules, &validity.value, terms, person, payment, &mut notices)?,
    };
    let end = school_end(rules, person, start.day, paid_on);
    let counted = start.day.max(start.counted_from);
    if let Some(last) = end.filter(|end| end.payable == end.school).map(|end| end.school) {
        let fit = months_until(counted, months, last);
        if (1..months).contains(&fit) {
            let cut = Problem::new(Code::MonthsCut).with("date", last);
            notices.push(cut.with("months", months).with("fit", fit));
            months = fit;
        }
    }
    let full = last_day_of_cover(counted, months).ok_or(Overflow)?;
    let of_year = to_year_end(rules, person, counted, months, paid_on);
    let mut until = of_year.unwrap_or(full);
    let mut ends_with_school = of_year.is_some();
    if until == full && month_end_matters(counted, months) {
        notices.push(Problem::new(Code::MonthEnd).with("date", full));
    }
    if let Some(end) = end.filter(|end| end.payable <= until) {
        if end.payable < until {
            notices.push(Problem::new(Code::SchoolCalendar).with("date", end.payable));
        }
        until = end.payable;
        ends_with_school = true;
    }
    ends_with_school |= end.is_some_and(|end| end.school == until);
    if let Some(last) =
        child_end(&validity.value, terms, person).filter(|last| (start.day..until).contains(last))
    {
        until = last;
    }
    Ok(CardTerm { from: start.day, until, months, ends_with_school, validity, notices })
}

/// Ngày đầu của thẻ when the user names none.
///
/// # Errors
/// [`EngineError::Overflow`] at the end of the calendar.
pub fn start(
    rules: &Rulebook,
    validity: &CardValidity,
    terms: &GroupTerms,
    person: &Enrollee,
    payment: Payment<'_>,
    notices: &mut Vec<Problem>,
) -> Result<Start, EngineError> {
    let paid_on = payment.paid_on;
    let waits = waits(validity, terms, person);
    if let Some(start) = school_start(rules, validity, person, (paid_on, waits), notices)? {
        return Ok(start);
    }
    if !waits && !terms.payers.is_state_supported() && !terms.payers.is_person_alone() {
        return Ok(Start::on(paid_on));
    }
    let previous = person.circumstance(tag::PREVIOUS_CARD).and_then(|known| known.date);
    let found = first_day(validity, previous, paid_on, waits, notices)?;
    if let Some(practice) = waits_in_practice(validity, &person.group)
        && practice != by_law(validity, terms, &person.group)
        && first_day(validity, previous, paid_on, !waits, &mut Vec::new())? != found
    {
        notices.push(reading_taken(rules, Reading::CardStartByPractice, person, paid_on));
    }
    Ok(found)
}

/// Đối tượng phải chờ: whether a first or lapsed card of the person waits, by the law or by the other reading if asked for.
pub fn waits(validity: &CardValidity, terms: &GroupTerms, person: &Enrollee) -> bool {
    let asked = person.circumstance(tag::CARD_BY_PRACTICE).is_some();
    let practice = waits_in_practice(validity, &person.group).filter(|_| asked);
    practice.unwrap_or_else(|| by_law(validity, terms, &person.group))
}

fn by_law(validity: &CardValidity, terms: &GroupTerms, group: &str) -> bool {
    let listed = || validity.waiting_groups.iter().any(|known| known == group);
    validity.waiting_categories.contains(&terms.category) || listed()
}

/// Theo cách làm của cơ quan bảo hiểm xã hội, where it differs from the law.
fn waits_in_practice(validity: &CardValidity, group: &str) -> Option<bool> {
    Some(validity.waiting_in_practice.as_ref()?.iter().any(|known| known == group))
}

/// Which reading was taken, and how to ask for the other.
fn reading_taken(rules: &Rulebook, reading: Reading, person: &Enrollee, day: NaiveDate) -> Problem {
    let note = rules.benefit.readings.at(day).ok();
    let note = note.and_then(|version| version.value.iter().find(|note| note.id == reading));
    let (vi, en) = match (note, person.circumstance(reading.key())) {
        (Some(note), None) => (note.taken_vi.as_str(), note.taken_en.as_str()),
        (Some(note), Some(_)) => (note.other_vi.as_str(), note.other_en.as_str()),
        (None, _) => ("", ""),
    };
    Problem::new(Code::ReadingTaken).with("what_vi", vi).with("what_en", en).with("reading", reading.key())
}

/// Last day of the card of a child whose category ends with an age in months.
fn child_end(validity: &CardValidity, terms: &GroupTerms, person: &Enrollee) -> Option<NaiveDate> {
    if terms.until_child_months { child_card_end(validity, person.born?) } else { None }
}

/// Thẻ trẻ em đã hết hạn trước lượt khám: the last day of the card of a group that ends with an age, when it lies
/// before admission.
pub fn ended_child_card(
    rules: &Rulebook,
    group: &str,
    born: Option<NaiveDate>,
    (admitted, discharged): (NaiveDate, NaiveDate),
) -> Option<NaiveDate> {
    let born = born?;
    let terms = rules.group(group)?.terms.at(discharged).ok()?;
    let validity = &rules.card_validity.at(discharged).ok()?.value;
    let last = child_card_end(validity, born).filter(|_| terms.value.until_child_months)?;
    (last < admitted).then_some(last)
}
