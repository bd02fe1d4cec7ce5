//! Phân bổ quỹ, trích lại cho chăm sóc sức khỏe ban đầu, quỹ tại cơ sở (2015–2018).

use chrono::NaiveDate;

use super::claim::claim_error::ClaimError;
use super::error::EngineError;
use super::trace::{Formula, Step, StepValue, Term};
use crate::case::fund::{FacilityCase, SchoolCase};
use crate::engine::step::{StepId, StepPath};
use crate::rulebook::Rulebook;
use crate::rulebook::timeline::NotInForce;
use crate::terms::citation::RuleRef;
use crate::terms::number::{ExactVnd, Share, Vnd};

/// Group whose premium rate counts for pupils.
const PUPIL: &str = "pupil";
/// Group whose premium rate counts for children under six.
const CHILD: &str = "child-under-six";
/// Group whose premium rate is that of the first household member.
const FIRST_MEMBER: &str = "household";

/// Tiền đóng được phân bổ.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Allocation {
    /// Dành cho khám bệnh, chữa bệnh.
    pub care: Vnd,
    /// Chi tổ chức và hoạt động, tối đa.
    pub administration_limit: Vnd,
    /// Quỹ dự phòng, tối thiểu.
    pub reserve_minimum: Vnd,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Phân bổ tiền đóng; the reserve is what is left, so that the parts add up.
///
/// # Errors
/// [`EngineError::NotInForce`] before the record.
pub fn allocate(rules: &Rulebook, contributions: Vnd, date: NaiveDate) -> Result<Allocation, EngineError> {
    let version = rules.benefit.fund_allocation.at(date)?;
    let rounding = rules.benefit.claim_rounding.at(date)?.value.bill;
    let part =
        |share: Share| -> Result<Vnd, EngineError> { Ok(share.of(contributions.exact())?.round(rounding)?) };
    let value = &version.value;
    let care = part(value.care)?;
    let administration_limit = part(value.administration_at_most)?;
    let reserve_minimum = contributions - care - administration_limit;
    let step = |id: StepId, amount: Vnd, formula: Formula| Step {
        id: id.into(),
        value: StepValue::Money(amount),
        formula,
        rule: version.rule.clone(),
        governing_date: date,
    };
    let product = |share: Share| Formula::Product(vec![Term::Money(contributions), Term::Share(share)]);
    let rest = Formula::Difference(
        Term::Money(contributions),
        vec![Term::Money(care), Term::Money(administration_limit)],
    );
    let trace = vec![
        step(StepId::FundCare, care, product(value.care)),
        step(StepId::FundAdministration, administration_limit, product(value.administration_at_most)),
        step(StepId::FundReserve, reserve_minimum, rest),
    ];
    Ok(Allocation { care, administration_limit, reserve_minimum, trace })
}

