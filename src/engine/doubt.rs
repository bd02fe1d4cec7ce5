//! Độ tin cậy: what a result must warn about because of how its rules were verified.

use chrono::NaiveDate;

use crate::terms::citation::{Evidence, RuleRef};
use crate::terms::problem::{Code, Problem};

/// Cảnh báo về độ tin cậy của một quy định trong một ngày.
pub fn doubts(rule: &RuleRef, day: NaiveDate) -> Vec<Problem> {
    let mut doubts = Vec::new();
    if rule.evidence == Evidence::Unverified {
        doubts.push(
            Problem::new(Code::Unverified)
                .with("rule", &rule.rule)
                .with("from", rule.effective_from)
                .with("note_vi", rule.note.as_ref().map(|note| note[0].as_str()).unwrap_or_default())
                .with("note_en", rule.note.as_ref().map(|note| note[1].as_str()).unwrap_or_default()),
        );
    }
    if let Some(until) = rule.verified_until.filter(|until| day > *until) {
        doubts.push(Problem::new(Code::BeyondVerified).with("rule", &rule.rule).with("date", until));
    }
    doubts
}
