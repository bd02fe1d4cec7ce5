//! Kỳ quyết toán: a month, a quarter or a year of accounts, as tables name them.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Serialize, Serializer};

use super::fold::fold;
use super::period::{last_day_of_month, parse_date};

/// Kỳ: so many whole months from the first day of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SettlementPeriod {
    first: NaiveDate,
    months: u32,
}

/// Months of a year.
const YEAR: u32 = 12;
/// Months of a quarter.
const QUARTER: u32 = 3;

impl SettlementPeriod {
    /// The month a day lies in.
    pub fn month_of(day: NaiveDate) -> SettlementPeriod {
        SettlementPeriod { first: day.with_day(1).unwrap_or(day), months: 1 }
    }

    /// Đọc kỳ: `2026`, `2026-07`, `07/2026`, `tháng 7 năm 2026`, `Q1/2026`, `quý I/2026`, or a day of the month.
    pub fn parse(text: &str) -> Option<SettlementPeriod> {
        if let Ok(day) = parse_date(text) {
            return Some(SettlementPeriod::month_of(day));
        }
        let folded = fold(text);
        let (mut is_quarter, mut is_month) = (false, false);
        let mut numbers: Vec<u32> = Vec::new();
        for word in folded.split('-') {
            let quarter = word.strip_prefix('q').filter(|rest| rest.len() == 1);
            match word {
                "quy" | "q" => is_quarter = true,
                "thang" => is_month = true,
                "nam" | "ky" => {}
                _ if quarter.is_some() => {
                    is_quarter = true;
                    numbers.push(quarter?.parse().ok()?);
                }
                // Quarters are numbered in Roman, months are not.
                "i" | "ii" | "iii" | "iv" => {
                    is_quarter |= !is_month;
                    numbers.push(if word == "iv" { 4 } else { u32::try_from(word.len()).ok()? });
                }
                digits if digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.len() <= 4 => {
                    numbers.push(digits.parse().ok()?);
                }
                _ => return None,
            }
        }
        let is_year = |number: u32| (1900..=2200).contains(&number);
        let (year, part) = match numbers[..] {
            [year] if is_year(year) && !is_quarter => (year, None),
            [first, second] if is_year(first) => (first, Some(second)),
            [first, second] if is_year(second) => (second, Some(first)),
            _ => return None,
        };
        let (month, months) = match part {
            None => (1, YEAR),
            Some(quarter) if is_quarter && (1..=4).contains(&quarter) => (quarter * QUARTER - 2, QUARTER),
            Some(month) if !is_quarter => (month, 1),
            Some(_) => return None,
        };
        let first = NaiveDate::from_ymd_opt(year.cast_signed(), month, 1)?;
        Some(SettlementPeriod { first, months })
    }

    /// Đọc kỳ dưới tiêu đề cột: `1/2024` below `Quý` is a quarter, below `Tháng` a month; the year may have a column of its own.
    pub fn parse_under(heading: &str, text: &str, year: &str) -> Option<SettlementPeriod> {
        let (heading, folded) = (fold(heading), fold(text));
        let is_quarter = heading.starts_with("quy") || heading.starts_with("quarter");
        let says_itself = folded.split('-').any(|word| word == "thang" || word.starts_with('q'));
        let text = if is_quarter && !says_itself { format!("quý {text}") } else { text.to_owned() };
        match (folded.is_empty(), year.is_empty()) {
            (true, _) => SettlementPeriod::parse(year),
            (false, true) => SettlementPeriod::parse(&text),
            (false, false) => {
                let own = SettlementPeriod::parse(&text);
                let named = SettlementPeriod::parse(year)?;
                match own {
                    Some(own) => (own.year() == named.year()).then_some(own),
                    None => SettlementPeriod::parse(&format!("{text}/{}", named.year())),
                }
            }
        }
    }

