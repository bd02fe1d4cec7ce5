//! Thời điểm trong hồ sơ: the standard's `yyyymmddHHMM`, and days without a minute.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::figure::Fault;

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// Thời điểm: a minute of a day, or a day as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    date: NaiveDate,
    minute: Option<u16>,
}

impl Moment {
    /// A day without a minute.
    pub const fn day(date: NaiveDate) -> Moment {
        Moment { date, minute: None }
    }

    /// A minute of a day.
    pub const fn new(date: NaiveDate, minute: u16) -> Moment {
        Moment { date, minute: Some(minute) }
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
    pub fn is_before(self, other: Moment) -> bool {
        (self.date, self.minute.unwrap_or(0)) < (other.date, other.minute.unwrap_or(0))
    }

    /// A number that keeps moments in few bytes.
    pub(super) fn packed(self) -> i64 {
        let minute = self.minute.map_or(DAY, i64::from);
        i64::from(self.date.num_days_from_ce()) * (DAY + 1) + minute
    }

    /// The moment of a packed number.
    pub(super) fn unpacked(packed: i64) -> Option<Moment> {
        let date = NaiveDate::from_num_days_from_ce_opt(i32::try_from(packed / (DAY + 1)).ok()?)?;
        let minute = packed % (DAY + 1);
        let minute = if minute == DAY { None } else { Some(u16::try_from(minute).ok()?) };
        Some(Moment { date, minute })
    }
}

/// `yyyymmddHHMM`, or `yyyymmdd` for a day.
impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.date.format("%Y%m%d"))?;
        match self.minute {
            Some(minute) => write!(out, "{:02}{:02}", minute / 60, minute % 60),
            None => Ok(()),
        }
    }
}

/// Reads `yyyymmdd`, `yyyymmddHHMM` or, as some exporters add, `yyyymmddHHMMSS`.
///
/// # Errors
/// [`Fault::Missing`] for an empty text, [`Fault::NotAMoment`] for another form or a day the calendar lacks.
pub fn read(text: &[u8]) -> Result<Moment, Fault> {
    let text = text.trim_ascii();
    if text.is_empty() {
        return Err(Fault::Missing);
    }
    if !matches!(text.len(), 8 | 12 | 14) || !text.iter().all(u8::is_ascii_digit) {
        return Err(Fault::NotAMoment);
    }
    let number = |from: usize, to: usize| {
        text[from..to].iter().fold(0_u32, |all, digit| all * 10 + u32::from(digit - b'0'))
    };
    let year = i32::try_from(number(0, 4)).map_err(|_| Fault::NotAMoment)?;
    let date = NaiveDate::from_ymd_opt(year, number(4, 6), number(6, 8))
        .filter(|date| date.year() >= 1900)
        .ok_or(Fault::NotAMoment)?;
    if text.len() == 8 {
        return Ok(Moment::day(date));
    }
    let (hour, minute) = (number(8, 10), number(10, 12));
    if hour > 23 || minute > 59 {
        return Err(Fault::NotAMoment);
    }
    u16::try_from(hour * 60 + minute).map(|minute| Moment::new(date, minute)).map_err(|_| Fault::NotAMoment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_and_minutes_and_prints_them_back() {
        for text in ["20260701", "202607010000", "202607012359", "20240229"] {
            assert_eq!(read(text.as_bytes()).unwrap().to_string(), text);
            let moment = read(text.as_bytes()).unwrap();
            assert_eq!(Moment::unpacked(moment.packed()), Some(moment));
        }
        assert_eq!(read(b"20260701083059").unwrap().to_string(), "202607010830");
    }

    #[test]
    fn refuses_what_is_no_moment() {
        for text in
            ["2026", "20260230", "202607012400", "202607010060", "2026-07-01", "01/07/2026", "202607011"]
        {
            assert_eq!(read(text.as_bytes()), Err(Fault::NotAMoment), "{text}");
        }
        assert_eq!(read(b" "), Err(Fault::Missing));
    }

    #[test]
    fn a_day_counts_from_its_first_minute() {
        let at = |text: &str| read(text.as_bytes()).unwrap();
        assert!(at("202607010829").is_before(at("202607010830")));
        assert!(!at("20260701").is_before(at("202607010000")));
        assert!(at("20260630").is_before(at("20260701")));
    }
}
