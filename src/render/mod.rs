//! Trình bày: outcomes as text, JSON, CSV, HTML and chat lines, in both languages.
//!
//! Everything printed comes from the same outcome structs, so no format can show another number.

pub(crate) mod audit_book;
pub(crate) mod audit_json;
pub mod audit_words;
pub(crate) mod batch_text;
pub mod catalogue;
pub(crate) mod chart;
pub mod check_catalogue;
pub(crate) mod claim_json;
pub(crate) mod coverage_json;
pub(crate) mod coverage_words;
pub(crate) mod csv;
pub(crate) mod diagnostics;
pub(crate) mod explain;
pub mod fact_words;
pub(crate) mod forms;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod lang;
pub(crate) mod layout;
pub(crate) mod ledger_json;
pub(crate) mod ledger_words;
pub mod names;
pub(crate) mod page;
pub(crate) mod pages;
pub(crate) mod predicate_words;
pub(crate) mod provision;
pub mod questions;
pub(crate) mod quote_json;
pub(crate) mod reader_words;
pub(crate) mod report;
pub mod rule_words;
pub(crate) mod rules_json;
pub(crate) mod simulate_json;
pub(crate) mod simulate_words;
pub(crate) mod spelled;
pub(crate) mod subsidy_json;
pub(crate) mod subsidy_words;
pub(crate) mod text;
pub(crate) mod transfer;
pub mod wording;
pub(crate) mod xlsx;
