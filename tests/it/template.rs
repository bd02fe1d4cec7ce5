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
    let run = bhyt(&["template", "claim", "-o", "q.xlsx"], "");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("E0104") && run.stderr.contains("claim.toml"), "{}", run.stderr);
}

/// Two households of a workbook, quoted at once: 3,142,260 of three and what a pupil pays of 1,366,200; places 2 and 3 for half a year.
#[test]
fn households_of_a_workbook_are_quoted() {
    let (_folder, path) = written("quote", "xlsx");
    let plain = |text: &str| text.replace('\u{a0}', " ");
    let run = bhyt(&["quote", &path, "--lang", "vi"], "");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let both = plain(&run.stdout);
    for amount in ["1.366.200", "956.340", "819.720", "683.100", "478.170", "409.860", "888.030"] {
        assert!(both.contains(amount), "{amount} is not in {both}");
    }
    // The first is the household of the example file, which a table of its rows alone answers in the same words.
    let csv = std::fs::read_to_string("examples/households.csv").expect("the example");
    let (folder, alone) =
        (tempfile::tempdir().expect("a folder"), csv.lines().filter(|line| !line.starts_with("H2")));
    let table = folder.path().join("one.csv");
    std::fs::write(&table, alone.collect::<Vec<_>>().join("\n")).expect("a file");
    let one = bhyt(&["quote", &table.display().to_string(), "--json"], "");
    let file = bhyt(&["quote", "examples/household.toml", "--json"], "");
    let result = |text: &str| {
        let json: serde_json::Value = serde_json::from_str(text).expect("JSON");
        json["result"].clone()
    };
    assert_eq!(result(&one.stdout), result(&file.stdout));
    for format in ["chat", "html"] {
        let run = bhyt(&["quote", &path, "--lang", "vi", "-f", format], "");
        assert!(run.code == 0 && plain(&run.stdout).contains("888.030"), "{format}: {}", run.stderr);
    }
    assert_eq!(bhyt(&["quote", &path, "--json"], "").code, 2, "several households are no one document");
}

/// What a quote does not take in is refused, never left out.
#[test]
fn a_table_that_says_more_than_a_quote_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("in.csv").display().to_string();
    for (text, code) in [
        ("Mã hộ,Đối tượng,Hỗ trợ khác\nH1,GD,200000\n", "E0193"),
        ("Mã hộ,Đối tượng,Số tiền\nH1,GD,200000\n", "E0193"),
        ("Họ tên,Đối tượng\nAn,GD\nBa,GD\n", "E0490"),
        ("Mã hộ,Đối tượng,Tỉnh\nH1,GD,Gia Lai\nH1,GD,Lâm Đồng\n", "E0193"),
        ("Mã hộ,Đối tượng,Thứ tự\nH1,GD,1\nH1,GD,5\n", "E0403"),
        ("Mã hộ,Đối tượng\nH1,Nhóm lạ\n", "E0304"),
    ] {
        std::fs::write(&path, text).expect("a file");
        let run = bhyt(&["quote", &path, "--paid-on", "2026-08-01"], "");
        assert_eq!(run.code, 3, "{text}: {} {}", run.stdout, run.stderr);
        assert!(run.stderr.contains(code), "{text}: {}", run.stderr);
    }
}

/// A table of another kind is told how one of this kind looks, and that one is read.
#[test]
fn what_lacks_its_columns_is_shown_a_table_of_its_own_kind() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path of letters").to_owned();
    std::fs::write(path("other.csv"), "Món,Giá\nBún,40000\n").expect("a table");
    let kinds: [(&[&str], &str); 5] = [
        (&["batch", "premium"], "batch-premium"),
        (&["batch", "claim"], "batch-claim"),
        (&["coverage"], "coverage"),
        (&["ledger"], "ledger"),
        (&["fund", "balance"], "fund-balance"),
    ];
    for (command, template) in kinds {
        let refused = bhyt(&[command, &[&path("other.csv"), "--lang", "vi"]].concat(), "");
        let told = refused.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            told.contains("E0210") && told.contains(&format!("bhyt template {template}")),
            "{command:?}: {told}"
        );
        assert!(
            !told.contains("thiếu .") && !told.contains("=giá trị;") || template.starts_with("batch"),
            "{told}"
        );
        let columns =
            told.split("--columns ").nth(1).and_then(|rest| rest.split(",…").next()).expect("columns");
        let sample = bhyt(&["template", template], "").stdout;
        let heading = sample.lines().next().expect("a heading");
        assert!(
            columns.split(',').all(|column| heading.split(',').any(|known| known == column)),
            "{columns}: {heading}"
        );
        let table = path(&format!("{template}.csv"));
        std::fs::write(&table, sample).expect("a table");
        let read = bhyt(&[command, &[&table, "--lang", "vi"]].concat(), "");
        assert!(read.code <= 1 && !read.stderr.contains("E0210"), "{command:?}: {}", read.stderr);
    }
}
