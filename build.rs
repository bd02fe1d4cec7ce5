//! Danh mục tệp quy định đi kèm: lists the rule files of `rules/`, so that a new province is one new file.

use std::fmt::Write as _;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let mut files = Vec::new();
    for folder in ["rules", "rules/local"] {
        // A changed file is followed by `include_str!`; a new or removed one changes its folder.
        println!("cargo::rerun-if-changed={folder}");
        files.extend(rule_files(folder));
    }
    let mut list = String::from("&[");
    for file in files {
        let _ = write!(list, "({file:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{file}\"))),");
    }
    list.push(']');
    let out = std::env::var_os("OUT_DIR").expect("cargo names the folder of generated files");
    #[expect(clippy::disallowed_methods, reason = "a build script writes the code it generates")]
    std::fs::write(Path::new(&out).join("bundled.rs"), list)
        .expect("the folder of generated files is writable");
}

/// The rule files of one folder by name.
fn rule_files(folder: &str) -> Vec<String> {
    let listing = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut names: Vec<String> = listing
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| Path::new(name).extension().is_some_and(|ending| ending == "toml"))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    names.sort();
    names
}
