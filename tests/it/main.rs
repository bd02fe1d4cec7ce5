//! One test binary, linked once.

mod audit_clean;
mod cases;
mod program;
mod rulebook;
