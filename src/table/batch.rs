//! Tính hàng loạt: blocks of rows through workers, results in the order of the input, every row accounted for.
//!
//! Each worker takes the next block, computes it, and waits for its turn to write: two buffers a worker are all the
//! memory there is, and the output does not depend on how many workers there are. What was read must be what was
//! answered plus what was rejected, and totals must agree, or the result is withheld.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use memchr::memchr_iter;

use super::checkpoint::{Checkpoint, Saved};
use super::csv::{Begins, Block, Blocks, HouseholdTracker, Row, Splitter, Walked, push_cell};
use super::heading::Layout;
use super::households::{Households, Run};
use super::output::Outputs;
use super::source::Table;
use super::{MOST_HOUSEHOLD_ROWS, Trouble};
use crate::terms::problem::{Code, Problem};

/// Columns that the batch itself appends after those of the kernel.
pub const ERROR_COLUMNS: [&str; 2] = ["error_code", "error"];

/// Most sums a kernel may keep.
pub const MOST_SUMS: usize = 12;

/// Rejected rows named for each code at the end.
const ROWS_NAMED: usize = 3;

/// Cách trả lời một dòng: what a batch does with each row.
pub trait Kernel: Sync {
    /// What one thread holds between rows.
    type Worker: Send;

    /// Names of the columns it appends.
    fn appended(&self) -> &'static [&'static str];

    /// A worker for tables of this layout.
    fn worker(&self, layout: &Layout) -> Self::Worker;

    /// Answers a row: writes every appended column behind its separator, and adds to the sums.
    ///
    /// # Errors
    /// Why the row is rejected; what was written is then taken back.
    fn row(&self, worker: &mut Self::Worker, row: &Row<'_>, answer: &mut Answer<'_>) -> Result<(), Problem>;

    /// Checks the control totals.
    ///
    /// # Errors
    /// What disagrees.
    fn check(&self, sums: &[i128]) -> Result<(), String>;

    /// Names of the sums.
    fn labels(&self) -> &'static [&'static str];
}

/// Nơi ghi câu trả lời của một dòng.
pub struct Answer<'a> {
    /// The row so far.
    pub out: &'a mut Vec<u8>,
    sums: &'a mut [i128; MOST_SUMS],
    added: [i64; MOST_SUMS],
    /// How many of the sums this row adds to.
    used: usize,
    warnings: &'a mut [u32; Code::ALL.len()],
}

impl Answer<'_> {
    /// Adds amounts to the control totals, unless the row is rejected after all.
    #[inline]
    pub fn add(&mut self, amounts: &[i64]) {
        for (sum, amount) in self.added.iter_mut().zip(amounts) {
            *sum += amount;
        }
        self.used = self.used.max(amounts.len()).min(MOST_SUMS);
    }

    /// Counts a warning.
    pub fn warn(&mut self, code: Code) {
        self.warnings[code as usize] += 1;
    }

    #[inline]
    fn keep(&mut self) {
        for (sum, added) in self.sums.iter_mut().zip(&self.added[..self.used]) {
            *sum += i128::from(*added);
        }
    }
}

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
    fn take_in(&mut self, done: &Done) {
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
    pub tally: Tally,
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
    table: Table<'_>,
    kernel: &K,
    outputs: Outputs<'_>,
    options: RunOptions<'_>,
    progress: &mut (dyn FnMut(&Progress) + Send),
) -> Result<Finished<K::Worker>, Trouble> {
    let household = table.household();
    let size = table.size();
    let (mut blocks, layout) = table.into_parts();
    let job =
        Job { kernel, household, columns: Columns::of(&layout, kernel.appended()), layout, say: options.say };
    let mut line = Line {
        next: 0,
        tally: Tally::default(),
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
    let tally = line.tally;
    if let Err(what) = reconcile(kernel, &tally) {
        return Err(line.outputs.abandoned(Trouble::internal(what)));
    }
    let written = !(options.strict && tally.rejected > 0);
    if written {
        line.outputs.commit()?;
    } else {
        line.outputs.abandon();
    }
    Ok(Finished { tally, workers, written })
}

fn reconcile<K: Kernel>(kernel: &K, tally: &Tally) -> Result<(), String> {
    if tally.rows != tally.valid + tally.rejected {
        return Err(format!("{} rows read, {} valid, {} rejected", tally.rows, tally.valid, tally.rejected));
    }
    kernel.check(&tally.sums)
}

/// What all threads share.
struct Shared<'s> {
    /// The input, and whether it ended.
    input: Mutex<(Blocks<'s>, bool)>,
    line: Mutex<Line<'s>>,
    turn: Condvar,
}

/// What is done block after block, in their order.
struct Line<'s> {
    /// The block whose turn it is.
    next: u64,
    tally: Tally,
    households: Households,
    outputs: Outputs<'s>,
    failure: Option<Trouble>,
    progress: &'s mut (dyn FnMut(&Progress) + Send),
    size: Option<u64>,
    checkpoint: Option<Checkpoint>,
    noted: Instant,
    noted_rows: u64,
}

