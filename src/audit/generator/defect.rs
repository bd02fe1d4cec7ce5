//! Lỗi cài vào: one defect of a kind put into a clean claim, and the one finding it must give.

use chrono::{NaiveDate, TimeDelta};

use super::draft::{Aid, DraftClaim, DraftLine, Minute, Override, Written, share_of};
use super::random::Random;
use crate::audit::tag::{Part, Tag};
use crate::rulebook::claim_files::Standard;

/// The finding that a defect must give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Code of the check.
    pub code: &'static str,
    /// The table.
    pub part: Part,
    /// The line in it; none for XML1.
    pub line: Option<u32>,
    /// Declared less expected in hundredths, where both are amounts.
    pub difference: Option<i64>,
}

/// A kind of defect.
pub struct Defect {
    /// The code whose finding it causes.
    pub code: &'static str,
    /// Puts it into a claim; nothing when the claim has no place for it.
    pub inject: fn(&mut DraftClaim, &mut Random) -> Option<Expected>,
}

/// Every kind of defect.
pub const DEFECTS: &[Defect] = &[
    Defect { code: "A01-fund-share", inject: fund_share },
    Defect { code: "A02-benefit-share", inject: benefit_share },
    Defect { code: "A03-copayment-as-own", inject: copayment_as_own },
    Defect { code: "A04-drug-price", inject: drug_price },
    Defect { code: "A05-total", inject: total },
    Defect { code: "A06-service-ratio", inject: service_ratio },
    Defect { code: "A07-visit-code", inject: visit_code },
    Defect { code: "A08-card-change", inject: card_change },
    Defect { code: "A09-number-form", inject: number_form },
    Defect { code: "A10-payers-sum", inject: payers_sum },
    Defect { code: "A11-hospital-amount", inject: hospital_amount },
    Defect { code: "A12-covered-amount", inject: covered_amount },
    Defect { code: "A13-copayment", inject: copayment },
    Defect { code: "A14-own-payment", inject: own_payment },
    Defect { code: "A15-other-source-sum", inject: other_source_sum },
    Defect { code: "A16-other-source-range", inject: other_source_range },
    Defect { code: "A17-unreadable-number", inject: unreadable_number },
    Defect { code: "A18-scope", inject: scope },
    Defect { code: "A19-ratio-range", inject: ratio_range },
    Defect { code: "A20-service-ratio-value", inject: service_ratio_value },
    Defect { code: "A21-item-group", inject: item_group },
    Defect { code: "A22-card-lists", inject: card_lists },
    Defect { code: "A23-date-order", inject: date_order },
    Defect { code: "A24-missing-number", inject: missing_number },
    Defect { code: "A25-fee-for-service", inject: fee_for_service },
    Defect { code: "A26-outside-capitation", inject: outside_capitation },
    Defect { code: "A27-unpriced-service", inject: unpriced_service },
    Defect { code: "A28-other-source-split", inject: other_source_split },
    Defect { code: "A29-negative", inject: negative },
    Defect { code: "A30-repeated-field", inject: repeated_field },
    Defect { code: "A31-date-form", inject: date_form },
    Defect { code: "A32-outdated-standard", inject: outdated_standard },
    Defect { code: "A33-code-setting", inject: code_setting },
    Defect { code: "A34-list-ratio-exempt", inject: list_ratio_exempt },
    Defect { code: "A36-no-valid-card", inject: no_valid_card },
    Defect { code: "A40-accumulated-copayment", inject: accumulated_copayment },
    Defect { code: "A41-facility-rank", inject: facility_rank },
    Defect { code: "A43-package-cap", inject: package_cap },
];

/// Position of a random line that will do.
fn choose(claim: &DraftClaim, random: &mut Random, will_do: impl Fn(&DraftLine) -> bool) -> Option<usize> {
    let fitting: Vec<usize> = (0..claim.lines.len()).filter(|&index| will_do(&claim.lines[index])).collect();
    if fitting.is_empty() { None } else { Some(random.pick(&fitting)) }
}

fn at(claim: &DraftClaim, index: usize, code: &'static str, difference: Option<i64>) -> Expected {
    Expected { code, part: claim.lines[index].part, line: Some(claim.number_of(index)), difference }
}

fn is_old(claim: &DraftClaim) -> bool {
    claim.standard.has_single_amount()
}

/// QĐ 4210 out of network splits in a way of its own.
fn is_out_of_network(claim: &DraftClaim) -> bool {
    is_old(claim) && claim.visit_code == "3"
}

/// A difference that no rounding explains, up to some thousands of đồng.
fn delta(random: &mut Random) -> i64 {
    random.between(250, 900_000)
}

