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

/// Claims, stays and examinations, of each so many, that are remembered.
pub const MOST_KEPT: usize = 500_000;

/// Where a claim of a file stands.
pub(super) type FilePlace = (Arc<str>, u32);

/// What was met so far, and where.
#[derive(Debug)]
pub struct Seen<P> {
    most: usize,
    claims: BTreeMap<u64, P>,
    /// Stays by person and beginning. One that lies within another is not kept: whatever overlaps it overlaps the other
    /// too. So of a person those that begin later end later, and one look tells whether any overlaps.
    stays: BTreeMap<(u64, i64), (Span, P)>,
    /// Examinations in full by person, facility and day.
    exams: BTreeMap<(u64, u64, NaiveDate), (FullExam, P)>,
    forgotten: Option<Forgotten<P>>,
}

/// First and last moment.
type Span = (FileMoment, FileMoment);

/// Lượt khám không nhớ được: for which there was no room, so that those after them are not compared with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgotten<P> {
    /// Where the first of them stands.
    pub first: P,
    /// How many.
    pub count: u64,
    /// How many are remembered.
    pub kept: usize,
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
    /// Nothing met yet, and room for so many.
    pub fn with_room(most: usize) -> Seen<P> {
        Seen {
            most,
            claims: BTreeMap::new(),
            stays: BTreeMap::new(),
            exams: BTreeMap::new(),
            forgotten: None,
        }
    }

    /// What there was no room for.
    pub fn forgotten(&self) -> Option<&Forgotten<P>> {
        self.forgotten.as_ref()
    }

    /// Compares with what came before, and remembers. One thing is told: a stay that overlaps explains the examination too.
    pub fn meet(&mut self, identity: &ClaimIdentity, place: &P) -> Option<MetBefore<P>> {
        let ClaimIdentity { claim, person, stay, facility, full_exam } = *identity;
        let mut all_kept = true;
        if let Some(key) = claim {
            if let Some(other) = self.claims.get(&key) {
                return Some(MetBefore::Claim(other.clone()));
            }
            all_kept &= keep(&mut self.claims, self.most, key, place.clone());
        }
        let mut met = None;
        if let Some(person) = person {
            if let Some(stay) = stay {
                met = self.overlap(person, stay);
                all_kept &= self.keep_stay(person, stay, place);
            }
            if let Some(exam) = full_exam {
                let key = (person, facility, exam.day);
                if let Some((earlier, other)) = self.exams.get(&key) {
                    let again = || exam.is_again(earlier).then(|| MetBefore::Exam(exam, other.clone()));
                    met = met.or_else(again);
                } else {
                    all_kept &= keep(&mut self.exams, self.most, key, (exam, place.clone()));
                }
            }
        }
        if !all_kept {
            self.forget(place);
        }
        met
    }

    /// Counts one for which there was no room.
    pub fn forget(&mut self, place: &P) {
        let kept = self.most;
        let none = || Forgotten { first: place.clone(), count: 0, kept };
        self.forgotten.get_or_insert_with(none).count += 1;
    }

    /// The stay of the person that overlaps: of those that begin before this one ends the last ends last.
    fn overlap(&self, person: u64, (from, until): Span) -> Option<MetBefore<P>> {
        let first_minute = FileMoment::new(until.date(), until.minute().unwrap_or(0)).packed();
        let (_, ((begins, ends), place)) =
            self.stays.range((person, i64::MIN)..(person, first_minute)).next_back()?;
        let met = || MetBefore::Stay(*begins, *ends, place.clone());
        from.is_surely_before(*ends).then(met)
    }

    /// Keeps a stay unless it lies within another, and none that lies within it; false where there is no room.
    fn keep_stay(&mut self, person: u64, stay: Span, place: &P) -> bool {
        let (from, until) = stay;
        let key = (person, from.packed());
        let before = self.stays.range((person, i64::MIN)..=key).next_back();
        if before.is_some_and(|(_, ((_, ends), _))| *ends >= until) {
            return true;
        }
        let next = |stays: &BTreeMap<(u64, i64), (Span, P)>| {
            let (inner, ((_, ends), _)) = stays.range(key..=(person, i64::MAX)).next()?;
            (*ends <= until).then_some(*inner)
        };
        while let Some(inner) = next(&self.stays) {
            self.stays.remove(&inner);
        }
        keep(&mut self.stays, self.most, key, (stay, place.clone()))
    }
}

