//! Excel: workbooks read cell by cell after their parts were measured, and written row by row.
//!
//! Only the streaming reader of calamine is used: its other calls make room for the whole range between the first and
//! the last cell, which two cells can make as large as they like. This is the one module with floats, since Excel has
//! no other numbers; they become text or whole numbers here.

use std::any::Any;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::panic::AssertUnwindSafe;
use std::path::Path;

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx};
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::Trouble;
use super::csv::Splitter;
use super::heading::Epoch;
use super::json_lines::{io_error, is_number, own_rows};
use super::output::{CellKind, Sink};
use super::pipe::{self, RowSender};
use super::source::{Merged, ReadOptions, Unrolled};
use crate::terms::fold::fold;
use crate::terms::period::{days_after, parse_date};
use crate::terms::problem::{Code, Problem};

/// Bytes to which the parts of a workbook may unfold, together.
const MOST_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// How many times its packed size a part may unfold to, beyond the floor below.
const MOST_RATIO: u64 = 200;
/// Below this a part may unfold as it likes.
const FLOOR: u64 = 64 * 1024 * 1024;
/// Bytes of the shared texts, which are held in memory.
const MOST_TEXTS: u64 = 192 * 1024 * 1024;
/// Parts of a workbook.
const MOST_PARTS: usize = 10_000;
/// Merged ranges that are looked at.
const MOST_MERGED: usize = 10_000;
/// Characters of a cell in Excel.
const MOST_CHARACTERS: usize = 32_767;
/// Rows and columns of a sheet in Excel.
const MOST_ROWS: u32 = 1_048_576;
const MOST_COLUMNS: u32 = 16_384;

fn damaged(detail: impl std::fmt::Display) -> Problem {
    Problem::new(Code::WorkbookDamaged).with("detail", detail)
}

/// Rows of a sheet as text.
pub(super) fn unroll<'i>(path: &Path, options: &ReadOptions) -> Result<Unrolled<'i>, Trouble> {
    let refused = Trouble::input;
    let open = || {
        File::open(path).map_err(|error| refused(Problem::new(Code::UnreadableInput).with("cause", error)))
    };
    let parts = measure(open()?).map_err(refused)?;
    let workbook = Xlsx::new(BufReader::new(open()?)).map_err(|error| refused(damaged(error)))?;
    let sheets: Vec<(usize, String)> = workbook
        .sheets_metadata()
        .iter()
        .enumerate()
        .filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet)
        .filter(|(_, sheet)| options.sheet.is_some() || sheet.visible == SheetVisible::Visible)
        .map(|(index, sheet)| (index, sheet.name.clone()))
        .collect();
    let chosen = match &options.sheet {
        Some(wanted) => sheets.iter().find(|(_, name)| fold(name) == fold(wanted)),
        None => sheets.first(),
    };
    let names = || sheets.iter().map(|(_, name)| name.as_str());
    let Some((index, name)) = chosen.cloned() else {
        let wanted = options.sheet.clone().unwrap_or_default();
        let accepted = names().collect::<Vec<_>>().join(", ");
        return Err(refused(
            Problem::new(Code::UnknownSheet).with("read", wanted).with("accepted", accepted),
        ));
    };
    let mut notices = Vec::new();
    let others: Vec<&str> = names().filter(|other| *other != name).collect();
    if !others.is_empty() && options.sheet.is_none() {
        notices.push(Problem::new(Code::OtherSheets).with("read", &name).with("others", others.join(", ")));
    }
    let epoch = if workbook.has_1904_epoch() { Epoch::Year1904 } else { Epoch::Year1900 };
    let merged = parts.merged_of(index);
    let reader = pipe::spawn(Code::WorkbookDamaged, move |rows| send_rows(workbook, &name, epoch, rows));
    Ok(Unrolled { reader, notices, epoch: Some(epoch), merged, kinds: None })
}

