//! Only in the copy that engine.py builds: which checks pass through a change of the code, and whether one of them notices.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bhyt::Rulebook;
use bhyt::workshop::{Program, World, version_changes};
use bhyt::{ACTIVE, REACHED};

use crate::cases::{Case, answer, case_files, differing};
use crate::program::answer_of;

/// Folders of cases.
const TOPICS: &[&str] =
    &["quote", "subsidy", "claim", "transport", "fund", "refund", "late", "ledger", "coverage", "balance"];

/// Checks of the test files, each a function that panics.
const MODULES: &[&[(&str, fn())]] = &[/*MODULES*/];

/// A check that takes longer comes after the others.
const QUICK: Duration = Duration::from_millis(300);

/// A check that takes longer without a change is not asked.
const LONGEST: Duration = Duration::from_secs(60);

/// A check that takes longer with a change does not end.
const ENDLESS: u64 = 240;

/// When the check that runs now began, in seconds; 0 between two.
static BEGAN: AtomicU64 = AtomicU64::new(0);

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs()
}

/// One thing that can notice.
enum Check {
    Worked(Box<Case>),
    Borders,
    Claims,
    Law,
    Oracle(&'static str, Vec<String>),
    Asserted(&'static str, fn()),
}

impl Check {
    fn kind(&self) -> &'static str {
        match self {
            Check::Worked(_) | Check::Borders | Check::Claims | Check::Law => "worked",
            Check::Oracle(..) => "oracle",
            Check::Asserted(..) => "asserted",
        }
    }

    fn name(&self) -> String {
        match self {
            Check::Worked(case) => case.args.join(" "),
            Check::Borders => "borders of cards".to_owned(),
            Check::Claims => "claims worked by hand".to_owned(),
            Check::Law => "the law transcribed".to_owned(),
            Check::Oracle(name, _) | Check::Asserted(name, _) => (*name).to_owned(),
        }
    }

    /// What tells this check from all others.
    fn key(&self) -> String {
        match self {
            Check::Worked(case) => format!("{:?} {:?} {:?}", case.args, case.stdin, case.files),
            _ => self.name(),
        }
    }

    /// What this check finds wrong.
    fn wrong(&self, rules: &Arc<Rulebook>, program: &mut Program) -> Vec<String> {
        match self {
            Check::Worked(case) => {
                let run = answer(case, |args, stdin| answer_of(program, rules, args, stdin));
                differing(case, &run)
            }
            Check::Borders => crate::card_borders::borders_that_differ(rules),
            Check::Claims => crate::audit_cases::claims_that_differ(rules),
            Check::Law => read_anew(),
            Check::Oracle(name, expected) => {
                let found = said_of(name);
                if found == *expected { Vec::new() } else { vec!["differs from the oracle".to_owned()] }
            }
            Check::Asserted(_, check) => {
                check();
                Vec::new()
            }
        }
    }
}

/// The bundled rules read from their texts against what was transcribed from the law.
fn read_anew() -> Vec<String> {
    let loaded = bhyt::load(&bhyt::gather(None, &[]).expect("bundled"));
    match loaded.rulebook {
        None => vec!["refused".to_owned()],
        Some(rules) => {
            let mut found = crate::law::differences_in(&rules, |_| true);
            if !version_changes(&Rulebook::bundled(), &rules).is_empty() {
                found.push("the rules say something else".to_owned());
            }
            found
        }
    }
}

fn results() -> PathBuf {
    PathBuf::from(std::env::var_os("BHYT_CODE_RESULTS").expect("where the fates go"))
}

fn oracle() -> PathBuf {
    PathBuf::from(std::env::var_os("BHYT_ORACLE").expect("the folder of the oracle's samples"))
}

/// What the program says of a sample of the oracle, as far as the oracle speaks of it.
fn said_of(name: &str) -> Vec<String> {
    let path = |ending: &str| oracle().join(format!("{name}{ending}")).to_str().expect("a path").to_owned();
    if name == "lines" {
        return said_of_lines();
    }
    let side = if name == "people" { "premium" } else { "claim" };
    let run = crate::program::bhyt(&["batch", side, &path(".csv"), "-o", "-", "--quiet"], "");
    if run.code > 1 {
        return vec![run.stderr];
    }
    if ACTIVE.load(Relaxed) == 0 {
        std::fs::write(path(".found.csv"), &run.stdout).expect("written");
    }
    let mut rows = run.stdout.lines();
    let heading: Vec<&str> = rows.next().unwrap_or_default().split(',').collect();
    rows.map(|row| compared(row, &heading)).collect()
}

/// What the oracle says of a row: of one that is rejected only that it is.
fn compared(row: &str, heading: &[&str]) -> String {
    const SPOKEN_OF: &[&str] = &[
        "premium",
        "person",
        "employer",
        "social_insurance_fund",
        "state",
        "local",
        "other",
        "member_rank",
        "benefit_level",
        "network_rate",
        "relief",
        "fund_payment",
        "copayment",
        "own_payment",
    ];
    // A cell in quotes stands among the inputs or in the words of an error: the row counts whole.
    if row.contains('"') {
        return row.to_owned();
    }
    let named: Vec<(&str, &str)> = heading.iter().copied().zip(row.split(',')).collect();
    match named.iter().find(|(name, _)| *name == "error_code") {
        Some((_, code)) if !code.is_empty() => "rejected".to_owned(),
        _ => {
            let spoken_of = named.iter().filter(|(name, _)| SPOKEN_OF.contains(name));
            spoken_of.map(|(_, cell)| *cell).collect::<Vec<_>>().join(",")
        }
    }
}

/// Visits line by line, as examples/visit_files.rs takes them.
fn said_of_lines() -> Vec<String> {
    let text = std::fs::read_to_string(oracle().join("visits.txt")).expect("visits");
    let (mut visit, mut found) = (String::new(), Vec::new());
    for line in text.lines() {
        let Some(readings) = line.strip_prefix('%') else {
            visit.push_str(line);
            visit.push('\n');
            continue;
        };
        let mut args = vec!["bhyt", "claim", "-", "--json", "--no-input"];
        args.extend(readings.split_whitespace().flat_map(|reading| ["--reading", reading]));
        let args: Vec<std::ffi::OsString> = args.into_iter().map(Into::into).collect();
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let mut world = World {
            stdin: &mut Cursor::new(visit.as_bytes().to_vec()),
            stdout: &mut stdout,
            stderr: &mut stderr,
            interactive: false,
            window_closes: false,
            stderr_is_terminal: false,
            today: bhyt::workshop::today(),
            env: |_| None,
        };
        bhyt::workshop::run(&args, &mut world);
        let json: serde_json::Value =
            serde_json::from_slice(&stdout).or_else(|_| serde_json::from_slice(&stderr)).unwrap_or_default();
        found.push(match json["error"]["code"].as_str() {
            Some(code) => code.to_owned(),
            None => {
                let figures = [
                    "covered_cost",
                    "fund_payment",
                    "copayment",
                    "own_payment",
                    "direct_payment",
                    "employer_refund",
                ];
                let figure = |name: &&str| match &json["result"][*name] {
                    serde_json::Value::String(amount) => amount.clone(),
                    serde_json::Value::Null => "0".to_owned(),
                    other => other.to_string(),
                };
                figures.iter().map(figure).collect::<Vec<_>>().join(",")
            }
        });
        visit.clear();
    }
    if ACTIVE.load(Relaxed) == 0 {
        std::fs::write(oracle().join("lines.found.csv"), found.join("\n") + "\n").expect("written");
    }
    found
}

/// The checks of a part, `quick` or `slow`; else all of them.
fn checks(part: &str) -> Vec<Check> {
    let mut checks: Vec<Check> = Vec::new();
    if part != "slow" {
        let cases = TOPICS.iter().flat_map(|topic| case_files(topic)).flat_map(|file| file.case);
        checks.extend(cases.map(|case| Check::Worked(Box::new(case))));
        checks.extend([Check::Borders, Check::Claims, Check::Law]);
        checks.extend(["people", "visits"].map(|name| Check::Oracle(name, said_of(name))));
    }
    if part != "quick" {
        let modules = MODULES.iter().flat_map(|module| module.iter());
        checks.extend(modules.map(|(name, f)| Check::Asserted(name, *f)));
        checks.push(Check::Oracle("lines", said_of("lines")));
    }
    checks
}

/// The checks that pass through a change, in the order in which they are asked.
#[derive(Default)]
struct Passing {
    /// Those of milliseconds; what is about the fewest changes comes first.
    quick: Vec<usize>,
    /// What is short and about few changes comes first.
    slow: Vec<usize>,
    /// How long each takes without a change.
    time: BTreeMap<usize, Duration>,
}

impl Passing {
    /// The checks in their order, as many as end within this time.
    fn order(&self, within: Duration) -> impl Iterator<Item = usize> + '_ {
        // Spread over the whole: those of one file stand side by side.
        let quick = (0..7).flat_map(|start| self.quick.iter().skip(start).step_by(7));
        let mut taken = Duration::ZERO;
        quick.chain(&self.slow).copied().filter(move |at| {
            let took = self.time[at];
            let fits = taken + took <= within;
            taken += if fits { took } else { Duration::ZERO };
            fits
        })
    }

