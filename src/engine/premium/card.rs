//! Thời hạn thẻ: from when to when a card is valid.

use chrono::{Datelike, NaiveDate};

use super::Payment;
use super::school::{months_until, school_end, school_start, to_year_end};
use crate::case::quote::{Enrollee, tag};
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::family::{CardValidity, GroupTerms, Lapse};
use crate::rulebook::timeline::Version;
use crate::terms::care::Reading;
use crate::terms::listed::Listed;
use crate::terms::number::Overflow;
use crate::terms::period::{
    days_after, last_day_of_cover, last_day_of_month, month_end_matters, month_of_cover,
};
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

/// Last day of the card of a child whose category ends with an age in months.
fn child_end(validity: &CardValidity, terms: &GroupTerms, person: &Enrollee) -> Option<NaiveDate> {
    if terms.until_child_months { child_card_end(validity, person.born?) } else { None }
}

/// Last day of a child's card: the autumn day of the year in which the age in months is reached, or the end of the
/// month of those born later in the year; the day itself where the law names no autumn day.
pub fn child_card_end(validity: &CardValidity, born: NaiveDate) -> Option<NaiveDate> {
    let birthday = month_of_cover(born, validity.child_months)?;
    let Some(autumn) = validity.child_card_ends else { return Some(birthday) };
    let autumn = autumn.in_year(birthday.year())?;
    Some(if birthday <= autumn { autumn } else { last_day_of_month(birthday) })
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
