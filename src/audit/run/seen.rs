//! Đã gặp: which claims and stays of the batch came before, by fingerprints and within bounds.
//!
//! Keys and card numbers are hashed as they come and never kept. Outcomes pass in the order of files, so that the
//! same batch gives the same findings whatever the number of threads.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::outcome::{AuditedClaim, ClaimIdentity};
use crate::audit::checks::{OVERLAP, SAME_CLAIM, SECOND_VISIT};
use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Class, Classes, Finding, FindingValue, Severity};
use crate::audit::moment::FileMoment;
use crate::audit::redact::Redaction;
use crate::audit::tag::{FilePart, Tag};

/// Claims, and stays, that are remembered.
const MOST_KEPT: usize = 500_000;

/// Earlier stays of a person that are compared with a new one.
const MOST_COMPARED: usize = 16;

/// Where a claim stands.
type Place = (Arc<str>, u32);

/// What was met so far.
#[derive(Debug, Default)]
pub(super) struct Seen {
    claims: BTreeMap<u64, Place>,
    stays: BTreeMap<(u64, FileMoment), (FileMoment, Place)>,
    /// Examinations in full by person, facility and day.
    exams: BTreeMap<(u64, u64, NaiveDate), Place>,
}

impl Seen {
    /// Compares a claim with those before it, adds what is found, and remembers it.
    pub fn look(&mut self, claim: &mut AuditedClaim, classes: Classes) {
        if !classes.has(Class::Identity) {
            return;
        }
        let place: Place = (Arc::clone(&claim.file), claim.number);
        let ClaimIdentity { claim: key, person, stay, facility, full_exam } = claim.identity;
        let fund = claim.declared.fund.unwrap_or_default();
        let before = claim.findings.len();
        if let Some(key) = key {
            if let Some(other) = self.claims.get(&key) {
                let finding = finding(claim, SAME_CLAIM, Tag::MaLk, fund, other);
                claim.findings.push(finding.bearing(fund, Figure::ZERO));
                return;
            }
            if self.claims.len() < MOST_KEPT {
                self.claims.insert(key, place.clone());
            }
        }
        let Some(person) = person else { return };
        if let Some(stay) = stay {
            self.look_for_an_overlap(claim, person, stay, &place);
        }
        let Some(exam) = full_exam else { return };
        let key = (person, facility, exam.day);
        if let Some(other) = self.exams.get(&key) {
            // Stays that overlap are told already.
            if claim.findings.len() == before {
                let found = finding(claim, SECOND_VISIT, Tag::MaTheBhyt, exam.saved, other);
                let day = FindingValue::Text(exam.day.to_string());
                claim.findings.push(found.with("day", day));
            }
        } else if self.exams.len() < MOST_KEPT {
            self.exams.insert(key, place);
        }
    }

    fn look_for_an_overlap(
        &mut self,
        claim: &mut AuditedClaim,
        person: u64,
        (from, until): (FileMoment, FileMoment),
        place: &Place,
    ) {
        let fund = claim.declared.fund.unwrap_or_default();
        let earlier =
            self.stays.range((person, FileMoment::FIRST)..=(person, until)).rev().take(MOST_COMPARED);
        let overlaps = |(begins, ends): (FileMoment, FileMoment)| {
            begins.is_surely_before(until) && from.is_surely_before(ends)
        };
        let found = earlier.map(|((_, begins), (ends, place))| (*begins, *ends, place));
        if let Some((begins, ends, other)) =
            found.clone().find(|(begins, ends, _)| overlaps((*begins, *ends)))
        {
            let mut found = finding(claim, OVERLAP, Tag::NgayVao, fund, other);
            found.severity = Severity::Question;
            let text = |moment: FileMoment| FindingValue::Text(moment.to_string());
            claim.findings.push(found.with("begins", text(begins)).with("ends", text(ends)));
        }
        if self.stays.len() < MOST_KEPT {
            self.stays.insert((person, from), (until, place.clone()));
        }
    }
}

fn finding(
    claim: &AuditedClaim,
    check: &'static AuditCheck,
    tag: Tag,
    money: Figure,
    other: &Place,
) -> Finding {
    let (file, number) = other;
    // Long numbers in file names are masked whatever was asked for: this is text of a finding.
    let other = if **file == *claim.file {
        format!("#{number}")
    } else {
        format!("{}#{number}", Redaction::Mask.file(file))
    };
    let mut finding = Finding::new(check, FilePart::Summary, Some(tag), claim.department.clone());
    finding.difference = Some(money);
    finding.with("other", FindingValue::Text(other)).with("money", FindingValue::Amount(money))
}
