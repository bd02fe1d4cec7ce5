//! Cách trả lời một dòng: what a batch does with each row, and where the answer goes.

use super::tally::{BatchTally, MOST_NOTES, MOST_SUMS, UnsaidPlaces};
use crate::table::csv::TableRow;
use crate::table::heading::Layout;
use crate::terms::problem::{Code, Problem};

/// Cách trả lời một dòng: what a batch does with each row.
pub trait Kernel: Sync {
    /// What one thread holds between rows.
    type Worker: Send;

    /// Names of the columns it appends.
    fn appended(&self) -> &[&'static str];

    /// A worker for tables of this layout.
    fn worker(&self, layout: &Layout) -> Self::Worker;

    /// Begins a block whose first line is this one; a block may be read a second time.
    fn begin_block(&self, _: &mut Self::Worker, _line: u64) {}

    /// Whether a row is one to answer at all.
    fn aside(&self, _: &mut Self::Worker, _: &TableRow<'_>) -> Aside {
        Aside::No
    }

    /// Answers a row: writes every appended column behind its separator, and adds to the sums.
    ///
    /// # Errors
    /// Why the row is rejected; what was written is then taken back.
    fn row(
        &self,
        worker: &mut Self::Worker,
        row: &TableRow<'_>,
        answer: &mut RowAnswer<'_>,
    ) -> Result<(), Problem>;

    /// Checks the control totals.
    ///
    /// # Errors
    /// What disagrees.
    fn check(&self, sums: &[i128]) -> Result<(), String>;

    /// Names of the sums.
    fn labels(&self) -> &'static [&'static str];

    /// What a worker that read rows in order has to say behind the last of them.
    fn finish(&self, _: &mut Self::Worker) -> Option<Problem> {
        None
    }

    /// What is to be said before the first row.
    fn notices(&self) -> Vec<Problem> {
        Vec::new()
    }

    /// What is to be said of the whole table.
    fn closing(&self, _: &BatchTally) -> Vec<Problem> {
        Vec::new()
    }
}

/// Dòng không phải để tính: what a row is when it is no row to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aside {
    /// It is one to answer.
    No,
    /// A section, a total, a signature, somebody who does not pay.
    LeftOut(Code),
    /// The same, with something to look at.
    LeftOutWith(Code, Problem),
    /// Somebody who pays and cannot be answered.
    Rejected(Problem),
    /// Nothing can be read on from here.
    Stop(Problem),
}

/// Nơi ghi câu trả lời của một dòng.
pub struct RowAnswer<'a> {
    /// The row so far.
    pub out: &'a mut Vec<u8>,
    pub(super) sums: &'a mut [i128; MOST_SUMS],
    pub(super) added: [i64; MOST_SUMS],
    /// How many of the sums this row adds to.
    pub(super) used: usize,
    pub(super) warnings: &'a mut [u32; Code::ALL.len()],
    pub(super) places: &'a mut UnsaidPlaces,
    pub(super) notes: &'a mut [u64; MOST_NOTES],
}

impl RowAnswer<'_> {
    /// Adds amounts to the control totals, unless the row is rejected after all.
    #[inline]
    pub fn add(&mut self, amounts: &[i64]) {
        for (sum, amount) in self.added.iter_mut().zip(amounts) {
            *sum += amount;
        }
        self.used = self.used.max(amounts.len()).min(MOST_SUMS);
    }

    /// The same for a row that nothing can reject any more: straight to the totals, without a second look.
    #[inline]
    pub fn add_for_good(&mut self, amounts: &[i64]) {
        for (at, amount) in amounts.iter().enumerate() {
            self.sums[at] += i128::from(*amount);
        }
    }

    /// Counts a warning.
    pub fn warn(&mut self, code: Code) {
        self.warnings[code as usize] += 1;
    }

    /// Counts a row of the ladder whose household or place is known.
    #[inline]
    pub fn placed(&mut self) {
        self.places.known += 1;
    }

    /// Counts a row whose place on the ladder nothing says.
    pub fn placeless(&mut self) {
        self.places.unknown += 1;
    }

    /// Counts a row whose place on the ladder its own amount says.
    pub fn place_inferred(&mut self, rank: u32) {
        self.places.inferred += 1;
        self.places.highest = self.places.highest.max(rank);
    }

    /// Counts a row for one of the kernel's notes.
    pub fn note(&mut self, at: usize) {
        if let Some(count) = self.notes.get_mut(at) {
            *count += 1;
        }
    }

    #[inline]
    pub(super) fn keep(&mut self) {
        for at in 0..self.used {
            self.sums[at] += i128::from(self.added[at]);
        }
    }
}