    /// Whether the two have days in common.
    pub fn overlaps(self, other: SettlementPeriod) -> bool {
        self.first_day() <= other.last_day() && other.first_day() <= self.last_day()
    }

    /// Its first day.
    pub const fn first_day(self) -> NaiveDate {
        self.first
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        self.months_after(0)
    }

    /// The last day of the n-th month after it.
    pub fn months_after(self, months: u32) -> NaiveDate {
        let last = self.first.checked_add_months(Months::new(self.months - 1 + months));
        last.map_or(self.first, last_day_of_month)
    }

    /// Its year.
    pub fn year(self) -> i32 {
        self.first.year()
    }

    /// How many months it has: 1, 3 or 12.
    pub const fn months(self) -> u32 {
        self.months
    }

    /// The payment cycle of so many months in which a month lies; a longer period is its own.
    #[must_use]
    pub fn cycle(self, months: u32) -> SettlementPeriod {
        if self.months >= months || months == 0 {
            return self;
        }
        let first = self.first.with_month(self.first.month0() / months * months + 1).unwrap_or(self.first);
        SettlementPeriod { first, months }
    }
}

/// `2026`, `2026-Q3`, `2026-07`.
impl fmt::Display for SettlementPeriod {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.months {
            YEAR => write!(out, "{:04}", self.year()),
            QUARTER => write!(out, "{:04}-Q{}", self.year(), self.first.month0() / QUARTER + 1),
            _ => write!(out, "{:04}-{:02}", self.year(), self.first.month()),
        }
    }
}

impl Serialize for SettlementPeriod {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_quarters_and_years_as_people_write_them() {
        let read = |text: &str| SettlementPeriod::parse(text).map(|period| period.to_string());
        for text in
            ["2026-07", "07/2026", "7/2026", "Tháng 07 năm 2026", "tháng 7/2026", "15/07/2026", "2026-07-01"]
        {
            assert_eq!(read(text).as_deref(), Some("2026-07"), "{text}");
        }
        for text in ["Q3/2026", "2026-Q3", "quý III/2026", "Quý 3 năm 2026", "q3 2026"] {
            assert_eq!(read(text).as_deref(), Some("2026-Q3"), "{text}");
        }
        for text in ["III/2026", "quý III/2026"] {
            assert_eq!(read(text).as_deref(), Some("2026-Q3"), "{text}");
        }
        for text in ["2026", "năm 2026"] {
            assert_eq!(read(text).as_deref(), Some("2026"), "{text}");
        }
        for text in ["", "26", "13/2026", "2026-13", "Q5/2026", "7/26", "x/2026", "2026 2027", "Cộng"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_heading_says_what_a_number_is() {
        let under = |heading: &str, text: &str, year: &str| {
            SettlementPeriod::parse_under(heading, text, year).map(|period| period.to_string())
        };
        for (heading, text, year, wanted) in [
            ("Quý", "1/2024", "", Some("2024-Q1")),
            ("Quý", "I", "2024", Some("2024-Q1")),
            ("Quý quyết toán", "Quý 4", "2024", Some("2024-Q4")),
            ("Tháng", "1/2024", "", Some("2024-01")),
            ("Tháng", "7", "Năm 2024", Some("2024-07")),
            ("Tháng", "07/2024", "2024", Some("2024-07")),
            ("Tháng", "07/2024", "2025", None),
            ("Tháng", "", "2024", Some("2024")),
            ("Quý", "5/2024", "", None),
            ("Tháng", "7", "", None),
        ] {
            assert_eq!(under(heading, text, year).as_deref(), wanted, "{heading} {text} {year}");
        }
    }

    #[test]
    fn a_month_is_due_after_its_own_cycle() {
        let month = SettlementPeriod::parse("2026-02").expect("a month");
        let after = |months: u32| month.cycle(months).months_after(1).to_string();
        assert_eq!([after(1), after(3), after(6)], ["2026-03-31", "2026-04-30", "2026-07-31"]);
    }
}
