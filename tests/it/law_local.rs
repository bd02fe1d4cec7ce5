//! Nghị quyết địa phương chép tay: what each resolution of a province gives, to whom and when (tests/data/law/local.csv),
//! against the packs that the program reads.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bhyt::workshop::{BUNDLED, Entry};

use crate::law::{cited, said};

/// Facts that say where a text was found, not what it says.
const NOT_LAW: &[&str] = &["province", "document-id", "seen-in-force", "policy-seen-in-force", "reading-id"];

/// Words of the table for groups.
const GROUPS: &[(&str, &str)] = &[
    ("CN", "near-poor"),
    ("NDC", "multidimensional-poor"),
    ("GD", "household, individual"),
    ("GB", "average-income-farm-household"),
    ("HS", "pupil, student"),
    ("EMX", "ethnic-minority-former-difficult"),
];

/// What a policy says from a first to a last day.
type Lines = BTreeSet<String>;

/// Where packs say something else than the table.
pub fn differences(entries: &[Entry<'_>], asked: impl Fn(&str) -> bool) -> Vec<String> {
    let packs: Vec<&str> = BUNDLED
        .iter()
        .filter_map(|file| file.name.strip_prefix("rules/local/")?.strip_suffix(".toml"))
        .filter(|pack| asked(pack))
        .collect();
    if packs.is_empty() {
        return Vec::new();
    }
    let mut written: BTreeMap<String, Lines> = BTreeMap::new();
    read(|pack, policy, line| {
        written.entry(format!("{pack}/{policy}")).or_default().insert(line);
    });
    let mut recorded: BTreeMap<String, Lines> = BTreeMap::new();
    for entry in entries {
        // The help of a province with the patient's part is a rule of another shape, on a sheet of its own.
        let of_pack = entry.rule.split_once('/').is_some_and(|(family, _)| packs.contains(&family));
        if of_pack {
            recorded.insert(entry.rule.to_owned(), of_rules(entry));
        }
    }
    written.retain(|rule, _| packs.iter().any(|pack| rule.split('/').next() == Some(pack)));
    let rules: BTreeSet<&String> = written.keys().chain(recorded.keys()).collect();
    let differing = rules.into_iter().filter(|rule| written.get(*rule) != recorded.get(*rule));
    differing
        .map(|rule| format!("{rule}: {:#?}, expected {:#?}", recorded.get(rule), written.get(rule)))
        .collect()
}

/// What the program reads of a policy, a line for each version.
fn of_rules(entry: &Entry<'_>) -> Lines {
    let lines = entry.versions.iter().map(|version| {
        let mut facts = said(version);
        let document = facts.get("document-id").cloned().unwrap_or_default();
        let cites: Vec<String> =
            version.rule.cites.iter().map(cited).filter(|cite| *cite != document).collect();
        NOT_LAW.iter().for_each(|name| drop(facts.remove(*name)));
        let last = version.rule.effective_until.map(|day| day.to_string()).unwrap_or_default();
        line(&version.rule.effective_from.to_string(), &last, &facts) + &cites.join(", ")
    });
    lines.collect()
}

fn line(first: &str, last: &str, facts: &BTreeMap<String, String>) -> String {
    let facts: Vec<String> = facts.iter().map(|(name, value)| format!("{name} {value}")).collect();
    format!("{first} to {last}: {}", facts.join("; "))
}

/// The table, policy by policy.
fn read(mut add: impl FnMut(&str, &str, String)) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/law/local.csv");
    let table = std::fs::read_to_string(path).expect("the table of resolutions");
    let (mut pack, mut of_pack) = ("", BTreeMap::new());
    for row in table.lines().filter(|row| !row.starts_with('#')) {
        let cells: Vec<&str> = row.split(';').collect();
        match cells[..] {
            [name, territory, ends] => {
                pack = name.strip_prefix('@').expect("a file begins with @");
                of_pack = facts_of_pack(territory, ends);
            }
            [policy, first, last, groups, support, conditions] => {
                let mut facts = of_pack.clone();
                facts.insert("groups".to_owned(), groups_in_full(groups));
                let support = if support == "unrecorded" { "support unrecorded" } else { support };
                for part in support.split(", ").chain(conditions.split(", ")).filter(|part| !part.is_empty())
                {
                    add_fact(&mut facts, part);
                }
                add(pack, policy, line(first, last, &facts));
            }
            _ => panic!("{row}"),
        }
    }
}

/// `name value`: the name is all but the last word, of a window only the first.
fn add_fact(facts: &mut BTreeMap<String, String>, part: &str) {
    let split = if part.starts_with("within ") { part.split_once(' ') } else { part.rsplit_once(' ') };
    let (name, value) = split.expect("a name and a value");
    let value = value.replace('|', ", ");
    let own = facts.entry(name.to_owned()).or_default();
    // What holds for the whole file stands behind what a policy presumes of its own.
    *own = if own.is_empty() { value } else { format!("{value}, {own}") };
}

fn facts_of_pack(territory: &str, ends: &str) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    if territory == "former" {
        facts.insert("territory".to_owned(), "former".to_owned());
        facts.insert("presumed".to_owned(), "former-territory".to_owned());
    }
    for end in ends.split(", ").filter(|end| !end.is_empty()) {
        let mut words = end.splitn(3, ' ');
        let (document, day) = (words.next().expect("a document"), words.next().expect("a day"));
        facts.insert(format!("{document}-from"), day.to_owned());
        if let Some(policies) = words.next() {
            facts.insert(document.to_owned(), policies.to_owned());
        }
    }
    facts
}

fn groups_in_full(groups: &str) -> String {
    let full =
        |word: &str| GROUPS.iter().find(|(short, _)| *short == word).map(|(_, full)| (*full).to_owned());
    groups
        .split(", ")
        .map(|word| full(word).unwrap_or_else(|| word.to_owned()))
        .collect::<Vec<_>>()
        .join(", ")
}