    fn count(&self) -> usize {
        self.quick.len() + self.slow.len()
    }
}

/// For every change the checks that pass through it.
fn passing(checks: &[Check], rules: &Arc<Rulebook>, program: &mut Program) -> BTreeMap<u32, Passing> {
    let mut found: BTreeMap<u32, Passing> = BTreeMap::new();
    let (mut weight, mut time) = (vec![0_usize; checks.len()], vec![Duration::ZERO; checks.len()]);
    for (at, check) in checks.iter().enumerate() {
        let Some(took) = time_without_change(check, rules, program) else { continue };
        time[at] = took;
        for number in 1..u32::try_from(REACHED.len()).expect("few") {
            if REACHED[number as usize].load(Relaxed) {
                let of_change = found.entry(number).or_default();
                let list = if took < QUICK { &mut of_change.quick } else { &mut of_change.slow };
                list.push(at);
                of_change.time.insert(at, took);
                weight[at] += 1;
            }
        }
    }
    let asked_before = asked_before(checks);
    for of_change in found.values_mut() {
        of_change.quick.sort_by_key(|at| (asked_before[*at], weight[*at], *at));
        of_change.slow.sort_by_key(|at| time[*at].as_millis() * weight[*at] as u128);
    }
    found
}

/// Notes which changes a check passes, and how long it takes without any; none where it says nothing of them.
fn time_without_change(check: &Check, rules: &Arc<Rulebook>, program: &mut Program) -> Option<Duration> {
    REACHED.iter().for_each(|flag| flag.store(false, Relaxed));
    let began = Instant::now();
    let wrong = catch_unwind(AssertUnwindSafe(|| check.wrong(rules, program)));
    let took = began.elapsed();
    match wrong {
        Ok(wrong) if wrong.is_empty() && took < LONGEST => return Some(took),
        Ok(wrong) if wrong.is_empty() => eprintln!("takes {took:?}, not asked: {}", check.name()),
        // What reads the law as it was once known, or the built program, says nothing here.
        _ => eprintln!("does not hold in the copy, not asked: {}", check.name()),
    }
    None
}

