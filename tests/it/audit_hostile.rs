//! Hostile claim files, made from a table: each ends in its coded error or is read, and the batch goes on.
//!
//! Limits: 256 MiB of memory for the whole program (measured on the binary), five seconds a file (in release builds).

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use bhyt::{ArchiveLimits, Batch, Code, Outcome, ReadLimits, Register, Rulebook, SourceFile, audit as run};

use crate::audit_hostile_corpus::{Fate, Sample, corpus, valid};

fn batch<'b>(rules: &'b Rulebook, register: &'b Register) -> Batch<'b> {
    Batch {
        rules,
        register,
        limits: ReadLimits::default(),
        archive: ArchiveLimits::default(),
        jobs: 1,
        hash: false,
        prices: &bhyt::NO_PRICES,
        classes: bhyt::Classes::ALL,
        today: None,
    }
}

/// What became of one file.
fn fate_of(batch: &Batch<'_>, path: &Path) -> (Vec<Code>, u32) {
    let (mut codes, mut claims) = (Vec::new(), 0);
    let stdin = || -> Box<dyn Read> { Box::new(std::io::empty()) };
    let units = [SourceFile::File(path.to_owned())];
    let outcome: Result<(), ()> = run(batch, &units, &stdin, &mut |outcome| {
        match outcome {
            Outcome::Claim(_) => claims += 1,
            Outcome::Unreadable { problem, .. } => codes.push(problem.code),
            _ => {}
        }
        Ok(())
    });
    assert_eq!(outcome, Ok(()));
    (codes, claims)
}

fn written(samples: &[Sample]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("bhyt-hostile-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    for sample in samples {
        std::fs::write(folder.join(&sample.name), &sample.bytes).expect("a sample");
    }
    folder
}

#[test]
fn every_hostile_file_meets_its_fate_and_the_batch_goes_on() {
    let samples = corpus();
    assert!(samples.len() >= 200, "only {} samples", samples.len());
    let folder = written(&samples);
    let rules = Rulebook::bundled();
    let register = Register::default();
    let batch = batch(&rules, &register);
    let mut wrong = Vec::new();
    for sample in &samples {
        let start = Instant::now();
        let (codes, claims) = fate_of(&batch, &folder.join(&sample.name));
        let took = start.elapsed();
        let met = match sample.fate {
            Fate::Refused(code) => codes.contains(&code),
            Fate::Read => codes.is_empty() && claims > 0,
        };
        if !met {
            wrong.push(format!(
                "{}: wanted {:?}, got {codes:?} and {claims} claims",
                sample.name, sample.fate
            ));
        }
        if !cfg!(debug_assertions) && took > Duration::from_secs(5) {
            wrong.push(format!("{}: {took:?}", sample.name));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), samples.len(), wrong.join("\n"));
    check_binary(&folder, samples.len());
    let _ = std::fs::remove_dir_all(&folder);
}

/// The binary on the whole folder with one valid file: every file is named, the valid one is judged, memory stays low.
fn check_binary(folder: &Path, count: usize) {
    std::fs::write(folder.join("valid.xml"), valid()).expect("a valid file");
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("bhyt"))
        .args(["audit", folder.to_str().expect("a path of letters"), "--format", "jsonl", "--jobs", "2"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut stdout = child.stdout.take().expect("its output");
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        stdout.read_to_string(&mut text).expect("UTF-8");
        text
    });
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0;
    let exit = loop {
        if let Some(exit) = child.try_wait().expect("a state") {
            break exit;
        }
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let kib = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
        peak = peak.max(kib.trim().trim_end_matches(" kB").parse::<usize>().unwrap_or(0));
        std::thread::sleep(Duration::from_millis(2));
    };
    let text = reader.join().expect("the reader");
    assert_eq!(exit.code(), Some(1), "exit code");
    assert!(text.contains("valid.xml"), "the valid file is judged");
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "nothing hostile reaches the output");
    let lines = text.lines().count();
    assert!(lines >= count, "{lines} lines for {count} files");
    eprintln!("hostile: {count} files, peak {} MiB", peak / 1024);
    assert!(peak < 256 * 1024, "peak memory {} MiB", peak / 1024);
}
