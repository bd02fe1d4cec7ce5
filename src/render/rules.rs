//! Bộ quy định trên màn hình: lists, single rules and differences, in words.

use std::fmt::Write as _;

use chrono::NaiveDate;
use serde_json::{Map, Value as Json, json};

use super::explain::cites;
use super::fact_words::fact_name;
use super::json;
use super::layout::{Lean, shortened, table, wrap};
use super::rule_words::in_words;
use super::wording::{self, Lang};
use crate::rulebook::Rulebook;
use crate::rulebook::diff::Change;
use crate::rulebook::entries::{Entry, EntryVersion};
use crate::rulebook::facts::{Fact, FactValue};
use crate::rulebook::register::Gap;
use crate::terms::citation::{Evidence, RuleRef};

/// Fields whose texts are what people type or what a text calls itself, not words of a closed list.
const AS_WRITTEN: &[&str] = &["aliases", "province-aliases", "document-id", "item"];

/// Một dữ kiện as people read it.
pub fn fact_value(fact: &Fact, rules: &Rulebook, lang: Lang) -> String {
    match &fact.value {
        FactValue::Name(name) if AS_WRITTEN.contains(&fact.path.as_str()) => name.clone(),
        FactValue::Money(amount) => wording::money(*amount, lang),
        FactValue::Share(share) => wording::share(*share, lang),
        FactValue::Count(count) => count.to_string(),
        FactValue::Words(texts) => lang.pick(texts.each_ref()).clone(),
        FactValue::Name(name) => match name.split_once(" × ") {
            Some((times, of)) => format!("{} × {}", decimal(times, lang), in_words(of, rules, lang)),
            None if is_decimal(name) => decimal(name, lang),
            None => in_words(name, rules, lang),
        },
    }
}

fn is_decimal(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// A decimal of a rule file with the mark of the language.
fn decimal(text: &str, lang: Lang) -> String {
    if is_decimal(text) { text.replace('.', lang.say(",", ".")) } else { text.to_owned() }
}

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

const fn evidence(evidence: Evidence, lang: Lang) -> &'static str {
    match evidence {
        Evidence::Primary => lang.say("đã đọc văn bản", "text read"),
        Evidence::Secondary => lang.say("nguồn thứ cấp", "secondary"),
        Evidence::Unverified => lang.say("chưa kiểm chứng", "unverified"),
    }
}