fn fund_share(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
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

fn copayment_as_own(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
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

fn drug_price(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    let standard = claim.standard;
    let is_drug = |line: &DraftLine| {
        line.part == Part::Drugs && line.aid.is_none() && line.scope == 1 && line.amounts.covered > 10_000
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

#[expect(clippy::unnecessary_wraps, reason = "all injectors have one signature; others may find no place")]
fn total(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
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
    Some(Expected { code: "A05-total", part: Part::Summary, line: None, difference: Some(difference) })
}

fn service_ratio(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) || claim.standard == Standard::Qd130 {
        return None;
    }
    let index = choose(claim, random, |line| {
        line.part == Part::Services && line.service_ratio != 100 && line.aid.is_none()
    })?;
    let line = &mut claim.lines[index];
    let reduced = line.amounts.hospital;
    line.amounts.hospital =
        super::draft::rounded(i128::from(line.quantity) * i128::from(line.hospital_price), 10_000);
    line.amounts.own = line.amounts.hospital - line.amounts.covered;
    let difference = line.amounts.hospital - reduced;
    claim.total();
    Some(at(claim, index, "A06-service-ratio", Some(difference)))
}

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

fn overriding(
    claim: &mut DraftClaim,
    index: usize,
    tag: Tag,
    text: Written,
    code: &'static str,
) -> Option<Expected> {
    let expected = at(claim, index, code, None);
    let (part, line) = (expected.part, expected.line?);
    claim.overrides.push(Override { part, line, tag, text });
    Some(expected)
}

fn number_form(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
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

fn unreadable_number(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = choose(claim, random, |_| true)?;
    let (tag, _) = number_field(claim, index, random);
    let written =
        random.pick(&["15.78.62.19", "NaN", "undefined", "1,234", "null", "1.234.56", "--", "1e300"]);
    overriding(claim, index, tag, Written::Text(written.to_owned()), "A17-unreadable-number")
}

fn missing_number(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = choose(claim, random, |_| true)?;
    let (tag, _) = number_field(claim, index, random);
    let written = if random.percent(50) { Written::Absent } else { Written::Text(String::new()) };
    overriding(claim, index, tag, written, "A24-missing-number")
}

fn repeated_field(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = choose(claim, random, |_| true)?;
    let (tag, text) = number_field(claim, index, random);
    overriding(claim, index, tag, Written::Again(format!("1{text}")), "A30-repeated-field")
}

fn date_form(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = choose(claim, random, |_| true)?;
    let written = random.pick(&["202613010800", "2026-07-01 08:00", "20260230", "202607012460", "0"]);
    overriding(claim, index, Tag::NgayKq, Written::Text(written.to_owned()), "A31-date-form")
}

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

fn payers_sum(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = with_aid(claim, random)?;
    let difference = delta(random);
    claim.lines[index].amounts.own += difference;
    claim.total();
    Some(at(claim, index, "A10-payers-sum", Some(difference)))
}

fn other_source_split(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = with_aid(claim, random)?;
    let amounts = &mut claim.lines[index].amounts;
    let moved = random.between(1_000, 9_000);
    amounts.fund -= moved;
    amounts.own += moved;
    claim.total();
    Some(at(claim, index, "A28-other-source-split", Some(-moved)))
}

fn hospital_amount(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_out_of_network(claim) {
        return None;
    }
    let index = choose(claim, random, |line| line.aid.is_none())?;
    let difference = delta(random);
    claim.lines[index].amounts.hospital += difference;
    claim.total();
    Some(at(claim, index, "A11-hospital-amount", Some(difference)))
}

fn covered_amount(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    let index = choose(claim, random, |line| {
        line.part == Part::Services && line.aid.is_none() && line.amounts.covered > 1_000_000
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

fn copayment(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_out_of_network(claim) {
        return None;
    }
    let index = choose(claim, random, |line| line.aid.is_none())?;
    let difference = delta(random);
    claim.lines[index].amounts.copayment += difference;
    claim.total();
    Some(at(claim, index, "A13-copayment", Some(difference)))
}

fn own_payment(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_out_of_network(claim) {
        return None;
    }
    let index = choose(claim, random, |line| line.aid.is_none())?;
    let difference = delta(random);
    claim.lines[index].amounts.own += difference;
    claim.total();
    Some(at(claim, index, "A14-own-payment", Some(difference)))
}

fn other_source_sum(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    let index = choose(claim, random, |line| line.aid.is_none())?;
    let text = Written::Text("1250.50".to_owned());
    let expected = overriding(claim, index, Tag::TNguonkhacVtnn, text, "A15-other-source-sum")?;
    Some(Expected { difference: Some(-125_050), ..expected })
}

fn other_source_range(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
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

fn scope(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = choose(claim, random, |line| line.amounts.fund > 0 && line.scope == 1)?;
    claim.lines[index].scope = random.pick(&[2, 7]);
    Some(at(claim, index, "A18-scope", None))
}

fn ratio_range(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) || claim.standard == Standard::Qd130 {
        return None;
    }
    let is_test =
        |line: &DraftLine| line.part == Part::Services && (1..=3).contains(&line.group) && line.aid.is_none();
    let index = choose(claim, random, is_test)?;
    let standard = claim.standard;
    let line = &mut claim.lines[index];
    line.service_ratio = random.between(101, 300);
    line.form(standard);
    claim.total();
    Some(at(claim, index, "A19-ratio-range", None))
}

fn item_group(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let index = choose(claim, random, |line| (1..=4).contains(&line.group))?;
    let line = &mut claim.lines[index];
    line.group = if line.part == Part::Drugs { 1 } else { 4 };
    Some(at(claim, index, "A21-item-group", None))
}

#[expect(clippy::unnecessary_wraps, reason = "all injectors have one signature; others may find no place")]
fn card_lists(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
    let places: Vec<String> = claim.cards.iter().map(|card| card.registered.clone()).collect();
    let text = Written::Text(format!("{};00002", places.join(";")));
    claim.overrides.push(Override { part: Part::Summary, line: 1, tag: Tag::MaDkbd, text });
    Some(Expected { code: "A22-card-lists", part: Part::Summary, line: None, difference: None })
}

fn date_order(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    let index = choose(claim, random, |_| true)?;
    let line = &mut claim.lines[index];
    line.ordered = line.done.plus(random.between(1, 5_000));
    Some(at(claim, index, "A23-date-order", None))
}

fn fee_for_service(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
    if is_old(claim) || claim.totals.fee_for_service == 0 {
        return None;
    }
    let difference = -claim.totals.fee_for_service;
    claim.totals.fee_for_service = 0;
    Some(Expected {
        code: "A25-fee-for-service",
        part: Part::Summary,
        line: None,
        difference: Some(difference),
    })
}

fn outside_capitation(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
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

fn unpriced_service(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) {
        return None;
    }
    let index = choose(claim, random, |line| {
        line.part == Part::Services && !line.is_supply() && line.insured_price > 0
    })?;
    let line = &mut claim.lines[index];
    let suffix = random.pick(&["_TB", ".0000"]);
    line.code = format!("22.0120{suffix}");
    let price = line.insured_price / 10;
    Some(at(claim, index, "A27-unpriced-service", Some(price)))
}

fn negative(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    // A small line, so that the visit stays on its side of the limit of cheap ones.
    let all = claim.covered();
    let index = choose(claim, random, |line| {
        line.part == Part::Services && line.aid.is_none() && line.amounts.covered * 100 < all
    })?;
    let standard = claim.standard;
    let line = &mut claim.lines[index];
    line.quantity = 0;
    line.hospital_price = -line.hospital_price;
    line.form(standard);
    claim.total();
    Some(at(claim, index, "A29-negative", None))
}

fn outdated_standard(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
    let whole = claim.lines.iter().all(|line| line.share == 1_000) && claim.cards.len() == 1;
    let object = claim.cards.first().map_or("", |card| card.object.as_str());
    if !is_old(claim) || !whole || !matches!(object, "HN2" | "TE1") {
        return None;
    }
    let later = NaiveDate::from_yo_opt(2024, 250)? - claim.discharged.day;
    shift(claim, later);
    Some(Expected { code: "A32-outdated-standard", part: Part::Summary, line: None, difference: None })
}

/// Moves a whole claim in time.
fn shift(claim: &mut DraftClaim, by: TimeDelta) {
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

/// The visit codes of these editions are recorded, so that the law decides the share.
fn is_judged(claim: &DraftClaim) -> bool {
    matches!(claim.standard, Standard::Qd3176 | Standard::Qd1931)
        || (is_old(claim) && !is_out_of_network(claim))
}

fn of_summary(code: &'static str, difference: Option<i64>) -> Expected {
    Expected { code, part: Part::Summary, line: None, difference }
}

fn benefit_share(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
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

fn visit_code(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) || !is_judged(claim) {
        return None;
    }
    claim.visit_code = random.pick(&["3.5", "3.7", "02", "1.8", "1.99", ""]).to_owned();
    Some(of_summary("A07-visit-code", None))
}

/// Two beds of one kind before and after the change become one line at the first share.
fn card_change(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
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

fn service_ratio_value(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
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

fn code_setting(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if is_old(claim) || !is_judged(claim) || claim.visit_kind != "01" {
        return None;
    }
    claim.visit_code = random.pick(&["1.15", "3.2", "3.6"]).to_owned();
    Some(of_summary("A33-code-setting", None))
}

fn list_ratio_exempt(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    let object = claim.cards.first().map_or("", |card| card.object.as_str());
    if !is_judged(claim) || !matches!(object, "TE1" | "CA5") || is_old(claim) {
        return None;
    }
    let index = choose(claim, random, |line| {
        line.part == Part::Drugs && line.scope == 1 && line.aid.is_none() && line.amounts.covered > 10_000
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

fn no_valid_card(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
    if !is_judged(claim) || claim.cards.len() != 1 || claim.totals.amounts.fund <= 0 {
        return None;
    }
    let until = claim.admitted.day - TimeDelta::days(random.between(1, 90));
    let card = claim.cards.first_mut()?;
    card.until = until;
    card.from = until - TimeDelta::days(300);
    Some(of_summary("A36-no-valid-card", Some(claim.totals.amounts.fund)))
}

fn accumulated_copayment(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
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

fn facility_rank(claim: &mut DraftClaim, _: &mut Random) -> Option<Expected> {
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

fn package_cap(claim: &mut DraftClaim, random: &mut Random) -> Option<Expected> {
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
    Some(Expected { code: "A43-package-cap", part: Part::Services, line: None, difference: None })
}
