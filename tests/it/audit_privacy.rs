//! Privacy as a tested claim: no name, card or key in any output unless asked for, no network, no files left behind.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::synthetic::defect::DEFECTS;
use crate::synthetic::random::Random;
use crate::synthetic::{DraftClaim, Packing, Style, claims, envelope};
use bhyt::Listed;
use bhyt::workshop::Standard;

const NAME: &str = "CANARYNAMEXYZ";
const CARD: &str = "798877665544";
const KEY: &str = "CANARYKEY0012345";

/// Claims that carry canaries wherever a person could stand, with many kinds of defects.
fn canaries() -> Vec<DraftClaim> {
    let mut random = Random::new(1);
    let mut drafts: Vec<DraftClaim> = Standard::ALL
        .iter()
        .copied()
        .flat_map(|standard| claims(standard, 77).take(30).collect::<Vec<_>>())
        .collect();
    for (index, draft) in drafts.iter_mut().enumerate() {
        let _ = (DEFECTS[index % DEFECTS.len()].inject)(draft, &mut random);
        draft.name = format!("{NAME} {index}");
        draft.id = format!("{KEY}{index}");
        draft.cards.iter_mut().for_each(|card| card.number = CARD.to_owned());
    }
    // A name where a code or a number should stand.
    drafts[3].visit_code = format!("{NAME} A");
    drafts[4].lines[0].code = format!("{NAME} B");
    drafts[5].facility = format!("{NAME} C");
    drafts[6].visit_kind = NAME.to_owned();
    drafts
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("bhyt-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("in")).expect("a folder");
    std::fs::create_dir_all(folder.join("out")).expect("a folder");
    folder
}

fn bhyt() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin!("bhyt"))
}

fn every_byte(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("a report");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name.ends_with(".xlsx") {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook");
            for index in 0..archive.len() {
                let mut part = archive.by_index(index).expect("a part");
                let mut text = Vec::new();
                std::io::Read::read_to_end(&mut part, &mut text).expect("its bytes");
                found.push((format!("{name}:{index}"), text));
            }
        } else {
            found.push((name, bytes));
        }
    }
    found
}

fn holds(bytes: &[u8], canary: &str) -> bool {
    memchr::memmem::find(bytes, canary.as_bytes()).is_some()
}

#[test]
fn no_report_names_a_person_unless_asked() {
    let folder = folder("canary");
    let drafts = canaries();
    let named = folder.join("in").join(format!("GD4{CARD}_x.xml"));
    std::fs::write(&named, envelope(&drafts[..40], Style::default())).expect("a file");
    let inline = Style { packing: Packing::Inline, ..Style::default() };
    std::fs::write(folder.join("in/b.xml"), envelope(&drafts[40..], inline)).expect("a file");
    let broken =
        String::from_utf8(envelope(&drafts[..1], inline)).expect("UTF-8").replace("</TONG_HOP>", "</T>");
    std::fs::write(folder.join("in/c.xml"), broken).expect("a file");
    let key = folder.join("key");
    std::fs::write(&key, "0123456789abcdef-key").expect("a key");
    let input = folder.join("in");
    for redact in ["mask", "hash", "drop"] {
        for format in ["text", "json", "jsonl", "csv", "xlsx", "html"] {
            let report = folder.join("out").join(format!("{redact}.{format}"));
            let run = bhyt()
                .arg("audit")
                .arg(&input)
                .args(["--redact", redact, "--format", format, "--key-file"])
                .arg(&key)
                .arg("-o")
                .arg(&report)
                .output()
                .expect("the binary runs");
            assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
            for canary in [NAME, CARD, KEY] {
                assert!(
                    !holds(&run.stdout, canary) && !holds(&run.stderr, canary),
                    "{redact} {format}: {canary}"
                );
            }
        }
    }
    let run = bhyt().arg("audit").arg(&named).args(["--form", "01-kbcb"]).output().expect("the binary runs");
    std::fs::write(folder.join("out/form.txt"), [run.stdout, run.stderr].concat()).expect("a file");
    for (name, bytes) in every_byte(&folder.join("out")) {
        for canary in [NAME, CARD, KEY] {
            assert!(!holds(&bytes, canary), "{canary} stands in {name}");
        }
    }
    // On request the key is there, and still no name or card.
    let run =
        bhyt().arg("audit").arg(&input).args(["--show-ids", "--format", "csv"]).output().expect("it runs");
    assert!(holds(&run.stdout, KEY));
    assert!(!holds(&run.stdout, NAME) && !holds(&run.stdout, "HO_TEN"));
    // Nothing but the reports was written.
    let left: Vec<_> = std::fs::read_dir(folder.join("out"))
        .expect("a folder")
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert_eq!(left.len(), 19, "{left:?}");
    let _ = std::fs::remove_dir_all(&folder);
}

#[test]
fn a_keyed_fingerprint_joins_the_same_claim_and_needs_its_key() {
    let folder = folder("hash");
    let drafts = canaries();
    std::fs::write(folder.join("in/a.xml"), envelope(&drafts[..10], Style::default())).expect("a file");
    let run = |key: &str| {
        std::fs::write(folder.join("key"), key).expect("a key");
        let run = bhyt()
            .arg("audit")
            .arg(folder.join("in"))
            .args(["--redact", "hash", "--format", "jsonl", "--key-file"])
            .arg(folder.join("key"))
            .output()
            .expect("it runs");
        String::from_utf8(run.stdout).expect("UTF-8")
    };
    let (first, again, other) = (run("0123456789abcdef"), run("0123456789abcdef"), run("another-key-of-16"));
    assert_eq!(first, again);
    assert_ne!(first, other);
    let refused =
        bhyt().arg("audit").arg(folder.join("in")).args(["--redact", "hash"]).output().expect("it runs");
    assert_eq!(refused.status.code(), Some(2));
    let _ = std::fs::remove_dir_all(&folder);
}

/// In a namespace of its own the program has no network at all, and does the same work.
#[test]
fn the_audit_runs_without_a_network() {
    let folder = folder("network");
    let drafts: Vec<DraftClaim> = claims(Standard::Qd1931, 8).take(20).collect();
    std::fs::write(folder.join("in/a.xml"), envelope(&drafts, Style::default())).expect("a file");
    let program = assert_cmd::cargo::cargo_bin!("bhyt");
    let possible =
        Command::new("unshare").args(["-rn", "true"]).status().is_ok_and(|status| status.success());
    if !possible {
        eprintln!("namespaces are not available here; not run");
        return;
    }
    let run = Command::new("unshare")
        .arg("-rn")
        .arg(program)
        .arg("audit")
        .arg(folder.join("in"))
        .output()
        .expect("it runs");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let traced = Command::new("strace")
        .args(["-f", "-e", "trace=%network", "-o"])
        .arg(folder.join("trace"))
        .arg(program)
        .arg("audit")
        .arg(folder.join("in"))
        .output();
    if traced.is_ok_and(|traced| traced.status.success()) {
        let trace = std::fs::read_to_string(folder.join("trace")).expect("a trace");
        assert!(!trace.contains("socket(") && !trace.contains("connect("), "{trace}");
    }
    let _ = std::fs::remove_dir_all(&folder);
}
