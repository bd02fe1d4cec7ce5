//! What the published checks of other programs find, one defect a row (`tests/data/audit-peers/section-3.toml`): found, asked about, rightly silent, or
//! refused with a reason.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::audit_cases::Case;
use crate::program::bhyt;
use bhyt::workshop::find_check as find;
use bhyt::{Rulebook, Severity};

#[derive(Deserialize)]
struct File {
    row: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    sheet: String,
    verdict: Verdict,
    #[serde(default)]
    reason: String,
    /// A fixture, or what is done to one: what no single claim shows.
    #[serde(default)]
    file: String,
    #[serde(flatten)]
    case: Case,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
enum Verdict {
    Found,
    Asked,
    Right,
    Refused,
}

impl Row {
    /// Codes, places and money of what was found.
    fn found(&self, rules: &Rulebook) -> Vec<String> {
        if self.file.is_empty() { self.case.found(rules) } else { of_file(&self.file) }
    }

    /// The verdict fits what is expected.
    fn is_sound(&self) -> bool {
        let severity = |expected: &String| find(expected.split(' ').next()?).map(|check| check.severity);
        let severities: Vec<_> = self.case.expect.iter().map(severity).collect();
        match self.verdict {
            Verdict::Found => {
                !severities.is_empty()
                    && severities
                        .iter()
                        .all(|found| !matches!(found, Some(Severity::Question | Severity::Note)))
            }
            Verdict::Asked => {
                !severities.is_empty() && severities.iter().all(|found| *found == Some(Severity::Question))
            }
            Verdict::Right => severities.is_empty() && self.reason.is_empty(),
            Verdict::Refused => severities.is_empty() && !self.reason.is_empty(),
        }
    }
}

/// Codes that a run says of a fixture.
fn of_file(name: &str) -> Vec<String> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/audit");
    let fixture = |code: &str| data.join(code).join("claim.xml");
    let folder = tempfile::tempdir().expect("a folder");
    let plain = std::fs::read_to_string(fixture("A79-item-without-code")).expect("a fixture");
    let changed = |text: String| -> PathBuf {
        let path = folder.path().join("claim.xml");
        std::fs::write(&path, text).expect("a file");
        path
    };
    let path = match name {
        "count" => changed(plain.replacen("<SOLUONGHOSO>1<", "<SOLUONGHOSO>3<", 1)),
        "cut" => changed(plain[..plain.len() * 2 / 3].to_owned()),
        code => fixture(code),
    };
    let prices = data.join(name).join("prices.csv");
    let mut args = vec!["audit", path.to_str().expect("letters"), "--format", "csv", "--skip", "identity"];
    if name.starts_with("A6") {
        args.truncate(4);
    }
    if prices.exists() {
        args.extend(["--prices", prices.to_str().expect("letters")]);
    }
    let run = bhyt(&args, "");
    let codes = run.stdout.lines().skip(1).flat_map(|row| row.split(','));
    let is_code = |cell: &&str| cell.len() >= 3 && (cell.starts_with('A') || cell.starts_with("E0"));
    codes
        .filter(is_code)
        .map(|cell| cell.split('-').next().unwrap_or(cell).to_owned())
        .filter(|code| code[1..].bytes().all(|byte| byte.is_ascii_digit()))
        .collect()
}

/// Lines of the table in the sheet.
const SHEET_LINES: usize = 27;

#[test]
fn what_other_programs_find_is_found_asked_about_or_refused_with_a_reason() {
    let rules = Rulebook::bundled();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/audit-peers/section-3.toml");
    let text = std::fs::read_to_string(path).expect("the table");
    let file: File = toml::from_str(&text).expect("a table of rows");
    let mut wrong = Vec::new();
    for row in &file.row {
        let found = row.found(&rules);
        if found != row.case.expect || !row.is_sound() {
            wrong.push(format!(
                "{}, {}: {:?} {:?}, found {found:?}",
                row.sheet, row.case.name, row.verdict, row.case.expect
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), file.row.len(), wrong.join("\n"));
    let count = |verdict: Verdict| file.row.iter().filter(|row| row.verdict == verdict).count();
    let sheet: std::collections::BTreeSet<&str> = file.row.iter().map(|row| row.sheet.as_str()).collect();
    assert!(sheet.len() >= SHEET_LINES, "{sheet:?}");
    assert!(file.row.len() >= 81, "{} rows", file.row.len());
    assert!(count(Verdict::Refused) <= 7, "{} refused", count(Verdict::Refused));
    assert!(count(Verdict::Found) + count(Verdict::Asked) + count(Verdict::Right) >= 74);
}
