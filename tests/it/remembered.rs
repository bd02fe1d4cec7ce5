//! What an audit or a list remembers is bounded. Beyond the bound it is said, in every form of the result, and the exit code
//! is another: a result in which copies were not looked for never looks like one without copies.

use std::path::Path;

use calamine::{Reader, Xlsx, open_workbook};
use serde_json::Value;

use crate::program::{Run, bhyt, bhyt_remembering};
use crate::synthetic::{DraftClaim, Style, claims, envelope};
use bhyt::workshop::Standard;

/// Five visits of five people in which everything fits.
fn visits() -> Vec<DraftClaim> {
    let mut people = Vec::new();
    let plain = |draft: &DraftClaim| draft.visit_code == "1.1" && draft.cards.len() == 1;
    let mut drafts: Vec<DraftClaim> = claims(Standard::Qd1931, 41).filter(plain).take(40).collect();
    drafts.retain(|draft| {
        let number = draft.cards[0].number.clone();
        let is_new = !people.contains(&number);
        people.push(number);
        is_new
    });
    drafts.truncate(5);
    assert_eq!(drafts.len(), 5);
    drafts
}

fn written(folder: &Path, drafts: &[DraftClaim]) -> String {
    let path = folder.join("many.xml");
    std::fs::write(&path, envelope(drafts, Style::default())).expect("claims");
    path.to_str().expect("letters").to_owned()
}

/// Result and what was said of it.
fn both(run: &Run) -> String {
    format!("{}{}", run.stdout, run.stderr)
}

#[test]
fn claims_beyond_what_is_remembered_are_named_in_every_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = written(folder.path(), &visits());
    let enough = bhyt_remembering(5, &["audit", &file, "--lang", "en"]);
    assert!(enough.code == 0 && !both(&enough).contains("E0399"), "{}", both(&enough));

    let said = "Only 3 visits are remembered: among the other 2, from many.xml#4 on";
    let text = bhyt_remembering(3, &["audit", &file, "--lang", "en"]);
    let flat = text.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.code == 1 && flat.contains(said) && flat.contains("by facility"), "{}", text.stdout);
    let vietnamese = bhyt_remembering(3, &["audit", &file]);
    assert!(vietnamese.stdout.contains("chỉ nhớ 3 lượt khám"), "{}", vietnamese.stdout);

    let json = bhyt_remembering(3, &["audit", &file, "--json", "--lang", "en"]);
    let document: Value = serde_json::from_str(&json.stdout).expect("JSON");
    let told = &document["result"]["summary"]["not_compared"];
    let read = |key: &str| told[key].clone();
    assert_eq!([read("code"), read("from")], ["E0399", "many.xml#4"].map(Value::from));
    assert_eq!([read("claims"), read("remembered")], [2, 3].map(Value::from));
    assert_eq!(json.code, 1);
    let json = bhyt_remembering(5, &["audit", &file, "--json"]);
    let document: Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(document["result"]["summary"]["not_compared"], Value::Null);

    for format in ["csv", "jsonl"] {
        let run = bhyt_remembering(3, &["audit", &file, "-f", format, "--lang", "en"]);
        let last = run.stdout.lines().last().unwrap_or_default();
        assert!(run.code == 1 && last.contains("E0399") && last.contains("many.xml"), "{}", run.stdout);
        assert!(run.stderr.contains("E0399"), "{}", run.stderr);
    }
    let page = folder.path().join("page.html");
    let run = bhyt_remembering(3, &["audit", &file, "--lang", "en", "-o", page.to_str().expect("letters")]);
    let drawn = std::fs::read_to_string(&page).expect("a page");
    assert!(run.code == 1 && drawn.contains("Only 3 visits") && drawn.contains("by facility"), "{drawn}");
    let book = folder.path().join("book.xlsx");
    let run = bhyt_remembering(3, &["audit", &file, "--lang", "en", "-o", book.to_str().expect("letters")]);
    let mut book: Xlsx<_> = open_workbook(&book).expect("a workbook");
    let first = book.worksheet_range("Summary").expect("the first sheet");
    let cells: Vec<String> = first.rows().flatten().map(ToString::to_string).collect();
    assert!(run.code == 1 && cells.iter().any(|cell| cell.contains(said)), "{cells:?}");
}

