//! Chuẩn dữ liệu đầu ra: what each edition of the claim-file standard asks of amounts, dated like any other rule.

use std::collections::BTreeMap;

use crate::terms::listed::listed;
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
    /// Item groups whose items have a ratio in the list.
    #[serde(default)]
    pub ratio_groups: Vec<u32>,
    /// KET_QUA_DTRI of severe patients who die or are taken home: their last day counts as a bed day.
    #[serde(default)]
    pub severe_results: Vec<u32>,
    /// MA_LOAI_RV of patients who are transferred for clinical reasons: so does theirs.
    #[serde(default)]
    pub transfer_endings: Vec<u32>,
    /// Values of fields that hold one code of a short list, by the name of the field; a code outside it means nothing.
    #[serde(default)]
    pub field_codes: BTreeMap<String, Vec<u32>>,
    /// What each item group stands for.
    pub kinds: BTreeMap<ItemKind, Vec<u32>>,
}

impl ClaimFileStandard {
    /// What an item group stands for.
    pub fn kind_of(&self, group: u32) -> Option<ItemKind> {
        self.kinds.iter().find(|(_, groups)| groups.contains(&group)).map(|(kind, _)| *kind)
    }
}

listed! {
    /// Loại chi phí của một nhóm (MA_NHOM).
    ItemKind {
        /// Xét nghiệm.
        Laboratory = "laboratory",
        /// Chẩn đoán hình ảnh.
        Imaging = "imaging",
        /// Thăm dò chức năng.
        FunctionTest = "function-test",
        /// Thuốc.
        Drug = "drug",
        /// Máu và chế phẩm máu.
        Blood = "blood",
        /// Phẫu thuật.
        Surgery = "surgery",
        /// Thủ thuật.
        Procedure = "procedure",
        /// Dịch vụ thanh toán theo tỷ lệ.
        RatioService = "ratio-service",
        /// Vật tư y tế.
        Supply = "supply",
        /// Vận chuyển.
        Transport = "transport",
        /// Khám bệnh.
        Exam = "exam",
        /// Giường ngoại trú, ban ngày.
        DayBed = "day-bed",
        /// Giường nội trú.
        InpatientBed = "inpatient-bed",
        /// Giường lưu.
        ObservationBed = "observation-bed",
        /// Khác (ăn, đi lại, ở).
        Other = "other",
    }
}

impl ItemKind {
    /// True for beds, whose moments give a span of days.
    pub const fn is_bed(self) -> bool {
        matches!(self, ItemKind::DayBed | ItemKind::InpatientBed | ItemKind::ObservationBed)
    }
}

listed! {
    /// Bản chuẩn.
    Standard {
        /// QĐ 4210/QĐ-BYT 2017.
        Qd4210 = "4210",
        /// QĐ 130/QĐ-BYT 2023.
        Qd130 = "130",
        /// QĐ 4750/QĐ-BYT 2023.
        Qd4750 = "4750",
        /// QĐ 3176/QĐ-BYT 2024.
        Qd3176 = "3176",
        /// QĐ 1931/QĐ-BYT 2026.
        Qd1931 = "1931",
    }
}

impl Standard {
    /// True for the editions with one amount a line, which name their fields otherwise.
    pub const fn has_single_amount(self) -> bool {
        match self {
            Standard::Qd4210 => true,
            Standard::Qd130 | Standard::Qd4750 | Standard::Qd3176 | Standard::Qd1931 => false,
        }
    }
}

listed! {
    /// Cách lập thành tiền theo giá bệnh viện (THANH_TIEN_BV) của dịch vụ.
    HospitalAmount {
        /// Quantity × price.
        Gross = "gross",
        /// Quantity × price × service ratio.
        ServiceRatio = "service-ratio",
        /// Quantity × price, less what the service ratio takes off the insured price.
        InsuredReduction = "insured-reduction",
    }
}
