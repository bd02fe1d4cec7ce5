//! Lỗi ngoài hiện trường: what insurers cut and hospitals argue about: limit prices, other payers, cards, examinations,
//! beds, operations, routes.

use chrono::TimeDelta;

use super::super::draft::{Aid, DraftClaim, DraftLine, Minute, Override, Written, rounded, share_of};
use super::super::random::Random;
use super::law::shift;
use super::{Expected, at, choose, is_judged, is_old, is_out_of_network, of_summary, overriding};
use bhyt::workshop::{FilePart, Tag};

fn is_plain(line: &DraftLine) -> bool {
    line.aid.is_none() && line.scope == 1 && line.amounts.fund > 0
}

fn object(claim: &DraftClaim) -> &str {
    claim.cards.first().map_or("", |card| card.object.as_str())
}

/// Far above every limit of a cheap visit, so that another line changes nothing.
fn is_large(claim: &DraftClaim) -> bool {
    claim.covered() > 50_000_000 && claim.cards.len() == 1 && claim.exempt_from.is_empty()
}

pub(super) fn rounded_percent(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if !is_judged(claim) {
        return None;
    }
    let index = choose(claim, random, |line| {
        line.share % 10 != 0 && line.amounts.covered > 1_000_000 && is_plain(line)
    })?;
    let whole = (claim.lines[index].share / 10).to_string();
    overriding(claim, index, Tag::MucHuong, Written::Text(whole), "A47-rounded-percent")
}

pub(super) fn above_limit_price(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    let index =
        choose(claim, random, |line| line.is_supply() && is_plain(line) && line.amounts.covered > 100_000)?;
    let line = &mut claim.lines[index];
    // For one unit or for all of them: still below what the fund pays.
    let cap = line.amounts.covered * 1_000 / line.quantity.max(1_000) / 2;
    line.cap = Some(cap);
    let highest = cap.max(rounded(i128::from(cap) * i128::from(line.quantity), 1_000));
    let difference = line.amounts.fund - share_of(highest, line.share);
    Some(at(claim, index, "A48-above-limit-price", Some(difference)))
}

pub(super) fn insured_above_hospital(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    let is_test = |line: &DraftLine| (1..=3).contains(&line.group) && is_plain(line);
    let index = choose(claim, random, is_test)?;
    let standard = claim.standard;
    let line = &mut claim.lines[index];
    let off = line.insured_price / 4_000 * 1_000;
    line.hospital_price = line.insured_price - off;
    line.form(standard);
    line.amounts.own = 0;
    claim.total();
    Some(at(claim, index, "A49-insured-above-hospital", Some(off / 10)))
}

pub(super) fn reused_supply_price(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    let index = choose(claim, random, |line| line.is_supply() && line.package.is_empty() && is_plain(line))?;
    let standard = claim.standard;
    let line = &mut claim.lines[index];
    let above = random.between(1, 90) * 1_000_000;
    line.hospital_price += above;
    line.reused = "1";
    line.form(standard);
    claim.total();
    Some(at(claim, index, "A50-reused-supply-price", Some(above / 10)))
}

pub(super) fn other_payer(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = choose(claim, random, is_plain)?;
    claim.lines[index].payer = random.pick(&["2", "3", "4"]);
    let fund = claim.lines[index].amounts.fund;
    Some(at(claim, index, "A51-other-payer", Some(fund)))
}

pub(super) fn war_wound(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if !is_judged(claim) || !matches!(object(claim), "GD4" | "DN4" | "HT3" | "SV4" | "TE1") {
        return None;
    }
    let index = choose(claim, random, is_plain)?;
    claim.lines[index].wound = "1";
    let fund = claim.lines[index].amounts.fund;
    Some(at(claim, index, "A52-war-wound", Some(fund)))
}

/// One more service line with these facts, at the share of the first line.
fn another(claim: &mut DraftClaim, group: u32, dong: i64) -> Option<usize> {
    let standard = claim.standard;
    let mut line = claim.lines.iter().find(|line| line.part == FilePart::Services)?.clone();
    line.group = group;
    let code = if group == 12 { "VC.00001" } else { "K99.0001" };
    (line.code, line.supply, line.package) = (code.to_owned(), String::new(), String::new());
    line.quantity = 1_000;
    (line.insured_price, line.hospital_price) = (dong * 1_000, dong * 1_000);
    (line.service_ratio, line.list_ratio, line.scope) = (100, 100, 1);
    (line.aid, line.cap) = (None, None);
    line.done = claim.admitted.plus(45);
    (line.ordered, line.finished) = (line.done, line.done.plus(10));
    line.form(standard);
    claim.lines.push(line);
    claim.lines.sort_by_key(|line| line.part);
    claim.total();
    Some(claim.lines.len() - 1)
}

