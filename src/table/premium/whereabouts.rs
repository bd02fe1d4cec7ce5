//! Nơi ở hoặc nơi học của một ô, remembered.

use chrono::NaiveDate;

use crate::rulebook::Rulebook;
use crate::rulebook::places::{FoundPlace, PlaceNames};
use crate::table::cells::{remember, text};
use crate::terms::problem::{Code, Problem};
use crate::terms::quick_hash::{QuickMap, of_ends};

/// What a cell names; an empty one nothing.
type Named<'r> = Result<Option<FoundPlace<'r>>, Problem>;

/// Đọc tên tỉnh, thành phố.
pub(super) struct PlaceReader<'r> {
    rules: &'r Rulebook,
    /// Made when the first text is met.
    names: Option<PlaceNames<'r>>,
    by_text: QuickMap<Vec<u8>, Named<'r>>,
    /// Cells met last that named a place, by a slot of their text.
    recent: Vec<(Box<[u8]>, Option<FoundPlace<'r>>)>,
}

/// A table has few spellings of few places.
const RECENT: usize = 512;

impl<'r> PlaceReader<'r> {
    pub(super) fn of(rules: &'r Rulebook) -> PlaceReader<'r> {
        PlaceReader {
            rules,
            names: None,
            by_text: QuickMap::default(),
            recent: vec![(Box::default(), None); RECENT],
        }
    }

    /// The place of a cell; a code is one from the day on which the codes were in force.
    ///
    /// # Errors
    /// What cannot be read.
    #[inline]
    pub(super) fn find(&mut self, cell: &[u8], day: NaiveDate) -> Result<Option<&'r str>, Problem> {
        if cell.is_empty() {
            return Ok(None);
        }
        let slot = usize::try_from(of_ends(cell)).unwrap_or_default() % RECENT;
        let (known, found) = &self.recent[slot];
        if let Some(found) = found
            && found.since.is_none()
            && **known == *cell
        {
            return Ok(Some(found.id));
        }
        self.find_among_all(cell, day, slot)
    }

    fn find_among_all(
        &mut self,
        cell: &[u8],
        day: NaiveDate,
        slot: usize,
    ) -> Result<Option<&'r str>, Problem> {
        if let Some(known) = self.by_text.get(cell) {
            if let Ok(Some(found)) = known {
                self.recent[slot] = (cell.into(), Some(*found));
            }
            return on(known, day);
        }
        let found = self.look_up(&text(cell)?);
        remember(&mut self.by_text, cell, found.clone());
        on(&found, day)
    }

    fn look_up(&mut self, named: &str) -> Named<'r> {
        if named.is_empty() {
            return Ok(None);
        }
        let names = self.names.get_or_insert_with(|| PlaceNames::of(self.rules));
        names.find(named).map(Some).ok_or_else(|| Problem::new(Code::UnknownProvince))
    }
}

fn on<'r>(named: &Named<'r>, day: NaiveDate) -> Result<Option<&'r str>, Problem> {
    match named {
        Ok(Some(found)) if found.since.is_some_and(|since| day < since) => {
            Err(Problem::new(Code::PlaceCodeTooEarly))
        }
        Ok(found) => Ok(found.map(|found| found.id)),
        Err(problem) => Err(problem.clone()),
    }
}
