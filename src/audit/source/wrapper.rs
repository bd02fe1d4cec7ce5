//! Vỏ bọc của tệp: gzip, base64 of the whole file, the portal's JSON or SOAP around it, taken off as a stream.
//!
//! A wrapper is told by its first bytes, never by the name of the file. Layers are counted, what a gzip layer gives is
//! bounded by what it took, and no JSON or XML tree is built, however deep the wrapper nests.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use memchr::memmem;

use crate::audit::xml::metered::Stop;

/// Layers taken off at most.
const MOST_LAYERS: usize = 4;

/// Bytes in which a wrapper must show itself.
const HEAD: usize = 64 * 1024;

/// Bytes that may always come out of a gzip layer, and how many times its own size above them.
const FLOOR: u64 = 64 << 20;
const RATIO: u64 = 200;

/// The field in which the portal takes a whole file in base64.
const PORTAL_FIELD: &[u8] = b"filehsbase64";

/// First bytes of a zip archive.
const ARCHIVE: &[u8] = b"PK\x03\x04";

/// What may stand around base64 in XML.
const CDATA: &[u8] = b"<![CDATA[";

/// How it ends.
const DIGITS: &[u8] = b"64";

/// Letters of base64 by which a bare one is told.
const TELLING: usize = 24;

/// What stands around a claim file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrapper {
    Gzip,
    /// Base64 from this place on, up to this byte, or to the end.
    Base64(usize, Option<u8>),
}

/// Bóc vỏ: the claim file inside its wrappers, read as it comes.
///
/// # Errors
/// What reading the first bytes of a layer gives.
pub fn unwrapped<'i>(input: &'i mut dyn BufRead) -> io::Result<Box<dyn BufRead + 'i>> {
    let mut input: Box<dyn BufRead + 'i> = Box::new(input);
    for layer in 0..=MOST_LAYERS {
        let head = head(input.as_mut())?;
        let wrapper = wrapper(&head);
        if layer == MOST_LAYERS && wrapper.is_some() {
            return Err(io::Error::other(Stop::Wrapped));
        }
        let is_archive = head.starts_with(ARCHIVE);
        let whole: Box<dyn BufRead + 'i> = Box::new(io::Cursor::new(head).chain(input));
        input = match wrapper {
            // An archive is read where it lies, never from inside a wrapper.
            None if layer > 0 && is_archive => return Err(io::Error::other(Stop::Archive)),
            None => return Ok(whole),
            Some(Wrapper::Gzip) => Box::new(BufReader::with_capacity(HEAD, Gzip::new(whole))),
            Some(Wrapper::Base64(skip, end)) => {
                let mut whole = whole;
                io::copy(&mut whole.as_mut().take(skip as u64), &mut io::sink())?;
                Box::new(BufReader::with_capacity(HEAD, Base64::new(whole, end)))
            }
        };
    }
    Ok(input)
}

/// The first bytes of a stream, as many as a wrapper may need to show itself.
fn head(input: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    let first = input.fill_buf()?;
    // The usual file begins with markup and shows at once that it has no wrapper.
    let plain =
        first.trim_ascii_start().starts_with(b"<") && portal_field(&first[..first.len().min(HEAD)]).is_none();
    if plain && first.len() >= TELLING {
        return Ok(Vec::new());
    }
    let mut head = Vec::new();
    input.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

fn wrapper(head: &[u8]) -> Option<Wrapper> {
    if head.starts_with(b"\x1f\x8b") {
        return Some(Wrapper::Gzip);
    }
    let mark = head.len() - head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).len();
    let text = &head[mark..];
    let blanks = text.len() - text.trim_ascii_start().len();
    let start = mark + blanks;
    let text = &head[start..];
    match text.first()? {
        b'{' | b'[' => {
            let field = portal_field(text)? + PORTAL_FIELD.len();
            let rest = &text[field..];
            let colon = rest.iter().position(|byte| *byte == b':')?;
            let quote = rest[colon..].iter().position(|byte| *byte == b'"')? + colon;
            Some(Wrapper::Base64(start + field + quote + 1, Some(b'"')))
        }
        b'"' => Some(Wrapper::Base64(start + 1, Some(b'"'))),
        b'<' => {
            let field = portal_field(text)?;
            let close = text[field..].iter().position(|byte| *byte == b'>')?;
            let at = field + close + 1;
            let rest = text[at..].trim_ascii_start();
            if rest.starts_with(CDATA) {
                return Some(Wrapper::Base64(start + text.len() - rest.len() + CDATA.len(), Some(b']')));
            }
            Some(Wrapper::Base64(start + at, Some(b'<')))
        }
        _ if text.starts_with(b"data:") => {
            let comma = text.iter().take(256).position(|byte| *byte == b',')?;
            Some(Wrapper::Base64(start + comma + 1, None))
        }
        _ => looks_encoded(text).then_some(Wrapper::Base64(start, None)),
    }
}

