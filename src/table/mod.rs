//! Bảng: rows of a CSV, Excel or Parquet table, read within limits and written whole or not at all.
//!
//! Every source becomes one stream of CSV records in UTF-8 ([`source`]): text is decoded, workbooks and Parquet files
//! are unrolled by a thread of their own. The heading is found and its columns named ([`heading`]). From there on
//! there is one path:
//!
//! ```text
//! source ─▶ blocks, cut between households ─▶ workers (a Kernel) ─▶ in order ─▶ sink (CSV, XLSX, Parquet, JSON lines)
//! ```
//!
//! # Reading only
//!
//! Whoever wants rows and no output opens an [`OpenTable`] and walks through it with `for_each`; people of premium tables
//! are read by [`premium::People`], the same reader that the batch uses.
//!
//! A computation that is to use both cores and the control totals implements [`batch::Kernel`] and calls
//! [`batch::run`], with [`output::Target::Nowhere`] where no rows are wanted; what its workers gathered comes back.

mod again;
pub mod answers;
pub mod batch;
pub(crate) mod cells;
pub(crate) mod checkpoint;
pub mod claim;
pub(crate) mod coverage;
pub(crate) mod csv;
mod days;
pub(crate) mod debts;
mod field_source;
pub(crate) mod fund;
pub(crate) mod grid;
pub(crate) mod groups;
pub mod heading;
mod heading_rows;
mod heading_search;
pub(crate) mod households;
mod html;
pub(crate) mod input;
pub(crate) mod json_lines;
pub(crate) mod known_days;
pub(crate) mod ledger;
mod merged;
mod money_unit;
mod other_kind;
pub mod output;
#[cfg(feature = "parquet")]
pub(crate) mod parquet_file;
pub mod part_file;
mod pipe;
mod places;
pub mod premium;
#[cfg(feature = "audit")]
pub mod price_list;
pub(crate) mod profile;
pub(crate) mod sample;
pub(crate) mod simulate;
pub(crate) mod sink;
pub mod source;
mod sum_rows;
pub mod table_sums;
pub(crate) mod text;
pub(crate) mod xlsx;

use std::fmt;

pub use self::source::{Input, OpenTable, ReadOptions};
use crate::terms::problem::{Code, Problem};

/// Most rows that one household may have.
pub const MOST_HOUSEHOLD_ROWS: u32 = 200;

/// Giới hạn của một bảng: beyond them a table is refused, so that no input can fill the memory.
#[derive(Debug, Clone, Copy)]
pub struct TableLimits {
    /// Bytes of a cell.
    pub cell: usize,
    /// Line breaks inside a quoted cell.
    pub line_breaks: usize,
    /// Bytes of a row.
    pub row: usize,
}

impl TableLimits {
    /// For text as it comes: a longer quoted cell is an unclosed quotation mark.
    pub const TEXT: TableLimits = TableLimits { cell: 8 * 1024, line_breaks: 20, row: 1024 * 1024 };
    /// For tables that were unrolled from cells, where quotation marks are our own.
    pub const CELLS: TableLimits =
        TableLimits { cell: 128 * 1024, line_breaks: usize::MAX, row: 4 * 1024 * 1024 };
}

/// Vì sao dừng: a table that cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What is the matter.
    pub problem: Problem,
    /// Whose fault it is.
    pub kind: TroubleKind,
}

/// Lỗi ở đâu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TroubleKind {
    /// A wrong option.
    Usage,
    /// The input cannot be used.
    Input,
    /// Reading or writing failed.
    Io,
    /// A check of the program's own result failed.
    Internal,
    /// The reader of the output went away; no failure.
    ReaderGone,
}

impl Trouble {
    /// An unusable input.
    pub fn input(problem: Problem) -> Trouble {
        Trouble { problem, kind: TroubleKind::Input }
    }

    /// A wrong option.
    pub fn usage(problem: Problem) -> Trouble {
        Trouble { problem, kind: TroubleKind::Usage }
    }

    /// A failed check.
    pub fn internal(what: impl fmt::Display) -> Trouble {
        Trouble { problem: Problem::new(Code::Internal).with("what", what), kind: TroubleKind::Internal }
    }

    /// A failed read; readers of ours put their own problem into the error.
    pub fn reading(error: &std::io::Error) -> Trouble {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Problem>()) {
            Some(problem) => Trouble::input(problem.clone()),
            None => {
                Trouble { problem: Problem::new(Code::UnreadableInput).because(error), kind: TroubleKind::Io }
            }
        }
    }

    /// A failed write.
    pub fn writing(error: &std::io::Error, place: impl fmt::Display) -> Trouble {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Trouble { problem: Problem::new(Code::WriteFailed), kind: TroubleKind::ReaderGone };
        }
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Problem>()) {
            Some(problem) => Trouble { problem: problem.clone(), kind: TroubleKind::Io },
            None => Trouble {
                problem: Problem::new(Code::WriteFailed).because(error).at(place),
                kind: TroubleKind::Io,
            },
        }
    }
}

/// For logs and `?`.
impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(out)
    }
}

impl std::error::Error for Trouble {}

/// A problem as the error of a reader.
fn as_io(problem: Problem) -> std::io::Error {
    std::io::Error::new(std::io::ErrorKind::InvalidData, problem)
}
