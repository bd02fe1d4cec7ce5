//! Hỗ trợ trong tầm tay: what a place would add if one more thing were known of a person.

use super::dates::Dates;
use super::predicate::Side;
use super::subsidy::{as_read, granted};
use super::{Payment, Plan};
use crate::case::quote::Enrollee;
use crate::rulebook::Rulebook;
use crate::rulebook::family::{LocalPack, Policy};
use crate::rulebook::places::Whereabouts;
use crate::rulebook::predicate::{Conditions, Predicate};
use crate::terms::group::Payer;
use crate::terms::number::Share;

/// Một khoản trong tầm tay.
#[derive(Debug, Clone)]
pub struct WithinReach<'r> {
    /// The resolution.
    pub pack: &'r LocalPack,
    /// The policy.
    pub policy: &'r Policy,
    /// What it would pay.
    pub share: Share,
    /// Circumstances that would have to be said, as they are typed.
    pub tags: Vec<&'r str>,
    /// The birth date would have to be said.
    pub birth: bool,
}

impl WithinReach<'_> {
    /// What would have to be added to a command line.
    pub fn add(&self) -> String {
        let tags = self.tags.iter().map(|tag| format!("--tag {tag}"));
        let birth = self.birth.then(|| "--born".to_owned());
        birth.into_iter().chain(tags).collect::<Vec<_>>().join(" ")
    }
}

/// Những khoản mà nơi ở, nơi học còn cho, if something that was not said holds; the largest first.
pub fn within_reach<'r>(
    rules: &'r Rulebook,
    person: &Enrollee,
    plan: &Plan<'_>,
    payment: Payment<'_>,
) -> Vec<WithinReach<'r>> {
    let Some(segment) = plan.segments.first() else { return Vec::new() };
    let share =
        |payer| segment.parts.iter().find(|part| part.payer == payer).map_or(Share::NONE, |part| part.share);
    let (state, local) = (share(Payer::State), share(Payer::Local));
    let places = Whereabouts { home: payment.province, school: person.school.as_deref() };
    let dates = Dates { day: payment.paid_on, month: plan.card.from, number: 0 };
    let mut found: Vec<WithinReach<'r>> = Vec::new();
    for (pack, policy) in
        rules.local_policies(places).filter(|(_, policy)| policy.groups.contains(&person.group))
    {
        let Ok(version) = policy.support.at(dates.day) else { continue };
        let Some(share) = granted(as_read(policy, version, person), state).filter(|share| *share > local)
        else {
            continue;
        };
        if let Some((tags, birth)) = lacking(&policy.when, person, dates) {
            found.push(WithinReach { pack, policy, share, tags, birth });
        }
    }
    found.sort_by(|a, b| b.share.cmp(&a.share).then_with(|| a.tags.len().cmp(&b.tags.len())));
    found
}

/// The same for a person whose plan is not made yet; nothing where the law has no answer.
pub fn reach<'r>(rules: &'r Rulebook, person: &Enrollee, payment: Payment<'_>) -> Vec<WithinReach<'r>> {
    super::plan(rules, person, payment)
        .map(|plan| within_reach(rules, person, &plan, payment))
        .unwrap_or_default()
}

/// What a person has not said of conditions that nothing said keeps the person from; `None` where something does, or
/// where nothing is lacking.
fn lacking<'r>(when: &'r Conditions, person: &Enrollee, dates: Dates) -> Option<(Vec<&'r str>, bool)> {
    let (mut tags, mut birth) = (Vec::new(), false);
    for predicate in when.iter() {
        match (predicate, predicate.side(person, dates)) {
            (_, Side::Inside | Side::InsideIfDated) => {}
            (Predicate::Age { .. }, Side::Unknown) => birth = true,
            (Predicate::AnyTags(any), Side::Unknown) => tags.extend(any.first().map(String::as_str)),
            (_, Side::Unknown) => {
                let asked = predicate.circumstances().iter().filter(|tag| !person.answers(tag));
                tags.extend(asked.map(String::as_str));
            }
            (_, Side::Before | Side::Beyond) => return None,
        }
    }
    (birth || !tags.is_empty()).then_some((tags, birth))
}
