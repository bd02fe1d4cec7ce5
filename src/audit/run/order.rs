//! Xếp lại thứ tự: outcomes come from several threads and leave in the order of files and claims.

use std::collections::BTreeMap;

use super::outcome::Outcome;
use super::pool::Pool;

/// A result on its way to the report.
#[derive(Debug)]
pub(super) struct Message {
    /// Position of the file.
    pub unit: usize,
    /// Position within the file's results.
    pub place: u64,
    /// The result; the last one of a file is [`Content::End`].
    pub content: Content,
}

/// What a message carries.
#[derive(Debug)]
pub(super) enum Content {
    /// A result.
    One(Outcome),
    /// The file has no more results than those before this place.
    End,
}

/// Results that wait for their turn.
#[derive(Debug, Default)]
pub(super) struct Order {
    waiting: BTreeMap<(usize, u64), Content>,
    next: (usize, u64),
}

impl Order {
    /// Keeps a result, and hands on all whose turn has come.
    pub fn put<E>(
        &mut self,
        message: Message,
        pool: &Pool,
        sink: &mut dyn FnMut(Outcome) -> Result<(), E>,
    ) -> Result<(), E> {
        self.waiting.insert((message.unit, message.place), message.content);
        let mut given = 0;
        let mut files = 0;
        while let Some(content) = self.waiting.remove(&self.next) {
            match content {
                Content::One(outcome) => {
                    sink(outcome)?;
                    given += 1;
                    self.next.1 += 1;
                }
                Content::End => {
                    files += 1;
                    self.next = (self.next.0 + 1, 0);
                }
            }
        }
        pool.given(given, files);
        Ok(())
    }
}
