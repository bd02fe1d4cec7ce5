//! Ảnh hưởng: what an amount that is wrong makes the fund and the patient pay too much.

use crate::audit::claim_file::Line;
use crate::audit::figure::Figure;

/// Effect of a covered amount that should be another, when the line's shares follow it.
pub(super) fn covered_effect(line: &Line<'_>, expected: Figure) -> (Figure, Figure) {
    let (Some(declared), Some(share)) = (line.covered_amount, line.share) else {
        return (Figure::ZERO, Figure::ZERO);
    };
    let of = |amount: Figure| amount.product(Figure::whole(1), &[share]).unwrap_or_default();
    let follows = line.fund.is_some_and(|fund| crate::audit::replay::is_near(fund, of(declared)));
    if !follows {
        return (Figure::ZERO, Figure::ZERO);
    }
    let fund = of(declared) - of(expected);
    // The bill stays as it is: what the fund pays too much the patient pays too little.
    (fund, -fund)
}

/// Effect of a hospital amount that should be another, when the own payment follows it.
pub(super) fn hospital_effect(line: &Line<'_>, expected: Figure) -> (Figure, Figure) {
    let (Some(declared), Some(covered), Some(own)) = (line.hospital_amount, line.covered_amount, line.own)
    else {
        return (Figure::ZERO, Figure::ZERO);
    };
    let follows = own == declared - covered;
    (Figure::ZERO, if follows { declared - expected } else { Figure::ZERO })
}
