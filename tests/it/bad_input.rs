//! Bad input gets a code, a place and a remedy, the right exit code, and never a panic.

use serde_json::Value as Json;

use crate::program::{at_terminal, bhyt};

/// Arguments, standard input, exit code, error code, part of the place.
type Wrong<'a> = (&'a [&'a str], &'a str, u8, &'a str, &'a str);

const HEAD: &str = "paid-on = 2026-08-01\nmonths = 12\n[[members]]\ngroup = \"GD\"\n";

/// Every way to be wrong that has a code of its own.
const WRONG: &[Wrong<'_>] = &[
    (&["quote", "--members", "2", "--paid-on", "31/02/2026"], "", 2, "E0502", "--paid-on"),
    (&["quote", "--members", "2", "--paid-on", "01/08/26"], "", 2, "E0503", "--paid-on"),
    (&["quote", "--members", "2", "--paid-on", "08-2026"], "", 2, "E0501", "--paid-on"),
    (&["quote", "--members", "2", "--from", "2026-13-01"], "", 2, "E0502", "--from"),
    (&["quote", "--group", "DN", "--salary", "1.23"], "", 2, "E0302", "--salary"),
    (&["quote", "--group", "DN", "--salary", "1,5"], "", 2, "E0302", "--salary"),
    (&["quote", "--group", "DN", "--salary", "abc"], "", 2, "E0301", "--salary"),
    (&["quote", "--group", "DN", "--salary", "-5"], "", 2, "E0303", "--salary"),
    (&["quote", "--group", "DN", "--salary", "123456789012345678901234567890"], "", 2, "E0303", "--salary"),
    (&["quote", "--group", "DN", "--paid-on", "2026-08-01"], "", 2, "E0306", ""),
    (&["quote", "--group", "hoc sihn"], "", 2, "E0304", "--group"),
    (&["quote", "--members", "0"], "", 2, "E0401", "--members"),
    (&["quote", "--members", "-1"], "", 2, "", ""),
    (&["quote", "--members", "4", "--months", "0"], "", 2, "E0504", "--months"),
    (&["quote", "--members", "4", "--months", "13", "--paid-on", "2026-08-01"], "", 2, "E0504", ""),
    (&["quote", "--members", "4", "--months", "abc"], "", 2, "E0504", "--months"),
    (&["quote", "--members", "4", "--province", "gia lia"], "", 4, "E0603", "--province"),
    (&["quote", "--members", "4", "--tag", "left-poverty=31/02/2026"], "", 2, "E0502", "--tag"),
    (&["quote"], "", 2, "E0102", ""),
    (&["quote", "--memebrs", "4"], "", 2, "E0101", ""),
    (&["qoute"], "", 2, "E0101", ""),
    (&["quote", "x.toml", "--members", "4"], "", 2, "E0103", ""),
    (&["quote", "--members", "4", "--format", "pdf"], "", 2, "E0104", "--format"),
    (&["quote", "--members", "4", "--lang", "fr"], "", 2, "E0104", "--lang"),
    (&["quote", "--members", "4", "--paid-on", "2009-06-30"], "", 4, "E0601", ""),
    (&["quote", "--group", "social-pension", "--paid-on", "2025-06-30"], "", 4, "E0601", ""),
    (&["quote", "no-such-file.toml"], "", 3, "E0201", "no-such-file.toml"),
    (&["quote", "-"], "", 3, "E0202", "stdin"),
    (&["quote", "-"], "  \n\t\n", 3, "E0202", "stdin"),
    (
        &["quote", "-"],
        "paid-on = 2026-08-01\nmonht = 12\n[[members]]\ngroup = \"GD\"\n",
        3,
        "E0205",
        "stdin:2:1",
    ),
    (&["quote", "-"], "paid-on = 2026-02-31\n[[members]]\ngroup = \"GD\"\n", 3, "E0204", "stdin:1"),
    (&["quote", "-"], "paid-on = \"31/02/2026\"\n[[members]]\ngroup = \"GD\"\n", 3, "E0502", "stdin:1:11"),
    (&["quote", "-"], "paid-on = 2026-08-01\n", 3, "E0206", "stdin"),
    (&["quote", "-"], "paid-on = 2026-08-01\n[[members]]\nname = \"A\"\n", 3, "E0206", "stdin"),
    (&["quote", "-"], "paid-on = 2026-08-01\nmonths = 13\n[[members]]\ngroup = \"GD\"\n", 3, "E0504", ""),
    (
        &["quote", "-"],
        "paid-on = 2026-08-01\nmonths = 0\n[[members]]\ngroup = \"GD\"\n",
        3,
        "E0504",
        "stdin:2:10",
    ),
    (
        &["quote", "-"],
        "paid-on = 2026-08-01\n[[members]]\ngroup = \"DN\"\nsalary = -5\n",
        3,
        "E0303",
        "stdin:4:10",
    ),
    (
        &["quote", "-"],
        "paid-on = 2026-08-01\n[[members]]\ngroup = \"DN\"\nsalary = 1234567890123456789012345678901\n",
        3,
        "",
        "stdin:4:10",
    ),
    (
        &["quote", "-"],
        "paid-on = 2026-08-01\n[[members]]\ngroup = \"DN\"\nsalary = 1.5\n",
        3,
        "E0301",
        "stdin:4:10",
    ),
    (&["quote", "-"], "paid-on = 2026-08-01\n[[members]]\ngroup = \"khong co\"\n", 3, "E0304", "stdin:3:9"),
    (&["quote", "-"], "paid-on = [\n", 3, "E0204", "stdin"),
    (&["rules"], "", 2, "", ""),
    (&["rules", "show", "base-salry"], "", 2, "E0104", ""),
    (&["rules", "show", "base-salary/typo"], "", 2, "E0104", ""),
    (&["rules", "show", "primary-care-retention/unit-medic"], "", 2, "E0104", ""),
    (&["rules", "diff", "2026-06-31", "2026-07-01"], "", 2, "E0502", ""),
    (&["explain", "E9999"], "", 2, "E0104", ""),
    (&["template", "qoute"], "", 2, "E0104", ""),
    (&["quote", "--members", "1", "--rulebook-hash", "0000"], "", 5, "E0604", ""),
    (&["quote", "--members", "1", "--rules", "no-such-folder"], "", 5, "E0201", "no-such-folder"),
    (&["quote", "--members", "1", "--paid-on", "2010-06-01", "--strict"], "", 4, "E0606", ""),
    (&["late", "--amount", "100.000.000", "--days", "45", "--date", "2024-01-01"], "", 4, "E0649", ""),
];