/// What stays the same for all rows.
struct Job<'j, K> {
    kernel: &'j K,
    layout: Layout,
    household: Option<usize>,
    columns: Columns,
    say: &'j (dyn Fn(&Problem) -> String + Sync),
}

/// Columns of the input that go on into the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Columns {
    /// All of them.
    All,
    /// These; the others carry names that the batch writes itself.
    Some(Vec<usize>),
}

impl Columns {
    /// Columns of a layout that are not `appended`.
    pub fn of(layout: &Layout, appended: &[&str]) -> Columns {
        let is_ours =
            |name: &String| appended.iter().chain(&ERROR_COLUMNS).any(|ours| name.eq_ignore_ascii_case(ours));
        if layout.names.iter().any(is_ours) {
            Columns::Some((0..layout.width()).filter(|column| !is_ours(&layout.names[*column])).collect())
        } else {
            Columns::All
        }
    }

    /// Names that are replaced.
    pub fn replaced<'l>(&self, layout: &'l Layout) -> Vec<&'l str> {
        match self {
            Columns::All => Vec::new(),
            Columns::Some(kept) => {
                let gone = (0..layout.width()).filter(|column| !kept.contains(column));
                gone.map(|column| layout.names[column].as_str()).collect()
            }
        }
    }

    /// The columns of a table.
    pub fn list(&self, layout: &Layout) -> Vec<usize> {
        match self {
            Columns::All => (0..layout.width()).collect(),
            Columns::Some(kept) => kept.clone(),
        }
    }
}

/// A block that was worked on.
struct Done {
    out: Vec<u8>,
    rejects: Vec<u8>,
    walked: Walked,
    valid: u64,
    rejected: u64,
    sums: [i128; MOST_SUMS],
    warnings: [u32; Code::ALL.len()],
    rejections: Vec<(Code, u64)>,
    runs: Vec<Run>,
}

impl Done {
    fn new() -> Done {
        Done {
            out: Vec::new(),
            rejects: Vec::new(),
            walked: Walked::default(),
            valid: 0,
            rejected: 0,
            sums: [0; MOST_SUMS],
            warnings: [0; Code::ALL.len()],
            rejections: Vec::new(),
            runs: Vec::new(),
        }
    }

    fn clear(&mut self) {
        let (mut out, mut rejects, mut runs) = (
            std::mem::take(&mut self.out),
            std::mem::take(&mut self.rejects),
            std::mem::take(&mut self.runs),
        );
        out.clear();
        rejects.clear();
        runs.clear();
        *self = Done { out, rejects, runs, ..Done::new() };
    }
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
    let mut block = Block::default();
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

impl<K: Kernel> Job<'_, K> {
    /// Answers the rows of a block. `seen` is given when its households must be looked at one by one.
    fn process(
        &self,
        worker: &mut K::Worker,
        splitter: Splitter,
        block: &Block,
        done: &mut Done,
        mut seen: Option<&mut Households>,
    ) -> Result<(), Trouble> {
        let bytes = block.bytes();
        let is_text = std::str::from_utf8(bytes).is_ok();
        let mut tracker = HouseholdTracker::at_start_of(block);
        let mut is_split = false;
        // A household begins with the first of its rows that the kernel gets to see.
        let mut begins_unseen = false;
        let separator = splitter.separator;
        let Done { out, rejects, runs, rejections, sums, warnings, valid, rejected, .. } = done;
        out.reserve(bytes.len() * 2);
        let walked = splitter.walk(bytes, block.first_line, |row| {
            let mut begins = true;
            if let Some(column) = self.household {
                match tracker.next(&row.cell(column)) {
                    Begins::No => begins = false,
                    Begins::Alone => is_split = false,
                    Begins::Household(id) => match &mut seen {
                        Some(seen) => is_split = !seen.insert(id),
                        None if runs.last_mut().is_some_and(|run| run.extend(id)) => {}
                        None => runs.push(Run::of(id)),
                    },
                }
            }
            begins_unseen |= begins;
            let row = row.placed(row.number, begins_unseen);
            self.copy(&row, separator, is_text, out);
            let end = out.len();
            let mut problem = self.refusal(&row, splitter, is_text, is_split, tracker.is_too_large());
            if problem.is_none() {
                begins_unseen = false;
                let mut answer = Answer { out, sums, added: [0; MOST_SUMS], used: 0, warnings };
                match self.kernel.row(worker, &row, &mut answer) {
                    Ok(()) => answer.keep(),
                    Err(refused) => problem = Some(refused),
                }
            }
            match problem {
                None => {
                    *valid += 1;
                    out.extend_from_slice(&[separator, separator, b'\n']);
                }
                Some(problem) if problem.code == Code::Internal => {
                    return Err(Trouble {
                        problem: problem.at(format!("{}", row.number)),
                        ..Trouble::internal("")
                    });
                }
                Some(problem) => {
                    *rejected += 1;
                    rejections.push((problem.code, row.number));
                    out.truncate(end);
                    out.extend(std::iter::repeat_n(separator, self.kernel.appended().len() + 1));
                    let mut error = problem.code.as_str().as_bytes().to_vec();
                    error.push(separator);
                    push_cell(&mut error, (self.say)(&problem).as_bytes(), separator);
                    error.push(b'\n');
                    out.extend_from_slice(&error);
                    self.copy_rejected(&row, separator, rejects);
                    rejects.push(separator);
                    rejects.extend_from_slice(&error);
                }
            }
            Ok(())
        })?;
        done.walked = walked;
        check_lines(bytes, done)
    }

