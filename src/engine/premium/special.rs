//! Tháng đặc biệt: what becomes of a month in which a worker is suspended, on maternity, sick or unpaid leave.

use chrono::NaiveDate;

use crate::case::quote::Enrollee;
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::special::SpecialEffect;
use crate::rulebook::timeline::NotInForce;
use crate::terms::citation::RuleRef;
use crate::terms::number::Share;

/// Quy định áp dụng cho một tháng đặc biệt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Special<'r> {
    /// Id of the kind.
    pub kind: &'r str,
    /// What becomes of the month.
    pub effect: &'r SpecialEffect,
    /// Rule that says so.
    pub rule: &'r RuleRef,
}

impl Special<'_> {
    /// Share of the salary that counts.
    pub fn salary_share(&self) -> Share {
        match self.effect {
            SpecialEffect::ShareOfSalary(share) => *share,
            SpecialEffect::Joins(_) => Share::WHOLE,
            SpecialEffect::PaidBy(paid) => paid.share_of_salary,
            SpecialEffect::NothingDue | SpecialEffect::NoCover => Share::NONE,
        }
    }
}

/// Quy định của tháng bắt đầu ngày này, nếu người lao động có tháng đặc biệt.
///
/// # Errors
/// [`EngineError::NotInForce`] before the kind is recorded, [`EngineError::SpecialMonth`] where the text does not speak
/// of the person's group.
pub fn special<'r>(
    rules: &'r Rulebook,
    person: &Enrollee,
    day: NaiveDate,
) -> Result<Option<Special<'r>>, EngineError> {
    let Some(span) = person.special.iter().find(|span| span.holds(day)) else { return Ok(None) };
    let kind = rules.special_months.entry(&span.kind).ok_or_else(|| NotInForce {
        rule: format!("special-months/{}", span.kind),
        date: day,
        first: None,
        last: None,
    })?;
    let version = kind.versions.at(day)?;
    if !version.value.groups.contains(&person.group) {
        return Err(EngineError::SpecialMonth {
            kind: kind.id.clone(),
            group: person.group.clone(),
            date: day,
        });
    }
    Ok(Some(Special { kind: &kind.id, effect: &version.value.effect, rule: &version.rule }))
}
