//! Người đọc: one worker of a batch, reading files and judging claims.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Mutex};

use sha2::{Digest, Sha256};

use super::Batch;
use super::order::{Content, Message};
use super::outcome::{AuditedClaim, FileFacts, Outcome};
use super::pool::{HandedClaim, Pool, Task};
use crate::audit::examine::examine;
use crate::audit::legal::Law;
use crate::audit::source::SourceFile;
use crate::audit::source::archive::{FIRST_BYTES, Member, read_archive};
use crate::audit::source::wrapper::unwrapped;
use crate::audit::xml::{Bundle, Envelope, EnvelopeFacts, ReadError};
use crate::terms::problem::{Code, Problem};

/// Files from this size on share their claims with other workers.
const LARGE: u64 = 1 << 20;

/// Bytes read at a time.
const BLOCK: usize = 128 * 1024;

/// One worker.
pub(super) struct ClaimReader<'b> {
    pub batch: &'b Batch<'b>,
    pub units: &'b [SourceFile],
    pub stdin: &'b (dyn Fn() -> Box<dyn Read> + Sync),
    pub gate: &'b Mutex<()>,
    pub pool: &'b Pool,
    pub sender: SyncSender<Message>,
    pub law: Law<'b>,
}

/// Where a worker stands inside a file.
struct Place {
    unit: usize,
    next: u64,
    file: Arc<str>,
    shared: bool,
    facts: FileFacts,
}