/// Sends the cells of a sheet row by row.
fn send_rows(
    mut workbook: Xlsx<BufReader<File>>,
    sheet: &str,
    epoch: Epoch,
    rows: &mut RowSender,
) -> Result<(), Option<Problem>> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|error| Some(damaged(error)))?;
    let mut row: Vec<String> = Vec::new();
    let mut number = 0;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| Some(damaged(error)))? {
        let (at_row, at_column) = cell.pos;
        if at_row >= MOST_ROWS || at_column >= MOST_COLUMNS || at_row < number {
            return Err(Some(damaged(format!("cell {}", cell_name(at_row, at_column)))));
        }
        if at_row > number {
            send(rows, &mut row)?;
            rows.blank(u64::from(at_row - number - 1))?;
            number = at_row;
        }
        let is_empty = matches!(cell.value, DataRef::Empty)
            || matches!(&cell.value, DataRef::String(text) if text.is_empty());
        if cell.formula.is_some() && is_empty {
            let name = cell_name(at_row, at_column);
            return Err(Some(Problem::new(Code::FormulaWithoutValue).with("cell", name)));
        }
        let column = at_column as usize;
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        row[column] = text_of(&cell.value, epoch);
        if row[column].chars().count() > MOST_CHARACTERS {
            return Err(Some(damaged(format!("cell {}", cell_name(at_row, at_column)))));
        }
    }
    send(rows, &mut row).map_err(Option::from)
}

fn send(rows: &mut RowSender, row: &mut Vec<String>) -> Result<(), pipe::Unwanted> {
    while row.last().is_some_and(String::is_empty) {
        row.pop();
    }
    let sent = rows.row(row.iter().map(String::as_bytes));
    row.clear();
    sent
}

/// `B7` of a position counted from 0.
fn cell_name(row: u32, column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

/// The text of a cell: whole numbers without a point, days as ISO dates.
fn text_of(value: &DataRef<'_>, epoch: Epoch) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(time) if time.is_datetime() => {
            day_text(time.as_f64(), epoch).unwrap_or_else(|| number_text(time.as_f64()))
        }
        DataRef::DateTime(time) => number_text(time.as_f64()),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

/// Shortest text of a number; a whole one has no decimals.
fn number_text(number: f64) -> String {
    if number == 0.0 { "0".to_owned() } else { number.to_string() }
}

/// A day, with its time of day if it has one, of the number by which a spreadsheet counts it.
#[expect(clippy::float_arithmetic, reason = "Excel's days are floats")]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked against the range of Excel's days"
)]
fn day_text(days: f64, epoch: Epoch) -> Option<String> {
    const DAYS: std::ops::Range<f64> = 0.0..2_958_466.0;
    if !DAYS.contains(&days) {
        return None;
    }
    let whole = days.trunc();
    let seconds = ((days - whole) * 86_400.0).round() as u32;
    let (whole, seconds) = (whole as u32 + seconds / 86_400, seconds % 86_400);
    let date = match epoch {
        Epoch::Year1904 => days_after(NaiveDate::from_ymd_opt(1904, 1, 1)?, whole)?.to_string(),
        // 1900 was no leap year, but counts as one here: day 60 does not exist.
        Epoch::Year1900 if whole == 60 => "1900-02-29".to_owned(),
        Epoch::Year1900 if whole < 60 => {
            days_after(NaiveDate::from_ymd_opt(1899, 12, 31)?, whole)?.to_string()
        }
        Epoch::Year1900 => days_after(NaiveDate::from_ymd_opt(1899, 12, 30)?, whole)?.to_string(),
    };
    if seconds == 0 {
        return Some(date);
    }
    Some(format!("{date} {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
}

/// What measuring the parts of a workbook found.
#[derive(Debug, Default)]
struct Parts {
    /// Merged ranges by part.
    merged: Vec<(String, Vec<Merged>)>,
    workbook: String,
    relations: String,
}

/// Unfolds every part once, within limits, before anything is taken into memory.
fn measure(file: File) -> Result<Parts, Problem> {
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(damaged("too many parts"));
    }
    let mut parts = Parts::default();
    let mut total = 0_u64;
    let mut buffer = vec![0; 64 * 1024];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.into_owned();
        let packed = part.compressed_size();
        let limit = if name.to_lowercase().ends_with("sharedstrings.xml") { MOST_TEXTS } else { MOST_BYTES };
        let limit = limit.min(FLOOR.max(packed.saturating_mul(MOST_RATIO)));
        let is_sheet = name.starts_with("xl/worksheets/");
        let keep = matches!(name.as_str(), "xl/workbook.xml" | "xl/_rels/workbook.xml.rels");
        let (mut size, mut kept, mut scanner) = (0_u64, Vec::new(), MergeScanner::default());
        loop {
            let read = part.read(&mut buffer).map_err(damaged)?;
            if read == 0 {
                break;
            }
            size += read as u64;
            total += read as u64;
            if size > limit || total > MOST_BYTES {
                let shown = format!("> {} MiB", limit.min(MOST_BYTES) / (1024 * 1024));
                return Err(Problem::new(Code::WorkbookTooLarge).with("part", name).with("detail", shown));
            }
            if is_sheet {
                scanner.scan(&buffer[..read]);
            }
            if keep && kept.len() < 1024 * 1024 {
                kept.extend_from_slice(&buffer[..read]);
            }
        }
        if is_sheet && !scanner.found.is_empty() {
            parts.merged.push((name.clone(), scanner.found));
        }
        let kept = String::from_utf8_lossy(&kept).into_owned();
        match name.as_str() {
            "xl/workbook.xml" => parts.workbook = kept,
            "xl/_rels/workbook.xml.rels" => parts.relations = kept,
            _ => {}
        }
    }
    Ok(parts)
}

