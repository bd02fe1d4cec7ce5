//! Phong bì: the envelope `GIAMDINHHS` read as a stream, one claim (`HOSO`) at a time.
//!
//! The bulk of the parts never passes through the XML reader: base64 is decoded block by block as it arrives.
//! Items may also stand in the envelope itself (inline XML, or a bare inner document): they are found by name.

use std::borrow::Cow;
use std::io::BufRead;
use std::sync::{Mutex, MutexGuard, PoisonError};

use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use twox_hash::XxHash3_64;

use super::bare::Bare;
use super::bulk::{self, BulkTarget};
use super::bundle::Bundle;
use super::error::{PartName, ReadError, io_error};
use super::items::Items;
use super::limits::ReadLimits;
use super::metered::Metered;
use super::part::read_part;
use super::walk::{Walk, canonical, letter_of, local};
use crate::audit::source::xml_text::unescaped;

/// Những gì phong bì nói về mình: facts about the file as a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EnvelopeFacts {
    /// `SOLUONGHOSO` as declared.
    pub declared_claims: Option<u32>,
    /// Whether a digital signature (`CHUKYDONVI`) is there; it is not verified.
    pub signed: bool,
    /// Claims met so far.
    pub claims: u32,
}

/// Bộ đọc phong bì.
pub struct Envelope<'g, R> {
    reader: Reader<Metered<Bare<R>>>,
    limits: ReadLimits,
    walk: Walk,
    items: Items,
    buffer: Vec<u8>,
    /// Depth of the open `HOSO`, 0 outside one.
    claim_depth: usize,
    /// Text of the element being read, where it is wanted.
    word: Option<String>,
    kind: PartName,
    /// MACSKCB.
    sender: String,
    content: Content,
    facts: EnvelopeFacts,
    gate: &'g Mutex<()>,
    guard: Option<MutexGuard<'g, ()>>,
    /// A notice of check-in was met, which holds no costs.
    check_in: bool,
    done: bool,
}

/// What stands inside the open `NOIDUNGFILE`.
#[derive(Debug, PartialEq, Eq)]
enum Content {
    /// No `NOIDUNGFILE` is open.
    Outside,
    /// Open at this depth, with text collected so far (escaped XML, or base64 after a comment), and the lines that
    /// the claim had before.
    Inside { depth: usize, text: String, lines: usize },
}

