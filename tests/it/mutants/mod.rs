//! Không dữ kiện nào đổi mà không ai thấy: single facts of the rule files are changed, and a table or a case whose
//! expectation was worked by hand must notice. `BHYT_MUTANTS=300` tries so many, `all` tries every one, `touched` those
//! of the rule files that differ from `BHYT_MUTANT_BASE` (else origin/main, else the commit before);
//! `BHYT_MUTANT_SEED` draws others, `BHYT_MUTANT_FILES` keeps to files, `BHYT_MUTANT_SECONDS` ends after so long,
//! `BHYT_MUTANT_WIDE` asks every case about every change, and `BHYT_MUTANT_REPORT` names a file for the fate of each.

mod change;
mod noticing;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bhyt::Rulebook;
use bhyt::workshop::BUNDLED;
use serde::Deserialize;
use toml::Table;

use self::change::Change;
use self::noticing::{Cases, Fate, accepted, fate, is_tabled, is_transcribed, worked_otherwise};

/// Changes that `cargo test` tries; CI asks for more.
const AS_A_RULE: usize = 24;

/// What is known about changes that nothing worked by hand notices.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Known {
    /// Rule files that are not yet whole: of the changes tried there, so many in a hundred may stay unnoticed.
    open: BTreeMap<String, usize>,
    /// Changes that nothing need notice, each with its reason.
    explained: BTreeMap<String, String>,
}

#[test]
fn no_fact_of_law_changes_unnoticed() {
    let files = parsed();
    let known = known();
    let changes = chosen(change::all(&files));
    let fates = fates(&changes, &files);
    report(&fates, changes.len());
    let unnoticed = |name: &&String| fates[*name] == Fate::Unnoticed && !known.explained.contains_key(*name);
    let panicked: Vec<&String> = fates.keys().filter(|name| fates[*name] == Fate::Panicked).collect();
    assert!(panicked.is_empty(), "the loader panics: {panicked:#?}");
    let alive: Vec<&String> = fates.keys().filter(unnoticed).collect();
    let wrong: Vec<&&String> = alive.iter().filter(|name| !known.open.contains_key(file_of(name))).collect();
    assert!(wrong.is_empty(), "{} changes that nothing worked by hand notices: {wrong:#?}", wrong.len());
    for (file, percent) in &known.open {
        let of_file = |name: &&String| file_of(name) == file;
        let tried = fates.keys().filter(of_file).count();
        let left = alive.iter().filter(|name| of_file(name)).count();
        // A handful says little about a share.
        assert!(
            tried < 50 || left * 100 <= percent * tried,
            "{file}: {left} of {tried} unnoticed: {alive:#?}"
        );
    }
    let stale: Vec<&String> = known
        .explained
        .keys()
        .filter(|name| fates.get(*name).is_some_and(|fate| *fate != Fate::Unnoticed))
        .collect();
    assert!(stale.is_empty(), "noticed by now, no longer to be explained: {stale:#?}");
}

/// Chim báo: without a change nothing notices, and each of the three ways to notice does so alone.
#[test]
fn each_way_to_notice_is_awake() {
    let bundled = Rulebook::bundled();
    let changed = |file: &str, from: &str, to: &str| {
        let text = BUNDLED.iter().find(|known| known.name == file).expect("a rule file").text;
        assert!(text.contains(from), "{file} no longer says {from}");
        Arc::new(accepted(file, text.replace(from, to)).expect("accepted"))
    };
    let cases = Cases::read();
    assert!(is_transcribed(&bundled, "base-salary") && is_tabled(&bundled));
    assert_eq!(worked_otherwise(&bundled, cases, "base-salary"), Vec::<String>::new());
    assert!(cases.for_rule("base-salary").len() > 1000);
    let salary = changed("rules/base_salary.toml", "2_340_000", "2_340_001");
    assert!(!is_transcribed(&salary, "base-salary"));
    assert!(!worked_otherwise(&salary, cases, "base-salary").is_empty());
    let exams = changed("rules/service_ratios.toml", "30%", "31%");
    assert!(!is_tabled(&exams));
}

#[test]
fn what_nothing_need_notice_is_a_change_with_a_reason() {
    let changes: BTreeSet<String> = change::all(&parsed()).iter().map(Change::name).collect();
    let files: BTreeSet<&str> = changes.iter().map(|name| file_of(name)).collect();
    let known = known();
    for (change, why) in known.explained {
        assert!(changes.contains(&change), "no such change: {change}");
        assert!(why.len() > 20, "{change}: {why}");
    }
    for (file, percent) in known.open {
        assert!(files.contains(&*file), "no changes in {file}");
        assert!((1..100).contains(&percent), "{file}: {percent}");
    }
}

fn parsed() -> Vec<(&'static str, Table)> {
    BUNDLED.iter().map(|file| (file.name, file.text.parse().expect("a rule file"))).collect()
}

