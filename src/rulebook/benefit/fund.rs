//! Quỹ bảo hiểm y tế: division of contributions, primary-care retention, facility funds, and local support.

use serde::{Deserialize, Serialize};

use super::level::NamedItem;
use crate::rulebook::family::Header;
use crate::rulebook::timeline::Timeline;
use crate::terms::listed::listed;
use crate::terms::number::{Multiple, Share};

/// Phân bổ tiền đóng.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FundAllocation {
    /// Dành cho khám bệnh, chữa bệnh.
    pub care: Share,
    /// Chi tổ chức và hoạt động, tối đa.
    pub administration_at_most: Share,
    /// Quỹ dự phòng, tối thiểu.
    pub reserve_at_least: Share,
}

/// Trích cho chăm sóc sức khỏe ban đầu.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PrimaryCareRetention {
    /// Of the premiums of pupils and students.
    pub pupils: Share,
    /// Of the premiums of children under six.
    pub children: Share,
    /// Of the contributions of a school's own staff.
    pub school_staff: Option<Share>,
    /// Of the contributions of an enterprise's employees.
    pub enterprise: Share,
    /// Of the premiums of offshore fishing crews.
    pub fishing_crews: Option<Share>,
    /// Of the contributions of units of army, police and cipher, for their medics.
    pub unit_medics: Option<Share>,
}

/// Tạm ứng kinh phí khám bệnh, chữa bệnh hằng quý.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FundAdvance {
    /// Of the cost in the settlement report of the previous quarter.
    pub advance: Share,
}

/// Quỹ khám bệnh, chữa bệnh tại cơ sở đăng ký ban đầu (2015–2018).
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FacilityFunds {
    /// Parts of the fund of a facility with in- and outpatient care.
    pub in_and_outpatient: Vec<Share>,
    /// Parts of the fund of a facility with outpatient care only.
    pub outpatient_only: Vec<Share>,
}

/// Chỗ mức chi trả tụt: points at which more cost lawfully pays less.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LegalCliffs {
    /// The cliffs.
    pub cliffs: Vec<NamedItem>,
}

/// Quỹ hỗ trợ khám bệnh, chữa bệnh của một tỉnh.
#[derive(Debug, Clone)]
pub struct PatientSupport {
    /// What the file says about itself.
    pub header: Header,
    /// Id of the province.
    pub province: String,
    /// Province into which it merged, if it did.
    pub merged_into: Option<String>,
    /// Its rules by date.
    pub versions: Timeline<SupportRules>,
}

/// Mức hỗ trợ của quỹ địa phương.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SupportRules {
    /// Tiền ăn một ngày điều trị nội trú.
    pub meals_a_day: Option<Multiple>,
    /// Hỗ trợ chi phí điều trị.
    pub treatment: Vec<TreatmentSupport>,
}

/// Một mức hỗ trợ chi phí điều trị.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TreatmentSupport {
    /// What a visit file calls it.
    pub id: String,
    /// Who or what it is for, Vietnamese.
    pub name_vi: String,
    /// Who or what it is for, English.
    pub name_en: String,
    /// Share that the fund of the province takes over.
    pub share: Share,
    /// What it is a share of.
    pub of: SupportBasis,
}

listed! {
    /// Phần chi phí được địa phương hỗ trợ.
    SupportBasis {
        /// Cùng chi trả.
        Copayment = "copayment",
        /// Cùng chi trả và tự trả: all that the patient would bear.
        PatientsPart = "patients-part",
    }
}

/// Quỹ khám bệnh, chữa bệnh của quân đội, công an, cơ yếu.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ForcesFund {
    /// Dành cho khám bệnh, chữa bệnh.
    pub care: Share,
    /// Chuyển quân y đơn vị, y tế cơ quan; of all contributions, out of the care fund.
    pub unit_medics: Share,
    /// Kept of what is left at the end of the year; the rest goes to the reserve.
    pub surplus_kept: Share,
}

/// Khoản ngân sách nhà nước trả cho quân đội, công an, cơ yếu: the groups that have each.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BudgetExtras {
    /// Phần chênh lệch khi cấp cứu thanh toán trực tiếp.
    pub emergency: Vec<String>,
    /// Tiền ăn bệnh lý chênh lệch.
    pub meals: Vec<String>,
    /// Vận chuyển ngoài phạm vi.
    pub transport: Vec<String>,
}

/// Năm tính chi phí của lượt khám qua năm mới.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BookingYear {
    /// The facility goes on with its contract.
    pub contract_renewed: YearOfStay,
    /// It does not.
    pub contract_ended: YearOfStay,
}

listed! {
    /// Năm nào của lượt khám qua năm mới.
    YearOfStay {
        /// Năm vào.
        Admission = "admission",
        /// Năm ra.
        Discharge = "discharge",
    }
}
