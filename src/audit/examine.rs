//! Giám định một hồ sơ: a raw claim to its findings.

use super::adapt::adapt;
use super::checks;
use super::claim_file::ClaimFile;
use super::figure::Figure;
use super::finding::{Examined, Finding};
use super::legal::{Law, LegalReplay};
use super::record::RawClaim;
use super::replay::{Replay, Terms, replay};
use crate::rulebook::Rulebook;
use crate::terms::problem::Problem;
use crate::terms::share::Share;

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
}

/// Giám định một hồ sơ.
///
/// # Errors
/// [`Problem`] when the claim's edition cannot be told.
pub fn examine<'r>(raw: &'r RawClaim, law: &mut Law<'_>) -> Result<Examination<'r>, Problem> {
    let rules = law.rules;
    let (claim, edition) = adapt(raw, &rules.claim_files)?;
    let levels = levels_of(&claim, rules);
    let supply_cap = supply_cap(&claim, rules);
    let replay = replay(&claim, &Terms { standard: &edition.value, levels: &levels, supply_cap });
    let legal = law.judge(&claim, &replay);
    let findings = checks::run(&Examined { claim: &claim, edition, replay: &replay, legal: &legal, rules });
    Ok(Examination { claim, replay, legal, findings })
}

/// The benefit levels of the law on the day of discharge, in percent.
fn levels_of(claim: &ClaimFile<'_>, rules: &Rulebook) -> Vec<Figure> {
    let day = claim.summary.discharged.map(super::moment::Moment::date);
    let version = day.and_then(|day| rules.benefit.levels.at(day).ok());
    version
        .map(|version| version.value.levels.keys().filter_map(|level| percent(*level)).collect())
        .unwrap_or_default()
}

/// Trần chi phí vật tư của một lần sử dụng dịch vụ, on the day of discharge.
pub fn supply_cap(claim: &ClaimFile<'_>, rules: &Rulebook) -> Option<Figure> {
    let day = claim.summary.discharged?.date();
    let multiple = rules.benefit.supply_cap.at(day).ok()?.value.at_most;
    let (base, _) = rules.base(multiple.of, day).ok()?;
    let exact = multiple.times.of(base.exact()).ok()?;
    exact.as_recorded().map(Figure::from_vnd)
}

/// A share in percent, exact to the millionth, or `None` when it is not.
pub fn percent(share: Share) -> Option<Figure> {
    let (numerator, denominator) = share.parts();
    let hundredfold = i128::from(numerator) * 100 * Figure::whole(1).millionths();
    let denominator = i128::from(denominator);
    (hundredfold % denominator == 0).then(|| Figure::from_millionths(hundredfold / denominator))
}
