//! Các họ quy định phía hưởng: what each rule file of the benefit side holds, as types.

pub mod access;
pub mod caps;
pub mod checks;
pub mod entries;
pub mod fund;
pub mod level;
mod load;
pub mod transport;

use self::access::{NetworkRates, ReadingNote, VisitCodes};
use self::caps::{
    CardExpiry, ClaimRounding, DirectPayment, PrivatePriceCaps, SelfBought, ServiceRatios, StayTransition,
    SupplyCap,
};
use self::fund::{FacilityFunds, FundAllocation, LegalCliffs, PatientSupport, PrimaryCareRetention};
use self::level::{
    AnnualCeiling, BenefitLevels, CardDigits, InitialLevel, LowCostVisit, OutOfScopePayment, RatioExemptions,
};
use self::transport::TransportRules;
use super::family::Family;

/// Quy định phía hưởng: one typed field per rule family.
#[derive(Debug, Clone)]
pub struct BenefitRules {
    /// Mức hưởng theo đối tượng.
    pub levels: Family<BenefitLevels>,
    /// Ký tự mức hưởng trên thẻ.
    pub card_digits: Family<CardDigits>,
    /// Đối tượng không áp dụng tỷ lệ thanh toán.
    pub ratio_exemptions: Family<RatioExemptions>,
    /// Chi trả ngoài phạm vi.
    pub out_of_scope: Family<OutOfScopePayment>,
    /// Chi phí một lần khám thấp.
    pub low_cost_visit: Family<LowCostVisit>,
    /// Tuyến xã, cấp ban đầu.
    pub initial_level: Family<InitialLevel>,
    /// Ngưỡng cùng chi trả trong năm.
    pub annual_ceiling: Family<AnnualCeiling>,
    /// Tỷ lệ theo cơ sở và cách đến khám.
    pub network_rates: Family<NetworkRates>,
    /// Mã đối tượng đến khám.
    pub visit_codes: Family<VisitCodes>,
    /// Trần thiết bị y tế, vật tư y tế.
    pub supply_cap: Family<SupplyCap>,
    /// Tỷ lệ thanh toán dịch vụ.
    pub service_ratios: Family<ServiceRatios>,
    /// Trần giá cơ sở tư nhân.
    pub private_prices: Family<PrivatePriceCaps>,
    /// Thanh toán trực tiếp.
    pub direct_payment: Family<DirectPayment>,
    /// Tự mua thuốc, thiết bị y tế.
    pub self_bought: Family<SelfBought>,
    /// Thẻ hết hạn khi đang điều trị.
    pub card_expiry: Family<CardExpiry>,
    /// Chuyển tiếp cho lượt điều trị qua ngày đổi luật.
    pub stay_transition: Family<StayTransition>,
    /// Làm tròn chi phí.
    pub claim_rounding: Family<ClaimRounding>,
    /// Vận chuyển người bệnh.
    pub transport: Family<TransportRules>,
    /// Phân bổ quỹ.
    pub fund_allocation: Family<FundAllocation>,
    /// Chăm sóc sức khỏe ban đầu.
    pub primary_care: Family<PrimaryCareRetention>,
    /// Quỹ định suất tại cơ sở, 2015–2018.
    pub facility_funds: Family<FacilityFunds>,
    /// Chỗ mức chi trả tụt theo luật.
    pub legal_cliffs: Family<LegalCliffs>,
    /// Chỗ luật chưa rõ và cách hiểu khác.
    pub readings: Family<Vec<ReadingNote>>,
    /// Quỹ hỗ trợ người bệnh của địa phương.
    pub patient_support: Vec<PatientSupport>,
}
