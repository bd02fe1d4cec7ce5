//! Tổng theo số tiền khai: the sum of a declared amount's months as integers.

use crate::engine::error::EngineError;
use crate::engine::premium::{Base, Plan, PremiumAmounts};
use crate::terms::group::Payer;
use crate::terms::listed::Listed;
use crate::terms::number::{RoundingMode, Vnd, greatest_common_divisor};

/// Tổng theo số tiền khai: premium and parts of a declared amount as integers over one denominator.
#[derive(Debug)]
pub(super) struct DeclaredTotals {
    /// What months with a recorded base add.
    fixed: Weights,
    /// Caps in hundredths of a đồng (or none) and weights of months with a declared base.
    months: Vec<(u64, Weights)>,
    /// Denominator of the weights times the unit of rounding.
    divisor: u64,
    unit: i64,
    mode: RoundingMode,
    /// Payers that bear a part, in the order in which they may bear the remainder.
    bearers: Vec<Payer>,
    /// Whether each payer is one of them.
    bears: [bool; Payer::ALL.len()],
    /// Largest declared amount, in hundredths, for which nothing can overflow.
    pub(super) limit: u64,
}

/// Weights of the whole premium and of every payer.
#[derive(Debug, Clone, Copy, Default)]
struct Weights {
    whole: u64,
    parts: [u64; Payer::ALL.len()],
}

impl DeclaredTotals {
    /// `None` where the sum does not fit; an error where it disagrees with [`Plan::amounts`].
    pub(super) fn of(plan: &Plan<'_>) -> Result<Option<DeclaredTotals>, EngineError> {
        let Some(sum) = DeclaredTotals::fit(plan) else { return Ok(None) };
        let caps = sum.months.iter().map(|(cap, _)| *cap).filter(|cap| *cap < u64::MAX - 100);
        let around = caps.flat_map(|cap| [cap.saturating_sub(100), cap, cap + 100]);
        let probes = (0..14).flat_map(|power| [7, 9, 11].map(|factor| factor * u64::pow(10, power) + 100));
        for amount in probes.chain(around).filter(|amount| (1..=sum.limit).contains(amount)) {
            let declared = Vnd::from_hundredths(i64::try_from(amount).unwrap_or(i64::MAX));
            if sum.amounts(amount)? != plan.amounts(None, Some(declared))? {
                return Err(EngineError::Internal(format!("kept sums differ for group {}", plan.group.id)));
            }
        }
        Ok(Some(sum))
    }

    fn fit(plan: &Plan<'_>) -> Option<DeclaredTotals> {
        if plan.segments.iter().any(|segment| segment.ladder.is_some() || segment.special.is_some()) {
            return None;
        }
        let rounding = plan.rounding.value.rounding;
        let unit = u64::try_from(rounding.unit_hundredths).ok().filter(|unit| *unit > 0)?;
        let mut denominator = 1_u64;
        for segment in &plan.segments {
            let rate = u64::try_from(segment.rate.parts().1).ok()?;
            for part in &segment.parts {
                denominator = common_multiple(
                    denominator,
                    rate.checked_mul(u64::try_from(part.share.parts().1).ok()?)?,
                )?;
            }
        }
        let mut sum = DeclaredTotals {
            fixed: Weights::default(),
            months: Vec::new(),
            divisor: denominator.checked_mul(unit)?,
            unit: rounding.unit_hundredths,
            mode: rounding.mode,
            bearers: Vec::new(),
            bears: [false; Payer::ALL.len()],
            limit: 0,
        };
        let mut heaviest = 1_u64;
        for segment in &plan.segments {
            let mut weights = Weights::default();
            let (rate, per) = segment.rate.parts();
            for part in &segment.parts {
                let (share, of) = part.share.parts();
                let up = u64::try_from(rate).ok()?.checked_mul(u64::try_from(share).ok()?)?;
                let up = up.checked_mul(u64::from(segment.months))?;
                let down = u64::try_from(per).ok()?.checked_mul(u64::try_from(of).ok()?)?;
                let weight = up.checked_mul(denominator / down)?;
                let slot = part.payer as usize;
                weights.parts[slot] = weights.parts[slot].checked_add(weight)?;
                weights.whole = weights.whole.checked_add(weight)?;
                if !sum.bears[part.payer as usize] {
                    sum.bears[part.payer as usize] = true;
                    sum.bearers.push(part.payer);
                }
            }
            match segment.base {
                Base::Recorded(base, _) => {
                    let base = u64::try_from(base.hundredths()).ok()?;
                    sum.fixed.add(&weights, base)?;
                }
                Base::Declared(cap) => {
                    let cap = match cap {
                        Some(cap) => u64::try_from(cap.amount.hundredths()).ok()?,
                        None => u64::MAX,
                    };
                    heaviest = heaviest.checked_add(weights.whole)?;
                    sum.months.push((cap, weights));
                }
            }
        }
        let order = &plan.rounding.value.remainder_to;
        sum.bearers.sort_by_key(|payer| order.iter().position(|known| known == payer));
        let room = (u64::MAX / 4).checked_sub(sum.fixed.whole)?.checked_sub(sum.divisor)?;
        sum.limit = (room / heaviest).min(i64::MAX.unsigned_abs());
        Some(sum)
    }

