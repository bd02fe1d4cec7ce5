//! Các họ quy định phía đóng: what each rule file of the contribution side holds, as types.

mod card;
mod late;
mod policy;

pub use card::{CardByDecision, CardValidity, FinalYearEnd, Lapse, SchoolCalendar};
pub use late::{LatePayment, MonthlyInterest, RefundCases, RefundFrom};
pub use policy::{LocalPack, MoneySource, OtherReading, Policy, PolicyFamily, Support};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use super::timeline::{NotInForce, Timeline, Version};
use crate::terms::citation::DatedBy;
use crate::terms::group::{BaseDate, Payer, PremiumBasis};
use crate::terms::number::{NamedBase, Rounding, Share, Times, Vnd};
use crate::terms::period::RuleDate;

/// Đầu tệp: what a rule file says about itself.
#[derive(Debug, Clone)]
pub struct Header {
    /// Id of the family, as in the file name.
    pub id: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// Which date of a case picks the version.
    pub dated_by: DatedBy,
    /// Source of that choice, or the note that it is practice, in Vietnamese and in English.
    pub dated_by_note: [String; 2],
    /// Day on which a person last compared the file with the sources.
    pub checked_on: RuleDate,
    /// Day after which the file makes no claim to be current.
    pub verified_until: Option<RuleDate>,
}

/// Một họ quy định: one rule file with its versions.
#[derive(Debug, Clone)]
pub struct Family<T> {
    /// What the file says about itself.
    pub header: Header,
    /// Its versions.
    pub versions: Timeline<T>,
}

impl<T> Family<T> {
    /// The version in force on a day.
    ///
    /// # Errors
    /// [`NotInForce`] when the record has none.
    pub fn at(&self, date: chrono::NaiveDate) -> Result<&Version<T>, NotInForce> {
        self.versions.at(date)
    }
}

/// Mức tham chiếu: its own amount, or the base salary while the Government has not decided otherwise.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReferenceLevel {
    /// Its own amount.
    Amount(Vnd),
    /// Equal to another base.
    Equals(NamedBase),
}

/// Tỷ lệ đóng: the monthly rate, with the groups that had another.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PremiumRates {
    /// Rate of every group not listed under `groups`.
    pub standard: Share,
    /// Groups with a rate of their own.
    #[serde(default)]
    pub groups: BTreeMap<String, Share>,
}

impl PremiumRates {
    /// The rate of one group.
    #[inline]
    pub fn of(&self, group: &str) -> Share {
        self.groups.get(group).copied().unwrap_or(self.standard)
    }
}

/// Giảm trừ theo thứ tự thành viên hộ gia đình.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HouseholdLadder {
    /// Share of the first member's premium, by rank; the last step repeats.
    #[serde(serialize_with = "by_rank")]
    pub steps: Vec<Share>,
    /// When the discount applies.
    pub joining: LadderCondition,
}

impl HouseholdLadder {
    /// The step of a rank (1 is the first member).
    pub fn step(&self, rank: u32) -> Share {
        let last = self.steps.len().saturating_sub(1);
        let index = usize::try_from(rank.saturating_sub(1)).unwrap_or(usize::MAX).min(last);
        self.steps.get(index).copied().unwrap_or(Share::WHOLE)
    }
}

/// Shows each step under the rank it is for.
fn by_rank<S: Serializer>(steps: &[Share], out: S) -> Result<S::Ok, S::Error> {
    out.collect_map(steps.iter().enumerate().map(|(index, step)| (format!("rank-{}", index + 1), step)))
}

/// Điều kiện giảm trừ của hộ gia đình.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LadderCondition {
    /// All members of the household must join.
    AllMembers,
    /// Members join within the same fiscal year, not necessarily at once.
    WithinFiscalYear,
}

/// Đối tượng tham gia: one group of art. 12 with its codes, names and dated terms.
#[derive(Debug, Clone)]
pub struct EnrolleeGroup {
    /// Id used in rule files and results.
    pub id: String,
    /// Two-letter codes on the card.
    pub codes: Vec<String>,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// Other names people type.
    pub aliases: Vec<String>,
    /// Terms by date.
    pub terms: Timeline<GroupTerms>,
}

