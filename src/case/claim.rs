//! Lượt khám bệnh, chữa bệnh: one visit as it happened: cards, facility, route, dates and costs.

use chrono::NaiveDate;

use crate::terms::care::{
    AccessRoute, AidKind, CareLevel, DirectCase, DiseaseList, FormerTier, HospitalClass, LineKind, Reading,
    ReferralReason, RegisteredLevel, Residence, Scope, Setting,
};
use crate::terms::money::Vnd;
use crate::terms::quantity::Measure;
use crate::terms::share::Share;

/// Lượt khám bệnh, chữa bệnh.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimCase {
    /// The cards shown, in the order given.
    pub cards: Vec<CardSpan>,
    /// Birth date, for groups whose level rises with age.
    pub born: Option<NaiveDate>,
    /// Ký tự mức hưởng in trên thẻ.
    pub card_digit: Option<String>,
    /// Ngày vào.
    pub admitted: NaiveDate,
    /// Ngày ra.
    pub discharged: NaiveDate,
    /// How and where.
    pub visit: VisitFacts,
    /// Thời điểm đủ 5 năm liên tục, as printed on the card; that day counts.
    pub five_years_since: Option<NaiveDate>,
    /// Ngày miễn cùng chi trả trên giấy chứng nhận.
    pub exempt_from: Option<NaiveDate>,
    /// Qualifying co-payments before this visit.
    pub copaid: Copaid,
    /// The person is on the list of those to whom list ratios do not apply.
    pub no_ratio: bool,
    /// What other sources pay for.
    pub aid: AidKind,
    /// Thanh toán trực tiếp, if it is that.
    pub direct: Option<DirectCase>,
    /// Chi phí.
    pub costs: Costs,
    /// Second readings asked for where the law is silent.
    pub readings: Vec<Reading>,
}

impl ClaimCase {
    /// A visit with one card and these costs, about which nothing else is known.
    pub fn of(group: &str, admitted: NaiveDate, discharged: NaiveDate, costs: Costs) -> ClaimCase {
        ClaimCase {
            cards: vec![CardSpan { group: group.to_owned(), from: None, until: None }],
            born: None,
            card_digit: None,
            admitted,
            discharged,
            visit: VisitFacts::default(),
            five_years_since: None,
            exempt_from: None,
            copaid: Copaid::ThisYear(Vnd::ZERO),
            no_ratio: false,
            aid: AidKind::Patient,
            direct: None,
            costs,
            readings: Vec::new(),
        }
    }
}

/// Thẻ bảo hiểm y tế và thời hạn của nó.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardSpan {
    /// Id of the group.
    pub group: String,
    /// First day; open when unknown.
    pub from: Option<NaiveDate>,
    /// Last day; open when unknown.
    pub until: Option<NaiveDate>,
}

impl CardSpan {
    /// True when the card is valid on a day.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// Đã cùng chi trả trong năm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copaid {
    /// One sum for the calendar year of discharge, under its base salary.
    ThisYear(Vnd),
    /// Sums with their dates.
    Dated(Vec<(NaiveDate, Vnd)>),
}

