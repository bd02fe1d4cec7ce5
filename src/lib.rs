//! Bảo hiểm y tế: premiums, subsidy splits and reimbursements of Vietnamese social health insurance, each figure with
//! the article of law it rests on, for any date from 2009 on.
//!
//! The law is data: a [`Rulebook`] holds dated versions with citations. The engine is a pure function from a rulebook
//! and a case to an outcome whose every number knows the rule it came from. It reads no file, no clock and no
//! environment, and uses no floats.
//!
//! ```
//! use bhyt::{Enrollee, QuoteCase, Rulebook, Vnd, quote};
//!
//! let rules = Rulebook::bundled();
//! let family = vec![Enrollee::of_group("household"); 4];
//! let quote = quote(&rules, &QuoteCase::of("2026-08-01".parse()?, 12, family))?;
//!
//! // 2,530,000 × 4.5 % × 12 = 1,366,200, then 70, 60 and 50 % of it.
//! assert_eq!(quote.total, Vnd::whole(1_366_200 + 956_340 + 819_720 + 683_100));
//! let premium = quote.trace.iter().find(|step| step.id == "premium.first-member").expect("a first member");
//! assert_eq!(premium.rule.rule, "premium-rates");
//! assert_eq!(premium.rule.cites[0].document, "nd-188-2025");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is where
//!
//! | To compute | Call | With |
//! |---|---|---|
//! | premiums of a household or of persons | [`quote`] | [`QuoteCase`] |
//! | every subsidy of a person, what wins, the cheapest lawful form | [`subsidy_report`] | [`QuoteCase`] |
//! | a visit, line by line | [`claim`] | [`ClaimCase`] |
//! | patient transport | [`transport`] | [`TransportCase`] |
//! | division and retention of the fund | [`allocate`], [`school_retention`], [`enterprise_retention`], [`facility_fund`] | |
//! | late payment, refunds | [`late_charge`], [`refund`] | |
//! | two rulebooks or two days | [`stages`] | |
//! | hospitals' claim files (feature `audit`) | `audit` for files, `examine` for one claim | `Batch`, `Law` |
//!
//! # Features
//!
//! Without default features there is only the engine. `audit` reads and replays claim files; `tables` reads and writes
//! CSV and XLSX of any size, `parquet` adds that format; `cli` is the program `bhyt`.
//!
//! # Versions
//!
//! Rule data moves in minor versions: a new base salary or resolution is one. A change of the types below is a major
//! version. Enums and outcomes that grow are `#[non_exhaustive]`. What is not re-exported here may change at any time.
//!
//! # Layers
//!
//! `terms` · `rulebook`, `case` · `engine` · `audit`, `workbook` · `table`, `render` · `cli`: a module uses only what stands
//! to its left. They are private: `pub` in them means "for the other layers".

// Layers link to each other behind the door (`cargo doc --document-private-items` follows).
#![allow(rustdoc::private_intra_doc_links)]
// What only the program uses is unused without it.
#![cfg_attr(not(all(feature = "cli", feature = "parquet")), allow(dead_code, unused_imports))]

mod terms;

mod case;
mod rulebook;

mod engine;

#[cfg(feature = "audit")]
mod audit;

#[cfg(feature = "tables")]
mod workbook;

#[cfg(feature = "tables")]
mod table;

#[cfg(feature = "cli")]
mod render;

#[cfg(feature = "cli")]
mod cli;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod workshop;

pub use chrono::NaiveDate;

#[cfg(feature = "audit")]
pub use audit::{
    examine::examine,
    finding::{Classes, Finding, Severity},
    legal::{Law, facilities::Register},
    prices::{NO_PRICES, PriceLists},
    run::{Batch, Outcome, run as audit},
    source::{SourceFile, archive::ArchiveLimits},
    xml::ReadLimits,
};

pub use case::claim::{CardSpan, ClaimCase, CostLine, Costs, VisitFacts};
pub use case::fund::{FacilityCase, SchoolCase};
pub use case::quote::{Circumstance, Enrollee, QuoteCase};
pub use case::transport::TransportCase;
/// ```
/// use bhyt::{Rulebook, Vnd, allocate};
///
/// // 90 % for care, at most 4 % for administration, the rest in reserve, from 2025-07-01.
/// let parts = allocate(&Rulebook::bundled(), Vnd::whole(1_000_000_000), "2026-08-01".parse()?)?;
/// assert_eq!(parts.care + parts.administration_limit + parts.reserve_minimum, Vnd::whole(1_000_000_000));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub use engine::allocation::allocate;
pub use engine::allocation::{enterprise_retention, facility_fund, school_retention};
/// ```
/// use bhyt::{ClaimCase, Costs, Rulebook, VisitFacts, Vnd, claim};
///
/// // A household member is referred to a basic hospital: level 80 %, 10,000,000 covered.
/// let costs = Costs::Totals { hospital: Vnd::whole(10_000_000), covered: Vnd::whole(10_000_000), other: Vnd::ZERO };
/// let mut visit = ClaimCase::of("household", "2026-08-01".parse()?, "2026-08-05".parse()?, costs);
/// visit.visit = VisitFacts { code: Some("1.3".to_owned()), ..VisitFacts::default() };
/// let paid = claim(&Rulebook::bundled(), &visit)?;
/// assert_eq!((paid.total.fund, paid.total.copayment), (Vnd::whole(8_000_000), Vnd::whole(2_000_000)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub use engine::claim::claim;
pub use engine::claim::claim_error::ClaimError;
pub use engine::claim::reimbursement::Reimbursement;
pub use engine::error::EngineError;
/// ```
/// use bhyt::{Lateness, Rulebook, Vnd, late_charge};
///
/// // 100,000,000 × 45 days × 0.03 % a day
/// let late = Lateness::Days { days: 45, date: "2026-08-01".parse()? };
/// let due = late_charge(&Rulebook::bundled(), Vnd::whole(100_000_000), late, &[])?;
/// assert_eq!(due.charge, Vnd::whole(1_350_000));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub use engine::premium::late::late_charge;
pub use engine::premium::late::{LateCharge, Lateness};
pub use engine::premium::quote::{Quote, quote};
pub use engine::premium::refund::{RefundCase, refund};
pub use engine::premium::subsidy_report::SubsidyReport;
/// ```
/// use bhyt::{Enrollee, Listed, QuoteCase, Rulebook, subsidy_report};
///
/// // The state pays 70 % for the near-poor.
/// let case = QuoteCase::of("2026-08-01".parse()?, 12, vec![Enrollee::of_group("near-poor")]);
/// let report = subsidy_report(&Rulebook::bundled(), &case, None)?;
/// assert!(report.shares().iter().any(|share| share.payer.key() == "state"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub use engine::premium::subsidy_report::report as subsidy_report;
pub use engine::simulation::reform::stages;
pub use engine::trace::Step;
pub use engine::transport::transport;
pub use rulebook::GroupLookup;
pub use rulebook::load::load;
pub use rulebook::source::gather;
pub use rulebook::timeline::NotInForce;
pub use rulebook::{Rulebook, RulebookIdentity};
pub use terms::citation::RuleRef;
pub use terms::group::Payer;
pub use terms::listed::Listed;
pub use terms::number::Overflow;
pub use terms::number::{Measure, Share, ShareError, Vnd};
pub use terms::period::DateError;
pub use terms::problem::{Code, Problem};