/// Asks one check after the other about these changes, until the time is over: each check runs without a change first,
/// and then with those that it passes.
fn ask_in_turn(
    mut open: Vec<u32>,
    checks: &[Check],
    ends: Instant,
    rules: &Arc<Rulebook>,
    program: &mut Program,
    mut fate: impl FnMut(u32, &str, &str),
) {
    let mut asked: BTreeMap<u32, usize> = BTreeMap::new();
    let mut left = checks.iter();
    while !open.is_empty() && Instant::now() < ends {
        let Some(check) = left.next() else { break };
        if time_without_change(check, rules, program).is_none() {
            continue;
        }
        let passed: BTreeSet<u32> =
            open.iter().copied().filter(|number| REACHED[*number as usize].load(Relaxed)).collect();
        open.retain(|number| {
            if !passed.contains(number) || Instant::now() > ends {
                return true;
            }
            *asked.entry(*number).or_default() += 1;
            let noticed = noticed_by(*number, std::iter::once(check), rules, program).is_some();
            if noticed {
                fate(*number, check.kind(), &check.name());
            }
            !noticed
        });
    }
    for number in open {
        let (slow, left) = (asked.get(&number).copied().unwrap_or_default(), left.len());
        let what = format!(
            "all quick checks that pass it, {slow} slow ones; {left} were left when the time was over"
        );
        fate(number, "survived", &what);
    }
}

/// Which checks an earlier run knew: what is new is asked first. All that are known now are noted.
fn asked_before(checks: &[Check]) -> Vec<bool> {
    let path = results().with_extension("known");
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    let known: BTreeSet<&str> = known.lines().collect();
    let keys: Vec<String> = checks.iter().map(|check| check.key().replace('\n', " ")).collect();
    std::fs::write(&path, keys.join("\n")).expect("written");
    keys.iter().map(|key| known.is_empty() || known.contains(key.as_str())).collect()
}

