//! Biến đổi bộ quy định: single versions taken over from another rulebook, and rules held as they stood on a day.
//!
//! A reform is a list of changed versions; applied one at a time they show what each of them moves.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Rulebook;
use super::benefit::BenefitRules;
use super::entries::Entry;
use super::family::{EnrolleeGroup, LocalPack, Policy};
use super::named::NamedFamily;
use super::timeline::{Timeline, Version};

/// Một phiên bản khác nhau giữa hai bộ quy định.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionChange {
    /// Rule id.
    pub rule: String,
    /// Vietnamese and English name of the rule.
    pub name: [String; 2],
    /// First day of the version.
    pub effective_from: NaiveDate,
    /// What becomes of it.
    pub kind: ChangeKind,
}

/// Loại thay đổi.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Only the second rulebook has it.
    Added,
    /// Both have it with different content.
    Replaced,
    /// Only the first rulebook has it.
    Removed,
}

/// Các phiên bản khác nhau, in the order in which rules are listed, the earliest first.
///
/// Citations, notes and evidence move nothing and are not compared.
pub fn version_changes(old: &Rulebook, new: &Rulebook) -> Vec<VersionChange> {
    let (old_entries, new_entries) = (old.entries(), new.entries());
    let known: BTreeSet<&str> = new_entries.iter().map(|entry| entry.rule).collect();
    let gone = old_entries.iter().filter(|entry| !known.contains(entry.rule));
    let all = new_entries.iter().chain(gone);
    all.flat_map(|entry| {
        let find = |entries: &'_ [Entry<'_>]| entries.iter().position(|other| other.rule == entry.rule);
        let before = find(&old_entries).map(|at| &old_entries[at]);
        let after = find(&new_entries).map(|at| &new_entries[at]);
        changes_of(entry, before, after)
    })
    .collect()
}

fn changes_of(named: &Entry<'_>, old: Option<&Entry<'_>>, new: Option<&Entry<'_>>) -> Vec<VersionChange> {
    let versions = |entry: Option<&Entry<'_>>| -> Vec<_> {
        let found = entry.map(|entry| entry.versions.iter()).into_iter().flatten();
        found
            .map(|version| (version.rule.effective_from, version.rule.effective_until, version.facts.clone()))
            .collect()
    };
    let (old, new) = (versions(old), versions(new));
    let days: BTreeSet<NaiveDate> = old.iter().chain(&new).map(|(from, ..)| *from).collect();
    days.into_iter()
        .filter_map(|day| {
            let find =
                |versions: &'_ [_]| versions.iter().position(|(from, ..): &(NaiveDate, _, _)| *from == day);
            let kind = match (find(&old).map(|at| &old[at]), find(&new).map(|at| &new[at])) {
                (Some(a), Some(b)) if a == b => return None,
                (Some(_), Some(_)) => ChangeKind::Replaced,
                (None, _) => ChangeKind::Added,
                (Some(_), None) => ChangeKind::Removed,
            };
            Some(VersionChange {
                rule: named.rule.to_owned(),
                name: [named.name_vi.to_owned(), named.name_en.to_owned()],
                effective_from: day,
                kind,
            })
        })
        .collect()
}

impl<T: Clone> Timeline<T> {
    /// Makes the version of a day what it is in another timeline: the same, or none.
    fn take_over(&mut self, other: &Timeline<T>, day: NaiveDate) {
        let theirs = other.versions().iter().find(|version| version.rule.effective_from == day).cloned();
        let mine = self.versions().iter().filter(|version| version.rule.effective_from != day).cloned();
        *self = Timeline::new(self.rule().to_owned(), mine.chain(theirs).collect());
    }

    /// Leaves out what starts or ends after `day` and not after `until`.
    fn hold(&mut self, day: NaiveDate, until: NaiveDate) {
        let within = |change: NaiveDate| change > day && change <= until;
        let kept = self.versions().iter().filter(|version| !within(version.rule.effective_from));
        let held = kept.cloned().map(|mut version: Version<T>| {
            let ends = version.rule.effective_until.and_then(|last| last.succ_opt());
            if version.rule.effective_from <= day && ends.is_some_and(within) {
                version.rule.effective_until = None;
            }
            version
        });
        *self = Timeline::new(self.rule().to_owned(), held.collect());
    }
}

