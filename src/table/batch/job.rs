//! Việc trên một khối: its rows answered, rejected and counted.

use memchr::{memchr, memchr_iter};

use super::columns::CarriedColumns;
use super::kernel::{Aside, Kernel, RowAnswer};
use super::tally::{BatchTally, MOST_NOTES, MOST_SUMS, UnsaidPlaces};
use crate::table::csv::{Begins, HouseholdTracker, RowBlock, Splitter, TableRow, Walked, push_cell};
use crate::table::heading::Layout;
use crate::table::households::{Households, IdRun};
use crate::table::{MOST_HOUSEHOLD_ROWS, Trouble};
use crate::terms::problem::{Code, Problem};

/// Rejected rows named for each code at the end.
const ROWS_NAMED: usize = 3;
/// Most things to look at that are told one by one.
const MOST_REPORTS: usize = 20;

/// What stays the same for all rows.
pub(super) struct Job<'j, K> {
    pub(super) kernel: &'j K,
    pub(super) layout: Layout,
    pub(super) household: Option<usize>,
    pub(super) columns: CarriedColumns,
    pub(super) say: &'j (dyn Fn(&Problem) -> String + Sync),
}

/// A block that was worked on.
pub(super) struct Done {
    pub(super) out: Vec<u8>,
    pub(super) rejects: Vec<u8>,
    pub(super) walked: Walked,
    pub(super) valid: u64,
    pub(super) rejected: u64,
    pub(super) sums: [i128; MOST_SUMS],
    pub(super) warnings: [u32; Code::ALL.len()],
    pub(super) rejections: Vec<(Code, u64)>,
    pub(super) asides: Vec<(Code, u64)>,
    pub(super) notes: [u64; MOST_NOTES],
    pub(super) places: UnsaidPlaces,
    pub(super) reports: Vec<Problem>,
    pub(super) runs: Vec<IdRun>,
}

impl Done {
    pub(super) fn new() -> Done {
        Done {
            out: Vec::new(),
            rejects: Vec::new(),
            walked: Walked::default(),
            valid: 0,
            rejected: 0,
            sums: [0; MOST_SUMS],
            warnings: [0; Code::ALL.len()],
            rejections: Vec::new(),
            asides: Vec::new(),
            notes: [0; MOST_NOTES],
            places: UnsaidPlaces::default(),
            reports: Vec::new(),
            runs: Vec::new(),
        }
    }

    pub(super) fn clear(&mut self) {
        let (mut out, mut rejects, mut runs) = (
            std::mem::take(&mut self.out),
            std::mem::take(&mut self.rejects),
            std::mem::take(&mut self.runs),
        );
        out.clear();
        rejects.clear();
        runs.clear();
        *self = Done { out, rejects, runs, ..Done::new() };
    }
}

impl BatchTally {
    pub(super) fn take_in(&mut self, done: &Done) {
        self.rows += done.walked.rows;
        self.blank += done.walked.blank;
        self.valid += done.valid;
        self.rejected += done.rejected;
        for (sum, added) in self.sums.iter_mut().zip(done.sums) {
            *sum += added;
        }
        for (code, count) in Code::ALL.iter().zip(done.warnings).filter(|(_, count)| *count > 0) {
            *self.warnings.entry(*code).or_default() += u64::from(count);
        }
        for (found, all) in [(&done.rejections, &mut self.rejections), (&done.asides, &mut self.asides)] {
            for (code, line) in found {
                let known = all.entry(*code).or_default();
                known.count += 1;
                if known.first.len() < ROWS_NAMED {
                    known.first.push(*line);
                }
            }
        }
        for (count, added) in self.notes.iter_mut().zip(done.notes) {
            *count += added;
        }
        self.places.take_in(done.places);
        let room = MOST_REPORTS.saturating_sub(self.reports.len());
        self.reports.extend(done.reports.iter().take(room).cloned());
        self.reports_left += done.reports.len().saturating_sub(room) as u64;
    }
}

