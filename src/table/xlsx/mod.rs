//! Excel: workbooks read cell by cell after their parts were measured, and written row by row.
//!
//! XLSX is read by calamine's streaming reader alone: its other calls make room for the whole range between the first and
//! the last cell, which two cells can make as large as they like. This is the one module with floats, since Excel has
//! no other numbers; they become text or whole numbers here. Old workbooks (.xls) are read by `biff`.

mod biff;
mod parts;
mod read;
mod records;
mod sheets;
mod soundness;
mod tags;
mod write;

pub(super) use self::biff::unroll as unroll_old;
pub(super) use self::read::unroll;
pub use self::write::Workbooks;
use crate::terms::problem::{Code, Problem};

/// Rows of a sheet in Excel.
const MOST_ROWS: u32 = 1_048_576;

fn damaged(detail: impl std::fmt::Display) -> Problem {
    Problem::new(Code::WorkbookDamaged).with("detail", detail)
}

/// Names of the visible sheets of either kind of workbook; none for what is no workbook.
pub(super) fn visible_sheets(path: &std::path::Path) -> Option<Vec<String>> {
    read::visible_sheets(path).or_else(|| biff::visible_sheets(path))
}
