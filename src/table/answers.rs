//! Trả lời của cơ sở: the sheet of questions of an audit, filled in and read back.

use std::collections::BTreeSet;

use super::cells::{empty, text};
use super::csv::TableRow;
use super::heading::{Field, Layout, Schema, field};
use crate::audit::checks::find;
use crate::terms::problem::{Code, Problem};

const FILE: &str = "file";
const NUMBER: &str = "number";
const CODE: &str = "code";
const PART: &str = "part";
const LINE: &str = "line";
const ANSWER: &str = "answer";

/// What the columns of the sheet can mean.
const FIELDS: &[Field] = &[
    field(FILE, true, &["tep"]),
    field(NUMBER, true, &["thutu", "no"]),
    field(CODE, true, &["ma"]),
    field(PART, true, &["bang"]),
    field(LINE, true, &["dong"]),
    field(ANSWER, true, &["traloi"]),
];

/// What a sheet of answers can say.
pub const SCHEMA: Schema = Schema::of(FIELDS);

/// Một câu hỏi: where it stands, as the report shows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AuditQuestion {
    /// Name of the file, without its folders.
    pub file: String,
    /// Position of the claim in it.
    pub number: u32,
    /// Code of the finding.
    pub code: String,
    /// The table.
    pub part: String,
    /// The line in it; none for XML1.
    pub line: Option<u32>,
}

/// Name of a file without its folders, nor the archive around it.
pub fn file_name(file: &str) -> String {
    file.rsplit(['/', '\\', '!']).next().unwrap_or(file).to_owned()
}

/// `A58` typed for `A58-exam-ratios`; what is no code stays as it was typed, and fits no question.
fn whole_code(typed: String) -> String {
    find(&typed).map_or(typed, |check| check.code.to_owned())
}

/// Đọc các dòng của bảng trả lời.
#[derive(Debug)]
pub struct AnswerReader {
    columns: [Option<usize>; FIELDS.len()],
    /// The questions that have an answer.
    pub answered: BTreeSet<AuditQuestion>,
}

impl AnswerReader {
    /// A reader for sheets of this layout.
    pub fn new(layout: &Layout) -> AnswerReader {
        AnswerReader {
            columns: [FILE, NUMBER, CODE, PART, LINE, ANSWER].map(|name| layout.column(name)),
            answered: BTreeSet::new(),
        }
    }

    /// Takes a row; one without an answer leaves its question open.
    ///
    /// # Errors
    /// A [`Problem`] with the column.
    pub fn read(&mut self, row: &TableRow<'_>) -> Result<(), Problem> {
        let word = |index: usize| -> Result<String, Problem> {
            Ok(text(row.cell_of(self.columns[index]))?.trim().to_owned())
        };
        let number = |index: usize, name: &'static str| -> Result<Option<u32>, Problem> {
            let typed = word(index)?;
            if typed.is_empty() {
                return Ok(None);
            }
            let wrong = || {
                Problem::new(Code::InvalidValue).with("read", &typed).with("accepted", "1, 2, 3 …").at(name)
            };
            typed.parse().map(Some).map_err(|_| wrong())
        };
        if word(5)?.is_empty() {
            return Ok(());
        }
        let question = AuditQuestion {
            file: file_name(&word(0)?),
            number: number(1, NUMBER)?.ok_or_else(|| empty(NUMBER))?,
            code: whole_code(word(2)?),
            part: word(3)?,
            line: number(4, LINE)?,
        };
        self.answered.insert(question);
        Ok(())
    }
}
