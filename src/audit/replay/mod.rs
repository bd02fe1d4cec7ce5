//! Tính lại trên chính hồ sơ: every amount of a claim recomputed from its own prices, ratios and shares.
//!
//! Each amount is judged once, here; a check reports the judgement that bears its name. An amount that follows
//! from another counts as right when it fits the other as declared or as it should be, so that one mistake is
//! reported once.

pub mod aid;
pub mod limits;
pub mod line;
mod terms;
pub mod totals;

use super::claim_file::ClaimFile;

use self::line::LineReplay;
pub use self::terms::{TOLERANCE, Terms, is_near};
use self::totals::TotalJudgement;

/// Kết quả tính lại của một hồ sơ.
#[derive(Debug)]
pub struct Replay {
    /// Of each line, in the order of the claim.
    pub lines: Vec<LineReplay>,
    /// Of each total of XML1.
    pub totals: Vec<TotalJudgement>,
}

/// Tính lại cả hồ sơ.
pub fn replay(claim: &ClaimFile<'_>, terms: &Terms<'_>) -> Replay {
    let lines = claim.lines.iter().map(|line| line::replay(line, claim, terms)).collect();
    Replay { lines, totals: totals::judge(claim) }
}
