//! Chi phí để đạt chỉ tiêu: the persons still needed, valued by the premium engine and split by payer.

use std::collections::BTreeMap;

use crate::case::quote::{Enrollee, QuoteCase};
use crate::engine::error::EngineError;
use crate::engine::premium::quote::quote;
use crate::engine::trace::Step;
use crate::rulebook::Rulebook;
use crate::terms::group::Payer;
use crate::terms::number::{ExactVnd, Overflow, Rounding, RoundingMode, Vnd};
use crate::terms::problem::Problem;

/// Chi phí.
#[derive(Debug, Clone)]
pub struct GapCost {
    /// Persons who are valued.
    pub persons: u64,
    /// Their premiums.
    pub premium: Vnd,
    /// Who bears them.
    pub shares: BTreeMap<Payer, Vnd>,
    /// Premium for each percentage point of coverage.
    pub per_point: Option<Vnd>,
    /// What the engine said of the household that stands for all.
    pub notices: Vec<Problem>,
    /// How its premiums came about.
    pub trace: Vec<Step>,
}

/// Values persons as members of households like the one of the case: full households, then a household of the rest.
///
/// # Errors
/// [`EngineError`] where the law has no premium for them, or the parts do not make the whole.
pub fn value(
    rules: &Rulebook,
    case: &QuoteCase,
    persons: u64,
    population: Option<u64>,
) -> Result<GapCost, EngineError> {
    let outcome = quote(rules, case)?;
    let size = outcome.members.len() as u64;
    let (full, rest) = (persons / size.max(1), persons % size.max(1));
    let mut premium = Vnd::ZERO;
    let mut shares: BTreeMap<Payer, Vnd> = BTreeMap::new();
    for (place, member) in (0..).zip(&outcome.members) {
        let times = full + u64::from(place < rest);
        premium = plus(premium, many(member.premium, times)?)?;
        for share in &member.shares {
            let known = shares.entry(share.payer).or_default();
            *known = plus(*known, many(share.amount, times)?)?;
        }
    }
    let together = shares.values().try_fold(Vnd::ZERO, |sum, share| plus(sum, *share))?;
    if together != premium {
        return Err(EngineError::Internal(format!("shares {together} of {premium}")));
    }
    let per_point = match population {
        Some(population) if persons > 0 => Some(per_point(premium, persons, population)?),
        _ => None,
    };
    Ok(GapCost { persons, premium, shares, per_point, notices: outcome.notices, trace: outcome.trace })
}

/// Premium × population ÷ (persons × 100), in whole đồng.
fn per_point(premium: Vnd, persons: u64, population: u64) -> Result<Vnd, EngineError> {
    const DONG: Rounding = Rounding { mode: RoundingMode::HalfAwayFromZero, unit_hundredths: 100 };
    let exact: ExactVnd = premium.exact().times(i128::from(population), i128::from(persons) * 100)?;
    Ok(exact.round(DONG)?)
}

fn many(amount: Vnd, times: u64) -> Result<Vnd, EngineError> {
    let product = i128::from(amount.hundredths()) * i128::from(times);
    i64::try_from(product).map(Vnd::from_hundredths).map_err(|_| EngineError::Overflow(Overflow))
}

fn plus(a: Vnd, b: Vnd) -> Result<Vnd, EngineError> {
    a.checked_add(b).ok_or(EngineError::Overflow(Overflow))
}

/// A household of so many persons of one group, without anything else known of them.
pub fn household(group: &str, members: u32) -> Vec<Enrollee> {
    (0..members).map(|_| Enrollee::of_group(group)).collect()
}
