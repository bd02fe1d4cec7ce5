//! Lượt khám bệnh, chữa bệnh: one visit as it happened: cards, facility, route, dates and costs.

use chrono::{NaiveDate, NaiveTime};

use crate::terms::care::{
    AccessRoute, AidKind, BedType, CareLevel, DifferenceBearer, DirectCase, DiseaseList, FormerTier,
    HospitalClass, LineKind, PricePlace, Reading, ReferralReason, RegisteredLevel, Residence, Scope,
    SentElsewhere, Setting, StayOutcome, SurgicalTeam, TenderKind,
};
use crate::terms::moment::Moment;
use crate::terms::number::{Measure, Share, Vnd};

/// Lượt khám bệnh, chữa bệnh.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct ClaimCase {
    /// The cards shown, in the order given.
    pub cards: Vec<CardSpan>,
    /// Birth date, for groups whose level rises with age.
    pub born: Option<NaiveDate>,
    /// Ký tự mức hưởng in trên thẻ.
    pub card_digit: Option<String>,
    /// Ngày vào.
    pub admitted: NaiveDate,
    /// Giờ vào, where known.
    pub admitted_at: Option<NaiveTime>,
    /// Ngày ra.
    pub discharged: NaiveDate,
    /// Giờ ra, where known.
    pub discharged_at: Option<NaiveTime>,
    /// Kết quả điều trị khi ra viện.
    pub outcome: Option<StayOutcome>,
    /// Bed days are to be counted from the stay instead of being given.
    pub counts_beds: bool,
    /// Thời điểm xuất trình thẻ inside the stay.
    pub card_shown: Option<Moment>,
    /// Chi phí trước khi xuất trình thẻ, where only totals are given.
    pub before_card: Option<TotalsBeforeCard>,
    /// Cùng chi trả đã thu, where it was not what the law asks for.
    pub copayment_collected: Option<Vnd>,
    /// Chưa có thẻ do người sử dụng lao động chậm đóng, trốn đóng.
    pub employer_arrears: bool,
    /// The facility buys outside the Bidding Law.
    pub own_purchase: bool,
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
    /// What is asked beside the fund's part.
    pub beside: AskedBeside,
}

/// Số ngày ăn nhiều nhất: ten years of a stay; more is a slip of the pen.
pub const MOST_MEAL_DAYS: u32 = 3_660;

/// Điều hỏi ngoài phần của quỹ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AskedBeside {
    /// Cơ sở tiếp tục ký hợp đồng in the year after.
    pub contract_renewed: Option<bool>,
    /// Tiền ăn bệnh lý chênh lệch một ngày, for army and cipher.
    pub meal_difference_a_day: Option<Vnd>,
    /// Số ngày ăn; the days of treatment unless given.
    pub meal_days: Option<u32>,
    /// Quỹ hỗ trợ của địa phương, by its id.
    pub support: Option<String>,
    /// Which of its rates.
    pub support_rate: Option<String>,
}

impl ClaimCase {
    /// A visit with one card and these costs, about which nothing else is known.
    pub fn of(group: &str, admitted: NaiveDate, discharged: NaiveDate, costs: Costs) -> ClaimCase {
        ClaimCase {
            cards: vec![CardSpan::of(group)],
            born: None,
            card_digit: None,
            admitted,
            admitted_at: None,
            discharged,
            discharged_at: None,
            outcome: None,
            counts_beds: false,
            card_shown: None,
            before_card: None,
            copayment_collected: None,
            employer_arrears: false,
            own_purchase: false,
            visit: VisitFacts::default(),
            five_years_since: None,
            exempt_from: None,
            copaid: Copaid::ThisYear(Vnd::ZERO),
            no_ratio: false,
            aid: AidKind::Patient,
            direct: None,
            costs,
            readings: Vec::new(),
            beside: AskedBeside::default(),
        }
    }
}

/// Phần của tổng chi phí trước khi xuất trình thẻ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TotalsBeforeCard {
    /// Tổng chi phí.
    pub hospital: Vnd,
    /// Chi phí trong phạm vi.
    pub covered: Vnd,
}

impl TotalsBeforeCard {
    /// One of the two sums stands for both.
    pub fn of(hospital: Option<Vnd>, covered: Option<Vnd>) -> Option<TotalsBeforeCard> {
        let hospital = hospital.or(covered)?;
        Some(TotalsBeforeCard { hospital, covered: covered.unwrap_or(hospital) })
    }
}

