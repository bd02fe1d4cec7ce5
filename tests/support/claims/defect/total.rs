//! Lỗi số tổng: totals of XML1, and the part outside capitation.

use super::super::draft::{DraftClaim, Written};
use super::super::random::Random;
use super::{Expected, choose, delta, is_old, overriding};
use bhyt::workshop::{FilePart, Tag};

#[expect(clippy::unnecessary_wraps, reason = "all injectors have one signature; others may find no place")]
pub(super) fn total(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let difference = delta(random);
    let old = is_old(claim);
    let totals = &mut claim.totals;
    let field = match random.below(8) {
        0 => &mut totals.amounts.hospital,
        1 if !old => &mut totals.amounts.covered,
        2 => &mut totals.amounts.fund,
        3 => &mut totals.amounts.copayment,
        4 => &mut totals.amounts.own,
        5 => &mut totals.amounts.other,
        6 => &mut totals.drugs,
        _ => &mut totals.supplies,
    };
    *field += difference;
    Some(Expected { code: "A05-total", part: FilePart::Summary, line: None, difference: Some(difference) })
}

pub(super) fn fee_for_service(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
    if is_old(claim) || claim.totals.fee_for_service == 0 {
        return None;
    }
    let difference = -claim.totals.fee_for_service;
    claim.totals.fee_for_service = 0;
    Some(Expected {
        code: "A25-fee-for-service",
        part: FilePart::Summary,
        line: None,
        difference: Some(difference),
    })
}

pub(super) fn outside_capitation(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if !is_old(claim) {
        return None;
    }
    let index = choose(claim, random, |line| line.amounts.fund > 200)?;
    let fund = claim.lines[index].amounts.fund;
    let expected =
        overriding(claim, index, Tag::TNgoaids, Written::Text("1.00".to_owned()), "A26-outside-capitation")?;
    claim.totals.outside_capitation = 100;
    Some(Expected { difference: Some(100 - fund), ..expected })
}
