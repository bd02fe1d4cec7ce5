//! Đối tượng của một ô: which group a cell names, remembered.

use super::cells::{Map, empty, remember, text};
use crate::rulebook::{GroupLookup, Rulebook};
use crate::terms::problem::{Code, Problem};

const NO_GROUP: u16 = u16::MAX;

/// Nhận ra đối tượng: by card code, id or name.
pub struct Groups<'r> {
    rules: &'r Rulebook,
    by_text: Map<Vec<u8>, Result<usize, Problem>>,
    /// Groups by the two capital letters that named them before.
    by_code: Vec<u16>,
}

impl<'r> Groups<'r> {
    /// The groups of a rulebook.
    pub fn new(rules: &'r Rulebook) -> Groups<'r> {
        Groups { rules, by_text: Map::default(), by_code: vec![NO_GROUP; 26 * 26] }
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
            self.rules
                .find_group(&named)
                .map_err(|lookup| match lookup {
                    GroupLookup::Unknown(_) => Problem::new(Code::UnknownGroup),
                    GroupLookup::Ambiguous(_) => Problem::new(Code::AmbiguousGroup),
                })
                .and_then(|group| {
                    position(self.rules, &group.id).ok_or_else(|| Problem::new(Code::UnknownGroup))
                })
        };
        match (code, found.as_ref().ok().and_then(|at| u16::try_from(*at).ok())) {
            (Some(slot), Some(at)) => self.by_code[slot] = at,
            _ => remember(&mut self.by_text, cell, found.clone()),
        }
        found
    }
}

fn position(rules: &Rulebook, id: &str) -> Option<usize> {
    rules.groups().iter().position(|group| group.id == id)
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
