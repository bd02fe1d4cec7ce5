//! Nguồn khác: how aid takes the place of what fund and patient would pay. One reading, for `claim` and for `audit`.

use std::ops::Sub;

use crate::terms::care::AidKind;

/// Phần của quỹ và của người bệnh, before aid or after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Borne<N> {
    /// Quỹ bảo hiểm y tế.
    pub fund: N,
    /// Cùng chi trả.
    pub copayment: N,
    /// Tự trả.
    pub own: N,
}

/// Chia phần của nguồn khác.
///
/// Aid to the patient reduces own payment, then co-payment, then the fund's part. Aid to the facility was taken
/// off before the split and only leaves the own payment. Aid under a special order meets the co-payment first:
/// the text gives the case where it equals the co-payment, so what it has left is returned, and goes on to the own
/// payment and the fund.
pub fn apply<N: Copy + Ord + Default + Sub<Output = N>>(kind: AidKind, aid: N, borne: &mut Borne<N>) -> N {
    let mut rest = aid;
    let mut take = |part: &mut N| {
        let taken = (*part).min(rest);
        *part = *part - taken;
        rest = rest - taken;
        rest
    };
    match kind {
        AidKind::Patient | AidKind::Facility => {
            take(&mut borne.own);
            take(&mut borne.copayment);
            take(&mut borne.fund);
            N::default()
        }
        AidKind::SpecialOrder => {
            let beyond = take(&mut borne.copayment);
            take(&mut borne.own);
            take(&mut borne.fund);
            beyond
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: Borne<i64> = Borne { own: 50, copayment: 10, fund: 40 };

    #[test]
    fn aid_to_the_patient_goes_through_the_bands() {
        let after = |aid: i64| {
            let mut borne = BEFORE;
            apply(AidKind::Patient, aid, &mut borne);
            [borne.own, borne.copayment, borne.fund]
        };
        assert_eq!(after(0), [50, 10, 40]);
        assert_eq!(after(30), [20, 10, 40]);
        assert_eq!(after(54), [0, 6, 40]);
        assert_eq!(after(60), [0, 0, 40]);
        assert_eq!(after(70), [0, 0, 30]);
        assert_eq!(after(100), [0, 0, 0]);
    }

    #[test]
    fn aid_under_a_special_order_meets_the_copayment_first() {
        let mut borne = BEFORE;
        assert_eq!(apply(AidKind::SpecialOrder, 10, &mut borne), 0);
        assert_eq!(borne, Borne { own: 50, copayment: 0, fund: 40 });
        let mut borne = BEFORE;
        assert_eq!(apply(AidKind::SpecialOrder, 15, &mut borne), 5);
        assert_eq!(borne, Borne { own: 45, copayment: 0, fund: 40 });
    }
}
