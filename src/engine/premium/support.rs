//! Hỗ trợ của một tháng: national and local support of one person in one month of cover.

use chrono::{Datelike, NaiveDate};

use super::dates::Dates;
use super::predicate::Verdict;
use super::subsidy::{self, Award, Local};
use crate::case::quote::Enrollee;
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::family::{GroupTerms, LocalPack, Payers, Policy};
use crate::rulebook::places::{FORMER_TERRITORY, Whereabouts};
use crate::terms::group::{BaseDate, PremiumBasis};
use crate::terms::number::Share;
use crate::terms::problem::{Code, Problem};

/// Hỗ trợ của một tháng.
#[derive(Debug, Clone, Copy, Default)]
pub struct MonthSupport<'r> {
    /// The national policy that pays.
    pub national: Option<Award<'r>>,
    /// The local policy that pays, and one that might.
    pub local: Local<'r>,
}

impl<'r> MonthSupport<'r> {
    /// Decides the support of one month.
    ///
    /// # Errors
    /// [`EngineError::NotInForce`] when the state supports the group and nothing is recorded for the month.
    pub fn find(
        rules: &'r Rulebook,
        person: &Enrollee,
        terms: &GroupTerms,
        places: Whereabouts<'_>,
        dates: Dates,
    ) -> Result<MonthSupport<'r>, EngineError> {
        let local: Vec<_> = rules.local_policies(places).collect();
        MonthSupport::find_among(rules, &local, person, terms, dates)
    }

    /// The same, where the local policies of the person's places are known.
    ///
    /// # Errors
    /// As [`MonthSupport::find`].
    pub fn find_among(
        rules: &'r Rulebook,
        local: &[(&'r LocalPack, &'r Policy)],
        person: &Enrollee,
        terms: &GroupTerms,
        dates: Dates,
    ) -> Result<MonthSupport<'r>, EngineError> {
        let national = match terms.payers {
            Payers::StateSupported => subsidy::national(rules, person, dates)?,
            Payers::Shared(_) => None,
        };
        let state = national.map_or(Share::NONE, |award| award.share);
        Ok(MonthSupport { national, local: subsidy::local(local, person, dates, state) })
    }

    /// Share of the state and share of the province together.
    pub fn share(&self) -> Share {
        let state = self.national.map_or(Share::NONE, |award| award.share);
        let local = self.local.award.map_or(Share::NONE, |(award, _)| award.share);
        state.plus(local).unwrap_or(Share::WHOLE)
    }

    /// Which date picks base salary and rate while this support is paid.
    pub fn base_date(&self, terms: &GroupTerms) -> BaseDate {
        self.national.and_then(|award| award.policy.base_date).unwrap_or(terms.base_date)
    }

    /// The policies that pay.
    pub fn awards(&self) -> impl Iterator<Item = Award<'r>> {
        self.national.into_iter().chain(self.local.award.map(|(award, _)| award))
    }

    /// True when the same policies pay the same shares.
    #[inline]
    pub fn same_as(&self, other: &MonthSupport<'_>) -> bool {
        let key = |award: &Award<'_>| (std::ptr::from_ref(award.version), award.share);
        self.awards().map(|award| key(&award)).eq(other.awards().map(|award| key(&award)))
    }

    /// What a person should know about it.
    pub fn notices(
        &self,
        rules: &Rulebook,
        person: &Enrollee,
        terms: &GroupTerms,
        dates: Dates,
    ) -> Vec<Problem> {
        let mut notices = Vec::new();
        if let Some((award, pack)) = self.local.award {
            notices.push(Problem::new(Code::LocalPolicyApplied).with("policy", &pack.header.name_vi));
            notices.extend(stale(&award, pack, dates.day));
            notices.extend(read_otherwise(&award, person));
            if terms.basis == PremiumBasis::HouseholdLadder && award.share < Share::WHOLE {
                notices.push(Problem::new(Code::ByAnalogy).with("rule", &award.version.rule.rule));
            }
        }
        if let Some((_, pack)) = self.local.unrecorded {
            notices.push(Problem::new(Code::LocalUnrecorded).with("policy", &pack.header.name_vi));
        }
        for award in self.awards() {
            if let Verdict::MetIfWithin(tag) = award.verdict {
                notices.push(Problem::new(Code::TagWithoutDate).with("tag", tag));
            }
            notices.extend(presumed(rules, award.policy, person, dates.day));
        }
        notices
    }
}

/// A policy without an end whose last sign of life is old.
fn stale(award: &Award<'_>, pack: &LocalPack, day: NaiveDate) -> Option<Problem> {
    let from = award.policy.stale_from(&award.version.rule, pack)?;
    let seen = award.policy.seen(pack);
    (day >= from).then(|| {
        Problem::new(Code::LocalPolicyStale)
            .with("policy", &pack.header.name_vi)
            .with("year", seen.year())
            .with("date", seen)
    })
}

/// Sources that contradict each other: which reading was taken.
fn read_otherwise(award: &Award<'_>, person: &Enrollee) -> Option<Problem> {
    let reading = award.policy.reading.as_ref()?;
    let asked = person.circumstance(&reading.id).is_some();
    let (taken, other) = if asked { ("other", "taken") } else { ("taken", "other") };
    let words =
        [(taken, [&reading.taken_vi, &reading.taken_en]), (other, [&reading.other_vi, &reading.other_en])];
    let of = |side: &str, lang: usize| {
        words.iter().find(|(name, _)| *name == side).map_or("", |(_, text)| text[lang])
    };
    Some(
        Problem::new(Code::LocalReadingTaken)
            .with("rule", award.policy.support.rule())
            .with("reading", &reading.id)
            .with("taken_vi", of("taken", 0))
            .with("taken_en", of("taken", 1))
            .with("other_vi", of("other", 0))
            .with("other_en", of("other", 1)),
    )
}

/// Circumstances that the text asks for, nobody stated, and the program takes as given.
fn presumed(rules: &Rulebook, policy: &Policy, person: &Enrollee, day: NaiveDate) -> Vec<Problem> {
    let unconfirmed = policy.when.iter().flat_map(|predicate| predicate.unconfirmed(person));
    let (territory, others): (Vec<String>, Vec<String>) =
        unconfirmed.partition(|tag| tag == FORMER_TERRITORY);
    let mut notices = Vec::new();
    if let Some(first) = others.first() {
        notices.push(
            Problem::new(Code::FactPresumed)
                .with("rule", policy.support.rule())
                .with("tags", others.join(", "))
                .with("first", first),
        );
    }
    // Before other provinces joined, the whole province was the former territory.
    let grown = rules.taken_in(&policy.of_place).into_iter();
    let parts: Vec<&str> = grown
        .filter(|part| part.merged_into().is_some_and(|(_, rule)| rule.effective_from <= day))
        .map(|part| part.name_vi.as_str())
        .collect();
    if !territory.is_empty() && !parts.is_empty() {
        notices.push(
            Problem::new(Code::FormerTerritoryPresumed)
                .with("rule", policy.support.rule())
                .with("name", rules.place_name(&policy.of_place)[0])
                .with("others", parts.join(", "))
                .with("tag", FORMER_TERRITORY),
        );
    }
    notices
}
