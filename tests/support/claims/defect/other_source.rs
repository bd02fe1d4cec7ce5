//! Lỗi nguồn khác: lines with aid whose payers do not fit.

use super::super::draft::{Aid, DraftClaim, Written};
use super::super::random::Random;
use super::{Expected, at, choose, delta, is_old, overriding};
use bhyt::workshop::Tag;

/// A line that aid for the patient meets: nothing is taken from the fund yet.
fn with_aid(claim: &mut DraftClaim, random: &mut Random) -> Option<usize> {
    if is_old(claim) {
        return None;
    }
    let index =
        choose(claim, random, |line| line.scope == 1 && line.aid.is_none() && line.amounts.fund > 1_000_000)?;
    let standard = claim.standard;
    let line = &mut claim.lines[index];
    line.aid = Some((Aid::Patient, line.amounts.own + line.amounts.copayment + line.amounts.fund / 7, 1));
    line.form(standard);
    Some(index)
}

pub(super) fn payers_sum(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = with_aid(claim, random)?;
    let difference = delta(random);
    claim.lines[index].amounts.own += difference;
    claim.total();
    Some(at(claim, index, "A10-payers-sum", Some(difference)))
}

pub(super) fn other_source_sum(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    let index = choose(claim, random, |line| line.aid.is_none())?;
    let text = Written::Text("1250.50".to_owned());
    let expected = overriding(claim, index, Tag::TNguonkhacVtnn, text, "A15-other-source-sum")?;
    Some(Expected { difference: Some(-125_050), ..expected })
}

pub(super) fn other_source_range(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    let index = choose(claim, random, |line| line.aid.is_none())?;
    let above = delta(random);
    let line = &mut claim.lines[index];
    line.aid = Some((Aid::Patient, 0, 3));
    line.amounts.other = line.amounts.hospital + above;
    claim.total();
    Some(at(claim, index, "A16-other-source-range", None))
}

pub(super) fn other_source_split(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = with_aid(claim, random)?;
    let amounts = &mut claim.lines[index].amounts;
    let moved = random.between(1_000, 9_000);
    amounts.fund -= moved;
    amounts.own += moved;
    claim.total();
    Some(at(claim, index, "A28-other-source-split", Some(-moved)))
}
