//! Đối tượng tham gia và nguồn đóng: what premium formulas branch on.

use serde::{Deserialize, Serialize};

/// Nguồn đóng: who bears a part of the premium.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Payer {
    /// Người tham gia.
    Person,
    /// Người sử dụng lao động.
    Employer,
    /// Quỹ bảo hiểm xã hội.
    SocialInsuranceFund,
    /// Quỹ bảo hiểm thất nghiệp.
    UnemploymentFund,
    /// Ngân sách nhà nước theo mức chung cả nước.
    State,
    /// Ngân sách địa phương hỗ trợ thêm.
    Local,
    /// Nguồn hợp pháp khác.
    Other,
}

impl Payer {
    /// All payers, in the order in which results list them.
    pub const ALL: [Payer; 7] = [
        Payer::Person,
        Payer::Employer,
        Payer::SocialInsuranceFund,
        Payer::UnemploymentFund,
        Payer::State,
        Payer::Local,
        Payer::Other,
    ];

    /// The stable key used in JSON and on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Payer::Person => "person",
            Payer::Employer => "employer",
            Payer::SocialInsuranceFund => "social-insurance-fund",
            Payer::UnemploymentFund => "unemployment-fund",
            Payer::State => "state",
            Payer::Local => "local",
            Payer::Other => "other",
        }
    }
}

/// Căn cứ đóng: the amount a premium is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PremiumBasis {
    /// Lương cơ sở.
    BaseSalary,
    /// Lương cơ sở nhân tỷ lệ theo thứ tự thành viên hộ gia đình.
    HouseholdLadder,
    /// Tiền lương tháng đóng bảo hiểm xã hội, có trần.
    Salary,
    /// Tiền lương tháng trước khi nghỉ (thai sản đến 30/6/2025).
    SalaryBeforeLeave,
    /// Lương hưu, trợ cấp mất sức lao động.
    Pension,
    /// Trợ cấp thất nghiệp.
    UnemploymentBenefit,
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