    /// Why a row does not even get to the kernel.
    #[inline]
    fn refusal(
        &self,
        row: &Row<'_>,
        splitter: Splitter,
        is_text: bool,
        is_split: bool,
        is_too_large: bool,
    ) -> Option<Problem> {
        if row.width() != self.layout.width() && !self.fits(row) {
            let problem = Problem::new(Code::CellCount).with("read", row.width());
            return Some(problem.with("accepted", self.layout.width()));
        }
        if !is_text && std::str::from_utf8(row.bytes).is_err() {
            return Some(Problem::new(Code::CellEncoding).with("encoding", "UTF-8"));
        }
        let limit = splitter.limits.cell;
        if row.bytes.len() > limit && (0..row.width()).any(|column| row.cell(column).len() > limit) {
            return Some(Problem::new(Code::CellTooLong).with("limit", limit));
        }
        if is_split {
            return Some(Problem::new(Code::HouseholdSplit));
        }
        is_too_large.then(|| Problem::new(Code::HouseholdTooLarge).with("limit", MOST_HOUSEHOLD_ROWS))
    }

    /// Whether a row of another width than the heading says the same as one of its width.
    fn fits(&self, row: &Row<'_>) -> bool {
        let width = self.layout.width();
        self.layout.pads_rows && (width..row.width()).all(|column| row.cell(column).trim_ascii().is_empty())
    }

    /// The cells that go on, as they came; a row of another width is made to fit the heading.
    #[inline]
    fn copy(&self, row: &Row<'_>, separator: u8, is_text: bool, out: &mut Vec<u8>) {
        if is_text && self.columns == Columns::All && row.width() == self.layout.width() {
            out.extend_from_slice(row.bytes);
            return;
        }
        let start = out.len();
        for (index, column) in self.columns.list(&self.layout).into_iter().enumerate() {
            if index > 0 {
                out.push(separator);
            }
            out.extend_from_slice(row.raw_cell(column));
        }
        if !is_text && std::str::from_utf8(&out[start..]).is_err() {
            let readable = String::from_utf8_lossy(&out[start..]).into_owned();
            out.truncate(start);
            out.extend_from_slice(readable.as_bytes());
        }
    }

    /// The row for the file of rejected rows: whole, even where it does not fit the heading.
    fn copy_rejected(&self, row: &Row<'_>, separator: u8, out: &mut Vec<u8>) {
        if self.columns == Columns::All || row.width() != self.layout.width() {
            out.extend_from_slice(row.bytes);
        } else {
            self.copy(row, separator, true, out);
        }
    }
}

/// Every line end of the input is accounted for, and every row has one in the output.
fn check_lines(bytes: &[u8], done: &Done) -> Result<(), Trouble> {
    let Walked { rows, blank, inner_lines } = done.walked;
    let open = u64::from(!bytes.is_empty() && !bytes.ends_with(b"\n"));
    let lines = memchr_iter(b'\n', bytes).count() as u64 + open;
    let written = memchr_iter(b'\n', &done.out).count() as u64;
    if lines != rows + blank + inner_lines
        || (inner_lines == 0 && written != rows)
        || rows != done.valid + done.rejected
    {
        return Err(Trouble::internal(format!(
            "{lines} lines, {rows} rows, {blank} blank, {inner_lines} inner, {written} written"
        )));
    }
    Ok(())
}

impl Line<'_> {
    /// Takes a block whose turn has come.
    fn take<K: Kernel>(
        &mut self,
        job: &Job<'_, K>,
        worker: &mut K::Worker,
        splitter: Splitter,
        block: &Block,
        done: &mut Done,
    ) -> Result<(), Trouble> {
        if job.household.is_some() && !self.households.insert_all(&done.runs) {
            done.clear();
            job.process(worker, splitter, block, done, Some(&mut self.households))?;
        }
        self.tally.take_in(done);
        self.outputs.write(&done.out, &done.rejects)?;
        (self.progress)(&Progress {
            rows: self.tally.rows,
            rejected: self.tally.rejected,
            position: block.position,
            size: self.size,
        });
        self.note(block)
    }

    /// Notes how far the run came, every now and then.
    fn note(&mut self, block: &Block) -> Result<(), Trouble> {
        let Some(checkpoint) = &self.checkpoint else { return Ok(()) };
        let due = match checkpoint.every_rows {
            Some(rows) => self.tally.rows - self.noted_rows >= rows,
            None => self.noted.elapsed() >= EVERY,
        };
        if !due {
            return Ok(());
        }
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
    fn resume<K: Kernel>(
        &mut self,
        job: &Job<'_, K>,
        blocks: &mut Blocks<'_>,
        saved: Saved,
    ) -> Result<(), Trouble> {
        let mut block = Block::default();
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
                    && let Begins::Household(id) = tracker.next(&row.cell(column))
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
