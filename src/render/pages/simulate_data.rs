//! Bảng dữ liệu mô phỏng: one long table, a row for every figure, so that any tool can pick its part.

use crate::engine::simulation::SimulationReport;
use crate::engine::simulation::reform::Stage;
use crate::engine::simulation::subject::{Bearer, SimulationColumn, Subject};
use crate::engine::simulation::tally::{Outcomes, PartTally, PartySums};
use crate::render::page::{Cell, Table};
use crate::render::simulate_words as words;
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;

/// The table with its heading.
pub fn table(report: &SimulationReport, rules: &Rulebook, lang: Lang) -> Table {
    let tally = &report.tally;
    let subject = tally.subject;
    let cases = subject.cases_key();
    let mut out =
        Long(subject, Table::data(&["section", "key", "name", "payer", cases, "before", "after", "change"]));
    let whole = PartTally {
        cases: tally.cases,
        before: tally.before(),
        after: tally.after(),
        outcomes: tally.by_case,
    };
    out.part(["payers", "", ""], &whole);
    for (id, group) in words::groups(report) {
        let known = rules.group(id);
        let name = known.map_or("", |known| lang.pick([&known.name_vi, &known.name_en]));
        out.part(["groups", id, name], group);
    }
    for (reliefs, visits) in &tally.reliefs {
        let key = reliefs.map(words::relief_key).join(">");
        out.part(["reliefs", &key, &words::reliefs(*reliefs, lang)], visits);
    }
    for (number, step) in (1..).zip(report.steps()) {
        let name = words::stage(step.change, lang);
        for figure in figures(subject, &step.moved, &PartySums::default()) {
            let moved = exact(step.moved.figure(figure));
            out.row(
                ["attribution", &format!("{number}"), &name, key(subject, figure)],
                [Cell::blank(), Cell::blank(), Cell::blank(), moved],
            );
        }
    }
    let own = own_key(subject);
    out.outcomes(&format!("{cases}-by-{own}"), &tally.by_case);
    if subject == Subject::Premiums {
        out.outcomes(&format!("households-by-{own}"), &tally.by_household);
    }
    for per_thousand in words::QUANTILES {
        let amount = tally.changes.quantile(per_thousand).unwrap_or_default();
        let key = format!("{per_thousand}/1000");
        out.row(
            ["quantiles", &key, "", person(subject)],
            [Cell::blank(), Cell::blank(), Cell::blank(), Cell::exact(amount)],
        );
    }
    for ((side, code), count) in &tally.left_out {
        let cells = [Cell::exact(*count), Cell::blank(), Cell::blank(), Cell::blank()];
        out.row(["left-out", code.as_str(), words::side_key(*side), ""], cells);
    }
    out.run(report);
    for notice in words::notices(report, lang) {
        out.row(
            ["notices", notice.code.as_str(), &words::notice(&notice, lang), ""],
            [Cell::blank(), Cell::blank(), Cell::blank(), Cell::blank()],
        );
    }
    out.1
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

fn sha256(stage: &Stage) -> &str {
    &stage.rules.identity.sha256
}

/// The whole and everybody who bears something on either side.
fn figures(subject: Subject, before: &PartySums, after: &PartySums) -> Vec<SimulationColumn> {
    let bears = |bearer: &Bearer| before.of(*bearer) != 0 || after.of(*bearer) != 0;
    let parts = subject.bearers().iter().copied().filter(bears).map(SimulationColumn::Part);
    std::iter::once(SimulationColumn::Whole).chain(parts).collect()
}

fn key(subject: Subject, figure: SimulationColumn) -> &'static str {
    match figure {
        SimulationColumn::Part(bearer) => bearer.key(),
        _ => subject.whole_key(),
    }
}

fn exact(hundredths: i128) -> Cell {
    Cell::exact(words::plain(hundredths).as_str())
}

/// Bảng dài: four names and four figures a row.
struct Long(Subject, Table);

impl Long {
    fn row(&mut self, names: [&str; 4], figures: [Cell; 4]) {
        let mut row: Vec<Cell> = names.map(Cell::text).into();
        row.extend(figures);
        self.1.row(row);
    }

    fn part(&mut self, [section, id, name]: [&str; 3], part: &PartTally) {
        for figure in figures(self.0, &part.before, &part.after) {
            let (before, after) = (part.before.figure(figure), part.after.figure(figure));
            let cells = [Cell::exact(part.cases), exact(before), exact(after), exact(after - before)];
            self.row([section, id, name, key(self.0, figure)], cells);
        }
    }

    fn outcomes(&mut self, section: &str, outcomes: &Outcomes) {
        for (key, count, sum) in [
            ("less", outcomes.better, -outcomes.gains),
            ("more", outcomes.worse, outcomes.losses),
            ("same", outcomes.same, 0),
        ] {
            let cells = [Cell::exact(count), Cell::blank(), Cell::blank(), exact(sum)];
            self.row([section, key, "", person(self.0)], cells);
        }
    }

    /// What was compared: rulebooks and days, so that the table alone says what it is about.
    fn run(&mut self, report: &SimulationReport) {
        let first = report.stages.first().map_or("", sha256);
        let last = report.stages.last().map_or("", sha256);
        let texts =
            |before: &str, after: &str| [Cell::blank(), Cell::text(before), Cell::text(after), Cell::blank()];
        self.row(["run", "rulebook", "", ""], texts(first, last));
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let later = report.days.shift_to.or(report.days.on);
        let key = match self.0 {
            Subject::Premiums => "paid-on",
            Subject::Claims => "discharged-on",
        };
        self.row(["run", key, "", ""], texts(&day(report.days.on), &day(later)));
    }
}
