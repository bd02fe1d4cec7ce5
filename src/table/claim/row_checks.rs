//! Phép kiểm tra trên một dòng XML1: the checks of an audit that need no lines, on a row of a table that has their fields.

use chrono::NaiveDate;

use super::{ADMITTED, BORN, CARD, DISCHARGED, STATED_FUND};
use crate::audit::checks::{CHECKS, of_summary};
use crate::audit::examine::examine_summary;
use crate::audit::finding::{AuditCheck, Classes};
use crate::audit::legal::Law;
use crate::audit::legal::facilities::Register;
use crate::audit::record::RawClaim;
use crate::audit::tag::{FieldKind, FilePart, Tag};
use crate::rulebook::Rulebook;
use crate::table::batch::kernel::RowAnswer;
use crate::table::batch::tally::BatchTally;
use crate::table::cells::{date, text};
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
        let official = |name: &String| Tag::of(&name.trim().to_ascii_uppercase());
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
        let has_total =
            [Tag::TTongchi, Tag::TTongchiBv, Tag::TTongchiBh].iter().any(|tag| fields.contains(tag));
        (has_total && !checks.is_empty()).then_some(RowChecks { rules, register, today, columns, checks })
    }

    /// One auditor a thread.
    pub(super) fn auditor(&self, epoch: Option<Epoch>) -> RowAuditor<'r> {
        let law = Law::new(self.rules, self.register).on(Some(self.today));
        RowAuditor {
            law,
            columns: self.columns.clone(),
            checks: self.checks.clone(),
            epoch,
            raw: RawClaim::default(),
        }
    }

    /// Which checks a table without lines can have.
    pub(super) fn notice(&self) -> Problem {
        let numbers: Vec<&str> = self.checks.iter().map(|check| check.number()).collect();
        Problem::new(Code::TableChecks).with("all", CHECKS.len()).with("checks", numbers.join(", "))
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

/// Người kiểm tra từng dòng.
pub(super) struct RowAuditor<'r> {
    law: Law<'r>,
    columns: Vec<(usize, Tag)>,
    checks: Vec<&'static AuditCheck>,
    epoch: Option<Epoch>,
    raw: RawClaim,
}

impl RowAuditor<'_> {
    /// Writes the codes of what is found in a row, and counts them.
    pub(super) fn audit(&mut self, row: &TableRow<'_>, answer: &mut RowAnswer<'_>) -> Result<(), Problem> {
        self.raw.clear();
        let mut summary = self.raw.record(FilePart::Summary);
        for (column, tag) in &self.columns {
            let cell = row.cell(*column);
            let cell = text(&cell)?;
            match self.day_of(*tag, &cell) {
                Some(day) => self.raw.keep(&mut summary, *tag, &day.format("%Y%m%d").to_string()),
                None => self.raw.keep(&mut summary, *tag, &cell),
            }
        }
        self.raw.summary = Some(summary);
        let findings = examine_summary(&self.raw, &self.checks, &mut self.law)?;
        let found = |check: &&AuditCheck| findings.iter().any(|finding| finding.check.code == check.code);
        let mut gap = false;
        for (at, check) in self.checks.iter().enumerate().filter(|(_, check)| found(check)) {
            if std::mem::replace(&mut gap, true) {
                answer.out.push(b' ');
            }
            answer.out.extend_from_slice(check.number().as_bytes());
            answer.note(FIRST_NOTE + at);
        }
        Ok(())
    }

    /// A day as tables write it, where claim files write theirs otherwise: `01/08/2025`, or days counted by a spreadsheet.
    fn day_of(&self, tag: Tag, cell: &str) -> Option<NaiveDate> {
        let is_day =
            tag.kind() == FieldKind::Moment || matches!(tag, Tag::NgaySinh | Tag::GtTheTu | Tag::GtTheDen);
        let is_plain = cell.len() >= 8 && cell.bytes().all(|byte| byte.is_ascii_digit());
        let has_hours = cell.contains(':');
        if !is_day || is_plain || has_hours {
            return None;
        }
        date(cell.as_bytes(), self.epoch).ok().flatten()
    }
}
