//! Mọi dữ kiện của quy định: every field of every rule is compared, shown and has words in both languages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bhyt::workshop::{
    BUNDLED, BenefitRules, BundledFile, Source, compare, fact_words, read, version_changes,
};
use bhyt::{Rulebook, gather, load};
use chrono::NaiveDate;
use toml::{Table, Value};

use crate::program::bhyt;

/// Keys of an entry that say what it is called, not what the law says.
const NOT_LAW: &[&str] = &["id", "name-vi", "name-en"];

/// Keys at the top of a local file that say for whom its policies are.
const PACK_LAW: &[&str] =
    &["province", "province-aliases", "merged-into", "document-id", "territory", "replaces", "seen-in-force"];

#[test]
fn every_declared_family_has_a_bundled_file() {
    let families = Rulebook::FAMILIES.iter().chain(BenefitRules::FAMILIES);
    for family in families.filter(|family| !family.contains('/')) {
        let file = format!("rules/{}.toml", family.replace('-', "_"));
        assert!(BUNDLED.iter().any(|known| known.name == file), "{file} is not bundled");
    }
}

#[test]
fn every_field_of_every_rule_has_words() {
    let rules = Rulebook::bundled();
    let mut missing = BTreeSet::new();
    for entry in rules.entries() {
        for version in &entry.versions {
            let facts = version.facts();
            let mut names = BTreeSet::new();
            for fact in facts {
                assert!(names.insert(fact.name()), "{} has two facts {}", entry.rule, fact.name());
                let is_entry = fact.path.ends_with('*');
                if !is_entry && fact_words(&entry.header.id, &fact.path).is_none() {
                    missing.insert(format!("{}:{}", entry.header.id, fact.path));
                }
            }
        }
    }
    assert!(missing.is_empty(), "fields without words: {missing:#?}");
}

/// Changes each single fact of each rule file in a copy; the comparison must name the rule and show the difference.
#[test]
fn a_change_of_any_field_is_named_by_the_comparison() {
    let plain = Rulebook::bundled();
    let mut fields = 0;
    let mut missed = Vec::new();
    let mut visited = BTreeSet::new();
    let mut local_shapes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for BundledFile { name, text, .. } in BUNDLED {
        let table: Table = text.parse().expect("a rule file");
        let family = family_of(name, &table);
        let mut own_shapes = BTreeSet::new();
        // Files of one family of local packs are alike: a field that one of them tried is tried.
        let shapes = if family.contains('/') {
            local_shapes.entry(family.clone()).or_default()
        } else {
            &mut own_shapes
        };
        for (path, day) in law_values(&table, shapes) {
            fields += 1;
            visited.insert(family.clone());
            let Some(changed) = with_change(name, &table, &path) else {
                missed.push(format!("{name} {path:?}: no other value is accepted"));
                continue;
            };
            let changes = compare((&plain, day), (&changed, day));
            let shown = changes.iter().any(|change| !change.differing().is_empty());
            if !shown || version_changes(&plain, &changed).is_empty() {
                missed.push(format!("{name} {path:?} on {day}"));
            }
        }
    }
    assert!(missed.is_empty(), "{} of {fields} changes stay unseen: {missed:#?}", missed.len());
    assert!(fields > 200, "only {fields} fields were tried");
    let families =
        Rulebook::FAMILIES.iter().chain(BenefitRules::FAMILIES).filter(|family| **family != "benefit/*");
    let declared: BTreeSet<String> = families.map(|family| (*family).to_owned()).collect();
    assert_eq!(visited, declared, "families of which no field was tried, or that are not declared");
}

/// The family of a rule file, as it is declared.
fn family_of(name: &str, table: &Table) -> String {
    if name.contains("/local/") {
        return format!("local/{}", table.get("kind").and_then(Value::as_str).unwrap_or("premium-support"));
    }
    table["id"].as_str().expect("an id").to_owned()
}

/// A step on the way to a value of a rule file.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A key of a table.
    Key(String),
    /// A place in a list.
    At(usize),
}

