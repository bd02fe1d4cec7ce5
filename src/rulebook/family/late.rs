//! Chậm đóng, hoàn trả: charges for late payment and the cases of refunds.

use serde::{Deserialize, Serialize};

use crate::terms::number::Share;

/// Tiền chậm đóng: the method of its time.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LatePayment {
    /// A share of the debt for every day late.
    Daily(DailyCharge),
    /// Interest on the first day of every month.
    Monthly(MonthlyInterest),
}

/// Số tiền theo ngày chậm đóng.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DailyCharge {
    /// Share of the debt a day.
    pub rate: Share,
}

/// Lãi chậm đóng theo tháng.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MonthlyInterest {
    /// The published rate.
    pub of: PublishedRate,
    /// How many times that rate.
    pub times: u32,
    /// The rate a year, where it is known.
    #[serde(default)]
    pub yearly_rate: Option<Share>,
    /// Unpaid interest bears interest too.
    #[serde(default)]
    pub on_unpaid_interest: bool,
    /// The monthly rate is cut after this many decimals of a percent.
    #[serde(default)]
    pub percent_decimals: Option<u32>,
    /// Days late that count as a month.
    pub days_of_month: u32,
    /// How months are counted stands in no text.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_convention: bool,
}

/// Lãi suất được công bố.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublishedRate {
    /// Lãi suất cơ bản do Ngân hàng Nhà nước công bố.
    StateBankBasicRate,
    /// Lãi suất liên ngân hàng tại thời điểm tính.
    Interbank,
    /// Lãi suất liên ngân hàng kỳ hạn 9 tháng của năm trước.
    InterbankNineMonths,
}

/// Trường hợp hoàn trả.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RefundCases {
    /// Cases in which the premium of unused months is returned.
    pub cases: Vec<RefundGround>,
}

/// Một trường hợp hoàn trả.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RefundGround {
    /// Id of the case.
    pub id: String,
    /// Vietnamese wording.
    pub name_vi: String,
    /// English wording.
    pub name_en: String,
    /// From when months count as unused.
    pub counted_from: RefundFrom,
    /// No text in force names the case; it is carried on from the one before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub carried_on: bool,
}

/// Hoàn trả tính từ khi nào.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefundFrom {
    /// Start of the card under the other category.
    NewCardStart,
    /// Effective date of the decision.
    DecisionDate,
    /// The whole amount: the card never started.
    Beginning,
}
