//! Ngoài phần của quỹ: the year to which a visit is booked, what the state budget pays for the forces, and what a province
//! takes over of the patient's part.

use chrono::{Datelike, NaiveDate};

use super::beds;
use super::claim_error::ClaimError;
use super::day_rules::DayRules;
use super::reimbursement::ItemAmounts;
use crate::case::claim::ClaimCase;
use crate::engine::error::EngineError;
use crate::engine::extra::{Beside, Extra, ExtraPart};
use crate::engine::step::StepId;
use crate::engine::trace::{Formula, Step, StepValue, Term};
use crate::rulebook::benefit::fund::{SupportBasis, TreatmentSupport, YearOfStay};
use crate::terms::care::{DirectCase, Setting};
use crate::terms::citation::RuleRef;
use crate::terms::problem::{Code, Problem};

/// Everything beside the fund's part.
///
/// # Errors
/// [`EngineError`] where a rule that was asked for is not in force, or a fact it needs is missing.
pub fn beside(
    day: &DayRules<'_>,
    case: &ClaimCase,
    emergency: bool,
    total: &ItemAmounts,
    trace: &mut Vec<Step>,
    notices: &mut Vec<Problem>,
) -> Result<Beside, EngineError> {
    Ok(Beside {
        booking_year: booking_year(day, case, trace)?,
        state_budget: state_budget(day, case, emergency, total, trace, notices)?,
        local_support: local_support(day, case, total, trace)?,
    })
}

/// Năm tính chi phí: a contract is taken to go on where nothing else is said.
fn booking_year(
    day: &DayRules<'_>,
    case: &ClaimCase,
    trace: &mut Vec<Step>,
) -> Result<Option<i32>, EngineError> {
    let (admitted, discharged) = (case.admitted.year(), case.discharged.year());
    if admitted == discharged {
        return Ok(Some(discharged));
    }
    let rule = match day.rules.benefit.booking_year.at(day.governing) {
        Ok(rule) => rule,
        Err(missing) if case.beside.contract_renewed.is_some() => return Err(missing.into()),
        Err(_) => return Ok(None),
    };
    let renewed = case.beside.contract_renewed.unwrap_or(true);
    let of_stay = if renewed { rule.value.contract_renewed } else { rule.value.contract_ended };
    let year = match of_stay {
        YearOfStay::Admission => admitted,
        YearOfStay::Discharge => discharged,
    };
    trace.push(Step {
        id: StepId::BookingYear.into(),
        value: StepValue::Id(year.to_string()),
        formula: Formula::Recorded,
        rule: rule.rule.clone(),
        governing_date: day.governing,
    });
    Ok(Some(year))
}

/// Ngân sách nhà nước: the rest of an emergency that is paid directly, and the difference of the sick ration.
fn state_budget(
    day: &DayRules<'_>,
    case: &ClaimCase,
    emergency: bool,
    total: &ItemAmounts,
    trace: &mut Vec<Step>,
    notices: &mut Vec<Problem>,
) -> Result<Vec<Extra>, EngineError> {
    let direct = case.direct.is_some_and(|direct| direct != DirectCase::SelfBought);
    let meals = case.beside.meal_difference_a_day;
    let rule = match day.rules.benefit.budget_extras.at(day.governing) {
        Ok(rule) => rule,
        Err(missing) if meals.is_some() => return Err(missing.into()),
        Err(_) => return Ok(Vec::new()),
    };
    let has = |groups: &[String]| case.cards.iter().any(|card| groups.contains(&card.group));
    let mut found = Vec::new();
    if direct && emergency && has(&rule.value.emergency) {
        let rest = total.copayment + total.own;
        found.push((Extra { part: ExtraPart::Emergency, amount: rest }, Formula::Recorded));
    }
    if let Some(a_day) = meals {
        if has(&rule.value.meals) && case.visit.setting != Some(Setting::Outpatient) {
            let days = meal_days(day, case)?;
            let amount = a_day.exact().times(i128::from(days), 1)?.round(day.rounding.value.product)?;
            let formula = Formula::Product(vec![Term::Count(days), Term::Money(a_day)]);
            found.push((Extra { part: ExtraPart::Meals, amount }, formula));
        } else {
            let due = Problem::new(Code::ExtraNotDue).with("what", "meal-difference-a-day");
            notices.push(due.with("rule", "budget-extras"));
        }
    }
    found.retain(|(extra, _)| !extra.amount.is_zero());
    Ok(explained(found, StepId::StateBudget, &rule.rule, day.governing, trace))
}

