//! Lượt khám có điều riêng: a row of a table with direct payment, a late card, arrears or a certificate is a claim by its
//! totals, and goes through the claim itself.

use super::claim;
use super::visit_answer::{Apart, VisitAnswer, VisitQuestion, note};
use super::visit_terms::ItemPayment;
use crate::case::claim::{ClaimCase, Copaid, Costs, Particulars};
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::terms::number::Vnd;
use crate::terms::problem::Code;

/// Tính một lượt khám có điều riêng.
///
/// # Errors
/// [`EngineError`] as a claim has them.
pub fn answer(
    rules: &Rulebook,
    question: &VisitQuestion<'_>,
    particulars: &Particulars,
    warnings: &mut Vec<Code>,
) -> Result<VisitAnswer, EngineError> {
    let figures = question.figures;
    let group = rules.groups().get(question.group);
    let group = group.ok_or_else(|| EngineError::Internal("a group that is not registered".to_owned()))?;
    let costs = Costs::Totals { hospital: particulars.hospital, covered: figures.covered, other: Vnd::ZERO };
    let found = claim(
        rules,
        &ClaimCase {
            visit: question.facts.clone(),
            born: figures.born,
            copaid: Copaid::ThisYear(figures.copaid),
            five_years_since: figures.five_years_since,
            direct: particulars.direct,
            card_shown: particulars.card_shown,
            before_card: particulars.before_card,
            employer_arrears: particulars.employer_arrears,
            exempt_from: particulars.exempt_from,
            beside: particulars.beside.clone(),
            ..ClaimCase::of(&group.id, figures.admitted, figures.discharged, costs)
        },
    )?;
    found.notices.iter().for_each(|notice| note(warnings, notice.code));
    let (level, rate) = (found.benefit_level, found.network_rate);
    let payment = ItemPayment {
        level,
        share: level.times(rate).unwrap_or(level),
        relief: found.relief,
        fund: found.total.fund,
        counted: found.counted_copayment,
    };
    let apart = Apart {
        amounts: found.total,
        direct: found.direct_payment,
        employer_refund: found.employer_refund,
        state_budget: found.beside.state_budget.iter().map(|extra| extra.amount).sum(),
        local_support: found.beside.local_support.iter().map(|extra| extra.amount).sum(),
        booking_year: found.beside.booking_year,
    };
    Ok(VisitAnswer { rate, payment, apart: Some(apart) })
}
