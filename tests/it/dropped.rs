//! Files dropped on the program, and the interview of a double click.

use std::path::Path;

use tempfile::TempDir;

use crate::program::{at_terminal, bhyt};

/// A copy of an example in a folder of its own.
fn copied(folder: &TempDir, name: &str) -> String {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let to = folder.path().join(name);
    std::fs::copy(from, &to).expect("a copied example");
    to.to_str().expect("a path of letters").to_owned()
}

#[test]
fn a_dropped_file_is_recognised_and_its_command_runs_when_agreed_to() {
    let folder = TempDir::new().expect("a folder");
    for (name, command, result) in [
        ("household.toml", "bhyt quote", None),
        ("visit.toml", "bhyt claim", None),
        ("people.csv", "bhyt batch premium", Some("people.ket-qua.xlsx")),
        ("visits.csv", "bhyt batch claim", Some("visits.ket-qua.xlsx")),
        ("claims.xml", "bhyt audit --format xlsx", Some("claims.ket-qua.xlsx")),
    ] {
        let file = copied(&folder, name);
        let asked = at_terminal(&[&file], "q\n");
        assert_eq!(asked.code, 0, "{name}: {}", asked.stderr);
        assert!(asked.stderr.contains(command), "{name}: {}", asked.stderr);
        let written = result.map(|result| folder.path().join(result));
        assert!(written.iter().all(|path| !path.exists()), "{name}: written without a yes");
        let run = at_terminal(&[&file], "\n");
        assert!(run.code <= 1, "{name}: {}", run.stderr);
        assert!(written.iter().all(|path| path.exists()), "{name}: {}", run.stderr);
        assert!(written.is_some() || run.stdout.contains('đ'), "{name}: {}", run.stdout);
    }
    // The second result of a file takes another name.
    let again = at_terminal(&[&copied(&folder, "people.csv")], "\n");
    assert!(again.code <= 1, "{}", again.stderr);
    assert!(folder.path().join("people.ket-qua-2.xlsx").exists(), "{}", again.stderr);
}

#[test]
fn without_a_terminal_the_command_is_named_and_nothing_is_written() {
    let folder = TempDir::new().expect("a folder");
    let file = copied(&folder, "people.csv");
    let run = bhyt(&[&file], "");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("E0106") && run.stderr.contains("bhyt batch premium"), "{}", run.stderr);
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 1);
}

#[test]
fn what_no_command_reads_is_refused_with_what_to_do() {
    let folder = TempDir::new().expect("a folder");
    let written = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.to_str().expect("letters").to_owned()
    };
    let toml = written("other.toml", "a = 1\n");
    let run = at_terminal(&[&toml], "\n");
    assert_eq!((run.code, run.stderr.contains("E0108")), (3, true), "{}", run.stderr);
    let broken = written("broken.toml", "a = \n");
    assert!(at_terminal(&[&broken], "\n").stderr.contains("E0204"));
    let table = written("anything.csv", "một,hai\n1,2\n");
    let run = at_terminal(&[&table], "\n");
    assert_eq!(run.code, 3, "{}", run.stderr);
    let (people, visits) = (copied(&folder, "people.csv"), copied(&folder, "visits.csv"));
    let run = at_terminal(&[&people, &visits], "\n");
    assert_eq!((run.code, run.stderr.contains("E0107")), (2, true), "{}", run.stderr);
    // A file with the name of a command is no dropped file, and a missing one is a wrong command as before.
    assert!(at_terminal(&["no-such-file.csv"], "\n").stderr.contains("E0101"));
}

/// 2,530,000 × 4.5 % × 12 = 1,366,200. Two of the household paid before, so two more take the third and the fourth place:
/// 819,720 + 683,100; two pupils pay half of 1,366,200 each = 683,100 (Nghị định 188/2025, điều 6 khoản 5, điều 8).
#[test]
fn the_interview_asks_for_those_who_paid_and_for_children_in_school() {
    let run = at_terminal(&[], "\n2\n12\n01/08/2026\n\n2\n2 HS\n");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let payable = 819_720 + 683_100 + 2 * 683_100;
    assert_eq!(payable, 2_869_020);
    assert!(run.stdout.contains("2.869.020"), "{}", run.stdout);
    // The file it offers gives the same.
    let file = run.stdout.split("bhyt quote ho.toml\n").nth(1).expect("a file");
    let read = bhyt(&["quote", "-", "--json"], file);
    assert_eq!(read.code, 0, "{}{}", read.stdout, file);
    assert!(read.stdout.contains("\"payable\": 2869020"), "{}", read.stdout);
    // Who says nothing after the fifth question has answered all.
    let short = at_terminal(&[], "\n2\n12\n01/08/2026\n\n");
    assert!(short.stdout.contains("2.322.540"), "{}", short.stdout);
    let alone = at_terminal(&[], "\n2\n12\n01/08/2026\n\n1\n\n");
    assert!(alone.stdout.contains("--members 2 --already 1 --months 12"), "{}", alone.stdout);
}

#[test]
fn a_wrong_answer_to_a_further_question_is_asked_again() {
    let run = at_terminal(&[], "\n1\n12\n01/08/2026\n\nnhiều\n0\n2 XYZQ\nhọc sinh\n");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("E0401") && run.stdout.contains("E0304"), "{}", run.stdout);
    // 1,366,200 + 683,100
    assert!(run.stdout.contains("2.049.300"), "{}", run.stdout);
}
