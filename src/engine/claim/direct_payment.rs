//! Thanh toán trực tiếp: how much of the fund's part may be paid to the patient afterwards.

use chrono::NaiveDate;

use super::claim_error::ClaimError;
use super::day_rules::DayRules;
use super::network_rate::reading_notice;
use crate::case::claim::CardSpan;
use crate::engine::error::EngineError;
use crate::rulebook::benefit::access::DirectLimit;
use crate::rulebook::benefit::access::{DirectRow, Facts};
use crate::rulebook::benefit::caps::DirectPayment;
use crate::rulebook::timeline::Version;
use crate::terms::care::{AccessRoute, Among, DirectCase, FormerTier, Ground, PointsBand, Reading, Stay};
use crate::terms::citation::RuleRef;
use crate::terms::number::{Rounding, RoundingMode, Times, Vnd};
use crate::terms::problem::Problem;

/// A limit is a whole number of đồng already; cutting decimals keeps it so for any overlay.
const DOWN_TO_DONG: Rounding = Rounding { mode: RoundingMode::Down, unit_hundredths: 100 };

/// Giới hạn thanh toán trực tiếp của một lượt khám.
#[derive(Debug, Clone, Copy)]
pub struct Limit<'r> {
    /// At most this; nothing at all is zero.
    pub at_most: Vnd,
    /// How many times which base, where the rule names a multiple.
    pub multiple: Option<(Times, Vnd)>,
    /// The rule.
    pub rule: &'r RuleRef,
}

/// Lượt khám thanh toán trực tiếp: what the limit depends on.
#[derive(Debug, Clone, Copy)]
pub struct DirectVisit<'c> {
    /// Trường hợp.
    pub case: DirectCase,
    /// The facts of the visit.
    pub facts: Facts,
    /// Cards of the patient.
    pub cards: &'c [CardSpan],
    /// Day of the visit.
    pub admitted: NaiveDate,
}

/// Giới hạn, or `None` where the case is paid in full.
///
/// # Errors
/// [`ClaimError::Unrecorded`] where the rules have no answer, [`ClaimError::FactsMissing`] where they need more.
pub fn limit<'r>(
    day: &DayRules<'r>,
    visit: DirectVisit<'_>,
    readings: &[Reading],
    notices: &mut Vec<Problem>,
) -> Result<Option<Limit<'r>>, EngineError> {
    let rule: &'r Version<_> = day.rules.benefit.direct_payment.at(day.governing)?;
    let forces = visit.cards.iter().any(|card| rule.value.forces.contains(&card.group));
    let ground = if forces { Ground::Forces } else { Ground::Ordinary };
    let facts = Facts { case: Among::only(visit.case), ground: Among::only(ground), ..visit.facts };
    let asked = |reading: &Reading| readings.contains(reading);
    let pays = row(rule, as_read(facts, asked))?.pays;
    for (index, reading) in SECOND.iter().enumerate() {
        let turned = |other: &Reading| (SECOND[index] == *other) != readings.contains(other);
        if row(rule, as_read(facts, turned)).is_ok_and(|other| other.pays != pays) {
            notices.push(reading_notice(day, *reading, readings));
        }
    }
    // Outpatients: the base salary at the visit; inpatients: at discharge.
    let is_outpatient = facts.stay.single() == Some(Stay::Outpatient);
    let on = if is_outpatient { visit.admitted } else { day.discharged };
    match pays {
        DirectLimit::Full => Ok(None),
        DirectLimit::Nothing => Ok(Some(Limit { at_most: Vnd::ZERO, multiple: None, rule: &rule.rule })),
        DirectLimit::AtMost(multiple) => {
            let (exact, base, _) = day.amount_on(multiple, on)?;
            let at_most = exact.round(DOWN_TO_DONG)?;
            Ok(Some(Limit { at_most, multiple: Some((multiple.times, base)), rule: &rule.rule }))
        }
        DirectLimit::Unrecorded => {
            let by = visit.case.to_string();
            Err(ClaimError::Unrecorded { rule: "direct-payment", by, date: day.governing }.into())
        }
    }
}

/// Second readings that change the facts under which the table is looked up.
const SECOND: [Reading; 2] = [Reading::CardNotPresentedAnywhere, Reading::ExDistrict50PointsAs572];

fn as_read(mut facts: Facts, taken: impl Fn(&Reading) -> bool) -> Facts {
    let is_shown_late = facts.case.single() == Some(DirectCase::CardNotPresented);
    let is_emergency = facts.route.single() == Some(AccessRoute::Emergency);
    if is_shown_late && !is_emergency && taken(&Reading::CardNotPresentedAnywhere) {
        facts.route = Among::only(AccessRoute::Registered);
    }
    let of_both = facts.former_tier.single() == Some(FormerTier::District)
        && facts.points.single() == Some(PointsBand::Middle);
    if of_both && taken(&Reading::ExDistrict50PointsAs572) {
        facts.former_tier = Among::only(FormerTier::Unranked);
    }
    facts
}

/// The row of the facts; facts that are open must not matter.
fn row(rule: &Version<DirectPayment>, facts: Facts) -> Result<&DirectRow, EngineError> {
    let rows: Vec<&DirectRow> = rule.value.rows.iter().filter(|row| row.meets(&facts)).collect();
    let [first, rest @ ..] = &rows[..] else {
        return Err(EngineError::Internal("a direct-payment table with a hole".to_owned()));
    };
    if rest.iter().any(|row| row.pays != first.pays) {
        return Err(ClaimError::FactsMissing { facts: DirectRow::open(&rows, &facts) }.into());
    }
    Ok(first)
}
