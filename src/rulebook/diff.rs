//! So sánh quy định: what changed between two dates or between two rulebooks; one comparison serves every caller.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Rulebook;
use super::entries::{Entry, EntryVersion};
use super::facts::Fact;
use crate::terms::citation::RuleRef;

/// Một thay đổi: a rule that is not the same on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Rule id.
    pub rule: String,
    /// Id of the family it belongs to.
    pub family: String,
    /// Vietnamese name of the rule.
    pub name_vi: String,
    /// English name of the rule.
    pub name_en: String,
    /// Facts before; empty when the rule was not in force.
    pub before: Vec<Fact>,
    /// Facts after; empty when the rule is no longer in force.
    pub after: Vec<Fact>,
    /// The version in force before.
    pub old: Option<RuleRef>,
    /// The version in force after.
    pub new: Option<RuleRef>,
}

impl Change {
    /// Facts that differ: before, after.
    pub fn differing(&self) -> Vec<(Option<&Fact>, Option<&Fact>)> {
        let alike = |a: &Fact, b: &Fact| a.path == b.path && a.key == b.key;
        let find = |facts: &'_ [Fact], fact: &Fact| facts.iter().position(|other| alike(other, fact));
        let kept = self.before.iter().map(|old| {
            let new = find(&self.after, old).map(|at| &self.after[at]);
            (Some(old), new)
        });
        let added = self.after.iter().filter(|new| find(&self.before, new).is_none());
        let all = kept.chain(added.map(|new| (None, Some(new))));
        all.filter(|(old, new)| old.map(|fact| &fact.value) != new.map(|fact| &fact.value)).collect()
    }
}

/// The rules that differ between one side's day and the other's.
///
/// A rule that only moved to another article with the same content counts as a change too: its citation did.
pub fn compare(old: (&Rulebook, NaiveDate), new: (&Rulebook, NaiveDate)) -> Vec<Change> {
    let (old_entries, new_entries) = (old.0.entries(), new.0.entries());
    pairs(&old_entries, &new_entries)
        .into_iter()
        .filter_map(|(before, after)| {
            let named = after.or(before)?;
            let before = before.and_then(|entry| entry.at(old.1));
            let after = after.and_then(|entry| entry.at(new.1));
            let same = match (before, after) {
                (None, None) => true,
                (Some(a), Some(b)) => a.says_the_same(b) && a.rule.cites == b.rule.cites,
                _ => false,
            };
            (!same).then(|| change(named, before, after))
        })
        .collect()
}

fn change(named: &Entry<'_>, old: Option<&EntryVersion<'_>>, new: Option<&EntryVersion<'_>>) -> Change {
    let facts = |version: Option<&EntryVersion<'_>>| version.map(EntryVersion::facts).unwrap_or_default();
    Change {
        rule: named.rule.to_owned(),
        family: named.header.id.clone(),
        name_vi: named.name_vi.to_owned(),
        name_en: named.name_en.to_owned(),
        before: facts(old),
        after: facts(new),
        old: old.map(|version| version.rule.clone()),
        new: new.map(|version| version.rule.clone()),
    }
}

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
    let pairs = pairs(&old_entries, &new_entries);
    pairs.into_iter().flat_map(|(before, after)| changes_of(before, after)).collect()
}

fn changes_of(old: Option<&Entry<'_>>, new: Option<&Entry<'_>>) -> Vec<VersionChange> {
    let Some(named) = new.or(old) else { return Vec::new() };
    let days: BTreeSet<NaiveDate> = [old, new]
        .into_iter()
        .flatten()
        .flat_map(|entry| entry.versions.iter().map(|version| version.rule.effective_from))
        .collect();
    days.into_iter()
        .filter_map(|day| {
            let kind = match (
                old.and_then(|entry| entry.starting(day)),
                new.and_then(|entry| entry.starting(day)),
            ) {
                (Some(a), Some(b))
                    if a.says_the_same(b) && a.rule.effective_until == b.rule.effective_until =>
                {
                    return None;
                }
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

/// The same rule on both sides: those of the second in their order, then those that only the first has.
fn pairs<'e, 'r>(
    old: &'e [Entry<'r>],
    new: &'e [Entry<'r>],
) -> Vec<(Option<&'e Entry<'r>>, Option<&'e Entry<'r>>)> {
    let find = |entries: &'e [Entry<'r>], rule: &str| entries.iter().find(|entry| entry.rule == rule);
    let both = new.iter().map(|entry| (find(old, entry.rule), Some(entry)));
    let gone = old.iter().filter(|entry| find(new, entry.rule).is_none());
    both.chain(gone.map(|entry| (Some(entry), None))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::taken_apart::FactValue;
    use crate::terms::period::parse_date;

    fn fact(path: &str, key: Option<&str>, count: u32) -> Fact {
        Fact { path: path.to_owned(), key: key.map(str::to_owned), value: FactValue::Count(count) }
    }

    #[test]
    fn facts_are_compared_by_field_and_key() {
        let change = Change {
            rule: "test".to_owned(),
            family: "test".to_owned(),
            name_vi: String::new(),
            name_en: String::new(),
            before: vec![
                fact("steps.*", Some("1"), 10),
                fact("steps.*", Some("2"), 20),
                fact("months", None, 3),
                fact("days", None, 30),
            ],
            after: vec![
                fact("steps.*", Some("1"), 10),
                fact("steps.*", Some("2"), 25),
                fact("steps.*", Some("3"), 30),
                fact("days", None, 30),
            ],
            old: None,
            new: None,
        };
        let counts = |fact: Option<&Fact>| fact.map(|fact| (fact.name(), fact.value.clone()));
        let of = |name: &str, count| Some((name.to_owned(), FactValue::Count(count)));
        let found: Vec<_> =
            change.differing().into_iter().map(|(old, new)| (counts(old), counts(new))).collect();
        assert_eq!(found, [(of("2", 20), of("2", 25)), (of("months", 3), None), (None, of("3", 30))]);
    }

    /// Decree 146/2018 art. 39.1 says of stays across its first day what Decree 105/2014 art. 11 said: the citation alone changes.
    #[test]
    fn a_rule_that_moves_to_another_text_is_a_change_of_the_day() {
        let rules = Rulebook::bundled();
        let changed = |from, to| -> Vec<String> {
            let days = [from, to].map(|day| parse_date(day).expect("a day"));
            compare((&rules, days[0]), (&rules, days[1])).into_iter().map(|change| change.rule).collect()
        };
        assert!(changed("2018-11-30", "2018-12-01").contains(&"stay-transition".to_owned()));
        assert!(!changed("2018-12-01", "2018-12-02").contains(&"stay-transition".to_owned()));
    }
}
