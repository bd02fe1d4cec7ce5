//! Hàng chờ: what is done block after block, in their order.

use std::time::{Duration, Instant};

use super::job::{Done, Job};
use super::kernel::Kernel;
use super::tally::{BatchTally, UnsaidPlaces};
use crate::table::Trouble;
use crate::table::checkpoint::{Checkpoint, Saved};
use crate::table::csv::{Begins, Blocks, HouseholdTracker, RowBlock, Splitter};
use crate::table::households::Households;
use crate::table::output::Outputs;
use crate::table::part_file::HeldPlace;
use crate::terms::problem::{Code, Problem};

/// Tiến độ.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// Rows done.
    pub rows: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// Bytes of input done.
    pub position: u64,
    /// Bytes of input, where they are known.
    pub size: Option<u64>,
}

/// What is done block after block, in their order.
pub(super) struct InOrder<'s> {
    /// The block whose turn it is.
    pub(super) next: u64,
    pub(super) tally: BatchTally,
    pub(super) households: Households,
    pub(super) outputs: Outputs<'s>,
    pub(super) failure: Option<Trouble>,
    pub(super) progress: &'s mut (dyn FnMut(&Progress) + Send),
    pub(super) size: Option<u64>,
    pub(super) checkpoint: Option<Checkpoint>,
    pub(super) noted: Instant,
    pub(super) noted_rows: u64,
    /// Places of the output that are held and not filled.
    pub(super) unwritten: usize,
}

impl InOrder<'_> {
    /// Takes a block whose turn has come.
    pub(super) fn take<K: Kernel>(
        &mut self,
        job: &Job<'_, K>,
        worker: &mut K::Worker,
        splitter: Splitter,
        block: &RowBlock,
        done: &mut Done,
    ) -> Result<Option<HeldPlace>, Trouble> {
        if job.household.is_some() && !self.households.insert_all(&done.runs) {
            done.clear();
            job.process(worker, splitter, block, done, Some(&mut self.households))?;
        }
        self.tally.take_in(done);
        if self.tally.places.are_unknown() {
            return Err(UnsaidPlaces::question(&job.layout));
        }
        let held = self.outputs.write(&done.out, &done.rejects)?;
        (self.progress)(&Progress {
            rows: self.tally.rows,
            rejected: self.tally.rejected,
            position: block.position,
            size: self.size,
        });
        Ok(held)
    }

    /// Whether it is time to note how far the run came.
    pub(super) fn is_due(&self) -> bool {
        self.checkpoint.as_ref().is_some_and(|checkpoint| match checkpoint.every_rows {
            Some(rows) => self.tally.rows - self.noted_rows >= rows,
            None => self.noted.elapsed() >= EVERY,
        })
    }

    /// Notes how far the run came; every place that was held must be filled.
    pub(super) fn note(&mut self, block: &RowBlock) -> Result<(), Trouble> {
        let Some(checkpoint) = &self.checkpoint else { return Ok(()) };
        if let Some((output, rejects)) = self.outputs.sync()? {
            let saved = Saved {
                identity: checkpoint.identity.clone(),
                blocks: block.sequence + 1,
                position: block.position,
                fingerprint: block.fingerprint,
                output,
                rejects,
                tally: self.tally.clone(),
            };
            checkpoint.save(&saved)?;
        }
        self.noted = Instant::now();
        self.noted_rows = self.tally.rows;
        Ok(())
    }

    /// Reads again what an earlier run had read, and goes on after it.
    pub(super) fn resume<K: Kernel>(
        &mut self,
        job: &Job<'_, K>,
        blocks: &mut Blocks<'_>,
        saved: Saved,
    ) -> Result<(), Trouble> {
        let mut block = RowBlock::default();
        let other_input = || Trouble::input(Problem::new(Code::ResumeMismatch).with("what", "input"));
        let splitter = blocks.splitter();
        let mut rows = 0;
        while block.position < saved.position {
            if !blocks.next(&mut block)? {
                return Err(other_input());
            }
            let mut tracker = HouseholdTracker::at_start_of(&block);
            let walked = splitter.walk(block.bytes(), block.first_line, |row| {
                if let Some(column) = job.household
                    && let Begins::Household(id) = tracker.next(row.cell(column))
                {
                    self.households.insert(id);
                }
                Ok(())
            })?;
            rows += walked.rows;
        }
        let same = block.sequence + 1 == saved.blocks
            && block.position == saved.position
            && block.fingerprint == saved.fingerprint
            && rows == saved.tally.rows;
        if !same {
            return Err(other_input());
        }
        self.outputs.go_on(saved.output, saved.rejects)?;
        self.next = saved.blocks;
        self.noted_rows = saved.tally.rows;
        self.tally = saved.tally;
        Ok(())
    }
}

/// How often a run notes how far it came.
const EVERY: Duration = Duration::from_secs(2);