/// Calls a macro with every fact about the facility and the way to it: field, kind, key, headings of tables.
///
/// Kinds: a closed list by its name, `text`, `points`, `known` (yes, no or not known), `flag` (yes or no).
macro_rules! visit_facts {
    ($then:ident) => {
        $then! {
            /// Mã đối tượng đến khám.
            code: text = "visit-code" ["madoituongkcb", "madoituongdenkham", "doituongkcb", "doituongdenkham"],
            /// Cấp chuyên môn kỹ thuật.
            care_level: CareLevel = "care-level" ["capchuyenmon", "capkcb", "capchuyenmonkythuat"],
            /// Tuyến trước 2025.
            former_tier: FormerTier = "former-tier" ["tuyen", "tuyencu", "tuyenchuyenmon", "tuyenchuyenmonkythuat"],
            /// Điểm xếp cấp.
            points: points = "points" ["diem", "diemxepcap"],
            /// Cách đến khám.
            route: AccessRoute = "route" ["cachden", "cachdenkham", "lydovaovien", "lydovv", "lydoden"],
            /// Ngoại trú, nội trú, điều trị ban ngày.
            setting: Setting = "setting" ["loaikcb", "hinhthuc", "hinhthuckcb", "noingoaitru"],
            /// Nơi sinh sống.
            residence: Residence = "residence" ["makhuvuc", "khuvuc", "noisinhsong", "noicutru"],
            /// Danh mục bệnh.
            disease_list: DiseaseList = "disease-list" ["danhmucbenh", "phulucbenh"],
            /// One of the initial-level facilities that the law lists.
            listed_initial: known = "listed-initial" ["cosobandaudacbiet", "cosobandautheoluat"],
            /// Cùng tỉnh với nơi đăng ký.
            same_province: known = "same-province" ["cungtinh"],
            /// Hạng bệnh viện (before 2015).
            class: HospitalClass = "class" ["hangbenhvien"],
            /// Phòng khám đa khoa khu vực.
            regional_polyclinic: flag = "regional-polyclinic" ["phongkhamdakhoakhuvuc"],
            /// Cấp, tuyến của nơi đăng ký khám bệnh, chữa bệnh ban đầu.
            registered_level: RegisteredLevel = "registered-level" ["capnoidangky", "tuyennoidangky"],
            /// Nơi đăng ký và cơ sở này ở nơi giáp ranh hai tỉnh.
            border: flag = "border" ["giapranh"],
            /// Đã tự đi khám trước khi được chuyển.
            referred_after_self_referral: flag = "referred-after-self-referral" ["chuyensaukhitudi"],
            /// Why the referral is in order all the same.
            referral_reason: ReferralReason = "referral-reason" ["lydochuyen"],
            /// Drugs drawn here on the order of a higher facility.
            drugs_ordered_above: flag = "drugs-ordered-above" ["thuoctuyentrenchidinh"],
        }
    };
}
pub(crate) use visit_facts;

/// The type of a fact of a kind.
macro_rules! fact_type {
    (text) => { Option<String> };
    (points) => { Option<u32> };
    (known) => { Option<bool> };
    (flag) => { bool };
    ($listed:ident) => { Option<$listed> };
}

macro_rules! declare_visit_facts {
    ($($(#[$doc:meta])* $field:ident: $kind:ident = $key:literal [$($heading:literal),*],)*) => {
        /// Dữ kiện về cơ sở và cách đến khám; what is not known stays open.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct VisitFacts {
            $($(#[$doc])* pub $field: fact_type!($kind),)*
            /// Cơ sở tư nhân.
            pub private: bool,
        }
    };
}
visit_facts!(declare_visit_facts);

/// Chi phí của lượt khám.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Costs {
    /// Line by line.
    Lines(Vec<CostLine>),
    /// Only the totals.
    Totals {
        /// Tổng chi phí.
        hospital: Vnd,
        /// Chi phí trong phạm vi.
        covered: Vnd,
        /// Nguồn khác.
        other: Vnd,
    },
}

/// Một dòng của bảng kê.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostLine {
    /// Mục.
    pub kind: LineKind,
    /// Nội dung, only to be printed back.
    pub name: Option<String>,
    /// Đơn vị tính.
    pub unit: Option<String>,
    /// Ngày thực hiện; the first day of a line that lasts.
    pub date: NaiveDate,
    /// Last day of a line that lasts (bed days).
    pub until: Option<NaiveDate>,
    /// Số lượng.
    pub quantity: Measure,
    /// Đơn giá bệnh viện.
    pub price: Measure,
    /// Đơn giá bảo hiểm.
    pub insured_price: Measure,
    /// Giá của cơ sở nhà nước làm trần, for private facilities and what patients buy themselves.
    pub public_price: Option<Measure>,
    /// Tỷ lệ thanh toán dịch vụ.
    pub service_ratio: Option<Share>,
    /// Tỷ lệ thanh toán bảo hiểm.
    pub list_ratio: Share,
    /// Gói vật tư y tế.
    pub package: Option<String>,
    /// Phạm vi.
    pub scope: Scope,
    /// Nguồn khác.
    pub other_source: Vnd,
}

impl CostLine {
    /// One unit at a price, wholly in the scope, about which nothing else is known.
    pub fn of(kind: LineKind, date: NaiveDate, price: Measure) -> CostLine {
        CostLine {
            kind,
            name: None,
            unit: None,
            date,
            until: None,
            quantity: Measure::ONE,
            price,
            insured_price: price,
            public_price: None,
            service_ratio: None,
            list_ratio: Share::WHOLE,
            package: None,
            scope: Scope::Covered,
            other_source: Vnd::ZERO,
        }
    }
}
