//! Trần vật tư y tế: supplies of one use of a service enter the covered cost up to a cap.

use std::fmt;

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
        let use_of_service = match &line.package {
            Some(package) => Some(Use::Package(package.clone())),
            None => item.line.filter(|_| rule.value.of_each_use).map(Use::Line),
        };
        use_of_service.filter(|_| counts)
    };
    let mut uses: Vec<Use> = items.iter().filter_map(capped).collect();
    uses.sort();
    uses.dedup();
    for of in uses {
        let of_it = |item: &CostItem<'_>| capped(item).as_ref() == Some(&of);
        let used = items.iter().filter(|item| of_it(item)).map(|item| item.from).min();
        let used = used.unwrap_or(day.discharged);
        let at_discharge = is_read(case, Reading::SupplyCapAtDischarge);
        let on = if at_discharge { day.discharged } else { used };
        let (exact, base, _) = day.amount_on(rule.value.at_most, on)?;
        if day.amount_on(rule.value.at_most, used)?.1 != day.amount(rule.value.at_most)?.1 {
            notices.push(reading_notice(day, Reading::SupplyCapAtDischarge, &case.readings));
        }
        let cap = exact.round(DOWN_TO_DONG)?;
        let units = match &of {
            Use::Package(_) => 1,
            Use::Line(_) => items.iter().filter(|item| of_it(item)).map(units).sum(),
        };
        let mut left = cap.exact().times(units, 1)?.round(DOWN_TO_DONG)?;
        let covered: Vnd = items.iter().filter(|item| of_it(item)).map(|item| item.covered).sum();
        if matches!(of, Use::Line(_)) && covered <= cap {
            // Nothing is known against it, and nothing is said.
            continue;
        }
        let mut cut = Vnd::ZERO;
        for item in items.iter_mut().filter(|item| of_it(item)) {
            let kept = item.covered.min(left);
            cut += item.covered - kept;
            item.before_ratios = item.before_ratios.min(kept);
            item.covered = kept;
            left = left - kept;
        }
        trace.push(Step {
            id: StepId::SupplyCap.of(of.to_string()),
            value: StepValue::Money(cap),
            formula: Formula::Product(vec![Term::Times(rule.value.at_most.times), Term::Money(base)]),
            rule: rule.rule.clone(),
            governing_date: on,
        });
        if !cut.is_zero() {
            notices.push(
                Problem::new(Code::SupplyCapApplied)
                    .with("package", of.to_string())
                    .with("cap", cap)
                    .with("cut", cut),
            );
        }
    }
    note_without_package(day, items, &capped, notices)
}

/// Supplies without a package that together are above the cap may have been of one use.
fn note_without_package(
    day: &DayRules<'_>,
    items: &[CostItem<'_>],
    capped: &dyn Fn(&CostItem<'_>) -> Option<Use>,
    notices: &mut Vec<Problem>,
) -> Result<(), EngineError> {
    let Some(rule) = day.supply_cap else { return Ok(()) };
    let loose: Vec<&CostItem<'_>> =
        items.iter().filter(|item| matches!(capped(item), Some(Use::Line(_)))).collect();
    let mut days: Vec<_> = loose.iter().map(|item| item.from).collect();
    days.sort_unstable();
    days.dedup();
    for on in days {
        let of_day = || loose.iter().filter(|item| item.from == on);
        let cap = day.amount_on(rule.value.at_most, on)?.0.round(DOWN_TO_DONG)?;
        let together: Vnd = of_day().map(|item| item.covered).sum();
        let pieces: i128 = of_day().map(|item| units(item)).sum();
        if pieces > 1 && together > cap {
            let note = Problem::new(Code::SuppliesWithoutPackage).with("date", on);
            notices.push(note.with("amount", together).with("cap", cap));
        }
    }
    Ok(())
}

/// Một lần sử dụng dịch vụ kỹ thuật, as the bill tells it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Package(String),
    /// A line without a package, by its position.
    Line(usize),
}

impl fmt::Display for Use {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Use::Package(package) => out.write_str(package),
            Use::Line(at) => write!(out, "#{}", at + 1),
        }
    }
}

/// Uses that an item without a package may stand for.
fn units(item: &CostItem<'_>) -> i128 {
    item.quantity.whole_number().map_or(1, i128::from).max(1)
}
