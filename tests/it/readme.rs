//! The README is executed: every `bhyt` line of a console block runs and ends as it should.

use std::path::Path;

use crate::program::bhyt;

/// What is executed.
const DOCUMENTS: [&str; 8] = [
    "README.md",
    "README.vi.md",
    "docs/huong-dan/nhan-vien-thu.md",
    "docs/huong-dan/giam-dinh.md",
    "docs/huong-dan/van-phong.md",
    "docs/RULES-FORMAT.md",
    "docs/AUDIT.md",
    "CONTRIBUTING.md",
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
            // What needs a folder of the reader's own, or writes a file, is shown but not run.
            if args.iter().any(|arg| matches!(*arg, "-o" | ">" | "|") || arg.ends_with("my-rules/")) {
                continue;
            }
            let run = bhyt(&args, "");
            assert!(matches!(run.code, 0 | 1), "{line} in {file}: exit {}: {}", run.code, run.stderr);
            count += 1;
        }
    }
    assert!(count >= 5, "only {count} commands found");
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
