//! Trình bày: outcomes as text, JSON, CSV, HTML and chat lines, in both languages.
//!
//! Everything printed comes from the same outcome structs, so no format can show another number.

pub mod audit_book;
pub mod audit_json;
pub mod audit_words;
pub mod batch_text;
pub mod catalogue;
pub mod chart;
pub mod check_catalogue;
pub mod claim_json;
pub mod coverage_json;
pub mod coverage_words;
pub mod csv;
pub mod diagnostics;
pub mod explain;
pub mod fact_words;
pub mod forms;
pub mod html;
pub mod json;
pub mod layout;
pub mod ledger_json;
pub mod ledger_words;
pub mod names;
pub mod page;
pub mod pages;
pub mod predicate_words;
pub mod questions;
pub mod quote_json;
pub mod report;
pub mod rule_words;
pub mod rules_json;
pub mod simulate_json;
pub mod simulate_words;
pub mod spelled;
pub mod subsidy_json;
pub mod subsidy_words;
pub mod text;
pub mod transfer;
pub mod visit_code;
pub mod wording;
pub mod xlsx;
