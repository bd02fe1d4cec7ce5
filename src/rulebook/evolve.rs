//! Biến đổi bộ quy định: single versions taken over from another rulebook, and rules held as they stood on a day.
//!
//! A reform is a list of changed versions; applied one at a time they show what each of them moves.

use chrono::NaiveDate;

use super::Rulebook;
use super::benefit::fund::PatientSupport;
use super::diff::VersionChange;
use super::family::{EnrolleeGroup, Family, GroupFamily, LocalPack, Policy, PolicyFamily};
use super::named::{Named, NamedFamily};
use super::timeline::Timeline;

impl<T: Clone> Timeline<T> {
    /// Makes the version of a day what it is in another timeline: the same, or none.
    fn take_over(&mut self, other: &Timeline<T>, day: NaiveDate) {
        self.versions_mut().retain(|version| version.rule.effective_from != day);
        for theirs in other.versions() {
            if theirs.rule.effective_from == day {
                self.overlay(vec![theirs.clone()]);
                return;
            }
        }
    }

    /// Leaves out what starts or ends after `day` and not after `until`.
    fn hold(&mut self, day: NaiveDate, until: NaiveDate) {
        let within = |change: NaiveDate| change > day && change <= until;
        self.versions_mut().retain(|version| !within(version.rule.effective_from));
        for version in self.versions_mut() {
            if version.rule.effective_until.and_then(|last| last.succ_opt()).is_some_and(within) {
                version.rule.effective_until = None;
            }
        }
    }
}

/// A change to timelines of any type.
pub(super) trait Edit {
    fn edit<T: Clone>(&mut self, own: &mut Timeline<T>, other: &Timeline<T>);
}

/// A family whose rules can be edited together with those of another rulebook.
pub(super) trait Evolving {
    /// Edits every timeline together with its counterpart.
    fn edit(&mut self, other: &Self, edit: &mut impl Edit);

    /// Adds the rule, without any version, where only the other rulebook has it.
    fn make_room(&mut self, other: &Self, rule: &str);
}

/// Takes one version of one rule over.
struct TakeOver<'a> {
    rule: &'a str,
    day: NaiveDate,
}

impl Edit for TakeOver<'_> {
    fn edit<T: Clone>(&mut self, own: &mut Timeline<T>, other: &Timeline<T>) {
        if own.rule() == self.rule {
            own.take_over(other, self.day);
        }
    }
}

/// Holds every rule.
struct Hold {
    day: NaiveDate,
    until: NaiveDate,
}

impl Edit for Hold {
    fn edit<T: Clone>(&mut self, own: &mut Timeline<T>, _: &Timeline<T>) {
        own.hold(self.day, self.until);
    }
}

impl Rulebook {
    /// Tiếp nhận một thay đổi từ bộ quy định khác.
    pub fn take_over(&mut self, other: &Rulebook, change: &VersionChange) {
        self.make_room(other, &change.rule);
        self.edit(other, &mut TakeOver { rule: &change.rule, day: change.effective_from });
        self.take_scope(other, &change.rule);
    }

    /// Giữ nguyên quy định của một ngày: the rules as they stood on `day`, for use until another day.
    #[must_use]
    pub fn held(&self, day: NaiveDate, until: NaiveDate) -> Rulebook {
        let mut held = self.clone();
        held.edit(self, &mut Hold { day, until });
        held
    }

