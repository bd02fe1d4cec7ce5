//! Tiền đã đọc: what the cells of money of a row said, by their text.
//!
//! A list repeats few percents, bases and amounts, and each of them is read anew in some hundred instructions: exact shares, steps
//! of the ladder of the day, the base salary of the day. The same texts on the same day say the same, so that nothing of the law is
//! copied here.

use std::hash::{Hash, Hasher};

use chrono::NaiveDate;

use crate::table::csv::TableRow;
use crate::terms::quick_hash::Mixer;

/// What the meaning of the cells rests on besides: the day of payment, and whether the person is on the ladder.
pub(super) type MoneyQuestion = (NaiveDate, bool);

/// Answers kept at a time: some hundred days of payment with every step of the ladder seldom meet in a slot.
const KEPT: usize = 4096;

/// Tiền đã đọc.
#[derive(Debug)]
pub(super) struct KnownMoney<M> {
    /// Columns that say something about money.
    columns: Vec<usize>,
    cells: Vec<u8>,
    known: Vec<Option<Box<RememberedMoney<M>>>>,
}

/// What some cells said.
#[derive(Debug, Clone)]
struct RememberedMoney<M> {
    asked: MoneyQuestion,
    cells: Box<[u8]>,
    money: M,
}

impl<M: Copy> KnownMoney<M> {
    /// A memory for tables with these columns of money.
    pub(super) fn of(columns: Vec<usize>) -> KnownMoney<M> {
        KnownMoney { columns, cells: Vec::new(), known: vec![None; KEPT] }
    }

    /// The slot of a row, whose cells are noted; none where cells are too long to be repeated.
    #[inline]
    pub(super) fn slot(&mut self, row: &TableRow<'_>, asked: MoneyQuestion) -> Option<usize> {
        self.cells.clear();
        for column in &self.columns {
            let cell = row.cell(*column);
            // The length before each cell keeps `1`, `23` and `12`, `3` apart.
            self.cells.push(u8::try_from(cell.len()).ok()?);
            self.cells.extend_from_slice(&cell);
        }
        let mut hash = Mixer::default();
        hash.write(&self.cells);
        asked.hash(&mut hash);
        Some(usize::try_from(hash.finish()).unwrap_or_default() % KEPT)
    }

    /// What the noted cells said before.
    #[inline]
    pub(super) fn find(&self, slot: usize, asked: MoneyQuestion) -> Option<M> {
        let said = self.known[slot].as_ref()?;
        (said.asked == asked && *said.cells == *self.cells).then_some(said.money)
    }

    /// Keeps what the noted cells said.
    pub(super) fn keep(&mut self, slot: usize, asked: MoneyQuestion, money: M) {
        let cells = self.cells.as_slice().into();
        self.known[slot] = Some(Box::new(RememberedMoney { asked, cells, money }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::TableLimits;
    use crate::table::csv::Splitter;

    #[test]
    fn nothing_is_remembered_of_other_cells_or_another_day() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 8, day).expect("a day");
        let splitter = Splitter { separator: b',', limits: TableLimits::TEXT, counts_lines: true };
        let mut known = KnownMoney::of(vec![1, 2]);
        let mut again = Vec::new();
        for asked in [(day(1), true), (day(2), true), (day(1), false), (day(1), true)] {
            let read = splitter.walk(b"x,1,23\nx,12,3\nx,,123\nx,123,\ny,1,23\n", 1, |row| {
                let slot = known.slot(&row, asked).expect("short cells");
                let kept = known.find(slot, asked);
                // The fifth row says what the first does, whoever it is about.
                let own = (asked, row.number % 4);
                assert!(kept.is_none_or(|kept| kept == own), "{kept:?} for {own:?}");
                again.extend(kept);
                known.keep(slot, asked, own);
                Ok(())
            });
            assert_eq!(read.map(|walked| walked.rows).ok(), Some(5));
        }
        assert!(again.len() >= 5, "{again:?}");
    }
}
