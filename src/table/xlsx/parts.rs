//! Các phần của một tệp Excel: measured before anything is taken into memory.

use std::fs::File;
use std::io::{BufReader, Read};

use super::damaged;
use super::soundness::Soundness;
use super::tags::{attribute, elements};
use crate::table::merged::MergedCells;
use crate::terms::problem::{Code, Problem};

/// Bytes to which the parts of a workbook may unfold, together.
const MOST_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// How many times its packed size a part may unfold to, beyond the floor below.
const MOST_RATIO: u64 = 200;
/// Below this a part may unfold as it likes.
const FLOOR: u64 = 64 * 1024 * 1024;
/// Bytes of the shared texts, which are held in memory.
const MOST_TEXTS: u64 = 192 * 1024 * 1024;
/// Parts of a workbook.
const MOST_PARTS: usize = 10_000;
/// Merged ranges of a sheet; more than any real one has.
const MOST_MERGED: usize = 500_000;

/// What measuring the parts of a workbook found.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Merged ranges by part.
    merged: Vec<(String, Vec<MergedCells>)>,
    /// Hidden rows by part.
    hidden: Vec<(String, Vec<u32>)>,
    workbook: String,
    relations: String,
}

/// Unfolds every part once, within limits, before anything is taken into memory.
pub(super) fn measure(file: File) -> Result<Parts, Problem> {
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(damaged("too many parts"));
    }
    let mut parts = Parts::default();
    let mut total = 0_u64;
    let mut buffer = vec![0; 64 * 1024];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.into_owned();
        let packed = part.compressed_size();
        let limit = if name.to_lowercase().ends_with("sharedstrings.xml") { MOST_TEXTS } else { MOST_BYTES };
        let limit = limit.min(FLOOR.max(packed.saturating_mul(MOST_RATIO)));
        let is_sheet = name.starts_with("xl/worksheets/");
        let keep = matches!(name.as_str(), "xl/workbook.xml" | "xl/_rels/workbook.xml.rels");
        let (mut size, mut kept, mut scanner) = (0_u64, Vec::new(), MergeScanner::default());
        let mut soundness = Soundness::default();
        loop {
            let read = part.read(&mut buffer).map_err(damaged)?;
            if read == 0 {
                break;
            }
            size += read as u64;
            total += read as u64;
            if size > limit || total > MOST_BYTES {
                let shown = format!("> {} MiB", limit.min(MOST_BYTES) / (1024 * 1024));
                return Err(Problem::new(Code::WorkbookTooLarge).with("part", name).with("detail", shown));
            }
            if is_sheet {
                scanner.scan(&buffer[..read]);
                soundness.scan(&buffer[..read]);
            }
            if keep && kept.len() < 1024 * 1024 {
                kept.extend_from_slice(&buffer[..read]);
            }
        }
        if let Some(damage) = soundness.damage {
            return Err(damaged(format!("{name}: {}", damage.detail())));
        }
        if scanner.found.len() >= MOST_MERGED {
            return Err(damaged("too many merged cells"));
        }
        if is_sheet && !scanner.found.is_empty() {
            parts.merged.push((name.clone(), scanner.found));
        }
        if !soundness.hidden.is_empty() {
            parts.hidden.push((name.clone(), soundness.hidden));
        }
        let kept = String::from_utf8_lossy(&kept).into_owned();
        match name.as_str() {
            "xl/workbook.xml" => parts.workbook = kept,
            "xl/_rels/workbook.xml.rels" => parts.relations = kept,
            _ => {}
        }
    }
    Ok(parts)
}

impl Parts {
    /// Merged ranges of the sheet with an index. Where its part cannot be told, those of all sheets.
    pub(super) fn merged_of(&self, index: usize) -> Vec<MergedCells> {
        let part = self.part_of(index);
        let mine = self.merged.iter().filter(|(name, _)| part.as_ref().is_none_or(|part| name == part));
        mine.flat_map(|(_, merged)| merged.iter().copied()).collect()
    }

    /// Hidden rows of the sheet with an index that hold something; none where its part cannot be told.
    pub(super) fn hidden_of(&self, index: usize) -> Vec<u32> {
        let part = self.part_of(index);
        let mine = self.hidden.iter().find(|(name, _)| Some(name) == part.as_ref());
        mine.map(|(_, rows)| rows.clone()).unwrap_or_default()
    }

    fn part_of(&self, index: usize) -> Option<String> {
        let sheet = elements(&self.workbook, "sheet").nth(index)?;
        let id = attribute(sheet, "id", true)?;
        let relation = elements(&self.relations, "Relationship")
            .find(|found| attribute(found, "Id", false) == Some(id))?;
        let target = attribute(relation, "Target", false)?;
        Some(match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("xl/{target}"),
        })
    }
}

/// Finds merged ranges in the text of a sheet as it streams by.
#[derive(Debug, Default)]
struct MergeScanner {
    tail: Vec<u8>,
    found: Vec<MergedCells>,
}

impl MergeScanner {
    fn scan(&mut self, bytes: &[u8]) {
        const MARK: &[u8] = b"mergeCell ";
        const LONGEST: usize = 128;
        self.tail.extend_from_slice(bytes);
        let mut at = 0;
        while let Some(found) = memchr::memmem::find(&self.tail[at..], MARK) {
            let start = at + found + MARK.len();
            let Some(end) = memchr::memchr(b'>', &self.tail[start..]) else {
                at += found;
                break;
            };
            let element = String::from_utf8_lossy(&self.tail[start..start + end]).into_owned();
            if self.found.len() < MOST_MERGED {
                self.found.extend(attribute(&element, "ref", false).and_then(MergedCells::parse));
            }
            at = start + end;
        }
        // What may be the start of a mark stays for the next piece.
        let keep = self.tail.len().saturating_sub(LONGEST).max(at);
        self.tail.drain(..keep);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_ranges_are_found_across_pieces() {
        let text = b"<sheetData/><mergeCells count=\"2\"><mergeCell ref=\"A2:A5\"/><x:mergeCell  ref='C1:D1' /></mergeCells>";
        for size in [1, 7, 30, 200] {
            let mut scanner = MergeScanner::default();
            text.chunks(size).for_each(|piece| scanner.scan(piece));
            assert_eq!(scanner.found.len(), 2, "{size}");
            assert_eq!(scanner.found[0].name(), "A2:A5");
        }
    }

    #[test]
    fn the_part_of_a_sheet_is_found_through_its_relation() {
        let parts = Parts {
            merged: Vec::new(),
            hidden: Vec::new(),
            workbook: r#"<workbook><sheets><sheet name="A > b" sheetId="1" r:id="rId7"/><sheet name="B" sheetId="2" d:id="rId8"/></sheets>"#
                .to_owned(),
            relations: r#"<Relationships><Relationship Id="rId8" Target="/xl/worksheets/sheet9.xml"/><Relationship Target="worksheets/sheet1.xml" Id="rId7"/>"#
                .to_owned(),
        };
        assert_eq!(parts.part_of(1).as_deref(), Some("xl/worksheets/sheet9.xml"));
    }
}