impl Parts {
    /// Merged ranges of the sheet with an index. Where its part cannot be told, those of all sheets.
    fn merged_of(&self, index: usize) -> Vec<Merged> {
        let part = self.part_of(index);
        let mine = self.merged.iter().filter(|(name, _)| part.as_ref().is_none_or(|part| name == part));
        mine.flat_map(|(_, merged)| merged.iter().copied()).collect()
    }

    fn part_of(&self, index: usize) -> Option<String> {
        let sheet = elements(&self.workbook, "sheet").nth(index)?;
        let id = attribute(sheet, "id", true)?;
        let relation = elements(&self.relations, "Relationship")
            .find(|found| attribute(found, "Id", false) == Some(id))?;
        let target = attribute(relation, "Target", false)?;
        Some(match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("xl/{target}"),
        })
    }
}

/// The texts between `<name ` and `>` of elements, with or without a prefix.
fn elements<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = &'t str> {
    text.split('<').skip(1).filter_map(move |part| {
        let (tag, rest) = part.split_once(|letter: char| letter.is_whitespace())?;
        let local = tag.rsplit(':').next().unwrap_or(tag);
        (local == name).then(|| rest.split('>').next().unwrap_or_default())
    })
}

/// An attribute of an element, by its name or by what follows a prefix.
fn attribute<'t>(element: &'t str, name: &str, prefixed: bool) -> Option<&'t str> {
    let mut rest = element;
    while let Some((before, after)) = rest.split_once('=') {
        let key = before.trim().rsplit(char::is_whitespace).next().unwrap_or_default();
        let after = after.trim_start();
        let mark = after.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
        let (value, next) = after[1..].split_once(mark)?;
        let matches =
            if prefixed { key.rsplit_once(':').is_some_and(|(_, local)| local == name) } else { key == name };
        if matches {
            return Some(value);
        }
        rest = next;
    }
    None
}

/// Finds merged ranges in the text of a sheet as it streams by.
#[derive(Debug, Default)]
struct MergeScanner {
    tail: Vec<u8>,
    found: Vec<Merged>,
}

