//! Kết quả kiểm tra quy định trên màn hình: place, code, excerpt, hint.

use std::fmt::Write as _;

use super::check_catalogue::check_entry;
use super::wording::{Lang, fill};
use crate::rulebook::diagnostic::{Diagnostic, DiagnosticSeverity};

/// One paragraph a problem.
pub fn text(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let severity = match diagnostic.severity {
            DiagnosticSeverity::Error => lang.say("lỗi", "error"),
            DiagnosticSeverity::Warning => lang.say("cảnh báo", "warning"),
        };
        let Diagnostic { file, line, column, check, excerpt, width, facts, .. } = diagnostic;
        let words = check_entry(*check);
        let _ = writeln!(
            out,
            "{file}:{line}:{column}: {severity}[{}]: {}",
            check.as_str(),
            fill(lang.pick(words.says), facts, lang)
        );
        let margin = line.to_string().len();
        let blank = " ".repeat(margin);
        let _ = writeln!(
            out,
            "{blank} |\n{line} | {excerpt}\n{blank} | {}{}",
            " ".repeat(column - 1),
            "^".repeat((*width).min(60))
        );
        let hint = fill(lang.pick(words.hint), facts, lang);
        if !hint.is_empty() {
            let _ = writeln!(out, "{blank} = {}: {hint}", lang.say("gợi ý", "hint"));
        }
        out.push('\n');
    }
    out
}
