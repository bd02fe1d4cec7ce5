//! Nguồn khác: how aid takes the place of what fund and patient would pay.

use super::reimbursement::Amounts;
use crate::terms::care::AidKind;
use crate::terms::money::Vnd;

/// Chia phần của nguồn khác.
///
/// Aid to the patient reduces own payment, then co-payment, then the fund's part. Aid to the facility was taken
/// off before the split and only leaves the own payment. Aid under a special order meets the co-payment first.
/// Returns what a special order had left after the co-payment.
pub fn apply(kind: AidKind, amounts: &mut Amounts) -> Vnd {
    let mut rest = amounts.other;
    let mut take = |part: &mut Vnd| {
        let taken = (*part).min(rest);
        *part = *part - taken;
        rest = rest - taken;
    };
    match kind {
        AidKind::Patient | AidKind::Facility => {
            take(&mut amounts.own);
            take(&mut amounts.copayment);
            take(&mut amounts.fund);
            Vnd::ZERO
        }
        AidKind::SpecialOrder => {
            take(&mut amounts.copayment);
            let beyond = rest;
            let mut take_more = |part: &mut Vnd| {
                let taken = (*part).min(rest);
                *part = *part - taken;
                rest = rest - taken;
            };
            take_more(&mut amounts.own);
            take_more(&mut amounts.fund);
            beyond
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amounts(other: i64) -> Amounts {
        Amounts {
            hospital: Vnd::whole(100),
            covered: Vnd::whole(50),
            fund: Vnd::whole(40),
            copayment: Vnd::whole(10),
            own: Vnd::whole(50),
            other: Vnd::whole(other),
        }
    }

    #[test]
    fn aid_to_the_patient_goes_through_the_bands() {
        let after = |other: i64| {
            let mut parts = amounts(other);
            apply(AidKind::Patient, &mut parts);
            [parts.own, parts.copayment, parts.fund].map(|part| part.hundredths() / 100)
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
        let mut parts = amounts(10);
        assert_eq!(apply(AidKind::SpecialOrder, &mut parts), Vnd::ZERO);
        assert_eq!([parts.own, parts.copayment, parts.fund], [50, 0, 40].map(Vnd::whole));
        let mut parts = amounts(15);
        assert_eq!(apply(AidKind::SpecialOrder, &mut parts), Vnd::whole(5));
        assert_eq!([parts.own, parts.copayment, parts.fund], [45, 0, 40].map(Vnd::whole));
    }
}
