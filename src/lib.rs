//! bhyt: premiums, subsidy splits and reimbursements of Vietnamese social health insurance (bảo hiểm y tế),
//! each figure with the article of law it rests on.
//!
//! ```text
//! rules/*.toml ─▶ rulebook (read, checked, dated) ─┐
//! flags │ TOML │ table rows ─▶ case ───────────────┴▶ engine (pure) ─▶ outcome ─▶ render ─▶ text│json│csv│html
//! ```
//!
//! Layers, left to right; a module uses only what stands to its left:
//! [`terms`] · [`rulebook`], [`case`] · [`engine`] · [`audit`] · [`table`], [`render`] · [`cli`].

pub mod terms;

pub mod case;
pub mod rulebook;

pub mod engine;

pub mod audit;

pub mod table;

pub mod render;

pub mod cli;
