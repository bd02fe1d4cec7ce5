//! Trần vật tư y tế: supplies of one use of a service enter the covered cost up to a cap.

use super::day_rules::DayRules;
use super::line::{CostItem, is_read};
use super::network_rate::reading_notice;
use crate::case::claim::ClaimCase;
use crate::engine::error::EngineError;
use crate::engine::step::StepId;
use crate::engine::trace::{Formula, Step, StepValue, Term};
use crate::terms::care::{LineKind, Reading};
use crate::terms::number::{Rounding, RoundingMode, Share, Vnd};
use crate::terms::problem::{Code, Problem};

/// The cap is a whole number of đồng already; cutting decimals keeps it so for any overlay.
const DOWN_TO_DONG: Rounding = Rounding { mode: RoundingMode::Down, unit_hundredths: 100 };

/// Áp trần cho từng gói: lines keep their cost in the order given until the cap is used up; what is above it
/// becomes the patient's own payment.
///
/// Persons without list ratios are spared, and so are supplies with a list ratio where the rule says so.
///
/// # Errors
/// [`EngineError::NotInForce`] when no base is recorded for the day.
pub fn cap_supplies(
    day: &DayRules<'_>,
    case: &ClaimCase,
    items: &mut [CostItem<'_>],
    trace: &mut Vec<Step>,
    notices: &mut Vec<Problem>,
) -> Result<(), EngineError> {
    let Some(rule) = day.supply_cap else { return Ok(()) };
    let capped = |item: &CostItem<'_>| {
        let line = item.given?;
        let stands_outside = rule.value.spares_ratio_items && item.list_ratio != Share::WHOLE;
        let counts = line.kind == LineKind::Supply && !item.no_supply_limit && !stands_outside;
        line.package.clone().filter(|_| counts)
    };
    let mut packages: Vec<String> = items.iter().filter_map(capped).collect();
    packages.sort();
    packages.dedup();
    for package in packages {
        let uses = items.iter().filter(|item| capped(item).as_deref() == Some(&package));
        let used = uses.map(|item| item.from).min().unwrap_or(day.discharged);
        let at_discharge = is_read(case, Reading::SupplyCapAtDischarge);
        let on = if at_discharge { day.discharged } else { used };
        let (exact, base, _) = day.amount_on(rule.value.at_most, on)?;
        if day.amount_on(rule.value.at_most, used)?.1 != day.amount(rule.value.at_most)?.1 {
            notices.push(reading_notice(day, Reading::SupplyCapAtDischarge, &case.readings));
        }
        let cap = exact.round(DOWN_TO_DONG)?;
        let mut left = cap;
        let mut cut = Vnd::ZERO;
        for item in items.iter_mut().filter(|item| capped(item).as_deref() == Some(&package)) {
            let kept = item.covered.min(left);
            cut += item.covered - kept;
            item.before_ratios = item.before_ratios.min(kept);
            item.covered = kept;
            left = left - kept;
        }
        trace.push(Step {
            id: StepId::SupplyCap.of(&package),
            value: StepValue::Money(cap),
            formula: Formula::Product(vec![Term::Times(rule.value.at_most.times), Term::Money(base)]),
            rule: rule.rule.clone(),
            governing_date: on,
        });
        if !cut.is_zero() {
            notices.push(
                Problem::new(Code::SupplyCapApplied)
                    .with("package", &package)
                    .with("cap", cap)
                    .with("cut", cut),
            );
        }
    }
    Ok(())
}
