//! Tính hàng loạt: blocks of rows through workers, results in the order of the input, every row accounted for.
//!
//! Each worker takes the next block, computes it, and waits for its turn to write: two buffers a worker are all the
//! memory there is, and the output does not depend on how many workers there are. What was read must be what was
//! answered plus what was rejected, and totals must agree, or the result is withheld.

mod columns;
mod job;
mod line;
mod tally;

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

pub use self::columns::CarriedColumns;
use self::job::{Done, Job};
use self::line::InOrder;
pub use self::tally::{BatchTally, Rejections, UnsaidPlaces, with_differences};
use super::Trouble;
use super::checkpoint::{Checkpoint, Saved};
use super::csv::{Blocks, RowBlock, TableRow};
use super::heading::Layout;
use super::households::Households;
use super::output::Outputs;
use super::source::OpenTable;
use crate::terms::problem::{Code, Problem};

/// Most sums a kernel may keep.
pub const MOST_SUMS: usize = 12;

/// Most notes for which a kernel may count rows.
pub const MOST_NOTES: usize = 16;

/// Rows without any place on the ladder that are one household too few to doubt.
const MOST_PLACELESS: u64 = 1;

/// Cách trả lời một dòng: what a batch does with each row.
pub trait Kernel: Sync {
    /// What one thread holds between rows.
    type Worker: Send;

    /// Names of the columns it appends.
    fn appended(&self) -> &'static [&'static str];

    /// A worker for tables of this layout.
    fn worker(&self, layout: &Layout) -> Self::Worker;

    /// Begins a block whose first line is this one; a block may be read a second time.
    fn begin_block(&self, _: &mut Self::Worker, _line: u64) {}

    /// Whether a row is one to answer at all.
    fn aside(&self, _: &mut Self::Worker, _: &TableRow<'_>) -> Aside {
        Aside::No
    }

    /// Answers a row: writes every appended column behind its separator, and adds to the sums.
    ///
    /// # Errors
    /// Why the row is rejected; what was written is then taken back.
    fn row(
        &self,
        worker: &mut Self::Worker,
        row: &TableRow<'_>,
        answer: &mut RowAnswer<'_>,
    ) -> Result<(), Problem>;

    /// Checks the control totals.
    ///
    /// # Errors
    /// What disagrees.
    fn check(&self, sums: &[i128]) -> Result<(), String>;

    /// Names of the sums.
    fn labels(&self) -> &'static [&'static str];

    /// What a worker that read rows in order has to say behind the last of them.
    fn finish(&self, _: &mut Self::Worker) -> Option<Problem> {
        None
    }

    /// What is to be said of the whole table.
    fn closing(&self, _: &BatchTally) -> Vec<Problem> {
        Vec::new()
    }
}

/// Dòng không phải để tính: what a row is when it is no row to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aside {
    /// It is one to answer.
    No,
    /// A section, a total, a signature, somebody who does not pay.
    LeftOut(Code),
    /// The same, with something to look at.
    LeftOutWith(Code, Problem),
    /// Somebody who pays and cannot be answered.
    Rejected(Problem),
    /// Nothing can be read on from here.
    Stop(Problem),
}

/// Nơi ghi câu trả lời của một dòng.
pub struct RowAnswer<'a> {
    /// The row so far.
    pub out: &'a mut Vec<u8>,
    sums: &'a mut [i128; MOST_SUMS],
    added: [i64; MOST_SUMS],
    /// How many of the sums this row adds to.
    used: usize,
    warnings: &'a mut [u32; Code::ALL.len()],
    places: &'a mut UnsaidPlaces,
    notes: &'a mut [u64; MOST_NOTES],
}

impl RowAnswer<'_> {
    /// Adds amounts to the control totals, unless the row is rejected after all.
    #[inline]
    pub fn add(&mut self, amounts: &[i64]) {
        for (sum, amount) in self.added.iter_mut().zip(amounts) {
            *sum += amount;
        }
        self.used = self.used.max(amounts.len()).min(MOST_SUMS);
    }

    /// The same for a row that nothing can reject any more: straight to the totals, without a second look.
    #[inline]
    pub fn add_for_good(&mut self, amounts: &[i64]) {
        for (sum, amount) in self.sums.iter_mut().zip(amounts) {
            *sum += i128::from(*amount);
        }
    }

    /// Counts a warning.
    pub fn warn(&mut self, code: Code) {
        self.warnings[code as usize] += 1;
    }

    /// Counts a row of the ladder whose household or place is known.
    #[inline]
    pub fn placed(&mut self) {
        self.places.known += 1;
    }

    /// Counts a row whose place on the ladder nothing says.
    pub fn placeless(&mut self) {
        self.places.unknown += 1;
    }

    /// Counts a row whose place on the ladder its own amount says.
    pub fn place_inferred(&mut self, rank: u32) {
        self.places.inferred += 1;
        self.places.highest = self.places.highest.max(rank);
    }

    /// Counts a row for one of the kernel's notes.
    pub fn note(&mut self, at: usize) {
        if let Some(count) = self.notes.get_mut(at) {
            *count += 1;
        }
    }

    #[inline]
    fn keep(&mut self) {
        for (sum, added) in self.sums.iter_mut().zip(&self.added[..self.used]) {
            *sum += i128::from(*added);
        }
    }
}

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
        return Err(line.outputs.abandoned(UnsaidPlaces::question()));
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
        let result = result.and_then(|()| line.take(job, &mut worker, splitter, &block, &mut done));
        line.next += 1;
        let failed = result.is_err();
        line.failure = result.err();
        shared.turn.notify_all();
        drop(line);
        if failed {
            lock(&shared.input).1 = true;
            return worker;
        }
    }
}
