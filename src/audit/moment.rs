//! Thời điểm trong hồ sơ: the standard's `yyyymmddHHMM`, and days without a minute.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::number_text::NumberFault;

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// Thời điểm: a minute of a day, or a day as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileMoment {
    date: NaiveDate,
    minute: Option<u16>,
}

impl FileMoment {
    /// Before every moment of a file.
    pub const FIRST: FileMoment = FileMoment { date: NaiveDate::MIN, minute: None };

    /// A day without a minute.
    pub const fn day(date: NaiveDate) -> FileMoment {
        FileMoment { date, minute: None }
    }

    /// A minute of a day.
    pub const fn new(date: NaiveDate, minute: u16) -> FileMoment {
        FileMoment { date, minute: Some(minute) }
    }

    /// The day.
    pub const fn date(self) -> NaiveDate {
        self.date
    }

    /// The minute of the day, where one is written.
    pub const fn minute(self) -> Option<u16> {
        self.minute
    }

    /// True when this moment lies before another; days without a minute count from their first one.
    pub fn is_before(self, other: FileMoment) -> bool {
        (self.date, self.minute.unwrap_or(0)) < (other.date, other.minute.unwrap_or(0))
    }

    /// True when this moment lies before another whatever minute a day alone stands for.
    #[inline]
    pub fn is_surely_before(self, other: FileMoment) -> bool {
        let minutes = self.minute.zip(other.minute);
        self.date < other.date || (self.date == other.date && minutes.is_some_and(|(a, b)| a < b))
    }

    /// A number that keeps moments in few bytes.
    #[inline]
    pub(super) fn packed(self) -> i64 {
        let minute = self.minute.map_or(DAY, i64::from);
        i64::from(self.date.num_days_from_ce()) * (DAY + 1) + minute
    }

    /// The moment of a packed number.
    #[inline]
    pub(super) fn unpacked(packed: i64) -> Option<FileMoment> {
        let date = NaiveDate::from_num_days_from_ce_opt(i32::try_from(packed / (DAY + 1)).ok()?)?;
        let minute = packed % (DAY + 1);
        let minute = if minute == DAY { None } else { Some(u16::try_from(minute).ok()?) };
        Some(FileMoment { date, minute })
    }
}

/// `yyyymmddHHMM`, or `yyyymmdd` for a day.
impl fmt::Display for FileMoment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.date.format("%Y%m%d"))?;
        match self.minute {
            Some(minute) => write!(out, "{:02}{:02}", minute / 60, minute % 60),
            None => Ok(()),
        }
    }
}

/// Reads `yyyymmdd` and `yyyymmddHHMM`; with a fault, what can mean one moment only: seconds, `2026-07-01 08:30`,
/// `01/07/2026`.
///
/// # Errors
/// [`NumberFault::Missing`] for an empty text, [`NumberFault::NotAMoment`] for another form or a day the calendar lacks.
pub fn read(text: &[u8]) -> Result<(FileMoment, Option<NumberFault>), NumberFault> {
    let text = text.trim_ascii();
    if text.is_empty() {
        return Err(NumberFault::Missing);
    }
    if text.iter().all(u8::is_ascii_digit) {
        let fault = (text.len() == 14).then_some(NumberFault::OtherMoment);
        return plain(text).map(|moment| (moment, fault)).ok_or(NumberFault::NotAMoment);
    }
    marked(text).map(|moment| (moment, Some(NumberFault::OtherMoment))).ok_or(NumberFault::NotAMoment)
}

/// Digits only: a day, a minute, or a second.
fn plain(text: &[u8]) -> Option<FileMoment> {
    if !matches!(text.len(), 8 | 12 | 14) {
        return None;
    }
    let number = |from: usize, to: usize| {
        text[from..to].iter().fold(0_u32, |all, digit| all * 10 + u32::from(digit - b'0'))
    };
    let clock = (text.len() > 8).then(|| (number(8, 10), number(10, 12)));
    moment(number(0, 4), number(4, 6), number(6, 8), clock)
}

/// `2026-07-01T08:30:00`, `2026/07/01`, `01/07/2026 08:30`, `01-07-2026`: the year has four digits, so the order is plain.
fn marked(text: &[u8]) -> Option<FileMoment> {
    let text = std::str::from_utf8(text).ok()?;
    let (day, clock) = match text.split_once([' ', 'T']) {
        Some((day, clock)) => (day, Some(clock.trim_end_matches('Z'))),
        None => (text, None),
    };
    let numbers = |text: &str, marks: [char; 2]| -> Option<Vec<(usize, u32)>> {
        let part = |part: &str| {
            let plain = !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| part.parse().ok().map(|number| (part.len(), number))).flatten()
        };
        text.split(marks).map(part).collect()
    };
    let day = numbers(day, ['-', '/'])?;
    let ([(4, year), (1..=2, month), (1..=2, day)] | [(1..=2, day), (1..=2, month), (4, year)]) = day[..]
    else {
        return None;
    };
    let clock = match clock {
        None => None,
        Some(clock) => {
            let clock = clock.split('.').next().unwrap_or_default();
            match numbers(clock, [':', ':'])?[..] {
                [(1..=2, hour), (2, minute)] | [(1..=2, hour), (2, minute), (2, _)] => Some((hour, minute)),
                _ => return None,
            }
        }
    };
    moment(year, month, day, clock)
}

fn moment(year: u32, month: u32, day: u32, clock: Option<(u32, u32)>) -> Option<FileMoment> {
    let year = i32::try_from(year).ok()?;
    let date = NaiveDate::from_ymd_opt(year, month, day).filter(|date| date.year() >= 1900)?;
    match clock {
        None => Some(FileMoment::day(date)),
        Some((hour, minute)) if hour <= 23 && minute <= 59 => {
            u16::try_from(hour * 60 + minute).ok().map(|minute| FileMoment::new(date, minute))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_and_minutes_and_prints_them_back() {
        for text in ["20260701", "202607010000", "202607012359", "20240229"] {
            let (moment, fault) = read(text.as_bytes()).unwrap();
            assert_eq!((moment.to_string().as_str(), fault), (text, None));
            assert_eq!(FileMoment::unpacked(moment.packed()), Some(moment));
        }
        for (text, read_as) in [
            ("20260701083059", "202607010830"),
            ("2026-07-01 08:30", "202607010830"),
            ("2026-07-01T08:30:59", "202607010830"),
            ("01/07/2026", "20260701"),
            ("1/7/2026 8:30", "202607010830"),
        ] {
            let (moment, fault) = read(text.as_bytes()).unwrap();
            assert_eq!(
                (moment.to_string().as_str(), fault),
                (read_as, Some(NumberFault::OtherMoment)),
                "{text}"
            );
        }
    }

    #[test]
    fn refuses_what_is_no_moment() {
        for text in
            ["2026", "20260230", "202607012400", "202607010060", "2026-13-01", "01/07/26", "202607011", "1-2"]
        {
            assert_eq!(read(text.as_bytes()), Err(NumberFault::NotAMoment), "{text}");
        }
        assert_eq!(read(b" "), Err(NumberFault::Missing));
    }

    #[test]
    fn a_day_counts_from_its_first_minute() {
        let at = |text: &str| read(text.as_bytes()).unwrap().0;
        assert!(at("202607010829").is_before(at("202607010830")));
        assert!(!at("20260701").is_before(at("202607010000")));
        assert!(at("20260630").is_before(at("20260701")));
    }
}
