//! Mọi lệnh có ghi tệp: every command that writes a file, under adverse conditions. Killed at any moment, the disk full, another run at work.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use bhyt::workshop::PartFile;
use tempfile::TempDir;

use crate::lists_random::Dice;

/// Kills in all; `BHYT_KILLS` asks for another number, 200 for each command before a release.
const KILLS: u64 = 64;

/// Commands that write, each with the name of what it writes; `@x` is a file of `examples`, `@VISITS` a folder of visits.
/// `--sheets` writes a folder of pages, each of them a result of its own. `doctor` is left out: it tells the time it took.
const WRITERS: &[(&str, &str)] = &[
    ("batch premium @people.csv", "people.csv"),
    ("batch premium @people.csv --form d03-ts", "form.xlsx"),
    ("batch premium @people.csv", "people.xlsx"),
    ("batch premium @people.csv", "people.parquet"),
    ("batch claim @visits.csv", "visits.csv"),
    ("batch claim @visits.csv", "visits.jsonl"),
    ("audit @claims.xml -f xlsx", "audit.xlsx"),
    ("audit @claims.xml -f json", "audit.json"),
    ("simulate @people.csv --against @scenario-premium-rate-5-1-percent.toml -f html", "effect.html"),
    ("coverage @coverage.csv -f xlsx", "coverage.xlsx"),
    ("ledger @ledger.csv -f csv", "ledger.csv"),
    ("fund balance @fund-balance.csv -f json", "balance.json"),
    ("quote --members 4 --paid-on 2026-08-01 -f xlsx", "quote.xlsx"),
    ("claim @visit.toml -f html", "visit.html"),
    ("subsidy --group CN --province ha-noi --paid-on 2026-08-01 -f xlsx", "support.xlsx"),
    ("late --amount 100000000 --days 45 --date 2026-08-01 -f json", "late.json"),
    ("rules list -f csv", "rules.csv"),
    ("template quote", "template.xlsx"),
    ("batch premium @people.csv", "people.jsonl"),
    ("batch premium @people.csv --form mau-4", "households.xlsx"),
    ("audit @claims.xml -f html", "audit.html"),
    ("audit @claims.xml -f jsonl", "audit.jsonl"),
    (
        "transport --group TE --date 2026-08-01 --distance-km 56 --fuel-price 20000 --vehicle own --invoice 300000 -f json",
        "transport.json",
    ),
    ("fund allocate --contributions 1000000000 --date 2026-08-01 -f csv", "allocated.csv"),
    ("fund school --pupils 1000 --months 12 --date 2026-09-01 -f html", "school.html"),
    (
        "refund --case support-raised --amount 631800 --months 12 --unused 3 --old-share 50% --new-share 70% --date 2025-10-01 -f xlsx",
        "refund.xlsx",
    ),
    ("rules diff 2026-06-30 2026-07-01 -f html", "changes.html"),
    ("rules show base-salary", "rule.txt"),
    ("explain E0502", "explained.txt"),
    ("completions bash", "bhyt.bash"),
    ("man", "bhyt.1"),
    ("help json-schema", "schemas.json"),
    ("rules check", "checked.txt"),
    ("claim @VISITS -f xlsx", "year.xlsx"),
    ("claim @VISITS -f json", "year.json"),
    ("batch premium @households.csv --sheets", SHEETS),
];

/// A folder of pages instead of a file.
const SHEETS: &str = "0001-H1.html";

/// One of them, in a folder of its own.
struct Writer {
    folder: TempDir,
    /// What it reads, where that is not among the examples.
    _visits: Option<TempDir>,
    args: Vec<String>,
    /// What it writes; of a folder of pages the first.
    output: &'static str,
}

