//! Mô phỏng dạng JSON: the `result` of `bhyt simulate`.

use serde_json::{Map, Value as Json, json};

use super::json::{RuleView, rulebook_identity};
use super::simulate_words as words;
use super::wording::Lang;
use crate::engine::simulation::SimulationReport;
use crate::engine::simulation::distribution::AroundZero;
use crate::engine::simulation::reform::StageChange;
use crate::engine::simulation::subject::Subject;
use crate::engine::simulation::tally::{Outcomes, PartTally, PartySums, Reliefs};
use crate::engine::simulation::together::ReformLine;
use crate::rulebook::Rulebook;

/// Number of bins of the distribution, about.
const BINS: i64 = 40;

/// What was asked.
pub fn input(report: &SimulationReport) -> Json {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let on = match report.tally.subject {
        Subject::Premiums => "paid_on",
        Subject::Claims => "discharged_on",
    };
    json!({on: day(report.days.on), "shift_to": day(report.days.shift_to)})
}

/// The figures of a simulation.
pub fn result(report: &SimulationReport, rules: &Rulebook, lang: Lang) -> Json {
    let tally = &report.tally;
    let subject = tally.subject;
    let figures = Figures(subject);
    let (before, after) = (tally.before(), tally.after());
    let mut out = Map::new();
    let mut put = |key: &str, value: Json| out.insert(key.to_owned(), value);
    put(subject.cases_key(), tally.cases.into());
    if subject == Subject::Premiums {
        put("households", tally.households.into());
    }
    put("before", figures.sums(&before));
    put("after", figures.sums(&after));
    put("difference", figures.sums(&after.minus(&before)));
    let groups = words::groups(report).into_iter().map(|(id, each)| figures.group(id, each, rules));
    put("groups", groups.collect());
    if subject == Subject::Claims {
        put(
            "reliefs",
            tally.reliefs.iter().map(|(reliefs, visits)| figures.reliefs(*reliefs, visits)).collect(),
        );
    }
    put(figures.outcomes_key(), figures.outcomes(&tally.by_case));
    if subject == Subject::Premiums {
        put("households_by_own_payment", figures.outcomes(&tally.by_household));
    }
    put("distribution", distribution(report));
    put("attribution", attribution(report, figures, rules, lang).into());
    let left_out = tally.left_out.iter().map(|((side, code), count)| {
        json!({"side": words::side_key(*side), "code": code.as_str(), subject.cases_key(): count})
    });
    put("left_out", left_out.collect());
    put("against", report.stages.last().map(|stage| rulebook_identity(&stage.rules)).into());
    Json::Object(out)
}

/// People and visits of one reform: what it costs whom, and both in detail.
pub fn together(
    [premiums, claims]: [&SimulationReport; 2],
    lines: &[ReformLine],
    rules: &Rulebook,
    lang: Lang,
) -> Json {
    let amounts = |line: &ReformLine| {
        json!({
            "before": words::plain(line.before),
            "after": words::plain(line.after),
            "change": words::plain(line.after - line.before),
        })
    };
    let figures: Map<String, Json> =
        lines.iter().map(|line| (words::reform_key(line.figure), amounts(line))).collect();
    json!({
        "together": figures,
        "premiums": result(premiums, rules, lang),
        "claims": result(claims, rules, lang),
    })
}

/// How amounts and counts of a subject are written.
#[derive(Clone, Copy)]
struct Figures(Subject);

impl Figures {
    /// Premiums are whole đồng and numbers; claims may carry decimals and are strings, as everywhere.
    fn amount(self, hundredths: i128) -> Json {
        let plain = words::plain(hundredths);
        match self.0 {
            Subject::Premiums => plain.parse::<i64>().map_or(Json::String(plain), Json::from),
            Subject::Claims => Json::String(plain),
        }
    }

    fn sums(self, sums: &PartySums) -> Json {
        let mut out = Map::new();
        out.insert(self.0.whole_key().to_owned(), self.amount(sums.whole));
        let part = |bearer: &crate::engine::simulation::subject::Bearer| {
            (bearer.key().to_owned(), self.amount(sums.of(*bearer)))
        };
        out.extend(self.0.bearers().iter().map(part));
        Json::Object(out)
    }

