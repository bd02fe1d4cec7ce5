//! Nhớ lời giải: most claims of a batch ask the same few questions of the law; each is put to the engine once.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::entitlement::Entitlement;
use crate::audit::figure::Figure;
use crate::case::claim::VisitFacts;
use crate::engine::calendar::{Calendar, Era};
use crate::rulebook::Rulebook;
use crate::terms::number::ExactVnd;
use crate::terms::problem::Code;

/// A question whose answer depends on nothing else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LawQuestion {
    /// Group of the only card.
    pub group: String,
    /// Era and year of the discharge: days in the same ones see the same versions and bases.
    pub discharged: (Era, i32),
    /// How and where.
    pub visit: VisitFacts,
    /// The covered cost is below the limit of a cheap visit.
    pub cheap: bool,
    /// The patient is exempt from co-payment on the day.
    pub exempt: bool,
    /// The day asked about lies in the year of discharge.
    pub same_year: bool,
}

/// Answers given before: a few hundred in a year's claims of a hospital.
#[derive(Debug)]
pub(super) struct Memory {
    calendar: Calendar,
    possible: BTreeMap<LawQuestion, Vec<Figure>>,
    answers: BTreeMap<LawQuestion, Result<Arc<Entitlement>, Code>>,
    groups: BTreeMap<String, Option<String>>,
    limits: BTreeMap<NaiveDate, Option<ExactVnd>>,
}

/// Answers kept at most; beyond that the memory starts afresh.
const MOST_ANSWERS: usize = 100_000;

impl Memory {
    /// Nothing is remembered yet.
    pub fn new(rules: &Rulebook) -> Memory {
        Memory {
            calendar: Calendar::of(rules, |_, _| true),
            possible: BTreeMap::new(),
            answers: BTreeMap::new(),
            groups: BTreeMap::new(),
            limits: BTreeMap::new(),
        }
    }

    /// Era and year of a day.
    pub fn era(&self, day: NaiveDate) -> (Era, i32) {
        (self.calendar.era(day), day.year())
    }

    /// Shares that some rank of the facility could give, asked for once a question.
    pub fn possible(&mut self, question: LawQuestion, ask: impl FnOnce() -> Vec<Figure>) -> Vec<Figure> {
        if self.possible.len() >= MOST_ANSWERS {
            self.possible.clear();
        }
        self.possible.entry(question).or_insert_with(ask).clone()
    }

    /// The answer to a question, asked once.
    pub fn answer(
        &mut self,
        question: LawQuestion,
        ask: impl FnOnce() -> Result<Arc<Entitlement>, Code>,
    ) -> Result<Arc<Entitlement>, Code> {
        if let Some(known) = self.answers.get(&question) {
            return known.clone();
        }
        if self.answers.len() >= MOST_ANSWERS {
            self.answers.clear();
        }
        let found = ask();
        self.answers.insert(question, found.clone());
        found
    }

    /// Group of a card's two letters.
    pub fn group(&mut self, object: &str, rules: &Rulebook) -> Option<String> {
        if let Some(known) = self.groups.get(object) {
            return known.clone();
        }
        let carries = |codes: &[String]| codes.iter().any(|code| code == object);
        let found = rules.groups().iter().find(|group| carries(&group.codes)).map(|group| group.id.clone());
        self.groups.insert(object.to_owned(), found.clone());
        found
    }

    /// Limit of a cheap visit on a day of discharge.
    pub fn cheap_limit(&mut self, discharged: NaiveDate, rules: &Rulebook) -> Option<ExactVnd> {
        if let Some(known) = self.limits.get(&discharged) {
            return *known;
        }
        let multiple = rules.benefit.low_cost_visit.at(discharged).ok().map(|version| version.value.below);
        let limit = multiple.and_then(|multiple| {
            let (base, _) = rules.base(multiple.of, discharged).ok()?;
            multiple.times.of(base.exact()).ok()
        });
        self.limits.insert(discharged, limit);
        limit
    }
}
