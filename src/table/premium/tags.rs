//! Hoàn cảnh của một ô, remembered.

use crate::case::quote::{Circumstance, tag};
use crate::rulebook::Rulebook;
use crate::table::cells::{remember, text};
use crate::terms::problem::{Code, Problem};
use crate::terms::quick_hash::QuickMap;

/// Hoàn cảnh của một ô.
#[derive(Debug, Clone)]
struct CellTags {
    /// Stands for the names, the same for the same names only.
    names: u32,
    circumstances: Vec<Circumstance>,
    /// Circumstances that no policy asks for.
    unknown: bool,
}

/// Đọc hoàn cảnh.
pub(super) struct TagReader<'r> {
    rules: &'r Rulebook,
    by_text: QuickMap<Vec<u8>, Result<CellTags, Problem>>,
    /// What the rulebook calls a circumstance, and whether a policy asks for it: dates make many cells of few words.
    words: QuickMap<Vec<u8>, (String, bool)>,
    names: QuickMap<Vec<String>, u32>,
    asked: Vec<String>,
}

impl<'r> TagReader<'r> {
    pub(super) fn of(rules: &'r Rulebook) -> TagReader<'r> {
        TagReader {
            rules,
            by_text: QuickMap::default(),
            words: QuickMap::default(),
            names: QuickMap::default(),
            asked: rules.known_tags().into_iter().chain(tag::ALL.map(str::to_owned)).collect(),
        }
    }

    /// The circumstances of a cell; gives the number of their names, and whether no policy asks for one of them.
    ///
    /// # Errors
    /// What cannot be read.
    pub(super) fn read(
        &mut self,
        cell: &[u8],
        circumstances: &mut Vec<Circumstance>,
    ) -> Result<(u32, bool), Problem> {
        if cell.is_empty() {
            circumstances.clear();
            return Ok((0, false));
        }
        if !self.by_text.contains_key(cell) {
            let found = self.parse(cell);
            remember(&mut self.by_text, cell, found);
        }
        let tags = match self.by_text.get(cell) {
            Some(Ok(tags)) => tags,
            Some(Err(problem)) => return Err(problem.clone()),
            None => return Err(Problem::new(Code::Internal).with("what", "circumstances")),
        };
        circumstances.clone_from(&tags.circumstances);
        Ok((tags.names, tags.unknown))
    }

    fn parse(&mut self, cell: &[u8]) -> Result<CellTags, Problem> {
        let mut circumstances = Vec::new();
        let mut unknown = false;
        for part in text(cell)?.split(';').filter(|part| !part.trim().is_empty()) {
            let mut one = Circumstance::parse(part).map_err(|_| Problem::new(Code::DateForm))?;
            let (tag, asked) = self.word(&one.tag);
            one.tag = tag;
            unknown |= !asked;
            circumstances.push(one);
        }
        let names: Vec<String> = circumstances.iter().map(|known| known.tag.clone()).collect();
        let next = u32::try_from(self.names.len() + 1).unwrap_or(u32::MAX);
        let names = if names.is_empty() { 0 } else { *self.names.entry(names).or_insert(next) };
        Ok(CellTags { names, circumstances, unknown })
    }

    fn word(&mut self, typed: &str) -> (String, bool) {
        if let Some(known) = self.words.get(typed.as_bytes()) {
            return known.clone();
        }
        let tag = self.rules.canonical_tag(typed);
        let asked = self.asked.contains(&tag);
        remember(&mut self.words, typed.as_bytes(), (tag.clone(), asked));
        (tag, asked)
    }
}