/// Every single value of law in a file, with a day on which its version is in force. Of many entries of the same
/// shape only the first is tried.
fn law_values(table: &Table, shapes: &mut BTreeSet<String>) -> Vec<(Vec<Part>, NaiveDate)> {
    let mut found = Vec::new();
    let mut add = |path: &[Part], value: &Value, day: NaiveDate| {
        let mut leaves = Vec::new();
        walk(value, &mut path.to_vec(), &mut leaves);
        for leaf in leaves {
            let shape: Vec<&str> =
                leaf.iter().map(|part| if let Part::Key(key) = part { key } else { "#" }).collect();
            if shapes.insert(shape.join(".")) {
                found.push((leaf, day));
            }
        }
    };
    let versions_of = |owner: &Table, path: &[Part]| -> Vec<(Vec<Part>, Value, NaiveDate)> {
        let Some(Value::Array(versions)) = owner.get("version") else { return Vec::new() };
        versions
            .iter()
            .enumerate()
            .map(|(at, version)| {
                let day = version["effective-from"].as_datetime().expect("a date").date.expect("a date");
                let day = NaiveDate::from_ymd_opt(day.year.into(), day.month.into(), day.day.into())
                    .expect("a day");
                let mut path = path.to_vec();
                path.extend([Part::Key("version".into()), Part::At(at), Part::Key("value".into())]);
                (path, version["value"].clone(), day)
            })
            .collect()
    };
    let mut last = None;
    for (path, value, day) in versions_of(table, &[]) {
        last = Some(day);
        add(&path, &value, day);
    }
    for key in ["group", "policy", "rule", "kind", "place"] {
        let Some(Value::Array(entries)) = table.get(key) else { continue };
        for (at, entry) in entries.iter().enumerate() {
            let entry = entry.as_table().expect("an entry");
            let own = [Part::Key(key.into()), Part::At(at)];
            let versions = versions_of(entry, &own);
            let day = versions.last().expect("a version").2;
            last = last.or(Some(day));
            for (path, value, day) in versions {
                add(&path, &value, day);
            }
            for (name, value) in entry.iter().filter(|(name, _)| *name != "version") {
                if !NOT_LAW.contains(&name.as_str()) {
                    let mut path = own.to_vec();
                    path.push(Part::Key(name.clone()));
                    add(&path, value, day);
                }
            }
        }
    }
    // What a file says of itself is law from its last version on.
    if let Some(day) = last {
        for (name, value) in table.iter().filter(|(name, _)| PACK_LAW.contains(&name.as_str())) {
            add(&[Part::Key(name.clone())], value, day);
        }
    }
    found
}

fn walk(value: &Value, path: &mut Vec<Part>, leaves: &mut Vec<Vec<Part>>) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                path.push(Part::Key(key.clone()));
                walk(value, path, leaves);
                path.pop();
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                path.push(Part::At(at));
                walk(value, path, leaves);
                path.pop();
            }
        }
        _ => leaves.push(path.clone()),
    }
}

/// Fields that no bundled file sets where their type stands: file, table, and what they can say.
const UNSET: &[(&str, &str, &str)] = &[
    (
        "rules/direct_payment.toml",
        "version.#.value.rows.#",
        "border = ['common']\nclass = ['first']\nlocality = ['same-province']\nregistered-level = ['district']",
    ),
    ("rules/network_rates.toml", "version.#.value.rows.#", "case = ['full']"),
    (
        "rules/network_rates.toml",
        "version.#.value.unless-given",
        "care-level = 'basic'\ncase = 'full'\nclass = 'first'\nground = 'ordinary'\nroute = 'referred'\nstay = 'inpatient'",
    ),
    ("rules/enrollee_groups.toml", "group.#.version.#.value.payers.shared", "local = '10%'"),
    ("rules/local/gia-lai-nq-35-2025.toml", "policy.#", "base-date = 'payment'\nseen-in-force = 2020-01-01"),
];

