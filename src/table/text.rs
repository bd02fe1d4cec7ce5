//! Văn bản của bảng: encodings found and turned into UTF-8, separators found.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use super::as_io;
use crate::terms::fold::fold;
use crate::terms::problem::{Code, Problem};

/// Mã hóa của văn bản.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-16, low byte first: what older Windows tools write.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Vietnamese Windows text; its letters come apart and are composed again.
    Windows1258,
    /// Western Windows text; never guessed.
    Windows1252,
}

impl Encoding {
    /// The name as people write it.
    pub const fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Windows1258 => "Windows-1258",
            Encoding::Windows1252 => "Windows-1252",
        }
    }

    /// The encoding with a name.
    pub fn parse(text: &str) -> Option<Encoding> {
        match fold(text).replace('-', "").as_str() {
            "utf8" => Some(Encoding::Utf8),
            "utf16" | "utf16le" => Some(Encoding::Utf16Le),
            "utf16be" => Some(Encoding::Utf16Be),
            "windows1258" | "cp1258" | "1258" => Some(Encoding::Windows1258),
            "windows1252" | "cp1252" | "1252" => Some(Encoding::Windows1252),
            _ => None,
        }
    }

    /// The encoding that the first bytes show, and how many of them are its mark.
    pub fn detect(head: &[u8]) -> (Encoding, usize) {
        match head {
            [0xef, 0xbb, 0xbf, ..] => return (Encoding::Utf8, 3),
            [0xff, 0xfe, ..] => return (Encoding::Utf16Le, 2),
            [0xfe, 0xff, ..] => return (Encoding::Utf16Be, 2),
            _ => {}
        }
        // Text in Latin letters has a zero in every other byte of UTF-16.
        let sample = &head[..head.len().min(4096)];
        let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
        let half = sample.len() / 2;
        if half >= 4 && zeros(1) * 2 > half && zeros(0) * 8 < half {
            return (Encoding::Utf16Le, 0);
        }
        if half >= 4 && zeros(0) * 2 > half && zeros(1) * 8 < half {
            return (Encoding::Utf16Be, 0);
        }
        match std::str::from_utf8(head) {
            Ok(_) => (Encoding::Utf8, 0),
            // A letter that the end of the sample cuts in two is no mistake.
            Err(error) if error.error_len().is_none() => (Encoding::Utf8, 0),
            Err(_) => (Encoding::Windows1258, 0),
        }
    }
}

/// Giải mã: bytes of another encoding as UTF-8.
pub struct Decoded<R> {
    inner: R,
    decoder: Decoder,
    name: &'static str,
    compose: bool,
    raw: Vec<u8>,
    /// Decoded and not yet composed: text after the last line end.
    pending: String,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    /// A reader that gives UTF-8.
    ///
    /// # Errors
    /// The reader itself, for text that is UTF-8 already.
    pub fn new(inner: R, encoding: Encoding) -> Result<Decoded<R>, R> {
        let decoder = match encoding {
            Encoding::Utf8 => return Err(inner),
            Encoding::Utf16Le => UTF_16LE.new_decoder_without_bom_handling(),
            Encoding::Utf16Be => UTF_16BE.new_decoder_without_bom_handling(),
            Encoding::Windows1258 => WINDOWS_1258.new_decoder_without_bom_handling(),
            Encoding::Windows1252 => WINDOWS_1252.new_decoder_without_bom_handling(),
        };
        Ok(Decoded {
            inner,
            decoder,
            name: encoding.name(),
            compose: encoding == Encoding::Windows1258,
            raw: vec![0; 64 * 1024],
            pending: String::new(),
            ready: Vec::new(),
            given: 0,
            ended: false,
        })
    }

