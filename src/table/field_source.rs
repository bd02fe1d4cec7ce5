//! Nguồn của một trường: the cell of a row, else what holds for the whole table.

use crate::table::csv::TableRow;
use crate::table::heading::Layout;

/// Nguồn của một trường.
#[derive(Debug, Clone, Default)]
pub(in crate::table) struct FieldSource {
    column: Option<usize>,
    fact: Option<Vec<u8>>,
}

impl FieldSource {
    /// Where a layout has a field.
    pub(in crate::table) fn of(layout: &Layout, field: &str) -> FieldSource {
        FieldSource {
            column: layout.column(field),
            fact: layout.fact(field).map(|fact| fact.as_bytes().to_vec()),
        }
    }

    /// What a row says.
    #[expect(
        clippy::inline_always,
        reason = "ten cells of every row are read through it; a call costs more than a cell"
    )]
    #[inline(always)]
    pub(in crate::table) fn cell<'a>(&'a self, row: &TableRow<'a>) -> &'a [u8] {
        match (self.column, &self.fact) {
            (Some(column), None) => row.cell(column),
            (None, None) => &[],
            (column, Some(fact)) => cell_or_fact(row.cell_of(column), fact),
        }
    }

    /// Whether there is anything to read.
    #[inline]
    pub(in crate::table) fn is_there(&self) -> bool {
        self.column.is_some() || self.fact.is_some()
    }

    /// The column that has it.
    pub(in crate::table) fn column(&self) -> Option<usize> {
        self.column
    }

    /// Whether a column has it.
    pub(in crate::table) fn has_column(&self) -> bool {
        self.column.is_some()
    }
}

#[inline(never)]
fn cell_or_fact<'a>(cell: &'a [u8], fact: &'a [u8]) -> &'a [u8] {
    if cell.trim_ascii().is_empty() { fact } else { cell }
}