/// A change to timelines of any type.
trait Edit {
    fn edit<T: Clone>(&mut self, own: &mut Timeline<T>, other: &Timeline<T>);
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
        self.policies_mut().filter(|policy| policy.support.rule() == change.rule).for_each(|policy| {
            // Groups and conditions belong to all versions of a policy.
            if let Some(theirs) = other.policies().find(|theirs| theirs.support.rule() == change.rule) {
                policy.groups.clone_from(&theirs.groups);
                policy.when = theirs.when.clone();
                policy.base_date = theirs.base_date;
            }
        });
    }

    /// Giữ nguyên quy định của một ngày: the rules as they stood on `day`, for use until another day.
    #[must_use]
    pub fn held(&self, day: NaiveDate, until: NaiveDate) -> Rulebook {
        let mut held = self.clone();
        held.edit(self, &mut Hold { day, until });
        held
    }

    /// Edits every timeline together with its counterpart.
    fn edit(&mut self, other: &Rulebook, edit: &mut impl Edit) {
        edit.edit(&mut self.base_salary.versions, &other.base_salary.versions);
        edit.edit(&mut self.reference_level.versions, &other.reference_level.versions);
        edit.edit(&mut self.premium_rates.versions, &other.premium_rates.versions);
        edit.edit(&mut self.salary_cap.versions, &other.salary_cap.versions);
        edit.edit(&mut self.household_ladder.versions, &other.household_ladder.versions);
        edit.edit(&mut self.payment_cycles.versions, &other.payment_cycles.versions);
        edit.edit(&mut self.card_validity.versions, &other.card_validity.versions);
        edit.edit(&mut self.school_calendar.versions, &other.school_calendar.versions);
        edit.edit(&mut self.late_payment.versions, &other.late_payment.versions);
        edit.edit(&mut self.refund_cases.versions, &other.refund_cases.versions);
        edit.edit(&mut self.premium_rounding.versions, &other.premium_rounding.versions);
        edit.edit(&mut self.concurrent_contracts.versions, &other.concurrent_contracts.versions);
        edit_named(&mut self.category_priority, &other.category_priority, edit);
        edit_named(&mut self.special_months, &other.special_months, edit);
        for group in &mut self.groups.1 {
            let theirs = other.groups.1.iter().find(|theirs| theirs.id == group.id);
            edit_pair(&mut group.terms, theirs.map(|theirs| &theirs.terms), edit);
        }
        for policy in self.policies_mut() {
            let theirs = other.policies().find(|theirs| theirs.support.rule() == policy.support.rule());
            edit_pair(&mut policy.support, theirs.map(|theirs| &theirs.support), edit);
        }
        self.benefit.edit(&other.benefit, edit);
    }

    fn policies_mut(&mut self) -> impl Iterator<Item = &mut Policy> {
        let local = self.local.iter_mut().flat_map(|pack| &mut pack.policies);
        self.state_subsidy.policies.iter_mut().chain(local)
    }

    /// Adds a group, pack or policy that only the other rulebook has, without any version.
    fn make_room(&mut self, other: &Rulebook, rule: &str) {
        let is_new = |own: &Rulebook| !own.entries().iter().any(|entry| entry.rule == rule);
        if !is_new(self) {
            return;
        }
        if let Some(theirs) = other.groups.1.iter().find(|group| group.terms.rule() == rule) {
            self.groups.1.push(EnrolleeGroup { terms: empty(&theirs.terms), ..theirs.clone() });
        }
        let bare = |policy: &Policy| Policy { support: empty(&policy.support), ..policy.clone() };
        self.state_subsidy.policies.extend(
            other.state_subsidy.policies.iter().filter(|policy| policy.support.rule() == rule).map(bare),
        );
        for pack in &other.local {
            let Some(theirs) = pack.policies.iter().find(|policy| policy.support.rule() == rule) else {
                continue;
            };
            match self.local.iter_mut().find(|own| own.header.id == pack.header.id) {
                Some(own) => own.policies.push(bare(theirs)),
                None => self.local.push(LocalPack { policies: vec![bare(theirs)], ..pack.clone() }),
            }
        }
    }
}

