//! `docs/ERRORS.md` lists every code and check; it is written from the catalogue with UPDATE_GOLDEN=1.

use std::fmt::Write as _;
use std::path::Path;

use bhyt::Code;
use bhyt::workshop::{RuleCheck, Words, check_entry, entry};

#[test]
fn the_list_of_errors_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ERRORS.md");
    let text = page();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &text).expect("a writable tree");
    }
    assert_eq!(
        std::fs::read_to_string(&path).expect("docs/ERRORS.md"),
        text,
        "refresh with UPDATE_GOLDEN=1 cargo test"
    );
}

fn page() -> String {
    let mut out = String::from(
        "# Codes\n\nEvery error (E), warning (W), note (N) and rule check the program can utter; `bhyt explain CODE` prints the same. \
         `{…}` stands for a fact, `[[…]]` for a part that is left out when its fact is unknown. Codes are stable.\n\n\
         | Code | Vietnamese | English | Remedy |\n|---|---|---|---|\n",
    );
    for code in Code::ALL {
        row(&mut out, code.as_str(), entry(*code));
    }
    out.push_str(
        "\n## Checks of rule files\n\n| Check | Vietnamese | English | Remedy |\n|---|---|---|---|\n",
    );
    for check in RuleCheck::ALL {
        row(&mut out, check.as_str(), check_entry(*check));
    }
    out
}

fn row(out: &mut String, code: &str, words: Words) {
    let cell = |text: &str| {
        [":name}", ":column}", ":typed}", ":given}", ":reader}"]
            .iter()
            .fold(text.to_owned(), |text, kind| text.replace(kind, "}"))
            .replace('|', "\\|")
    };
    let _ = writeln!(
        out,
        "| {code} | {} | {} | {} |",
        cell(words.says[0]),
        cell(words.says[1]),
        cell(words.hint[1])
    );
}
