//! Đối chiếu: what was read and what became of it.

use std::collections::BTreeMap;

use super::MOST_SUMS;
use super::job::Done;
use crate::terms::problem::Code;

/// Rejected rows named for each code at the end.
const ROWS_NAMED: usize = 3;

/// Các dòng bị loại cùng một lý do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rejections {
    /// How many.
    pub count: u64,
    /// Lines of the first ones.
    pub first: Vec<u64>,
}

/// Đối chiếu: what was read and what became of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows read.
    pub rows: u64,
    /// Rows answered.
    pub valid: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// Blank lines, which are no rows.
    pub blank: u64,
    /// Control totals.
    pub sums: [i128; MOST_SUMS],
    /// Warnings by code.
    pub warnings: BTreeMap<Code, u64>,
    /// Rejected rows by code.
    pub rejections: BTreeMap<Code, Rejections>,
}

impl Tally {
    pub(super) fn take_in(&mut self, done: &Done) {
        self.rows += done.walked.rows;
        self.blank += done.walked.blank;
        self.valid += done.valid;
        self.rejected += done.rejected;
        for (sum, added) in self.sums.iter_mut().zip(done.sums) {
            *sum += added;
        }
        for (code, count) in Code::ALL.iter().zip(done.warnings).filter(|(_, count)| *count > 0) {
            *self.warnings.entry(*code).or_default() += u64::from(count);
        }
        for (code, line) in &done.rejections {
            let known = self.rejections.entry(*code).or_default();
            known.count += 1;
            if known.first.len() < ROWS_NAMED {
                known.first.push(*line);
            }
        }
    }
}
