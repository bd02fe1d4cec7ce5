//! Lỗi ô dữ liệu: numbers, moments, lists and codes that are written wrongly or out of range.

use super::super::draft::{DraftClaim, DraftLine, Override, Written, rounded};
use super::super::random::Random;
use super::{Expected, at, choose, is_old, overriding};
use bhyt::workshop::{FilePart, Standard, Tag};

/// A field of a line that holds a number, and its text as the standard writes it.
fn number_field(claim: &DraftClaim, index: usize, random: &mut Random) -> (Tag, String) {
    let line = &claim.lines[index];
    let amount = |hundredths: i64| format!("{}.{:02}", hundredths / 100, hundredths % 100);
    match random.below(4) {
        0 => (Tag::SoLuong, format!("{}.{:03}", line.quantity / 1_000, line.quantity % 1_000)),
        1 => (Tag::TBhtt, amount(line.amounts.fund)),
        2 => (Tag::TBntt, amount(line.amounts.own)),
        _ if is_old(claim) => (Tag::ThanhTien, amount(line.amounts.hospital)),
        _ => (Tag::ThanhTienBv, amount(line.amounts.hospital)),
    }
}

pub(super) fn number_form(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = choose(claim, random, |_| true)?;
    let (tag, text) = number_field(claim, index, random);
    let (whole, decimals) = text.split_once('.')?;
    let written = match random.below(5) {
        // Three decimals after a comma could be a group of thousands.
        0 if decimals.len() == 2 => format!("{whole},{decimals}"),
        1 => format!("{whole}{decimals}e-{}", decimals.len()),
        2 => format!("+{text}"),
        3 => format!("{text}%"),
        _ => format!("{whole}{decimals}E-{}", decimals.len()),
    };
    overriding(claim, index, tag, Written::Text(written), "A09-number-form")
}

pub(super) fn unreadable_number(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = choose(claim, random, |_| true)?;
    let (tag, _) = number_field(claim, index, random);
    let written =
        random.pick(&["15.78.62.19", "NaN", "undefined", "1,234", "null", "1.234.56", "--", "1e300"]);
    overriding(claim, index, tag, Written::Text(written.to_owned()), "A17-unreadable-number")
}

pub(super) fn missing_number(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = choose(claim, random, |_| true)?;
    let (tag, _) = number_field(claim, index, random);
    let written = if random.percent(50) { Written::Absent } else { Written::Text(String::new()) };
    overriding(claim, index, tag, written, "A24-missing-number")
}

pub(super) fn repeated_field(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = choose(claim, random, |_| true)?;
    let (tag, text) = number_field(claim, index, random);
    overriding(claim, index, tag, Written::Again(format!("1{text}")), "A30-repeated-field")
}

pub(super) fn date_form(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = choose(claim, random, |_| true)?;
    let written = random.pick(&["202613010800", "2026-17-01 08:00", "20260230", "202607012460", "0"]);
    overriding(claim, index, Tag::NgayKq, Written::Text(written.to_owned()), "A31-date-form")
}

pub(super) fn date_order(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    let index = choose(claim, random, |_| true)?;
    let line = &mut claim.lines[index];
    line.ordered = line.done.plus(random.between(1, 5_000));
    Some(at(claim, index, "A23-date-order", None))
}

#[expect(clippy::unnecessary_wraps, reason = "all injectors have one signature; others may find no place")]
pub(super) fn card_lists(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
    let places: Vec<String> = claim.cards.iter().map(|card| card.registered.clone()).collect();
    let text = Written::Text(format!("{};00002", places.join(";")));
    claim.overrides.push(Override { part: FilePart::Summary, line: 1, tag: Tag::MaDkbd, text });
    Some(Expected { code: "A22-card-lists", part: FilePart::Summary, line: None, difference: None })
}

pub(super) fn scope(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = choose(claim, random, |line| line.amounts.fund > 0 && line.scope == 1)?;
    claim.lines[index].scope = random.pick(&[2, 7]);
    Some(at(claim, index, "A18-scope", None))
}

pub(super) fn ratio_range(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) || claim.standard == Standard::Qd130 {
        return None;
    }
    let is_test = |line: &DraftLine| {
        line.part == FilePart::Services && (1..=3).contains(&line.group) && line.aid.is_none()
    };
    let index = choose(claim, random, is_test)?;
    let standard = claim.standard;
    let line = &mut claim.lines[index];
    line.service_ratio = random.between(101, 300);
    line.form(standard);
    let at_whole = rounded(i128::from(line.amounts.fund) * 100, i128::from(line.service_ratio));
    let difference = line.amounts.fund - at_whole;
    claim.total();
    Some(at(claim, index, "A19-ratio-range", Some(difference)))
}

pub(super) fn service_ratio_value(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    let index = choose(claim, random, |line| matches!(line.group, 13 | 15) && line.aid.is_none())?;
    let room = claim.covered() - claim.lines[index].amounts.covered;
    let standard = claim.standard;
    let line = &mut claim.lines[index];
    // A whole price at another ratio, so that the covered cost of the visit stays what it was.
    let price = line.insured_price * line.service_ratio;
    let ratio = random.pick(&[40, 25, 20]);
    if room < 0 || price % ratio != 0 {
        return None;
    }
    line.service_ratio = ratio;
    line.insured_price = price / ratio;
    line.hospital_price = line.insured_price;
    line.form(standard);
    claim.total();
    Some(at(claim, index, "A20-service-ratio-value", None))
}

pub(super) fn item_group(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = choose(claim, random, |line| (1..=4).contains(&line.group))?;
    let line = &mut claim.lines[index];
    line.group = if line.part == FilePart::Drugs { 1 } else { 4 };
    Some(at(claim, index, "A21-item-group", None))
}
