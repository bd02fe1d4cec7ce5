//! Ngày thay đổi: the days on which the rules that a plan can rest on change.

use chrono::NaiveDate;

use crate::engine::calendar::Calendar;
use crate::rulebook::Rulebook;
use crate::rulebook::benefit::BenefitRules;
use crate::rulebook::family::EnrolleeGroup;
use crate::rulebook::places::Whereabouts;
use crate::terms::citation::RuleRef;
use crate::terms::quick_hash::QuickMap;

/// Families that every month of cover looks at.
const OF_MONTHS: &[&str] =
    &["base-salary", "reference-level", "salary-cap", "premium-rates", "household-ladder"];

/// The family of the benefit side that premiums look at too.
const READINGS: &str = "readings";

/// Ngày thay đổi của từng quy định.
#[derive(Debug)]
pub(super) struct PlanChanges<'r> {
    /// Of rules that are the same for all groups and places.
    general: Vec<NaiveDate>,
    /// Of those among them that months of cover look at.
    of_months: Vec<NaiveDate>,
    /// Of the terms of a group and of policies, by rule.
    own: QuickMap<&'r str, Vec<NaiveDate>>,
}

impl<'r> PlanChanges<'r> {
    pub(super) fn of(rules: &'r Rulebook) -> PlanChanges<'r> {
        let mut changes =
            PlanChanges { general: Vec::new(), of_months: Vec::new(), own: QuickMap::default() };
        let is_own = |family: &str| {
            let local = || rules.local.iter().any(|pack| pack.header.id == family);
            family == rules.groups.header.id || family == rules.state_subsidy.header.id || local()
        };
        let claims = |family: &str| BenefitRules::FAMILIES.contains(&family) && family != READINGS;
        for entry in rules.entries() {
            let family = entry.header.id.as_str();
            // No premium rests on a rule about claims.
            if claims(family) {
                continue;
            }
            let days = entry.versions.iter().flat_map(|version| days_of(version.rule));
            if is_own(family) {
                changes.own.entry(entry.rule).or_default().extend(days);
            } else {
                let from = changes.general.len();
                changes.general.extend(days);
                if OF_MONTHS.contains(&family) {
                    changes.of_months.extend_from_slice(&changes.general[from..]);
                }
            }
        }
        for pack in &rules.local {
            for policy in &pack.policies {
                let stale =
                    policy.support.versions().iter().filter_map(|it| policy.stale_from(&it.rule, pack));
                changes.own.entry(policy.support.rule()).or_default().extend(stale);
            }
        }
        changes
    }

    /// What a day of payment can meet: rules for everybody and the group's own.
    pub(super) fn of_payment(
        &self,
        rules: &Rulebook,
        group: &EnrolleeGroup,
        places: Whereabouts<'_>,
    ) -> Calendar {
        let mut days = self.general.clone();
        days.extend(self.of_group(rules, group, places));
        in_order(days)
    }

    /// What a month of cover can meet.
    pub(super) fn of_month(
        &self,
        rules: &Rulebook,
        group: &EnrolleeGroup,
        places: Whereabouts<'_>,
    ) -> Calendar {
        let mut days = self.of_months.clone();
        days.extend(self.of_group(rules, group, places));
        in_order(days)
    }

    /// The days on which something changes that is known about a place, whoever asks.
    pub(super) fn of_place(&self, rules: &Rulebook, place: &str) -> Calendar {
        let unit = rules.merged_into(place);
        let mut days: Vec<NaiveDate> = unit.iter().map(|(_, rule)| rule.effective_from).collect();
        let about = |of: &str| of == place || unit.is_some_and(|(unit, _)| of == unit);
        let searches = rules.searches.iter().filter(|search| about(&search.place));
        days.extend(searches.map(|search| search.from.0));
        let packs = rules.local.iter().filter(|pack| pack.serves(place));
        let policies = packs.flat_map(|pack| &pack.policies);
        days.extend(policies.flat_map(|policy| self.of_rule(policy.support.rule())));
        in_order(days)
    }

    /// Of the terms of a group and of its policies in two places.
    fn of_group<'s>(
        &'s self,
        rules: &'s Rulebook,
        group: &'s EnrolleeGroup,
        places: Whereabouts<'s>,
    ) -> impl Iterator<Item = NaiveDate> + use<'s, 'r> {
        let policies = rules.policies_at(places).filter(|policy| policy.groups.contains(&group.id));
        let own = policies.map(|policy| policy.support.rule()).chain([group.terms.rule()]);
        own.flat_map(|rule| self.of_rule(rule))
    }

    fn of_rule(&self, rule: &str) -> impl Iterator<Item = NaiveDate> + use<'_> {
        self.own.get(rule).into_iter().flatten().copied()
    }
}

fn days_of(rule: &RuleRef) -> impl Iterator<Item = NaiveDate> + use<> {
    let after = |last: Option<NaiveDate>| last.and_then(|last| last.succ_opt());
    [Some(rule.effective_from), after(rule.effective_until), after(rule.verified_until)].into_iter().flatten()
}

fn in_order(mut days: Vec<NaiveDate>) -> Calendar {
    days.sort_unstable();
    days.dedup();
    Calendar { days }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::period::{RuleDate, parse_date};

    #[test]
    fn what_is_known_of_a_place_changes_with_its_own_search_and_that_of_its_unit() {
        let day = |text| parse_date(text).expect("a day");
        let mut rules = Rulebook::bundled().as_ref().clone();
        for search in rules.searches.iter_mut().filter(|search| search.place == "lai-chau") {
            search.from = RuleDate(day("2026-03-05"));
        }
        let changes = PlanChanges::of(&rules);
        let days = |place: &str| -> Vec<String> {
            changes.of_place(&rules, place).days.iter().map(ToString::to_string).collect()
        };
        assert_eq!(days("lai-chau"), ["2026-03-05"]);
        assert_eq!(days("cao-bang"), ["2026-01-01"]);
        // Merged on the first day, searched with what took it in.
        assert_eq!(days("bac-kan"), ["2025-07-01", "2026-01-01"]);
        assert_eq!(days("nowhere"), Vec::<String>::new());
    }
}
