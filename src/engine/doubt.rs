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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::period::parse_date;

    #[test]
    fn what_is_not_verified_is_said_and_so_is_the_day_after_the_last_verified_one() {
        let day = |text| parse_date(text).expect("a day");
        let said = |evidence, on| -> Vec<Code> {
            let rule = RuleRef {
                rule: "base-salary".to_owned(),
                effective_from: day("2026-07-01"),
                effective_until: None,
                evidence,
                checked_on: day("2026-11-21"),
                verified_until: Some(day("2026-12-31")),
                note: None,
                cites: [].into(),
                origin: None,
            };
            doubts(&rule, day(on)).iter().map(|doubt| doubt.code).collect()
        };
        assert_eq!(said(Evidence::Primary, "2026-12-31"), []);
        assert_eq!(said(Evidence::Primary, "2027-01-01"), [Code::BeyondVerified]);
        assert_eq!(said(Evidence::Unverified, "2026-12-31"), [Code::Unverified]);
        assert_eq!(said(Evidence::Unverified, "2027-01-01"), [Code::Unverified, Code::BeyondVerified]);
    }
}
