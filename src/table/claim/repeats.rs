//! Lượt khám trùng giữa các dòng: the same visit twice, stays of a person that overlap, a second visit of a day.

use std::collections::BTreeMap;

use super::row_fields::RowFields;
use crate::audit::figure::Figure;
use crate::audit::finding::AuditCheck;
use crate::audit::run::outcome::ClaimIdentity;
use crate::audit::run::seen::{Forgotten, Seen};
use crate::rulebook::Rulebook;
use crate::table::cells::claim_amount;
use crate::table::csv::TableRow;
use crate::terms::problem::{Code, Problem};

/// Điều tìm thấy giữa các dòng: of a row the check, and the earlier row.
#[derive(Debug, Default)]
pub struct Repeats {
    found: BTreeMap<u64, (&'static AuditCheck, u64)>,
    /// Rows that were not remembered, as it is said.
    forgotten: Option<Problem>,
}

impl Repeats {
    /// Of one row.
    pub(super) fn of(&self, row: u64) -> Option<(&'static AuditCheck, u64)> {
        self.found.get(&row).copied()
    }

    /// What is to be said before the result: among which rows nothing was looked for.
    pub(super) fn notice(&self) -> Option<&Problem> {
        self.forgotten.as_ref()
    }
}

/// Đọc lượt đầu qua cả bảng: row after row, before the rows are answered on several threads.
pub struct RowRepeats<'r> {
    rules: &'r Rulebook,
    fields: RowFields,
    exams: Option<usize>,
    checks: Vec<&'static AuditCheck>,
    most: usize,
    seen: Seen<u64>,
    found: Repeats,
}

impl<'r> RowRepeats<'r> {
    pub(super) fn new(
        rules: &'r Rulebook,
        fields: RowFields,
        exams: Option<usize>,
        checks: Vec<&'static AuditCheck>,
        most: usize,
    ) -> RowRepeats<'r> {
        let (seen, found) = (Seen::with_room(most), Repeats::default());
        RowRepeats { rules, fields, exams, checks, most, seen, found }
    }

    /// Compares a row with those before it. One that cannot be read is rejected when it is answered.
    pub fn look(&mut self, row: &TableRow<'_>) {
        let exams = claim_amount(row.cell_of(self.exams)).ok().flatten().map(Figure::from_vnd);
        let identity =
            self.fields.read(row).and_then(|raw| ClaimIdentity::of_summary(raw, self.rules, exams));
        let Some(met) = identity.ok().and_then(|identity| self.seen.meet(&identity, &row.number)) else {
            return;
        };
        let is_wanted = self.checks.iter().any(|check| check.code == met.check().code);
        if !is_wanted {
            return;
        }
        if self.found.found.len() < self.most {
            self.found.found.insert(row.number, (met.check(), *met.place()));
        } else {
            self.seen.forget(&row.number);
        }
    }

    /// What was found in the whole table of this name.
    pub fn found(self, table: &str) -> Repeats {
        let forgotten = self.seen.forgotten().map(|Forgotten { first, count, kept }| {
            Problem::new(Code::VisitsForgotten)
                .with("count", count)
                .with("from", format!("{table}:{first}"))
                .with("limit", kept)
        });
        Repeats { forgotten, ..self.found }
    }
}
