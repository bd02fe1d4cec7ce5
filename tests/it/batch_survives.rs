//! Batch under adverse conditions: killed, resumed, disk full, reader gone.
#![cfg(unix)]

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::batch::Desk;
use crate::batch_agrees::Dice;

const ROWS: usize = 100_000;

fn table() -> String {
    let mut text = String::from("household_id,person_id,group,months,paid_on,salary\n");
    for household in 0..ROWS / 4 {
        let month = 1 + household % 9;
        for member in 0..4 {
            let (group, salary) = [("GD", ""), ("GD", ""), ("DN", "12345677"), ("XX", "")][member];
            let group = if household % 50 == 0 || member < 3 { group } else { "HS" };
            text += &format!("H{household:07},{member},{group},12,2026-0{month}-15,{salary}\n");
        }
    }
    text
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bhyt"));
    command.env("LANG", "en_US.UTF-8").stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn batch(desk: &Desk, output: &str, more: &[&str]) -> Child {
    let mut command = program();
    command.args(["batch", "premium"]).arg(desk.path("in.csv")).arg("-o").arg(desk.path(output)).args(more);
    command.spawn().expect("the program")
}

fn finish(mut child: Child) -> (Option<i32>, String) {
    let mut text = String::new();
    child.stderr.take().expect("stderr").read_to_string(&mut text).expect("text");
    (child.wait().expect("an end").code(), text)
}

#[test]
fn killed_at_any_moment_it_leaves_all_or_nothing_and_resumes_to_the_same_bytes() {
    let desk = Desk::new();
    desk.put("in.csv", table());
    let started = Instant::now();
    let (code, text) = finish(batch(&desk, "whole.csv", &["--jobs", "2", "--checkpoint-rows", "5000"]));
    let length = started.elapsed();
    assert_eq!(code, Some(1), "{text}");
    let (whole, rejected) = (desk.bytes("whole.csv"), desk.bytes("whole.rejected.csv"));
    let mut dice = Dice(50);
    let (mut unfinished, mut resumed) = (0, 0);
    for round in 0..50 {
        for file in desk.files().iter().filter(|file| file.starts_with("out")) {
            std::fs::remove_file(desk.path(file)).expect("a file");
        }
        let jobs = if round % 2 == 0 { "1" } else { "2" };
        let mut child = batch(&desk, "out.csv", &["--jobs", jobs, "--checkpoint-rows", "5000"]);
        std::thread::sleep(length * u32::try_from(dice.below(1_000)).expect("small") / 900);
        child.kill().expect("a kill");
        let _ = child.wait();
        if desk.path("out.csv").exists() {
            assert!(desk.bytes("out.csv") == whole, "round {round}: half an output");
            assert!(
                desk.bytes("out.rejected.csv") == rejected,
                "round {round}: half a file of rejected rows"
            );
            continue;
        }
        unfinished += 1;
        let (code, text) = finish(batch(
            &desk,
            "out.csv",
            &["--resume", "--force", "--jobs", "2", "--checkpoint-rows", "5000"],
        ));
        assert_eq!(code, Some(1), "round {round}: {text}");
        resumed += usize::from(text.contains("N0804"));
        assert!(desk.bytes("out.csv") == whole, "round {round}: other bytes after --resume");
        assert!(
            desk.bytes("out.rejected.csv") == rejected,
            "round {round}: other rejected rows after --resume"
        );
        assert!(text.contains("read 100,000 = valid"), "{text}");
        let left: Vec<String> = desk
            .files()
            .into_iter()
            .filter(|file| file.contains(".part") || file.contains(".progress"))
            .collect();
        assert!(left.is_empty(), "round {round}: {left:?}");
    }
    assert!(unfinished >= 10, "only {unfinished} of 50 were stopped in time");
    assert!(resumed >= 3, "only {resumed} of {unfinished} went on");
}

/// A run that was killed after its first checkpoint.
fn killed_after_a_checkpoint(desk: &Desk) {
    for _ in 0..20 {
        let mut child = batch(desk, "out.csv", &["--jobs", "1", "--checkpoint-rows", "5000"]);
        let started = Instant::now();
        while !desk.path("out.csv.progress").exists() && started.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(1));
        }
        let _ = child.kill();
        let _ = child.wait();
        if desk.path("out.csv.progress").exists() && desk.path("out.csv.part").exists() {
            return;
        }
        let _ = std::fs::remove_file(desk.path("out.csv"));
        let _ = std::fs::remove_file(desk.path("out.rejected.csv"));
    }
    panic!("no run was killed after a checkpoint");
}

/// The rejected rows are moved to their place before the output is: a run may be stopped between the two.
#[test]
fn stopped_between_its_two_moves_it_goes_on() {
    for force in [&["--resume"][..], &["--resume", "--force"]] {
        let desk = Desk::new();
        desk.put("in.csv", table());
        let (code, text) = finish(batch(&desk, "whole.csv", &["--checkpoint-rows", "5000"]));
        assert_eq!(code, Some(1), "{text}");
        killed_after_a_checkpoint(&desk);
        std::fs::rename(desk.path("out.rejected.csv.part"), desk.path("out.rejected.csv")).expect("a move");
        let (code, text) = finish(batch(&desk, "out.csv", force));
        assert_eq!(code, Some(1), "{text}");
        assert!(text.contains("N0804"), "{text}");
        assert!(desk.bytes("out.csv") == desk.bytes("whole.csv"), "other bytes after --resume");
        assert!(desk.bytes("out.rejected.csv") == desk.bytes("whole.rejected.csv"), "other rejected rows");
        assert!(!desk.files().iter().any(|file| file.contains(".part") || file.contains(".progress")));
    }
}

