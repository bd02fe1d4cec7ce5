//! Phương án được giữ.

use std::hash::Hasher;

use super::declared::DeclaredTotals;
use crate::engine::error::EngineError;
use crate::engine::premium::{Base, Plan, PremiumAmounts};
use crate::terms::number::{Rounding, Vnd};
use crate::terms::problem::{Code, Problem};
use crate::terms::quick_hash::Mixer;

/// Phương án được giữ: what a plan pays, and room for what the caller keeps with it.
#[derive(Debug)]
pub struct Kept<'r, T> {
    /// Whether members take a place on the household ladder.
    pub on_ladder: bool,
    /// How amounts are rounded.
    pub rounding: Rounding,
    /// Kinds of warnings that hold for everybody to whom the plan applies, each once.
    pub warnings: Vec<Code>,
    /// Months are those of a payment cycle only where the card ends with school, which differs between people
    /// ([`super::Plans::months_are_unusual`]).
    pub months_by_card: bool,
    /// What the caller keeps.
    pub extra: T,
    amounts: KeptAmounts<'r>,
}

#[derive(Debug)]
enum KeptAmounts<'r> {
    /// By rank; the last one repeats.
    ByRank(Vec<PremiumAmounts>),
    /// A sum over months that a declared amount decides, and the plan for amounts beyond it.
    Declared(Box<(DeclaredTotals, Plan<'r>)>),
    /// Neither: asked anew for every person.
    Open(Box<Plan<'r>>),
}

impl<'r, T: Default> Kept<'r, T> {
    pub(super) fn of(plan: Plan<'r>, months_by_card: bool) -> Result<Kept<'r, T>, EngineError> {
        let mut warnings = Vec::new();
        let of_card = |notice: &&Problem| months_by_card && notice.code == Code::MonthsUnusual;
        for notice in plan.notices.iter().filter(|notice| holds_for_all(notice) && !of_card(notice)) {
            if !warnings.contains(&notice.code) {
                warnings.push(notice.code);
            }
        }
        Ok(Kept {
            on_ladder: plan.segments.iter().any(|segment| segment.ladder.is_some()),
            rounding: plan.rounding.value.rounding,
            warnings,
            months_by_card,
            extra: T::default(),
            amounts: KeptAmounts::of(plan)?,
        })
    }
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
            KeptAmounts::Declared(kept) => {
                let (sum, plan) = &**kept;
                match declared.and_then(|amount| u64::try_from(amount.hundredths()).ok()) {
                    Some(amount) if (1..=sum.limit).contains(&amount) => sum.amounts(amount),
                    _ => plan.amounts(rank, declared),
                }
            }
            KeptAmounts::Open(plan) => plan.amounts(rank, declared),
        }
    }

    /// Where equal ranks pay the same whatever was declared: the place of the rank's amounts, else `None`.
    #[inline]
    pub fn step(&self, rank: Option<u32>) -> Option<usize> {
        match &self.amounts {
            KeptAmounts::ByRank(by_rank) => {
                let rank = usize::try_from(rank.unwrap_or(1)).unwrap_or(usize::MAX);
                Some(rank.saturating_sub(1).min(by_rank.len().saturating_sub(1)))
            }
            KeptAmounts::Declared(_) | KeptAmounts::Open(_) => None,
        }
    }

    /// Whether another answers everybody alike; only where nothing is left open.
    pub(super) fn answers_like(&self, other: &Kept<'_, T>) -> bool {
        let (KeptAmounts::ByRank(own), KeptAmounts::ByRank(others)) = (&self.amounts, &other.amounts) else {
            return false;
        };
        own == others
            && self.warnings == other.warnings
            && (self.on_ladder, self.rounding, self.months_by_card)
                == (other.on_ladder, other.rounding, other.months_by_card)
    }

    /// A number that those who answer alike share.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hash = Mixer::default();
        if let KeptAmounts::ByRank(by_rank) = &self.amounts {
            for amounts in by_rank {
                let parts = amounts.by_payer.iter().chain([&amounts.premium]);
                parts.for_each(|part| hash.write_u64(part.hundredths().cast_unsigned()));
            }
        }
        self.warnings.iter().for_each(|code| hash.write_u64(*code as u64));
        hash.write_u64(u64::from(self.months_by_card));
        hash.finish()
    }
}

impl<'r> KeptAmounts<'r> {
    fn of(plan: Plan<'r>) -> Result<KeptAmounts<'r>, EngineError> {
        let recorded = plan.segments.iter().all(|segment| matches!(segment.base, Base::Recorded(..)));
        if recorded {
            let steps = plan.segments.iter().filter_map(|segment| segment.ladder);
            let longest = steps.map(|ladder| ladder.value.steps.len()).max().unwrap_or(1).max(1);
            let ranks = 1..=u32::try_from(longest).unwrap_or(1);
            let by_rank = ranks.map(|rank| plan.amounts(Some(rank), None)).collect::<Result<_, _>>()?;
            return Ok(KeptAmounts::ByRank(by_rank));
        }
        Ok(match DeclaredTotals::of(&plan)? {
            Some(sum) => KeptAmounts::Declared(Box::new((sum, plan))),
            None => KeptAmounts::Open(Box::new(plan)),
        })
    }
}

/// Warnings about the law, not about one person's days.
fn holds_for_all(notice: &Problem) -> bool {
    notice.code.as_str().starts_with('W') && notice.code != Code::MonthEnd
}
