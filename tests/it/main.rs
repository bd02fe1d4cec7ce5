//! Integration tests.

mod rulebook;
