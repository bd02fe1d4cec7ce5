//! Các phép kiểm tra bộ quy định: a constant list of named functions; each is one sentence of what a rulebook must be.

use std::collections::BTreeSet;

use super::Rulebook;
use super::benefit::checks as benefit_checks;
use super::diagnostic::{Diagnostic, RuleCheck};
use super::entries::Entry;
use super::family::{Payers, Policy, ReferenceLevel, Support};
use super::findings::{CheckFn, Findings};
use super::place_checks;
use super::priority::Priority;
use super::source::Source;
use super::special::SpecialEffect;
use super::timeline::SourcePlace;
use crate::terms::citation::Evidence;
use crate::terms::group::Payer;
use crate::terms::listed::Listed;
use crate::terms::number::{NamedBase, Share};

/// Longest cover that any rule file may name, in months.
const LONGEST_COVER: u32 = 24;

/// Every check that looks at a whole rulebook; shape errors are found while reading.
const CHECKS: &[CheckFn] = &[
    versions_follow_each_other,
    every_version_is_cited,
    cited_documents_are_registered,
    registered_documents_are_cited,
    unverified_versions_say_why,
    reference_level_has_a_base,
    ladders_fall,
    group_shares_are_whole,
    card_codes_are_unique,
    named_groups_exist,
    supported_groups_have_a_share,
    support_kinds_are_in_their_files,
    conditions_can_be_met,
    remainder_has_a_taker,
    months_are_computable,
    the_order_names_every_group,
];

/// Runs all checks and returns everything they found.
pub fn run(rulebook: &Rulebook, sources: &[Source]) -> Vec<Diagnostic> {
    let mut findings = Findings { sources, found: Vec::new() };
    for check in CHECKS.iter().chain(place_checks::CHECKS).chain(benefit_checks::CHECKS) {
        check(rulebook, &mut findings);
    }
    findings.found
}

/// A version ends no earlier than it starts, and the next starts on the following day.
fn versions_follow_each_other(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    for Entry { rule, versions, .. } in rulebook.entries() {
        for (index, version) in versions.iter().enumerate() {
            let Some(last) = version.rule.effective_until else { continue };
            let rule_fact = ("rule", rule.to_owned());
            if last < version.rule.effective_from {
                findings.add(RuleCheck::UntilBeforeFrom, version.place, std::slice::from_ref(&rule_fact));
            }
            let Some(next) = versions.get(index + 1) else { continue };
            let facts =
                [rule_fact, ("until", last.to_string()), ("from", next.rule.effective_from.to_string())];
            if next.rule.effective_from <= last {
                findings.add(RuleCheck::VersionsOverlap, next.place, &facts);
            } else if last.succ_opt() != Some(next.rule.effective_from) {
                findings.add(RuleCheck::GapBetweenVersions, next.place, &facts);
            }
        }
    }
}

/// No number without the text it rests on.
fn every_version_is_cited(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    for entry in rulebook.entries() {
        for version in entry.versions.iter().filter(|version| version.rule.cites.is_empty()) {
            findings.add(RuleCheck::CitationMissing, version.place, &[("rule", entry.rule.to_owned())]);
        }
    }
}

/// A citation names a registered document.
fn cited_documents_are_registered(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    for version in rulebook.entries().iter().flat_map(|entry| &entry.versions) {
        for cite in version.rule.cites.iter().filter(|cite| rulebook.document(&cite.document).is_none()) {
            findings.add(RuleCheck::DocumentUnknown, version.place, &[("read", cite.document.clone())]);
        }
    }
}

