//! CSV: records as bytes, cut into blocks between households.
//!
//! A quotation mark counts only at the start of a cell. What a quoted cell may hold is bounded, since one mark that
//! is never closed would otherwise swallow the rest of the table without an error.
#![expect(clippy::cast_possible_truncation, reason = "offsets lie within one record, at most a few MiB")]

mod marks;

use std::borrow::Cow;
use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memchr2_iter, memrchr};
use twox_hash::XxHash3_64;

use self::marks::Marks;
use super::households::GroupId;
use super::{Limits, MOST_HOUSEHOLD_ROWS, Trouble};
use crate::terms::problem::{Code, Problem};

/// Where a cell begins and ends in its row, without quotation marks.
type Bounds = (u32, u32);

/// Một dòng của bảng.
#[derive(Debug, Clone, Copy)]
pub struct Row<'b> {
    /// Line in the file, or row in the sheet; the first is 1.
    pub number: u64,
    /// The row as it came, without its line end.
    pub bytes: &'b [u8],
    /// Whether a household begins with this row.
    pub begins_household: bool,
    bounds: &'b [Bounds],
    /// Whether a cell holds doubled quotation marks.
    doubled: bool,
}

impl<'b> Row<'b> {
    /// Number of cells.
    pub fn width(&self) -> usize {
        self.bounds.len()
    }

    /// A cell without the marks around it; empty where the row is too short.
    #[inline]
    pub fn cell(&self, column: usize) -> Cow<'b, [u8]> {
        let (start, end) = self.bounds.get(column).copied().unwrap_or_default();
        let bytes = self.bytes.get(start as usize..end as usize).unwrap_or_default();
        if self.doubled && memchr(b'"', bytes).is_some() && self.is_quoted(start) {
            return Cow::Owned(undoubled(bytes));
        }
        Cow::Borrowed(bytes)
    }

    /// A cell of a column the table may not have.
    #[inline]
    pub fn cell_of(&self, column: Option<usize>) -> Cow<'b, [u8]> {
        column.map_or(Cow::Borrowed(&[]), |column| self.cell(column))
    }

    /// A cell as it came, quotation marks included.
    pub fn raw_cell(&self, column: usize) -> &'b [u8] {
        let (start, end) = self.bounds.get(column).copied().unwrap_or_default();
        let quoted = self.is_quoted(start);
        let (start, end) = (start as usize - usize::from(quoted), end as usize + usize::from(quoted));
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// True when no cell holds anything.
    pub fn is_blank(&self) -> bool {
        self.bounds.iter().all(|(start, end)| {
            self.bytes
                .get(*start as usize..*end as usize)
                .is_none_or(|cell| cell.iter().all(u8::is_ascii_whitespace))
        })
    }

    fn is_quoted(&self, start: u32) -> bool {
        start > 0 && self.bytes.get(start as usize - 1) == Some(&b'"')
    }

    /// The same row with another number and place in its household.
    pub(super) fn placed(mut self, number: u64, begins_household: bool) -> Row<'b> {
        self.number = number;
        self.begins_household = begins_household;
        self
    }
}

fn undoubled(cell: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(cell.len());
    let mut marks = 0;
    for byte in cell {
        if *byte == b'"' {
            marks += 1;
            if marks % 2 == 0 {
                continue;
            }
        }
        out.push(*byte);
    }
    out
}

/// A cell as CSV: quoted where it has to be.
pub fn push_cell(out: &mut Vec<u8>, cell: &[u8], separator: u8) {
    let is_special = |byte: &u8| *byte == separator || matches!(byte, b'"' | b'\n' | b'\r');
    if cell.iter().any(is_special) {
        out.push(b'"');
        for byte in cell {
            if *byte == b'"' {
                out.push(b'"');
            }
            out.push(*byte);
        }
        out.push(b'"');
    } else {
        out.extend_from_slice(cell);
    }
}

/// Bytes of a row without a carriage return at its end.
#[inline]
fn without_return(row: &[u8]) -> &[u8] {
    match row {
        [rest @ .., b'\r'] => rest,
        _ => row,
    }
}

