//! `bhyt template`: every template runs through its command as it is.

use tempfile::TempDir;

use crate::program::bhyt;

/// A template in a file of its own, with the ending given.
fn written(name: &str, ending: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(format!("template.{ending}")).display().to_string();
    let run = bhyt(&["template", name, "-o", &path], "");
    assert_eq!(run.code, 0, "{name}: {}", run.stderr);
    (folder, path)
}

#[test]
fn every_template_runs_as_it_is() {
    for (name, ending, command, code) in [
        ("quote", "toml", &["quote"][..], 0),
        ("claim", "toml", &["claim"], 0),
        ("batch-premium", "csv", &["batch", "premium"], 0),
        ("batch-claim", "csv", &["batch", "claim"], 0),
        ("ledger", "csv", &["ledger"], 0),
        ("ledger", "xlsx", &["ledger"], 0),
        ("coverage", "csv", &["coverage"], 0),
        ("coverage", "xlsx", &["coverage"], 0),
        ("fund-balance", "csv", &["fund", "balance"], 0),
        ("fund-balance", "xlsx", &["fund", "balance"], 0),
        ("claim-files", "xml", &["audit"], 1),
        ("local-policy", "toml", &["quote", "--members", "1", "--overlay"], 0),
        ("facilities", "toml", &["audit", "examples/claims.xml", "--facilities"], 1),
    ] {
        let (_folder, path) = written(name, ending);
        let run = bhyt(&[command, &[path.as_str()]].concat(), "");
        assert_eq!(run.code, code, "{name}: {}", run.stderr);
    }
}

/// Excel holds dates and amounts as numbers; the results are those of the CSV, cell for cell, once `12.000.000` is a text in both.
#[test]
fn tables_start_in_excel_too() {
    for name in ["premium", "claim"] {
        let results = ["csv", "xlsx"].map(|ending| {
            let (_folder, path) = written(&format!("batch-{name}"), ending);
            let run = bhyt(&["batch", name, &path, "--format", "csv", "-q"], "");
            assert_eq!(run.code, 0, "{name}: {}", run.stderr);
            run.stdout.replace("\"12.000.000\"", "12.000.000")
        });
        assert_eq!(results[0], results[1], "{name}");
        assert!(results[0].lines().count() > 4, "{name}");
    }
}

#[test]
fn what_is_no_table_has_no_workbook() {
    let run = bhyt(&["template", "quote", "-o", "q.xlsx"], "");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("E0104") && run.stderr.contains("quote.toml"), "{}", run.stderr);
}