/// Điều riêng của một lượt khám: what few rows of a table say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Particulars {
    /// Tổng chi phí.
    pub hospital: Vnd,
    /// Thanh toán trực tiếp.
    pub direct: Option<DirectCase>,
    /// Thời điểm xuất trình thẻ.
    pub card_shown: Option<Moment>,
    /// Chi phí trước khi xuất trình thẻ.
    pub before_card: Option<TotalsBeforeCard>,
    /// Chưa có thẻ do người sử dụng lao động chậm đóng, trốn đóng.
    pub employer_arrears: bool,
    /// Ngày miễn cùng chi trả trên giấy chứng nhận.
    pub exempt_from: Option<NaiveDate>,
    /// What is asked beside the fund's part.
    pub beside: AskedBeside,
}

impl Particulars {
    /// Nothing is said but the cost.
    pub fn are_none(&self) -> bool {
        *self == Particulars { hospital: self.hospital, ..Particulars::default() }
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
    /// Day from which the person belongs to the group, where the card came later.
    pub entitled_from: Option<NaiveDate>,
}

impl CardSpan {
    /// A card of a group, valid on every day.
    pub fn of(group: &str) -> CardSpan {
        CardSpan { group: group.to_owned(), from: None, until: None, entitled_from: None }
    }

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
#[cfg(feature = "tables")]
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
    /// Giờ thực hiện, where known.
    pub at: Option<NaiveTime>,
    /// Last day of a line that lasts (bed days).
    pub until: Option<NaiveDate>,
    /// Giờ kết thúc, where known.
    pub until_at: Option<NaiveTime>,
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
    /// Giường.
    pub bed: Bed,
    /// Lần phẫu thuật: interventions of one operation carry the same name.
    pub session: Option<String>,
    /// Kíp phẫu thuật.
    pub team: SurgicalTeam,
    /// Whose price the insurance pays.
    pub pricing: Pricing,
    /// Giá của cơ sở nhà nước, for private facilities.
    pub public_prices: Vec<PublicOffer>,
    /// Kết quả lựa chọn nhà thầu, for facilities that buy outside the Bidding Law.
    pub tenders: Vec<Tender>,
    /// Used on the way of a transfer.
    pub on_the_road: bool,
    /// Ai chịu phần chênh lệch giá; the rule of the line where nothing is said.
    pub difference_borne_by: Option<DifferenceBearer>,
    /// The self-bought item is inside the price of a service.
    pub in_service_price: bool,
}

/// Giường bệnh của một dòng.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bed {
    /// Khoa.
    pub ward: Option<String>,
    /// Số người nằm ghép.
    pub patients: u32,
    /// Loại giường.
    pub kind: BedType,
    /// Ngày phẫu thuật.
    pub operated: Option<NaiveDate>,
    /// Giá giường nội khoa that follows the price of a surgical bed.
    pub later_price: Option<Measure>,
}

/// Giá thanh toán của một dòng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pricing {
    /// Giá của chính cơ sở.
    Own,
    /// Thuốc, thiết bị điều chuyển: the price of the lender.
    Lent(Measure),
    /// Chuyển giao kỹ thuật: the price of the transferring facility.
    Transferred(Measure),
    /// Thực hiện ở nơi khác.
    SentElsewhere {
        /// Why.
        why: SentElsewhere,
        /// Giá của nơi thực hiện, where approved.
        performer: Option<Measure>,
        /// Giá của nơi chỉ định.
        sender: Option<Measure>,
    },
    /// Không thể tiếp tục thực hiện.
    Aborted {
        /// Thuốc, vật tư đã sử dụng.
        used: Measure,
        /// Tiền lương, phụ cấp.
        wages: Measure,
    },
    /// Dịch vụ của trạm y tế xã: a share of this price of Annex III.
    Commune(Measure),
    /// Vật tư y tế sử dụng lại.
    Reused {
        /// Giá mua.
        purchase: Measure,
        /// Số lần sử dụng bình quân năm trước.
        uses: Measure,
        /// Chi phí tiệt khuẩn.
        cleaning: Measure,
    },
}

/// Giá của một cơ sở nhà nước.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicOffer {
    /// Where.
    pub place: PricePlace,
    /// Cấp chuyên môn kỹ thuật.
    pub level: CareLevel,
    /// Giá.
    pub price: Measure,
}

/// Một kết quả lựa chọn nhà thầu còn hiệu lực.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tender {
    /// Whose.
    pub kind: TenderKind,
    /// Where.
    pub place: PricePlace,
    /// Cấp chuyên môn kỹ thuật of a facility.
    pub level: Option<CareLevel>,
    /// Đơn giá.
    pub price: Measure,
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
            at: None,
            until_at: None,
            bed: Bed { ward: None, patients: 1, kind: BedType::Ordinary, operated: None, later_price: None },
            session: None,
            team: SurgicalTeam::Same,
            pricing: Pricing::Own,
            public_prices: Vec::new(),
            tenders: Vec::new(),
            on_the_road: false,
            difference_borne_by: None,
            in_service_price: false,
        }
    }
}
