//! Đầu vào: what is read, how, and the stream of text it is unrolled to.

use std::io;
use std::path::PathBuf;

use super::TableLimits;
use super::csv::Splitter;
use super::heading::{self, HouseholdBy};
use super::merged::MergedCells;
use super::sink::CellKind;
use super::text::Encoding;
use crate::terms::problem::Problem;

/// What the option for a sheet says for all of them.
pub(super) const ALL_SHEETS: &str = "*";
/// The column with the name of the sheet, where several are read.
pub(super) const SHEET: &str = "sheet_of_book";

/// Đầu vào.
pub enum Input<'i> {
    /// A file, whose first bytes tell what it is.
    File(PathBuf),
    /// A stream of text, with what it is called.
    Stream(Box<dyn io::Read + Send + 'i>, String),
}

impl Input<'_> {
    /// What messages call it.
    pub fn name(&self) -> String {
        match self {
            Input::File(path) => path.display().to_string(),
            Input::Stream(_, name) => name.clone(),
        }
    }
}

/// Cách đọc.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Separator, where it is not to be found out.
    pub separator: Option<u8>,
    /// Encoding, where it is not to be found out.
    pub encoding: Option<Encoding>,
    /// `cột=trường` pairs.
    pub map: Vec<String>,
    /// Names of the columns of a table without a heading.
    pub columns: Option<Vec<String>>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// `trường=giá trị` for rows that do not say it themselves.
    pub set: Vec<String>,
    /// Name of a known layout, where it is not to be found out.
    pub profile: Option<String>,
    /// Layouts of the user's own: where they stand, and the text.
    pub profiles: Option<(String, String)>,
    /// Which rows are one household, where somebody says it.
    pub households: Option<HouseholdBy>,
    /// The column whose equal neighbours are one household, where somebody says it.
    pub household_column: Option<String>,
}

/// Loại tệp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKind {
    /// CSV and its kin.
    Text,
    /// An Excel workbook.
    Workbook,
    /// A Parquet file.
    Parquet,
}

impl TableKind {
    /// How its records are told apart.
    pub(super) fn splitter(self, separator: u8) -> Splitter {
        let is_text = self == TableKind::Text;
        let limits = if is_text { TableLimits::TEXT } else { TableLimits::CELLS };
        Splitter { separator, limits, counts_lines: is_text }
    }
}

/// A source unrolled to text.
pub(super) struct Unrolled<'i> {
    pub(super) reader: Box<dyn io::Read + Send + 'i>,
    pub(super) notices: Vec<Problem>,
    pub(super) epoch: Option<heading::Epoch>,
    pub(super) merged: Vec<MergedCells>,
    /// Hidden rows that hold something, counted from 1.
    pub(super) hidden: Vec<u32>,
    /// What the columns hold, where the source says so.
    pub(super) kinds: Option<Vec<CellKind>>,
}
