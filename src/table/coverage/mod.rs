//! Bảng bao phủ: lists of participants, counts by commune and group, population and targets, told apart by their headings.

mod counts;
mod list;
mod places;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use self::places::place_key;
use super::again::Again;
use super::batch::Progress;
use super::{Input, OpenTable, ReadOptions, Trouble};
use crate::engine::coverage::persons::Counted;
use crate::engine::coverage::{Commune, CountMismatch};
use crate::rulebook::Rulebook;
use crate::terms::problem::{Code, Problem};

/// Các bảng đã đọc.
#[derive(Debug, Default)]
pub struct CoverageTables {
    communes: Vec<Commune>,
    /// Communes by district and name, and by name alone.
    by_key: BTreeMap<String, usize>,
    by_name: BTreeMap<String, Vec<usize>>,
    /// What sum rows state that their communes do not.
    pub mismatches: Vec<CountMismatch>,
    /// What the user should know about how the tables were read.
    pub notices: Vec<Problem>,
    /// Rows that were read.
    pub rows: u64,
    /// Rows that are sums, sections, titles or signatures.
    pub aside: u64,
    /// Rows that could not be read, with their places.
    pub rejected: Vec<Problem>,
    /// How many rows could not be read.
    pub rejected_count: u64,
    /// How each person of a list was counted.
    pub persons: Option<Counted>,
    /// Whether a list has numbers of persons, so that each is counted once.
    pub persons_known: bool,
}

/// Most rejected rows that are named one by one.
const MOST_NAMED: usize = 20;

/// What lists are read with.
pub struct CoverageAsked<'a> {
    /// How to read the tables.
    pub options: &'a ReadOptions,
    /// The day on which cards count.
    pub day: NaiveDate,
    /// Threads.
    pub jobs: usize,
    /// The groups.
    pub rules: &'a Rulebook,
}

impl CoverageTables {
    /// Reads one more table.
    ///
    /// # Errors
    /// [`Trouble`] for what cannot be used at all.
    pub fn read(
        &mut self,
        input: Input<'_>,
        asked: &CoverageAsked<'_>,
        progress: &mut (dyn FnMut(&Progress) + Send),
    ) -> Result<(), Trouble> {
        let name = input.name();
        let again = Again::of(input);
        match OpenTable::open(again.take(), &list::SCHEMA, asked.options) {
            Ok(table) => {
                again.forget();
                list::read(self, table, asked, progress)
            }
            Err(trouble) if trouble.problem.code == Code::MissingColumns => {
                counts::read(self, &again, asked.options, &name)
            }
            Err(trouble) => Err(trouble),
        }
    }

    /// The commune of a name, new or known.
    fn commune(&mut self, name: &str, district: &str) -> &mut Commune {
        let key = place_key(name, district);
        let at = self.by_key.get(&key).copied().or_else(|| self.namesake(name, district));
        let at = at.unwrap_or_else(|| {
            self.communes.push(Commune { name: name.to_owned(), ..Commune::default() });
            self.by_name.entry(place_key(name, "")).or_default().push(self.communes.len() - 1);
            self.communes.len() - 1
        });
        self.by_key.insert(key, at);
        let commune = &mut self.communes[at];
        if commune.district.is_empty() {
            district.clone_into(&mut commune.district);
        }
        commune
    }

    /// The only commune of a name, where one of the tables does not say its district.
    fn namesake(&self, name: &str, district: &str) -> Option<usize> {
        match self.by_name.get(&place_key(name, ""))?[..] {
            [only] if district.is_empty() || self.communes[only].district.is_empty() => Some(only),
            _ => None,
        }
    }

    fn reject(&mut self, problem: Problem) {
        self.rejected_count += 1;
        if self.rejected.len() < MOST_NAMED {
            self.rejected.push(problem);
        }
    }

    /// All communes, in the order of the tables.
    pub fn communes(&self) -> &[Commune] {
        &self.communes
    }
}
