//! Lịch học đường: when the card of a pupil or student begins, ends, and how many months of it can be paid for.

use chrono::{Datelike, NaiveDate};

use super::card_start::{Start, child_card_end, first_day};
use crate::case::quote::{Enrollee, tag};
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::family::{CardValidity, FinalYearEnd, SchoolCalendar};
use crate::terms::number::Overflow;
use crate::terms::period::{days_after, last_day_of_month, month_of_cover};
use crate::terms::problem::{Code, Problem};

/// Months of a year, December being the last.
const DECEMBER: u32 = 12;

/// Học sinh, sinh viên: groups whose payment cycles know the tails of a school year. A pupil who is insured in another
/// group has the card of that group.
#[inline]
pub fn pays_by_school_year(rules: &Rulebook, person: &Enrollee, paid_on: NaiveDate) -> bool {
    let cycles = rules.payment_cycles.at(paid_on).ok();
    cycles
        .and_then(|cycles| cycles.value.groups.get(&person.group))
        .is_some_and(|cycle| !cycle.school_tails.is_empty())
}

/// Ngày đầu của thẻ theo lịch học đường: grade 1 and the first year of a course; `None` where the calendar names no day.
///
/// Who pays by the day the calendar names has the card from that day; a first-year student also who pays later in the
/// year of enrolment. Who pays after that renews the card before it: day of payment, or, for those who wait, the wait
/// after a lapse.
///
/// # Errors
/// [`EngineError::Overflow`] at the end of the calendar.
pub fn school_start(
    rules: &Rulebook,
    validity: &CardValidity,
    person: &Enrollee,
    (paid_on, waits): (NaiveDate, bool),
    notices: &mut Vec<Problem>,
) -> Result<Option<Start>, EngineError> {
    if person.circumstances.is_empty() || !pays_by_school_year(rules, person, paid_on) {
        return Ok(None);
    }
    let Ok(calendar) = rules.school_calendar.at(paid_on) else { return Ok(None) };
    let begins = match grade_1(&calendar.value, validity, person, paid_on, notices)? {
        Some(begins) => begins,
        None => match person.circumstance(tag::FIRST_YEAR).and_then(|known| known.date) {
            Some(enrolment) => {
                Begins { card: Start::on(enrolment), before: None, by: year_end(enrolment).ok_or(Overflow)? }
            }
            None => return Ok(None),
        },
    };
    let given = person.circumstance(tag::PREVIOUS_CARD).and_then(|known| known.date);
    if paid_on > begins.by {
        return first_day(validity, given.or(begins.before), paid_on, waits, notices).map(Some);
    }
    let Some(last) = given else { return Ok(Some(begins.card)) };
    let follows = days_after(last, 1).ok_or(Overflow)?;
    Ok(Some(if follows > begins.card.day { Start::on(follows) } else { begins.card }))
}

/// The first card of a school career, the last day of the card before it where that is known, and the last day of
/// payment for it.
struct Begins {
    card: Start,
    before: Option<NaiveDate>,
    by: NaiveDate,
}

/// Thẻ lớp 1: from the autumn of the year in which the child reaches the age of school, or when the child's card ends.
fn grade_1(
    calendar: &SchoolCalendar,
    validity: &CardValidity,
    person: &Enrollee,
    paid_on: NaiveDate,
    notices: &mut Vec<Problem>,
) -> Result<Option<Begins>, EngineError> {
    let Some(known) = person.circumstance(tag::GRADE_1) else { return Ok(None) };
    let of_age = person.born.and_then(|born| month_of_cover(born, validity.child_months));
    let year = known.date.or(of_age).map_or(paid_on.year(), |day| day.year());
    let autumn = calendar.grade_1_starts.in_year(year).ok_or(Overflow)?;
    if known.date.or(of_age).is_none() {
        let last_autumn = calendar.grade_1_starts.in_year(year - 1).ok_or(Overflow)?;
        if paid_on - last_autumn < autumn - paid_on {
            notices.push(Problem::new(Code::SchoolYearAssumed).with("date", autumn));
        }
    }
    let child_card =
        person.born.and_then(|born| child_card_end(validity, born)).filter(|last| last.year() == year);
    let card = match child_card.filter(|last| *last >= autumn) {
        None => Start::on(autumn),
        // The text names the last day of the child's card; the months paid for are those after it.
        Some(last) if calendar.grade_1_follows_child_card => {
            Start { day: last, counted_from: days_after(last, 1).ok_or(Overflow)? }
        }
        Some(last) => Start::on(days_after(last, 1).ok_or(Overflow)?),
    };
    Ok(Some(Begins { card, before: child_card.or(autumn.pred_opt()), by: card.day }))
}