    /// Takes over what belongs to all versions of a rule: whom a policy is for, how a group is called.
    fn take_scope(&mut self, other: &Rulebook, rule: &str) {
        if let Some(theirs) = other.groups().iter().find(|theirs| theirs.terms.rule() == rule) {
            for group in self.groups.groups.iter_mut().filter(|group| group.terms.rule() == rule) {
                let terms = group.terms.clone();
                *group = EnrolleeGroup { terms, ..theirs.clone() };
            }
        }
        if let Some(theirs) = other.policies().find(|theirs| theirs.support.rule() == rule) {
            let local = self.local.iter_mut().flat_map(|pack| &mut pack.policies);
            let all = self.state_subsidy.policies.iter_mut().chain(local);
            for policy in all.filter(|policy| policy.support.rule() == rule) {
                let support = policy.support.clone();
                *policy = Policy { support, ..theirs.clone() };
            }
        }
        let family = rule.split('/').next().unwrap_or_default();
        if let Some(theirs) = other.local.iter().find(|theirs| theirs.header.id == family) {
            for pack in self.local.iter_mut().filter(|pack| pack.header.id == family) {
                let policies = std::mem::take(&mut pack.policies);
                *pack = LocalPack { policies, ..theirs.clone() };
            }
        }
        if let Some(theirs) = other.benefit.patient_support.iter().find(|theirs| theirs.header.id == rule) {
            for pack in self.benefit.patient_support.iter_mut().filter(|pack| pack.header.id == rule) {
                let versions = pack.versions.clone();
                *pack = PatientSupport { versions, ..theirs.clone() };
            }
        }
    }
}

impl<T: Clone> Evolving for Family<T> {
    fn edit(&mut self, other: &Family<T>, edit: &mut impl Edit) {
        edit.edit(&mut self.versions, &other.versions);
    }

    /// A family is one rule, which every rulebook has.
    fn make_room(&mut self, _: &Family<T>, _: &str) {}
}

impl<T: Clone> Evolving for NamedFamily<T> {
    fn edit(&mut self, other: &NamedFamily<T>, edit: &mut impl Edit) {
        for entry in &mut self.entries {
            edit_pair(&mut entry.versions, other.entry(&entry.id).map(|theirs| &theirs.versions), edit);
        }
    }

    fn make_room(&mut self, other: &NamedFamily<T>, rule: &str) {
        let bare = |entry: &Named<T>| Named { versions: empty(&entry.versions), ..entry.clone() };
        add_missing(&mut self.entries, &other.entries, |entry| entry.versions.rule() == rule, bare);
    }
}

impl Evolving for GroupFamily {
    fn edit(&mut self, other: &GroupFamily, edit: &mut impl Edit) {
        for group in &mut self.groups {
            let theirs = other.groups.iter().find(|theirs| theirs.id == group.id);
            edit_pair(&mut group.terms, theirs.map(|theirs| &theirs.terms), edit);
        }
    }

    fn make_room(&mut self, other: &GroupFamily, rule: &str) {
        let bare = |group: &EnrolleeGroup| EnrolleeGroup { terms: empty(&group.terms), ..group.clone() };
        add_missing(&mut self.groups, &other.groups, |group| group.terms.rule() == rule, bare);
    }
}

impl Evolving for Vec<Policy> {
    fn edit(&mut self, other: &Vec<Policy>, edit: &mut impl Edit) {
        for policy in self {
            let theirs = other.iter().find(|theirs| theirs.support.rule() == policy.support.rule());
            edit_pair(&mut policy.support, theirs.map(|theirs| &theirs.support), edit);
        }
    }

    fn make_room(&mut self, other: &Vec<Policy>, rule: &str) {
        let bare = |policy: &Policy| Policy { support: empty(&policy.support), ..policy.clone() };
        add_missing(self, other, |policy| policy.support.rule() == rule, bare);
    }
}

impl Evolving for PolicyFamily {
    fn edit(&mut self, other: &PolicyFamily, edit: &mut impl Edit) {
        self.policies.edit(&other.policies, edit);
    }

    fn make_room(&mut self, other: &PolicyFamily, rule: &str) {
        self.policies.make_room(&other.policies, rule);
    }
}

impl Evolving for Vec<LocalPack> {
    fn edit(&mut self, other: &Vec<LocalPack>, edit: &mut impl Edit) {
        let nothing = Vec::new();
        for pack in self {
            let theirs = other.iter().find(|theirs| theirs.header.id == pack.header.id);
            pack.policies.edit(theirs.map_or(&nothing, |theirs| &theirs.policies), edit);
        }
    }

