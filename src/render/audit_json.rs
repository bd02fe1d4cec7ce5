//! Giám định dạng JSON: one document a claim for JSON Lines, or all of them in one.

use serde::ser::{Serialize, SerializeSeq, Serializer};
use serde_json::{Value as Json, json};

use super::audit_words as words;
use super::catalogue;
use super::json::{self, AmountsView, CiteView, Plain, rulebook_identity, tool};
use super::wording::{self, Lang};
use crate::audit::claim_file::FileTotals;
use crate::audit::due::DueAmounts;
use crate::audit::figure::Figure;
use crate::audit::finding::{Finding, FindingValue, Severity};
use crate::audit::redact::Redaction;
use crate::audit::run::{AuditedClaim, ForgottenClaims};
use crate::audit::summary::{AuditSummary, CheckTally};
use crate::rulebook::Rulebook;
use crate::terms::listed::Listed;
use crate::terms::problem::{Code, Problem};

/// Schema of a claim's document.
pub const SCHEMA: &str = "bhyt.audit/1";

/// The head that the documents of all claims share, without its last brace.
pub fn head(rules: &Rulebook) -> String {
    let head = json!({"schema": SCHEMA, "tool": tool(), "rulebook": rulebook_identity(rules)}).to_string();
    head.strip_suffix('}').unwrap_or(&head).to_owned()
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

/// What is said of claims that were not remembered.
pub fn forgotten(claims: &ForgottenClaims, redaction: &Redaction) -> Problem {
    Problem::new(Code::VisitsForgotten)
        .with("count", claims.count)
        .with("from", place(&claims.file, Some(claims.claim), redaction))
        .with("limit", claims.kept)
}

/// The claim itself.
#[derive(serde::Serialize)]
pub struct ClaimView<'c> {
    claim: String,
    file: String,
    number: u32,
    standard: &'static str,
    facility: &'c str,
    department: &'c str,
    month: Option<String>,
    card: &'c str,
    visit_code: &'c str,
    visit_kind: &'c str,
    lines: usize,
    standing: &'static str,
    declared: AmountsView<Option<Plain<Figure>>>,
    replayed: AmountsView<Plain<Figure>>,
    undecided: Option<&'static str>,
    findings: Vec<FindingView<'c>>,
}

impl<'c> ClaimView<'c> {
    /// What is shown of a claim.
    pub fn of(
        claim: &'c AuditedClaim,
        redaction: &Redaction,
        rules: &'c Rulebook,
        lang: Lang,
    ) -> ClaimView<'c> {
        ClaimView {
            claim: wording::harmless(&redaction.id(&claim.id)),
            file: wording::harmless(&redaction.file(&claim.file)),
            number: claim.number,
            standard: claim.standard.key(),
            facility: &claim.facility,
            department: &claim.department,
            month: claim.month.map(|(year, month)| format!("{year}-{month:02}")),
            card: &claim.card,
            visit_code: &claim.visit_code,
            visit_kind: &claim.visit_kind,
            lines: claim.lines,
            standing: claim.standing().key(),
            declared: AmountsView::declared(&claim.declared),
            replayed: AmountsView::replayed(&claim.replayed),
            undecided: claim.undecided.map(|code| words::undecided(code, lang)),
            findings: claim.findings.iter().map(|found| FindingView::of(found, rules, lang)).collect(),
        }
    }
}

impl AmountsView<Option<Plain<Figure>>> {
    fn declared(totals: &FileTotals) -> Self {
        AmountsView {
            hospital_cost: totals.hospital.map(Plain),
            covered_cost: totals.covered.map(Plain),
            fund_payment: totals.fund.map(Plain),
            copayment: totals.copayment.map(Plain),
            own_payment: totals.own.map(Plain),
            other_source: totals.other.map(Plain),
        }
    }
}

impl AmountsView<Plain<Figure>> {
    fn replayed(totals: &DueAmounts) -> Self {
        AmountsView {
            hospital_cost: Plain(totals.hospital),
            covered_cost: Plain(totals.covered),
            fund_payment: Plain(totals.fund),
            copayment: Plain(totals.copayment),
            own_payment: Plain(totals.own),
            other_source: Plain(totals.other),
        }
    }
}

#[derive(serde::Serialize)]
struct FindingView<'c> {
    code: &'static str,
    severity: &'static str,
    part: &'static str,
    line: Option<u32>,
    field: Option<&'static str>,
    declared: Option<String>,
    expected: Option<String>,
    difference: Option<Plain<Figure>>,
    fund_difference: Plain<Figure>,
    patient_difference: Plain<Figure>,
    class: &'static str,
    department: &'c str,
    doctor: &'c str,
    message: String,
    cites: CitesView<'c>,
}

impl<'c> FindingView<'c> {
    fn of(finding: &'c Finding, rules: &'c Rulebook, lang: Lang) -> FindingView<'c> {
        let shown = |value: &FindingValue| match value {
            FindingValue::None => None,
            other => Some(words::plain(other)),
        };
        FindingView {
            code: finding.check.code,
            severity: finding.severity.key(),
            part: finding.part.key(),
            line: finding.line,
            field: finding.tag.map(crate::audit::tag::Tag::as_str),
            declared: shown(&finding.declared),
            expected: shown(&finding.expected),
            difference: finding.difference.map(Plain),
            fund_difference: Plain(finding.fund),
            patient_difference: Plain(finding.patient),
            class: finding.check.class.key(),
            department: &finding.department,
            doctor: &finding.doctor,
            message: words::message(finding, lang),
            cites: CitesView { finding, rules },
        }
    }
}

/// The texts of a check, then those of the law that was applied.
struct CitesView<'c> {
    finding: &'c Finding,
    rules: &'c Rulebook,
}

impl Serialize for CitesView<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut list = out.serialize_seq(None)?;
        for cite in self.finding.check.cites {
            let note = (!cite.place[0].is_empty()).then_some(cite.place);
            list.serialize_element(&CiteView::noted(&words::citation(cite), note, self.rules))?;
        }
        for cite in self.finding.law.iter().flat_map(|law| law.iter()) {
            list.serialize_element(&CiteView::new(cite, self.rules))?;
        }
        list.end()
    }
}

/// The summary of a batch.
pub fn summary(summary: &AuditSummary, redaction: &Redaction, lang: Lang) -> Json {
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
        "answers_left": summary.answers_left,
        "unreadable": summary.unreadable,
        "not_compared": summary.forgotten.as_ref().map(|claims| {
            let problem = forgotten(claims, redaction);
            json!({
                "code": problem.code.as_str(),
                "message": catalogue::message(&problem, lang),
                "from": place(&claims.file, Some(claims.claim), redaction),
                "claims": claims.count,
                "remembered": claims.kept,
            })
        }),
        "findings": summary.findings(),
        "by_severity": severities,
        "by_check": checks,
        "declared": AmountsView::replayed(&summary.declared),
        "replayed": AmountsView::replayed(&summary.replayed),
        "against_table": summary.compared.iter().map(|sum| json!({
            "column": sum.column,
            "table": sum.table.to_string(),
            "files": sum.files.to_string(),
            "difference": sum.difference(summary.claims).to_string(),
        })).collect::<Vec<_>>(),
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
