//! Ngày đã gặp: days by their year, month and day, so that each is made once however many cells name it.

use chrono::NaiveDate;

use super::cells::{date, year_month_day};
use super::heading::Epoch;
use crate::terms::problem::Problem;

/// The years whose days have a place: those in which people of a table are born and pay. Others are read anew.
const FIRST_YEAR: u32 = 1920;
const YEARS: u32 = 128;

/// Bits of a place in a year for the day, and for month and day.
const DAY_BITS: u32 = 5;
const YEAR_BITS: u32 = 9;

/// The days of a year, by month and day.
type DaysOfYear = [Option<NaiveDate>; 1 << YEAR_BITS];

/// Ngày đã gặp: the days of the years that were met.
#[derive(Debug)]
pub struct KnownDays(Vec<Option<Box<DaysOfYear>>>);

impl Default for KnownDays {
    fn default() -> KnownDays {
        KnownDays(vec![None; YEARS as usize])
    }
}

impl KnownDays {
    /// As [`date`].
    ///
    /// # Errors
    /// As [`date`].
    #[expect(clippy::inline_always, reason = "three times a row, and a call costs as much as half of it")]
    #[inline(always)]
    pub fn date(&mut self, cell: &[u8], epoch: Option<Epoch>) -> Result<Option<NaiveDate>, Problem> {
        if cell.is_empty() {
            return Ok(None);
        }
        let (year, place) = place(cell);
        match self.0.get(year) {
            Some(Some(days)) if days[place].is_some() => Ok(days[place]),
            _ => self.first_met(cell, epoch, (year, place)),
        }
    }

    #[inline(never)]
    fn first_met(
        &mut self,
        cell: &[u8],
        epoch: Option<Epoch>,
        (year, place): (usize, usize),
    ) -> Result<Option<NaiveDate>, Problem> {
        let read = date(cell, epoch);
        if let (Ok(day), Some(days)) = (&read, self.0.get_mut(year)) {
            days.get_or_insert_with(|| Box::new([None; 1 << YEAR_BITS]))[place] = *day;
        }
        read
    }
}

/// The place of the day that a cell of ten signs names, by its year and in it; in no year for others.
#[inline]
fn place(cell: &[u8]) -> (usize, usize) {
    match year_month_day(cell) {
        Some(found) if found.month() < 16 && found.day() < 32 => (
            found.year().wrapping_sub(FIRST_YEAR) as usize,
            (found.month() << DAY_BITS | found.day()) as usize,
        ),
        _ => (usize::MAX, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_met_again_is_the_day_that_was_read() {
        let mut days = KnownDays::default();
        for round in 0..2 {
            for year in [1899, 1900, 1919, 1920, 1999, 2000, 2024, 2047, 2048, 2200, 2201, 9999] {
                for month in 0..=20 {
                    for day in (0..=40).chain([99]) {
                        for cell in
                            [format!("{year}-{month:02}-{day:02}"), format!("{day:02}/{month:02}/{year}")]
                        {
                            let code = |problem: Problem| problem.code;
                            let plain = date(cell.as_bytes(), None).map_err(code);
                            let known = days.date(cell.as_bytes(), None).map_err(code);
                            assert_eq!(known, plain, "{round} {cell}");
                        }
                    }
                }
            }
        }
        assert!(days.0.iter().flatten().flat_map(|days| days.iter()).flatten().count() > 5 * 365);
    }
}
