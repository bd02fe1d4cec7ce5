//! Mục lục quy định: every recorded rule with its versions as named facts, for listing, comparing and checking.

use super::Rulebook;
use super::contracts::ConcurrentContracts;
use super::family::{
    CardValidity, Conditions, FinalYearEnd, GroupTerms, Header, HouseholdLadder, Joining, Lapse, LatePayment,
    Payers, PaymentCycles, Policy, PremiumRates, PremiumRounding, ReferenceLevel, RefundCases, SalaryCap,
    SchoolCalendar, Support,
};
use super::named::NamedFamily;
use super::priority::Priority;
use super::special::{SpecialEffect, SpecialMonth};
use super::timeline::{Place, Timeline};
use crate::terms::citation::RuleRef;
use crate::terms::money::Vnd;
use crate::terms::share::{Multiple, Share};

/// Một dữ kiện: a value of law in a form that can be printed and compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// An amount of đồng.
    Money(Vnd),
    /// A share.
    Share(Share),
    /// A count (months, days, years).
    Count(u32),
    /// A name from a closed list or an id.
    Name(String),
}

/// Một phiên bản trong mục lục.
#[derive(Debug, Clone)]
pub struct EntryVersion<'a> {
    /// Dates, citations, evidence.
    pub rule: &'a RuleRef,
    /// Where it is written.
    pub place: &'a Place,
    /// What it says.
    pub facts: Vec<(String, Fact)>,
}

/// Một quy định với các phiên bản.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Header of the file.
    pub header: &'a Header,
    /// Rule id (`state-subsidy/near-poor`).
    pub rule: &'a str,
    /// Vietnamese name.
    pub name_vi: &'a str,
    /// English name.
    pub name_en: &'a str,
    /// Versions, earliest first.
    pub versions: Vec<EntryVersion<'a>>,
}

impl Entry<'_> {
    /// The version in force on a day.
    pub fn at(&self, date: chrono::NaiveDate) -> Option<&EntryVersion<'_>> {
        self.versions
            .iter()
            .rfind(|version| version.rule.effective_from <= date)
            .filter(|version| version.rule.effective_until.is_none_or(|last| date <= last))
    }
}

/// A value of law that can be taken apart into named facts.
pub trait Facts {
    /// The facts, in the order in which people read them.
    fn facts(&self) -> Vec<(String, Fact)>;
}

impl Rulebook {
    /// Every recorded rule, family by family.
    pub fn entries(&self) -> Vec<Entry<'_>> {
        let mut entries = vec![
            family(&self.base_salary),
            family(&self.reference_level),
            family(&self.premium_rates),
            family(&self.salary_cap),
            family(&self.household_ladder),
            family(&self.payment_cycles),
            family(&self.card_validity),
            family(&self.school_calendar),
            family(&self.late_payment),
            family(&self.refund_cases),
            family(&self.premium_rounding),
            family(&self.claim_files),
            family(&self.concurrent_contracts),
        ];
        let (header, groups) = &self.groups;
        entries
            .extend(groups.iter().map(|group| entry(header, &group.name_vi, &group.name_en, &group.terms)));
        entries.extend(
            self.state_subsidy.policies.iter().map(|policy| policy_entry(&self.state_subsidy.header, policy)),
        );
        entries.extend(named(&self.category_priority));
        entries.extend(named(&self.special_months));
        entries.extend(self.benefit.entries());
        for pack in &self.local {
            entries.extend(pack.policies.iter().map(|policy| policy_entry(&pack.header, policy)));
        }
        entries
    }
}

pub(super) fn family<T: Facts>(family: &super::family::Family<T>) -> Entry<'_> {
    entry(&family.header, &family.header.name_vi, &family.header.name_en, &family.versions)
}

fn named<T: Facts>(family: &NamedFamily<T>) -> impl Iterator<Item = Entry<'_>> {
    family.entries.iter().map(|each| entry(&family.header, &each.name_vi, &each.name_en, &each.versions))
}

