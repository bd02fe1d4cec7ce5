//! Nơi như nhau: places that mean the same to people of one group.
//!
//! A place matters through the policies that it brings to a group and through what is said about its record on a day.
//! Most places bring none, so that a table of all provinces asks for few more plans than a table of one.

use crate::terms::ordered::count_before;
use chrono::NaiveDate;

use super::changes::PlanChanges;
use crate::engine::premium::place_notices::{about, is_supported};
use crate::rulebook::Rulebook;
use crate::rulebook::places::PlaceKind;
use crate::terms::problem::Code;
use crate::terms::quick_hash::{QuickMap, of_ends};

/// Number of a place; 0 stands for none.
type Number = u16;

/// Nơi ở và nơi học của một đối tượng, by the policies that they bring.
pub(super) type MeaningPair = (u16, u16);

/// What is said about a place from which day on, as the position of the codes.
type Said = Vec<(NaiveDate, u8)>;

/// Các nơi, as the groups of a table see them.
#[derive(Debug)]
pub(super) struct PlaceMeanings<'r> {
    rules: &'r Rulebook,
    ids: Vec<&'r str>,
    numbers: QuickMap<&'r str, Number>,
    /// Places met before, by a slot of their id.
    recent: Vec<(&'r str, Number)>,
    /// By number of a place, once it was asked for.
    said: Vec<Option<Said>>,
    codes: Vec<Vec<Code>>,
    by_group: Vec<Option<Box<OfGroup>>>,
}

/// What places mean to one group.
#[derive(Debug)]
struct OfGroup {
    supported_at_home: bool,
    supported_at_school: bool,
    /// Policies for the group, by their position among all.
    meanings: Vec<Vec<usize>>,
    /// Meaning by number of a home, then of a school.
    known: [Vec<Option<u16>>; 2],
    /// What people in two places are asked about, by the numbers of both; 0 stands for not looked up yet.
    asked: Vec<u16>,
}