/// What nobody has used yet is compared like the rest.
#[test]
fn a_field_that_no_file_sets_is_named_by_the_comparison() {
    let plain = Rulebook::bundled();
    let mut missed = Vec::new();
    for (name, shape, added) in UNSET {
        let file = BUNDLED.iter().find(|file| file.name == *name).expect("a bundled file");
        let table: Table = file.text.parse().expect("a rule file");
        let mut tables = Vec::new();
        tables_of(&Value::Table(table.clone()), &mut Vec::new(), shape, &mut tables);
        let own = tables.pop().unwrap_or_else(|| panic!("{name} has no {shape}"));
        for (key, value) in added.parse::<Table>().expect("TOML") {
            let path = [&own[..], &[Part::Key(key)]].concat();
            match accepted(name, &table, &path, vec![Some(value)], Vec::new()) {
                None => missed.push(format!("{name} {path:?}: the value is not accepted")),
                Some(changed) if version_changes(&plain, &changed).is_empty() => {
                    missed.push(format!("{name} {path:?}"));
                }
                Some(_) => {}
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

/// The tables of a shape, as paths.
fn tables_of(value: &Value, path: &mut Vec<Part>, shape: &str, found: &mut Vec<Vec<Part>>) {
    let own: Vec<&str> = path.iter().map(|part| if let Part::Key(key) = part { key } else { "#" }).collect();
    match value {
        Value::Table(_) if own.join(".") == shape => found.push(path.clone()),
        Value::Table(table) => {
            for (key, value) in table {
                path.push(Part::Key(key.clone()));
                tables_of(value, path, shape, found);
                path.pop();
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                path.push(Part::At(at));
                tables_of(value, path, shape, found);
                path.pop();
            }
        }
        _ => {}
    }
}

/// The rulebook with one value replaced by another that its type accepts, or taken out.
fn with_change(name: &str, table: &Table, path: &[Part]) -> Option<Rulebook> {
    let mut waiting: Vec<Option<Value>> = vec![None];
    waiting.extend(others(value_at(table, path)).into_iter().rev().map(Some));
    accepted(name, table, path, waiting, vec![Some(value_at(table, path).clone())])
}

/// The rulebook with the first of these values, the last tried first, or of those that a refusal names, that is accepted.
fn accepted(
    name: &str,
    table: &Table,
    path: &[Part],
    mut waiting: Vec<Option<Value>>,
    mut tried: Vec<Option<Value>>,
) -> Option<Rulebook> {
    while let Some(value) = waiting.pop() {
        if tried.contains(&value) {
            continue;
        }
        let mut changed = table.clone();
        set(&mut changed, path, value.clone());
        let text = toml::to_string(&changed).expect("a rule file");
        let mut sources = gather(None, &[]).expect("bundled sources");
        let own = sources.iter_mut().find(|source| source.name == *name).expect("a bundled file");
        *own = Source { text: text.into(), ..own.clone() };
        let (rulebook, problems) = read(&sources);
        if problems.is_empty() {
            return rulebook;
        }
        // A closed list names its members in its refusal.
        let details = problems.iter().flat_map(|problem| &problem.facts).map(|(_, detail)| detail);
        let members: Vec<String> = details
            .filter_map(|detail| detail.split_once("expected"))
            .flat_map(|(_, members)| members.split('`').skip(1).step_by(2).map(str::to_owned))
            .collect();
        for member in members {
            let with = |value: Value| Some(Value::Table(Table::from_iter([(member.clone(), value)])));
            let whole = Table::from_iter([("person".to_owned(), Value::String("100%".to_owned()))]);
            waiting.extend([with(Value::Table(whole)), with("7%".into()), with("household".into())]);
            waiting.push(Some(Value::String(member)));
        }
        tried.push(value);
    }
    None
}

/// The value at the end of a path.
pub fn value_at<'t>(table: &'t Table, path: &[Part]) -> &'t Value {
    let mut parts = path.iter();
    let Some(Part::Key(first)) = parts.next() else { unreachable!("a file is a table") };
    parts.fold(&table[first.as_str()], |value, part| match part {
        Part::Key(key) => &value[key.as_str()],
        Part::At(at) => &value[*at],
    })
}

/// Other values of the same kind.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::Integer(number) => vec![Value::Integer(number + 1)],
        Value::Boolean(flag) => vec![Value::Boolean(!flag)],
        Value::Datetime(_) => vec![Value::Datetime("2018-06-01".parse().expect("a date"))],
        Value::String(_) => {
            ["8%", "7%", "0.07", "02-03", "changed"].map(|text| Value::String(text.to_owned())).to_vec()
        }
        _ => Vec::new(),
    }
}

/// Replaces or removes a value.
pub fn set(table: &mut Table, path: &[Part], value: Option<Value>) {
    let (last, above) = path.split_last().expect("a path");
    let mut at = Value::Table(std::mem::take(table));
    let mut place = &mut at;
    for part in above {
        place = match part {
            Part::Key(key) => &mut place[key.as_str()],
            Part::At(at) => &mut place[*at],
        };
    }
    match (last, place, value) {
        (Part::Key(key), Value::Table(owner), Some(value)) => drop(owner.insert(key.clone(), value)),
        (Part::Key(key), Value::Table(owner), None) => drop(owner.remove(key)),
        (Part::At(at), Value::Array(items), Some(value)) => items[*at] = value,
        (Part::At(at), Value::Array(items), None) => drop(items.remove(*at)),
        _ => unreachable!("a path leads through tables and lists"),
    }
    if let Value::Table(changed) = at {
        *table = changed;
    }
}