impl MergeScanner {
    fn scan(&mut self, bytes: &[u8]) {
        const MARK: &[u8] = b"mergeCell ";
        const LONGEST: usize = 128;
        self.tail.extend_from_slice(bytes);
        let mut at = 0;
        while let Some(found) = memchr::memmem::find(&self.tail[at..], MARK) {
            let start = at + found + MARK.len();
            let Some(end) = memchr::memchr(b'>', &self.tail[start..]) else {
                at += found;
                break;
            };
            let element = String::from_utf8_lossy(&self.tail[start..start + end]).into_owned();
            if self.found.len() < MOST_MERGED {
                self.found.extend(attribute(&element, "ref", false).and_then(Merged::parse));
            }
            at = start + end;
        }
        // What may be the start of a mark stays for the next piece.
        let keep = self.tail.len().saturating_sub(LONGEST).max(at);
        self.tail.drain(..keep);
    }
}

/// Ghi Excel: rows into sheets, a further sheet where one is full.
pub struct Workbooks {
    workbook: Option<Workbook>,
    file: File,
    names: Vec<String>,
    kinds: Vec<CellKind>,
    splitter: Splitter,
    formats: Formats,
    sheets: usize,
    /// Next row of the current sheet.
    row: u32,
    /// Rows of a full sheet.
    most_rows: u32,
}

struct Formats {
    heading: Format,
    amount: Format,
    decimals: Format,
    date: Format,
}

impl Workbooks {
    /// A workbook that will be written into `file`; rows wait in unnamed files of `folder` meanwhile.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn new(
        file: File,
        folder: &Path,
        names: &[String],
        kinds: &[CellKind],
        separator: u8,
    ) -> io::Result<Workbooks> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder).map_err(|error| as_io_error(&error))?;
        Ok(Workbooks {
            workbook: Some(workbook),
            file,
            names: names.to_vec(),
            kinds: kinds.to_vec(),
            splitter: own_rows(separator),
            formats: Formats {
                heading: Format::new().set_bold(),
                amount: Format::new().set_num_format("#,##0"),
                decimals: Format::new().set_num_format("#,##0.00"),
                date: Format::new().set_num_format("dd/mm/yyyy"),
            },
            sheets: 0,
            row: MOST_ROWS,
            most_rows: MOST_ROWS,
        })
    }

    /// A further sheet with the heading.
    fn begin_sheet(&mut self) -> Result<(), XlsxError> {
        self.end_sheet()?;
        let Some(workbook) = &mut self.workbook else { return Ok(()) };
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        self.sheets += 1;
        sheet.set_name(format!("bhyt {}", self.sheets))?.set_freeze_panes(1, 0)?;
        for (column, (name, kind)) in (0..).zip(self.names.iter().zip(&self.kinds)) {
            let width = match kind {
                CellKind::Text => 18,
                CellKind::Number | CellKind::Amount => 14,
                CellKind::Date => 12,
            };
            sheet.set_column_width(column, width)?;
            sheet.write_string_with_format(0, column, name, &self.formats.heading)?;
        }
        self.row = 1;
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), XlsxError> {
        if let (Some(workbook), true) = (&mut self.workbook, self.sheets > 0) {
            let last = u16::try_from(self.names.len().saturating_sub(1)).unwrap_or(u16::MAX);
            let sheet = workbook.worksheet_from_index(self.sheets - 1)?;
            sheet.autofilter(0, 0, self.row.saturating_sub(1), last)?;
        }
        Ok(())
    }

    fn write_row(&mut self, cells: &[Vec<u8>]) -> Result<(), XlsxError> {
        if self.row >= self.most_rows {
            self.begin_sheet()?;
        }
        let Some(workbook) = &mut self.workbook else { return Ok(()) };
        let sheet = workbook.worksheet_from_index(self.sheets - 1)?;
        for (column, (cell, kind)) in (0..).zip(cells.iter().zip(&self.kinds)) {
            if cell.is_empty() {
                continue;
            }
            let text = String::from_utf8_lossy(cell);
            match (kind, exact_number(cell), serial_of(&text)) {
                (CellKind::Number | CellKind::Amount, Some(number), _) => {
                    sheet.write_number_with_format(self.row, column, number, &self.formats.amount)?;
                }
                (CellKind::Amount, None, _) if let Some(number) = exact_decimals(&text) => {
                    sheet.write_number_with_format(self.row, column, number, &self.formats.decimals)?;
                }
                (CellKind::Date, _, Some(serial)) => {
                    sheet.write_number_with_format(self.row, column, serial, &self.formats.date)?;
                }
                _ => {
                    sheet.write_string(self.row, column, text.as_ref())?;
                }
            }
        }
        self.row += 1;
        Ok(())
    }
}

