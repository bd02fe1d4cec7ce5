//! Nguồn của một trường: the cell of a row, else what holds for the whole table.

use std::borrow::Cow;

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
    #[inline]
    pub(in crate::table) fn cell<'a>(&'a self, row: &TableRow<'a>) -> Cow<'a, [u8]> {
        let cell = row.cell_of(self.column);
        let Some(fact) = &self.fact else { return cell };
        if cell.trim_ascii().is_empty() { Cow::Borrowed(fact) } else { cell }
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
