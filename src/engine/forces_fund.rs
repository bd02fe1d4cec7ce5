//! Quỹ khám bệnh, chữa bệnh của quân đội, công an, cơ yếu: how contributions divide, and what becomes of a surplus or a deficit.

use chrono::NaiveDate;

use super::error::EngineError;
use super::step::StepId;
use super::trace::{Formula, Step, StepValue, Term};
use crate::rulebook::Rulebook;
use crate::terms::listed::listed;
use crate::terms::number::Vnd;

/// Số liệu một năm của quỹ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForcesYear {
    /// Tổng số thu.
    pub contributions: Vnd,
    /// Chi trong phạm vi được hưởng, with transport, without the medics of units.
    pub in_scope: Vnd,
    /// Chi ngoài phạm vi được hưởng.
    pub beyond_scope: Vnd,
    /// Last day of the year.
    pub date: NaiveDate,
}

listed! {
    /// Phần của quỹ lực lượng.
    ForcesPart {
        /// Dành cho khám bệnh, chữa bệnh.
        Care = "care",
        /// Dự phòng và quản lý.
        ReserveAndManagement = "reserve-and-management",
        /// Quân y đơn vị, y tế cơ quan; out of the care fund.
        UnitMedics = "unit-medics",
        /// What is left of the care fund for treatment and transport.
        Available = "available",
        /// Giữ lại khi chưa dùng hết.
        SurplusKept = "surplus-kept",
        /// Chuyển quỹ dự phòng.
        SurplusToReserve = "surplus-to-reserve",
        /// Quỹ dự phòng bổ sung: what care in the scope is above the fund.
        FromReserve = "from-reserve",
        /// Ngân sách nhà nước bổ sung: the rest of what is missing.
        FromStateBudget = "from-state-budget",
    }
}

/// Quyết toán quỹ của lực lượng.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ForcesSettlement {
    /// Every part, in order.
    pub parts: Vec<(ForcesPart, Vnd)>,
    /// How it came about.
    pub trace: Vec<Step>,
}

/// Phân bổ và quyết toán một năm.
///
/// # Errors
/// [`EngineError::NotInForce`] on a day without a rule.
pub fn forces_settlement(rules: &Rulebook, year: ForcesYear) -> Result<ForcesSettlement, EngineError> {
    let version = rules.benefit.forces_fund.at(year.date)?;
    let rounding = rules.benefit.claim_rounding.at(year.date)?.value.bill;
    let value = &version.value;
    let care = value.care.of(year.contributions.exact())?.round(rounding)?;
    let unit_medics = value.unit_medics.of(year.contributions.exact())?.round(rounding)?;
    let available = care - unit_medics;
    let spent = year.in_scope + year.beyond_scope;
    let over = |whole: Vnd, part: Vnd| (whole - part).max(Vnd::ZERO);
    let surplus = over(available, spent);
    let surplus_kept = value.surplus_kept.of(surplus.exact())?.round(rounding)?;
    let surplus_to_reserve = surplus - surplus_kept;
    let from_reserve = over(year.in_scope, available);
    let from_state_budget = over(spent, available) - from_reserve;
    let product = |base: Vnd, share| Formula::Product(vec![Term::Money(base), Term::Share(share)]);
    let rest = |whole: Vnd, parts: &[Vnd]| {
        Formula::Difference(Term::Money(whole), parts.iter().map(|part| Term::Money(*part)).collect())
    };
    let steps = [
        (ForcesPart::Care, care, product(year.contributions, value.care)),
        (ForcesPart::ReserveAndManagement, year.contributions - care, rest(year.contributions, &[care])),
        (ForcesPart::UnitMedics, unit_medics, product(year.contributions, value.unit_medics)),
        (ForcesPart::Available, available, rest(care, &[unit_medics])),
        (ForcesPart::SurplusKept, surplus_kept, product(surplus, value.surplus_kept)),
        (ForcesPart::SurplusToReserve, surplus_to_reserve, rest(surplus, &[surplus_kept])),
        (ForcesPart::FromReserve, from_reserve, rest(year.in_scope, &[available])),
        (ForcesPart::FromStateBudget, from_state_budget, rest(spent, &[available, from_reserve])),
    ];
    let parts = steps.iter().map(|(part, amount, _)| (*part, *amount)).collect();
    let counted = steps.into_iter().filter(|(_, amount, _)| !amount.is_zero());
    let step = |(part, amount, formula): (ForcesPart, Vnd, Formula)| Step {
        id: StepId::ForcesFund.of(part.to_string()),
        value: StepValue::Money(amount),
        formula,
        rule: version.rule.clone(),
        governing_date: year.date,
    };
    Ok(ForcesSettlement { parts, trace: counted.map(step).collect() })
}
