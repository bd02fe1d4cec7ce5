//! Đợt giám định: what all its claims share.

use crate::audit::finding::Classes;
use crate::audit::legal::facilities::Register;
use crate::audit::prices::PriceLists;
use crate::audit::source::archive::ArchiveLimits;
use crate::audit::xml::ReadLimits;
use crate::rulebook::Rulebook;

/// Những gì một đợt giám định dùng chung.
#[derive(Debug)]
pub struct Batch<'b> {
    /// The law.
    pub rules: &'b Rulebook,
    /// What is known of facilities.
    pub register: &'b Register,
    /// Bounds of files.
    pub limits: ReadLimits,
    /// Bounds of archives.
    pub archive: ArchiveLimits,
    /// Threads that read and judge.
    pub jobs: usize,
    /// Hash every file.
    pub hash: bool,
    /// The lists of prices that were given.
    pub prices: &'b PriceLists,
    /// Checks that were chosen.
    pub classes: Classes,
    /// The day of the run.
    pub today: Option<chrono::NaiveDate>,
}
