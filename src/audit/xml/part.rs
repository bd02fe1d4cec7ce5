//! Đọc một phần: one decoded inner document, from bytes in memory to records.

use std::borrow::Cow;

use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::encoding::{self, Text};
use super::error::{PartName, ReadError};
use super::items::Items;
use super::limits::Limits;
use super::walk::{Walk, letter_of, local};
use crate::audit::record::RawClaim;

/// Reads the items of a decoded part into the claim. Bytes that are not UTF-8 inside texts are replaced.
///
/// # Errors
/// [`ReadError`] when the part is no well-formed XML within the limits.
pub fn read_part(
    bytes: &[u8],
    part: PartName,
    claim: &mut RawClaim,
    limits: &Limits,
) -> Result<(), ReadError> {
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
    walk_part(&text, part, claim, limits)
}

fn walk_part(text: &str, part: PartName, claim: &mut RawClaim, limits: &Limits) -> Result<(), ReadError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let mut walk = Walk::new(limits);
    let mut items = Items::default();
    loop {
        let at = reader.buffer_position();
        match reader.read_event().map_err(|error| part_error(&error, part, at))? {
            Event::Start(tag) => {
                let name = tag.name();
                let name = local(name.as_ref());
                refuse_envelope(name, part)?;
                let depth = walk.open()?;
                items.start(name, depth, claim)?;
            }
            Event::Empty(tag) => {
                let name = tag.name();
                let name = local(name.as_ref());
                refuse_envelope(name, part)?;
                let depth = walk.open()?;
                items.start(name, depth, claim)?;
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
