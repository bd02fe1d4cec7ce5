//! Defects that no single claim shows: the same claim twice, overlapping stays, two visits of a day, prices above a
//! list. 200 random ones of each kind give exactly their finding and money, in a file of its own each.

use std::path::Path;

use chrono::TimeDelta;
use serde_json::Value;

use crate::program::bhyt;
use crate::synthetic::draft::{DraftClaim, DraftLine, Minute, rounded, share_of};
use crate::synthetic::random::Random;
use crate::synthetic::{Style, claims, envelope};
use bhyt::Listed;
use bhyt::workshop::{FilePart, Standard};

/// Pairs of each kind that are tried.
pub const EACH: usize = 200;

/// Files of claims, and of each the code, place and money of the one finding it must give.
type Files = Vec<(Vec<DraftClaim>, (&'static str, u64, i64))>;

fn moved(claim: &mut DraftClaim, by: impl Fn(Minute) -> Minute) {
    claim.admitted = by(claim.admitted);
    claim.discharged = by(claim.discharged);
    for line in &mut claim.lines {
        for moment in [&mut line.ordered, &mut line.done, &mut line.finished] {
            *moment = by(*moment);
        }
    }
}

fn other_key(claim: &DraftClaim) -> String {
    format!("{}B", claim.id)
}

/// An examination of one person in one day, paid in full.
pub fn is_a_visit_with_an_exam(claim: &DraftClaim) -> bool {
    let full = |line: &&DraftLine| line.group == 13 && line.service_ratio == 100;
    claim.visit_kind == "01"
        && claim.visit_code == "1.1"
        && claim.cards.len() == 1
        && claim.lines.iter().filter(full).count() == 1
        && claim.lines.iter().any(|line| full(&line) && line.amounts.fund > 0 && line.quantity == 1_000)
}

/// The same person again some minutes after the first visit, and what the fund pays above a second examination.
pub fn later_the_same_day(visit: &DraftClaim) -> Option<(DraftClaim, i64)> {
    let minutes = i64::from(visit.discharged.minute) - i64::from(visit.admitted.minute) + 5;
    let mut second = DraftClaim { id: other_key(visit), ..visit.clone() };
    moved(&mut second, |moment| moment.plus(minutes));
    let exam = second.lines.iter().find(|line| line.group == 13 && line.service_ratio == 100)?;
    let saved = share_of(exam.amounts.fund, 700);
    (second.discharged.plus(30).day == visit.admitted.day && second.admitted.day == visit.discharged.day)
        .then_some((second, saved))
}

/// Runs all files of a kind in one folder, each by itself, and compares.
fn check(kind: &str, files: &Files, more: &dyn Fn(usize, &Path) -> Vec<String>) {
    assert_eq!(files.len(), EACH, "{kind}: too few claims could carry it");
    let folder = tempfile::tempdir().expect("a folder");
    for (index, (drafts, (code, number, money))) in files.iter().enumerate() {
        let path = folder.path().join(format!("{index}.xml"));
        std::fs::write(&path, envelope(drafts, Style::default())).expect("a file");
        let more = more(index, folder.path());
        let mut args = vec!["audit", path.to_str().expect("letters"), "--format", "jsonl", "--lang", "en"];
        args.extend(more.iter().map(String::as_str));
        let run = bhyt(&args, "");
        let mut found = Vec::new();
        for line in run.stdout.lines() {
            let document: Value = serde_json::from_str(line).expect("a document");
            let claim = document["result"]["number"].as_u64().unwrap_or(0);
            for finding in document["result"]["findings"].as_array().into_iter().flatten() {
                let code = finding["code"].as_str().unwrap_or_default().to_owned();
                // Of a price the money is what the fund pays for it, not the difference of the prices.
                let of_price = code == "A73-price-list";
                let money = finding[if of_price { "fund_difference" } else { "difference" }].to_string();
                found.push((code, claim, money.trim_matches('"').to_owned()));
            }
        }
        let shown = match money % 100 {
            0 => (money / 100).to_string(),
            _ => format!("{}.{:02}", money / 100, money % 100).trim_end_matches('0').to_owned(),
        };
        let expected = vec![((*code).to_owned(), *number, shown)];
        assert_eq!(found, expected, "{kind} {index} {}: {}{}", drafts[0].id, run.stdout, run.stderr);
    }
}

fn none(_: usize, _: &Path) -> Vec<String> {
    Vec::new()
}

/// Claims of all editions in turn.
pub fn of_every_edition(seed: u64) -> impl Iterator<Item = DraftClaim> {
    let mut sources: Vec<_> = Standard::ALL.iter().map(|standard| claims(*standard, seed)).collect();
    (0..20_000).filter_map(move |turn| {
        let count = sources.len();
        sources[turn % count].next()
    })
}

#[test]
fn the_same_claim_twice_is_found_with_what_the_fund_pays_for_it() {
    let files: Files = of_every_edition(31)
        .take(EACH)
        .map(|claim| {
            let money = claim.totals.amounts.fund;
            (vec![claim.clone(), claim], ("A68-same-claim-twice", 2, money))
        })
        .collect();
    check("A68", &files, &none);
}

/// A stay in a ward, and an examination of the same person on its second day, in the same edition's time.
pub fn overlapping_stays() -> Vec<(DraftClaim, DraftClaim)> {
    let is_plain = |claim: &DraftClaim| claim.cards.len() == 1 && claim.exempt_from.is_empty();
    let mut pairs = Vec::new();
    let visits: Vec<DraftClaim> = of_every_edition(33).take(4_000).filter(is_a_visit_with_an_exam).collect();
    for stay in of_every_edition(32) {
        let days = (stay.discharged.day - stay.admitted.day).num_days();
        if stay.standard.has_single_amount() || stay.visit_kind != "03" || !is_plain(&stay) || days < 3 {
            continue;
        }
        let object = &stay.cards[0].object;
        let fits = |visit: &&DraftClaim| visit.standard == stay.standard && visit.cards[0].object == *object;
        let Some(mut visit) = visits.iter().filter(fits).nth(pairs.len() % 7).cloned() else { continue };
        let by = stay.admitted.day + TimeDelta::days(1) - visit.admitted.day;
        moved(&mut visit, |moment| Minute::new(moment.day + by, moment.minute));
        (visit.cards, visit.born) = (stay.cards.clone(), stay.born);
        visit.id = format!("{}V", stay.id);
        pairs.push((stay, visit));
        if pairs.len() == EACH {
            break;
        }
    }
    pairs
}

#[test]
fn overlapping_stays_of_one_person_are_asked_about() {
    let file = |(stay, visit): (DraftClaim, DraftClaim)| {
        let money = visit.totals.amounts.fund;
        (vec![stay, visit], ("A69-overlapping-stay", 2, money))
    };
    check("A69", &overlapping_stays().into_iter().map(file).collect(), &none);
}

#[test]
fn a_second_visit_of_the_day_is_asked_about() {
    let visits = of_every_edition(34).filter(is_a_visit_with_an_exam);
    let pairs =
        visits.filter_map(|visit| later_the_same_day(&visit).map(|(second, money)| (visit, second, money)));
    let files: Files =
        pairs.take(EACH).map(|(a, b, money)| (vec![a, b], ("A76-second-visit", 2, money))).collect();
    check("A76", &files, &none);
}

/// One line of each claim is dearer than the facility's list has it; all other lines stand in the list as they are.
#[test]
fn a_price_above_the_list_is_found_with_its_share() {
    let mut random = Random::new(35);
    let mut files = Files::new();
    let mut lists: Vec<[String; 3]> = Vec::new();
    for claim in of_every_edition(35).filter(|claim| !claim.standard.has_single_amount()) {
        let fits = |line: &DraftLine| {
            line.aid.is_none() && line.scope == 1 && line.amounts.fund > 0 && line.insured_price > 20_000
        };
        let lines: Vec<usize> = (0..claim.lines.len()).filter(|&index| fits(&claim.lines[index])).collect();
        let Some(chosen) = lines.first().map(|_| random.pick(&lines)) else { continue };
        let key = |line: &DraftLine| (line.part, line.code.clone(), line.supply.clone());
        if claim.lines.iter().filter(|line| key(line) == key(&claim.lines[chosen])).count() > 1 {
            continue;
        }
        let mut rows = [
            "MA_THUOC,DON_GIA_BH".to_owned(),
            "MA_VAT_TU,DON_GIA_BH".to_owned(),
            "MA_DICH_VU,GIA_THANH_TOAN".to_owned(),
        ];
        let off = random.between(1, 9) * 1_000;
        for (index, line) in claim.lines.iter().enumerate() {
            let price = line.insured_price - if index == chosen { off } else { 0 };
            let (list, code) = match line.part {
                FilePart::Drugs => (0, &line.code),
                _ if line.is_supply() => (1, &line.supply),
                _ => (2, &line.code),
            };
            rows[list] += &format!("\n{code},{}.{:03}", price / 1_000, price % 1_000);
        }
        let line = &claim.lines[chosen];
        let drug = line.part == FilePart::Drugs;
        let ratio = if drug { 100 } else { line.service_ratio };
        let over = i128::from(line.quantity) * i128::from(off) * i128::from(ratio * line.list_ratio);
        let money = share_of(rounded(over, 1_000 * 1_000 * 100), line.share);
        files.push((vec![claim.clone()], ("A73-price-list", 1, money)));
        lists.push(rows);
        if files.len() == EACH {
            break;
        }
    }
    check("A73", &files, &|index, folder: &Path| {
        let mut args = Vec::new();
        for (list, rows) in lists[index].iter().enumerate() {
            let path = folder.join(format!("{index}-{list}.csv"));
            std::fs::write(&path, rows).expect("a list");
            args.extend(["--prices".to_owned(), path.to_str().expect("letters").to_owned()]);
        }
        args
    });
}
