//! Hỗ trợ mức đóng: which national and local policies a person meets on a day, and which of them pays.

use super::dates::Dates;
use super::predicate::Verdict;
use crate::case::quote::Enrollee;
use crate::rulebook::Rulebook;
use crate::rulebook::family::{LocalPack, Policy, Support};
use crate::rulebook::timeline::{NotInForce, Version};
use crate::terms::number::Share;

/// Xét điều kiện của một chính sách for a person of a group; dates of force are not looked at.
pub fn judge<'r>(policy: &'r Policy, person: &Enrollee, dates: Dates) -> Verdict<'r> {
    if !policy.groups.contains(&person.group) {
        return Verdict::OtherGroup;
    }
    let verdicts = policy.when.iter().map(|predicate| predicate.verdict(predicate.side(person, dates)));
    let mut met = Verdict::Met;
    for verdict in verdicts {
        match verdict {
            Verdict::Met => {}
            Verdict::MetIfWithin(_) => met = verdict,
            refused => return refused,
        }
    }
    met
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

/// Mức hỗ trợ của ngân sách nhà nước: the policy with the highest share among those met in a month.
///
/// Who has paid for months ahead keeps the policies of the day of payment: a change of law leads to a refund, not to
/// another quote. `None` when policies for the group are in force and none of their conditions is met.
///
/// # Errors
/// [`NotInForce`] when no national policy for the group is in force.
pub fn national<'r>(
    rules: &'r Rulebook,
    person: &Enrollee,
    dates: Dates,
) -> Result<Option<Award<'r>>, NotInForce> {
    let policies =
        || rules.state_subsidy.policies.iter().filter(|policy| policy.groups.contains(&person.group));
    let mut best: Option<Award<'r>> = None;
    let mut in_force = false;
    for policy in policies() {
        let Ok(version) = policy.support.at(dates.day) else { continue };
        in_force = true;
        let verdict = judge(policy, person, dates);
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
    let rule = format!("state-subsidy/{}", person.group);
    Err(NotInForce { rule, date: dates.day, first, last: None })
}

/// Hỗ trợ thêm của địa phương trong một tháng.
#[derive(Debug, Clone, Copy, Default)]
pub struct Local<'r> {
    /// The policy that pays, with its pack.
    pub award: Option<(Award<'r>, &'r LocalPack)>,
    /// A policy that is met, whose percentage was not found and could change the result.
    pub unrecorded: Option<(&'r Policy, &'r LocalPack)>,
}

/// Mức hỗ trợ thêm của địa phương: the most favourable recorded policy of a place on top of a national share.
///
/// Shares are of the full premium; together with the national share they never exceed the whole. Policies of one
/// province do not add up among themselves: no text seen says that they do.
#[inline]
pub fn local<'r>(
    policies: &[(&'r LocalPack, &'r Policy)],
    person: &Enrollee,
    dates: Dates,
    state: Share,
) -> Local<'r> {
    let mut found = Local::default();
    for (pack, policy) in policies.iter().copied() {
        let verdict = judge(policy, person, dates);
        let Some(version) = policy.support.at(dates.day).ok().filter(|_| verdict.is_met()) else {
            continue;
        };
        let Some(share) = granted(as_read(policy, version, person), state) else {
            found.unrecorded = found.unrecorded.or(Some((policy, pack)));
            continue;
        };
        let best = found.award.map_or(Share::NONE, |(known, _)| known.share);
        if share > best {
            found.award = Some((Award { policy, version, share, verdict }, pack));
        }
    }
    let paid = found.award.map_or(Share::NONE, |(award, _)| award.share);
    if paid >= state.rest() {
        found.unrecorded = None;
    }
    found
}

/// What a policy pays by the reading that the person carries: the one taken, or the other where it is asked for.
pub fn as_read(policy: &Policy, version: &Version<Support>, person: &Enrollee) -> Support {
    let other = policy.reading.as_ref().filter(|reading| person.circumstance(&reading.id).is_some());
    other.map_or(version.value, |reading| reading.value)
}

/// What a local policy adds to a national share, never beyond the whole; `None` where its percentage was not found.
pub fn granted(support: Support, state: Share) -> Option<Share> {
    match support {
        Support::Extra(extra) | Support::Floor(extra) => Some(extra.at_most(state.rest())),
        Support::Target(target) => Some(target.beyond(state)),
        Support::UpTo { extra, total } => Some(extra.at_most(total.beyond(state))),
        Support::Unrecorded => None,
    }
}
