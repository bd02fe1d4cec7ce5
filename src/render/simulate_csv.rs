//! Mô phỏng dạng CSV: one long table, a line for every figure, so that any tool can pick its part.

use super::csv::cell;
use super::simulate_words as words;
use super::wording::Lang;
use crate::engine::simulation::Report;
use crate::engine::simulation::reform::Stage;
use crate::engine::simulation::subject::{Bearer, Figure, Subject};
use crate::engine::simulation::tally::{Outcomes, PartTally, Sums};
use crate::rulebook::Rulebook;

/// Quantiles listed, per thousand.
const QUANTILES: [u64; 11] = [0, 10, 50, 100, 250, 500, 750, 900, 950, 990, 1000];

/// The table with its heading.
pub fn text(report: &Report, rules: &Rulebook, lang: Lang) -> String {
    let tally = &report.tally;
    let subject = tally.subject;
    let cases = subject.cases_key();
    let mut out = format!("section,key,name,payer,{cases},before,after,change\n");
    let whole = PartTally {
        cases: tally.cases,
        before: tally.before(),
        after: tally.after(),
        outcomes: tally.by_case,
    };
    part(&mut out, subject, ["payers", "", ""], &whole);
    for (id, group) in words::groups(report) {
        let known = rules.group(id);
        let name = known.map_or("", |known| lang.pick([&known.name_vi, &known.name_en]));
        part(&mut out, subject, ["groups", id, name], group);
    }
    for (reliefs, visits) in &tally.reliefs {
        let key = reliefs.map(words::relief_key).join(">");
        part(&mut out, subject, ["reliefs", &key, &words::reliefs(*reliefs, lang)], visits);
    }
    for (number, step) in (1..).zip(report.steps()) {
        let name = words::stage(step.change, lang);
        for figure in figures(subject, &step.moved, &Sums::default()) {
            let moved = words::plain(step.moved.figure(figure));
            line(
                &mut out,
                ["attribution", &format!("{number}"), &name, key(subject, figure), "", "", "", &moved],
            );
        }
    }
    let own = own_key(subject);
    outcomes(&mut out, &format!("{cases}-by-{own}"), subject, &tally.by_case);
    if subject == Subject::Premiums {
        outcomes(&mut out, &format!("households-by-{own}"), subject, &tally.by_household);
    }
    for per_thousand in QUANTILES {
        let amount = tally.changes.quantile(per_thousand).unwrap_or_default();
        let key = format!("{per_thousand}/1000");
        line(&mut out, ["quantiles", &key, "", person(subject), "", "", "", &amount.to_string()]);
    }
    for ((side, code), count) in &tally.left_out {
        line(
            &mut out,
            ["left-out", code.as_str(), words::side_key(*side), "", &count.to_string(), "", "", ""],
        );
    }
    run(&mut out, report);
    for notice in words::notices(report, lang) {
        line(&mut out, ["notices", notice.code.as_str(), &words::notice(&notice, lang), "", "", "", "", ""]);
    }
    out
}

/// What the sections of winners and losers are by.
const fn own_key(subject: Subject) -> &'static str {
    match subject {
        Subject::Premiums => "own-payment",
        Subject::Claims => "patient-payment",
    }
}

/// Who gains or loses.
const fn person(subject: Subject) -> &'static str {
    match subject {
        Subject::Premiums => "person",
        Subject::Claims => "patient",
    }
}

/// What was compared: rulebooks and days, so that the table alone says what it is about.
fn run(out: &mut String, report: &Report) {
    let first = report.stages.first().map_or("", sha256);
    let last = report.stages.last().map_or("", sha256);
    line(out, ["run", "rulebook", "", "", "", first, last, ""]);
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let later = report.days.shift_to.or(report.days.on);
    let key = match report.tally.subject {
        Subject::Premiums => "paid-on",
        Subject::Claims => "discharged-on",
    };
    line(out, ["run", key, "", "", "", &day(report.days.on), &day(later), ""]);
}

fn sha256(stage: &Stage) -> &str {
    &stage.rules.identity.sha256
}

/// The whole and everybody who bears something on either side.
fn figures(subject: Subject, before: &Sums, after: &Sums) -> Vec<Figure> {
    let bears = |bearer: &Bearer| before.of(*bearer) != 0 || after.of(*bearer) != 0;
    let parts = subject.bearers().iter().copied().filter(bears).map(Figure::Part);
    std::iter::once(Figure::Whole).chain(parts).collect()
}

const fn key(subject: Subject, figure: Figure) -> &'static str {
    match figure {
        Figure::Part(bearer) => bearer.key(),
        _ => subject.whole_key(),
    }
}

fn part(out: &mut String, subject: Subject, [section, id, name]: [&str; 3], part: &PartTally) {
    for figure in figures(subject, &part.before, &part.after) {
        let (before, after) = (part.before.figure(figure), part.after.figure(figure));
        line(
            out,
            [
                section,
                id,
                name,
                key(subject, figure),
                &part.cases.to_string(),
                &words::plain(before),
                &words::plain(after),
                &words::plain(after - before),
            ],
        );
    }
}

fn outcomes(out: &mut String, section: &str, subject: Subject, outcomes: &Outcomes) {
    for (key, count, sum) in [
        ("less", outcomes.better, -outcomes.gains),
        ("more", outcomes.worse, outcomes.losses),
        ("same", outcomes.same, 0),
    ] {
        let sum = words::plain(sum);
        line(out, [section, key, "", person(subject), &count.to_string(), "", "", &sum]);
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
