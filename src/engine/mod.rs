//! Bộ tính: pure functions from a rulebook and a case to an outcome.
//!
//! No clock, no files, no environment, no floats, and no amount, percentage or date of law: those come from
//! the [`Rulebook`](crate::rulebook::Rulebook). Every outcome keeps the rules it rests on.

pub mod allocation;
pub mod calendar;
pub mod claim;
pub mod coverage;
pub mod doubt;
pub mod error;
pub mod extra;
pub mod forces_fund;
pub mod fund_balance;
pub mod ledger;
pub mod premium;
pub mod simulation;
pub mod step;
pub mod trace;
pub mod transport;
