//! Thời gian: calendar days, months of cover, and when a rule is in force.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Ngày trong tệp quy định: a TOML local date (`2026-07-01`), not a text and not a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleDate(pub NaiveDate);

impl RuleDate {
    /// `2026-07-01`, and nothing beside it.
    pub fn parse(text: &str) -> Option<RuleDate> {
        let is_plain = text.len() == 10
            && text.bytes().enumerate().all(|(at, sign)| match at {
                4 | 7 => sign == b'-',
                _ => sign.is_ascii_digit(),
            });
        let number = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
        let day = NaiveDate::from_ymd_opt(number(0, 4)?.cast_signed(), number(5, 7)?, number(8, 10)?);
        day.filter(|_| is_plain).map(RuleDate)
    }
}

impl<'de> Deserialize<'de> for RuleDate {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<RuleDate, D::Error> {
        input.deserialize_newtype_struct("RuleDate", Written)
    }
}

/// A day of a rule file, as its packed form tells it: only a day of TOML comes as a text here.
struct Written;

impl<'de> de::Visitor<'de> for Written {
    type Value = RuleDate;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("a plain date")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<RuleDate, E> {
        RuleDate::parse(text)
            .ok_or_else(|| E::custom(format!("`{text}` is not a plain date; write 2026-07-01")))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, input: D) -> Result<RuleDate, D::Error> {
        input.deserialize_any(NoDate)
    }
}

/// What stands where a day belongs.
struct NoDate;

impl de::Visitor<'_> for NoDate {
    type Value = RuleDate;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("a plain date without quotes")
    }
}

impl Serialize for RuleDate {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(&self.0)
    }
}

/// Ngày trong năm: a day of every year, written `"09-30"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthDay {
    month: u32,
    day: u32,
}

impl MonthDay {
    /// That day in a given year; 29 February falls back to the 28th.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
            .or_else(|| NaiveDate::from_ymd_opt(year, self.month, self.day - 1))
    }
}

/// `09-30`.
impl std::fmt::Display for MonthDay {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:02}-{:02}", self.month, self.day)
    }
}

impl Serialize for MonthDay {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MonthDay {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<MonthDay, D::Error> {
        let text = String::deserialize(input)?;
        let refused = || de::Error::custom(format!("`{text}` is not a day of the year; write \"09-30\""));
        let (month, day) = text.split_once('-').ok_or_else(refused)?;
        let (month, day) = (month.parse().map_err(|_| refused())?, day.parse().map_err(|_| refused())?);
        // A leap year, so that 29 February can be written.
        NaiveDate::from_ymd_opt(LEAP_YEAR, month, day).ok_or_else(refused)?;
        Ok(MonthDay { month, day })
    }
}

/// Any leap year, to check days of the year against.
const LEAP_YEAR: i32 = 2000;

/// Why a text is not a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateError {
    /// Not `YYYY-MM-DD` or `DD/MM/YYYY`.
    Form,
    /// A two-digit year.
    ShortYear,
    /// A day the calendar does not have; the month has this many days, if the month exists.
    Impossible {
        /// Days of that month in that year.
        days_in_month: Option<u32>,
    },
}

/// Đọc ngày: reads `YYYY-MM-DD` or `DD/MM/YYYY`, never the month first, never a two-digit year.
///
/// # Errors
/// [`DateError`] says which of the three ways the text fails.
pub fn parse_date(text: &str) -> Result<NaiveDate, DateError> {
    let text = text.trim();
    let digits_only = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let separator = if text.contains('/') { '/' } else { '-' };
    let parts: Vec<&str> = text.split(separator).collect();
    let [first, second, third] = parts[..] else { return Err(DateError::Form) };
    if ![first, second, third].iter().all(|part| digits_only(part)) {
        return Err(DateError::Form);
    }
    let (year, month, day) = if separator == '-' && first.len() == 4 {
        (first, second, third)
    } else if third.len() == 4 {
        (third, second, first)
    } else if third.len() == 2 && first.len() <= 2 {
        return Err(DateError::ShortYear);
    } else {
        return Err(DateError::Form);
    };
    if month.len() > 2 || day.len() > 2 {
        return Err(DateError::Form);
    }
    let number = |part: &str| part.parse::<u32>().map_err(|_| DateError::Form);
    let (year, month, day) = (number(year)?, number(month)?, number(day)?);
    let year = i32::try_from(year).map_err(|_| DateError::Form)?;
    NaiveDate::from_ymd_opt(year, month, day)
        .filter(|date| (1900..=2200).contains(&date.year()))
        .ok_or(DateError::Impossible { days_in_month: days_in_month(year, month) })
}