/// Where the portal's field stands, in whatever case. Its digits have none, and seldom stand together.
fn portal_field(text: &[u8]) -> Option<usize> {
    memmem::find_iter(text, DIGITS).find_map(|at| {
        let end = at + DIGITS.len();
        let start = end.checked_sub(PORTAL_FIELD.len())?;
        text[start..end].eq_ignore_ascii_case(PORTAL_FIELD).then_some(start)
    })
}

/// True for base64 whose first bytes are those of a claim file or of another wrapper.
pub fn looks_encoded(text: &[u8]) -> bool {
    let letters: Vec<u8> =
        text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).take(2 * TELLING).collect();
    if letters.len() < TELLING || !letters.iter().all(|letter| value(*letter).is_some() || *letter == b'=') {
        return false;
    }
    let mut first = Vec::new();
    let _ = Base64::new(&letters[..], None).read_to_end(&mut first);
    let text = first.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&first).trim_ascii_start();
    let markup = text.starts_with(b"<") || text.starts_with(b"{") || text.starts_with(b"\xFF\xFE<");
    markup
        || text.starts_with(b"\x1f\x8b")
        || text.starts_with(ARCHIVE)
        || text.starts_with(b"data:")
        || (text.len() >= TELLING && text.iter().all(|letter| value(*letter).is_some()))
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
    escaped: bool,
}

/// Base64 decoded as it comes: either alphabet, blanks and JSON escapes left out, up to a closing byte.
struct Base64<R> {
    inner: R,
    end: Option<u8>,
    group: Group,
    done: bool,
    /// The closing byte was read; padding comes before it.
    closed: bool,
}

impl<R: BufRead> Base64<R> {
    const fn new(inner: R, end: Option<u8>) -> Base64<R> {
        Base64 {
            inner,
            end,
            group: Group { bits: 0, letters: 0, escaped: false },
            done: false,
            closed: false,
        }
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.inner.fill_buf()?.first().copied();
        self.inner.consume(usize::from(byte.is_some()));
        Ok(byte)
    }

    fn skip_past(&mut self, wanted: u8) -> io::Result<bool> {
        for _ in 0..HEAD {
            match self.byte()? {
                None => return Ok(false),
                Some(byte) if byte == wanted => return Ok(true),
                Some(_) => {}
            }
        }
        Ok(false)
    }

