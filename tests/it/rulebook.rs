//! The bundled rules load without any remark.

use bhyt::rulebook::{load, source};

#[test]
fn bundled_rules_are_accepted() {
    let sources = source::gather(None, &[]).expect("bundled sources need no file");
    let loaded = load::load(&sources);
    for found in &loaded.diagnostics {
        println!(
            "{:?} {}:{}:{} {:?} {}",
            found.severity, found.file, found.line, found.column, found.facts, found.excerpt
        );
    }
    assert_eq!(loaded.diagnostics.len(), 0);
    assert!(loaded.rulebook.is_some());
}
