//! Ngưỡng: ages and windows after an event.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::case::quote::Circumstance;
use crate::rulebook::family::Policy;
use crate::terms::period::{age_on, whole_months_between};

/// Ngưỡng: the ages and windows at which some policy of a place decides otherwise.
#[derive(Debug, Clone, Default)]
pub(super) struct Thresholds {
    ages: Vec<i32>,
    windows: Vec<(String, Vec<i32>)>,
}

impl Thresholds {
    pub(super) fn of<'p>(policies: impl Iterator<Item = &'p Policy>) -> Thresholds {
        let (mut ages, mut windows) = (BTreeSet::new(), BTreeMap::<String, BTreeSet<i32>>::new());
        for policy in policies {
            ages.extend(
                policy.when.age_from.iter().chain(&policy.when.age_below).map(|age| age.cast_signed()),
            );
            if let Some(window) = &policy.when.within {
                windows.entry(window.of.clone()).or_default().insert(window.months.cast_signed());
            }
        }
        let windows = windows.into_iter().map(|(tag, months)| (tag, months.into_iter().collect())).collect();
        Thresholds { ages: ages.into_iter().collect(), windows }
    }

    /// Which side of every age threshold a person stands on.
    pub(super) fn age_class(&self, born: Option<NaiveDate>, day: NaiveDate) -> u8 {
        match born {
            Some(born) if !self.ages.is_empty() => {
                let age = age_on(born, day);
                let passed = self.ages.iter().filter(|threshold| age >= **threshold).count();
                u8::try_from(passed + 1).unwrap_or(u8::MAX)
            }
            _ => 0,
        }
    }

    /// Which side of every window the dated circumstances stand on; `None` where they do not fit.
    pub(super) fn window_class(&self, circumstances: &[Circumstance], day: NaiveDate) -> Option<u64> {
        if circumstances.is_empty() {
            return Some(0);
        }
        let mut class = 0_u64;
        for (tag, lengths) in &self.windows {
            let event = circumstances.iter().find(|known| known.tag == *tag).and_then(|known| known.date);
            let side = match event {
                None => 0,
                Some(event) if event > day => 1,
                Some(event) => {
                    let months = whole_months_between(event, day);
                    2 + lengths.iter().filter(|length| months >= **length).count() as u64
                }
            };
            if side > 15 || class >> 60 != 0 {
                return None;
            }
            class = class << 4 | side;
        }
        Some(class)
    }
}
