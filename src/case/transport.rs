//! Chuyến vận chuyển người bệnh.

use chrono::NaiveDate;

use crate::terms::care::{FacilityRank, Vehicle};
use crate::terms::number::{Measure, Vnd};

/// Chuyến vận chuyển người bệnh between two facilities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransportCase {
    /// Id of the group.
    pub group: String,
    /// Ngày chuyển.
    pub date: NaiveDate,
    /// Khoảng cách thực tế giữa hai cơ sở, one way.
    pub distance_km: Measure,
    /// Giá xăng phổ biến tại nơi chuyển đi, a litre.
    pub fuel_price: Vnd,
    /// Giá trên hóa đơn nhiên liệu của cơ sở, a litre.
    pub fuel_invoice: Option<Vnd>,
    /// Phương tiện.
    pub vehicle: Vehicle,
    /// Hóa đơn vận chuyển của người bệnh.
    pub invoice: Option<Vnd>,
    /// Giá dịch vụ vận chuyển được phê duyệt.
    pub approved_price: Option<Vnd>,
    /// Nơi chuyển đi.
    pub from: Option<FacilityRank>,
    /// Nơi chuyển đến.
    pub to: Option<FacilityRank>,
    /// Số người bệnh trên xe.
    pub patients: u32,
    /// Chi phí ngoài mức của quỹ, for the forces.
    pub beyond: TransportBeyond,
}

/// Chi phí vận chuyển ngoài mức của quỹ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TransportBeyond {
    /// Chi phí thực tế giữa hai cơ sở.
    pub actual: Option<Vnd>,
    /// Đến nơi đăng ký khám bệnh, chữa bệnh ban đầu.
    pub to_first: Option<Vnd>,
    /// Về nơi công tác, học tập, cư trú.
    pub way_back: Option<Vnd>,
    /// Người hộ tống.
    pub escort: Option<Vnd>,
}
