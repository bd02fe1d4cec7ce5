//! Dòng tính của một lượt khám: what lifts the level of a visit, and what the fund pays of each cost, in the order of
//! the texts.
//!
//! A claim and a batch both go through here. They differ in what they do with what is found on the way: the witness
//! of a claim writes steps and messages, that of a batch only codes.

use chrono::{Datelike, NaiveDate};

use super::visit_terms::{ItemPayment, VisitTerms};
use crate::engine::error::EngineError;
use crate::terms::care::{Reading, Relief};
use crate::terms::number::{ExactVnd, Share, Vnd};

/// Dữ kiện của lượt khám mà dòng tính cần.
#[derive(Debug, Clone, Copy)]
pub struct Course {
    /// Ngày vào.
    pub admitted: NaiveDate,
    /// Ngày ra.
    pub discharged: NaiveDate,
    /// Thời điểm đủ 5 năm liên tục; that day counts.
    pub five_years_since: Option<NaiveDate>,
    /// Ngày miễn cùng chi trả trên giấy chứng nhận.
    pub exempt_from: Option<NaiveDate>,
    /// Whether each year of a stay has its own ceiling; none where no ceiling is recorded.
    pub ceiling_by_year: Option<bool>,
    /// The ceiling lifts self-referred visits too (second reading).
    pub ceiling_lifts_self_referral: bool,
}

/// Một khoản trong phạm vi.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Thành tiền bảo hiểm.
    pub covered: Vnd,
    /// Its day; totals of a visit have none.
    pub day: Option<NaiveDate>,
}

/// Điều gặp trên đường tính.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The low-cost rule reaches the visit and the level is below the whole.
    LowCostCompared,
    /// The visit is paid in full as one of a facility of the initial level.
    InitialLevel,
    /// Another reading would have given another answer.
    ReadingMatters(Reading),
    /// The ceiling of a year is consulted for a patient with five continuous years given.
    CeilingConsulted(i32),
    /// The ceiling of a year is reached.
    CeilingReached(i32),
    /// Totals are not divided at this day, which would divide them.
    Undivided(NaiveDate),
}

/// Người ghi: hears what the flow meets, and keeps what is left under the ceiling of every year.
pub trait Witness {
    /// Something was met.
    fn hear(&mut self, event: Event);
    /// The ceiling of a year is about to be used.
    ///
    /// # Errors
    /// [`EngineError`] when its base is not recorded.
    fn open(&mut self, year: i32) -> Result<(), EngineError>;
    /// What is left under the ceiling of a year.
    ///
    /// # Errors
    /// [`EngineError`] for amounts beyond exact arithmetic.
    fn left(&mut self, year: i32) -> Result<ExactVnd, EngineError>;
    /// A counted co-payment leaves less under the ceiling of its year.
    ///
    /// # Errors
    /// [`EngineError`] for amounts beyond exact arithmetic.
    fn spend(&mut self, year: i32, counted: Vnd) -> Result<(), EngineError>;
}

/// Chi phí so với ngưỡng thấp: the covered cost of the visit after and before list ratios.
#[derive(Debug, Clone, Copy)]
pub struct Compared {
    /// What the rule is read to compare.
    pub taken: Vnd,
    /// What the other reading compares.
    pub other: Vnd,
    /// The limit also where the rule does not reach the visit.
    pub limit: ExactVnd,
}

/// Trường hợp 100 % của cả lượt khám, with the readings that would turn it; `terms` are those of the lowest level.
///
/// # Errors
/// [`EngineError::Overflow`] for amounts beyond exact comparison.
pub fn relief(
    terms: &VisitTerms,
    compared: Compared,
    witness: &mut impl Witness,
) -> Result<Option<Relief>, EngineError> {
    let liftable = terms.level != Share::WHOLE;
    if !liftable {
        return Ok(None);
    }
    if terms.low_cost_below.is_some() {
        witness.hear(Event::LowCostCompared);
    }
    let relief = terms.relief_of_visit(compared.taken)?;
    if compared.other != compared.taken && terms.relief_of_visit(compared.other)? != relief {
        witness.hear(Event::ReadingMatters(Reading::LowCostBeforeRatios));
    }
    let is_reduced = terms.is_of_level() && !terms.rate.is_none() && terms.rate != Share::WHOLE;
    if is_reduced && terms.low_cost_below.is_none() && compared.taken.exact().compare(compared.limit)?.is_lt()
    {
        witness.hear(Event::ReadingMatters(Reading::LowCostOutOfNetwork));
    }
    if relief == Some(Relief::InitialLevel) {
        witness.hear(Event::InitialLevel);
    }
    Ok(relief)
}

