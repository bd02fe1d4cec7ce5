//! Ngày giường: how the days of a stay are counted for its bed, and at which part of the price.

use serde::{Deserialize, Serialize};

use crate::terms::care::StayOutcome;
use crate::terms::number::Share;

/// Cách tính ngày giường.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BedDays {
    /// A stay of at most so many hours has no bed day.
    pub none_up_to_hours: u32,
    /// A longer one on one day, or over one night, of less than so many hours has one.
    pub one_below_hours: u32,
    /// Outcomes after which the day of discharge counts too.
    pub one_more_after: Vec<StayOutcome>,
    /// Part of the price when two, and when three or more, lie in one bed.
    pub shared: [Share; 2],
    /// Part of the price of a stretcher or folding bed.
    pub stretcher: Share,
    /// A ward counts among three or more of a day after more than so many hours.
    pub ward_above_hours: u32,
    /// Days after an operation at the price of a surgical bed.
    pub surgical_days: u32,
    /// Giường lưu tại trạm y tế xã, phòng khám đa khoa khu vực.
    pub lodging: Lodging,
}

/// Giường lưu.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Lodging {
    /// Part of the price.
    pub share: Share,
    /// Days of one course, at most.
    pub at_most_days: u32,
}
