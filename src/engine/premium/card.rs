//! Thời hạn thẻ: from when to when a card is valid.

use chrono::{Datelike, NaiveDate};

use crate::case::quote::{Enrollee, tag};
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::family::{CardValidity, FinalYearEnd, GroupTerms, Lapse};
use crate::rulebook::timeline::Version;
use crate::terms::money::Overflow;
use crate::terms::period::{
    days_after, last_day_of_cover, last_day_of_month, month_end_matters, month_of_cover, whole_months_between,
};
use crate::terms::problem::{Code, Problem};

/// Thời hạn thẻ and what it rests on.
#[derive(Debug, Clone)]
pub struct Card<'r> {
    /// First day of cover.
    pub from: NaiveDate,
    /// Last day of cover.
    pub until: NaiveDate,
    /// First day of the months that are paid for.
    pub counted_from: NaiveDate,
    /// The rule on waiting and lapse.
    pub validity: &'r Version<CardValidity>,
    /// What the user should know.
    pub notices: Vec<Problem>,
}

/// Thời điểm thẻ có giá trị và hết giá trị.
///
/// A first or lapsed card of the waiting categories starts after the waiting days; a card that follows another
/// starts the day after it; every other card starts on the day of payment. An explicit first day wins.
///
/// # Errors
/// [`EngineError`] when no rule is recorded for the day of payment.
pub fn card<'r>(
    rules: &'r Rulebook,
    terms: &GroupTerms,
    person: &Enrollee,
    paid_on: NaiveDate,
    wanted: Option<NaiveDate>,
    months: u32,
) -> Result<Card<'r>, EngineError> {
    let validity = rules.card_validity.at(paid_on)?;
    let mut notices = Vec::new();
    let from = match wanted {
        Some(day) => day,
        None => first_day_of_cover(rules, &validity.value, terms, person, paid_on, &mut notices)?,
    };
    let full = last_day_of_cover(from, months).ok_or(Overflow)?;
    let mut until = full;
    if month_end_matters(from, months) {
        notices.push(Problem::new(Code::MonthEnd).with("date", full));
    }
    if let Some(last) = school_end(rules, person, from, paid_on).filter(|last| *last < until) {
        until = last;
        notices.push(Problem::new(Code::SchoolCalendar).with("date", last));
    }
    if let Some(last) = child_end(&validity.value, terms, person).filter(|last| (from..until).contains(last))
    {
        until = last;
    }
    let counted_from = months_counted_from(&validity.value, terms, person, (paid_on, wanted), from);
    Ok(Card { from, until, counted_from, validity, notices })
}

/// Ngày đầu của thẻ when the user names none.
///
/// # Errors
/// [`EngineError::Overflow`] at the end of the calendar.
pub fn first_day_of_cover(
    rules: &Rulebook,
    validity: &CardValidity,
    terms: &GroupTerms,
    person: &Enrollee,
    paid_on: NaiveDate,
    notices: &mut Vec<Problem>,
) -> Result<NaiveDate, EngineError> {
    match grade_1_start(rules, validity, person, paid_on) {
        Some(day) => Ok(day),
        None => first_day(validity, terms, person, paid_on, notices),
    }
}

/// Ngày tính tháng đóng: the first day of the months that are paid for.
///
/// Months count from the day of payment (Nghị định 188/2025); where a card follows another or its first day is named,
/// they are the months of cover. The wait of a first card delays its use, not what was paid for.
pub fn months_counted_from(
    validity: &CardValidity,
    terms: &GroupTerms,
    person: &Enrollee,
    payment: (NaiveDate, Option<NaiveDate>),
    from: NaiveDate,
) -> NaiveDate {
    let (paid_on, wanted) = payment;
    let previous = person.circumstance(tag::PREVIOUS_CARD).and_then(|known| known.date);
    let follows = previous.and_then(|last| last.succ_opt()) == Some(from);
    let waits = wanted.is_none()
        && !follows
        && validity.waiting_categories.contains(&terms.category)
        && days_after(paid_on, validity.waiting_days) == Some(from);
    if waits { paid_on } else { from }
}

