//! Excel 97–2003 (.xls): the sheets of an old workbook, row by row.
//!
//! Offices and their programs still hand such files out. The stream of records is taken into memory, at most [`MOST_BYTES`]; cells
//! are then told one after another, so that no sheet makes room for more than it holds.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::Path;

use super::damaged;
use super::read::{cell_name, day_text, number_text};
use super::records::{BiffRecord, Pieces, record, shared_texts};
use super::sheets::{BookSheet, choose};
use crate::table::Trouble;
use crate::table::heading::Epoch;
use crate::table::input::{ReadOptions, Unrolled};
use crate::table::merged::{FillDown, MergedCells};
use crate::table::other_kind;
use crate::table::pipe::{self, RowSender};
use crate::terms::problem::{Code, Problem};

/// Bytes of the stream of records; the format ends at 65,536 rows.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// Bytes of text that a sheet may unfold to.
const MOST_TEXT: usize = 2 * 1024 * 1024 * 1024;
/// Columns of a sheet.
const MOST_COLUMNS: u16 = 256;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;

/// Một sổ đã mở.
struct Book {
    stream: Vec<u8>,
    texts: Vec<String>,
    /// Whether a cell of a format is a day, by the number of the format.
    days: Vec<bool>,
    epoch: Epoch,
    sheets: Vec<(BookSheet, usize)>,
}

/// Why a stream is no book.
enum Unread {
    /// Another version, or locked.
    Other,
    /// Records that do not fit each other.
    Broken,
}

/// What all sheets share.
#[derive(Default)]
struct Shared {
    texts: Vec<String>,
    sheets: Vec<(BookSheet, usize)>,
    /// Whether a format of a number shows days.
    formats: BTreeMap<u16, bool>,
    /// Numbers of the formats of cells.
    cells: Vec<u16>,
    is_1904: bool,
}

impl Shared {
    /// Takes a record in; none for one that is cut off.
    fn take(&mut self, stream: &[u8], found: BiffRecord<'_>) -> Option<()> {
        match found.kind {
            0x0022 => self.is_1904 = u16_at(found.data, 0)? == 1,
            0x00fc => self.texts = shared_texts(stream, found)?,
            0x041e => {
                let mut pieces = Pieces::of(stream, found);
                let (number, letters) = (pieces.u16()?, pieces.u16()?);
                self.formats.insert(number, is_day_format(&pieces.text(letters)?));
            }
            0x00e0 => self.cells.push(u16_at(found.data, 2)?),
            0x0085 => {
                let (sheet, start, has_cells) = sheet_of(found.data)?;
                if has_cells {
                    self.sheets.push((sheet, start));
                }
            }
            _ => {}
        }
        Some(())
    }
}

/// Rows of a sheet as text.
pub(in crate::table) fn unroll<'i>(
    path: &Path,
    options: &ReadOptions,
    fill: FillDown,
) -> Result<Unrolled<'i>, Trouble> {
    let book = Book::open(path).map_err(Trouble::input)?;
    let sheets: Vec<BookSheet> = book.sheets.iter().map(|(sheet, _)| sheet.clone()).collect();
    let (index, notices) = choose(&sheets, options)?;
    let (name, start) = (book.sheets[index].0.name.clone(), book.sheets[index].1);
    let (epoch, merged, hidden) = (book.epoch, book.merged(start), book.hidden(start));
    let reader = pipe::spawn(Code::WorkbookDamaged, move |rows| {
        book.send(start, fill, rows).map_err(|problem| problem.map(|problem| problem.with("sheet", name)))
    });
    Ok(Unrolled { reader, notices, epoch: Some(epoch), merged, hidden, kinds: None })
}

