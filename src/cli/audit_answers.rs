//! `audit --answers`: questions that the hospital has answered are settled in the next run.

use std::collections::BTreeSet;
use std::path::Path;

use super::exit::Failure;
use crate::audit::checks::find;
use crate::audit::finding::{Finding, Severity};
use crate::audit::redact::Redaction;
use crate::audit::run::{AuditedClaim, Outcome};
use crate::audit::tag::FilePart;
use crate::render::audit_book::QUESTIONS;
use crate::render::audit_json::place;
use crate::table::Trouble;
use crate::table::answers::{AnswerReader, AuditQuestion, SCHEMA, file_name};
use crate::table::source::{Input, OpenTable, ReadOptions};
use crate::terms::listed::Listed;
use crate::terms::problem::Code;

/// Answers without a question that are named one by one.
const ANSWERS_NAMED: usize = 20;

/// Những câu trả lời đã đọc.
#[derive(Debug, Default)]
pub struct AnswersRead {
    open: BTreeSet<AuditQuestion>,
    answered: u64,
}

impl AnswersRead {
    /// Reads a workbook of an earlier run, or a table with the columns of its sheet of questions.
    ///
    /// # Errors
    /// [`Failure`] for a table that cannot be read.
    pub fn read(path: &Path) -> Result<AnswersRead, Failure> {
        let is_workbook = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
        let sheets: Vec<Option<&str>> =
            if is_workbook { QUESTIONS.iter().map(|sheet| Some(*sheet)).collect() } else { vec![None] };
        let mut outcome = Err(None);
        for sheet in sheets {
            outcome = from_sheet(path, sheet).map_err(Some);
            match &outcome {
                Err(Some(trouble)) if trouble.problem.code == Code::UnknownSheet => {}
                _ => break,
            }
        }
        match outcome {
            Ok(open) => Ok(AnswersRead { open, answered: 0 }),
            Err(trouble) => Err(trouble.unwrap_or_else(|| Trouble::internal("no sheet was tried")).into()),
        }
    }

    /// Takes the answered questions out of an outcome.
    pub fn take_answered(&mut self, outcome: &mut Outcome, redaction: &Redaction) {
        let Outcome::Claim(claim) = outcome else { return };
        if self.open.is_empty() {
            return;
        }
        let questions: Vec<Option<AuditQuestion>> =
            claim.findings.iter().map(|finding| question(claim, finding, redaction)).collect();
        let mut questions = questions.into_iter();
        claim.findings.retain(|_| {
            let settled = questions.next().flatten().is_some_and(|question| self.open.remove(&question));
            self.answered += u64::from(settled);
            !settled
        });
    }

    /// Questions that were settled, and answers that fit none.
    pub fn counts(&self) -> (u64, u64) {
        (self.answered, self.open.len() as u64)
    }

    /// The first of the answers that fit none: where they look for their question.
    pub fn left(&self, redaction: &Redaction) -> Vec<String> {
        let named = |answer: &AuditQuestion| {
            let place = place(&answer.file, Some(answer.number), redaction);
            let line = answer.line.map(|line| format!(" {line}")).unwrap_or_default();
            // What was typed there may be anything: only what these fields can hold is shown.
            let code = find(&answer.code).map_or("?", |check| check.code);
            let part = FilePart::read(&answer.part).map_or("?", FilePart::key);
            format!("{place} {code} {part}{line}")
        };
        self.open.iter().take(ANSWERS_NAMED).map(named).collect()
    }
}

fn question(claim: &AuditedClaim, finding: &Finding, redaction: &Redaction) -> Option<AuditQuestion> {
    (finding.severity == Severity::Question).then(|| AuditQuestion {
        file: file_name(&place(&claim.file, None, redaction)),
        number: claim.number,
        code: finding.check.code.to_owned(),
        part: finding.part.to_string(),
        line: finding.line,
    })
}

fn from_sheet(path: &Path, sheet: Option<&str>) -> Result<BTreeSet<AuditQuestion>, Trouble> {
    let options = ReadOptions { sheet: sheet.map(str::to_owned), ..ReadOptions::default() };
    let mut table = OpenTable::open(Input::File(path.to_owned()), &SCHEMA, &options)?;
    let mut answers = AnswerReader::new(table.layout());
    table.for_each(|row| answers.read(row).map_err(Trouble::input))?;
    Ok(answers.answered)
}
