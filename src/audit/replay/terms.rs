//! Căn cứ và sai số của việc tính lại.

use crate::audit::figure::Figure;
use crate::rulebook::claim_files::ClaimFileStandard;

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

/// True when two amounts are the same up to the rounding of one product.
pub fn is_near(a: Figure, b: Figure) -> bool {
    (a - b).abs() <= TOLERANCE
}
