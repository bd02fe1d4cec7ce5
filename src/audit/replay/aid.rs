//! Nguồn khác: the three ways in which other sources meet a line, of which the file names none.
//!
//! How aid is taken off is the engine's to say (`engine::claim::aid`). Of a special order only what the standard
//! itself gives is accepted here: aid that stays within the co-payment.

use super::terms::is_near;
use crate::audit::figure::Figure;
use crate::engine::claim::aid::{Borne, apply};
use crate::terms::care::AidKind;

/// Phần của quỹ và của người bệnh.
pub type Shares = Borne<Figure>;

impl Shares {
    /// All three together.
    pub fn sum(self) -> Figure {
        self.fund + self.copayment + self.own
    }

    fn is_near(self, other: Shares) -> bool {
        is_near(self.fund, other.fund)
            && is_near(self.copayment, other.copayment)
            && is_near(self.own, other.own)
    }
}

/// The shares before any other source: fund, rest of the covered amount, rest of the amount.
fn without_aid(amount: Figure, covered: Figure, share: Figure) -> Option<Shares> {
    let fund = covered.product(Figure::whole(1), &[share])?;
    Some(Shares { fund, copayment: covered - fund, own: amount - covered })
}

/// (a) Tài trợ cho từng người bệnh: reduces the own payment, then the co-payment, then the fund.
pub fn to_patient(amount: Figure, covered: Figure, share: Figure, aid: Figure) -> Option<Shares> {
    let mut shares = without_aid(amount, covered, share)?;
    apply(AidKind::Patient, aid, &mut shares);
    Some(shares)
}

/// (b) Tài trợ cho cơ sở: taken off before the split; the covered amount is already what is left.
fn to_facility(amount: Figure, covered: Figure, share: Figure, aid: Figure) -> Option<Shares> {
    without_aid(amount - aid, covered, share)
}

/// (c) Theo văn bản riêng: the source pays the co-payment, or as much of it as it has.
fn of_copayment(amount: Figure, covered: Figure, share: Figure, aid: Figure) -> Option<Shares> {
    let mut shares = without_aid(amount, covered, share)?;
    let beyond = apply(AidKind::SpecialOrder, aid, &mut shares);
    (beyond <= super::TOLERANCE).then_some(shares)
}

/// True when the declared shares fit one of the three ways.
pub fn fits(declared: Shares, amount: Figure, covered: Figure, share: Figure, aid: Figure) -> bool {
    let balanced = is_near(declared.sum() + aid, amount);
    let ways = [to_patient, to_facility, of_copayment];
    balanced
        && ways
            .iter()
            .filter_map(|way| way(amount, covered, share, aid))
            .any(|expected| declared.is_near(expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(fund: i64, copayment: i64, own: i64) -> Shares {
        Shares { fund: Figure::whole(fund), copayment: Figure::whole(copayment), own: Figure::whole(own) }
    }

    /// Hand-made: amount 1,000,000, covered 600,000, share 80 % → 480,000 + 120,000 + 400,000 before any aid.
    fn patient(aid: i64) -> Shares {
        to_patient(Figure::whole(1_000_000), Figure::whole(600_000), Figure::whole(80), Figure::whole(aid))
            .unwrap()
    }

    #[test]
    fn aid_to_the_patient_meets_own_payment_co_payment_and_fund_in_that_order() {
        assert_eq!(patient(300_000), shares(480_000, 120_000, 100_000));
        assert_eq!(patient(400_000), shares(480_000, 120_000, 0));
        assert_eq!(patient(450_000), shares(480_000, 70_000, 0));
        assert_eq!(patient(520_000), shares(480_000, 0, 0));
        assert_eq!(patient(700_000), shares(300_000, 0, 0));
    }

    /// QĐ 130, official example: 10,000,000 with ratio 50 %, aid 3,000,000, level 80 %.
    #[test]
    fn aid_to_the_facility_is_taken_off_first() {
        let declared = shares(2_800_000, 700_000, 3_500_000);
        let fits = |covered: i64| {
            fits(
                declared,
                Figure::whole(10_000_000),
                Figure::whole(covered),
                Figure::whole(80),
                Figure::whole(3_000_000),
            )
        };
        assert!(fits(3_500_000));
        assert!(!fits(5_000_000));
    }

    #[test]
    fn a_special_order_pays_the_co_payment_and_no_other_amount() {
        let fits = |aid: i64, declared: Shares| {
            fits(
                declared,
                Figure::whole(600_000),
                Figure::whole(600_000),
                Figure::whole(80),
                Figure::whole(aid),
            )
        };
        assert!(fits(120_000, shares(480_000, 0, 0)));
        assert!(fits(100_000, shares(480_000, 20_000, 0)));
        assert!(!fits(100_000, shares(480_000, 0, 20_000)));
    }
}
