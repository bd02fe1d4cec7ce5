//! Hỗ trợ mức đóng: which national and local policies a person meets on a day, and which of them pays.

use chrono::NaiveDate;

use crate::case::quote::Enrollee;
use crate::rulebook::Rulebook;
use crate::rulebook::family::{LocalPack, Policy, Support};
use crate::rulebook::timeline::{NotInForce, Version};
use crate::terms::period::{age_on, whole_months_between};
use crate::terms::share::Share;

/// Kết luận về một chính sách.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'r> {
    /// All conditions are met.
    Met,
    /// Met, if the circumstance without a date lies within its window.
    MetIfWithin(&'r str),
    /// The policy is for other groups.
    OtherGroup,
    /// A circumstance was not given.
    TagMissing(&'r str),
    /// None of several circumstances was given.
    NoneOfTags(&'r [String]),
    /// The person is too young.
    TooYoung(u32),
    /// The person is too old.
    TooOld(u32),
    /// An age is asked for and the birth date is not given.
    AgeUnknown,
    /// The window after an event is over.
    WindowOver(u32),
    /// The event lies after the day.
    WindowAhead,
}

impl Verdict<'_> {
    /// True when the policy pays.
    pub fn is_met(self) -> bool {
        matches!(self, Verdict::Met | Verdict::MetIfWithin(_))
    }
}

/// Xét điều kiện của một chính sách for a person of a group on a day; dates of force are not looked at.
pub fn judge<'r>(policy: &'r Policy, person: &Enrollee, day: NaiveDate) -> Verdict<'r> {
    if !policy.groups.contains(&person.group) {
        return Verdict::OtherGroup;
    }
    let when = &policy.when;
    if let Some(missing) = when.tags.iter().find(|tag| person.circumstance(tag).is_none()) {
        return Verdict::TagMissing(missing);
    }
    if !when.any_tags.is_empty() && !when.any_tags.iter().any(|tag| person.circumstance(tag).is_some()) {
        return Verdict::NoneOfTags(&when.any_tags);
    }
    if when.age_from.is_some() || when.age_below.is_some() {
        let Some(born) = person.born else { return Verdict::AgeUnknown };
        let age = age_on(born, day);
        if let Some(from) = when.age_from.filter(|from| age < from.cast_signed()) {
            return Verdict::TooYoung(from);
        }
        if let Some(below) = when.age_below.filter(|below| age >= below.cast_signed()) {
            return Verdict::TooOld(below);
        }
    }
    let Some(window) = &when.within else { return Verdict::Met };
    match person.circumstance(&window.of).map(|circumstance| circumstance.date) {
        None => Verdict::TagMissing(&window.of),
        Some(None) => Verdict::MetIfWithin(&window.of),
        Some(Some(event)) if event > day => Verdict::WindowAhead,
        Some(Some(event)) if whole_months_between(event, day) >= window.months.cast_signed() => {
            Verdict::WindowOver(window.months)
        }
        Some(Some(_)) => Verdict::Met,
    }
}

/// Một khoản hỗ trợ được áp dụng.
#[derive(Debug, Clone, Copy)]
pub struct Award<'r> {
    /// The policy.
    pub policy: &'r Policy,
    /// Its version on the day.
    pub version: &'r Version<Support>,
    /// Share of the premium it pays.
    pub share: Share,
    /// Whether all conditions could be decided.
    pub verdict: Verdict<'r>,
}

/// Mức hỗ trợ của ngân sách nhà nước: the policy with the highest share among those met.
///
/// `None` when policies for the group are in force and none of their conditions is met (a window is over).
///
/// # Errors
/// [`NotInForce`] when no national policy for the group is in force on the day.
pub fn national<'r>(
    rules: &'r Rulebook,
    person: &Enrollee,
    day: NaiveDate,
) -> Result<Option<Award<'r>>, NotInForce> {
    let policies =
        || rules.state_subsidy.policies.iter().filter(|policy| policy.groups.contains(&person.group));
    let mut best: Option<Award<'r>> = None;
    let mut in_force = false;
    for policy in policies() {
        let Ok(version) = policy.support.at(day) else { continue };
        in_force = true;
        let verdict = judge(policy, person, day);
        let (true, Support::Floor(share)) = (verdict.is_met(), version.value) else { continue };
        if best.is_none_or(|known| share > known.share) {
            best = Some(Award { policy, version, share, verdict });
        }
    }
    if in_force {
        return Ok(best);
    }
    let first = policies()
        .flat_map(|policy| policy.support.versions())
        .map(|version| version.rule.effective_from)
        .min();
    Err(NotInForce { rule: format!("state-subsidy/{}", person.group), date: day, first, last: None })
}

/// Hỗ trợ thêm của địa phương trong một ngày.
#[derive(Debug, Clone, Copy)]
pub enum Local<'r> {
    /// No recorded policy of the province is met.
    None,
    /// This policy pays; its pack is named.
    Award(Award<'r>, &'r LocalPack),
    /// A policy is met whose percentage was not found.
    Unrecorded(&'r Policy, &'r LocalPack),
}

/// Mức hỗ trợ thêm của địa phương: the most favourable recorded policy of the province on top of a national share.
///
/// Shares are of the full premium; together with the national share they never exceed the whole.
pub fn local<'r>(
    rules: &'r Rulebook,
    province: &str,
    person: &Enrollee,
    day: NaiveDate,
    state: Share,
) -> Local<'r> {
    let mut found = Local::None;
    for pack in rules.local.iter().filter(|pack| pack.province == province) {
        for policy in &pack.policies {
            let verdict = judge(policy, person, day);
            let Some(version) = policy.support.at(day).ok().filter(|_| verdict.is_met()) else { continue };
            let share = match version.value {
                Support::Extra(extra) | Support::Floor(extra) => extra.at_most(state.rest()),
                Support::Target(target) => target.beyond(state),
                Support::Unrecorded => {
                    if matches!(found, Local::None) {
                        found = Local::Unrecorded(policy, pack);
                    }
                    continue;
                }
            };
            let better = match found {
                Local::Award(known, _) => share > known.share,
                Local::None | Local::Unrecorded(..) => true,
            };
            if better {
                found = Local::Award(Award { policy, version, share, verdict }, pack);
            }
        }
    }
    found
}
