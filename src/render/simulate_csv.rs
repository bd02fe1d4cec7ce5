//! Mô phỏng dạng CSV: one long table, a line for every figure, so that any tool can pick its part.

use super::quote_csv::cell;
use super::simulate_words as words;
use super::wording::Lang;
use crate::engine::simulation::Report;
use crate::engine::simulation::tally::{Outcomes, Sums};
use crate::terms::group::Payer;

/// Quantiles listed, per thousand.
const QUANTILES: [u64; 11] = [0, 10, 50, 100, 250, 500, 750, 900, 950, 990, 1000];

/// The table with its heading.
pub fn text(report: &Report, lang: Lang) -> String {
    let mut out = String::from("section,key,name,payer,people,before,after,change\n");
    let tally = &report.tally;
    pay(&mut out, "payers", "", "", tally.people, (&tally.before(), &tally.after()));
    for (id, group) in &tally.groups {
        pay(&mut out, "groups", id, "", group.people, (&group.before, &group.after));
    }
    for (number, step) in (1..).zip(report.steps()) {
        let name = words::stage(step.change, lang);
        for payer in payers(&step.moved, &Sums::default()) {
            let moved = payer.map_or(step.moved.premium, |payer| step.moved.of(payer));
            line(
                &mut out,
                ["attribution", &format!("{number}"), &name, key(payer), "", "", "", &moved.to_string()],
            );
        }
    }
    outcomes(&mut out, "people-by-own-payment", &tally.by_person);
    outcomes(&mut out, "households-by-own-payment", &tally.by_household);
    for per_thousand in QUANTILES {
        let amount = tally.changes.quantile(per_thousand).unwrap_or_default();
        let key = format!("{per_thousand}/1000");
        line(&mut out, ["quantiles", &key, "", "person", "", "", "", &amount.to_string()]);
    }
    for ((side, code), count) in &tally.left_out {
        line(
            &mut out,
            ["left-out", code.as_str(), words::side_key(*side), "", &count.to_string(), "", "", ""],
        );
    }
    out
}

/// The premium and every payer that bears something on either side.
fn payers(before: &Sums, after: &Sums) -> Vec<Option<Payer>> {
    let bears = |payer: &Payer| before.of(*payer) != 0 || after.of(*payer) != 0;
    std::iter::once(None).chain(Payer::ALL.into_iter().filter(bears).map(Some)).collect()
}

fn key(payer: Option<Payer>) -> &'static str {
    payer.map_or("premium", Payer::key)
}

fn pay(out: &mut String, section: &str, id: &str, name: &str, people: u64, sums: (&Sums, &Sums)) {
    for payer in payers(sums.0, sums.1) {
        let of = |sums: &Sums| payer.map_or(sums.premium, |payer| sums.of(payer));
        let (before, after) = (of(sums.0), of(sums.1));
        line(
            out,
            [
                section,
                id,
                name,
                key(payer),
                &people.to_string(),
                &before.to_string(),
                &after.to_string(),
                &(after - before).to_string(),
            ],
        );
    }
}

fn outcomes(out: &mut String, section: &str, outcomes: &Outcomes) {
    for (key, count, sum) in [
        ("less", outcomes.better, -outcomes.gains),
        ("more", outcomes.worse, outcomes.losses),
        ("same", outcomes.same, 0),
    ] {
        line(out, [section, key, "", "person", &count.to_string(), "", "", &sum.to_string()]);
    }
}

/// Texts are quoted and disarmed; numbers, which may be negative, are written as they are.
fn line(out: &mut String, cells: [&str; 8]) {
    let written: Vec<String> = cells
        .iter()
        .enumerate()
        .map(|(column, text)| if column < 4 { cell(text) } else { (*text).to_owned() })
        .collect();
    out.push_str(&written.join(","));
    out.push('\n');
}
