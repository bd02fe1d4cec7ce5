//! Quyền của người có nhiều thẻ: for each question (level, list ratio, supplies, scope, transport) the better right counts,
//! whatever the order of the cards (Law art. 22.2, Decree 188 art. 21.1).

use chrono::{Days, NaiveDate};

use super::benefit_level::group_level;
use super::day_rules::DayRules;
use super::network_rate::reads;
use crate::case::claim::{CardSpan, ClaimCase};
use crate::engine::error::EngineError;
use crate::terms::care::{Reading, Scope};
use crate::terms::number::Share;

/// Quyền trong một ngày.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a right of its own")]
pub struct Rights<'c> {
    /// Group of the card with the highest level.
    pub group: &'c str,
    /// Mức hưởng.
    pub level: Share,
    /// Mức hưởng of the group to which the person already belongs while its card is on its way, where it is higher.
    pub level_to_come: Option<Share>,
    /// List ratios of drugs and services do not apply.
    pub no_ratio: bool,
    /// Neither the cap nor the list ratios of supplies apply.
    pub no_supply_limit: bool,
    /// What lies outside the scope is paid.
    pub beyond_scope: bool,
    /// Vận chuyển is paid.
    pub transport: bool,
}

/// Cách đến khám as the rights depend on it.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    /// Tỷ lệ theo cơ sở.
    pub rate: Share,
    /// By art. 26 to 28 of the Law or in an emergency.
    pub in_order: bool,
}

/// Rights of the cards that are valid on a day, or of one that ended during the stay.
///
/// # Errors
/// [`EngineError`] when no level is recorded for the group of the only card.
pub fn rights_on<'c>(
    day: &DayRules<'_>,
    case: &'c ClaimCase,
    date: NaiveDate,
    way: Way,
) -> Result<Option<Rights<'c>>, EngineError> {
    let mut valid: Vec<&CardSpan> = case.cards.iter().filter(|card| card.covers(date)).collect();
    if valid.is_empty() {
        valid.extend(ended_cards(day, case, date));
    }
    let mut best: Option<Rights<'c>> = None;
    let mut missing = None;
    let of_use = at_use(day, case, date);
    for card in valid {
        match of_card(&of_use, case, &card.group, way) {
            Ok(found) => best = Some(best.map_or(found, |known| known.or(found))),
            Err(error) => missing = missing.or(Some(error)),
        }
    }
    let Some(mut rights) = best else { return missing.map_or(Ok(None), Err) };
    rights.level_to_come = level_to_come(day, case, date)?.filter(|level| *level > rights.level);
    Ok(Some(rights))
}

impl<'c> Rights<'c> {
    /// The better right for each question; of equal levels the group that comes first in the alphabet is named.
    fn or(self, other: Rights<'c>) -> Rights<'c> {
        let first =
            (self.level, std::cmp::Reverse(self.group)) >= (other.level, std::cmp::Reverse(other.group));
        let named = if first { self } else { other };
        Rights {
            no_ratio: self.no_ratio || other.no_ratio,
            no_supply_limit: self.no_supply_limit || other.no_supply_limit,
            beyond_scope: self.beyond_scope || other.beyond_scope,
            transport: self.transport || other.transport,
            ..named
        }
    }

    /// Whether the fund pays for a scope at all.
    pub fn covers(&self, scope: Scope) -> bool {
        match scope {
            Scope::Covered => true,
            Scope::Outside => false,
            Scope::ForcesOnly => self.beyond_scope,
        }
    }
}

/// Ngày bắt đầu của mức hưởng không có điều khoản chuyển tiếp, inside a stay.
pub fn unsaid_change(day: &DayRules<'_>, case: &ClaimCase) -> Option<NaiveDate> {
    let first = day.levels.rule.effective_from;
    (day.levels.value.transition_unsaid && case.admitted < first && first <= case.discharged).then_some(first)
}

/// The rules with level and age of a day of use, where that reading is asked for.
fn at_use<'r>(day: &DayRules<'r>, case: &ClaimCase, date: NaiveDate) -> DayRules<'r> {
    let mut of_use = *day;
    if reads(&case.readings, Reading::LevelByDayOfUse)
        && unsaid_change(day, case).is_some()
        && let Ok(levels) = day.rules.benefit.levels.at(date)
    {
        of_use.levels = levels;
        of_use.discharged = date;
    }
    of_use
}

/// Whether the level of a card is another one before such a change.
pub fn level_changes_unsaid(day: &DayRules<'_>, case: &ClaimCase) -> bool {
    let Some(before) = unsaid_change(day, case).and_then(|first| first.pred_opt()) else { return false };
    let Ok(levels) = day.rules.benefit.levels.at(before) else { return false };
    let old = DayRules { levels, discharged: before, ..*day };
    let level =
        |day: &DayRules<'_>, group: &str| group_level(day, group, case.born).ok().map(|found| found.level);
    case.cards.iter().any(|card| level(&old, &card.group) != level(day, &card.group))
}