impl<K: Kernel> Job<'_, K> {
    /// Answers the rows of a block. `seen` is given when its households must be looked at one by one.
    pub(super) fn process(
        &self,
        worker: &mut K::Worker,
        splitter: Splitter,
        block: &RowBlock,
        done: &mut Done,
        mut seen: Option<&mut Households>,
    ) -> Result<(), Trouble> {
        let bytes = block.bytes();
        let is_text = simdutf8::basic::from_utf8(bytes).is_ok();
        let block_text = BlockText { is_text, has_returns: memchr(b'\r', bytes).is_some() };
        let mut tracker = HouseholdTracker::at_start_of(block);
        let mut is_split = false;
        // A household begins with the first of its rows that the kernel gets to see.
        let mut begins_unseen = false;
        let separator = splitter.separator;
        let Done {
            out,
            rejects,
            runs,
            rejections,
            asides,
            sums,
            warnings,
            notes,
            places,
            reports,
            valid,
            rejected,
            ..
        } = done;
        out.reserve(bytes.len() * 2);
        self.kernel.begin_block(worker, block.first_line);
        let walked = splitter.walk(bytes, block.first_line, |mut row| {
            self.copy(&row, separator, block_text, out);
            let end = out.len();
            // Rows that are left out, such as a heading again or a sum, neither begin nor end a household.
            let aside = self.kernel.aside(worker, &row);
            if let Aside::LeftOut(code) | Aside::LeftOutWith(code, _) = aside {
                asides.push((code, row.number));
                if let Aside::LeftOutWith(_, problem) = aside {
                    reports.push(problem);
                }
                self.write_refused(out, &Problem::new(code), separator);
                return Ok(());
            }
            let mut begins = true;
            if let Some(column) = self.household {
                match tracker.next(row.cell(column)) {
                    Begins::No => begins = false,
                    Begins::Alone => is_split = false,
                    Begins::Household(id) => match &mut seen {
                        Some(seen) => is_split = !seen.insert(id),
                        None if runs.last_mut().is_some_and(|run| run.extend(id)) => {}
                        None => runs.push(IdRun::of(id)),
                    },
                }
            }
            begins_unseen |= begins;
            row.begins_household = begins_unseen;
            let mut problem = match aside {
                Aside::Stop(problem) => return Err(Trouble::input(problem)),
                Aside::Rejected(problem) => Some(problem),
                _ => self.refusal(&row, splitter, is_text, is_split, tracker.is_too_large()),
            };
            if problem.is_none() {
                begins_unseen = false;
                let mut answer =
                    RowAnswer { out, sums, added: [0; MOST_SUMS], used: 0, warnings, places, notes };
                match self.kernel.row(worker, &row, &mut answer) {
                    Ok(()) => answer.keep(),
                    Err(refused) => problem = Some(refused),
                }
            }
            match problem {
                None => {
                    *valid += 1;
                    out.extend_from_slice(&[separator, separator, b'\n']);
                }
                Some(problem) if problem.code == Code::Internal => {
                    return Err(Trouble {
                        problem: problem.at(format!("{}", row.number)),
                        ..Trouble::internal("")
                    });
                }
                Some(problem) => {
                    *rejected += 1;
                    rejections.push((problem.code, row.number));
                    out.truncate(end);
                    let error = self.write_refused(out, &problem, separator);
                    self.copy_rejected(&row, separator, block_text, rejects);
                    rejects.push(separator);
                    rejects.extend_from_slice(&error);
                }
            }
            Ok(())
        })?;
        done.walked = walked;
        check_lines(block, done)
    }

    /// Empty amounts, then the code and the reason; gives the latter.
    fn write_refused(&self, out: &mut Vec<u8>, problem: &Problem, separator: u8) -> Vec<u8> {
        out.extend(std::iter::repeat_n(separator, self.kernel.appended().len() + 1));
        let mut error = problem.code.as_str().as_bytes().to_vec();
        error.push(separator);
        push_cell(&mut error, (self.say)(problem).as_bytes(), separator);
        error.push(b'\n');
        out.extend_from_slice(&error);
        error
    }

    /// Why a row does not even get to the kernel.
    #[inline]
    fn refusal(
        &self,
        row: &TableRow<'_>,
        splitter: Splitter,
        is_text: bool,
        is_split: bool,
        is_too_large: bool,
    ) -> Option<Problem> {
        if row.width() != self.layout.width() && !self.fits(row) {
            let problem = Problem::new(Code::CellCount).with("read", row.width());
            return Some(problem.with("accepted", self.layout.width()));
        }
        if !is_text && std::str::from_utf8(row.bytes).is_err() {
            return Some(Problem::new(Code::CellEncoding).with("encoding", "UTF-8"));
        }
        let limit = splitter.limits.cell;
        if row.bytes.len() > limit && (0..row.width()).any(|column| row.cell(column).len() > limit) {
            return Some(Problem::new(Code::CellTooLong).with("limit", limit));
        }
        if is_split {
            return Some(Problem::new(Code::HouseholdSplit));
        }
        is_too_large.then(|| Problem::new(Code::HouseholdTooLarge).with("limit", MOST_HOUSEHOLD_ROWS))
    }

    /// Whether a row of another width than the heading says the same as one of its width.
    fn fits(&self, row: &TableRow<'_>) -> bool {
        let width = self.layout.width();
        self.layout.pads_rows && (width..row.width()).all(|column| row.cell(column).trim_ascii().is_empty())
    }

    /// The cells that go on, as they came; a row of another width is made to fit the heading.
    #[inline]
    fn copy(&self, row: &TableRow<'_>, separator: u8, text: BlockText, out: &mut Vec<u8>) {
        let is_whole = self.columns == CarriedColumns::All && row.width() == self.layout.width();
        if is_whole && text.goes_on_as_it_came(row) {
            out.extend_from_slice(row.bytes);
        } else {
            copy_cells(row, self.columns.list(&self.layout), separator, out);
        }
    }

    /// The row for the file of rejected rows: whole, even where it does not fit the heading.
    fn copy_rejected(&self, row: &TableRow<'_>, separator: u8, text: BlockText, out: &mut Vec<u8>) {
        if self.columns != CarriedColumns::All && row.width() == self.layout.width() {
            copy_cells(row, self.columns.list(&self.layout), separator, out);
        } else if text.goes_on_as_it_came(row) {
            out.extend_from_slice(row.bytes);
        } else {
            copy_cells(row, 0..row.width(), separator, out);
        }
    }
}

