//! The rules of result files, the same for every command that writes: nothing of the user's is harmed.

use std::path::{Path, PathBuf};

use bhyt::workshop::PartFile;
use bhyt::{ArchiveLimits, Batch, ReadLimits, Register, Rulebook, SourceFile, audit as run};
use serde_json::Value;
use tempfile::TempDir;

use crate::program::{Run, bhyt};

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

fn copied(folder: &TempDir, name: &str) -> PathBuf {
    let copy = folder.path().join(name);
    std::fs::copy(example(name), &copy).expect("a copied example");
    copy
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path of letters")
}

/// Refused with this code, and the file is as it was.
fn refused(run: &Run, code: &str, file: &Path, before: &[u8]) {
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains(code), "{}", run.stderr);
    assert!(std::fs::read(file).expect("still there") == before, "{} was changed", file.display());
}

#[test]
fn the_json_of_an_audit_is_one_valid_document() {
    let run = bhyt(&["audit", path(&example("claims.xml")), "-f", "json"], "");
    let document: Value = serde_json::from_str(&run.stdout).expect("one document");
    assert!(document["rulebook"]["sha256"].is_string(), "{}", document["rulebook"]);
    assert!(document["rulebook"]["result"].is_null(), "the result stands beside the rulebook");
    assert_eq!(document["result"]["claims"].as_array().map(Vec::len), Some(12));
    assert_eq!(document["status"], "ok");
}

#[test]
fn no_command_overwrites_what_it_reads() {
    let folder = TempDir::new().expect("a folder");
    for (name, command) in [
        ("claims.xml", &["audit"][..]),
        ("household.toml", &["quote"]),
        ("household.toml", &["subsidy"]),
        ("visit.toml", &["claim"]),
        ("people.csv", &["batch", "premium"]),
        ("visits.csv", &["batch", "claim"]),
    ] {
        let input = copied(&folder, name);
        let before = std::fs::read(&input).expect("the input");
        let args = [command, &[path(&input), "-o", path(&input), "--force"]].concat();
        refused(&bhyt(&args, ""), "E0807", &input, &before);
        // The same file under another name.
        let other = folder.path().join(".").join(name);
        let args = [command, &[path(&input), "--force", "--output", path(&other)]].concat();
        refused(&bhyt(&args, ""), "E0807", &input, &before);
    }
}

#[test]
fn neither_rules_nor_members_of_an_input_folder_are_overwritten() {
    let folder = TempDir::new().expect("a folder");
    let (claims, draft) =
        (copied(&folder, "claims.xml"), copied(&folder, "scenario-premium-rate-5-1-percent.toml"));
    let (claims_before, draft_before) =
        (std::fs::read(&claims).expect("claims"), std::fs::read(&draft).expect("a draft"));
    let run = bhyt(&["audit", path(folder.path()), "-f", "csv", "-o", path(&claims), "--force"], "");
    refused(&run, "E0807", &claims, &claims_before);
    let overlay =
        ["quote", "--members", "2", "--overlay", path(&draft), "--json", "-o", path(&draft), "--force"];
    let run = bhyt(&overlay, "");
    assert_eq!((run.code, run.stdout.contains("E0807")), (2, true), "{}", run.stdout);
    assert_eq!(std::fs::read(&draft).expect("still there"), draft_before);
    // A report of yesterday in the same folder is no input.
    let report = folder.path().join("report.csv");
    for _ in 0..2 {
        let run = bhyt(&["audit", path(folder.path()), "-f", "csv", "-o", path(&report), "--force"], "");
        assert_eq!(run.code, 1, "{}", run.stderr);
    }
}