/// A registered document is cited somewhere, and registered once.
fn registered_documents_are_cited(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    let entries = rulebook.entries();
    let cited: BTreeSet<&str> = entries
        .iter()
        .flat_map(|entry| &entry.versions)
        .flat_map(|version| version.rule.cites.iter())
        .map(|cite| cite.document.as_str())
        .chain(
            rulebook
                .documents
                .iter()
                .flat_map(|(document, _, _)| document.replaces.iter().map(String::as_str)),
        )
        .chain(rulebook.local.iter().map(|pack| pack.document.as_str()))
        .chain(rulebook.local.iter().flat_map(|pack| &pack.replaces).map(|ended| ended.document.as_str()))
        .collect();
    let mut seen = BTreeSet::new();
    for (document, source, span) in &rulebook.documents {
        let place = SourcePlace { source: *source, span: span.clone() };
        if !seen.insert(document.id.as_str()) {
            findings.add(RuleCheck::DocumentDuplicate, &place, &[("read", document.id.clone())]);
        }
        if !cited.contains(document.id.as_str()) {
            findings.add(RuleCheck::DocumentUncited, &place, &[("read", document.id.clone())]);
        }
    }
}

/// A version that nobody verified says what is doubtful about it.
fn unverified_versions_say_why(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    for entry in rulebook.entries() {
        for version in &entry.versions {
            if version.rule.evidence == Evidence::Unverified && version.rule.note.is_none() {
                findings.add(
                    RuleCheck::UnverifiedWithoutNote,
                    version.place,
                    &[("rule", entry.rule.to_owned())],
                );
            }
        }
    }
}

/// The reference level is not defined by itself.
fn reference_level_has_a_base(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    for version in rulebook.reference_level.versions.versions() {
        if matches!(version.value, ReferenceLevel::Equals(NamedBase::ReferenceLevel)) {
            findings.add(RuleCheck::BaseCircular, &version.place, &[]);
        }
    }
}

/// A household ladder has a first step of the whole and never rises.
fn ladders_fall(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    for version in rulebook.household_ladder.versions.versions() {
        let steps = &version.value.steps;
        if steps.first() != Some(&Share::WHOLE) || !steps.is_sorted_by(|a, b| a >= b) {
            findings.add(RuleCheck::LadderRises, &version.place, &[]);
        }
    }
}

/// The payers of a group bear the whole premium between them.
fn group_shares_are_whole(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    for group in rulebook.groups() {
        for version in group.terms.versions() {
            let Payers::Shared(shares) = &version.value.payers else { continue };
            let sum = shares.values().try_fold(Share::NONE, |sum, part| sum.plus(*part));
            if sum != Some(Share::WHOLE) {
                let sum = sum.map_or_else(|| ">100%".to_owned(), |sum| sum.to_string());
                findings.add(
                    RuleCheck::SharesNotWhole,
                    &version.place,
                    &[("rule", group.id.clone()), ("sum", sum)],
                );
            }
        }
    }
}

/// A card code belongs to one group.
fn card_codes_are_unique(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    let mut seen = BTreeSet::new();
    for group in rulebook.groups() {
        for code in group.codes.iter().filter(|code| !seen.insert(code.as_str())) {
            if let Some(version) = group.terms.versions().first() {
                findings.add(RuleCheck::CodeDuplicate, &version.place, &[("read", code.clone())]);
            }
        }
    }
}

/// Rules name only groups that are registered.
fn named_groups_exist(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    let mut check = |name: &str, place: &SourcePlace| {
        if rulebook.group(name).is_none() {
            findings.add(RuleCheck::GroupUnknown, place, &[("read", name.to_owned())]);
        }
    };
    for version in rulebook.premium_rates.versions.versions() {
        version.value.groups.keys().for_each(|name| check(name, &version.place));
    }
    for version in rulebook.payment_cycles.versions.versions() {
        version.value.groups.keys().for_each(|name| check(name, &version.place));
    }
    for policy in rulebook.policies() {
        if let Some(version) = policy.support.versions().first() {
            policy.groups.iter().for_each(|name| check(name, &version.place));
        }
    }
    for version in rulebook.concurrent_contracts.versions.versions() {
        version.value.groups.iter().for_each(|name| check(name, &version.place));
    }
    for version in rulebook.category_priority.entries.iter().flat_map(|rule| rule.versions.versions()) {
        version.value.groups().into_iter().for_each(|name| check(name, &version.place));
    }
    for version in rulebook.special_months.entries.iter().flat_map(|kind| kind.versions.versions()) {
        version.value.groups.iter().for_each(|name| check(name, &version.place));
        if let SpecialEffect::Joins(group) = &version.value.effect {
            check(group, &version.place);
        }
    }
}

