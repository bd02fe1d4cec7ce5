//! Bộ tính: pure functions from a rulebook and a case to an outcome.
//!
//! No clock, no files, no environment, no floats, and no amount, percentage or date of law: those come from
//! the [`Rulebook`](crate::rulebook::Rulebook). Every outcome keeps the rules it rests on.

pub mod aid;
pub mod allocation;
pub mod benefit_level;
pub mod calendar;
pub mod card;
pub mod category;
pub mod claim;
pub mod claim_error;
pub mod contracts;
pub mod copayment;
pub mod day_rules;
pub mod direct_payment;
pub mod doubt;
pub mod enrolment;
pub mod entitlement;
pub mod error;
pub mod hints;
pub mod late;
pub mod line;
pub mod network_rate;
pub mod options;
pub mod plans;
pub mod premium;
pub mod quote;
pub mod reimbursement;
pub mod settle;
pub mod simulation;
pub mod special;
pub mod subsidy;
pub mod subsidy_report;
pub mod supplies;
pub mod support;
pub mod trace;
pub mod transport;
pub mod visit_plan;
