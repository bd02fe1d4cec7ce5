//! Bộ gom mục: turns the elements of a document into records, finding items by name and not by depth.

use super::error::ReadError;
use super::limits::ReadLimits;
use crate::audit::record::{RawClaim, Record};
use crate::audit::tag::{FilePart, Tag};

/// The item being read, and the field within it.
#[derive(Debug, Default)]
pub(super) struct Items {
    open: Option<(Record, usize)>,
    field: Option<Tag>,
    text: String,
}

impl Items {
    /// Forgets an item that was left open.
    pub fn clear(&mut self) {
        self.open = None;
        self.field = None;
    }

    /// An element opens at a depth (the root has depth 1).
    pub fn start(&mut self, name: &str, depth: usize, claim: &mut RawClaim) -> Result<(), ReadError> {
        match &self.open {
            Some((_, item)) if depth == item + 1 => {
                self.field = Tag::of(name);
                self.text.clear();
                if self.field.is_none() && FilePart::of_item(name).is_some() {
                    return Err(ReadError::NestedItem);
                }
            }
            Some(_) => {}
            None => {
                if let Some(part) = FilePart::of_item(name) {
                    self.open = Some((claim.record(part), depth));
                }
            }
        }
        Ok(())
    }

    /// True inside an item.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The part of the open item, where elements of this depth are its fields.
    #[inline]
    pub fn part_with_fields_at(&self, depth: usize) -> Option<FilePart> {
        self.open.as_ref().filter(|(_, item)| depth == item + 1).map(|(record, _)| record.part)
    }

    /// A field of the open item that holds nothing but text.
    #[inline]
    pub fn field(&mut self, tag: Option<Tag>, text: &str, claim: &mut RawClaim) {
        if let (Some((record, _)), Some(tag)) = (&mut self.open, tag) {
            claim.keep(record, tag, text);
        }
    }

    /// True when the text that follows is wanted.
    pub fn wants_text(&self) -> bool {
        self.field.is_some()
    }

    /// Text of an element.
    pub fn text(&mut self, text: &str) {
        if self.field.is_some() {
            self.text.push_str(text);
        }
    }

    /// An element closes that had been opened at this depth.
    pub fn end(&mut self, depth: usize, claim: &mut RawClaim, limits: &ReadLimits) -> Result<(), ReadError> {
        let Some((record, item)) = &mut self.open else { return Ok(()) };
        if depth == *item + 1 {
            if let Some(tag) = self.field.take() {
                claim.keep(record, tag, &self.text);
            }
        } else if depth == *item
            && let Some((record, _)) = self.open.take()
        {
            return keep_record(record, claim, limits);
        }
        Ok(())
    }
}

fn keep_record(record: Record, claim: &mut RawClaim, limits: &ReadLimits) -> Result<(), ReadError> {
    match record.part {
        FilePart::Summary if claim.summary.is_some() => return Err(ReadError::TwoSummaries),
        FilePart::Summary => claim.summary = Some(record),
        FilePart::Drugs | FilePart::Services if claim.lines.len() >= limits.lines => {
            return Err(ReadError::TooManyLines(limits.lines));
        }
        FilePart::Drugs | FilePart::Services => claim.lines.push(record),
    }
    Ok(())
}
