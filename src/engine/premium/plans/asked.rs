//! Điều được hỏi: the conditions that decide for people of one group in the same places, and the sides they stand on.

use chrono::NaiveDate;

use super::changes::PlanChanges;
use crate::case::quote::Enrollee;
use crate::engine::calendar::Calendar;
use crate::engine::premium::dates::Dates;
use crate::engine::premium::predicate::{Looks, Side};
use crate::rulebook::Rulebook;
use crate::rulebook::family::EnrolleeGroup;
use crate::rulebook::places::Whereabouts;
use crate::rulebook::predicate::Predicate;

/// Bits that one side takes.
const BITS: usize = 3;
/// Most conditions whose sides fit.
const MOST: usize = u64::BITS as usize / BITS;

/// Mọi điều kiện của các chính sách đối với một đối tượng ở một nơi, each once.
#[derive(Debug, Clone)]
pub(super) struct AskedConditions<'r> {
    predicates: Vec<&'r Predicate>,
    /// Those that look at more than circumstances, by position.
    moving: Vec<usize>,
    /// Sides of a person without any circumstance; the moving ones left out.
    quiet: u64,
    /// Whether the birth date decides anything.
    pub(super) by_birth: bool,
    /// The changes that a day of payment can meet.
    pub(super) paid: Calendar,
    /// The changes that a month of cover can meet.
    pub(super) months: Calendar,
    /// Per era of payment: whether the group has terms.
    pub(super) has_terms: Vec<bool>,
}

impl<'r> AskedConditions<'r> {
    pub(super) fn of(
        rules: &'r Rulebook,
        changes: &PlanChanges<'r>,
        group: &EnrolleeGroup,
        places: Whereabouts<'_>,
    ) -> AskedConditions<'r> {
        let mut predicates: Vec<&Predicate> = Vec::new();
        for policy in rules.policies_at(places).filter(|policy| policy.groups.contains(&group.id)) {
            for predicate in policy.when.iter() {
                if !predicates.contains(&predicate) {
                    predicates.push(predicate);
                }
            }
        }
        let moves = |at: &usize| predicates[*at].looks() != Looks::Circumstances;
        let moving: Vec<usize> = (0..predicates.len()).filter(moves).collect();
        let nobody = Enrollee::of_group(&group.id);
        let dates = Dates::on(NaiveDate::MIN);
        let still = (0..predicates.len().min(MOST)).filter(|at| !moving.contains(at));
        let quiet = still.map(|at| placed(predicates[at].side(&nobody, dates), at)).sum();
        let by_birth = predicates.iter().any(|predicate| predicate.looks() == Looks::Birth);
        let paid = changes.of_payment(rules, group, places);
        let eras = std::iter::once(NaiveDate::MIN).chain(paid.days.iter().copied());
        let has_terms = eras.map(|day| group.terms.at(day).is_ok()).collect();
        let months = changes.of_month(rules, group, places);
        AskedConditions { predicates, moving, quiet, by_birth, paid, months, has_terms }
    }

    /// Whether the sides of all conditions fit into one number.
    pub(super) fn fits(&self) -> bool {
        self.predicates.len() <= MOST
    }

    /// The side of every condition, packed; `None` where they do not fit.
    #[inline]
    pub(super) fn sides(&self, person: &Enrollee, dates: Dates) -> Option<u64> {
        if !self.fits() {
            return None;
        }
        let side = |at: usize| placed(self.predicates[at].side(person, dates), at);
        if person.circumstances.is_empty() && person.also.is_empty() {
            return Some(self.moving.iter().fold(self.quiet, |sides, at| sides | side(*at)));
        }
        Some((0..self.predicates.len()).fold(0, |sides, at| sides | side(at)))
    }
}

const fn placed(side: Side, at: usize) -> u64 {
    (side as u64) << (at * BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_conditions_of_every_place_and_group_fit() {
        let rules = Rulebook::bundled();
        let changes = PlanChanges::of(&rules);
        for group in rules.groups() {
            for home in &rules.places.entries {
                for school in [None, Some("ho-chi-minh"), Some("ca-mau")] {
                    let places = Whereabouts { home: Some(&home.id), school };
                    let asked = AskedConditions::of(&rules, &changes, group, places);
                    assert!(asked.fits(), "{} in {}: {}", group.id, home.id, asked.predicates.len());
                }
            }
        }
    }

    #[test]
    fn who_has_no_circumstances_stands_on_the_same_sides_by_the_short_way() {
        let rules = Rulebook::bundled();
        let changes = PlanChanges::of(&rules);
        let day = |text| crate::terms::period::parse_date(text).expect("a day");
        for group in rules.groups() {
            for home in ["ho-chi-minh", "ha-noi", "hai-duong", "ca-mau"] {
                let places = Whereabouts { home: Some(home), school: None };
                let asked = AskedConditions::of(&rules, &changes, group, places);
                for born in [None, Some(day("1950-05-05")), Some(day("1958-05-05")), Some(day("2010-05-05"))]
                {
                    let person = Enrollee { born, ..Enrollee::of_group(&group.id) };
                    for dates in
                        [Dates::on(day("2025-05-04")), Dates { number: 7, ..Dates::on(day("2026-05-05")) }]
                    {
                        let one = |(at, predicate): (usize, &&Predicate)| {
                            placed(predicate.side(&person, dates), at)
                        };
                        let each: u64 = asked.predicates.iter().enumerate().map(one).sum();
                        assert_eq!(asked.sides(&person, dates), Some(each), "{} in {home}", group.id);
                    }
                }
            }
        }
    }

    #[test]
    fn the_birth_decides_where_an_age_is_asked_for() {
        let rules = Rulebook::bundled();
        let changes = PlanChanges::of(&rules);
        let by_birth = |id: &str, home| {
            let group = rules.groups().iter().find(|group| group.id == id).expect("a group");
            AskedConditions::of(&rules, &changes, group, Whereabouts { home, school: None }).by_birth
        };
        // Hà Tĩnh asks an individual for nothing but the age; the nation asks the near-poor for anything but that.
        assert!(by_birth("individual", Some("ha-tinh")) && by_birth("household", Some("ha-noi")));
        assert!(!by_birth("near-poor", None) && !by_birth("worker", Some("ha-noi")));
    }
}
