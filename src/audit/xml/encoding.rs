//! Bảng mã: UTF-8 with or without a mark, UTF-16 by its mark; what the declaration claims does not count.

use std::io::{self, BufRead, Read};

use super::buffered::read_buffered;

/// Chữ sau khi nhận bảng mã.
pub enum Text<'b> {
    /// UTF-8, without its mark.
    Utf8(&'b [u8]),
    /// UTF-16, transcoded; `None` when the bytes do not form it.
    Utf16(Option<String>),
}

/// The kind of text at the start of some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EncodingMark {
    /// UTF-8 or anything unmarked.
    Utf8,
    /// Low byte first.
    Utf16Le,
    /// High byte first.
    Utf16Be,
}

/// Looks at the first bytes.
pub fn mark(bytes: &[u8]) -> EncodingMark {
    match bytes {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => EncodingMark::Utf16Le,
        [0xFE, 0xFF, ..] | [0, b'<', ..] => EncodingMark::Utf16Be,
        _ => EncodingMark::Utf8,
    }
}

/// The text of some bytes.
pub fn sniff(bytes: &[u8]) -> Text<'_> {
    match mark(bytes) {
        EncodingMark::Utf8 => Text::Utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)),
        EncodingMark::Utf16Le => Text::Utf16(transcoded(bytes, u16::from_le_bytes)),
        EncodingMark::Utf16Be => Text::Utf16(transcoded(bytes, u16::from_be_bytes)),
    }
}

fn transcoded(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let letters = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    let text: String = letters.collect::<Result<String, _>>().ok()?;
    rest.is_empty().then(|| text.trim_start_matches('\u{feff}').to_owned())
}

/// Bộ chuyển UTF-16: hands a UTF-16 stream on as UTF-8, unit by unit; what is no letter becomes U+FFFD.
#[derive(Debug)]
pub struct Transcoder<R> {
    inner: R,
    unit: fn([u8; 2]) -> u16,
    /// The first half of a letter outside the basic plane.
    half: Option<u16>,
    ready: Vec<u8>,
    given: usize,
}

impl<R: BufRead> Transcoder<R> {
    /// Transcodes a stream with the given mark.
    ///
    /// # Errors
    /// Gives the stream back when it is UTF-8 already.
    pub fn new(inner: R, mark: EncodingMark) -> Result<Transcoder<R>, R> {
        let unit: fn([u8; 2]) -> u16 = match mark {
            EncodingMark::Utf8 => return Err(inner),
            EncodingMark::Utf16Le => u16::from_le_bytes,
            EncodingMark::Utf16Be => u16::from_be_bytes,
        };
        Ok(Transcoder { inner, unit, half: None, ready: Vec::new(), given: 0 })
    }

    fn refill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.given = 0;
        while self.ready.is_empty() {
            let mut block = Vec::with_capacity(BLOCK);
            (&mut self.inner).take(BLOCK as u64).read_to_end(&mut block)?;
            if block.is_empty() {
                return Ok(());
            }
            let units = block.as_chunks::<2>().0.iter().map(|pair| (self.unit)(*pair));
            let units = self.half.take().into_iter().chain(units).collect::<Vec<u16>>();
            let (whole, half) = match units.split_last() {
                Some((last, rest)) if (0xD800..0xDC00).contains(last) && block.len() == BLOCK => {
                    (rest, Some(*last))
                }
                _ => (&units[..], None),
            };
            self.half = half;
            for letter in char::decode_utf16(whole.iter().copied()) {
                let letter = letter.unwrap_or(char::REPLACEMENT_CHARACTER);
                self.ready.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        Ok(())
    }
}

/// Bytes transcoded at a time; even, so that no unit is torn.
const BLOCK: usize = 32 * 1024;

impl<R: BufRead> BufRead for Transcoder<R> {
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

impl<R: BufRead> Read for Transcoder<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        read_buffered(self, into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_utf_16_stream_is_handed_on_as_utf_8() {
        let text = "<a>đồng 𝄞</a>".repeat(10_000);
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut transcoder = Transcoder::new(&bytes[..], EncodingMark::Utf16Le).unwrap();
        let mut read = String::new();
        transcoder.read_to_string(&mut read).unwrap();
        assert_eq!(read, text);
    }

    #[test]
    fn marks_are_taken_off_and_utf_16_is_transcoded() {
        assert!(matches!(sniff(b"\xEF\xBB\xBF<a/>"), Text::Utf8(b"<a/>")));
        let le: Vec<u8> = "\u{feff}<a>đ</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "<a>đ</a>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(matches!(sniff(&le), Text::Utf16(Some(text)) if text == "<a>đ</a>"));
        assert!(matches!(sniff(&be), Text::Utf16(Some(text)) if text == "<a>đ</a>"));
        assert!(matches!(sniff(&le[..5]), Text::Utf16(None)));
    }
}
