//! Borders of card validity: old card's end × day of payment × group × law, written down from the texts before the code.

use bhyt::workshop::{Payment, parse_date, plan, tag};
use bhyt::{Circumstance, Enrollee, Rulebook};
use chrono::{Days, NaiveDate};

fn day(text: &str) -> NaiveDate {
    parse_date(text).expect("a day of the table")
}

fn person(group: &str, previous: Option<NaiveDate>) -> Enrollee {
    let previous = previous.map(|last| Circumstance { tag: tag::PREVIOUS_CARD.to_owned(), date: Some(last) });
    Enrollee { circumstances: previous.into_iter().collect(), ..Enrollee::of_group(group) }
}

fn first_and_last_day(
    rules: &Rulebook,
    person: &Enrollee,
    paid_on: NaiveDate,
    months: u32,
) -> (NaiveDate, NaiveDate) {
    let payment = Payment { paid_on, from: None, months, province: None };
    let card = plan(rules, person, payment).expect("a recorded group").card;
    (card.from, card.until)
}

#[test]
fn every_border_of_the_table() {
    let failures = borders_that_differ(&Rulebook::bundled());
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Lines of the table that these rules answer otherwise.
pub fn borders_that_differ(rules: &Rulebook) -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/card-borders.csv");
    let table = std::fs::read_to_string(path).expect("the table of borders");
    let (mut tried, mut failures) = (0, Vec::new());
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.splitn(7, ',').collect();
        let [_, groups, previous, paid_on, first, uncovered, why] = cells[..] else { panic!("{row}") };
        let (previous, paid_on) = ((!previous.is_empty()).then(|| day(previous)), day(paid_on));
        if let Some(last) = previous {
            let days = ((paid_on - last).num_days() - 1).max(0);
            assert_eq!(days.to_string(), uncovered, "the table's own count: {why}");
        }
        for group in groups.split(' ') {
            tried += 1;
            let (from, _) = first_and_last_day(rules, &person(group, previous), paid_on, 12);
            if from != day(first) {
                failures.push(format!("{group}, {previous:?}, paid {paid_on}: {from}, not {first} ({why})"));
            }
        }
    }
    assert!(tried > 400, "only {tried} borders");
    failures
}

/// No card leaves an uncovered day that the payer did not leave, and none overlaps the old one: paid while the old
/// card runs, or on the day after it, the new one follows; paid later, it starts on that day or after the wait.
#[test]
fn no_card_leaves_a_hole_or_overlaps() {
    let rules = Rulebook::bundled();
    let offsets = [-400_i64, -31, -1, 0, 1, 2, 29, 30, 31, 88, 89, 90, 91, 92, 93, 120, 400];
    let starts =
        ["2009-12-31", "2013-06-30", "2015-02-28", "2016-02-29", "2018-11-30", "2020-04-30", "2022-08-31"];
    let later = ["2024-12-31", "2025-06-30", "2025-08-14", "2026-01-31", "2026-06-30"];
    let mut tried = 0;
    for last in starts.iter().chain(&later).map(|text| day(text)) {
        for offset in offsets {
            let paid_on = match u64::try_from(offset) {
                Ok(days) => last + Days::new(days),
                Err(_) => last - Days::new(offset.unsigned_abs()),
            };
            for group in rules.groups() {
                let Ok(terms) = group.terms.at(paid_on) else { continue };
                if !matches!(terms.value.category, 4 | 5) {
                    continue;
                }
                let (from, until) = first_and_last_day(&rules, &person(&group.id, Some(last)), paid_on, 3);
                let next = last + Days::new(1);
                assert!(from >= next, "{} overlaps: card to {last}, paid {paid_on}, from {from}", group.id);
                assert!(until > from, "{}: {from} to {until}", group.id);
                if paid_on <= next {
                    assert_eq!(from, next, "{}: card to {last}, paid {paid_on}", group.id);
                } else {
                    let waited = paid_on + Days::new(30);
                    assert!([paid_on, waited].contains(&from), "{}: {last}, {paid_on}, {from}", group.id);
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 1_000, "only {tried}");
}
