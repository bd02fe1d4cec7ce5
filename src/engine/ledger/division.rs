//! Phân bổ giữa các quỹ: how the order of the law divides one payment among the funds of a unit.

use crate::rulebook::collection::PaymentAllocation;
use crate::terms::insurance_fund::InsuranceFund;
use crate::terms::number::Vnd;

/// Một quỹ chờ được đóng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owed {
    /// Which fund.
    pub fund: InsuranceFund,
    /// What is owed to it; nothing where it has too much.
    pub owed: Vnd,
    /// What the table says it got.
    pub got: Vnd,
}

/// Chia theo thứ tự: what each rank of funds should get and got, where the two differ.
///
/// Funds that the text does not order stand together.
pub fn compare(order: &PaymentAllocation, paid: Vnd, funds: &[Owed]) -> Vec<(Vec<InsuranceFund>, Vnd, Vnd)> {
    let mut rest = paid.max(Vnd::ZERO);
    let mut wrong = Vec::new();
    for rank in &order.funds {
        let of_rank = || funds.iter().filter(|owed| rank.contains(&owed.fund));
        let owed: Vnd = of_rank().map(|owed| owed.owed.max(Vnd::ZERO)).sum();
        let got: Vnd = of_rank().map(|owed| owed.got).sum();
        let should = owed.min(rest);
        rest = rest - should;
        if should != got {
            wrong.push((rank.clone(), should, got));
        }
    }
    wrong
}