    /// Amounts for a declared amount of at most the limit, in hundredths of a đồng.
    #[inline]
    pub(super) fn amounts(&self, declared: u64) -> Result<PremiumAmounts, EngineError> {
        let mut exact = self.fixed;
        for (cap, weights) in &self.months {
            let base = declared.min(*cap);
            exact.whole += base * weights.whole;
            for payer in &self.bearers {
                let slot = *payer as usize;
                exact.parts[slot] += base * weights.parts[slot];
            }
        }
        let premium = self.round(exact.whole)?;
        let is_odd = |payer: &&Payer| !exact.parts[**payer as usize].is_multiple_of(self.divisor);
        let taker = self.bearers.iter().find(is_odd).or(self.bearers.first()).copied();
        let taker = taker.ok_or_else(|| EngineError::Internal("a premium without payer".to_owned()))?;
        let mut amounts = PremiumAmounts { premium, by_payer: [Vnd::ZERO; Payer::ALL.len()], taker };
        let mut others = Vnd::ZERO;
        // In the order of the payers, as everywhere.
        for payer in Payer::ALL.iter().copied() {
            if payer == taker || !self.bears[payer as usize] {
                continue;
            }
            let part = self.round(exact.parts[payer as usize])?.min(premium - others);
            amounts.by_payer[payer as usize] = part;
            others += part;
        }
        amounts.by_payer[taker as usize] = premium - others;
        amounts.check()?;
        Ok(amounts)
    }

    #[inline]
    fn round(&self, numerator: u64) -> Result<Vnd, EngineError> {
        let (whole, rest) = (numerator / self.divisor, numerator % self.divisor);
        let away = match self.mode {
            RoundingMode::HalfAwayFromZero => rest >= self.divisor - rest,
            RoundingMode::Down => false,
            RoundingMode::Up => rest > 0,
        };
        i64::try_from(whole + u64::from(away))
            .ok()
            .and_then(|units| units.checked_mul(self.unit))
            .map(Vnd::from_hundredths)
            .ok_or(EngineError::Overflow(crate::terms::number::Overflow))
    }
}

impl Weights {
    fn add(&mut self, other: &Weights, times: u64) -> Option<()> {
        self.whole = self.whole.checked_add(other.whole.checked_mul(times)?)?;
        for (mine, theirs) in self.parts.iter_mut().zip(other.parts) {
            *mine = mine.checked_add(theirs.checked_mul(times)?)?;
        }
        Some(())
    }
}

fn common_multiple(a: u64, b: u64) -> Option<u64> {
    let divisor = u64::try_from(greatest_common_divisor(u128::from(a), u128::from(b))).ok()?;
    a.checked_mul(b / divisor.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::quote::{Enrollee, SpecialSpan};
    use crate::engine::premium::{Payment, plan};
    use crate::rulebook::Rulebook;
    use crate::terms::period::parse_date;

    #[test]
    fn a_part_of_a_unit_is_rounded_as_the_rule_says() {
        let round = |mode, numerator| {
            let (fixed, months, bearers) = (Weights::default(), Vec::new(), Vec::new());
            let bears = [false; Payer::ALL.len()];
            let sum =
                DeclaredTotals { fixed, months, divisor: 10, unit: 100, mode, bearers, bears, limit: 0 };
            sum.round(numerator).expect("an amount").dong().expect("whole đồng")
        };
        let all = |mode| [0, 1, 10, 14, 15, 16, 19, 20].map(|numerator| round(mode, numerator));
        assert_eq!(all(RoundingMode::HalfAwayFromZero), [0, 0, 1, 1, 2, 2, 2, 2]);
        assert_eq!(all(RoundingMode::Down), [0, 0, 1, 1, 1, 1, 1, 2]);
        assert_eq!(all(RoundingMode::Up), [0, 1, 1, 2, 2, 2, 2, 2]);
    }

    #[test]
    fn denominators_meet_in_their_least_multiple_or_not_at_all() {
        assert_eq!(
            [common_multiple(4, 6), common_multiple(7, 1), common_multiple(6, 6)],
            [Some(12), Some(7), Some(6)]
        );
        assert_eq!(
            [common_multiple(u64::MAX, 2), common_multiple(u64::MAX, u64::MAX)],
            [None, Some(u64::MAX)]
        );
    }

    #[test]
    fn weights_are_added_times_an_amount_or_refused() {
        let other = Weights { whole: 3, parts: [2, 1, 0, 0, 0, 0, 0] };
        let mut sum = Weights { whole: 10, parts: [4, 6, 0, 0, 0, 0, 0] };
        assert_eq!(sum.add(&other, 5), Some(()));
        assert_eq!((sum.whole, sum.parts), (25, [14, 11, 0, 0, 0, 0, 0]));
        assert_eq!(sum.add(&other, u64::MAX), None);
    }

    #[test]
    fn places_on_the_ladder_and_special_months_are_no_sum_of_weights() {
        let (rules, paid_on) = (Rulebook::bundled(), parse_date("2026-08-01").expect("a day"));
        let payment = Payment { paid_on, from: None, months: 3, province: None };
        let fits = |person: &Enrollee| {
            DeclaredTotals::fit(&plan(&rules, person, payment).expect("a plan")).is_some()
        };
        let official =
            Enrollee { salary: Some(Vnd::whole(12_000_000)), ..Enrollee::of_group("civil-servant") };
        assert!(fits(&official));
        let special = vec![SpecialSpan { kind: "suspended".to_owned(), from: None, months: None }];
        assert!(!fits(&Enrollee { special, ..official }));
        assert!(!fits(&Enrollee::of_group("household")));
    }
}
