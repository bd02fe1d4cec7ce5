//! Text, JSON, CSV, HTML and chat carry the same numbers, in both languages.

use serde_json::Value as Json;

use crate::program::bhyt;

const HOUSEHOLDS: &[&[&str]] = &[
    &["quote", "--members", "6", "--months", "12", "--paid-on", "2026-08-01"],
    &["quote", "--group", "CN", "--months", "6", "--paid-on", "2026-08-01", "--province", "gia-lai"],
    &["quote", "--group", "DN", "--salary", "12.345.678", "--months", "1", "--paid-on", "2026-08-01"],
    &["quote", "--group", "HS", "--months", "9", "--paid-on", "2025-08-20"],
    &["quote", "examples/household.toml"],
];

fn output(args: &[&str], more: &[&str]) -> String {
    let args: Vec<&str> = args.iter().chain(more).copied().collect();
    let run = bhyt(&args, "");
    assert_eq!(run.code, 0, "{args:?}: {}", run.stderr);
    run.stdout
}

/// Amounts of a JSON result: premiums, totals, parts.
fn amounts(json: &Json) -> Vec<i64> {
    let result = &json["result"];
    let mut found = vec![result["total"].as_i64(), result["payable"].as_i64()];
    for member in result["members"].as_array().expect("members") {
        found.push(member["premium"].as_i64());
    }
    found.into_iter().map(|amount| amount.expect("whole đồng")).collect()
}

/// The digits of every number in a text, thousands separators removed.
fn numbers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut digits = String::new();
    let letters: Vec<char> = text.chars().collect();
    for (index, letter) in letters.iter().enumerate() {
        let next_is_digit = letters.get(index + 1).is_some_and(char::is_ascii_digit);
        match letter {
            digit if digit.is_ascii_digit() => digits.push(*digit),
            '.' | ',' if !digits.is_empty() && next_is_digit => {}
            _ if !digits.is_empty() => found.push(std::mem::take(&mut digits)),
            _ => {}
        }
    }
    found
}

#[test]
fn every_format_shows_the_same_amounts_in_both_languages() {
    for args in HOUSEHOLDS {
        let json: Json = serde_json::from_str(&output(args, &["--json"])).expect("JSON");
        let english: Json = serde_json::from_str(&output(args, &["--json", "--lang", "en"])).expect("JSON");
        assert_eq!(json["result"], english["result"], "{args:?}");
        for lang in ["vi", "en"] {
            for format in ["text", "html"] {
                let shown = numbers(&output(args, &["--format", format, "--lang", lang]));
                for amount in amounts(&json) {
                    assert!(
                        shown.contains(&amount.to_string()),
                        "{format} {lang} lacks {amount} for {args:?}"
                    );
                }
            }
            let chat = numbers(&output(args, &["--format", "chat", "--lang", lang]));
            let payable = json["result"]["payable"].to_string();
            assert!(chat.contains(&payable), "chat {lang} lacks {payable} for {args:?}");
        }
        let csv = output(args, &["--format", "csv"]);
        let premiums: Vec<i64> =
            csv.lines().skip(1).filter_map(|line| line.split(',').nth(8)?.parse().ok()).collect();
        assert_eq!(
            premiums.iter().sum::<i64>(),
            json["result"]["total"].as_i64().expect("a total"),
            "{args:?}"
        );
    }
}

#[test]
fn text_stays_within_eighty_columns() {
    for args in HOUSEHOLDS {
        for lang in ["vi", "en"] {
            for line in output(args, &["--explain", "--lang", lang]).lines() {
                assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
            }
        }
    }
}

/// A visit of hundreds of millions with two cards, decimals, other sources and long names.
const LARGE_VISIT: &str = r#"
admitted   = 2026-07-28
discharged = 2026-08-25
setting    = "inpatient"
visit-code = "1.3"
five-years-since = 2019-01-01
copaid-this-year = 15_000_000

[[cards]]
group = "GD"
valid-until = 2026-07-31

[[cards]]
group = "CN"
valid-from = 2026-08-01

[[lines]]
kind = "bed"
name = "Giường hồi sức tích cực bệnh viện hạng đặc biệt, phòng áp lực dương, có máy thở"
unit = "ngày"
date = 2026-07-28
until = 2026-08-24
quantity = "28"
price = "1257100.75"
service-ratio = "50%"

[[lines]]
kind = "drug"
name = "Thuốc điều trị ung thư nhắm trúng đích"
date = 2026-08-02
quantity = "30"
price = "13333333.33"
list-ratio = "50%"
other-source = "25000000.5"

