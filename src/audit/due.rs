//! Số tiền phải là: what a line should say, by its own prices and ratios and the share of the law.

use chrono::NaiveDate;

use super::claim_file::FileLine;
use super::examine::Examination;
use super::figure::Figure;
use super::finding::{Finding, Severity};
use super::legal::{LineLaw, Span};
use super::moment::FileMoment;
use super::replay::line::{LineReplay, Split};

/// Sáu số tiền của một dòng hay của cả hồ sơ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DueAmounts {
    /// THANH_TIEN_BV, T_TONGCHI_BV.
    pub hospital: Figure,
    /// THANH_TIEN_BH, T_TONGCHI_BH.
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

impl DueAmounts {
    /// Sums.
    #[must_use]
    pub fn plus(self, more: DueAmounts) -> DueAmounts {
        self.paired(more, |a, b| a + b)
    }

    fn minus(self, less: DueAmounts) -> DueAmounts {
        self.paired(less, |a, b| a - b)
    }

    /// So many of so many equal parts.
    fn part(self, parts: i64, of: i64) -> DueAmounts {
        self.paired(self, |amount, _| amount.part(parts, of))
    }

    fn paired(self, with: DueAmounts, by: impl Fn(Figure, Figure) -> Figure) -> DueAmounts {
        DueAmounts {
            hospital: by(self.hospital, with.hospital),
            covered: by(self.covered, with.covered),
            fund: by(self.fund, with.fund),
            copayment: by(self.copayment, with.copayment),
            own: by(self.own, with.own),
            other: by(self.other, with.other),
        }
    }
}

/// Phần phải là của một dòng: the whole line, or its days under one card or level.
#[derive(Debug, Clone, Copy)]
pub struct Due {
    /// First day, where one is known.
    pub from: Option<NaiveDate>,
    /// Days of how many, when the line is divided.
    pub days: Option<(i64, i64)>,
    /// The share that applies, in percent.
    pub share: Option<Figure>,
    /// The amounts.
    pub amounts: DueAmounts,
}

/// Tính số phải là của một dòng; what cannot be recomputed counts as declared.
pub fn due(examination: &Examination<'_>, index: usize) -> Vec<Due> {
    let line = &examination.claim.lines[index];
    let replay = &examination.replay.lines[index];
    let law = &examination.legal.lines[index];
    // An exemption that the file does not prove is a question, so the declared share stands.
    let legal = &examination.legal;
    let is_question = line.share.is_some()
        && (legal.if_exempt[index] == line.share || legal.before_change[index] == line.share);
    let lawful = law.single().map(|entitlement| entitlement.share).filter(|_| !is_question);
    let share = lawful.or(line.share);
    let whole = line_at(line, replay, share);
    let whole = match taken_off(examination, line) {
        Some(off) => without(line, whole, off),
        None => whole,
    };
    let is_aided = line.other.is_some_and(|other| !other.is_zero());
    match law {
        LineLaw::Decided(spans) if spans.len() > 1 && !is_aided => {
            divided(spans, whole, law.single().and(share))
        }
        _ => {
            let from = line.day().or(examination.claim.summary.discharged).map(FileMoment::date);
            vec![Due { from, days: None, share, amounts: whole }]
        }
    }
}

/// Tổng phải là của cả hồ sơ.
pub fn total(examination: &Examination<'_>) -> DueAmounts {
    let lines = 0..examination.claim.lines.len();
    lines
        .flat_map(|index| due(examination, index))
        .fold(DueAmounts::default(), |sum, due| sum.plus(due.amounts))
}

/// Phần bị loại ngoài mức hưởng: what checks take off (or add to) the payments of fund and patient for a line besides its
/// products and its share.
fn taken_off(examination: &Examination<'_>, line: &FileLine<'_>) -> Option<[Figure; 2]> {
    let mut told = examination.findings.iter().filter(|finding| {
        finding.severity != Severity::Question && !(finding.fund.is_zero() && finding.patient.is_zero())
    });
    let without_right = |finding: &Finding| WITHOUT_RIGHT.contains(&finding.check.number());
    if told.clone().any(|finding| finding.line.is_none() && without_right(finding)) {
        return line.fund.map(|fund| [fund, -fund]);
    }
    let here = |finding: &&Finding| finding.part == line.part && finding.line == Some(line.number);
    let found = told.find(|finding| here(finding) && APART.contains(&finding.check.number()))?;
    Some([found.fund, found.patient])
}

