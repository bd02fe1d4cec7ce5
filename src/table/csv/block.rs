//! Khối: a stream of records cut between households.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memrchr};
use twox_hash::XxHash3_64;

use super::row::{Bounds, without_return};
use super::splitter::{Malformed, PlainStretches, Splitter};
use crate::table::{MOST_HOUSEHOLD_ROWS, Trouble};

/// Một khối dòng: whole records, and as far as possible whole households.
#[derive(Debug, Default)]
pub struct RowBlock {
    buffer: Vec<u8>,
    used: usize,
    /// Number of its first line.
    pub first_line: u64,
    /// The household whose rows continue from the block before, and are too many already.
    pub continues: Option<Vec<u8>>,
    /// Line feeds among its bytes, where they were counted one by one.
    pub line_feeds: Option<u64>,
    /// Place in the sequence of blocks.
    pub sequence: u64,
    /// Bytes of input up to the end of this block.
    pub position: u64,
    /// Fingerprint of them.
    pub fingerprint: u64,
}

impl RowBlock {
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
    pub fn next(&mut self, block: &mut RowBlock) -> Result<bool, Trouble> {
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
        block.line_feeds = cut.are_line_feeds.then_some(cut.lines);
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
            return Ok(Some(Cut { at: bytes.len(), lines, are_line_feeds: true, continues: None }));
        }
        let Some(last) = memrchr(b'\n', bytes) else { return self.none_yet(bytes) };
        let mut at = last + 1;
        let mut continues = None;
        if let Some(column) = self.household {
            let household = self.last_household(&bytes[..at], column);
            if household.id.is_empty() {
                // Rows without a household stand alone.
            } else if household.start > 0 {
                at = household.start;
            } else if household.rows <= MOST_HOUSEHOLD_ROWS {
                return self.none_yet(bytes);
            } else {
                continues = Some(household.id.to_vec());
            }
        }
        let lines = memchr_iter(b'\n', &bytes[..at]).count() as u64;
        Ok(Some(Cut { at, lines, are_line_feeds: true, continues }))
    }

    /// The household of the last of some rows without quotation marks, each with its line end: back to where it begins.
    fn last_household<'b>(&self, bytes: &'b [u8], column: usize) -> LastHousehold<'b> {
        let start_of = |end: usize| memrchr(b'\n', &bytes[..end]).map_or(0, |found| found + 1);
        let last = bytes.len() - 1;
        let (mut start, mut rows) = (start_of(last), 1);
        let id = self.plain_cell(&bytes[start..last], column);
        while start > 0 && !id.is_empty() {
            let end = start - 1;
            let before = start_of(end);
            if self.plain_cell(&bytes[before..end], column) != id {
                break;
            }
            (start, rows) = (before, rows + 1);
        }
        LastHousehold { id, start, rows }
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
        let mut plain = PlainStretches::of(bytes, self.splitter.limits.row);
        while start < bytes.len() {
            let end = plain.end_from(start);
            if end > start {
                let stretch = &bytes[start..end];
                let lines_of = |bytes: &[u8]| memchr_iter(b'\n', bytes).count() as u64;
                if let Some(column) = self.household {
                    let last = self.last_household(stretch, column);
                    if last.start == 0 && !last.id.is_empty() && last.id == household.as_slice() {
                        rows += last.rows;
                    } else {
                        household.clear();
                        household.extend_from_slice(last.id);
                        household_lines = lines + lines_of(&stretch[..last.start]);
                        (household_start, rows) = (start + last.start, last.rows);
                    }
                }
                lines += lines_of(stretch);
                start = end;
                continue;
            }
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
            return Ok(Some(Cut { at: start, lines, are_line_feeds: false, continues: None }));
        }
        if start == 0 {
            return self.none_yet(bytes);
        }
        if household.is_empty() {
            return Ok(Some(Cut { at: start, lines, are_line_feeds: false, continues: None }));
        }
        if household_start > 0 {
            return Ok(Some(Cut {
                at: household_start,
                lines: household_lines,
                are_line_feeds: false,
                continues: None,
            }));
        }
        if rows <= MOST_HOUSEHOLD_ROWS {
            return self.none_yet(bytes);
        }
        Ok(Some(Cut { at: start, lines, are_line_feeds: false, continues: Some(household) }))
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

/// Hộ cuối trong các dòng đã đọc.
struct LastHousehold<'b> {
    /// Its id; empty where the last row names none and stands alone.
    id: &'b [u8],
    /// Where its first row begins, and how many rows it has.
    start: usize,
    rows: u32,
}

struct Cut {
    at: usize,
    lines: u64,
    /// Whether every line feed was counted, and not the records.
    are_line_feeds: bool,
    continues: Option<Vec<u8>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::TableLimits;

    /// Where a block ends, found row by row: the cut, the lines before it, and a household that is too large.
    fn row_by_row(blocks: &Blocks<'_>, bytes: &[u8], column: usize) -> (usize, u64) {
        let (mut start, mut lines, mut last) = (0, 0, Vec::new());
        let mut cut = (0, 0);
        while let Ok(Some(record)) = blocks.splitter.record(&bytes[start..], &mut Vec::new()) {
            if start + record.length >= bytes.len() {
                break;
            }
            let mut bounds = Vec::new();
            let _ = blocks.splitter.record(&bytes[start..], &mut bounds);
            let cell = bounds
                .get(column)
                .map_or(&[][..], |(from, to)| &bytes[start..][*from as usize..*to as usize]);
            if cell.trim_ascii().is_empty() || cell.trim_ascii() != last {
                last = cell.trim_ascii().to_vec();
                cut = (start, lines);
            }
            start += record.length + 1;
            lines += 1 + record.inner_lines;
        }
        if last.is_empty() { (start, lines) } else { cut }
    }

    #[test]
    fn households_are_kept_whole_where_some_rows_have_marks() {
        let splitter = Splitter { separator: b',', limits: TableLimits::TEXT, counts_lines: true };
        let mut seed = 7_u64;
        for round in 0..20_000_usize {
            let mut next = |below: usize| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                usize::try_from(seed >> 33).unwrap_or_default() % below
            };
            let mut text = String::new();
            for _ in 0..=next(9) {
                let id = ["", "A", "B", " A", "A"][next(5)];
                match next(4) {
                    0 => text.push_str(&format!("\"{id}\",\"x\n,\"\n")),
                    1 => text.push_str(&format!("{id},\"\"\"\"\n")),
                    2 if next(3) == 0 => text.push('\n'),
                    _ => text.push_str(&format!("{id},y\n")),
                }
            }
            text.push_str(["", "A", "A,z", "\"A\",\"open"][next(4)]);
            let column = round % 2;
            let blocks = Blocks::new(Box::new(io::empty()), splitter, Some(column), 1);
            let bytes = text.as_bytes();
            let wanted = row_by_row(&blocks, bytes, column);
            let found = blocks.cut_quoted(bytes).map(|cut| cut.map_or((0, 0), |cut| (cut.at, cut.lines)));
            assert_eq!(found.ok(), Some(wanted), "{text:?} {column}");
        }
    }
}