/// Số ngày ăn: as given, else the days of treatment as bed days are counted.
fn meal_days(day: &DayRules<'_>, case: &ClaimCase) -> Result<u32, EngineError> {
    if let Some(days) = case.beside.meal_days {
        return Ok(days);
    }
    let missing = || ClaimError::FactsMissing { facts: vec!["meal-days"] };
    let rule = day.bed_days.ok_or_else(missing)?;
    Ok(u32::try_from(beds::counted_days(&rule.value, case).len()).unwrap_or(u32::MAX))
}

/// Địa phương hỗ trợ: a share of the patient's part, and meals of in-patients.
fn local_support(
    day: &DayRules<'_>,
    case: &ClaimCase,
    total: &ItemAmounts,
    trace: &mut Vec<Step>,
) -> Result<Vec<Extra>, EngineError> {
    let Some(wanted) = &case.beside.support else { return Ok(Vec::new()) };
    let unrecorded =
        |by: &str| ClaimError::Unrecorded { rule: "patient-support", by: by.to_owned(), date: case.admitted };
    let packs = &day.rules.benefit.patient_support;
    let pack = packs.iter().find(|pack| pack.header.id == *wanted).ok_or_else(|| unrecorded(wanted))?;
    let rule = pack.versions.at(case.admitted)?;
    let rate = match (&case.beside.support_rate, &rule.value.treatment[..]) {
        (Some(id), rates) => Some(rates.iter().find(|rate| rate.id == *id).ok_or_else(|| unrecorded(id))?),
        (None, []) => None,
        (None, [only]) => Some(only),
        (None, _) => return Err(ClaimError::FactsMissing { facts: vec!["patient-support-rate"] }.into()),
    };
    let rounding = day.rounding.value.product;
    let mut found = Vec::new();
    if let Some(TreatmentSupport { share, of, .. }) = rate {
        let basis = match of {
            SupportBasis::Copayment => total.copayment,
            SupportBasis::PatientsPart => total.copayment + total.own,
        };
        let amount = share.of(basis.exact())?.round(rounding)?;
        let formula = Formula::Product(vec![Term::Money(basis), Term::Share(*share)]);
        found.push((Extra { part: ExtraPart::Treatment, amount }, formula));
    }
    if let Some(meals) = rule.value.meals_a_day.filter(|_| case.visit.setting != Some(Setting::Outpatient)) {
        let (a_day, base, _) = day.amount_on(meals, case.admitted)?;
        let days = meal_days(day, case)?;
        let amount = a_day.times(i128::from(days), 1)?.round(rounding)?;
        let formula = Formula::Product(vec![Term::Count(days), Term::Times(meals.times), Term::Money(base)]);
        found.push((Extra { part: ExtraPart::Meals, amount }, formula));
    }
    Ok(explained(found, StepId::LocalSupport, &rule.rule, case.admitted, trace))
}

/// The amounts, each with its step.
fn explained(
    found: Vec<(Extra, Formula)>,
    step: StepId,
    rule: &RuleRef,
    governing_date: NaiveDate,
    trace: &mut Vec<Step>,
) -> Vec<Extra> {
    let with_step = |(extra, formula): (Extra, Formula)| {
        trace.push(Step {
            id: step.of(extra.part.to_string()),
            value: StepValue::Money(extra.amount),
            formula,
            rule: rule.clone(),
            governing_date,
        });
        extra
    };
    found.into_iter().map(with_step).collect()
}
