//! Bao phủ: who has a card on a day, what the target asks for, how many persons are still needed, and what they cost.
//!
//! [`tally`] adds communes up to districts, provinces and the whole, [`persons`] counts each person of a list once, [`gap`] says of
//! which groups the persons are who are still needed, [`cost`] values them by the premium engine.

pub mod apportion;
pub mod cost;
pub mod gap;
pub mod persons;
pub mod tally;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::terms::listed::listed;

/// Tỷ lệ được giao: an exact percent, `95.5` as 955/1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TargetRate {
    numerator: u64,
    denominator: u64,
}

impl TargetRate {
    /// The rate `numerator / denominator`; none above the whole.
    pub fn new(numerator: u64, denominator: u64) -> Option<TargetRate> {
        (denominator > 0 && numerator <= denominator).then_some(TargetRate { numerator, denominator })
    }

    /// Số người phải có: rounded up, since a part of a person is a person.
    pub fn of(self, population: u64) -> u64 {
        let wanted =
            (u128::from(population) * u128::from(self.numerator)).div_ceil(u128::from(self.denominator));
        u64::try_from(wanted).unwrap_or(u64::MAX)
    }
}

/// Một xã: what the tables say of it.
#[derive(Debug, Clone, Default)]
pub struct Commune {
    /// Name or code, as in the tables.
    pub name: String,
    /// District of old, or the section of the table it stands in.
    pub district: String,
    /// Tỉnh, as in the tables.
    pub province: String,
    /// Dân số.
    pub population: Option<u64>,
    /// Participants by group.
    pub groups: BTreeMap<String, u64>,
    /// Persons of a list without a card on the day, by group.
    pub lapsed: BTreeMap<String, u64>,
    /// Participants in all, as the table states them.
    pub total: Option<u64>,
    /// Tỷ lệ được giao.
    pub target_rate: Option<TargetRate>,
    /// Số người được giao.
    pub target_persons: Option<u64>,
    /// Số người còn phải phát triển, as the table states it.
    pub needed: Option<u64>,
    /// What a list of persons adds.
    pub listed: ListCounts,
}

/// Những gì danh sách từng người cho biết.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ListCounts {
    /// Persons of the list without a card on the day.
    pub without: u64,
    /// Cards that end within 30 days, without one that follows.
    pub within_30: u64,
    /// Within 60 days.
    pub within_60: u64,
    /// Within 90 days.
    pub within_90: u64,
    /// Households with some members covered and some not.
    pub partly: u64,
    /// Members of those households without a card.
    pub partly_without: u64,
    /// Pupils and students of the list.
    pub pupils: u64,
    /// Those of them with a card.
    pub pupils_covered: u64,
}

impl ListCounts {
    /// Adds another place.
    pub fn add(&mut self, other: &ListCounts) {
        self.without += other.without;
        self.within_30 += other.within_30;
        self.within_60 += other.within_60;
        self.within_90 += other.within_90;
        self.partly += other.partly;
        self.partly_without += other.partly_without;
        self.pupils += other.pupils;
        self.pupils_covered += other.pupils_covered;
    }
}

/// Chỗ không khớp: a number of a table and what follows from the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountMismatch {
    /// What it is about.
    pub kind: CountKind,
    /// Which commune or sum.
    pub place: String,
    /// What the table says.
    pub stated: u64,
    /// What follows.
    pub computed: u64,
}

listed! {
    /// Số nào không khớp.
    CountKind {
        /// Participants in all and the sum of the groups.
        Groups = "groups",
        /// Persons of the target and the rate of the population.
        Target = "target",
        /// Persons still needed.
        Needed = "needed",
        /// A sum row and its communes: population.
        Population = "population",
        /// A sum row and its communes: participants.
        Participants = "participants",
        /// More participants than population.
        Beyond = "beyond",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_part_of_a_whole_and_a_part_of_a_person_is_one() {
        assert_eq!([(0, 0), (1, 0), (101, 100)].map(|(up, down)| TargetRate::new(up, down)), [None; 3]);
        let of = |up, down, population| TargetRate::new(up, down).expect("a rate").of(population);
        assert_eq!(
            [of(0, 1, 1000), of(1, 1, 1000), of(955, 1000, 1000), of(955, 1000, 1001)],
            [0, 1000, 955, 956]
        );
    }
}
