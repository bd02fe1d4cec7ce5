//! Lỗi của cả hồ sơ: tables left out or twice, amounts grouped by thousands, dates and keys that do not fit.

use super::super::draft::{DraftClaim, Override, Written};
use super::super::random::Random;
use super::{Expected, at, choose, is_judged, is_old, of_summary, overriding};
use bhyt::workshop::{FilePart, Tag};

fn sum_of(claim: &DraftClaim, part: FilePart) -> i64 {
    claim.lines.iter().filter(|line| line.part == part).map(|line| line.amounts.hospital).sum()
}

pub(super) fn missing_part(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let part = random.pick(&[FilePart::Drugs, FilePart::Services]);
    let missing = sum_of(claim, part);
    if missing <= 0 {
        return None;
    }
    claim.left_out = Some(part);
    Some(of_summary("A44-missing-part", Some(missing)))
}

pub(super) fn repeated_part(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let part = random.pick(&[FilePart::Drugs, FilePart::Services]);
    if !claim.lines.iter().any(|line| line.part == part) {
        return None;
    }
    claim.twice = Some(part);
    Some(Expected { code: "A45-repeated-part", part, line: None, difference: None })
}

pub(super) fn grouped_amounts(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    // An amount that is no whole number of thousands at least keeps its group of three.
    let fits = |amount: i64| amount == 0 || (amount % 100 == 0 && (100_000..100_000_000).contains(&amount));
    let amounts = claim.lines.iter().flat_map(|line| {
        let a = &line.amounts;
        [a.hospital, a.covered, a.other, a.own, a.copayment, a.fund]
    });
    let totals = &claim.totals;
    let t = &totals.amounts;
    let sums = [
        t.hospital,
        t.covered,
        t.other,
        t.own,
        t.copayment,
        t.fund,
        totals.drugs,
        totals.supplies,
        totals.fee_for_service,
    ];
    if !amounts.chain(sums).all(fits) || totals.amounts.hospital == 0 {
        return None;
    }
    claim.grouped = true;
    Some(of_summary("A46-grouped-amounts", None))
}

fn summary_says(claim: &mut DraftClaim, tag: Tag, text: Written) {
    claim.overrides.push(Override { part: FilePart::Summary, line: 1, tag, text });
}

pub(super) fn moment_outside_stay(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) || claim.cards.len() != 1 || !claim.exempt_from.is_empty() {
        return None;
    }
    let index = choose(claim, random, |line| (1..=4).contains(&line.group))?;
    let early = claim.admitted.plus(-random.between(2_000, 4_000));
    if early.day.format("%Y").to_string() != claim.discharged.day.format("%Y").to_string() {
        return None;
    }
    let line = &mut claim.lines[index];
    (line.ordered, line.done) = (early, early.plus(5));
    Some(at(claim, index, "A65-moment-outside-stay", None))
}

pub(super) fn treatment_days(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    let days = random.between(15, 90).to_string();
    summary_says(claim, Tag::SoNgayDtri, Written::Text(days));
    Some(of_summary("A66-treatment-days", None))
}

pub(super) fn same_line_twice(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = choose(claim, random, |line| {
        (1..=4).contains(&line.group) && line.aid.is_none() && line.amounts.fund > 0
    })?;
    if claim.covered() < 50_000_000 {
        return None;
    }
    let copy = claim.lines[index].clone();
    let fund = copy.amounts.fund;
    claim.lines.insert(index + 1, copy);
    // The copy is told at its own number; the first of the two keeps the lower one.
    let mut same = (0..claim.lines.len()).filter(|&other| {
        let (a, b) = (&claim.lines[other], &claim.lines[index]);
        a.part == b.part && a.code == b.code && a.done == b.done && a.quantity == b.quantity
    });
    if same.by_ref().count() != 2 {
        return None;
    }
    claim.total();
    if super::is_out_of_network(claim) {
        return None;
    }
    Some(at(claim, index + 1, "A67-same-line-twice", Some(fund)))
}

pub(super) fn claim_key(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = choose(claim, random, |_| true)?;
    overriding(claim, index, Tag::MaLk, Written::Text("LK-OTHER".to_owned()), "A70-claim-key")?;
    Some(of_summary("A70-claim-key", None))
}

#[allow(clippy::unnecessary_wraps, reason = "all injectors have one signature; others may find no place")]
pub(super) fn period(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if random.percent(50) {
        summary_says(claim, Tag::ThangQt, Written::Text("13".to_owned()));
    } else {
        summary_says(claim, Tag::NamQt, Written::Text("2015".to_owned()));
    }
    Some(of_summary("A71-period", None))
}

pub(super) fn dates_missing(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) || claim.totals.amounts.fund <= 0 || !is_judged(claim) {
        return None;
    }
    // The cap of packages and the ratios of services go by the day of discharge.
    let plain = claim.lines.iter().all(|line| line.package.is_empty());
    if !plain {
        return None;
    }
    let tag = random.pick(&[Tag::NgayRa, Tag::NgayVao]);
    summary_says(claim, tag, Written::Absent);
    Some(of_summary("A72-dates-missing", Some(claim.totals.amounts.fund)))
}

/// An in-patient stay booked as one of under four hours.
pub(super) fn visit_hours(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
    let nights = (claim.discharged.day - claim.admitted.day).num_days();
    if is_old(claim) || claim.visit_kind != "03" || nights < 1 {
        return None;
    }
    claim.visit_kind = "09".to_owned();
    Some(of_summary("A74-visit-hours", None))
}

pub(super) fn item_without_code(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = choose(claim, random, |line| line.amounts.fund > 0 && !line.is_supply())?;
    claim.lines[index].code = String::new();
    Some(at(claim, index, "A79-item-without-code", Some(claim.lines[index].amounts.fund)))
}

pub(super) fn visit_kind(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if claim.visit_kind.trim_start_matches('0') != "1"
        || !matches!(claim.visit_code.as_str(), "1" | "1.1" | "1.11")
    {
        return None;
    }
    claim.visit_kind = random.pick(&["", "99", "17", "AB"]).to_owned();
    Some(of_summary("A80-visit-kind", None))
}

/// A code that its short list does not hold.
pub(super) fn code_value(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let wrong = Written::Text(random.between(9, 40).to_string());
    let ending = if is_old(claim) { Tag::TinhTrangRv } else { Tag::MaLoaiRv };
    match random.below(4) {
        0 => summary_says(claim, Tag::GioiTinh, wrong),
        1 => summary_says(claim, Tag::KetQuaDtri, wrong),
        2 => summary_says(claim, ending, wrong),
        _ if is_old(claim) => return None,
        _ => {
            let index = choose(claim, random, |line| line.amounts.fund == 0 || line.scope == 1)?;
            return overriding(claim, index, Tag::VetThuongTp, wrong, "A81-code-value");
        }
    }
    Some(of_summary("A81-code-value", None))
}

/// A birth of which nothing can be read, or one that nobody has survived.
pub(super) fn impossible_day(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let by_age = claim.cards.iter().any(|card| card.object.starts_with("TE")) || claim.visit_code == "1.7";
    if by_age {
        return None;
    }
    let birth = random.pick(&["185103040000", "18510304", "197713450000", "khong ro", "1850"]);
    summary_says(claim, Tag::NgaySinh, Written::Text(birth.to_owned()));
    Some(of_summary("A82-impossible-day", None))
}
