//! Ngưỡng cùng chi trả trong năm: how much a person with five continuous years still pays before the fund pays all.

use chrono::{Datelike, NaiveDate};

use super::day_rules::DayRules;
use crate::case::claim::Copaid;
use crate::engine::error::EngineError;
use crate::rulebook::benefit::level::{AnnualCeiling, CeilingMethod};
use crate::rulebook::timeline::Version;
use crate::terms::citation::RuleRef;
use crate::terms::number::{ExactVnd, Multiple, Vnd};
use crate::terms::problem::{Code, Problem};

/// Ngưỡng của một năm và phần còn lại.
#[derive(Debug, Clone)]
pub struct CeilingRoom<'r> {
    /// The calendar year.
    pub year: i32,
    /// The rule.
    pub rule: &'r Version<AnnualCeiling>,
    /// Mức lương cơ sở that the ceiling is counted in.
    pub base: Vnd,
    /// Rule of the base.
    pub base_rule: &'r RuleRef,
    /// Ngưỡng trong năm.
    pub limit: ExactVnd,
    /// What was paid before, in đồng.
    pub paid: Vnd,
    /// Còn phải cùng chi trả; never below nothing.
    pub left: ExactVnd,
    /// What the user should know.
    pub notices: Vec<Problem>,
}

/// Phần còn phải cùng chi trả trước lượt khám, in the year of a day up to that day.
///
/// Method `annual-ceiling`: the year's đồng against the multiple of the base on the day. Method
/// `annual-ceiling-converted`: every payment counts as months of the base of its own day; what is left of the
/// months is paid in the base of the day. A year that reached its months before a change has nothing left.
///
/// # Errors
/// [`EngineError::NotInForce`] when a base is not recorded.
pub fn ceiling_room<'r>(
    day: &DayRules<'r>,
    rule: &'r Version<AnnualCeiling>,
    copaid: &Copaid,
    on: NaiveDate,
) -> Result<CeilingRoom<'r>, EngineError> {
    let Multiple { times, of } = rule.value.above;
    let (base, base_rule) = day.rules.base(of, on)?;
    let limit = times.of(base.exact())?;
    let mut notices = Vec::new();
    let mut paid = Vnd::ZERO;
    let mut paid_converted = ExactVnd::ZERO;
    match copaid {
        Copaid::ThisYear(sum) => {
            // One sum belongs to the year of discharge; of an earlier year nothing is known.
            if on.year() == day.discharged.year() {
                paid = *sum;
                paid_converted = sum.exact();
                let start = NaiveDate::from_ymd_opt(on.year(), 1, 1).unwrap_or(on);
                let changed = day.rules.base(of, start).is_ok_and(|(first, _)| first != base);
                if changed && !sum.is_zero() && rule.value.method == CeilingMethod::AnnualCeilingConverted {
                    notices.push(Problem::new(Code::CopaidUndated).with("date", base_rule.effective_from));
                }
            }
        }
        Copaid::Dated(payments) => {
            for (date, amount) in payments.iter().filter(|(date, _)| date.year() == on.year() && *date <= on)
            {
                let then = match rule.value.method {
                    CeilingMethod::AnnualCeiling => base,
                    CeilingMethod::AnnualCeilingConverted => day.rules.base(of, *date)?.0,
                };
                paid += *amount;
                let converted = amount
                    .exact()
                    .times(i128::from(base.hundredths()), i128::from(then.hundredths().max(1)))?;
                paid_converted = paid_converted.plus(converted)?;
            }
        }
    }
    let left = limit.minus(paid_converted)?;
    let left = if left.compare(ExactVnd::ZERO)?.is_lt() { ExactVnd::ZERO } else { left };
    Ok(CeilingRoom { year: on.year(), rule, base, base_rule, limit, paid, left, notices })
}

impl CeilingRoom<'_> {
    /// Takes a counted co-payment out of what is left.
    ///
    /// # Errors
    /// [`EngineError::Overflow`] for amounts beyond exact arithmetic.
    pub fn spend(&mut self, counted: Vnd) -> Result<(), EngineError> {
        let left = self.left.minus(counted.exact())?;
        self.left = if left.compare(ExactVnd::ZERO)?.is_lt() { ExactVnd::ZERO } else { left };
        Ok(())
    }
}
