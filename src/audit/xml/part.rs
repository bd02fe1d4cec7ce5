//! Đọc một phần: one decoded inner document, from bytes in memory to records.

use std::borrow::Cow;

use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::bare::opens;
use super::encoding::{self, Text};
use super::error::{PartName, ReadError};
use super::items::Items;
use super::limits::ReadLimits;
use super::walk::{Walk, canonical, letter_of, local};
use crate::audit::record::RawClaim;
use crate::audit::source::wrapper::{looks_encoded, unwrap_part};

/// Reads the items of a decoded part into the claim. Bytes that are not UTF-8 inside texts are replaced.
///
/// # Errors
/// [`ReadError`] when the part is no well-formed XML within the limits.
pub fn read_part(
    bytes: &[u8],
    part: PartName,
    claim: &mut RawClaim,
    limits: &ReadLimits,
) -> Result<(), ReadError> {
    // A part may be packed once more: gzip, or base64 in base64.
    let packed = bytes.starts_with(b"\x1f\x8b")
        || (!bytes.trim_ascii_start().starts_with(b"<") && looks_encoded(bytes));
    let unpacked = if packed {
        let limit = limits.part;
        unwrap_part(bytes, limit).map_err(|error| match ReadError::of(&error) {
            ReadError::FileTooLarge(_) => ReadError::PartTooLarge { part, limit },
            ReadError::Base64 { .. } => ReadError::Base64 { part },
            _ => ReadError::PartNotXml { part },
        })?
    } else {
        Vec::new()
    };
    let bytes = if packed { &unpacked } else { bytes };
    let text: Cow<'_, [u8]> = match encoding::sniff(bytes) {
        Text::Utf8(text) => Cow::Borrowed(text),
        Text::Utf16(text) => Cow::Owned(text.ok_or(ReadError::Encoding)?.into_bytes()),
    };
    if memchr::memchr(0, &text).is_some() {
        return Err(ReadError::Nul);
    }
    match text.trim_ascii_start().first() {
        None => return Ok(()),
        Some(b'<') => {}
        Some(_) => return Err(ReadError::PartNotXml { part }),
    }
    let text = match std::str::from_utf8(&text) {
        Ok(text) => Cow::Borrowed(text),
        // Amounts and codes are plain letters; only names and notes suffer. A replaced byte takes three.
        Err(_) if text.len() <= limits.heavy => String::from_utf8_lossy(&text),
        Err(_) => return Err(ReadError::Encoding),
    };
    let before = claim.mark();
    match walk_part(&text, part, claim, limits) {
        Err(error @ (ReadError::PartSyntax { .. } | ReadError::Truncated)) if text.len() <= limits.heavy => {
            let Some(mended) = mended(&text) else { return Err(error) };
            claim.rewind(&before);
            walk_part(&mended, part, claim, limits).map_err(|_| error)
        }
        outcome => outcome,
    }
}

/// `SpO2 < 90` inside a text: a mark that opens no element is written as the standard would have it. `None` where
/// there is none.
fn mended(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let tail = &rest.as_bytes()[at + 1..];
        // An element's own mark closes before the next one opens: `Ca<Mg` does not.
        let closes = || matches!(memchr::memchr2(b'<', b'>', tail), Some(end) if tail[end] == b'>');
        let opens =
            tail.first().is_some_and(|next| opens(*next) && (matches!(next, b'!' | b'?') || closes()));
        out.push_str(&rest[..at]);
        out.push_str(if opens { "<" } else { "&lt;" });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    (out.len() != text.len()).then_some(out)
}

fn walk_part(text: &str, part: PartName, claim: &mut RawClaim, limits: &ReadLimits) -> Result<(), ReadError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let mut walk = Walk::new(limits);
    let mut items = Items::default();
    loop {
        let at = reader.buffer_position();
        match reader.read_event().map_err(|error| part_error(&error, part, at))? {
            Event::Start(tag) => {
                let name = tag.name();
                let name = canonical(local(name.as_ref()));
                refuse_envelope(&name, part)?;
                let depth = walk.open()?;
                items.start(&name, depth, claim)?;
            }
            Event::Empty(tag) => {
                let name = tag.name();
                let name = canonical(local(name.as_ref()));
                refuse_envelope(&name, part)?;
                let depth = walk.open()?;
                items.start(&name, depth, claim)?;
                items.end(walk.close(), claim, limits)?;
            }
            Event::End(_) => items.end(walk.close(), claim, limits)?,
            Event::Text(text) if items.wants_text() => items.text(&text.into_inner()),
            Event::CData(text) if items.wants_text() => items.text(&text.into_inner()),
            Event::GeneralRef(reference) => {
                let letter = letter_of(&reference)?;
                items.text(letter.encode_utf8(&mut [0; 4]));
            }
            Event::DocType(_) => return Err(ReadError::Doctype),
            Event::Eof => return walk.finish(),
            Event::Text(_) | Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
        }
    }
}

/// A part must not hold the envelope's own elements: nothing is decoded twice.
fn refuse_envelope(name: &str, part: PartName) -> Result<(), ReadError> {
    if matches!(name, "NOIDUNGFILE" | "HOSO" | "GIAMDINHHS") {
        Err(ReadError::PartInsidePart { part })
    } else {
        Ok(())
    }
}

fn part_error(error: &Error, part: PartName, at: u64) -> ReadError {
    match error {
        Error::IllFormed(IllFormedError::MissingEndTag(_)) => ReadError::Truncated,
        Error::Syntax(SyntaxError::UnclosedDoctype) => ReadError::Doctype,
        Error::Syntax(error) if *error != SyntaxError::InvalidBangMarkup => ReadError::Truncated,
        Error::Encoding(_) => ReadError::Encoding,
        _ => ReadError::PartSyntax { part, at },
    }
}
