//! Luật chép tay: what each version of a rule says, and which articles it rests on, as transcribed by hand from the legal
//! texts (tests/data/law), against the rules that the program reads. Nothing here is written by the program.

use std::collections::BTreeMap;
use std::path::Path;

use bhyt::Rulebook;
use bhyt::workshop::{Citation, Entry, EntryVersion, FactValue, benefit};
use serde::Deserialize;
use toml::value::Datetime;

use crate::known_law::{WRITTEN, known_on};

/// Rules as one sheet of the law has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    /// Which texts were read.
    source: String,
    version: Vec<Written>,
}

/// A version as it was transcribed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    rule: String,
    from: Datetime,
    until: Option<Datetime>,
    /// Every fact by its name.
    says: BTreeMap<String, String>,
    /// Facts that say the same of many: what is said, and of which, apart by spaces.
    #[serde(default)]
    each: BTreeMap<String, String>,
    /// Every text: `nd-146-2018 27.3`, and behind `=` the place in the amended law.
    cites: Vec<String>,
}

impl Written {
    fn facts(&self) -> BTreeMap<String, String> {
        let each = self
            .each
            .iter()
            .flat_map(|(value, names)| names.split_whitespace().map(|name| (name.to_owned(), value.clone())));
        self.says.clone().into_iter().chain(each).collect()
    }
}

#[test]
fn rules_say_what_was_transcribed_from_the_law() {
    // An amount that came after the sheets is not in them yet.
    let rules = known_on(WRITTEN).map_or_else(Rulebook::bundled, |law| std::sync::Arc::clone(&law.rules));
    let found = differences(&rules);
    assert!(found.is_empty(), "{} differences:\n{}", found.len(), found.join("\n"));
}

/// Where the rules say something else than the sheets.
fn differences(rules: &Rulebook) -> Vec<String> {
    let mut written: BTreeMap<String, Vec<Written>> = BTreeMap::new();
    for sheet in sheets() {
        for version in sheet.version {
            written.entry(version.rule.clone()).or_default().push(version);
        }
    }
    let mut found = Vec::new();
    groups(rules, &mut found);
    let entries = [rules.entries(), benefit(rules).entries()].concat();
    for (rule, versions) in &written {
        match entries.iter().find(|entry| entry.rule == rule) {
            Some(entry) => compare(entry, versions, &mut found),
            None => found.push(format!("{rule}: no such rule")),
        }
    }
    found
}

fn sheets() -> Vec<Sheet> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/law");
    let listing = std::fs::read_dir(&folder).expect("the sheets of the law");
    let mut paths: Vec<_> = listing.map(|entry| entry.expect("a folder entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).expect("a readable sheet");
        let sheet: Sheet =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(!sheet.source.trim().is_empty(), "{} names no source", path.display());
        sheet
    };
    paths.iter().map(read).collect()
}

/// Participant groups, from a table of their own: category, base, payers and codes from each first day.
fn groups(rules: &Rulebook, found: &mut Vec<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/law/groups.csv");
    let table = std::fs::read_to_string(path).expect("the table of groups");
    let mut written: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.splitn(8, ';').collect();
        let &[group, codes, days, last, category, base, payers, place] = &cells[..] else { panic!("{line}") };
        assert!(!place.is_empty(), "{line} names no place");
        for day in days.split(' ') {
            let codes = codes.split(' ').collect::<Vec<_>>().join(", ");
            // Prepaid by people themselves: the day of payment; else each month (Decrees 146 art. 10, 188 art. 8).
            let base_date = if category >= "4" { "payment" } else { "each-month" };
            let said =
                format!("to {last}: category {category} of {base} on {base_date} by {payers}, codes {codes}");
            written.entry(group).or_default().insert(day.to_owned(), said);
        }
    }
    let mut recorded: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for entry in rules.entries() {
        let Some(group) = entry.rule.strip_prefix("enrollee-groups/") else { continue };
        for version in &entry.versions {
            let facts = said(version);
            let fact = |name: &str| facts.get(name).cloned().unwrap_or_default();
            let payers: Vec<String> = PAYERS
                .iter()
                .filter_map(|payer| {
                    facts.get(*payer).map(|share| match *payer {
                        "payers" => share.clone(),
                        payer => format!("{payer} {share}"),
                    })
                })
                .collect();
            let last = version.rule.effective_until.map(|day| day.to_string()).unwrap_or_default();
            let said = format!(
                "to {last}: category {} of {} on {} by {}, codes {}",
                fact("category"),
                fact("basis"),
                fact("base-date"),
                payers.join(" "),
                fact("codes")
            );
            let first = version.rule.effective_from.to_string();
            recorded.entry(group).or_default().insert(first, said);
        }
    }
    for group in written.keys().chain(recorded.keys()).collect::<std::collections::BTreeSet<_>>() {
        if written.get(*group) != recorded.get(*group) {
            found.push(format!("{group}: {:#?}, expected {:#?}", recorded.get(*group), written.get(*group)));
        }
    }
}

/// Who may pay the premium of a group.
const PAYERS: &[&str] =
    &["employer", "person", "social-insurance-fund", "unemployment-fund", "state", "other", "payers"];

fn compare(entry: &Entry, written: &[Written], found: &mut Vec<String>) {
    let days = |days: Vec<String>| days.join(", ");
    let recorded =
        days(entry.versions.iter().map(|version| version.rule.effective_from.to_string()).collect());
    let expected = days(written.iter().map(|version| version.from.to_string()).collect());
    if recorded != expected {
        found.push(format!("{}: versions of {recorded}, expected {expected}", entry.rule));
        return;
    }
    for (version, written) in entry.versions.iter().zip(written) {
        let mut differ = |what: &str, recorded: String, expected: String| {
            if recorded != expected {
                found.push(format!(
                    "{} of {}: {what} {recorded}, expected {expected}",
                    entry.rule, written.from
                ));
            }
        };
        let last = |day: Option<String>| day.unwrap_or_else(|| "open".to_owned());
        let until = version.rule.effective_until.map(|day| day.to_string());
        differ("until", last(until), last(written.until.map(|day| day.to_string())));
        differ("says", shown(&said(version)), shown(&written.facts()));
        let cites: Vec<String> = version.rule.cites.iter().map(cited).collect();
        differ("cites", cites.join("; "), written.cites.join("; "));
    }
}

/// The facts of a version that are law, not names.
fn said(version: &EntryVersion) -> BTreeMap<String, String> {
    let facts = version.facts().into_iter().filter(|fact| !matches!(fact.value, FactValue::Words(_)));
    facts
        .map(|fact| {
            let text = match &fact.value {
                FactValue::Money(amount) => amount.to_string(),
                FactValue::Share(share) => share.to_string(),
                FactValue::Count(count) => count.to_string(),
                FactValue::Name(name) | FactValue::Words([name, _]) => name.clone(),
            };
            (fact.name(), text)
        })
        .collect()
}

fn shown(facts: &BTreeMap<String, String>) -> String {
    facts.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join("; ")
}

fn cited(cite: &Citation) -> String {
    let place: Vec<&str> = [cite.article.as_ref(), cite.clause.as_ref()]
        .into_iter()
        .flatten()
        .map(|number| number.as_str())
        .chain(cite.point.as_deref())
        .collect();
    let mut text = cite.document.clone();
    if !place.is_empty() {
        text.push_str(&format!(" {}", place.join(".")));
    }
    if let Some(amended) = &cite.amends {
        text.push_str(&format!(" = {amended}"));
    }
    text
}
