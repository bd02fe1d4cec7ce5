//! The repository keeps its own rules: layers, headers, no law in code, glossary and code say the same.

use std::path::{Path, PathBuf};

/// Layers from left to right; a module may use only what stands to its left. Equal numbers do not see each other.
const LAYERS: &[(&str, u32)] = &[
    ("terms", 0),
    ("case", 1),
    ("rulebook", 1),
    ("engine", 2),
    ("audit", 3),
    ("workbook", 3),
    ("table", 4),
    ("render", 4),
    ("cli", 5),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a source folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<(String, String)> {
    rust_files(&root().join("src"))
        .into_iter()
        .map(|path| {
            let name =
                path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
            (name, std::fs::read_to_string(&path).expect("a readable source"))
        })
        .collect()
}

/// The part of a source before its unit tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

#[test]
fn modules_use_only_what_stands_to_their_left() {
    let layer = |module: &str| LAYERS.iter().find(|(name, _)| *name == module).map(|(_, layer)| *layer);
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        let Some(own) = name.strip_prefix("src/").and_then(|rest| rest.split(['/', '.']).next()) else {
            continue;
        };
        let Some(own_layer) = layer(own) else { continue };
        for part in text.split("crate::").skip(1) {
            let used: String =
                part.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            let Some(used_layer) = layer(&used) else { continue };
            if used != own && used_layer >= own_layer {
                wrong.push(format!("{name} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The paths that a `use` tree names: `a::{b, c::d}` gives `a::b` and `a::c::d`.
fn expanded(tree: &str, before: &str, paths: &mut Vec<String>) {
    let Some((head, rest)) = tree.split_once('{') else {
        paths.push(format!("{before}{}", tree.split(" as ").next().unwrap_or_default().trim()));
        return;
    };
    let before = format!("{before}{}", head.trim());
    let (mut depth, mut start) = (0, 0);
    let inside = rest.trim_end().strip_suffix('}').unwrap_or(rest);
    for (at, letter) in inside.char_indices().chain([(inside.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let part = inside[start..at].trim();
                if !part.is_empty() {
                    expanded(part, &before, paths);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// Every path of this crate that a source names, in its `use` statements and beside them.
fn named_paths(text: &str) -> Vec<String> {
    let bare: String = code(text)
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n")
        .collect();
    let mut paths = Vec::new();
    for (at, statement) in bare.split(';').enumerate() {
        let from = ["\nuse ", "\npub use ", "\npub(super) use ", "\npub(crate) use "]
            .iter()
            .find_map(|word| statement.find(word).map(|start| start + word.len()))
            .or_else(|| statement.strip_prefix("use ").filter(|_| at == 0).map(|_| 4));
        if let Some(from) = from {
            expanded(&statement[from..], "", &mut paths);
        }
        for root in ["crate::", "super::"] {
            for (start, _) in statement.match_indices(root) {
                let path = |letter: &char| letter.is_alphanumeric() || matches!(letter, '_' | ':');
                paths.push(statement[start..].chars().take_while(path).collect());
            }
        }
    }
    paths
}

/// Files do not use each other in a circle; a module and the files below it may.
#[test]
fn no_circle_inside_a_room() {
    let module = |name: &str| -> Vec<String> {
        let path = name.trim_start_matches("src/").trim_end_matches(".rs");
        path.split('/').filter(|part| !matches!(*part, "mod" | "lib" | "main")).map(str::to_owned).collect()
    };
    let modules: std::collections::BTreeMap<Vec<String>, String> =
        sources().into_iter().map(|(name, text)| (module(&name), text)).collect();
    let mut uses: std::collections::BTreeMap<&Vec<String>, Vec<Vec<String>>> = modules
        .iter()
        .map(|(own, text)| {
            let found = named_paths(text).into_iter().filter_map(|path| {
                let mut parts: Vec<&str> = path.split("::").map(str::trim).collect();
                let mut at = match parts[0] {
                    "crate" => Vec::new(),
                    "super" | "self" => own.clone(),
                    _ => return None,
                };
                while parts.first() == Some(&"super") {
                    at.pop();
                    parts.remove(0);
                }
                for part in parts.iter().filter(|part| !matches!(**part, "crate" | "self")) {
                    at.push((*part).to_owned());
                    if !modules.contains_key(&at) {
                        at.pop();
                        break;
                    }
                }
                (!at.starts_with(own)).then_some(at)
            });
            (own, found.collect())
        })
        .collect();
    assert!(uses.values().flatten().count() > 2_000, "the uses were not read");
    // What uses nothing that is left stands on the ground; a circle never does.
    loop {
        let free: Vec<&Vec<String>> = uses
            .iter()
            .filter(|(_, used)| !used.iter().any(|used| uses.contains_key(used)))
            .map(|(own, _)| *own)
            .collect();
        if free.is_empty() {
            break;
        }
        free.into_iter().for_each(|own| drop(uses.remove(own)));
    }
    let left: Vec<String> = uses.keys().map(|own| own.join("/")).collect();
    assert!(left.is_empty(), "files in a circle, or above one: {left:#?}");
}

/// The type that a line declares for other modules.
fn declared_type(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("pub")?;
    let rest = if let Some(inside) = rest.strip_prefix('(') { inside.split_once(')')?.1 } else { rest };
    let (word, rest) = rest.trim_start().split_once(' ')?;
    let name = rest.split(|letter: char| !letter.is_alphanumeric()).next()?;
    matches!(word, "struct" | "enum" | "trait" | "type").then_some(name).filter(|name| !name.is_empty())
}

#[test]
fn one_name_means_one_type() {
    let mut places: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
    for (name, text) in sources() {
        for declared in code(&text).lines().filter_map(declared_type) {
            places.entry(declared.to_owned()).or_default().push(name.clone());
        }
    }
    assert!(places.len() > 300, "{} types were found", places.len());
    let twice: Vec<_> = places.iter().filter(|(_, files)| files.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:#?}");
}

/// One noun a file; the two that are one table each stay whole.
#[test]
fn no_source_is_long() {
    const LONGEST: usize = 520;
    let is_table = |name: &str| matches!(name, "src/render/catalogue.rs" | "src/terms/problem.rs");
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|(name, text)| !is_table(name) && text.lines().count() > LONGEST)
        .map(|(name, text)| format!("{name}: {} lines", text.lines().count()))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn every_source_starts_with_a_line_that_says_what_it_is() {
    for (name, text) in sources() {
        assert!(text.starts_with("//! "), "{name} has no header");
    }
}

#[test]
fn no_law_in_the_engine() {
    for (name, text) in sources()
        .into_iter()
        .filter(|(name, _)| name.starts_with("src/engine/") || name.starts_with("src/audit/checks/"))
    {
        for (number, line) in code(&text).lines().enumerate() {
            let bare = without_ids(line.split("//").next().unwrap_or_default());
            let dated = bare.contains("from_ymd_opt(2") || bare.contains("from_yo_opt(2");
            let percent = bare.contains("%\"") && name.starts_with("src/engine/");
            let amount =
                bare.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').any(|word| {
                    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
                    // Powers of ten are units (thousandths of a đồng), not law.
                    let is_unit = digits.trim_end_matches('0') == "1";
                    word.starts_with(|first: char| first.is_ascii_digit())
                        && digits.len() >= 4
                        && !is_unit
                        && !word.contains("_u128")
                });
            // The checks of claim files name fields, sizes and decisions in their texts.
            let amount = amount && name.starts_with("src/engine/");
            assert!(!(dated || percent || amount), "{name}:{}: {line}", number + 1);
        }
    }
}

/// A line without its quoted ids ("nd-188-2025"): the name of a document is no amount.
fn without_ids(line: &str) -> String {
    let is_id = |text: &str| {
        text.contains('-') && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    line.split('"')
        .enumerate()
        .filter(|(index, text)| index % 2 == 0 || !is_id(text))
        .map(|(_, text)| text)
        .collect()
}

#[test]
fn no_floats_near_money() {
    // Workbooks know only floats: one place writes them; the last two have to name them to refuse them.
    let excused = |name: &str| {
        name.starts_with("src/table/xlsx")
            || ["workbook.rs", "taken_apart.rs", "packed.rs"].iter().any(|end| name.ends_with(end))
    };
    for (name, text) in sources().into_iter().filter(|(name, _)| !excused(name)) {
        for word in ["f32", "f64"] {
            let uses = code(&text)
                .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
                .any(|found| found == word);
            assert!(!uses, "{name} uses {word}");
        }
    }
}

#[test]
fn the_glossary_names_identifiers_that_exist() {
    let glossary = std::fs::read_to_string(root().join("docs/GLOSSARY.md")).expect("the glossary");
    let all: String = sources().into_iter().map(|(_, text)| text).collect::<String>() + &rules();
    let mut count = 0;
    for line in glossary.lines().filter(|line| line.starts_with("| ") && line.contains('`')) {
        let identifiers = line.split('|').nth(2).unwrap_or_default();
        for identifier in identifiers.split('`').skip(1).step_by(2) {
            count += 1;
            assert!(all.contains(identifier), "`{identifier}` of the glossary is nowhere in the code");
        }
    }
    assert!(count >= 30, "only {count} identifiers");
}

fn rules() -> String {
    let names = std::fs::read_dir(root().join("rules")).expect("the rules");
    let files = names.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file());
    files.map(|path| std::fs::read_to_string(path).expect("a rule file")).collect()
}

#[test]
fn every_code_has_words_in_both_languages_and_is_unique() {
    use bhyt::Code;
    use bhyt::workshop::{RuleCheck, check_entry, entry};
    let mut seen = std::collections::BTreeSet::new();
    for code in Code::ALL {
        assert!(seen.insert(code.as_str()), "{code} twice");
        let words = entry(*code);
        assert!(words.says.iter().all(|text| !text.is_empty()), "{code}");
        assert_eq!(placeholders(words.says[0]), placeholders(words.says[1]), "{code}");
        assert_eq!(words.hint[0].is_empty(), words.hint[1].is_empty(), "{code}");
        if code.as_str().starts_with('E') {
            assert!(!words.hint[0].is_empty(), "{code} has no remedy");
        }
    }
    for check in RuleCheck::ALL {
        assert!(check_entry(*check).says.iter().all(|text| !text.is_empty()), "{check:?}");
    }
}

/// Names in braces, without the language suffix; a fact that is a sentence of its own is named after its language.
fn placeholders(text: &str) -> std::collections::BTreeSet<String> {
    let names = text.split('{').skip(1).filter_map(|part| part.split('}').next());
    names
        .map(|name| {
            if matches!(name, "vi" | "en") {
                "sentence"
            } else {
                name.trim_end_matches("_vi").trim_end_matches("_en")
            }
            .to_owned()
        })
        .collect()
}

/// Every command and subcommand, as the lists of commands in the help name them.
pub fn commands(path: &[String], found: &mut Vec<Vec<String>>) {
    found.push(path.to_vec());
    let mut args: Vec<&str> = path.iter().map(String::as_str).collect();
    args.extend(["--help", "--lang", "en"]);
    let text = crate::program::bhyt(&args, "").stdout;
    let listed =
        text.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    for name in names.filter_map(|line| line.split_whitespace().next()) {
        commands(&[path, &[name.to_owned()]].concat(), found);
    }
}

#[test]
fn help_is_of_one_language_and_fits_the_screen() {
    let mut found = Vec::new();
    commands(&[], &mut found);
    assert!(found.len() > 20, "{found:?}");
    let english =
        ["Usage", "Options", "Commands", "default:", "possible values", "aliases", "Print ", "Arguments"];
    for path in found {
        for lang in ["vi", "en"] {
            let mut args: Vec<&str> = path.iter().map(String::as_str).collect();
            args.extend(["--help", "--lang", lang]);
            let text = crate::program::bhyt(&args, "").stdout;
            let foreign = if lang == "vi" {
                english.iter().any(|word| text.contains(word))
            } else {
                text.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii())
            };
            assert!(!foreign, "{args:?}\n{text}");
            let over: Vec<&str> = text.lines().filter(|line| line.chars().count() > 80).collect();
            assert!(over.is_empty(), "{args:?}: {over:#?}");
        }
    }
}
