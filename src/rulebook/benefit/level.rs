//! Mức hưởng: which share of the covered cost a group is entitled to, and what lifts it to the whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use crate::terms::care::{Among, CareLevel, FormerTier};
use crate::terms::number::{Multiple, Share};
use crate::terms::period::RuleDate;

/// Mức hưởng theo đối tượng: groups by level, as art. 22.1 lists them.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BenefitLevels {
    /// Ids of groups, by level.
    #[serde(serialize_with = "by_group")]
    pub levels: BTreeMap<Share, Vec<String>>,
    /// Groups whose level rises with age.
    #[serde(default, serialize_with = "by_group_and_age")]
    pub from_age: BTreeMap<String, AgedLevel>,
    /// Groups that the law names here while the register has no premium terms for them.
    #[serde(default)]
    pub without_terms: Vec<String>,
    /// No text says what stays over the first day of the version are paid.
    #[serde(default)]
    pub transition_unsaid: bool,
    /// Groups whose clause begins later by another reading.
    pub begins_later: Option<BeginsLater>,
}

/// Điểm khoản có thể hiểu là có hiệu lực sau.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BeginsLater {
    /// The groups.
    pub groups: Vec<String>,
    /// First day by the other reading.
    pub from: RuleDate,
    /// Mức hưởng before that day.
    pub level: Share,
}

/// Shows the level of each group.
fn by_group<S: Serializer>(levels: &BTreeMap<Share, Vec<String>>, out: S) -> Result<S::Ok, S::Error> {
    let mut groups: Vec<(&str, Share)> = levels
        .iter()
        .rev()
        .flat_map(|(level, groups)| groups.iter().map(|group| (group.as_str(), *level)))
        .collect();
    groups.sort_by_key(|(group, _)| *group);
    out.collect_map(groups)
}

/// Shows the level of a group from an age: `pensioner (80+)`.
fn by_group_and_age<S: Serializer>(levels: &BTreeMap<String, AgedLevel>, out: S) -> Result<S::Ok, S::Error> {
    out.collect_map(
        levels.iter().map(|(group, AgedLevel { age, level })| (format!("{group} ({age}+)"), level)),
    )
}

/// Mức hưởng từ một độ tuổi.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AgedLevel {
    /// Full years of age from which it applies.
    pub age: u32,
    /// The level from that age.
    pub level: Share,
}

impl BenefitLevels {
    /// The level of a group at any age, and the level from an age where one is recorded.
    pub fn of(&self, group: &str) -> Option<(Share, Option<AgedLevel>)> {
        let listed = |(level, groups): (&Share, &Vec<String>)| {
            groups.iter().any(|known| known == group).then_some(*level)
        };
        self.levels.iter().find_map(listed).map(|level| (level, self.from_age.get(group).copied()))
    }
}

/// Ký tự thứ ba của mã thẻ và mức hưởng nó thể hiện.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CardDigits {
    /// Level by digit.
    pub digits: BTreeMap<String, Share>,
}

/// Đối tượng không áp dụng tỷ lệ thanh toán của danh mục.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RatioExemptions {
    /// Groups that are exempt as such.
    pub groups: Vec<String>,
    /// Groups that are exempt where the network rate is the whole.
    pub groups_at_full_rate: Vec<String>,
    /// Persons of other groups who are exempt, when the claim says so.
    pub persons: Vec<NamedItem>,
}

/// Một mục có tên.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NamedItem {
    /// Id of the item.
    pub id: String,
    /// Vietnamese wording.
    pub name_vi: String,
    /// English wording.
    pub name_en: String,
}

/// Chi trả ngoài phạm vi được hưởng.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OutOfScopePayment {
    /// Groups whose cost outside the scope is paid where the network rate is the whole.
    pub groups: Vec<String>,
}

/// Chi phí một lần khám bệnh, chữa bệnh thấp.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LowCostVisit {
    /// The covered cost of the visit must be strictly below this.
    pub below: Multiple,
    /// Drugs drawn at the commune on the order of a higher facility are no cheap visit.
    #[serde(default)]
    pub except_drugs_ordered_above: bool,
}

/// Khám tại tuyến xã, cấp ban đầu.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct InitialLevel {
    /// What makes a facility one of these.
    pub facilities: InitialFacilities,
    /// Outpatient care at a regional polyclinic counts too.
    pub regional_polyclinics: bool,
    /// Drugs drawn here on the order of a higher facility keep the level of the group.
    pub except_drugs_ordered_above: bool,
}

/// Cơ sở nào được tính.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InitialFacilities {
    /// Facilities of these former tiers.
    FormerTier(Among<FormerTier>),
    /// Facilities of these care levels that the law lists.
    ListedOfLevel(Among<CareLevel>),
}

/// Ngưỡng cùng chi trả trong năm của người đủ 5 năm liên tục.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AnnualCeiling {
    /// The co-payment of the year beyond which the fund pays all.
    pub above: Multiple,
    /// Years of continuous cover.
    pub years: u32,
    /// Longest interruption that leaves cover continuous.
    pub interruption: Interruption,
    /// What becomes of the year's co-payment when the base changes.
    pub method: CeilingMethod,
    /// A stay over New Year counts toward the year of each line.
    pub split_at_new_year: bool,
}

/// Gián đoạn vẫn tính là liên tục.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Interruption {
    /// At most so many months.
    #[serde(rename(serialize = "interruption-months"))]
    Months(u32),
    /// Within so many days.
    #[serde(rename(serialize = "interruption-days"))]
    Days(u32),
}

/// Cách tính ngưỡng khi mức lương cơ sở thay đổi trong năm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CeilingMethod {
    /// The year's đồng against the multiple of the base on the day of discharge.
    AnnualCeiling,
    /// Months of base salary still to pay are converted at each change (Nghị định 188/2025).
    AnnualCeilingConverted,
}
