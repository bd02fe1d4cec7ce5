//! Ghi dấu: how far a run came, beside its output, so that a killed run can go on.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Trouble;
use super::batch::tally::{BatchTally, MOST_NOTES, MOST_SUMS, Rejections, UnsaidPlaces};
use super::part_file::own;
use crate::terms::problem::{Code, Problem};

/// Where and how often to note how far a run came.
#[derive(Debug, Clone)]
pub struct Checkpoint {
    /// The side-car file.
    pub path: PathBuf,
    /// What a run must agree on to go on with another's work.
    pub identity: Vec<(String, String)>,
    /// Every so many rows instead of every two seconds.
    pub every_rows: Option<u64>,
}

/// What was noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// What the run agreed on: names and values.
    pub identity: Vec<(String, String)>,
    /// Blocks done.
    pub blocks: u64,
    /// Bytes of input done.
    pub position: u64,
    /// Fingerprint of them.
    pub fingerprint: u64,
    /// Bytes of output.
    pub output: u64,
    /// Bytes of rejected rows.
    pub rejects: u64,
    /// What became of the rows.
    pub tally: BatchTally,
}

/// The file as written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    schema: String,
    identity: Vec<(String, String)>,
    blocks: u64,
    position: u64,
    fingerprint: String,
    output: u64,
    rejects: u64,
    rows: u64,
    valid: u64,
    rejected: u64,
    blank: u64,
    sums: Vec<String>,
    warnings: BTreeMap<String, u64>,
    rejections: BTreeMap<String, (u64, Vec<u64>)>,
    asides: BTreeMap<String, (u64, Vec<u64>)>,
    notes: Vec<u64>,
    places: (u64, u64, u64, u32),
}

const SCHEMA: &str = "bhyt.progress/2";

impl Checkpoint {
    /// Replaces the side-car as a whole.
    ///
    /// # Errors
    /// [`Trouble`] when writing fails.
    pub fn save(&self, saved: &Saved) -> Result<(), Trouble> {
        let tally = &saved.tally;
        let written = Written {
            schema: SCHEMA.to_owned(),
            identity: saved.identity.clone(),
            blocks: saved.blocks,
            position: saved.position,
            fingerprint: format!("{:016x}", saved.fingerprint),
            output: saved.output,
            rejects: saved.rejects,
            rows: tally.rows,
            valid: tally.valid,
            rejected: tally.rejected,
            blank: tally.blank,
            sums: tally.sums.iter().map(i128::to_string).collect(),
            warnings: tally.warnings.iter().map(|(code, count)| (code.to_string(), *count)).collect(),
            rejections: by_code(&tally.rejections),
            asides: by_code(&tally.asides),
            notes: tally.notes.to_vec(),
            places: (tally.places.known, tally.places.unknown, tally.places.inferred, tally.places.highest),
        };
        let text = serde_json::to_string_pretty(&written).unwrap_or_default();
        let mut fresh = self.path.clone().into_os_string();
        fresh.push(".new");
        let failed = |error: std::io::Error| Trouble::writing(&error, self.path.display());
        let mut file = own().write(true).create(true).truncate(true).open(&fresh).map_err(failed)?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_data()).map_err(failed)?;
        std::fs::rename(&fresh, &self.path).map_err(failed)
    }

    /// What an earlier run noted there; nothing when there is no side-car.
    ///
    /// # Errors
    /// [`Code::ResumeMismatch`] when it was another run, or the side-car is damaged.
    pub fn load(&self) -> Result<Option<Saved>, Trouble> {
        let mismatch = |what: &str| {
            Trouble::input(Problem::new(Code::ResumeMismatch).with("what", what).at(self.path.display()))
        };
        let text = match read(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Trouble::reading(&error)),
        };
        let written: Written = serde_json::from_str(&text).map_err(|_| mismatch("progress"))?;
        for (name, value) in &self.identity {
            if !written.identity.iter().any(|(known, noted)| known == name && noted == value) {
                return Err(mismatch(name));
            }
        }
        let saved = written.into_saved().ok_or_else(|| mismatch("progress"))?;
        Ok(Some(saved))
    }
}

fn read(path: &Path) -> std::io::Result<String> {
    #[expect(clippy::disallowed_methods, reason = "the side-car belongs to the table")]
    std::fs::read_to_string(path)
}

/// Counts by code, as written.
fn by_code(found: &BTreeMap<Code, Rejections>) -> BTreeMap<String, (u64, Vec<u64>)> {
    found.iter().map(|(code, rows)| (code.to_string(), (rows.count, rows.first.clone()))).collect()
}

fn from_codes(written: BTreeMap<String, (u64, Vec<u64>)>) -> Option<BTreeMap<Code, Rejections>> {
    let read = |(code, (count, first)): (String, _)| Some((Code::parse(&code)?, Rejections { count, first }));
    written.into_iter().map(read).collect()
}

impl Written {
    fn into_saved(self) -> Option<Saved> {
        let sums: Vec<i128> = self.sums.iter().map(|sum| sum.parse().ok()).collect::<Option<_>>()?;
        let warnings = self.warnings.iter().map(|(code, count)| Some((Code::parse(code)?, *count)));
        let (known, unknown, inferred, highest) = self.places;
        Some(Saved {
            identity: self.identity,
            blocks: self.blocks,
            position: self.position,
            fingerprint: u64::from_str_radix(&self.fingerprint, 16).ok()?,
            output: self.output,
            rejects: self.rejects,
            tally: BatchTally {
                rows: self.rows,
                valid: self.valid,
                rejected: self.rejected,
                blank: self.blank,
                sums: <[i128; MOST_SUMS]>::try_from(sums).ok()?,
                warnings: warnings.collect::<Option<_>>()?,
                rejections: from_codes(self.rejections)?,
                asides: from_codes(self.asides)?,
                notes: <[u64; MOST_NOTES]>::try_from(self.notes).ok()?,
                places: UnsaidPlaces { known, unknown, inferred, highest },
                // Whoever has something to report reads in order, and does not go on.
                reports: Vec::new(),
                reports_left: 0,
            },
        })
        .filter(|_| self.schema == SCHEMA)
    }
}
