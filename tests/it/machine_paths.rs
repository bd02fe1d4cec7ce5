//! Đường dẫn của máy: where a file lies on a computer is in no result that others read, in whatever format.

use std::path::Path;

use tempfile::TempDir;

use crate::program::bhyt;

/// Formats to a file, and what is read by each command from the folder `@`.
const RUNS: &[(&str, &[&str])] = &[
    (
        "quote @/household.toml --overlay @/local-policy.toml",
        &["text", "html", "chat", "csv", "json", "xlsx"],
    ),
    ("quote @/household.toml --overlay @/local-policy.toml --explain", &["text", "html"]),
    ("subsidy --province Hà-Nội --overlay @/local-policy.toml", &["text", "html", "csv", "json"]),
    ("claim @/visit.toml --overlay @/local-policy.toml", &["text", "html", "csv", "json", "xlsx"]),
    ("claim @/visits", &["text", "html", "csv", "json", "xlsx"]),
    ("batch premium @/people.csv", &["csv", "jsonl", "xlsx", "parquet"]),
    ("batch claim @/visits.csv", &["csv", "jsonl", "xlsx", "parquet"]),
    (
        "simulate @/population.csv --paid-on 2027-01-01 --against @/scenario-premium-rate-5-1-percent.toml",
        &["text", "html", "csv", "json", "xlsx"],
    ),
    (
        "simulate @/visits.csv --discharged-on 2026-06-30 --shift-to 2026-07-01",
        &["text", "html", "csv", "json"],
    ),
    ("audit @/claims.xml --facilities @/facilities.toml", &["text", "html", "csv", "json", "jsonl", "xlsx"]),
    ("audit @/claims", &["text", "html", "csv", "json", "jsonl", "xlsx"]),
    ("coverage @/coverage.csv", &["text", "html", "csv", "json", "xlsx"]),
    ("ledger @/ledger.csv", &["text", "html", "csv", "json", "xlsx"]),
    ("fund balance @/fund-balance.csv", &["text", "html", "csv", "json", "xlsx"]),
    ("rules list --overlay @/local-policy.toml", &["text", "html", "csv", "json", "xlsx"]),
    ("rules show base-salary --overlay @/local-policy.toml", &["text", "html", "json"]),
    ("rules diff 2026-06-30 2026-07-01 --overlay @/local-policy.toml", &["text", "html", "csv", "json"]),
    ("doctor --overlay @/local-policy.toml", &["json"]),
];

#[test]
fn no_result_names_a_folder_of_this_machine() {
    let folder = TempDir::new().expect("a folder");
    let secret = folder.path().join("Máy của Lan");
    std::fs::create_dir_all(secret.join("claims")).expect("a folder");
    std::fs::create_dir_all(secret.join("visits")).expect("a folder");
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let copy = |name: &str, to: &str| {
        std::fs::copy(examples.join(name), secret.join(to)).expect("a copied example");
    };
    for (command, _) in RUNS {
        for word in
            command.split(' ').filter_map(|word| word.strip_prefix("@/")).filter(|word| word.contains('.'))
        {
            copy(word, word);
        }
    }
    copy("claims.xml", "claims/a.xml");
    copy("visit.toml", "visits/a.toml");
    copy("visit.toml", "visits/b.toml");
    let place = secret.to_str().expect("a path of letters");
    let mut found = Vec::new();
    for (command, formats) in RUNS {
        for format in *formats {
            let out = secret.join("out").join(format!("result.{format}"));
            std::fs::create_dir_all(secret.join("out")).expect("a folder");
            let words: Vec<String> =
                command.split(' ').map(|word| word.replace('@', place).replace("Hà-Nội", "Hà Nội")).collect();
            let mut args: Vec<&str> = words.iter().map(String::as_str).collect();
            if args[0] != "batch" {
                args.extend(["-f", format]);
            }
            args.extend(["-o", out.to_str().expect("a path of letters"), "--force"]);
            let run = bhyt(&args, "");
            assert!(run.code <= 1, "{command} -f {format}: {} {} {}", run.code, run.stdout, run.stderr);
            let written = written(&secret.join("out"));
            assert!(!written.is_empty(), "{command} -f {format} wrote nothing");
            for text in written.iter().chain([&run.stdout.clone().into_bytes()]) {
                if holds(text, "Máy của Lan") {
                    found.push(format!("{command} -f {format}"));
                }
            }
            std::fs::remove_dir_all(secret.join("out")).expect("a folder less");
        }
    }
    found.dedup();
    assert!(found.is_empty(), "{found:#?}");
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Everything that was written, packed files by their parts.
fn written(folder: &Path) -> Vec<Vec<u8>> {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    let files = std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
    let parts = |path: std::path::PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if ending == "parquet" {
            let file = std::fs::File::open(path).expect("a table");
            let table = SerializedFileReader::new(file).expect("Parquet");
            let said = format!("{:?}", table.metadata()).into_bytes();
            let rows = table.get_row_iter(None).expect("rows");
            return rows.map(|row| row.expect("a row").to_string().into_bytes()).chain([said]).collect();
        }
        if ending != "xlsx" {
            return vec![std::fs::read(path).expect("a readable file")];
        }
        let mut book =
            zip::ZipArchive::new(std::fs::File::open(path).expect("a workbook")).expect("an archive");
        let count = book.len();
        let mut part = |at: usize| {
            let mut text = Vec::new();
            std::io::copy(&mut book.by_index(at).expect("a part"), &mut text).expect("a readable part");
            text
        };
        (0..count).map(&mut part).collect()
    };
    files.flat_map(parts).collect()
}