pub(super) fn transport(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let judged = is_judged(claim) && !is_old(claim) && is_large(claim);
    if !judged || !matches!(object(claim), "GD4" | "DN4" | "HT3" | "HS4" | "SV4") {
        return None;
    }
    let index = another(claim, 12, random.between(100, 900) * 1_000)?;
    let fund = claim.lines[index].amounts.fund;
    (fund > 0).then(|| at(claim, index, "A53-transport", Some(fund)))
}

pub(super) fn fund_without_card(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
    if claim.totals.amounts.fund <= 0 || is_out_of_network(claim) {
        return None;
    }
    claim.cards.clear();
    Some(of_summary("A54-fund-without-card", Some(claim.totals.amounts.fund)))
}

pub(super) fn card_form(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if !is_judged(claim) || claim.cards.len() != 1 {
        return None;
    }
    let card = &mut claim.cards[0];
    match random.below(3) {
        0 => {
            card.number.pop();
        }
        1 => card.object = card.object.to_lowercase(),
        _ => card.number.insert(4, ' '),
    }
    Some(of_summary("A55-card-form", None))
}

pub(super) fn card_age(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if !is_judged(claim) || object(claim) != "TE1" || claim.totals.amounts.fund <= 0 {
        return None;
    }
    claim.born = claim.admitted.day - TimeDelta::days(random.between(8 * 366, 40 * 365));
    Some(of_summary("A56-card-age", Some(claim.totals.amounts.fund)))
}

pub(super) fn newborn(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
    if !is_judged(claim) || is_old(claim) || claim.visit_code != "1.1" || object(claim) == "TE1" {
        return None;
    }
    claim.visit_code = "1.7".to_owned();
    Some(of_summary("A57-newborn", None))
}

pub(super) fn exam_ratios(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) || !is_large(claim) {
        return None;
    }
    let index = choose(claim, random, |line| line.group == 13 && line.service_ratio == 30 && is_plain(line))?;
    let standard = claim.standard;
    let line = &mut claim.lines[index];
    line.service_ratio = 100;
    line.form(standard);
    let over = rounded(i128::from(line.insured_price) * 70, 1_000);
    let difference = share_of(over, line.share);
    claim.total();
    Some(at(claim, index, "A58-exam-ratios", Some(difference)))
}

pub(super) fn bed_days(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
    let beds: Vec<usize> = (0..claim.lines.len()).filter(|&index| claim.lines[index].group == 15).collect();
    let [index] = beds[..] else { return None };
    let line = &claim.lines[index];
    if is_old(claim) || !is_large(claim) || !is_plain(line) || line.service_ratio != 100 {
        return None;
    }
    let standard = claim.standard;
    let line = &mut claim.lines[index];
    line.quantity += 1_000;
    line.form(standard);
    let difference = share_of(line.insured_price / 10, line.share);
    claim.total();
    Some(at(claim, index, "A59-bed-days", Some(difference)))
}

pub(super) fn operations(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let is_second = |line: &DraftLine| line.group == 8 && line.service_ratio < 100 && is_plain(line);
    let index = choose(claim, random, is_second)?;
    let paid = claim.lines.iter().filter(|line| line.group == 8 && is_plain(line)).count();
    if is_old(claim) || !is_large(claim) || paid != 2 {
        return None;
    }
    let standard = claim.standard;
    let line = &mut claim.lines[index];
    line.service_ratio = 100;
    line.form(standard);
    let difference = share_of(line.amounts.fund, 500);
    claim.total();
    Some(at(claim, index, "A60-operations", Some(difference)))
}

pub(super) fn outpatient_bed(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if claim.visit_kind != "01" || is_old(claim) || !is_large(claim) {
        return None;
    }
    let index = another(claim, 15, random.between(150, 300) * 1_000)?;
    let fund = claim.lines[index].amounts.fund;
    (fund > 0).then(|| at(claim, index, "A61-outpatient-bed", Some(fund)))
}

