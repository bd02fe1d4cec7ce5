//! Giám định cả đợt: many files on several threads, results in order, memory bounded.
//!
//! Workers take files one after another; a worker inside a large file hands claims to others that have nothing
//! to do. Results are put back in order by the caller's thread. Whoever would run too far ahead waits.

mod batch;
mod order;
pub mod outcome;
mod pool;
mod reader;
pub mod seen;
pub mod single;

use std::io::Read;
use std::sync::{Mutex, mpsc};

pub use self::batch::Batch;
use self::order::Order;
pub use self::outcome::{AuditedClaim, FileFacts, ForgottenClaims, Outcome};
use self::pool::Pool;
use self::reader::ClaimReader;
use self::seen::{FilePlace, Forgotten, MOST_KEPT, Seen};
use super::legal::Law;
use super::source::SourceFile;

/// Ends the run when it goes out of scope, however that comes about.
struct Ending<'p>(&'p Pool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// Runs a batch, handing every outcome to `sink` in the order of files and claims.
///
/// # Errors
/// What `sink` returns; the run stops at its first error.
pub fn run<E>(
    batch: &Batch<'_>,
    units: &[SourceFile],
    stdin: &(dyn Fn() -> Box<dyn Read> + Sync),
    sink: &mut dyn FnMut(Outcome) -> Result<(), E>,
) -> Result<(), E> {
    run_remembering(MOST_KEPT, batch, units, stdin, sink)
}

/// The same with room for so many claims that later ones are compared with.
///
/// # Errors
/// As [`run`].
pub fn run_remembering<E>(
    most: usize,
    batch: &Batch<'_>,
    units: &[SourceFile],
    stdin: &(dyn Fn() -> Box<dyn Read> + Sync),
    sink: &mut dyn FnMut(Outcome) -> Result<(), E>,
) -> Result<(), E> {
    let pool = Pool::new(units.len());
    let gate = Mutex::new(());
    let (sender, receiver) = mpsc::sync_channel(256);
    std::thread::scope(|scope| {
        // A sink that panics takes the receiver with it and ends the run, so that no reader waits for ever.
        let receiver = receiver;
        let _ending = Ending(&pool);
        for _ in 0..batch.jobs.max(1) {
            let sender = sender.clone();
            let (pool, gate) = (&pool, &gate);
            scope.spawn(move || {
                let law = Law::new(batch.rules, batch.register).with_prices(batch.prices).on(batch.today);
                ClaimReader { batch, units, stdin, gate, pool, sender, law }.work();
            });
        }
        drop(sender);
        let mut order = Order::default();
        let mut seen: Seen<FilePlace> = Seen::with_room(most);
        let mut compared = |mut outcome: Outcome| {
            if let Outcome::Claim(claim) = &mut outcome {
                seen.look(claim, batch.classes);
            }
            sink(outcome)
        };
        let mut outcome = Ok(());
        for message in &receiver {
            if outcome.is_ok() {
                outcome = order.put(message, &pool, &mut compared);
                if outcome.is_err() {
                    pool.stop();
                }
            }
        }
        outcome?;
        seen.forgotten().map_or(Ok(()), |forgotten| sink(Outcome::Forgotten(claims_of(forgotten))))
    })
}

/// The same for the report.
fn claims_of(forgotten: &Forgotten<FilePlace>) -> ForgottenClaims {
    let Forgotten { first: (file, claim), count, kept } = forgotten;
    ForgottenClaims { file: file.clone(), claim: *claim, count: *count, kept: *kept }
}
