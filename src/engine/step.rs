//! Các bước tính: the closed list of what a trace may hold, and the rules each step rests on.

use std::fmt;

use crate::terms::listed::{Listed, listed};

listed! {
    /// Bước tính: what a step of a trace computes or reads.
    StepId {
        /// Lương cơ sở.
        BaseSalary = "base-salary",
        /// Tỷ lệ đóng.
        PremiumRate = "premium-rate",
        /// Căn cứ đóng.
        PremiumBasis = "premium-basis",
        /// Đối tượng được chọn.
        Category = "category",
        /// Hợp đồng được tính.
        Contract = "contract",
        /// Tháng đặc biệt.
        SpecialMonth = "special-month",
        /// Trần tiền lương đóng.
        SalaryCap = "salary-cap",
        /// Tỷ lệ theo thứ tự thành viên.
        HouseholdLadder = "household-ladder",
        /// Mức đóng.
        Premium = "premium",
        /// Phần đóng.
        Share = "share",
        /// Thẻ có giá trị từ.
        CardFrom = "card-from",
        /// Thẻ có giá trị đến.
        CardUntil = "card-until",
        /// Phần lẻ.
        Remainder = "remainder",
        /// Mức hưởng.
        BenefitLevel = "benefit-level",
        /// Tỷ lệ theo cơ sở và cách đến khám.
        NetworkRate = "network-rate",
        /// Mức chi phí một lần khám thấp.
        LowCostLimit = "low-cost-limit",
        /// Không áp dụng tỷ lệ danh mục.
        NoListRatios = "no-list-ratios",
        /// Trần vật tư y tế.
        SupplyCap = "supply-cap",
        /// Ngưỡng cùng chi trả trong năm.
        AnnualCeiling = "annual-ceiling",
        /// Còn phải cùng chi trả trước lượt này.
        AnnualCeilingLeft = "annual-ceiling-left",
        /// Trường hợp hưởng 100%.
        Relief = "relief",
        /// Chuyển tiếp.
        StayTransition = "stay-transition",
        /// Mức thanh toán trực tiếp tối đa.
        DirectPaymentLimit = "direct-payment-limit",
        /// Số ngày giường của đợt điều trị: what counted bed days come to.
        BedDays = "bed-days",
        /// Tỷ lệ dịch vụ: what ranked examinations and interventions come to.
        ServiceRatios = "service-ratios",
        /// Chi phí trong phạm vi.
        CoveredCost = "covered-cost",
        /// Quỹ thanh toán.
        FundPayment = "fund-payment",
        /// Cùng chi trả.
        Copayment = "copayment",
        /// Người bệnh tự trả.
        OwnPayment = "own-payment",
        /// Người sử dụng lao động hoàn trả.
        EmployerRefund = "employer-refund",
        /// Năm tính chi phí.
        BookingYear = "booking-year",
        /// Ngân sách nhà nước trả.
        StateBudget = "state-budget",
        /// Địa phương hỗ trợ.
        LocalSupport = "local-support",
        /// Quỹ của quân đội, công an, cơ yếu.
        ForcesFund = "forces-fund",
        /// Định mức nhiên liệu.
        FuelNorm = "fuel-norm",
        /// Chi phí vận chuyển.
        TransportPayment = "transport-payment",
        /// Dành cho khám bệnh, chữa bệnh.
        FundCare = "fund-care",
        /// Chi tổ chức và hoạt động.
        FundAdministration = "fund-administration",
        /// Quỹ dự phòng.
        FundReserve = "fund-reserve",
        /// Số tiền trích lại.
        Retention = "retention",
        /// Tạm ứng hằng quý.
        FundAdvance = "advance",
        /// Quỹ tại cơ sở.
        FacilityFund = "facility-fund",
        /// Tiền chậm đóng.
        LateCharge = "late-charge",
        /// Số tiền hoàn trả.
        Refund = "refund",
    }
}

impl StepId {
    /// Ids of the families of rules that the step rests on.
    pub const fn families(self) -> &'static [&'static str] {
        match self {
            StepId::BaseSalary => &["base-salary"],
            StepId::PremiumRate | StepId::Premium => &["premium-rates"],
            StepId::PremiumBasis | StepId::SalaryCap => &["salary-cap"],
            StepId::Category => &["category-priority"],
            StepId::Contract => &["concurrent-contracts"],
            StepId::SpecialMonth => &["special-months"],
            StepId::HouseholdLadder => &["household-ladder"],
            StepId::Share => &["enrollee-groups", "state-subsidy"],
            StepId::CardFrom | StepId::CardUntil => &["card-validity"],
            StepId::Remainder => &["premium-rounding"],
            StepId::BenefitLevel => &["benefit-levels"],
            StepId::NetworkRate | StepId::FundPayment => &["network-rates"],
            StepId::LowCostLimit => &["low-cost-visit"],
            StepId::NoListRatios => &["ratio-exemptions"],
            StepId::SupplyCap => &["supply-cap"],
            StepId::AnnualCeiling | StepId::AnnualCeilingLeft => &["annual-ceiling"],
            StepId::Relief => &["low-cost-visit", "initial-level", "annual-ceiling"],
            StepId::StayTransition => &["stay-transition"],
            StepId::DirectPaymentLimit => &["direct-payment"],
            StepId::CoveredCost | StepId::Copayment | StepId::OwnPayment => &["claim-rounding"],
            StepId::BedDays => &["bed-days"],
            StepId::ServiceRatios => &["service-ratios"],
            StepId::EmployerRefund => &["employer-arrears"],
            StepId::BookingYear => &["booking-year"],
            StepId::StateBudget => &["budget-extras"],
            // Packs of provinces have ids of their own.
            StepId::LocalSupport => &[],
            StepId::ForcesFund => &["forces-fund"],
            StepId::FuelNorm | StepId::TransportPayment => &["transport"],
            StepId::FundCare | StepId::FundAdministration | StepId::FundReserve => &["fund-allocation"],
            StepId::Retention => &["primary-care-retention"],
            StepId::FundAdvance => &["fund-advance"],
            StepId::FacilityFund => &["facility-funds"],
            StepId::LateCharge => &["late-payment"],
            StepId::Refund => &["refund-cases"],
        }
    }

    /// The step for one person, line, group or part.
    pub fn of(self, what: impl AsRef<str>) -> StepPath {
        StepPath { id: self, of: vec![what.as_ref().to_owned()] }
    }
}