/// A whole number that a float holds exactly.
#[expect(clippy::cast_precision_loss, reason = "at most 15 digits, which a float holds")]
fn exact_number(cell: &[u8]) -> Option<f64> {
    if !is_number(cell) {
        return None;
    }
    std::str::from_utf8(cell).ok()?.parse::<i64>().ok().map(|number| number as f64)
}

/// An amount with decimals that reads back from the nearest float as it was, as every one of 15 digits does.
fn exact_decimals(text: &str) -> Option<f64> {
    let (whole, decimals) = text.split_once('.')?;
    let plain = |digits: &str| is_number(digits.as_bytes());
    let fits = plain(whole) && (1..=2).contains(&decimals.len()) && whole.len() + decimals.len() <= 15;
    let digits = decimals.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| fits && digits)
}

/// The number by which Excel counts a day since March 1900.
fn serial_of(text: &str) -> Option<u32> {
    let day = parse_date(text).ok()?;
    let start = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    u32::try_from((day - start).num_days()).ok().filter(|days| *days > 60)
}

fn as_io_error(error: &XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => io::Error::new(error.kind(), error.to_string()),
        other => io::Error::other(other.to_string()),
    }
}

/// What the writer of workbooks says when it panics because a write failed; it knows no other way.
const WRITE_FAILURE: &str = "Couldn't write to xml file";

/// Whether a panic is the failed write of a workbook, which is reported as such and needs no other word.
pub fn is_write_failure(payload: &dyn Any) -> bool {
    payload.downcast_ref::<String>().is_some_and(|text| text.starts_with(WRITE_FAILURE))
}

/// Turns the panic of a failed write into an error.
fn guarded(work: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    std::panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        if !is_write_failure(&*payload) {
            std::panic::resume_unwind(payload);
        }
        let text = payload.downcast_ref::<String>().map_or("", String::as_str);
        let cause = text.split("message: \"").nth(1).and_then(|rest| rest.split('"').next());
        Err(io::Error::other(cause.unwrap_or(WRITE_FAILURE).to_owned()))
    })
}

impl Sink for Workbooks {
    fn write(&mut self, rows: &[u8]) -> io::Result<()> {
        guarded(|| self.write_rows(rows))
    }

    fn finish(&mut self) -> io::Result<()> {
        guarded(|| self.save())
    }
}

impl Workbooks {
    fn write_rows(&mut self, rows: &[u8]) -> io::Result<()> {
        let mut cells: Vec<Vec<u8>> = vec![Vec::new(); self.names.len()];
        let splitter = self.splitter;
        let mut failed = None;
        let walked = splitter.walk(rows, 1, |row| {
            for (column, cell) in cells.iter_mut().enumerate() {
                cell.clear();
                cell.extend_from_slice(&row.cell(column));
            }
            self.write_row(&cells).map_err(|error| {
                failed = Some(as_io_error(&error));
                Trouble::internal("a sheet")
            })
        });
        match (failed, walked) {
            (Some(error), _) => Err(error),
            (None, walked) => walked.map(|_| ()).map_err(io_error),
        }
    }

