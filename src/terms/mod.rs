//! Từ vựng: the nouns of the statute. No input or output, no file formats, no rules.

pub mod care;
pub mod citation;
pub mod column;
pub mod fold;
pub mod group;
pub mod insurance_fund;
pub mod listed;
pub mod moment;
pub mod number;
pub mod ordered;
pub mod percent;
pub mod period;
pub mod problem;
pub mod quick_hash;
pub mod settlement_period;
