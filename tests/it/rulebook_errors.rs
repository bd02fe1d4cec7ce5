//! One broken rule file per check: each is refused under its own name, at its line.
//!
//! Each folder of `tests/data/rulebook_errors` is named after a check and holds rule files that replace bundled ones; a
//! line that ends in `# here` is where the check must point.

use std::collections::BTreeSet;
use std::path::Path;

use bhyt::workshop::RuleCheck;
use bhyt::{gather, load};

/// Checks that no file in a folder can trigger, with the reason.
const UNREACHABLE: &[RuleCheck] = &[];

#[test]
fn every_check_has_a_broken_fixture_and_names_its_line() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rulebook_errors");
    let mut shown = BTreeSet::new();
    for check in RuleCheck::ALL.iter().filter(|check| !UNREACHABLE.contains(check)) {
        let folder = root.join(check.as_str());
        assert!(folder.is_dir(), "no fixture for {}", check.as_str());
        let sources = gather(Some(&folder), &[]).expect("readable fixtures");
        let loaded = load(&sources);
        let found: Vec<_> = loaded.diagnostics.iter().filter(|found| found.check == *check).collect();
        assert!(!found.is_empty(), "{} is not reported: {:?}", check.as_str(), loaded.diagnostics);
        for diagnostic in found {
            assert!(diagnostic.line >= 1 && diagnostic.column >= 1 && !diagnostic.file.is_empty());
        }
        for source in &sources {
            for (index, _) in
                source.text.lines().enumerate().filter(|(_, line)| line.trim_end().ends_with("# here"))
            {
                let pointed = loaded.diagnostics.iter().any(|found| {
                    found.check == *check && found.line == index + 1 && found.file == source.name
                });
                assert!(
                    pointed,
                    "{} does not point at line {} of {}: {:?}",
                    check.as_str(),
                    index + 1,
                    source.name,
                    loaded.diagnostics
                );
            }
        }
        shown.insert(check.as_str());
    }
    assert_eq!(shown.len() + UNREACHABLE.len(), RuleCheck::ALL.len());
}

#[test]
fn all_problems_of_all_files_come_at_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rulebook_errors/bare-float");
    let run =
        crate::program::bhyt(&["rules", "check", root.to_str().expect("a text path"), "--lang", "en"], "");
    assert_eq!(run.code, 1, "{}", run.stdout);
    assert!(run.stdout.contains("error[bare-float]") && run.stdout.contains("hint:"), "{}", run.stdout);
    let quote = crate::program::bhyt(
        &["quote", "--members", "1", "--rules", root.to_str().expect("a text path")],
        "",
    );
    assert_eq!(quote.code, 5);
}