/// Ends the process when a check does not end; what asks goes on with the next change.
fn watch(path: PathBuf) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let began = BEGAN.load(Relaxed);
            if began > 0 && now() > began + ENDLESS {
                let mut out = std::fs::OpenOptions::new().append(true).open(&path).expect("the fates");
                let _ = writeln!(out, "{}\tendless\tdoes not end", ACTIVE.load(Relaxed));
                std::process::exit(3);
            }
        }
    });
}

/// The first check that notices a change.
fn noticed_by<'c>(
    number: u32,
    order: impl Iterator<Item = &'c Check>,
    rules: &Arc<Rulebook>,
    program: &mut Program,
) -> Option<&'c Check> {
    // Where a change ends the process itself, this says which.
    let active = results().with_extension("active");
    std::fs::write(&active, number.to_string()).expect("written");
    let mut noticing = None;
    for check in order {
        BEGAN.store(now(), Relaxed);
        ACTIVE.store(number, Relaxed);
        let wrong = catch_unwind(AssertUnwindSafe(|| check.wrong(rules, program)));
        ACTIVE.store(0, Relaxed);
        BEGAN.store(0, Relaxed);
        if wrong.is_err() {
            *program = Program::default();
        }
        if !wrong.is_ok_and(|wrong| wrong.is_empty()) {
            noticing = Some(check);
            break;
        }
    }
    std::fs::write(&active, "").expect("written");
    noticing
}

#[test]
fn engine_mutants_are_noticed() {
    let path = results();
    let list = std::fs::read_to_string(std::env::var("BHYT_CODE_LIST").expect("the list")).expect("the list");
    let number =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("a change")["n"].as_u64();
    let wanted: Vec<u32> =
        list.lines().map(|line| u32::try_from(number(line).expect("a number")).expect("small")).collect();
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    let done: BTreeSet<u32> =
        known.lines().filter_map(|line| line.split('\t').next()?.parse().ok()).collect();
    let (rules, mut program) = (Rulebook::bundled(), Program::default());
    std::panic::set_hook(Box::new(|_| {}));
    let most: Option<usize> = std::env::var("BHYT_CODE_MOST").ok().and_then(|text| text.parse().ok());
    let seconds = |name: &str| -> Duration {
        let given = std::env::var(name).ok().and_then(|text| text.parse().ok());
        Duration::from_secs_f64(given.unwrap_or(1e9))
    };
    let within = seconds("BHYT_CODE_EACH");
    let checks = checks(&std::env::var("BHYT_CODE_PART").unwrap_or_default());
    let mut out = std::fs::OpenOptions::new().append(true).create(true).open(&path).expect("the fates");
    let mut note = move |number: u32, fate: &str, by: &str| {
        writeln!(out, "{number}\t{fate}\t{}", by.replace(['\t', '\n'], " ")).expect("the fates");
    };
    if let Ok(open) = std::env::var("BHYT_CODE_IN_TURN") {
        let open = open.split_whitespace().map(|number| number.parse().expect("a number"));
        let open = open.filter(|number| !done.contains(number)).collect();
        watch(path);
        let ends = Instant::now() + seconds("BHYT_CODE_SECONDS");
        ask_in_turn(open, &checks, ends, &rules, &mut program, note);
        return;
    }
    let passing = passing(&checks, &rules, &mut program);
    eprintln!("{} checks pass through {} of {} changes", checks.len(), passing.len(), wanted.len());
    watch(path);
    let ends = Instant::now() + seconds("BHYT_CODE_SECONDS");
    for number in wanted.into_iter().filter(|number| !done.contains(number)) {
        if Instant::now() > ends {
            break;
        }
        let order: Vec<usize> =
            passing.get(&number).map_or_else(Vec::new, |list| list.order(within).collect());
        let asked = order.iter().take(most.unwrap_or(usize::MAX)).map(|at| &checks[*at]);
        match noticed_by(number, asked, &rules, &mut program) {
            Some(check) => note(number, check.kind(), &check.name()),
            None => {
                let passing = passing.get(&number).map_or(0, Passing::count);
                let asked = order.len().min(most.unwrap_or(usize::MAX));
                note(number, "survived", &format!("{asked} of {passing} checks that pass it"));
            }
        }
    }
}