fn first_day(
    validity: &CardValidity,
    terms: &GroupTerms,
    person: &Enrollee,
    paid_on: NaiveDate,
    notices: &mut Vec<Problem>,
) -> Result<NaiveDate, EngineError> {
    if !validity.waiting_categories.contains(&terms.category) {
        return Ok(paid_on);
    }
    let previous = person.circumstance(tag::PREVIOUS_CARD).and_then(|known| known.date);
    let waiting = || days_after(paid_on, validity.waiting_days).ok_or(EngineError::from(Overflow));
    match previous {
        None => {
            notices.push(Problem::new(Code::FirstCardAssumed).with("days", validity.waiting_days));
            waiting()
        }
        Some(last) if has_lapsed(validity.lapse, last, paid_on) => waiting(),
        Some(last) => {
            let next_day = |day| days_after(day, 1).ok_or(EngineError::from(Overflow));
            Ok(next_day(last)?.max(next_day(paid_on)?))
        }
    }
}

/// Whether the interruption since the last day of the previous card is as long as the law's limit.
fn has_lapsed(lapse: Lapse, last: NaiveDate, paid_on: NaiveDate) -> bool {
    match lapse {
        Lapse::Days(days) => (paid_on - last).num_days() >= i64::from(days),
        Lapse::MonthsInFiscalYear(months) => {
            // The interruption counts apart in every fiscal year it touches.
            let end_of = |year: i32| NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(paid_on);
            (last.year()..=paid_on.year()).any(|year| {
                let (since, until) = (last.max(end_of(year - 1)), paid_on.min(end_of(year)));
                whole_months_between(since, until) >= months.cast_signed()
            })
        }
    }
}

/// Học sinh, sinh viên: groups whose payment cycles know the tails of a school year. A pupil who is insured in another
/// group has the card of that group.
fn pays_by_school_year(rules: &Rulebook, person: &Enrollee, paid_on: NaiveDate) -> bool {
    let cycles = rules.payment_cycles.at(paid_on).ok();
    cycles
        .and_then(|cycles| cycles.value.groups.get(&person.group))
        .is_some_and(|cycle| !cycle.school_tails.is_empty())
}

/// First day of the card of a pupil in the first year of school: the day of the school calendar, or the day on
/// which the child's card ends where the calendar lets it follow.
fn grade_1_start(
    rules: &Rulebook,
    validity: &CardValidity,
    person: &Enrollee,
    paid_on: NaiveDate,
) -> Option<NaiveDate> {
    person.circumstance(tag::GRADE_1).filter(|_| pays_by_school_year(rules, person, paid_on))?;
    let calendar = &rules.school_calendar.at(paid_on).ok()?.value;
    let autumn = calendar.grade_1_starts.in_year(paid_on.year())?;
    let child_card = person.born.and_then(|born| child_card_end(validity, born));
    let follows = child_card
        .filter(|last| calendar.grade_1_follows_child_card && *last > autumn && last.year() == autumn.year());
    Some(follows.unwrap_or(autumn))
}

/// Last day of the card of a pupil in grade 12 or a student in the final year.
fn school_end(rules: &Rulebook, person: &Enrollee, from: NaiveDate, paid_on: NaiveDate) -> Option<NaiveDate> {
    if person.circumstances.is_empty() || !pays_by_school_year(rules, person, paid_on) {
        return None;
    }
    let calendar = &rules.school_calendar.at(paid_on).ok()?.value;
    let year_end = last_day_of_month(NaiveDate::from_ymd_opt(from.year(), 12, 1)?);
    if person.circumstance(tag::GRADE_12).is_some() {
        let school = calendar.grade_12_ends.in_year(from.year())?;
        return Some(if calendar.may_pay_to_year_end { year_end } else { school });
    }
    let course_end = person.circumstance(tag::FINAL_YEAR)?.date?;
    let last = match calendar.final_year_ends {
        FinalYearEnd::EndOfMonth => last_day_of_month(course_end),
        FinalYearEnd::CourseEnd => course_end,
    };
    let year_end = last_day_of_month(NaiveDate::from_ymd_opt(course_end.year(), 12, 1)?);
    Some(if calendar.may_pay_to_year_end { year_end } else { last })
}

/// Last day of the card of a child whose category ends with an age in months.
fn child_end(validity: &CardValidity, terms: &GroupTerms, person: &Enrollee) -> Option<NaiveDate> {
    if terms.until_child_months { child_card_end(validity, person.born?) } else { None }
}

/// Last day of a child's card: the autumn day of the year in which the age in months is reached, or the end of the
/// month of those born later in the year.
pub fn child_card_end(validity: &CardValidity, born: NaiveDate) -> Option<NaiveDate> {
    let birthday = month_of_cover(born, validity.child_months)?;
    let autumn = validity.child_card_ends.in_year(birthday.year())?;
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
