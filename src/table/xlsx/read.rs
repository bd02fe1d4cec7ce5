//! Đọc Excel: cells as text, row by row.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx};
use chrono::NaiveDate;

use super::parts::measure;
use super::sheets::{BookSheet, choose};
use super::{MOST_ROWS, damaged};
use crate::table::Trouble;
use crate::table::heading::Epoch;
use crate::table::input::{ReadOptions, Unrolled};
use crate::table::merged::FillDown;
use crate::table::pipe::{self, RowSender};
use crate::terms::period::days_after;
use crate::terms::problem::{Code, Problem};

/// Characters of a cell in Excel.
const MOST_CHARACTERS: usize = 32_767;
/// Columns of a sheet in Excel.
const MOST_COLUMNS: u32 = 16_384;

/// Names of the visible sheets; none for what is no workbook.
pub(in crate::table) fn visible_sheets(path: &Path) -> Option<Vec<String>> {
    measure(File::open(path).ok()?).ok()?;
    let workbook = Xlsx::new(BufReader::new(File::open(path).ok()?)).ok()?;
    let sheets = workbook.sheets_metadata().iter();
    let visible =
        sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    Some(visible.map(|sheet| sheet.name.clone()).collect())
}

/// Rows of a sheet as text.
pub(in crate::table) fn unroll<'i>(
    path: &Path,
    options: &ReadOptions,
    fill: FillDown,
) -> Result<Unrolled<'i>, Trouble> {
    let refused = Trouble::input;
    let open =
        || File::open(path).map_err(|error| refused(Problem::new(Code::UnreadableInput).because(&error)));
    let parts = measure(open()?).map_err(refused)?;
    let workbook = Xlsx::new(BufReader::new(open()?)).map_err(|error| refused(damaged(error)))?;
    let metadata = workbook.sheets_metadata().iter().enumerate();
    let (places, sheets): (Vec<usize>, Vec<BookSheet>) = metadata
        .filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet)
        .map(|(index, sheet)| {
            let is_visible = sheet.visible == SheetVisible::Visible;
            (index, BookSheet { name: sheet.name.clone(), is_visible })
        })
        .unzip();
    let (chosen, notices) = choose(&sheets, options)?;
    let (index, name) = (places[chosen], sheets[chosen].name.clone());
    let epoch = if workbook.has_1904_epoch() { Epoch::Year1904 } else { Epoch::Year1900 };
    let (merged, hidden) = (parts.merged_of(index), parts.hidden_of(index));
    let reader =
        pipe::spawn(Code::WorkbookDamaged, move |rows| send_rows(workbook, &name, epoch, fill, rows));
    Ok(Unrolled { reader, notices, epoch: Some(epoch), merged, hidden, kinds: None })
}

/// Sends the cells of a sheet row by row.
fn send_rows(
    mut workbook: Xlsx<BufReader<File>>,
    sheet: &str,
    epoch: Epoch,
    mut fill: FillDown,
    rows: &mut RowSender,
) -> Result<(), Option<Problem>> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|error| Some(damaged(error)))?;
    let mut row: Vec<String> = Vec::new();
    let mut number = 0;
    // Behind the last cell of the row: a cell before it would stand in the place of another, and a repeated row would hide one.
    let mut next_column = 0;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| Some(damaged(error)))? {
        let (at_row, at_column) = cell.pos;
        let is_behind = at_row < number || (at_row == number && at_column < next_column);
        if at_row >= MOST_ROWS || at_column >= MOST_COLUMNS || is_behind {
            return Err(Some(damaged(format!("cell {}", cell_name(at_row, at_column)))));
        }
        if at_row > number {
            fill.fill(number + 1, &mut row);
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
        next_column = at_column + 1;
        let column = at_column as usize;
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        row[column] = text_of(&cell.value, epoch);
        if row[column].chars().count() > MOST_CHARACTERS {
            return Err(Some(damaged(format!("cell {}", cell_name(at_row, at_column)))));
        }
    }
    fill.fill(number + 1, &mut row);
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
pub(super) fn cell_name(row: u32, column: u32) -> String {
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
pub(super) fn text_of(value: &DataRef<'_>, epoch: Epoch) -> String {
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
pub(super) fn number_text(number: f64) -> String {
    if number == 0.0 { "0".to_owned() } else { number.to_string() }
}

/// A day, with its time of day if it has one, of the number by which a spreadsheet counts it.
#[expect(clippy::float_arithmetic, reason = "Excel's days are floats")]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked against the range of Excel's days"
)]
pub(super) fn day_text(days: f64, epoch: Epoch) -> Option<String> {
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
        assert_eq!(cell_name(0, 16_383), "XFD1");
    }
}