/// Đọc tháng: first day of `2025-07`, `07/2025`, or of the month of a date.
///
/// # Errors
/// [`DateError`] as for dates.
pub fn parse_month(text: &str) -> Result<NaiveDate, DateError> {
    let text = text.trim();
    let separator = if text.contains('/') { '/' } else { '-' };
    let parts: Vec<&str> = text.split(separator).collect();
    let day = match parts[..] {
        [year, month] if separator == '-' && year.len() == 4 => {
            parse_date(&format!("{year}-{month:0>2}-01"))?
        }
        [month, year] if year.len() == 4 => parse_date(&format!("01/{month}/{year}"))?,
        _ => parse_date(text)?,
    };
    Ok(day.with_day(1).unwrap_or(day))
}

/// Tháng cuối của kỳ đóng: first day of the last month of the calendar quarter or half-year in which a month lies.
pub fn last_month_of_cycle(month: NaiveDate, cycle: u32) -> NaiveDate {
    let last = month.month0() / cycle.max(1) * cycle.max(1) + cycle.max(1);
    month.with_month(last).unwrap_or(month)
}

/// Số ngày của tháng, or `None` for a month that does not exist.
pub fn days_in_month(year: i32, month: u32) -> Option<u32> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    Some(last_day_of_month(first).day())
}

/// Ngày cuối tháng of the month a day lies in.
pub fn last_day_of_month(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(day)
}

/// Ngày đầu của tháng thứ n (kể từ 0): first day of the n-th month of cover, counted from `start`.
///
/// Months are anniversary months ("tính theo tháng kể từ ngày đóng"); where the month is too short for
/// the day, its last day stands in.
#[inline]
pub fn month_of_cover(start: NaiveDate, months: u32) -> Option<NaiveDate> {
    start.checked_add_months(Months::new(months))
}

/// Ngày cuối của thời hạn: last day of a period of whole months from `start`.
#[inline]
pub fn last_day_of_cover(start: NaiveDate, months: u32) -> Option<NaiveDate> {
    month_of_cover(start, months)?.pred_opt()
}

/// Whether the two ways of counting months from a day at a month's end give different last days.
#[inline]
pub fn month_end_matters(start: NaiveDate, months: u32) -> bool {
    month_of_cover(start, months).is_some_and(|end| end.day() != start.day())
}

/// That many days later.
pub fn days_after(day: NaiveDate, days: u32) -> Option<NaiveDate> {
    day.checked_add_days(Days::new(u64::from(days)))
}

/// Số tháng tròn giữa hai ngày: whole months from `start` to `day`, negative when `day` comes first.
pub fn whole_months_between(start: NaiveDate, day: NaiveDate) -> i32 {
    let months = (day.year() - start.year()) * 12 + day.month().cast_signed() - start.month().cast_signed();
    if day.day() < start.day() && day != last_day_of_month(day) { months - 1 } else { months }
}

/// Tuổi: full years of age on a day.
pub fn age_on(born: NaiveDate, day: NaiveDate) -> i32 {
    let years = day.year() - born.year();
    if (day.month(), day.day()) < (born.month(), born.day()) { years - 1 } else { years }
}

/// Ngày tròn tuổi: the day on which a person reaches an age; 29 February counts on 1 March of common years.
pub fn birthday(born: NaiveDate, age: u32) -> Option<NaiveDate> {
    let year = born.year().checked_add(age.cast_signed())?;
    NaiveDate::from_ymd_opt(year, born.month(), born.day()).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        parse_date(text).unwrap()
    }

    #[test]
    fn reads_both_documented_forms_and_no_other() {
        assert_eq!(parse_date("2026-08-01"), parse_date("01/08/2026"));
        assert_eq!(parse_date("1/8/2026"), parse_date("2026-08-01"));
        assert_eq!(parse_date("31/02/2026"), Err(DateError::Impossible { days_in_month: Some(28) }));
        assert_eq!(parse_date("01/08/26"), Err(DateError::ShortYear));
        for text in ["", "2026", "08-2026", "2026/08", "hôm nay", "2026-8-1x", "20260801", "+1/08/2026"] {
            assert_eq!(parse_date(text), Err(DateError::Form), "{text}");
        }
        assert_eq!(parse_date("01/13/2026"), Err(DateError::Impossible { days_in_month: None }));
    }

    #[test]
    fn a_year_of_cover_ends_the_day_before_the_anniversary() {
        assert_eq!(last_day_of_cover(day("2026-08-01"), 12), Some(day("2027-07-31")));
        assert_eq!(last_day_of_cover(day("2024-02-29"), 12), Some(day("2025-02-27")));
        assert!(month_end_matters(day("2024-02-29"), 12));
    }

    #[test]
    fn whole_months_and_age_turn_on_the_day() {
        assert_eq!(whole_months_between(day("2025-03-15"), day("2028-03-14")), 35);
        assert_eq!(whole_months_between(day("2025-03-15"), day("2028-03-15")), 36);
        assert_eq!(age_on(day("1961-08-02"), day("2026-08-01")), 64);
        assert_eq!(age_on(day("1961-08-01"), day("2026-08-01")), 65);
    }
}
