//! Hỗ trợ ghi trong danh sách: support that a list states for a person, put into the split of the premium.
//!
//! Agents' lists carry what a province or somebody else pays for each person. What a list says about local support stands in place
//! of the province's recorded policies; what other payers give comes out of the person's part.

use super::PremiumAmounts;
use crate::engine::error::EngineError;
use crate::terms::group::Payer;
use crate::terms::number::{Overflow, Rounding, Share, Vnd};

/// Phần hỗ trợ: a share of the premium, or an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SupportPart {
    /// Tỷ lệ trên mức đóng.
    Share(Share),
    /// Số tiền.
    Amount(Vnd),
}

impl SupportPart {
    fn of(self, premium: Vnd, rounding: Rounding) -> Result<Vnd, Overflow> {
        match self {
            SupportPart::Share(share) => share.of(premium.exact())?.round(rounding),
            SupportPart::Amount(amount) => Ok(amount),
        }
    }

    fn is_nothing(self) -> bool {
        matches!(self, SupportPart::Share(Share::NONE) | SupportPart::Amount(Vnd::ZERO))
    }
}

/// Hỗ trợ ghi trong danh sách.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GivenSupport {
    /// Ngân sách nhà nước, state and local budgets together.
    pub budget: Option<Share>,
    /// Ngân sách địa phương.
    pub local: Option<SupportPart>,
    /// Nguồn khác.
    pub other: Option<SupportPart>,
}

/// Kết quả.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Supported {
    /// The split with the support in it.
    pub amounts: PremiumAmounts,
    /// The list stands in place of a recorded local policy that pays another amount.
    pub in_place_of_policy: bool,
    /// The budgets pay another share by the recorded law than the list says.
    pub budget_differs: bool,
}

/// Vì sao không chia được.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SupportError {
    /// More support than the person's part.
    BeyondPart,
    /// The engine's own reasons.
    Engine(EngineError),
}

impl From<Overflow> for SupportError {
    fn from(error: Overflow) -> SupportError {
        SupportError::Engine(error.into())
    }
}

impl GivenSupport {
    /// Whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        self.budget.is_none() && [self.local, self.other].iter().flatten().all(|given| given.is_nothing())
    }

    /// Chia lại: the split of a premium with the stated support in it.
    ///
    /// # Errors
    /// [`SupportError`].
    pub fn split(&self, amounts: &PremiumAmounts, rounding: Rounding) -> Result<Supported, SupportError> {
        let mut amounts = *amounts;
        let premium = amounts.premium;
        let (state, policy) = (amounts.of(Payer::State), amounts.of(Payer::Local));
        let mut budget_differs = false;
        let mut local = match self.local {
            Some(given) => Some(given.of(premium, rounding)?),
            None => None,
        };
        if let Some(budget) = self.budget {
            let whole = SupportPart::Share(budget).of(premium, rounding)?;
            let rest = whole - state;
            // Below one đồng the share is the same and only the rounding differs.
            let same = |one: Vnd, other: Vnd| (one - other).hundredths().abs() <= Vnd::whole(1).hundredths();
            match local {
                Some(local) => budget_differs = !same(state + local, whole) && !same(state, whole),
                None if same(rest, Vnd::ZERO) => local = (policy != Vnd::ZERO).then_some(Vnd::ZERO),
                None if rest.is_negative() => budget_differs = true,
                None => local = Some(rest),
            }
        }
        let local = local.unwrap_or(policy);
        let other = match self.other {
            Some(given) => given.of(premium, rounding)?,
            None => Vnd::ZERO,
        };
        let person = amounts.of(Payer::Person) + policy - local - other;
        if person.is_negative() {
            return Err(SupportError::BeyondPart);
        }
        amounts.by_payer[Payer::Person as usize] = person;
        amounts.by_payer[Payer::Local as usize] = local;
        amounts.by_payer[Payer::Other as usize] = amounts.of(Payer::Other) + other;
        amounts.check().map_err(SupportError::Engine)?;
        Ok(Supported { amounts, in_place_of_policy: policy != Vnd::ZERO && policy != local, budget_differs })
    }
}
