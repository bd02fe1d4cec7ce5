//! Các ngày của một tháng đóng.

use chrono::NaiveDate;

use crate::terms::group::BaseDate;

/// Các ngày của một tháng đóng: which day picks the versions, and where windows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// The day that picks versions and ages: that of payment, or of the month for groups paid for month by month.
    pub day: NaiveDate,
    /// First day of the month of cover.
    pub month: NaiveDate,
    /// Which month of the payment it is, from 0.
    pub number: u32,
}

impl Dates {
    /// A month that begins on the day of payment.
    pub const fn on(day: NaiveDate) -> Dates {
        Dates { day, month: day, number: 0 }
    }

    /// The days of a month of a group dated this way.
    pub const fn of(base_date: BaseDate, paid_on: NaiveDate, month: NaiveDate, number: u32) -> Dates {
        match base_date {
            BaseDate::Payment => Dates { day: paid_on, month, number },
            BaseDate::EachMonth => Dates { day: month, month, number },
        }
    }
}