/// Names of the visible sheets; none for what is no such workbook.
pub(in crate::table) fn visible_sheets(path: &Path) -> Option<Vec<String>> {
    let book = Book::open(path).ok()?;
    Some(book.sheets.into_iter().filter(|(sheet, _)| sheet.is_visible).map(|(sheet, _)| sheet.name).collect())
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

impl Book {
    fn open(path: &Path) -> Result<Book, Problem> {
        let mut file =
            File::open(path).map_err(|error| Problem::new(Code::UnreadableInput).because(&error))?;
        let size = file.metadata().map_err(damaged)?.len();
        if size > MOST_BYTES {
            let shown = format!("> {} MiB", MOST_BYTES / (1024 * 1024));
            return Err(Problem::new(Code::WorkbookTooLarge).with("part", "Workbook").with("detail", shown));
        }
        let other = other_kind::of_container(&mut file);
        let mut container = cfb::CompoundFile::open(file).map_err(|_| other.clone())?;
        let mut stream = Vec::new();
        let found = container.open_stream("/Workbook");
        // Excel 5 and 95 call it otherwise, and write other records.
        found.map_err(|_| other.clone())?.take(MOST_BYTES).read_to_end(&mut stream).map_err(damaged)?;
        Book::read(stream).map_err(|unread| match unread {
            Unread::Broken => damaged("records"),
            Unread::Other => other,
        })
    }

    /// Reads what all sheets share.
    fn read(stream: Vec<u8>) -> Result<Book, Unread> {
        const BIFF8: u16 = 0x0600;
        let first = record(&stream, 0).ok_or(Unread::Broken)?;
        if first.kind != BOF || u16_at(first.data, 0) != Some(BIFF8) {
            return Err(Unread::Other);
        }
        let mut shared = Shared::default();
        let mut at = first.next;
        loop {
            let found = record(&stream, at).ok_or(Unread::Broken)?;
            at = found.next;
            match found.kind {
                EOF => break,
                // A password.
                0x002f => return Err(Unread::Other),
                _ => shared.take(&stream, found).ok_or(Unread::Broken)?,
            }
        }
        let Shared { texts, sheets, formats, cells, is_1904 } = shared;
        let is_day = |format: &u16| formats.get(format).copied().unwrap_or_else(|| is_day_number(*format));
        let days = cells.iter().map(is_day).collect();
        let epoch = if is_1904 { Epoch::Year1904 } else { Epoch::Year1900 };
        Ok(Book { stream, texts, days, epoch, sheets })
    }

    /// Calls `each` for every record of a sheet, those of charts in it left out.
    fn records(
        &self,
        start: usize,
        mut each: impl FnMut(BiffRecord<'_>) -> ControlFlow<()>,
    ) -> Result<(), Problem> {
        let (mut at, mut depth) = (start, 0_u32);
        loop {
            let found = record(&self.stream, at).ok_or_else(|| damaged("the sheet is cut off"))?;
            at = found.next;
            match found.kind {
                BOF => depth += 1,
                EOF if depth <= 1 => return Ok(()),
                EOF => depth -= 1,
                _ if depth == 1 && each(found).is_break() => return Ok(()),
                _ => {}
            }
        }
    }

    fn merged(&self, start: usize) -> Vec<MergedCells> {
        let mut merged = Vec::new();
        let _ = self.records(start, |found| {
            if found.kind == 0x00e5 {
                let ranges = found.data.get(2..).unwrap_or_default().chunks_exact(8);
                merged.extend(ranges.map(|range| {
                    let number = |at: usize| u32::from(u16_at(range, at).unwrap_or(0)) + 1;
                    MergedCells::between((number(0), number(4)), (number(2), number(6)))
                }));
            }
            ControlFlow::Continue(())
        });
        merged
    }

    /// Hidden rows that hold something, counted from 1.
    fn hidden(&self, start: usize) -> Vec<u32> {
        const ROW: u16 = 0x0208;
        const IS_HIDDEN: u16 = 0x0020;
        let (mut hidden, mut filled) = (BTreeSet::new(), BTreeSet::new());
        let _ = self.records(start, |found| {
            match (found.kind, u16_at(found.data, 0)) {
                (ROW, Some(row)) if u16_at(found.data, 12).is_some_and(|flags| flags & IS_HIDDEN != 0) => {
                    hidden.insert(row);
                }
                (0x0006 | 0x00bd | 0x00d6 | 0x00fd | 0x0203 | 0x0204 | 0x0205 | 0x027e, Some(row)) => {
                    filled.insert(row);
                }
                _ => {}
            }
            ControlFlow::Continue(())
        });
        hidden.intersection(&filled).map(|row| u32::from(*row) + 1).collect()
    }

    /// Sends the cells of a sheet row by row.
    fn send(&self, start: usize, fill: FillDown, rows: &mut RowSender) -> Result<(), Option<Problem>> {
        let mut lines = Lines { rows, fill, row: Vec::new(), number: 0, sent: 0 };
        // Where the text of a formula goes, which stands in a record of its own.
        let mut formula = None;
        let mut result = Ok(());
        let walked = self.records(start, |found| {
            let told = self.cells(found, &mut formula);
            result =
                told.ok_or_else(|| Some(damaged(format!("record {:#06x}", found.kind)))).and_then(|cells| {
                    cells.into_iter().try_for_each(|(row, column, text)| lines.put(row, column, text))
                });
            if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        result?;
        walked.map_err(Some)?;
        lines.end_row().map_err(Option::from)
    }

    /// The cells of a record; none for one that is cut off.
    fn cells(
        &self,
        found: BiffRecord<'_>,
        formula: &mut Option<(u16, u16)>,
    ) -> Option<Vec<(u16, u16, String)>> {
        let data = found.data;
        let at = |from: usize| u16_at(data, from);
        let number = |from: usize| Some(f64::from_le_bytes(data.get(from..from + 8)?.try_into().ok()?));
        let one = |text: String| Some(vec![(at(0)?, at(2)?, text)]);
        match found.kind {
            0x0203 => one(self.number(number(6)?, at(4)?)),
            0x027e => one(self.number(packed(data.get(6..10)?)?, at(4)?)),
            0x00fd => {
                let text = u32::from_le_bytes(data.get(6..10)?.try_into().ok()?);
                one(self.texts.get(usize::try_from(text).ok()?)?.clone())
            }
            0x0204 | 0x00d6 => {
                let mut pieces = Pieces::of(&self.stream, BiffRecord { data: data.get(6..)?, ..found });
                let letters = pieces.u16()?;
                one(pieces.text(letters)?)
            }
            0x0205 => one(flag_or_error(*data.get(6)?, *data.get(7)? != 0)),
            0x00bd => {
                let (row, first) = (at(0)?, at(2)?);
                let packs = data.get(4..data.len().checked_sub(2)?)?.chunks_exact(6);
                (first..)
                    .zip(packs)
                    .map(|(column, pack)| {
                        Some((row, column, self.number(packed(pack.get(2..6)?)?, u16_at(pack, 0)?)))
                    })
                    .collect()
            }
            0x0006 => {
                *formula = None;
                match data.get(6..14)? {
                    [0, _, _, _, _, _, 0xff, 0xff] => {
                        *formula = Some((at(0)?, at(2)?));
                        Some(Vec::new())
                    }
                    [1, _, flag, _, _, _, 0xff, 0xff] => one(flag_or_error(*flag, false)),
                    [2, _, error, _, _, _, 0xff, 0xff] => one(flag_or_error(*error, true)),
                    [_, _, _, _, _, _, 0xff, 0xff] => one(String::new()),
                    _ => one(self.number(number(6)?, at(4)?)),
                }
            }
            0x0207 => {
                let Some((row, column)) = formula.take() else { return Some(Vec::new()) };
                let mut pieces = Pieces::of(&self.stream, found);
                let letters = pieces.u16()?;
                Some(vec![(row, column, pieces.text(letters)?)])
            }
            _ => Some(Vec::new()),
        }
    }

    fn number(&self, number: f64, format: u16) -> String {
        let is_day = self.days.get(usize::from(format)).copied().unwrap_or(false);
        let day = is_day.then(|| day_text(number, self.epoch)).flatten();
        day.unwrap_or_else(|| number_text(number))
    }
}

/// Rows on their way.
struct Lines<'l> {
    rows: &'l mut RowSender,
    fill: FillDown,
    row: Vec<String>,
    number: u32,
    sent: usize,
}

impl Lines<'_> {
    fn put(&mut self, row: u16, column: u16, text: String) -> Result<(), Option<Problem>> {
        let (row, at) = (u32::from(row), usize::from(column));
        if column >= MOST_COLUMNS || row < self.number {
            return Err(Some(damaged(format!("cell {}", cell_name(row, u32::from(column))))));
        }
        if row > self.number {
            let blank = row - self.number - 1;
            self.end_row()?;
            self.rows.blank(u64::from(blank))?;
            self.number = row;
        }
        self.sent += text.len();
        if self.sent > MOST_TEXT {
            let shown = format!("> {} MiB", MOST_TEXT / (1024 * 1024));
            return Err(Some(
                Problem::new(Code::WorkbookTooLarge).with("part", "Workbook").with("detail", shown),
            ));
        }
        if self.row.len() <= at {
            self.row.resize(at + 1, String::new());
        }
        self.row[at] = text;
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), pipe::Unwanted> {
        self.fill.fill(self.number + 1, &mut self.row);
        while self.row.last().is_some_and(String::is_empty) {
            self.row.pop();
        }
        let sent = self.rows.row(self.row.iter().map(String::as_bytes));
        self.row.clear();
        sent
    }
}

/// A sheet, where it begins, and whether it has cells; charts and macros have none.
fn sheet_of(data: &[u8]) -> Option<(BookSheet, usize, bool)> {
    let start = usize::try_from(u32::from_le_bytes(data.get(..4)?.try_into().ok()?)).ok()?;
    let (is_visible, has_cells) = (data.get(4)? % 4 == 0, *data.get(5)? == 0);
    let letters = usize::from(*data.get(6)?);
    let (flags, text) = data.get(7..)?.split_first()?;
    let units: Vec<u16> = if flags & 1 == 0 {
        text.get(..letters)?.iter().map(|letter| u16::from(*letter)).collect()
    } else {
        text.get(..letters * 2)?.chunks_exact(2).filter_map(|unit| u16_at(unit, 0)).collect()
    };
    Some((BookSheet { name: String::from_utf16_lossy(&units), is_visible }, start, has_cells))
}

/// A number in four bytes: the upper half of a float or 30 bits, either of them a hundred times what is meant.
#[expect(clippy::float_arithmetic, reason = "Excel's numbers are floats")]
fn packed(bytes: &[u8]) -> Option<f64> {
    let bits = u32::from_le_bytes(bytes.try_into().ok()?);
    let number = if bits & 2 == 0 {
        f64::from_bits(u64::from(bits & !3) << 32)
    } else {
        f64::from(bits.cast_signed() >> 2)
    };
    Some(if bits & 1 == 0 { number } else { number / 100.0 })
}

fn flag_or_error(code: u8, is_error: bool) -> String {
    let text = match (is_error, code) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x00) => "#NULL!",
        (true, 0x07) => "#DIV/0!",
        (true, 0x0f) => "#VALUE!",
        (true, 0x17) => "#REF!",
        (true, 0x1d) => "#NAME?",
        (true, 0x24) => "#NUM!",
        (true, _) => "#N/A",
    };
    text.to_owned()
}

