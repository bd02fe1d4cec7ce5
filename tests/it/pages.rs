//! One page, four drawings: what a screen shows, the printed sheet and the workbook show too, and so does the CSV.

use std::collections::BTreeSet;

use calamine::{Data, Reader, open_workbook_auto};
use tempfile::TempDir;

use crate::program::bhyt;

/// Commands whose results are pages, with their amounts in đồng.
const COMMANDS: &[&[&str]] = &[
    &["quote", "--members", "6", "--months", "12", "--paid-on", "2026-08-01"],
    &["quote", "examples/household.toml"],
    &["quote", "--group", "DN", "--salary", "12.345.678", "--months", "1", "--paid-on", "2026-08-01"],
    &["subsidy", "--group", "CN", "--province", "Gia Lai", "--paid-on", "2026-08-01"],
    &["subsidy", "--group", "GB", "--rank", "5", "--paid-on", "2026-08-01"],
    &["claim", "examples/visit.toml"],
    &["late", "--amount", "100.000.000", "--days", "45", "--date", "2026-08-01"],
    &["fund", "allocate", "--contributions", "999999999999", "--date", "2026-09-01"],
    &["fund", "school", "--pupils", "1000", "--months", "12", "--date", "2026-09-01"],
    &["simulate", "examples/population.csv", "--paid-on", "2026-06-30", "--shift-to", "2026-07-01", "-q"],
    &["simulate", "examples/visits.csv", "--discharged-on", "2026-06-30", "--shift-to", "2026-07-01", "-q"],
    &["audit", "examples/claims.xml", "--form", "01-kbcb", "--claim-number", "2"],
    &["audit", "examples/claims.xml", "-q"],
    &["rules", "diff", "2026-06-30", "2026-07-01"],
];

/// Shortest amount compared, in digits: shorter ones are days, articles and percentages.
const DIGITS: usize = 5;

/// The amounts in a text, without marks of thousands and decimals.
fn amounts(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut digits = String::new();
    let letters: Vec<char> = text.chars().chain([' ']).collect();
    for (index, letter) in letters.iter().enumerate() {
        let goes_on = letters.get(index + 1).is_some_and(char::is_ascii_digit);
        match letter {
            digit if digit.is_ascii_digit() => digits.push(*digit),
            '.' | ',' if !digits.is_empty() && goes_on => {}
            // Letters make it a hash or a code.
            letter if letter.is_ascii_alphabetic() && !digits.is_empty() => digits.clear(),
            _ => {
                let found_one = std::mem::take(&mut digits);
                if found_one.len() >= DIGITS {
                    found.insert(found_one.trim_end_matches('0').to_owned());
                }
            }
        }
    }
    found
}

/// The result in a file; audits end with 1 where there is something to look at.
fn written(args: &[&str], format: &str, folder: &TempDir) -> String {
    let path = folder.path().join(format!("page.{format}"));
    let path = path.to_str().expect("a path of letters").to_owned();
    let run = bhyt(&[args, &["--format", format, "-o", &path, "--force"]].concat(), "");
    assert!(run.code <= 1, "{args:?} {format}: {}", run.stderr);
    path
}

/// Everything that stands in the cells of a workbook, sheet by sheet.
fn cells(path: &str) -> Vec<(String, String)> {
    let mut book = open_workbook_auto(path).expect("a workbook");
    let sheets = book.worksheets();
    let text = |cell: &Data| match cell {
        // Audits keep decimals in the workbook where a screen shows whole đồng.
        Data::Float(number) => format!("{number}\n{}", number.round()),
        Data::Int(number) => number.to_string(),
        other => other.to_string(),
    };
    let joined =
        |range: &calamine::Range<Data>| range.cells().map(|(_, _, cell)| text(cell) + "\n").collect();
    sheets.iter().map(|(name, range)| (name.clone(), joined(range))).collect()
}

#[test]
fn sheet_and_workbook_show_what_the_screen_shows() {
    for args in COMMANDS {
        let folder = TempDir::new().expect("a folder");
        let screen = bhyt(args, "");
        assert!(screen.code <= 1, "{args:?}: {}", screen.stderr);
        let shown = amounts(&screen.stdout);
        assert!(!shown.is_empty(), "{args:?} shows no amount");
        let html = std::fs::read_to_string(written(args, "html", &folder)).expect("the sheet");
        let book: String = cells(&written(args, "xlsx", &folder)).into_iter().map(|(_, text)| text).collect();
        for (name, drawn) in [("html", amounts(&html)), ("xlsx", amounts(&book))] {
            let missing: Vec<&String> = shown.difference(&drawn).collect();
            assert!(missing.is_empty(), "{name} of {args:?} lacks {missing:?}");
        }
    }
}

#[test]
fn the_flat_table_of_a_page_is_the_same_in_csv_and_workbook() {
    for args in COMMANDS.iter().filter(|args| ["quote", "claim", "simulate"].contains(&args[0])) {
        let folder = TempDir::new().expect("a folder");
        let csv = std::fs::read_to_string(written(args, "csv", &folder)).expect("the table");
        let sheets = cells(&written(args, "xlsx", &folder));
        let (_, data) = sheets.iter().find(|(name, _)| name == "Dữ liệu").expect("a sheet of data");
        assert_eq!(amounts(&csv.replace(',', "\n")), amounts(data), "{args:?}");
        let heads: Vec<&str> = csv.lines().next().expect("heads").split(',').collect();
        assert!(heads.iter().all(|head| data.lines().any(|cell| cell == *head)), "{args:?}: {heads:?}");
    }
}

#[test]
fn sheets_refer_to_nothing_outside_and_keep_names_as_text() {
    let folder = TempDir::new().expect("a folder");
    for args in COMMANDS {
        let html = std::fs::read_to_string(written(args, "html", &folder)).expect("the sheet");
        for outside in ["http:", "https:", "src=", "href=", "url(", "@import", "<script"] {
            assert!(!html.contains(outside), "{outside} in {args:?}");
        }
        assert!(html.contains("default-src 'none'"), "{args:?}");
    }
    let evil = "=HYPERLINK(1)' <b>&";
    let file = format!("paid-on = 2026-08-01\n[[members]]\ngroup = \"GD\"\nname = \"{evil}\"\n");
    let run = |format: &str| {
        let path = folder.path().join(format!("name.{format}"));
        let path = path.to_str().expect("a path of letters").to_owned();
        let run = bhyt(&["quote", "-", "--format", format, "-o", &path, "--force"], &file);
        assert_eq!(run.code, 0, "{}", run.stderr);
        path
    };
    let html = std::fs::read_to_string(run("html")).expect("the sheet");
    assert!(html.contains("=HYPERLINK(1)&#39; &lt;b&gt;&amp;"), "{html}");
    assert!(std::fs::read_to_string(run("csv")).expect("the table").contains("'=HYPERLINK(1)"));
    let book = cells(&run("xlsx"));
    assert!(book.iter().all(|(_, text)| text.contains(evil)), "{book:?}");
}
