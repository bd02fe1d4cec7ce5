//! Hồ sơ đề nghị thanh toán: one record for every edition of the standard, amounts exact, texts borrowed.

use chrono::NaiveDate;

use super::figure::Figure;
use super::moment::Moment;
use super::record::CellFault;
use super::tag::{Part, Tag};
use crate::rulebook::claim_files::{ItemKind, Standard};

/// Hồ sơ: one episode of care as the hospital claims it.
#[derive(Debug)]
pub struct ClaimFile<'r> {
    /// Edition of the standard, told by tags and dates.
    pub standard: Standard,
    /// Tổng hợp (XML1).
    pub summary: Summary<'r>,
    /// Dòng thuốc, dịch vụ, vật tư (XML2, XML3).
    pub lines: Vec<Line<'r>>,
    /// How the file's text departs from the standard's form.
    pub faults: Vec<CellFault>,
}

/// Thông tin tổng hợp của đợt khám bệnh, chữa bệnh.
#[derive(Debug)]
pub struct Summary<'r> {
    /// MA_LK.
    pub id: &'r str,
    /// Thẻ, in the order of the file.
    pub cards: Vec<Card<'r>>,
    /// Entries of the lists of cards, registered places, first and last days.
    pub list_lengths: [usize; 4],
    /// MA_DOITUONG_KCB, or MA_LYDO_VVIEN under QĐ 4210.
    pub visit_code: &'r str,
    /// MA_LOAI_KCB.
    pub visit_kind: &'r str,
    /// MA_CSKCB.
    pub facility: &'r str,
    /// MA_KHUVUC.
    pub residence: &'r str,
    /// MA_KHOA.
    pub department: &'r str,
    /// NGAY_VAO.
    pub admitted: Option<Moment>,
    /// NGAY_RA.
    pub discharged: Option<Moment>,
    /// NGAY_MIEN_CCT: from when nothing is co-paid.
    pub exempt_from: Option<Moment>,
    /// NAM_NAM_LIEN_TUC.
    pub five_years_since: Option<NaiveDate>,
    /// NGAY_SINH, as far as it is a day.
    pub born: Option<NaiveDate>,
    /// NAM_QT and THANG_QT.
    pub settled: Option<(u32, u32)>,
    /// Declared totals.
    pub totals: Totals,
}

/// Thẻ BHYT: what of a card's number bears on money, and its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card<'r> {
    /// The two letters of the group.
    pub object: &'r str,
    /// The digit of the benefit level.
    pub digit: Option<char>,
    /// GT_THE_TU.
    pub from: Option<NaiveDate>,
    /// GT_THE_DEN.
    pub until: Option<NaiveDate>,
}

/// Các tổng của XML1, as declared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// T_TONGCHI_BV.
    pub hospital: Option<Figure>,
    /// T_TONGCHI_BH; absent under QĐ 4210.
    pub covered: Option<Figure>,
    /// T_THUOC.
    pub drugs: Option<Figure>,
    /// T_VTYT.
    pub supplies: Option<Figure>,
    /// T_BHTT.
    pub fund: Option<Figure>,
    /// T_BNCCT.
    pub copayment: Option<Figure>,
    /// T_BNTT.
    pub own: Option<Figure>,
    /// T_NGUONKHAC.
    pub other: Option<Figure>,
    /// T_BHTT_GDV, or T_NGOAIDS under QĐ 4210.
    pub outside_capitation: Option<Figure>,
}

/// Dòng chi phí.
#[derive(Debug, Clone, Copy)]
pub struct Line<'r> {
    /// XML2 or XML3.
    pub part: Part,
    /// Position in its part, from 1.
    pub number: u32,
    /// MA_THUOC or MA_DICH_VU.
    pub code: &'r str,
    /// MA_VAT_TU.
    pub supply: &'r str,
    /// GOI_VTYT.
    pub package: &'r str,
    /// MA_KHOA.
    pub department: &'r str,
    /// MA_NHOM.
    pub group: Option<u32>,
    /// What the group stands for.
    pub kind: Option<ItemKind>,
    /// PHAM_VI.
    pub scope: Option<u32>,
    /// SO_LUONG.
    pub quantity: Option<Figure>,
    /// DON_GIA_BV, DON_GIA.
    pub hospital_price: Option<Figure>,
    /// DON_GIA_BH, DON_GIA.
    pub insured_price: Option<Figure>,
    /// TYLE_TT_DV.
    pub service_ratio: Option<Figure>,
    /// TYLE_TT_BH.
    pub list_ratio: Option<Figure>,
    /// THANH_TIEN_BV, THANH_TIEN.
    pub hospital_amount: Option<Figure>,
    /// THANH_TIEN_BH; derived under QĐ 4210, where no field states it.
    pub covered_amount: Option<Figure>,
    /// T_TRANTT.
    pub cap: Option<Figure>,
    /// MUC_HUONG, in percent.
    pub share: Option<Figure>,
    /// T_NGUONKHAC_NSNN, _VTNN, _VTTN, _CL.
    pub sources: [Option<Figure>; 4],
    /// T_NGUONKHAC; nothing when it is left empty.
    pub other: Option<Figure>,
    /// T_BNTT.
    pub own: Option<Figure>,
    /// T_BNCCT.
    pub copayment: Option<Figure>,
    /// T_BHTT.
    pub fund: Option<Figure>,
    /// T_NGOAIDS (QĐ 4210).
    pub outside_capitation: Option<Figure>,
    /// NGAY_YL.
    pub ordered: Option<Moment>,
    /// NGAY_TH_YL.
    pub done: Option<Moment>,
    /// NGAY_KQ.
    pub finished: Option<Moment>,
    /// MA_PTTT.
    pub payment_method: Option<u32>,
}

impl Line<'_> {
    /// Vật tư tính vào trần của gói: a supply of a package, without a list ratio of its own.
    pub fn counts_toward_cap(&self) -> bool {
        self.part == Part::Services
            && self.is_supply()
            && !self.package.is_empty()
            && self.list_ratio == Some(Figure::whole(100))
    }

    /// True for a line that names a supply.
    pub fn is_supply(&self) -> bool {
        !self.supply.is_empty()
    }

    /// Ngày của dòng: execution, else order; what picks the level of the line.
    pub fn day(&self) -> Option<Moment> {
        self.done.or(self.ordered)
    }
}

/// The official name of a field in an edition: the older one has other names for the same things.
pub const fn official(tag: Tag, standard: Standard) -> Tag {
    if !standard.has_single_amount() {
        return tag;
    }
    match tag {
        Tag::ThanhTienBv | Tag::ThanhTienBh => Tag::ThanhTien,
        Tag::TTongchiBv => Tag::TTongchi,
        Tag::DonGiaBv | Tag::DonGiaBh => Tag::DonGia,
        Tag::TyleTtBh | Tag::TyleTtDv => Tag::TyleTt,
        Tag::TBhttGdv => Tag::TNgoaids,
        Tag::MaTheBhyt => Tag::MaThe,
        Tag::MaDoituongKcb => Tag::MaLydoVvien,
        Tag::NgayMienCct => Tag::MienCungCt,
        other => other,
    }
}
