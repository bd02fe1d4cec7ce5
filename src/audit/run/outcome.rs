//! Kết quả của một hồ sơ trong cả đợt: what reports and summaries need of it, without borrowing from the file.

use std::sync::Arc;

use twox_hash::XxHash3_64;

use crate::audit::adapt::adapt;
use crate::audit::claim_file::{FileSummary, FileTotals};
use crate::audit::due::{self, DueAmounts};
use crate::audit::examine::{Examination, FullExam};
use crate::audit::figure::Figure;
use crate::audit::finding::{Class, Classes, Finding, Severity, shown_code};
use crate::audit::moment::FileMoment;
use crate::audit::record::RawClaim;
use crate::rulebook::Rulebook;
use crate::rulebook::claim_files::Standard;
use crate::terms::listed::listed;
use crate::terms::problem::{Code, Problem};

/// Danh tính của một hồ sơ: fingerprints only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ClaimIdentity {
    /// Of MA_CSKCB and MA_LK.
    pub claim: Option<u64>,
    /// Of the personal digits of the card.
    pub person: Option<u64>,
    /// First and last moment, for kinds of visits that can overlap by mistake only.
    pub stay: Option<(FileMoment, FileMoment)>,
    /// Of MA_CSKCB.
    pub facility: u64,
    /// An examination paid in full.
    pub full_exam: Option<FullExam>,
}

/// Một hồ sơ đã giám định.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AuditedClaim {
    /// File it stands in.
    pub file: Arc<str>,
    /// Position in that file, from 1.
    pub number: u32,
    /// MA_LK as written: never shown unless asked for.
    pub id: String,
    /// Edition.
    pub standard: Standard,
    /// MA_CSKCB.
    pub facility: String,
    /// MA_KHOA.
    pub department: String,
    /// Month of discharge: year, month.
    pub month: Option<(i32, u32)>,
    /// Two letters and digit of the first card.
    pub card: String,
    /// MA_DOITUONG_KCB.
    pub visit_code: String,
    /// MA_LOAI_KCB.
    pub visit_kind: String,
    /// Number of lines.
    pub lines: usize,
    /// Declared totals.
    pub declared: FileTotals,
    /// Totals as they should be.
    pub replayed: DueAmounts,
    /// Why the share was not derived from the law.
    pub undecided: Option<Code>,
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// Fingerprints of claim and person.
    pub identity: ClaimIdentity,
}

listed! {
    /// Hồ sơ khớp, cần hỏi hay sai.
    ClaimStanding {
        /// Everything fits; notes at most.
        Agrees = "agrees",
        /// Something has to be asked, or the law could not decide the share.
        ToAsk = "to-ask",
        /// An error or a warning.
        Wrong = "wrong",
    }
}

/// What a batch yields, in the order of files and claims.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Outcome {
    /// A claim that was read.
    Claim(Box<AuditedClaim>),
    /// A file, or one claim of it, that could not be read.
    Unreadable {
        /// The file.
        file: Arc<str>,
        /// Position of the claim; none for the whole file.
        claim: Option<u32>,
        /// Why.
        problem: Problem,
    },
    /// The end of a file.
    FileEnd(FileFacts),
    /// Behind the last file: claims that those after them were not compared with.
    Forgotten(ForgottenClaims),
}

/// Hồ sơ không nhớ được: beyond what is remembered, so that copies and overlaps among them were not looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForgottenClaims {
    /// File of the first of them.
    pub file: Arc<str>,
    /// Its position in that file, from 1.
    pub claim: u32,
    /// How many.
    pub count: u64,
    /// How many are remembered.
    pub kept: usize,
}

/// Những gì biết về một tệp sau khi đọc.
#[derive(Debug, Clone)]
pub struct FileFacts {
    /// The file.
    pub file: Arc<str>,
    /// Claims met, readable or not.
    pub claims: u32,
    /// Bytes read of it (of an archive: bytes that came out).
    pub bytes: u64,
    /// SOLUONGHOSO as declared, where the file declares it.
    pub declared_claims: Option<u32>,
    /// CHUKYDONVI is there; the signature is not verified.
    pub signed: bool,
    /// SHA-256 of the file, where asked for.
    pub sha256: Option<String>,
}

