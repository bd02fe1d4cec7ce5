//! `bhyt simulate` on a table of visits: against hand calculation and against two batches.

use serde_json::{Value as Json, json};

use crate::program::bhyt;
use crate::simulate::{cells, file, result, simulate, simulate_known};

const SCENARIO: &str = "examples/scenario-low-cost-20-percent.toml";

/// Four visits, to be placed on 2026-06-30 (base salary 2,340,000) and 2026-07-01 (2,530,000).
///
/// A: 375,000, above 15 % of 2,340,000 (351,000) and below 15 % of 2,530,000 (379,500): 80 %, then 100 %.
/// B: code 1.14 out-patient: nothing, then 50 % of 80 % of 1,700,000 = 680,000; 150,000 outside.
/// C: 95 %, five years, 14,600,000 co-paid: above 6 × 2,340,000 = 14,040,000, so all of 25,900,000; then 580,000 are
///    left up to 6 × 2,530,000 = 15,180,000, less than 5 % of 25,900,000 = 1,295,000: the fund pays 25,320,000.
/// D: 80 % of 1,000,001 on both days: 800,000.8 and 200,000.2; 1.5 outside.
const VISITS: &str = "\
claim_id,group,visit_code,former_tier,care_level,route,setting,discharged,hospital_cost,covered_cost,copaid_this_year,five_years_since
A,GD,1.1,,,,outpatient,2026-05-05,375000,375000,,
B,GD,1.14,,,,outpatient,2026-05-05,1850000,1700000,,
C,HT,,provincial,basic,referred,inpatient,2026-05-05,27400000,25900000,14600000,2019-01-01
D,DN,1.1,,,,outpatient,2026-05-05,1000002.5,1000001,,
";

const A_DAY_LATER: [&str; 4] = ["--discharged-on", "2026-06-30", "--shift-to", "2026-07-01"];

