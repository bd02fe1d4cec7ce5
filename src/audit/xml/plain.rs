//! Phần viết phẳng: a part that holds nothing but elements and text, as exporters write them, read in one pass.
//!
//! The five named references are read here too. Whatever else stands in a part (other references, comments, attributes, prefixes, small letters, anything ill-formed) is left
//! to the XML reader: nothing is kept then, and no error is told from here.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memmem};

use super::field_order::FieldOrder;
use super::items::Items;
use super::limits::ReadLimits;
use super::walk::{Walk, is_of_envelope};
use crate::audit::record::RawClaim;

/// Reads the items of a plain part into the claim; false, with the claim as it was, where the part is not plain.
pub(super) fn read_plain(text: &str, claim: &mut RawClaim, limits: &ReadLimits) -> bool {
    let has_references = memchr(b'&', text.as_bytes()).is_some();
    if has_references && !has_only_named(text) {
        return false;
    }
    let before = claim.mark();
    let mut orders = std::mem::take(&mut claim.orders);
    let values = Values { has_references };
    let is_read = walk_plain(text, values, claim, &mut orders, limits).is_some();
    claim.orders = orders;
    if !is_read {
        claim.rewind(&before);
    }
    is_read
}

/// Names of references that stand for one letter each.
const NAMED: [(&str, &str); 5] = [("amp;", "&"), ("lt;", "<"), ("gt;", ">"), ("quot;", "\""), ("apos;", "'")];

/// Whether every mark of a reference begins one of the five named ones.
fn has_only_named(text: &str) -> bool {
    memchr_iter(b'&', text.as_bytes()).all(|at| {
        let rest = text.get(at + 1..).unwrap_or_default();
        NAMED.iter().any(|(name, _)| rest.starts_with(name))
    })
}

/// Texts of elements as they are meant.
#[derive(Clone, Copy)]
struct Values {
    has_references: bool,
}

impl Values {
    /// A text with the letters that its references stand for.
    #[inline]
    fn meant(self, text: &str) -> Cow<'_, str> {
        if self.has_references && memchr(b'&', text.as_bytes()).is_some() {
            resolved(text)
        } else {
            Cow::Borrowed(text)
        }
    }
}

#[cold]
fn resolved(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let named = NAMED.iter().find_map(|(name, letter)| Some((letter, part.strip_prefix(name)?)));
        // Every reference of the part was seen to be one of them.
        let (letter, rest) = named.unwrap_or((&"&", part));
        out.push_str(letter);
        out.push_str(rest);
    }
    Cow::Owned(out)
}

fn walk_plain(
    text: &str,
    values: Values,
    claim: &mut RawClaim,
    orders: &mut [FieldOrder; 3],
    limits: &ReadLimits,
) -> Option<()> {
    let bytes = text.as_bytes();
    let mut walk = Walk::new(limits);
    let mut items = Items::default();
    let mut open: Vec<&str> = Vec::new();
    let mut place = 0;
    let mut at = if text.starts_with("<?xml ") { text.find("?>")? + 2 } else { 0 };
    while let Some(mark) = next_mark(bytes, at) {
        if items.wants_text() {
            items.text(&values.meant(text.get(at..mark)?));
        }
        if bytes.get(mark + 1) == Some(&b'/') {
            at = closing(bytes, mark, open.pop()?)?;
            items.end(walk.close(), claim, limits).ok()?;
            continue;
        }
        let part = items.part_with_fields_at(walk.depth() + 1).filter(|_| walk.has_room());
        // Nearly every field is the one that the item before had in its place: compared, not taken apart.
        if let Some((closing, tag)) = part.and_then(|part| orders[part as usize].expected(place))
            && let Some((value, end)) = known_element(text, mark, closing)
        {
            place += 1;
            if values.has_references {
                items.field(tag, &values.meant(value), claim);
            } else {
                items.field(tag, value, claim);
            }
            at = end;
            continue;
        }
        let depth = walk.open().ok()?;
        let Element { name, value, is_literal, end } = Element::at(text, mark)?;
        let value = value.map(|value| if is_literal { Cow::Borrowed(value) } else { values.meant(value) });
        match (value, part) {
            (Some(value), Some(part)) => {
                let tag = orders[part as usize].field(place, name).ok()?;
                place += 1;
                items.field(tag, &value, claim);
                walk.close();
            }
            (value, None | Some(_)) => {
                let was_open = items.is_open();
                items.start(name, depth, claim).ok()?;
                if items.is_open() && !was_open {
                    place = 0;
                }
                match value {
                    Some(value) => {
                        items.text(&value);
                        items.end(walk.close(), claim, limits).ok()?;
                    }
                    None => open.push(name),
                }
            }
        }
        at = end;
    }
    open.is_empty().then_some(())
}

/// An element that opens, with its text where it holds nothing else.
struct Element<'t> {
    name: &'t str,
    value: Option<&'t str>,
    /// Whether marks of references in the value are letters.
    is_literal: bool,
    /// Behind its closing mark, or behind its opening one where it holds more.
    end: usize,
}