/// Walks through the records of a block.
#[derive(Debug, Clone, Copy)]
pub struct Splitter {
    /// Separator of cells.
    pub separator: u8,
    /// Bounds of cells and rows.
    pub limits: Limits,
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
        mut each: impl FnMut(Row<'_>) -> Result<(), Trouble>,
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
        each: &mut impl FnMut(Row<'_>) -> Result<(), Trouble>,
    ) -> Result<Walked, Trouble> {
        let mut walked = Walked::default();
        let (mut start, mut cell, mut number) = (0, 0, first_line);
        let mut record = |bounds: &mut Vec<Bounds>, start: usize, end: usize, number: u64| {
            let bytes = without_return(&block[start..end]);
            if let Some(last) = bounds.last_mut() {
                last.1 = last.1.min(bytes.len() as u32);
            }
            let row = Row { number, bytes, begins_household: false, bounds, doubled: false };
            if (bounds.len() == 1 || bytes.len() + 1 == bounds.len()) && row.is_blank() {
                walked.blank += 1;
                return Ok(());
            }
            walked.rows += 1;
            each(row)
        };
        for at in Marks::of(block, self.separator) {
            bounds.push(((cell - start) as u32, (at - start) as u32));
            cell = at + 1;
            if block[at] == b'\n' {
                record(bounds, start, at, number)?;
                bounds.clear();
                start = at + 1;
                number += 1;
            }
        }
        if start < block.len() {
            bounds.push(((cell - start) as u32, (block.len() - start) as u32));
            record(bounds, start, block.len(), number)?;
            bounds.clear();
        }
        Ok(walked)
    }

    fn walk_quoted(
        &self,
        block: &[u8],
        first_line: u64,
        bounds: &mut Vec<Bounds>,
        each: &mut impl FnMut(Row<'_>) -> Result<(), Trouble>,
    ) -> Result<Walked, Trouble> {
        let mut walked = Walked::default();
        let (mut start, mut number) = (0, first_line);
        while start < block.len() {
            bounds.clear();
            let record = match self.record(&block[start..], bounds) {
                Ok(Some(record)) => record,
                Ok(None) => return Err(self.unclosed(number)),
                Err(mark) => return Err(mark.trouble(number, self.limits)),
            };
            let bytes = without_return(&block[start..start + record.length]);
            let row = Row { number, bytes, begins_household: false, bounds, doubled: record.doubled };
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
    pub(super) fn first_records(&self, bytes: &[u8], whole: bool, most: usize) -> Vec<HeadRecord> {
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
            let shown = Row {
                number: 0,
                bytes: row,
                begins_household: false,
                bounds: &bounds,
                doubled: record.doubled,
            };
            lines += 1 + if self.counts_lines { record.inner_lines } else { 0 };
            let cells = (0..shown.width()).map(|at| String::from_utf8_lossy(&shown.cell(at)).into_owned());
            records.push(HeadRecord { cells: cells.collect(), bytes: row.to_vec(), end, lines });
            start = end;
        }
        records
    }

    fn unclosed(&self, number: u64) -> Trouble {
        Malformed::Unclosed.trouble(number, self.limits)
    }

    /// One record from the start of `bytes`; `None` when it does not end there.
    fn record(&self, bytes: &[u8], bounds: &mut Vec<Bounds>) -> Result<Option<Record>, Malformed> {
        let mut record = Record::default();
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

/// A record that was found.
#[derive(Debug, Clone, Copy, Default)]
struct Record {
    /// Bytes before its line end.
    length: usize,
    inner_lines: u64,
    doubled: bool,
}

impl Record {
    fn ending(self, length: usize) -> Record {
        Record { length, ..self }
    }
}

/// A record among the first of a table.
pub(super) struct HeadRecord {
    pub(super) cells: Vec<String>,
    pub(super) bytes: Vec<u8>,
    /// Bytes and lines of the table up to its end.
    pub(super) end: usize,
    pub(super) lines: u64,
}

/// Why a record cannot be read.
#[derive(Debug, Clone, Copy)]
enum Malformed {
    Unclosed,
    TextAfterQuote,
    RowTooLong,
}

impl Malformed {
    fn trouble(self, row: u64, limits: Limits) -> Trouble {
        let problem = match self {
            Malformed::Unclosed => Problem::new(Code::UnclosedQuote),
            Malformed::TextAfterQuote => Problem::new(Code::TextAfterQuote),
            Malformed::RowTooLong => Problem::new(Code::RowTooLong).with("limit", limits.row),
        };
        Trouble::input(problem.with("row", row))
    }
}

/// Một khối dòng: whole records, and as far as possible whole households.
#[derive(Debug, Default)]
pub struct Block {
    buffer: Vec<u8>,
    used: usize,
    /// Number of its first line.
    pub first_line: u64,
    /// The household whose rows continue from the block before, and are too many already.
    pub continues: Option<Vec<u8>>,
    /// Place in the sequence of blocks.
    pub sequence: u64,
    /// Bytes of input up to the end of this block.
    pub position: u64,
    /// Fingerprint of them.
    pub fingerprint: u64,
}

impl Block {
    /// The records.
    pub fn bytes(&self) -> &[u8] {
        &self.buffer[..self.used]
    }

    fn append(&mut self, bytes: &[u8]) {
        let end = self.used + bytes.len();
        if self.buffer.len() < end {
            self.buffer.resize(end.max(TARGET), 0);
        }
        self.buffer[self.used..end].copy_from_slice(bytes);
        self.used = end;
    }

    /// Reads until `target` bytes are there or the input ends; true at the end.
    fn fill(&mut self, input: &mut dyn Read, target: usize) -> io::Result<bool> {
        if self.buffer.len() < target {
            self.buffer.resize(target, 0);
        }
        while self.used < target {
            match input.read(&mut self.buffer[self.used..target]) {
                Ok(0) => return Ok(true),
                Ok(count) => self.used += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }
}

/// Bytes of an ordinary block. Cuts depend on it and on the input only, never on how fast the input comes.
const TARGET: usize = 512 * 1024;

/// Cắt khối: reads a stream of records block by block.
pub struct Blocks<'i> {
    input: Box<dyn Read + Send + 'i>,
    splitter: Splitter,
    /// Column that keeps rows together.
    household: Option<usize>,
    rest: Vec<u8>,
    ended: bool,
    line: u64,
    sequence: u64,
    position: u64,
    fingerprint: u64,
    continues: Option<Vec<u8>>,
}

impl<'i> Blocks<'i> {
    /// Blocks of an input that stands after the heading, on line `line`.
    pub fn new(
        input: Box<dyn Read + Send + 'i>,
        splitter: Splitter,
        household: Option<usize>,
        line: u64,
    ) -> Blocks<'i> {
        Blocks {
            input,
            splitter,
            household,
            rest: Vec::new(),
            ended: false,
            line,
            sequence: 0,
            position: 0,
            fingerprint: 0,
            continues: None,
        }
    }

    /// How cells and records are told apart.
    pub fn splitter(&self) -> Splitter {
        self.splitter
    }

    /// The next block; false at the end.
    ///
    /// # Errors
    /// [`Trouble`] when reading fails or a record has no end.
    pub fn next(&mut self, block: &mut Block) -> Result<bool, Trouble> {
        block.used = 0;
        block.append(&self.rest);
        self.rest.clear();
        let mut target = TARGET;
        let mut seen = 0;
        let cut = loop {
            if !self.ended {
                self.ended = block.fill(&mut self.input, target).map_err(|error| Trouble::reading(&error))?;
            }
            if let Some(cut) = self.cut(block.bytes(), &mut seen)? {
                break cut;
            }
            target *= 2;
        };
        if cut.at == 0 {
            return Ok(false);
        }
        self.rest.extend_from_slice(&block.bytes()[cut.at..]);
        block.used = cut.at;
        block.first_line = self.line;
        block.continues = self.continues.take();
        self.continues = cut.continues;
        self.line += cut.lines;
        block.sequence = self.sequence;
        self.sequence += 1;
        self.position += cut.at as u64;
        self.fingerprint = XxHash3_64::oneshot_with_seed(self.fingerprint, block.bytes());
        block.position = self.position;
        block.fingerprint = self.fingerprint;
        Ok(true)
    }

    /// Where to cut what was read so far; `None` to read on.
    fn cut(&self, bytes: &[u8], seen: &mut usize) -> Result<Option<Cut>, Trouble> {
        let has_marks = *seen == usize::MAX || memchr(b'"', &bytes[*seen..]).is_some();
        *seen = if has_marks { usize::MAX } else { bytes.len() };
        if has_marks { self.cut_quoted(bytes) } else { self.cut_plain(bytes) }
    }

    /// Goes back from the last line end to where the last household begins.
    fn cut_plain(&self, bytes: &[u8]) -> Result<Option<Cut>, Trouble> {
        if self.ended {
            let lines = memchr_iter(b'\n', bytes).count() as u64;
            return Ok(Some(Cut { at: bytes.len(), lines, continues: None }));
        }
        let Some(last) = memrchr(b'\n', bytes) else { return self.none_yet(bytes) };
        let mut at = last + 1;
        let mut continues = None;
        if let Some(column) = self.household {
            let start_of = |end: usize| memrchr(b'\n', &bytes[..end]).map_or(0, |found| found + 1);
            let (mut start, mut rows) = (start_of(last), 1);
            let household = self.plain_cell(&bytes[start..last], column);
            while start > 0 && !household.is_empty() {
                let end = start - 1;
                let before = start_of(end);
                if self.plain_cell(&bytes[before..end], column) != household {
                    break;
                }
                (start, rows) = (before, rows + 1);
            }
            if household.is_empty() {
                // Rows without a household stand alone.
            } else if start > 0 {
                at = start;
            } else if rows <= MOST_HOUSEHOLD_ROWS {
                return self.none_yet(bytes);
            } else {
                continues = Some(household.to_vec());
            }
        }
        let lines = memchr_iter(b'\n', &bytes[..at]).count() as u64;
        Ok(Some(Cut { at, lines, continues }))
    }

    fn plain_cell<'b>(&self, row: &'b [u8], column: usize) -> &'b [u8] {
        let row = without_return(row);
        let mut start = 0;
        let mut ends = memchr_iter(self.splitter.separator, row);
        for _ in 0..column {
            match ends.next() {
                Some(end) => start = end + 1,
                None => return &[],
            }
        }
        row[start..ends.next().unwrap_or(row.len())].trim_ascii()
    }

    /// Walks through the records from the start, remembering where the last household begins.
    fn cut_quoted(&self, bytes: &[u8]) -> Result<Option<Cut>, Trouble> {
        let mut bounds: Vec<Bounds> = Vec::new();
        let (mut start, mut lines) = (0, 0);
        let (mut household, mut household_start, mut household_lines, mut rows) = (Vec::new(), 0, 0, 0);
        while start < bytes.len() {
            bounds.clear();
            let line = self.line + lines;
            let record = match self.splitter.record(&bytes[start..], &mut bounds) {
                Ok(Some(record)) if start + record.length < bytes.len() || self.ended => record,
                Ok(None) if self.ended => return Err(self.splitter.unclosed(line)),
                Ok(_) => break,
                // A mark may be doubled by a byte that was not read yet.
                Err(Malformed::TextAfterQuote)
                    if !self.ended && start + self.splitter.limits.cell > bytes.len() =>
                {
                    break;
                }
                Err(malformed) => return Err(malformed.trouble(line, self.splitter.limits)),
            };
            if let Some(column) = self.household {
                let row = &bytes[start..start + record.length];
                let cell = bounds.get(column).and_then(|(from, to)| row.get(*from as usize..*to as usize));
                let cell = cell.unwrap_or_default().trim_ascii();
                rows += 1;
                if cell.is_empty() || cell != household.as_slice() {
                    household.clear();
                    household.extend_from_slice(cell);
                    (household_start, household_lines, rows) = (start, lines, 1);
                }
            }
            start += record.length + 1;
            lines += 1 + if self.splitter.counts_lines { record.inner_lines } else { 0 };
        }
        let start = start.min(bytes.len());
        if self.ended {
            return Ok(Some(Cut { at: start, lines, continues: None }));
        }
        if start == 0 {
            return self.none_yet(bytes);
        }
        if household.is_empty() {
            return Ok(Some(Cut { at: start, lines, continues: None }));
        }
        if household_start > 0 {
            return Ok(Some(Cut { at: household_start, lines: household_lines, continues: None }));
        }
        if rows <= MOST_HOUSEHOLD_ROWS {
            return self.none_yet(bytes);
        }
        Ok(Some(Cut { at: start, lines, continues: Some(household) }))
    }

    /// Reading on, unless a row is longer than any real one.
    fn none_yet(&self, bytes: &[u8]) -> Result<Option<Cut>, Trouble> {
        let last = memrchr(b'\n', bytes).map_or(0, |at| at + 1);
        if bytes.len() - last > self.splitter.limits.row {
            let line = self.line + memchr_iter(b'\n', bytes).count() as u64;
            return Err(Malformed::RowTooLong.trouble(line, self.splitter.limits));
        }
        Ok(None)
    }
}

struct Cut {
    at: usize,
    lines: u64,
    continues: Option<Vec<u8>>,
}

/// Theo dõi hộ: tells where households begin among consecutive rows.
#[derive(Debug, Default)]
pub struct HouseholdTracker {
    current: Vec<u8>,
    rows: u32,
}

impl HouseholdTracker {
    /// A tracker at the start of a block.
    pub fn at_start_of(block: &Block) -> HouseholdTracker {
        match &block.continues {
            Some(household) => HouseholdTracker { current: household.clone(), rows: MOST_HOUSEHOLD_ROWS },
            None => HouseholdTracker::default(),
        }
    }

    /// Takes the household cell of the next row; the id where a household with a name begins.
    #[inline]
    pub fn next(&mut self, cell: &[u8]) -> Begins {
        let cell = cell.trim_ascii();
        if cell.is_empty() {
            self.current.clear();
            self.rows = 1;
            return Begins::Alone;
        }
        if cell == self.current.as_slice() {
            self.rows += 1;
            return Begins::No;
        }
        self.current.clear();
        self.current.extend_from_slice(cell);
        self.rows = 1;
        Begins::Household(GroupId::of(cell))
    }

    /// Whether the current household has more rows than it may.
    pub fn is_too_large(&self) -> bool {
        self.rows > MOST_HOUSEHOLD_ROWS
    }
}

/// What a row is to its household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    /// It belongs to the household of the row before.
    No,
    /// It names no household.
    Alone,
    /// A household begins.
    Household(GroupId),
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMAS: Splitter = Splitter { separator: b',', limits: Limits::TEXT, counts_lines: true };

    fn rows(text: &str) -> Result<Vec<(u64, Vec<String>)>, Trouble> {
        let mut rows = Vec::new();
        COMMAS.walk(text.as_bytes(), 1, |row| {
            let cells = (0..row.width()).map(|at| String::from_utf8_lossy(&row.cell(at)).into_owned());
            rows.push((row.number, cells.collect()));
            Ok(())
        })?;
        Ok(rows)
    }

    #[test]
    fn quoted_and_plain_rows_come_apart_alike() {
        let plain = rows("a,b,\r\n\n,,\nc,d,e").expect("rows");
        assert_eq!(
            plain,
            [(1, vec!["a".into(), "b".into(), String::new()]), (4, vec!["c".into(), "d".into(), "e".into()])]
        );
        let quoted = rows("\"a\",b,\r\n\n,,\nc,\"d \"\"x\"\",\n1\",e").expect("rows");
        assert_eq!(quoted[0], plain[0]);
        assert_eq!(quoted[1], (4, vec!["c".into(), "d \"x\",\n1".into(), "e".into()]));
        assert_eq!(rows("a \"b\",c\n").expect("rows")[0].1, ["a \"b\"", "c"]);
    }

    #[test]
    fn marks_that_do_not_close_are_errors_with_their_line() {
        let open = format!("a,b\n1,\"x\n{}", "2,y\n".repeat(30));
        for (text, code) in [
            (open.as_str(), Code::UnclosedQuote),
            ("a,b\n1,\"x\n2,y\n", Code::UnclosedQuote),
            ("a,b\n1,\"x\n2,\"y\"\n", Code::TextAfterQuote),
        ] {
            let trouble = rows(text).expect_err("an error");
            assert_eq!(
                (trouble.problem.code, &trouble.problem.facts.last().expect("a fact").1[..]),
                (code, "2")
            );
        }
    }

    #[test]
    fn blocks_end_between_households_whatever_the_quotes() {
        for mark in ["", "\""] {
            let mut text = String::new();
            let mut wanted = Vec::new();
            for household in 0..40_000 {
                for member in 0..=(household % 5) {
                    text.push_str(&format!("{mark}H{household}{mark},{member},xxxxxxxxxxxxxxxx\n"));
                }
            }
            wanted.extend_from_slice(text.as_bytes());
            let mut blocks = Blocks::new(Box::new(std::io::Cursor::new(text)), COMMAS, Some(0), 1);
            let (mut block, mut joined, mut count, mut line) = (Block::default(), Vec::new(), 0, 1);
            let mut last = Vec::new();
            while blocks.next(&mut block).expect("a block") {
                count += 1;
                assert_eq!(block.first_line, line);
                let first = block.bytes().split(|byte| *byte == b',').next().expect("a cell").to_vec();
                assert_ne!(first, last);
                let mut ends = block.bytes().rsplit(|byte| *byte == b'\n').skip(1);
                last =
                    ends.next().expect("a row").split(|byte| *byte == b',').next().expect("a cell").to_vec();
                line += memchr_iter(b'\n', block.bytes()).count() as u64;
                joined.extend_from_slice(block.bytes());
            }
            assert!(count > 3);
            assert_eq!(joined, wanted);
        }
    }
}
