//! Hồ sơ đề nghị thanh toán: one record for every edition of the standard, amounts exact, texts borrowed.

use chrono::NaiveDate;

use super::figure::Figure;
use super::moment::FileMoment;
use super::record::CellFault;
use super::tag::{FilePart, Tag};
use crate::rulebook::claim_files::{ItemKind, Standard};
use crate::terms::listed::listed;

/// Hồ sơ: one episode of care as the hospital claims it.
#[derive(Debug)]
pub struct ClaimFile<'r> {
    /// Edition of the standard, told by tags and dates.
    pub standard: Standard,
    /// Tổng hợp (XML1).
    pub summary: FileSummary<'r>,
    /// Dòng thuốc, dịch vụ, vật tư (XML2, XML3).
    pub lines: Vec<FileLine<'r>>,
    /// How the file's text departs from the standard's form.
    pub faults: Vec<CellFault>,
    /// MACSKCB of the envelope.
    pub sender: &'r str,
    /// What of the claim is missing, twice, or read in a doubtful way.
    pub whole: Wholeness,
}

/// Thông tin tổng hợp của đợt khám bệnh, chữa bệnh.
#[derive(Debug)]
pub struct FileSummary<'r> {
    /// MA_LK.
    pub id: &'r str,
    /// Thẻ, in the order of the file.
    pub cards: Vec<FileCard<'r>>,
    /// Entries of the lists of cards, registered places, first and last days.
    pub list_lengths: [usize; 4],
    /// MA_DOITUONG_KCB, or MA_LYDO_VVIEN under QĐ 4210.
    pub visit_code: &'r str,
    /// MA_LOAI_KCB.
    pub visit_kind: &'r str,
    /// MA_CSKCB.
    pub facility: &'r str,
    /// MA_NOI_DI.
    pub sent_from: &'r str,
    /// GIAY_CHUYEN_TUYEN: number of the slip.
    pub slip: &'r str,
    /// MA_DKBD, the places in the order of the cards.
    pub registered: Vec<&'r str>,
    /// MA_KHUVUC.
    pub residence: &'r str,
    /// MA_KHOA.
    pub department: &'r str,
    /// NGAY_VAO.
    pub admitted: Option<FileMoment>,
    /// NGAY_VAO_NOI_TRU.
    pub admitted_to_ward: Option<FileMoment>,
    /// NGAY_RA.
    pub discharged: Option<FileMoment>,
    /// NGAY_TTOAN.
    pub paid: Option<FileMoment>,
    /// SO_NGAY_DTRI.
    pub treatment_days: Option<u32>,
    /// KET_QUA_DTRI.
    pub result: Option<u32>,
    /// MA_LOAI_RV, TINH_TRANG_RV.
    pub ending: Option<u32>,
    /// NGAY_MIEN_CCT: from when nothing is co-paid.
    pub exempt_from: Option<FileMoment>,
    /// NAM_NAM_LIEN_TUC.
    pub five_years_since: Option<NaiveDate>,
    /// NGAY_SINH, as far as it is a day.
    pub born: Option<NaiveDate>,
    /// NGAY_SINH as written.
    pub birth: &'r str,
    /// GIOI_TINH.
    pub sex: Option<u32>,
    /// NAM_QT and THANG_QT.
    pub settlement: Option<(u32, u32)>,
    /// Declared totals.
    pub totals: FileTotals,
}

/// Thẻ BHYT: what of a card's number bears on money, and its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileCard<'r> {
    /// The number as written, trimmed.
    pub number: &'r str,
    /// The two letters of the group, in capitals.
    pub object: [u8; 2],
    /// The digit of the benefit level.
    pub digit: Option<char>,
    /// How the number departs from a card's.
    pub fault: Option<CardFault>,
    /// GT_THE_TU.
    pub from: Option<NaiveDate>,
    /// GT_THE_DEN.
    pub until: Option<NaiveDate>,
}

