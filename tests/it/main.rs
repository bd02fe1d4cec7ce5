//! One test binary, linked once.

mod audit_clean;
mod audit_defects;
mod cases;
mod program;
mod rulebook;