/// `bhyt rules list`: every rule, with the value in force on a day where one is asked for.
pub fn list(entries: &[Entry<'_>], day: Option<NaiveDate>, rules: &Rulebook, lang: Lang) -> String {
    let mut rows = vec![vec![
        lang.say("Quy định", "Rule").to_owned(),
        lang.say("Từ", "From").to_owned(),
        lang.say("Giá trị", "Value").to_owned(),
    ]];
    for entry in entries {
        for version in shown_versions(entry, day) {
            let values: Vec<String> =
                version.facts().iter().map(|fact| fact_value(fact, rules, lang)).collect();
            let until = version
                .rule
                .effective_until
                .map(|day| format!(" → {}", wording::date(day, lang)))
                .unwrap_or_default();
            let doubt = if version.rule.evidence == Evidence::Unverified { " ?" } else { "" };
            rows.push(vec![
                shortened(entry.rule, 38),
                wording::date(version.rule.effective_from, lang) + &until,
                shortened(&values.join(", "), 24) + doubt,
            ]);
        }
    }
    table(&rows, &[Lean::Left, Lean::Left, Lean::Left])
        + lang.say("\n? = chưa kiểm chứng với văn bản gốc\n", "\n? = not verified against its text\n")
}

fn shown_versions<'e>(entry: &'e Entry<'_>, day: Option<NaiveDate>) -> Vec<&'e EntryVersion<'e>> {
    match day {
        Some(day) => entry.at(day).into_iter().collect(),
        None => entry.versions.iter().collect(),
    }
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

/// `bhyt rules show`: one rule with all its versions.
pub fn show(entry: &Entry<'_>, day: Option<NaiveDate>, rules: &Rulebook, lang: Lang) -> String {
    let mut out = wrap(&format!("{} · {}", entry.rule, lang.pick([entry.name_vi, entry.name_en])), 2);
    out.push_str(&wrap(
        &format!(
            "{}: {}",
            lang.say("Chọn phiên bản theo", "Version picked by"),
            lang.pick(entry.header.dated_by_note.each_ref())
        ),
        2,
    ));
    for version in shown_versions(entry, day) {
        let rule = version.rule;
        let until =
            rule.effective_until.map(|day| format!(" → {}", wording::date(day, lang))).unwrap_or_default();
        let _ = write!(
            out,
            "\n{} {}{until} · {} · {} {}\n",
            lang.say("Từ", "From"),
            wording::date(rule.effective_from, lang),
            evidence(rule.evidence, lang),
            lang.say("đối chiếu", "checked on"),
            wording::date(rule.checked_on, lang),
        );
        for fact in version.facts() {
            let name = fact_name(&entry.header.id, &fact, rules, lang);
            out.push_str(&wrap(&format!("  {name}: {}", fact_value(&fact, rules, lang)), 4));
        }
        out.push_str(&wrap(&format!("  {}: {}", lang.say("Căn cứ", "Basis"), cites(rule, rules, lang)), 4));
        if let Some(note) = &rule.note {
            out.push_str(&wrap(
                &format!("  {}: {}", lang.say("Ghi chú", "Note"), lang.pick(note.each_ref())),
                4,
            ));
        }
    }
    out
}

/// `bhyt rules diff`: what changed, by which document.
pub fn diff(
    changes: &[Change],
    (old, new): (NaiveDate, NaiveDate),
    rules: (&Rulebook, &Rulebook),
    lang: Lang,
) -> String {
    let mut out = match lang {
        Lang::Vi => format!(
            "Thay đổi từ {} đến {}: {} quy định\n",
            wording::date(old, lang),
            wording::date(new, lang),
            changes.len()
        ),
        Lang::En => format!(
            "Changes from {} to {}: {} rules\n",
            wording::date(old, lang),
            wording::date(new, lang),
            changes.len()
        ),
    };
    for change in changes {
        let _ = write!(
            out,
            "\n{}",
            wrap(
                &format!(
                    "{} ({})",
                    lang.pick([change.name_vi.as_str(), change.name_en.as_str()]),
                    change.rule
                ),
                2
            )
        );
        if change.old.is_some() && change.new.is_some() && change.differing().is_empty() {
            let _ = writeln!(out, "  {}", lang.say("giá trị như cũ, căn cứ mới", "same values, new basis"));
        }
        let nothing = lang.say("không có", "none");
        for (before, after) in change.differing() {
            let shown = |fact: Option<&Fact>| {
                fact.map_or_else(|| nothing.to_owned(), |fact| fact_value(fact, rules.1, lang))
            };
            let Some(named) = after.or(before) else { continue };
            let name = fact_name(&change.family, named, rules.1, lang);
            out.push_str(&wrap(&format!("  {name}: {} → {}", shown(before), shown(after)), 4));
        }
        let source =
            |rule: &Option<RuleRef>, book: &Rulebook| rule.as_ref().map(|rule| cites(rule, book, lang));
        match (source(&change.new, rules.1), source(&change.old, rules.0)) {
            (Some(new), _) => out.push_str(&wrap(&format!("  {} {new}", lang.say("theo", "by")), 4)),
            (None, Some(old)) => out
                .push_str(&wrap(&format!("  {} {old}", lang.say("hết hiệu lực:", "no longer in force:")), 4)),
            (None, None) => {}
        }
    }
    out
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

/// `bhyt rules list --gaps`: what is not modelled, and what the program does meanwhile.
pub fn gaps(gaps: &[Gap], lang: Lang) -> String {
    let mut out = String::new();
    for gap in gaps {
        out.push_str(&wrap(
            &format!("{} · {}", gap.id, lang.pick([gap.what_vi.as_str(), gap.what_en.as_str()])),
            2,
        ));
        out.push_str(&wrap(
            &format!("  {}: {}", lang.say("vì sao", "why"), lang.pick([&gap.why_vi, &gap.why_en])),
            4,
        ));
        out.push_str(&wrap(
            &format!(
                "  {}: {}",
                lang.say("hiện nay", "meanwhile"),
                lang.pick([&gap.meanwhile_vi, &gap.meanwhile_en])
            ),
            4,
        ));
    }
    out
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
