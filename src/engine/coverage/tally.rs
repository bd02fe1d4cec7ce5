//! Cộng bao phủ: communes, their districts and provinces, and all of them; covered and uncovered are the population.

use std::collections::BTreeMap;

use super::{Commune, CountKind, CountMismatch, ListCounts};
use crate::terms::percent::Percent;

/// Bao phủ của một nơi.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// Its name; empty for the whole.
    pub name: String,
    /// District it lies in; empty for districts and the whole.
    pub district: String,
    /// Province it lies in; empty for provinces and the whole.
    pub province: String,
    /// Communes it consists of.
    pub communes: u64,
    /// Dân số, where every commune has it.
    pub population: Option<u64>,
    /// Số người có thẻ.
    pub covered: u64,
    /// Participants above the population: people who live elsewhere, or an old population.
    pub beyond: u64,
    /// Participants by group.
    pub groups: BTreeMap<String, u64>,
    /// Participants of communes that state none of their groups.
    pub ungrouped: u64,
    /// Persons of a list without a card, by group.
    pub lapsed: BTreeMap<String, u64>,
    /// Số người phải có theo chỉ tiêu, where every commune has a target.
    pub wanted: Option<u64>,
    /// Số người còn phải phát triển: the sum over communes, none of them below zero.
    pub needed: Option<u64>,
    /// What a list of persons adds.
    pub listed: ListCounts,
}

impl Place {
    /// Chưa có thẻ.
    pub fn uncovered(&self) -> Option<u64> {
        self.population.map(|population| (population + self.beyond).saturating_sub(self.covered))
    }

    /// Tỷ lệ bao phủ.
    pub fn rate(&self) -> Option<Percent> {
        Percent::of(i128::from(self.covered), i128::from(self.population?))
    }

    /// Tỷ lệ được giao, of persons wanted in the population.
    pub fn target(&self) -> Option<Percent> {
        Percent::of(i128::from(self.wanted?), i128::from(self.population?))
    }

    /// Tỷ lệ bao phủ của học sinh, sinh viên trong danh sách.
    pub fn pupils(&self) -> Option<Percent> {
        Percent::of(i128::from(self.listed.pupils_covered), i128::from(self.listed.pupils))
    }

    fn of(commune: &Commune) -> Place {
        let sum: u64 = commune.groups.values().sum();
        let ungrouped = if commune.groups.is_empty() { commune.total.unwrap_or(0) } else { 0 };
        let covered = sum + ungrouped;
        let by_rate =
            commune.target_rate.zip(commune.population).map(|(rate, population)| rate.of(population));
        let wanted = commune.target_persons.or(by_rate);
        Place {
            name: commune.name.clone(),
            district: commune.district.clone(),
            province: commune.province.clone(),
            communes: 1,
            population: commune.population,
            covered,
            beyond: commune.population.map_or(0, |population| covered.saturating_sub(population)),
            groups: commune.groups.clone(),
            ungrouped,
            lapsed: commune.lapsed.clone(),
            wanted,
            needed: wanted.map(|wanted| wanted.saturating_sub(covered)),
            listed: commune.listed,
        }
    }

    fn add(&mut self, other: &Place) {
        let is_first = self.communes == 0;
        let both = |a: Option<u64>, b: Option<u64>| if is_first { b } else { Some(a? + b?) };
        self.population = both(self.population, other.population);
        self.wanted = both(self.wanted, other.wanted);
        self.needed = both(self.needed, other.needed);
        self.communes += other.communes;
        self.covered += other.covered;
        self.beyond += other.beyond;
        self.ungrouped += other.ungrouped;
        for (group, count) in &other.groups {
            *self.groups.entry(group.clone()).or_default() += count;
        }
        for (group, count) in &other.lapsed {
            *self.lapsed.entry(group.clone()).or_default() += count;
        }
        self.listed.add(&other.listed);
    }

    /// Covered and uncovered are the population; the groups, and who is in none, are the covered.
    fn check(&self) -> Result<(), String> {
        let groups: u64 = self.groups.values().sum();
        if groups + self.ungrouped != self.covered {
            return Err(format!("groups {groups} + {}, covered {}", self.ungrouped, self.covered));
        }
        match (self.population, self.uncovered()) {
            (Some(population), Some(uncovered)) if self.covered + uncovered != population + self.beyond => {
                Err(format!("covered {} + uncovered {uncovered}, population {population}", self.covered))
            }
            _ => Ok(()),
        }
    }
}

/// Huyện và tỉnh của một xã, by their places in the tally.
#[derive(Debug, Clone, Copy, Default)]
pub struct LiesIn {
    /// District.
    pub district: Option<usize>,
    /// Province.
    pub province: Option<usize>,
}

/// Bao phủ của mọi nơi.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Communes, in the order of the tables.
    pub communes: Vec<Place>,
    /// Districts or sections, in that order; none where no table has any.
    pub districts: Vec<Place>,
    /// Provinces, in that order; none where none is known.
    pub provinces: Vec<Place>,
    /// Where each commune lies.
    pub lies_in: Vec<LiesIn>,
    /// All together.
    pub all: Place,
    /// What does not agree.
    pub mismatches: Vec<CountMismatch>,
}

