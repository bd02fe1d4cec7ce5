//! Không xét được lượt khám: why a visit cannot be judged.

use chrono::NaiveDate;

use crate::rulebook::benefit::access::Undecided;
use crate::terms::care::Stay;
use crate::terms::problem::{Code, Problem};

/// Lý do không xét được lượt khám.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClaimError {
    /// Facts on which the rate depends are not known.
    #[error("the rate depends on {}", .facts.join(", "))]
    FactsMissing {
        /// The facts, by the keys of the input.
        facts: Vec<&'static str>,
    },
    /// A code that is not in the list.
    #[error("visit code `{0}` is not in the list")]
    UnknownCode(String),
    /// A code that stands for nothing that can be computed.
    #[error("visit code `{code}`: {}", .why.why_en)]
    CodeUndecided {
        /// The code.
        code: String,
        /// Why.
        why: Undecided,
    },
    /// A code for another setting.
    #[error("visit code `{code}` is for {only} visits")]
    CodeSetting {
        /// The code.
        code: String,
        /// The setting it is for.
        only: Stay,
    },
    /// The table says that the law has no answer.
    #[error("`{rule}` has no answer on {date} ({by})")]
    Unrecorded {
        /// The rule family.
        rule: &'static str,
        /// Provision that leaves it open.
        by: String,
        /// The governing day.
        date: NaiveDate,
    },
    /// No card was valid on admission.
    #[error("no card is valid on {0}")]
    NoCard(NaiveDate),
    /// A part is larger than its whole.
    #[error("{part} is larger than {whole}")]
    CostOrder {
        /// The part.
        part: &'static str,
        /// The whole.
        whole: &'static str,
        /// Number of the line, from 1; the totals when there is none.
        line: Option<usize>,
    },
    /// Own transport without its invoice.
    #[error("the transport invoice is missing")]
    InvoiceMissing,
    /// Figures of a fund that cannot be.
    #[error("{0}")]
    FundFigures(&'static str),
}

impl ClaimError {
    /// True when the recorded law, not the input, is what lacks an answer.
    pub fn is_silence_of_the_law(&self) -> bool {
        match self {
            ClaimError::Unrecorded { .. } | ClaimError::CodeUndecided { .. } => true,
            ClaimError::FactsMissing { .. }
            | ClaimError::UnknownCode(_)
            | ClaimError::CodeSetting { .. }
            | ClaimError::NoCard(_)
            | ClaimError::CostOrder { .. }
            | ClaimError::InvoiceMissing
            | ClaimError::FundFigures(_) => false,
        }
    }

    /// The same as a message with a code.
    pub fn problem(&self) -> Problem {
        match self {
            ClaimError::FactsMissing { facts } => {
                Problem::new(Code::VisitFactsMissing).with("facts", facts.join(", "))
            }
            ClaimError::UnknownCode(code) => Problem::new(Code::UnknownVisitCode).with("read", code),
            ClaimError::CodeUndecided { code, why } => Problem::new(Code::VisitCodeUndecided)
                .with("read", code)
                .with("why_vi", &why.why_vi)
                .with("why_en", &why.why_en),
            ClaimError::CodeSetting { code, only } => {
                Problem::new(Code::VisitCodeSetting).with("read", code).with("only", only)
            }
            ClaimError::Unrecorded { rule, by, date } => {
                Problem::new(Code::RateUnrecorded).with("rule", rule).with("by", by).with("date", date)
            }
            ClaimError::NoCard(date) => Problem::new(Code::NoCard).with("date", date),
            ClaimError::CostOrder { part, whole, line } => Problem::new(Code::CostOrder)
                .with("part", part)
                .with("whole", whole)
                .with("line", line.map(|line| line.to_string()).unwrap_or_default()),
            ClaimError::InvoiceMissing => Problem::new(Code::InvoiceMissing),
            ClaimError::FundFigures(what) => Problem::new(Code::FundFigures).with("what", what),
        }
    }
}
