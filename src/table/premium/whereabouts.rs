//! Nơi ở hoặc nơi học của một ô, remembered.

use chrono::NaiveDate;

use crate::rulebook::Rulebook;
use crate::rulebook::places::FoundPlace;
use crate::table::cells::{remember, text};
use crate::terms::problem::{Code, Problem};
use crate::terms::quick_hash::QuickMap;

/// What a cell names; an empty one nothing.
type Named<'r> = Result<Option<FoundPlace<'r>>, Problem>;

/// Đọc tên tỉnh, thành phố.
pub(super) struct PlaceReader<'r> {
    rules: &'r Rulebook,
    by_text: QuickMap<Vec<u8>, Named<'r>>,
}

impl<'r> PlaceReader<'r> {
    pub(super) fn of(rules: &'r Rulebook) -> PlaceReader<'r> {
        PlaceReader { rules, by_text: QuickMap::default() }
    }

    /// The place of a cell; a code is one from the day on which the codes were in force.
    ///
    /// # Errors
    /// What cannot be read.
    pub(super) fn find(&mut self, cell: &[u8], day: NaiveDate) -> Result<Option<&'r str>, Problem> {
        if cell.is_empty() {
            return Ok(None);
        }
        if let Some(known) = self.by_text.get(cell) {
            return on(known, day);
        }
        let found = self.look_up(&text(cell)?);
        remember(&mut self.by_text, cell, found.clone());
        on(&found, day)
    }

    fn look_up(&self, named: &str) -> Named<'r> {
        if named.is_empty() {
            return Ok(None);
        }
        self.rules.find_place(named).map(Some).ok_or_else(|| Problem::new(Code::UnknownProvince))
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
