//! Các họ quy định phía hưởng: what each rule file of the benefit side holds, as types.

pub mod access;
pub mod bed_days;
pub mod caps;
pub mod checks;
pub mod fund;
pub mod level;
pub mod special_prices;
pub mod transport;

use self::access::{NetworkRates, ReadingNote, VisitCodes};
use self::bed_days::BedDays;
use self::caps::{
    CardExpiry, ClaimRounding, DirectPayment, PrivatePriceCaps, SelfBought, ServiceRatios, StayTransition,
    SupplyCap,
};
use self::fund::{
    BookingYear, BudgetExtras, FacilityFunds, ForcesFund, FundAdvance, FundAllocation, LegalCliffs,
    PatientSupport, PrimaryCareRetention,
};
use self::level::{
    AnnualCeiling, BenefitLevels, CardDigits, InitialLevel, LowCostVisit, OutOfScopePayment, RatioExemptions,
};
use self::special_prices::{EmployerArrears, SpecialPrices};
use self::transport::TransportRules;
use super::families::families;
use super::family::Family;
use super::load::Loader;
use super::loading::Loading;

families! {
    /// Quy định phía hưởng: one typed field per rule family.
    pub struct BenefitRules {
        beside {}
        /// Mức hưởng theo đối tượng.
        levels: Family<BenefitLevels> = "benefit-levels",
        /// Ký tự mức hưởng trên thẻ.
        card_digits: Family<CardDigits> = "card-digits",
        /// Đối tượng không áp dụng tỷ lệ thanh toán.
        ratio_exemptions: Family<RatioExemptions> = "ratio-exemptions",
        /// Chi trả ngoài phạm vi.
        out_of_scope: Family<OutOfScopePayment> = "out-of-scope-payment",
        /// Chi phí một lần khám thấp.
        low_cost_visit: Family<LowCostVisit> = "low-cost-visit",
        /// Tuyến xã, cấp ban đầu.
        initial_level: Family<InitialLevel> = "initial-level",
        /// Ngưỡng cùng chi trả trong năm.
        annual_ceiling: Family<AnnualCeiling> = "annual-ceiling",
        /// Tỷ lệ theo cơ sở và cách đến khám.
        network_rates: Family<NetworkRates> = "network-rates",
        /// Mã đối tượng đến khám.
        visit_codes: Family<VisitCodes> = "visit-codes",
        /// Trần thiết bị y tế, vật tư y tế.
        supply_cap: Family<SupplyCap> = "supply-cap",
        /// Tỷ lệ thanh toán dịch vụ.
        service_ratios: Family<ServiceRatios> = "service-ratios",
        /// Ngày giường điều trị.
        bed_days: Family<BedDays> = "bed-days",
        /// Giá trong trường hợp riêng.
        special_prices: Family<SpecialPrices> = "special-prices",
        /// Người sử dụng lao động chậm đóng.
        employer_arrears: Family<EmployerArrears> = "employer-arrears",
        /// Trần giá cơ sở tư nhân.
        private_prices: Family<PrivatePriceCaps> = "private-price-caps",
        /// Thanh toán trực tiếp.
        direct_payment: Family<DirectPayment> = "direct-payment",
        /// Tự mua thuốc, thiết bị y tế.
        self_bought: Family<SelfBought> = "self-bought",
        /// Thẻ hết hạn khi đang điều trị.
        card_expiry: Family<CardExpiry> = "card-expiry",
        /// Chuyển tiếp cho lượt điều trị qua ngày đổi luật.
        stay_transition: Family<StayTransition> = "stay-transition",
        /// Làm tròn chi phí.
        claim_rounding: Family<ClaimRounding> = "claim-rounding",
        /// Vận chuyển người bệnh.
        transport: Family<TransportRules> = "transport",
        /// Phân bổ quỹ.
        fund_allocation: Family<FundAllocation> = "fund-allocation",
        /// Tạm ứng hằng quý.
        fund_advance: Family<FundAdvance> = "fund-advance",
        /// Chăm sóc sức khỏe ban đầu.
        primary_care: Family<PrimaryCareRetention> = "primary-care-retention",
        /// Quỹ khám bệnh, chữa bệnh của quân đội, công an, cơ yếu.
        forces_fund: Family<ForcesFund> = "forces-fund",
        /// Khoản ngân sách nhà nước trả cho quân đội, công an, cơ yếu.
        budget_extras: Family<BudgetExtras> = "budget-extras",
        /// Năm tính chi phí của lượt khám qua năm mới.
        booking_year: Family<BookingYear> = "booking-year",
        /// Quỹ định suất tại cơ sở, 2015–2018.
        facility_funds: Family<FacilityFunds> = "facility-funds",
        /// Chỗ mức chi trả tụt theo luật.
        legal_cliffs: Family<LegalCliffs> = "legal-cliffs",
        /// Chỗ luật chưa rõ và cách hiểu khác.
        readings: Family<Vec<ReadingNote>> = "readings",
        /// Quỹ hỗ trợ người bệnh của địa phương.
        patient_support: Vec<PatientSupport> = "local/patient-support",
    }
}

impl Loading for BenefitRules {
    fn load(loader: &mut Loader<'_>, _: &str) -> Option<BenefitRules> {
        BenefitRules::read(loader)
    }
}
