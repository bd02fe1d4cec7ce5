//! Đối chiếu: what was read and what became of it.

use std::collections::BTreeMap;

use crate::table::Trouble;
use crate::table::heading::Layout;
use crate::terms::problem::{Code, Problem};

/// Most sums a kernel may keep.
pub const MOST_SUMS: usize = 12;

/// Most notes for which a kernel may count rows.
pub const MOST_NOTES: usize = 32;

/// Rows without any place on the ladder that are one household too few to doubt.
const MOST_PLACELESS: u64 = 1;

/// Các dòng bị loại cùng một lý do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rejections {
    /// How many.
    pub count: u64,
    /// Lines of the first ones.
    pub first: Vec<u64>,
}

/// Thứ tự trong hộ của các dòng: where nothing says it, or only the stated amount.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UnsaidPlaces {
    /// Rows whose household or place is known.
    pub known: u64,
    /// Rows without household or place.
    pub unknown: u64,
    /// Rows whose own amount says their place.
    pub inferred: u64,
    /// The highest of these places.
    pub highest: u32,
}

impl UnsaidPlaces {
    pub(super) fn take_in(&mut self, other: UnsaidPlaces) {
        self.known += other.known;
        self.unknown += other.unknown;
        self.inferred += other.inferred;
        self.highest = self.highest.max(other.highest);
    }

    /// Whether somebody has no place that anything says, unless nobody else is on the ladder.
    pub(super) fn are_unknown(self) -> bool {
        self.unknown > MOST_PLACELESS || self.unknown > 0 && self.known + self.inferred > 0
    }

    /// Whether amounts call everybody a first member, which says nothing.
    pub(super) fn are_all_first(self) -> bool {
        self.inferred > MOST_PLACELESS && self.highest <= 1
    }

    /// Hỏi lại: which rows are one household?
    pub(super) fn question(layout: &Layout) -> Trouble {
        let likely = layout.odd.iter().find(|(_, cells)| run_together(cells));
        let named = likely.map_or("", |(column, _)| &layout.names[*column]);
        Trouble::input(Problem::new(Code::HouseholdUnknown).with("column", named))
    }
}

/// Whether cells come in runs of equal ones, as the households of a list do.
fn run_together(cells: &[String]) -> bool {
    let runs: Vec<&str> = cells.chunk_by(|one, next| one == next).map(|run| run[0].as_str()).collect();
    let mut texts = runs.clone();
    texts.sort_unstable();
    texts.dedup();
    runs.len() >= 2 && runs.len() < cells.len() && texts.len() == runs.len()
}

/// Đối chiếu: what was read and what became of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BatchTally {
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
    /// Rows that are none to answer, by code.
    pub asides: BTreeMap<Code, Rejections>,
    /// Rows by the kernel's notes.
    pub notes: [u64; MOST_NOTES],
    /// Places on the ladder that no column says.
    pub places: UnsaidPlaces,
    /// What to look at, the first of many.
    pub reports: Vec<Problem>,
    /// How many there were beyond those.
    pub reports_left: u64,
}

/// Sums of what is stated beyond and below what is computed, as facts of a problem.
pub fn with_differences(problem: Problem, more: i128, less: i128) -> Problem {
    let net = more + less;
    let shown = |sum: i128| if sum > 0 { sum.to_string() } else { String::new() };
    problem.with("more", more).with("less", -less).with("net_more", shown(net)).with("net_less", shown(-net))
}

impl BatchTally {
    /// Rows that are none to answer.
    pub fn left_out(&self) -> u64 {
        self.asides.values().map(|found| found.count).sum()
    }

    /// Whether something was found that a person must look at.
    pub fn needs_a_look(&self) -> bool {
        self.rejected > 0
            || !self.reports.is_empty()
            || self.warnings.keys().any(|code| code.as_str().starts_with('E'))
    }
}
