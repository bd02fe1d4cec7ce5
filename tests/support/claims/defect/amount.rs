//! Lỗi số tiền của dòng: amounts, prices and shares of a line that do not fit each other.

use super::super::draft::{DraftClaim, DraftLine, rounded, share_of};
use super::super::random::Random;
use super::{Expected, at, choose, delta, is_old, is_out_of_network};
use bhyt::workshop::{FilePart, Standard};

pub(super) fn fund_share(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_out_of_network(claim) {
        return None;
    }
    let index = choose(claim, random, |line| line.aid.is_none() && line.amounts.covered > 100_000)?;
    let line = &mut claim.lines[index];
    let other = random.pick(&[1_000, 950, 800, 400, 320]);
    let fund = share_of(line.amounts.covered, if other == line.share { 500 } else { other });
    let difference = fund - line.amounts.fund;
    line.amounts.fund = fund;
    line.amounts.copayment = line.amounts.covered - fund;
    claim.total();
    Some(at(claim, index, "A01-fund-share", Some(difference)))
}

pub(super) fn copayment_as_own(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_out_of_network(claim) {
        return None;
    }
    let index = choose(claim, random, |line| line.aid.is_none() && line.amounts.copayment > 100)?;
    let amounts = &mut claim.lines[index].amounts;
    let moved = amounts.copayment;
    amounts.own += moved;
    amounts.copayment = 0;
    claim.total();
    Some(at(claim, index, "A03-copayment-as-own", Some(-moved)))
}

pub(super) fn drug_price(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    let standard = claim.standard;
    let is_drug = |line: &DraftLine| {
        line.part == FilePart::Drugs && line.aid.is_none() && line.scope == 1 && line.amounts.covered > 10_000
    };
    let index = choose(claim, random, is_drug)?;
    let line = &mut claim.lines[index];
    let before = line.amounts;
    line.hospital_price += line.hospital_price / 5 + 1_000;
    line.insured_price = line.hospital_price;
    line.form(standard);
    let difference = before.covered - line.amounts.covered;
    let hospital = line.amounts.hospital;
    line.amounts = before;
    line.amounts.hospital = hospital;
    line.amounts.own = hospital - before.covered;
    claim.total();
    Some(at(claim, index, "A04-drug-price", Some(difference)))
}

pub(super) fn service_ratio(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) || claim.standard == Standard::Qd130 {
        return None;
    }
    let index = choose(claim, random, |line| {
        line.part == FilePart::Services && line.service_ratio != 100 && line.aid.is_none()
    })?;
    let line = &mut claim.lines[index];
    let reduced = line.amounts.hospital;
    line.amounts.hospital = rounded(i128::from(line.quantity) * i128::from(line.hospital_price), 10_000);
    line.amounts.own = line.amounts.hospital - line.amounts.covered;
    let difference = line.amounts.hospital - reduced;
    claim.total();
    Some(at(claim, index, "A06-service-ratio", Some(difference)))
}

pub(super) fn hospital_amount(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_out_of_network(claim) {
        return None;
    }
    let index = choose(claim, random, |line| line.aid.is_none())?;
    let difference = delta(random);
    claim.lines[index].amounts.hospital += difference;
    claim.total();
    Some(at(claim, index, "A11-hospital-amount", Some(difference)))
}

pub(super) fn covered_amount(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    let index = choose(claim, random, |line| {
        line.part == FilePart::Services && line.aid.is_none() && line.amounts.covered > 1_000_000
    })?;
    let line = &mut claim.lines[index];
    let difference = -delta(random);
    let amounts = &mut line.amounts;
    amounts.covered += difference;
    amounts.fund = share_of(amounts.covered, line.share);
    amounts.copayment = amounts.covered - amounts.fund;
    amounts.own = amounts.hospital - amounts.covered;
    claim.total();
    Some(at(claim, index, "A12-covered-amount", Some(difference)))
}

pub(super) fn copayment(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_out_of_network(claim) {
        return None;
    }
    let index = choose(claim, random, |line| line.aid.is_none())?;
    let difference = delta(random);
    claim.lines[index].amounts.copayment += difference;
    claim.total();
    Some(at(claim, index, "A13-copayment", Some(difference)))
}

pub(super) fn own_payment(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_out_of_network(claim) {
        return None;
    }
    let index = choose(claim, random, |line| line.aid.is_none())?;
    let difference = delta(random);
    claim.lines[index].amounts.own += difference;
    claim.total();
    Some(at(claim, index, "A14-own-payment", Some(difference)))
}

pub(super) fn unpriced_service(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    let index = choose(claim, random, |line| {
        line.part == FilePart::Services && !line.is_supply() && line.insured_price > 0
    })?;
    let line = &mut claim.lines[index];
    let suffix = random.pick(&["_TB", ".0000"]);
    line.code = format!("22.0120{suffix}");
    let price = line.insured_price / 10;
    Some(at(claim, index, "A27-unpriced-service", Some(price)))
}

pub(super) fn negative(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    // A small line, so that the visit stays on its side of the limit of cheap ones.
    let all = claim.covered();
    let index = choose(claim, random, |line| {
        line.part == FilePart::Services && line.aid.is_none() && line.amounts.covered * 100 < all
    })?;
    let standard = claim.standard;
    let line = &mut claim.lines[index];
    line.quantity = 0;
    line.hospital_price = -line.hospital_price;
    line.form(standard);
    claim.total();
    Some(at(claim, index, "A29-negative", None))
}
