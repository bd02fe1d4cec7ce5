//! Ai nhận ra: what was worked by hand and could notice a change of a rule, and whether it does.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use bhyt::workshop::{Program, Source, version_changes};
use bhyt::{Rulebook, gather, load};
use serde_json::Value as Json;
use toml::Table;

use super::change::Change;
use crate::cases::{Case, answer, case_files, differing};
use crate::program::{Run, answer_of};

/// Cases that say amounts and rules.
const TOPICS: &[&str] =
    &["quote", "subsidy", "claim", "transport", "fund", "refund", "late", "ledger", "coverage", "balance"];

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// The loader does not accept it.
    Refused,
    /// The rules say the same, written otherwise.
    Same,
    /// What was transcribed from the law says otherwise.
    Transcribed,
    /// A case worked by hand has another result.
    Worked,
    /// A table worked by hand has another result.
    Tabled,
    /// The loader gives up instead of refusing it.
    Panicked,
    /// Nothing worked by hand noticed.
    Unnoticed,
}

thread_local! {
    /// The command line, built once a thread.
    static PROGRAM: RefCell<Program> = RefCell::new(Program::default());
}

/// All cases, and which rules the answer to each rests on.
pub struct Cases {
    all: Vec<Case>,
    rests_on: Vec<BTreeSet<String>>,
}

impl Cases {
    /// Every case, and what the program, with the rules as they are, says that it rests on; asked once.
    pub fn read() -> &'static Cases {
        static READ: OnceLock<Cases> = OnceLock::new();
        READ.get_or_init(Cases::ask)
    }

    fn ask() -> Cases {
        let rules = Rulebook::bundled();
        let all: Vec<Case> =
            TOPICS.iter().flat_map(|topic| case_files(topic)).flat_map(|file| file.case).collect();
        let answers = super::side_by_side(&all, |case| {
            let run = ask(case, &rules);
            let mut found = BTreeSet::new();
            collect_rules(&serde_json::from_str(&run.stdout).unwrap_or_default(), &mut found);
            // What rests on the law as it was once known says nothing about the one of today.
            differing(case, &run).is_empty().then_some(found)
        });
        let known = all.into_iter().zip(answers).filter_map(|(case, rests_on)| Some((case, rests_on?)));
        let (all, rests_on) = known.unzip();
        Cases { all, rests_on }
    }

    /// The cases that could notice a change of this rule: what rests on it first, then what rests on its family.
    pub fn for_rule(&self, rule: &str) -> Vec<&Case> {
        let family = rule.split('/').next().unwrap_or(rule);
        let kin = |known: &String| known.split('/').next() == Some(family);
        let mut order: Vec<(bool, usize)> = (0..self.all.len())
            .filter(|&at| self.rests_on[at].iter().any(kin))
            .map(|at| (!self.rests_on[at].contains(rule), at))
            .collect();
        order.sort_unstable();
        order.into_iter().map(|(_, at)| &self.all[at]).collect()
    }

    /// Every case.
    pub fn all(&self) -> Vec<&Case> {
        self.all.iter().collect()
    }
}

/// The answer to a case.
fn ask(case: &Case, rules: &Arc<Rulebook>) -> Run {
    PROGRAM.with_borrow_mut(|program| answer(case, |args, stdin| answer_of(program, rules, args, stdin)))
}

/// True when these rules answer a case otherwise than it expects.
fn differs(case: &Case, rules: &Arc<Rulebook>) -> bool {
    !differences(case, rules).is_empty()
}

fn differences(case: &Case, rules: &Arc<Rulebook>) -> Vec<String> {
    let asked = || differing(case, &ask(case, rules));
    catch_unwind(AssertUnwindSafe(asked)).unwrap_or_else(|_| vec!["a panic".to_owned()])
}

fn collect_rules(json: &Json, rules: &mut BTreeSet<String>) {
    match json {
        Json::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Json::String(rule) if key == "rule" || key == "basis" => drop(rules.insert(rule.clone())),
                    _ => collect_rules(value, rules),
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| collect_rules(item, rules)),
        _ => {}
    }
}

/// Whether something notices, the cheapest first.
pub fn fate(change: &Change, table: &Table, cases: &Cases, is_wide: bool) -> Fate {
    let accepted = || change.to.iter().find_map(|to| accepted(change.file, change.applied(table, to)));
    let changed = match catch_unwind(AssertUnwindSafe(accepted)) {
        Ok(Some(changed)) => Arc::new(changed),
        Ok(None) => return Fate::Refused,
        Err(_) => return Fate::Panicked,
    };
    if version_changes(&Rulebook::bundled(), &changed).is_empty() {
        return Fate::Same;
    }
    let rule = change.rule(table);
    let family = rule.split('/').next().unwrap_or(&rule);
    let cases = if is_wide { cases.all() } else { cases.for_rule(&rule) };
    if !is_transcribed(&changed, family) {
        Fate::Transcribed
    } else if cases.into_iter().any(|case| differs(case, &changed)) {
        Fate::Worked
    } else if !is_tabled(&changed) {
        Fate::Tabled
    } else {
        Fate::Unnoticed
    }
}

/// True when the rules of a family say of what was transcribed from the law the same as the unchanged ones.
pub fn is_transcribed(rules: &Rulebook, family: &str) -> bool {
    let differing = |rules: &Rulebook| crate::law::differences_in(rules, |asked| asked == family);
    let same = || differing(rules) == differing(&Rulebook::bundled());
    catch_unwind(AssertUnwindSafe(same)).unwrap_or(false)
}

/// True when all tables that were worked out by hand hold.
pub fn is_tabled(rules: &Rulebook) -> bool {
    let holds = || {
        crate::card_borders::borders_that_differ(rules).is_empty()
            && crate::audit_cases::claims_that_differ(rules).is_empty()
    };
    catch_unwind(AssertUnwindSafe(holds)).unwrap_or(false)
}

/// What the cases that could notice a change of this rule have otherwise.
pub fn worked_otherwise(rules: &Arc<Rulebook>, cases: &Cases, rule: &str) -> Vec<String> {
    cases.for_rule(rule).into_iter().flat_map(|case| differences(case, rules)).collect()
}

/// The rulebook with this text for a file, if the loader and all checks accept it.
pub fn accepted(file: &str, text: String) -> Option<Rulebook> {
    let mut sources = gather(None, &[]).expect("bundled sources");
    let own = sources.iter_mut().find(|source| source.name == file).expect("a bundled file");
    *own = Source { text: text.into(), ..own.clone() };
    load(&sources).rulebook
}
