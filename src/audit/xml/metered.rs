//! Bộ đọc có giới hạn: hands bytes on, counts them, and stops at a limit or a NUL byte.

use std::io::{self, BufRead, Read};

use super::buffered::read_buffered;

/// Why the meter stopped; travels through the XML reader inside an `io::Error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// One event is longer than its budget.
    #[error("budget used up")]
    Budget,
    /// The file is longer than its limit.
    #[error("file limit reached")]
    File,
    /// A NUL byte came by.
    #[error("NUL byte")]
    Nul,
    /// A letter that base64 does not have.
    #[error("no base64")]
    Encoding,
    /// More wrappers around a file than are taken off.
    #[error("too many wrappers")]
    Wrapped,
    /// A zip archive inside a wrapper.
    #[error("archive in a wrapper")]
    Archive,
}

/// A reader with a budget for the next event and a limit for the whole.
#[derive(Debug)]
pub(super) struct Metered<R> {
    inner: R,
    budget: u64,
    left: u64,
    nul: bool,
    /// Bytes handed on so far.
    pub read: u64,
}

impl<R: BufRead> Metered<R> {
    pub fn new(inner: R, limit: u64) -> Metered<R> {
        Metered { inner, budget: u64::MAX, left: limit, nul: false, read: 0 }
    }

    /// Gives the next event this many bytes.
    pub fn allow(&mut self, budget: u64) {
        self.budget = budget;
    }

    /// True once a NUL byte came by.
    pub const fn saw_nul(&self) -> bool {
        self.nul
    }

    fn stop(&self) -> Option<Stop> {
        if self.nul {
            Some(Stop::Nul)
        } else if self.left == 0 {
            Some(Stop::File)
        } else if self.budget == 0 {
            Some(Stop::Budget)
        } else {
            None
        }
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    #[inline]
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if let Some(stop) = self.stop() {
            // The end of the file is no violation, even when it falls on the limit.
            return if self.inner.fill_buf()?.is_empty() && stop != Stop::Nul {
                Ok(&[])
            } else {
                Err(io::Error::other(stop))
            };
        }
        let most = usize::try_from(self.budget.min(self.left)).unwrap_or(usize::MAX);
        let chunk = self.inner.fill_buf()?;
        Ok(&chunk[..chunk.len().min(most)])
    }

    #[inline]
    fn consume(&mut self, amount: usize) {
        if let Ok(chunk) = self.inner.fill_buf() {
            self.nul |= memchr::memchr(0, &chunk[..amount.min(chunk.len())]).is_some();
        }
        self.inner.consume(amount);
        let amount = amount as u64;
        self.budget = self.budget.saturating_sub(amount);
        self.left = self.left.saturating_sub(amount);
        self.read += amount;
    }
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        read_buffered(self, into)
    }
}
