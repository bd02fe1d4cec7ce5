//! Ca mẫu đi kèm: cases worked out by hand that travel inside the program and are computed again where it runs.

use std::ffi::OsString;
use std::io::{Cursor, Read};
use std::sync::Arc;

use chrono::NaiveDate;
use flate2::read::DeflateDecoder;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::conform_pack::{self, Difference, PackCase};
use super::io::World;
use super::program::Program;
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;

/// The cases as the build packed them, and the hash of what they unpack to. Nothing but this command touches them.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/doctor.deflate"));
const SHA256: &str = include_str!(concat!(env!("OUT_DIR"), "/doctor.sha256"));

/// Differences that are kept; more say nothing new.
const MOST_KEPT: usize = 50;
/// Most threads; each builds the command line anew.
const MOST_THREADS: usize = 4;

/// Đã tính lại.
#[derive(Debug, Default)]
pub struct Recomputed {
    /// How many cases.
    pub cases: usize,
    /// How many of them gave something else.
    pub differing: usize,
    /// What was different.
    pub differences: Vec<Difference>,
    /// The cases are not what the build packed.
    pub is_damaged: bool,
}

/// Computes every case again with these rules.
pub fn recompute(rules: &Arc<Rulebook>) -> Recomputed {
    let Some(cases) = unpacked() else { return Recomputed { is_damaged: true, ..Recomputed::default() } };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let share = cases.len().div_ceil(threads).max(1);
    let found: Vec<Vec<Difference>> = std::thread::scope(|scope| {
        let work = |part| scope.spawn(move || differing(part, rules));
        let running: Vec<_> = cases.chunks(share).map(work).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    });
    let is_damaged = found.len() < cases.len();
    let differing = found.iter().filter(|each| !each.is_empty()).count();
    let differences = found.into_iter().flatten().take(MOST_KEPT).collect();
    Recomputed { cases: cases.len(), differing, differences, is_damaged }
}

/// The cases, if they are what the build packed.
fn unpacked() -> Option<Vec<PackCase>> {
    let mut text = String::new();
    DeflateDecoder::new(PACKED).read_to_string(&mut text).ok()?;
    let hash: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    (hash == SHA256).then_some(())?;
    conform_pack::read(&text, &[], &[]).ok()
}

/// What each case gives otherwise than expected.
fn differing(cases: &[PackCase], rules: &Arc<Rulebook>) -> Vec<Vec<Difference>> {
    let mut program = Program::default();
    cases.iter().map(|case| case.differences(&answer(case, &mut program, rules))).collect()
}

/// What the program answers to a case, through the command line that a user would write.
fn answer(case: &PackCase, program: &mut Program, rules: &Arc<Rulebook>) -> Json {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let day = case.facts["today"].as_str().and_then(|day| day.parse::<NaiveDate>().ok());
    let mut world = World {
        stdin: &mut Cursor::new(document(case)),
        stdout: &mut stdout,
        stderr: &mut stderr,
        interactive: false,
        window_closes: false,
        stderr_is_terminal: false,
        today: day.unwrap_or_default(),
        env: |_| None,
    };
    match program.answer(&arguments(case), &mut world, rules, Lang::En) {
        Ok(_) => serde_json::from_slice(&stdout).unwrap_or_default(),
        Err(failure) => json!({"error": failure.problem.code.as_str()}),
    }
}

/// The words of the command line.
fn arguments(case: &PackCase) -> Vec<OsString> {
    let mut words: Vec<String> = vec!["bhyt".to_owned()];
    words.extend(case.command.split(' ').map(str::to_owned));
    for (name, value) in case.facts["options"].as_object().into_iter().flatten() {
        let values = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
        for value in values {
            words.push(format!("--{name}"));
            words.extend(value.as_str().map(str::to_owned));
        }
    }
    if case.facts.get("document").is_some() {
        words.push("-".to_owned());
    }
    words.push("--json".to_owned());
    words.into_iter().map(OsString::from).collect()
}

/// The input file of a case.
fn document(case: &PackCase) -> String {
    case.facts.get("document").and_then(|document| toml::to_string(document).ok()).unwrap_or_default()
}
