//! Cộng bao phủ: communes, their districts, and all of them; covered and uncovered are the population.

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
        let covered = if commune.groups.is_empty() { commune.total.unwrap_or(0) } else { sum };
        let by_rate =
            commune.target_rate.zip(commune.population).map(|(rate, population)| rate.of(population));
        let wanted = commune.target_persons.or(by_rate);
        Place {
            name: commune.name.clone(),
            district: commune.district.clone(),
            communes: 1,
            population: commune.population,
            covered,
            beyond: commune.population.map_or(0, |population| covered.saturating_sub(population)),
            groups: commune.groups.clone(),
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
        for (group, count) in &other.groups {
            *self.groups.entry(group.clone()).or_default() += count;
        }
        self.listed.add(&other.listed);
    }

    /// Covered and uncovered are the population; the groups are the covered.
    fn check(&self) -> Result<(), String> {
        let groups: u64 = self.groups.values().sum();
        if !self.groups.is_empty() && groups != self.covered {
            return Err(format!("groups {groups}, covered {}", self.covered));
        }
        match (self.population, self.uncovered()) {
            (Some(population), Some(uncovered)) if self.covered + uncovered != population + self.beyond => {
                Err(format!("covered {} + uncovered {uncovered}, population {population}", self.covered))
            }
            _ => Ok(()),
        }
    }
}

/// Bao phủ của mọi nơi.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Communes, in the order of the tables.
    pub communes: Vec<Place>,
    /// Districts or sections, in that order; none where no table has any.
    pub districts: Vec<Place>,
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
    let mut place_of: BTreeMap<&str, usize> = BTreeMap::new();
    for commune in communes {
        let place = Place::of(commune);
        tally.mismatches.extend(mismatches(commune, &place));
        tally.all.add(&place);
        if !commune.district.is_empty() {
            let at = *place_of.entry(&commune.district).or_insert_with(|| {
                tally.districts.push(Place { name: commune.district.clone(), ..Place::default() });
                tally.districts.len() - 1
            });
            tally.districts[at].add(&place);
        }
        tally.communes.push(place);
    }
    tally.communes.iter().chain(&tally.districts).chain([&tally.all]).try_for_each(Place::check)?;
    let covered: u64 = tally.communes.iter().map(|place| place.covered).sum();
    if covered != tally.all.covered {
        return Err(format!("communes {covered}, all {}", tally.all.covered));
    }
    Ok(tally)
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
}
