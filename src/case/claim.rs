//! Lượt khám bệnh, chữa bệnh: one visit as it happened: cards, facility, route, dates and costs.

use chrono::NaiveDate;

use crate::terms::care::{
    AccessRoute, AidKind, CareLevel, DirectCase, DiseaseList, FormerTier, HospitalClass, LineKind, Reading,
    Residence, Scope, Setting,
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

/// Dữ kiện về cơ sở và cách đến khám; what is not known stays open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VisitFacts {
    /// Mã đối tượng đến khám.
    pub code: Option<String>,
    /// Cách đến khám.
    pub route: Option<AccessRoute>,
    /// Ngoại trú, nội trú, điều trị ban ngày.
    pub setting: Option<Setting>,
    /// Cấp chuyên môn kỹ thuật.
    pub care_level: Option<CareLevel>,
    /// Tuyến trước 2025.
    pub former_tier: Option<FormerTier>,
    /// Điểm xếp cấp.
    pub points: Option<u32>,
    /// Hạng bệnh viện (before 2015).
    pub class: Option<HospitalClass>,
    /// Nơi sinh sống.
    pub residence: Option<Residence>,
    /// Danh mục bệnh.
    pub disease_list: Option<DiseaseList>,
    /// Cùng tỉnh với nơi đăng ký.
    pub same_province: Option<bool>,
    /// One of the initial-level facilities that the law lists.
    pub listed_initial: Option<bool>,
    /// Phòng khám đa khoa khu vực.
    pub regional_polyclinic: bool,
    /// Drugs drawn here on the order of a higher facility.
    pub drugs_ordered_above: bool,
    /// Cơ sở tư nhân.
    pub private: bool,
}

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
