//! Thanh toán trực tiếp: how much of the fund's part may be paid to the patient afterwards.

use super::claim_error::ClaimError;
use super::day_rules::DayRules;
use crate::engine::error::EngineError;
use crate::rulebook::benefit::access::{DirectRow, Facts};
use crate::rulebook::benefit::caps::DirectLimit;
use crate::rulebook::timeline::Version;
use crate::terms::care::{Among, DirectCase};
use crate::terms::citation::RuleRef;
use crate::terms::money::{Rounding, RoundingMode, Vnd};
use crate::terms::share::Times;

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

/// Giới hạn, or `None` where the case is paid in full.
///
/// # Errors
/// [`ClaimError::Unrecorded`] where the rules have no answer, [`ClaimError::FactsMissing`] where they need more.
pub fn limit<'r>(
    day: &DayRules<'r>,
    case: DirectCase,
    facts: Facts,
) -> Result<Option<Limit<'r>>, EngineError> {
    let version: &'r Version<_> = day.rules.benefit.direct_payment.at(day.governing)?;
    let facts = Facts { case: Among::only(case), ..facts };
    let rows: Vec<&DirectRow> = version.value.rows.iter().filter(|row| row.meets(&facts)).collect();
    let [first, rest @ ..] = &rows[..] else {
        return Err(EngineError::Internal("a direct-payment table with a hole".to_owned()));
    };
    if rest.iter().any(|row| row.pays != first.pays) {
        return Err(ClaimError::FactsMissing { facts: DirectRow::open(&rows, &facts) }.into());
    }
    match first.pays {
        DirectLimit::Full => Ok(None),
        DirectLimit::Nothing => Ok(Some(Limit { at_most: Vnd::ZERO, multiple: None, rule: &version.rule })),
        DirectLimit::AtMost(multiple) => {
            let (exact, base, _) = day.amount(multiple)?;
            let at_most = exact.round(DOWN_TO_DONG)?;
            Ok(Some(Limit { at_most, multiple: Some((multiple.times, base)), rule: &version.rule }))
        }
        DirectLimit::Unrecorded => {
            Err(ClaimError::Unrecorded { rule: "direct-payment", by: case.to_string(), date: day.governing }
                .into())
        }
    }
}
