//! Quỹ thành phần: the funds that one payment of a unit is divided among.

use serde::{Deserialize, Serialize};

/// Quỹ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InsuranceFund {
    /// Bảo hiểm xã hội, where a form does not divide it.
    SocialInsurance,
    /// Ốm đau, thai sản.
    SicknessMaternity,
    /// Hưu trí, tử tuất.
    Pension,
    /// Bảo hiểm y tế.
    Health,
    /// Bảo hiểm thất nghiệp.
    Unemployment,
    /// Tai nạn lao động, bệnh nghề nghiệp.
    Accident,
}

impl InsuranceFund {
    /// Its name in rule files and results.
    pub const fn key(self) -> &'static str {
        match self {
            InsuranceFund::SocialInsurance => "social-insurance",
            InsuranceFund::SicknessMaternity => "sickness-maternity",
            InsuranceFund::Pension => "pension",
            InsuranceFund::Health => "health",
            InsuranceFund::Unemployment => "unemployment",
            InsuranceFund::Accident => "accident",
        }
    }
}
