//! Kho phương án: plans kept for a batch, so that people to whom the same law applies share one.
//!
//! A [`Plan`](super::Plan) depends on a person only through the versions in force and the sides of the conditions that policies ask about: on
//! the day of payment and, where every month picks its own rules, on the first day of every month of cover. [`Plans`]
//! finds a kept plan by exactly these facts and otherwise asks [`plan`]: there is one engine, this is its memory. What it keeps of a
//! plan are amounts that [`Plan::amounts`](super::Plan::amounts) computed, or the same sum as integers where a salary decides; the latter
//! is compared with [`Plan::amounts`](super::Plan::amounts) when it is made, and its parts are added up for every person.

mod asked;
mod by_days;
mod changes;
mod declared;
mod kept;
mod places;
mod runs;

use std::hash::{Hash, Hasher};

use self::asked::AskedConditions;
use self::by_days::{DayQuestion, PlansByDays};
use self::changes::PlanChanges;
pub use self::kept::Kept;
use self::places::{MeaningPair, PlaceMeanings};
use self::runs::{FirstDays, KnownFirstDays, Runs};
use crate::case::quote::Enrollee;
use crate::engine::calendar::Era;
use crate::engine::error::EngineError;
use crate::engine::premium::card::{card, start};
use crate::engine::premium::dates::Dates;
use crate::engine::premium::school::{may_be_cut, pays_by_school_year};
use crate::engine::premium::{Payment, plan, unusual_months};
use crate::rulebook::Rulebook;
use crate::rulebook::family::GroupTerms;
use crate::rulebook::places::Whereabouts;
use crate::rulebook::timeline::Version;
use crate::terms::group::PremiumBasis;
use crate::terms::quick_hash::{Mixer, QuickMap};

/// Most keys, and most plans, before the memory starts afresh: far above what real tables need, and some ten megabytes.
const MOST_KEYS: usize = 1 << 14;
const MOST_KEPT: usize = 1 << 12;

/// Câu hỏi: one person's facts as a batch row gives them.
#[derive(Debug, Clone, Copy)]
pub struct PlanQuestion<'q> {
    /// The person; the group is that of `group`.
    pub person: &'q Enrollee,
    /// Position of the group in the rulebook.
    pub group: usize,
    /// Number that stands for the names of the person's circumstances, the same for the same names only.
    pub names: u32,
    /// Day of payment, first day where named, months, province (an id of the rulebook).
    pub payment: Payment<'q>,
}

/// What a plan is found by, in three words, so that two keys are compared quickly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct Key {
    /// Group and places (as the position of what people there are asked about), what is said about the places, era of
    /// payment, era of the first day where the group has no terms on the day of payment.
    law: u64,
    /// Names of the circumstances, months.
    person: u64,
    /// On which side of every condition the person stands on the day of payment.
    sides: u64,
}

/// Keys that were met last are looked at before the map.
const RECENT: usize = 512;

impl Key {
    fn asked(self) -> usize {
        let [low, high, ..] = self.law.to_le_bytes();
        usize::from(u16::from_le_bytes([low, high]))
    }

    /// A place among the recent ones.
    #[inline]
    fn slot(self) -> usize {
        let mut hash = Mixer::default();
        self.hash(&mut hash);
        usize::try_from(hash.finish()).unwrap_or_default() % RECENT
    }
}

/// What a key leads to.
#[derive(Debug, Clone, Copy)]
enum Found<'r> {
    /// The same plan whatever the days of cover.
    Plan(usize),
    /// A plan for every arrangement of the months of cover.
    ByMonths(u32, &'r Version<GroupTerms>),
    /// The law has no answer.
    Refused,
}

/// Kho phương án.
#[derive(Debug)]
pub struct Plans<'r, T> {
    rules: &'r Rulebook,
    changes: PlanChanges<'r>,
    places: PlaceMeanings<'r>,
    /// What people of a group in their places are asked about.
    asked: Vec<AskedConditions<'r>>,
    asked_by: QuickMap<(usize, MeaningPair), u16>,
    by_key: QuickMap<Key, Found<'r>>,
    recent: Vec<Option<(Key, Found<'r>)>>,
    by_months: QuickMap<(u32, Runs), Option<usize>>,
    /// First days of cover whose plan is known, by the number of a key whose plan depends on the months of cover.
    spans: Vec<KnownFirstDays>,
    /// Positions of plans of people for whom only the days decide.
    by_days: PlansByDays,
    kept: Vec<Kept<'r, T>>,
    /// Kept plans by fingerprint: most keys differ in law that pays the same.
    alike: QuickMap<u64, usize>,
    /// A plan that could not be kept.
    passing: Option<Box<Kept<'r, T>>>,
}

