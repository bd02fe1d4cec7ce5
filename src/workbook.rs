//! Sổ Excel: what every workbook of the program has in common, whoever fills it.

use std::any::Any;
use std::io;
use std::panic::AssertUnwindSafe;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

/// Sổ trống. Its time of creation is the same in every run: the same input gives the same bytes, and only `cli` reads a clock.
pub fn empty() -> Workbook {
    let mut workbook = Workbook::new();
    if let Ok(always) = ExcelDateTime::from_ymd(2000, 1, 1) {
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&always));
    }
    workbook
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
