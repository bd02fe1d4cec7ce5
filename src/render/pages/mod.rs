//! Các trang: what each command says, block by block; how it looks is the business of `text`, `html`, `csv`, `xlsx`.

pub mod audit;
pub mod audit_details;
pub mod balance;
pub mod bill;
pub mod claim;
pub mod claim_file;
pub mod claim_year;
pub mod coverage;
pub mod coverage_cost;
pub mod explanation;
pub mod figures;
pub mod ledger;
pub mod places;
pub mod quote;
pub mod rules;
pub mod simulate;
mod simulate_data;
mod spread;
pub mod subsidy;
pub mod visit_code;
