//! Giám định một hồ sơ: a raw claim to its findings.

use super::adapt::adapt;
use super::checks;
use super::checks::evidence::Examined;
use super::claim_file::ClaimFile;
use super::figure::Figure;
use super::finding::Finding;
use super::legal::{Law, LegalReplay, supply_cap};
use super::record::RawClaim;
use super::replay::{Replay, Terms, replay};
use crate::rulebook::Rulebook;
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
        .map(|version| version.value.levels.keys().filter_map(|level| Figure::percent_of(*level)).collect())
        .unwrap_or_default()
}
