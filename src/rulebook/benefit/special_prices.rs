//! Giá thanh toán trong trường hợp riêng: services and goods whose price is not simply the facility's own.

use serde::{Deserialize, Serialize};

use crate::terms::number::Share;

/// Giá thanh toán trong trường hợp riêng; what a version leaves out has no rule yet.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(clippy::struct_excessive_bools, reason = "each is a provision of its own")]
pub struct SpecialPrices {
    /// Vật tư y tế sử dụng lại: the part of last year's uses that the norm of uses is.
    pub reuse_norm: Option<Share>,
    /// Thuốc, thiết bị điều chuyển: paid at the price of the lender.
    #[serde(default)]
    pub lent_at_lender: bool,
    /// Dịch vụ theo chuyển giao kỹ thuật: whose price counts.
    pub transfer: Option<TransferPrice>,
    /// Dịch vụ cận lâm sàng chuyển nơi khác thực hiện: by the prices of sender and performer.
    #[serde(default)]
    pub sent_elsewhere: bool,
    /// Dịch vụ không thể tiếp tục: what of it is paid.
    pub aborted: Option<AbortedService>,
    /// Mua ngoài Luật Đấu thầu: at most the first tender of the ladder.
    #[serde(default)]
    pub own_purchase: bool,
    /// Giá của tỉnh giáp ranh, rồi tỉnh khác, for private facilities without a public price in the province.
    #[serde(default)]
    pub wider_search: bool,
    /// Tự mua thuốc: an item inside the price of a service is taken from the facility.
    #[serde(default)]
    pub deducts_from_facility: bool,
}

/// Giá của bên nào trong chuyển giao kỹ thuật.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TransferPrice {
    /// Of the facility that receives the technology.
    Receiving,
    /// Of the facility that transfers it.
    Transferring,
}

/// Phần được trả của dịch vụ không thể tiếp tục.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AbortedService {
    /// Drugs and supplies that were used.
    Used,
    /// Wages and allowances too.
    UsedAndWages,
}

/// Người sử dụng lao động chậm đóng hoàn trả chi phí khám bệnh, chữa bệnh.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EmployerArrears {
    /// Share of what the fund would have paid, in scope and at the level, that the employer pays back.
    pub refunds: Share,
}