    /// Decodes the next piece of input.
    fn refill(&mut self) -> io::Result<()> {
        let read = self.inner.read(&mut self.raw)?;
        self.ended = read == 0;
        let mut rest = &self.raw[..read];
        loop {
            self.pending.reserve(rest.len() * 3 + 16);
            let (result, used, malformed) =
                self.decoder.decode_to_string(rest, &mut self.pending, self.ended);
            if malformed {
                return Err(as_io(Problem::new(Code::CellEncoding).with("encoding", self.name)));
            }
            rest = &rest[used..];
            if result == CoderResult::InputEmpty {
                break;
            }
        }
        // Marks compose with the letter before them, never across a line end.
        let whole =
            if self.ended { self.pending.len() } else { self.pending.rfind('\n').map_or(0, |at| at + 1) };
        let long = self.pending.len() > 1024 * 1024;
        let whole = if whole == 0 && long { self.pending.len() } else { whole };
        self.ready.clear();
        self.given = 0;
        if self.compose {
            self.ready.extend(self.pending[..whole].nfc().collect::<String>().as_bytes());
        } else {
            self.ready.extend(&self.pending.as_bytes()[..whole]);
        }
        self.pending.drain(..whole);
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            if self.ended {
                return Ok(0);
            }
            self.refill()?;
        }
        let count = out.len().min(self.ready.len() - self.given);
        out[..count].copy_from_slice(&self.ready[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

/// Text whose lines end in carriage returns alone, with line feeds instead.
pub struct LineFeeds<R>(pub R);

impl<R: Read> Read for LineFeeds<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(out)?;
        for byte in out[..count].iter_mut().filter(|byte| **byte == b'\r') {
            *byte = b'\n';
        }
        Ok(count)
    }
}

/// Separators that tables use, the most usual first.
pub const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Those of them that a text has, and the first that it has not, in their order: without a mark of its kind every row is one
/// cell, whichever mark that is.
pub fn separators_in(text: &[u8]) -> Vec<u8> {
    let mut has_absent = false;
    let tells = |separator: &u8| {
        let is_absent = memchr::memchr(*separator, text).is_none();
        !(is_absent && std::mem::replace(&mut has_absent, true))
    };
    SEPARATORS.into_iter().filter(tells).collect()
}

/// The separator with a name: itself, or `tab`.
pub fn separator(text: &str) -> Option<u8> {
    match text {
        "tab" | "\\t" | "\t" => Some(b'\t'),
        _ => match text.as_bytes() {
            [byte]
                if byte.is_ascii_graphic()
                    && !byte.is_ascii_alphanumeric()
                    && !matches!(byte, b'"' | b'.' | b'-') =>
            {
                Some(*byte)
            }
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_a_text_has_not_are_all_alike() {
        assert_eq!(separators_in(b"a,b"), b",;");
        assert_eq!(separators_in(b"a"), b",");
        assert_eq!(separators_in(b"a|b;c"), b",;|");
        assert_eq!(separators_in(b"a,b;c\td|e"), SEPARATORS);
    }

    #[test]
    fn encodings_are_told_by_mark_by_zeros_and_by_what_utf_8_is_not() {
        let utf16: Vec<u8> = "group,months\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(Encoding::detect("\u{feff}group".as_bytes()), (Encoding::Utf8, 3));
        assert_eq!(Encoding::detect(&utf16), (Encoding::Utf16Le, 0));
        assert_eq!(Encoding::detect("nhóm".as_bytes()), (Encoding::Utf8, 0));
        assert_eq!(Encoding::detect(&"nhóm".as_bytes()[..3]), (Encoding::Utf8, 0));
        assert_eq!(Encoding::detect(b"\xd0\xec\xa0i t\xfd\xf2ng"), (Encoding::Windows1258, 0));
    }

    #[test]
    fn windows_1258_comes_out_composed() {
        // "Đối tượng" with the tone marks of 1258 standing after their letters.
        let bytes = b"\xd0\xf4\xeci t\xfd\xf5\xf2ng\n";
        let mut text = String::new();
        let Ok(mut reader) = Decoded::new(&bytes[..], Encoding::Windows1258) else { panic!("a decoder") };
        reader.read_to_string(&mut text).expect("readable text");
        assert_eq!(text, "Đối tượng\n");
    }
}
