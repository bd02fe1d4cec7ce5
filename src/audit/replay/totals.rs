//! Tính lại các tổng: every total of XML1 against the sum of the lines as declared.

use crate::audit::claim_file::{ClaimFile, FileLine};
use crate::audit::figure::Figure;
use crate::audit::tag::{FilePart, Tag};
use crate::rulebook::claim_files::ItemKind;

/// Kết luận về một tổng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TotalJudgement {
    /// The total's field, by its newer name.
    pub tag: Tag,
    /// As declared.
    pub declared: Option<Figure>,
    /// Sum of the lines; unknown when a line's amount cannot be read.
    pub summed: Option<Figure>,
    /// True when the declared total is a sum that the standard's wording allows.
    pub fits: bool,
}

/// Payment method "fee for service".
const FEE_FOR_SERVICE: u32 = 1;

/// Tính lại mọi tổng của XML1.
pub fn judge(claim: &ClaimFile<'_>) -> Vec<TotalJudgement> {
    let totals = &claim.summary.totals;
    let mut found = vec![
        total(claim, Tag::TTongchiBv, totals.hospital, |line| line.hospital_amount, |_| true),
        total(
            claim,
            Tag::TThuoc,
            totals.drugs,
            |line| line.hospital_amount,
            |line| line.part == FilePart::Drugs,
        ),
        supplies(claim, totals.supplies),
        total(claim, Tag::TBhtt, totals.fund, |line| line.fund, |_| true),
        total(claim, Tag::TBncct, totals.copayment, |line| line.copayment, |_| true),
        total(claim, Tag::TBntt, totals.own, |line| line.own, |_| true),
        total(claim, Tag::TNguonkhac, totals.other, |line| line.other, |_| true),
    ];
    if claim.standard.has_single_amount() {
        found.push(total(
            claim,
            Tag::TBhttGdv,
            totals.outside_capitation,
            |line| line.outside_capitation,
            |_| true,
        ));
    } else {
        found.push(total(claim, Tag::TTongchiBh, totals.covered, |line| line.covered_amount, |_| true));
        found.push(total(
            claim,
            Tag::TBhttGdv,
            totals.outside_capitation,
            |line| line.fund,
            |line| line.payment_method == Some(FEE_FOR_SERVICE),
        ));
    }
    found
}

fn total(
    claim: &ClaimFile<'_>,
    tag: Tag,
    declared: Option<Figure>,
    amount: impl Fn(&FileLine<'_>) -> Option<Figure>,
    counts: impl Fn(&FileLine<'_>) -> bool,
) -> TotalJudgement {
    let summed: Option<Figure> = claim.lines.iter().filter(|line| counts(line)).map(amount).sum();
    let fits = match (declared, summed) {
        (Some(declared), Some(summed)) => declared == summed,
        _ => true,
    };
    TotalJudgement { tag, declared, summed, fits }
}

/// The wording names item groups, practice counts the lines that name a supply: either sum will do.
fn supplies(claim: &ClaimFile<'_>, declared: Option<Figure>) -> TotalJudgement {
    let is_service = |line: &FileLine<'_>| line.part == FilePart::Services;
    let by_group = total(
        claim,
        Tag::TVtyt,
        declared,
        |line| line.hospital_amount,
        |line| is_service(line) && line.kind == Some(ItemKind::Supply),
    );
    let by_code = total(
        claim,
        Tag::TVtyt,
        declared,
        |line| line.hospital_amount,
        |line| is_service(line) && line.is_supply(),
    );
    if by_group.fits { by_group } else { by_code }
}
