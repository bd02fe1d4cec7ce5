//! Bảng mẫu: a small CSV text as a workbook, for those who start in Excel.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, ExcelDateTime, Format, Formula, Worksheet, XlsxError,
};

use super::csv::{Splitter, TableRow};
use super::heading::key;
use super::{TableLimits, Trouble};

/// Danh mục để chọn: what may stand in a column, offered by Excel as a list.
#[derive(Debug, Clone)]
pub struct Choices {
    /// Headings of the column, in either language.
    pub headings: &'static [&'static str],
    /// What may be chosen.
    pub entries: Vec<String>,
}

/// Rows below the heading that offer their lists.
const ROWS_WITH_LISTS: u32 = 2000;
/// The sheet that holds the lists.
const LISTS: &str = "Danh mục";

/// Longer runs of digits are numbers of cards and papers, not amounts.
const MOST_DIGITS: usize = 9;

/// Tệp Excel của một bảng mẫu: dates as dates, amounts as numbers, everything else as text.
///
/// # Errors
/// [`Trouble`] when the text is no CSV or the workbook cannot be put together.
pub fn workbook(csv: &str, choices: &[Choices]) -> Result<Vec<u8>, Trouble> {
    let splitter = Splitter { separator: b',', limits: TableLimits::TEXT, counts_lines: true };
    let mut workbook = crate::workbook::empty();
    let sheet = workbook.add_worksheet();
    let mut widest = 0;
    let mut offered = Vec::new();
    splitter.walk(csv.as_bytes(), 1, |row| {
        if row.number == 1 {
            offered = lists_of(&row, choices);
        }
        widest = widest.max(row.width());
        write_row(sheet, &row).map_err(Trouble::internal)
    })?;
    finish(sheet, widest).map_err(Trouble::internal)?;
    for (list, (column, _)) in (0..).zip(&offered) {
        offer(sheet, *column, list, offered[usize::from(list)].1.entries.len()).map_err(Trouble::internal)?;
    }
    if !offered.is_empty() {
        let lists = workbook.add_worksheet();
        write_lists(lists, &offered).map_err(Trouble::internal)?;
    }
    workbook.save_to_buffer().map_err(Trouble::internal)
}

/// The columns of a heading for which there is a list.
fn lists_of<'c>(heading: &TableRow<'_>, choices: &'c [Choices]) -> Vec<(u16, &'c Choices)> {
    let name = |at: usize| key(&String::from_utf8_lossy(heading.cell(at)));
    let list =
        |at: usize| choices.iter().find(|list| list.headings.iter().any(|known| key(known) == name(at)));
    (0..heading.width()).filter_map(|at| Some((u16::try_from(at).ok()?, list(at)?))).collect()
}

/// A column whose cells offer a list of the other sheet; other texts are allowed, since names are understood too.
fn offer(sheet: &mut Worksheet, column: u16, list: u8, entries: usize) -> Result<(), XlsxError> {
    let letter = char::from(b'A' + list);
    let range = Formula::new(format!("='{LISTS}'!${letter}$1:${letter}${entries}"));
    let validation =
        DataValidation::new().allow_list_formula(range).set_error_style(DataValidationErrorStyle::Warning);
    sheet.add_data_validation(1, column, ROWS_WITH_LISTS, column, &validation)?;
    Ok(())
}

fn write_lists(sheet: &mut Worksheet, offered: &[(u16, &Choices)]) -> Result<(), XlsxError> {
    const WIDTH: u8 = 60;
    sheet.set_name(LISTS)?.set_hidden(true);
    for (column, (_, list)) in (0..).zip(offered) {
        sheet.set_column_width(column, WIDTH)?;
        for (row, entry) in (0..).zip(&list.entries) {
            sheet.write_string(row, column, entry)?;
        }
    }
    Ok(())
}

fn write_row(sheet: &mut Worksheet, row: &TableRow<'_>) -> Result<(), XlsxError> {
    let place = u32::try_from(row.number.saturating_sub(1)).unwrap_or(u32::MAX);
    for (column, index) in (0..).zip(0..row.width()) {
        let cell = String::from_utf8_lossy(row.cell(index)).into_owned();
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