fn a_day_later() -> Json {
    let run = simulate(VISITS, &[&A_DAY_LATER[..], &["--json"]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    result(&run)
}

#[test]
fn a_day_later_moves_what_base_salary_and_network_rates_move() {
    let found = a_day_later();
    assert_eq!(found["visits"], 4);
    // Fund: 300,000 + 0 + 25,900,000 + 800,000.8; co-payment: 75,000 + 1,700,000 + 0 + 200,000.2;
    // own payment: 0 + 150,000 + 1,500,000 + 1.5.
    let before = json!({
        "hospital_cost": "30625002.5", "fund_payment": "27000000.8", "copayment": "1975000.2", "own_payment": "1650001.5",
    });
    assert_eq!(found["before"], before);
    // Fund: 375,000 + 680,000 + 25,320,000 + 800,000.8.
    let after = json!({
        "hospital_cost": "30625002.5", "fund_payment": "27175000.8", "copayment": "1800000.2", "own_payment": "1650001.5",
    });
    assert_eq!(found["after"], after);
    let steps = found["attribution"].as_array().expect("steps");
    let moving: Vec<(&Json, &Json)> = steps
        .iter()
        .filter(|step| step["moved"]["fund_payment"] != "0")
        .map(|step| (&step["rule"], &step["moved"]["fund_payment"]))
        .collect();
    // The base salary gives A 75,000 and takes 580,000 from C.
    assert_eq!(
        moving,
        [(&json!("base-salary"), &json!("-505000")), (&json!("network-rates"), &json!("680000"))]
    );
    assert_eq!(steps.last().expect("the remainder")["kind"], "remainder");
    assert_eq!(
        found["visits_by_patient_payment"],
        json!({"less": 2, "saved": "755000", "more": 1, "added": "580000", "same": 1}),
    );
    let quantiles = found["distribution"]["quantiles"].as_array().expect("quantiles");
    assert_eq!(
        (&quantiles[0]["amount"], found["distribution"]["mean"].as_i64()),
        (&json!(-680_000), Some(-43_750))
    );
    assert_eq!(quantiles.last().expect("the largest")["amount"], 580_000);
}

#[test]
fn groups_and_reliefs_hold_the_same_visits() {
    let found = a_day_later();
    let of = |list: &str, keys: &[(&str, &str)]| -> Json {
        let list = found[list].as_array().expect("a list");
        let fits = |item: &&Json| keys.iter().all(|(key, value)| item[*key] == *value);
        list.iter().find(fits).unwrap_or_else(|| panic!("{keys:?}")).clone()
    };
    let household = of("groups", &[("group", "household")]);
    assert_eq!(
        (household["visits"].as_i64(), &household["difference"]["fund_payment"]),
        (Some(2), &json!("755000"))
    );
    let risen = of("reliefs", &[("relief_before", "none"), ("relief_after", "low-cost-visit")]);
    assert_eq!((risen["visits"].as_i64(), &risen["difference"]["copayment"]), (Some(1), &json!("-75000")));
    let exempt = of("reliefs", &[("relief_before", "annual-ceiling"), ("relief_after", "annual-ceiling")]);
    assert_eq!((exempt["visits"].as_i64(), &exempt["difference"]["copayment"]), (Some(1), &json!("580000")));
    let none = of("reliefs", &[("relief_before", "none"), ("relief_after", "none")]);
    assert_eq!((none["visits"].as_i64(), &none["before"]["fund_payment"]), (Some(2), &json!("800000.8")));
    assert_eq!(found["reliefs"].as_array().map(Vec::len), Some(3));
}

#[test]
fn near_poor_people_are_paid_in_full_from_2026() {
    let table = "group,visit_code,setting,discharged,hospital_cost,covered_cost\nCN,2,inpatient,2025-10-10,10000000,10000000\n";
    let args = ["--discharged-on", "2025-12-31", "--shift-to", "2026-01-01", "--json"];
    let found = result(&simulate(table, &args));
    assert_eq!(found["before"]["fund_payment"], "9500000");
    assert_eq!(found["after"]["fund_payment"], "10000000");
    let moving: Vec<&Json> = found["attribution"]
        .as_array()
        .expect("steps")
        .iter()
        .filter(|step| step["moved"]["fund_payment"] != "0")
        .collect();
    assert_eq!(moving.len(), 1);
    assert_eq!(
        (&moving[0]["rule"], &moving[0]["moved"]["fund_payment"]),
        (&json!("benefit-levels"), &json!("500000"))
    );
}

#[test]
fn a_scenario_of_the_benefit_side_is_named_and_counted() {
    // 20 % of 2,530,000 is 506,000: 400,000 at 80 % is paid in full, 506,000 is not below.
    let table = "group,visit_code,setting,discharged,hospital_cost,covered_cost\n\
        GD,1.1,outpatient,2027-01-01,400000,400000\nGD,1.1,outpatient,2027-01-01,506000,506000\n";
    let run = simulate_known(table, &["--against", SCENARIO, "--json"]);
    let json: Json = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(json["result"]["difference"]["fund_payment"], "80000");
    assert_eq!(json["result"]["attribution"][0]["rule"], "low-cost-visit");
    assert!(json["warnings"].as_array().expect("warnings").iter().any(|said| said["code"] == "W0620"));
    assert_eq!(simulate_known(table, &["--against", SCENARIO, "--strict"]).code, 4);
    // It moves no premium.
    let people = "group,months,paid_on\nGD,12,2027-01-01\n";
    let run = simulate_known(people, &["--against", SCENARIO, "--json"]);
    let json: Json = serde_json::from_str(&run.stdout).expect("JSON");
    assert!(json["warnings"].as_array().expect("warnings").iter().any(|said| said["code"] == "W0618"));
    assert_eq!(json["result"]["difference"]["premium"], 0);
}

/// Visits of every kind on days of 2027, some of which cannot be computed.
fn many(rows: i64) -> String {
    let mut table = String::from(
        "claim_id,group,visit_code,setting,admitted,discharged,hospital_cost,covered_cost,copaid_this_year,five_years_since,born\n",
    );
    for row in 0..rows {
        let group = ["GD", "HT", "CN", "LH", "DN", "TE", "xx"][usize::try_from(row % 7).expect("small")];
        let code = ["1.1", "1.14", "2", "3.1", "3.6", "7.1"][usize::try_from(row % 6).expect("small")];
        let setting = ["outpatient", "inpatient"][usize::try_from(row / 6 % 2).expect("small")];
        let covered = 300_000 + row * 7_919 % 40_000_000;
        let (copaid, five) = if row % 3 == 0 { ("14900000", "2019-01-01") } else { ("", "") };
        table.push_str(&format!(
            "V{row},{group},{code},{setting},2027-02-0{},2027-02-1{},{},{covered}.5,{copaid},{five},19{}-03-01\n",
            1 + row % 9,
            row % 10,
            covered + 1_000,
            40 + row % 50,
        ));
    }
    table
}

#[test]
fn both_sides_are_what_two_batches_compute() {
    let table = many(600);
    let run = simulate(&table, &["--against", SCENARIO, "--json"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let found = result(&run);
    for (side, more) in [("before", &[][..]), ("after", &["--overlay", SCENARIO][..])] {
        let run = bhyt(&[&["batch", "claim", "-", "-q"], more].concat(), &table);
        assert_eq!(run.code, 1, "{}", run.stderr);
        let mut lines = run.stdout.lines().map(cells);
        let heading = lines.next().expect("a heading");
        let at = |column: &str| heading.iter().position(|name| name == column).expect("a column");
        let rows: Vec<Vec<String>> = lines.filter(|row| row[at("error_code")].is_empty()).collect();
        assert_eq!(found["visits"].as_u64(), Some(rows.len() as u64));
        assert!(rows.len() > 300);
        for column in ["hospital_cost", "fund_payment", "copayment", "own_payment"] {
            let sum: i64 = rows.iter().map(|row| hundredths(&row[at(column)])).sum();
            assert_eq!(hundredths(found[side][column].as_str().expect("a text")), sum, "{side} {column}");
        }
    }
    let left: i64 =
        found["left_out"].as_array().expect("a list").iter().filter_map(|one| one["visits"].as_i64()).sum();
    assert_eq!(found["visits"].as_i64().expect("a count") + left, 600);
}

/// `1.5` → 150.
fn hundredths(amount: &str) -> i64 {
    let (whole, decimals) = amount.split_once('.').unwrap_or((amount, ""));
    format!("{whole}{decimals:0<2}").parse().expect("a number")
}

#[test]
fn threads_and_the_way_in_change_nothing() {
    // More than what is read to find the heading.
    let table = many(20_000);
    assert!(table.len() > 1_000_000);
    let path = file("visits.csv", &table);
    let run = |table: &str, stdin: &str, jobs| {
        let args = ["simulate", table, "-q", "--against", SCENARIO, "--json", "--jobs", jobs];
        bhyt(&args, stdin).stdout
    };
    let one = run("-", &table, "1");
    assert_eq!(one, run("-", &table, "4"));
    assert_eq!(one, run(path.to_str().expect("a text path"), "", "2"));
    let found: Json = serde_json::from_str(&one).expect("JSON");
    let left = found["result"]["left_out"].as_array().expect("a list");
    let left: i64 = left.iter().filter_map(|one| one["visits"].as_i64()).sum();
    assert_eq!(found["result"]["visits"].as_i64().expect("a count") + left, 20_000);
}

#[test]
fn the_heading_tells_people_from_visits() {
    let people = "group,months,paid_on\nGD,12,2026-06-30\n";
    let said = |table: &str, more: &[&str]| bhyt(&[&["simulate", "-", "--lang", "en"], more].concat(), table);
    assert!(said(VISITS, &A_DAY_LATER).stderr.contains("N0621 By its heading this is a table of visits."));
    let paid = ["--paid-on", "2026-06-30", "--shift-to", "2026-07-01"];
    assert!(said(people, &paid).stderr.contains("N0621 By its heading this is a table of insured people."));
    // The day of the other kind, both days, a table of neither kind.
    for (table, more, code) in [
        (VISITS, &paid[..], "E0611"),
        (people, &A_DAY_LATER[..], "E0611"),
        (VISITS, &["--discharged-on", "2026-07-02", "--shift-to", "2026-07-01"][..], "E0505"),
        (VISITS, &["--shift-to", "2026-07-01"][..], "E0610"),
    ] {
        let run = said(table, more);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains(code), "{code}: {}", run.stderr);
    }
    // The error is that of the kind which lacks least.
    let run = said("group,discharged,hospital_cost\nGD,2026-01-01,5\n", &A_DAY_LATER);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("(`covered_cost`) missing"), "{}", run.stderr);
    let run = said("group,paid_on\nGD,2026-01-01\n", &paid);
    assert!(run.stderr.contains(" months missing"), "{}", run.stderr);
    // Other names of columns are understood by the kind they belong to.
    let mapped = VISITS.replace("covered_cost", "Trong phạm vi").replace("group", "Loại thẻ");
    let run = simulate(&mapped, &[&A_DAY_LATER[..], &["--map", "Loại thẻ=group", "--json"]].concat());
    assert_eq!(result(&run), a_day_later());
}

#[test]
fn rows_with_warnings_are_counted() {
    // The base salary changed in July: a sum without dates may belong to either part of the year.
    let run = simulate(VISITS, &["--against", SCENARIO, "--discharged-on", "2026-08-01", "--json"]);
    let json: Json = serde_json::from_str(&run.stdout).expect("JSON");
    let warnings = json["warnings"].as_array().expect("warnings");
    let counted = warnings.iter().find(|said| said["code"] == "W0622").expect("a count of warnings");
    assert!(counted["message"].as_str().expect("a text").contains("W0724: 1"), "{counted}");
}

#[test]
fn the_table_of_figures_adds_up() {
    let run = simulate(VISITS, &[&A_DAY_LATER[..], &["-f", "csv"]].concat());
    let rows: Vec<Vec<String>> = run.stdout.lines().map(cells).collect();
    assert!(rows.iter().all(|row| row.len() == 8), "{}", run.stdout);
    let sum = |section: &str, payer: &str| -> i64 {
        let of = rows.iter().filter(|row| row[0] == section && row[3] == payer);
        of.map(|row| hundredths(&row[7])).sum()
    };
    for payer in ["hospital_cost", "fund_payment", "copayment", "own_payment"] {
        for section in ["groups", "reliefs", "attribution"] {
            assert_eq!(sum("payers", payer), sum(section, payer), "{section} {payer}");
        }
    }
    assert_eq!(sum("payers", "fund_payment"), 17_500_000);
    assert_eq!(sum("visits-by-patient-payment", "patient"), -17_500_000);
}

#[test]
fn the_screen_stays_within_eighty_columns_and_the_page_is_whole() {
    let table = many(300);
    for lang in ["vi", "en"] {
        let args = [
            "--against",
            SCENARIO,
            "--discharged-on",
            "2027-01-31",
            "--shift-to",
            "2027-02-01",
            "--lang",
            lang,
        ];
        let run = simulate(&table, &args);
        let over: Vec<&str> = run.stdout.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(over.is_empty(), "{over:#?}");
        let html = simulate(&table, &[&args[..], &["-f", "html"]].concat()).stdout;
        assert!(html.contains("default-src 'none'; style-src 'unsafe-inline'"));
        for forbidden in ["<script", "http://", "https://", "url(", "@import", "<img", "<link"] {
            assert!(!html.contains(forbidden), "{forbidden}");
        }
        assert!(html.matches("<svg").count() >= 8);
        for tag in ["table", "tr", "td", "th", "p", "h2", "div", "svg"] {
            let open = html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
            assert_eq!(open, html.matches(&format!("</{tag}>")).count(), "{tag}");
        }
    }
}