/// On every day, the order of categories names each group in force once.
fn the_order_names_every_group(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    let days = days_of_change(rulebook);
    for rule in &rulebook.category_priority.entries {
        let mut reported = BTreeSet::new();
        for day in &days {
            let Ok(version) = rule.versions.at(*day) else { continue };
            let Priority::Order(order) = &version.value else { continue };
            let in_force = rulebook.groups().iter().filter(|group| group.terms.at(*day).is_ok());
            for group in in_force.filter(|group| order.iter().filter(|name| **name == group.id).count() != 1)
            {
                if reported.insert((version.rule.effective_from, group.id.as_str())) {
                    let facts = [("read", group.id.clone()), ("date", day.to_string())];
                    findings.add(RuleCheck::OrderIncomplete, &version.place, &facts);
                }
            }
        }
    }
}

/// Every day on which some recorded rule starts, or the day after it ends.
fn days_of_change(rulebook: &Rulebook) -> BTreeSet<chrono::NaiveDate> {
    let entries = rulebook.entries();
    let rules = entries.iter().flat_map(|entry| &entry.versions).map(|version| version.rule);
    rules
        .flat_map(|rule| [Some(rule.effective_from), rule.effective_until.and_then(|day| day.succ_opt())])
        .flatten()
        .collect()
}

/// On every day on which the state supports a group, an unconditional national share is recorded for it.
fn supported_groups_have_a_share(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    let starts = days_of_change(rulebook);
    for group in rulebook.groups() {
        let mut reported = false;
        for day in &starts {
            let Ok(version) = group.terms.at(*day) else { continue };
            let supported = matches!(version.value.payers, Payers::StateSupported);
            let recorded = rulebook.state_subsidy.policies.iter().any(|policy| {
                let unconditional = policy.when.ask_for_no_circumstance();
                policy.groups.contains(&group.id) && unconditional && policy.support.at(*day).is_ok()
            });
            if supported && !recorded && !reported {
                findings.add(
                    RuleCheck::SupportMissing,
                    &version.place,
                    &[("rule", group.id.clone()), ("date", day.to_string())],
                );
                reported = true;
            }
        }
    }
}

/// National files hold floors; local packs hold extras, targets and unrecorded shares.
fn support_kinds_are_in_their_files(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    let mut check = |policy: &Policy, national: bool| {
        for version in policy.support.versions() {
            let fits = match version.value {
                Support::Floor(_) => national,
                Support::Extra(_) | Support::Target(_) | Support::UpTo { .. } | Support::Unrecorded => {
                    !national
                }
            };
            if !fits {
                findings.add(RuleCheck::SupportMisplaced, &version.place, &[("rule", policy.id.clone())]);
            }
        }
    };
    rulebook.state_subsidy.policies.iter().for_each(|policy| check(policy, true));
    rulebook.local.iter().flat_map(|pack| &pack.policies).for_each(|policy| check(policy, false));
}

/// Conditions leave somebody who meets them.
fn conditions_can_be_met(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    for policy in rulebook.policies() {
        if let Some(version) = policy.support.versions().first()
            && (!policy.when.can_be_met() || policy.groups.is_empty())
        {
            findings.add(RuleCheck::ConditionsEmpty, &version.place, &[("rule", policy.id.clone())]);
        }
    }
}

/// The order of remainder takers names every payer once.
fn remainder_has_a_taker(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    for version in rulebook.premium_rounding.versions.versions() {
        let listed: BTreeSet<Payer> = version.value.remainder_to.iter().copied().collect();
        if listed.len() != Payer::ALL.len() || version.value.remainder_to.len() != Payer::ALL.len() {
            findings.add(RuleCheck::RemainderIncomplete, &version.place, &[]);
        }
    }
}

