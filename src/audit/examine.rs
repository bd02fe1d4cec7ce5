//! Giám định một hồ sơ: a raw claim to its findings.

use chrono::NaiveDate;

use super::adapt::adapt;
use super::checks;
use super::checks::evidence::Examined;
use super::claim_file::{ClaimFile, FileLine, Wholeness};
use super::figure::Figure;
use super::finding::{AuditCheck, Finding};
use super::legal::{Law, LegalReplay, supply_cap};
use super::moment::FileMoment;
use super::record::RawClaim;
use super::replay::line::{Judged, LineReplay, Split};
use super::replay::{self, Replay, Terms, replay};
use crate::rulebook::Rulebook;
use crate::rulebook::claim_files::ItemKind;
use crate::terms::problem::Problem;

/// Kết quả giám định một hồ sơ.
#[derive(Debug)]
pub struct Examination<'r> {
    /// The claim as read.
    pub claim: ClaimFile<'r>,
    /// Its recomputed amounts.
    pub replay: Replay,
    /// What the law gives.
    pub legal: LegalReplay,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// An examination paid in full, for the visits of a day in several claims.
    pub full_exam: Option<FullExam>,
}

/// Lần khám tính đủ giá.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FullExam {
    /// Its day.
    pub day: NaiveDate,
    /// What the fund would save if it were the second one of that day.
    pub saved: Figure,
    /// Where no ratio is stated: the moment of the visit, and what its examinations cost together.
    pub sum: Option<(FileMoment, Figure)>,
}

impl FullExam {
    /// Whether this one and an earlier one met are both in full: where only sums are there, the later one costs no less.
    pub fn is_again(&self, met: &FullExam) -> bool {
        let Some(((at, sum), (met_at, met_sum))) = self.sum.zip(met.sum) else { return true };
        sum == met_sum
            || (met_at.is_surely_before(at) && sum > met_sum)
            || (at.is_surely_before(met_at) && met_sum > sum)
    }
}

/// Giám định một hồ sơ.
///
/// # Errors
/// [`Problem`] when the claim's edition cannot be told.
pub fn examine<'r>(raw: &'r RawClaim, law: &mut Law<'_>) -> Result<Examination<'r>, Problem> {
    let (rules, prices, today) = (law.rules, law.prices, law.today);
    let (claim, edition) = adapt(raw, &rules.claim_files)?;
    let levels = levels_of(&claim, rules);
    let supply_cap = supply_cap(&claim, rules);
    let terms = Terms { standard: &edition.value, levels: &levels, supply_cap };
    let mut replay = replay(&claim, &terms);
    let legal = law.judge(&claim, &replay);
    by_lawful_shares(&claim, &mut replay, &legal, &terms);
    let findings = checks::run(&Examined {
        claim: &claim,
        edition,
        replay: &replay,
        legal: &legal,
        rules,
        prices,
        today,
    });
    let full_exam = full_exam(&claim, rules);
    Ok(Examination { claim, replay, legal, findings, full_exam })
}

/// Giám định một dòng XML1: a claim of which nothing but its summary is there, by the checks that need no more.
///
/// # Errors
/// [`Problem`] when the edition cannot be told.
pub fn examine_summary(
    raw: &RawClaim,
    wanted: &[&'static AuditCheck],
    law: &mut Law<'_>,
) -> Result<Vec<Finding>, Problem> {
    let (rules, prices, today) = (law.rules, law.prices, law.today);
    let (mut claim, edition) = adapt(raw, &rules.claim_files)?;
    // Its lines are not missing: they were never to be there.
    claim.whole = Wholeness::default();
    let replay = replay(&claim, &Terms { standard: &edition.value, levels: &[], supply_cap: None });
    let legal = law.judge(&claim, &replay);
    let examined = Examined { claim: &claim, edition, replay: &replay, legal: &legal, rules, prices, today };
    Ok(checks::run_on_summary(&examined, wanted))
}

/// Mức hưởng ghi không có số lẻ: a line whose amounts go by the share of the law, of which MUC_HUONG states the whole
/// part only, is judged by that share.
///
/// So is a line whose amounts go by the share of the law and not by the quite different one that MUC_HUONG states: the field is
/// wrong, the money is not.
fn by_lawful_shares(claim: &ClaimFile<'_>, replay: &mut Replay, legal: &LegalReplay, terms: &Terms<'_>) {
    for (index, line) in claim.lines.iter().enumerate() {
        let Some(declared) = line.share else { continue };
        let single = legal.lines[index].single().map(|entitlement| entitlement.share);
        if let Some(share) = single.filter(|share| *share != declared) {
            let again = replay::line::replay(&FileLine { share: Some(share), ..*line }, claim, terms);
            if again.rounded_ratio.is_none() && is_paid(again.split) {
                replay.lines[index] = LineReplay { paid_share: Some(share), ..again };
            }
        }
        let lawful = single.into_iter().chain(legal.possible.iter().copied());
        let near = |share: &Figure| {
            share.count().is_none() && *share != declared && (*share - declared).abs() < Figure::whole(1)
        };
        for share in lawful.filter(near) {
            let exact = FileLine { share: Some(share), ..*line };
            let again = replay::line::replay(&exact, claim, terms);
            // Where the amounts fit both shares, small as they are or borne by others, the lawful one is the one meant.
            if again.split == Split::Fits {
                replay.lines[index] = LineReplay { rounded_share: Some(share), paid_share: None, ..again };
                break;
            }
        }
    }
}

/// The fund pays what the share says, whatever else of the line is wrong.
const fn is_paid(split: Split) -> bool {
    matches!(split, Split::Fits | Split::Differs { fund: Judged::Fits, .. })
}

/// The benefit levels of the law on the day of discharge, in percent.
fn levels_of(claim: &ClaimFile<'_>, rules: &Rulebook) -> Vec<Figure> {
    let day = claim.summary.discharged.map(FileMoment::date);
    let version = day.and_then(|day| rules.benefit.levels.at(day).ok());
    version
        .map(|version| version.value.levels.keys().filter_map(|level| Figure::percent_of(*level)).collect())
        .unwrap_or_default()
}

/// The first examination at the whole price that the fund pays for.
fn full_exam(claim: &ClaimFile<'_>, rules: &Rulebook) -> Option<FullExam> {
    let whole = Some(Figure::whole(100));
    let is_full = |line: &&FileLine<'_>| line.kind == Some(ItemKind::Exam) && line.service_ratio == whole;
    let line = claim.lines.iter().find(is_full)?;
    let fund = line.fund.filter(|fund| *fund > Figure::ZERO)?;
    let day = line.day()?.date();
    let ratios = rules.benefit.service_ratios.at(day).ok()?;
    let second = ratios.value.exam.get(1).and_then(|share| Figure::percent_of(*share))?;
    let saved = fund.product(Figure::whole(1), &[Figure::whole(100) - second])?;
    Some(FullExam { day, saved, sum: None })
}