/// Formats of days that have a number of their own.
fn is_day_number(format: u16) -> bool {
    matches!(format, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58)
}

/// Whether a format shows a day: `dd/mm/yyyy`, `[$-42A]mm/yyyy`; not `"Ngày" 0`, nor a time of day.
fn is_day_format(code: &str) -> bool {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    code.chars().any(|sign| {
        let is_plain = !quoted && !bracketed && !std::mem::take(&mut escaped);
        match sign {
            '"' => quoted = !quoted,
            '[' if is_plain => bracketed = true,
            ']' => bracketed = false,
            '\\' | '_' if is_plain => escaped = true,
            _ => return is_plain && matches!(sign, 'd' | 'D' | 'y' | 'Y'),
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_four_bytes() {
        let pack = |bits: u32| packed(&bits.to_le_bytes()).map(number_text);
        assert_eq!(pack(12 << 2 | 2).as_deref(), Some("12"));
        assert_eq!(pack(1234 << 2 | 3).as_deref(), Some("12.34"));
        assert_eq!(pack(0x3ff0_0000).as_deref(), Some("1"));
        assert_eq!(pack((-5_i32).cast_unsigned() << 2 | 2).as_deref(), Some("-5"));
    }

    #[test]
    fn formats_of_days_are_told_from_others() {
        for code in ["dd/mm/yyyy", "[$-42A]mm/yyyy", "d\\-m\\-yy", "DD.MM.YYYY"] {
            assert!(is_day_format(code), "{code}");
        }
        for code in ["0", "#,##0 \"đ\"", "\"day\" 0", "[Red]0.00", "hh:mm", "0%", "General"] {
            assert!(!is_day_format(code), "{code}");
        }
    }
}
