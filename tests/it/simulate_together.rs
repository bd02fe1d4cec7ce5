//! `bhyt simulate PEOPLE --with VISITS`: one report of what a reform takes in and pays out, against hand calculation.

use serde_json::{Value as Json, json};

use crate::program::bhyt;

/// One member of a household, 12 months: 2,340,000 × 4.5 % × 12 = 1,263,600; 2,530,000 × 4.5 % × 12 = 1,366,200.
const PEOPLE: &str = "household_id,person_id,group,months,paid_on\nH1,1,GD,12,2026-06-30\n";

/// 360,000 is above 15 % of 2,340,000 (351,000): the fund pays 80 %, 288,000; it is below 15 % of 2,530,000 (379,500): all.
const VISITS: &str = "claim_id,group,visit_code,setting,admitted,discharged,hospital_cost,covered_cost\nV1,GD,1.1,outpatient,2026-06-30,2026-06-30,360000,360000\n";

const DAYS: [&str; 6] =
    ["--paid-on", "2026-06-30", "--discharged-on", "2026-06-30", "--shift-to", "2026-07-01"];

/// Runs the two tables together.
fn run(folder: &std::path::Path, first: &str, second: &str, more: &[&str]) -> crate::program::Run {
    std::fs::write(folder.join("people.csv"), PEOPLE).expect("a file");
    std::fs::write(folder.join("visits.csv"), VISITS).expect("a file");
    let path = |name: &str| folder.join(name).display().to_string();
    let (first, second) = (path(first), path(second));
    bhyt(&[&["simulate", &first, "--with", &second, "-q"], more].concat(), "")
}

#[test]
fn premiums_and_payments_of_one_reform_are_one_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let wanted = [
        ("premiums", "1263600", "1366200", "102600"),
        ("fund_payments", "288000", "360000", "72000"),
        ("premiums_less_payments", "975600", "1006200", "30600"),
        ("people_premiums", "1263600", "1366200", "102600"),
        ("patients", "72000", "0", "-72000"),
        ("people", "1335600", "1366200", "30600"),
        ("premiums_state", "0", "0", "0"),
    ];
    // Whichever table comes first.
    for (first, second) in [("people.csv", "visits.csv"), ("visits.csv", "people.csv")] {
        let run = run(folder.path(), first, second, &[&DAYS[..], &["--json"]].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        let json: Json = serde_json::from_str(&run.stdout).expect("JSON");
        for (figure, before, after, change) in wanted {
            let expected = json!({"before": before, "after": after, "change": change});
            assert_eq!(json["result"]["together"][figure], expected, "{figure}");
        }
        assert_eq!(json["result"]["premiums"]["people"], 1);
        assert_eq!(json["result"]["claims"]["visits"], 1);
        assert_eq!(json["notes"][0]["code"], "N0975");
    }
}

#[test]
fn every_form_of_the_report_has_the_same_figures() {
    let folder = tempfile::tempdir().expect("a folder");
    let text =
        run(folder.path(), "people.csv", "visits.csv", &[&DAYS[..], &["--lang", "en"]].concat()).stdout;
    assert!(text.contains("1,366,200") && text.contains("Premiums less payments"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let csv = run(folder.path(), "people.csv", "visits.csv", &[&DAYS[..], &["-f", "csv"]].concat()).stdout;
    assert!(csv.contains("\nfund_payments,288000,360000,72000\n"), "{csv}");
    let html = run(folder.path(), "people.csv", "visits.csv", &[&DAYS[..], &["-f", "html"]].concat()).stdout;
    assert!(html.contains("1.366.200") && html.contains("<svg"), "a page with bars");
}

#[test]
fn two_tables_of_one_kind_and_days_of_one_kind_only_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run(folder.path(), "people.csv", "people.csv", &DAYS).code, 2);
    assert_eq!(run(folder.path(), "people.csv", "visits.csv", &DAYS[..2]).code, 2);
    let half = ["--paid-on", "2026-06-30", "--shift-to", "2026-07-01"];
    assert_eq!(run(folder.path(), "people.csv", "visits.csv", &half).code, 2);
}