/// Tiền trích lại, in parts.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Retention {
    /// All parts together.
    pub retention: Vnd,
    /// Parts: name of the persons, amount.
    pub parts: Vec<(&'static str, Vnd)>,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Trích lại cho trường học: share × persons × premium rate × base salary × months, and a share of what the
/// school's own staff pay.
///
/// # Errors
/// [`EngineError::NotInForce`] before the record, or for staff on a day without a rule for them.
pub fn school_retention(rules: &Rulebook, case: &SchoolCase) -> Result<Retention, EngineError> {
    let version = rules.benefit.primary_care.at(case.date)?;
    let rounding = rules.benefit.claim_rounding.at(case.date)?.value.bill;
    let rates = rules.premium_rates.at(case.date)?;
    let (base, base_rule) = rules.base(crate::terms::number::NamedBase::BaseSalary, case.date)?;
    let mut trace = vec![
        recorded(StepId::BaseSalary, StepValue::Money(base), base_rule, case.date),
        recorded(StepId::PremiumRate, StepValue::Share(rates.value.of(PUPIL)), &rates.rule, case.date),
    ];
    let mut parts = Vec::new();
    let people = [
        ("pupils", case.pupils, version.value.pupils, rates.value.of(PUPIL)),
        ("children", case.under_six, version.value.children, rates.value.of(CHILD)),
    ];
    let mut exact = ExactVnd::ZERO;
    for (name, count, share, rate) in people {
        if count == 0 {
            continue;
        }
        let premiums = rate.of(base.exact())?.times(i128::from(count) * i128::from(case.months), 1)?;
        let part = share.of(premiums)?;
        exact = exact.plus(part)?;
        let amount = part.round(rounding)?;
        parts.push((name, amount));
        let terms = vec![
            Term::Share(share),
            Term::Count(count),
            Term::Share(rate),
            Term::Money(base),
            Term::Months(case.months),
        ];
        trace.push(step(
            StepId::Retention.of(name),
            amount,
            Formula::Product(terms),
            &version.rule,
            case.date,
        ));
    }
    if let Some(contributions) = case.staff_contributions {
        let share = recorded_share(version.value.school_staff, "school-staff", case.date)?;
        let part = share.of(contributions.exact())?;
        exact = exact.plus(part)?;
        let amount = part.round(rounding)?;
        parts.push(("staff", amount));
        let formula = Formula::Product(vec![Term::Share(share), Term::Money(contributions)]);
        trace.push(step(StepId::Retention.of("staff"), amount, formula, &version.rule, case.date));
    }
    let retention = exact.round(rounding)?;
    if parts.len() == 1 {
        return Ok(Retention { retention, parts, trace });
    }
    let sum = Formula::Sum(parts.iter().map(|(_, amount)| vec![Term::Money(*amount)]).collect());
    trace.push(step(StepId::Retention, retention, sum, &version.rule, case.date));
    Ok(Retention { retention, parts, trace })
}

/// Trích lại cho cơ quan, doanh nghiệp có y tế: a share of what is paid for its employees.
///
/// # Errors
/// [`EngineError::NotInForce`] before the record.
pub fn enterprise_retention(
    rules: &Rulebook,
    contributions: Vnd,
    date: NaiveDate,
) -> Result<Retention, EngineError> {
    let version = rules.benefit.primary_care.at(date)?;
    of_contributions(rules, version.value.enterprise, contributions, &version.rule, date)
}

/// A share of what is paid for employees.
fn of_contributions(
    rules: &Rulebook,
    share: Share,
    contributions: Vnd,
    rule: &RuleRef,
    date: NaiveDate,
) -> Result<Retention, EngineError> {
    let rounding = rules.benefit.claim_rounding.at(date)?.value.bill;
    let retention = share.of(contributions.exact())?.round(rounding)?;
    let formula = Formula::Product(vec![Term::Share(share), Term::Money(contributions)]);
    let trace = vec![step(StepId::Retention, retention, formula, rule, date)];
    Ok(Retention { retention, parts: vec![("employees", retention)], trace })
}

/// Trích lại cho tàu cá: share × crew × premium of the first household member × base salary × months.
///
/// # Errors
/// [`EngineError::NotInForce`] on a day without a share for crews.
pub fn crew_retention(
    rules: &Rulebook,
    crew: u32,
    months: u32,
    date: NaiveDate,
) -> Result<Retention, EngineError> {
    let version = rules.benefit.primary_care.at(date)?;
    let share = recorded_share(version.value.fishing_crews, "fishing-crews", date)?;
    let rounding = rules.benefit.claim_rounding.at(date)?.value.bill;
    let rates = rules.premium_rates.at(date)?;
    let rate = rates.value.of(FIRST_MEMBER);
    let (base, base_rule) = rules.base(crate::terms::number::NamedBase::BaseSalary, date)?;
    let premiums = rate.of(base.exact())?.times(i128::from(crew) * i128::from(months), 1)?;
    let retention = share.of(premiums)?.round(rounding)?;
    let terms = vec![
        Term::Share(share),
        Term::Count(crew),
        Term::Share(rate),
        Term::Money(base),
        Term::Months(months),
    ];
    let trace = vec![
        recorded(StepId::BaseSalary, StepValue::Money(base), base_rule, date),
        recorded(StepId::PremiumRate, StepValue::Share(rate), &rates.rule, date),
        step(StepId::Retention, retention, Formula::Product(terms), &version.rule, date),
    ];
    Ok(Retention { retention, parts: vec![("crew", retention)], trace })
}

/// Trích cho quân y đơn vị, y tế cơ quan của quân đội, công an, cơ yếu.
///
/// # Errors
/// [`EngineError::NotInForce`] on a day without a share for them.
pub fn medics_retention(
    rules: &Rulebook,
    contributions: Vnd,
    date: NaiveDate,
) -> Result<Retention, EngineError> {
    let version = rules.benefit.primary_care.at(date)?;
    let share = recorded_share(version.value.unit_medics, "unit-medics", date)?;
    of_contributions(rules, share, contributions, &version.rule, date)
}

fn recorded_share(share: Option<Share>, of: &str, date: NaiveDate) -> Result<Share, EngineError> {
    let missing = NotInForce { rule: format!("primary-care-retention/{of}"), date, first: None, last: None };
    share.ok_or_else(|| missing.into())
}

/// Tạm ứng hằng quý: a share of the cost that the previous quarter's report shows.
///
/// # Errors
/// [`EngineError::NotInForce`] before the record.
pub fn advance(rules: &Rulebook, reported: Vnd, date: NaiveDate) -> Result<(Vnd, Vec<Step>), EngineError> {
    let version = rules.benefit.fund_advance.at(date)?;
    let rounding = rules.benefit.claim_rounding.at(date)?.value.bill;
    let share = version.value.advance;
    let advance = share.of(reported.exact())?.round(rounding)?;
    let formula = Formula::Product(vec![Term::Share(share), Term::Money(reported)]);
    Ok((advance, vec![step(StepId::FundAdvance, advance, formula, &version.rule, date)]))
}

/// Quỹ tại cơ sở đăng ký ban đầu.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct FacilityFund {
    /// The whole fund.
    pub fund: Vnd,
    /// Its parts; they add up to the fund.
    pub parts: Vec<(Share, Vnd)>,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Quỹ tại cơ sở: (care fund − primary care) / cards × cards registered, in parts; the last part is what is left.
///
/// # Errors
/// [`EngineError::NotInForce`] outside 2015–2018, [`ClaimError::FundFigures`] for figures that cannot be.
pub fn facility_fund(rules: &Rulebook, case: &FacilityCase) -> Result<FacilityFund, EngineError> {
    let version = rules.benefit.facility_funds.at(case.date)?;
    let rounding = rules.benefit.claim_rounding.at(case.date)?.value.bill;
    if case.primary_care > case.district_fund {
        return Err(ClaimError::FundFigures("primary-care > district-fund").into());
    }
    if case.cards_total == 0 || case.cards_registered > case.cards_total {
        return Err(ClaimError::FundFigures("cards-registered > cards-total").into());
    }
    let pool = case.district_fund - case.primary_care;
    let exact = pool.exact().times(i128::from(case.cards_registered), i128::from(case.cards_total))?;
    let fund = exact.round(rounding)?;
    let cards = Share::fraction(i128::from(case.cards_registered), i128::from(case.cards_total))
        .ok_or(ClaimError::FundFigures("cards-registered > cards-total"))?;
    let formula = Formula::Product(vec![Term::Money(pool), Term::Share(cards)]);
    let mut trace = vec![step(StepId::FacilityFund, fund, formula, &version.rule, case.date)];
    let shares =
        if case.outpatient_only { &version.value.outpatient_only } else { &version.value.in_and_outpatient };
    let mut parts = Vec::new();
    let mut left = fund;
    for (index, share) in shares.iter().enumerate() {
        let last = index + 1 == shares.len();
        let amount = if last { left } else { share.of(exact)?.round(rounding)? };
        left = left - amount;
        parts.push((*share, amount));
        let formula = Formula::Product(vec![Term::Money(fund), Term::Share(*share)]);
        trace.push(step(
            StepId::FacilityFund.of(format!("part-{}", index + 1)),
            amount,
            formula,
            &version.rule,
            case.date,
        ));
    }
    Ok(FacilityFund { fund, parts, trace })
}

fn step(id: impl Into<StepPath>, amount: Vnd, formula: Formula, rule: &RuleRef, date: NaiveDate) -> Step {
    Step { id: id.into(), value: StepValue::Money(amount), formula, rule: rule.clone(), governing_date: date }
}

fn recorded(id: impl Into<StepPath>, value: StepValue, rule: &RuleRef, date: NaiveDate) -> Step {
    Step { id: id.into(), value, formula: Formula::Recorded, rule: rule.clone(), governing_date: date }
}
