//! Ghi Excel: rows into sheets, in constant memory.

use std::fs::File;
use std::io;
use std::path::Path;

use chrono::NaiveDate;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::MOST_ROWS;
use crate::table::Trouble;
use crate::table::csv::Splitter;
use crate::table::json_lines::{io_error, is_number, own_rows};
use crate::table::sink::{CellKind, ERROR_COLUMNS, Sink};
use crate::terms::period::parse_date;
use crate::workbook::{A4, empty, guarded, number};

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
    number_heading: Format,
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
        let mut workbook = empty();
        let heading = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(Color::RGB(HEADING_SHADE))
            .set_border_bottom(FormatBorder::Thin);
        workbook.set_tempdir(folder).map_err(|error| as_io_error(&error))?;
        Ok(Workbooks {
            workbook: Some(workbook),
            file,
            names: names.to_vec(),
            kinds: kinds.to_vec(),
            splitter: own_rows(separator),
            formats: Formats {
                number_heading: heading.clone().set_align(FormatAlign::Right),
                heading,
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
        // On paper: all columns on one page across, the heading on every page.
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        sheet.set_footer("&C&P/&N");
        for (column, (name, kind)) in (0..).zip(self.names.iter().zip(&self.kinds)) {
            sheet.set_column_width(column, width_of(name, *kind))?;
            let heading = match kind {
                CellKind::Number | CellKind::Amount => &self.formats.number_heading,
                CellKind::Text | CellKind::Date => &self.formats.heading,
            };
            sheet.write_string_with_format(0, column, name, heading)?;
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

/// A light grey that still reads on a photocopy.
const HEADING_SHADE: u32 = 0xE7_E6_E6;

/// Wide enough for what the column holds and for its heading.
fn width_of(name: &str, kind: CellKind) -> u16 {
    let usual = match kind {
        _ if name == ERROR_COLUMNS[0] => 11,
        _ if name == ERROR_COLUMNS[1] => 38,
        CellKind::Text => 14,
        CellKind::Number | CellKind::Amount => 11,
        CellKind::Date => 12,
    };
    // A long heading breaks into two lines at its blanks; one without blanks needs the room.
    let longest = name.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
    usual.max(u16::try_from(longest).unwrap_or(u16::MAX).min(30) + 2)
}

/// A whole number that the workbook holds exactly.
fn exact_number(cell: &[u8]) -> Option<f64> {
    if is_number(cell) { number(std::str::from_utf8(cell).ok()?) } else { None }
}

/// An amount with decimals that reads back from the nearest float as it was, as every one of 15 digits does.
fn exact_decimals(text: &str) -> Option<f64> {
    let (whole, decimals) = text.split_once('.')?;
    let plain = |digits: &str| is_number(digits.as_bytes());
    let digits = decimals.bytes().all(|byte| byte.is_ascii_digit());
    let fits = plain(whole) && (1..=2).contains(&decimals.len()) && digits;
    if fits { number(text) } else { None }
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
                cell.extend_from_slice(row.cell(column));
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
    use calamine::{Reader as _, Xlsx};

    use super::super::read::text_of;
    use crate::table::heading::Epoch;

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
        assert_eq!(serial_of("2026-08-01"), Some(46_235));
        let mut workbook: Xlsx<_> =
            Xlsx::new(io::BufReader::new(File::open(&path).expect("a file"))).expect("a workbook");
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
}
