//! Bảng mẫu: a small CSV text as a workbook, for those who start in Excel.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{ExcelDateTime, Format, Worksheet, XlsxError};

use super::csv::{Splitter, TableRow};
use super::{TableLimits, Trouble};

/// Longer runs of digits are numbers of cards and papers, not amounts.
const MOST_DIGITS: usize = 9;

/// Tệp Excel của một bảng mẫu: dates as dates, amounts as numbers, everything else as text.
///
/// # Errors
/// [`Trouble`] when the text is no CSV or the workbook cannot be put together.
pub fn workbook(csv: &str) -> Result<Vec<u8>, Trouble> {
    let splitter = Splitter { separator: b',', limits: TableLimits::TEXT, counts_lines: true };
    let mut workbook = crate::workbook::empty();
    let sheet = workbook.add_worksheet();
    let mut widest = 0;
    splitter.walk(csv.as_bytes(), 1, |row| {
        widest = widest.max(row.width());
        write_row(sheet, &row).map_err(Trouble::internal)
    })?;
    finish(sheet, widest).map_err(Trouble::internal)?;
    workbook.save_to_buffer().map_err(Trouble::internal)
}

fn write_row(sheet: &mut Worksheet, row: &TableRow<'_>) -> Result<(), XlsxError> {
    let place = u32::try_from(row.number.saturating_sub(1)).unwrap_or(u32::MAX);
    for (column, index) in (0..).zip(0..row.width()) {
        let cell = String::from_utf8_lossy(&row.cell(index)).into_owned();
        if place == 0 {
            sheet.write_string_with_format(place, column, cell, &Format::new().set_bold())?;
        } else if let Ok(day) = cell.parse::<NaiveDate>() {
            let (year, month, day) = (day.year(), day.month(), day.day());
            let year = u16::try_from(year).unwrap_or(u16::MAX);
            let date = ExcelDateTime::from_ymd(year, small(month), small(day))?;
            sheet.write_datetime_with_format(
                place,
                column,
                date,
                &Format::new().set_num_format("dd/mm/yyyy"),
            )?;
        } else if let Some(number) = amount(&cell) {
            sheet.write_number_with_format(place, column, number, &Format::new().set_num_format("#,##0"))?;
        } else if !cell.is_empty() {
            sheet.write_string(place, column, cell)?;
        }
    }
    Ok(())
}

fn small(part: u32) -> u8 {
    u8::try_from(part).unwrap_or(u8::MAX)
}

/// A whole number that Excel may hold as one.
fn amount(cell: &str) -> Option<u32> {
    let is_plain = cell.len() <= MOST_DIGITS && (cell == "0" || !cell.starts_with('0'));
    if is_plain { cell.parse().ok() } else { None }
}

fn finish(sheet: &mut Worksheet, columns: usize) -> Result<(), XlsxError> {
    const WIDTH: u8 = 15;
    for column in 0..u16::try_from(columns).unwrap_or(u16::MAX) {
        sheet.set_column_width(column, WIDTH)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}
