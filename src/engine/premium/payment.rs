//! Kỳ đóng.

use chrono::NaiveDate;

/// Kỳ đóng: what a payment covers, the same for all members of a quote.
#[derive(Debug, Clone, Copy)]
pub struct Payment<'c> {
    /// Day of payment.
    pub paid_on: NaiveDate,
    /// First day of cover, when the user names it.
    pub from: Option<NaiveDate>,
    /// Months of cover.
    pub months: u32,
    /// Province whose local policies count.
    pub province: Option<&'c str>,
}
