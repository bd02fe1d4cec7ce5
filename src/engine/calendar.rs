//! Lịch thay đổi: the days on which recorded rules change, and the eras between them.

use crate::terms::ordered::count_before;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::rulebook::Rulebook;

/// Kỳ quy định: days in the same era see the same versions.
pub type Era = u16;

/// Lịch thay đổi: the days on which some recorded rule starts, ends or stops being verified.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// The days, in order.
    pub days: Vec<NaiveDate>,
}

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
        for (pack, policy) in
            rules.local.iter().flat_map(|pack| pack.policies.iter().map(move |each| (pack, each)))
        {
            if concerns(&pack.header.id, policy.support.rule()) {
                let versions = policy.support.versions().iter();
                days.extend(versions.filter_map(|version| policy.stale_from(&version.rule, pack)));
            }
        }
        days.extend(rules.searches.iter().map(|search| search.from.0));
        Calendar { days: days.into_iter().collect() }
    }

    /// The era a day lies in.
    #[inline]
    pub fn era(&self, day: NaiveDate) -> Era {
        Era::try_from(count_before(self.days.len(), |at| self.days[at] <= day)).unwrap_or(Era::MAX)
    }
}
