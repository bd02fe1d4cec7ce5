//! Lớp nén gzip, with a bound on what it may give for what it took.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;

use crate::audit::xml::metered::Stop;

/// Bytes that may always come out of a gzip layer, and how many times its own size above them.
const FLOOR: u64 = 64 << 20;
const RATIO: u64 = 200;

/// Bytes counted as they go in.
struct Counted<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let amount = self.inner.read(into)?;
        self.taken.set(self.taken.get() + amount as u64);
        Ok(amount)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.taken.set(self.taken.get() + amount as u64);
        self.inner.consume(amount);
    }
}

/// A gzip layer that stops once it has given far more than it took.
pub(super) struct Gzip<R> {
    inner: MultiGzDecoder<Counted<R>>,
    taken: Rc<Cell<u64>>,
    given: u64,
}

impl<R: BufRead> Gzip<R> {
    pub(super) fn new(inner: R) -> Gzip<R> {
        let taken = Rc::new(Cell::new(0));
        let counted = Counted { inner, taken: Rc::clone(&taken) };
        Gzip { inner: MultiGzDecoder::new(counted), taken, given: 0 }
    }
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let amount = self.inner.read(into)?;
        self.given += amount as u64;
        if self.given > FLOOR && self.given > self.taken.get().saturating_mul(RATIO) {
            return Err(io::Error::other(Stop::File));
        }
        Ok(amount)
    }
}