listed! {
    /// Số thẻ viết sai dạng: what stands in place of a card number.
    CardFault {
        /// Small letters or blanks inside; it can be read all the same.
        Spelling = "card-spelling",
        /// Ten digits: the number of a social-insurance book.
        BookNumber = "card-book-number",
        /// Twelve digits: a citizen's number.
        CitizenNumber = "card-citizen-number",
        /// Another length, or letters and digits in other places.
        Form = "card-form",
    }
}

impl FileCard<'_> {
    /// The two letters of the group; empty where the number has none.
    #[inline]
    pub fn letters(&self) -> &str {
        std::str::from_utf8(&self.object).unwrap_or("").trim_matches('\0')
    }
}

/// Các tổng của XML1, as declared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FileTotals {
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
pub struct FileLine<'r> {
    /// XML2 or XML3.
    pub part: FilePart,
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
    pub ordered: Option<FileMoment>,
    /// NGAY_TH_YL.
    pub done: Option<FileMoment>,
    /// NGAY_KQ.
    pub finished: Option<FileMoment>,
    /// MA_PTTT.
    pub payment_method: Option<u32>,
    /// MA_LK of the line; empty where it has none.
    pub claim_key: &'r str,
    /// MA_BAC_SI: who ordered it.
    pub doctor: &'r str,
    /// TEN_THUOC, TEN_VAT_TU, TEN_DICH_VU; empty unless names are kept.
    pub name: &'r str,
    /// SO_DANG_KY of a drug.
    pub licence: &'r str,
    /// HAM_LUONG of a drug.
    pub strength: &'r str,
    /// TT_THAU: the tender.
    pub tender: &'r str,
    /// LIEU_DUNG of a drug.
    pub dose: &'r str,
    /// NGUON_CTRA: whose money pays.
    pub payer: Option<u32>,
    /// VET_THUONG_TP: a recurring war wound.
    pub war_wound: Option<u32>,
    /// TAI_SU_DUNG: a supply used again.
    pub reused: Option<u32>,
}

/// NGUON_CTRA of aid, programmes and others.
pub const OTHER_PAYERS: std::ops::RangeInclusive<u32> = 2..=4;

impl FileLine<'_> {
    /// Ngoài phạm vi hưởng: nothing of it is covered, and the patient pays it all.
    pub fn is_outside_scope(&self) -> bool {
        self.scope == Some(OUTSIDE_SCOPE) && self.fund.is_none_or(Figure::is_zero)
    }

    /// Nguồn khác chi trả (NGUON_CTRA): aid, a programme or others bear it, and the fund pays nothing.
    pub fn is_left_to_others(&self) -> bool {
        self.payer.is_some_and(|payer| OTHER_PAYERS.contains(&payer)) && self.fund.is_none_or(Figure::is_zero)
    }

    /// Vật tư tính vào trần của gói: a supply of a package, without a list ratio of its own.
    pub fn counts_toward_cap(&self) -> bool {
        self.part == FilePart::Services
            && self.is_supply()
            && !self.package.is_empty()
            && self.list_ratio == Some(Figure::whole(100))
    }

    /// Vật tư không ghi gói, at the whole ratio.
    pub fn is_unmarked_supply(&self) -> bool {
        self.part == FilePart::Services
            && self.is_supply()
            && self.package.is_empty()
            && self.list_ratio == Some(Figure::whole(100))
    }

    /// True for a line that names a supply.
    pub fn is_supply(&self) -> bool {
        !self.supply.is_empty()
    }

    /// Ngày của dòng: execution, else order; what picks the level of the line.
    pub fn day(&self) -> Option<FileMoment> {
        self.done.or(self.ordered)
    }
}

/// PHAM_VI of what lies outside the scope.
pub const OUTSIDE_SCOPE: u32 = 2;

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

/// Tình trạng đầy đủ của một hồ sơ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wholeness {
    /// What XML1 has and no line accounts for: the table, where one is missing as a whole, and the amount.
    pub missing: Option<(Option<FilePart>, Figure)>,
    /// Tables that stand in the claim twice; true where both are the same, so that only one was read.
    pub repeated: Vec<(FilePart, bool)>,
    /// Amounts that look like thousands grouped by dots, and how many.
    pub grouped: Option<u32>,
}