impl<'g, R: BufRead> Envelope<'g, R> {
    /// A reader over one file; heavy claims wait for `gate`, so that only one is in memory at a time.
    pub fn new(input: R, limits: ReadLimits, gate: &'g Mutex<()>) -> Envelope<'g, R> {
        let mut reader = Reader::from_reader(Metered::new(Bare::new(input), limits.file));
        reader.config_mut().allow_dangling_amp = true;
        Envelope {
            reader,
            limits,
            walk: Walk::new(&limits),
            items: Items::default(),
            buffer: Vec::new(),
            claim_depth: 0,
            word: None,
            kind: PartName::default(),
            sender: String::new(),
            content: Content::Outside,
            facts: EnvelopeFacts::default(),
            gate,
            guard: None,
            check_in: false,
            done: false,
        }
    }

    /// What the envelope said about itself so far.
    pub const fn facts(&self) -> EnvelopeFacts {
        self.facts
    }

    /// Bytes read so far.
    pub fn bytes_read(&mut self) -> u64 {
        self.reader.get_mut().read
    }

    /// Reads the next claim; false at the end of the file.
    ///
    /// # Errors
    /// [`ReadError`] when the file cannot be read on. A claim that alone is broken is no error here:
    /// [`Bundle::read`] says so, and the next one follows.
    pub fn next(&mut self, bundle: &mut Bundle) -> Result<bool, ReadError> {
        self.guard = None;
        bundle.clear(&self.limits);
        self.items.clear();
        if self.done {
            return Ok(false);
        }
        let outcome = self.advance(bundle);
        self.done = !matches!(outcome, Ok(true)) || self.done;
        if outcome == Ok(true) {
            self.facts.claims += 1;
            bundle.number = self.facts.claims;
        }
        outcome
    }

    fn advance(&mut self, bundle: &mut Bundle) -> Result<bool, ReadError> {
        loop {
            match self.step(bundle)? {
                Step::On => {}
                Step::Claim => return Ok(true),
                Step::End => {
                    self.done = true;
                    self.walk.finish()?;
                    // A bare inner document, without HOSO, is one claim.
                    return match (bundle.is_empty(), self.facts.claims) {
                        (false, _) => Ok(true),
                        (true, 0) => Err(self.nothing()),
                        (true, _) => Ok(false),
                    };
                }
            }
        }
    }

    fn nothing(&mut self) -> ReadError {
        if self.check_in {
            return ReadError::CheckIn;
        }
        if self.bytes_read() == 0 { ReadError::Empty } else { ReadError::NoClaims }
    }

    fn step(&mut self, bundle: &mut Bundle) -> Result<Step, ReadError> {
        self.buffer.clear();
        let mut buffer = std::mem::take(&mut self.buffer);
        self.reader.get_mut().allow(self.limits.markup);
        let at = self.reader.buffer_position();
        let event = self.reader.read_event_into(&mut buffer).map_err(|error| self.explain(&error, at))?;
        let step = match event {
            Event::Start(tag) => {
                let name = tag.name();
                self.open(&canonical(local(name.as_ref())), bundle)?
            }
            Event::Empty(tag) => {
                let name = tag.name();
                let name = canonical(local(name.as_ref()));
                self.open_empty(&name, bundle)?;
                self.close(&name, bundle)?
            }
            Event::End(tag) => {
                let name = tag.name();
                self.close(&canonical(local(name.as_ref())), bundle)?
            }
            Event::Text(text) => self.text(&text.into_inner(), bundle)?,
            Event::CData(text) => self.text(&text.into_inner(), bundle)?,
            Event::GeneralRef(reference) => {
                let letter = letter_of(&reference)?;
                self.text(letter.encode_utf8(&mut [0; 4]), bundle)?
            }
            Event::DocType(_) => return Err(ReadError::Doctype),
            Event::Eof => Step::End,
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => Step::On,
        };
        self.buffer = buffer;
        Ok(step)
    }

    fn open(&mut self, name: &str, bundle: &mut Bundle) -> Result<Step, ReadError> {
        self.open_empty(name, bundle)?;
        if name == "NOIDUNGFILE" {
            self.read_content(bundle)?;
        }
        Ok(Step::On)
    }

    fn open_empty(&mut self, name: &str, bundle: &mut Bundle) -> Result<(), ReadError> {
        // Months put one after another in one file: each has a root of its own.
        if self.walk.depth() == 0 && matches!(name, "GIAMDINHHS" | "HOSO") {
            self.walk.new_root();
        }
        let depth = self.walk.open()?;
        match name {
            "CHI_TIEU_TRANG_THAI_KCB" => self.check_in = true,
            "HOSO" if self.claim_depth == 0 => {
                self.claim_depth = depth;
                bundle.raw.sender.clone_from(&self.sender);
            }
            "HOSO" | "GIAMDINHHS" if self.content != Content::Outside => {
                bundle.fail(ReadError::PartInsidePart { part: self.kind });
            }
            "FILEHOSO" => self.kind = PartName::default(),
            "LOAIHOSO" | "SOLUONGHOSO" | "MACSKCB" => self.word = Some(String::new()),
            "NOIDUNGFILE" if self.content == Content::Outside => {
                let lines = bundle.raw.lines.len();
                self.content = Content::Inside { depth, text: String::new(), lines };
            }
            "NOIDUNGFILE" => bundle.fail(ReadError::PartInsidePart { part: self.kind }),
            "CHUKYDONVI" => self.facts.signed = true,
            _ => self.items.start(name, depth, &mut bundle.raw).unwrap_or_else(|error| bundle.fail(error)),
        }
        Ok(())
    }

    #[expect(clippy::unnecessary_wraps, reason = "one signature for every event of the reader")]
    fn close(&mut self, name: &str, bundle: &mut Bundle) -> Result<Step, ReadError> {
        let depth = self.walk.close();
        self.items.end(depth, &mut bundle.raw, &self.limits).unwrap_or_else(|error| bundle.fail(error));
        match name {
            "LOAIHOSO" => self.kind = PartName::of(&self.word.take().unwrap_or_default()),
            "SOLUONGHOSO" => {
                let declared: Option<u32> = self.word.take().and_then(|text| text.trim().parse().ok());
                let more =
                    declared.map(|declared| declared.saturating_add(self.facts.declared_claims.unwrap_or(0)));
                self.facts.declared_claims = more.or(self.facts.declared_claims);
            }
            "MACSKCB" => self.sender = self.word.take().unwrap_or_default(),
            "NOIDUNGFILE" => self.end_content(depth, bundle),
            "HOSO" if depth == self.claim_depth => {
                self.claim_depth = 0;
                return Ok(Step::Claim);
            }
            _ => {}
        }
        Ok(Step::On)
    }

    fn text(&mut self, text: &str, bundle: &mut Bundle) -> Result<Step, ReadError> {
        if self.walk.depth() == 0 && !text.trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']).is_empty() {
            return Err(if self.facts == EnvelopeFacts::default() {
                ReadError::NotXml
            } else {
                ReadError::TwoRoots
            });
        }
        let limit = self.limits.part;
        if let Some(word) = &mut self.word {
            word.push_str(text);
        } else if self.items.wants_text() {
            self.items.text(text);
        } else if let Content::Inside { depth, text: content, .. } = &mut self.content
            && self.walk.depth() == *depth
        {
            content.push_str(text);
            if content.len() > limit {
                bundle.fail(ReadError::PartTooLarge { part: self.kind, limit });
                content.clear();
            }
        }
        Ok(Step::On)
    }

