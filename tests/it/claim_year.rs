//! Several visits of one person: the year's co-payment is carried from one to the next, whatever the order of the files.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value as Json;

use crate::batch::Desk;
use crate::program::bhyt;

#[derive(Deserialize)]
struct YearFile {
    visit: Vec<Visit>,
    year: Year,
}

#[derive(Deserialize)]
struct Visit {
    file: String,
    expect: std::collections::BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Year {
    expect: std::collections::BTreeMap<String, String>,
}

fn years() -> Vec<(String, YearFile)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/year");
    let files = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    let mut found: Vec<_> = files
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a file");
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        })
        .collect();
    found.sort_by(|a: &(String, YearFile), b| a.0.cmp(&b.0));
    found
}

fn answer(args: &[&str]) -> Json {
    let run = bhyt(args, "");
    assert_eq!(run.code, 0, "{}", run.stdout);
    serde_json::from_str(&run.stdout).expect("JSON")
}

#[test]
fn the_co_payment_of_the_year_is_carried_from_visit_to_visit() {
    let all = years();
    assert!(all.len() >= 5);
    for (name, year) in all {
        let desk = Desk::new();
        let mut paths = Vec::new();
        for (at, visit) in year.visit.iter().enumerate() {
            desk.put(&format!("{at}.toml"), visit.file.clone());
            paths.push(desk.path(&format!("{at}.toml")).display().to_string());
        }
        let forward: Vec<&str> = paths.iter().map(String::as_str).collect();
        let found = answer(&[&["claim"], &forward[..], &["--json"]].concat());
        for (at, visit) in year.visit.iter().enumerate() {
            for (key, wanted) in &visit.expect {
                let got = &found["result"]["visits"][at]["result"][key];
                assert_eq!(got, wanted, "{name}, visit {}: {key}", at + 1);
            }
        }
        for (key, wanted) in &year.year.expect {
            assert_eq!(&found["result"]["years"][0][key], wanted, "{name}: {key} of the year");
        }
        // The order in which the files are named says nothing.
        let backward: Vec<&str> = forward.iter().rev().copied().collect();
        let turned = answer(&[&["claim"], &backward[..], &["--json"]].concat());
        assert_eq!(turned["result"]["years"], found["result"]["years"], "{name}");
        let folder = desk.path("").display().to_string();
        assert_eq!(
            answer(&["claim", &folder, "--json"])["result"]["years"],
            found["result"]["years"],
            "{name}"
        );
    }
}

/// Two visits of one day of which one passes the ceiling: which, does not depend on the order of the files.
#[test]
fn visits_that_end_together_are_told_apart_by_what_is_in_them() {
    let desk = Desk::new();
    let visit = |cost: &str| {
        format!(
            "group = \"GD\"\nadmitted = 2026-03-05\ndischarged = 2026-03-05\nsetting = \"inpatient\"\nroute = \"registered\"\n\
             five-years-since = 2020-01-01\nhospital-cost = {cost}\ncovered-cost = {cost}\n"
        )
    };
    desk.put("a.toml", visit("60000000"));
    desk.put("b.toml", visit("40000000"));
    let (a, b) = (desk.path("a.toml").display().to_string(), desk.path("b.toml").display().to_string());
    let of = |files: [&str; 2]| {
        let found = answer(&["claim", files[0], files[1], "--json"]);
        let visits = found["result"]["visits"].as_array().expect("visits").clone();
        let mut paid: Vec<String> = visits
            .iter()
            .map(|visit| format!("{} {}", visit["file"], visit["result"]["copayment"]))
            .collect();
        paid.sort();
        paid
    };
    let found = of([&a, &b]);
    assert_eq!(found, of([&b, &a]));
    // 8,000,000 of 40,000,000, then what is left of 14,040,000.
    assert_eq!(found, ["\"a.toml\" \"6040000\"", "\"b.toml\" \"8000000\""]);
}

/// The certificate of no co-payment names its days, on a screen and on a sheet.
#[test]
fn the_year_certifies_the_exemption_with_its_days() {
    let desk = Desk::new();
    let visit = |day: &str| {
        format!(
            "group = \"GD\"\nadmitted = {day}\ndischarged = {day}\nsetting = \"inpatient\"\nroute = \"registered\"\n\
             five-years-since = 2020-01-01\nhospital-cost = 40000000\ncovered-cost = 40000000\n"
        )
    };
    // 8,000,000 of 14,040,000, then the rest: passed on 2026-03-05; nothing is left in April.
    for (name, day) in [("a.toml", "2026-02-05"), ("b.toml", "2026-03-05"), ("c.toml", "2026-04-05")] {
        desk.put(name, visit(day));
    }
    let folder = desk.path("").display().to_string();
    for format in ["text", "html"] {
        let run = bhyt(&["claim", &folder, "--format", format, "--no-input"], "");
        assert_eq!(run.code, 0, "{}", run.stderr);
        for said in ["Miễn cùng chi trả năm 2026", "01/01/2020", "14.040.000", "05/03/2026", "31/12/2026"]
        {
            assert!(run.stdout.contains(said), "{format}: {said}\n{}", run.stdout);
        }
        assert_eq!(run.stdout.matches("N0720").count(), 1, "{}", run.stdout);
    }
    let run = bhyt(&["claim", &folder, "--json", "--no-input"], "");
    let answer: Json = serde_json::from_str(&run.stdout).expect("an answer");
    assert_eq!(answer["result"]["years"][0]["exempt_until"], "2026-12-31");
}
