//! Số liệu quỹ: what divisions and retentions of the fund are counted from.

use chrono::NaiveDate;

use crate::terms::number::Vnd;

/// Trường học xin trích lại.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchoolCase {
    /// Học sinh, sinh viên có thẻ.
    pub pupils: u32,
    /// Trẻ em dưới 6 tuổi có thẻ.
    pub under_six: u32,
    /// Số tháng đóng.
    pub months: u32,
    /// Tiền đóng hằng tháng của người lao động trong trường.
    pub staff_contributions: Option<Vnd>,
    /// Ngày đóng.
    pub date: NaiveDate,
}

/// Cơ sở đăng ký ban đầu (2015–2018).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FacilityCase {
    /// Quỹ khám bệnh, chữa bệnh của huyện hoặc tỉnh.
    pub district_fund: Vnd,
    /// Phần chăm sóc sức khỏe ban đầu.
    pub primary_care: Vnd,
    /// Tổng số thẻ.
    pub cards_total: u32,
    /// Số thẻ đăng ký tại cơ sở.
    pub cards_registered: u32,
    /// Chỉ khám ngoại trú.
    pub outpatient_only: bool,
    /// Kỳ quyết toán.
    pub date: NaiveDate,
}
