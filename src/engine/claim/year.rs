//! Các lượt khám của một người trong năm: the co-payment, the certificate and the five years of earlier visits are
//! carried to later ones, in the order in which the visits end.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::claim;
use super::reimbursement::Reimbursement;
use crate::case::claim::{ClaimCase, Copaid};
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::terms::care::Relief;
use crate::terms::number::Vnd;

/// Các lượt khám đã tính.
#[derive(Debug, Clone)]
pub struct YearVisits {
    /// Position of each visit among those given, what was asked, and its outcome, in the order of discharge.
    pub visits: Vec<(usize, ClaimCase, Reimbursement)>,
    /// Totals of every calendar year.
    pub years: Vec<YearTotal>,
}

/// Tổng của một năm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearTotal {
    /// Calendar year of discharge.
    pub year: i32,
    /// Quỹ thanh toán.
    pub fund: Vnd,
    /// Người bệnh cùng chi trả.
    pub copayment: Vnd,
    /// The part of it that counts toward the annual ceiling.
    pub counted: Vnd,
    /// Ngày ra viện of the visit in which the ceiling was passed.
    pub passed_on: Option<NaiveDate>,
    /// Đã thu cùng chi trả nhiều hơn phần phải trả.
    pub due_back: Vnd,
}

/// Tính các lượt khám theo thứ tự thời gian; a visit without a copayment of its own takes that of the visits before it.
///
/// # Errors
/// The position of the visit that cannot be judged, and why.
pub fn visits(rules: &Rulebook, cases: Vec<ClaimCase>) -> Result<YearVisits, (usize, EngineError)> {
    let mut order: Vec<(usize, ClaimCase)> = cases.into_iter().enumerate().collect();
    // Of visits that end together what is in them decides, so that the order of the files says nothing.
    order.sort_by_cached_key(|(_, case)| {
        let costs = format!("{:?}", case.costs);
        (case.discharged, case.discharged_at, case.admitted, case.admitted_at, costs)
    });
    let mut known = Known::default();
    let mut found = Vec::new();
    let mut years: BTreeMap<i32, YearTotal> = BTreeMap::new();
    for (at, mut case) in order {
        known.carry_to(&mut case);
        let outcome = claim(rules, &case).map_err(|error| (at, error))?;
        known.copayments.push((case.discharged, outcome.counted_copayment));
        let year = case.discharged.year();
        let total = years.entry(year).or_insert(YearTotal {
            year,
            fund: Vnd::ZERO,
            copayment: Vnd::ZERO,
            counted: Vnd::ZERO,
            passed_on: None,
            due_back: Vnd::ZERO,
        });
        total.fund += outcome.total.fund;
        total.copayment += outcome.total.copayment;
        total.counted += outcome.counted_copayment;
        if outcome.relief == Some(Relief::AnnualCeiling) {
            total.passed_on = total.passed_on.or(Some(case.discharged));
        }
        if let Some(collected) = case.copayment_collected.filter(|paid| *paid > outcome.total.copayment) {
            total.due_back += collected - outcome.total.copayment;
        }
        found.push((at, case, outcome));
    }
    Ok(YearVisits { visits: found, years: years.into_values().collect() })
}

/// What earlier visits say about later ones.
#[derive(Default)]
struct Known {
    copayments: Vec<(NaiveDate, Vnd)>,
    five_years_since: Option<NaiveDate>,
    exempt_from: Option<NaiveDate>,
}

impl Known {
    fn carry_to(&mut self, case: &mut ClaimCase) {
        match &case.copaid {
            // One sum of the year so far, in the first file: it was paid before the visit.
            Copaid::ThisYear(sum) if !sum.is_zero() && self.copayments.is_empty() => {
                self.copayments.push((case.admitted, *sum));
            }
            Copaid::ThisYear(_) => {}
            Copaid::Dated(payments) => {
                for payment in payments {
                    if !self.copayments.contains(payment) {
                        self.copayments.push(*payment);
                    }
                }
            }
        }
        self.copayments.sort_by_key(|(date, _)| *date);
        case.copaid = Copaid::Dated(self.copayments.clone());
        self.five_years_since = case.five_years_since.or(self.five_years_since);
        case.five_years_since = self.five_years_since;
        self.exempt_from = case.exempt_from.or(self.exempt_from);
        case.exempt_from = self.exempt_from.filter(|from| from.year() == case.discharged.year());
    }
}
