//! Hỗ trợ của một tháng: national and local support of one person in one month of cover.

use super::subsidy::{self, Award, Dates, Local, Verdict};
use crate::case::quote::Enrollee;
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::family::{GroupTerms, LocalPack, Payers, Policy};
use crate::terms::group::{BaseDate, PremiumBasis};
use crate::terms::problem::{Code, Problem};
use crate::terms::share::Share;

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
        province: Option<&str>,
        dates: Dates,
    ) -> Result<MonthSupport<'r>, EngineError> {
        let national = match terms.payers {
            Payers::StateSupported => subsidy::national(rules, person, dates)?,
            Payers::Shared(_) => None,
        };
        let state = national.map_or(Share::NONE, |award| award.share);
        let local = province.map(|id| subsidy::local(rules, id, person, dates, state));
        Ok(MonthSupport { national, local: local.unwrap_or_default() })
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
    pub fn same_as(&self, other: &MonthSupport<'_>) -> bool {
        let key = |award: &Award<'_>| (std::ptr::from_ref(award.version), award.share);
        self.awards().map(|award| key(&award)).eq(other.awards().map(|award| key(&award)))
    }

    /// What a person should know about it.
    pub fn notices(&self, person: &Enrollee, terms: &GroupTerms) -> Vec<Problem> {
        let mut notices = Vec::new();
        if let Some((award, pack)) = self.local.award {
            notices.push(applied(pack));
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
            notices.extend(presumed(award.policy, person));
        }
        notices
    }
}

fn applied(pack: &LocalPack) -> Problem {
    let merged = pack.merged_into.clone().unwrap_or_default();
    Problem::new(Code::LocalPolicyApplied).with("policy", &pack.header.name_vi).with("merged", merged)
}

/// Circumstances that the text asks for, nobody stated, and the program takes as given.
fn presumed(policy: &Policy, person: &Enrollee) -> Option<Problem> {
    let tags: Vec<&str> =
        policy.when.presumed.iter().filter(|tag| !person.answers(tag)).map(String::as_str).collect();
    (!tags.is_empty()).then(|| {
        Problem::new(Code::FactPresumed)
            .with("rule", policy.support.rule())
            .with("tags", tags.join(", "))
            .with("first", tags[0])
    })
}
