//! Đi qua văn bản XML: depth, roots, entities and document types, the same for envelopes and parts.

use std::borrow::Cow;

use quick_xml::events::BytesRef;

use super::error::ReadError;
use super::limits::ReadLimits;

/// Where in the tree of elements the reader stands.
#[derive(Debug)]
pub(super) struct Walk {
    depth: usize,
    roots: usize,
    limit: usize,
}

impl Walk {
    pub fn new(limits: &ReadLimits) -> Walk {
        Walk { depth: 0, roots: 0, limit: limits.depth }
    }

    /// Another document begins in the same file.
    pub fn new_root(&mut self) {
        self.roots = 0;
    }

    /// An element opens; its depth is returned (the root has depth 1).
    pub fn open(&mut self) -> Result<usize, ReadError> {
        if self.depth == 0 {
            self.roots += 1;
            if self.roots > 1 {
                return Err(ReadError::TwoRoots);
            }
        }
        if self.depth >= self.limit {
            return Err(ReadError::Depth(self.limit));
        }
        self.depth += 1;
        Ok(self.depth)
    }

    /// Whether an element may open here.
    pub const fn has_room(&self) -> bool {
        self.depth < self.limit
    }

    /// An element closes; the depth it had been opened at is returned.
    pub fn close(&mut self) -> usize {
        let depth = self.depth;
        self.depth = self.depth.saturating_sub(1);
        depth
    }

    /// Depth of the innermost open element; 0 outside the root.
    pub const fn depth(&self) -> usize {
        self.depth
    }

    /// The end of the document: inside an element it is a broken one.
    pub fn finish(&self) -> Result<(), ReadError> {
        if self.depth > 0 { Err(ReadError::Truncated) } else { Ok(()) }
    }
}

/// The letter behind a reference: the five names of XML, or a number.
pub(super) fn letter_of(reference: &BytesRef<'_>) -> Result<char, ReadError> {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return Ok(letter);
    }
    match reference.xml10_content().as_ref() {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(ReadError::Entity),
    }
}

/// An element's name without its namespace prefix.
#[inline]
pub(super) fn local(name: &str) -> &str {
    // Names are short and prefixes rare: a plain look beats a search.
    match name.bytes().rposition(|byte| byte == b':') {
        None => name,
        Some(colon) => name.get(colon + 1..).unwrap_or(name),
    }
}

/// Whether a name is one of the envelope's own, which cannot stand in a part.
pub(super) fn is_of_envelope(name: &str) -> bool {
    matches!(name, "NOIDUNGFILE" | "HOSO" | "GIAMDINHHS")
}

/// A name in the capitals of the standard, as some exporters do not write it.
#[inline]
pub(super) fn canonical(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_lowercase()) {
        Cow::Owned(name.to_ascii_uppercase())
    } else {
        Cow::Borrowed(name)
    }
}
