//! Bảng chi tiết giám định: one row a finding, the same columns in CSV and in the workbook.

use crate::audit::finding::{Finding, FindingValue};
use crate::audit::redact::Redaction;
use crate::audit::run::{AuditedClaim, Outcome};
use crate::render::audit_json::{forgotten, place};
use crate::render::audit_words as words;
use crate::render::catalogue;
use crate::render::csv;
use crate::render::page::{Cell, Column, ColumnKind};
use crate::render::wording::{Lang, harmless};
use crate::rulebook::Rulebook;
use crate::terms::listed::Listed;

/// Một cột của bảng.
struct Detail {
    key: &'static str,
    head: [&'static str; 2],
    width: u16,
    kind: ColumnKind,
}

const fn words_of(key: &'static str, head: [&'static str; 2], width: u16) -> Detail {
    Detail { key, head, width, kind: ColumnKind::Words }
}

const fn numbers(key: &'static str, head: [&'static str; 2], width: u16) -> Detail {
    Detail { key, head, width, kind: ColumnKind::Numbers }
}

/// The columns in the order of the CSV.
const DETAILS: [Detail; 21] = [
    words_of("file", ["Tệp", "File"], 28),
    numbers("number", ["Thứ tự", "No."], 7),
    words_of("claim", ["Mã lượt khám", "Claim"], 14),
    words_of("standard", ["Chuẩn", "Standard"], 9),
    words_of("facility", ["Cơ sở", "Facility"], 9),
    words_of("department", ["Khoa", "Department"], 11),
    words_of("month", ["Tháng", "Month"], 9),
    words_of("card", ["Thẻ", "Card"], 7),
    words_of("visit_code", ["Mã đối tượng", "Visit code"], 9),
    words_of("code", ["Mã", "Code"], 24),
    words_of("severity", ["Mức độ", "Severity"], 10),
    words_of("part", ["Bảng", "Part"], 7),
    numbers("line", ["Dòng", "Line"], 7),
    words_of("field", ["Chỉ tiêu", "Field"], 20),
    numbers("declared", ["Khai", "Declared"], 15),
    numbers("expected", ["Tính lại", "Expected"], 15),
    numbers("difference", ["Khai trừ tính lại", "Declared less expected"], 15),
    numbers("fund_difference", ["Quỹ trả thừa; thiếu là số âm", "Fund overpaid; underpaid below zero"], 15),
    numbers(
        "patient_difference",
        ["Người bệnh trả thừa; thiếu là số âm", "Patient overcharged; undercharged below zero"],
        15,
    ),
    words_of("message", ["Nội dung", "Message"], 80),
    words_of("cites", ["Căn cứ", "Basis"], 40),
];

/// The columns of a workbook with their widths; the sentence stands last there, so that it is never cut.
pub fn columns(lang: Lang) -> Vec<(Column, u16)> {
    let mut columns: Vec<(Column, u16)> = DETAILS
        .iter()
        .map(|detail| (Column { kind: detail.kind, ..Column::words(lang.pick(detail.head)) }, detail.width))
        .collect();
    sentence_last(&mut columns);
    columns
}

fn sentence_last<T>(cells: &mut [T]) {
    let last = cells.len() - 1;
    cells.swap(last - 1, last);
}

/// The row of a finding in a workbook.
pub fn sheet_row(
    claim: &AuditedClaim,
    finding: &Finding,
    redaction: &Redaction,
    rules: &Rulebook,
    lang: Lang,
) -> Vec<Cell> {
    let mut row = row(claim, finding, redaction, rules, lang);
    row[10] = Cell::text(words::severity(finding.severity, lang));
    sentence_last(&mut row);
    row
}

/// The heading of the CSV.
pub fn csv_heading() -> String {
    DETAILS.iter().map(|detail| detail.key).collect::<Vec<_>>().join(",") + "\n"
}

/// The CSV rows of an outcome: one a finding, one for a file or claim that could not be read, one for claims that were not compared.
pub fn csv_rows(outcome: &Outcome, redaction: &Redaction, rules: &Rulebook, lang: Lang) -> String {
    let line = |cells: &[Cell]| cells.iter().map(csv::written).collect::<Vec<_>>().join(",") + "\n";
    match outcome {
        Outcome::Claim(claim) => {
            let findings = claim.findings.iter();
            findings.map(|finding| line(&row(claim, finding, redaction, rules, lang))).collect()
        }
        Outcome::Unreadable { file, claim, problem } => {
            let mut cells = vec![Cell::blank(); DETAILS.len()];
            cells[0] = Cell::text(place(file, None, redaction));
            cells[1] = claim.map_or(Cell::blank(), Cell::exact);
            cells[9] = Cell::text(problem.code.as_str());
            cells[10] = Cell::text("unreadable");
            cells[19] = Cell::text(catalogue::message(problem, lang));
            line(&cells)
        }
        Outcome::Forgotten(claims) => {
            let problem = forgotten(claims, redaction);
            let mut cells = vec![Cell::blank(); DETAILS.len()];
            cells[0] = Cell::text(place(&claims.file, None, redaction));
            cells[1] = Cell::exact(claims.claim);
            cells[9] = Cell::text(problem.code.as_str());
            cells[10] = Cell::text("not-compared");
            cells[19] = Cell::text(catalogue::message(&problem, lang));
            line(&cells)
        }
        Outcome::FileEnd(_) => String::new(),
    }
}

fn row(
    claim: &AuditedClaim,
    finding: &Finding,
    redaction: &Redaction,
    rules: &Rulebook,
    lang: Lang,
) -> Vec<Cell> {
    vec![
        Cell::text(place(&claim.file, None, redaction)),
        Cell::exact(claim.number),
        Cell::text(harmless(&redaction.id(&claim.id))),
        Cell::text(claim.standard.to_string()),
        Cell::text(&claim.facility),
        Cell::text(&finding.department),
        Cell::text(month(claim.month)),
        Cell::text(&claim.card),
        Cell::text(&claim.visit_code),
        Cell::text(finding.check.code),
        Cell::text(finding.severity.key()),
        Cell::text(finding.part.to_string()),
        finding.line.map_or(Cell::blank(), Cell::exact),
        Cell::text(finding.tag.map(|tag| tag.to_string()).unwrap_or_default()),
        value(&finding.declared),
        value(&finding.expected),
        finding.difference.map_or(Cell::blank(), Cell::exact),
        Cell::exact(finding.fund),
        Cell::exact(finding.patient),
        Cell::text(words::message(finding, lang)),
        Cell::text(words::cites(finding, rules, lang)),
    ]
}

/// An amount or a percentage as a number; what the file wrote and is none stays a text.
fn value(value: &FindingValue) -> Cell {
    match value {
        FindingValue::Amount(figure) | FindingValue::Percent(figure) => Cell::exact(*figure),
        other => Cell::text(words::plain(other)),
    }
}

/// `2026-07`.
pub fn month(month: Option<(i32, u32)>) -> String {
    month.map(|(year, month)| format!("{year}-{month:02}")).unwrap_or_default()
}
