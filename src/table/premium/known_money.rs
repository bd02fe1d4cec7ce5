//! Tiền đã đọc: what the cells of money of a row said, by their text.
//!
//! A list repeats few percents, bases and amounts, and each of them is read anew in some hundred instructions: exact shares, steps
//! of the ladder, the base salary. The same texts under the same [`MoneyLaw`](super::money_law::MoneyLaw) say the same, and reading
//! them sees nothing else of the law.

use std::hash::Hasher;

use crate::engine::calendar::Era;
use crate::table::csv::TableRow;
use crate::terms::quick_hash::{Mixer, of_ends};

/// What the meaning of the cells rests on besides: the era of the day of payment, and whether the person is on the ladder.
pub(super) type MoneyQuestion = (Era, bool);

/// Answers kept at a time.
const KEPT: usize = 4096;

/// Tiền đã đọc.
#[derive(Debug)]
pub(super) struct KnownMoney<M> {
    /// First and last of neighbouring columns that say something about money.
    runs: Vec<(usize, usize)>,
    /// Cells of several runs, one behind the other.
    joined: Vec<u8>,
    /// By slot: the position of the answer, counted from one.
    slots: Vec<u16>,
    known: Vec<RememberedMoney<M>>,
}

/// What some cells said.
#[derive(Debug)]
struct RememberedMoney<M> {
    asked: MoneyQuestion,
    cells: Vec<u8>,
    money: M,
}

impl<M> KnownMoney<M> {
    /// A memory for tables with these columns of money.
    pub(super) fn of(mut columns: Vec<usize>) -> KnownMoney<M> {
        columns.sort_unstable();
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for column in columns {
            match runs.last_mut() {
                Some((_, last)) if column <= *last + 1 => *last = column,
                _ => runs.push((column, column)),
            }
        }
        KnownMoney { runs, joined: Vec::new(), slots: vec![0; KEPT], known: Vec::new() }
    }

    /// What the cells of a row say, which `read` tells where they were not met before.
    ///
    /// # Errors
    /// As `read`.
    #[inline]
    pub(super) fn find_or_read<E>(
        &mut self,
        row: &TableRow<'_>,
        asked: MoneyQuestion,
        read: impl FnOnce() -> Result<M, E>,
    ) -> Result<&M, E> {
        // Cells as they came, with their separators: what stands in them follows from that text alone.
        let cells = match &self.runs[..] {
            [(first, last)] => row.raw_cells(*first, *last),
            runs => {
                self.joined.clear();
                for (first, last) in runs {
                    let run = row.raw_cells(*first, *last);
                    // The length before each run keeps them apart.
                    self.joined.extend_from_slice(&run.len().to_le_bytes());
                    self.joined.extend_from_slice(run);
                }
                &self.joined
            }
        };
        let slot = slot(cells, asked);
        let Some(at) = usize::from(self.slots[slot]).checked_sub(1) else {
            self.known.push(RememberedMoney { asked, cells: cells.to_vec(), money: read()? });
            self.slots[slot] = u16::try_from(self.known.len()).unwrap_or_default();
            return Ok(&self.known[self.known.len() - 1].money);
        };
        let said = &mut self.known[at];
        if said.asked != asked || said.cells != cells {
            (said.money, said.asked) = (read()?, asked);
            said.cells.clear();
            said.cells.extend_from_slice(cells);
        }
        Ok(&said.money)
    }
}

/// Where what a text says is kept.
#[inline]
fn slot(cells: &[u8], (era, on_ladder): MoneyQuestion) -> usize {
    let mut hash = Mixer::default();
    hash.write_u64(u64::from(era) << 1 | u64::from(on_ladder));
    // The ends of a short text are all of it.
    if cells.len() <= 16 {
        hash.write_u64(of_ends(cells));
    } else {
        hash.write(cells);
    }
    usize::try_from(hash.finish()).unwrap_or_default() % KEPT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::TableLimits;
    use crate::table::csv::Splitter;

    #[test]
    fn nothing_is_remembered_of_other_cells_or_another_law() {
        let splitter = Splitter { separator: b',', limits: TableLimits::TEXT, counts_lines: true };
        let rows =
            "x,1,23,a,9\nx,12,3,b,9\nx,,123,c,9\nx,123,,d,9\ny,1,23,e,9\ny,\"1,23\",,f,9\nz,1,23,g,8\n";
        for columns in [vec![1, 2], vec![2, 1, 4]] {
            let tells_last = columns.len() == 3;
            let mut known = KnownMoney::of(columns);
            let (mut read, mut again) = (0, 0);
            for asked in [(1, true), (2, true), (1, false), (1, true)] {
                let walked = splitter.walk(rows.as_bytes(), 1, |row| {
                    let last = if tells_last { row.cell(4).to_vec() } else { Vec::new() };
                    let own = (asked, row.cell(1).to_vec(), row.cell(2).to_vec(), last);
                    let before = read;
                    let said = known.find_or_read(&row, asked, || {
                        read += 1;
                        Ok::<_, ()>(own.clone())
                    });
                    assert_eq!(said, Ok(&own));
                    again += u32::from(read == before);
                    Ok(())
                });
                assert_eq!(walked.map(|walked| walked.rows).ok(), Some(7));
            }
            // The fifth row says what the first does, whoever it is about.
            assert!(again >= 4, "{again} again, {read} read");
        }
    }
}
