//! Bộ quy định dạng JSON: rules, versions, differences and gaps as scripts read them.

use chrono::NaiveDate;
use serde_json::{Map, Value as Json, json};

use super::json;
use super::pages::rules::shown_versions;
use crate::rulebook::Rulebook;
use crate::rulebook::diff::Change;
use crate::rulebook::entries::{Entry, EntryVersion};
use crate::rulebook::facts::{Fact, FactValue};
use crate::rulebook::register::Gap;
use crate::terms::citation::RuleRef;

/// A fact in results: texts in two languages as two keys, the Vietnamese one under the name of the fact.
fn add_fact(fact: &Fact, out: &mut Map<String, Json>) {
    let value = match &fact.value {
        FactValue::Money(amount) => json!(amount),
        FactValue::Share(share) => json!(share),
        FactValue::Count(count) => json!(count),
        FactValue::Name(name) => json!(name),
        FactValue::Words([vi, en]) => {
            out.insert(fact.name(), json!(vi));
            out.insert(format!("{}-en", fact.name()), json!(en));
            return;
        }
    };
    out.insert(fact.name(), value);
}

/// `bhyt rules list --format json`.
pub fn list_json(entries: &[Entry<'_>], day: Option<NaiveDate>, rules: &Rulebook) -> Json {
    let rows = entries.iter().flat_map(|entry| {
        shown_versions(entry, day).into_iter().map(|version| version_json(entry, version, rules))
    });
    json!({"rules": rows.collect::<Vec<_>>()})
}

/// One version with its names, facts and citations.
pub fn version_json(entry: &Entry<'_>, version: &EntryVersion<'_>, rules: &Rulebook) -> Json {
    let mut out = json::rule(version.rule, rules);
    out.insert("name_vi".into(), json!(entry.name_vi));
    out.insert("name_en".into(), json!(entry.name_en));
    out.insert("dated_by".into(), json!(entry.header.dated_by));
    out.insert("checked_on".into(), json!(version.rule.checked_on.to_string()));
    out.insert("note_vi".into(), json!(version.rule.note.as_ref().map(|note| &note[0])));
    out.insert("note_en".into(), json!(version.rule.note.as_ref().map(|note| &note[1])));
    out.insert("value".into(), facts_json(&version.facts()));
    Json::Object(out)
}

fn facts_json(facts: &[Fact]) -> Json {
    let mut out = Map::new();
    facts.iter().for_each(|fact| add_fact(fact, &mut out));
    Json::Object(out)
}

/// `bhyt rules diff --format json`.
pub fn diff_json(changes: &[Change], rules: (&Rulebook, &Rulebook)) -> Json {
    let side = |rule: &Option<RuleRef>, facts: &[Fact], book: &Rulebook| {
        rule.as_ref().map(|rule| {
            let mut out = json::rule(rule, book);
            out.insert("value".into(), facts_json(facts));
            Json::Object(out)
        })
    };
    let rows = changes.iter().map(|change| {
        json!({
            "rule": change.rule,
            "name_vi": change.name_vi,
            "name_en": change.name_en,
            "before": side(&change.old, &change.before, rules.0),
            "after": side(&change.new, &change.after, rules.1),
        })
    });
    json!({"changes": rows.collect::<Vec<_>>()})
}

/// `bhyt rules list --gaps --format json`.
pub fn gaps_json(gaps: &[Gap]) -> Json {
    let rows = gaps.iter().map(|gap| {
        json!({
            "id": gap.id, "what_vi": gap.what_vi, "what_en": gap.what_en,
            "from": gap.from.map(|day| day.0.to_string()), "until": gap.until.map(|day| day.0.to_string()),
            "why_vi": gap.why_vi, "why_en": gap.why_en, "meanwhile_vi": gap.meanwhile_vi, "meanwhile_en": gap.meanwhile_en,
        })
    });
    json!({"gaps": rows.collect::<Vec<_>>()})
}
