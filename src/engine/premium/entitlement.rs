//! Quyền được hỗ trợ: every policy that concerns a person on a day, whether it pays, until when, and why not.

use chrono::NaiveDate;

use super::dates::Dates;
use super::predicate::{Unmet, Verdict};
use super::subsidy::{as_read, granted, judge};
use super::support::MonthSupport;
use crate::case::quote::Enrollee;
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::family::{EnrolleeGroup, GroupTerms, LocalPack, Payers, Policy, Support};
use crate::rulebook::places::Whereabouts;
use crate::rulebook::predicate::Predicate;
use crate::rulebook::timeline::{Timeline, Version};
use crate::terms::citation::RuleRef;
use crate::terms::group::Payer;
use crate::terms::number::Share;

/// Kết luận về một chính sách đối với một người.
#[derive(Debug, Clone)]
pub struct PolicyVerdict {
    /// Rule id of the policy (`state-subsidy/near-poor`).
    pub policy: String,
    /// Vietnamese and English name of the policy.
    pub name: [String; 2],
    /// Vietnamese and English name of the resolution, for local policies.
    pub pack: Option<[String; 2]>,
    /// Who pays.
    pub payer: Payer,
    /// Share of the premium as recorded; none where it was not found.
    pub share: Option<Share>,
    /// What it pays of this person's premium.
    pub granted: Share,
    /// First day on which this person has it.
    pub from: Option<NaiveDate>,
    /// Last day on which this person has it.
    pub until: Option<NaiveDate>,
    /// Why it pays or does not.
    pub reason: Reason,
    /// The version looked at.
    pub rule: RuleRef,
}

impl PolicyVerdict {
    /// True when it pays.
    pub fn applied(&self) -> bool {
        self.reason.pays()
    }
}

/// Vì sao một chính sách được áp dụng hoặc không.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The payer that the law names for the group.
    PayerOfGroup,
    /// The highest national share among those met.
    HighestShare,
    /// Comes on top of the national share.
    Stacks,
    /// Another policy gives more: its rule id.
    LowerShare(String),
    /// The support reaches the whole premium already.
    AlreadyWhole,
    /// The percentage was not found and could not change the result.
    Unrecorded,
    /// For other groups: their ids.
    OtherGroup(Vec<String>),
    /// A condition of it is not met.
    Unmet(Unmet),
    /// Not yet in force: first day.
    NotYet(NaiveDate),
    /// No longer in force: last day.
    Over(NaiveDate),
}

impl Reason {
    /// True for the reasons of policies that pay.
    pub const fn pays(&self) -> bool {
        matches!(self, Reason::PayerOfGroup | Reason::HighestShare | Reason::Stacks)
    }

    /// The stable key used in JSON.
    pub const fn key(&self) -> &'static str {
        match self {
            Reason::PayerOfGroup => "payer-of-group",
            Reason::HighestShare => "highest-share",
            Reason::Stacks => "stacks",
            Reason::LowerShare(_) => "lower-share",
            Reason::AlreadyWhole => "already-whole",
            Reason::Unrecorded => "unrecorded",
            Reason::OtherGroup(_) => "other-group",
            Reason::Unmet(unmet) => unmet.key(),
            Reason::NotYet(_) => "not-yet-in-force",
            Reason::Over(_) => "no-longer-in-force",
        }
    }
}

/// Người, nhóm và các ngày to which policies are held.
#[derive(Debug, Clone, Copy)]
pub struct PolicyQuestion<'q> {
    /// The person, joining under one group.
    pub person: &'q Enrollee,
    /// Places whose local policies count.
    pub places: Whereabouts<'q>,
    /// The day that picks versions, and first day of the month looked at.
    pub dates: Dates,
}

/// Xét mọi chính sách liên quan đến một người, những khoản được hưởng trước.
///
/// # Errors
/// [`EngineError::NotInForce`] when the group has no terms on the day, [`EngineError::Unrecorded`] when a local policy is
/// met whose percentage was not found and would change the result.
pub fn findings(rules: &Rulebook, question: PolicyQuestion<'_>) -> Result<Vec<PolicyVerdict>, EngineError> {
    let PolicyQuestion { person, places, dates } = question;
    let group = rules.group(&person.group).ok_or_else(|| EngineError::UnknownGroup(person.group.clone()))?;
    let terms = group.terms.at(dates.day).or_else(|missing| group.terms.at(dates.month).or(Err(missing)))?;
    let support = MonthSupport::find(rules, person, &terms.value, places, dates)?;
    if let Some((policy, pack)) = support.local.unrecorded {
        return Err(EngineError::Unrecorded {
            policy: policy.support.rule().to_owned(),
            name: [pack.header.name_vi.clone(), pack.header.name_en.clone()],
        });
    }
    let looked_at = Looked { person, dates, support };
    let mut found = Looked::payers_of(group, terms);
    found.extend(rules.state_subsidy.policies.iter().filter_map(|policy| looked_at.national(policy)));
    let local = rules.local_policies(places);
    found.extend(local.filter_map(|(pack, policy)| looked_at.finding(policy, Some(pack))));
    found.sort_by_key(|finding| !finding.applied());
    Ok(found)
}

