//! Tháng đặc biệt của người lao động: suspension, maternity, sickness, unpaid leave.

use serde::{Deserialize, Serialize};

use super::named::{NamedFamily, NamedRule};
use crate::terms::group::Payer;
use crate::terms::number::Share;

/// Quy định của một loại tháng trong một thời kỳ.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SpecialMonth {
    /// What becomes of the month.
    pub effect: SpecialEffect,
    /// Groups of workers the text speaks of.
    pub groups: Vec<String>,
}

impl NamedRule for SpecialMonth {
    const KEY: &'static str = "kind";
}

/// Tháng đó đóng thế nào.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpecialEffect {
    /// The same payers, on this share of the salary.
    ShareOfSalary(Share),
    /// The month is paid for as that of another group.
    Joins(String),
    /// Nothing is due and cover goes on.
    NothingDue,
    /// Nothing is due and there is no cover.
    NoCover,
    /// One payer bears it all, on a share of the salary.
    PaidBy(PaidBy),
}

/// Một nguồn đóng toàn bộ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PaidBy {
    /// Who pays.
    pub payer: Payer,
    /// Share of the salary that counts.
    pub share_of_salary: Share,
}

/// Tháng đặc biệt: kinds of months by id (`suspended`).
pub type SpecialMonths = NamedFamily<SpecialMonth>;
