//! Phép kiểm tra trên một dòng XML1: the checks of an audit that need no lines, on a row of a table that has their fields.

use std::sync::Arc;

use chrono::NaiveDate;

use super::repeats::{Repeats, RowRepeats};
use super::row_fields::RowFields;
use super::{ADMITTED, BORN, CARD, DISCHARGED, STATED_FUND};
use crate::audit::checks::{CHECKS, OVERLAP, SAME_CLAIM, SECOND_VISIT, of_summary};
use crate::audit::examine::examine_summary;
use crate::audit::finding::{AuditCheck, Classes};
use crate::audit::legal::Law;
use crate::audit::legal::facilities::Register;
use crate::audit::tag::Tag;
use crate::rulebook::Rulebook;
use crate::table::batch::kernel::RowAnswer;
use crate::table::batch::tally::BatchTally;
use crate::table::csv::TableRow;
use crate::table::heading::{Epoch, Layout};
use crate::terms::problem::{Code, Problem};

/// What the columns of a table of visits are called in claim files.
const SAME: [(&str, Tag); 5] = [
    (CARD, Tag::MaTheBhyt),
    (ADMITTED, Tag::NgayVao),
    (DISCHARGED, Tag::NgayRa),
    (BORN, Tag::NgaySinh),
    (STATED_FUND, Tag::TBhtt),
];

/// What tables call a field otherwise than claim files.
const SPELLED: [(&str, Tag); 1] = [("MA_LOAIKCB", Tag::MaLoaiKcb)];

/// Tiền khám trong 79a: the one column that tells of examinations.
const EXAMS: &str = "T_KHAM";

/// The note of the first check; the one before it counts rows whose amounts differ.
const FIRST_NOTE: usize = 1;

/// Các phép kiểm tra dùng được cho một bảng: those whose fields it has.
#[derive(Debug, Clone)]
pub struct RowChecks<'r> {
    rules: &'r Rulebook,
    register: &'r Register,
    today: NaiveDate,
    columns: Vec<(usize, Tag)>,
    checks: Vec<&'static AuditCheck>,
    /// Column of what examinations cost.
    exams: Option<usize>,
    repeats: Arc<Repeats>,
}

