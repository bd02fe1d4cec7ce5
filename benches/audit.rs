//! Speed of the audit: synthetic claims on disk, judged on one and two threads, beside the floor of base64 and scan.
//!
//! `cargo bench --bench audit -- [CLAIMS] [FOLDER]` (default 20,000 claims in a temporary folder). Claims have about
//! 30 lines; half of them stand alone in a file, half in files of a hundred; one in fifty has a defect.
//! `benches/peers/audit.py` runs this, the released program and a peer on the same files, and compares them.

#![expect(clippy::disallowed_methods, reason = "the bench writes and reads its own files")]

use std::fs;
use std::hint::black_box;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use bhyt::workshop::{Standard, gather_claim_files as gather};
use bhyt::{ArchiveLimits, Batch, Classes, Outcome, ReadLimits, Register, Rulebook, audit as run};

#[path = "../tests/support/claims/mod.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod synthetic;

use synthetic::defect::DEFECTS;
use synthetic::random::Random;
use synthetic::{DraftClaim, Style, claims, envelope};

const CLAIMS: usize = 20_000;

/// Claims of a file that holds many.
const MANY: usize = 100;

/// Fewest lines of a claim, so that there are about 30 on average.
const LINES: usize = 27;

/// One claim in so many has a defect, of a kind that a replay on the file's own terms can see.
const DEFECTIVE: usize = 50;
const KINDS: [&str; 4] = ["A01-fund-share", "A03-copayment-as-own", "A13-copayment", "A14-own-payment"];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let count = args.first().and_then(|arg| arg.parse().ok()).unwrap_or(CLAIMS);
    let folder = args.get(1).map_or_else(|| std::env::temp_dir().join("bhyt-bench-audit"), PathBuf::from);
    let Written { bytes, lines, defects } = write_claims(&folder, count);
    println!(
        "{count} claims, {lines} lines ({} a claim), {defects} defects, {} MB",
        lines / count,
        bytes / 1_000_000
    );
    let rules = Rulebook::bundled();
    floor(&folder, count, bytes);
    for jobs in [1, 2] {
        let best = (0..3).map(|_| judge(&folder, &rules, jobs, (count, defects))).min().unwrap_or_default();
        report(&format!("audit, {jobs} thread(s)"), count, bytes, best);
    }
}

fn report(what: &str, count: usize, bytes: u64, took: Duration) {
    let millis = took.as_millis().max(1);
    println!(
        "{what:<24} {:>6} ms  {:>7} claims/s  {:>5} MB/s",
        millis,
        count as u128 * 1_000 / millis,
        u128::from(bytes) / 1_000 / millis
    );
}

/// What stands in the folder.
struct Written {
    bytes: u64,
    lines: usize,
    defects: usize,
}

/// Writes the claims into an emptied folder.
fn write_claims(folder: &Path, count: usize) -> Written {
    let drafts = long_claims().take(count);
    let (mut bytes, mut lines, mut defects, mut file) = (0, 0, 0, 0);
    let mut random = Random::new(4);
    fs::create_dir_all(folder).expect("a folder to write to");
    for entry in fs::read_dir(folder).expect("the folder").flatten() {
        if entry.file_name().to_string_lossy().starts_with("claims-") {
            fs::remove_file(entry.path()).expect("an old file");
        }
    }
    let mut batch: Vec<DraftClaim> = Vec::new();
    let mut flush = |batch: &mut Vec<DraftClaim>| {
        if batch.is_empty() {
            return;
        }
        let text = envelope(batch, Style::default());
        bytes += text.len() as u64;
        fs::write(folder.join(format!("claims-{file:06}.xml")), text).expect("a file to write");
        file += 1;
        batch.clear();
    };
    for (index, mut draft) in drafts.enumerate() {
        lines += draft.lines.len();
        if index % DEFECTIVE == 0 {
            let kind = KINDS[index / DEFECTIVE % KINDS.len()];
            let defect = DEFECTS.iter().find(|defect| defect.code == kind).expect("a kind of defect");
            defects += usize::from((defect.inject)(&mut draft, &mut random).is_some());
        }
        batch.push(draft);
        let full = if index < count / 2 { 1 } else { MANY };
        if batch.len() >= full {
            flush(&mut batch);
        }
    }
    flush(&mut batch);
    Written { bytes, lines, defects }
}

/// In-patient claims and others of the two newest editions, about 30 lines each on average.
fn long_claims() -> impl Iterator<Item = DraftClaim> {
    let old = claims(Standard::Qd3176, 1).filter(|claim| claim.lines.len() >= LINES);
    let new = claims(Standard::Qd1931, 2).filter(|claim| claim.lines.len() >= LINES);
    old.zip(new).flat_map(|(old, new)| [old, new])
}

fn judge(folder: &Path, rules: &Rulebook, jobs: usize, expected: (usize, usize)) -> Duration {
    let register = Register::default();
    let batch = Batch {
        rules,
        register: &register,
        limits: ReadLimits::default(),
        archive: ArchiveLimits::default(),
        jobs,
        hash: false,
        prices: &bhyt::NO_PRICES,
        classes: Classes::ALL,
        today: None,
    };
    let start = Instant::now();
    let (units, _) = gather(&[folder.to_path_buf()]).expect("the folder");
    let (mut claims, mut findings) = (0, 0);
    let stdin = || -> Box<dyn Read> { Box::new(std::io::empty()) };
    let outcome: Result<(), ()> = run(&batch, &units, &stdin, &mut |outcome| {
        if let Outcome::Claim(claim) = outcome {
            claims += 1;
            findings += claim.findings.len();
        }
        Ok(())
    });
    let took = start.elapsed();
    assert_eq!((outcome, (claims, findings)), (Ok(()), expected), "every claim, every defect, nothing else");
    took
}

/// Reading, decoding and looking at every byte once: no program that reads base64 XML can be faster.
fn floor(folder: &Path, count: usize, bytes: u64) {
    let start = Instant::now();
    let mut tags = 0;
    for entry in fs::read_dir(folder).expect("the folder") {
        let text = fs::read(entry.expect("an entry").path()).expect("a file");
        let mut rest = &text[..];
        while let Some(at) = memchr::memmem::find(rest, b"<NOIDUNGFILE>") {
            rest = &rest[at + 13..];
            let end = memchr::memchr(b'<', rest).unwrap_or(rest.len());
            let decoded = STANDARD.decode(&rest[..end]).unwrap_or_default();
            tags += memchr::memchr_iter(b'<', &decoded).count();
            rest = &rest[end..];
        }
    }
    black_box(tags);
    report("floor (decode, scan)", count, bytes, start.elapsed());
}