pub(super) fn entry<'a, T: Facts>(
    header: &'a Header,
    name_vi: &'a str,
    name_en: &'a str,
    timeline: &'a Timeline<T>,
) -> Entry<'a> {
    let versions = timeline
        .versions()
        .iter()
        .map(|version| EntryVersion {
            rule: &version.rule,
            place: &version.place,
            facts: version.value.facts(),
        })
        .collect();
    Entry { header, rule: timeline.rule(), name_vi, name_en, versions }
}

fn policy_entry<'a>(header: &'a Header, policy: &'a Policy) -> Entry<'a> {
    let mut entry = entry(header, &policy.name_vi, &policy.name_en, &policy.support);
    for version in &mut entry.versions {
        version.facts.push(("groups".to_owned(), Fact::Name(policy.groups.join(", "))));
        version.facts.extend(policy.when.facts());
    }
    entry
}

pub(super) fn share(name: &str, share: Share) -> (String, Fact) {
    (name.to_owned(), Fact::Share(share))
}

pub(super) fn count(name: &str, count: u32) -> (String, Fact) {
    (name.to_owned(), Fact::Count(count))
}

pub(super) fn name(key: &str, name: impl Into<String>) -> (String, Fact) {
    (key.to_owned(), Fact::Name(name.into()))
}

