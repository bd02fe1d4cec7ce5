//! Các phép kiểm tra nơi và gói địa phương: places, territories, replacements and the vocabulary of circumstances.

use super::Rulebook;
use super::diagnostic::RuleCheck;
use super::family::LocalPack;
use super::findings::{CheckFn, Findings};
use super::places::{ProvinceUnit, Territory};
use super::predicate::Predicate;

/// Every check on places and packs.
pub(super) const CHECKS: &[CheckFn] = &[
    asked_circumstances_are_registered,
    named_places_are_registered,
    old_packs_keep_their_territory,
    what_is_replaced_is_registered,
];

/// One vocabulary: a policy asks only for circumstances that it has.
fn asked_circumstances_are_registered(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    let known = |tag: &str| {
        let bare = tag.strip_prefix("no-").unwrap_or(tag);
        let word = rulebook.circumstance(tag).or_else(|| rulebook.circumstance(bare));
        word.is_some() || rulebook.group(tag).is_some()
    };
    for policy in rulebook.policies() {
        let Some(version) = policy.support.versions().first() else { continue };
        let asked = policy.when.iter().flat_map(Predicate::circumstances);
        for tag in asked.filter(|tag| !known(tag)) {
            let facts = [("rule", policy.support.rule().to_owned()), ("read", tag.clone())];
            findings.add(RuleCheck::CircumstanceUnknown, &version.place, &facts);
        }
    }
}

/// Mergers and searches name places of the register.
fn named_places_are_registered(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    let known = |id: &str| rulebook.places.entry(id).is_some();
    for version in rulebook.places.entries.iter().flat_map(|place| place.versions.versions()) {
        if let ProvinceUnit::MergedInto(unit) = &version.value
            && !known(unit)
        {
            findings.add(RuleCheck::PlaceUnknown, &version.place, &[("read", unit.clone())]);
        }
    }
    let first = rulebook.places.entries.first().and_then(|place| place.versions.versions().first());
    let Some(first) = first else { return };
    for search in rulebook.searches.iter().filter(|search| !known(&search.place)) {
        findings.add(RuleCheck::PlaceUnknown, &first.place, &[("read", search.place.clone())]);
    }
}

/// What a council adopted before its province took others in holds where it held.
fn old_packs_keep_their_territory(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    let merged_on = |pack: &LocalPack| {
        let parts = rulebook.taken_in(&pack.province);
        let mergers = parts.iter().filter_map(|part| rulebook.merged_into(&part.id));
        mergers.map(|(_, rule)| rule.effective_from).min()
    };
    for pack in rulebook.local.iter().filter(|pack| pack.territory == Territory::Whole) {
        let Some(merged_on) = merged_on(pack) else { continue };
        let versions = pack.policies.iter().flat_map(|policy| policy.support.versions());
        for version in versions.filter(|version| version.rule.effective_from < merged_on) {
            let facts = [("rule", version.rule.rule.clone())];
            findings.add(RuleCheck::TerritoryMissing, &version.place, &facts);
        }
    }
}

/// A resolution ends only what is known.
fn what_is_replaced_is_registered(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    for pack in &rulebook.local {
        let Some(version) = pack.policies.iter().find_map(|policy| policy.support.versions().first()) else {
            continue;
        };
        for replaced in &pack.replaces {
            let ended = rulebook.local.iter().filter(|other| other.document == replaced.document);
            let policies: Vec<&str> =
                ended.flat_map(|other| &other.policies).map(|policy| policy.id.as_str()).collect();
            let unknown = replaced.policies.iter().filter(|id| !policies.contains(&id.as_str()));
            let document = rulebook.document(&replaced.document).is_none().then_some(&replaced.document);
            for read in document.into_iter().chain(unknown) {
                findings.add(RuleCheck::ReplacesUnknown, &version.place, &[("read", read.clone())]);
            }
        }
    }
}