#[test]
fn an_output_that_another_run_writes_is_left_to_it() {
    let folder = TempDir::new().expect("a folder");
    let (target, visits) = (folder.path().join("out.csv"), copied(&folder, "visits.csv"));
    let mut other = PartFile::create(&target).expect("the first run has it");
    other.write(b"its rows\n").expect("written");
    for args in [
        &["batch", "claim", path(&visits), "-o", path(&target)][..],
        &["audit", path(&example("claims.xml")), "-f", "csv", "-o", path(&target)],
        &["quote", "--members", "2", "-o", path(&target)],
    ] {
        let run = bhyt(args, "");
        assert_eq!(run.code, 2, "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains("E0808"), "{args:?}: {}", run.stderr);
    }
    other.commit().expect("put in its place");
    assert_eq!(std::fs::read_to_string(&target).expect("the result"), "its rows\n");
    // What a killed run left holds nobody up.
    std::fs::write(folder.path().join("next.csv.part"), "half a row").expect("a rest");
    let run = bhyt(&["batch", "claim", path(&visits), "-o", path(&folder.path().join("next.csv"))], "");
    assert!(run.code <= 1, "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_what_is_no_file_is_not_replaced() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    let folder = TempDir::new().expect("a folder");
    let (real, link) = (folder.path().join("real.txt"), folder.path().join("link.txt"));
    std::fs::write(&real, "old").expect("a file");
    symlink(&real, &link).expect("a link");
    let quote = |target: &Path| bhyt(&["quote", "--members", "2", "-o", path(target), "--force"], "");
    assert_eq!(quote(&link).code, 0);
    assert!(link.symlink_metadata().expect("there").is_symlink(), "the link was replaced");
    assert_ne!(std::fs::read_to_string(&real).expect("the result"), "old");
    assert_eq!(real.metadata().expect("there").permissions().mode() & 0o077, 0, "others may read it");

    let dangling = folder.path().join("dangling.txt");
    symlink(folder.path().join("nowhere"), &dangling).expect("a link");
    for place in [&dangling, Path::new("/dev/null"), folder.path()] {
        let run = quote(place);
        assert_eq!(run.code, 2, "{}: {}", place.display(), run.stderr);
        assert!(run.stderr.contains("E0809"), "{}", run.stderr);
    }
    assert!(Path::new("/dev/null").metadata().expect("there").file_type().is_char_device());
    assert!(dangling.symlink_metadata().expect("there").is_symlink());
}

/// A writer of workbooks panics when the disk is full; the readers must not wait for it.
#[test]
fn a_run_ends_when_its_sink_panics() {
    let rules = Rulebook::bundled();
    let batch = Batch {
        rules: &rules,
        register: &Register::default(),
        limits: ReadLimits::default(),
        archive: ArchiveLimits::default(),
        jobs: 2,
        hash: false,
        prices: &bhyt::NO_PRICES,
        classes: bhyt::Classes::ALL,
        today: None,
    };
    // More results than the channel holds.
    let units: Vec<SourceFile> = (0..200).map(|_| SourceFile::File(example("claims.xml"))).collect();
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        run(&batch, &units, &|| Box::new(std::io::empty()), &mut |_| -> Result<(), ()> {
            std::panic::resume_unwind(Box::new("the disk is full"))
        })
    }));
    assert!(ended.is_err());
}

/// The same input gives the same bytes, whenever it is run: a workbook carries no clock.
#[test]
fn workbooks_are_the_same_bytes_whenever_they_are_written() {
    let folder = TempDir::new().expect("a folder");
    let (people, claims) = (example("people.csv"), example("claims.xml"));
    for command in [
        &["quote", "--members", "3", "--paid-on", "2026-08-01", "-f", "xlsx"][..],
        &["batch", "premium", path(&people)],
        &["audit", path(&claims), "-f", "xlsx"],
    ] {
        let written: Vec<Vec<u8>> = ["first.xlsx", "second.xlsx"]
            .map(|name| {
                let target = folder.path().join(name);
                let run = bhyt(&[command, &["-o", path(&target), "--force"]].concat(), "");
                assert!(run.code <= 1, "{command:?}: {}", run.stderr);
                // A clock of the system moves on by more than what a workbook would record.
                std::thread::sleep(std::time::Duration::from_millis(1100));
                std::fs::read(target).expect("a workbook")
            })
            .into();
        assert!(written[0] == written[1], "{command:?}");
    }
}

/// A flag may carry its file behind an equals sign, and a batch writes a second file beside its output.
#[test]
fn files_named_behind_a_sign_and_files_written_beside_are_inputs_too() {
    let folder = TempDir::new().expect("a folder");
    let (people, draft) =
        (copied(&folder, "people.csv"), copied(&folder, "scenario-premium-rate-5-1-percent.toml"));
    let before = std::fs::read(&draft).expect("a draft");
    for flag in ["--against", "--overlay", "--rules"] {
        let value = format!("{flag}={}", if flag == "--rules" { path(folder.path()) } else { path(&draft) });
        let args = ["simulate", path(&people), &value, "-f", "csv", "--force", "-o", path(&draft)];
        refused(&bhyt(&args, ""), "E0807", &draft, &before);
    }
    // Rows that were mended and are fed in again, under the name that the new rejected rows would take.
    let mended = folder.path().join("list.rejected.csv");
    let text =
        std::fs::read_to_string(example("people.csv")).expect("an example").replacen(",GD,", ",QQ,", 1);
    std::fs::write(&mended, &text).expect("a file");
    let output = folder.path().join("list.csv");
    let run = bhyt(&["batch", "premium", path(&mended), "-o", path(&output), "--force"], "");
    refused(&run, "E0807", &mended, text.as_bytes());
    assert!(run.stderr.contains("list.rejected.csv"), "{}", run.stderr);
    let unfinished = folder.path().join("list.csv.part");
    std::fs::rename(&mended, &unfinished).expect("a move");
    let run = bhyt(&["batch", "premium", path(&unfinished), "-o", path(&output), "--force"], "");
    refused(&run, "E0807", &unfinished, text.as_bytes());
}