/// Copies of what is remembered are found wherever they stand; copies among the rest are not, and that is said.
#[test]
fn what_is_remembered_is_still_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut drafts = visits();
    drafts.extend([drafts[4].clone(), drafts[0].clone()]);
    let file = written(folder.path(), &drafts);
    let found = |room: usize| -> Vec<(u64, String)> {
        let run = bhyt_remembering(room, &["audit", &file, "-f", "jsonl"]);
        let documents = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let code = |document: &Value| {
            let number = document["result"]["number"].as_u64()?;
            Some((number, document["result"]["findings"][0]["code"].as_str()?.to_owned()))
        };
        documents.filter_map(|document| code(&document)).collect()
    };
    let copy = |number: u64| (number, "A68-same-claim-twice".to_owned());
    assert_eq!(found(5), [copy(6), copy(7)]);
    assert_eq!(found(3), [copy(7)]);
    // Where identities are not checked nothing is missing either.
    let run = bhyt_remembering(3, &["audit", &file, "--skip", "identity"]);
    assert!(run.code == 0 && !both(&run).contains("E0399"), "{}", both(&run));
}

#[test]
fn rows_beyond_what_is_remembered_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let heading = "stt,ma_the,ma_dkbd,gt_the_tu,gt_the_den,ma_lydo_vvien,ngay_vao,ngay_ra,ma_loaikcb,t_tongchi,t_kham,t_bntt,t_bhtt,ma_cskcb";
    let row = |number: usize, person: usize| {
        format!(
            "{number},GD479000000{person:04},79001,20260101,20261231,1,202608030800,202608030900,1,1000000,50600,200000,800000,79001\n"
        )
    };
    let list = folder.path().join("visits.csv");
    let path = list.to_str().expect("letters");
    let rows: String = (1..=5).map(|number| row(number, number)).collect();
    std::fs::write(&list, format!("{heading}\n{rows}")).expect("a table");
    let enough = bhyt_remembering(5, &["audit", path, "--lang", "en"]);
    assert!(enough.code == 0 && !enough.stderr.contains("E0399"), "{}", enough.stderr);
    let run = bhyt_remembering(3, &["audit", path, "--lang", "en"]);
    let flat = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = "E0399 Only 3 visits are remembered: among the other 2, from visits.csv:5 on";
    let totals = flat.find("rows").unwrap_or(usize::MAX);
    assert!(run.code == 1 && flat.find(said).is_some_and(|at| at < totals), "{}", run.stderr);
    assert!(flat.contains("by card number"), "{flat}");

    // The same rows many times: of three the earlier row is named, of the others it is said that it is not.
    let rows: String = (1..=6).map(|number| row(number, 1)).collect();
    std::fs::write(&list, format!("{heading}\n{rows}")).expect("a table");
    let out = folder.path().join("out.csv");
    let run = bhyt_remembering(3, &["audit", path, "--lang", "en", "-o", out.to_str().expect("letters")]);
    let result = std::fs::read_to_string(&out).expect("a result");
    assert_eq!(result.lines().filter(|line| line.contains("A68")).count(), 3, "{result}");
    let flat = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(run.code == 1 && flat.contains("among the other 2, from visits.csv:6 on"), "{}", run.stderr);
}

/// A list that is too long to be read row after row: somebody stands twice in it, and nobody looked.
#[test]
fn a_list_too_long_to_compare_says_so() {
    let heading = "STT,Họ tên,Mã hộ,Mã số BHXH,Đối tượng,Ngày biên lai,Số tháng";
    let list = |rows: usize, of: fn(usize) -> String| -> String {
        let row = |number: usize| {
            format!("{number},Nguyễn Văn Mẫu Số {number},H{number},{},GD,05/08/2026,12\n", of(number))
        };
        format!("{heading}\n{}", (1..=rows).map(row).collect::<String>())
    };
    let args = ["batch", "premium", "-", "--dry-run", "--lang", "en"];
    let run = bhyt(&args, &list(20, |_| "7912345678".to_owned()));
    assert!(run.code == 0 && run.stderr.contains("W0496") && !run.stderr.contains("E0236"), "{}", run.stderr);
    let long = list(5_000, |_| "7912345678".to_owned());
    assert!(long.len() > 256 * 1024);
    let run = bhyt(&args, &long);
    let (said, totals) = (run.stderr.find("E0236"), run.stderr.find("Total premium"));
    assert!(run.code == 1 && said.is_some() && said < totals, "{}", run.stderr);
    // Without numbers and stated amounts there is nothing to compare.
    let bare = long.replace("Mã số BHXH", "Điện thoại");
    let run = bhyt(&args, &bare);
    assert!(run.code == 0 && !run.stderr.contains("E0236"), "{}", run.stderr);
}

/// Folders deeper than any real ones are refused, not passed over.
#[test]
fn claims_below_too_many_folders_are_not_passed_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let drafts = visits();
    written(folder.path(), &drafts);
    let deepest = (0..40).fold(folder.path().join("july"), |path, _| path.join("x"));
    std::fs::create_dir_all(&deepest).expect("folders");
    written(&deepest, &drafts[..1]);
    let run = bhyt(&["audit", folder.path().to_str().expect("letters"), "--lang", "en"], "");
    assert!(run.code == 3 && both(&run).contains("E0740"), "{} {}", run.code, both(&run));
}
