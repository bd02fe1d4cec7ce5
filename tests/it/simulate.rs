//! `bhyt simulate`: totals, causes, winners and losers, against hand calculation and against two batches.

use std::path::PathBuf;

use serde_json::Value as Json;

use crate::known_law::bhyt_known;
use crate::program::{Run, bhyt};

const SCENARIO: &str = "examples/scenario-premium-rate-5-1-percent.toml";
const POPULATION: &str = "examples/population.csv";

pub fn file(name: &str, text: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("bhyt-simulate-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a writable folder");
    path
}

pub fn simulate(table: &str, more: &[&str]) -> Run {
    bhyt(&[&["simulate", "-", "-q"], more].concat(), table)
}

pub fn result(run: &Run) -> Json {
    let json: Json = serde_json::from_str(&run.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr));
    json["result"].clone()
}

/// The same about days of which the law was not known yet when the working was written.
pub fn simulate_known(table: &str, more: &[&str]) -> Run {
    bhyt_known(&[&["simulate", "-", "-q"], more].concat(), table)
}

/// Two household members and a pupil; 113,850 and 105,300 are the monthly premiums at 2,530,000 and 2,340,000.
const FAMILY: &str =
    "household_id,group,months,paid_on\nH1,GD,12,2026-06-30\nH1,GD,12,2026-06-30\nH1,HS,12,2026-06-30\n";

#[test]
fn a_day_later_costs_what_the_base_salary_adds() {
    let found = result(&simulate(FAMILY, &["--paid-on", "2026-06-30", "--shift-to", "2026-07-01", "--json"]));
    // Ranks 1 and 2: 12 × 8,550 × 170 % = 174,420; the pupil: 102,600, half by the state.
    assert_eq!(found["before"]["premium"], 1_263_600 * 27 / 10);
    assert_eq!(found["difference"]["premium"], 102_600 * 27 / 10);
    assert_eq!(found["difference"]["person"], 174_420 + 51_300);
    assert_eq!(found["difference"]["state"], 51_300);
    let steps = found["attribution"].as_array().expect("steps");
    let moving: Vec<&Json> = steps.iter().filter(|step| step["moved"]["premium"] != 0).collect();
    assert_eq!(moving.len(), 1);
    assert_eq!(moving[0]["rule"], "base-salary");
    assert_eq!(moving[0]["effective_from"], "2026-07-01");
    assert_eq!(moving[0]["moved"]["premium"], 277_020);
    assert_eq!(steps.last().expect("the remainder")["kind"], "remainder");
    assert_eq!((found["people"].as_i64(), found["households"].as_i64()), (Some(3), Some(1)));
    assert_eq!(found["people_by_own_payment"]["more"], 3);
    assert_eq!(found["households_by_own_payment"]["added"], 225_720);
    let quantiles = found["distribution"]["quantiles"].as_array().expect("quantiles");
    assert_eq!(quantiles[0]["amount"], 51_300);
    assert_eq!(quantiles.last().expect("the largest")["amount"], 102_600);
}

#[test]
fn the_hypothetical_rate_is_named_as_one_and_gives_the_published_amounts() {
    let run = simulate_known(FAMILY, &["--paid-on", "2027-01-01", "--against", SCENARIO, "--json"]);
    let json: Json = serde_json::from_str(&run.stdout).expect("JSON");
    let found = &json["result"];
    // 5.1 % of 2,530,000: 129,030 and 90,321 a month (law sheet, section b); the pupil 129,030, half each.
    assert_eq!(found["after"]["premium"], 12 * (129_030 + 90_321 + 129_030));
    assert_eq!(found["after"]["person"], 12 * (129_030 + 90_321) + 6 * 129_030);
    assert_eq!(found["attribution"][0]["rule"], "premium-rates");
    assert_eq!(found["attribution"][0]["kind"], "version-added");
    assert_eq!(found["attribution"][0]["version"]["evidence"], "unverified");
    assert!(json["warnings"].as_array().expect("warnings").iter().any(|said| said["code"] == "W0620"));
    assert_eq!(found["against"]["overlays"][0], SCENARIO);
    let strict = simulate_known(FAMILY, &["--paid-on", "2027-01-01", "--against", SCENARIO, "--strict"]);
    assert_eq!(strict.code, 4);
    let early = simulate_known(FAMILY, &["--against", SCENARIO, "--json"]);
    assert_eq!(result(&early)["difference"]["premium"], 0);
}

