//! bhyt: premiums, subsidy splits and reimbursements of Vietnamese social health insurance, with the article behind every figure.
pub mod terms;
pub mod rulebook;
