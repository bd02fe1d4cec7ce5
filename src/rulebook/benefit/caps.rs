//! Trần và tỷ lệ thanh toán: limits on what enters the covered cost or leaves the fund.

use serde::{Deserialize, Serialize, Serializer};

use super::access::DirectRow;
use super::level::NamedItem;
use crate::rulebook::table::telling;
use crate::terms::care::{Among, CareLevel, LineKind, Setting};
use crate::terms::listed::listed;
use crate::terms::number::{Multiple, Rounding, Share};

/// Trần chi phí thiết bị y tế, vật tư y tế của một lần sử dụng dịch vụ kỹ thuật.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SupplyCap {
    /// The cap of one use of a service.
    pub at_most: Multiple,
    /// Supplies with a list ratio stand outside the cap.
    pub spares_ratio_items: bool,
    /// The cap is of any use of a service, so that a supply without a package has one too.
    #[serde(default)]
    pub of_each_use: bool,
    /// Groups without cap and list ratio of supplies, by any route.
    #[serde(default)]
    pub free_groups: Vec<String>,
}

/// Tỷ lệ thanh toán dịch vụ (TYLE_TT_DV).
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ServiceRatios {
    /// Lần khám thứ nhất, thứ hai … trong một lượt; the last repeats.
    pub exam: Vec<Share>,
    /// Giường: shares that occur.
    pub bed: Vec<Share>,
    /// Phẫu thuật: shares that occur.
    pub surgery: Vec<Share>,
    /// Thủ thuật: shares that occur.
    pub procedure: Vec<Share>,
    /// Dịch vụ kỹ thuật của trạm y tế xã: part of the price of Annex III.
    pub commune_services: Option<Share>,
}

impl ServiceRatios {
    /// The shares that may occur on a line of a kind; none where the rules are silent.
    pub fn of(&self, kind: LineKind) -> &[Share] {
        match kind {
            LineKind::Exam => &self.exam,
            LineKind::Bed => &self.bed,
            LineKind::Surgery => &self.surgery,
            LineKind::Procedure => &self.procedure,
            LineKind::Laboratory
            | LineKind::Imaging
            | LineKind::FunctionTest
            | LineKind::Drug
            | LineKind::Blood
            | LineKind::Supply
            | LineKind::Transport
            | LineKind::Other => &[],
        }
    }
}

/// Trần giá thanh toán cho cơ sở tư nhân.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PrivatePriceCaps {
    /// Cấp ban đầu.
    pub initial: PublicPrice,
    /// Cấp cơ bản.
    pub basic: PublicPrice,
    /// Cấp chuyên sâu.
    pub specialised: PublicPrice,
}

impl PrivatePriceCaps {
    /// The public price that caps a private facility of a level.
    pub fn of(self, level: CareLevel) -> PublicPrice {
        match level {
            CareLevel::Initial => self.initial,
            CareLevel::Basic => self.basic,
            CareLevel::Specialised => self.specialised,
        }
    }
}

listed! {
    /// Giá nào của cơ sở nhà nước làm trần.
    PublicPrice {
        /// Public price of the equivalent hospital class.
        EquivalentClass = "equivalent-class",
        /// Public price of the class that insurance and facility agreed on.
        AgreedClass = "agreed-class",
        /// Highest public price of the specialised level in the province, else of the basic level.
        HighestSpecialisedElseBasic = "highest-specialised-else-basic",
        /// Highest public price of the basic level in the province.
        HighestBasic = "highest-basic",
        /// Highest public price of the basic level in the province, else the lowest of the specialised level.
        HighestBasicElseLowestSpecialised = "highest-basic-else-lowest-specialised",
        /// Lowest public price of the basic level in the province.
        LowestBasic = "lowest-basic",
        /// Highest public price of the initial level in the province, else the lowest of the basic level.
        HighestInitialElseLowestBasic = "highest-initial-else-lowest-basic",
    }
}

/// Mức thanh toán trực tiếp.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DirectPayment {
    /// Groups to which the ground `forces` belongs here.
    #[serde(default)]
    pub forces: Vec<String>,
    /// A stay is divided at the moment at which the card is shown.
    #[serde(default)]
    pub divides_at_card: bool,
    /// The difference of two levels is paid while the better card is on its way.
    #[serde(default)]
    pub pays_difference_of_levels: bool,
    /// The table.
    #[serde(serialize_with = "by_case")]
    pub rows: Vec<DirectRow>,
}

/// Shows each answer under the facts it is for.
fn by_case<S: Serializer>(rows: &[DirectRow], out: S) -> Result<S::Ok, S::Error> {
    out.collect_map(rows.iter().map(|row| (telling(row), row.pays)))
}

/// Người bệnh tự mua thuốc, thiết bị y tế.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SelfBought {
    /// What may be bought.
    pub items: Vec<NamedItem>,
    /// Conditions, all to be met.
    pub conditions: Vec<NamedItem>,
    /// Whose price caps the invoice, first that exists.
    pub price_order: Vec<NamedItem>,
}

/// Thẻ hết hạn khi đang điều trị.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CardExpiry {
    /// Settings in which cover goes on.
    pub settings: Among<Setting>,
    /// Days after the last day of the card, at most; until the end of the stay where the text names none.
    #[serde(serialize_with = "days_or_discharge")]
    pub days: Option<u32>,
}

#[expect(clippy::trivially_copy_pass_by_ref, clippy::ref_option, reason = "serde passes fields by reference")]
fn days_or_discharge<S: Serializer>(days: &Option<u32>, out: S) -> Result<S::Ok, S::Error> {
    match days {
        Some(days) => out.serialize_u32(*days),
        None => out.serialize_str("until-discharge"),
    }
}

/// Lượt điều trị qua ngày đổi luật.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StayTransition {
    /// For stays begun before the first day of this version and ended from that day.
    pub method: TransitionMethod,
}

/// Cách chuyển tiếp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TransitionMethod {
    /// The rule of the day on which the visit ends.
    EndOfVisit,
    /// The old or the new rule, whichever pays the patient more (Nghị định 188/2025).
    MoreFavourable,
}

/// Làm tròn chi phí khám bệnh, chữa bệnh.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClaimRounding {
    /// Rounding of each product of a line.
    pub product: Rounding,
    /// Rounding of the totals of the bill form.
    pub bill: Rounding,
}