impl AuditedClaim {
    /// Takes what reports need out of an examination.
    pub fn of(file: &Arc<str>, number: u32, examination: Examination<'_>, classes: Classes) -> AuditedClaim {
        let replayed = due::total(&examination);
        let Examination { claim, legal, mut findings, full_exam, .. } = examination;
        findings.retain(|finding| classes.has(finding.check.class));
        let summary = &claim.summary;
        let month = summary.discharged.map(super::super::moment::FileMoment::date);
        let card = summary.cards.first();
        AuditedClaim {
            file: Arc::clone(file),
            number,
            id: summary.id.to_owned(),
            standard: claim.standard,
            facility: shown_code(summary.facility),
            department: shown_code(summary.department),
            month: month.map(|day| (chrono::Datelike::year(&day), chrono::Datelike::month(&day))),
            card: card
                .map(|card| {
                    shown_code(&format!(
                        "{}{}",
                        card.letters(),
                        card.digit.map(String::from).unwrap_or_default()
                    ))
                })
                .unwrap_or_default(),
            visit_code: shown_code(summary.visit_code),
            visit_kind: shown_code(summary.visit_kind),
            lines: claim.lines.len(),
            declared: summary.totals,
            replayed,
            undecided: legal.undecided.filter(|_| classes.has(Class::Law)),
            findings,
            identity: identity(summary, full_exam),
        }
    }

    /// Whether it agrees, has to be asked about, or is wrong.
    pub fn standing(&self) -> ClaimStanding {
        let has = |wanted: &[Severity]| self.findings.iter().any(|found| wanted.contains(&found.severity));
        if has(&[Severity::Error, Severity::Warning]) {
            ClaimStanding::Wrong
        } else if has(&[Severity::Question]) || self.undecided.is_some() {
            ClaimStanding::ToAsk
        } else {
            ClaimStanding::Agrees
        }
    }
}

impl ClaimIdentity {
    /// Of a claim of which there is XML1 alone. Without a key the same visit is told by card, moments and totals; what all
    /// its examinations cost stands in for their ratios.
    ///
    /// # Errors
    /// [`Problem`] when the edition cannot be told.
    pub fn of_summary(
        raw: &RawClaim,
        rules: &Rulebook,
        exams: Option<Figure>,
    ) -> Result<ClaimIdentity, Problem> {
        let (claim, _) = adapt(raw, &rules.claim_files)?;
        let summary = &claim.summary;
        let exams = exams.filter(|sum| *sum > Figure::ZERO).zip(summary.admitted);
        let full_exam = exams.map(|(sum, admitted)| FullExam {
            day: admitted.date(),
            saved: Figure::ZERO,
            sum: Some((admitted, sum)),
        });
        let identity = identity(summary, full_exam);
        Ok(ClaimIdentity { claim: identity.claim.or_else(|| same_visit(summary)), ..identity })
    }
}

/// Một lượt khám không có MA_LK: its facility, card, moments and totals.
fn same_visit(summary: &FileSummary<'_>) -> Option<u64> {
    let card = summary.cards.last()?.number;
    let (admitted, discharged) = summary.admitted.zip(summary.discharged)?;
    let (hospital, fund) = (summary.totals.hospital, summary.totals.fund);
    let visit =
        format!("{}\0{card}\0{admitted}\0{discharged}\0{hospital:?}\0{fund:?}", summary.facility.trim());
    Some(XxHash3_64::oneshot(visit.as_bytes()))
}

fn identity(summary: &FileSummary<'_>, full_exam: Option<FullExam>) -> ClaimIdentity {
    let claim = (!summary.id.is_empty()).then(|| {
        XxHash3_64::oneshot(format!("{}\0{}", summary.facility.trim(), summary.id.trim()).as_bytes())
    });
    let digits: Option<String> = summary.cards.last().map(|card| {
        let digits: Vec<char> = card.number.chars().filter(char::is_ascii_digit).collect();
        digits.iter().rev().take(PERSONAL).rev().collect()
    });
    let person =
        digits.filter(|digits| digits.len() == PERSONAL && digits.bytes().any(|digit| digit != b'0'));
    // Treatments over weeks run beside other visits; those that lie inside a day or a ward do not.
    let alone = !matches!(summary.visit_kind.trim().trim_start_matches('0'), "2" | "5" | "7" | "8");
    ClaimIdentity {
        claim,
        person: person.map(|digits| XxHash3_64::oneshot(digits.as_bytes())),
        stay: summary.admitted.zip(summary.discharged).filter(|_| alone),
        facility: XxHash3_64::oneshot(summary.facility.trim().as_bytes()),
        // A table without a facility is one facility's; a file without one could be anybody's.
        full_exam: full_exam.filter(|exam| exam.sum.is_some() || !summary.facility.trim().is_empty()),
    }
}

/// Digits of a card that belong to the person.
const PERSONAL: usize = 10;
