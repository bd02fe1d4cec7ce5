//! Very many random households through `batch premium`: everything adds up, whatever the threads and cuts.
//!
//! As many as one likes, some 15 µs of processor time a row, never all on disk:
//! `BHYT_HOUSEHOLDS=400000 cargo test --release --test it random_households -- --nocapture`
//!
//! `tests/households.sh` asks the same of ten million households of an ordinary mixture in a few minutes.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use bhyt::Rulebook;

use crate::batch_agrees::{Crowd, Dice, HEADING, csv};

/// Households of an ordinary test run.
const FEW: usize = 1_000;
/// Households made at once.
const BATCH: usize = 100;

/// One batch of so many is of people around every change of the law with circumstances of all kinds.
const EXTREMES: usize = 20;

/// What comes out of one or several runs over the same people.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sum {
    rows: u64,
    valid: u64,
    rejected: u64,
    /// Premium and its payers, as the rows show them.
    amounts: [i128; 7],
    /// Fingerprint of all lines.
    lines: u64,
}

impl Sum {
    fn line(&mut self, line: &[u8]) {
        self.rows += 1;
        // FNV-1a, over the lines without their end.
        let mut hash = if self.rows == 1 { 0xcbf2_9ce4_8422_2325 } else { self.lines };
        for byte in line {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        self.lines = hash;
        let appended: Vec<&[u8]> = line.split(|byte| *byte == b',').skip(width()).collect();
        let shown = || String::from_utf8_lossy(line);
        let code = appended[8];
        if !code.is_empty() {
            assert!(appended[..8].iter().all(|cell| cell.is_empty()), "{}", shown());
            self.rejected += 1;
            return;
        }
        self.valid += 1;
        let number = |cell: &[u8]| -> i128 {
            std::str::from_utf8(cell)
                .ok()
                .and_then(|text| text.parse().ok())
                .unwrap_or_else(|| panic!("{}", shown()))
        };
        let amounts: Vec<i128> = appended[..7].iter().map(|cell| number(cell)).collect();
        assert_eq!(amounts[0], amounts[1..].iter().sum::<i128>(), "{}", shown());
        assert!(amounts.iter().all(|amount| *amount >= 0), "{}", shown());
        for (sum, amount) in self.amounts.iter_mut().zip(amounts) {
            *sum += amount;
        }
    }
}

/// Columns of the table that goes in.
fn width() -> usize {
    HEADING.trim_end().split(',').count()
}

/// Runs households `range` through one process, and adds what comes out to the sum.
fn run([wild, calm]: [&Crowd<'_>; 2], range: std::ops::Range<usize>, jobs: &str, sum: &mut Sum) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bhyt"))
        .args(["batch", "premium", "-", "-o", "-", "--lang", "en", "--jobs", jobs])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut stdin = child.stdin.take().expect("stdin");
    let stdout = BufReader::with_capacity(1 << 20, child.stdout.take().expect("stdout"));
    let mut stderr = child.stderr.take().expect("stderr");
    let (before_rows, before_valid, before_rejected, before) =
        (sum.rows, sum.valid, sum.rejected, sum.amounts);
    let told = thread::scope(|scope| {
        scope.spawn(move || {
            stdin.write_all(HEADING.as_bytes()).expect("a pipe");
            // Batches begin at the same households whatever the cut, so the people are the same.
            for first in (range.start / BATCH * BATCH..range.end).step_by(BATCH) {
                let crowd = if (first / BATCH).is_multiple_of(EXTREMES) { wild } else { calm };
                let mut rows = crowd.rows(&mut Dice(first as u64), first, BATCH);
                rows.retain(|row| range.contains(&row.household));
                stdin.write_all(csv(&rows).as_bytes()).expect("a pipe");
            }
        });
        let told = scope.spawn(move || {
            let mut text = String::new();
            stderr.read_to_string(&mut text).expect("text");
            text
        });
        let mut lines = stdout.split(b'\n');
        lines.next().expect("a heading").expect("a line");
        lines.for_each(|line| sum.line(&line.expect("a line")));
        told.join().expect("messages")
    });
    assert!(child.wait().expect("an end").code().is_some_and(|code| code <= 1), "{told}");
    // What the program says about the run is what its rows say.
    let numbers = |text: &str| -> Vec<i128> {
        let plain = text.replace(',', "");
        let digits = plain.split(|character: char| !character.is_ascii_digit());
        digits.filter(|digits| !digits.is_empty()).map(|digits| digits.parse().expect("a number")).collect()
    };
    let between = |from: &str, to: &str| {
        let rest = told.split_once(from).unwrap_or_else(|| panic!("{told}")).1;
        numbers(rest.split_once(to).unwrap_or_else(|| panic!("{told}")).0)
    };
    let counts = between("Reconciled", "✔");
    let rows =
        [sum.rows - before_rows, sum.valid - before_valid, sum.rejected - before_rejected].map(i128::from);
    assert_eq!(counts, rows, "{told}");
    let shown: Vec<i128> = sum
        .amounts
        .iter()
        .zip(before)
        .map(|(now, before)| now - before)
        .filter(|amount| *amount > 0)
        .collect();
    assert_eq!(between("Total", "✔"), shown, "{told}");
}

#[test]
fn random_households_add_up_whatever_the_threads_and_cuts() {
    let rules = Rulebook::bundled();
    let crowd = [&Crowd::new(&rules), &Crowd::calm(&rules)];
    let households = std::env::var("BHYT_HOUSEHOLDS").ok().and_then(|text| text.parse().ok()).unwrap_or(FEW);
    let started = Instant::now();
    let say = |what: &str, sum: &Sum| {
        println!("{what}: {:.0} s, {sum:?}", started.elapsed().as_secs_f32());
    };
    let mut one = Sum::default();
    run(crowd, 0..households, "1", &mut one);
    say("1 thread", &one);
    assert!(one.rows > households as u64 && one.valid > one.rejected);
    let mut two = Sum::default();
    run(crowd, 0..households, "2", &mut two);
    say("2 threads", &two);
    assert_eq!(one, two);
    let mut dice = Dice(77);
    let mut cuts: Vec<usize> = (0..5).map(|_| dice.below(households)).collect();
    cuts.extend([0, households]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut parts = Sum::default();
    for pair in cuts.windows(2) {
        run(crowd, pair[0]..pair[1], "2", &mut parts);
    }
    say(&format!("{} parts", cuts.len() - 1), &parts);
    assert_eq!(one, parts);
}
