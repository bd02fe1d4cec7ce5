//! One test binary, linked once. Tests read fixtures, so the bans on file access do not hold here.
#![expect(clippy::disallowed_methods, reason = "tests read their own fixtures")]

mod audit_clean;
mod audit_defects;
mod bad_input;
mod cases;
mod errors_doc;
mod formats;
mod golden;
mod program;
mod properties;
mod readme;
mod rulebook;
mod rulebook_errors;
mod simulate;
mod subsidy;
mod sweep;
mod tidy;
