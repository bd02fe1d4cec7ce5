//! Thanh toán một lượt khám bệnh, chữa bệnh, in the order the texts force: scope of every line, level, network
//! rate, cheap visit, caps before level, annual ceiling inside the visit, other sources, direct payment.

pub mod aid;
pub mod apart;
pub mod beds;
pub mod benefit_level;
pub mod beside;
pub mod claim_error;
pub mod copayment;
pub mod day_rules;
pub mod direct_payment;
pub mod flow;
pub mod line;
pub mod network_rate;
pub mod prices;
pub mod ratios;
pub mod reimbursement;
pub mod rights;
pub mod supplies;
pub mod visit_answer;
pub mod visit_plan;
pub mod visit_terms;
pub mod year;

mod bill;
mod explanation;
mod payment;
mod sheet;
mod visit_period;

use chrono::NaiveDate;

use self::day_rules::DayRules;
use self::reimbursement::Reimbursement;
use self::sheet::Sheet;
use self::supplies::cap_supplies;
use crate::case::claim::ClaimCase;
use crate::engine::error::EngineError;
use crate::engine::step::StepId;
use crate::engine::trace::{Formula, Step, StepValue};
use crate::rulebook::Rulebook;
use crate::terms::citation::RuleRef;
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};

/// Thanh toán một lượt khám.
///
/// The rules of the day on which the visit ends; for a stay that spans a change whose transition rule says so,
/// the old or the new rules, whichever pays more.
///
/// # Errors
/// [`EngineError`] when the recorded law has no answer or the facts do not suffice.
pub fn claim(rules: &Rulebook, case: &ClaimCase) -> Result<Reimbursement, EngineError> {
    let new = claim_under(rules, case, case.discharged);
    let eves =
        visit_plan::transition_eves(rules).filter(|(eve, _)| (case.admitted..case.discharged).contains(eve));
    let mut best = new;
    for (governing, rule) in eves {
        best = more_favourable(best, claim_under(rules, case, governing), rule);
    }
    best
}

/// Theo hướng có lợi cho người bệnh: the outcome that pays more; the new rules win a draw.
fn more_favourable(
    new: Result<Reimbursement, EngineError>,
    old: Result<Reimbursement, EngineError>,
    rule: &RuleRef,
) -> Result<Reimbursement, EngineError> {
    let funds = |outcome: &Result<Reimbursement, EngineError>| match outcome {
        Ok(found) => Ok(found.total.fund),
        Err(_) => Err(()),
    };
    let (new_fund, old_fund) = (funds(&new), funds(&old));
    let mut chosen = if flow::prefers_old(&new_fund, &old_fund) { old } else { new }?;
    if old_fund.is_err() {
        return Ok(chosen);
    }
    if old_fund != new_fund {
        let shown = |fund: Result<Vnd, ()>| fund.map(|fund| fund.to_string()).unwrap_or_default();
        chosen.notices.push(
            Problem::new(Code::MoreFavourableRule)
                .with("date", rule.effective_from)
                .with("old", shown(old_fund))
                .with("new", shown(new_fund))
                .with("applied", chosen.governed_by),
        );
        chosen.trace.push(Step {
            id: StepId::StayTransition.into(),
            value: StepValue::Date(chosen.governed_by),
            formula: Formula::Recorded,
            rule: rule.clone(),
            governing_date: rule.effective_from,
        });
    }
    Ok(chosen)
}

/// Thanh toán theo quy định của một ngày.
fn claim_under(
    rules: &Rulebook,
    case: &ClaimCase,
    governing: NaiveDate,
) -> Result<Reimbursement, EngineError> {
    let day = DayRules::on(rules, governing, case.discharged)?;
    let mut sheet = Sheet::open(&day, case)?;
    let mut items = sheet.items()?;
    cap_supplies(&day, case, &mut items, &mut sheet.trace, &mut sheet.notices)?;
    let mut paid = sheet.pay_items(&items)?;
    sheet.limit_direct_payment(&items, &mut paid);
    sheet.apply_aid(&items, &mut paid);
    sheet.charge_employer(&mut paid)?;
    sheet.close(&items, &paid)
}
