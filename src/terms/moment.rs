//! Thời điểm: a day, and the hour and minute where they are known.

use chrono::{NaiveDate, NaiveTime};

use super::period::{DateError, parse_date};

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// Thời điểm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub day: NaiveDate,
    /// The time of the day, where known.
    pub time: Option<NaiveTime>,
}

impl Moment {
    /// Đọc `2026-08-01`, `2026-08-01 08:30` or `2026-08-01T08:30`, with seconds or without.
    ///
    /// # Errors
    /// [`DateError`] for another form or an impossible day.
    pub fn parse(text: &str) -> Result<Moment, DateError> {
        let text = text.trim();
        let (day, time) = match text.split_once([' ', 'T']) {
            Some((day, time)) => (day, Some(time.trim())),
            None => (text, None),
        };
        let read = |time: &str| {
            NaiveTime::parse_from_str(time, "%H:%M")
                .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M:%S"))
                .map_err(|_| DateError::Form)
        };
        Ok(Moment { day: parse_date(day)?, time: time.map(read).transpose()? })
    }

    /// Minutes since a day began; a day without a time begins.
    pub fn minutes_since(self, start: NaiveDate) -> i64 {
        use chrono::Timelike as _;
        let time = self.time.map_or(0, |time| i64::from(time.hour() * 60 + time.minute()));
        (self.day - start).num_days() * DAY + time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_with_and_without_its_time() {
        let day = NaiveDate::from_ymd_opt(2026, 8, 1).expect("a day");
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0);
        assert_eq!(Moment::parse("2026-08-01").ok(), Some(Moment { day, time: None }));
        assert_eq!(Moment::parse("2026-08-01 08:30").ok(), Some(Moment { day, time: at(8, 30) }));
        assert_eq!(Moment::parse("2026-08-01T08:30:00").ok(), Some(Moment { day, time: at(8, 30) }));
        assert_eq!(Moment::parse("2026-08-01 25:00").ok(), None);
        assert_eq!(Moment { day, time: at(4, 1) }.minutes_since(day), 241);
    }
}
