//! The bundled rulebook: accepted without a remark, identified by its content only.

use std::borrow::Cow;

use bhyt::rulebook::source::{BUNDLED, Source, gather};
use bhyt::rulebook::{Rulebook, load};

#[test]
fn bundled_rules_are_accepted() {
    let sources = gather(None, &[]).expect("bundled sources need no file");
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

#[test]
fn the_hash_depends_on_facts_not_on_layout() {
    let hash = |change: &dyn Fn(&str, String) -> String| {
        let mut sources = gather(None, &[]).expect("bundled sources");
        for source in &mut sources {
            source.text = Cow::Owned(change(&source.name, source.text.to_string()));
        }
        load::load(&sources).rulebook.map(|rules| rules.identity.sha256)
    };
    let plain = hash(&|_, text| text);
    let commented = hash(&|_, text| format!("# a comment\n{}\n\n", text.replace(" = ", "   =  ")));
    let reordered = hash(&|_, text| text.replace("2_530_000", "2530000"));
    let changed = hash(&|_, text| text.replace("2_530_000", "2_540_000"));
    assert_eq!(plain, commented);
    assert_eq!(plain, reordered);
    assert_ne!(plain, changed);
    assert_eq!(plain.as_deref(), Some(Rulebook::bundled().identity.sha256.as_str()));
}

#[test]
fn every_rule_file_of_the_folder_is_bundled() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["rules", "rules/local"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the rules folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                let name = format!("{folder}/{}", path.file_name().expect("a name").to_string_lossy());
                assert!(BUNDLED.iter().any(|(known, _)| *known == name), "{name} is not bundled");
            }
        }
    }
}

#[test]
fn a_replaced_family_and_an_overlay_are_named_and_change_the_hash() {
    let bundled = gather(None, &[]).expect("bundled sources");
    let mut sources = bundled.clone();
    sources.push(Source {
        name: "scenario.toml".to_owned(),
        text: Cow::Borrowed(SCENARIO),
        origin: bhyt::rulebook::source::Origin::Overlay,
    });
    let loaded = load::load(&sources);
    let rules = loaded.rulebook.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    assert_eq!(rules.identity.overlays, ["scenario.toml"]);
    assert_ne!(rules.identity.sha256, Rulebook::bundled().identity.sha256);
    let day = chrono::NaiveDate::from_ymd_opt(2030, 1, 1).expect("a day");
    assert_eq!(rules.base_salary.at(day).expect("in force").value.dong(), Some(3_000_000));
}

const SCENARIO: &str = r#"
schema = 1
id = "base-salary"
name-vi = "Kịch bản lương cơ sở"
name-en = "Base salary scenario"
dated-by = "by-group"
dated-by-note-vi = "kịch bản"
dated-by-note-en = "scenario"
checked-on = 2026-11-21

[[version]]
effective-from = 2030-01-01
status = "unverified"
note-vi = "kịch bản giả định"
note-en = "a scenario"
cite = [{ document = "nd-161-2026" }]
value = 3_000_000
"#;
