//! JSON: the one envelope that every command's result and every error travels in.

use std::fmt;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use super::catalogue;
use super::explain;
use super::wording::{self, Lang};
use crate::engine::step::StepPath;
use crate::engine::trace::Step;
use crate::rulebook::Rulebook;
use crate::terms::citation::{Citation, Evidence, Numeral, RuleRef};
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
        body.notices.iter().partition(|notice| notice.is_warning());
    json!({
        "schema": body.schema,
        "tool": tool(),
        "rulebook": rulebook_identity(rules),
        "input": body.input,
        "result": body.result,
        "trace": body.trace.iter().map(|each| StepView::new(each, rules, lang)).collect::<Vec<_>>(),
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

/// Name and version of the program.
pub fn tool() -> Json {
    json!({"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")})
}

/// Identity of the rulebook.
pub fn rulebook_identity(rules: &Rulebook) -> Json {
    json!({
        "sha256": rules.identity.sha256,
        "families": rules.identity.families,
        "overlays": file_names(&rules.identity.overlays),
        "replaced": file_names(&rules.identity.replaced),
    })
}

/// Files of the user without the folders of this machine.
fn file_names(files: &[String]) -> Vec<&str> {
    files.iter().map(|file| wording::file_name(file)).collect()
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

/// Một bước tính.
#[derive(Debug, Serialize)]
struct StepView<'s> {
    id: Plain<&'s StepPath>,
    value: String,
    formula: String,
    #[serde(flatten)]
    rule: RuleView<'s>,
    governing_date: Plain<NaiveDate>,
}

impl<'s> StepView<'s> {
    fn new(step: &'s Step, rules: &'s Rulebook, lang: Lang) -> StepView<'s> {
        StepView {
            id: Plain(&step.id),
            value: explain::value(&step.value),
            formula: explain::formula(&step.formula, lang),
            rule: RuleView::new(&step.rule, rules),
            governing_date: Plain(step.governing_date),
        }
    }
}

/// Một quy định as it is named everywhere: id, dates, evidence, citations.
#[derive(Debug, Serialize)]
pub struct RuleView<'r> {
    rule: &'r str,
    effective_from: Plain<NaiveDate>,
    effective_until: Option<Plain<NaiveDate>>,
    evidence: Evidence,
    origin: Option<&'r str>,
    cites: Vec<CiteView<'r>>,
}

impl<'r> RuleView<'r> {
    /// A rule with its citations.
    pub fn new(rule: &'r RuleRef, rules: &'r Rulebook) -> RuleView<'r> {
        RuleView {
            rule: &rule.rule,
            effective_from: Plain(rule.effective_from),
            effective_until: rule.effective_until.map(Plain),
            evidence: rule.evidence,
            origin: rule.origin.as_deref().map(wording::file_name),
            cites: rule.cites.iter().map(|each| CiteView::new(each, rules)).collect(),
        }
    }
}

/// Một giá trị là chữ: numbers with a dot and no grouping, days as year, month and day.
#[derive(Debug, Clone, Copy)]
pub struct Plain<T>(pub T);

impl<T: fmt::Display> Serialize for Plain<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(&self.0)
    }
}

/// Sáu số tiền của một khoản, một lượt hay cả đợt: the same keys in `claim`, its bill and `audit`.
#[derive(Debug, Serialize)]
pub struct AmountsView<T> {
    /// Chi phí.
    pub hospital_cost: T,
    /// Trong phạm vi.
    pub covered_cost: T,
    /// Quỹ thanh toán.
    pub fund_payment: T,
    /// Cùng chi trả.
    pub copayment: T,
    /// Người bệnh tự trả.
    pub own_payment: T,
    /// Nguồn khác.
    pub other_source: T,
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
