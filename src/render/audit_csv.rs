//! Giám định dạng CSV: one row a finding, and one for each file or claim that could not be read.

use super::audit_json::place;
use super::audit_words as words;
use super::catalogue;
use super::csv::cell;
use super::wording::{self, Lang};
use crate::audit::figure::Figure;
use crate::audit::redact::Redaction;
use crate::audit::run::{AuditedClaim, Outcome};
use crate::rulebook::Rulebook;

/// The heading.
pub const HEADING: &str = "file,number,claim,standard,facility,department,month,card,visit_code,code,severity,part,line,\
field,declared,expected,difference,fund_difference,patient_difference,message,cites\n";

/// The rows of an outcome.
pub fn rows(outcome: &Outcome, redaction: &Redaction, rules: &Rulebook, lang: Lang) -> String {
    match outcome {
        Outcome::Claim(claim) => findings(claim, redaction, rules, lang),
        Outcome::Unreadable { file, claim, problem } => {
            let number = claim.map(|number| number.to_string()).unwrap_or_default();
            let message = cell(&catalogue::message(problem, lang));
            let file = cell(&place(file, None, redaction));
            format!("{file},{number},,,,,,,,{},unreadable,,,,,,,,,{message},\n", problem.code)
        }
        Outcome::FileEnd(_) => String::new(),
    }
}

fn findings(claim: &AuditedClaim, redaction: &Redaction, rules: &Rulebook, lang: Lang) -> String {
    let mut out = String::new();
    let figure = |figure: Option<Figure>| figure.map(|figure| figure.to_string()).unwrap_or_default();
    for finding in &claim.findings {
        let cells = [
            cell(&place(&claim.file, None, redaction)),
            claim.number.to_string(),
            cell(&wording::harmless(&redaction.id(&claim.id))),
            claim.standard.to_string(),
            cell(&claim.facility),
            cell(&finding.department),
            month(claim.month),
            cell(&claim.card),
            cell(&claim.visit_code),
            finding.check.code.to_owned(),
            finding.severity.as_str().to_owned(),
            finding.part.to_string(),
            finding.line.map(|line| line.to_string()).unwrap_or_default(),
            finding.tag.map(|tag| tag.to_string()).unwrap_or_default(),
            number_or_text(&words::plain(&finding.declared)),
            number_or_text(&words::plain(&finding.expected)),
            figure(finding.difference),
            finding.fund.to_string(),
            finding.patient.to_string(),
            cell(&words::message(finding, lang)),
            cell(&words::cites(finding, rules, lang)),
        ];
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    out
}

/// `2026-07`.
pub fn month(month: Option<(i32, u32)>) -> String {
    month.map(|(year, month)| format!("{year}-{month:02}")).unwrap_or_default()
}

/// A number as it is, a text as a text cell: a minus sign of a number is no formula.
fn number_or_text(text: &str) -> String {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_number { text.to_owned() } else { cell(text) }
}
