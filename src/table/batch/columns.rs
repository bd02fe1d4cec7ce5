//! Các cột đi tiếp: which columns of the input go on into the output.

use crate::table::heading::Layout;
use crate::table::sink::ERROR_COLUMNS;

/// Columns of the input that go on into the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CarriedColumns {
    /// All of them.
    All,
    /// These; the others carry names that the batch writes itself.
    Some(Vec<usize>),
}

impl CarriedColumns {
    /// Columns of a layout that are not `appended`.
    pub fn of(layout: &Layout, appended: &[&str]) -> CarriedColumns {
        let is_ours =
            |name: &String| appended.iter().chain(&ERROR_COLUMNS).any(|ours| name.eq_ignore_ascii_case(ours));
        if layout.names.iter().any(is_ours) {
            CarriedColumns::Some(
                (0..layout.width()).filter(|column| !is_ours(&layout.names[*column])).collect(),
            )
        } else {
            CarriedColumns::All
        }
    }

    /// Names that are replaced.
    pub fn replaced<'l>(&self, layout: &'l Layout) -> Vec<&'l str> {
        match self {
            CarriedColumns::All => Vec::new(),
            CarriedColumns::Some(kept) => {
                let gone = (0..layout.width()).filter(|column| !kept.contains(column));
                gone.map(|column| layout.names[column].as_str()).collect()
            }
        }
    }

    /// The columns of a table.
    pub fn list(&self, layout: &Layout) -> Vec<usize> {
        match self {
            CarriedColumns::All => (0..layout.width()).collect(),
            CarriedColumns::Some(kept) => kept.clone(),
        }
    }
}
