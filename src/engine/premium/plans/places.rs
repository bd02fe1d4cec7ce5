//! Nơi như nhau: places that mean the same to people of one group.
//!
//! A place matters through the policies that it brings to a group and through what is said about its record. Most places
//! bring none, so that a table of all provinces asks for few more plans than a table of one.

use chrono::NaiveDate;

use super::Map;
use super::changes::PlanChanges;
use crate::engine::premium::place_notices::{about, is_supported};
use crate::rulebook::Rulebook;
use crate::rulebook::places::{PlaceKind, Whereabouts};
use crate::terms::problem::Code;

/// Number of a place; 0 stands for none.
type Number = u16;

/// Nơi ở và nơi học của một đối tượng, by what they mean.
pub(super) type MeaningPair = (u16, u16);

/// What is said about a place, from which day on.
type Said = Vec<(NaiveDate, Vec<Code>)>;

/// What a place means to a group.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Meaning {
    /// Its policies for the group, by their position among all.
    policies: Vec<usize>,
    /// What is said about it, by position; `None` where nothing is.
    said: Option<usize>,
}

/// Các nơi, as the groups of a table see them.
#[derive(Debug)]
pub(super) struct PlaceMeanings<'r> {
    rules: &'r Rulebook,
    ids: Vec<&'r str>,
    numbers: Map<&'r str, Number>,
    /// PlaceMeanings met before, by where their ids lie in memory: rows name places by the ids of the register itself.
    recent: Vec<(&'r str, Number)>,
    /// What is said about a place, by number, once it was asked for.
    said_of: Vec<Option<usize>>,
    said: Vec<Said>,
    by_group: Vec<Option<Box<OfGroup>>>,
}

/// What places mean to one group.
#[derive(Debug)]
struct OfGroup {
    supported_at_home: bool,
    supported_at_school: bool,
    meanings: Vec<Meaning>,
    /// What people in two places are asked about, by the numbers of both; 0 stands for not looked up yet.
    asked: Vec<u16>,
}

const RECENT: usize = 128;

impl<'r> PlaceMeanings<'r> {
    pub(super) fn of(rules: &'r Rulebook) -> PlaceMeanings<'r> {
        let own = rules.local.iter().map(|pack| pack.province.as_str());
        let mut ids: Vec<&str> =
            rules.places.entries.iter().map(|place| place.id.as_str()).chain(own).collect();
        ids.sort_unstable();
        ids.dedup();
        PlaceMeanings {
            rules,
            numbers: ids.iter().copied().zip(1..=Number::MAX).collect(),
            recent: vec![("", 0); RECENT],
            said_of: vec![None; ids.len() + 1],
            said: Vec::new(),
            by_group: rules.groups().iter().map(|_| None).collect(),
            ids,
        }
    }

    /// The number of a place; `None` for one that no rulebook knows.
    #[inline]
    pub(super) fn number(&mut self, place: Option<&str>) -> Option<Number> {
        let Some(place) = place else { return Some(0) };
        let slot = (place.as_ptr().addr() >> 4 ^ place.as_ptr().addr() >> 11) % RECENT;
        let (known, number) = self.recent[slot];
        if std::ptr::eq(known, place) {
            return Some(number);
        }
        let (id, number) = self.numbers.get_key_value(place).map(|(id, number)| (*id, *number))?;
        self.recent[slot] = (id, number);
        Some(number)
    }

    /// What was noted for people of a group in two places.
    #[inline]
    pub(super) fn asked(&self, group: usize, home: Number, school: Number) -> Option<u16> {
        let of = self.by_group.get(group)?.as_deref()?;
        of.asked.get(self.pair(home, school)).copied().filter(|asked| *asked != 0)
    }

    /// Notes what people of a group in two places are asked about.
    pub(super) fn note(&mut self, group: usize, home: Number, school: Number, asked: u16) {
        let at = self.pair(home, school);
        if let Some(Some(of)) = self.by_group.get_mut(group) {
            of.asked[at] = asked;
        }
    }

    fn pair(&self, home: Number, school: Number) -> usize {
        usize::from(home) * (self.ids.len() + 1) + usize::from(school)
    }

    /// What two places mean to a group.
    pub(super) fn meanings(
        &mut self,
        changes: &PlanChanges<'r>,
        group: usize,
        home: Number,
        school: Number,
    ) -> Option<MeaningPair> {
        let width = self.ids.len() + 1;
        let rules = self.rules;
        let whose = rules.groups().get(group)?;
        let of = self.by_group.get_mut(group)?.get_or_insert_with(|| {
            Box::new(OfGroup {
                supported_at_home: is_supported(rules, whose, PlaceKind::Home),
                supported_at_school: is_supported(rules, whose, PlaceKind::School),
                meanings: Vec::new(),
                asked: vec![0; width * width],
            })
        });
        let (at_home, at_school) = (of.supported_at_home, of.supported_at_school);
        // Who names no school learns at home, and nothing is said about a school.
        let learns = if school == 0 { home } else { school };
        let home = self.meaning(changes, group, (home, PlaceKind::Home), at_home)?;
        let school = self.meaning(changes, group, (learns, PlaceKind::School), at_school && school != 0)?;
        Some((home, school))
    }

    fn meaning(
        &mut self,
        changes: &PlanChanges<'r>,
        group: usize,
        (number, kind): (Number, PlaceKind),
        is_said: bool,
    ) -> Option<u16> {
        let id = usize::from(number).checked_sub(1).and_then(|at| self.ids.get(at)).copied();
        let whose = &self.rules.groups().get(group)?.id;
        let packs = self.rules.local.iter();
        let all = packs.flat_map(|pack| pack.policies.iter().map(move |policy| (pack, policy))).enumerate();
        let own = all.filter(|(_, (pack, policy))| {
            policy.place == kind && policy.groups.contains(whose) && id.is_some_and(|id| pack.serves(id))
        });
        let policies = own.map(|(at, _)| at).collect();
        let said = id.filter(|_| is_said).map(|id| self.said(changes, number, id));
        let meaning = Meaning { policies, said };
        let known = &mut self.by_group.get_mut(group)?.as_mut()?.meanings;
        let at = known.iter().position(|known| *known == meaning).unwrap_or_else(|| {
            known.push(meaning);
            known.len() - 1
        });
        u16::try_from(at).ok()
    }

    /// What is said about a place, from day to day, by position.
    fn said(&mut self, changes: &PlanChanges<'r>, number: Number, id: &'r str) -> usize {
        if let Some(known) = self.said_of[usize::from(number)] {
            return known;
        }
        let here = Whereabouts { home: Some(id), school: Some(id) };
        let days = std::iter::once(NaiveDate::MIN).chain(changes.of_places(self.rules, here).days);
        let mut said: Said = Vec::new();
        for day in days {
            let codes: Vec<Code> = about(self.rules, id, day).iter().map(|notice| notice.code).collect();
            if said.last().is_none_or(|(_, last)| *last != codes) {
                said.push((day, codes));
            }
        }
        let at = self.said.iter().position(|known| *known == said).unwrap_or_else(|| {
            self.said.push(said);
            self.said.len() - 1
        });
        self.said_of[usize::from(number)] = Some(at);
        at
    }
}
