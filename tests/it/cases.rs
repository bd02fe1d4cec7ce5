//! Data-driven cases: one file a sentence of the law, each naming the source of what it expects.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bhyt::workshop::{EntryVersion, OtherLaw, benefit};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value as Json;

use crate::known_law::{known_on, with_another_salary};
use crate::program::{Run, bhyt, bhyt_with};

/// A sentence of the law with its cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CaseFile {
    /// Where its expectations come from.
    pub source: String,
    /// Rule families whose effective dates these cases stand around.
    #[serde(default)]
    families: Vec<String>,
    /// First days of a text that leaves the amounts of this file as they were.
    #[serde(default)]
    unchanged: Vec<toml::value::Datetime>,
    working: Option<String>,
    /// The day of writing, where cases reach into days of which the law was not known yet: what came later does not count here.
    known_until: Option<toml::value::Datetime>,
    /// The cases.
    pub case: Vec<Case>,
}

/// One run and what it must say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    name: String,
    /// The command line without `--json`.
    pub args: Vec<String>,
    /// What stands on standard input.
    pub stdin: Option<String>,
    /// Tables by name; an argument that is the name of one becomes its path.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// The exit code.
    #[serde(default)]
    pub exit: u8,
    /// Values by path.
    #[serde(default)]
    pub expect: BTreeMap<String, toml::Value>,
    /// Elements of lists by path.
    #[serde(default)]
    pub contains: BTreeMap<String, toml::Value>,
    #[serde(default)]
    absent: Absent,
}

impl Case {
    /// True when a day stands anywhere in what is asked.
    fn names(&self, day: &str) -> bool {
        let texts = self.args.iter().chain(&self.stdin).chain(self.files.values());
        texts.into_iter().any(|text| text.contains(day))
    }

    /// True when another case expects something else at the same place.
    fn differs_from(&self, other: &Case) -> bool {
        let differs = |(path, value): (&String, &toml::Value)| {
            other.expect.get(path).is_some_and(|other| other != value)
        };
        self.exit != other.exit || self.expect.iter().any(differs)
    }