/// Checks that take off a line whatever its share: scope, ratios out of range or lifted, unpriced services, limit prices, prices
/// of supplies, another payer, transport, examinations and beds.
const APART: [&str; 11] = ["A18", "A19", "A27", "A34", "A48", "A49", "A50", "A51", "A53", "A58", "A59"];

/// Checks that leave a claim without any right: no valid card, no card at all.
const WITHOUT_RIGHT: [&str; 2] = ["A36", "A54"];

/// The line less what is taken off; what the fund does not pay at all is not covered.
fn without(line: &FileLine<'_>, whole: DueAmounts, [fund_off, patient_off]: [Figure; 2]) -> DueAmounts {
    let [fund, copayment, own] = [line.fund, line.copayment, line.own].map(Option::unwrap_or_default);
    let fund = fund - fund_off;
    let patient = copayment + own - patient_off;
    let copayment = if fund.is_zero() { Figure::ZERO } else { copayment.min(patient).max(Figure::ZERO) };
    let hospital = fund + patient + whole.other;
    let covered = if fund.is_zero() { Figure::ZERO } else { whole.covered.min(hospital) };
    DueAmounts { hospital, covered, fund, copayment, own: patient - copayment, ..whole }
}

/// The line at one share: as declared where that fits, else formed anew.
fn line_at(line: &FileLine<'_>, replay: &LineReplay, share: Option<Figure>) -> DueAmounts {
    let declared = DueAmounts {
        hospital: replay.hospital.expected().or(line.hospital_amount).unwrap_or_default(),
        covered: replay.covered.expected().or(line.covered_amount).unwrap_or_default(),
        fund: line.fund.unwrap_or_default(),
        copayment: line.copayment.unwrap_or_default(),
        own: line.own.unwrap_or_default(),
        other: line.other.unwrap_or_default(),
    };
    if !declared.other.is_zero() {
        // The file does not say in which way other sources came; only a split that fits none is formed anew.
        return match replay.split {
            Split::AidFitsNoCase { expected } => DueAmounts {
                fund: expected.fund,
                copayment: expected.copayment,
                own: expected.own,
                ..declared
            },
            _ => declared,
        };
    }
    let amounts_fit = replay.hospital.expected().is_none() && replay.covered.expected().is_none();
    if amounts_fit && share == line.share && matches!(replay.split, Split::Fits) {
        return declared;
    }
    share.and_then(|share| formed(share, declared)).unwrap_or(declared)
}

/// Without other sources: the fund's share, the rest of what is covered, the rest of the amount.
fn formed(share: Figure, amounts: DueAmounts) -> Option<DueAmounts> {
    let DueAmounts { hospital, covered, .. } = amounts;
    let fund = covered.product(Figure::whole(1), &[share])?;
    Some(DueAmounts { fund, copayment: covered - fund, own: hospital - covered, ..amounts })
}

/// One part a span of days; the last takes what rounding left. `single` is the share when it is the same throughout.
fn divided(spans: &[Span], whole: DueAmounts, single: Option<Figure>) -> Vec<Due> {
    let days: i64 = spans.iter().map(|span| span.days).sum();
    let mut left = whole;
    let mut parts = Vec::with_capacity(spans.len());
    for (place, span) in spans.iter().enumerate() {
        let part = if place + 1 == spans.len() { left } else { whole.part(span.days, days) };
        left = left.minus(part);
        let share = single.unwrap_or(span.entitlement.share);
        let amounts = if single.is_some() { part } else { formed(share, part).unwrap_or(part) };
        parts.push(Due { from: Some(span.from), days: Some((span.days, days)), share: Some(share), amounts });
    }
    parts
}
