//! Tính hàng loạt: blocks of rows through workers, results in the order of the input, every row accounted for.
//!
//! Each worker takes the next block, computes it, and waits for its turn to write: two buffers a worker are all the
//! memory there is, and the output does not depend on how many workers there are. What was read must be what was
//! answered plus what was rejected, and totals must agree, or the result is withheld.

pub(super) mod columns;
mod job;
pub(super) mod kernel;
mod line;
pub(super) mod tally;

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

pub use self::columns::CarriedColumns;
use self::job::{Done, Job};
pub use self::kernel::{Aside, Kernel};
use self::line::InOrder;
pub use self::line::Progress;
pub use self::tally::{BatchTally, Rejections, UnsaidPlaces};
use super::Trouble;
use super::checkpoint::{Checkpoint, Saved};
use super::csv::{Blocks, RowBlock};
use super::households::Households;
use super::output::Outputs;
use super::source::OpenTable;
use crate::terms::problem::Problem;

/// Cách chạy.
pub struct RunOptions<'a> {
    /// Number of workers.
    pub jobs: usize,
    /// Nothing is written if a row is rejected.
    pub strict: bool,
    /// Where and how often to note how far the run came.
    pub checkpoint: Option<Checkpoint>,
    /// Goes on after what an earlier run noted.
    pub resume: Option<Saved>,
    /// A short sentence about a rejected row, without anything personal.
    pub say: &'a (dyn Fn(&Problem) -> String + Sync),
}

/// Kết quả của một lần chạy.
pub struct Finished<W> {
    /// What was read and what became of it.
    pub tally: BatchTally,
    /// What the workers hold, in no particular order.
    pub workers: Vec<W>,
    /// Whether outputs are in their place.
    pub written: bool,
}

/// Runs a kernel over a table.
///
/// # Errors
/// [`Trouble`]; outputs are then removed.
pub fn run<K: Kernel>(
    table: OpenTable<'_>,
    kernel: &K,
    outputs: Outputs<'_>,
    options: RunOptions<'_>,
    progress: &mut (dyn FnMut(&Progress) + Send),
) -> Result<Finished<K::Worker>, Trouble> {
    let household = table.household();
    let size = table.size();
    let (mut blocks, layout) = table.into_parts();
    let job = Job {
        kernel,
        household,
        columns: CarriedColumns::of(&layout, kernel.appended()),
        layout,
        say: options.say,
    };
    let mut line = InOrder {
        next: 0,
        tally: BatchTally::default(),
        households: Households::default(),
        outputs,
        failure: None,
        progress,
        size,
        checkpoint: options.checkpoint,
        noted: Instant::now(),
        noted_rows: 0,
        unwritten: 0,
    };
    match options.resume {
        Some(saved) => line.resume(&job, &mut blocks, saved)?,
        None => line.outputs.begin().map_err(|trouble| line.outputs.abandoned(trouble))?,
    }
    let shared = Shared { input: Mutex::new((blocks, false)), line: Mutex::new(line), turn: Condvar::new() };
    let mut workers = Vec::new();
    if options.jobs <= 1 {
        workers.push(work(&job, &shared));
    } else {
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..options.jobs).map(|_| scope.spawn(|| work(&job, &shared))).collect();
            for thread in threads {
                match thread.join() {
                    Ok(worker) => workers.push(worker),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        });
    }
    let mut line = shared.line.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(trouble) = line.failure {
        return Err(line.outputs.abandoned(trouble));
    }
    let mut tally = line.tally;
    tally.reports.extend(workers.iter_mut().filter_map(|worker| kernel.finish(worker)));
    if let Err(what) = reconcile(kernel, &tally) {
        return Err(line.outputs.abandoned(Trouble::internal(what)));
    }
    if tally.places.are_all_first() {
        return Err(line.outputs.abandoned(UnsaidPlaces::question(&job.layout)));
    }
    let written = !(options.strict && tally.rejected > 0);
    if written {
        line.outputs.commit()?;
    } else {
        line.outputs.abandon();
    }
    Ok(Finished { tally, workers, written })
}

fn reconcile<K: Kernel>(kernel: &K, tally: &BatchTally) -> Result<(), String> {
    if tally.rows != tally.valid + tally.left_out() + tally.rejected {
        return Err(format!(
            "{} rows read, {} valid, {} left out, {} rejected",
            tally.rows,
            tally.valid,
            tally.left_out(),
            tally.rejected
        ));
    }
    kernel.check(&tally.sums)
}

/// What all threads share.
struct Shared<'s> {
    /// The input, and whether it ended.
    input: Mutex<(Blocks<'s>, bool)>,
    line: Mutex<InOrder<'s>>,
    turn: Condvar,
}

/// Wakes the others when a worker panics, so that nobody waits for its turn.
struct Alarm<'a, 's>(&'a Shared<'s>);

impl Drop for Alarm<'_, '_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(&self.0.line).failure.get_or_insert_with(|| Trouble::internal("a worker stopped"));
            self.0.turn.notify_all();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One thread: takes blocks until there are none.
fn work<K: Kernel>(job: &Job<'_, K>, shared: &Shared<'_>) -> K::Worker {
    let _alarm = Alarm(shared);
    let mut worker = job.kernel.worker(&job.layout);
    let mut block = RowBlock::default();
    let mut done = Done::new();
    loop {
        let (splitter, taken) = {
            let mut input = lock(&shared.input);
            if input.1 {
                return worker;
            }
            let taken = input.0.next(&mut block);
            input.1 = !matches!(taken, Ok(true));
            (input.0.splitter(), taken)
        };
        let result = match taken {
            Ok(false) => return worker,
            Ok(true) => {
                done.clear();
                job.process(&mut worker, splitter, &block, &mut done, None)
            }
            Err(trouble) => Err(trouble),
        };
        let mut line = lock(&shared.line);
        while line.next != block.sequence && line.failure.is_none() {
            line = shared.turn.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
        if line.failure.is_some() {
            return worker;
        }
        let mut held = result.and_then(|()| line.take(job, &mut worker, splitter, &block, &mut done));
        if held.is_ok() && line.is_due() {
            // A note says how long the output is: all of it must be there.
            while line.unwritten > 0 && line.failure.is_none() {
                line = shared.turn.wait(line).unwrap_or_else(PoisonError::into_inner);
            }
            let filled = held.and_then(|held| held.map_or(Ok(()), |held| held.write(&done.out)));
            held = filled.and_then(|()| line.note(&block)).map(|()| None);
        }
        line.next += 1;
        let held = held.unwrap_or_else(|trouble| {
            line.failure.get_or_insert(trouble);
            None
        });
        let failed = line.failure.is_some();
        line.unwritten += usize::from(held.is_some());
        shared.turn.notify_all();
        drop(line);
        if failed {
            lock(&shared.input).1 = true;
            return worker;
        }
        // The next block has its turn while this one is written.
        if let Some(held) = held {
            let written = held.write(&done.out);
            let mut line = lock(&shared.line);
            line.unwritten -= 1;
            line.failure = line.failure.take().or(written.err());
            shared.turn.notify_all();
        }
    }
}
