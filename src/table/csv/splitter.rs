//! Tách dòng: records and cells of a text, with and without quotation marks.
#![expect(clippy::cast_possible_truncation, reason = "offsets lie within one record, at most a few MiB")]

use memchr::{memchr, memchr_iter, memchr2_iter, memrchr};

use super::marks::{AT_ONCE, Marks};
use super::row::{Bounds, TableRow, Undoubled, without_return};
use crate::table::{TableLimits, Trouble};
use crate::terms::problem::{Code, Problem};

/// Walks through the records of a block.
#[derive(Debug, Clone, Copy)]
pub struct Splitter {
    /// Separator of cells.
    pub separator: u8,
    /// Bounds of cells and rows.
    pub limits: TableLimits,
    /// Whether lines of the file count, or records (rows of a sheet).
    pub counts_lines: bool,
}

/// What walking through a block found besides its rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Walked {
    /// Records that are not blank.
    pub rows: u64,
    /// Blank records.
    pub blank: u64,
    /// Line ends inside quoted cells.
    pub inner_lines: u64,
}

impl Splitter {
    /// Calls `each` for every record that is not blank. `first_line` is the number of the block's first line.
    ///
    /// # Errors
    /// What `each` returns, and [`Trouble`] for quotation marks that do not close.
    pub fn walk(
        &self,
        block: &[u8],
        first_line: u64,
        mut each: impl FnMut(TableRow<'_>) -> Result<(), Trouble>,
    ) -> Result<Walked, Trouble> {
        let mut bounds: Vec<Bounds> = Vec::with_capacity(32);
        if memchr(b'"', block).is_none() {
            self.walk_plain(block, first_line, &mut bounds, &mut each)
        } else {
            self.walk_quoted(block, first_line, &mut bounds, &mut each)
        }
    }

    /// Without quotation marks every separator separates and every line end ends.
    #[inline]
    fn walk_plain(
        &self,
        block: &[u8],
        first_line: u64,
        bounds: &mut Vec<Bounds>,
        each: &mut impl FnMut(TableRow<'_>) -> Result<(), Trouble>,
    ) -> Result<Walked, Trouble> {
        let mut walked = Walked::default();
        let (mut start, mut number) = (0, first_line);
        let mut record = |bounds: &mut [Bounds], start: usize, end: usize, number: u64| {
            let bytes = without_return(&block[start..end]);
            if let Some(last) = bounds.last_mut() {
                last.1 = last.1.min(bytes.len() as u32);
            }
            let row = TableRow { number, bytes, begins_household: false, bounds, undoubled: None };
            let may_be_blank =
                bytes.first().is_none_or(|first| *first == self.separator || first.is_ascii_whitespace());
            if may_be_blank && row.is_blank() {
                walked.blank += 1;
                return Ok(());
            }
            walked.rows += 1;
            each(row)
        };
        let mut cells = PlainCells { bounds, count: 0, next: 0 };
        let mut marks = Marks::of(block, self.separator);
        while let Some((base, mut left)) = marks.look() {
            cells.make_room();
            while let Some(end) = cells.take(block, start, base, &mut left) {
                record(cells.of_row(), start, end, number)?;
                start = end + 1;
                number += 1;
            }
        }
        if start < block.len() {
            cells.take_last(block.len() - start);
            record(cells.of_row(), start, block.len(), number)?;
        }
        bounds.clear();
        Ok(walked)
    }

    fn walk_quoted(
        &self,
        block: &[u8],
        first_line: u64,
        bounds: &mut Vec<Bounds>,
        each: &mut impl FnMut(TableRow<'_>) -> Result<(), Trouble>,
    ) -> Result<Walked, Trouble> {
        let mut walked = Walked::default();
        let (mut start, mut number) = (0, first_line);
        let mut plain = PlainStretches::of(block, self.limits.row);
        while start < block.len() {
            bounds.clear();
            let end = plain.end_from(start);
            if end > start {
                let found = self.walk_plain(&block[start..end], number, bounds, each)?;
                walked.rows += found.rows;
                walked.blank += found.blank;
                number += found.rows + found.blank;
                start = end;
                continue;
            }
            let record = match self.record(&block[start..], bounds) {
                Ok(Some(record)) => record,
                Ok(None) => return Err(self.unclosed(number)),
                Err(mark) => return Err(mark.trouble(number, self.limits)),
            };
            let bytes = without_return(&block[start..start + record.length]);
            let undoubled = record.doubled.then(|| Undoubled::of(bytes, bounds));
            let row =
                TableRow { number, bytes, begins_household: false, bounds, undoubled: undoubled.as_ref() };
            if row.is_blank() {
                walked.blank += 1;
            } else {
                walked.rows += 1;
                each(row)?;
            }
            walked.inner_lines += record.inner_lines;
            number += 1 + if self.counts_lines { record.inner_lines } else { 0 };
            start += record.length + 1;
        }
        Ok(walked)
    }

    /// Up to `most` records from the start of a table, as far as they can be read.
    pub(in crate::table) fn first_records(&self, bytes: &[u8], whole: bool, most: usize) -> Vec<HeadRecord> {
        let mut records = Vec::new();
        let (mut bounds, mut start, mut lines) = (Vec::new(), 0, 0);
        while start < bytes.len() && records.len() < most {
            bounds.clear();
            let Ok(Some(record)) = self.record(&bytes[start..], &mut bounds) else { break };
            let end = (start + record.length + 1).min(bytes.len());
            if start + record.length >= bytes.len() && !whole {
                break;
            }
            let row = without_return(&bytes[start..start + record.length]);
            let undoubled = record.doubled.then(|| Undoubled::of(row, &bounds));
            let shown = TableRow {
                number: 0,
                bytes: row,
                begins_household: false,
                bounds: &bounds,
                undoubled: undoubled.as_ref(),
            };
            lines += 1 + if self.counts_lines { record.inner_lines } else { 0 };
            let cells = (0..shown.width()).map(|at| String::from_utf8_lossy(shown.cell(at)).into_owned());
            records.push(HeadRecord { cells: cells.collect(), bytes: row.to_vec(), end, lines });
            start = end;
        }
        records
    }

    pub(super) fn unclosed(&self, number: u64) -> Trouble {
        Malformed::Unclosed.trouble(number, self.limits)
    }

    /// One record from the start of `bytes`; `None` when it does not end there.
    pub(super) fn record(
        &self,
        bytes: &[u8],
        bounds: &mut Vec<Bounds>,
    ) -> Result<Option<FoundRecord>, Malformed> {
        let mut record = FoundRecord::default();
        let mut at = 0;
        loop {
            if bytes.get(at) == Some(&b'"') {
                let start = at + 1;
                let mut end = start;
                let mut breaks = 0;
                loop {
                    let Some(mark) = memchr(b'"', &bytes[end..]) else {
                        breaks += memchr_iter(b'\n', &bytes[end..]).count();
                        let whole = bytes.len() - start;
                        return if whole > self.limits.cell || breaks > self.limits.line_breaks {
                            Err(Malformed::Unclosed)
                        } else {
                            Ok(None)
                        };
                    };
                    breaks += memchr_iter(b'\n', &bytes[end..end + mark]).count();
                    end += mark;
                    if end - start > self.limits.cell || breaks > self.limits.line_breaks {
                        return Err(Malformed::Unclosed);
                    }
                    if bytes.get(end + 1) != Some(&b'"') {
                        break;
                    }
                    record.doubled = true;
                    end += 2;
                }
                bounds.push((start as u32, end as u32));
                record.inner_lines += breaks as u64;
                at = end + 1;
                match bytes.get(at) {
                    Some(byte) if *byte == self.separator => at += 1,
                    Some(b'\n') => return Ok(Some(record.ending(at))),
                    Some(b'\r') if matches!(bytes.get(at + 1), Some(b'\n') | None) => {
                        return Ok(Some(record.ending(at + 1)));
                    }
                    None => return Ok(Some(record.ending(at))),
                    Some(_) => return Err(Malformed::TextAfterQuote),
                }
            } else {
                let found = memchr2_iter(self.separator, b'\n', &bytes[at..]).next();
                let end = found.map_or(bytes.len(), |found| at + found);
                let ends = bytes.get(end).is_none_or(|byte| *byte == b'\n');
                let text = if ends { without_return(&bytes[at..end]) } else { &bytes[at..end] };
                bounds.push((at as u32, (at + text.len()) as u32));
                if ends {
                    return Ok(Some(record.ending(end)));
                }
                at = end + 1;
            }
            if at > self.limits.row {
                return Err(Malformed::RowTooLong);
            }
        }
    }
}

/// Các ô của một dòng không có dấu nháy, as their marks are met.
struct PlainCells<'v> {
    bounds: &'v mut Vec<Bounds>,
    /// Cells of the row so far.
    count: usize,
    /// Where in the row the next cell begins.
    next: u32,
}

impl PlainCells<'_> {
    /// Room for every mark of a look, and for the cell behind the last one.
    fn make_room(&mut self) {
        if self.bounds.len() <= self.count + AT_ONCE {
            self.bounds.resize(self.count + 2 * AT_ONCE, (0, 0));
        }
    }

    /// Takes the marks of a look at the bytes from `base` up to the end of the row that begins at `start`; where that is, if it
    /// is among them.
    #[inline]
    fn take(&mut self, block: &[u8], start: usize, base: usize, left: &mut u64) -> Option<usize> {
        // A row may begin behind `base`: its places come out right all the same, since they wrap back.
        let from = (base as u32).wrapping_sub(start as u32);
        let (mut marks, mut next, mut taken, mut end) = (*left, self.next, 0, None);
        for bounds in &mut self.bounds[self.count..] {
            if marks == 0 {
                break;
            }
            let at = marks.trailing_zeros();
            marks &= marks - 1;
            let place = from.wrapping_add(at);
            *bounds = (next, place);
            next = place.wrapping_add(1);
            taken += 1;
            let at = base + at as usize;
            if block.get(at) == Some(&b'\n') {
                end = Some(at);
                break;
            }
        }
        self.count += taken;
        (*left, self.next) = (marks, next);
        end
    }

    /// The last cell of a block that ends without a line end.
    fn take_last(&mut self, end: usize) {
        self.bounds[self.count] = (self.next, end as u32);
        self.count += 1;
    }

    /// The cells of the row that ends here; the next row begins.
    fn of_row(&mut self) -> &mut [Bounds] {
        let count = std::mem::take(&mut self.count);
        self.next = 0;
        &mut self.bounds[..count]
    }
}

/// Những đoạn không có dấu nháy: rows that end before the next quotation mark need no look at every cell.
pub(super) struct PlainStretches<'b> {
    bytes: &'b [u8],
    /// Longest stretch: within it no row can be too long.
    most: usize,
    /// Where the next quotation mark stands.
    mark: usize,
}