    fn save(&mut self) -> io::Result<()> {
        let failed = |error: XlsxError| as_io_error(&error);
        if self.sheets == 0 {
            self.begin_sheet().map_err(failed)?;
        }
        self.end_sheet().map_err(failed)?;
        let Some(mut workbook) = self.workbook.take() else { return Ok(()) };
        let file = self.file.try_clone()?;
        workbook.save_to_writer(file).map_err(failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_both_epochs_and_the_day_that_never_was() {
        let text = |days: f64, epoch| day_text(days, epoch).unwrap_or_default();
        assert_eq!(text(46_235.0, Epoch::Year1900), "2026-08-01");
        assert_eq!(text(44_773.0, Epoch::Year1904), "2026-08-01");
        assert_eq!(text(46_235.5, Epoch::Year1900), "2026-08-01 12:00:00");
        assert_eq!(text(46_234.999_999_9, Epoch::Year1900), "2026-08-01");
        assert_eq!(text(59.0, Epoch::Year1900), "1900-02-28");
        assert_eq!(text(60.0, Epoch::Year1900), "1900-02-29");
        assert_eq!(text(61.0, Epoch::Year1900), "1900-03-01");
        assert_eq!(day_text(-1.0, Epoch::Year1900), None);
        assert_eq!(day_text(f64::NAN, Epoch::Year1900), None);
        assert_eq!(number_text(7_900_000_000.0), "7900000000");
        assert_eq!(number_text(12.5), "12.5");
        assert_eq!(serial_of("2026-08-01"), Some(46_235));
        assert_eq!(cell_name(0, 16_383), "XFD1");
    }

    #[test]
    fn a_full_sheet_goes_on_in_the_next_one_with_the_heading() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("out.xlsx");
        let file =
            File::options().read(true).write(true).create(true).truncate(true).open(&path).expect("a file");
        let names = ["id", "premium"].map(str::to_owned);
        let kinds = [CellKind::Text, CellKind::Number];
        let mut sink = Workbooks::new(file, folder.path(), &names, &kinds, b';').expect("a workbook");
        sink.most_rows = 4;
        sink.write(b"a;1\nb;2\n\"c;\"\"d\";3\n").expect("rows");
        sink.write(b"007;4\n").expect("rows");
        sink.finish().expect("a whole workbook");
        let mut workbook: Xlsx<_> =
            Xlsx::new(BufReader::new(File::open(&path).expect("a file"))).expect("a workbook");
        let mut told = Vec::new();
        for sheet in workbook.sheet_names() {
            let mut cells = workbook.worksheet_cells_reader(&sheet).expect("cells");
            while let Some(cell) = cells.next_cell().expect("a cell") {
                told.push(text_of(cell.get_value(), Epoch::Year1900));
            }
        }
        assert_eq!(told, ["id", "premium", "a", "1", "b", "2", "c;\"d", "3", "id", "premium", "007", "4"]);
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn merged_ranges_are_found_across_pieces() {
        let text = b"<sheetData/><mergeCells count=\"2\"><mergeCell ref=\"A2:A5\"/><x:mergeCell  ref='C1:D1' /></mergeCells>";
        for size in [1, 7, 30, 200] {
            let mut scanner = MergeScanner::default();
            text.chunks(size).for_each(|piece| scanner.scan(piece));
            assert_eq!(scanner.found.len(), 2, "{size}");
            assert_eq!(scanner.found[0].name(), "A2:A5");
        }
    }

    #[test]
    fn the_part_of_a_sheet_is_found_through_its_relation() {
        let parts = Parts {
            merged: Vec::new(),
            workbook: r#"<workbook><sheets><sheet name="A > b" sheetId="1" r:id="rId7"/><sheet name="B" sheetId="2" d:id="rId8"/></sheets>"#
                .to_owned(),
            relations: r#"<Relationships><Relationship Id="rId8" Target="/xl/worksheets/sheet9.xml"/><Relationship Target="worksheets/sheet1.xml" Id="rId7"/>"#
                .to_owned(),
        };
        assert_eq!(parts.part_of(1).as_deref(), Some("xl/worksheets/sheet9.xml"));
    }
}