    fn make_room(&mut self, other: &Vec<LocalPack>, rule: &str) {
        for theirs in other.iter().filter(|pack| pack.policies.iter().any(|own| own.support.rule() == rule)) {
            let bare = |pack: &LocalPack| LocalPack { policies: Vec::new(), ..pack.clone() };
            add_missing(self, other, |pack| pack.header.id == theirs.header.id, bare);
            for pack in self.iter_mut().filter(|pack| pack.header.id == theirs.header.id) {
                pack.policies.make_room(&theirs.policies, rule);
            }
        }
    }
}

impl Evolving for Vec<PatientSupport> {
    fn edit(&mut self, other: &Vec<PatientSupport>, edit: &mut impl Edit) {
        for pack in self {
            let theirs = other.iter().find(|theirs| theirs.header.id == pack.header.id);
            edit_pair(&mut pack.versions, theirs.map(|theirs| &theirs.versions), edit);
        }
    }

    fn make_room(&mut self, other: &Vec<PatientSupport>, rule: &str) {
        let bare = |pack: &PatientSupport| PatientSupport { versions: empty(&pack.versions), ..pack.clone() };
        add_missing(self, other, |pack| pack.versions.rule() == rule, bare);
    }
}

/// Adds what the other side has of a rule and this side has not.
fn add_missing<E>(own: &mut Vec<E>, other: &[E], is_rule: impl Fn(&E) -> bool, bare: impl Fn(&E) -> E) {
    if !own.iter().any(&is_rule) {
        own.extend(other.iter().filter(|entry| is_rule(entry)).map(bare));
    }
}

fn empty<T>(timeline: &Timeline<T>) -> Timeline<T> {
    Timeline::new(timeline.rule().to_owned(), Vec::new())
}

