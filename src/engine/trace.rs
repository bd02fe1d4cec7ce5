//! Vết tính: every number of a result with its formula, the rule behind it and the day that picked the rule.

use chrono::NaiveDate;

use super::step::StepPath;
use crate::terms::citation::RuleRef;
use crate::terms::number::{Measure, Share, Times, Vnd};

/// Một bước tính.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Step {
    /// What it computes or reads, and for whom: printed as `premium.first-member`.
    pub id: StepPath,
    /// The number that came out.
    pub value: StepValue,
    /// How it came out.
    pub formula: Formula,
    /// The rule behind it.
    pub rule: RuleRef,
    /// The day of the case that picked the version of the rule.
    pub governing_date: NaiveDate,
}

/// Kết quả của một bước.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum StepValue {
    /// An amount.
    Money(Vnd),
    /// A share.
    Share(Share),
    /// A day.
    Date(NaiveDate),
    /// A name from a closed list.
    Name(&'static str),
    /// An id of the rulebook: a group, a kind of month.
    Id(String),
}

/// Công thức của một bước, with the numbers filled in.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Formula {
    /// Read from the rule as it stands.
    Recorded,
    /// A product.
    Product(Vec<Term>),
    /// A sum of products.
    Sum(Vec<Vec<Term>>),
    /// What is left of a first amount after others.
    Difference(Term, Vec<Term>),
    /// The smaller of two amounts.
    Least(Term, Term),
}

/// Một số trong công thức.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Term {
    /// An amount.
    Money(Vnd),
    /// A share.
    Share(Share),
    /// A number of months.
    Months(u32),
    /// A multiple.
    Times(Times),
    /// A plain count (days, kilometres, persons).
    Count(u32),
    /// A number with up to three decimals (quantity, price, distance).
    Measure(Measure),
}

/// The rules a trace rests on, each once.
pub fn rules_of(steps: &[Step]) -> Vec<(&RuleRef, NaiveDate)> {
    let mut rules: Vec<(&RuleRef, NaiveDate)> = Vec::new();
    for step in steps {
        if !rules
            .iter()
            .any(|(rule, _)| rule.rule == step.rule.rule && rule.effective_from == step.rule.effective_from)
        {
            rules.push((&step.rule, step.governing_date));
        }
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::step::StepId;
    use crate::terms::citation::Evidence;
    use crate::terms::period::parse_date;

    fn step(rule: &str, from: &str, governing: &str) -> Step {
        let day = |text| parse_date(text).expect("a day");
        let rule = RuleRef {
            rule: rule.to_owned(),
            effective_from: day(from),
            effective_until: None,
            evidence: Evidence::Primary,
            checked_on: day("2026-11-21"),
            verified_until: None,
            note: None,
            cites: [].into(),
            origin: None,
        };
        let (value, formula) = (StepValue::Money(Vnd::ZERO), Formula::Recorded);
        Step { id: StepId::Premium.into(), value, formula, rule, governing_date: day(governing) }
    }

    #[test]
    fn a_version_counts_once_with_the_day_that_picked_it_first() {
        let steps = [
            step("base-salary", "2024-07-01", "2026-06-30"),
            step("premium-rates", "2025-07-01", "2026-06-30"),
            step("base-salary", "2024-07-01", "2026-06-29"),
            step("base-salary", "2026-07-01", "2026-07-01"),
            step("premium-rates", "2024-07-01", "2026-07-01"),
        ];
        let found: Vec<String> = rules_of(&steps)
            .iter()
            .map(|(rule, day)| format!("{} {} {day}", rule.rule, rule.effective_from))
            .collect();
        let expected = [
            "base-salary 2024-07-01 2026-06-30",
            "premium-rates 2025-07-01 2026-06-30",
            "base-salary 2026-07-01 2026-07-01",
            "premium-rates 2024-07-01 2026-07-01",
        ];
        assert_eq!(found, expected);
    }
}
