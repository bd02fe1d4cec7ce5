//! Lịch thay đổi: the days on which recorded rules change, and the eras between them.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::rulebook::Rulebook;

/// Kỳ quy định: days in the same era see the same versions.
pub type Era = u16;

/// Lịch thay đổi: the days on which some recorded rule starts, ends or stops being verified.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// The days, in order.
    pub days: Vec<NaiveDate>,
    /// How many of them lie before each stretch of days, from the stretch of the first change on.
    before: Vec<Era>,
}

/// Days of a stretch: short enough to hold one change or none.
const STRETCH: i32 = 32;

impl Calendar {
    /// The changes of all rules that `concerns` picks by family and rule.
    pub fn of(rules: &Rulebook, concerns: impl Fn(&str, &str) -> bool) -> Calendar {
        let mut days = BTreeSet::new();
        for entry in rules.entries().iter().filter(|entry| concerns(&entry.header.id, entry.rule)) {
            for version in &entry.versions {
                let after = |last: Option<NaiveDate>| last.and_then(|last| last.succ_opt());
                days.insert(version.rule.effective_from);
                days.extend(after(version.rule.effective_until));
                days.extend(after(version.rule.verified_until));
            }
        }
        Calendar::new(days.into_iter().collect())
    }

    fn new(days: Vec<NaiveDate>) -> Calendar {
        let stretch = |day: &NaiveDate| day.num_days_from_ce() / STRETCH;
        let stretches = days.first().map_or(0, &stretch)..=days.last().map_or(-1, stretch);
        let before = |at: i32| days.partition_point(|day| stretch(day) < at);
        let before = stretches.map(|at| Era::try_from(before(at)).unwrap_or(Era::MAX)).collect();
        Calendar { days, before }
    }

    /// The era a day lies in: the number of changes up to it.
    #[inline]
    pub fn era(&self, day: NaiveDate) -> Era {
        let Some(first) = self.days.first() else { return 0 };
        let at = day.num_days_from_ce() / STRETCH - first.num_days_from_ce() / STRETCH;
        let known = usize::try_from(at).ok().map(|at| self.before.get(at).copied());
        let mut era = match known {
            // Before the first stretch, and behind the last one.
            None => return 0,
            Some(None) => return Era::try_from(self.days.len()).unwrap_or(Era::MAX),
            Some(Some(before)) => before,
        };
        while self.days.get(usize::from(era)).is_some_and(|change| *change <= day) {
            era += 1;
        }
        era
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_era_is_the_number_of_changes_up_to_a_day() {
        let rules = Rulebook::bundled();
        let calendar = Calendar::of(&rules, |_, _| true);
        assert!(calendar.days.len() > 20);
        let start = NaiveDate::from_ymd_opt(1999, 12, 1).expect("a day");
        for day in start.iter_days().take(16_000) {
            let changes = calendar.days.iter().filter(|change| **change <= day).count();
            assert_eq!(usize::from(calendar.era(day)), changes, "{day}");
        }
        assert_eq!(Calendar::new(Vec::new()).era(start), 0);
    }
}
