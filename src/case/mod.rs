//! Hồ sơ: what happened, as validated and typed input; no rule is applied here yet.

pub mod claim;
pub mod fund;
pub mod quote;
pub mod transport;
