//! Mức hưởng của một đối tượng: the level that art. 22.1 gives a group, before anything lifts it.

use chrono::NaiveDate;

use super::day_rules::DayRules;
use crate::engine::error::EngineError;
use crate::rulebook::benefit::level::{AgedLevel, BenefitLevels};
use crate::rulebook::timeline::{NotInForce, Version};
use crate::terms::number::Share;
use crate::terms::period::age_on;

/// Mức hưởng của một đối tượng trong một ngày.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupLevel {
    /// The level.
    pub level: Share,
    /// Age from which it would be higher, when the age was not given.
    pub age_unknown: Option<u32>,
}

/// Mức hưởng theo đối tượng.
///
/// A group whose level rises with age keeps the lower level while the age is not known.
///
/// # Errors
/// [`EngineError::NotInForce`] when the version records no level for the group.
pub fn group_level(
    day: &DayRules<'_>,
    group: &str,
    born: Option<NaiveDate>,
) -> Result<GroupLevel, EngineError> {
    let (level, aged) = recorded_level(day, group)?;
    Ok(at_age(level, aged, born, day.discharged))
}

/// The level of a group at any age, and the level from an age where one is recorded.
///
/// # Errors
/// As [`group_level`].
pub(super) fn recorded_level(
    day: &DayRules<'_>,
    group: &str,
) -> Result<(Share, Option<AgedLevel>), EngineError> {
    if let Some(found) = day.levels.value.of(group) {
        return Ok(found);
    }
    let recorded = |version: &&Version<BenefitLevels>| version.value.of(group).is_some();
    let mut versions = day.rules.benefit.levels.versions.versions().iter().filter(recorded);
    Err(NotInForce {
        rule: format!("benefit-levels/{group}"),
        date: day.governing,
        first: versions.next().map(|version| version.rule.effective_from),
        last: None,
    }
    .into())
}

/// Mức hưởng ở tuổi của người bệnh; the lower level while the age is not known.
#[inline]
pub fn at_age(
    level: Share,
    aged: Option<AgedLevel>,
    born: Option<NaiveDate>,
    discharged: NaiveDate,
) -> GroupLevel {
    match (aged, born) {
        (None, _) => GroupLevel { level, age_unknown: None },
        (Some(aged), None) => GroupLevel { level, age_unknown: Some(aged.age) },
        (Some(aged), Some(born)) => {
            let old_enough = age_on(born, discharged) >= aged.age.cast_signed();
            GroupLevel { level: if old_enough { aged.level } else { level }, age_unknown: None }
        }
    }
}
