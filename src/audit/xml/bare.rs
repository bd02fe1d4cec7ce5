//! Dấu `<` trần trong văn bản: `SpO2 < 90` in a stream is handed on as the standard would have it, `&lt;`.
//!
//! A mark that no name, slash, `!` or `?` follows cannot open an element. Everything else passes untouched and uncopied.

use std::io::{self, BufRead, Read};

use super::buffered::read_buffered;

/// A reader that mends bare marks on the way.
#[derive(Debug)]
pub(super) struct Bare<R> {
    inner: R,
    /// Bytes at the front of the inner block that hold no bare mark.
    sound: usize,
    /// What stands in place of a mark that was taken out.
    instead: &'static [u8],
}

impl<R: BufRead> Bare<R> {
    pub const fn new(inner: R) -> Bare<R> {
        Bare { inner, sound: 0, instead: b"" }
    }

    /// Bytes at the front of the block up to the first mark that is bare, or the last of its block.
    fn sound_bytes(chunk: &[u8]) -> usize {
        let is_doubtful = |at: &usize| chunk.get(at + 1).is_none_or(|next| !opens(*next));
        memchr::memchr_iter(b'<', chunk).find(is_doubtful).unwrap_or(chunk.len())
    }
}

/// True for what may follow the mark that opens an element, a section or a declaration; a NUL is for the reader to refuse.
pub(super) const fn opens(next: u8) -> bool {
    next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?' | b'_' | 0)
}

impl<R: BufRead> BufRead for Bare<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.instead.is_empty() && self.sound == 0 {
            let chunk = self.inner.fill_buf()?;
            self.sound = Bare::<R>::sound_bytes(chunk);
            if self.sound == 0 && !chunk.is_empty() {
                self.inner.consume(1);
                // What stops the reader here stops it again behind the mark.
                let opens =
                    self.inner.fill_buf().map_or(true, |rest| rest.first().is_none_or(|next| opens(*next)));
                self.instead = if opens { b"<" } else { b"&lt;" };
            }
        }
        if self.instead.is_empty() {
            let chunk = self.inner.fill_buf()?;
            Ok(&chunk[..self.sound.min(chunk.len())])
        } else {
            Ok(self.instead)
        }
    }

    fn consume(&mut self, amount: usize) {
        if self.instead.is_empty() {
            self.inner.consume(amount);
            self.sound = self.sound.saturating_sub(amount);
        } else {
            self.instead = self.instead.get(amount..).unwrap_or_default();
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
        let text = "<a>SpO2 < 90, Hb<10<<b/></a><!-- x --><?y?>a<";
        for block in 1..=text.len() {
            let expected = "<a>SpO2 &lt; 90, Hb&lt;10&lt;<b/></a><!-- x --><?y?>a<";
            assert_eq!(mended(text, block), expected, "blocks of {block}");
        }
    }
}
