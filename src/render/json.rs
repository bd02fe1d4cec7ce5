//! JSON: the one envelope that every command's result and every error travels in.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::catalogue;
use super::explain;
use super::wording::Lang;
use crate::engine::trace::Step;
use crate::rulebook::Rulebook;
use crate::terms::citation::{Citation, Numeral, RuleRef};
use crate::terms::problem::Problem;

/// Phần thân của một kết quả.
#[derive(Debug)]
pub struct Body<'a> {
    /// Schema name, for instance `bhyt.quote/1`.
    pub schema: &'a str,
    /// What was understood.
    pub input: Json,
    /// The figures.
    pub result: Json,
    /// How they came about.
    pub trace: &'a [Step],
    /// Warnings and notes.
    pub notices: &'a [Problem],
}

/// Phong bì JSON of a result.
pub fn envelope(body: &Body<'_>, rules: &Rulebook, lang: Lang) -> Json {
    let (warnings, notes): (Vec<&Problem>, Vec<&Problem>) =
        body.notices.iter().partition(|notice| is_warning(notice));
    json!({
        "schema": body.schema,
        "tool": tool(),
        "rulebook": rulebook_identity(rules),
        "input": body.input,
        "result": body.result,
        "trace": body.trace.iter().map(|each| step(each, rules, lang)).collect::<Vec<_>>(),
        "warnings": warnings.iter().map(|notice| said(notice, lang)).collect::<Vec<_>>(),
        "notes": notes.iter().map(|notice| said(notice, lang)).collect::<Vec<_>>(),
        "status": "ok",
    })
}

/// Phong bì JSON of an error.
pub fn error_envelope(schema: &str, problem: &Problem, rules: Option<&Rulebook>, lang: Lang) -> Json {
    let text = |text: String| if text.is_empty() { Json::Null } else { Json::String(text) };
    json!({
        "schema": schema,
        "tool": tool(),
        "rulebook": rules.map(rulebook_identity),
        "status": "error",
        "error": {
            "code": problem.code.as_str(),
            "message": catalogue::message(problem, lang),
            "hint": text(catalogue::hint(problem, lang)),
            "where": text(problem.place.clone()),
        },
    })
}

/// True for codes that `--strict` refuses.
pub fn is_warning(notice: &Problem) -> bool {
    notice.code.as_str().starts_with('W')
}

/// Name and version of the program.
pub fn tool() -> Json {
    json!({"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")})
}

/// Identity of the rulebook.
pub fn rulebook_identity(rules: &Rulebook) -> Json {
    json!({
        "sha256": rules.identity.sha256,
        "families": rules.identity.families,
        "overlays": rules.identity.overlays,
        "replaced": rules.identity.replaced,
    })
}

/// A notice, with what to do about it where something can be done.
fn said(notice: &Problem, lang: Lang) -> Json {
    let mut out = json!({"code": notice.code.as_str(), "message": catalogue::message(notice, lang)});
    let hint = catalogue::hint(notice, lang);
    if !hint.is_empty() {
        out["hint"] = json!(hint);
    }
    out
}

fn step(step: &Step, rules: &Rulebook, lang: Lang) -> Json {
    let mut out = Map::new();
    out.insert("id".into(), json!(step.id.to_string()));
    out.insert("value".into(), json!(explain::value(&step.value)));
    out.insert("formula".into(), json!(explain::formula(&step.formula, lang)));
    out.extend(rule(&step.rule, rules));
    out.insert("governing_date".into(), json!(step.governing_date.to_string()));
    Json::Object(out)
}

/// A rule as it is named everywhere: id, dates, evidence, citations.
pub fn rule(rule: &RuleRef, rules: &Rulebook) -> Map<String, Json> {
    let mut out = Map::new();
    out.insert("rule".into(), json!(rule.rule));
    out.insert("effective_from".into(), json!(rule.effective_from.to_string()));
    out.insert("effective_until".into(), json!(rule.effective_until.map(|day| day.to_string())));
    out.insert("evidence".into(), json!(rule.evidence));
    out.insert("origin".into(), json!(rule.origin));
    out.insert("cites".into(), rule.cites.iter().map(|each| json!(CiteView::new(each, rules))).collect());
    out
}

/// Một trích dẫn: document, place in it, and what is said about it in both languages.
#[derive(Debug, Serialize)]
pub struct CiteView<'c> {
    document: &'c str,
    number: Option<&'c str>,
    article: &'c Option<Numeral>,
    clause: &'c Option<Numeral>,
    point: Option<&'c str>,
    amends: Option<&'c str>,
    note_vi: Option<&'c str>,
    note_en: Option<&'c str>,
}

impl<'c> CiteView<'c> {
    /// A citation with its own note.
    pub fn new(cite: &'c Citation, rules: &'c Rulebook) -> CiteView<'c> {
        let note = cite.note.as_ref().map(|note| note.each_ref().map(String::as_str));
        CiteView::noted(cite, note, rules)
    }

    /// A citation with another note.
    pub fn noted(cite: &'c Citation, note: Option<[&'c str; 2]>, rules: &'c Rulebook) -> CiteView<'c> {
        CiteView {
            document: &cite.document,
            number: rules.document(&cite.document).map(|document| document.number.as_str()),
            article: &cite.article,
            clause: &cite.clause,
            point: cite.point.as_deref(),
            amends: cite.amends.as_deref(),
            note_vi: note.map(|note| note[0]),
            note_en: note.map(|note| note[1]),
        }
    }
}
