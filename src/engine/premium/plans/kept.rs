//! Phương án được giữ.

use super::declared::DeclaredTotals;
use crate::engine::error::EngineError;
use crate::engine::premium::{Base, Plan, PremiumAmounts};
use crate::terms::number::Vnd;
use crate::terms::problem::Problem;

/// Phương án được giữ: a plan with its amounts, and room for what the caller keeps with it.
#[derive(Debug)]
pub struct Kept<'r, T> {
    /// The plan; its days are those of the first person it was made for.
    pub plan: Plan<'r>,
    /// Whether members take a place on the household ladder.
    pub on_ladder: bool,
    /// Warnings that hold for everybody to whom the plan applies.
    pub warnings: Vec<Problem>,
    /// What the caller keeps.
    pub extra: T,
    pub(super) amounts: KeptAmounts,
}

#[derive(Debug)]
pub(super) enum KeptAmounts {
    /// By rank; the last one repeats.
    ByRank(Vec<PremiumAmounts>),
    /// A sum over months that a declared amount decides.
    Declared(DeclaredTotals),
    /// Neither: asked anew for every person.
    Open,
}

impl<T> Kept<'_, T> {
    /// Số tiền của một người, as [`Plan::amounts`] gives it.
    ///
    /// # Errors
    /// As [`Plan::amounts`].
    pub fn amounts(&self, rank: Option<u32>, declared: Option<Vnd>) -> Result<PremiumAmounts, EngineError> {
        match &self.amounts {
            KeptAmounts::ByRank(by_rank) => {
                let at = self.step(rank).unwrap_or(0);
                by_rank
                    .get(at)
                    .copied()
                    .ok_or_else(|| EngineError::Internal("a rank without amounts".to_owned()))
            }
            KeptAmounts::Declared(sum) => {
                match declared.and_then(|amount| u64::try_from(amount.hundredths()).ok()) {
                    Some(amount) if (1..=sum.limit).contains(&amount) => sum.amounts(amount),
                    _ => self.plan.amounts(rank, declared),
                }
            }
            KeptAmounts::Open => self.plan.amounts(rank, declared),
        }
    }

    /// Where equal ranks pay the same whatever was declared: the place of the rank's amounts, else `None`.
    pub fn step(&self, rank: Option<u32>) -> Option<usize> {
        match &self.amounts {
            KeptAmounts::ByRank(by_rank) => {
                let rank = usize::try_from(rank.unwrap_or(1)).unwrap_or(usize::MAX);
                Some(rank.saturating_sub(1).min(by_rank.len().saturating_sub(1)))
            }
            KeptAmounts::Declared(_) | KeptAmounts::Open => None,
        }
    }
}

impl KeptAmounts {
    pub(super) fn of(plan: &Plan<'_>) -> Result<KeptAmounts, EngineError> {
        let recorded = plan.segments.iter().all(|segment| matches!(segment.base, Base::Recorded(..)));
        if recorded {
            let steps = plan.segments.iter().filter_map(|segment| segment.ladder);
            let longest = steps.map(|ladder| ladder.value.steps.len()).max().unwrap_or(1).max(1);
            let ranks = 1..=u32::try_from(longest).unwrap_or(1);
            let by_rank = ranks.map(|rank| plan.amounts(Some(rank), None)).collect::<Result<_, _>>()?;
            return Ok(KeptAmounts::ByRank(by_rank));
        }
        Ok(DeclaredTotals::of(plan)?.map_or(KeptAmounts::Open, KeptAmounts::Declared))
    }
}
