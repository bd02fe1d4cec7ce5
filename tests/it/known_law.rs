//! Luật đã biết: the law as it was known on a day. What was worked out for a later day rests on it, and a new amount of that later day
//! changes neither the working nor the test.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};

use bhyt::workshop::{OtherLaw, Source};
use bhyt::{Rulebook, gather, load};
use chrono::{Datelike, NaiveDate};
use toml::{Table, Value};

use crate::program::{Run, bhyt, bhyt_with};

/// The day of the tests that carry none of their own: of the sheets in `tests/data/law`, and of runs about later days.
pub const WRITTEN: &str = "2026-11-27";

/// The bundled rules with these files in the place of those of their names.
fn law_of(files: &BTreeMap<PathBuf, Table>) -> OtherLaw {
    let mut sources = gather(None, &[]).expect("the bundled files");
    for (name, table) in files {
        let is_it = |source: &&mut Source| Path::new(&source.name) == Path::new("rules").join(name);
        let source = sources.iter_mut().find(is_it).expect("a bundled file");
        source.text = toml::to_string(table).expect("TOML again").into();
    }
    let loaded = load(&sources);
    let rules = loaded.rulebook.unwrap_or_else(|| panic!("refused: {:?}", loaded.diagnostics));
    OtherLaw { rules: Arc::new(rules), sources }
}

/// The law as it was known on a day; none where nothing came later, so that the bundled rules are it.
pub fn known_on(day: &str) -> Option<Arc<OtherLaw>> {
    static KNOWN: LazyLock<Mutex<BTreeMap<NaiveDate, Option<Arc<OtherLaw>>>>> = LazyLock::new(Mutex::default);
    let day = day_of(day).unwrap_or_else(|| panic!("{day} is no day"));
    let mut known = KNOWN.lock().expect("no test fails in here");
    let read = || {
        let files = without_later(recorded(), day);
        (!files.is_empty()).then(|| Arc::new(law_of(&files)))
    };
    known.entry(day).or_insert_with(read).clone()
}

/// Runs `bhyt` with the law as it was known when these tests were written, whatever came later.
pub fn bhyt_known(args: &[&str], stdin: &str) -> Run {
    known_on(WRITTEN).map_or_else(|| bhyt(args, stdin), |law| bhyt_with(&law, args, stdin))
}

/// The bundled rules, and a base salary that nobody set from the first January on of which nothing is known.
pub fn with_another_salary() -> OtherLaw {
    let mut files = recorded();
    let newest = signed(&files).into_values().chain(day_of(WRITTEN)).max().expect("days");
    let salary = files.remove(Path::new("base_salary.toml")).expect("the base salary");
    let versions = salary["version"].as_array().expect("versions");
    let last = versions.iter().filter_map(|version| day_of(&version["effective-from"].to_string())).max();
    let from = NaiveDate::from_ymd_opt(newest.max(last.expect("a day")).year() + 1, 1, 1).expect("a day");
    law_of(&BTreeMap::from([("base_salary.toml".into(), with_salary(salary, from, newest))]))
}

/// A base salary with one more version, as a decree signed on a day sets it.
fn with_salary(mut salary: Table, from: NaiveDate, signed: NaiveDate) -> Table {
    let added = format!(
        "[[document]]\nid = 'nd-made-up'\nnumber = '0/2099/NĐ-CP'\nkind = 'decree'\ntitle-vi = 'Lương cơ sở'\n\
         signed = {signed}\nread = 'not-read'\n\
         [[version]]\neffective-from = {from}\nstatus = 'unverified'\nnote-vi = 'thử'\nnote-en = 'made up'\n\
         cite = [{{ document = 'nd-made-up' }}]\nvalue = 2_700_000\n"
    );
    let added: Table = added.parse().expect("TOML");
    for (key, more) in added {
        let known = salary.entry(key).or_insert_with(|| Value::Array(Vec::new()));
        known.as_array_mut().expect("a list").extend(more.as_array().expect("a list").clone());
    }
    salary
}

fn day_of(text: &str) -> Option<NaiveDate> {
    text.trim_matches('"').parse().ok()
}

/// The rule files by their name below `rules/`.
fn recorded() -> BTreeMap<PathBuf, Table> {
    let read = |file: &bhyt::workshop::BundledFile| {
        let name = Path::new(file.name).strip_prefix("rules").expect("in the folder rules").to_owned();
        (name, file.text.parse().expect("a rule file"))
    };
    bhyt::workshop::BUNDLED.iter().map(read).collect()
}

/// When the documents were signed, by their id.
fn signed(files: &BTreeMap<PathBuf, Table>) -> BTreeMap<String, NaiveDate> {
    let documents = files.values().filter_map(|file| file.get("document")?.as_array()).flatten();
    documents
        .filter_map(|document| {
            let day = day_of(&document.get("signed")?.to_string())?;
            Some((document.get("id")?.as_str()?.to_owned(), day))
        })
        .collect()
}