impl<'r, T: Default> Plans<'r, T> {
    /// An empty memory.
    pub fn new(rules: &'r Rulebook) -> Plans<'r, T> {
        Plans {
            rules,
            changes: PlanChanges::of(rules),
            places: PlaceMeanings::of(rules),
            asked: Vec::new(),
            asked_by: QuickMap::default(),
            by_key: QuickMap::default(),
            recent: vec![None; RECENT],
            by_months: QuickMap::default(),
            spans: Vec::new(),
            by_days: PlansByDays::default(),
            kept: Vec::new(),
            alike: QuickMap::default(),
            passing: None,
        }
    }

    /// The plan for a person, made where no kept one applies.
    ///
    /// # Errors
    /// As [`plan`].
    pub fn find(&mut self, question: &PlanQuestion<'_>) -> Result<&mut Kept<'r, T>, EngineError> {
        let full = self.by_key.len() >= MOST_KEYS || self.by_months.len() >= MOST_KEYS;
        if full || self.kept.len() >= MOST_KEPT {
            self.by_key.clear();
            self.recent.fill(None);
            self.by_months.clear();
            self.spans.clear();
            self.by_days.clear();
            self.kept.clear();
            self.alike.clear();
        }
        let by_days = if self.by_days.is_worth_a_look() { DayQuestion::of(question) } else { None };
        if let Some(at) = by_days.and_then(|asked| self.by_days.find(asked)) {
            return Ok(&mut self.kept[at]);
        }
        let Some(key) = self.key(question) else { return self.pass(question) };
        let found = match self.recent[key.slot()] {
            Some((known, found)) if known == key => found,
            _ => {
                let found = if let Some(found) = self.by_key.get(&key) {
                    *found
                } else {
                    let found = self.first_answer(question);
                    self.by_key.insert(key, found);
                    found
                };
                self.recent[key.slot()] = Some((key, found));
                found
            }
        };
        let at = match found {
            Found::Plan(at) => Some(at),
            Found::Refused => None,
            Found::ByMonths(number, terms) => self.by_months_of_cover(question, key, number, terms)?,
        };
        let Some(at) = at else { return self.pass(question) };
        if let Some(asked) = by_days
            && !self.asked[key.asked()].by_birth
        {
            self.by_days.keep(asked, at);
        }
        Ok(&mut self.kept[at])
    }

    /// The position of the plan for the months of cover; none for people whose plan is not kept.
    fn by_months_of_cover(
        &mut self,
        question: &PlanQuestion<'_>,
        key: Key,
        number: u32,
        terms: &'r Version<GroupTerms>,
    ) -> Result<Option<usize>, EngineError> {
        let PlanQuestion { payment, person, .. } = *question;
        let from = if let Some(day) = payment.from {
            day
        } else {
            let validity = self.rules.card_validity.at(payment.paid_on)?;
            start(self.rules, &validity.value, &terms.value, person, payment, &mut Vec::new())?.day
        };
        let asked = &self.asked[key.asked()];
        // Without circumstances and ages, nothing but the first day moves the months.
        let by_day = !asked.by_birth && has_no_circumstances(person);
        if by_day && let Some(at) = self.spans[number as usize].find(from) {
            return Ok(Some(at));
        }
        let Some((runs, span)) = runs::of(asked, person, from, payment.months) else { return Ok(None) };
        let found = (number, runs);
        let at = if let Some(at) = self.by_months.get(&found) {
            *at
        } else {
            let at = self.make(question).ok().map(|kept| self.keep(kept));
            self.by_months.insert(found, at);
            at
        };
        if by_day && let Some((at, (first, last))) = at.zip(span) {
            self.spans[number as usize].keep(FirstDays { first, last, at });
        }
        Ok(at)
    }

    /// What everybody with the same key will be told.
    fn first_answer(&mut self, question: &PlanQuestion<'_>) -> Found<'r> {
        let plan = plan(self.rules, question.person, question.payment);
        match plan {
            Ok(plan) if plan.by_month => self.by_months(plan.terms),
            Ok(plan) => match Kept::of(plan, months_by_card(self.rules, question)) {
                Ok(kept) => Found::Plan(self.keep(kept)),
                Err(_) => Found::Refused,
            },
            // Whether a later month of cover has an answer depends on the days of cover.
            Err(EngineError::NotInForce(missing)) if missing.date != question.payment.paid_on => {
                let group = self.rules.groups().get(question.group);
                let terms = group.and_then(|group| group.terms.at(question.payment.paid_on).ok());
                terms.map_or(Found::Refused, |terms| self.by_months(terms))
            }
            Err(_) => Found::Refused,
        }
    }

    /// A number for a key whose plan depends on the months of cover.
    fn by_months(&mut self, terms: &'r Version<GroupTerms>) -> Found<'r> {
        self.spans.push(KnownFirstDays::default());
        Found::ByMonths(u32::try_from(self.spans.len() - 1).unwrap_or(u32::MAX), terms)
    }

    /// The position of a plan, or of one kept before that answers alike.
    fn keep(&mut self, kept: Kept<'r, T>) -> usize {
        let fingerprint = kept.fingerprint();
        if let Some(at) = self.alike.get(&fingerprint).filter(|at| self.kept[**at].answers_like(&kept)) {
            return *at;
        }
        self.kept.push(kept);
        self.alike.insert(fingerprint, self.kept.len() - 1);
        self.kept.len() - 1
    }

    /// A plan that is not kept.
    fn pass(&mut self, question: &PlanQuestion<'_>) -> Result<&mut Kept<'r, T>, EngineError> {
        let kept = self.make(question)?;
        Ok(self.passing.insert(Box::new(kept)))
    }

    fn make(&self, question: &PlanQuestion<'_>) -> Result<Kept<'r, T>, EngineError> {
        let made = plan(self.rules, question.person, question.payment)?;
        Kept::of(made, months_by_card(self.rules, question))
    }

    /// Số tháng không phải kỳ đóng: whether the card of the person does not make the months usual either, where a kept
    /// plan leaves that open.
    ///
    /// # Errors
    /// As [`plan`].
    pub fn months_are_unusual(&self, question: &PlanQuestion<'_>) -> Result<bool, EngineError> {
        let Some(group) = self.rules.groups().get(question.group) else { return Ok(false) };
        let paid_on = question.payment.paid_on;
        let terms = group.terms.at(paid_on).or_else(|missing| {
            question.payment.from.and_then(|day| group.terms.at(day).ok()).ok_or(missing)
        })?;
        let card = card(self.rules, &terms.value, question.person, question.payment)?;
        Ok(unusual_months(self.rules, group, &card, paid_on)?.is_some())
    }

    fn key(&mut self, question: &PlanQuestion<'_>) -> Option<Key> {
        let Payment { paid_on, from, months, .. } = question.payment;
        // How many months are paid for then depends on the days of the circumstances.
        if may_be_cut(self.rules, question.person, paid_on) {
            return None;
        }
        let places = self.numbers(question.places())?;
        let at = self.asked(question, places)?;
        let said = self.places.said(&self.changes, question.group, places, paid_on);
        let asked = &self.asked[usize::from(at)];
        let sides = asked.sides(question.person, Dates::on(paid_on))?;
        let paid: Era = asked.paid.era(paid_on);
        let has_terms = *asked.has_terms.get(usize::from(paid))?;
        let from = if has_terms { 0 } else { asked.paid.era(from.unwrap_or(paid_on)) };
        let months = u8::try_from(months).ok()?;
        Some(Key {
            law: u64::from(at) | u64::from(said) << 16 | u64::from(paid) << 32 | u64::from(from) << 48,
            person: u64::from(question.names) | u64::from(months) << 32,
            sides,
        })
    }

    /// Numbers of two places; most tables name no place at all.
    #[inline]
    fn numbers(&mut self, places: Whereabouts<'_>) -> Option<[u16; 2]> {
        match (places.home, places.school) {
            (None, None) => Some([0, 0]),
            (home, school) => Some([self.places.number(home)?, self.places.number(school)?]),
        }
    }

    /// Whether the day of birth may decide anything for the question's person.
    pub fn may_ask_birth(&mut self, question: &PlanQuestion<'_>) -> bool {
        let at = self.numbers(question.places()).and_then(|places| self.asked(question, places));
        let asked = at.and_then(|at| self.asked.get(usize::from(at)));
        !asked.is_some_and(|asked| asked.fits() && !asked.by_birth && has_no_circumstances(question.person))
    }

    /// What people of the question's group and places are asked about.
    #[inline]
    fn asked(&mut self, question: &PlanQuestion<'_>, [home, school]: [u16; 2]) -> Option<u16> {
        if let Some(at) = self.places.asked(question.group, home, school) {
            return Some(at - 1);
        }
        let meanings = self.places.meanings(question.group, home, school)?;
        let by = (question.group, meanings);
        let at = if let Some(at) = self.asked_by.get(&by) {
            *at
        } else {
            let group = self.rules.groups().get(question.group)?;
            let at = u16::try_from(self.asked.len()).ok().filter(|at| *at < u16::MAX)?;
            self.asked.push(AskedConditions::of(self.rules, &self.changes, group, question.places()));
            self.asked_by.insert(by, at);
            at
        };
        self.places.note(question.group, home, school, at + 1);
        Some(at)
    }
}

fn has_no_circumstances(person: &Enrollee) -> bool {
    person.circumstances.is_empty() && person.also.is_empty()
}

impl<'q> PlanQuestion<'q> {
    /// Where the person lives and learns.
    fn places(&self) -> Whereabouts<'q> {
        Whereabouts { home: self.payment.province, school: self.person.school.as_deref() }
    }
}

/// Whether it is for the card to say if the months are those of a payment cycle: no cycle and no tail of a school year
/// has so many, and the person pays by the school year.
fn months_by_card(rules: &Rulebook, question: &PlanQuestion<'_>) -> bool {
    let PlanQuestion { person, payment, .. } = *question;
    let cycles = rules.payment_cycles.at(payment.paid_on).ok();
    let cycle = cycles.and_then(|cycles| cycles.value.groups.get(&person.group));
    let usual = cycle.is_none_or(|cycle| cycle.is_usual(payment.months));
    !usual && pays_by_school_year(rules, person, payment.paid_on)
}

/// Whether members of a group take places on the household ladder in any period.
pub fn may_be_on_ladder(rules: &Rulebook, group: usize) -> bool {
    rules.groups().get(group).is_some_and(|group| {
        group.terms.versions().iter().any(|terms| terms.value.basis == PremiumBasis::HouseholdLadder)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::quote::Circumstance;
    use crate::terms::period::parse_date;

    fn payment(months: u32, province: Option<&str>) -> Payment<'_> {
        Payment { paid_on: parse_date("2025-08-20").expect("a day"), from: None, months, province }
    }

    fn with_a_circumstance(person: &Enrollee) -> Enrollee {
        let circumstances = vec![Circumstance { tag: "waste-collector".to_owned(), date: None }];
        Enrollee { circumstances, ..person.clone() }
    }

    #[test]
    fn a_circumstance_and_another_category_are_circumstances() {
        let plain = Enrollee::of_group("household");
        assert!(has_no_circumstances(&plain));
        assert!(!has_no_circumstances(&with_a_circumstance(&plain)));
        assert!(!has_no_circumstances(&Enrollee { also: vec!["pupil".to_owned()], ..plain }));
    }

    /// No national support asks a household for an age; TP. Hồ Chí Minh pays for its people from 65 to under 75.
    #[test]
    fn the_day_of_birth_is_asked_where_an_age_decides_or_something_else_is_said() {
        let rules = Rulebook::bundled();
        let group = rules.groups().iter().position(|group| group.id == "household").expect("households");
        let plain = Enrollee::of_group("household");
        let may = |person: &Enrollee, province: Option<&'static str>| {
            let question = PlanQuestion { person, group, names: 0, payment: payment(3, province) };
            Plans::<()>::new(&rules).may_ask_birth(&question)
        };
        assert!(!may(&plain, None));
        assert!(may(&plain, Some("ho-chi-minh")));
        assert!(may(&with_a_circumstance(&plain), None));
        assert!(may(&with_a_circumstance(&plain), Some("ho-chi-minh")));
    }

    /// Cycles of 3, 6 and 12 months, in schools the tails of a school year too.
    #[test]
    fn the_card_says_whether_months_are_usual_where_no_cycle_of_a_school_has_so_many() {
        let rules = Rulebook::bundled();
        let by_card = |group: &str, months| {
            let (person, payment) = (Enrollee::of_group(group), payment(months, None));
            months_by_card(&rules, &PlanQuestion { person: &person, group: 0, names: 0, payment })
        };
        assert_eq!([12, 9, 15].map(|months| by_card("pupil", months)), [false; 3]);
        assert_eq!([4, 7, 13].map(|months| by_card("student", months)), [true; 3]);
        assert_eq!([5, 12].map(|months| by_card("household", months)), [false; 2]);
    }
}
