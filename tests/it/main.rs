//! One test binary, linked once. Tests read fixtures, so the bans on file access do not hold here.
#![expect(clippy::disallowed_methods, reason = "tests read their own fixtures")]
#![allow(clippy::pedantic, reason = "tests are written for reading, and no one calls them")]

mod agent_files;
mod audit_answers;
mod audit_cases;
mod audit_clean;
mod audit_command;
mod audit_defects;
mod audit_fixtures;
mod audit_hostile;
mod audit_hostile_archives;
mod audit_hostile_corpus;
mod audit_pairs;
mod audit_peers;
mod audit_privacy;
mod audit_shapes;
mod audit_table;
mod bad_input;
mod batch;
mod batch_agrees;
mod batch_claim;
mod batch_many;
mod batch_survives;
mod card_borders;
mod cases;
mod claim_year;
mod claims;
mod conformance;
mod dropped;
mod errors_doc;
mod formats;
mod golden;
mod interview;
mod lists;
mod lists_random;
mod output_rules;
mod pages;
mod places;
mod program;
mod properties;
mod provisions;
mod readme;
mod rule_fields;
mod rulebook;
mod rulebook_errors;
mod simulate;
mod simulate_claims;
mod simulate_together;
mod subsidy;
mod support_days;
mod sweep;
#[path = "../support/claims/mod.rs"]
mod synthetic;
mod template;
mod tidy;
mod transfer;