/// Bước tính của ai, của dòng nào: a step with what it is for, printed as `premium.first-member`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepPath {
    /// The step.
    pub id: StepId,
    /// A person, a line, a group, a part.
    pub of: Vec<String>,
}

impl StepPath {
    /// The same with one more detail: the share of a member, by payer.
    #[must_use]
    pub fn of(mut self, what: impl AsRef<str>) -> StepPath {
        self.of.push(what.as_ref().to_owned());
        self
    }

    /// The step that a printed path begins with.
    pub fn head(path: &str) -> Option<StepId> {
        StepId::parse(path.split('.').next().unwrap_or_default())
    }
}

impl From<StepId> for StepPath {
    fn from(id: StepId) -> StepPath {
        StepPath { id, of: Vec::new() }
    }
}

impl fmt::Display for StepPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.id.key())?;
        self.of.iter().try_for_each(|part| write!(out, ".{part}"))
    }
}

/// A step is found by its printed path.
impl PartialEq<&str> for StepPath {
    fn eq(&self, path: &&str) -> bool {
        let mut parts = path.split('.');
        parts.next() == Some(self.id.key()) && parts.eq(&self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::fund::{FacilityCase, SchoolCase};
    use crate::case::quote::{Enrollee, QuoteCase};
    use crate::engine::allocation::{allocate, facility_fund, school_retention};
    use crate::engine::premium::late::{Lateness, late_charge};
    use crate::engine::premium::quote::quote;
    use crate::engine::trace::Step;
    use crate::rulebook::Rulebook;
    use crate::terms::number::Vnd;
    use crate::terms::period::parse_date;

    #[test]
    fn a_step_is_its_printed_path_whole() {
        let step = StepId::Premium.of("first-member").of("state");
        assert_eq!(step.to_string(), "premium.first-member.state");
        assert!(step == "premium.first-member.state");
        for other in [
            "premium",
            "premium.first-member",
            "premium.first-member.state.x",
            "share.first-member.state",
            "premium.state.first-member",
            "",
        ] {
            assert!(step != other, "{other}");
        }
        assert!(StepPath::from(StepId::Premium) == "premium");
        assert_eq!(
            [StepPath::head("premium.first-member"), StepPath::head("no-step.x")],
            [Some(StepId::Premium), None]
        );
    }

    #[test]
    fn every_step_but_local_support_names_recorded_families() {
        let rules = Rulebook::bundled();
        let entries = rules.entries();
        for step in StepId::ALL {
            assert_eq!(step.families().is_empty(), *step == StepId::LocalSupport, "{}", step.key());
            for family in step.families() {
                assert!(
                    entries.iter().any(|entry| entry.header.id == *family),
                    "{}: there is no family {family}",
                    step.key()
                );
            }
        }
    }

    /// `explain STEP` shows the rules that the trace of a computation names at this step.
    #[test]
    fn steps_rest_on_the_families_that_explain_names() {
        let rules = Rulebook::bundled();
        let day = |text: &str| parse_date(text).expect("a day");
        let (in_2017, in_2026) = (day("2017-03-15"), day("2026-09-15"));
        let mut steps: Vec<Step> = Vec::new();
        let employee = Enrollee { salary: Some(Vnd::whole(99_000_000)), ..Enrollee::of_group("worker") };
        for person in [Enrollee::of_group("household"), Enrollee::of_group("near-poor"), employee] {
            steps.extend(quote(&rules, &QuoteCase::of(in_2026, 12, vec![person])).expect("a premium").trace);
        }
        let month = Lateness::Month { month: day("2026-03-01"), paid_on: in_2026 };
        steps.extend(late_charge(&rules, Vnd::whole(1_000_000), month, &[]).expect("a charge").trace);
        steps.extend(allocate(&rules, Vnd::whole(1_000_000), in_2026).expect("parts").trace);
        let school = SchoolCase {
            pupils: 100,
            under_six: 10,
            months: 12,
            staff_contributions: Some(Vnd::whole(1_000_000)),
            date: in_2026,
        };
        steps.extend(school_retention(&rules, &school).expect("a retention").trace);
        let facility = FacilityCase {
            district_fund: Vnd::whole(1_000_000),
            primary_care: Vnd::ZERO,
            cards_total: 10,
            cards_registered: 1,
            outpatient_only: false,
            date: in_2017,
        };
        steps.extend(facility_fund(&rules, &facility).expect("a fund").trace);
        assert!(steps.len() > 15, "{}", steps.len());
        // Which basis counts is said by the group, which has a page of its own; explained is what bounds it.
        for step in steps.iter().filter(|step| step.id.id != StepId::PremiumBasis) {
            let family = step.rule.rule.split('/').next().unwrap_or_default();
            assert!(step.id.id.families().contains(&family), "{} rests on {family}", step.id);
        }
    }
}