#[test]
fn every_mistake_is_named_placed_and_remedied() {
    for (args, stdin, exit, code, place) in WRONG {
        let asks_json = !args.contains(&"--format");
        let json_args: Vec<&str> =
            args.iter().copied().chain(["--json"].into_iter().filter(|_| asks_json)).collect();
        let run = bhyt(&json_args, stdin);
        assert_eq!(run.code, *exit, "{args:?}: {}{}", run.stdout, run.stderr);
        if !code.is_empty() && asks_json {
            let json: Json = serde_json::from_str(&run.stdout)
                .unwrap_or_else(|error| panic!("{args:?}: {error}: {}", run.stdout));
            assert_eq!(json["status"], "error", "{args:?}");
            assert_eq!(json["error"]["code"], *code, "{args:?}: {json}");
            let at = json["error"]["where"].as_str().unwrap_or_default();
            assert!(at.contains(place), "{args:?} at `{at}`, expected `{place}`");
        }
        for lang in ["vi", "en"] {
            let text_args: Vec<&str> =
                args.iter().copied().chain(["--lang", lang]).filter(|_| !args.contains(&"--lang")).collect();
            if text_args.is_empty() {
                continue;
            }
            let run = bhyt(&text_args, stdin);
            assert_eq!(run.code, *exit, "{args:?}");
            assert!(run.stdout.is_empty(), "{args:?} wrote a result: {}", run.stdout);
            assert!(
                run.stderr.contains('✖') || run.stderr.contains("bhyt rules"),
                "{args:?}: {}",
                run.stderr
            );
        }
    }
}

