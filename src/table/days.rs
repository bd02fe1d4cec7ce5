//! Ngày trong bảng của cơ quan: months for first days, years for birthdays.

use chrono::{Datelike, NaiveDate};

use crate::table::cells::{date, digits, text};
use crate::table::heading::Epoch;
use crate::table::known_days::KnownDays;
use crate::terms::problem::{Code, Problem};

/// Ngày sinh, with the latest day where only the year is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::table) struct Birth {
    pub(in crate::table) first: NaiveDate,
    pub(in crate::table) last: Option<NaiveDate>,
}

/// A day, or a month that stands for its first day.
#[inline]
pub(in crate::table) fn day_or_month(
    cell: &[u8],
    epoch: Option<Epoch>,
) -> Result<Option<NaiveDate>, Problem> {
    match date(cell, epoch) {
        Err(problem) if problem.code == Code::DateForm => month(cell).map_err(|_| problem),
        found => found,
    }
}

/// A month: `10/2026`, `2026-10`, `8/26`. An empty cell is none.
pub(in crate::table) fn month(cell: &[u8]) -> Result<Option<NaiveDate>, Problem> {
    let text = text(cell)?;
    if text.is_empty() {
        return Ok(None);
    }
    let form = || Problem::new(Code::DateForm);
    let (one, two) = text.split_once(['/', '-', '.']).ok_or_else(form)?;
    let number = |part: &str| digits(part.trim().as_bytes()).and_then(|number| u32::try_from(number).ok());
    let (one, two) = (number(one).ok_or_else(form)?, number(two).ok_or_else(form)?);
    let (month, year) = if one > 999 { (two, one) } else { (one, two) };
    // A month has no day that a year of two digits could be mistaken for.
    let year = if year < 100 { 2000 + year } else { year };
    let first = i32::try_from(year).ok().filter(|year| (1900..=2200).contains(year));
    first.and_then(|year| NaiveDate::from_ymd_opt(year, month, 1)).map(Some).ok_or_else(form)
}

/// A day of birth, or its year: `1981`, `198100000000`, `00/00/1981`.
#[inline]
pub(in crate::table) fn birth(
    cell: &[u8],
    epoch: Option<Epoch>,
    days: &mut KnownDays,
) -> Result<Option<Birth>, Problem> {
    // A year alone is no day in any form, and many rows have nothing else.
    if let [b'1' | b'2', _, _, _] = cell
        && let Some(year) = year_of_birth(cell)
    {
        return Ok(Some(year));
    }
    match days.date(cell, epoch) {
        Ok(day) => Ok(day.map(|first| Birth { first, last: None })),
        Err(problem) => year_of_birth(cell).map(Some).ok_or(problem),
    }
}

#[inline(never)]
fn year_of_birth(cell: &[u8]) -> Option<Birth> {
    let text = text(cell).ok()?;
    let zeros = |rest: &str| rest.chars().all(|sign| matches!(sign, '0' | '/' | '-' | '_' | '.' | ' '));
    let year = match text.len() {
        4 => &text[..],
        8 | 12 | 14 if zeros(text.get(4..)?) => text.get(..4)?,
        10 if zeros(text.get(..6)?) => text.get(6..)?,
        10 if zeros(text.get(4..)?) => text.get(..4)?,
        _ => return None,
    };
    let year = i32::try_from(digits(year.as_bytes())?).ok().filter(|year| (1900..=2200).contains(year))?;
    let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
    let last = NaiveDate::from_ymd_opt(first.year(), 12, 31)?;
    Some(Birth { first, last: Some(last) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
    }

    #[test]
    fn months_stand_for_their_first_day() {
        for cell in ["10/2026", "2026-10", "10-2026", "10/26", "10.2026"] {
            assert_eq!(month(cell.as_bytes()), Ok(Some(day(2026, 10, 1))), "{cell}");
        }
        assert_eq!(day_or_month(b"15/08/2026", None), Ok(Some(day(2026, 8, 15))));
        assert_eq!(day_or_month(b"8/2026", None), Ok(Some(day(2026, 8, 1))));
        for cell in ["13/2026", "x", "2026", "0/2026"] {
            assert!(month(cell.as_bytes()).is_err(), "{cell}");
        }
    }

    #[test]
    fn a_year_of_birth_is_a_span() {
        let mut days = KnownDays::default();
        for cell in ["1981", "198100000000", "19810000", "00/00/1981", "1981-00-00"] {
            let found = birth(cell.as_bytes(), None, &mut days).expect("readable").expect("a birth");
            assert_eq!((found.first, found.last), (day(1981, 1, 1), Some(day(1981, 12, 31))), "{cell}");
        }
        let whole = birth(b"197903120000", None, &mut days).expect("readable").expect("a birth");
        assert_eq!((whole.first, whole.last), (day(1979, 3, 12), None));
        for cell in ["81", "1981-02-30"] {
            assert!(birth(cell.as_bytes(), None, &mut days).is_err(), "{cell}");
        }
    }
}
