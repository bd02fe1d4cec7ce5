//! Người còn thiếu thuộc nhóm nào: the persons still needed by commune and group, in stated or observed proportions.

use std::collections::{BTreeMap, BTreeSet};

use super::apportion;
use super::tally::Place;
use crate::rulebook::Rulebook;

/// Cơ cấu người còn thiếu.
#[derive(Debug, Clone)]
pub enum GapMix {
    /// Groups with their weights.
    Stated(Vec<(String, u64)>),
    /// As the tables show, among these groups; among all where none is named.
    Observed(Vec<String>),
}

/// Cơ cấu lấy từ đâu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MixBasis {
    /// It was stated.
    Stated,
    /// Persons of the list without a card on the day.
    WithoutCard,
    /// Those who are covered.
    Covered,
}

impl MixBasis {
    /// Its name in results.
    pub const fn key(self) -> &'static str {
        match self {
            MixBasis::Stated => "stated",
            MixBasis::WithoutCard => "without-card",
            MixBasis::Covered => "covered",
        }
    }
}

/// Người còn thiếu theo xã và nhóm.
#[derive(Debug, Clone)]
pub struct Missing {
    /// Ids of the groups.
    pub groups: Vec<String>,
    /// Persons of each commune, in the order of the groups.
    pub persons: Vec<Vec<u64>>,
    /// Where the proportions come from.
    pub basis: MixBasis,
}

/// Vì sao không chia được.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GapError {
    /// The tables show nobody of any group.
    NothingSeen,
    /// Groups that the law does not know as one group: several have a premium of their own.
    Unclear(Vec<String>),
}

/// Divides the persons whom communes still need among groups.
///
/// # Errors
/// [`GapError`] where proportions were to be observed and cannot be.
pub fn missing(communes: &[Place], mix: &GapMix, rules: &Rulebook) -> Result<Missing, GapError> {
    let needed: Vec<u64> = communes.iter().map(|place| place.needed.unwrap_or(0)).collect();
    match mix {
        GapMix::Stated(parts) => {
            let weights: Vec<u64> = parts.iter().map(|(_, weight)| *weight).collect();
            let columns = apportion::by_weight(needed.iter().sum(), &weights);
            Ok(Missing {
                groups: parts.iter().map(|(group, _)| group.clone()).collect(),
                persons: apportion::table(&needed, &columns),
                basis: MixBasis::Stated,
            })
        }
        GapMix::Observed(wanted) => observed(communes, &needed, wanted, rules),
    }
}

/// What was seen of a commune: persons by group.
type Seen = fn(&Place) -> &BTreeMap<String, u64>;

/// Each commune by what was seen there; where nothing was, by what was seen everywhere.
fn observed(
    communes: &[Place],
    needed: &[u64],
    wanted: &[String],
    rules: &Rulebook,
) -> Result<Missing, GapError> {
    let sources: [(MixBasis, Seen); 2] =
        [(MixBasis::WithoutCard, |place| &place.lapsed), (MixBasis::Covered, |place| &place.groups)];
    for (basis, source) in sources {
        let seen: Vec<BTreeMap<String, u64>> =
            communes.iter().map(|place| known(source(place), wanted, rules)).collect();
        let mut all: BTreeMap<&str, u64> = BTreeMap::new();
        for (group, count) in seen.iter().flatten() {
            *all.entry(group).or_default() += count;
        }
        all.retain(|_, count| *count > 0);
        if all.is_empty() {
            continue;
        }
        let unclear: BTreeSet<&str> =
            all.keys().copied().filter(|group| rules.group(group).is_none()).collect();
        if !unclear.is_empty() {
            return Err(GapError::Unclear(unclear.into_iter().map(str::to_owned).collect()));
        }
        let weights = |seen: &BTreeMap<String, u64>| -> Vec<u64> {
            all.keys().map(|group| seen.get(*group).copied().unwrap_or(0)).collect()
        };
        let everywhere: Vec<u64> = all.values().copied().collect();
        let divide = |(needed, seen): (&u64, &BTreeMap<String, u64>)| {
            let own = weights(seen);
            let has_own = own.iter().any(|weight| *weight > 0);
            apportion::by_weight(*needed, if has_own { &own } else { &everywhere })
        };
        let persons = needed.iter().zip(&seen).map(divide).collect();
        return Ok(Missing { groups: all.keys().map(|group| (*group).to_owned()).collect(), persons, basis });
    }
    Err(GapError::NothingSeen)
}

/// Counts by the id of their group, as far as wanted; groups unknown to the law keep their name.
fn known(seen: &BTreeMap<String, u64>, wanted: &[String], rules: &Rulebook) -> BTreeMap<String, u64> {
    let mut out: BTreeMap<String, u64> = BTreeMap::new();
    for (name, count) in seen {
        let found = rules.group(name).or_else(|| rules.find_group(name).ok());
        let id = found.map_or(name.as_str(), |group| group.id.as_str());
        if wanted.is_empty() || wanted.iter().any(|group| group == id) {
            *out.entry(id.to_owned()).or_default() += count;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commune_is_divided_as_it_is_and_one_where_nothing_was_seen_as_all_are() {
        let place = |needed: u64, household: u64, pupil: u64| Place {
            needed: Some(needed),
            groups: BTreeMap::from([("household".to_owned(), household), ("pupil".to_owned(), pupil)]),
            ..Place::default()
        };
        // 30 to 10, 5 to 15, nobody; together 35 to 25.
        let places = [place(8, 30, 10), place(8, 5, 15), place(12, 0, 0), place(0, 0, 0)];
        let found =
            missing(&places, &GapMix::Observed(Vec::new()), &Rulebook::bundled()).expect("a division");
        assert_eq!(found.groups, ["household", "pupil"]);
        assert_eq!(found.persons, [[6, 2], [2, 6], [7, 5], [0, 0]]);
        let wanted = GapMix::Observed(vec!["pupil".to_owned()]);
        let found = missing(&places, &wanted, &Rulebook::bundled()).expect("a division");
        assert_eq!(
            (found.groups, found.persons),
            (vec!["pupil".to_owned()], vec![vec![8], vec![8], vec![12], vec![0]])
        );
    }
}
