//! Đột biến: every one-step change of a fact of the rule files.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use toml::{Table, Value};

use crate::rule_fields::{Part, set, value_at};

/// Files that list texts and searches, not law.
const NO_LAW: &[&str] = &["documents", "known_gaps", "readings", "local_searches", "circumstances"];

/// Keys that name, cite and remark.
const NOT_LAW: &[&str] = &[
    "schema",
    "id",
    "dated-by",
    "checked-on",
    "verified-until",
    "cite",
    "status",
    "item",
    "by",
    "aliases",
    "province",
    "province-aliases",
    "merged-into",
    "document-id",
    "kind",
    "code",
    "means",
    "searched-on",
    "seen-in-force",
    "document",
    "reading",
];

/// Keys of the same kind by their ends.
const NOT_LAW_ENDS: &[&str] = &["-vi", "-en"];

/// Thay đổi: what is changed into what.
#[derive(Debug, Clone)]
pub struct Change {
    /// The rule file.
    pub file: &'static str,
    /// The way to the value.
    pub path: Vec<Part>,
    /// The other values, in the order in which they are tried until the loader accepts one; none takes it out.
    pub to: Vec<Option<Value>>,
    /// What kind of change this is.
    pub kind: &'static str,
}

impl Change {
    /// Name that stays while the file keeps its order: `base_salary version.3.value number+`.
    pub fn name(&self) -> String {
        let parts: Vec<String> = self
            .path
            .iter()
            .map(|part| match part {
                Part::Key(key) => key.clone(),
                Part::At(at) => at.to_string(),
            })
            .collect();
        let file = self.file.trim_start_matches("rules/").trim_end_matches(".toml");
        format!("{file} {} {}", parts.join("."), self.kind)
    }

    /// The file with one of its other values.
    pub fn applied(&self, table: &Table, to: &Option<Value>) -> String {
        let mut changed = table.clone();
        set(&mut changed, &self.path, to.clone());
        toml::to_string(&changed).expect("a rule file")
    }

    /// The rule that the value belongs to, as traces name it.
    pub fn rule(&self, table: &Table) -> String {
        let id = |table: &Table| table.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        let family = id(table);
        match &self.path[..] {
            [Part::Key(key), Part::At(_), _, ..] | [Part::Key(key), Part::At(_)] if key != "version" => {
                match value_at(table, &self.path[..2]) {
                    Value::Table(entry) => format!("{family}/{}", id(entry)),
                    _ => family,
                }
            }
            _ => family,
        }
    }
}

