//! `bhyt doctor`: the cases that travel with the program, and what it says of a machine on which something is wrong.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::cases::named_case_files;
use crate::conformance::TOPICS;
use crate::known_law::last_signed;
use crate::program::{at_terminal, bhyt, bhyt_on};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the command in a folder of its own.
fn doctor(more: &[&str]) -> (u8, Json) {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path().to_str().expect("a path").to_owned();
    let run = bhyt(&[&["doctor", &here, "--json"], more].concat(), "");
    let json = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stdout));
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0, "something was left behind");
    (run.code, json)
}

fn codes(json: &Json) -> Vec<&str> {
    json["warnings"].as_array().expect("warnings").iter().filter_map(|each| each["code"].as_str()).collect()
}

/// The cases are lines of the pack; one that is no longer there is replaced with UPDATE_GOLDEN=1.
#[test]
fn the_pack_is_in_the_doctor() {
    let path = root().join("conformance/doctor.jsonl");
    let pack = std::fs::read_to_string(root().join("conformance/cases.jsonl")).expect("the pack");
    // What a new amount of a later day would change is no sign of a sound machine.
    let lasting: BTreeSet<String> = TOPICS
        .iter()
        .flat_map(|topic| named_case_files(topic).into_iter().map(move |(name, file)| (topic, name, file)))
        .filter(|(_, _, file)| file.is_lasting())
        .map(|(topic, name, _)| format!("{topic}/{name}"))
        .collect();
    let is_lasting = |line: &&str| {
        let line: Json = serde_json::from_str(line).expect("JSON");
        let name = line["id"].as_str().and_then(|id| id.rsplit_once('/')).expect("an id").0;
        lasting.contains(name)
    };
    let known: BTreeSet<&str> = pack.lines().filter(is_lasting).collect();
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let is_current = |text: &str| {
        text.lines().count() >= 600
            && text.lines().all(|line| known.contains(line))
            && TOPICS.iter().all(|topic| text.contains(&format!("\"id\":\"{topic}/")))
    };
    if std::env::var_os("UPDATE_GOLDEN").is_some() && !is_current(&kept) {
        let every_eighth: String =
            pack.lines().filter(is_lasting).step_by(7).map(|line| format!("{line}\n")).collect();
        std::fs::write(&path, every_eighth).expect("a writable tree");
        return;
    }
    assert!(is_current(&kept), "refresh with UPDATE_GOLDEN=1 cargo test the_pack_is");
}

#[test]
fn on_a_sound_machine_all_is_well() {
    let (code, json) = doctor(&[]);
    assert_eq!((code, &json["result"]["ok"]), (0, &json!(true)), "{:#}", json["result"]);
    assert!(json["result"]["cases"].as_u64() >= Some(500), "{}", json["result"]["cases"]);
    assert_eq!(json["result"]["differing"], 0, "{:#}", json["result"]["differences"]);
    let names: Vec<&str> = json["result"]["checks"]
        .as_array()
        .expect("checks")
        .iter()
        .filter_map(|each| each["check"].as_str())
        .collect();
    assert_eq!(names, ["cases", "rulebook", "folder", "space", "letters", "clock"]);
    for (alias, lang, word) in [("kiem-tra", "vi", "Ca mẫu"), ("doctor", "en", "Sample cases")] {
        let run = bhyt(&[alias, "--lang", lang], "");
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        let rules = bhyt::Rulebook::bundled();
        let hash = &rules.identity().sha256[..12];
        assert!(run.stdout.contains(word) && run.stdout.contains(hash), "{}", run.stdout);
        assert!(run.stdout.lines().all(|line| line.chars().count() <= 80), "{}", run.stdout);
    }
}

/// One wrong number of the law is seen, wherever it comes from.
#[test]
fn a_wrong_number_is_named_with_its_case_and_source() {
    let draft = root().join("examples/scenario-premium-rate-5-1-percent.toml");
    let (code, json) = doctor(&["--overlay", draft.to_str().expect("a path")]);
    assert_eq!((code, codes(&json)), (1, vec!["W0904"]));
    assert!(json["result"]["differing"].as_u64() > Some(0));

    let folder = tempfile::tempdir().expect("a folder");
    let text = std::fs::read_to_string(root().join("rules/base_salary.toml")).expect("rules");
    let wrong = text.replace("2_530_000", "2_530_001");
    assert_ne!(text, wrong);
    std::fs::write(folder.path().join("base_salary.toml"), wrong).expect("a rule file");
    let rules = folder.path().to_str().expect("a path");
    let (code, json) = doctor(&["--rules", rules]);
    assert_eq!((code, codes(&json)), (1, vec!["W0904"]));
    let first = &json["result"]["differences"][0];
    assert_ne!(first["expected"], first["found"]);
    assert!(first["source"].as_str().is_some_and(|source| !source.is_empty()), "{first}");
    let run = bhyt(&["doctor", "--rules", rules, "--lang", "en"], "");
    assert!(run.stdout.contains(first["id"].as_str().expect("a case")), "{}", run.stdout);
    assert_eq!(bhyt(&["doctor", "--rules", rules, "--strict"], "").code, 4);
}

#[test]
fn a_folder_that_takes_no_results_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a-file");
    std::fs::write(&file, "").expect("a file");
    let missing = folder.path().join("missing");
    let mut places = vec![file.to_str().expect("a path"), missing.to_str().expect("a path")];
    if Path::new("/proc/self").exists() {
        places.push("/proc");
    }
    for place in places {
        let run = bhyt(&["doctor", place, "--lang", "en"], "");
        assert_eq!(run.code, 1, "{place}: {}", run.stdout);
        assert!(run.stdout.contains("W0906") && run.stdout.contains('✖'), "{place}: {}", run.stdout);
    }
}

/// A screen that is set to another encoding is told; a pipe does not care.
#[test]
fn a_screen_of_another_encoding_is_told() {
    // Tests run without any locale.
    assert_eq!(at_terminal(&["doctor"], "").code, 1);
    assert!(at_terminal(&["doctor"], "").stdout.contains("W0909"));
    assert_eq!(bhyt(&["doctor"], "").code, 0);
}

/// A clock that is behind the newest document of the rulebook fills in wrong days: no document of a rulebook that knows 2026 is
/// of before 2020, and all are of before the day of the tests.
#[test]
fn a_clock_that_is_behind_is_told() {
    let run = |day: &str| bhyt_on(&["doctor", "--lang", "en"], day.parse().expect("a day"));
    let behind = run("2020-01-01");
    assert_eq!(behind.code, 1, "{}", behind.stdout);
    assert!(behind.stdout.contains("W0910") && behind.stdout.contains("2020-01-01"), "{}", behind.stdout);
    // On the day of the newest document there is nothing to tell.
    assert_eq!(run(&last_signed().to_string()).code, 0);
}