impl EnrolleeGroup {
    /// The first card code, or the id where the group has none.
    pub fn code(&self) -> &str {
        self.codes.first().map_or(&self.id, String::as_str)
    }
}

/// Quy định của một đối tượng trong một thời kỳ.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GroupTerms {
    /// Letter in art. 12 or in the decree, as printed in results (`4a`).
    pub item: String,
    /// What the premium is a share of.
    pub basis: PremiumBasis,
    /// Which date picks base salary and rate.
    pub base_date: BaseDate,
    /// Who bears it.
    pub payers: Payers,
    /// Group 1–5 of art. 12.
    pub category: u8,
    /// True where the date rule is applied by analogy because the text is silent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub base_date_by_analogy: bool,
    /// True for children, whose card ends with the age in months that `card-validity` records.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub until_child_months: bool,
}

/// Nguồn đóng của một đối tượng.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Payers {
    /// Fixed shares that sum to the whole.
    Shared(BTreeMap<Payer, Share>),
    /// The state bears the share of a subsidy policy, the person the rest.
    StateSupported,
}

impl Payers {
    /// True where a subsidy policy names the state's share.
    pub const fn is_state_supported(&self) -> bool {
        matches!(self, Payers::StateSupported)
    }

    /// True where nobody pays but the person.
    pub fn is_person_alone(&self) -> bool {
        matches!(self, Payers::Shared(shares) if shares.iter().all(|(payer, _)| *payer == Payer::Person))
    }
}

/// Phương thức đóng: numbers of months for which cover is sold.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PaymentCycles {
    /// Longest cover of a group that is not listed, in months.
    pub longest: u32,
    /// Cycles by group; a group not listed pays monthly.
    pub groups: BTreeMap<String, Cycle>,
}

/// Số tháng đóng một lần của một đối tượng.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cycle {
    /// Regular cycles in months.
    pub regular: Vec<u32>,
    /// Further lengths met at the edges of a school year.
    #[serde(default)]
    pub school_tails: Vec<u32>,
    /// Longest cover, where it is not that of everybody.
    #[serde(default)]
    pub longest: Option<u32>,
}

impl Cycle {
    /// Whether so many months are a regular cycle or a length met at the edges of a school year.
    pub fn is_usual(&self, months: u32) -> bool {
        self.regular.contains(&months) || self.school_tails.contains(&months)
    }
}

/// `3, 6, 12 (+ 1, 2) ≤ 16`.
impl Serialize for Cycle {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let Cycle { regular, school_tails, longest } = self;
        let list = |months: &[u32]| months.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        let tails =
            if school_tails.is_empty() { String::new() } else { format!(" (+ {})", list(school_tails)) };
        let longest = longest.map_or_else(String::new, |longest| format!(" ≤ {longest}"));
        out.collect_str(&format_args!("{}{tails}{longest}", list(regular)))
    }
}

/// Mức tiền lương tháng tối đa và thấp nhất để tính đóng.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SalaryCap {
    /// How many times at most.
    pub times: Times,
    /// Of what.
    pub of: NamedBase,
    /// How many times at least, where a law names a lowest salary.
    #[serde(default)]
    pub least_times: Option<Times>,
}

/// Làm tròn mức đóng và người nhận phần lẻ.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PremiumRounding {
    /// Rounding of the premium and of every payer's part but one.
    #[serde(rename(serialize = "unit"))]
    pub rounding: Rounding,
    /// The first of these with a share pays what is left, so that parts add up.
    pub remainder_to: Vec<Payer>,
}

/// Các đối tượng tham gia.
#[derive(Debug, Clone)]
pub struct GroupFamily {
    /// What the file says about itself.
    pub header: Header,
    /// The groups, in the order of the law.
    pub groups: Vec<EnrolleeGroup>,
}
