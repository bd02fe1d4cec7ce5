//! Lỗi quyền lợi: shares, codes and cards that the law does not give.

use chrono::{NaiveDate, TimeDelta};

use super::super::draft::{DraftClaim, Minute, share_of};
use super::super::random::Random;
use super::{Expected, at, choose, is_judged, is_old, is_out_of_network, of_summary};
use bhyt::workshop::FilePart;

pub(super) fn outdated_standard(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
    let whole = claim.lines.iter().all(|line| line.share == 1_000) && claim.cards.len() == 1;
    let object = claim.cards.first().map_or("", |card| card.object.as_str());
    if !is_old(claim) || !whole || !matches!(object, "HN2" | "TE1") {
        return None;
    }
    let later = NaiveDate::from_yo_opt(2024, 250)? - claim.discharged.day;
    shift(claim, later);
    Some(Expected { code: "A32-outdated-standard", part: FilePart::Summary, line: None, difference: None })
}

/// Moves a whole claim in time.
pub(super) fn shift(claim: &mut DraftClaim, by: TimeDelta) {
    let moved = |minute: &mut Minute| minute.day += by;
    moved(&mut claim.admitted);
    moved(&mut claim.discharged);
    claim.born += by;
    for card in &mut claim.cards {
        card.from += by;
        card.until += by;
    }
    for line in &mut claim.lines {
        moved(&mut line.ordered);
        moved(&mut line.done);
        moved(&mut line.finished);
    }
}

pub(super) fn benefit_share(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if !is_judged(claim) {
        return None;
    }
    let index = choose(claim, random, |line| line.aid.is_none() && line.amounts.covered > 100_000)?;
    // No level and rate of the law make these shares.
    let share = random.pick(&[700, 650, 455]);
    let standard = claim.standard;
    let line = &mut claim.lines[index];
    let before = share_of(line.amounts.covered, line.share);
    line.share = share;
    line.form(standard);
    let difference = line.amounts.fund - before;
    claim.total();
    Some(at(claim, index, "A02-benefit-share", Some(difference)))
}

pub(super) fn visit_code(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) || !is_judged(claim) {
        return None;
    }
    // Codes of QĐ 824 were taken until the end of 2025.
    let old = chrono::Datelike::year(&claim.discharged.day) < 2026;
    let unknown: &[&str] =
        if old { &["4", "1.99", "3.9", ""] } else { &["3.5", "3.7", "4", "1.8", "1.99", ""] };
    claim.visit_code = random.pick(unknown).to_owned();
    Some(of_summary("A07-visit-code", None))
}

/// Two beds of one kind before and after the change become one line at the first share.
pub(super) fn card_change(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
    let beds: Vec<usize> = (0..claim.lines.len()).filter(|&index| claim.lines[index].group == 15).collect();
    let [first, second] = beds[..] else { return None };
    let (before, after) = (claim.lines[first].clone(), claim.lines[second].clone());
    let plain = before.service_ratio == 100 && after.service_ratio == 100;
    if !is_judged(claim)
        || before.share == after.share
        || !plain
        || before.aid.is_some()
        || after.aid.is_some()
    {
        return None;
    }
    let standard = claim.standard;
    let days = (before.quantity / 1_000, after.quantity / 1_000);
    // The day of leaving is not charged, so the line ends on the day after the last night.
    let line = &mut claim.lines[first];
    line.quantity += after.quantity;
    line.finished = after.finished.plus(24 * 60);
    line.form(standard);
    let each = |days: i64| line.insured_price / 10 * days;
    let expected = share_of(each(days.0), before.share) + share_of(each(days.1), after.share);
    let difference = line.amounts.fund - expected;
    claim.lines.remove(second);
    claim.total();
    Some(at(claim, first, "A08-card-change", Some(difference)))
}

