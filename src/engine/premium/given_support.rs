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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::listed::Listed;
    use crate::terms::number::RoundingMode;

    const DONG: Rounding = Rounding { mode: RoundingMode::HalfAwayFromZero, unit_hundredths: 100 };

    /// 1,366,200 đồng of one year at 2,530,000; what the state, a recorded local policy and others pay of it.
    fn paid(state: i64, policy: i64, other: i64) -> PremiumAmounts {
        let mut by_payer = [Vnd::ZERO; Payer::ALL.len()];
        by_payer[Payer::State as usize] = Vnd::whole(state);
        by_payer[Payer::Local as usize] = Vnd::whole(policy);
        by_payer[Payer::Other as usize] = Vnd::whole(other);
        by_payer[Payer::Person as usize] = Vnd::whole(1_366_200 - state - policy - other);
        PremiumAmounts { premium: Vnd::whole(1_366_200), by_payer, taker: Payer::Person }
    }

    fn share(text: &str) -> Share {
        Share::parse(text).expect("a share")
    }

    fn amount(dong: i64) -> SupportPart {
        SupportPart::Amount(Vnd::whole(dong))
    }

    /// Person, local and others, and the two remarks.
    fn split(given: GivenSupport, amounts: PremiumAmounts) -> Option<([i64; 3], [bool; 2])> {
        let found = given.split(&amounts, DONG).ok()?;
        assert_eq!(found.amounts.of(Payer::State), amounts.of(Payer::State), "the state pays what it paid");
        let dong = |payer| found.amounts.of(payer).dong().expect("whole đồng");
        let parts = [dong(Payer::Person), dong(Payer::Local), dong(Payer::Other)];
        Some((parts, [found.in_place_of_policy, found.budget_differs]))
    }

    fn local(given: SupportPart) -> GivenSupport {
        GivenSupport { local: Some(given), ..GivenSupport::default() }
    }

    fn budget(text: &str, local: Option<SupportPart>) -> GivenSupport {
        GivenSupport { budget: Some(share(text)), local, other: None }
    }

    #[test]
    fn nothing_stated_is_no_support() {
        let other = |given| GivenSupport { other: Some(given), ..GivenSupport::default() };
        for empty in [GivenSupport::default(), local(SupportPart::Share(Share::NONE)), other(amount(0))] {
            assert!(empty.is_empty(), "{empty:?}");
        }
        for given in [budget("0%", None), local(SupportPart::Share(share("20%"))), other(amount(1))] {
            assert!(!given.is_empty(), "{given:?}");
        }
    }

    #[test]
    fn local_support_of_a_list_stands_in_place_of_the_recorded_one() {
        // 70 % of the state: 956,340, 409,860 are left; 20 % of the premium are 273,240, 10 % 136,620.
        let (none, tenth) = (paid(956_340, 0, 0), paid(956_340, 136_620, 0));
        let fifth = local(SupportPart::Share(share("20%")));
        assert_eq!(split(fifth, none), Some(([136_620, 273_240, 0], [false, false])));
        assert_eq!(split(fifth, tenth), Some(([136_620, 273_240, 0], [true, false])));
        assert_eq!(split(local(amount(136_620)), tenth), Some(([273_240, 136_620, 0], [false, false])));
        assert_eq!(split(local(amount(0)), tenth), Some(([409_860, 0, 0], [true, false])));
        assert_eq!(split(GivenSupport::default(), tenth), Some(([273_240, 136_620, 0], [false, false])));
    }

    #[test]
    fn a_share_of_all_budgets_is_that_of_the_state_and_the_rest_is_local() {
        let (none, tenth) = (paid(956_340, 0, 0), paid(956_340, 136_620, 0));
        assert_eq!(split(budget("70%", None), none), Some(([409_860, 0, 0], [false, false])));
        // The list says that nobody else pays.
        assert_eq!(split(budget("70%", None), tenth), Some(([409_860, 0, 0], [true, false])));
        assert_eq!(split(budget("90%", None), none), Some(([136_620, 273_240, 0], [false, false])));
        // Less than the law gives: said, and the law's own split stays.
        assert_eq!(split(budget("60%", None), none), Some(([409_860, 0, 0], [false, true])));
        assert_eq!(split(budget("60%", None), tenth), Some(([273_240, 136_620, 0], [false, true])));
        // With a local part beside it the share may be meant with or without that part, and nothing else.
        let fifth = Some(SupportPart::Share(share("20%")));
        assert_eq!(split(budget("90%", fifth), none), Some(([136_620, 273_240, 0], [false, false])));
        assert_eq!(split(budget("70%", fifth), none), Some(([136_620, 273_240, 0], [false, false])));
        assert_eq!(split(budget("80%", fifth), none), Some(([136_620, 273_240, 0], [false, true])));
    }

    #[test]
    fn one_dong_more_or_less_is_rounding_and_two_are_not() {
        for (state, differs) in
            [(956_338, None), (956_339, Some(false)), (956_341, Some(false)), (956_342, Some(true))]
        {
            let (_, [_, found]) = split(budget("70%", None), paid(state, 0, 0)).expect("a split");
            // Two đồng less than the share are two that the province pays.
            assert_eq!(found, differs.unwrap_or(false), "{state}");
            let local = split(budget("70%", None), paid(state, 0, 0)).expect("a split").0[1];
            assert_eq!(local, if differs.is_none() { 2 } else { 0 }, "{state}");
        }
        // 90 % are 1,229,580 = 956,340 + 273,240.
        for (part, differs) in [(273_238, true), (273_239, false), (273_241, false), (273_242, true)] {
            let (_, [_, found]) =
                split(budget("90%", Some(amount(part))), paid(956_340, 0, 0)).expect("a split");
            assert_eq!(found, differs, "{part}");
        }
    }

    #[test]
    fn others_pay_out_of_the_persons_part_and_no_more_than_that() {
        let other = |dong| GivenSupport { other: Some(amount(dong)), ..GivenSupport::default() };
        // 50,000 of others were there before.
        assert_eq!(
            split(other(100_000), paid(956_340, 0, 50_000)),
            Some(([259_860, 0, 150_000], [false, false]))
        );
        assert_eq!(split(other(409_860), paid(956_340, 0, 0)), Some(([0, 0, 409_860], [false, false])));
        assert_eq!(split(other(409_861), paid(956_340, 0, 0)), None);
        let both = GivenSupport { local: Some(amount(9_860)), ..other(400_000) };
        assert_eq!(split(both, paid(956_340, 0, 0)), Some(([0, 9_860, 400_000], [false, false])));
        let too_much = GivenSupport { local: Some(amount(9_861)), ..other(400_000) };
        assert_eq!(too_much.split(&paid(956_340, 0, 0), DONG), Err(SupportError::BeyondPart));
    }
}