/// A counterpart that does not exist is an empty timeline.
fn edit_pair<T: Clone>(own: &mut Timeline<T>, other: Option<&Timeline<T>>, edit: &mut impl Edit) {
    if let Some(other) = other {
        edit.edit(own, other);
    } else {
        let nothing = empty(own);
        edit.edit(own, &nothing);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::diff::{ChangeKind, version_changes};
    use crate::rulebook::timeline::{SourcePlace, Version};
    use crate::terms::citation::{Evidence, RuleRef};
    use crate::terms::period::parse_date;

    fn day(text: &str) -> NaiveDate {
        parse_date(text).expect("a day")
    }

    /// A rule of these versions: first day, last day, what it says.
    fn rule(versions: &[(&str, &str, i32)]) -> Timeline<i32> {
        let version = |(from, until, value): &(&str, &str, i32)| Version {
            value: *value,
            rule: RuleRef {
                rule: "test".to_owned(),
                effective_from: day(from),
                effective_until: parse_date(until).ok(),
                evidence: Evidence::Primary,
                checked_on: day("2026-11-21"),
                verified_until: None,
                note: None,
                cites: [].into(),
                origin: None,
            },
            place: SourcePlace { source: 0, span: 0..0 },
        };
        Timeline::new("test".to_owned(), versions.iter().map(version).collect())
    }

    fn told(rule: &Timeline<i32>) -> Vec<String> {
        let last = |version: &Version<i32>| {
            version.rule.effective_until.map(|last| format!(" to {last}")).unwrap_or_default()
        };
        rule.versions()
            .iter()
            .map(|version| format!("{} from {}{}", version.value, version.rule.effective_from, last(version)))
            .collect()
    }

    /// Held at the end of 30 June for use until 1 January.
    #[test]
    fn what_begins_in_between_is_left_out_with_its_first_and_last_day() {
        let mut held = rule(&[
            ("2019-01-01", "", 1),
            ("2020-06-30", "", 2),
            ("2020-07-01", "", 3),
            ("2020-10-01", "", 4),
            ("2021-01-01", "", 5),
            ("2021-01-02", "", 6),
        ]);
        held.hold(day("2020-06-30"), day("2021-01-01"));
        assert_eq!(told(&held), ["1 from 2019-01-01", "2 from 2020-06-30", "6 from 2021-01-02"]);
    }

    #[test]
    fn what_ends_in_between_goes_on_and_what_ends_before_or_after_does_not_change() {
        for (last, goes_on) in [
            ("2020-06-28", false),
            // The day after is the day itself: the end is seen on it.
            ("2020-06-29", false),
            ("2020-06-30", true),
            ("2020-12-31", true),
            ("2021-01-01", false),
            ("2025-12-31", false),
        ] {
            for first in ["2019-01-01", "2020-06-28"] {
                let mut held = rule(&[(first, last, 1)]);
                held.hold(day("2020-06-30"), day("2021-01-01"));
                let end = if goes_on { String::new() } else { format!(" to {last}") };
                assert_eq!(told(&held), [format!("1 from {first}{end}")]);
            }
        }
        let mut held = rule(&[("2020-06-30", "2020-08-31", 1), ("2021-01-02", "2021-06-30", 2)]);
        held.hold(day("2020-06-30"), day("2021-01-01"));
        assert_eq!(told(&held), ["1 from 2020-06-30", "2 from 2021-01-02 to 2021-06-30"]);
    }

    #[test]
    fn the_version_of_a_day_becomes_that_of_the_other_rule_or_none() {
        let other = rule(&[("2020-01-01", "", 20), ("2021-01-01", "2021-12-31", 21)]);
        let take = |from: &str| {
            let mut own = rule(&[("2019-01-01", "", 1), ("2020-01-01", "", 2), ("2022-01-01", "", 3)]);
            own.take_over(&other, day(from));
            told(&own)
        };
        let (first, second, third) = ("1 from 2019-01-01", "2 from 2020-01-01", "3 from 2022-01-01");
        assert_eq!(take("2020-01-01"), [first, "20 from 2020-01-01", third]);
        assert_eq!(take("2021-01-01"), [first, second, "21 from 2021-01-01 to 2021-12-31", third]);
        assert_eq!(take("2022-01-01"), [first, second]);
        assert_eq!(take("2023-01-01"), [first, second, third]);
    }

    #[test]
    fn a_group_and_resolutions_that_only_the_other_side_has_are_taken_over() {
        let other = Rulebook::bundled();
        let mut own = other.as_ref().clone();
        own.groups.groups.retain(|group| group.id != "individual");
        let several =
            own.local.iter().find(|pack| pack.policies.len() > 1).expect("a pack").header.id.clone();
        own.local.retain(|pack| pack.policies.len() > 1 && pack.header.id != several);
        let changes = version_changes(&own, &other);
        assert!(changes.len() > 3 && changes.iter().all(|change| change.kind == ChangeKind::Added));
        for change in &changes {
            own.take_over(&other, change);
        }
        assert_eq!(version_changes(&own, &other), Vec::new());
        // Nothing came twice.
        assert_eq!(own.groups().len(), other.groups().len());
        assert_eq!(own.policies().count(), other.policies().count());
    }

    /// A fund for patients that a reform tells otherwise: it alone takes over what the other rulebook says of it.
    #[test]
    fn the_scope_of_one_local_fund_is_taken_over_alone() {
        let rules = Rulebook::bundled();
        let mut two = (*rules).clone();
        let known = two.benefit.patient_support[0].clone();
        let mut second = known.clone();
        second.header.id = "another-fund".to_owned();
        two.benefit.patient_support.push(second);
        let mut theirs = two.clone();
        for fund in &mut theirs.benefit.patient_support {
            fund.province = "elsewhere".to_owned();
        }
        two.take_scope(&theirs, "another-fund");
        let places: Vec<&str> =
            two.benefit.patient_support.iter().map(|fund| fund.province.as_str()).collect();
        let others = places.len() - 1;
        assert_eq!(places[others], "elsewhere");
        assert!(places[..others].iter().all(|place| *place != "elsewhere"), "{places:?}");
    }

    #[test]
    fn room_is_made_for_the_one_rule_that_is_missing() {
        let rules = Rulebook::bundled();
        let whole = &rules.category_priority;
        let mut fewer = whole.clone();
        let gone = fewer.entries.remove(0);
        fewer.make_room(whole, gone.versions.rule());
        assert_eq!(fewer.entries.len(), whole.entries.len());
        assert!(fewer.entry(&gone.id).expect("room").versions.versions().is_empty());
        fewer.make_room(whole, gone.versions.rule());
        assert_eq!(fewer.entries.len(), whole.entries.len());
    }
}
