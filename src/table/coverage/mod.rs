//! Bảng bao phủ: lists of participants, counts by commune and group, population and targets, told apart by their headings.

mod columns;
mod counts;
pub(super) mod list;
mod numbers;
mod places;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use self::places::{CommuneName, bare_name, has_kind, place_key};
use super::again::Again;
use super::batch::Progress;
use super::{Input, OpenTable, ReadOptions, Trouble};
use crate::engine::coverage::persons::Counted;
use crate::engine::coverage::{Commune, CountMismatch};
use crate::rulebook::Rulebook;
use crate::terms::fold::fold;
use crate::terms::problem::{Code, Problem};

/// Các bảng đã đọc.
#[derive(Debug, Default)]
pub struct CoverageTables {
    communes: Vec<Commune>,
    /// Communes by district and name, and by name alone.
    by_key: BTreeMap<String, usize>,
    by_name: BTreeMap<String, Vec<usize>>,
    /// Communes by their name without the word for their kind.
    by_bare: BTreeMap<String, Vec<usize>>,
    /// Communes that a list names.
    in_list: BTreeSet<usize>,
    /// What sum rows state that their communes do not.
    pub mismatches: Vec<CountMismatch>,
    /// What the user should know about how the tables were read.
    pub notices: Vec<Problem>,
    /// Columns with numbers that were not understood.
    pub left_out: Vec<Problem>,
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

/// A notice about communes, with the names of the first ones.
fn named<'c>(code: Code, communes: impl Iterator<Item = &'c Commune>) -> Option<Problem> {
    const NAMED: usize = 5;
    let names: Vec<&str> = communes.map(|commune| commune.name.as_str()).collect();
    let mut shown = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    if names.len() > NAMED {
        shown.push_str(", …");
    }
    (!names.is_empty()).then(|| Problem::new(code).with("count", names.len()).with("names", shown))
}

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
    /// Tables that say something else than what is asked.
    pub fn lacks(field: &str) -> Problem {
        list::SCHEMA.lacks(&[field])
    }

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
                list::read(self, table, &name, asked, progress)
            }
            Err(trouble) if trouble.problem.code == Code::MissingColumns => {
                counts::read(self, &again, asked.options, asked.rules, &name)
            }
            Err(trouble) => Err(trouble),
        }
    }

    /// The place of the commune of a name, new or known.
    ///
    /// # Errors
    /// [`Code::CommuneAmbiguous`] for a name without district that several communes have.
    fn commune(&mut self, named: &CommuneName) -> Result<usize, Problem> {
        let key = place_key(named);
        let known = match self.by_key.get(&key) {
            Some(known) => Some(*known),
            None => self.namesake(named)?,
        };
        let at = known.unwrap_or_else(|| {
            self.communes.push(Commune { name: named.name.clone(), ..Commune::default() });
            let at = self.communes.len() - 1;
            self.by_name.entry(place_key(&named.alone())).or_default().push(at);
            self.by_bare.entry(bare_name(&named.name)).or_default().push(at);
            at
        });
        self.by_key.insert(key, at);
        let commune = &mut self.communes[at];
        let fill = |known: &mut String, new: &String| {
            if known.is_empty() {
                known.clone_from(new);
            }
        };
        fill(&mut commune.district, &named.district);
        fill(&mut commune.province, &named.province);
        Ok(at)
    }

    /// The only commune of a name, where one of the tables does not say its district or province, or not its kind.
    fn namesake(&self, named: &CommuneName) -> Result<Option<usize>, Problem> {
        let name = named.name.as_str();
        let same = |known: &str, new: &str| known.is_empty() || new.is_empty() || fold(known) == fold(new);
        let fits = |at: &usize| {
            let known = &self.communes[*at];
            same(&known.district, &named.district) && same(&known.province, &named.province)
        };
        let of = |known: Option<&Vec<usize>>| -> Vec<usize> {
            known.into_iter().flatten().copied().filter(|at| fits(at)).collect()
        };
        let mut found = of(self.by_name.get(&place_key(&named.alone())));
        if found.is_empty() {
            found = of(self.by_bare.get(&bare_name(name)));
            found.retain(|at| !has_kind(name) || !has_kind(&self.communes[*at].name));
        }
        match found[..] {
            [] => Ok(None),
            [only] => Ok(Some(only)),
            _ => Err(Problem::new(Code::CommuneAmbiguous).with("read", name)),
        }
    }

    /// Gives a province to the communes whose tables name none.
    pub fn fill_province(&mut self, province: &str) {
        for commune in self.communes.iter_mut().filter(|commune| commune.province.is_empty()) {
            province.clone_into(&mut commune.province);
        }
    }

    /// What the tables leave unsaid: communes of a list that no table has, and communes without participants.
    pub fn unsaid(&self) -> Vec<Problem> {
        let has_population = self.communes.iter().any(|commune| commune.population.is_some());
        let unmatched = |commune: &&Commune| has_population && commune.population.is_none();
        let silent = |(at, commune): &(usize, &Commune)| {
            let counted = commune.total.is_some() || !commune.groups.is_empty();
            !counted && !self.in_list.contains(at)
        };
        [
            named(Code::CommunesUnmatched, self.communes.iter().filter(unmatched)),
            named(
                Code::ParticipantsUnsaid,
                self.communes.iter().enumerate().filter(silent).map(|(_, commune)| commune),
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Communes without a target beside others that have one: their sums have none.
    pub fn without_target(&self) -> Option<Problem> {
        let has = |commune: &&Commune| commune.target_rate.is_some() || commune.target_persons.is_some();
        let some_have = self.communes.iter().any(|commune| has(&commune));
        named(Code::TargetsUnsaid, self.communes.iter().filter(|commune| some_have && !has(commune)))
    }

    /// Whether any table says how many people are covered.
    pub fn says_participants(&self) -> bool {
        self.persons.is_some()
            || self.communes.iter().any(|commune| commune.total.is_some() || !commune.groups.is_empty())
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
