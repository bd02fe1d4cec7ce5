//! Quy định: the recorded law as one validated, immutable value.
//!
//! `rules/*.toml` → [`source`] (text) → `reader` (typed entries with places) → [`load`] → [`checks`]
//! (all problems at once) → [`Rulebook`]. A rulebook that exists is complete and consistent.

pub mod benefit;
mod canonical;
pub mod checks;
pub mod circumstances;
pub mod claim_files;
pub mod collection;
pub mod contracts;
pub mod diagnostic;
pub mod diff;
pub mod entries;
pub mod evolve;
pub mod facts;
mod families;
pub mod family;
mod findings;
mod group_lookup;
pub mod load;
mod loading;
pub mod named;
mod pack;
mod packed;
mod parsed;
mod place_checks;
pub mod places;
pub mod predicate;
pub mod priority;
mod reader;
pub mod register;
pub mod source;
pub mod special;
pub mod table;
mod taken_apart;
pub mod timeline;
mod unreadable;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;

use self::benefit::BenefitRules;
use self::circumstances::CircumstanceEntry;
use self::claim_files::ClaimFileStandard;
use self::collection::{PaymentAllocation, PaymentDeadline};
use self::contracts::ConcurrentContracts;
use self::families::families;
use self::family::{
    CardValidity, EnrolleeGroup, Family, GroupFamily, HouseholdLadder, LatePayment, LocalPack, PaymentCycles,
    Policy, PolicyFamily, PremiumRates, PremiumRounding, ReferenceLevel, RefundCases, SalaryCap,
    SchoolCalendar,
};
use self::named::NamedFamily;
use self::places::{LocalSearch, ProvinceUnit};
use self::priority::CategoryPriority;
use self::register::{Document, Gap};
use self::special::SpecialMonths;
use self::timeline::NotInForce;
use crate::terms::citation::RuleRef;
use crate::terms::number::{NamedBase, Vnd};

pub use self::group_lookup::{GroupLookup, GroupNames};

/// Nhận dạng bộ quy định: what every result prints so that it can be proved again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulebookIdentity {
    /// SHA-256 of the canonical form of all sources.
    pub sha256: String,
    /// Number of rule files, overlays not counted.
    pub families: usize,
    /// Files that replaced bundled ones.
    pub replaced: Vec<String>,
    /// Overlays, in order.
    pub overlays: Vec<String>,
}

families! {
    /// Bộ quy định: one typed field per rule family.
    pub struct Rulebook {
        beside {
            /// Hash and origin.
            identity: RulebookIdentity,
            /// Register of documents, each with its source and place.
            documents: Vec<(Document, usize, Range<usize>)>,
            /// Khoảng trống đã biết.
            gaps: Vec<Gap>,
            /// Đã tìm, không thấy.
            searches: Vec<LocalSearch>,
            /// Hoàn cảnh mà các chính sách hỏi đến.
            circumstances: Vec<CircumstanceEntry>,
        }
        /// Lương cơ sở.
        base_salary: Family<Vnd> = "base-salary",
        /// Mức tham chiếu.
        reference_level: Family<ReferenceLevel> = "reference-level",
        /// Tỷ lệ đóng.
        premium_rates: Family<PremiumRates> = "premium-rates",
        /// Trần tiền lương đóng.
        salary_cap: Family<SalaryCap> = "salary-cap",
        /// Giảm trừ hộ gia đình.
        household_ladder: Family<HouseholdLadder> = "household-ladder",
        /// Phương thức đóng.
        payment_cycles: Family<PaymentCycles> = "payment-cycles",
        /// Thời điểm thẻ có giá trị.
        card_validity: Family<CardValidity> = "card-validity",
        /// Lịch thẻ học sinh, sinh viên.
        school_calendar: Family<SchoolCalendar> = "school-calendar",
        /// Chậm đóng.
        late_payment: Family<LatePayment> = "late-payment",
        /// Hạn đóng của đơn vị.
        payment_deadline: Family<PaymentDeadline> = "payment-deadline",
        /// Thứ tự hạch toán tiền đóng.
        payment_allocation: Family<PaymentAllocation> = "payment-allocation",
        /// Hoàn trả.
        refund_cases: Family<RefundCases> = "refund-cases",
        /// Làm tròn mức đóng.
        premium_rounding: Family<PremiumRounding> = "premium-rounding",
        /// Chuẩn dữ liệu của hồ sơ đề nghị thanh toán.
        claim_files: Family<ClaimFileStandard> = "claim-file-standards",
        /// Nhiều hợp đồng lao động.
        concurrent_contracts: Family<ConcurrentContracts> = "concurrent-contracts",
        /// Đối tượng tham gia.
        groups: GroupFamily = "enrollee-groups",
        /// Ngân sách nhà nước hỗ trợ.
        state_subsidy: PolicyFamily = "state-subsidy",
        /// Thứ tự đóng khi thuộc nhiều đối tượng.
        category_priority: CategoryPriority = "category-priority",
        /// Tháng đặc biệt của người lao động.
        special_months: SpecialMonths = "special-months",
        /// Quy định phía hưởng.
        benefit: BenefitRules = "benefit/*",
        /// Tỉnh, thành phố.
        places: NamedFamily<ProvinceUnit> = "places",
        /// Chính sách địa phương.
        local: Vec<LocalPack> = "local/premium-support",
    }
}

impl Rulebook {
    /// Bộ quy định đi kèm, read once a process; a test runs every check on it.
    ///
    /// # Panics
    /// Never in a released program: a test loads the bundled files.
    pub fn bundled() -> Arc<Rulebook> {
        static BUNDLED: OnceLock<Arc<Rulebook>> = OnceLock::new();
        let read = || {
            let (rulebook, problems) = load::bundled();
            let refused = || panic!("the bundled rules were refused: {problems:?}");
            Arc::new(rulebook.filter(|_| problems.is_empty()).unwrap_or_else(refused))
        };
        Arc::clone(BUNDLED.get_or_init(read))
    }

    /// Hash and origin.
    pub fn identity(&self) -> &RulebookIdentity {
        &self.identity
    }

    /// Đối tượng tham gia, in the order of the law.
    pub fn groups(&self) -> &[EnrolleeGroup] {
        &self.groups.groups
    }

    /// Mọi chính sách hỗ trợ: the national ones, then those of every province.
    pub fn policies(&self) -> impl Iterator<Item = &Policy> {
        self.state_subsidy.policies.iter().chain(self.local.iter().flat_map(|pack| &pack.policies))
    }

    /// The group with an id.
    pub fn group(&self, id: &str) -> Option<&EnrolleeGroup> {
        self.groups().iter().find(|group| group.id == id)
    }

    /// Căn cứ theo ngày: the amount of a named base on a day, with the rule it comes from.
    ///
    /// # Errors
    /// [`NotInForce`] when nothing is recorded for the day.
    #[inline]
    pub fn base(&self, base: NamedBase, date: NaiveDate) -> Result<(Vnd, &RuleRef), NotInForce> {
        match base {
            NamedBase::BaseSalary => self.base_salary.at(date).map(|version| (version.value, &version.rule)),
            NamedBase::ReferenceLevel => {
                let version = self.reference_level.at(date)?;
                match version.value {
                    ReferenceLevel::Amount(amount) => Ok((amount, &version.rule)),
                    // The loader refuses a reference level that equals itself.
                    ReferenceLevel::Equals(other) => self.base(other, date),
                }
            }
        }
    }

    /// Văn bản theo id.
    pub fn document(&self, id: &str) -> Option<&Document> {
        self.documents.iter().map(|(document, _, _)| document).find(|document| document.id == id)
    }
}