impl<'b> PlainStretches<'b> {
    pub(super) fn of(bytes: &'b [u8], most: usize) -> PlainStretches<'b> {
        PlainStretches { bytes, most, mark: 0 }
    }

    /// Behind the last line end of the stretch that begins with the record at `start`; `start` itself if it is none.
    pub(super) fn end_from(&mut self, start: usize) -> usize {
        let bytes = self.bytes;
        if self.mark <= start {
            self.mark = start + memchr(b'"', &bytes[start..]).unwrap_or(bytes.len() - start);
        }
        let end = self.mark.min(start + self.most);
        memrchr(b'\n', &bytes[start..end]).map_or(start, |at| start + at + 1)
    }
}

/// A record that was found.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct FoundRecord {
    /// Bytes before its line end.
    pub(super) length: usize,
    pub(super) inner_lines: u64,
    pub(super) doubled: bool,
}

impl FoundRecord {
    fn ending(self, length: usize) -> FoundRecord {
        FoundRecord { length, ..self }
    }
}

/// A record among the first of a table.
pub(in crate::table) struct HeadRecord {
    pub(in crate::table) cells: Vec<String>,
    pub(in crate::table) bytes: Vec<u8>,
    /// Bytes and lines of the table up to its end.
    pub(in crate::table) end: usize,
    pub(in crate::table) lines: u64,
}

/// Why a record cannot be read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Malformed {
    Unclosed,
    TextAfterQuote,
    RowTooLong,
}

impl Malformed {
    pub(super) fn trouble(self, row: u64, limits: TableLimits) -> Trouble {
        let problem = match self {
            Malformed::Unclosed => Problem::new(Code::UnclosedQuote),
            Malformed::TextAfterQuote => Problem::new(Code::TextAfterQuote),
            Malformed::RowTooLong => Problem::new(Code::RowTooLong).with("limit", limits.row),
        };
        Trouble::input(problem.with("row", row))
    }
}
