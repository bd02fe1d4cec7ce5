//! Chính sách hỗ trợ: policies of the state and of provinces, and the packs that hold them.

use serde::{Deserialize, Serialize};

use super::Header;
use crate::rulebook::places::{PlaceKind, Replacement, Territory};
use crate::rulebook::predicate::Conditions;
use crate::rulebook::timeline::Timeline;
use crate::terms::citation::RuleRef;
use crate::terms::group::BaseDate;
use crate::terms::number::Share;
use crate::terms::period::{RuleDate, month_of_cover};

/// Chính sách hỗ trợ: a subsidy with its conditions and dated shares.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Id within its file.
    pub id: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// Groups that may have it.
    pub groups: Vec<String>,
    /// Conditions beyond the group; all must hold.
    pub when: Conditions,
    /// Id of the province that adopted it; empty for the state's own.
    pub of_place: String,
    /// Which of a person's places counts.
    pub place: PlaceKind,
    /// Which date picks base salary while this policy pays, where it differs from the group's.
    pub base_date: Option<BaseDate>,
    /// Last day on which a source saw the policy in force.
    pub seen_in_force: Option<RuleDate>,
    /// Where the money comes from, as far as known.
    pub sources: Vec<MoneySource>,
    /// What else the sources may mean.
    pub reading: Option<OtherReading>,
    /// Shares by date.
    pub support: Timeline<Support>,
}

/// After so many months without a sign of life, a policy without an end may be a thing of the past.
const STALE_AFTER_MONTHS: u32 = 12;

impl Policy {
    /// Last day on which a source saw it in force.
    pub fn seen(&self, pack: &LocalPack) -> chrono::NaiveDate {
        self.seen_in_force.or(pack.seen_in_force).unwrap_or(pack.header.checked_on).0
    }

    /// First day on which a version without an end has gone too long without a sign of life.
    pub fn stale_from(&self, version: &RuleRef, pack: &LocalPack) -> Option<chrono::NaiveDate> {
        let open = version.effective_until.is_none();
        let last = month_of_cover(self.seen(pack), STALE_AFTER_MONTHS).filter(|_| open)?;
        last.succ_opt()
    }
}

/// Nguồn tiền hỗ trợ.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MoneySource {
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// Share of the premium, where known.
    #[serde(default)]
    pub share: Option<Share>,
}

/// Cách hiểu khác: the sources contradict each other, one reading is taken, the other can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OtherReading {
    /// Name for `--reading`.
    pub id: String,
    /// The reading that is taken, in Vietnamese.
    pub taken_vi: String,
    /// The reading that is taken, in English.
    pub taken_en: String,
    /// The other reading, in Vietnamese.
    pub other_vi: String,
    /// The other reading, in English.
    pub other_en: String,
    /// What the policy pays by the other reading.
    pub value: Support,
}

/// Mức hỗ trợ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Support {
    /// National minimum share of the premium.
    Floor(Share),
    /// A share of the full premium on top of the national share.
    Extra(Share),
    /// Whatever lifts the total support to this share.
    Target(Share),
    /// A share on top of the national share and the total that the text names beside it: never more than either.
    UpTo {
        /// On top of the national share.
        extra: Share,
        /// Total support.
        total: Share,
    },
    /// The text exists, its percentage was not found.
    Unrecorded,
}

/// Họ hỗ trợ của ngân sách nhà nước.
#[derive(Debug, Clone)]
pub struct PolicyFamily {
    /// What the file says about itself.
    pub header: Header,
    /// Its policies.
    pub policies: Vec<Policy>,
}

/// Gói chính sách địa phương: the policies of one resolution.
#[derive(Debug, Clone)]
pub struct LocalPack {
    /// What the file says about itself.
    pub header: Header,
    /// Id of the province whose council adopted it.
    pub province: String,
    /// Vietnamese name of that province, for one that the register of places does not have.
    pub province_vi: Option<String>,
    /// Other names people type, for such a province.
    pub province_aliases: Vec<String>,
    /// Last day on which a source saw it in force, where its policies do not say.
    pub seen_in_force: Option<RuleDate>,
    /// Where it holds.
    pub territory: Territory,
    /// Ids of the places where it holds.
    pub served: Vec<String>,
    /// Resolutions, or single policies of them, that it ends.
    pub replaces: Vec<Replacement>,
    /// The resolution.
    pub document: String,
    /// Its policies.
    pub policies: Vec<Policy>,
}
