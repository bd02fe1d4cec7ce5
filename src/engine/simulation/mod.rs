//! Mô phỏng: the same people or visits before and after a change of rules or of the day.
//!
//! A [`reform`] is a chain of stages from "before" to "after", each with one change more than the one before; a
//! [`tally`] adds up what every stage costs whom. Differences of neighbouring stages are what each change moves;
//! they add up to the whole difference by construction.

pub mod distribution;
pub mod reform;
pub mod subject;
pub mod tally;
pub mod together;

use self::reform::{SimulatedDays, Stage, StageChange};
use self::tally::{PartySums, SimulationTally};
use crate::terms::problem::Problem;

/// Kết quả mô phỏng: the stages of a reform and what they cost whom.
#[derive(Debug, Clone)]
pub struct SimulationReport {
    /// From before to after.
    pub stages: Vec<Stage>,
    /// Days of payment or discharge.
    pub days: SimulatedDays,
    /// What was counted.
    pub tally: SimulationTally,
    /// What the user should know.
    pub notices: Vec<Problem>,
}

/// Một bước của phân tích nguyên nhân.
#[derive(Debug, Clone)]
pub struct ReformStep<'r> {
    /// What changed.
    pub change: &'r StageChange,
    /// What it moved.
    pub moved: PartySums,
    /// Cases for which this change alone gives no answer; theirs counts with a later one.
    pub deferred: u64,
}

impl SimulationReport {
    /// Every change with what it moved; they add up to the whole difference.
    pub fn steps(&self) -> Vec<ReformStep<'_>> {
        let pairs = self.tally.stages.windows(2).zip(&self.stages[1..]).zip(&self.tally.deferred[1..]);
        pairs
            .map(|((sums, stage), deferred)| ReformStep {
                change: &stage.change,
                moved: sums[1].minus(&sums[0]),
                deferred: *deferred,
            })
            .collect()
    }
}