#[test]
fn it_resumes_only_the_same_run() {
    let desk = Desk::new();
    desk.put("in.csv", table());
    killed_after_a_checkpoint(&desk);
    let (code, text) = finish(batch(&desk, "out.csv", &["--resume", "--delimiter", ","]));
    assert_eq!(code, Some(3), "{text}");
    assert!(text.contains("E0803"), "{text}");
    let other = table().replacen("H0000001,1,GD", "H0000001,1,HS", 1);
    desk.put("in.csv", other);
    let (code, text) = finish(batch(&desk, "out.csv", &["--resume"]));
    assert_eq!(code, Some(3), "{text}");
    assert!(text.contains("E0803"), "{text}");
    // Without --resume everything starts over, over the leftovers.
    let (code, text) = finish(batch(&desk, "out.csv", &[]));
    assert_eq!(code, Some(1), "{text}");
    let (code, text) = finish(batch(&desk, "out.csv", &["--resume", "--force"]));
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("N0805"), "{text}");
}

#[test]
fn a_full_disk_ends_with_74_and_nothing_half_written() {
    let desk = Desk::new();
    desk.put("in.csv", table());
    // A device that is always full.
    if Path::new("/dev/full").exists() {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("a device");
        let mut command = program();
        command
            .args(["batch", "premium"])
            .arg(desk.path("in.csv"))
            .args(["-o", "-", "--jobs", "2"])
            .stdout(full);
        let (code, text) = finish(command.spawn().expect("the program"));
        assert_eq!(code, Some(74), "{text}");
        assert!(text.contains("E0801"), "{text}");
    }
    // A small file system, where the tests may mount one.
    let small = desk.path("small");
    std::fs::create_dir(&small).expect("a folder");
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=200k", "tmpfs"])
        .arg(&small)
        .stderr(Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        return;
    }
    for format in ["csv", "xlsx", "parquet", "jsonl"] {
        let mut command = program();
        command
            .args(["batch", "premium"])
            .arg(desk.path("in.csv"))
            .arg("-o")
            .arg(small.join(format!("out.{format}")));
        let (code, text) = finish(command.spawn().expect("the program"));
        let left: Vec<_> = std::fs::read_dir(&small)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        if code != Some(74) || !text.contains("E0801") || !left.is_empty() {
            let _ = Command::new("umount").arg(&small).status();
            panic!("{format}: {code:?} {left:?} {text}");
        }
    }
    assert!(Command::new("umount").arg(&small).status().expect("umount").success());
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let desk = Desk::new();
    desk.put("in.csv", table());
    let mut command = program();
    command
        .args(["batch", "premium"])
        .arg(desk.path("in.csv"))
        .args(["-o", "-", "-q"])
        .stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program");
    let mut some = [0; 1000];
    child.stdout.take().expect("stdout").read_exact(&mut some).expect("some output");
    let (code, text) = finish(child);
    assert_eq!((code, text.as_str()), (Some(0), ""));
}

#[test]
fn a_slow_pipe_gives_the_same_bytes_as_a_file() {
    let desk = Desk::new();
    let table = table();
    desk.put("in.csv", &table);
    let (_, _) = finish(batch(&desk, "out.csv", &["-q"]));
    let mut command = program();
    command.args(["batch", "premium", "-", "-o", "-", "-q"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program");
    let mut stdin = child.stdin.take().expect("stdin");
    let feeder = std::thread::spawn(move || {
        for (index, piece) in table.as_bytes().chunks(7_919).enumerate() {
            stdin.write_all(piece).expect("a pipe");
            if index % 100 == 0 {
                std::thread::sleep(Duration::from_millis(1));
            }
        }
    });
    let mut piped = Vec::new();
    child.stdout.take().expect("stdout").read_to_end(&mut piped).expect("output");
    feeder.join().expect("fed");
    assert!(piped == desk.bytes("out.csv"));
    let _ = child.wait();
}

#[test]
fn ctrl_c_ends_with_130_and_says_what_is_left() {
    let desk = Desk::new();
    let mut child = program()
        .args(["batch", "premium", "-", "--format", "csv", "-o"])
        .arg(desk.path("out.csv"))
        .stdin(Stdio::piped())
        .spawn()
        .expect("the program");
    // The input stays open: the program waits for more when the signal comes.
    let mut input = child.stdin.take().expect("stdin");
    input.write_all(table().as_bytes()).expect("rows");
    let begun = Instant::now();
    while !desk.path("out.csv.part").exists() && begun.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(5));
    }
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(sent.success());
    let (code, text) = finish(child);
    drop(input);
    assert_eq!(code, Some(130), "{text}");
    assert!(text.contains("E0902") && text.contains("--resume"), "{text}");
    assert!(!desk.path("out.csv").exists());
}
