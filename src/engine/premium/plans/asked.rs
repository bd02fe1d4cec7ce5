//! Điều được hỏi: the conditions that decide for people of one group in the same places, and the sides they stand on.

use crate::case::quote::Enrollee;
use crate::engine::premium::predicate::{Looks, Side};
use crate::engine::premium::subsidy::Dates;
use crate::rulebook::Rulebook;
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
}

impl<'r> AskedConditions<'r> {
    pub(super) fn of(rules: &'r Rulebook, group: &str, places: Whereabouts<'_>) -> AskedConditions<'r> {
        let mut predicates: Vec<&Predicate> = Vec::new();
        for policy in rules.policies_at(places).filter(|policy| policy.groups.iter().any(|id| id == group)) {
            for predicate in policy.when.iter() {
                if !predicates.contains(&predicate) {
                    predicates.push(predicate);
                }
            }
        }
        let moves = |at: &usize| predicates[*at].looks() != Looks::Circumstances;
        let moving: Vec<usize> = (0..predicates.len()).filter(moves).collect();
        let nobody = Enrollee::of_group(group);
        let dates = Dates::on(chrono::NaiveDate::MIN);
        let still = (0..predicates.len().min(MOST)).filter(|at| !moving.contains(at));
        let quiet = still.map(|at| placed(predicates[at].side(&nobody, dates), at)).sum();
        AskedConditions { predicates, moving, quiet }
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
        for group in rules.groups() {
            for home in &rules.places.entries {
                for school in [None, Some("ho-chi-minh"), Some("ca-mau")] {
                    let places = Whereabouts { home: Some(&home.id), school };
                    let asked = AskedConditions::of(&rules, &group.id, places);
                    assert!(asked.fits(), "{} in {}: {}", group.id, home.id, asked.predicates.len());
                }
            }
        }
    }
}