/// What is known of the bytes of a block.
#[derive(Clone, Copy)]
struct BlockText {
    is_text: bool,
    has_returns: bool,
}

impl BlockText {
    /// Whether a row is text, with nothing that others would take for the end of a line.
    #[inline]
    fn goes_on_as_it_came(self, row: &TableRow<'_>) -> bool {
        (self.is_text || std::str::from_utf8(row.bytes).is_ok())
            && (!self.has_returns || memchr(b'\r', row.bytes).is_none())
    }
}

/// Cells as they came, as far as a table of UTF-8 may hold them: a carriage return stands in quotation marks, and what is no
/// text is seen to be none.
fn copy_cells(
    row: &TableRow<'_>,
    columns: impl IntoIterator<Item = usize>,
    separator: u8,
    out: &mut Vec<u8>,
) {
    for (index, column) in columns.into_iter().enumerate() {
        if index > 0 {
            out.push(separator);
        }
        let raw = row.raw_cell(column);
        let cell = String::from_utf8_lossy(raw);
        if !raw.starts_with(b"\"") && memchr(b'\r', raw).is_some() {
            push_cell(out, cell.as_bytes(), separator);
        } else {
            out.extend_from_slice(cell.as_bytes());
        }
    }
}

/// Every line end of the input is accounted for, and every row has one in the output.
fn check_lines(block: &RowBlock, done: &Done) -> Result<(), Trouble> {
    let bytes = block.bytes();
    let Walked { rows, blank, inner_lines } = done.walked;
    let open = u64::from(!bytes.is_empty() && !bytes.ends_with(b"\n"));
    let lines = block.line_feeds.unwrap_or_else(|| memchr_iter(b'\n', bytes).count() as u64) + open;
    let written = memchr_iter(b'\n', &done.out).count() as u64;
    if lines != rows + blank + inner_lines
        || (inner_lines == 0 && written != rows)
        || rows != done.valid + done.rejected + done.asides.len() as u64
    {
        return Err(Trouble::internal(format!(
            "{lines} lines, {rows} rows, {blank} blank, {inner_lines} inner, {written} written"
        )));
    }
    Ok(())
}