/// The level of a group before its clause begins by another reading.
pub fn begins_later(day: &DayRules<'_>, group: &str) -> Option<Share> {
    let later = day.levels.value.begins_later.as_ref()?;
    (later.groups.iter().any(|known| known == group) && day.governing < later.from.0).then_some(later.level)
}

/// Rights of the holder of one card.
fn of_card<'c>(
    day: &DayRules<'_>,
    case: &ClaimCase,
    group: &'c str,
    way: Way,
) -> Result<Rights<'c>, EngineError> {
    let listed = |groups: &[String]| groups.iter().any(|known| known == group);
    let rate_of_ratios =
        if reads(&case.readings, Reading::ForcesNoListRatio) { Share::WHOLE } else { way.rate };
    let no_ratio = is_exempt(day, case.no_ratio, group, rate_of_ratios);
    let only_in_order = reads(&case.readings, Reading::ForcesOutOfScopeInOrderOnly);
    let level = group_level(day, group, case.born)?.level;
    let later =
        begins_later(day, group).filter(|_| reads(&case.readings, Reading::FormerDifficultFromDecember));
    Ok(Rights {
        group,
        level: later.unwrap_or(level),
        level_to_come: None,
        no_ratio,
        no_supply_limit: no_ratio || day.supply_cap.is_some_and(|rule| listed(&rule.value.free_groups)),
        beyond_scope: way.rate == Share::WHOLE
            && (way.in_order || !only_in_order)
            && day.out_of_scope.is_some_and(|rule| listed(&rule.value.groups)),
        transport: day
            .rules
            .benefit
            .transport
            .at(day.governing)
            .is_ok_and(|rule| rule.value.right(group).is_some()),
    })
}

/// Chuyển sang đối tượng có mức hưởng cao hơn mà chưa có thẻ mới.
fn level_to_come(
    day: &DayRules<'_>,
    case: &ClaimCase,
    date: NaiveDate,
) -> Result<Option<Share>, EngineError> {
    let pays = day.rules.benefit.direct_payment.at(day.governing);
    if !pays.is_ok_and(|rule| rule.value.pays_difference_of_levels) {
        return Ok(None);
    }
    let on_its_way = |card: &&CardSpan| {
        card.entitled_from.is_some_and(|from| from <= date) && card.from.is_some_and(|from| date < from)
    };
    let mut best = None;
    for card in case.cards.iter().filter(on_its_way) {
        best = best.max(Some(group_level(day, &card.group, case.born)?.level));
    }
    Ok(best)
}

/// Thẻ hết hạn khi đang điều trị: still good until discharge, within the days that the rule names.
fn ended_cards<'c>(day: &DayRules<'_>, case: &'c ClaimCase, date: NaiveDate) -> Vec<&'c CardSpan> {
    let Some(setting) = case.visit.setting else { return Vec::new() };
    let Some(rule) = day.card_expiry.filter(|rule| rule.value.settings.contains(setting)) else {
        return Vec::new();
    };
    let within = |until: NaiveDate| {
        until < date && rule.value.days.is_none_or(|days| (date - until).num_days() <= i64::from(days))
    };
    let ended = case.cards.iter().filter(|card| card.covers(case.admitted) && card.until.is_some_and(within));
    let last = ended.clone().filter_map(|card| card.until).max();
    ended.filter(|card| card.until == last).collect()
}

/// Days on which the rights may change: cards begin, end, and stop being good after their end.
pub fn changes(day: &DayRules<'_>, case: &ClaimCase) -> Vec<NaiveDate> {
    let grace = day.card_expiry.and_then(|rule| rule.value.days);
    let mut days = Vec::new();
    if reads(&case.readings, Reading::LevelByDayOfUse) {
        days.extend(unsaid_change(day, case));
    }
    for card in &case.cards {
        days.extend(card.from);
        days.extend(card.entitled_from);
        let after = card.until.and_then(|until| until.succ_opt());
        days.extend(after);
        days.extend(
            after.zip(grace).and_then(|(after, days)| after.checked_add_days(Days::new(days.into()))),
        );
    }
    days
}

/// Whether list ratios do not apply to the holder of a card.
#[inline]
pub fn is_exempt(day: &DayRules<'_>, listed_person: bool, group: &str, rate: Share) -> bool {
    let Some(rule) = day.exemptions else { return listed_person };
    let listed = |groups: &[String]| groups.iter().any(|known| known == group);
    listed_person
        || listed(&rule.value.groups)
        || (rate == Share::WHOLE && listed(&rule.value.groups_at_full_rate))
}
