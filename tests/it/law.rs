//! Luật chép tay: what each version of a rule says, and which articles it rests on, as transcribed by hand from the legal
//! texts (tests/data/law), against the rules that the program reads. Nothing here is written by the program.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use bhyt::Rulebook;
use bhyt::workshop::{Citation, Entry, EntryVersion, Fact, FactValue, benefit};
use serde::Deserialize;
use toml::value::Datetime;

use crate::known_law::{WRITTEN, known_on};

/// Rules as one sheet of the law has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    /// Which texts were read.
    source: String,
    /// What stands for what in the names of rows: `{planned}`.
    #[serde(default)]
    short: BTreeMap<String, String>,
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
    /// Puts what is written short in full.
    fn in_full(mut self, short: &BTreeMap<String, String>) -> Written {
        let full = |name: &String| {
            short.iter().fold(name.clone(), |name, (word, all)| name.replace(&format!("{{{word}}}"), all))
        };
        self.says = self.says.iter().map(|(name, value)| (full(name), value.clone())).collect();
        self
    }

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
    differences_in(rules, |_| true)
}

/// The same, of the families that are asked for.
pub fn differences_in(rules: &Rulebook, asked: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    let entries = [rules.entries(), benefit(rules).entries()].concat();
    found.extend(crate::law_local::differences(&entries, &asked));
    let of_family = |rule: &str| asked(rule.split('/').next().unwrap_or(rule));
    if asked("enrollee-groups") {
        groups(&entries, &mut found);
    }
    for (rule, versions) in transcribed().iter().filter(|(rule, _)| of_family(rule)) {
        match entries.iter().find(|entry| entry.rule == rule) {
            Some(entry) => compare(entry, versions, &mut found),
            None => found.push(format!("{rule}: no such rule")),
        }
    }
    found
}

/// All sheets by rule, read once.
fn transcribed() -> &'static BTreeMap<String, Vec<Written>> {
    static READ: OnceLock<BTreeMap<String, Vec<Written>>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut written: BTreeMap<String, Vec<Written>> = BTreeMap::new();
        let versions = |sheet: Sheet| {
            let short = sheet.short;
            sheet.version.into_iter().map(move |version| version.in_full(&short))
        };
        for version in sheets().into_iter().flat_map(versions) {
            written.entry(version.rule.clone()).or_default().push(version);
        }
        written
    })
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
fn groups(entries: &[Entry<'_>], found: &mut Vec<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/law/groups.csv");
    let table = std::fs::read_to_string(path).expect("the table of groups");
    let mut written: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    let mut alone: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for line in table.lines().filter_map(|line| line.strip_prefix('+')) {
        let &[fact, groups, days] = &line.split(';').collect::<Vec<_>>()[..] else { panic!("{line}") };
        for (group, day) in groups.split(' ').flat_map(|group| days.split(' ').map(move |day| (group, day))) {
            alone.entry((group, day)).or_default().push(fact);
        }
    }
    for line in table.lines().filter(|line| !line.starts_with(['#', '+'])) {
        let cells: Vec<&str> = line.splitn(8, ';').collect();
        let &[group, codes, days, last, category, base, payers, place] = &cells[..] else { panic!("{line}") };
        assert!(!place.is_empty(), "{line} names no place");
        for day in days.split(' ') {
            let codes = codes.split(' ').collect::<Vec<_>>().join(", ");
            // Prepaid by people themselves: the day of payment; else each month (Decrees 146 art. 10, 188 art. 8).
            let base_date = if category >= "4" { "payment" } else { "each-month" };
            let alone = alone.remove(&(group, day)).unwrap_or_default().join(", ");
            let said = format!(
                "to {last}: category {category} of {base} on {base_date} by {payers}, codes {codes}, {alone}"
            );
            written.entry(group).or_default().insert(day.to_owned(), said);
        }
    }
    let mut recorded: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for entry in entries {
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
            let others: Vec<&str> =
                facts.keys().map(String::as_str).filter(|name| !OF_EVERY_GROUP.contains(name)).collect();
            let said = format!(
                "to {last}: category {} of {} on {} by {}, codes {}, {}",
                fact("category"),
                fact("basis"),
                fact("base-date"),
                payers.join(" "),
                fact("codes"),
                others.join(", ")
            );
            let first = version.rule.effective_from.to_string();
            recorded.entry(group).or_default().insert(first, said);
        }
    }
    found.extend(alone.keys().map(|known| format!("no such version: {known:?}")));
    for group in written.keys().chain(recorded.keys()).collect::<std::collections::BTreeSet<_>>() {
        if written.get(*group) != recorded.get(*group) {
            found.push(format!("{group}: {:#?}, expected {:#?}", recorded.get(*group), written.get(*group)));
        }
    }
}

/// Who may pay the premium of a group.
const PAYERS: &[&str] =
    &["employer", "person", "social-insurance-fund", "unemployment-fund", "state", "other", "payers"];

/// What every line of the table says; where it stands in a law is not held against it.
const OF_EVERY_GROUP: &[&str] = &[
    "category",
    "basis",
    "base-date",
    "codes",
    "item",
    "employer",
    "person",
    "social-insurance-fund",
    "unemployment-fund",
    "state",
    "other",
    "payers",
];

fn compare(entry: &Entry, written: &[Written], found: &mut Vec<String>) {
    let days = |days: Vec<String>| days.join(", ");
    let recorded =
        days(entry.versions.iter().map(|version| version.rule.effective_from.to_string()).collect());
    let expected = days(written.iter().map(|version| version.from.to_string()).collect());
    if recorded != expected {
        found.push(format!("{}: versions of {recorded}, expected {expected}", entry.rule));
    }
    // A version that came after its sheet leaves the others to be compared.
    for version in &entry.versions {
        let of_its_day =
            |written: &&Written| written.from.to_string() == version.rule.effective_from.to_string();
        let Some(written) = written.iter().find(of_its_day) else { continue };
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

/// The facts of a version that are law, not names; of what a list names in words, that it is named.
pub fn said(version: &EntryVersion) -> BTreeMap<String, String> {
    let law = |fact: &Fact| {
        if fact.path.ends_with("aliases") {
            return None;
        }
        let text = match &fact.value {
            FactValue::Money(amount) => amount.to_string(),
            FactValue::Share(share) => share.to_string(),
            FactValue::Count(count) => count.to_string(),
            FactValue::Name(name) => name.clone(),
            FactValue::Words(_) if fact.path.ends_with('*') || fact.path == "sources.*.name" => {
                "named".to_owned()
            }
            FactValue::Words(_) => return None,
        };
        Some((fact.name(), text))
    };
    version.facts().iter().filter_map(law).collect()
}

fn shown(facts: &BTreeMap<String, String>) -> String {
    facts.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join("; ")
}

/// `nd-146-2018 27.3`, and behind `=` the place in the amended law.
pub fn cited(cite: &Citation) -> String {
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
