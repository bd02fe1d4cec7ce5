//! Golden runs: what a user sees, kept as files; refreshed with UPDATE_GOLDEN=1 and then read by a person.
//!
//! Each folder of `tests/data/cli` holds `cmd` (one argument a line), optionally `stdin`, and `stdout`, `stderr`, `code`.

use std::path::Path;

use crate::known_law::{WRITTEN, bhyt_known, known_on};

#[test]
fn outputs_are_as_recorded() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cli");
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut folders: Vec<_> =
        std::fs::read_dir(&root).expect("golden runs").map(|entry| entry.expect("an entry").path()).collect();
    folders.sort();
    let mut differing = Vec::new();
    for folder in &folders {
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        let cmd = read("cmd");
        let args: Vec<&str> = cmd.lines().filter(|line| !line.is_empty()).collect();
        let run = bhyt_known(&args, &read("stdin"));
        // The hash changes with every rule; a test of its own pins what it is made of.
        let stable = |text: &str| stable(text);
        let found = [
            ("stdout", stable(&run.stdout)),
            ("stderr", stable(&run.stderr)),
            ("code", format!("{}\n", run.code)),
        ];
        for (name, text) in found {
            if update {
                std::fs::write(folder.join(name), &text).expect("a writable tree");
            } else if read(name) != text {
                differing.push(format!(
                    "{}/{name}:\n--- recorded\n{}\n--- now\n{text}",
                    folder.display(),
                    read(name)
                ));
            }
        }
    }
    assert!(folders.len() >= 10, "only {} golden runs", folders.len());
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// Replaces the rulebook's hash, whole or shortened.
fn stable(text: &str) -> String {
    let rules = known_on(WRITTEN).map_or_else(bhyt::Rulebook::bundled, |law| law.rules.clone());
    let hash = &rules.identity().sha256;
    let own =
        text.replace(hash.as_str(), "‹hash›").replace(&hash[..12], "‹hash›").replace(&hash[..8], "‹hash›");
    changed(&own)
}

/// Replaces the hashes of rulebooks with an overlay: whole or twelve digits, of which one is a letter.
fn changed(text: &str) -> String {
    let is_hash = |word: &str| {
        [12, 64].contains(&word.len())
            && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            && word.bytes().any(|byte| byte.is_ascii_lowercase())
            && word.bytes().any(|byte| byte.is_ascii_digit())
    };
    let mut out = text.to_owned();
    for word in text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| is_hash(word)) {
        out = out.replace(word, "‹other hash›");
    }
    out
}
