//! Thanh toán một khoản chi phí: what the fund pays of a covered cost, in plain exact arithmetic.
//!
//! [`VisitTerms`] holds everything that level, rate and day decide; a claim runs its lines through it, a batch
//! its rows.

use crate::engine::error::EngineError;
use crate::rulebook::benefit::access::RateOf;
use crate::terms::care::Relief;
use crate::terms::number::{ExactVnd, Rounding, Share, Vnd};

/// Điều kiện chi trả của một lượt khám, for one level.
#[derive(Debug, Clone, Copy)]
pub struct VisitTerms {
    /// Mức hưởng của đối tượng.
    pub level: Share,
    /// Tỷ lệ theo cơ sở.
    pub rate: Share,
    /// What the rate is a share of.
    pub of: RateOf,
    /// Below this the level is the whole, where the rule reaches the visit.
    pub low_cost_below: Option<ExactVnd>,
    /// The facility is paid in full whatever the card.
    pub initial: bool,
    /// The co-payment counts toward the annual ceiling, and the ceiling relieves it.
    pub counts: bool,
    /// The part left by the network rate counts and is relieved too (second reading).
    pub counts_network_rest: bool,
    /// Rounding of each product.
    pub rounding: Rounding,
}

/// Kết quả của một khoản.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemPayment {
    /// Mức hưởng after relief; of the group where the ceiling divides the cost.
    pub level: Share,
    /// Mức hưởng nhân tỷ lệ: the share really applied outside a divided cost.
    pub share: Share,
    /// Why the level is above that of the group.
    pub relief: Option<Relief>,
    /// Quỹ thanh toán.
    pub fund: Vnd,
    /// Cùng chi trả được tính vào ngưỡng trong năm.
    pub counted: Vnd,
}

impl VisitTerms {
    /// Trường hợp 100 % của cả lượt khám: cheap visit first, then initial level; for those whose level is not 100 % anyway.
    ///
    /// # Errors
    /// [`EngineError::Overflow`] for amounts beyond exact comparison.
    #[inline]
    pub fn relief_of_visit(&self, compared: Vnd) -> Result<Option<Relief>, EngineError> {
        if self.rate.is_none() {
            return Ok(None);
        }
        if let Some(limit) = self.low_cost_below
            && compared.exact().compare(limit)?.is_lt()
        {
            return Ok(Some(Relief::LowCostVisit));
        }
        Ok(self.initial.then_some(Relief::InitialLevel))
    }

    /// Whether the rate is a share of the level.
    pub fn is_of_level(&self) -> bool {
        self.of == RateOf::Level
    }

    /// Mức hưởng nhân tỷ lệ, or the rate alone where it is a share of the cost.
    ///
    /// # Errors
    /// [`EngineError::Overflow`] when the product leaves the range of shares.
    pub fn effective(&self, level: Share) -> Result<Share, EngineError> {
        match self.of {
            RateOf::Cost if self.rate != Share::WHOLE => Ok(self.rate),
            RateOf::Cost | RateOf::Level => {
                level.times(self.rate).ok_or(EngineError::Overflow(crate::terms::number::Overflow))
            }
        }
    }

    /// Thanh toán một khoản: `relief` of the whole visit, `room` left under the annual ceiling where it applies.
    ///
    /// A cost that crosses the ceiling is divided: the patient pays exactly what is left of it, the fund the rest
    /// of what level 100 % times rate would give.
    ///
    /// # Errors
    /// [`EngineError::Overflow`] for amounts beyond exact arithmetic.
    pub fn pay(
        &self,
        covered: Vnd,
        relief: Option<Relief>,
        room: Option<ExactVnd>,
    ) -> Result<ItemPayment, EngineError> {
        if relief.is_some() {
            let share = self.effective(Share::WHOLE)?;
            let fund = share.of(covered.exact())?.round(self.rounding)?;
            return Ok(ItemPayment { level: Share::WHOLE, share, relief, fund, counted: Vnd::ZERO });
        }
        let share = self.effective(self.level)?;
        let most = if self.counts_network_rest { Share::WHOLE } else { self.rate };
        let whole = most.of(covered.exact())?;
        if let Some(room) = room.filter(|_| self.counts && !self.rate.is_none()) {
            let own_part = whole.minus(share.of(covered.exact())?)?;
            if own_part.compare(room)?.is_gt() {
                let fund = whole.minus(room)?.round(self.rounding)?;
                let counted = whole.round(self.rounding)? - fund;
                let used_up = room.compare(ExactVnd::ZERO)?.is_le();
                let level = if used_up { Share::WHOLE } else { self.level };
                let share = if used_up { most } else { share };
                return Ok(ItemPayment { level, share, relief: Some(Relief::AnnualCeiling), fund, counted });
            }
        }
        let fund = share.of(covered.exact())?.round(self.rounding)?;
        let counted = if self.counts { whole.round(self.rounding)? - fund } else { Vnd::ZERO };
        Ok(ItemPayment { level: self.level, share, relief: None, fund, counted })
    }
}