/// Numbers of months lie within what the program computes.
fn months_are_computable(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    for version in rulebook.payment_cycles.versions.versions() {
        let cycles =
            version.value.groups.values().flat_map(|cycle| cycle.regular.iter().chain(&cycle.school_tails));
        for months in cycles.chain(std::iter::once(&version.value.longest)) {
            if !(1..=LONGEST_COVER).contains(months) {
                findings.add(RuleCheck::MonthsOutOfRange, &version.place, &[("read", months.to_string())]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::source::BUNDLED;
    use super::*;

    /// What one check finds in the bundled rules after a change of them.
    fn found(check: CheckFn, change: impl FnOnce(&mut Rulebook)) -> Vec<RuleCheck> {
        let mut rules = (*Rulebook::bundled()).clone();
        change(&mut rules);
        let sources: Vec<Source> = BUNDLED.iter().map(Source::bundled).collect();
        let mut findings = Findings { sources: &sources, found: Vec::new() };
        check(&rules, &mut findings);
        findings.found.iter().map(|found| found.check).collect()
    }

    #[test]
    fn a_ladder_begins_with_the_whole_and_may_stay_as_it_is_but_not_rise() {
        let with = |steps: &[&str]| {
            let steps: Vec<Share> = steps.iter().map(|step| Share::parse(step).expect("a share")).collect();
            found(ladders_fall, |rules| {
                rules.household_ladder.versions.versions_mut()[0].value.steps = steps;
            })
        };
        assert_eq!(with(&["100%", "70%", "70%", "40%"]), []);
        assert_eq!(with(&["100%", "40%", "70%"]), [RuleCheck::LadderRises]);
        assert_eq!(with(&["90%", "70%"]), [RuleCheck::LadderRises]);
        assert_eq!(with(&[]), [RuleCheck::LadderRises]);
    }

    #[test]
    fn a_version_may_last_one_day_and_the_next_begins_on_the_following_one() {
        let with = |days: i64, gap: i64| {
            found(versions_follow_each_other, |rules| {
                let versions = rules.base_salary.versions.versions_mut();
                let from = versions[0].rule.effective_from;
                let last = from + chrono::Duration::days(days - 1);
                versions[0].rule.effective_until = Some(last);
                versions[1].rule.effective_from = last + chrono::Duration::days(gap);
            })
        };
        assert_eq!(with(1, 1), []);
        assert_eq!(with(1, 2), [RuleCheck::GapBetweenVersions]);
        assert_eq!(with(2, 0), [RuleCheck::VersionsOverlap]);
        assert_eq!(with(0, 1), [RuleCheck::UntilBeforeFrom]);
    }

    #[test]
    fn the_order_of_the_rest_names_every_payer_once() {
        let with = |change: fn(&mut Vec<Payer>)| {
            found(remainder_has_a_taker, |rules| {
                change(&mut rules.premium_rounding.versions.versions_mut()[0].value.remainder_to);
            })
        };
        assert_eq!(with(|payers| payers.reverse()), []);
        assert_eq!(with(|payers| payers.push(payers[0])), [RuleCheck::RemainderIncomplete]);
        assert_eq!(with(|payers| payers[1] = payers[0]), [RuleCheck::RemainderIncomplete]);
        assert_eq!(with(|payers| payers.truncate(3)), [RuleCheck::RemainderIncomplete]);
    }

    #[test]
    fn a_policy_for_no_group_is_met_by_nobody() {
        let with_nobody = |rules: &mut Rulebook| rules.state_subsidy.policies[0].groups.clear();
        assert_eq!(found(conditions_can_be_met, |_| ()), []);
        assert_eq!(found(conditions_can_be_met, with_nobody), [RuleCheck::ConditionsEmpty]);
    }
}
