//! Tính lại trên chính hồ sơ: every amount of a claim recomputed from its own prices, ratios and shares.
//!
//! Each amount is judged once, here; a check reports the judgement that bears its name. An amount that follows
//! from another counts as right when it fits the other as declared or as it should be, so that one mistake is
//! reported once.

pub mod aid;
pub mod limits;
pub mod line;
pub mod totals;

use super::claim_file::ClaimFile;
use super::figure::Figure;
use crate::rulebook::claim_files::ClaimFileStandard;

use self::line::LineReplay;
use self::totals::TotalJudgement;

/// Sai số cho phép của một tích: products may be rounded one hundredth of a đồng apart; sums may not.
pub const TOLERANCE: Figure = Figure::from_millionths(10_000);

/// What the replay goes by besides the claim itself.
#[derive(Debug, Clone)]
pub struct Terms<'s> {
    /// The edition's formulas.
    pub standard: &'s ClaimFileStandard,
    /// Benefit levels of the law, in percent; they tell which rate may lie behind an out-of-network share.
    pub levels: &'s [Figure],
    /// Trần chi phí vật tư của một gói, on the day of discharge.
    pub supply_cap: Option<Figure>,
}

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

/// True when two amounts are the same up to the rounding of one product.
pub fn is_near(a: Figure, b: Figure) -> bool {
    (a - b).abs() <= TOLERANCE
}