    const fn outcomes_key(self) -> &'static str {
        match self.0 {
            Subject::Premiums => "people_by_own_payment",
            Subject::Claims => "visits_by_patient_payment",
        }
    }

    fn outcomes(self, outcomes: &Outcomes) -> Json {
        json!({
            "less": outcomes.better,
            "saved": self.amount(outcomes.gains),
            "more": outcomes.worse,
            "added": self.amount(outcomes.losses),
            "same": outcomes.same,
        })
    }

    /// Count, sums and outcomes of a part of the table.
    fn part(self, out: &mut Map<String, Json>, part: &PartTally) {
        out.insert(self.0.cases_key().to_owned(), part.cases.into());
        out.insert("before".to_owned(), self.sums(&part.before));
        out.insert("after".to_owned(), self.sums(&part.after));
        out.insert("difference".to_owned(), self.sums(&part.after.minus(&part.before)));
        out.insert(self.outcomes_key().to_owned(), self.outcomes(&part.outcomes));
    }

    fn group(self, id: &str, group: &PartTally, rules: &Rulebook) -> Json {
        let code = rules.group(id).map(crate::rulebook::family::EnrolleeGroup::code);
        let mut out = Map::from_iter([("group".to_owned(), id.into()), ("code".to_owned(), code.into())]);
        self.part(&mut out, group);
        Json::Object(out)
    }

    fn reliefs(self, reliefs: Reliefs, visits: &PartTally) -> Json {
        let [before, after] = reliefs.map(words::relief_key);
        let mut out = Map::from_iter([
            ("relief_before".to_owned(), before.into()),
            ("relief_after".to_owned(), after.into()),
        ]);
        self.part(&mut out, visits);
        Json::Object(out)
    }
}

/// Width of bins that gives about `BINS` of them: 1, 2 or 5 times a power of ten.
pub fn bin_width(report: &SimulationReport) -> i64 {
    let (low, high) = report.tally.changes.range().unwrap_or_default();
    let least = ((high - low) / BINS).max(1);
    let mut width = 1;
    loop {
        for factor in [1, 2, 5] {
            if width * factor >= least {
                return width * factor;
            }
        }
        width *= 10;
    }
}

fn distribution(report: &SimulationReport) -> Json {
    let changes = &report.tally.changes;
    let width = bin_width(report);
    json!({
        "of": match report.tally.subject {
            Subject::Premiums => "change-of-own-payment",
            Subject::Claims => "change-of-patient-payment",
        },
        "mean": mean(report),
        "resolution": changes.width(),
        "quantiles": words::QUANTILES.iter().map(|per_thousand| json!({
            "percent": format!("{}%", percent(*per_thousand)),
            "amount": changes.quantile(*per_thousand),
        })).collect::<Vec<_>>(),
        "bin_width": width,
        "bins": bins(&changes.around_zero(width), report.tally.subject.cases_key()),
    })
}

/// Mean change of what people pay themselves, in whole đồng.
fn mean(report: &SimulationReport) -> Json {
    let mean = report.tally.by_case.mean(report.tally.cases);
    i64::try_from(mean).map_or_else(|_| Json::String(mean.to_string()), Json::from)
}

/// Bins with somebody in them, from the largest decrease to the largest increase; zero alone.
fn bins(found: &AroundZero, cases: &str) -> Vec<Json> {
    let bin = |from: i64, to: i64, count: u64| json!({"from": from, "to": to, cases: count});
    let edge = |number: u64| i64::try_from(number).unwrap_or(i64::MAX).saturating_mul(found.width);
    let below = found.below.iter().rev().map(|(at, count)| bin(-edge(at + 1), -edge(*at) - 1, *count));
    let above = found.above.iter().map(|(at, count)| bin(edge(*at) + 1, edge(at + 1), *count));
    let zero = (found.zero > 0).then(|| bin(0, 0, found.zero));
    below.chain(zero).chain(above).collect()
}

fn percent(per_thousand: u64) -> String {
    match (per_thousand / 10, per_thousand % 10) {
        (whole, 0) => whole.to_string(),
        (whole, tenths) => format!("{whole}.{tenths}"),
    }
}

fn attribution(report: &SimulationReport, figures: Figures, rules: &Rulebook, lang: Lang) -> Vec<Json> {
    let step = |(number, step): (usize, crate::engine::simulation::ReformStep<'_>)| {
        let (changed, version) = match step.change {
            StageChange::Version(change, by) => {
                (Some(change), by.as_ref().map(|by| RuleView::new(by, rules)))
            }
            _ => (None, None),
        };
        let family = match step.change {
            StageChange::Family { family, .. } => Some(family),
            _ => None,
        };
        json!({
            "step": number,
            "kind": words::stage_key(step.change),
            "name": words::stage(step.change, lang),
            "rule": changed.map(|change| change.rule.as_str()).or(family.map(String::as_str)),
            "effective_from": changed.map(|change| change.effective_from.to_string()),
            "moved": figures.sums(&step.moved),
            "deferred": step.deferred,
            "version": version,
        })
    };
    (1..).zip(report.steps()).map(step).collect()
}
