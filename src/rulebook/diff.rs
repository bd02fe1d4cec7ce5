//! So sánh quy định: what changed between two dates, or between two rulebooks on one date.

use chrono::NaiveDate;

use super::Rulebook;
use super::entries::{Entry, EntryVersion, Fact};
use crate::terms::citation::RuleRef;

/// Một thay đổi: a rule that is not the same on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Rule id.
    pub rule: String,
    /// Vietnamese name of the rule.
    pub name_vi: String,
    /// English name of the rule.
    pub name_en: String,
    /// Facts before; empty when the rule was not in force.
    pub before: Vec<(String, Fact)>,
    /// Facts after; empty when the rule is no longer in force.
    pub after: Vec<(String, Fact)>,
    /// The version in force before.
    pub old: Option<RuleRef>,
    /// The version in force after.
    pub new: Option<RuleRef>,
}

impl Change {
    /// Facts that differ: name, before, after.
    pub fn differing(&self) -> Vec<(&str, Option<&Fact>, Option<&Fact>)> {
        let find = |facts: &'_ [(String, Fact)], key: &str| facts.iter().position(|(name, _)| name == key);
        let mut keys: Vec<&str> = self.before.iter().map(|(key, _)| key.as_str()).collect();
        keys.extend(
            self.after.iter().map(|(key, _)| key.as_str()).filter(|key| find(&self.before, key).is_none()),
        );
        keys.into_iter()
            .map(|key| {
                let old = find(&self.before, key).map(|at| &self.before[at].1);
                let new = find(&self.after, key).map(|at| &self.after[at].1);
                (key, old, new)
            })
            .filter(|(_, old, new)| old != new)
            .collect()
    }
}

/// The rules that differ between one side's day and the other's.
///
/// A rule that only moved to another article with the same content counts as a change too: its citation did.
pub fn compare(old: (&Rulebook, NaiveDate), new: (&Rulebook, NaiveDate)) -> Vec<Change> {
    let (old_entries, new_entries) = (old.0.entries(), new.0.entries());
    let mut rules: Vec<&str> = old_entries.iter().map(|entry| entry.rule).collect();
    rules.extend(
        new_entries
            .iter()
            .map(|entry| entry.rule)
            .filter(|rule| !old_entries.iter().any(|entry| entry.rule == *rule)),
    );
    rules.into_iter().filter_map(|rule| change(rule, (&old_entries, old.1), (&new_entries, new.1))).collect()
}

fn change(rule: &str, old: (&[Entry<'_>], NaiveDate), new: (&[Entry<'_>], NaiveDate)) -> Option<Change> {
    let find = |entries: &'_ [Entry<'_>]| entries.iter().position(|entry| entry.rule == rule);
    let (old_entry, new_entry) = (find(old.0).map(|at| &old.0[at]), find(new.0).map(|at| &new.0[at]));
    let before = old_entry.and_then(|entry| entry.at(old.1));
    let after = new_entry.and_then(|entry| entry.at(new.1));
    let same = match (before, after) {
        (None, None) => true,
        (Some(a), Some(b)) => a.facts == b.facts && a.rule.cites == b.rule.cites,
        _ => false,
    };
    let named = new_entry.or(old_entry)?;
    let facts =
        |version: Option<&EntryVersion<'_>>| version.map(|version| version.facts.clone()).unwrap_or_default();
    (!same).then(|| Change {
        rule: rule.to_owned(),
        name_vi: named.name_vi.to_owned(),
        name_en: named.name_en.to_owned(),
        before: facts(before),
        after: facts(after),
        old: before.map(|version| version.rule.clone()),
        new: after.map(|version| version.rule.clone()),
    })
}