    fn shares_a_path_with(&self, other: &Case) -> bool {
        self.expect.keys().any(|path| other.expect.contains_key(path))
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Absent {
    paths: Vec<String>,
}

impl CaseFile {
    /// The rules as they were known when the file was written; none where that is all of them.
    fn known(&self) -> Option<Arc<OtherLaw>> {
        known_on(&self.known_until.as_ref()?.to_string())
    }

    /// Whether the cases hold whatever the amounts of days will be of which nothing is known yet.
    pub fn is_lasting(&self) -> bool {
        self.known_until.is_none()
    }

    /// The cases that say the law of today: all of them, but for those that later documents changed.
    pub fn of_today(&self) -> impl Iterator<Item = (usize, &Case)> {
        let is_older = self.known().is_some();
        (1..).zip(&self.case).filter(move |(_, case)| !is_older || problems(case, None).is_empty())
    }
}

/// A new base salary touches its rule file and the case about it: every other case that would change says with
/// `known-until` when it was written.
#[test]
fn a_new_base_salary_breaks_no_case() {
    let law = with_another_salary();
    let (mut broken, mut count) = (BTreeMap::new(), 0);
    for topic in TOPICS {
        for (name, file) in named_case_files(topic).into_iter().filter(|(_, file)| file.is_lasting()) {
            // Fifteen months are the longest that is paid for ahead.
            for case in file.case.iter().filter(|case| case.names_a_year_from(LAST_OF_PAST)) {
                count += 1;
                let found = problems(case, Some(&law));
                if !found.is_empty() {
                    broken.entry(format!("{topic}/{name}")).or_insert(found);
                }
            }
        }
    }
    assert!(count > 1_000, "only {count} cases were asked");
    assert!(broken.is_empty(), "`known-until = (the day of writing)` is missing: {broken:#?}");
}

/// No case that names no year from this one on reaches into days of which nothing is known.
const LAST_OF_PAST: u16 = 2025;

/// The folders of cases, each a part of the program.
const TOPICS: &[&str] =
    &["quote", "subsidy", "late", "ledger", "coverage", "balance", "refund", "claim", "transport", "fund"];

impl Case {
    fn names_a_year_from(&self, first: u16) -> bool {
        let texts = self.args.iter().chain(&self.stdin).chain(self.files.values());
        let numbers = |text: &'_ String| -> bool {
            let words = text.split(|sign: char| !sign.is_ascii_digit());
            words
                .filter(|word| word.len() == 4)
                .filter_map(|word| word.parse::<u16>().ok())
                .any(|year| year >= first)
        };
        texts.into_iter().any(numbers)
    }
}

#[test]
fn quote_cases() {
    run_topic("quote", 1032);
}

#[test]
fn subsidy_cases() {
    run_topic("subsidy", 128);
}

#[test]
fn late_payment_cases() {
    run_topic("late", 10);
}

#[test]
fn ledger_cases() {
    run_topic("ledger", 50);
}

#[test]
fn coverage_cases() {
    run_topic("coverage", 90);
}

#[test]
fn balance_cases() {
    run_topic("balance", 40);
}

#[test]
fn refund_cases() {
    run_topic("refund", 10);
}

/// Every first day of a national rule version of the contribution side, and every day after a last one, is tried on the
/// day before, of and after.
#[test]
fn every_effective_date_has_cases_around_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases");
    let text: String = ["quote", "late", "refund"]
        .iter()
        .flat_map(|topic| toml_files(&root.join(topic)))
        .map(|path| std::fs::read_to_string(path).expect("a readable case file"))
        .collect();
    let rules = bhyt::Rulebook::bundled();
    let mut missing = Vec::new();
    for entry in rules.entries().iter().filter(|entry| is_of_contributions(&entry.header.id)) {
        for version in &entry.versions {
            let after_last = version.rule.effective_until.and_then(|last| last.succ_opt());
            for change in std::iter::once(version.rule.effective_from).chain(after_last) {
                for day in [change.pred_opt(), Some(change), change.succ_opt()].into_iter().flatten() {
                    if !text.contains(&day.to_string()) {
                        missing.push(format!("{}: {day}", entry.rule));
                    }
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// What comes out differs between the day before a change of the contribution side and the day itself, in some file, or
/// the file says that the amounts stay and shows them on both.
#[test]
fn every_change_shows_in_amounts_or_is_said_to_change_none() {
    let files: Vec<(String, CaseFile)> =
        ["quote", "late", "refund"].into_iter().flat_map(named_case_files).collect();
    let rules = bhyt::Rulebook::bundled();
    let entries = rules.entries();
    let versions = entries
        .iter()
        .filter(|entry| is_of_contributions(&entry.header.id))
        .flat_map(|entry| &entry.versions);
    let after_last = |version: &EntryVersion| version.rule.effective_until.and_then(|last| last.succ_opt());
    let changes: BTreeSet<NaiveDate> = versions
        .flat_map(|version| std::iter::once(version.rule.effective_from).chain(after_last(version)))
        .collect();
    let said = |file: &CaseFile, day: &str| file.unchanged.iter().any(|known| known.to_string() == day);
    let mut missing = Vec::new();
    for day in &changes {
        let (before, day) = (day.pred_opt().expect("a day").to_string(), day.to_string());
        let shown = files.iter().any(|(_, file)| {
            let on = |day: &str| file.case.iter().filter(|case| case.names(day)).collect::<Vec<_>>();
            let (earlier, later) = (on(&before), on(&day));
            let mut pairs = earlier.iter().flat_map(|old| later.iter().map(move |new| (old, new)));
            if said(file, &day) {
                pairs.any(|(old, new)| !old.differs_from(new) && old.shares_a_path_with(new))
            } else {
                pairs.any(|(old, new)| old.differs_from(new))
            }
        });
        if !shown {
            missing.push(day);
        }
    }
    assert!(missing.is_empty(), "nothing shows what changes, or that nothing does, on {missing:#?}");
    let stale =
        files.iter().flat_map(|(name, file)| file.unchanged.iter().map(move |day| (name, day.to_string())));
    let stale: Vec<_> =
        stale.filter(|(_, day)| !changes.iter().any(|known| known.to_string() == *day)).collect();
    assert!(stale.is_empty(), "no text changes on {stale:#?}");
}

/// Families that answer every day from their first on, whatever the group.
pub const UNIVERSAL_FAMILIES: &[&str] = &[
    "base-salary",
    "reference-level",
    "premium-rates",
    "salary-cap",
    "household-ladder",
    "payment-cycles",
    "card-validity",
    "school-calendar",
    "late-payment",
    "refund-cases",
    "premium-rounding",
];

/// What `quote`, `late` and `refund` rest on besides.
const PARTICULAR_FAMILIES: &[&str] =
    &["enrollee-groups", "state-subsidy", "special-months", "concurrent-contracts", "category-priority"];

fn is_of_contributions(family: &str) -> bool {
    UNIVERSAL_FAMILIES.iter().chain(PARTICULAR_FAMILIES).any(|known| *known == family)
}

#[test]
fn claim_cases() {
    run_topic("claim", 700);
}

#[test]
fn transport_cases() {
    run_topic("transport", 90);
}

#[test]
fn fund_cases() {
    run_topic("fund", 60);
}

/// Every first day of a rule version of the benefit side, and every day after a last one, is tried on the day before,
/// of and after, by cases that name the family they are about.
#[test]
fn every_effective_date_of_the_benefit_side_has_cases_around_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases");
    let mut days_of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in ["claim", "transport", "fund"].iter().flat_map(|topic| toml_files(&root.join(topic))) {
        let text = std::fs::read_to_string(&path).expect("a readable case file");
        let file: CaseFile =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for family in file.families {
            days_of.entry(family).or_default().extend(file.case.iter().filter_map(governing_day));
        }
    }
    let rules = bhyt::Rulebook::bundled();
    let mut missing = Vec::new();
    for entry in benefit(&rules).entries() {
        let tried = days_of.remove(&entry.header.id).unwrap_or_default();
        for version in &entry.versions {
            let after_last = version.rule.effective_until.and_then(|last| last.succ_opt());
            for change in std::iter::once(version.rule.effective_from).chain(after_last) {
                for day in [change.pred_opt(), Some(change), change.succ_opt()].into_iter().flatten() {
                    if !tried.contains(&day.to_string()) {
                        missing.push(format!("{}: {day}", entry.rule));
                    }
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(days_of.is_empty(), "no such families: {days_of:#?}");
}

/// The day that picks the rules: the discharge of a visit, `--date` of the rest.
fn governing_day(case: &Case) -> Option<String> {
    let by_flag = case.args.iter().skip_while(|arg| *arg != "--date").nth(1).cloned();
    let visit = case.stdin.as_deref().unwrap_or_default();
    let discharged = visit.lines().find_map(|line| line.strip_prefix("discharged = "));
    by_flag.or_else(|| discharged.map(|day| day.trim_matches('"').chars().take(10).collect()))
}

/// Runs every case of a topic and reports all failures together.
pub fn run_topic(topic: &str, at_least: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases").join(topic);
    let mut count = 0;
    let mut failures = Vec::new();
    for path in toml_files(&folder) {
        let text = std::fs::read_to_string(&path).expect("a readable case file");
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let file: CaseFile =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(!file.source.trim().is_empty(), "{name} names no source");
        assert!(
            file.working.as_ref().is_none_or(|working| !working.trim().is_empty()),
            "{name}: empty working"
        );
        let known = file.known();
        for case in &file.case {
            count += 1;
            failures.extend(
                problems(case, known.as_deref())
                    .into_iter()
                    .map(|problem| format!("{name} / {}: {problem}", case.name)),
            );
        }
    }
    println!("{topic}: {count} cases");
    assert!(count >= at_least, "only {count} cases for {topic}");
    assert!(failures.is_empty(), "{} of {count} cases:\n{}", failures.len(), failures.join("\n"));
}

/// All case files of a topic, by name.
pub fn named_case_files(topic: &str) -> Vec<(String, CaseFile)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases").join(topic);
    let name = |path: &Path| path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let paths = toml_files(&folder);
    paths.iter().map(|path| name(path)).zip(case_files(topic)).collect()
}

/// All case files of a topic.
pub fn case_files(topic: &str) -> Vec<CaseFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases").join(topic);
    let read = |path: PathBuf| toml::from_str(&std::fs::read_to_string(path).expect("a readable case file"));
    toml_files(&folder).into_iter().map(|path| read(path).expect("a case file")).collect()
}

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let listing = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = listing.map(|entry| entry.expect("a folder entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    paths
}

/// What is wrong with the answer to a case, under these rules or the bundled ones.
fn problems(case: &Case, law: Option<&OtherLaw>) -> Vec<String> {
    let ask = |args: &[&str], stdin: &str| match law {
        Some(law) => bhyt_with(law, args, stdin),
        None => bhyt(args, stdin),
    };
    differing(case, &answer(case, ask))
}

/// What a program answers to a case.
pub fn answer(case: &Case, program: impl FnOnce(&[&str], &str) -> Run) -> Run {
    let folder = (!case.files.is_empty()).then(|| tempfile::tempdir().expect("a folder"));
    let path = |name: &String| {
        let folder = folder.as_ref().expect("a folder");
        folder.path().join(name).to_str().expect("a path").to_owned()
    };
    for (name, text) in &case.files {
        std::fs::write(path(name), text.trim_start()).expect("a table");
    }
    let placed = |arg: &String| if case.files.contains_key(arg) { path(arg) } else { arg.clone() };
    let placed: Vec<String> = case.args.iter().map(placed).collect();
    let mut args: Vec<&str> = placed.iter().map(String::as_str).collect();
    args.push("--json");
    program(&args, case.stdin.as_deref().unwrap_or_default())
}

/// Where an answer differs from what the case expects.
pub fn differing(case: &Case, run: &Run) -> Vec<String> {
    if run.code != case.exit {
        return vec![format!(
            "exit {} instead of {}: {}{}",
            run.code,
            case.exit,
            run.stderr,
            error_of(&run.stdout)
        )];
    }
    let json: Json = match serde_json::from_str(&run.stdout) {
        Ok(json) => json,
        Err(error) => return vec![format!("no JSON: {error}")],
    };
    let mut problems = Vec::new();
    for (path, expected) in &case.expect {
        let found = look_up(&json, path);
        if !found.as_ref().is_some_and(|found| same(found, expected)) {
            problems.push(format!("{path} is {}, expected {expected}", found.unwrap_or(Json::Null)));
        }
    }
    for (path, expected) in &case.contains {
        let found = look_up(&json, path);
        let holds = found
            .as_ref()
            .and_then(Json::as_array)
            .is_some_and(|items| items.iter().any(|item| covers(item, expected)));
        if !holds {
            problems.push(format!("{path} holds nothing like {expected}"));
        }
    }
    for path in &case.absent.paths {
        if let Some(found) = look_up(&json, path).filter(|found| !found.is_null()) {
            problems.push(format!("{path} is {found}, expected nothing"));
        }
    }
    problems
}

fn error_of(stdout: &str) -> String {
    let json: Option<Json> = serde_json::from_str(stdout).ok();
    json.and_then(|json| json.get("error").map(ToString::to_string)).unwrap_or_default()
}

/// A dotted path; `shares[state]` is what that payer bears, 0 when it is not listed.
fn look_up(json: &Json, path: &str) -> Option<Json> {
    let mut at = json.clone();
    for part in path.split('.') {
        if let Some(payer) = part.strip_prefix("shares[").and_then(|rest| rest.strip_suffix(']')) {
            let shares = at.get("shares")?.as_array()?.clone();
            let sum: i64 = shares
                .iter()
                .filter(|share| share["payer"] == payer)
                .filter_map(|share| share["amount"].as_i64())
                .sum();
            at = Json::from(sum);
        } else if let Ok(index) = part.parse::<usize>() {
            at = at.get(index)?.clone();
        } else {
            at = at.get(part)?.clone();
        }
    }
    Some(at)
}

fn covers(item: &Json, expected: &toml::Value) -> bool {
    match expected {
        toml::Value::Table(table) => {
            table.iter().all(|(key, value)| item.get(key).is_some_and(|found| same(found, value)))
        }
        other => same(item, other),
    }
}

/// Amounts compare as numbers whether JSON carries them as integers or as texts.
fn same(found: &Json, expected: &toml::Value) -> bool {
    match (found, expected) {
        (Json::Number(number), toml::Value::Integer(expected)) => number.as_i64() == Some(*expected),
        (Json::String(text), toml::Value::Integer(expected)) => text.parse() == Ok(*expected),
        (Json::String(text), toml::Value::String(expected)) => {
            let number = |text: &str| rust_decimal::Decimal::from_str_exact(text).ok();
            text == expected || (number(text).is_some() && number(text) == number(expected))
        }
        (Json::Number(number), toml::Value::String(expected)) => number.to_string() == *expected,
        (Json::Bool(flag), toml::Value::Boolean(expected)) => flag == expected,
        (Json::String(text), toml::Value::Datetime(expected)) => *text == expected.to_string(),
        (Json::Array(items), toml::Value::Array(expected)) => {
            items.len() == expected.len()
                && items.iter().zip(expected).all(|(item, expected)| same(item, expected))
        }
        _ => false,
    }
}
