//! Bảng mã base64: a whole file in base64, decoded as it comes, and how one is told from other texts.

use std::io::{self, BufRead, Read};

use super::archive::FIRST_BYTES;
use crate::audit::xml::buffered::read_buffered;
use crate::audit::xml::encoding::{EncodingMark, mark};
use crate::audit::xml::metered::Stop;

/// Letters of base64 by which a bare one is told.
pub(super) const TELLING: usize = 24;

/// True for base64 whose first bytes are those of a claim file or of another wrapper.
pub fn looks_encoded(text: &[u8]) -> bool {
    let letters: Vec<u8> =
        text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).take(2 * TELLING).collect();
    let is_letter = |letter: &u8| value(*letter).is_some() || *letter == b'=';
    if letters.len() < TELLING || !letters.iter().all(is_letter) {
        return false;
    }
    let mut first = Vec::new();
    let _ = Base64::new(&letters[..]).read_to_end(&mut first);
    let text = first.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&first).trim_ascii_start();
    let is_marked =
        text.starts_with(b"\x1f\x8b\x08") || text.starts_with(FIRST_BYTES) || text.starts_with(b"data:");
    is_marked || begins_a_document(text) || (text.len() >= TELLING && text.iter().all(is_letter))
}

/// True for letters of base64 and nothing else.
pub(super) fn is_encoded(text: &[u8]) -> bool {
    text.iter().all(|letter| value(*letter).is_some() || *letter == b'=' || letter.is_ascii_whitespace())
}

/// True for the first letters of XML or JSON: a code that happens to decode to `<` is followed by no text.
fn begins_a_document(text: &[u8]) -> bool {
    match mark(text) {
        EncodingMark::Utf8 => {}
        EncodingMark::Utf16Le => return text.iter().skip(3).step_by(2).take(3).all(|high| *high == 0),
        EncodingMark::Utf16Be => return text.iter().skip(2).step_by(2).take(3).all(|high| *high == 0),
    }
    let is_text = match std::str::from_utf8(text) {
        Ok(_) => true,
        // The last letter may be cut in two.
        Err(error) => error.error_len().is_none(),
    } && !text.iter().any(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace());
    is_text
        && match text {
            [b'<', b'?' | b'!' | b'a'..=b'z' | b'A'..=b'Z', ..] => true,
            [b'{' | b'[', rest @ ..] => matches!(rest.trim_ascii_start().first(), Some(b'"' | b'{')),
            _ => false,
        }
}

/// Six bits of a letter of base64, of either alphabet.
const fn value(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

/// Letters read of a group of four.
#[derive(Debug, Default, Clone, Copy)]
struct Group {
    bits: u32,
    letters: u8,
}

impl Group {
    /// Hands on the bytes of a group that ends, whole or not.
    fn end(&mut self, into: &mut Vec<u8>) {
        let bits = self.bits << (6 * (4 - u32::from(self.letters)));
        let bytes = usize::from(self.letters.saturating_sub(1));
        into.extend_from_slice(&bits.to_be_bytes()[1..=bytes]);
        *self = Group::default();
    }
}

/// Base64 decoded as it comes: either alphabet, blanks left out. Padding ends a text, another may follow.
pub(super) struct Base64<R> {
    inner: R,
    group: Group,
    ready: Vec<u8>,
    given: usize,
}

impl<R: BufRead> Base64<R> {
    pub(super) const fn new(inner: R) -> Base64<R> {
        Base64 { inner, group: Group { bits: 0, letters: 0 }, ready: Vec::new(), given: 0 }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.given = 0;
        while self.ready.is_empty() {
            let chunk = self.inner.fill_buf()?;
            if chunk.is_empty() {
                self.group.end(&mut self.ready);
                return Ok(());
            }
            for &byte in chunk {
                if byte.is_ascii_whitespace() {
                    continue;
                }
                if byte == b'=' {
                    self.group.end(&mut self.ready);
                    continue;
                }
                let Some(bits) = value(byte) else { return Err(io::Error::other(Stop::Encoding)) };
                self.group =
                    Group { bits: self.group.bits << 6 | u32::from(bits), letters: self.group.letters + 1 };
                if self.group.letters == 4 {
                    self.group.end(&mut self.ready);
                }
            }
            let used = chunk.len();
            self.inner.consume(used);
        }
        Ok(())
    }
}

impl<R: BufRead> BufRead for Base64<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.given == self.ready.len() {
            self.refill()?;
        }
        Ok(&self.ready[self.given..])
    }

    fn consume(&mut self, amount: usize) {
        self.given = (self.given + amount).min(self.ready.len());
    }
}

impl<R: BufRead> Read for Base64<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        read_buffered(self, into)
    }
}