/// Every change of every bundled file.
pub fn all(files: &[(&'static str, Table)]) -> Vec<Change> {
    let law: Vec<&(&'static str, Table)> = files
        .iter()
        .filter(|(name, _)| !NO_LAW.iter().any(|stem| name.ends_with(&format!("/{stem}.toml"))))
        .collect();
    let mut words = Words::default();
    for (name, table) in &law {
        words.collect(family(name), &Value::Table(table.clone()), &mut Vec::new());
    }
    let mut changes = Vec::new();
    for (name, table) in law {
        let mut walker = Walker { file: name, words: &words, out: &mut changes };
        walker.table(table, &mut Vec::new());
    }
    changes
}

/// All local packs are one family.
fn family(name: &str) -> &str {
    if name.contains("/local/") { "local" } else { name }
}

/// Words that stand at the same place elsewhere.
#[derive(Default)]
struct Words {
    by_shape: BTreeMap<(String, String), BTreeSet<String>>,
    by_key: BTreeMap<String, BTreeSet<String>>,
}

impl Words {
    fn collect(&mut self, family: &str, value: &Value, path: &mut Vec<Part>) {
        match value {
            Value::Table(table) => {
                for (key, value) in table.iter().filter(|(key, _)| is_law(key)) {
                    path.push(Part::Key(key.clone()));
                    self.collect(family, value, path);
                    path.pop();
                }
            }
            Value::Array(items) => {
                for (at, value) in items.iter().enumerate() {
                    path.push(Part::At(at));
                    self.collect(family, value, path);
                    path.pop();
                }
            }
            Value::String(word) => {
                self.by_shape.entry((family.to_owned(), shape(path))).or_default().insert(word.clone());
                self.by_key.entry(last_key(path)).or_default().insert(word.clone());
            }
            _ => {}
        }
    }

    /// Others to try in its place: the next word of the same place first, then of the same key anywhere.
    fn others(&self, family: &str, path: &[Part], word: &str, beside: &[Value]) -> Vec<Option<Value>> {
        let pools = [self.by_shape.get(&(family.to_owned(), shape(path))), self.by_key.get(&last_key(path))];
        let mut found: Vec<String> = Vec::new();
        for pool in pools.into_iter().flatten() {
            let mut others: Vec<&String> = pool
                .iter()
                .filter(|other| *other != word && !beside.iter().any(|known| known.as_str() == Some(other)))
                .collect();
            // The following word first, so that every word has its own neighbour.
            others.sort_by_key(|other| (other.as_str() < word, (*other).clone()));
            found.extend(others.into_iter().cloned());
        }
        found.into_iter().take(8).map(|other| Some(Value::String(other))).collect()
    }
}

fn shape(path: &[Part]) -> String {
    let parts: Vec<&str> =
        path.iter().map(|part| if let Part::Key(key) = part { key } else { "#" }).collect();
    parts.join(".")
}

fn last_key(path: &[Part]) -> String {
    let keys =
        path.iter().rev().find_map(|part| if let Part::Key(key) = part { Some(key.clone()) } else { None });
    keys.unwrap_or_default()
}

fn is_law(key: &str) -> bool {
    !NOT_LAW.contains(&key) && !NOT_LAW_ENDS.iter().any(|end| key.ends_with(end))
}

struct Walker<'w> {
    file: &'static str,
    words: &'w Words,
    out: &'w mut Vec<Change>,
}

impl Walker<'_> {
    fn add(&mut self, path: &[Part], kind: &'static str, to: Vec<Option<Value>>) {
        self.out.push(Change { file: self.file, path: path.to_vec(), to, kind });
    }

    fn table(&mut self, table: &Table, path: &mut Vec<Part>) {
        for (key, value) in table.iter().filter(|(key, _)| is_law(key)) {
            path.push(Part::Key(key.clone()));
            let is_value = path.iter().any(|part| matches!(part, Part::Key(key) if key == "value"));
            if is_value && key != "value" {
                self.add(path, "dropped", vec![None]);
            }
            self.value(value, path, &[]);
            path.pop();
        }
    }

    fn value(&mut self, value: &Value, path: &mut Vec<Part>, beside: &[Value]) {
        match value {
            Value::Table(table) => self.table(table, path),
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    path.push(Part::At(at));
                    if items.len() > 1 || last_key(path) != "version" {
                        self.add(path, "removed", vec![None]);
                    }
                    self.value(item, path, items);
                    path.pop();
                }
            }
            Value::Integer(number) => {
                let step = step(*number);
                self.add(path, "number+", vec![Some(Value::Integer(number + step))]);
                self.add(path, "number-", vec![Some(Value::Integer(number - step))]);
            }
            Value::Boolean(flag) => self.add(path, "flipped", vec![Some(Value::Boolean(!flag))]),
            Value::Datetime(day) => {
                let day: NaiveDate = day.to_string().parse().expect("a day");
                let other = |day: Option<NaiveDate>| {
                    let text = day.expect("a day of the calendar").to_string();
                    vec![Some(Value::Datetime(text.parse().expect("a day")))]
                };
                self.add(path, "day+", other(day.checked_add_days(Days::new(1))));
                self.add(path, "day-", other(day.checked_sub_days(Days::new(1))));
            }
            Value::String(text) => match steps(text) {
                Some(steps) => {
                    for (kind, to) in steps {
                        self.add(path, kind, vec![Some(Value::String(to))]);
                    }
                }
                None => {
                    let others = self.words.others(family(self.file), path, text, beside);
                    if !others.is_empty() {
                        self.add(path, "word", others);
                    }
                }
            },
            Value::Float(_) => {}
        }
    }
}

/// One unit of the last digit that is written.
fn step(number: i64) -> i64 {
    let mut unit = 1;
    while number.abs() >= 1000 && number % (unit * 10) == 0 {
        unit *= 10;
    }
    unit
}

/// A percentage, fraction, decimal or day of the year one step up and down.
fn steps(text: &str) -> Option<Vec<(&'static str, String)>> {
    if let Some(number) = text.strip_suffix('%') {
        let moved = moved(
            number,
            number.split_once('.').map_or(0, |(_, tail)| tail.len()) as u32
                * u32::from(number.starts_with("0.")),
        )?;
        return Some(moved.into_iter().map(|(kind, number)| (kind, format!("{number}%"))).collect());
    }
    if let Some((above, below)) = text.split_once('/') {
        let (above, below): (u32, u32) = (above.parse().ok()?, below.parse().ok()?);
        let less = if above > 1 { above - 1 } else { above + 1 };
        return Some(vec![
            ("share", format!("{less}/{below}")),
            ("share of", format!("{above}/{}", below + 1)),
        ]);
    }
    if let Some((month, day)) = text.split_once('-').filter(|(month, day)| month.len() == 2 && day.len() == 2)
    {
        let day = NaiveDate::from_ymd_opt(2023, month.parse().ok()?, day.parse().ok()?)?;
        let written = |day: Option<NaiveDate>| day.map(|day| day.format("%m-%d").to_string());
        let around = [("day+", day.succ_opt()), ("day-", day.pred_opt())];
        return Some(around.into_iter().filter_map(|(kind, day)| Some((kind, written(day)?))).collect());
    }
    let decimals = text.split_once('.').map(|(_, tail)| tail.len())?;
    moved(text, u32::try_from(decimals).ok()?)
}

/// A number one unit of a decimal place up and down, never below zero.
fn moved(text: &str, place: u32) -> Option<Vec<(&'static str, String)>> {
    let number: rust_decimal::Decimal = text.parse().ok()?;
    let unit = rust_decimal::Decimal::new(1, place);
    let around = [("number+", number + unit), ("number-", number - unit)];
    Some(
        around
            .into_iter()
            .filter(|(_, number)| !number.is_sign_negative())
            .map(|(kind, number)| (kind, number.to_string()))
            .collect(),
    )
}