/// The day on which the newest recorded document was signed.
pub fn last_signed() -> NaiveDate {
    static LAST: LazyLock<Option<NaiveDate>> = LazyLock::new(|| signed(&recorded()).into_values().max());
    LAST.expect("documents")
}

/// The files that hold something of which nothing was known on the day, without it.
fn without_later(files: BTreeMap<PathBuf, Table>, day: NaiveDate) -> BTreeMap<PathBuf, Table> {
    let signed = signed(&files);
    let mut changed = BTreeMap::new();
    for (name, table) in files {
        let mut first = None;
        let mut file = Value::Table(table);
        forget(&mut file, day, &signed, &mut first);
        let (Some(first), Value::Table(mut table)) = (first, file) else { continue };
        // What was checked then ended no later than where the unknown begins.
        if let Some(until) = table.get_mut("verified-until")
            && day_of(&until.to_string()).is_some_and(|until| until >= first)
        {
            let last = first.pred_opt().expect("a day").to_string();
            *until = Value::Datetime(last.parse().expect("a day"));
        }
        changed.insert(name, table);
    }
    changed
}

/// Takes out of every list the entries that begin after a day and rest on a document signed after it, or on nobody knows what day,
/// and what has no version left; notes the first day of what was taken out.
fn forget(
    value: &mut Value,
    day: NaiveDate,
    signed: &BTreeMap<String, NaiveDate>,
    first: &mut Option<NaiveDate>,
) {
    let Value::Table(table) = value else { return };
    let keys: Vec<String> = table.keys().cloned().collect();
    for key in keys {
        let Some(Value::Array(entries)) = table.get_mut(&key) else { continue };
        let had_entries = !entries.is_empty();
        entries.retain_mut(|entry| {
            if let Some(from) = begins_later(entry, day, signed) {
                *first = Some(first.map_or(from, |first: NaiveDate| first.min(from)));
                return false;
            }
            let had_versions = entry.get("version").is_some();
            forget(entry, day, signed, first);
            !had_versions || entry.get("version").is_some()
        });
        if had_entries && entries.is_empty() {
            table.remove(&key);
        }
    }
}

/// The first day of an entry of which nothing was known on the day.
fn begins_later(entry: &Value, day: NaiveDate, signed: &BTreeMap<String, NaiveDate>) -> Option<NaiveDate> {
    let from = day_of(&entry.get("effective-from")?.to_string()).filter(|from| *from > day)?;
    let cites = entry.get("cite")?.as_array()?;
    let is_later = |id: &str| signed.get(id).is_none_or(|signed| *signed > day);
    cites.iter().filter_map(|cite| cite.get("document")?.as_str()).any(is_later).then_some(from)
}

#[test]
fn what_came_later_is_forgotten_and_nothing_else() {
    let day = |text: &str| day_of(text).expect("a day");
    let salaries = |files: &BTreeMap<PathBuf, Table>| -> Vec<i64> {
        let versions = files[Path::new("base_salary.toml")]["version"].as_array().expect("versions");
        versions.iter().filter_map(|version| version["value"].as_integer()).collect()
    };
    // The rules as they were when this was written: what came later changes nothing here.
    let mut written = recorded();
    written.extend(without_later(recorded(), day(WRITTEN)));

    // NĐ 161/2026 was signed on 2026-05-15; its amount begins on 2026-07-01.
    let now = salaries(&written);
    let before = without_later(written.clone(), day("2026-05-14"));
    assert_eq!(salaries(&before), now[..now.len() - 1]);
    assert_eq!(before[Path::new("base_salary.toml")]["verified-until"].to_string(), "2026-06-30");
    assert!(!without_later(written.clone(), day("2026-05-15")).contains_key(Path::new("base_salary.toml")));

    // One more amount is forgotten again, on the day before it was signed and on no other.
    let mut files = written;
    let salary = files.remove(Path::new("base_salary.toml")).expect("the base salary");
    files.insert("base_salary.toml".into(), with_salary(salary, day("2031-01-01"), day("2030-11-20")));
    assert_eq!(salaries(&files).len(), now.len() + 1);
    assert_eq!(salaries(&without_later(files.clone(), day("2030-11-19"))), now);
    assert!(without_later(files.clone(), day("2030-11-20")).is_empty());

    // A resolution of which nothing was known leaves a file without policies, which is accepted; it supports nobody.
    let (name, table) = files.iter().find(|(name, _)| name.starts_with("local")).expect("a resolution");
    let dated = ["effective-from", "effective-until", "signed"];
    let text = toml::to_string(table).expect("TOML");
    let text =
        dated.iter().fold(text, |text, key| text.replace(&format!("{key} = 20"), &format!("{key} = 21")));
    let later: Table = text.parse().expect("TOML");
    assert_ne!(&later, table);
    let without = without_later(BTreeMap::from([(name.clone(), later)]), day("2030-11-20"));
    assert!(!without[name].contains_key("policy"), "{:#?}", without[name]);
    let plain = law_of(&without);
    assert!(plain.rules.policies().count() < Rulebook::bundled().policies().count());
}