/// Keeps what was met for the first time; false where there is no room.
fn keep<K: Ord, V>(known: &mut BTreeMap<K, V>, most: usize, key: K, value: V) -> bool {
    let has_room = known.len() < most;
    if has_room {
        known.insert(key, value);
    }
    has_room
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::moment::read;

    fn moment(text: &str) -> FileMoment {
        read(text.as_bytes()).expect("a moment").0
    }

    fn of_stay(person: u64, from: &str, until: &str) -> ClaimIdentity {
        let stay = Some((moment(from), moment(until)));
        ClaimIdentity { person: Some(person), stay, ..ClaimIdentity::default() }
    }

    /// Beyond the room the first one is named and all are counted; what has room is still found, also by those behind.
    #[test]
    fn what_is_not_remembered_is_counted() {
        let mut seen = Seen::with_room(3);
        let of = |claim: u64| ClaimIdentity { claim: Some(claim), ..ClaimIdentity::default() };
        for claim in 1..=3 {
            assert_eq!(seen.meet(&of(claim), &claim), None);
        }
        assert_eq!(seen.forgotten(), None);
        assert_eq!(seen.meet(&of(2), &4), Some(MetBefore::Claim(2)));
        assert_eq!(seen.forgotten(), None);
        assert_eq!(seen.meet(&of(5), &5), None);
        assert_eq!(seen.meet(&of(5), &6), None);
        assert_eq!(seen.forgotten(), Some(&Forgotten { first: 5, count: 2, kept: 3 }));
        assert_eq!(seen.meet(&of(1), &7), Some(MetBefore::Claim(1)));
        assert_eq!(seen.forgotten().map(|forgotten| forgotten.count), Some(2));
    }

    /// A stay of months with many visits behind its beginning: the last of them is still found in it.
    #[test]
    fn a_long_stay_is_found_behind_many_short_ones() {
        let mut seen = Seen::with_room(100);
        assert_eq!(seen.meet(&of_stay(1, "202601010800", "202606300800"), &0), None);
        for day in 1..=28 {
            let visit = of_stay(1, &format!("202602{day:02}0800"), &format!("202602{day:02}0900"));
            assert!(matches!(seen.meet(&visit, &day), Some(MetBefore::Stay(_, _, 0))), "{day}");
        }
        // The same beginning, a shorter end: the longer one is still known.
        assert!(seen.meet(&of_stay(1, "202601010800", "202601010900"), &30).is_some());
        assert!(matches!(
            seen.meet(&of_stay(1, "202605010800", "202605010900"), &31),
            Some(MetBefore::Stay(_, _, 0))
        ));
        assert_eq!(seen.meet(&of_stay(2, "202602010800", "202602010900"), &32), None);
    }

    /// Every stay against every stay before it, days without a minute among them: found where any of them overlaps.
    #[test]
    fn one_look_says_what_all_stays_say() {
        let mut lot = 1_u64;
        let mut draw = |below: u64| {
            lot = lot.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (lot >> 33) % below
        };
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
        let mut overlapping = 0;
        for _ in 0..2_000 {
            let mut seen = Seen::with_room(1_000);
            let mut before: Vec<Span> = Vec::new();
            for place in 0..=draw(12) {
                let mut any = |from: u64| {
                    let date = first + chrono::Days::new(from + draw(6));
                    if draw(3) == 0 {
                        FileMoment::day(date)
                    } else {
                        FileMoment::new(date, u16::try_from(draw(3) * 60).expect("an hour"))
                    }
                };
                let (from, until) = (any(0), any(2));
                let overlaps =
                    |(begins, ends): &Span| begins.is_surely_before(until) && from.is_surely_before(*ends);
                let expected = before.iter().any(overlaps);
                let identity =
                    ClaimIdentity { person: Some(7), stay: Some((from, until)), ..ClaimIdentity::default() };
                let met = seen.meet(&identity, &place);
                assert_eq!(met.is_some(), expected, "{from} {until} after {before:?}");
                if let Some(MetBefore::Stay(begins, ends, _)) = met {
                    assert!(overlaps(&(begins, ends)));
                    overlapping += 1;
                }
                before.push((from, until));
            }
        }
        assert!(overlapping > 1_000, "{overlapping}");
    }
}