/// The rules of the folder as a folder, and as it stands with one text changed.
fn folder_with(change: impl Fn(&str, String) -> String) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("local")).expect("a folder");
    for BundledFile { name, text, .. } in BUNDLED {
        let file = folder.path().join(Path::new(name).strip_prefix("rules").expect("in the folder rules"));
        std::fs::write(file, change(name, (*text).to_owned())).expect("a copy");
    }
    folder
}

#[test]
fn a_plain_copy_of_the_rules_is_neither_replaced_nor_a_scenario() {
    let folder = folder_with(|_, text| text);
    let rules = load(&gather(Some(folder.path()), &[]).expect("the copy")).rulebook.expect("accepted");
    assert_eq!(rules.identity().replaced, Vec::<String>::new());
    assert_eq!(rules.identity(), Rulebook::bundled().identity());
    assert!(
        rules.entries().iter().flat_map(|entry| &entry.versions).all(|version| version.rule.origin.is_none())
    );
}

#[test]
fn a_plain_copy_has_nothing_to_simulate() {
    let folder = folder_with(|_, text| text);
    let path = folder.path().to_str().expect("a path");
    let run = bhyt(&["simulate", "examples/population.csv", "--against", path, "--json", "-q"], "");
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let warnings = json["warnings"].as_array().expect("warnings");
    let said: Vec<&str> = warnings.iter().map(|said| said["code"].as_str().expect("a code")).collect();
    assert_eq!(said.iter().filter(|code| **code == "W0620").count(), 0, "{said:?}");
    assert!(said.contains(&"W0618"), "{said:?}");
}

/// 80 % of 5,000,000.07 đ are 4,000,000.056 đ: 4,000,000.06 as recorded, 4,000,000.05 when rounded down. Ten such
/// visits move 0.1 đ, and the rounding is what moves them.
#[test]
fn another_way_of_rounding_explains_what_it_moves() {
    let down = |name: &str, text: String| match name {
        "rules/claim_rounding.toml" => text.replace("half-away-from-zero", "down"),
        _ => text,
    };
    let folder = folder_with(down);
    let path = folder.path().to_str().expect("a path");
    let heading = "claim_id,group,visit_code,setting,discharged,hospital_cost,covered_cost\n";
    let visits = heading.to_owned() + &"V,DN,1.1,outpatient,2026-08-01,5000000.07,5000000.07\n".repeat(10);
    let run = bhyt(&["simulate", "-", "--against", path, "--json", "-q"], &visits);
    let json: serde_json::Value = serde_json::from_str(&run.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr));
    let steps = json["result"]["attribution"].as_array().expect("steps");
    let by_rule = steps.iter().find(|step| step["rule"] == "claim-rounding").expect("a step of the rounding");
    assert_eq!(by_rule["moved"]["fund_payment"], "-0.1", "{json}");
    let rest = steps.last().expect("the remainder");
    assert_eq!(
        (rest["kind"].as_str(), rest["moved"]["fund_payment"].as_str()),
        (Some("remainder"), Some("0"))
    );
    let warnings = json["warnings"].as_array().expect("warnings");
    assert!(warnings.iter().all(|said| said["code"] != "W0618" && said["code"] != "W0620"), "{warnings:?}");
}

#[test]
fn who_waits_for_a_card_is_part_of_the_comparison() {
    let text = |name: &str, text: String| {
        if name.ends_with("card_validity.toml") { text.replace("[4, 5]", "[5]") } else { text }
    };
    let folder = folder_with(text);
    let changed = load(&gather(Some(folder.path()), &[]).expect("the copy")).rulebook.expect("accepted");
    let day = NaiveDate::from_ymd_opt(2026, 8, 1).expect("a day");
    let changes = compare((&Rulebook::bundled(), day), (&changed, day));
    let rules: Vec<&str> = changes.iter().map(|change| change.rule.as_str()).collect();
    assert_eq!(rules, ["card-validity"]);
    assert_eq!(changed.identity().replaced.len(), 1);
}
