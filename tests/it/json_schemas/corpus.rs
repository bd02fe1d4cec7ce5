//! Documents of every command: those of the cases, and of command lines that no case has.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::cases::case_files;
use crate::program::{Run, bhyt, bhyt_remembering};

const TOPICS: [&str; 10] =
    ["quote", "subsidy", "claim", "transport", "fund", "refund", "late", "ledger", "coverage", "balance"];

/// Command lines beside the cases; `@x` is a file of `examples`, `#x` one of `tests/data/audit`.
const LINES: &[&str] = &[
    "quote @household.toml --json",
    "quote --members 4 --paid-on 2026-08-01 --json --explain",
    "quote --group XX --json",
    "quote --from 2026-02-30 --json",
    "quote --members 2 --paid-on 1999-01-01 --json",
    "quote --no-such-flag --json",
    "no-such-command --json",
    "subsidy --province ha-tinh --json",
    "subsidy --group CN --province ha-tinh --json",
    "claim @visit.toml --json",
    "claim @visit.toml @visit.toml --json",
    "claim missing.toml --json",
    "audit @claims.xml --json",
    "audit @claims.xml --format jsonl",
    "audit #A43-package-cap --json",
    "audit #A43-package-cap --format jsonl",
    "audit @claims.xml @people.csv --json",
    "audit @claims.xml @people.csv --format jsonl",
    "audit @people.csv --json",
    "audit missing.xml --json",
    "simulate @people.csv --against @scenario-premium-rate-5-1-percent.toml --json",
    "simulate @people.csv --paid-on 2026-06-30 --shift-to 2026-07-01 --json",
    "simulate @population.csv --paid-on 2026-06-30 --shift-to 2026-07-01 --json",
    "simulate @households.csv --against @scenario-premium-rate-5-1-percent.toml --paid-on 2027-01-01 --json",
    "simulate @visits.csv --discharged-on 2026-06-30 --shift-to 2026-07-01 --json",
    "simulate @people.csv --from-date 2026-06-30 --json",
    "simulate @visits.csv --against @scenario-low-cost-20-percent.toml --json",
    "simulate @people.csv --with @visits.csv --against @scenario-low-cost-20-percent.toml --json",
    "simulate @people.csv --json",
    "coverage @coverage.csv --json",
    "coverage @coverage.csv --gap-group GD=60%,HS=40% --against @scenario-premium-rate-5-1-percent.toml --json",
    "ledger @ledger.csv --json",
    "fund balance @fund-balance.csv --json",
    "rules list --json",
    "rules list --provinces --json",
    "rules show base-salary --json",
    "rules show state-subsidy --json",
    "rules show network-rates --json",
    "rules show no-such-rule --json",
    "rules diff 2026-06-30 2026-07-01 --json",
    "rules diff --against @scenario-premium-rate-5-1-percent.toml --json",
    "rules check --json",
    "rules check --overlay @people.csv --json",
    "doctor --json",
    "doctor /proc --json",
    "batch premium missing.csv --json",
    "explain E0502 --json",
    "template quote --no-such --json",
];

/// Every document with the name of its schema, taken from every `step`-th case of each file and from all other lines.
pub fn documents(step: usize) -> Vec<(String, Json)> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut found = Vec::new();
    for topic in TOPICS {
        let step = if ["quote", "claim"].contains(&topic) { step } else { 1 };
        for case in case_files(topic).iter().flat_map(|file| &file.case).step_by(step) {
            let args = placed(&folder, case.args.iter().chain([&"--json".to_owned()]), &case.files);
            take(&args, case.stdin.as_deref().unwrap_or_default(), &mut found);
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let example = |word: &str| match word.split_at(1) {
        ("@", name) => shown(root.join("examples").join(name)),
        ("#", name) => shown(root.join("tests/data/audit").join(name).join("claim.xml")),
        _ => word.to_owned(),
    };
    for line in LINES {
        let args: Vec<String> = line.split(' ').map(example).collect();
        take(&args, "", &mut found);
    }
    // An audit with room for three visits says what it did not compare.
    let claims = example("@claims.xml");
    for more in [&["--json"][..], &["--format", "jsonl"]] {
        let words = [&["audit", &claims], more].concat();
        keep(&words, &bhyt_remembering(3, &words), &mut found);
    }
    // Every rule by name, and every claim file with a defect.
    for entry in bhyt::Rulebook::bundled().entries() {
        let words = ["rules", "show", &entry.header.id, "--json"].map(str::to_owned);
        take(&words, "", &mut found);
    }
    let listing = std::fs::read_dir(root.join("tests/data/audit")).expect("claim files");
    let mut claims: Vec<PathBuf> =
        listing.map(|entry| entry.expect("an entry").path().join("claim.xml")).collect();
    claims.sort();
    for claim in claims.iter().filter(|claim| claim.exists()).step_by(step.div_ceil(2)) {
        for more in [&["--json"][..], &["--format", "jsonl"]] {
            let words = [&["audit", claim.to_str().expect("letters")], more].concat();
            take(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(), "", &mut found);
        }
    }
    let program = shown(root.join("conformance/household_premiums.py"));
    let pack = shown(root.join("conformance/doctor.jsonl"));
    for more in [&["--only", "quote", "--keys", "total"][..], &["--only", "quote", "--keys", "members,until"]]
    {
        let line: Vec<&str> = [&["conform", &pack, "--json"], more, &["--", "python3", &program]].concat();
        take(&line.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(), "", &mut found);
    }
    found
}

fn shown(path: PathBuf) -> String {
    path.to_str().expect("a path of letters").to_owned()
}

/// The words of a case, with its tables where they are asked for.
fn placed<'a>(
    folder: &TempDir,
    args: impl Iterator<Item = &'a String>,
    files: &std::collections::BTreeMap<String, String>,
) -> Vec<String> {
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text.trim_start()).expect("a table");
    }
    args.map(|arg| if files.contains_key(arg) { shown(folder.path().join(arg)) } else { arg.clone() })
        .collect()
}

/// Runs a line; what it gives must be documents and nothing else.
fn take(args: &[String], stdin: &str, found: &mut Vec<(String, Json)>) {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    keep(&words, &bhyt(&words, stdin), found);
}

/// Keeps the documents of a run.
fn keep(words: &[&str], run: &Run, found: &mut Vec<(String, Json)>) {
    let by_line = words.windows(2).any(|pair| pair == ["--format", "jsonl"]);
    let texts: Vec<&str> = if by_line { run.stdout.lines().collect() } else { vec![&run.stdout] };
    for text in texts {
        let document: Json = serde_json::from_str(text)
            .unwrap_or_else(|error| panic!("{words:?}: {error}: {text}{}", run.stderr));
        let schema = document["schema"].as_str().unwrap_or_else(|| panic!("{words:?}: no schema: {text}"));
        let is_line = by_line && document["status"] != "error";
        let name = if is_line { schema.replacen('/', "-line/", 1) } else { schema.to_owned() };
        assert_eq!(document["status"] == "error", document["error"].is_object(), "{words:?}");
        assert!(run.code != 70, "{words:?}: {}", run.stderr);
        found.push((name, document));
    }
}