const REFORM: &str = r#"
schema = 1
id = "household-ladder"
name-vi = "Kịch bản <b>bậc giảm trừ</b>"
name-en = "Scenario of the <b>ladder</b>"
dated-by = "payment-date"
dated-by-note-vi = "kịch bản"
dated-by-note-en = "scenario"
checked-on = 2026-11-21

[[document]]
id = "scenario-ladder"
number = "kịch bản"
kind = "practice"
title-vi = "Kịch bản"
read = "not-read"

[[version]]
effective-from = 2027-01-01
status = "unverified"
note-vi = "kịch bản <script>alert(1)</script>"
note-en = "scenario <script>alert(1)</script>"
cite = [{ document = "scenario-ladder" }]
value = { steps = ["100%", "80%"], joining = "within-fiscal-year" }
"#;

#[test]
fn several_changes_are_applied_in_order_and_add_up() {
    let reform = file("ladder.toml", REFORM);
    let reform = reform.to_str().expect("a text path");
    let args = ["--paid-on", "2027-01-01", "--against", SCENARIO, "--against", reform, "--json"];
    let run = simulate_known(FAMILY, &args);
    // Each of them is a version without a text, and is named: two rules from one day.
    let json: Json = serde_json::from_str(&run.stdout).expect("JSON");
    let said = json["warnings"].as_array().expect("warnings").iter();
    assert_eq!(said.filter(|said| said["code"] == "W0620").count(), 2, "{}", run.stdout);
    let found = result(&run);
    let steps = found["attribution"].as_array().expect("steps");
    let rules: Vec<&str> = steps.iter().filter_map(|step| step["rule"].as_str()).collect();
    assert_eq!(rules, ["premium-rates", "household-ladder"]);
    // Rate first: 0.6 % of 2,530,000 = 15,180 a month on 100 %, 70 % and the pupil: 12 × 15,180 × 2.7 = 491,832.
    assert_eq!(steps[0]["moved"]["premium"], 491_832);
    // Then the second member pays 80 % instead of 70 % of 129,030: 12 × 12,903 = 154,836.
    assert_eq!(steps[1]["moved"]["premium"], 154_836);
    assert_eq!(steps[2]["moved"]["premium"], 0);
    let moved: i64 = steps.iter().filter_map(|step| step["moved"]["person"].as_i64()).sum();
    assert_eq!(found["difference"]["person"], moved);
}

#[test]
fn a_new_local_policy_is_a_change_of_its_own() {
    let template = bhyt(&["template", "local-policy"], "").stdout;
    let pack = file("local-policy.toml", &template);
    let table = "group,months,paid_on,province\nCN,12,2026-08-01,Tỉnh Mẫu\nGD,12,2026-08-01,\n";
    let args = ["--against", pack.to_str().expect("a text path"), "--json"];
    let found = result(&simulate(table, &args));
    // 20 % of 1,366,200 moves from the person to the province.
    assert_eq!(found["difference"]["local"], 273_240);
    assert_eq!(found["difference"]["person"], -273_240);
    assert_eq!(found["people_by_own_payment"]["less"], 1);
    assert_eq!(found["people_by_own_payment"]["same"], 1);
    assert_eq!(found["attribution"][0]["rule"], "local-policy/near-poor");
}

