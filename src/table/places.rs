//! Thứ tự trong hộ: places on the household ladder that the rows of one household take, fiscal year by fiscal year.

use chrono::{Datelike, NaiveDate};

use crate::rulebook::Rulebook;
use crate::rulebook::family::LadderCondition;

/// Thứ tự của một hộ, as its rows are read one after another.
#[derive(Debug, Default)]
pub struct HouseholdPlaces {
    current: Year,
    others: Vec<Year>,
}

/// Thứ tự đã dùng trong một năm tài chính.
#[derive(Debug, Clone, Copy, Default)]
struct Year {
    /// None before the first readable day of payment.
    number: Option<i32>,
    /// Members met so far.
    taken: u32,
    /// Members who already paid, as the rows said last.
    already: u32,
}

impl HouseholdPlaces {
    /// Bắt đầu một hộ khác.
    pub fn begin(&mut self) {
        self.current = Year::default();
        self.others.clear();
    }

    /// Giảm trừ tính trong năm tài chính: goes on with the places of the year in which a row pays, where the ladder of
    /// that day counts by year.
    #[inline]
    pub fn turn_to(&mut self, rules: &Rulebook, paid_on: NaiveDate) {
        let year = paid_on.year();
        if self.current.number.is_none() {
            self.current.number = Some(year);
        }
        if self.current.number != Some(year) {
            self.turn_to_other(rules, paid_on);
        }
    }

    fn turn_to_other(&mut self, rules: &Rulebook, paid_on: NaiveDate) {
        let year = paid_on.year();
        let ladder = rules.household_ladder.at(paid_on);
        if !ladder.is_ok_and(|version| version.value.joining == LadderCondition::WithinFiscalYear) {
            return;
        }
        let known = self.others.iter().position(|other| other.number == Some(year));
        let next = known.map(|index| self.others.swap_remove(index));
        self.others.push(self.current);
        self.current = next.unwrap_or(Year { number: Some(year), ..Year::default() });
    }

    /// A member of the ladder takes the next place, others take none.
    pub fn take(&mut self, on_ladder: bool) {
        self.current.taken += u32::from(on_ladder);
    }

    /// Số người đã đóng trước: holds for the rows after this one too.
    pub fn already(&mut self, members: u32) {
        self.current.already = members;
    }

    /// The place of the row.
    pub fn rank(&self) -> u32 {
        self.current.taken + self.current.already
    }
}
