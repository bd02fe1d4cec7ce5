//! Không có câu trả lời: why the engine refuses to answer.

use chrono::NaiveDate;

use super::claim::claim_error::ClaimError;
use crate::rulebook::timeline::NotInForce;
use crate::terms::number::Overflow;
use crate::terms::problem::{Code, Problem};

/// Lý do từ chối tính.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The recorded law has no answer for the day.
    #[error(transparent)]
    NotInForce(#[from] NotInForce),
    /// A last day of cover before the first one.
    #[error("cover until {until} would end before it begins on {from}")]
    EndBeforeStart {
        /// First day of cover.
        from: NaiveDate,
        /// Last day asked for.
        until: NaiveDate,
    },
    /// A late charge rests on an interest rate that is neither recorded nor given.
    #[error("the interest rate of {year} is not recorded")]
    RateMissing {
        /// The year in which it applies.
        year: i32,
        /// The day whose rule asks for it.
        date: NaiveDate,
    },
    /// A policy exists whose figures were not found.
    #[error("the figures of policy `{policy}` were not found")]
    Unrecorded {
        /// Policy id.
        policy: String,
        /// Vietnamese and English name of the resolution.
        name: [String; 2],
    },
    /// The group's premium rests on an amount that was not given.
    #[error("group `{group}` needs a salary, pension or benefit")]
    SalaryMissing {
        /// Group id.
        group: String,
    },
    /// A number of months for which no cover is sold.
    #[error("{months} months are outside what group `{group}` can pay for")]
    Months {
        /// Group id.
        group: String,
        /// What was asked for.
        months: u32,
        /// What is accepted.
        accepted: String,
    },
    /// The group id is not in the rulebook.
    #[error("group `{0}` is not in the rulebook")]
    UnknownGroup(String),
    /// The recorded law does not say what becomes of such a month for the group.
    #[error("no rule for a `{kind}` month of group `{group}` on {date}")]
    SpecialMonth {
        /// Kind of month.
        kind: String,
        /// Group id.
        group: String,
        /// First day of the month.
        date: NaiveDate,
    },
    /// None of several contracts is long enough to count.
    #[error("no contract of {months} months or more")]
    ContractTooShort {
        /// Shortest term that counts.
        months: u32,
    },
    /// Nothing says which of several contracts compulsory insurance rests on.
    #[error("which contract is the base of compulsory insurance was not given")]
    ContractUndecided,
    /// A visit that cannot be judged.
    #[error(transparent)]
    Claim(#[from] ClaimError),
    /// An amount or date left the range in which it is exact.
    #[error(transparent)]
    Overflow(#[from] Overflow),
    /// Parts that should add up do not: a mistake in the program.
    #[error("internal check failed: {0}")]
    Internal(String),
}

impl EngineError {
    /// The same refusal on the day of the visit that asks, where rules are kept for many days at once.
    pub(super) fn on(mut self, day: NaiveDate) -> EngineError {
        match &mut self {
            EngineError::NotInForce(NotInForce { date, .. })
            | EngineError::Claim(ClaimError::Unrecorded { date, .. }) => *date = day,
            _ => {}
        }
        self
    }

    /// The same as a message with a code.
    pub fn problem(&self) -> Problem {
        match self {
            EngineError::NotInForce(NotInForce { rule, date, first, last }) => {
                let shown = |day: &Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
                Problem::new(Code::NotInForce)
                    .with("rule", rule)
                    .with("date", date)
                    .with("first", shown(first))
                    .with("last", shown(last))
            }
            EngineError::EndBeforeStart { from, until } => {
                Problem::new(Code::DateOrder).with("first", from).with("second", until).at("until")
            }
            EngineError::RateMissing { year, date } => {
                Problem::new(Code::LateRateMissing).with("date", date).with("rate_year", year)
            }
            EngineError::Unrecorded { policy, name } => Problem::new(Code::PolicyUnrecorded)
                .with("policy", policy)
                .with("name_vi", &name[0])
                .with("name_en", &name[1]),
            EngineError::SalaryMissing { group } => Problem::new(Code::SalaryMissing).with("group", group),
            EngineError::Months { group, months, accepted } => Problem::new(Code::MonthsRange)
                .with("group", group)
                .with("read", months)
                .with("accepted", accepted),
            EngineError::UnknownGroup(group) => Problem::new(Code::UnknownGroup).with("read", group),
            EngineError::SpecialMonth { kind, group, date } => Problem::new(Code::SpecialMonthUnrecorded)
                .with("kind", kind)
                .with("group", group)
                .with("date", date),
            EngineError::ContractTooShort { months } => {
                Problem::new(Code::ContractTooShort).with("months", months)
            }
            EngineError::ContractUndecided => Problem::new(Code::ContractUndecided),
            EngineError::Claim(error) => error.problem(),
            EngineError::Overflow(_) => Problem::new(Code::AmountRange),
            EngineError::Internal(what) => Problem::new(Code::Internal).with("what", what),
        }
    }
}
