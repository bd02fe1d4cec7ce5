//! Dấu `<` trần trong văn bản: `SpO2 < 90`, `Ca<Mg` in a stream are handed on as the standard would have it, `&lt;`.
//!
//! A mark that no name, slash, `!` or `?` follows cannot open an element, nor one behind which another mark comes before any `>`.
//! Everything else passes untouched and uncopied.

use std::io::{self, BufRead, Read};

use super::buffered::read_buffered;

/// A reader that mends bare marks on the way.
#[derive(Debug)]
pub(super) struct Bare<R> {
    inner: R,
    /// Bytes at the front of the inner block that hold no bare mark.
    sound: usize,
    /// What stands in place of a mark that was taken out, with what was read behind it to tell; and how much of it is handed on.
    instead: Vec<u8>,
    given: usize,
}

/// Bytes behind a mark in which another one is looked for; what is longer is left to the reader.
const LONGEST_LOOK: usize = 1_024;

impl<R: BufRead> Bare<R> {
    pub const fn new(inner: R) -> Bare<R> {
        Bare { inner, sound: 0, instead: Vec::new(), given: 0 }
    }

    /// Bytes at the front of the block up to the first mark that is bare, or that the block does not tell.
    fn sound_bytes(chunk: &[u8]) -> usize {
        let is_doubtful = |at: &usize| !opens_element(&chunk[at + 1..]).unwrap_or(false);
        memchr::memchr_iter(b'<', chunk).find(is_doubtful).unwrap_or(chunk.len())
    }

    /// Takes the mark at the front out, with as much behind it as tells what it is.
    fn take_mark(&mut self) {
        self.inner.consume(1);
        let mut behind = Vec::new();
        let opens = loop {
            // What stops the reader here stops it again behind the mark.
            let rest = self.inner.fill_buf().unwrap_or_default();
            let known = if behind.is_empty() { opens_element(rest) } else { closes(rest) };
            match known {
                Some(known) => break known,
                None if rest.is_empty() || behind.len() + rest.len() > LONGEST_LOOK => break true,
                None => behind.extend_from_slice(rest),
            }
            let read = rest.len();
            self.inner.consume(read);
        };
        self.instead.clear();
        self.given = 0;
        self.instead.extend_from_slice(if opens { b"<" } else { b"&lt;" });
        self.instead.append(&mut behind);
    }
}

/// Whether a mark with this behind it opens an element, a section or a declaration; nothing where that does not tell.
fn opens_element(behind: &[u8]) -> Option<bool> {
    match behind.first() {
        None => None,
        Some(b'!' | b'?' | 0) => Some(true),
        Some(next) if opens(*next) => closes(behind),
        Some(_) => Some(false),
    }
}

/// Whether the element's own mark closes before another one opens.
fn closes(behind: &[u8]) -> Option<bool> {
    memchr::memchr2(b'<', b'>', behind).map(|end| behind[end] == b'>')
}

/// True for what may follow the mark that opens an element, a section or a declaration; a NUL is for the reader to refuse.
pub(super) const fn opens(next: u8) -> bool {
    next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?' | b'_' | 0)
}

impl<R: BufRead> BufRead for Bare<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.given == self.instead.len() && self.sound == 0 {
            let chunk = self.inner.fill_buf()?;
            self.sound = Bare::<R>::sound_bytes(chunk);
            if self.sound == 0 && !chunk.is_empty() {
                self.take_mark();
            }
        }
        if self.given < self.instead.len() {
            return Ok(&self.instead[self.given..]);
        }
        let chunk = self.inner.fill_buf()?;
        Ok(&chunk[..self.sound.min(chunk.len())])
    }

    #[inline]
    fn consume(&mut self, amount: usize) {
        if self.given < self.instead.len() {
            self.given = (self.given + amount).min(self.instead.len());
        } else {
            self.inner.consume(amount);
            self.sound = self.sound.saturating_sub(amount);
        }
    }
}

impl<R: BufRead> Read for Bare<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        read_buffered(self, into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str, block: usize) -> String {
        let mut out = String::new();
        let inner = io::BufReader::with_capacity(block, text.as_bytes());
        Bare::new(inner).read_to_string(&mut out).expect("text");
        out
    }

    #[test]
    fn marks_that_open_nothing_are_written_out_wherever_the_blocks_end() {
        let text = "<a>SpO2 < 90, Hb<10, Ca<Mg<<b/></a><!-- x --><?y?>K</c>Na</c d</e>a<";
        for block in 1..=text.len() {
            let expected =
                "<a>SpO2 &lt; 90, Hb&lt;10, Ca&lt;Mg&lt;<b/></a><!-- x --><?y?>K</c>Na&lt;/c d</e>a<";
            assert_eq!(mended(text, block), expected, "blocks of {block}");
        }
    }
}
