//! Một dòng của bảng như một XML1: cells under the names that claim files give them.

use chrono::NaiveDate;

use crate::audit::record::RawClaim;
use crate::audit::tag::{FieldKind, FilePart, Tag};
use crate::table::cells::{date, text};
use crate::table::csv::TableRow;
use crate::table::heading::Epoch;
use crate::terms::problem::Problem;

/// Một dòng như XML1: the fields of claim files in a row.
pub(super) struct RowFields {
    columns: Vec<(usize, Tag)>,
    epoch: Option<Epoch>,
    raw: RawClaim,
}

impl RowFields {
    pub(super) fn new(columns: Vec<(usize, Tag)>, epoch: Option<Epoch>) -> RowFields {
        RowFields { columns, epoch, raw: RawClaim::default() }
    }

    /// The row as a claim of which there is XML1 alone.
    pub(super) fn read(&mut self, row: &TableRow<'_>) -> Result<&RawClaim, Problem> {
        self.raw.clear();
        let mut summary = self.raw.record(FilePart::Summary);
        for (column, tag) in &self.columns {
            let cell = row.cell(*column);
            let cell = text(cell)?;
            match self.day_of(*tag, &cell) {
                Some(day) => self.raw.keep(&mut summary, *tag, &day.format("%Y%m%d").to_string()),
                None => self.raw.keep(&mut summary, *tag, &cell),
            }
        }
        self.raw.summary = Some(summary);
        Ok(&self.raw)
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
