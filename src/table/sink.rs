//! Nơi nhận dòng: what every form of output takes, what cells hold, and the columns that the batch itself adds.

use std::io;

/// Columns that the batch itself appends after those of the kernel.
pub const ERROR_COLUMNS: [&str; 2] = ["error_code", "error"];

/// Takes rows, as CSV, one block after another.
pub trait Sink: Send {
    /// Takes the rows of a block.
    ///
    /// # Errors
    /// When writing fails.
    fn write(&mut self, rows: &[u8]) -> io::Result<()>;

    /// Completes the output.
    ///
    /// # Errors
    /// When writing fails.
    fn finish(&mut self) -> io::Result<()>;
}

/// What the cells of a column hold, for formats that care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// Text as it is.
    Text,
    /// Whole numbers where they are such, else text.
    Number,
    /// Amounts of claims, with up to two decimals, where they are such, else text.
    Amount,
    /// Days where they are such, else text.
    Date,
}
