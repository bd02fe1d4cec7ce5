//! Sổ Excel: what every workbook of the program has in common, whoever fills it.

use std::any::Any;
use std::io;
use std::panic::AssertUnwindSafe;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// Sổ trống. Its time of creation is the same in every run: the same input gives the same bytes, and only `cli` reads a clock.
pub fn empty() -> Workbook {
    let mut workbook = Workbook::new();
    if let Ok(always) = ExcelDateTime::from_ymd(2000, 1, 1) {
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&always));
    }
    workbook
}

/// Paper of offices in Viet Nam, by its number in the format.
pub const A4: u8 = 9;
/// Paper of a slip.
pub const A5: u8 = 11;

/// Digits a spreadsheet keeps of a number.
const SPREADSHEET_DIGITS: usize = 15;

/// The workbook's own number, where it holds the digits exactly: this is where amounts become floats, and only here.
pub fn number(exact: &str) -> Option<f64> {
    let digits = exact.bytes().filter(u8::is_ascii_digit).count();
    if digits > SPREADSHEET_DIGITS { None } else { exact.parse().ok() }
}

/// Ô số: a number where the spreadsheet keeps it exactly, else what people read.
///
/// # Errors
/// [`XlsxError`] when the cell cannot be written.
pub fn put_number(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    exact: &str,
    shown: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    match number(exact) {
        Some(number) => sheet.write_number_with_format(row, column, number, format)?,
        None => sheet.write_string_with_format(row, column, shown, format)?,
    };
    Ok(())
}

/// What the writer of workbooks says when it panics because a write failed; it knows no other way.
const WRITE_FAILURE: &str = "Couldn't write to xml file";

/// Whether a panic is the failed write of a workbook, which is reported as such and needs no other word.
pub fn is_write_failure(payload: &dyn Any) -> bool {
    payload.downcast_ref::<String>().is_some_and(|text| text.starts_with(WRITE_FAILURE))
}

/// Turns the panic of a failed write into an error.
///
/// # Errors
/// What the work itself returns, and the cause of such a panic.
pub fn guarded(work: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    std::panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        if !is_write_failure(&*payload) {
            std::panic::resume_unwind(payload);
        }
        let text = payload.downcast_ref::<String>().map_or("", String::as_str);
        let cause = text.split("message: \"").nth(1).and_then(|rest| rest.split('"').next());
        Err(io::Error::other(cause.unwrap_or(WRITE_FAILURE).to_owned()))
    })
}
