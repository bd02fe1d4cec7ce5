//! Báo cáo hỗ trợ: everything a person or household qualifies for, what wins, and the cheapest lawful way to pay.

use chrono::NaiveDate;

use super::category::{PassedOver, PassedWhy, joining};
use super::common_end::payment;
use super::dates::Dates;
use super::enrolment::enrol;
use super::entitlement::{PolicyQuestion, PolicyVerdict, findings};
use super::options::{PersonOptions, options};
use super::quote::{MemberPremium, PayerShare, Quote, quote};
use super::{Payment, plan};
use crate::case::quote::{Enrollee, QuoteCase};
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::places::Whereabouts;
use crate::terms::citation::RuleRef;
use crate::terms::group::Payer;
use crate::terms::listed::Listed;
use crate::terms::number::{Share, Vnd};

/// Báo cáo hỗ trợ.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SubsidyReport {
    /// The quote behind the figures.
    pub quote: Quote,
    /// Every person, in the order given.
    pub members: Vec<MemberSupport>,
}

/// Hỗ trợ của một người.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MemberSupport {
    /// Premium, payers and card.
    pub premium: MemberPremium,
    /// Categories that do not pay, with the reason.
    pub passed_over: Vec<OtherCategory>,
    /// What settled the category, where there were several.
    pub decided_by: Option<RuleRef>,
    /// Every policy that concerns the person.
    pub findings: Vec<PolicyVerdict>,
    /// Ways to pay.
    pub options: PersonOptions,
}

/// Một đối tượng khác của cùng một người.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct OtherCategory {
    /// Group id.
    pub group: String,
    /// Why it does not pay.
    pub why: OtherWhy,
    /// The rule that says so.
    pub rule: Option<RuleRef>,
}

/// Vì sao không đóng theo đối tượng khác.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OtherWhy {
    /// Another category comes first.
    Later,
    /// It has less support.
    LowerSupport(Share),
    /// It is not in force on the day.
    NotInForce,
}

/// Lập báo cáo hỗ trợ; `rank` is the place in the household form that is compared with, where the user names one.
///
/// # Errors
/// Those of [`quote`] and [`findings`].
pub fn report(rules: &Rulebook, case: &QuoteCase, rank: Option<u32>) -> Result<SubsidyReport, EngineError> {
    let quote = quote(rules, case)?;
    let on_ladder = quote.members.iter().filter(|member| member.rank.is_some()).count();
    let next_rank = case.already + u32::try_from(on_ladder).unwrap_or(u32::MAX).saturating_add(1);
    let members = case
        .members
        .iter()
        .zip(&quote.members)
        .map(|(person, premium)| {
            let rank = rank.or(premium.rank).unwrap_or(next_rank);
            member(rules, person, premium.clone(), payment(case, person, premium.months), rank)
        })
        .collect::<Result<_, _>>()?;
    Ok(SubsidyReport { quote, members })
}

fn member(
    rules: &Rulebook,
    person: &Enrollee,
    premium: MemberPremium,
    payment: Payment<'_>,
    rank: u32,
) -> Result<MemberSupport, EngineError> {
    let joining = joining(rules, person, payment)?;
    let enrolled = enrol(rules, person, payment)?;
    let plan = plan(rules, &enrolled.person, payment)?;
    let base_date = plan.terms.value.base_date;
    let dates = Dates::of(base_date, payment.paid_on, plan.card.from, 0);
    let places = Whereabouts { home: payment.province, school: enrolled.person.school.as_deref() };
    let question = PolicyQuestion { person: &enrolled.person, places, dates };
    Ok(MemberSupport {
        passed_over: joining.others.iter().map(other).collect(),
        decided_by: joining.decided_by.cloned(),
        findings: findings(rules, question)?,
        options: options(rules, person, payment, rank)?,
        premium,
    })
}

fn other(passed: &PassedOver<'_>) -> OtherCategory {
    let (why, rule) = match passed.why {
        PassedWhy::Later(rule) => (OtherWhy::Later, Some(rule)),
        PassedWhy::LowerSupport(share, rule) => (OtherWhy::LowerSupport(share), Some(rule)),
        PassedWhy::NotInForce => (OtherWhy::NotInForce, None),
    };
    OtherCategory { group: passed.group.clone(), why, rule: rule.cloned() }
}

impl SubsidyReport {
    /// Day on which the support is looked at.
    pub fn day(&self) -> NaiveDate {
        self.quote.paid_on
    }

    /// What each payer bears of all premiums; the share where it is the same for everybody.
    pub fn shares(&self) -> Vec<TotalShare> {
        let of = |payer: Payer| {
            self.quote
                .members
                .iter()
                .filter_map(move |member| member.shares.iter().find(|share| share.payer == payer))
        };
        let total = |payer: Payer| {
            let parts: Vec<&PayerShare> = of(payer).collect();
            let first = parts.first()?;
            let everybody = parts.len() == self.quote.members.len();
            let same = everybody && parts.iter().all(|part| part.share == first.share);
            Some(TotalShare {
                payer,
                amount: parts.iter().map(|part| part.amount).sum(),
                share: first.share.filter(|_| same),
                basis: first.rule.rule.clone(),
            })
        };
        Payer::ALL.iter().copied().filter_map(total).collect()
    }
}

/// Phần của một nguồn đóng trên tất cả mọi người.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalShare {
    /// Who pays.
    pub payer: Payer,
    /// How much.
    pub amount: Vnd,
    /// Which share, where it is the same for everybody.
    pub share: Option<Share>,
    /// Rule of the first person's share.
    pub basis: String,
}
