//! Kết quả của một hồ sơ trong cả đợt: what reports and summaries need of it, without borrowing from the file.

use std::sync::Arc;

use crate::audit::claim_file::Totals;
use crate::audit::examine::Examination;
use crate::audit::figure::Figure;
use crate::audit::finding::{Finding, shown_code};
use crate::rulebook::claim_files::Standard;
use crate::terms::problem::{Code, Problem};

/// Một hồ sơ đã giám định.
#[derive(Debug, Clone)]
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
    pub declared: Totals,
    /// Totals as they should be.
    pub replayed: Replayed,
    /// Why the share was not derived from the law.
    pub undecided: Option<Code>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// Các tổng tính lại: with the share of the law where it is decided, else with the declared one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Replayed {
    /// T_TONGCHI_BV.
    pub hospital: Figure,
    /// T_TONGCHI_BH.
    pub covered: Figure,
    /// T_BHTT.
    pub fund: Figure,
    /// T_BNCCT.
    pub copayment: Figure,
    /// T_BNTT.
    pub own: Figure,
    /// T_NGUONKHAC.
    pub other: Figure,
}

/// What a batch yields, in the order of files and claims.
#[derive(Debug, Clone)]
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
    pub fn of(file: &Arc<str>, number: u32, examination: Examination<'_>) -> AuditedClaim {
        let replayed = replayed(&examination);
        let Examination { claim, legal, findings, .. } = examination;
        let summary = &claim.summary;
        let month = summary.discharged.map(super::super::moment::Moment::date);
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
                        card.object,
                        card.digit.map(String::from).unwrap_or_default()
                    ))
                })
                .unwrap_or_default(),
            visit_code: shown_code(summary.visit_code),
            visit_kind: shown_code(summary.visit_kind),
            lines: claim.lines.len(),
            declared: summary.totals,
            replayed,
            undecided: legal.undecided,
            findings,
        }
    }
}

/// Sums of the lines as they should be; what cannot be recomputed counts as declared.
fn replayed(examination: &Examination<'_>) -> Replayed {
    let mut total = Replayed::default();
    let laws = examination.legal.lines.iter();
    for ((line, replay), law) in examination.claim.lines.iter().zip(&examination.replay.lines).zip(laws) {
        let hospital = replay.hospital.expected().or(line.hospital_amount).unwrap_or_default();
        let covered = replay.covered.expected().or(line.covered_amount).unwrap_or_default();
        let other = line.other.unwrap_or_default();
        let share = law.single().map(|entitlement| entitlement.share).or(line.share);
        let plain = share.and_then(|share| covered.product(Figure::whole(1), &[share]));
        let (fund, copayment, own) = match plain {
            Some(fund) if other.is_zero() => (fund, covered - fund, hospital - covered),
            _ => (
                line.fund.unwrap_or_default(),
                line.copayment.unwrap_or_default(),
                line.own.unwrap_or_default(),
            ),
        };
        total.hospital += hospital;
        total.covered += covered;
        total.fund += fund;
        total.copayment += copayment;
        total.own += own;
        total.other += other;
    }
    total
}