/// The kebab-case name of a unit variant, as the rule file spells it.
fn variant(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

impl Facts for Vnd {
    fn facts(&self) -> Vec<(String, Fact)> {
        vec![("amount".to_owned(), Fact::Money(*self))]
    }
}

impl Facts for ReferenceLevel {
    fn facts(&self) -> Vec<(String, Fact)> {
        match self {
            ReferenceLevel::Amount(amount) => amount.facts(),
            ReferenceLevel::Equals(base) => vec![name("equals", variant(base))],
        }
    }
}

impl Facts for PremiumRates {
    fn facts(&self) -> Vec<(String, Fact)> {
        std::iter::once(share("standard", self.standard))
            .chain(self.groups.iter().map(|(group, rate)| share(group, *rate)))
            .collect()
    }
}

impl Facts for Multiple {
    fn facts(&self) -> Vec<(String, Fact)> {
        vec![name("times", self.times.to_string()), name("of", variant(self.of))]
    }
}

impl Facts for SalaryCap {
    fn facts(&self) -> Vec<(String, Fact)> {
        let mut facts = vec![name("times", self.times.to_string()), name("of", variant(self.of))];
        facts.extend(self.least_times.map(|least| name("least-times", least.to_string())));
        facts
    }
}

impl Facts for HouseholdLadder {
    fn facts(&self) -> Vec<(String, Fact)> {
        let joining = match self.joining {
            Joining::AllMembers => "all-members",
            Joining::WithinFiscalYear => "within-fiscal-year",
        };
        let steps =
            self.steps.iter().enumerate().map(|(index, step)| share(&format!("rank-{}", index + 1), *step));
        steps.chain(std::iter::once(name("joining", joining))).collect()
    }
}

impl Facts for GroupTerms {
    fn facts(&self) -> Vec<(String, Fact)> {
        let mut facts = vec![
            name("item", &self.item),
            name("basis", variant(self.basis)),
            name("base-date", variant(self.base_date)),
        ];
        match &self.payers {
            Payers::Shared(shares) => {
                facts.extend(shares.iter().map(|(payer, part)| share(payer.key(), *part)));
            }
            Payers::StateSupported => facts.push(name("payers", "state-supported")),
        }
        facts
    }
}

impl Facts for PaymentCycles {
    fn facts(&self) -> Vec<(String, Fact)> {
        let list = |months: &[u32]| months.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        let mut facts = vec![count("longest", self.longest)];
        for (group, cycle) in &self.groups {
            let mut months = list(&cycle.regular);
            if !cycle.school_tails.is_empty() {
                months = format!("{months} (+ {})", list(&cycle.school_tails));
            }
            facts.push(name(group, months));
        }
        facts
    }
}

impl Facts for CardValidity {
    fn facts(&self) -> Vec<(String, Fact)> {
        let lapse = match self.lapse {
            Lapse::MonthsInFiscalYear(months) => count("lapse-months-in-fiscal-year", months),
            Lapse::Days(days) => count("lapse-days", days),
        };
        vec![count("waiting-days", self.waiting_days), lapse, count("child-months", self.child_months)]
    }
}

impl Facts for SchoolCalendar {
    fn facts(&self) -> Vec<(String, Fact)> {
        let final_year = match self.final_year_ends {
            FinalYearEnd::EndOfMonth => "end-of-month",
            FinalYearEnd::CourseEnd => "course-end",
        };
        vec![
            name("grade-1-starts", self.grade_1_starts.to_string()),
            name("grade-1-follows-child-card", self.grade_1_follows_child_card.to_string()),
            name("grade-12-ends", self.grade_12_ends.map(|day| day.to_string()).unwrap_or_default()),
            name("final-year-ends", final_year),
            name("may-pay-to-year-end", self.may_pay_to_year_end.to_string()),
        ]
    }
}

impl Facts for LatePayment {
    fn facts(&self) -> Vec<(String, Fact)> {
        match self {
            LatePayment::DailyRate(rate) => vec![share("daily-rate", *rate)],
            LatePayment::TimesInterbankRate(times) => vec![count("times-interbank-rate", *times)],
        }
    }
}

impl Facts for RefundCases {
    fn facts(&self) -> Vec<(String, Fact)> {
        self.cases.iter().map(|case| name(&case.id, &case.name_vi)).collect()
    }
}

impl Facts for PremiumRounding {
    fn facts(&self) -> Vec<(String, Fact)> {
        let order: Vec<&str> = self.remainder_to.iter().map(|payer| payer.key()).collect();
        vec![
            ("unit".to_owned(), Fact::Money(Vnd::from_hundredths(self.rounding.unit_hundredths))),
            name("remainder-to", order.join(", ")),
        ]
    }
}

impl Facts for ConcurrentContracts {
    fn facts(&self) -> Vec<(String, Fact)> {
        vec![
            name("choice", variant(self.choice)),
            name("groups", self.groups.join(", ")),
            count("shortest-months", self.shortest_months),
        ]
    }
}

impl Facts for Priority {
    fn facts(&self) -> Vec<(String, Fact)> {
        match self {
            Priority::Order(groups) => vec![name("order", groups.join(", "))],
            Priority::Always(groups) => vec![name("always", groups.join(", "))],
            Priority::HighestSupport(groups) => vec![name("highest-support", groups.join(", "))],
            Priority::Yields(yields) => {
                let to: Vec<String> = yields.to_categories.iter().map(u8::to_string).collect();
                vec![name("yields", yields.groups.join(", ")), name("to-categories", to.join(", "))]
            }
            Priority::Choice(choice) => {
                vec![name("choice", choice.groups.join(", ")), name("household", &choice.household)]
            }
        }
    }
}

impl Facts for SpecialMonth {
    fn facts(&self) -> Vec<(String, Fact)> {
        let effect = match &self.effect {
            SpecialEffect::ShareOfSalary(part) => share("share-of-salary", *part),
            SpecialEffect::Joins(group) => name("joins", group),
            SpecialEffect::NothingDue => name("effect", "nothing-due"),
        };
        vec![effect, name("groups", self.groups.join(", "))]
    }
}

impl Facts for Support {
    fn facts(&self) -> Vec<(String, Fact)> {
        vec![match self {
            Support::Floor(part) => share("floor", *part),
            Support::Extra(part) => share("extra", *part),
            Support::Target(part) => share("target", *part),
            Support::Unrecorded => name("support", "unrecorded"),
        }]
    }
}

impl Facts for Conditions {
    fn facts(&self) -> Vec<(String, Fact)> {
        let mut facts = Vec::new();
        if !self.tags.is_empty() {
            facts.push(name("tags", self.tags.join(", ")));
        }
        if !self.any_tags.is_empty() {
            facts.push(name("any-tags", self.any_tags.join(", ")));
        }
        facts.extend(self.age_from.map(|age| count("age-from", age)));
        facts.extend(self.age_below.map(|age| count("age-below", age)));
        facts.extend(
            self.within.as_ref().map(|window| name("within", format!("{} ({})", window.months, window.of))),
        );
        if !self.presumed.is_empty() {
            facts.push(name("presumed", self.presumed.join(", ")));
        }
        facts
    }
}
