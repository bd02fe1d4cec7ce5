//! One test binary, linked once.

mod cases;
mod program;
mod rulebook;
