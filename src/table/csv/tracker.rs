//! Theo dõi hộ: where households begin.

use super::block::RowBlock;
use crate::table::MOST_HOUSEHOLD_ROWS;
use crate::table::households::GroupId;

/// Theo dõi hộ: tells where households begin among consecutive rows.
#[derive(Debug, Default)]
pub struct HouseholdTracker {
    current: Vec<u8>,
    rows: u32,
}

impl HouseholdTracker {
    /// A tracker at the start of a block.
    pub fn at_start_of(block: &RowBlock) -> HouseholdTracker {
        match &block.continues {
            Some(household) => HouseholdTracker { current: household.clone(), rows: MOST_HOUSEHOLD_ROWS },
            None => HouseholdTracker::default(),
        }
    }

    /// Takes the household cell of the next row; the id where a household with a name begins.
    #[inline]
    pub fn next(&mut self, cell: &[u8]) -> Begins {
        let cell = cell.trim_ascii();
        if cell.is_empty() {
            self.current.clear();
            self.rows = 1;
            return Begins::Alone;
        }
        if cell == self.current.as_slice() {
            self.rows += 1;
            return Begins::No;
        }
        self.current.clear();
        self.current.extend_from_slice(cell);
        self.rows = 1;
        Begins::Household(GroupId::of(cell))
    }

    /// Whether the current household has more rows than it may.
    pub fn is_too_large(&self) -> bool {
        self.rows > MOST_HOUSEHOLD_ROWS
    }
}

/// What a row is to its household.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    /// It belongs to the household of the row before.
    No,
    /// It names no household.
    Alone,
    /// A household begins.
    Household(GroupId),
}
