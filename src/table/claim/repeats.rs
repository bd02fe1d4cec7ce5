//! Lượt khám trùng giữa các dòng: the same visit twice, stays of a person that overlap, a second visit of a day.

use std::collections::BTreeMap;

use super::row_fields::RowFields;
use crate::audit::figure::Figure;
use crate::audit::finding::AuditCheck;
use crate::audit::run::outcome::ClaimIdentity;
use crate::audit::run::seen::{MOST_KEPT, Seen};
use crate::rulebook::Rulebook;
use crate::table::cells::claim_amount;
use crate::table::csv::TableRow;

/// Điều tìm thấy giữa các dòng: of a row the check, and the earlier row.
#[derive(Debug, Default)]
pub struct Repeats(BTreeMap<u64, (&'static AuditCheck, u64)>);

impl Repeats {
    /// Of one row.
    pub(super) fn of(&self, row: u64) -> Option<(&'static AuditCheck, u64)> {
        self.0.get(&row).copied()
    }
}

/// Đọc lượt đầu qua cả bảng: row after row, before the rows are answered on several threads.
pub struct RowRepeats<'r> {
    rules: &'r Rulebook,
    fields: RowFields,
    exams: Option<usize>,
    checks: Vec<&'static AuditCheck>,
    seen: Seen<u64>,
    found: Repeats,
}

impl<'r> RowRepeats<'r> {
    pub(super) fn new(
        rules: &'r Rulebook,
        fields: RowFields,
        exams: Option<usize>,
        checks: Vec<&'static AuditCheck>,
    ) -> RowRepeats<'r> {
        RowRepeats { rules, fields, exams, checks, seen: Seen::default(), found: Repeats::default() }
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
        if is_wanted && self.found.0.len() < MOST_KEPT {
            self.found.0.insert(row.number, (met.check(), *met.place()));
        }
    }

    /// What was found in the whole table.
    pub fn found(self) -> Repeats {
        self.found
    }
}
