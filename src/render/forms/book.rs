//! Sổ mẫu: sheets of printed forms, A4 across, with the cells of their headings joined.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::terms::number::Vnd;
use crate::workbook::{A4, empty, put_number};

/// Height of a line of text.
const LINE: u16 = 15;
/// Letters that a name of a sheet may have.
const LONGEST_NAME: usize = 28;

/// Sổ mẫu.
pub(super) struct FormBook {
    workbook: Workbook,
    names: Vec<String>,
    pub(super) plain: Format,
    pub(super) centred: Format,
    pub(super) bold: Format,
    pub(super) head: Format,
    pub(super) cell: Format,
    pub(super) number: Format,
    pub(super) strong: Format,
    pub(super) strong_number: Format,
}

/// A heading cell: rows and columns from and to, counted from 0, and its text.
pub(super) type FormHeading<'t> = (u32, u16, u32, u16, &'t str);

impl FormBook {
    pub(super) fn new() -> FormBook {
        let font = Format::new().set_font_name("Times New Roman").set_font_size(11);
        let cell = font
            .clone()
            .set_border(FormatBorder::Thin)
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter);
        let number = cell.clone().set_num_format("#,##0");
        FormBook {
            workbook: empty(),
            names: Vec::new(),
            bold: font.clone().set_bold().set_align(FormatAlign::Center),
            head: cell.clone().set_bold().set_align(FormatAlign::Center),
            strong: cell.clone().set_bold(),
            strong_number: number.clone().set_bold(),
            centred: font.clone().set_align(FormatAlign::Center),
            plain: font,
            cell,
            number,
        }
    }

    /// A further sheet with a name of its own.
    pub(super) fn sheet(&mut self, name: &str) -> Result<&mut Worksheet, XlsxError> {
        let plain: String = name
            .chars()
            .map(|letter| if "[]:*?/\\'".contains(letter) { ' ' } else { letter })
            .take(LONGEST_NAME)
            .collect();
        let plain = if plain.trim().is_empty() { "1".to_owned() } else { plain.trim().to_owned() };
        let taken = |name: &String, names: &[String]| {
            names.iter().any(|known| known.to_lowercase() == name.to_lowercase())
        };
        let mut unique = plain.clone();
        let mut number = 2;
        while taken(&unique, &self.names) {
            let end = format!(" {number}");
            unique = plain.chars().take(LONGEST_NAME - end.len()).collect::<String>() + &end;
            number += 1;
        }
        self.names.push(unique.clone());
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(unique)?.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3).set_footer("&C&P/&N");
        Ok(sheet)
    }

    pub(super) fn finish(mut self) -> Result<Vec<u8>, XlsxError> {
        if self.names.is_empty() {
            self.workbook.add_worksheet();
        }
        self.workbook.save_to_buffer()
    }
}

/// Writes heading cells, joined where they span several; they stand on every printed page.
pub(super) fn headings(
    sheet: &mut Worksheet,
    cells: &[FormHeading<'_>],
    format: &Format,
) -> Result<(), XlsxError> {
    for (first_row, first_column, last_row, last_column, text) in cells {
        if (first_row, first_column) == (last_row, last_column) {
            sheet.write_string_with_format(*first_row, *first_column, *text, format)?;
        } else {
            sheet.merge_range(*first_row, *first_column, *last_row, *last_column, text, format)?;
        }
    }
    if let (Some(first), Some(last)) =
        (cells.iter().map(|cell| cell.0).min(), cells.iter().map(|cell| cell.2).max())
    {
        sheet.set_repeat_rows(first, last)?;
    }
    Ok(())
}

/// Writes a row of texts in a format.
pub(super) fn texts<T: AsRef<str>>(
    sheet: &mut Worksheet,
    row: u32,
    cells: &[T],
    format: &Format,
) -> Result<(), XlsxError> {
    for (column, cell) in (0..).zip(cells) {
        sheet.write_string_with_format(row, column, cell.as_ref(), format)?;
    }
    Ok(())
}

/// Writes an amount as a number.
pub(super) fn amount(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    amount: Vnd,
    format: &Format,
) -> Result<(), XlsxError> {
    put_number(sheet, (row, column), &(amount.hundredths() / 100).to_string(), &dong(amount), format)
}

/// Widths of columns, in letters.
pub(super) fn widths(sheet: &mut Worksheet, widths: &[u16]) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(widths) {
        sheet.set_column_width(column, *width)?;
    }
    Ok(())
}

/// Heights of the rows of a heading, in lines of its texts.
pub(super) fn heights(sheet: &mut Worksheet, first: u32, lines: &[u16]) -> Result<(), XlsxError> {
    for (row, lines) in (first..).zip(lines) {
        sheet.set_row_height(row, lines * LINE)?;
    }
    Ok(())
}

/// Makes a row as high as the longest of its texts needs in columns of so many letters.
pub(super) fn fit<T: AsRef<str>>(
    sheet: &mut Worksheet,
    row: u32,
    texts: &[T],
    widths: &[u16],
) -> Result<(), XlsxError> {
    // A width counts digits; letters are narrower on the whole.
    let letters = |width: u16| usize::from(width + width / 8);
    let needed = texts.iter().zip(widths).map(|(text, width)| lines(text.as_ref(), letters(*width)));
    match needed.max() {
        Some(most) if most > 1 => sheet.set_row_height(row, most * LINE).map(|_| ()),
        _ => Ok(()),
    }
}

/// Lines of a text whose words are not cut, as long as they are no longer than a line.
fn lines(text: &str, width: usize) -> u16 {
    let (mut lines, mut used) = (1_usize, 0);
    for word in text.split_whitespace().map(|word| word.chars().count()) {
        let with_blank = if used == 0 { word } else { used + 1 + word };
        if with_blank <= width {
            used = with_blank;
            continue;
        }
        lines += usize::from(used > 0) + word.saturating_sub(1) / width;
        used = (word.saturating_sub(1) % width) + 1;
    }
    u16::try_from(lines).unwrap_or(u16::MAX)
}

/// The row of column numbers: `A, B, 1, 2 …`.
pub(super) fn numbers(columns: usize) -> Vec<String> {
    let letters = ["A", "B"].map(str::to_owned);
    letters.into_iter().chain((1..=columns.saturating_sub(2)).map(|number| number.to_string())).collect()
}

/// Rows of a form are counted in the numbers of a sheet.
pub(super) fn row(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Whole đồng with dots, as forms print them.
pub(super) fn dong(amount: Vnd) -> String {
    let digits = (amount.hundredths() / 100).unsigned_abs().to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}