impl Writer {
    fn of((line, output): &(&str, &'static str)) -> Writer {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
        let visits = line.contains("@VISITS").then(|| visits(&examples));
        let path = |path: &Path| path.to_str().expect("a path").to_owned();
        let word = |word: &str| match (word.strip_prefix('@'), &visits) {
            (Some("VISITS"), Some(folder)) => path(folder.path()),
            (Some(name), _) => path(&examples.join(name)),
            (None, _) => word.to_owned(),
        };
        let folder = tempfile::tempdir().expect("a folder");
        let args = line.split(' ').map(word).collect();
        Writer { folder, _visits: visits, args, output }
    }

    fn target(&self) -> PathBuf {
        self.folder.path().join(self.output)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bhyt"));
        self.arm(&mut command);
        command
    }

    /// The words of the line, and where to write.
    fn arm(&self, command: &mut Command) {
        command.args(&self.args);
        match self.output {
            SHEETS => command.arg(self.folder.path()),
            _ => command.arg("-o").arg(self.target()),
        };
        command.args(["--force", "--lang", "en"]);
        command.env("LANG", "en_US.UTF-8").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    }

    /// Runs to the end; what it wrote, by name.
    fn whole(&self) -> BTreeMap<String, Vec<u8>> {
        let run = self.command().output().expect("the program");
        let text = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(matches!(run.status.code(), Some(0 | 1)), "{:?}: {text}", self.args);
        assert!(self.target().is_file(), "{:?}: {text}", self.args);
        self.written()
    }

    /// The same, and how long it took.
    fn timed(&self) -> (BTreeMap<String, Vec<u8>>, Duration) {
        let started = Instant::now();
        (self.whole(), started.elapsed())
    }

    /// All that lies in the folder.
    fn written(&self) -> BTreeMap<String, Vec<u8>> {
        let listing = std::fs::read_dir(self.folder.path()).expect("a folder");
        let paths = listing.map(|entry| entry.expect("an entry").path());
        let name = |path: &Path| path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        paths.map(|path| (name(&path), std::fs::read(&path).expect("a file"))).collect()
    }

    /// Leaves nothing, or an older result.
    fn clear(&self, older: bool) {
        for name in self.written().into_keys() {
            std::fs::remove_file(self.folder.path().join(name)).expect("a file");
        }
        if older {
            std::fs::write(self.target(), OLDER).expect("a file");
        }
    }
}

const OLDER: &[u8] = b"older";

/// Two visits of one person, a file each.
fn visits(examples: &Path) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let visit = std::fs::read_to_string(examples.join("visit.toml")).expect("the example");
    let later = visit.replace("2026-08", "2026-09");
    for (name, text) in [("august.toml", visit), ("september.toml", later)] {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

/// A killed run leaves all of its result or none of it, and what it leaves beside holds up nobody.
#[test]
fn killed_at_any_moment_every_command_leaves_all_or_nothing() {
    let kills = std::env::var("BHYT_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS);
    let mut dice = Dice(18);
    let (mut unfinished, mut done) = (0, 0);
    for (index, line) in (0_u64..).zip(WRITERS) {
        let writer = Writer::of(line);
        let (whole, mut length) = writer.timed();
        let share = kills / WRITERS.len() as u64 + u64::from(index < kills % WRITERS.len() as u64);
        for round in 0..share {
            // Every other time there is an older result, which must stay until the new one is whole.
            let has_older = round % 2 == 0;
            writer.clear(has_older);
            let mut child = writer.command().spawn().expect("the program");
            let moment = u32::try_from(dice.below(1_000)).expect("small");
            std::thread::sleep(length * moment / 900);
            child.kill().expect("a kill");
            let _ = child.wait();
            let found = writer.written();
            for (name, bytes) in &whole {
                let older = (has_older && name == writer.output).then_some(OLDER);
                let found = found.get(name).map(Vec::as_slice);
                assert!(found == Some(bytes) || found == older, "{:?}, {round}: half of {name}", writer.args);
            }
            match whole.iter().all(|(name, bytes)| found.get(name) == Some(bytes)) {
                true => done += 1,
                false => unfinished += 1,
            }
            // Taken anew each time: how long a run takes changes with what else the machine does.
            let again;
            (again, length) = writer.timed();
            assert!(again == whole, "{:?}, round {round}: something else afterwards", writer.args);
        }
    }
    println!("{kills} kills: {unfinished} before the end, {done} after it");
    assert!(unfinished * 3 >= kills, "only {unfinished} of {kills} were stopped in time");
}

/// On a full disk every command says so, ends with 74, and leaves what was there before.
#[test]
fn on_a_full_disk_every_command_ends_with_74() {
    for line in WRITERS {
        let writer = Writer::of(line);
        let whole = writer.whole();
        for blocks in [0, 1, 4] {
            writer.clear(true);
            // Files beyond so many blocks cannot be written, as on a full disk; the signal that goes with it is not wanted.
            let mut command = Command::new("sh");
            command.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")]);
            command.arg(env!("CARGO_BIN_EXE_bhyt"));
            writer.arm(&mut command);
            let started = Instant::now();
            let run = command.output().expect("a shell");
            // Who asks for JSON gets the error as JSON.
            let text = String::from_utf8_lossy(&[run.stdout, run.stderr].concat()).into_owned();
            assert!(started.elapsed() < Duration::from_secs(20), "{:?}: it hangs", writer.args);
            let found = writer.written();
            let code = run.status.code();
            // What is that small was written whole.
            if matches!(code, Some(0 | 1)) {
                assert!(blocks > 0 && found == whole, "{:?}, {blocks}: {text}", writer.args);
                continue;
            }
            assert_eq!(code, Some(74), "{:?}, {blocks}: {text}", writer.args);
            assert!(text.contains("E0801"), "{:?}, {blocks}: {text}", writer.args);
            assert!(
                found.contains_key(writer.output),
                "{:?}, {blocks}: the older result is gone",
                writer.args
            );
            for (name, bytes) in found {
                // Of several pages those that still had room are whole; a single result is the older one.
                let is_page = writer.output == SHEETS && whole.get(&name) == Some(&bytes);
                let is_older = name == writer.output && bytes == OLDER;
                assert!(is_page || is_older, "{:?}, {blocks}: {name} is left", writer.args);
            }
        }
    }
}

/// While another run writes a target, every command leaves it alone and says so.
#[test]
fn a_target_at_which_another_run_works_is_left_alone() {
    for line in WRITERS {
        let writer = Writer::of(line);
        let mut other = PartFile::create(&writer.target()).expect("the other run");
        other.write(b"its result").expect("written");
        let run = writer.command().output().expect("the program");
        let text = String::from_utf8_lossy(&[run.stdout, run.stderr].concat()).into_owned();
        assert_eq!(run.status.code(), Some(2), "{:?}: {text}", writer.args);
        assert!(text.contains("E0808"), "{:?}: {text}", writer.args);
        other.commit().expect("in its place");
        assert_eq!(std::fs::read(writer.target()).expect("its result"), b"its result", "{:?}", writer.args);
    }
}
