//! Bộ quy định dạng JSON: rules, versions, differences and gaps as scripts read them.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::json::{Plain, RuleView};
use super::pages::rules::shown_versions;
use crate::rulebook::Rulebook;
use crate::rulebook::diff::Change;
use crate::rulebook::entries::{Entry, EntryVersion};
use crate::rulebook::facts::{Fact, FactValue};
use crate::rulebook::register::Gap;
use crate::terms::citation::{DatedBy, RuleRef};

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

/// Một phiên bản: names, facts and citations.
#[derive(Serialize)]
struct VersionView<'v> {
    #[serde(flatten)]
    rule: RuleView<'v>,
    name_vi: &'v str,
    name_en: &'v str,
    dated_by: DatedBy,
    checked_on: Plain<NaiveDate>,
    note_vi: Option<&'v str>,
    note_en: Option<&'v str>,
    value: Json,
}

/// One version with its names, facts and citations.
pub fn version_json(entry: &Entry<'_>, version: &EntryVersion<'_>, rules: &Rulebook) -> Json {
    let note = version.rule.note.as_ref();
    json!(VersionView {
        rule: RuleView::new(version.rule, rules),
        name_vi: entry.name_vi,
        name_en: entry.name_en,
        dated_by: entry.header.dated_by,
        checked_on: Plain(version.rule.checked_on),
        note_vi: note.map(|note| note[0].as_str()),
        note_en: note.map(|note| note[1].as_str()),
        value: facts_json(&version.facts()),
    })
}

/// Một bên của một khác biệt.
#[derive(Serialize)]
struct SideView<'s> {
    #[serde(flatten)]
    rule: RuleView<'s>,
    value: Json,
}

fn facts_json(facts: &[Fact]) -> Json {
    let mut out = Map::new();
    facts.iter().for_each(|fact| add_fact(fact, &mut out));
    Json::Object(out)
}

/// `bhyt rules diff --format json`.
pub fn diff_json(changes: &[Change], rules: (&Rulebook, &Rulebook)) -> Json {
    let side = |rule: &Option<RuleRef>, facts: &[Fact], book: &Rulebook| {
        rule.as_ref()
            .map(|rule| json!(SideView { rule: RuleView::new(rule, book), value: facts_json(facts) }))
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
    json!({"gaps": gaps})
}
