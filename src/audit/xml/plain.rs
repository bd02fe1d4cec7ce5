//! Phần viết phẳng: a part that holds nothing but elements and text, as exporters write them, read in one pass.
//!
//! Whatever else stands in a part (references, comments, attributes, prefixes, small letters, anything ill-formed) is left
//! to the XML reader: nothing is kept then, and no error is told from here.

use memchr::{memchr, memmem};

use super::field_order::FieldOrder;
use super::items::Items;
use super::limits::ReadLimits;
use super::walk::{Walk, is_of_envelope};
use crate::audit::record::RawClaim;

/// Reads the items of a plain part into the claim; false, with the claim as it was, where the part is not plain.
pub(super) fn read_plain(text: &str, claim: &mut RawClaim, limits: &ReadLimits) -> bool {
    if memchr(b'&', text.as_bytes()).is_some() {
        return false;
    }
    let before = claim.mark();
    let mut orders = std::mem::take(&mut claim.orders);
    let is_read = walk_plain(text, claim, &mut orders, limits).is_some();
    claim.orders = orders;
    if !is_read {
        claim.rewind(&before);
    }
    is_read
}

fn walk_plain(
    text: &str,
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
        items.text(text.get(at..mark)?);
        if bytes.get(mark + 1) == Some(&b'/') {
            at = closing(bytes, mark, open.pop()?)?;
            items.end(walk.close(), claim, limits).ok()?;
            continue;
        }
        let depth = walk.open().ok()?;
        let part = items.part_with_fields_at(depth);
        // Nearly every field is the one that the item before had in its place: compared, not taken apart.
        if let Some((name, tag)) = part.and_then(|part| orders[part as usize].expected(place))
            && let Some((value, end)) = known_element(text, mark, name)
        {
            place += 1;
            items.field(tag, value, claim);
            walk.close();
            at = end;
            continue;
        }
        let Element { name, value, end } = Element::at(text, mark)?;
        match (value, part) {
            (Some(value), Some(part)) => {
                let tag = orders[part as usize].field(place, name).ok()?;
                place += 1;
                items.field(tag, value, claim);
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
                        items.text(value);
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
            [b'/', b'>', ..] => return Some(Element { name, value: Some(""), end: after + 2 }),
            _ => return None,
        }
        let inside = after + 1;
        if let Some(section) = bytes[inside..].strip_prefix(CDATA) {
            let length = memmem::find(section, CDATA_END)?;
            let from = inside + CDATA.len();
            let end = closing(bytes, from + length + CDATA_END.len(), name)?;
            return Some(Element { name, value: text.get(from..from + length), end });
        }
        let close = next_mark(bytes, inside)?;
        match closing(bytes, close, name) {
            Some(end) => Some(Element { name, value: text.get(inside..close), end }),
            None => Some(Element { name, value: None, end: inside }),
        }
    }
}

/// The text of an element of this name that holds text alone, and the place behind it.
#[inline]
fn known_element<'t>(text: &'t str, mark: usize, name: &str) -> Option<(&'t str, usize)> {
    let inside = mark + name.len() + 2;
    let bytes = text.as_bytes();
    let opening = bytes.get(mark + 1..inside)?;
    if opening.last() != Some(&b'>') || !opening.starts_with(name.as_bytes()) {
        return None;
    }
    let close = next_mark(bytes, inside)?;
    let end = closing(bytes, close, name)?;
    Some((text.get(inside..close)?, end))
}

const CDATA: &[u8] = b"<![CDATA[";
const CDATA_END: &[u8] = b"]]>";

/// Where the next tag begins; most follow at once.
#[inline]
fn next_mark(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    if rest.first() == Some(&b'<') { Some(at) } else { memchr(b'<', rest).map(|found| at + found) }
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
