//! The command as scripts and people meet it: keys of its documents, exit codes, ways in, the replayed bill.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

use crate::synthetic::{DraftClaim, Style, claims, envelope};
use bhyt::Listed;
use bhyt::workshop::Standard;

use crate::program::bhyt;

fn clean(count: usize) -> Vec<DraftClaim> {
    claims(Standard::Qd1931, 31).take(count).collect()
}

fn written(folder: &TempDir, name: &str, bytes: &[u8]) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a written file");
    path.to_str().expect("a path of letters").to_owned()
}

fn fixture(code: &str) -> String {
    format!("{}/tests/data/audit/{code}/claim.xml", env!("CARGO_MANIFEST_DIR"))
}

/// The results of the claims in JSON Lines.
fn results(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a document a line")["result"].take())
        .collect()
}

/// The program itself, with this standard input.
fn piped(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("bhyt"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    child.stdin.take().expect("its input").write_all(input).expect("written to it");
    child.wait_with_output().expect("its output")
}

#[test]
fn a_line_of_json_has_the_keys_of_the_contract() {
    let run = bhyt(&["audit", &fixture("A01-fund-share"), "--format", "jsonl", "-q"], "");
    let document: Value = serde_json::from_str(run.stdout.trim()).expect("one document");
    for key in ["schema", "tool", "rulebook", "result", "status"] {
        assert!(!document[key].is_null(), "{key}: {document}");
    }
    let result = &document["result"];
    for key in ["claim", "standard", "declared", "replayed", "findings"] {
        assert!(!result[key].is_null(), "{key}: {result}");
    }
    let finding = result["findings"][0].as_object().expect("a finding");
    let keys = [
        "code",
        "severity",
        "part",
        "line",
        "field",
        "declared",
        "expected",
        "difference",
        "message",
        "cites",
    ];
    for key in keys {
        assert!(finding.contains_key(key), "{key}: {finding:?}");
    }
    // Amounts are texts with a dot: 608,000 × 80 % = 486,400, the fixture declares 32 %.
    let shown = |key: &str| finding[key].as_str().expect("a text").to_owned();
    assert_eq!((shown("declared"), shown("expected")), ("194560".to_owned(), "486400".to_owned()));
    assert_eq!(shown("difference"), "-291840");
    assert_eq!(finding["cites"][0]["document"], "qd-130-2023");
}

#[test]
fn the_exit_code_says_what_to_do() {
    let folder = TempDir::new().expect("a folder");
    let good = written(&folder, "good.xml", &envelope(&clean(3), Style::default()));
    assert_eq!(bhyt(&["audit", &good], "").code, 0);
    assert_eq!(bhyt(&["audit", &fixture("A05-total")], "").code, 1);
    assert_eq!(bhyt(&["audit", &fixture("A05-total"), "--form", "01-kbcb"], "").code, 1);
    assert_eq!(bhyt(&["audit", &good, "--form", "01-kbcb"], "").code, 0);
    let bad = written(&folder, "bad.xml", b"<!DOCTYPE x>");
    assert_eq!(bhyt(&["audit", &bad], "").code, 3);
    // One bad file does not hide the good one, and is something to look at.
    let both = bhyt(&["audit", &bad, &good], "");
    assert!(both.code == 1 && both.stdout.contains("E0754"), "{}", both.stdout);
    assert_eq!(bhyt(&["audit", "no-such-file.xml"], "").code, 3);
    assert_eq!(bhyt(&["audit", &good, "--redact", "blur"], "").code, 2);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_a_failure_of_writing() {
    let folder = TempDir::new().expect("a folder");
    let good = written(&folder, "good.xml", &envelope(&clean(30), Style::default()));
    for format in ["text", "jsonl", "csv", "html", "json"] {
        let full = File::options().write(true).open("/dev/full").expect("a full device");
        let source = fixture("A05-total");
        let run = Command::new(assert_cmd::cargo::cargo_bin!("bhyt"))
            .args(["audit", &good, &source, "--format", format])
            .stdout(full)
            .output()
            .expect("it runs");
        assert_eq!(run.status.code(), Some(74), "{format}: {}", String::from_utf8_lossy(&run.stderr));
    }
}

#[test]
fn files_folders_archives_and_streams_are_one() {
    let folder = TempDir::new().expect("a folder");
    let drafts = clean(12);
    let bytes = envelope(&drafts, Style::default());
    let claims_of = |text: &str| -> Vec<Value> {
        results(text).into_iter().map(|result| result["replayed"].clone()).collect()
    };
    let file = written(&folder, "a.xml", &bytes);
    let expected = claims_of(&bhyt(&["audit", &file, "--format", "jsonl"], "").stdout);
    assert_eq!(expected.len(), drafts.len());
    let inside = folder.path().to_str().expect("a path of letters").to_owned();
    assert_eq!(claims_of(&bhyt(&["audit", &inside, "--format", "jsonl"], "").stdout), expected);
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("x/a.xml", SimpleFileOptions::default()).expect("a member");
    archive.write_all(&bytes).expect("its bytes");
    let zipped = archive.finish().expect("an archive").into_inner();
    let zipped = written(&folder, "a.zip", &zipped);
    assert_eq!(claims_of(&bhyt(&["audit", &zipped, "--format", "jsonl"], "").stdout), expected);
    let bill = |path: &str| {
        let text = bhyt(&["audit", path, "--form", "01-kbcb", "--claim-number", "7"], "").stdout;
        text.split_once("\n\n").map(|(_, bill)| bill.to_owned())
    };
    assert!(bill(&file).is_some() && bill(&file) == bill(&zipped), "{:?}", bill(&zipped));
    let streamed = piped(&["audit", "-", "--format", "jsonl"], &bytes);
    assert_eq!(claims_of(&String::from_utf8(streamed.stdout).expect("UTF-8")), expected);
}

#[test]
fn more_threads_print_the_same_in_the_same_order() {
    let folder = TempDir::new().expect("a folder");
    for index in 0..20 {
        let drafts: Vec<DraftClaim> = claims(Standard::ALL[index % 5], index as u64).take(5).collect();
        written(&folder, &format!("f{index:02}.xml"), &envelope(&drafts, Style::default()));
    }
    let inside = folder.path().to_str().expect("a path of letters");
    let run = |jobs: &str| bhyt(&["audit", inside, "--format", "jsonl", "--jobs", jobs], "").stdout;
    let one = run("1");
    assert_eq!(one.lines().count(), 100);
    assert!(one == run("2") && one == run("7"), "the order depends on threads");
}

#[test]
fn a_register_answers_what_files_leave_open() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/facilities.toml");
    // The code says "formerly provincial or central", the example's 00001 was a district hospital.
    let draft = claims(Standard::Qd1931, 5).take(100).find(|claim| claim.visit_code == "1.14");
    let mut draft = draft.expect("a claim of that code");
    draft.facility = "00001".to_owned();
    let folder = TempDir::new().expect("a folder");
    let file = written(&folder, "a.xml", &envelope(&[draft], Style::default()));
    let codes = |args: &[&str]| -> Vec<Value> {
        let run = bhyt(args, "");
        let findings = results(&run.stdout)[0]["findings"].take();
        findings.as_array().expect("a list").iter().map(|finding| finding["code"].clone()).collect()
    };
    assert!(codes(&["audit", &file, "--format", "jsonl"]).is_empty());
    let found = codes(&["audit", &file, "--format", "jsonl", "--facilities", example]);
    assert!(found.contains(&Value::from("A42-code-facility")), "{found:?}");
}

#[test]
fn claim_keys_are_masked_hashed_or_dropped() {
    let folder = TempDir::new().expect("a folder");
    let key = written(&folder, "key", b"0123456789abcdef");
    let source = fixture("A01-fund-share");
    let claim = |args: &[&str]| {
        let args: Vec<&str> = ["audit", &source, "--format", "jsonl"].iter().chain(args).copied().collect();
        results(&bhyt(&args, "").stdout)[0]["claim"].as_str().expect("a text").to_owned()
    };
    assert_eq!(claim(&[]), "****000");
    assert_eq!(claim(&["--redact", "drop"]), "");
    assert_eq!(claim(&["--show-ids"]), "LK005000000");
    let hash = claim(&["--redact", "hash", "--key-file", &key]);
    assert!(hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{hash}");
}

#[test]
fn text_stays_within_80_columns_whatever_the_sums() {
    let mut drafts = clean(40);
    for draft in &mut drafts {
        draft.totals.amounts.fund += 98_765_432_109_876;
    }
    let folder = TempDir::new().expect("a folder");
    let file = written(&folder, "a.xml", &envelope(&drafts, Style::default()));
    for lang in ["vi", "en"] {
        let text = bhyt(&["audit", &file, "--lang", lang], "").stdout;
        assert!(text.contains("A05"), "{text}");
        for line in text.lines() {
            // A path that has no blank cannot be broken.
            assert!(line.chars().count() <= 80 || line.contains("a.xml"), "{line}");
        }
    }
}

/// The amounts of a line of the bill.
fn amounts(line: &str) -> Vec<i64> {
    line.split_whitespace()
        .map(|cell| if cell == "–" { Ok(0) } else { cell.replace('.', "").parse() })
        .collect::<Result<_, _>>()
        .expect("amounts")
}

#[test]
fn the_replayed_bill_adds_up_by_card_and_section() {
    let stays = claims(Standard::Qd1931, 9).filter(|claim| claim.cards.len() == 2).take(5);
    let folder = TempDir::new().expect("a folder");
    for draft in stays {
        let file = written(&folder, "a.xml", &envelope(std::slice::from_ref(&draft), Style::default()));
        let text = bhyt(&["audit", &file, "--form", "01-kbcb"], "").stdout;
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert_eq!(text.matches("\nThẻ ").count(), 2, "{text}");
        let below = |title: &str| -> Vec<Vec<i64>> {
            let lines: Vec<&str> = text.lines().collect();
            let at = lines.iter().enumerate().filter(|(_, line)| line.trim() == title);
            at.map(|(index, _)| amounts(lines[index + 1])).collect()
        };
        let (cards, total) = (below("cộng thẻ"), below("TỔNG CỘNG").remove(0));
        assert_eq!(cards.len(), 2, "{text}");
        for column in 0..total.len() {
            let sum: i64 = cards.iter().map(|card| card[column]).sum();
            assert!((sum - total[column]).abs() <= 1, "column {column}: {text}");
        }
        // Fund, co-payment, other and own payment make the hospital's amount; each is rounded to whole đồng.
        assert!((total[2..].iter().sum::<i64>() - total[0]).abs() <= 2, "{text}");
        // As the claim is clean, the replayed fund payment is the declared one.
        assert!((total[2] * 100 - draft.totals.amounts.fund).abs() <= 50, "{text}");
    }
}

#[test]
fn the_template_of_claim_files_can_be_audited() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("mau.xml");
    let name = path.to_str().expect("a path of letters");
    assert_eq!(bhyt(&["template", "claim-files", "-o", name], "").code, 0);
    assert!(Path::new(name).exists());
    assert_eq!(bhyt(&["audit", name], "").code, 1);
}

/// Declared less replayed fund payment of a claim with one defect is what the finding says the fund pays too much.
#[test]
fn replayed_totals_differ_by_what_the_findings_say() {
    let fixtures = [
        "A01-fund-share",
        "A02-benefit-share",
        "A04-drug-price",
        "A08-card-change",
        "A12-covered-amount",
        "A28-other-source-split",
    ];
    for code in fixtures {
        let result = results(&bhyt(&["audit", &fixture(code), "--format", "jsonl"], "").stdout).remove(0);
        let hundredths = |value: &Value| -> i64 {
            let text = value.as_str().expect("an amount");
            let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
            format!("{whole}{decimals:0<2}").parse().expect("digits")
        };
        let [declared, replayed] =
            ["declared", "replayed"].map(|which| hundredths(&result[which]["fund_payment"]));
        let said = hundredths(&result["findings"][0]["fund_difference"]);
        assert!(said != 0 && declared - replayed == said, "{code}: {declared} - {replayed} is not {said}");
    }
}