/// Thanh toán một khoản: relief of the visit, certificate, or the room left under the annual ceiling of its year.
///
/// # Errors
/// [`EngineError`] for amounts beyond exact arithmetic and bases that are not recorded.
pub fn pay(
    terms: &VisitTerms,
    course: &Course,
    cost: Cost,
    relief: Option<Relief>,
    witness: &mut impl Witness,
) -> Result<ItemPayment, EngineError> {
    let can_be_lifted = terms.level != Share::WHOLE && !terms.rate.is_none();
    if !can_be_lifted || relief.is_some() {
        return terms.pay(cost.covered, relief.filter(|_| can_be_lifted), None);
    }
    let date = cost.day.unwrap_or(course.discharged);
    let certified =
        terms.counts && course.exempt_from.is_some_and(|from| from <= date && from.year() == date.year());
    if certified {
        return terms.pay(cost.covered, Some(Relief::ExemptionCertificate), None);
    }
    let Some(by_year) = course.ceiling_by_year else { return terms.pay(cost.covered, None, None) };
    let year = if by_year { date.year() } else { course.discharged.year() };
    witness.open(year)?;
    let five_years = course.five_years_since.is_some_and(|since| since <= date);
    if !terms.counts {
        return pay_self_referred(terms, course, cost, five_years.then_some(year), witness);
    }
    let Some(since) = course.five_years_since else {
        let payment = terms.pay(cost.covered, None, None)?;
        witness.spend(year, payment.counted)?;
        return Ok(payment);
    };
    witness.hear(Event::CeilingConsulted(year));
    let left = if five_years { Some(witness.left(year)?) } else { None };
    let payment = terms.pay(cost.covered, None, left)?;
    witness.spend(year, payment.counted)?;
    let is_reached = payment.relief == Some(Relief::AnnualCeiling);
    if is_reached {
        witness.hear(Event::CeilingReached(year));
    }
    if cost.day.is_none() {
        if by_year && course.admitted.year() < course.discharged.year() {
            let new_year = NaiveDate::from_ymd_opt(course.discharged.year(), 1, 1);
            witness.hear(Event::Undivided(new_year.unwrap_or(course.discharged)));
        }
        if is_reached && course.admitted < since {
            witness.hear(Event::Undivided(since));
        }
    }
    Ok(payment)
}

/// A visit that does not count toward the ceiling is lifted by it only under the other reading.
fn pay_self_referred(
    terms: &VisitTerms,
    course: &Course,
    cost: Cost,
    year: Option<i32>,
    witness: &mut impl Witness,
) -> Result<ItemPayment, EngineError> {
    let Some(year) = year else { return terms.pay(cost.covered, None, None) };
    let used_up = witness.left(year)?.compare(ExactVnd::ZERO)?.is_le();
    if used_up {
        witness.hear(Event::ReadingMatters(Reading::CeilingLiftsSelfReferral));
    }
    let relief = (used_up && course.ceiling_lifts_self_referral).then_some(Relief::AnnualCeiling);
    if relief.is_some() {
        witness.hear(Event::CeilingReached(year));
    }
    terms.pay(cost.covered, relief, None)
}

/// Theo hướng có lợi cho người bệnh: whether the old rules pay more; the new ones win a draw.
pub fn prefers_old<E>(new: &Result<Vnd, E>, old: &Result<Vnd, E>) -> bool {
    match (new, old) {
        (Ok(new), Ok(old)) => old > new,
        (Err(_), Ok(_)) => true,
        (_, Err(_)) => false,
    }
}