    /// Reads past the XML reader: base64, or a CDATA section; everything else is left to the events.
    fn read_content(&mut self, bundle: &mut Bundle) -> Result<(), ReadError> {
        let part = self.kind;
        let start = bundle.bytes.len();
        let (gate, guard, limits) = (self.gate, &mut self.guard, self.limits);
        let mut heavy = || {
            guard.get_or_insert_with(|| gate.lock().unwrap_or_else(PoisonError::into_inner));
        };
        self.reader.get_mut().allow(u64::MAX);
        let mut stream = self.reader.stream();
        let first = first_letter(&mut stream)?;
        let mut target = BulkTarget {
            bytes: &mut bundle.bytes,
            limit: limits.part,
            heavy: &mut heavy,
            usual: limits.heavy,
            part,
        };
        let outcome = match first {
            None | Some(b'&') => return Ok(()),
            Some(b'<') if starts_cdata(&mut stream)? => {
                let mut letters = Vec::new();
                let mut raw = BulkTarget { bytes: &mut letters, ..target };
                bulk::read_cdata(&mut stream, &mut raw).and_then(|()| {
                    let mut target = BulkTarget {
                        bytes: &mut bundle.bytes,
                        limit: limits.part,
                        heavy: &mut heavy,
                        usual: limits.heavy,
                        part,
                    };
                    unpack(&letters, &mut target)
                })
            }
            Some(b'<') => return Ok(()),
            Some(_) if part.is_without_money() => skip_to_markup(&mut stream),
            Some(_) => bulk::read_base64(&mut stream, b'<', &mut target),
        };
        match outcome {
            Ok(()) => {
                self.keep_part(part, start, bundle);
                Ok(())
            }
            Err(
                error @ (ReadError::Base64 { .. }
                | ReadError::PartNotXml { .. }
                | ReadError::PartTooLarge { .. }),
            ) => {
                bundle.bytes.truncate(start);
                bundle.fail(error);
                // What is left of the part is skipped, so that the next claim can be read.
                self.reader.get_mut().allow(u64::MAX);
                skip_to_markup(&mut self.reader.stream())
            }
            Err(error) => Err(error),
        }
    }

    /// Keeps the decoded bytes from `start` on for later, or reads them at once when they are many.
    fn keep_part(&mut self, part: PartName, start: usize, bundle: &mut Bundle) {
        let range = start..bundle.bytes.len();
        if range.is_empty() || part.is_without_money() {
            bundle.bytes.truncate(start);
            return;
        }
        let print = XxHash3_64::oneshot(bundle.bytes.get(range.clone()).unwrap_or_default());
        if !bundle.is_news(part, print) {
            bundle.bytes.truncate(start);
            return;
        }
        if bundle.bytes.len() <= self.limits.heavy {
            bundle.parts.push((part, range));
            return;
        }
        let bytes = std::mem::take(&mut bundle.bytes);
        if let Some(decoded) = bytes.get(range)
            && let Err(error) = read_part(decoded, part, &mut bundle.raw, &self.limits)
        {
            bundle.fail(error);
        }
        bundle.bytes = bytes;
        bundle.bytes.truncate(start);
    }

