//! Nguồn của một trường: the cell of a row, else what holds for the whole table.

use crate::table::csv::TableRow;
use crate::table::heading::Layout;

/// Nguồn của một trường.
#[derive(Debug, Clone)]
pub(in crate::table) struct FieldSource {
    /// The column that has it; behind all columns where none has, so that its cell is empty.
    column: usize,
    fact: Option<Box<[u8]>>,
}

/// A column that no table has.
const NOWHERE: usize = usize::MAX;

impl Default for FieldSource {
    fn default() -> FieldSource {
        FieldSource { column: NOWHERE, fact: None }
    }
}

impl FieldSource {
    /// Where a layout has a field.
    pub(in crate::table) fn of(layout: &Layout, field: &str) -> FieldSource {
        FieldSource {
            column: layout.column(field).unwrap_or(NOWHERE),
            fact: layout.fact(field).map(|fact| fact.as_bytes().into()),
        }
    }

    /// What a row says.
    #[expect(
        clippy::inline_always,
        reason = "ten cells of every row are read through it; a call costs more than a cell"
    )]
    #[inline(always)]
    pub(in crate::table) fn cell<'a>(&'a self, row: &TableRow<'a>) -> &'a [u8] {
        let cell = row.cell(self.column);
        match &self.fact {
            None => cell,
            Some(fact) => cell_or_fact(cell, fact),
        }
    }

    /// Whether there is anything to read.
    #[inline]
    pub(in crate::table) fn is_there(&self) -> bool {
        self.has_column() || self.fact.is_some()
    }

    /// The column that has it.
    pub(in crate::table) fn column(&self) -> Option<usize> {
        self.has_column().then_some(self.column)
    }

    /// Whether a column has it.
    #[inline]
    pub(in crate::table) fn has_column(&self) -> bool {
        self.column != NOWHERE
    }
}

#[cold]
#[inline(never)]
fn cell_or_fact<'a>(cell: &'a [u8], fact: &'a [u8]) -> &'a [u8] {
    if cell.trim_ascii().is_empty() { fact } else { cell }
}