pub(super) fn medicine_only(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
    let exams: Vec<usize> = (0..claim.lines.len()).filter(|&index| claim.lines[index].group == 13).collect();
    let [index] = exams[..] else { return None };
    let fund = claim.lines[index].amounts.fund;
    let code = claim.visit_code == "1.1" && claim.visit_kind == "01";
    if !is_judged(claim) || is_old(claim) || !code || fund <= 0 {
        return None;
    }
    claim.visit_code = "7".to_owned();
    Some(at(claim, index, "A62-medicine-only", Some(fund)))
}

pub(super) fn route_evidence(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
    if !is_judged(claim) || is_old(claim) || claim.totals.amounts.fund <= 0 {
        return None;
    }
    match claim.visit_code.as_str() {
        "1.3" | "1.5" => {
            for tag in [Tag::MaNoiDi, Tag::GiayChuyenTuyen] {
                let text = Written::Text(String::new());
                claim.overrides.push(Override { part: FilePart::Summary, line: 1, tag, text });
            }
        }
        "1.1" => claim.cards.iter_mut().for_each(|card| card.registered = "00002".to_owned()),
        "3.6" => claim.residence.clear(),
        _ => return None,
    }
    Some(of_summary("A63-route-evidence", None))
}

/// A stay over New Year 2026 of somebody near poor, 95 % before it and 100 % after: one line by the older level.
pub(super) fn levels_changed(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let code = matches!(claim.visit_code.as_str(), "1.1" | "1.3" | "1.15");
    if !is_judged(claim) || is_old(claim) || !code || claim.visit_kind != "03" || !is_large(claim) {
        return None;
    }
    let nights = (claim.discharged.day - claim.admitted.day).num_days();
    let new_year = chrono::NaiveDate::from_ymd_opt(2026, 1, 1)?;
    shift(claim, new_year + TimeDelta::days(nights - nights / 2) - claim.discharged.day);
    claim.cards[0].object = "CN3".to_owned();
    let standard = claim.standard;
    for line in &mut claim.lines {
        if line.aid.is_some_and(|(kind, ..)| kind == Aid::Copayment) {
            return None;
        }
        line.share = 1_000;
        line.aid = None;
        line.form(standard);
    }
    let start = Minute::new(new_year, 0);
    let index = choose(claim, random, |line| {
        (1..=4).contains(&line.group) && line.done < start && line.amounts.covered > 100_000
    })?;
    let line = &mut claim.lines[index];
    line.share = 950;
    line.form(standard);
    let difference = line.amounts.fund - share_of(line.amounts.covered, 1_000);
    claim.total();
    Some(at(claim, index, "A64-levels-changed", Some(difference)))
}

/// A drug of the list booked in the group of those with a ratio, and paid in full.
pub(super) fn ratio_group(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let plain =
        claim.cards.iter().all(|card| matches!(card.object.as_str(), "GD4" | "DN4" | "HT3" | "HS4" | "SV4"));
    if !is_judged(claim) || is_old(claim) || !plain {
        return None;
    }
    let is_listed = |line: &DraftLine| line.group == 4 && line.list_ratio == 100 && is_plain(line);
    let index = choose(claim, random, is_listed)?;
    claim.lines[index].group = 6;
    Some(at(claim, index, "A75-ratio-group", None))
}

/// One tablet more than the dose explains.
pub(super) fn dose_quantity(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    let is_counted = |line: &DraftLine| {
        line.group == 4
            && line.quantity % 1_000 == 0
            && line.quantity >= 3_000
            && is_plain(line)
            && line.scope == 1
    };
    let index = choose(claim, random, is_counted)?;
    let line = &claim.lines[index];
    let days = line.quantity / 1_000 - 1;
    let one = rounded(i128::from(line.insured_price) * i128::from(line.list_ratio), 1_000);
    let difference = share_of(one, line.share);
    let dose = format!("1 viên/lần * 1 lần/ngày * {days} ngày");
    let expected = overriding(claim, index, Tag::LieuDung, Written::Text(dose), "A77-dose-quantity")?;
    (difference > 0).then_some(Expected { difference: Some(difference), ..expected })
}