/// Ngày cuối của thẻ học sinh lớp 12, sinh viên năm cuối.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchoolEnd {
    /// Last day of school.
    pub school: NaiveDate,
    /// Last day up to which may be paid.
    pub payable: NaiveDate,
}

/// The end of school of a pupil in grade 12 or a student in the final year.
pub fn school_end(
    rules: &Rulebook,
    person: &Enrollee,
    from: NaiveDate,
    paid_on: NaiveDate,
) -> Option<SchoolEnd> {
    if person.circumstances.is_empty() || !pays_by_school_year(rules, person, paid_on) {
        return None;
    }
    let calendar = &rules.school_calendar.at(paid_on).ok()?.value;
    let of_course = |day| match calendar.final_year_ends {
        FinalYearEnd::EndOfMonth => last_day_of_month(day),
        FinalYearEnd::CourseEnd => day,
    };
    let dated = |name| person.circumstance(name).and_then(|known| known.date);
    let school = match (person.circumstance(tag::GRADE_12), calendar.grade_12_ends) {
        (Some(_), Some(day)) => {
            let of = |year| day.in_year(year);
            match dated(tag::GRADE_12) {
                Some(school) => of(school.year())?,
                None => of(from.year()).filter(|last| *last >= from).or_else(|| of(from.year() + 1))?,
            }
        }
        (Some(_), None) => of_course(dated(tag::GRADE_12)?),
        (None, _) => of_course(dated(tag::FINAL_YEAR)?),
    };
    let payable = if calendar.may_pay_to_year_end { year_end(school)? } else { school };
    Some(SchoolEnd { school, payable })
}

/// Hết năm dương lịch: the last day, where the months paid for are just those that are left of a calendar year (and the next).
///
/// Schools collect by calendar year: a card bought for the months that are left ends with the year and not some days later.
pub fn to_year_end(
    rules: &Rulebook,
    person: &Enrollee,
    counted_from: NaiveDate,
    months: u32,
    paid_on: NaiveDate,
) -> Option<NaiveDate> {
    let left = DECEMBER + 1 - counted_from.month();
    let last = match months.checked_sub(left)? {
        0 => year_end(counted_from)?,
        DECEMBER => year_end(month_of_cover(counted_from, DECEMBER)?)?,
        _ => return None,
    };
    pays_by_school_year(rules, person, paid_on).then_some(last)
}

/// Số tháng đóng được: the months that begin before the end of school, where nothing beyond it may be paid for.
pub fn months_until(from: NaiveDate, months: u32, last: NaiveDate) -> u32 {
    let begins_by = |month: &u32| month_of_cover(from, *month).is_some_and(|day| day <= last);
    (0..months).take_while(begins_by).fold(0, |count, _| count + 1)
}

/// Whether the months that are asked for may be cut by the end of school.
#[inline]
pub fn may_be_cut(rules: &Rulebook, person: &Enrollee, paid_on: NaiveDate) -> bool {
    let ends = [tag::GRADE_12, tag::FINAL_YEAR].iter().any(|name| person.circumstance(name).is_some());
    ends && rules.school_calendar.at(paid_on).is_ok_and(|calendar| !calendar.value.may_pay_to_year_end)
}

fn year_end(day: NaiveDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(day.year(), DECEMBER, 1).map(last_day_of_month)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::quote::Circumstance;
    use crate::terms::period::parse_date;

    /// From 2025-08-15 on the months to the end of the year may be paid for (Decree 188/2025 art. 13.7 and 13.8).
    #[test]
    fn months_may_be_cut_in_the_last_year_of_school_until_2025_08_14() {
        let rules = Rulebook::bundled();
        let cut = |name: &str, paid_on| {
            let circumstances = vec![Circumstance { tag: name.to_owned(), date: None }];
            let person = Enrollee { circumstances, ..Enrollee::of_group("student") };
            may_be_cut(&rules, &person, parse_date(paid_on).expect("a day"))
        };
        for last in [tag::GRADE_12, tag::FINAL_YEAR] {
            let days = ["2014-12-31", "2015-01-01", "2018-12-01", "2025-08-14", "2025-08-15", "2026-08-01"];
            assert_eq!(days.map(|day| cut(last, day)), [false, true, true, true, false, false], "{last}");
        }
        assert!(!cut(tag::FIRST_YEAR, "2025-08-14"));
    }
}
