//! Đối tượng tham gia và nguồn đóng: what premium formulas branch on.

use super::listed::listed;
use serde::{Deserialize, Serialize};

listed! {
    /// Nguồn đóng: who bears a part of the premium.
    Payer {
        /// Người tham gia.
        Person = "person",
        /// Người sử dụng lao động.
        Employer = "employer",
        /// Quỹ bảo hiểm xã hội.
        SocialInsuranceFund = "social-insurance-fund",
        /// Quỹ bảo hiểm thất nghiệp.
        UnemploymentFund = "unemployment-fund",
        /// Ngân sách nhà nước theo mức chung cả nước.
        State = "state",
        /// Ngân sách địa phương hỗ trợ thêm.
        Local = "local",
        /// Nguồn hợp pháp khác.
        Other = "other",
    }
}

listed! {
    /// Căn cứ đóng: the amount a premium is a share of.
    PremiumBasis {
        /// Lương cơ sở.
        BaseSalary = "base-salary",
        /// Lương cơ sở nhân tỷ lệ theo thứ tự thành viên hộ gia đình.
        HouseholdLadder = "household-ladder",
        /// Tiền lương tháng đóng bảo hiểm xã hội, có trần.
        Salary = "salary",
        /// Tiền lương tháng trước khi nghỉ (thai sản đến 30/6/2025).
        SalaryBeforeLeave = "salary-before-leave",
        /// Lương hưu, trợ cấp mất sức lao động.
        Pension = "pension",
        /// Trợ cấp thất nghiệp.
        UnemploymentBenefit = "unemployment-benefit",
    }
}

impl PremiumBasis {
    /// True when the user must give an amount (salary, pension, benefit).
    pub const fn needs_amount(self) -> bool {
        match self {
            PremiumBasis::BaseSalary | PremiumBasis::HouseholdLadder => false,
            PremiumBasis::Salary
            | PremiumBasis::SalaryBeforeLeave
            | PremiumBasis::Pension
            | PremiumBasis::UnemploymentBenefit => true,
        }
    }
}

/// Thời điểm chốt căn cứ: which date picks base salary and rate for a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BaseDate {
    /// The day of payment; frozen for the whole prepaid period.
    Payment,
    /// The first day of each month of cover.
    EachMonth,
}