impl<'t> Element<'t> {
    /// The element whose mark stands here.
    fn at(text: &'t str, mark: usize) -> Option<Element<'t>> {
        let bytes = text.as_bytes();
        let start = mark + 1;
        let length = bytes.get(start..)?.iter().position(|byte| !is_of_name(*byte))?;
        let name = text.get(start..start + length)?;
        if length == 0 || is_of_envelope(name) {
            return None;
        }
        let after = start + length;
        match bytes.get(after..)? {
            [b'>', ..] => {}
            [b'/', b'>', ..] => {
                return Some(Element { name, value: Some(""), is_literal: true, end: after + 2 });
            }
            _ => return None,
        }
        let inside = after + 1;
        if let Some(section) = bytes[inside..].strip_prefix(CDATA) {
            let length = memmem::find(section, CDATA_END)?;
            let from = inside + CDATA.len();
            let end = closing(bytes, from + length + CDATA_END.len(), name)?;
            return Some(Element { name, value: text.get(from..from + length), is_literal: true, end });
        }
        let close = next_mark(bytes, inside)?;
        match closing(bytes, close, name) {
            Some(end) => Some(Element { name, value: text.get(inside..close), is_literal: false, end }),
            None => Some(Element { name, value: None, is_literal: false, end: inside }),
        }
    }
}

/// The text of an element that this tag closes, where it holds text alone, and the place behind it.
#[inline]
fn known_element<'t>(text: &'t str, mark: usize, closing: &[u8]) -> Option<(&'t str, usize)> {
    let bytes = text.as_bytes();
    // The opening tag is the closing one without its slash.
    let opening = closing.get(2..)?;
    let inside = mark + 1 + opening.len();
    if !is_same(bytes.get(mark + 1..inside)?, opening) {
        return None;
    }
    let close = next_mark(bytes, inside)?;
    let end = close + closing.len();
    is_same(bytes.get(close..end)?, closing).then_some((text.get(inside..close)?, end))
}

/// Whether two short texts are the same: both ends of them, of four to sixteen bytes each, are looked at at once.
#[expect(clippy::inline_always, reason = "twice a field, and a call costs as much as the look")]
#[inline(always)]
fn is_same(one: &[u8], other: &[u8]) -> bool {
    let long = || Some(ends::<16>(one)? == ends::<16>(other)?);
    let middle = || Some(ends::<8>(one)? == ends::<8>(other)?);
    let short = || Some(ends::<4>(one)? == ends::<4>(other)?);
    one.len() == other.len()
        && match one.len() {
            4..8 => short().unwrap_or(false),
            8..=16 => middle().unwrap_or(false),
            17..=32 => long().unwrap_or(false),
            _ => one == other,
        }
}

/// The first and the last bytes of a text, which may overlap.
#[inline]
fn ends<const LENGTH: usize>(text: &[u8]) -> Option<(&[u8; LENGTH], &[u8; LENGTH])> {
    Some((text.first_chunk()?, text.last_chunk()?))
}

const CDATA: &[u8] = b"<![CDATA[";
const CDATA_END: &[u8] = b"]]>";

/// Where the next tag begins: looked for in words of eight bytes at first, since most texts are short.
#[inline(always)]
fn next_mark(bytes: &[u8], at: usize) -> Option<usize> {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const MARKS: u64 = u64::from_le_bytes([b'<'; 8]);
    let mut from = at;
    for _ in 0..4 {
        let Some(word) = bytes.get(from..)?.first_chunk() else { break };
        let word = u64::from_le_bytes(*word) ^ MARKS;
        // The lowest byte that is nothing sets its highest bit, whatever those above it do.
        let found = word.wrapping_sub(ONES) & !word & ONES << 7;
        if found != 0 {
            return Some(from + found.trailing_zeros() as usize / 8);
        }
        from += 8;
    }
    memchr(b'<', bytes.get(from..)?).map(|found| from + found)
}

/// Behind `</name>`, if that is what stands at a mark.
#[inline]
fn closing(bytes: &[u8], mark: usize, name: &str) -> Option<usize> {
    let after = bytes.get(mark..)?.strip_prefix(b"</")?.strip_prefix(name.as_bytes())?;
    (after.first() == Some(&b'>')).then(|| bytes.len() - after.len() + 1)
}

/// Letters of the names of the standards.
#[inline]
fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn texts_are_the_same_where_every_byte_is() {
        let text: Vec<u8> = (0..80).collect();
        for length in 0..=text.len() {
            assert!(is_same(&text[..length], &text.clone()[..length]), "{length}");
            assert!(!is_same(&text[..length], &text[..length.saturating_sub(1)]) || length == 0, "{length}");
            for at in 0..length {
                let mut other = text[..length].to_vec();
                other[at] ^= 1 << (at % 8);
                assert!(!is_same(&text[..length], &other), "{length} {at}");
            }
        }
    }
}