#[test]
fn a_byte_order_mark_is_read_over_and_utf16_is_named() {
    let with_mark = format!("\u{feff}{HEAD}");
    assert_eq!(bhyt(&["quote", "-"], &with_mark).code, 0);
    let folder = tempfile();
    let path = folder.join("utf16.toml");
    let utf16: Vec<u8> =
        std::iter::once(0xfeff_u16).chain(HEAD.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    std::fs::write(&path, utf16).expect("a writable folder");
    let run = bhyt(&["quote", path.to_str().expect("a text path"), "--json"], "");
    assert_eq!(run.code, 3);
    assert!(
        run.stdout.contains("E0203") && run.stdout.contains("UTF-16") && run.stdout.contains("utf16.toml"),
        "{}",
        run.stdout
    );
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn an_existing_output_is_not_overwritten_and_nothing_is_left_behind() {
    let folder = tempfile();
    let path = folder.join("quote.txt");
    let file = path.to_str().expect("a text path");
    let args = ["quote", "--members", "1", "--paid-on", "2026-08-01", "-o", file];
    assert_eq!(bhyt(&args, "").code, 0);
    let before = std::fs::read(&path).expect("a written file");
    assert_eq!(bhyt(&args, "").code, 2);
    assert_eq!(std::fs::read(&path).expect("still there"), before);
    let forced: Vec<&str> = args.iter().copied().chain(["--force"]).collect();
    assert_eq!(bhyt(&forced, "").code, 0);
    let names: Vec<_> = std::fs::read_dir(&folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(names, ["quote.txt"]);
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn the_interview_ends_in_a_quote_and_the_line_to_type_next_time() {
    let run = at_terminal(&[], "\n4\n12\n01/08/2026\n\n");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("3.825.360"), "{}", run.stdout);
    assert!(
        run.stdout.contains("bhyt quote --group GD --members 4 --months 12 --paid-on 2026-08-01"),
        "{}",
        run.stdout
    );
}

#[test]
fn every_path_of_the_interview_ends() {
    let answers =
        ["", "1", "2", "5", "CN", "?", "b", "q", "khong co gi", "0", "12.000.000", "gia lai", "31/02/2026"];
    for first in answers {
        for second in answers {
            for third in answers {
                let typed = format!("{first}\n{second}\n{third}\n");
                let run = at_terminal(&[], &typed);
                assert!([0, 2, 4].contains(&run.code), "{typed:?}: exit {}", run.code);
            }
        }
    }
}

#[test]
fn without_arguments_in_a_pipe_the_help_is_short_and_the_exit_code_2() {
    let run = bhyt(&[], "");
    assert_eq!(run.code, 2);
    assert!(run.stdout.is_empty() && run.stderr.contains("bhyt"));
}

/// A fresh folder of this test process.
fn tempfile() -> std::path::PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("bhyt-test-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&folder).expect("a writable temporary folder");
    folder
}

/// Runs the real binary: these need real streams.
#[cfg(target_os = "linux")]
mod streams {
    use assert_cmd::cargo::CommandCargoExt;
    use std::process::{Command, Stdio};

    #[test]
    fn a_closed_pipe_is_success() {
        let mut child = Command::cargo_bin("bhyt")
            .expect("the binary")
            .args(["rules", "list"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("a run");
        drop(child.stdout.take());
        assert_eq!(child.wait().expect("an end").code(), Some(0));
    }

    #[test]
    fn a_full_device_is_exit_74() {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the full device");
        let run = Command::cargo_bin("bhyt")
            .expect("the binary")
            .args(["quote", "--members", "2", "--paid-on", "2026-08-01"])
            .stdout(full)
            .output()
            .expect("a run");
        assert_eq!(run.status.code(), Some(74));
        assert!(String::from_utf8_lossy(&run.stderr).contains("E0801"));
    }
}

/// A mistyped `previous-card` moves the card by 30 days: the answer without it must not look like the one with it.
#[test]
fn a_circumstance_that_nobody_knows_changes_the_exit_code() {
    for (tag, code) in [("previous-card=2026-08-15", 0), ("previuos-card=2026-08-15", 1), ("ho-ngheo-cu", 1)]
    {
        let run = bhyt(&["quote", "--members", "1", "--paid-on", "2026-08-10", "--tag", tag], "");
        assert_eq!(run.code, code, "{tag}: {}", run.stdout);
        assert_eq!(run.stdout.contains("W0308"), code == 1, "{tag}: {}", run.stdout);
    }
}