/// Totals of both sides are those that `batch premium` writes for the same people.
#[test]
fn both_sides_are_what_two_batches_compute() {
    let population = std::fs::read_to_string(POPULATION).expect("the example population");
    let shifted = population.replace("2026-06-30", "2027-01-01");
    let found = result(&simulate(&population, &["--paid-on", "2027-01-01", "--against", SCENARIO, "--json"]));
    for (side, more) in [("before", &[][..]), ("after", &["--overlay", SCENARIO][..])] {
        let run = bhyt(&[&["batch", "premium", "-", "-q"], more].concat(), &shifted);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let mut lines = run.stdout.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let heading = lines.next().expect("a heading");
        let rows: Vec<Vec<&str>> = lines.collect();
        assert_eq!(rows.len(), 28);
        for (column, key) in [
            ("premium", "premium"),
            ("person", "person"),
            ("employer", "employer"),
            ("social_insurance_fund", "social-insurance-fund"),
            ("state", "state"),
            ("local", "local"),
        ] {
            let at = heading.iter().position(|name| *name == column).expect("a column");
            let sum: i64 = rows.iter().map(|row| row[at].parse::<i64>().expect("a number")).sum();
            assert_eq!(found[side][key], sum, "{side} {key}");
        }
    }
}

#[test]
fn whoever_has_no_answer_on_one_side_is_counted_not_lost() {
    let table = "group,months,paid_on\nLH,12,2025-06-30\nmultidimensional-poor,12,2025-06-30\nGD,12,2025-06-30\nxx,12,2025-06-30\n";
    let run = simulate(table, &["--paid-on", "2025-06-30", "--shift-to", "2025-07-01", "--json"]);
    assert_eq!(run.code, 1);
    let found = result(&run);
    assert_eq!(found["people"], 1);
    let left: i64 =
        found["left_out"].as_array().expect("a list").iter().filter_map(|one| one["people"].as_i64()).sum();
    assert_eq!(left, 3);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let mut table = String::from("household_id,group,months,paid_on,salary,tags\n");
    for household in 0..3_000_i64 {
        let salary = 5_000_000 + household * 4_321;
        table.push_str(&format!("H{household},GD,12,2026-06-30,,\nH{household},GD,12,2026-06-30,,\n"));
        table.push_str(&format!(
            "H{household},DN,12,2026-06-30,{salary},\nH{household},CN,12,2026-06-30,,poor-commune\n"
        ));
    }
    let run = |jobs| {
        let args = ["--paid-on", "2026-06-30", "--shift-to", "2026-08-01", "--json", "--jobs", jobs];
        let run = simulate(&table, &args);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    let (one, many) = (run("1"), run("4"));
    assert_eq!(one, many);
    let found: Json = serde_json::from_str(&one).expect("JSON");
    assert_eq!(found["result"]["people"], 12_000);
    assert_eq!(found["result"]["households"], 3_000);
}

#[test]
fn a_wrong_question_is_refused() {
    for (more, code, said) in [
        (&[][..], 2, "E0102"),
        (&["--shift-to", "2026-07-01"][..], 2, "E0610"),
        (&["--paid-on", "2026-07-02", "--shift-to", "2026-07-01"][..], 2, "E0505"),
        (&["--paid-on", "31/02/2026", "--shift-to", "2026-07-01"][..], 2, "E0502"),
        (&["--against", "no-such-file.toml"][..], 5, "E0201"),
        (&["--against", SCENARIO, "--format", "xlsx"][..], 2, "E0198"),
        (&["--against", SCENARIO, "--format", "pdf"][..], 2, "E0104"),
    ] {
        let run = simulate(FAMILY, more);
        assert_eq!(run.code, code, "{more:?}: {}", run.stderr);
        assert!(run.stderr.contains(said), "{more:?}: {}", run.stderr);
    }
    let same = simulate(FAMILY, &["--against", "rules", "--json"]);
    let json: Json = serde_json::from_str(&same.stdout).expect("JSON");
    assert!(json["warnings"].as_array().expect("warnings").iter().any(|said| said["code"] == "W0618"));
    assert_eq!(json["result"]["difference"]["premium"], 0);
}

#[test]
fn the_report_is_one_harmless_file() {
    let reform = file("escaped.toml", REFORM);
    let reform = reform.to_str().expect("a text path");
    let args = ["--paid-on", "2027-01-01", "--against", SCENARIO, "--against", reform, "-f", "html"];
    let html = simulate(FAMILY, &args).stdout;
    assert!(html.contains("default-src 'none'; style-src 'unsafe-inline'"));
    for forbidden in ["<script", "http://", "https://", "url(", "@import", " onload", "<b>", "<img", "<link"]
    {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    assert!(html.contains("&lt;script&gt;"), "the note of the version is shown escaped");
    assert_eq!(html.matches("<svg").count(), html.matches("</svg>").count());
    assert!(html.matches("<svg").count() >= 8);
    for tag in ["table", "tr", "td", "th", "p", "ul", "li", "h2", "div"] {
        let open = html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
        assert_eq!(open, html.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}

#[test]
fn the_table_of_figures_has_one_width() {
    let run = bhyt(
        &["simulate", POPULATION, "-q", "--paid-on", "2027-01-01", "--against", SCENARIO, "-f", "csv"],
        "",
    );
    let rows: Vec<Vec<String>> = run.stdout.lines().map(cells).collect();
    assert!(run.stdout.contains("\nnotices,W0620,"), "{}", run.stdout);
    assert!(rows.iter().all(|row| row.len() == 8), "{}", run.stdout);
    let sum = |section: &str, payer: &str| -> i64 {
        let of = rows.iter().filter(|row| row[0] == section && row[3] == payer);
        of.map(|row| row[7].parse::<i64>().expect("a number")).sum()
    };
    for payer in ["premium", "person", "state", "local", "employer"] {
        assert_eq!(sum("payers", payer), sum("groups", payer), "{payer}");
        assert_eq!(sum("payers", payer), sum("attribution", payer), "{payer}");
    }
}

/// Cells of a line whose quoted texts hold no quotation marks.
pub fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().expect("a cell").push(other),
        }
    }
    cells
}

#[test]
fn the_screen_stays_within_eighty_columns() {
    for lang in ["vi", "en"] {
        let run = bhyt(
            &["simulate", POPULATION, "--paid-on", "2026-06-30", "--shift-to", "2026-07-01", "--lang", lang],
            "",
        );
        assert_eq!(run.code, 0, "{}", run.stderr);
        let over: Vec<&str> = run.stdout.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(over.is_empty(), "{over:#?}");
    }
}

#[test]
fn spreadsheets_and_parquet_give_what_the_text_gives() {
    let run = |table: &str| {
        let args = ["simulate", table, "-q", "--paid-on", "2026-06-30", "--shift-to", "2026-07-01", "--json"];
        let run = bhyt(&args, "");
        assert_eq!(run.code, 0, "{table}: {}", run.stderr);
        result(&run)
    };
    let text = run(POPULATION);
    assert_eq!(text["people"], 28);
    for ending in ["xlsx", "parquet"] {
        let path = file(&format!("population.{ending}"), "");
        let path = path.to_str().expect("a text path");
        // The computed columns that a batch adds are no columns that a simulation reads.
        let made = bhyt(&["batch", "premium", POPULATION, "-o", path, "--force", "-q"], "");
        assert_eq!(made.code, 0, "{}", made.stderr);
        assert_eq!(run(path), text, "{ending}");
    }
}

#[test]
fn a_scenario_under_both_sides_is_still_named() {
    let args = ["--overlay", SCENARIO, "--paid-on", "2026-12-31", "--shift-to", "2027-01-01"];
    let run = simulate_known(FAMILY, &[&args[..], &["--json"]].concat());
    let json: Json = serde_json::from_str(&run.stdout).expect("JSON");
    let named: Vec<&Json> = json["warnings"]
        .as_array()
        .expect("warnings")
        .iter()
        .filter(|said| said["code"] == "W0620")
        .collect();
    assert_eq!(named.len(), 1, "{}", run.stdout);
    // 12 × 2,530,000 × (5.1 % − 4.5 %) = 182,160, for 100 %, 70 % and 100 %.
    assert_eq!(json["result"]["difference"]["premium"], 182_160 * 27 / 10);
    let strict = simulate_known(FAMILY, &[&args[..], &["--strict"]].concat());
    assert_eq!(strict.code, 4, "{}", strict.stderr);
}