/// Adds communes up.
///
/// # Errors
/// What does not add up: a failed check of the program's own result.
pub fn add_up(communes: &[Commune]) -> Result<Tally, String> {
    let mut tally = Tally::default();
    let mut districts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut provinces: BTreeMap<&str, usize> = BTreeMap::new();
    for commune in communes {
        let place = Place::of(commune);
        tally.mismatches.extend(mismatches(commune, &place));
        tally.all.add(&place);
        let mut lies = LiesIn::default();
        if !commune.district.is_empty() {
            let at = *districts.entry((&commune.province, &commune.district)).or_insert_with(|| {
                let (name, province) = (commune.district.clone(), commune.province.clone());
                tally.districts.push(Place { name, province, ..Place::default() });
                tally.districts.len() - 1
            });
            tally.districts[at].add(&place);
            lies.district = Some(at);
        }
        if !commune.province.is_empty() {
            let at = *provinces.entry(&commune.province).or_insert_with(|| {
                tally.provinces.push(Place { name: commune.province.clone(), ..Place::default() });
                tally.provinces.len() - 1
            });
            tally.provinces[at].add(&place);
            lies.province = Some(at);
        }
        tally.communes.push(place);
        tally.lies_in.push(lies);
    }
    let sums = tally.districts.iter().chain(&tally.provinces);
    tally.communes.iter().chain(sums).chain([&tally.all]).try_for_each(Place::check)?;
    tally.adds_up()?;
    Ok(tally)
}

impl Tally {
    /// Communes are the whole; districts and provinces are it where every commune lies in one.
    fn adds_up(&self) -> Result<(), String> {
        let covered = |places: &[Place]| places.iter().map(|place| place.covered).sum::<u64>();
        let in_all = |has: fn(&LiesIn) -> bool| self.lies_in.iter().all(has);
        let levels = [
            ("communes", &self.communes, true),
            ("districts", &self.districts, in_all(|lies| lies.district.is_some())),
            ("provinces", &self.provinces, in_all(|lies| lies.province.is_some())),
        ];
        match levels.iter().find(|(_, places, whole)| *whole && covered(places) != self.all.covered) {
            Some((level, places, _)) => Err(format!("{level} {}, all {}", covered(places), self.all.covered)),
            None => Ok(()),
        }
    }
}

fn mismatches(commune: &Commune, place: &Place) -> Vec<CountMismatch> {
    let by_rate = commune.target_rate.zip(commune.population).map(|(rate, population)| rate.of(population));
    let groups = (!commune.groups.is_empty()).then_some(place.covered);
    let beyond = commune.population.filter(|_| place.beyond > 0);
    let pairs = [
        (CountKind::Groups, commune.total, groups),
        (CountKind::Target, commune.target_persons, by_rate),
        (CountKind::Needed, commune.needed, place.needed),
        (CountKind::Beyond, beyond.map(|_| place.covered), beyond),
    ];
    pairs
        .into_iter()
        .filter_map(|(kind, stated, computed)| {
            let (stated, computed) = stated.zip(computed).filter(|(stated, computed)| stated != computed)?;
            Some(CountMismatch { kind, place: commune.name.clone(), stated, computed })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_are_not_conserved_are_a_failed_check() {
        let groups = BTreeMap::from([("household".to_owned(), 60), ("pupil".to_owned(), 40)]);
        let sound = Place { population: Some(120), covered: 100, groups, ..Place::default() };
        assert_eq!(sound.check(), Ok(()));
        assert!(Place { covered: 99, ..sound.clone() }.check().is_err());
        // More covered than live there, and nobody counted as beyond.
        assert!(Place { population: Some(90), ..sound.clone() }.check().is_err());
        assert_eq!(Place { population: Some(90), beyond: 10, ..sound }.check(), Ok(()));
    }

    #[test]
    fn communes_that_are_not_the_whole_are_a_failed_check() {
        let commune = |name: &str, district: &str, province: &str, covered: u64| Commune {
            name: name.to_owned(),
            district: district.to_owned(),
            province: province.to_owned(),
            groups: BTreeMap::from([("household".to_owned(), covered)]),
            ..Commune::default()
        };
        let all = [commune("A", "X", "P", 10), commune("B", "X", "P", 20), commune("C", "", "P", 5)];
        let sound = || add_up(&all).expect("a tally");
        assert_eq!((sound().adds_up(), sound().all.covered), (Ok(()), 35));
        assert_eq!((sound().districts[0].covered, sound().provinces[0].covered), (30, 35));
        let wrong = |spoil: fn(&mut Tally)| {
            let mut tally = sound();
            spoil(&mut tally);
            tally.adds_up().is_err()
        };
        assert!(wrong(|tally| tally.all.covered += 1));
        assert!(wrong(|tally| tally.communes[2].covered -= 1));
        assert!(wrong(|tally| tally.provinces[0].covered += 1));
        // A commune of no district: the districts need not be the whole.
        assert!(!wrong(|tally| tally.districts[0].covered += 1));
        assert!(wrong(|tally| {
            tally.lies_in.iter_mut().for_each(|lies| lies.district = Some(0));
        }));
    }
}
