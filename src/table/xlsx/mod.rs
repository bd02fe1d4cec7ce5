//! Excel: workbooks read cell by cell after their parts were measured, and written row by row.
//!
//! Only the streaming reader of calamine is used: its other calls make room for the whole range between the first and
//! the last cell, which two cells can make as large as they like. This is the one module with floats, since Excel has
//! no other numbers; they become text or whole numbers here.

mod parts;
mod read;
mod soundness;
mod write;

pub(super) use self::read::{unroll, visible_sheets};
pub use self::write::Workbooks;
use crate::terms::problem::{Code, Problem};

/// Rows of a sheet in Excel.
const MOST_ROWS: u32 = 1_048_576;

fn damaged(detail: impl std::fmt::Display) -> Problem {
    Problem::new(Code::WorkbookDamaged).with("detail", detail)
}