    /// The end of a `NOIDUNGFILE`: text that was collected from events is a part too.
    fn end_content(&mut self, depth: usize, bundle: &mut Bundle) {
        let Content::Inside { depth: opened, text, lines } = &mut self.content else { return };
        let lines = *lines;
        if *opened != depth {
            return;
        }
        let text = std::mem::take(text);
        self.content = Content::Outside;
        let part = self.kind;
        bundle.end_inline(part, lines);
        if text.trim().is_empty() || part.is_without_money() {
            return;
        }
        let start = bundle.bytes.len();
        let mut ignore = || {};
        let mut target = BulkTarget {
            bytes: &mut bundle.bytes,
            limit: self.limits.part,
            heavy: &mut ignore,
            usual: self.limits.heavy,
            part,
        };
        match unpack(text.as_bytes(), &mut target) {
            Ok(()) => self.keep_part(part, start, bundle),
            Err(error) => bundle.fail(error),
        }
    }

    fn explain(&mut self, error: &Error, at: u64) -> ReadError {
        if self.reader.get_mut().saw_nul() {
            return ReadError::Nul;
        }
        match error {
            Error::Io(error) => match io_error(error) {
                ReadError::TooLong(_) => ReadError::TooLong(self.limits.markup),
                ReadError::FileTooLarge(_) => ReadError::FileTooLarge(self.limits.file),
                other => other,
            },
            Error::IllFormed(IllFormedError::MissingEndTag(_)) => ReadError::Truncated,
            Error::Syntax(
                SyntaxError::UnclosedTag
                | SyntaxError::UnclosedCData
                | SyntaxError::UnclosedComment
                | SyntaxError::UnclosedPI
                | SyntaxError::UnclosedXmlDecl
                | SyntaxError::UnclosedSingleQuotedAttributeValue
                | SyntaxError::UnclosedDoubleQuotedAttributeValue,
            ) => ReadError::Truncated,
            Error::Syntax(SyntaxError::UnclosedDoctype) => ReadError::Doctype,
            Error::Encoding(_) => ReadError::Encoding,
            _ => ReadError::Syntax(at),
        }
    }
}

/// What an event led to.
enum Step {
    On,
    Claim,
    End,
}

/// Escapings of a part that are undone at most, beside that of the envelope.
const MOST_ESCAPINGS: usize = 3;

/// XML as it stands, escaped once more or not; anything else as base64.
fn unpack(text: &[u8], target: &mut BulkTarget<'_>) -> Result<(), ReadError> {
    let mut text = Cow::Borrowed(bare_text(text));
    for _ in 0..MOST_ESCAPINGS {
        if !text.starts_with(b"&") {
            break;
        }
        text = Cow::Owned(bare_text(&unescaped(&text).map_err(|error| io_error(&error))?).to_vec());
    }
    if text.starts_with(b"<") {
        target.bytes.extend_from_slice(&text);
        Ok(())
    } else {
        bulk::decode_text(&text, target)
    }
}

/// A text without the blanks and the mark around it.
fn bare_text(text: &[u8]) -> &[u8] {
    let text = text.trim_ascii();
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)
}

/// The first letter that is no blank, left unread.
fn first_letter(input: &mut impl BufRead) -> Result<Option<u8>, ReadError> {
    loop {
        let chunk = input.fill_buf().map_err(|error| io_error(&error))?;
        if chunk.is_empty() {
            return Ok(None);
        }
        let blanks = chunk.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let first = chunk.get(blanks).copied();
        input.consume(blanks);
        if first.is_some() {
            return Ok(first);
        }
    }
}

/// Consumes `<![CDATA[` if it comes next.
///
/// The test needs nine bytes at once; at the border of the reader's block they may lie apart, and then the
/// section is read as an event like any other text.
fn starts_cdata(input: &mut impl BufRead) -> Result<bool, ReadError> {
    const OPENING: &[u8] = b"<![CDATA[";
    let chunk = input.fill_buf().map_err(|error| io_error(&error))?;
    let found = chunk.starts_with(OPENING);
    if found {
        input.consume(OPENING.len());
    }
    Ok(found)
}

fn skip_to_markup(input: &mut impl BufRead) -> Result<(), ReadError> {
    loop {
        let chunk = input.fill_buf().map_err(|error| io_error(&error))?;
        if chunk.is_empty() {
            return Ok(());
        }
        if let Some(at) = memchr::memchr(b'<', chunk) {
            input.consume(at);
            return Ok(());
        }
        let all = chunk.len();
        input.consume(all);
    }
}
