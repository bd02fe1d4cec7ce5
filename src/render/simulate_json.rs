//! Mô phỏng dạng JSON: the `result` of `bhyt simulate`.

use serde_json::{Map, Value as Json, json};

use super::json::{rule, rulebook_identity};
use super::simulate_words as words;
use super::wording::Lang;
use crate::engine::simulation::Report;
use crate::engine::simulation::distribution::AroundZero;
use crate::engine::simulation::reform::StageChange;
use crate::engine::simulation::tally::{GroupTally, Outcomes, Sums};
use crate::rulebook::Rulebook;
use crate::terms::group::Payer;

/// Quantiles listed, per thousand.
const QUANTILES: [u64; 11] = [0, 10, 50, 100, 250, 500, 750, 900, 950, 990, 1000];

/// Number of bins of the distribution, about.
const BINS: i64 = 40;

/// The figures of a simulation.
pub fn result(report: &Report, rules: &Rulebook, lang: Lang) -> Json {
    let tally = &report.tally;
    let (before, after) = (tally.before(), tally.after());
    json!({
        "people": tally.people,
        "households": tally.households,
        "before": sums(&before),
        "after": sums(&after),
        "difference": sums(&after.minus(&before)),
        "groups": words::groups(report).into_iter().map(|(id, each)| group(id, each, rules)).collect::<Vec<_>>(),
        "people_by_own_payment": outcomes(&tally.by_person),
        "households_by_own_payment": outcomes(&tally.by_household),
        "distribution": distribution(report),
        "attribution": attribution(report, rules, lang),
        "left_out": tally.left_out.iter().map(|((side, code), count)| json!({
            "side": words::side_key(*side), "code": code.as_str(), "people": count,
        })).collect::<Vec<_>>(),
        "against": report.stages.last().map(|stage| rulebook_identity(&stage.rules)),
    })
}

fn number(value: i128) -> Json {
    i64::try_from(value).map_or_else(|_| Json::String(value.to_string()), Json::from)
}

fn sums(sums: &Sums) -> Json {
    let mut out = Map::new();
    out.insert("premium".to_owned(), number(sums.premium));
    out.extend(Payer::ALL.into_iter().map(|payer| (payer.key().to_owned(), number(sums.of(payer)))));
    Json::Object(out)
}

fn outcomes(outcomes: &Outcomes) -> Json {
    json!({
        "less": outcomes.better,
        "saved": number(outcomes.gains),
        "more": outcomes.worse,
        "added": number(outcomes.losses),
        "same": outcomes.same,
    })
}

fn group(id: &str, group: &GroupTally, rules: &Rulebook) -> Json {
    json!({
        "group": id,
        "code": rules.group(id).map(super::super::rulebook::family::EnrolleeGroup::code),
        "people": group.people,
        "before": sums(&group.before),
        "after": sums(&group.after),
        "difference": sums(&group.after.minus(&group.before)),
        "people_by_own_payment": outcomes(&group.outcomes),
    })
}

/// Width of bins that gives about `BINS` of them: 1, 2 or 5 times a power of ten.
pub fn bin_width(report: &Report) -> i64 {
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

fn distribution(report: &Report) -> Json {
    let changes = &report.tally.changes;
    let width = bin_width(report);
    json!({
        "of": "change-of-own-payment",
        "mean": changes.mean(),
        "resolution": changes.width(),
        "quantiles": QUANTILES.iter().map(|per_thousand| json!({
            "percent": format!("{}%", percent(*per_thousand)),
            "amount": changes.quantile(*per_thousand),
        })).collect::<Vec<_>>(),
        "bin_width": width,
        "bins": bins(&changes.around_zero(width)),
    })
}

/// Bins with somebody in them, from the largest decrease to the largest increase; zero alone.
fn bins(found: &AroundZero) -> Vec<Json> {
    let bin = |from: i64, to: i64, count: u64| json!({"from": from, "to": to, "people": count});
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

fn attribution(report: &Report, rules: &Rulebook, lang: Lang) -> Vec<Json> {
    let step = |(number, step): (usize, crate::engine::simulation::Step<'_>)| {
        let (changed, version) = match step.change {
            StageChange::Version(change, by) => {
                (Some(change), by.as_ref().map(|by| Json::Object(rule(by, rules))))
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
            "moved": sums(&step.moved),
            "deferred": step.deferred,
            "version": version,
        })
    };
    (1..).zip(report.steps()).map(step).collect()
}