const RECENT: usize = 1 << 10;

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
            said: vec![None; ids.len() + 1],
            codes: vec![Vec::new()],
            by_group: rules.groups().iter().map(|_| None).collect(),
            ids,
        }
    }

    /// The number of a place; `None` for one that no rulebook knows.
    #[inline]
    pub(super) fn number(&mut self, place: Option<&str>) -> Option<Number> {
        let Some(place) = place else { return Some(0) };
        let slot = usize::try_from(of_ends(place.as_bytes())).unwrap_or_default() % RECENT;
        let (known, number) = self.recent[slot];
        if known == place {
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

    /// What is said to a group about two places on a day, as one number; 0 where there is nothing to say.
    #[inline]
    pub(super) fn said(
        &mut self,
        changes: &PlanChanges<'r>,
        group: usize,
        [home, school]: [Number; 2],
        day: NaiveDate,
    ) -> u16 {
        if home == 0 && school == 0 {
            return 0;
        }
        let Some(Some(of)) = self.by_group.get(group) else { return 0 };
        let home = if of.supported_at_home { home } else { 0 };
        let school = if of.supported_at_school { school } else { 0 };
        u16::from(self.said_on(changes, home, day)) << 8 | u16::from(self.said_on(changes, school, day))
    }

    fn said_on(&mut self, changes: &PlanChanges<'r>, number: Number, day: NaiveDate) -> u8 {
        let Some(at) = usize::from(number).checked_sub(1) else { return 0 };
        if self.said[at].is_none() {
            self.said[at] = Some(self.record(changes, self.ids[at]));
        }
        let said = self.said[at].as_deref().unwrap_or_default();
        let next = count_before(said.len(), |at| said[at].0 <= day);
        next.checked_sub(1).map_or(0, |last| said[last].1)
    }

    /// What is said about a place, from day to day.
    fn record(&mut self, changes: &PlanChanges<'r>, id: &str) -> Said {
        let days = std::iter::once(NaiveDate::MIN).chain(changes.of_place(self.rules, id).days);
        let mut said = Said::new();
        for day in days {
            let codes: Vec<Code> = about(self.rules, id, day).iter().map(|notice| notice.code).collect();
            let at = self.codes.iter().position(|known| *known == codes).unwrap_or_else(|| {
                self.codes.push(codes);
                self.codes.len() - 1
            });
            // There are five codes at most to be said of a place, so that their combinations are few.
            said.push((day, u8::try_from(at).unwrap_or(u8::MAX)));
        }
        said
    }

    /// What two places mean to a group.
    pub(super) fn meanings(&mut self, group: usize, home: Number, school: Number) -> Option<MeaningPair> {
        let width = self.ids.len() + 1;
        let rules = self.rules;
        let whose = rules.groups().get(group)?;
        self.by_group.get_mut(group)?.get_or_insert_with(|| {
            Box::new(OfGroup {
                supported_at_home: is_supported(rules, whose, PlaceKind::Home),
                supported_at_school: is_supported(rules, whose, PlaceKind::School),
                meanings: Vec::new(),
                known: [vec![None; width], vec![None; width]],
                asked: vec![0; width * width],
            })
        });
        // Who names no school learns at home.
        let learns = if school == 0 { home } else { school };
        Some((self.meaning(group, home, PlaceKind::Home)?, self.meaning(group, learns, PlaceKind::School)?))
    }

    fn meaning(&mut self, group: usize, number: Number, kind: PlaceKind) -> Option<u16> {
        let id = usize::from(number).checked_sub(1).and_then(|at| self.ids.get(at)).copied();
        let of = self.by_group.get_mut(group)?.as_mut()?;
        let side = usize::from(kind == PlaceKind::School);
        if let Some(known) = of.known[side][usize::from(number)] {
            return Some(known);
        }
        let whose = &self.rules.groups().get(group)?.id;
        // Policies by their number among those of all packs.
        let (mut policies, mut first) = (Vec::new(), 0);
        for pack in &self.rules.local {
            if id.is_some_and(|id| pack.serves(id)) {
                let of_pack = (first..).zip(&pack.policies);
                let own = of_pack.filter(|(_, policy)| policy.place == kind && policy.groups.contains(whose));
                policies.extend(own.map(|(at, _)| at));
            }
            first += pack.policies.len();
        }
        let at = of.meanings.iter().position(|known| *known == policies).unwrap_or_else(|| {
            of.meanings.push(policies);
            of.meanings.len() - 1
        });
        let at = u16::try_from(at).ok()?;
        of.known[side][usize::from(number)] = Some(at);
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::terms::period::parse_date;

    /// Numbers of what is alike are the same, of what differs they differ.
    fn tell_apart<K: Ord + std::fmt::Debug>(numbers: &BTreeMap<K, BTreeSet<u16>>) {
        assert!(numbers.values().all(|found| found.len() == 1), "{numbers:?}");
        let all: BTreeSet<&BTreeSet<u16>> = numbers.values().collect();
        assert_eq!(all.len(), numbers.len(), "{numbers:?}");
    }

    #[test]
    fn places_mean_the_same_to_a_group_where_the_same_policies_for_it_serve_them() {
        let rules = Rulebook::bundled();
        let mut places = PlaceMeanings::of(&rules);
        let ids = places.ids.clone();
        let mut most = 0;
        for (group, whose) in rules.groups().iter().enumerate() {
            let mut numbers: BTreeMap<Vec<&str>, BTreeSet<u16>> = BTreeMap::new();
            for id in std::iter::once(None).chain(ids.iter().copied().map(Some)) {
                let number = places.number(id).expect("a known place");
                let (home, school) = places.meanings(group, number, number).expect("a meaning");
                for (kind, meaning) in [(PlaceKind::Home, home), (PlaceKind::School, school)] {
                    let packs = rules.local.iter().filter(|pack| id.is_some_and(|id| pack.serves(id)));
                    let policies = packs.flat_map(|pack| &pack.policies);
                    let own = policies.filter(|it| it.place == kind && it.groups.contains(&whose.id));
                    let own = own.map(|policy| policy.support.rule()).collect();
                    numbers.entry(own).or_default().insert(meaning);
                }
            }
            tell_apart(&numbers);
            most = most.max(numbers.len());
        }
        assert!(most > 10, "{most}");
    }

    #[test]
    fn what_is_said_of_places_has_one_number_for_the_same_words() {
        let rules = Rulebook::bundled();
        let changes = PlanChanges::of(&rules);
        let mut places = PlaceMeanings::of(&rules);
        let whose = |id: &str| rules.groups().iter().position(|group| group.id == id).expect("a group");
        let (supported, never) = (whose("near-poor"), whose("worker"));
        let mut numbers: BTreeMap<Vec<Code>, BTreeSet<u16>> = BTreeMap::from([(Vec::new(), [0].into())]);
        for day in ["2024-12-31", "2025-07-01", "2026-08-01"].map(|day| parse_date(day).expect("a day")) {
            for id in places.ids.clone() {
                let number = places.number(Some(id)).expect("a known place");
                for group in [supported, never] {
                    places.meanings(group, number, 0).expect("a meaning");
                }
                let said = places.said(&changes, supported, [number, 0], day);
                let codes = about(&rules, id, day).iter().map(|notice| notice.code).collect();
                assert_eq!(said & 0xff, 0, "nobody named a school");
                numbers.entry(codes).or_default().insert(said >> 8);
                assert_eq!(places.said(&changes, never, [number, 0], day), 0);
            }
            assert_eq!(places.said(&changes, supported, [0, 0], day), 0);
        }
        tell_apart(&numbers);
        assert!(numbers.len() > 1);
    }

    #[test]
    fn what_people_of_two_places_are_asked_about_is_noted_for_these_two() {
        let rules = Rulebook::bundled();
        let mut places = PlaceMeanings::of(&rules);
        let last = Number::try_from(places.ids.len()).expect("few");
        places.meanings(0, 0, 0).expect("a meaning");
        for (asked, (home, school)) in (1..).zip([(0, 0), (0, last), (1, 0), (1, last), (last, last)]) {
            assert_eq!(places.asked(0, home, school), None, "{home} {school}");
            places.note(0, home, school, asked);
            assert_eq!(places.asked(0, home, school), Some(asked));
        }
        assert_eq!(places.asked(0, 0, last - 1), None);
        assert_eq!(places.asked(0, 0, last), Some(2));
    }
}
