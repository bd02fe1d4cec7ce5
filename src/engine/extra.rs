//! Khoản ngoài phần của quỹ: what the state budget or a province pays beside the health insurance fund.

use crate::terms::listed::listed;
use crate::terms::number::Vnd;

listed! {
    /// Khoản ngoài phần của quỹ.
    ExtraPart {
        /// Chênh lệch khi cấp cứu thanh toán trực tiếp.
        Emergency = "emergency",
        /// Tiền ăn.
        Meals = "meals",
        /// Chi phí điều trị.
        Treatment = "treatment",
        /// Đến nơi đăng ký khám bệnh, chữa bệnh ban đầu.
        ToFirstFacility = "to-first-facility",
        /// Về nơi công tác, cư trú.
        WayBack = "way-back",
        /// Người hộ tống.
        Escort = "escort",
        /// Vượt mức thanh toán của quỹ.
        BeyondNorm = "beyond-norm",
    }
}

/// Một khoản ngoài phần của quỹ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extra {
    /// What for.
    pub part: ExtraPart,
    /// How much.
    pub amount: Vnd,
}

/// Ngoài phần của quỹ: nothing here changes what fund and patient pay.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Năm tính chi phí.
    pub booking_year: Option<i32>,
    /// Ngân sách nhà nước trả.
    pub state_budget: Vec<Extra>,
    /// Địa phương hỗ trợ.
    pub local_support: Vec<Extra>,
}