/// Everything a policy is held to.
struct Looked<'r, 'q> {
    person: &'q Enrollee,
    dates: Dates,
    support: MonthSupport<'r>,
}

impl Looked<'_, '_> {
    /// Those who bear a part by the law of the group itself, the person not counted.
    fn payers_of(group: &EnrolleeGroup, terms: &Version<GroupTerms>) -> Vec<PolicyVerdict> {
        let Payers::Shared(shares) = &terms.value.payers else { return Vec::new() };
        let others = shares.iter().filter(|(payer, _)| **payer != Payer::Person);
        others
            .map(|(payer, share)| PolicyVerdict {
                policy: group.terms.rule().to_owned(),
                name: [group.name_vi.clone(), group.name_en.clone()],
                pack: None,
                payer: *payer,
                share: Some(*share),
                granted: *share,
                from: Some(terms.rule.effective_from),
                until: last_day(
                    &group.terms,
                    terms,
                    |next| matches!(&next.payers, Payers::Shared(shares) if shares.get(payer) == Some(share)),
                ),
                reason: Reason::PayerOfGroup,
                rule: terms.rule.clone(),
            })
            .collect()
    }

    /// A national policy, when it concerns the person's group or asks for a circumstance the person has.
    fn national(&self, policy: &Policy) -> Option<PolicyVerdict> {
        let own = policy.groups.contains(&self.person.group);
        let asked = policy.when.iter().filter(|predicate| predicate.asks());
        let mut tags = asked.flat_map(Predicate::circumstances);
        let touched = tags.any(|tag| self.person.circumstance(tag).is_some());
        if own || touched { self.finding(policy, None) } else { None }
    }

    /// A policy, with its pack where it is local; none for one without versions, which the loader refuses.
    fn finding(&self, policy: &Policy, pack: Option<&LocalPack>) -> Option<PolicyVerdict> {
        let day = self.dates.day;
        let current = policy.support.at(day).ok();
        let nearest = current.or_else(|| nearest_version(&policy.support, day))?;
        let (from, until) = self.span(policy, nearest);
        let reason = self.reason(policy, pack, current, day);
        let state = self.support.national.map_or(Share::NONE, |award| award.share);
        let share = share_of(as_read(policy, nearest, self.person));
        let granted = match (&reason, share) {
            (Reason::HighestShare | Reason::PayerOfGroup, Some(share)) => share,
            (Reason::Stacks, _) => {
                let read = current.map(|version| as_read(policy, version, self.person));
                read.and_then(|support| granted(support, state)).unwrap_or(Share::NONE)
            }
            _ => Share::NONE,
        };
        Some(PolicyVerdict {
            policy: policy.support.rule().to_owned(),
            name: [policy.name_vi.clone(), policy.name_en.clone()],
            pack: pack.map(|pack| [pack.header.name_vi.clone(), pack.header.name_en.clone()]),
            payer: if pack.is_some() { Payer::Local } else { Payer::State },
            share,
            granted,
            from,
            until,
            reason,
            rule: nearest.rule.clone(),
        })
    }

    fn reason(
        &self,
        policy: &Policy,
        pack: Option<&LocalPack>,
        current: Option<&Version<Support>>,
        day: NaiveDate,
    ) -> Reason {
        let verdict = judge(policy, self.person, self.dates);
        if verdict == Verdict::OtherGroup {
            return Reason::OtherGroup(policy.groups.clone());
        }
        if current.is_none() {
            return out_of_force(&policy.support, day);
        }
        if let Some(reason) = self.refused(verdict) {
            return reason;
        }
        let is =
            |award: Option<&Version<Support>>| award.zip(current).is_some_and(|(a, b)| std::ptr::eq(a, b));
        match pack {
            None => match self.support.national {
                Some(award) if is(Some(award.version)) => Reason::HighestShare,
                Some(award) => Reason::LowerShare(award.policy.support.rule().to_owned()),
                None => Reason::Unrecorded,
            },
            Some(_) => match self.support.local.award {
                Some((award, _)) if is(Some(award.version)) => Reason::Stacks,
                _ if current.is_some_and(|version| version.value == Support::Unrecorded) => {
                    Reason::Unrecorded
                }
                Some((award, _)) => Reason::LowerShare(award.policy.support.rule().to_owned()),
                None => Reason::AlreadyWhole,
            },
        }
    }

    /// Why a verdict keeps a policy from paying.
    fn refused(&self, verdict: Verdict<'_>) -> Option<Reason> {
        Some(match verdict {
            Verdict::Met | Verdict::MetIfWithin(_) => return None,
            Verdict::OtherGroup => Reason::OtherGroup(Vec::new()),
            Verdict::Unmet(predicate, side) => Reason::Unmet(predicate.unmet(side, self.person)),
        })
    }

