//! The README is executed: every `bhyt` line of a console block runs and ends as it should.

use std::path::Path;

use tempfile::TempDir;

use crate::program::bhyt;

/// What is executed.
const DOCUMENTS: [&str; 4] = ["README.md", "docs/RULES-FORMAT.md", "docs/AUDIT.md", "CONTRIBUTING.md"];

/// What a new user walks through, step by step, with nothing but the program.
const GUIDES: [&str; 4] = [
    "README.vi.md",
    "docs/huong-dan/nhan-vien-thu.md",
    "docs/huong-dan/giam-dinh.md",
    "docs/huong-dan/van-phong.md",
];

#[test]
fn every_command_of_the_readme_runs() {
    let mut count = 0;
    for file in DOCUMENTS {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file))
            .expect("a readable document");
        for line in console_lines(&text) {
            let words = words(&line);
            let args: Vec<&str> = words.iter().map(String::as_str).collect();
            let args = match args[..] {
                ["bhyt", ref rest @ ..] | ["cargo", "run", "--release", "--", ref rest @ ..] => rest.to_vec(),
                _ => continue,
            };
            // What needs a folder of the reader's own is shown but not run.
            if args.iter().any(|arg| matches!(*arg, ">" | "|") || arg.ends_with("my-rules/")) {
                continue;
            }
            let folder = TempDir::new().expect("a folder");
            let Some(args) = among_files(&args, folder.path()) else { continue };
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let run = bhyt(&args, "");
            let wrote = !args.contains(&"--force")
                || folder.path().read_dir().is_ok_and(|mut files| files.next().is_some());
            assert!(wrote, "{line} in {file} writes nothing");
            assert!(matches!(run.code, 0 | 1), "{line} in {file}: exit {}: {}", run.code, run.stderr);
            count += 1;
        }
    }
    assert!(count >= 5, "only {count} commands found");
}

/// From an empty folder that holds the reader's own list only: what a step reads, a step before it wrote.
#[test]
fn every_guide_is_walked_from_an_empty_folder() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for guide in GUIDES {
        let folder = TempDir::new().expect("a folder");
        let list = root.join("tests/data/samples/d03-ts.xlsx");
        std::fs::copy(list, folder.path().join("danh-sach.xlsx")).expect("the reader's list");
        for line in console_lines(&std::fs::read_to_string(root.join(guide)).expect("a guide")) {
            let words = words(&line);
            let ["bhyt", args @ ..] = &words.iter().map(String::as_str).collect::<Vec<_>>()[..] else {
                panic!("{line} in {guide} is no command of the program")
            };
            let mut program = assert_cmd::Command::cargo_bin("bhyt").expect("the program");
            let run = program
                .args(args)
                .env("LANG", "vi_VN.UTF-8")
                .current_dir(folder.path())
                .output()
                .expect("a run");
            let told = String::from_utf8_lossy(&run.stderr);
            assert!(matches!(run.status.code(), Some(0 | 1)), "{line} in {guide}: {:?}: {told}", run.status);
            let written = words.windows(2).find(|pair| matches!(pair[0].as_str(), "-o" | "--sheets"));
            let is_there = written.is_none_or(|pair| folder.path().join(&pair[1]).exists());
            assert!(is_there, "{line} in {guide} writes nothing");
            count += 1;
        }
    }
    assert!(count > 50, "only {count} steps");
}

/// The words with results in a folder of the test; none where a file is meant that only the reader has.
fn among_files(args: &[&str], folder: &Path) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut before = "";
    for word in args {
        let is_result = matches!(before, "-o" | "--output" | "--sheets");
        words.push(match *word {
            _ if is_result => folder.join(word).to_str()?.to_owned(),
            other => other.to_owned(),
        });
        let is_file = Path::new(word).extension().is_some();
        let is_mine = is_result || words.last().is_some_and(|word| Path::new(word).exists());
        let holds_results = args.iter().any(|arg| matches!(*arg, "-o" | "--output" | "--sheets"));
        if holds_results && is_file && !is_mine && word.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            return None;
        }
        before = word;
    }
    if words.iter().any(|word| matches!(word.as_str(), "-o" | "--output")) {
        words.push("--force".to_owned());
    }
    Some(words)
}

/// Lines after `$ ` in console blocks.
fn console_lines(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            lines.push(command.to_owned());
        }
    }
    lines
}

/// Words as a shell splits them, double quotes kept together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().expect("a word").push(other),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