[[lines]]
kind = "drug"
date = 2026-08-03
quantity = "1"
price = "99999"
"#;

#[test]
fn texts_of_the_benefit_side_stay_within_eighty_columns() {
    let commands: [&[&str]; 6] = [
        &["claim", "-"],
        &["claim", "examples/visit.toml"],
        &[
            "transport",
            "--group",
            "TE",
            "--date",
            "2026-08-01",
            "--distance-km",
            "56",
            "--fuel-price",
            "20000",
            "--vehicle",
            "own",
            "--invoice",
            "300000",
        ],
        &["fund", "school", "--pupils", "1000", "--months", "12", "--date", "2026-09-01"],
        &["fund", "allocate", "--contributions", "999999999999", "--date", "2026-09-01"],
        &[
            "fund",
            "facility",
            "--district-fund",
            "10000000000",
            "--primary-care",
            "1000000000",
            "--cards-total",
            "30000",
            "--cards-registered",
            "6000",
            "--services",
            "in-and-outpatient",
            "--date",
            "2016-01-01",
        ],
    ];
    for args in commands {
        for lang in ["vi", "en"] {
            let run = bhyt(&[args, &["--explain", "--lang", lang]].concat(), LARGE_VISIT);
            assert_eq!(run.code, 0, "{args:?}: {}", run.stderr);
            for line in run.stdout.lines() {
                assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
            }
        }
    }
}

#[test]
fn a_chat_message_for_five_is_short_enough_to_paste() {
    for lang in ["vi", "en"] {
        let text = output(
            &["quote", "--members", "5", "--paid-on", "2026-08-01"],
            &["--format", "chat", "--lang", lang],
        );
        assert!(text.chars().count() <= 600, "{} characters", text.chars().count());
    }
}

#[test]
fn the_html_sheet_refers_to_nothing_outside() {
    let html = output(&["quote", "--members", "5", "--paid-on", "2026-08-01"], &["--format", "html"]);
    for outside in ["http:", "https:", "src=", "href=", "url(", "@import", "<script"] {
        assert!(!html.contains(outside), "{outside}");
    }
    assert!(html.contains("default-src 'none'"));
    assert!(html.contains("Không thay thế biên lai thu tiền"));
}

#[test]
fn names_cannot_break_out_of_their_place() {
    let file = "paid-on = 2026-08-01\n[[members]]\ngroup = \"GD\"\nname = \"<script>=1+1\\u001B[2J\"\n";
    let run = |format: &str| bhyt(&["quote", "-", "--format", format], file).stdout;
    assert!(!run("html").contains("<script>"));
    assert!(!run("text").contains('\u{1b}'));
    assert!(!run("chat").contains('\u{1b}'));
    let formula = "paid-on = 2026-08-01\n[[members]]\ngroup = \"GD\"\nname = \"=HYPERLINK(1)\"\n";
    assert!(bhyt(&["quote", "-", "--format", "csv"], formula).stdout.contains("'=HYPERLINK(1)"));
}

#[test]
fn the_trace_names_an_article_for_every_number() {
    for args in HOUSEHOLDS {
        let json: Json = serde_json::from_str(&output(args, &["--json"])).expect("JSON");
        let trace = json["trace"].as_array().expect("a trace");
        assert!(!trace.is_empty());
        for step in trace {
            for key in ["id", "value", "formula", "rule", "effective_from", "governing_date"] {
                assert!(step[key].is_string(), "{key} of {step}");
            }
            assert!(step["cites"].as_array().is_some_and(|cites| !cites.is_empty()), "{step}");
        }
    }
}

/// A message in a chat names the card of each where cards differ: six months end before twelve.
#[test]
fn a_chat_names_the_card_of_each_where_they_differ() {
    let file = "paid-on = 2026-09-01\nmonths = 12\n[[members]]\ngroup = \"GD\"\n[[members]]\ngroup = \"GD\"\nmonths = 6\n";
    let run = bhyt(&["quote", "-", "--format", "chat"], file);
    for line in ["thẻ từ 01/10/2026 – 30/09/2027", "thẻ từ 01/10/2026 – 31/03/2027"] {
        assert!(run.stdout.contains(line), "{line}: {}", run.stdout);
    }
    assert!(!run.stdout.contains("\nThẻ từ"), "{}", run.stdout);
    let file = file.replace("months = 6\n", "");
    let run = bhyt(&["quote", "-", "--format", "chat"], &file);
    assert!(run.stdout.contains("\nThẻ từ 01/10/2026 – 30/09/2027"), "{}", run.stdout);
    assert_eq!(run.stdout.matches("ẻ từ").count(), 1, "{}", run.stdout);
}