    /// From when until when this person has the policy: its version, and what its conditions leave of it.
    fn span(&self, policy: &Policy, version: &Version<Support>) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let mut from = version.rule.effective_from;
        let mut until = last_day(&policy.support, version, |next| *next == version.value);
        let mut narrow = |start: Option<NaiveDate>, end: Option<NaiveDate>| {
            from = start.map_or(from, |start| from.max(start));
            until = until.into_iter().chain(end).min();
        };
        for predicate in policy.when.iter() {
            let (start, end) = predicate.span(self.person);
            narrow(start, end);
        }
        (Some(from), until)
    }
}

fn out_of_force(support: &Timeline<Support>, day: NaiveDate) -> Reason {
    let started = support.versions().iter().rev().find(|version| version.rule.effective_from <= day);
    match (started.and_then(|version| version.rule.effective_until), support.versions().first()) {
        (Some(last), _) => Reason::Over(last),
        (None, Some(first)) => Reason::NotYet(first.rule.effective_from),
        (None, None) => Reason::Unrecorded,
    }
}

/// The version a reader would look at: the last one before the day, else the first one.
fn nearest_version(support: &Timeline<Support>, day: NaiveDate) -> Option<&Version<Support>> {
    let before = support.versions().iter().rev().find(|version| version.rule.effective_from <= day);
    before.or_else(|| support.versions().first())
}

/// Last day on which a version's value holds, restatements by later versions included.
fn last_day<T>(timeline: &Timeline<T>, version: &Version<T>, same: impl Fn(&T) -> bool) -> Option<NaiveDate> {
    let mut until = version.rule.effective_until;
    let later =
        timeline.versions().iter().filter(|next| next.rule.effective_from > version.rule.effective_from);
    for next in later {
        let follows = until.is_none_or(|last| last.succ_opt() == Some(next.rule.effective_from));
        if !follows || !same(&next.value) {
            return until.or_else(|| next.rule.effective_from.pred_opt());
        }
        until = next.rule.effective_until;
    }
    until
}

fn share_of(support: Support) -> Option<Share> {
    match support {
        Support::Floor(share) | Support::Extra(share) | Support::Target(share) => Some(share),
        Support::UpTo { extra, .. } => Some(extra),
        Support::Unrecorded => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::timeline::SourcePlace;
    use crate::terms::citation::Evidence;
    use crate::terms::period::parse_date;

    /// Versions: first day, last day, what they say.
    fn rule<T: Copy>(versions: &[(&str, &str, T)]) -> Timeline<T> {
        let day = |text: &str| parse_date(text).expect("a day");
        let version = |(from, until, value): &(&str, &str, T)| Version {
            value: *value,
            rule: RuleRef {
                rule: "test".to_owned(),
                effective_from: day(from),
                effective_until: parse_date(until).ok(),
                evidence: Evidence::Primary,
                checked_on: day("2026-11-21"),
                verified_until: None,
                note: None,
                cites: [].into(),
                origin: None,
            },
            place: SourcePlace { source: 0, span: 0..0 },
        };
        Timeline::new("test".to_owned(), versions.iter().map(version).collect())
    }

    #[test]
    fn a_value_lasts_as_long_as_the_versions_that_follow_without_a_gap_say_the_same() {
        let last = |versions: &[(&str, &str, i32)]| {
            let rule = rule(versions);
            let first = &rule.versions()[0];
            last_day(&rule, first, |next| *next == first.value).map(|day| day.to_string()).unwrap_or_default()
        };
        let ended = ("2020-01-01", "2020-12-31", 1);
        assert_eq!(last(&[ended]), "2020-12-31");
        assert_eq!(last(&[ended, ("2021-01-01", "2021-12-31", 1)]), "2021-12-31");
        assert_eq!(last(&[ended, ("2021-01-01", "", 1)]), "");
        assert_eq!(last(&[ended, ("2021-01-01", "", 2)]), "2020-12-31");
        assert_eq!(last(&[ended, ("2021-01-02", "2021-12-31", 1)]), "2020-12-31");
        let open = ("2020-01-01", "", 1);
        assert_eq!(last(&[open, ("2021-01-01", "", 1), ("2022-01-01", "", 2)]), "2021-12-31");
        assert_eq!(last(&[open, ("2021-01-01", "", 2), ("2022-01-01", "", 1)]), "2020-12-31");
    }

    #[test]
    fn a_reader_looks_at_the_last_version_before_the_day_else_at_the_first() {
        let share = |text| Support::Floor(Share::parse(text).expect("a share"));
        let ended =
            rule(&[("2020-01-01", "2020-12-31", share("30%")), ("2021-01-01", "2021-12-31", share("50%"))]);
        let looked_at =
            |day| nearest_version(&ended, parse_date(day).expect("a day")).map(|found| found.value);
        assert_eq!(looked_at("2019-12-31"), Some(share("30%")));
        assert_eq!(looked_at("2020-01-01"), Some(share("30%")));
        assert_eq!(looked_at("2021-01-01"), Some(share("50%")));
        assert_eq!(looked_at("2026-08-01"), Some(share("50%")));
    }
}
