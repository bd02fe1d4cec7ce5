//! Hồ sơ: what happened, as validated and typed input; no rule is applied here yet.

pub mod quote;