/// The rule file in the name of a change; all local files are one.
fn file_of(change: &str) -> &str {
    let file = change.split(' ').next().unwrap_or(change);
    if file.starts_with("local/") { "local" } else { file }
}

fn known() -> Known {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rule-changes-unnoticed.toml");
    let text = std::fs::read_to_string(path).expect("the list of explained changes");
    toml::from_str(&text).expect("the list of explained changes")
}

/// The changes that this run tries.
fn chosen(mut changes: Vec<Change>) -> Vec<Change> {
    let env = |name: &str| std::env::var(name).ok();
    if let Some(files) = env("BHYT_MUTANT_FILES") {
        let wanted: Vec<&str> = files.split_whitespace().collect();
        changes.retain(|change| wanted.iter().any(|file| change.file.contains(file)));
    }
    let seed: u64 = env("BHYT_MUTANT_SEED").map_or(1, |seed| seed.parse().expect("a number"));
    changes.sort_by_key(|change| draw(seed, &change.name()));
    match env("BHYT_MUTANTS").as_deref() {
        Some("all") => {}
        Some("touched") => match touched() {
            Ok(touched) => changes.retain(|change| touched.contains(change.file)),
            // Not known is not none.
            Err(why) => println!("every fact counts as touched: {why}"),
        },
        Some(count) => changes.truncate(count.parse().expect("a number, touched or all")),
        None => changes.truncate(AS_A_RULE),
    }
    changes
}

/// Rule files that differ from the base, or why that cannot be told.
fn touched() -> Result<BTreeSet<String>, String> {
    let git = |args: &[&str]| {
        let asked = Command::new("git").args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output();
        let answer = asked.map_err(|error| format!("git: {error}"))?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if answer.status.success() { Ok(text(&answer.stdout)) } else { Err(text(&answer.stderr)) }
    };
    let base = match std::env::var("BHYT_MUTANT_BASE") {
        Ok(base) => base,
        // On the main line itself: what the last commit changed.
        Err(_) => match git(&["merge-base", "origin/main", "HEAD"]) {
            Ok(base) if base != git(&["rev-parse", "HEAD"])? => base,
            _ => "HEAD~1".to_owned(),
        },
    };
    // Also what is not committed yet.
    let text = git(&["diff", "--name-only", &base, "--", "rules"])?;
    println!("rule files that differ from {base}: {}", text.lines().count());
    Ok(text.lines().map(str::to_owned).collect())
}

/// A number that looks drawn by lot, the same for the same seed and name.
fn draw(seed: u64, name: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let mixed = name.bytes().chain(seed.to_le_bytes()).fold(0xcbf2_9ce4_8422_2325, step);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

fn fates(changes: &[Change], files: &[(&'static str, Table)]) -> BTreeMap<String, Fate> {
    if changes.is_empty() {
        return BTreeMap::new();
    }
    let table = |change: &Change| &files.iter().find(|(name, _)| *name == change.file).expect("a file").1;
    let cases = Cases::read();
    let seconds = std::env::var("BHYT_MUTANT_SECONDS").ok().map(|text| text.parse().expect("seconds"));
    let ends = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let is_wide = std::env::var_os("BHYT_MUTANT_WIDE").is_some();
    let log = std::env::var("BHYT_MUTANT_REPORT").ok();
    let log = log.map(|path| Mutex::new(std::fs::File::create(path).expect("the report")));
    let silent = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let found = side_by_side(changes, |change| {
        if ends.is_some_and(|end| Instant::now() > end) {
            return None;
        }
        let began = Instant::now();
        let fate = fate(change, table(change), cases, is_wide);
        if let Some(log) = &log {
            let took = began.elapsed().as_millis();
            let _ = writeln!(log.lock().expect("no thread died"), "{fate:?} {took} {}", change.name());
        }
        Some((change.name(), fate))
    });
    std::panic::set_hook(silent);
    found.into_iter().flatten().collect()
}

/// Does the work for every item, on as many threads as there are processors; the order stays.
fn side_by_side<I: Sync, T: Send>(items: &[I], work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { break };
                    let found = work(item);
                    done.lock().expect("no thread died").push((at, found));
                }
            });
        }
    });
    let mut done = done.into_inner().expect("no thread died");
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, found)| found).collect()
}

/// The score.
fn report(fates: &BTreeMap<String, Fate>, chosen: usize) {
    let count = |wanted: Fate| fates.values().filter(|fate| **fate == wanted).count();
    let all = [
        Fate::Refused,
        Fate::Same,
        Fate::Transcribed,
        Fate::Worked,
        Fate::Tabled,
        Fate::Panicked,
        Fate::Unnoticed,
    ];
    let counts = all.map(|fate| format!("{} {fate:?}", count(fate)));
    println!("{} of {chosen} changes tried: {}", fates.len(), counts.join(", "));
}
