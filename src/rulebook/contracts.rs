//! Nhiều hợp đồng lao động cùng lúc: which contract a worker's premium rests on.

use serde::{Deserialize, Serialize};

/// Quy định về nhiều hợp đồng lao động.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ConcurrentContracts {
    /// How the contract is picked.
    pub choice: ContractChoice,
    /// Groups whose premium rests on a contract.
    pub groups: Vec<String>,
    /// Shortest term of a contract that counts, in months.
    pub shortest_months: u32,
}

/// Cách chọn hợp đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContractChoice {
    /// Hợp đồng có mức tiền lương cao nhất (Luật 46/2014, Nghị định 146/2018).
    HighestSalary,
    /// Hợp đồng làm căn cứ tham gia bảo hiểm xã hội bắt buộc (Luật 51/2024).
    CompulsoryInsurance,
}
