//! `conformance/cases.jsonl` is the cases of `tests/data/cases` in a form that any program can be given.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Map, Value as Json, json};

use crate::cases::{Case, CaseFile, named_case_files};
use crate::program::{bhyt, today};

pub const TOPICS: [&str; 7] = ["quote", "subsidy", "claim", "transport", "fund", "refund", "late"];

/// Flags that change how the program answers, or that read files of the user.
const OWN: [&str; 9] = [
    "--lang",
    "--format",
    "--json",
    "--rules",
    "--overlay",
    "--strict",
    "--explain",
    "--rulebook-hash",
    "--reading",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pack, a case a line.
fn pack() -> String {
    let mut out = String::new();
    for topic in TOPICS {
        for (name, file) in named_case_files(topic) {
            for (number, case) in file.of_today() {
                if let Some(line) = line(&format!("{topic}/{name}/{number}"), &file, case) {
                    let _ = writeln!(out, "{line}");
                }
            }
        }
    }
    out
}

/// A case as facts and expectations; none where it is about the program and not about the law.
fn line(id: &str, file: &CaseFile, case: &Case) -> Option<Json> {
    // A table beside the case is nothing that the pack carries.
    if case.exit != 0
        || !case.files.is_empty()
        || case.args.iter().any(|arg| OWN.iter().any(|own| arg.starts_with(own)))
    {
        return None;
    }
    let (command, rest) = match &case.args[..] {
        [fund, part, rest @ ..] if fund == "fund" => (format!("{fund} {part}"), rest),
        [command, rest @ ..] => (command.clone(), rest),
        [] => return None,
    };
    let mut facts = Map::new();
    facts.insert("today".to_owned(), json!(today().to_string()));
    let mut options = Map::new();
    let mut rest = rest.iter().peekable();
    let mut reads = false;
    while let Some(arg) = rest.next() {
        let Some(name) = arg.strip_prefix("--") else {
            reads |= arg == "-";
            if arg != "-" {
                return None;
            }
            continue;
        };
        let value = rest.next_if(|next| !next.starts_with("--")).map_or(json!(true), |value| json!(value));
        match options.get_mut(name) {
            None => {
                options.insert(name.to_owned(), value);
            }
            Some(Json::Array(values)) => values.push(value),
            Some(first) => *first = json!([first.clone(), value]),
        }
    }
    if !options.is_empty() {
        facts.insert("options".to_owned(), Json::Object(options));
    }
    if reads {
        let document: toml::Table = toml::from_str(case.stdin.as_deref()?).ok()?;
        facts.insert("document".to_owned(), plain(&toml::Value::Table(document)));
    }
    let mut expect = Map::new();
    for (path, value) in case.expect.iter().filter(|(path, _)| path.starts_with("result.")) {
        expect.insert(path.clone(), plain(value));
    }
    for (path, value) in case.contains.iter().filter(|(path, _)| path.starts_with("result.")) {
        expect.insert(format!("{path}[]"), plain(value));
    }
    if expect.is_empty() {
        return None;
    }
    let source = file.source.trim();
    Some(json!({"id": id, "command": command, "facts": facts, "expect": expect, "source": source}))
}

/// A value of TOML as JSON: days as texts.
fn plain(value: &toml::Value) -> Json {
    match value {
        toml::Value::Datetime(day) => json!(day.to_string()),
        toml::Value::Array(items) => items.iter().map(plain).collect(),
        toml::Value::Table(table) => table.iter().map(|(name, value)| (name.clone(), plain(value))).collect(),
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Boolean(flag) => json!(flag),
        toml::Value::Float(number) => json!(number.to_string()),
    }
}

#[test]
fn the_pack_is_up_to_date() {
    let path = root().join("conformance/cases.jsonl");
    let text = pack();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &text).expect("a writable tree");
    }
    let kept = std::fs::read_to_string(&path).expect("conformance/cases.jsonl");
    assert!(kept == text, "refresh with UPDATE_GOLDEN=1 cargo test conformance");
    assert!(text.lines().count() >= 1_500, "only {} cases", text.lines().count());
    for topic in TOPICS {
        assert!(text.contains(&format!("\"id\":\"{topic}/")), "nothing of {topic}");
    }
}

/// Runs the pack against a program.
fn conform(pack: &str, more: &[&str], program: &[&str]) -> (u8, Json) {
    let args: Vec<&str> = ["conform", pack, "--json"]
        .into_iter()
        .chain(more.iter().copied())
        .chain(["--"])
        .chain(program.iter().copied())
        .collect();
    let run = bhyt(&args, "");
    let json = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stdout));
    (run.code, json)
}

const HOUSEHOLDS: [&str; 4] = ["--only", "quote", "--keys", "premium,total,payable"];

fn script() -> String {
    root().join("conformance/household_premiums.py").display().to_string()
}

#[test]
fn a_program_that_knows_household_premiums_passes_its_part() {
    let pack = root().join("conformance/cases.jsonl").display().to_string();
    let (code, json) = conform(&pack, &HOUSEHOLDS, &["python3", &script()]);
    assert_eq!((code, &json["result"]["failed"]), (0, &json!(0)), "{:#}", json["result"]["differences"]);
    assert!(json["result"]["passed"].as_u64() >= Some(40), "{:#}", json["result"]["commands"]);
    assert!(json["result"]["left_out"].as_u64() > Some(0));
}

#[test]
fn one_changed_number_is_reported_with_its_source() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = std::fs::read_to_string(script()).expect("the script");
    let wrong = folder.path().join("wrong.py");
    std::fs::write(&wrong, text.replace("2_530_000", "2_527_200")).expect("a file");
    let pack = root().join("conformance/cases.jsonl").display().to_string();
    let (code, json) = conform(&pack, &HOUSEHOLDS, &["python3", &wrong.display().to_string()]);
    assert_eq!(code, 1);
    let first = &json["result"]["differences"][0];
    assert!(
        json["result"]["failed"].as_u64() > Some(0)
            && !first["source"].as_str().unwrap_or_default().is_empty()
    );
    assert_eq!(json["warnings"][0]["code"], "W0966");
}

#[test]
fn a_program_that_ends_too_early_is_named() {
    let pack = root().join("conformance/cases.jsonl").display().to_string();
    for program in [&["true"][..], &["no-such-program-anywhere"]] {
        let (code, json) = conform(&pack, &[], program);
        assert_eq!((code, &json["error"]["code"]), (3, &json!("E0965")));
    }
}
