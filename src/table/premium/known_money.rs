//! Tiền đã đọc: what the cells of money of a row said, by their text.
//!
//! A list repeats few percents, bases and amounts, and each of them is read anew in some hundred instructions: exact shares, steps
//! of the ladder of the day, the base salary of the day. The same texts on the same day say the same, so that nothing of the law is
//! copied here.

use std::hash::{Hash, Hasher};

use chrono::NaiveDate;

use super::money::{About, RowMoney};
use crate::table::csv::TableRow;
use crate::terms::quick_hash::Mixer;

/// Answers kept at a time.
const KEPT: usize = 1024;

/// Tiền đã đọc.
#[derive(Debug)]
pub(super) struct KnownMoney {
    /// Columns that say something about money.
    columns: Vec<usize>,
    cells: Vec<u8>,
    known: Vec<Option<Said>>,
}

/// What some cells said.
#[derive(Debug, Clone)]
struct Said {
    day: NaiveDate,
    on_ladder: bool,
    cells: Box<[u8]>,
    money: RowMoney,
}

impl KnownMoney {
    /// A memory for tables with these columns of money.
    pub(super) fn of(columns: Vec<usize>) -> KnownMoney {
        KnownMoney { columns, cells: Vec::new(), known: vec![None; KEPT] }
    }

    /// The slot of a row, whose cells are noted; none where cells are too long to be repeated.
    #[inline]
    pub(super) fn slot(&mut self, row: &TableRow<'_>, about: About<'_>) -> Option<usize> {
        self.cells.clear();
        for column in &self.columns {
            let cell = row.cell(*column);
            // The length before each cell keeps `1`, `23` and `12`, `3` apart.
            self.cells.push(u8::try_from(cell.len()).ok()?);
            self.cells.extend_from_slice(&cell);
        }
        let mut hash = Mixer::default();
        hash.write(&self.cells);
        about.paid_on.hash(&mut hash);
        about.on_ladder.hash(&mut hash);
        Some(usize::try_from(hash.finish()).unwrap_or_default() % KEPT)
    }

    /// What the noted cells said before.
    #[inline]
    pub(super) fn find(&self, slot: usize, about: About<'_>) -> Option<RowMoney> {
        let said = self.known[slot].as_ref()?;
        let same =
            said.day == about.paid_on && said.on_ladder == about.on_ladder && *said.cells == *self.cells;
        same.then_some(said.money)
    }

    /// Keeps what the noted cells said.
    pub(super) fn keep(&mut self, slot: usize, about: About<'_>, money: RowMoney) {
        let cells = self.cells.as_slice().into();
        self.known[slot] = Some(Said { day: about.paid_on, on_ladder: about.on_ladder, cells, money });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::Rulebook;
    use crate::table::TableLimits;
    use crate::table::csv::Splitter;
    use crate::terms::number::Vnd;

    #[test]
    fn nothing_is_remembered_of_other_cells_or_another_day() {
        let rules = Rulebook::bundled();
        let day = |day| NaiveDate::from_ymd_opt(2026, 8, day).expect("a day");
        let table = b"x,1,23\nx,12,3\nx,,123\nx,123,\ny,1,23\n";
        let splitter = Splitter { separator: b',', limits: TableLimits::TEXT, counts_lines: true };
        let mut known = KnownMoney::of(vec![1, 2]);
        let mut found = Vec::new();
        for paid_on in [day(1), day(2), day(1)] {
            for on_ladder in [true, false] {
                let about = About { rules: &rules, paid_on, needs_pay: false, on_ladder };
                let walked = splitter.walk(table, 1, |row| {
                    let slot = known.slot(&row, about).expect("short cells");
                    let said = known.find(slot, about).and_then(|money| money.salary);
                    let number = i64::try_from(row.number).expect("a small number");
                    found.push((number, said.and_then(Vnd::dong)));
                    let salary = Some(Vnd::whole(number));
                    known.keep(slot, about, RowMoney { salary, ..RowMoney::default() });
                    Ok(())
                });
                assert_eq!(walked.map(|walked| walked.rows).ok(), Some(5));
            }
        }
        // The fifth row says what the first does, whoever it is about; a row is known again only by its own cells.
        assert!(
            found
                .iter()
                .all(|(row, said)| said.is_none_or(|said| said == *row || said % 4 == 1 && row % 4 == 1))
        );
        let again = found.iter().filter(|(_, said)| said.is_some()).count();
        assert!(again >= 6, "{again}");
    }
}