/// Whatever a rejected row held, the result can be read: text in UTF-8, and no line end inside a cell without its marks.
#[test]
fn a_result_is_text_with_as_many_rows_as_were_read() {
    let folder = TempDir::new().expect("a folder");
    let (input, output) = (folder.path().join("in.csv"), folder.path().join("out.csv"));
    let rejected = folder.path().join("out.rejected.csv");
    let rows: [(&[u8], bool); 6] = [
        (b"1,GD,12,2026-08-01,plain", true),
        (b"2,GD,12,2026-08-01,lone\rreturn", true),
        (b"3,GD,12,2026-08-01,\"quoted\rreturn\"", true),
        (b"4,QQ,12,2026-08-01,lone\rreturn", false),
        (b"5,GD,12,2026-08-01,bad \xff byte", false),
        (b"6,GD,12\r,2026-08-01,a cell, too much \xe1", false),
    ];
    for ending in ["\n", "\r\n"] {
        let mut table = format!("household_id,group,months,paid_on,note{ending}").into_bytes();
        for (row, _) in rows {
            table.extend_from_slice(row);
            table.extend_from_slice(ending.as_bytes());
        }
        std::fs::write(&input, &table).expect("a table");
        let args = ["batch", "premium", path(&input), "-o", path(&output), "--force", "--encoding", "utf-8"];
        let run = bhyt(&args, "");
        assert_eq!(run.code, 1, "{}", run.stderr);
        let bad = rows.iter().filter(|(_, is_good)| !is_good).count();
        for (file, expected) in [(&output, rows.len()), (&rejected, bad)] {
            let text = String::from_utf8(std::fs::read(file).expect("a result")).expect("UTF-8");
            assert_eq!(rows_as_others_read(&text), expected + 1, "{ending:?} {text:?}");
        }
        let text = std::fs::read_to_string(&output).expect("a result");
        for kept in ["\"lone\rreturn\"", "\"quoted\rreturn\"", "bad \u{fffd} byte"] {
            assert!(text.contains(kept), "{kept:?}: {text:?}");
        }
    }
}

/// Rows of a CSV as spreadsheets count them: a carriage return ends a row unless it stands in quotation marks.
fn rows_as_others_read(text: &str) -> usize {
    let (mut rows, mut quoted, mut open) = (0, false, false);
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted => {
                rows += usize::from(open);
                open = false;
                continue;
            }
            _ => {}
        }
        open = true;
    }
    rows + usize::from(open)
}

/// What a run leaves while it works, and what it gives, is for its owner alone.
#[cfg(unix)]
#[test]
fn files_that_hold_people_are_for_their_owner() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().expect("a folder");
    let people = copied(&folder, "people.csv");
    let own = |file: &Path| file.metadata().expect("there").permissions().mode() & 0o077;
    for (args, name) in [
        (&["batch", "premium", path(&people)][..], "out.csv"),
        (&["batch", "premium", path(&people)], "out.xlsx"),
        (&["batch", "premium", path(&people)], "out.parquet"),
        (&["audit", path(&example("claims.xml")), "-f", "xlsx"], "audit.xlsx"),
        (&["quote", "--members", "2", "-f", "xlsx"], "quote.xlsx"),
        (&["coverage", path(&example("coverage.csv")), "-f", "html"], "coverage.html"),
    ] {
        let target = folder.path().join(name);
        let run = bhyt(&[args, &["-o", path(&target)]].concat(), "");
        assert!(run.code <= 1, "{args:?}: {}", run.stderr);
        assert_eq!(own(&target), 0, "{name}");
    }
    let unfinished = PartFile::create(&folder.path().join("next.csv")).expect("a part");
    assert_eq!(own(&folder.path().join("next.csv.part")), 0);
    unfinished.discard();
}