impl BenefitRules {
    /// Edits every timeline of the benefit side together with its counterpart.
    fn edit(&mut self, other: &BenefitRules, edit: &mut impl Edit) {
        edit.edit(&mut self.levels.versions, &other.levels.versions);
        edit.edit(&mut self.card_digits.versions, &other.card_digits.versions);
        edit.edit(&mut self.ratio_exemptions.versions, &other.ratio_exemptions.versions);
        edit.edit(&mut self.out_of_scope.versions, &other.out_of_scope.versions);
        edit.edit(&mut self.low_cost_visit.versions, &other.low_cost_visit.versions);
        edit.edit(&mut self.initial_level.versions, &other.initial_level.versions);
        edit.edit(&mut self.annual_ceiling.versions, &other.annual_ceiling.versions);
        edit.edit(&mut self.network_rates.versions, &other.network_rates.versions);
        edit.edit(&mut self.visit_codes.versions, &other.visit_codes.versions);
        edit.edit(&mut self.supply_cap.versions, &other.supply_cap.versions);
        edit.edit(&mut self.service_ratios.versions, &other.service_ratios.versions);
        edit.edit(&mut self.private_prices.versions, &other.private_prices.versions);
        edit.edit(&mut self.direct_payment.versions, &other.direct_payment.versions);
        edit.edit(&mut self.self_bought.versions, &other.self_bought.versions);
        edit.edit(&mut self.card_expiry.versions, &other.card_expiry.versions);
        edit.edit(&mut self.stay_transition.versions, &other.stay_transition.versions);
        edit.edit(&mut self.claim_rounding.versions, &other.claim_rounding.versions);
        edit.edit(&mut self.transport.versions, &other.transport.versions);
        edit.edit(&mut self.fund_allocation.versions, &other.fund_allocation.versions);
        edit.edit(&mut self.primary_care.versions, &other.primary_care.versions);
        edit.edit(&mut self.facility_funds.versions, &other.facility_funds.versions);
        edit.edit(&mut self.legal_cliffs.versions, &other.legal_cliffs.versions);
        edit.edit(&mut self.readings.versions, &other.readings.versions);
        for pack in &mut self.patient_support {
            let theirs = other.patient_support.iter().find(|theirs| theirs.header.id == pack.header.id);
            edit_pair(&mut pack.versions, theirs.map(|theirs| &theirs.versions), edit);
        }
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

fn edit_named<T: Clone>(own: &mut NamedFamily<T>, other: &NamedFamily<T>, edit: &mut impl Edit) {
    for entry in &mut own.entries {
        edit_pair(&mut entry.versions, other.entry(&entry.id).map(|theirs| &theirs.versions), edit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::period::parse_date;

    fn day(text: &str) -> NaiveDate {
        parse_date(text).unwrap()
    }

    #[test]
    fn held_rules_stand_as_they_were() {
        let rules = Rulebook::bundled();
        let held = rules.held(day("2026-06-30"), day("2026-12-31"));
        let amount = |rules: &Rulebook| rules.base_salary.at(day("2026-08-01")).unwrap().value.dong();
        assert_eq!(amount(&rules), Some(2_530_000));
        assert_eq!(amount(&held), Some(2_340_000));
        let changes = version_changes(&held, &rules);
        assert!(
            changes.iter().any(|change| change.rule == "base-salary" && change.kind == ChangeKind::Added)
        );
        let mut again = held.clone();
        changes.iter().for_each(|change| again.take_over(&rules, change));
        assert!(version_changes(&again, &rules).is_empty());
    }

    #[test]
    fn an_ended_rule_goes_on_while_it_is_held() {
        let rules = Rulebook::bundled();
        let held = rules.held(day("2025-06-01"), day("2026-08-01"));
        let group = |rules: &Rulebook| {
            rules.group("multidimensional-poor").unwrap().terms.at(day("2026-08-01")).is_ok()
        };
        assert!(!group(&rules));
        assert!(group(&held));
        let mut again = held.clone();
        version_changes(&held, &rules).iter().for_each(|change| again.take_over(&rules, change));
        assert!(version_changes(&again, &rules).is_empty());
    }
}