    /// Nhiều tệp trong một gói của cổng: goes on to the next file of the document, if one follows soon.
    fn next_file(&mut self) -> io::Result<bool> {
        let Some(end) = self.end else { return Ok(false) };
        if !self.closed && !self.skip_past(end)? {
            return Ok(false);
        }
        let (mut last, mut closing) = (end, false);
        let mut letters: Vec<u8> = Vec::with_capacity(PORTAL_FIELD.len() + 1);
        for _ in 0..HEAD {
            let Some(byte) = self.byte()? else { return Ok(false) };
            closing = (closing || (last == b'<' && byte == b'/')) && byte != b'>';
            last = byte;
            letters.push(byte.to_ascii_lowercase());
            if letters.len() > PORTAL_FIELD.len() {
                letters.remove(0);
            }
            if letters == PORTAL_FIELD && !closing {
                let found = match end {
                    b'<' => self.skip_past(b'>')?,
                    // `<![CDATA[` after the name.
                    b']' => self.skip_past(b'>')? && self.skip_past(b'[')? && self.skip_past(b'[')?,
                    _ => self.skip_past(b':')? && self.skip_past(b'"')?,
                };
                (self.group, self.closed, self.done) = (Group::default(), false, false);
                return Ok(found);
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> Read for Base64<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let written = self.read_one(into)?;
        if written > 0 || into.len() < 3 || !self.done {
            return Ok(written);
        }
        if self.next_file()? {
            self.read(into)
        } else {
            self.end = None;
            Ok(0)
        }
    }
}

impl<R: BufRead> Base64<R> {
    fn read_one(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut written = 0;
        // A group gives three bytes at most.
        while !self.done && written + 3 <= into.len() {
            let chunk = self.inner.fill_buf()?;
            if chunk.is_empty() {
                self.done = true;
                break;
            }
            let mut used = 0;
            for &byte in chunk {
                if written + 3 > into.len() {
                    break;
                }
                used += 1;
                let escape = self.group.escaped;
                self.group.escaped = byte == b'\\' && !escape;
                if byte == b'\\'
                    || byte.is_ascii_whitespace()
                    || (escape && matches!(byte, b'n' | b'r' | b't'))
                {
                    continue;
                }
                if Some(byte) == self.end || byte == b'=' {
                    self.closed = Some(byte) == self.end;
                    self.done = true;
                    break;
                }
                let Some(bits) = value(byte) else {
                    return Err(io::Error::other(Stop::Encoding));
                };
                self.group.bits = self.group.bits << 6 | u32::from(bits);
                self.group.letters += 1;
                if self.group.letters == 4 {
                    into[written..written + 3].copy_from_slice(&self.group.bits.to_be_bytes()[1..]);
                    written += 3;
                    self.group = Group::default();
                }
            }
            self.inner.consume(used);
        }
        if self.done && self.group.letters > 1 && written + 3 <= into.len() {
            let letters = self.group.letters;
            let bits = self.group.bits << (6 * (4 - u32::from(letters)));
            let bytes = usize::from(letters) - 1;
            into[written..written + bytes].copy_from_slice(&bits.to_be_bytes()[1..=bytes]);
            written += bytes;
            self.group = Group::default();
        }
        Ok(written)
    }
}

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
struct Gzip<R> {
    inner: MultiGzDecoder<Counted<R>>,
    taken: Rc<Cell<u64>>,
    given: u64,
}

impl<R: BufRead> Gzip<R> {
    fn new(inner: R) -> Gzip<R> {
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

/// A part inside other wrappers, of which nothing but a bounded text is left.
///
/// # Errors
/// What taking a layer off gives, or a text beyond `limit`.
pub fn unwrap_part(bytes: &[u8], limit: usize) -> io::Result<Vec<u8>> {
    let mut input = bytes;
    let mut text = Vec::new();
    let mut reader = unwrapped(&mut input)?;
    reader.as_mut().take(limit as u64 + 1).read_to_end(&mut text)?;
    if text.len() > limit { Err(io::Error::other(Stop::File)) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<u8> {
        unwrap_part(bytes, 1 << 20).unwrap()
    }

    const FILE: &[u8] = b"<?xml version=\"1.0\"?><GIAMDINHHS><A>x</A></GIAMDINHHS>";
    const CODED: &str = "PD94bWwgdmVyc2lvbj0iMS4wIj8+PEdJQU1ESU5ISFM+PEE+eDwvQT48L0dJQU1ESU5ISFM+";

    #[test]
    fn wrappers_are_told_by_their_first_bytes() {
        for text in [
            CODED.to_owned(),
            format!("  \n{}", CODED.replace('+', "-").replace('/', "_")),
            format!("data:text/xml;base64,{CODED}"),
            format!("{{\"a\":1,\"fileHSBase64\": \"{}\"}}", CODED.replace('/', "\\/")),
            format!("<s:Envelope><fileHSBase64>{CODED}</fileHSBase64></s:Envelope>"),
            format!("\"{CODED}\""),
        ] {
            assert_eq!(read(text.as_bytes()), FILE, "{text}");
        }
        let (json, soap) = (
            format!("{{\"fileHSBase64\":\"{CODED}\"}}"),
            format!("<a><b:fileHSBase64>{CODED}</b:fileHSBase64></a>"),
        );
        for two in [format!("[{json}, {json}]"), format!("<r>{soap}{soap}</r>")] {
            assert_eq!(read(two.as_bytes()), [FILE, FILE].concat(), "{two}");
        }
        assert_eq!(read(FILE), FILE);
    }

    #[test]
    fn a_nest_of_wrappers_ends() {
        use base64::Engine;
        let mut text = FILE.to_vec();
        for layer in 1..=12 {
            text = base64::engine::general_purpose::STANDARD.encode(&text).into_bytes();
            assert_eq!(unwrap_part(&text, 1 << 20).is_ok(), layer <= MOST_LAYERS, "{layer}");
        }
    }

    #[test]
    fn base64_in_cdata_is_read_file_after_file() {
        let one = format!("<a:fileHSBase64><![CDATA[{CODED}]]></a:fileHSBase64>");
        assert_eq!(read(format!("<r>{one}</r>").as_bytes()), FILE);
        assert_eq!(read(format!("<r>{one}{one}</r>").as_bytes()), [FILE, FILE].concat());
    }
}
