//! Bộ tính: pure functions from a rulebook and a case to an outcome.
//!
//! No clock, no files, no environment, no floats, and no amount, percentage or date of law: those come from
//! the [`Rulebook`](crate::rulebook::Rulebook). Every outcome keeps the rules it rests on.

pub mod card;
pub mod category;
pub mod contracts;
pub mod doubt;
pub mod entitlement;
pub mod error;
pub mod late;
pub mod options;
pub mod plans;
pub mod premium;
pub mod quote;
pub mod settle;
pub mod simulation;
pub mod special;
pub mod subsidy;
pub mod subsidy_report;
pub mod support;
pub mod trace;
