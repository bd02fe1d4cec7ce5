//! Hồ sơ có đủ không: what of a claim is missing, twice, or written so that its amounts cannot be trusted.
//!
//! Asked first: a sum that the file itself contradicts bears no verdict of law.

use super::claim_file::{FileLine, FileTotals, Wholeness};
use super::figure::Figure;
use super::record::RawClaim;
use super::tag::FilePart;
use crate::rulebook::claim_files::Standard;

impl Wholeness {
    /// Looks at a claim.
    pub fn of(raw: &RawClaim, totals: &FileTotals, lines: &[FileLine<'_>], standard: Standard) -> Wholeness {
        Wholeness {
            missing: missing(totals, lines, standard),
            repeated: raw.repeated.clone(),
            grouped: raw.grouped(),
        }
    }

    /// True when the lines are all there and the amounts can be trusted.
    pub const fn can_be_judged(&self) -> bool {
        self.missing.is_none() && self.grouped.is_none()
    }
}

fn missing(
    totals: &FileTotals,
    lines: &[FileLine<'_>],
    standard: Standard,
) -> Option<(Option<FilePart>, Figure)> {
    let has = |part: FilePart| lines.iter().any(|line| line.part == part);
    let (hospital, drugs) = (totals.hospital?, totals.drugs?);
    let lines_have: Option<Figure> = lines.iter().map(|line| line.hospital_amount).sum();
    if hospital <= lines_have? {
        return None;
    }
    if drugs > Figure::ZERO && !has(FilePart::Drugs) {
        return Some((Some(FilePart::Drugs), drugs));
    }
    if hospital - drugs > Figure::ZERO && !has(FilePart::Services) {
        return Some((Some(FilePart::Services), hospital - drugs));
    }
    let left = beyond(totals, lines, standard)?;
    Some((None, left))
}

/// Tổng lớn hơn các dòng ở mọi khoản: what the totals have beyond the lines is itself a bill that adds up.
fn beyond(totals: &FileTotals, lines: &[FileLine<'_>], standard: Standard) -> Option<Figure> {
    let left = |total: Option<Figure>, of: fn(&FileLine<'_>) -> Option<Figure>| {
        let sum: Option<Figure> = lines.iter().map(of).sum();
        Some(total? - sum?)
    };
    let hospital = left(totals.hospital, |line| line.hospital_amount)?;
    let fund = left(totals.fund, |line| line.fund)?;
    let copayment = left(totals.copayment, |line| line.copayment)?;
    let own = left(totals.own, |line| line.own)?;
    let other = left(totals.other, |line| line.other)?;
    let adds_up = hospital == fund + copayment + own + other;
    let covered_too = standard.has_single_amount()
        || left(totals.covered, |line| line.covered_amount).is_some_and(|covered| covered > Figure::ZERO);
    let none_below = [fund, copayment, own, other].iter().all(|amount| !amount.is_negative());
    (hospital > Figure::ZERO && adds_up && covered_too && none_below).then_some(hospital)
}
