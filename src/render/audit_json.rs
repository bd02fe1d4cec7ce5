//! Giám định dạng JSON: one document a claim for JSON Lines, or all of them in one.

use serde_json::{Value as Json, json};

use super::audit_words as words;
use super::json::{self, CiteView, rulebook_identity, tool};
use super::wording::{self, Lang};
use crate::audit::claim_file::FileTotals;
use crate::audit::due::DueAmounts;
use crate::audit::figure::Figure;
use crate::audit::finding::{Finding, FindingValue, Severity};
use crate::audit::redact::Redaction;
use crate::audit::run::AuditedClaim;
use crate::audit::summary::{AuditSummary, CheckTally};
use crate::rulebook::Rulebook;
use crate::terms::listed::Listed;
use crate::terms::problem::Problem;

/// Schema of a claim's document.
pub const SCHEMA: &str = "bhyt.audit/1";

/// One claim in the common envelope.
pub fn claim_line(claim: &AuditedClaim, redaction: &Redaction, rules: &Rulebook, lang: Lang) -> Json {
    json!({
        "schema": SCHEMA,
        "tool": tool(),
        "rulebook": rulebook_identity(rules),
        "result": self::claim(claim, redaction, rules, lang),
        "status": "ok",
    })
}

/// An unreadable file or claim in the common envelope.
pub fn unreadable_line(
    file: &str,
    claim: Option<u32>,
    problem: &Problem,
    redaction: &Redaction,
    rules: &Rulebook,
    lang: Lang,
) -> Json {
    let place = place(file, claim, redaction);
    json::error_envelope(SCHEMA, &problem.clone().at(place), Some(rules), lang)
}

/// `file.xml`, or `file.xml#3` for the third claim of a file.
pub fn place(file: &str, claim: Option<u32>, redaction: &Redaction) -> String {
    let file = wording::harmless(&redaction.file(file));
    match claim {
        Some(number) => format!("{file}#{number}"),
        None => file,
    }
}

/// The claim itself.
pub fn claim(claim: &AuditedClaim, redaction: &Redaction, rules: &Rulebook, lang: Lang) -> Json {
    json!({
        "claim": wording::harmless(&redaction.id(&claim.id)),
        "file": wording::harmless(&redaction.file(&claim.file)),
        "number": claim.number,
        "standard": claim.standard.key(),
        "facility": claim.facility,
        "department": claim.department,
        "month": claim.month.map(|(year, month)| format!("{year}-{month:02}")),
        "card": claim.card,
        "visit_code": claim.visit_code,
        "visit_kind": claim.visit_kind,
        "lines": claim.lines,
        "standing": claim.standing().key(),
        "declared": declared(&claim.declared),
        "replayed": replayed(&claim.replayed),
        "undecided": claim.undecided.map(|code| words::undecided(code, lang)),
        "findings": claim.findings.iter().map(|each| finding(each, rules, lang)).collect::<Vec<_>>(),
    })
}

fn text(figure: Option<Figure>) -> Json {
    figure.map_or(Json::Null, |figure| Json::String(figure.to_string()))
}

fn declared(totals: &FileTotals) -> Json {
    json!({
        "hospital_cost": text(totals.hospital),
        "covered_cost": text(totals.covered),
        "fund_payment": text(totals.fund),
        "copayment": text(totals.copayment),
        "own_payment": text(totals.own),
        "other_source": text(totals.other),
    })
}

fn replayed(totals: &DueAmounts) -> Json {
    json!({
        "hospital_cost": totals.hospital.to_string(),
        "covered_cost": totals.covered.to_string(),
        "fund_payment": totals.fund.to_string(),
        "copayment": totals.copayment.to_string(),
        "own_payment": totals.own.to_string(),
        "other_source": totals.other.to_string(),
    })
}

fn finding(finding: &Finding, rules: &Rulebook, lang: Lang) -> Json {
    let shown = |value: &FindingValue| match value {
        FindingValue::None => Json::Null,
        other => Json::String(words::plain(other)),
    };
    let of_check = finding.check.cites.iter().map(|cite| {
        let note = (!cite.place[0].is_empty()).then_some(cite.place);
        json!(CiteView::noted(&words::citation(cite), note, rules))
    });
    let law = finding.law.iter().flat_map(|law| law.iter());
    let cites: Vec<Json> = of_check.chain(law.map(|cite| json!(CiteView::new(cite, rules)))).collect();
    json!({
        "code": finding.check.code,
        "severity": finding.severity.key(),
        "part": finding.part.key(),
        "line": finding.line,
        "field": finding.tag.map(crate::audit::tag::Tag::as_str),
        "declared": shown(&finding.declared),
        "expected": shown(&finding.expected),
        "difference": text(finding.difference),
        "fund_difference": finding.fund.to_string(),
        "patient_difference": finding.patient.to_string(),
        "class": finding.check.class.key(),
        "department": finding.department,
        "doctor": finding.doctor,
        "message": words::message(finding, lang),
        "cites": cites,
    })
}

/// The summary of a batch.
pub fn summary(summary: &AuditSummary, lang: Lang) -> Json {
    let checks: Vec<Json> = summary
        .by_money()
        .into_iter()
        .map(|(check, tally)| {
            let mut entry = self::tally(tally);
            entry["code"] = json!(check.code);
            entry["title"] = json!(lang.pick(check.title));
            entry["severity"] = json!(check.severity.key());
            entry
        })
        .collect();
    let severities: serde_json::Map<String, Json> = Severity::ALL
        .iter()
        .zip(summary.severities)
        .map(|(severity, count)| (severity.key().to_owned(), json!(count)))
        .collect();
    json!({
        "files": summary.files,
        "claims": summary.claims,
        "lines": summary.lines,
        "agreeing": summary.agreeing,
        "to_ask": summary.to_ask,
        "wrong": summary.wrong,
        "answered": summary.answered.0,
        "answers_without_question": summary.answered.1,
        "unreadable": summary.unreadable,
        "findings": summary.findings(),
        "by_severity": severities,
        "by_check": checks,
        "declared": replayed(&summary.declared),
        "replayed": replayed(&summary.replayed),
        "undecided": summary.undecided.iter().map(|(code, count)| json!({"reason": words::undecided(*code, lang), "claims": count})).collect::<Vec<_>>(),
        "total": tally(&summary.total()),
    })
}

fn tally(tally: &CheckTally) -> Json {
    json!({
        "findings": tally.findings,
        "claims": tally.claims,
        "fund_overpaid": tally.fund_over.to_string(),
        "fund_underpaid": tally.fund_under.to_string(),
        "patient_overcharged": tally.patient_over.to_string(),
        "patient_undercharged": tally.patient_under.to_string(),
        "asked": tally.asked.to_string(),
    })
}
