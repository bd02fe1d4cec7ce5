//! Mục lục quy định: every recorded rule with its versions, for listing, comparing and checking.

use super::benefit::fund::PatientSupport;
use super::facts::{Fact, RuleValue, facts};
use super::family::{EnrolleeGroup, Family, GroupFamily, Header, LocalPack, Policy, PolicyFamily};
use super::named::NamedFamily;
use super::timeline::{SourcePlace, Timeline};
use crate::terms::citation::RuleRef;

/// What one version says, field by field; the field without a name is the version's own value.
type Said<'a> = Vec<(&'static str, &'a dyn RuleValue)>;

/// Một phiên bản trong mục lục.
#[derive(Debug, Clone)]
pub struct EntryVersion<'a> {
    /// Dates, citations, evidence.
    pub rule: &'a RuleRef,
    /// Where it is written.
    pub place: &'a SourcePlace,
    said: Said<'a>,
}

impl EntryVersion<'_> {
    /// What it says, as named facts.
    pub fn facts(&self) -> Vec<Fact> {
        self.said.iter().flat_map(|(field, value)| facts(field, *value)).collect()
    }

    /// True when another version of the same rule says the same, whatever its dates and citations.
    pub fn says_the_same(&self, other: &EntryVersion<'_>) -> bool {
        let same = |((field, value), (other, theirs)): (&(&str, &dyn RuleValue), &(&str, &dyn RuleValue))| {
            field == other && value.same(*theirs)
        };
        self.said.len() == other.said.len() && self.said.iter().zip(&other.said).all(same)
    }
}

/// Một quy định với các phiên bản.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Header of the file.
    pub header: &'a Header,
    /// Rule id (`state-subsidy/near-poor`).
    pub rule: &'a str,
    /// Vietnamese name.
    pub name_vi: &'a str,
    /// English name.
    pub name_en: &'a str,
    /// Versions, earliest first.
    pub versions: Vec<EntryVersion<'a>>,
}

impl<'a> Entry<'a> {
    /// The version in force on a day.
    pub fn at(&self, date: chrono::NaiveDate) -> Option<&EntryVersion<'a>> {
        self.versions
            .iter()
            .rfind(|version| version.rule.effective_from <= date)
            .filter(|version| version.rule.effective_until.is_none_or(|last| date <= last))
    }

    /// The version that starts on a day.
    pub fn starting(&self, day: chrono::NaiveDate) -> Option<&EntryVersion<'a>> {
        self.versions.iter().find(|version| version.rule.effective_from == day)
    }

    /// The entry of a timeline; `said` is what holds for all of its versions.
    fn of<T: RuleValue>(
        header: &'a Header,
        [name_vi, name_en]: [&'a str; 2],
        timeline: &'a Timeline<T>,
        said: &[(&'static str, &'a dyn RuleValue)],
    ) -> Entry<'a> {
        let version = |version: &'a super::timeline::Version<T>| EntryVersion {
            rule: &version.rule,
            place: &version.place,
            said: [("", &version.value as &dyn RuleValue)].into_iter().chain(said.iter().copied()).collect(),
        };
        let versions = timeline.versions().iter().map(version).collect();
        Entry { header, rule: timeline.rule(), name_vi, name_en, versions }
    }
}

/// A family that tells its rules.
pub(super) trait Listing {
    /// Adds every rule of the family.
    fn list<'a>(&'a self, entries: &mut Vec<Entry<'a>>);
}

impl<T: RuleValue> Listing for Family<T> {
    fn list<'a>(&'a self, entries: &mut Vec<Entry<'a>>) {
        let names = [&*self.header.name_vi, &*self.header.name_en];
        entries.push(Entry::of(&self.header, names, &self.versions, &[]));
    }
}

impl<T: RuleValue> Listing for NamedFamily<T> {
    fn list<'a>(&'a self, entries: &mut Vec<Entry<'a>>) {
        let rules = self.entries.iter();
        entries.extend(rules.map(|rule| {
            let names = [&*rule.name_vi, &*rule.name_en];
            Entry::of(&self.header, names, &rule.versions, &[("aliases", &rule.aliases)])
        }));
    }
}

impl Listing for GroupFamily {
    fn list<'a>(&'a self, entries: &mut Vec<Entry<'a>>) {
        entries.extend(self.groups.iter().map(|group| {
            let EnrolleeGroup { id: _, codes, name_vi, name_en, aliases, terms } = group;
            Entry::of(&self.header, [name_vi, name_en], terms, &[("codes", codes), ("aliases", aliases)])
        }));
    }
}

impl Listing for PolicyFamily {
    fn list<'a>(&'a self, entries: &mut Vec<Entry<'a>>) {
        entries.extend(self.policies.iter().map(|policy| policy_entry(&self.header, policy, &[])));
    }
}

impl Listing for Vec<LocalPack> {
    fn list<'a>(&'a self, entries: &mut Vec<Entry<'a>>) {
        for pack in self {
            let LocalPack {
                header,
                province,
                province_vi: _,
                province_aliases,
                seen_in_force,
                territory,
                served: _,
                replaces,
                document,
                policies,
            } = pack;
            let said: [(&'static str, &'a dyn RuleValue); 6] = [
                ("province", province),
                ("province-aliases", province_aliases),
                ("territory", territory),
                ("replaces", replaces),
                ("document-id", document),
                ("seen-in-force", seen_in_force),
            ];
            entries.extend(policies.iter().map(|policy| policy_entry(header, policy, &said)));
        }
    }
}

impl Listing for Vec<PatientSupport> {
    fn list<'a>(&'a self, entries: &mut Vec<Entry<'a>>) {
        entries.extend(self.iter().map(|pack| {
            let PatientSupport { header, province, merged_into, versions } = pack;
            let said: [(&'static str, &'a dyn RuleValue); 2] =
                [("province", province), ("merged-into", merged_into)];
            Entry::of(header, [&header.name_vi, &header.name_en], versions, &said)
        }));
    }
}

fn policy_entry<'a>(
    header: &'a Header,
    policy: &'a Policy,
    more: &[(&'static str, &'a dyn RuleValue)],
) -> Entry<'a> {
    let Policy {
        id: _,
        name_vi,
        name_en,
        groups,
        when,
        of_place: _,
        place,
        base_date,
        seen_in_force,
        sources,
        reading,
        support,
    } = policy;
    let mut said: Said<'a> = vec![
        ("groups", groups),
        ("", when),
        ("place", place),
        ("base-date", base_date),
        ("policy-seen-in-force", seen_in_force),
        ("sources", sources),
        ("reading", reading),
    ];
    said.extend_from_slice(more);
    Entry::of(header, [name_vi, name_en], support, &said)
}
