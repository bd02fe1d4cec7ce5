//! The list for the hospital: written by an audit, filled in, and read back so that answered questions are settled.

use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;

use crate::program::bhyt;
use crate::synthetic::{DraftClaim, Style, claims, envelope};
use bhyt::workshop::Standard;

/// Two claims whose registered facility is another one: a question each.
fn asked(folder: &Path) -> String {
    let mut drafts: Vec<DraftClaim> = claims(Standard::Qd1931, 23)
        .filter(|draft| draft.visit_code == "1.1" && draft.cards.len() == 1)
        .take(2)
        .collect();
    for draft in &mut drafts {
        draft.cards[0].registered = "00002".to_owned();
    }
    let path = folder.join("asked.xml");
    std::fs::write(&path, envelope(&drafts, Style::default())).expect("a written file");
    path.to_str().expect("a path of letters").to_owned()
}

/// The rows of the sheet of questions.
fn questions(book: &Path, sheet: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(book).expect("a workbook");
    let range = book.worksheet_range(sheet).expect("the sheet of questions");
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

#[test]
fn answered_questions_are_settled_in_the_next_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let claims = asked(folder.path());
    let report = folder.path().join("report.xlsx");
    let run = bhyt(&["audit", &claims, "-o", report.to_str().expect("letters"), "-q"], "");
    assert_eq!(run.code, 1, "{}", run.stderr);
    let rows = questions(&report, "Cần trả lời");
    assert_eq!(rows.len(), 3, "{rows:?}");
    let answer = rows[0].iter().position(|head| head == "Trả lời").expect("a column for answers");
    assert!(rows[1..].iter().all(|row| row.iter().any(|cell| cell == "A63-route-evidence")), "{rows:?}");

    // The hospital answers the first question only.
    let mut filled = Workbook::new();
    let sheet = filled.add_worksheet().set_name("Cần trả lời").expect("a name");
    for (at, row) in (0_u32..).zip(&rows) {
        for (column, cell) in (0_u16..).zip(row) {
            sheet.write(at, column, cell.as_str()).expect("a cell");
        }
    }
    let column = u16::try_from(answer).expect("a column");
    sheet.write(1, column, "Đã bổ sung phiếu").expect("a cell");
    let answers = folder.path().join("answers.xlsx");
    filled.save(&answers).expect("a written workbook");
    let run = bhyt(&["audit", &claims, "--answers", answers.to_str().expect("letters"), "-f", "json"], "");
    let document: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let summary = &document["result"]["summary"];
    assert_eq!((summary["agreeing"].as_u64(), summary["to_ask"].as_u64()), (Some(1), Some(1)), "{summary}");
    assert_eq!(summary["answered"].as_u64(), Some(1));

    // A table of the same columns will do, and an answer to nothing is told.
    let table = folder.path().join("answers.csv");
    let rows = "file,number,code,part,line,answer\nasked.xml,1,A63-route-evidence,XML1,,yes\nasked.xml,2,a63,XML1,,yes\nasked.xml,9,A63-route-evidence,XML1,,yes\n";
    std::fs::write(&table, rows).expect("a written table");
    let run = bhyt(&["audit", &claims, "--answers", table.to_str().expect("letters"), "-f", "json"], "");
    let document: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let summary = &document["result"]["summary"];
    assert_eq!((summary["agreeing"].as_u64(), summary["answered"].as_u64()), (Some(2), Some(2)), "{summary}");
    assert_eq!((summary["answers_without_question"].as_u64(), run.code), (Some(1), 1));
    assert_eq!(summary["answers_left"], serde_json::json!(["asked.xml#9 A63-route-evidence XML1"]));
    // On a screen too; what was typed in the wrong place is not repeated.
    let rows = "file,number,code,part,line,answer\nasked.xml,1,Nguyễn Văn A,XML1,3,yes\nasked.xml,2,A63,0912345678,,yes\n";
    std::fs::write(&table, rows).expect("a written table");
    let run = bhyt(&["audit", &claims, "--answers", table.to_str().expect("letters"), "--lang", "en"], "");
    assert!(run.stdout.contains("2 answers fit no question"), "{}", run.stdout);
    for named in ["asked.xml#1 ? XML1 3", "asked.xml#2 A63-route-evidence ?"] {
        assert!(run.stdout.contains(named), "{named}: {}", run.stdout);
    }
    assert!(!run.stdout.contains("Nguyễn") && !run.stdout.contains("0912345678"), "{}", run.stdout);
}
