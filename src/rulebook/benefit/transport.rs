//! Chi phí vận chuyển người bệnh: who is carried, from where, and by which formula.

use serde::{Deserialize, Serialize, Serializer};

use crate::terms::care::{Among, FacilityRank};
use crate::terms::number::Times;

/// Quy định về vận chuyển trong một thời kỳ.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TransportRules {
    /// How the amount comes about.
    pub method: TransportMethod,
    /// Litres of petrol for a kilometre.
    pub litres_per_km: Times,
    /// Groups that are carried, and between which facilities.
    #[serde(serialize_with = "by_way")]
    pub rights: Vec<TransportRight>,
}

/// Shows the groups under the way they are carried: `district → provincial`.
fn by_way<S: Serializer>(rights: &[TransportRight], out: S) -> Result<S::Ok, S::Error> {
    let shown =
        |TransportRight { groups, from, to }: &TransportRight| (format!("{from} → {to}"), groups.join(", "));
    out.collect_map(rights.iter().map(shown))
}

/// Công thức vận chuyển.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TransportMethod {
    /// The fuel norm both ways for a facility's vehicle, one way in the patient's hand.
    FuelNorm,
    /// An approved price first; else the fuel as invoiced up to the norm; own transport by its invoice up to
    /// the norm, refunded by the receiving facility (Nghị định 188/2025).
    ApprovedPriceFirst,
}

/// Đối tượng được thanh toán vận chuyển.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TransportRight {
    /// Ids of groups.
    pub groups: Vec<String>,
    /// Where the transfer may start.
    #[serde(default)]
    pub from: Among<FacilityRank>,
    /// Where it may lead.
    #[serde(default)]
    pub to: Among<FacilityRank>,
}

impl TransportRules {
    /// The right of a group.
    pub fn right(&self, group: &str) -> Option<&TransportRight> {
        self.rights.iter().find(|right| right.groups.iter().any(|known| known == group))
    }
}
