//! Ảnh hưởng: what an amount that is wrong makes the fund and the patient pay too much.

use super::evidence::Examined;
use crate::audit::claim_file::FileLine;
use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Finding};
use crate::audit::replay::line::LineReplay;
use crate::audit::tag::{FilePart, Tag};

/// Thành tiền BHYT sai: a finding for every line of a part whose covered amount should be another.
pub(super) fn covered_amounts<'e>(
    examined: &'e Examined<'_>,
    check: &'static AuditCheck,
    part: FilePart,
) -> impl Iterator<Item = (&'e FileLine<'e>, Finding)> {
    // QĐ 4210 has no field for it.
    let stated = !examined.claim.standard.has_single_amount();
    examined.lines().filter(move |(line, _)| stated && line.part == part).filter_map(move |(line, replay)| {
        let (expected, declared) = (replay.covered.expected()?, line.covered_amount?);
        let (fund, patient) = covered_effect(line, expected);
        let finding = examined.at_line(check, line, Tag::ThanhTienBh).amounts(declared, expected);
        Some((line, finding.bearing(fund, patient)))
    })
}

/// The amount on which a share that is wrong counts: the covered amount as it should be, where another finding brings the one
/// declared to it. Otherwise both would count the part between them.
pub(super) fn share_base(
    examined: &Examined<'_>,
    line: &FileLine<'_>,
    replay: &LineReplay,
    base: Figure,
) -> Figure {
    let is_told = !examined.claim.standard.has_single_amount();
    let expected =
        replay.covered.expected().filter(|expected| is_told && !covered_effect(line, *expected).0.is_zero());
    expected.unwrap_or(base)
}

/// Effect of a covered amount that should be another, when the line's shares follow it.
fn covered_effect(line: &FileLine<'_>, expected: Figure) -> (Figure, Figure) {
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
pub(super) fn hospital_effect(line: &FileLine<'_>, expected: Figure) -> (Figure, Figure) {
    let (Some(declared), Some(covered), Some(own)) = (line.hospital_amount, line.covered_amount, line.own)
    else {
        return (Figure::ZERO, Figure::ZERO);
    };
    // Under QĐ 4210 the covered amount is the hospital's own, so the payers must add up to it too.
    let paid: Figure = [line.fund, line.copayment, line.own, line.other].into_iter().flatten().sum();
    let follows = own == declared - covered && paid == declared;
    (Figure::ZERO, if follows { declared - expected } else { Figure::ZERO })
}