pub(super) fn code_setting(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) || !is_judged(claim) || claim.visit_kind != "01" {
        return None;
    }
    claim.visit_code = random.pick(&["1.15", "3.2", "3.6"]).to_owned();
    Some(of_summary("A33-code-setting", None))
}

pub(super) fn list_ratio_exempt(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let object = claim.cards.first().map_or("", |card| card.object.as_str());
    if !is_judged(claim) || !matches!(object, "TE1" | "CA5") || is_old(claim) {
        return None;
    }
    let index = choose(claim, random, |line| {
        line.part == FilePart::Drugs && line.scope == 1 && line.aid.is_none() && line.amounts.covered > 10_000
    })?;
    let standard = claim.standard;
    let line = &mut claim.lines[index];
    let before = line.amounts.covered;
    line.list_ratio = 70;
    line.form(standard);
    let difference = share_of(line.amounts.covered - before, line.share);
    claim.total();
    Some(at(claim, index, "A34-list-ratio-exempt", Some(difference)))
}

pub(super) fn no_valid_card(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if !is_judged(claim) || claim.cards.len() != 1 || claim.totals.amounts.fund <= 0 {
        return None;
    }
    let until = claim.admitted.day - TimeDelta::days(random.between(1, 90));
    let card = claim.cards.first_mut()?;
    card.until = until;
    card.from = until - TimeDelta::days(300);
    Some(of_summary("A36-no-valid-card", Some(claim.totals.amounts.fund)))
}

pub(super) fn accumulated_copayment(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
    let in_network = matches!(claim.visit_code.as_str(), "1.1" | "1.3" | "1.5");
    let partly = claim.lines.iter().all(|line| line.share < 1_000 && line.aid.is_none());
    if is_old(claim) || !is_judged(claim) || !in_network || !partly || claim.cards.len() != 1 {
        return None;
    }
    let before = claim.totals.amounts.fund;
    claim.five_years_since = Some(claim.admitted.day - TimeDelta::days(6 * 366));
    claim.lines.iter_mut().for_each(|line| line.share = 1_000);
    claim.form();
    Some(of_summary("A40-accumulated-copayment", Some(claim.totals.amounts.fund - before)))
}

pub(super) fn facility_rank(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
    if !is_out_of_network(claim) {
        return None;
    }
    for line in &mut claim.lines {
        line.share = 240;
        let (covered, hospital) = (line.amounts.covered, line.amounts.hospital);
        line.amounts.fund = share_of(covered, 240);
        line.amounts.copayment = share_of(covered, 300) - line.amounts.fund;
        line.amounts.own = hospital - line.amounts.copayment - line.amounts.fund;
    }
    claim.total();
    Some(of_summary("A41-facility-rank", None))
}

pub(super) fn package_cap(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let object = claim.cards.first().map_or("", |card| card.object.as_str());
    if matches!(object, "TE1" | "CA5" | "QN5") || claim.lines.iter().any(|line| !line.package.is_empty()) {
        return None;
    }
    let index = choose(claim, random, |line| line.is_supply() && line.aid.is_none())?;
    let covered_before = claim.covered();
    // A cheap visit would no longer be one.
    if covered_before < 1_000_000_000 && claim.lines.iter().any(|line| line.share == 1_000) {
        return None;
    }
    let standard = claim.standard;
    let line = &mut claim.lines[index];
    line.package = "G9".to_owned();
    line.quantity = 10_000;
    line.insured_price = random.between(12_000_000, 20_000_000) * 1_000;
    line.hospital_price = line.insured_price;
    line.form(standard);
    claim.total();
    if is_out_of_network(claim) {
        return None;
    }
    Some(Expected { code: "A43-package-cap", part: FilePart::Services, line: None, difference: None })
}

pub(super) fn withdrawn_claim(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
    if !is_judged(claim) || is_old(claim) || claim.totals.amounts.fund == 0 {
        return None;
    }
    claim.visit_code = "8".to_owned();
    Some(of_summary("A78-withdrawn-claim", Some(claim.totals.amounts.fund)))
}
