//! Phân việc: which file comes next, which claims wait for a free worker, and who has to wait.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::audit::xml::Bundle;

/// Files that may be open ahead of the one whose results are being written.
const FILES_AHEAD: usize = 64;

/// Results that may wait for their turn.
const RESULTS_AHEAD: usize = 2_048;

/// Claims of large files that may wait for a worker.
const CLAIMS_AHEAD: usize = 32;

/// A claim handed from the reader of a large file to another worker.
#[derive(Debug)]
pub(super) struct HandedClaim {
    /// Position of the file.
    pub unit: usize,
    /// Position within the file's results.
    pub place: u64,
    /// The claim.
    pub bundle: Bundle,
    /// The name of the file.
    pub file: std::sync::Arc<str>,
}

/// What a worker should do next.
pub(super) enum Task {
    /// Judge this claim.
    Claim(Box<HandedClaim>),
    /// Read this file.
    File(usize),
    /// Nothing is left.
    Done,
}

#[derive(Debug, Default)]
struct State {
    next_file: usize,
    /// File whose results are being written.
    current: usize,
    claims: VecDeque<HandedClaim>,
    spare: Vec<Bundle>,
    reading: usize,
    outstanding: usize,
    stopped: bool,
}

/// Phân việc giữa các luồng.
#[derive(Debug)]
pub(super) struct Pool {
    files: usize,
    state: Mutex<State>,
    changed: Condvar,
}

impl Pool {
    pub fn new(files: usize) -> Pool {
        Pool { files, state: Mutex::new(State::default()), changed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'g>(&self, guard: MutexGuard<'g, State>) -> MutexGuard<'g, State> {
        self.changed.wait(guard).unwrap_or_else(PoisonError::into_inner)
    }

    /// The next thing to do; waits while there may be something later.
    pub fn take(&self) -> Task {
        let mut state = self.lock();
        loop {
            if state.stopped {
                return Task::Done;
            }
            if let Some(job) = state.claims.pop_front() {
                return Task::Claim(Box::new(job));
            }
            let near = state.next_file < state.current + FILES_AHEAD && state.outstanding < RESULTS_AHEAD;
            if state.next_file < self.files && (near || state.next_file == state.current) {
                let file = state.next_file;
                state.next_file += 1;
                state.reading += 1;
                return Task::File(file);
            }
            if state.next_file >= self.files && state.reading == 0 {
                return Task::Done;
            }
            state = self.wait(state);
        }
    }

    /// A file has been read to its end.
    pub fn file_read(&self) {
        self.lock().reading -= 1;
        self.changed.notify_all();
    }

    /// Counts a result of a file; waits when too many wait already, unless the file is the one being written.
    /// False when the run is to stop.
    pub fn announce(&self, unit: usize) -> bool {
        let mut state = self.lock();
        while state.outstanding >= RESULTS_AHEAD && state.current != unit && !state.stopped {
            state = self.wait(state);
        }
        state.outstanding += 1;
        !state.stopped
    }

    /// Offers a claim to other workers; gives it back when they have enough to do.
    pub fn offer(&self, job: HandedClaim) -> Option<HandedClaim> {
        let mut state = self.lock();
        if state.claims.len() >= CLAIMS_AHEAD {
            return Some(job);
        }
        state.claims.push_back(job);
        drop(state);
        self.changed.notify_one();
        None
    }

    /// A bundle to read the next claim into.
    pub fn bundle(&self) -> Bundle {
        self.lock().spare.pop().unwrap_or_default()
    }

    /// Gives a bundle back.
    pub fn put_back(&self, bundle: Bundle) {
        let mut state = self.lock();
        if state.spare.len() < CLAIMS_AHEAD {
            state.spare.push(bundle);
        }
    }

    /// So many results, and files, have been written.
    pub fn given(&self, results: usize, files: usize) {
        if results + files == 0 {
            return;
        }
        let mut state = self.lock();
        state.outstanding = state.outstanding.saturating_sub(results);
        state.current += files;
        drop(state);
        self.changed.notify_all();
    }

    /// Ends the run early.
    pub fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }
}
