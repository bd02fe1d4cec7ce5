//! Chuẩn dữ liệu đầu ra: what each edition of the claim-file standard asks of amounts, dated like any other rule.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Chuẩn dữ liệu của một thời kỳ.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClaimFileStandard {
    /// Which edition.
    pub standard: Standard,
    /// How the hospital's amount of a service line may be formed; the first is the form of the edition itself.
    pub hospital_amount: Vec<HospitalAmount>,
    /// Item groups (MA_NHOM) whose single amount already carries the ratio (QĐ 4210 only).
    #[serde(default)]
    pub ratio_in_amount: Vec<u32>,
    /// Item groups of the table of drugs.
    pub drug_groups: Vec<u32>,
    /// Item groups of the table of services and supplies.
    pub service_groups: Vec<u32>,
    /// KET_QUA_DTRI of severe patients who die or are taken home: their last day counts as a bed day.
    #[serde(default)]
    pub severe_results: Vec<u32>,
    /// MA_LOAI_RV of patients who are transferred for clinical reasons: so does theirs.
    #[serde(default)]
    pub transfer_endings: Vec<u32>,
    /// What each item group stands for.
    pub kinds: BTreeMap<ItemKind, Vec<u32>>,
}

impl ClaimFileStandard {
    /// What an item group stands for.
    pub fn kind_of(&self, group: u32) -> Option<ItemKind> {
        self.kinds.iter().find(|(_, groups)| groups.contains(&group)).map(|(kind, _)| *kind)
    }
}

/// Loại chi phí của một nhóm (MA_NHOM).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// Xét nghiệm.
    Laboratory,
    /// Chẩn đoán hình ảnh.
    Imaging,
    /// Thăm dò chức năng.
    FunctionTest,
    /// Thuốc.
    Drug,
    /// Máu và chế phẩm máu.
    Blood,
    /// Phẫu thuật.
    Surgery,
    /// Thủ thuật.
    Procedure,
    /// Dịch vụ thanh toán theo tỷ lệ.
    RatioService,
    /// Vật tư y tế.
    Supply,
    /// Vận chuyển.
    Transport,
    /// Khám bệnh.
    Exam,
    /// Giường ngoại trú, ban ngày.
    DayBed,
    /// Giường nội trú.
    InpatientBed,
    /// Giường lưu.
    ObservationBed,
    /// Khác (ăn, đi lại, ở).
    Other,
}

impl ItemKind {
    /// True for beds, whose moments give a span of days.
    pub const fn is_bed(self) -> bool {
        matches!(self, ItemKind::DayBed | ItemKind::InpatientBed | ItemKind::ObservationBed)
    }

    /// The key as the rule file spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            ItemKind::Laboratory => "laboratory",
            ItemKind::Imaging => "imaging",
            ItemKind::FunctionTest => "function-test",
            ItemKind::Drug => "drug",
            ItemKind::Blood => "blood",
            ItemKind::Surgery => "surgery",
            ItemKind::Procedure => "procedure",
            ItemKind::RatioService => "ratio-service",
            ItemKind::Supply => "supply",
            ItemKind::Transport => "transport",
            ItemKind::Exam => "exam",
            ItemKind::DayBed => "day-bed",
            ItemKind::InpatientBed => "inpatient-bed",
            ItemKind::ObservationBed => "observation-bed",
            ItemKind::Other => "other",
        }
    }
}

/// Bản chuẩn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
pub enum Standard {
    /// QĐ 4210/QĐ-BYT 2017.
    #[serde(rename = "4210")]
    Qd4210,
    /// QĐ 130/QĐ-BYT 2023.
    #[serde(rename = "130")]
    Qd130,
    /// QĐ 4750/QĐ-BYT 2023.
    #[serde(rename = "4750")]
    Qd4750,
    /// QĐ 3176/QĐ-BYT 2024.
    #[serde(rename = "3176")]
    Qd3176,
    /// QĐ 1931/QĐ-BYT 2026.
    #[serde(rename = "1931")]
    Qd1931,
}

impl Standard {
    /// All editions, oldest first.
    pub const ALL: [Standard; 5] =
        [Standard::Qd4210, Standard::Qd130, Standard::Qd4750, Standard::Qd3176, Standard::Qd1931];

    /// The number by which people call it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Standard::Qd4210 => "4210",
            Standard::Qd130 => "130",
            Standard::Qd4750 => "4750",
            Standard::Qd3176 => "3176",
            Standard::Qd1931 => "1931",
        }
    }

    /// True for the editions with one amount a line, which name their fields otherwise.
    pub const fn has_single_amount(self) -> bool {
        match self {
            Standard::Qd4210 => true,
            Standard::Qd130 | Standard::Qd4750 | Standard::Qd3176 | Standard::Qd1931 => false,
        }
    }
}

impl std::fmt::Display for Standard {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Cách lập thành tiền theo giá bệnh viện (THANH_TIEN_BV) của dịch vụ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HospitalAmount {
    /// Quantity × price.
    Gross,
    /// Quantity × price × service ratio.
    ServiceRatio,
    /// Quantity × price, less what the service ratio takes off the insured price.
    InsuredReduction,
}

impl HospitalAmount {
    /// The key as the rule file spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            HospitalAmount::Gross => "gross",
            HospitalAmount::ServiceRatio => "service-ratio",
            HospitalAmount::InsuredReduction => "insured-reduction",
        }
    }
}
