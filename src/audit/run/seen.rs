//! Đã gặp: which claims and stays came before, by fingerprints and within bounds; for claims of files and for rows of tables.
//!
//! Keys and card numbers are hashed as they come and never kept. Claims pass in the order of files, so that the
//! same batch gives the same findings whatever the number of threads.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::outcome::{AuditedClaim, ClaimIdentity};
use crate::audit::checks::{OVERLAP, SAME_CLAIM, SECOND_VISIT};
use crate::audit::examine::FullExam;
use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Class, Classes, Finding, FindingValue, Severity};
use crate::audit::moment::FileMoment;
use crate::audit::redact::Redaction;
use crate::audit::tag::{FilePart, Tag};

/// Claims, and stays, that are remembered.
pub const MOST_KEPT: usize = 500_000;

/// Earlier stays of a person that are compared with a new one.
const MOST_COMPARED: usize = 16;

/// Where a claim of a file stands.
pub(super) type FilePlace = (Arc<str>, u32);

/// What was met so far, and where.
#[derive(Debug)]
pub struct Seen<P> {
    claims: BTreeMap<u64, P>,
    stays: BTreeMap<(u64, FileMoment), (FileMoment, P)>,
    /// Examinations in full by person, facility and day.
    exams: BTreeMap<(u64, u64, NaiveDate), (FullExam, P)>,
}

impl<P> Default for Seen<P> {
    fn default() -> Seen<P> {
        Seen { claims: BTreeMap::new(), stays: BTreeMap::new(), exams: BTreeMap::new() }
    }
}

/// Điều đã gặp trước đó.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetBefore<P> {
    /// The same claim.
    Claim(P),
    /// A stay of the same person that overlaps: its first and last moment.
    Stay(FileMoment, FileMoment, P),
    /// An examination in full of the same person, facility and day.
    Exam(FullExam, P),
}

impl<P> MetBefore<P> {
    /// The check that says so.
    pub const fn check(&self) -> &'static AuditCheck {
        match self {
            MetBefore::Claim(_) => SAME_CLAIM,
            MetBefore::Stay(..) => OVERLAP,
            MetBefore::Exam(..) => SECOND_VISIT,
        }
    }

    /// Where it stood.
    pub const fn place(&self) -> &P {
        match self {
            MetBefore::Claim(place) | MetBefore::Stay(_, _, place) | MetBefore::Exam(_, place) => place,
        }
    }
}

impl<P: Clone> Seen<P> {
    /// Compares with what came before, and remembers. One thing is told: a stay that overlaps explains the examination too.
    pub fn meet(&mut self, identity: &ClaimIdentity, place: &P) -> Option<MetBefore<P>> {
        let ClaimIdentity { claim, person, stay, facility, full_exam } = *identity;
        if let Some(key) = claim {
            if let Some(other) = self.claims.get(&key) {
                return Some(MetBefore::Claim(other.clone()));
            }
            if self.claims.len() < MOST_KEPT {
                self.claims.insert(key, place.clone());
            }
        }
        let person = person?;
        let overlap = stay.and_then(|stay| self.overlap(person, stay, place));
        let Some(exam) = full_exam else { return overlap };
        let key = (person, facility, exam.day);
        if let Some((earlier, other)) = self.exams.get(&key) {
            let again = || exam.is_again(earlier).then(|| MetBefore::Exam(exam, other.clone()));
            return overlap.or_else(again);
        }
        if self.exams.len() < MOST_KEPT {
            self.exams.insert(key, (exam, place.clone()));
        }
        overlap
    }

    fn overlap(
        &mut self,
        person: u64,
        (from, until): (FileMoment, FileMoment),
        place: &P,
    ) -> Option<MetBefore<P>> {
        let earlier =
            self.stays.range((person, FileMoment::FIRST)..=(person, until)).rev().take(MOST_COMPARED);
        let overlaps = |begins: FileMoment, ends: FileMoment| {
            begins.is_surely_before(until) && from.is_surely_before(ends)
        };
        let mut found = earlier.map(|((_, begins), (ends, place))| (*begins, *ends, place));
        let met = found
            .find(|(begins, ends, _)| overlaps(*begins, *ends))
            .map(|(begins, ends, place)| MetBefore::Stay(begins, ends, place.clone()));
        if self.stays.len() < MOST_KEPT {
            self.stays.insert((person, from), (until, place.clone()));
        }
        met
    }
}

impl Seen<FilePlace> {
    /// Compares a claim of a file with those before it, and adds what is found.
    pub(super) fn look(&mut self, claim: &mut AuditedClaim, classes: Classes) {
        if !classes.has(Class::Identity) {
            return;
        }
        let place: FilePlace = (Arc::clone(&claim.file), claim.number);
        let Some(met) = self.meet(&claim.identity, &place) else { return };
        let fund = claim.declared.fund.unwrap_or_default();
        let found = |tag: Tag, money: Figure| finding(claim, met.check(), tag, money, met.place());
        let found = match &met {
            MetBefore::Claim(_) => found(Tag::MaLk, fund).bearing(fund, Figure::ZERO),
            MetBefore::Stay(begins, ends, _) => {
                let text = |moment: &FileMoment| FindingValue::Text(moment.to_string());
                let found = found(Tag::NgayVao, fund).with("begins", text(begins)).with("ends", text(ends));
                Finding { severity: Severity::Question, ..found }
            }
            MetBefore::Exam(exam, _) => {
                found(Tag::MaTheBhyt, exam.saved).with("day", FindingValue::Text(exam.day.to_string()))
            }
        };
        claim.findings.push(found);
    }
}

fn finding(
    claim: &AuditedClaim,
    check: &'static AuditCheck,
    tag: Tag,
    money: Figure,
    other: &FilePlace,
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
