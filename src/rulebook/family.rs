//! Các họ quy định phía đóng: what each rule file of the contribution side holds, as types.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use super::places::{PlaceKind, Replacement, Territory};
use super::predicate::Conditions;
use super::timeline::{NotInForce, Timeline, Version};
use crate::terms::citation::{DatedBy, RuleRef};
use crate::terms::group::{BaseDate, Payer, PremiumBasis};
use crate::terms::number::{NamedBase, Rounding, Share, Times, Vnd};
use crate::terms::period::{MonthDay, RuleDate, month_of_cover};

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

/// Thời điểm thẻ có giá trị sử dụng.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CardValidity {
    /// Days from payment to the first day of a card that waits.
    pub waiting_days: u32,
    /// Days from payment to the first day on which such a card pays for high technology, where they are more.
    #[serde(default)]
    pub high_technology_days: Option<u32>,
    /// When an old card counts as lapsed.
    pub lapse: Lapse,
    /// Age in months at which a child's card ends.
    pub child_months: u32,
    /// Categories of art. 12 whose first or lapsed card waits.
    pub waiting_categories: Vec<u8>,
    /// Further groups that wait like them.
    #[serde(default)]
    pub waiting_groups: Vec<String>,
    /// The groups that alone waited by the practice of the agency, where it differs from the law: another reading.
    #[serde(default)]
    pub waiting_in_practice: Option<Vec<String>>,
    /// Last day of the year's cards of children who reach that age by then; the day of the age itself where none is named.
    #[serde(default)]
    pub child_card_ends: Option<MonthDay>,
    /// Whose card starts on a day that an authority names.
    #[serde(default)]
    pub by_decision: CardByDecision,
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

/// Thẻ có giá trị từ ngày ghi trong quyết định.
#[derive(Debug, Clone, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CardByDecision {
    /// These groups.
    pub groups: Vec<String>,
    /// These, where the state bears the whole premium.
    pub when_paid_for: Vec<String>,
}

/// Gián đoạn: how long after its end an old card still counts as running on.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lapse {
    /// This many months within the fiscal year.
    #[serde(rename(serialize = "lapse-months-in-fiscal-year"))]
    MonthsInFiscalYear(u32),
    /// This many days.
    #[serde(rename(serialize = "lapse-days"))]
    Days(u32),
}

/// Thời hạn thẻ của học sinh, sinh viên.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SchoolCalendar {
    /// First day of cover of grade 1 in its first year.
    pub grade_1_starts: MonthDay,
    /// A child born after the autumn day starts when the child's card ends.
    #[serde(default)]
    pub grade_1_follows_child_card: bool,
    /// Last day of cover of grade 12; like the final year where none is named.
    #[serde(default)]
    pub grade_12_ends: Option<MonthDay>,
    /// What ends the card of a final-year student.
    pub final_year_ends: FinalYearEnd,
    /// Grade 12 and the final year may pay to the end of the year with the subsidy.
    pub may_pay_to_year_end: bool,
}

/// Thẻ năm cuối hết hạn khi nào.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FinalYearEnd {
    /// The last day of the month in which the course ends.
    EndOfMonth,
    /// The day the course ends.
    CourseEnd,
}

/// Tiền chậm đóng: the method of its time.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LatePayment {
    /// A share of the debt for every day late.
    Daily(DailyCharge),
    /// Interest on the first day of every month.
    Monthly(MonthlyInterest),
}

/// Số tiền theo ngày chậm đóng.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DailyCharge {
    /// Share of the debt a day.
    pub rate: Share,
}

/// Lãi chậm đóng theo tháng.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MonthlyInterest {
    /// The published rate.
    pub of: PublishedRate,
    /// How many times that rate.
    pub times: u32,
    /// The rate a year, where it is known.
    #[serde(default)]
    pub yearly_rate: Option<Share>,
    /// Unpaid interest bears interest too.
    #[serde(default)]
    pub on_unpaid_interest: bool,
    /// The monthly rate is cut after this many decimals of a percent.
    #[serde(default)]
    pub percent_decimals: Option<u32>,
    /// Days late that count as a month.
    pub days_of_month: u32,
}

/// Lãi suất được công bố.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublishedRate {
    /// Lãi suất cơ bản do Ngân hàng Nhà nước công bố.
    StateBankBasicRate,
    /// Lãi suất liên ngân hàng tại thời điểm tính.
    Interbank,
    /// Lãi suất liên ngân hàng kỳ hạn 9 tháng của năm trước.
    InterbankNineMonths,
}

/// Trường hợp hoàn trả.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RefundCases {
    /// Cases in which the premium of unused months is returned.
    pub cases: Vec<RefundGround>,
}

/// Một trường hợp hoàn trả.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RefundGround {
    /// Id of the case.
    pub id: String,
    /// Vietnamese wording.
    pub name_vi: String,
    /// English wording.
    pub name_en: String,
    /// From when months count as unused.
    pub counted_from: RefundFrom,
}

/// Hoàn trả tính từ khi nào.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefundFrom {
    /// Start of the card under the other category.
    NewCardStart,
    /// Effective date of the decision.
    DecisionDate,
    /// The whole amount: the card never started.
    Beginning,
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

/// Các đối tượng tham gia.
#[derive(Debug, Clone)]
pub struct GroupFamily {
    /// What the file says about itself.
    pub header: Header,
    /// The groups, in the order of the law.
    pub groups: Vec<EnrolleeGroup>,
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
