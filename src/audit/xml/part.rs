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
use super::plain::read_plain;
use super::walk::{Walk, canonical, is_of_envelope, letter_of, local};
use crate::audit::record::RawClaim;
use crate::audit::source::base64_text::looks_encoded;
use crate::audit::source::wrapper::unwrap_part;

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
    let text = match simdutf8::basic::from_utf8(&text) {
        Ok(text) => Cow::Borrowed(text),
        // Amounts and codes are plain letters; only names and notes suffer. A replaced byte takes three.
        Err(_) if text.len() <= limits.heavy => String::from_utf8_lossy(&text),
        Err(_) => return Err(ReadError::Encoding),
    };
    if read_plain(&text, claim, limits) {
        return Ok(());
    }
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
    if is_of_envelope(name) { Err(ReadError::PartInsidePart { part }) } else { Ok(()) }
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

/// Whether the reader of plain parts leaves a text to the XML reader, or reads the same of it; the first is `None`.
#[doc(hidden)]
pub fn readers_agree(text: &str, limits: &ReadLimits) -> Option<bool> {
    let (mut quick, mut slow) = (RawClaim::default(), RawClaim::default());
    if !read_plain(text, &mut quick, limits) {
        return if quick.is_empty() && quick.faults.is_empty() { None } else { Some(false) };
    }
    let read = walk_part(text, PartName::default(), &mut slow, limits);
    // The memory of names is no part of what was read.
    quick.orders = std::mem::take(&mut slow.orders);
    Some(read.is_ok() && format!("{quick:?}") == format!("{slow:?}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::TestRunner;

    use super::*;

    /// What parts are made of, and what may spoil them.
    const PIECES: &[&str] = &[
        "<CHI_TIET_THUOC>",
        "</CHI_TIET_THUOC>",
        "<TONG_HOP>",
        "</TONG_HOP>",
        "<CHI_TIET_DVKT/>",
        "<DSACH>",
        "</DSACH>",
        "<SO_LUONG>2.5</SO_LUONG>",
        "<SO_LUONG>2,5</SO_LUONG>",
        "<MA_THUOC>40.17</MA_THUOC>",
        "<MA_THUOC/>",
        "<TEN_THUOC>Đường  glucose</TEN_THUOC>",
        "<NGAY_YL>202607010830</NGAY_YL>",
        "<T_BHTT>400.000</T_BHTT>",
        "<SO_LUONG>",
        "</SO_LUONG>",
        "1",
        " ",
        "\n",
        "x",
        "<A>",
        "</A>",
        "<X><Y>5</Y></X>",
        "<TEN><![CDATA[a<b]]></TEN>",
        "<MA_NHOM><![CDATA[4]]></MA_NHOM>",
        "<![CDATA[",
        "]]>",
        "&amp;",
        "<!-- n -->",
        "<a>",
        "</a>",
        "<B c='d'>",
        "</B>",
        "<p:A>1</p:A>",
        "<HOSO>",
        "</HOSO>",
        "<?xml version=\"1.0\"?>",
        "<?pi?>",
        "<",
        ">",
        "/>",
        "<1>",
        "</ A>",
        "</A >",
    ];

    fn texts() -> impl Strategy<Value = String> {
        let pieces = || proptest::collection::vec(0..PIECES.len(), 0..12);
        let joined = |pieces: &[usize]| pieces.iter().map(|at| PIECES[*at]).collect::<String>();
        // Fields that are sound, and then anything at all.
        let fields = || proptest::collection::vec(5..14_usize, 0..8);
        (fields(), fields(), pieces(), any::<bool>(), 0..4).prop_map(move |(one, two, any, declared, kind)| {
            let head = if declared { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" } else { "" };
            let (one, two, any) = (joined(&one), joined(&two), joined(&any));
            match kind {
                0 => format!("{head}<DSACH>\n<CHI_TIET_THUOC>{one}</CHI_TIET_THUOC><CHI_TIET_THUOC>{two}</CHI_TIET_THUOC></DSACH>"),
                1 => format!("{head}<TONG_HOP>{one}{any}{two}</TONG_HOP>"),
                2 => format!("{head}<L><CHI_TIET_DVKT>{one}</CHI_TIET_DVKT>{any}<CHI_TIET_DVKT>{two}</CHI_TIET_DVKT></L>{any}"),
                _ => format!("{head}{any}"),
            }
        })
    }

    #[test]
    fn the_reader_of_plain_parts_agrees_or_gives_up() {
        let read = std::cell::Cell::new(0);
        let mut runner = TestRunner::new(ProptestConfig::with_cases(20_000));
        let cases = (texts(), 1..4_usize, 2..5_usize);
        let found = runner.run(&cases, |(text, lines, depth)| {
            let agree = readers_agree(&text, &ReadLimits { depth, lines, ..ReadLimits::default() });
            prop_assert_ne!(agree, Some(false));
            read.set(read.get() + u32::from(agree.is_some()));
            Ok(())
        });
        found.expect("the readers disagree");
        assert!(read.get() > 1_000, "{} texts were plain", read.get());
    }

    #[test]
    fn plain_parts_are_read_and_others_left() {
        let limits = ReadLimits::default();
        let part =
            |inner: &str| format!("<?xml version=\"1.0\"?>\n<L>\n <TONG_HOP>{inner}</TONG_HOP>\n</L>\n");
        for inner in [
            "",
            "<MA_LK>1</MA_LK>",
            "<MA_LK/><X/>",
            "&lt;",
            "<MA_LK>a &amp; b &lt; c</MA_LK>",
            "<X><Y>1</Y></X>",
        ] {
            assert_eq!(readers_agree(&part(inner), &limits), Some(true), "{inner}");
        }
        for inner in [
            "<MA_LK>&#60;</MA_LK>",
            "<MA_LK>&nbsp;</MA_LK>",
            "<MA_LK><![CDATA[a & b]]></MA_LK>",
            "<!--x-->",
            "<MA_LK a='1'/>",
            "<ma_lk/>",
            "<p:MA_LK/>",
            "<HOSO/>",
            "<MA_LK>",
            "<TONG_HOP/>",
        ] {
            assert_eq!(readers_agree(&part(inner), &limits), None, "{inner}");
        }
    }
}
