//! Một hồ sơ vừa đọc: the parts of one claim as they come out of the envelope.

use std::ops::Range;

use super::error::{PartName, ReadError};
use super::limits::ReadLimits;
use super::part::read_part;
use crate::audit::record::RawClaim;
use crate::audit::tag::FilePart;

/// Một hồ sơ vừa đọc: what one `HOSO` holds, its parts decoded but perhaps not yet read.
#[derive(Debug, Default)]
pub struct Bundle {
    /// Position of the claim in its file, from 1.
    pub number: u32,
    pub(super) raw: RawClaim,
    pub(super) bytes: Vec<u8>,
    pub(super) parts: Vec<(PartName, Range<usize>)>,
    /// Fingerprints of the tables met so far.
    pub(super) met: Vec<(FilePart, u64)>,
    /// Tables whose items stand in the envelope itself, and where their lines are.
    pub(super) inline: Vec<(FilePart, Range<usize>)>,
    pub(super) broken: Option<ReadError>,
}

impl Bundle {
    /// Reads the parts that were only decoded so far.
    ///
    /// # Errors
    /// The first thing that was wrong with this claim.
    pub fn read(&mut self, limits: &ReadLimits) -> Result<&RawClaim, ReadError> {
        if let Some(error) = self.broken.take() {
            return Err(error);
        }
        for (part, range) in std::mem::take(&mut self.parts) {
            read_part(self.bytes.get(range).unwrap_or_default(), part, &mut self.raw, limits)?;
        }
        if self.raw.summary.is_none() { Err(ReadError::NoSummary) } else { Ok(&self.raw) }
    }

    pub(super) fn clear(&mut self, limits: &ReadLimits) {
        self.raw.clear();
        self.raw.names = limits.names;
        self.parts.clear();
        self.met.clear();
        self.inline.clear();
        self.broken = None;
        self.bytes.clear();
        if self.bytes.capacity() > limits.heavy {
            self.bytes = Vec::new();
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.raw.is_empty() && self.parts.is_empty() && self.broken.is_none()
    }

    /// Notes that a table came; false when it is a copy of one that came before.
    pub(super) fn is_news(&mut self, part: PartName, print: u64) -> bool {
        // Two summaries are refused where they are read.
        let Some(table) = part.table().filter(|table| *table != FilePart::Summary) else { return true };
        let known = self.met.iter().find(|(met, _)| *met == table).map(|(_, known)| *known);
        match known {
            Some(known) => self.raw.repeated.push((table, known == print)),
            None => self.met.push((table, print)),
        }
        known != Some(print)
    }

    /// The end of a table in the envelope itself, whose lines start at `start`; a copy of an earlier one is dropped.
    pub(super) fn end_inline(&mut self, part: PartName, start: usize) {
        let lines = start..self.raw.lines.len();
        let Some(table) = part.table().filter(|table| *table != FilePart::Summary && !lines.is_empty())
        else {
            return;
        };
        let earlier = self.inline.iter().find(|(met, _)| *met == table).map(|(_, lines)| lines.clone());
        match earlier {
            Some(earlier) => {
                let same = self.raw.are_alike(earlier, lines);
                self.raw.repeated.push((table, same));
                if same {
                    self.raw.drop_lines_from(start);
                }
            }
            None => self.inline.push((table, lines)),
        }
    }

    pub(super) fn fail(&mut self, error: ReadError) {
        self.broken.get_or_insert(error);
    }
}
