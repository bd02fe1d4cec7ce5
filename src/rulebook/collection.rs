//! Thu tiền đóng: until when a unit pays, and what a payment is taken for first.

use serde::{Deserialize, Serialize};

use crate::terms::insurance_fund::InsuranceFund;

/// Hạn đóng.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PaymentDeadline {
    /// Pay by the last day of the n-th month after the month or cycle that is due.
    pub months_after: u32,
    /// Days after the deadline from which what was reminded of counts as evasion (trốn đóng).
    pub evasion_after_days: Option<u32>,
}

/// Thứ tự hạch toán tiền đóng.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PaymentAllocation {
    /// Which fund is filled first; the text does not order funds that stand together.
    pub funds: Vec<Vec<InsuranceFund>>,
    /// Which month's debt is paid first.
    pub months: MonthOrder,
}

/// Giữa các tháng.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MonthOrder {
    /// The oldest debt first.
    OldestFirst,
    /// The newest debt first.
    NewestFirst,
}