impl<'r> RowChecks<'r> {
    /// The checks for a layout; none where the table has the fields of no check.
    pub fn of(
        rules: &'r Rulebook,
        register: &'r Register,
        classes: Classes,
        today: NaiveDate,
        layout: &Layout,
    ) -> Option<RowChecks<'r>> {
        let official = |name: &String| {
            let name = name.trim().to_ascii_uppercase();
            let spelled = SPELLED.iter().find(|(other, _)| *other == name).map(|(_, tag)| *tag);
            Tag::of(&name).or(spelled)
        };
        let exams = layout.names.iter().position(|name| name.trim().eq_ignore_ascii_case(EXAMS));
        let named = layout.names.iter().enumerate().filter_map(|(at, name)| Some((at, official(name)?)));
        let mut columns: Vec<(usize, Tag)> = named.collect();
        for (field, tag) in SAME {
            if let Some(column) =
                layout.column(field).filter(|_| columns.iter().all(|(_, known)| *known != tag))
            {
                columns.push((column, tag));
            }
        }
        let mut fields: Vec<Tag> = columns.iter().map(|(_, tag)| *tag).collect();
        if fields.contains(&Tag::MaThe) {
            fields.push(Tag::MaTheBhyt);
        }
        let mut checks = of_summary(&fields);
        checks.retain(|check| classes.has(check.class));
        checks.retain(|check| exams.is_some() || check.code != SECOND_VISIT.code);
        let has_total =
            [Tag::TTongchi, Tag::TTongchiBv, Tag::TTongchiBh].iter().any(|tag| fields.contains(tag));
        let repeats = Arc::default();
        let found = RowChecks { rules, register, today, columns, checks, exams, repeats };
        (has_total && !found.checks.is_empty()).then_some(found)
    }

    /// Whether a check of what rows say together is among them.
    pub(super) fn compare_rows(&self) -> bool {
        self.checks.iter().any(|check| AMONG_ROWS.iter().any(|among| among.code == check.code))
    }

    /// What goes through the table first, where rows are compared, and remembers so many of them.
    pub fn repeats(&self, epoch: Option<Epoch>, most: usize) -> Option<RowRepeats<'r>> {
        let checks = self.checks.clone();
        self.compare_rows().then(|| RowRepeats::new(self.rules, self.fields(epoch), self.exams, checks, most))
    }

    /// The same with what was found among rows.
    #[must_use]
    pub fn knowing(mut self, repeats: Repeats) -> RowChecks<'r> {
        self.repeats = Arc::new(repeats);
        self
    }

    /// One auditor a thread.
    pub(super) fn auditor(&self, epoch: Option<Epoch>) -> RowAuditor<'r> {
        RowAuditor {
            law: Law::new(self.rules, self.register).on(Some(self.today)),
            fields: self.fields(epoch),
            checks: self.checks.clone(),
            repeats: self.compare_rows().then(|| Arc::clone(&self.repeats)),
        }
    }

    fn fields(&self, epoch: Option<Epoch>) -> RowFields {
        RowFields::new(self.columns.clone(), epoch)
    }

    /// Which checks a table without lines can have, and among which rows the last of them found nothing.
    pub(super) fn notices(&self) -> Vec<Problem> {
        let numbers: Vec<&str> = self.checks.iter().map(|check| check.number()).collect();
        let checks =
            Problem::new(Code::TableChecks).with("all", CHECKS.len()).with("checks", numbers.join(", "));
        std::iter::once(checks).chain(self.repeats.notice().cloned()).collect()
    }

    /// What was found in the whole table, a check a sentence.
    pub(super) fn closing(&self, tally: &BatchTally) -> Vec<Problem> {
        let counts = tally.notes.iter().skip(FIRST_NOTE);
        let found = self.checks.iter().zip(counts).filter(|(_, count)| **count > 0);
        found
            .map(|(check, count)| {
                Problem::new(Code::RowsFound)
                    .with("count", count)
                    .with("check", check.number())
                    .with("vi", check.title[0])
                    .with("en", check.title[1])
            })
            .collect()
    }
}

/// The checks of what several rows say together.
const AMONG_ROWS: [&AuditCheck; 3] = [SAME_CLAIM, OVERLAP, SECOND_VISIT];

/// Người kiểm tra từng dòng.
pub(super) struct RowAuditor<'r> {
    law: Law<'r>,
    fields: RowFields,
    checks: Vec<&'static AuditCheck>,
    repeats: Option<Arc<Repeats>>,
}

impl RowAuditor<'_> {
    /// Writes the codes of what is found in a row, and counts them; then the row that says the same, where rows are compared.
    pub(super) fn audit(
        &mut self,
        row: &TableRow<'_>,
        separator: u8,
        answer: &mut RowAnswer<'_>,
    ) -> Result<(), Problem> {
        let findings = examine_summary(self.fields.read(row)?, &self.checks, &mut self.law)?;
        let repeated = self.repeats.as_ref().and_then(|repeats| repeats.of(row.number));
        let found = |check: &&AuditCheck| {
            let of_row = findings.iter().map(|finding| finding.check);
            of_row.chain(repeated.map(|(check, _)| check)).any(|found| found.code == check.code)
        };
        let mut gap = false;
        for (at, check) in self.checks.iter().enumerate().filter(|(_, check)| found(check)) {
            if std::mem::replace(&mut gap, true) {
                answer.out.push(b' ');
            }
            answer.out.extend_from_slice(check.number().as_bytes());
            answer.note(FIRST_NOTE + at);
        }
        if self.repeats.is_some() {
            answer.out.push(separator);
            answer.out.extend(repeated.iter().flat_map(|(_, row)| row.to_string().into_bytes()));
        }
        Ok(())
    }
}
