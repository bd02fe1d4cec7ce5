//! Đối tượng của một ô: which group a cell names, remembered.

use super::cells::{Map, empty, remember, text};
use crate::rulebook::{GroupNames, Rulebook};
use crate::terms::problem::{Code, Problem};

const NO_GROUP: u16 = u16::MAX;

/// Nhận ra đối tượng: by card code, id or name.
pub struct Groups<'r> {
    rules: &'r Rulebook,
    by_text: Map<Vec<u8>, Result<usize, Problem>>,
    /// Groups by the two capital letters that named them before.
    by_code: Vec<u16>,
    /// Made when the first text is met.
    names: Option<GroupNames<'r>>,
}

impl<'r> Groups<'r> {
    /// The groups of a rulebook.
    pub fn new(rules: &'r Rulebook) -> Groups<'r> {
        Groups { rules, by_text: Map::default(), by_code: vec![NO_GROUP; 26 * 26], names: None }
    }

    /// Position of the group that a cell names.
    ///
    /// # Errors
    /// A [`Problem`] for a cell of the field `field` that names no group, or several.
    pub fn find(&mut self, cell: &[u8], field: &'static str) -> Result<usize, Problem> {
        let code = letters(cell);
        if let Some(known) = code.map(|slot| self.by_code[slot]).filter(|known| *known != NO_GROUP) {
            return Ok(usize::from(known));
        }
        if let Some(known) = self.by_text.get(cell) {
            return known.clone();
        }
        let named = text(cell)?;
        let found = if named.is_empty() {
            Err(empty(field))
        } else {
            let names = self.names.get_or_insert_with(|| GroupNames::of(self.rules));
            names.position(&named).map_err(|meant| {
                Problem::new(if meant.len() > 1 { Code::AmbiguousGroup } else { Code::UnknownGroup })
            })
        };
        match (code, found.as_ref().ok().and_then(|at| u16::try_from(*at).ok())) {
            (Some(slot), Some(at)) => self.by_code[slot] = at,
            _ => remember(&mut self.by_text, cell, found.clone()),
        }
        found
    }
}

/// Slot of a two-letter code in capitals.
#[inline]
fn letters(cell: &[u8]) -> Option<usize> {
    match cell {
        [first @ b'A'..=b'Z', second @ b'A'..=b'Z'] => {
            Some(usize::from(first - b'A') * 26 + usize::from(second - b'A'))
        }
        _ => None,
    }
}