impl ClaimReader<'_> {
    /// Works until nothing is left.
    pub fn work(&mut self) {
        loop {
            match self.pool.take() {
                Task::Claim(job) => self.judge_job(*job),
                Task::File(unit) => {
                    self.read_unit(unit);
                    self.pool.file_read();
                }
                Task::Done => return,
            }
        }
    }

    fn send(&self, unit: usize, place: u64, content: Content) {
        // The receiver is gone only when the run is being stopped.
        let _ = self.sender.send(Message { unit, place, content });
    }

    /// Sends a result of the file at its next place.
    fn give(&self, place: &mut Place, outcome: Outcome) -> bool {
        let goes_on = self.pool.announce(place.unit);
        self.send(place.unit, place.next, Content::One(outcome));
        place.next += 1;
        goes_on
    }

    fn read_unit(&mut self, index: usize) {
        let unit = &self.units[index];
        let file: Arc<str> = unit.name().into();
        let facts = FileFacts {
            file: Arc::clone(&file),
            claims: 0,
            bytes: 0,
            declared_claims: None,
            signed: false,
            sha256: None,
        };
        let mut place = Place { unit: index, next: 0, file, shared: false, facts };
        if let Err(problem) = self.read_source(unit, &mut place) {
            self.refuse(&mut place, problem);
        }
        let facts = place.facts.clone();
        self.give(&mut place, Outcome::FileEnd(facts));
        self.send(place.unit, place.next, Content::End);
    }

    fn refuse(&self, place: &mut Place, problem: Problem) {
        let file = Arc::clone(&place.file);
        self.give(place, Outcome::Unreadable { file, claim: None, problem });
    }

    fn read_source(&mut self, unit: &SourceFile, place: &mut Place) -> Result<(), Problem> {
        match unit {
            SourceFile::Stdin => {
                place.shared = true;
                let mut input = BufReader::with_capacity(BLOCK, (self.stdin)());
                if input.fill_buf().map_err(|error| io_problem(&error))?.starts_with(b"PK") {
                    return Err(Problem::new(Code::ZipOnStream));
                }
                self.read_stream(&mut input, place)
            }
            SourceFile::File(path) | SourceFile::Named(path, _) => self.read_file(path, place),
        }
    }

    fn read_file(&mut self, path: &Path, place: &mut Place) -> Result<(), Problem> {
        let open = || File::open(path).map_err(|error| io_problem(&error));
        let file = open()?;
        let size = file.metadata().map_or(0, |data| data.len());
        if self.batch.hash {
            place.facts.sha256 = Some(sha256(open()?).map_err(|error| io_problem(&error))?);
        }
        let mut input = BufReader::with_capacity(BLOCK, file);
        if input.fill_buf().map_err(|error| io_problem(&error))?.starts_with(FIRST_BYTES)
            || path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
        {
            drop(input);
            return self.read_zip(open()?, place);
        }
        place.shared = size >= LARGE;
        self.read_stream(&mut input, place)
    }

    fn read_zip(&mut self, file: File, place: &mut Place) -> Result<(), Problem> {
        let archive: Arc<str> = Arc::clone(&place.file);
        let limits = self.batch.archive;
        read_archive(file, &limits, &mut |name, member| {
            place.file = format!("{archive}!{name}").into();
            let refused = match member {
                Member::Readable(input) => self.read_stream(input, place).err(),
                Member::Refused(problem) => Some(problem),
            };
            if let Some(problem) = refused {
                self.refuse(place, problem);
            }
            place.file = Arc::clone(&archive);
            Ok(())
        })
    }

    fn read_stream(&mut self, input: &mut dyn BufRead, place: &mut Place) -> Result<(), Problem> {
        let mut input = unwrapped(input).map_err(|error| ReadError::of(&error).problem())?;
        self.read_claims(input.as_mut(), place)
    }

    fn read_claims(&mut self, input: impl BufRead, place: &mut Place) -> Result<(), Problem> {
        let limits = self.batch.limits;
        let mut envelope = Envelope::new(input, limits, self.gate);
        let mut bundle = self.pool.bundle();
        loop {
            let outcome = envelope.next(&mut bundle);
            let facts = envelope.facts();
            place.facts.signed |= facts.signed;
            match outcome {
                Ok(true) => {
                    place.facts.claims += 1;
                    if !self.pool.announce(place.unit) {
                        break;
                    }
                    bundle = self.hand_on(bundle, place);
                    place.next += 1;
                }
                Ok(false) => {
                    self.note_a_cut(facts, place);
                    break;
                }
                Err(error) => {
                    place.facts.declared_claims = facts.declared_claims.or(place.facts.declared_claims);
                    place.facts.bytes += envelope.bytes_read();
                    self.pool.put_back(bundle);
                    return Err(error.problem());
                }
            }
        }
        place.facts.bytes += envelope.bytes_read();
        self.pool.put_back(bundle);
        Ok(())
    }

    /// A file that declares more claims than it holds may have been cut; one that declares fewer is usual.
    fn note_a_cut(&self, facts: EnvelopeFacts, place: &mut Place) {
        let Some(declared) = facts.declared_claims else { return };
        place.facts.declared_claims = Some(place.facts.declared_claims.unwrap_or(0) + declared);
        if declared > facts.claims {
            let problem = Problem::new(Code::FileCut).with("declared", declared).with("read", facts.claims);
            self.refuse(place, problem);
        }
    }

    /// Judges a claim, or lets another worker do it; returns a bundle for the next one.
    fn hand_on(&mut self, bundle: Bundle, place: &Place) -> Bundle {
        let job = HandedClaim { unit: place.unit, place: place.next, bundle, file: Arc::clone(&place.file) };
        let job = if place.shared { self.pool.offer(job) } else { Some(job) };
        match job {
            Some(mut job) => {
                self.judge(&mut job);
                job.bundle
            }
            None => self.pool.bundle(),
        }
    }

    fn judge_job(&mut self, mut job: HandedClaim) {
        self.judge(&mut job);
        self.pool.put_back(job.bundle);
    }

    fn judge(&mut self, job: &mut HandedClaim) {
        let number = job.bundle.number;
        let outcome = match job.bundle.read(&self.batch.limits) {
            Err(error) => unreadable(&job.file, number, &error),
            Ok(raw) => match examine(raw, &mut self.law) {
                Ok(examination) => Outcome::Claim(Box::new(AuditedClaim::of(
                    &job.file,
                    number,
                    examination,
                    self.batch.classes,
                ))),
                Err(problem) => {
                    Outcome::Unreadable { file: Arc::clone(&job.file), claim: Some(number), problem }
                }
            },
        };
        self.send(job.unit, job.place, Content::One(outcome));
    }
}

fn unreadable(file: &Arc<str>, number: u32, error: &ReadError) -> Outcome {
    Outcome::Unreadable { file: Arc::clone(file), claim: Some(number), problem: error.problem() }
}

pub(super) fn io_problem(error: &io::Error) -> Problem {
    Problem::new(Code::UnreadableInput).because(error)
}

fn sha256(mut file: File) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut block = vec![0; BLOCK];
    loop {
        match file.read(&mut block)? {
            0 => break,
            amount => hash.update(&block[..amount]),
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
