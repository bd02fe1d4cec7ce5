//! Chỉ tiêu dữ liệu: the fields of the claim-file tables that bear on money or benefit, by their official names.

use crate::terms::listed::listed;
use std::fmt;

/// What the text of a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Số lượng, đơn giá: at most three decimals.
    Measure,
    /// Thành tiền và các khoản chi trả: at most two decimals.
    Amount,
    /// Tỷ lệ nguyên, mã số: a whole number.
    Whole,
    /// Mức hưởng: a percentage, which may carry one decimal (95 % × 50 %).
    Share,
    /// Thời điểm.
    Moment,
    /// A text.
    Word,
}

impl FieldKind {
    /// Decimals a number of this kind may carry.
    pub const fn decimals(self) -> u32 {
        match self {
            FieldKind::Measure => 3,
            FieldKind::Amount => 2,
            FieldKind::Share => 1,
            FieldKind::Whole | FieldKind::Moment | FieldKind::Word => 0,
        }
    }
}

/// Declares the closed list of fields: variant, official name, kind.
macro_rules! tags {
    ($($variant:ident $name:literal $kind:ident,)*) => {
        /// Chỉ tiêu: a field of the tables, named as in the standards.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each variant is the official name next to it")]
        pub enum Tag { $($variant,)* }

        impl Tag {
            /// All fields.
            pub const ALL: &'static [Tag] = &[$(Tag::$variant,)*];
            /// How many there are.
            pub const COUNT: usize = Tag::ALL.len();

            /// The official name.
            pub const fn as_str(self) -> &'static str { match self { $(Tag::$variant => $name,)* } }

            /// What its text is.
            #[inline]
            pub const fn kind(self) -> FieldKind { match self { $(Tag::$variant => FieldKind::$kind,)* } }

            /// The field of an official name.
            pub fn of(name: &str) -> Option<Tag> {
                match name { $($name => Some(Tag::$variant),)* _ => None }
            }
        }
    };
}

tags! {
    // Keys and facts of the summary (XML1).
    MaLk "MA_LK" Word,
    Stt "STT" Whole,
    MaThe "MA_THE" Word,
    MaTheBhyt "MA_THE_BHYT" Word,
    MaDkbd "MA_DKBD" Word,
    GtTheTu "GT_THE_TU" Word,
    GtTheDen "GT_THE_DEN" Word,
    NgaySinh "NGAY_SINH" Word,
    GioiTinh "GIOI_TINH" Whole,
    NgayMienCct "NGAY_MIEN_CCT" Moment,
    MienCungCt "MIEN_CUNG_CT" Word,
    NamNamLienTuc "NAM_NAM_LIEN_TUC" Moment,
    MaDoituongKcb "MA_DOITUONG_KCB" Word,
    MaLydoVvien "MA_LYDO_VVIEN" Word,
    MaLoaiKcb "MA_LOAI_KCB" Word,
    MaCskcb "MA_CSKCB" Word,
    MaKhuvuc "MA_KHUVUC" Word,
    MaNoiDi "MA_NOI_DI" Word,
    GiayChuyenTuyen "GIAY_CHUYEN_TUYEN" Word,
    KetQuaDtri "KET_QUA_DTRI" Whole,
    MaLoaiRv "MA_LOAI_RV" Whole,
    TinhTrangRv "TINH_TRANG_RV" Whole,
    SoNgayDtri "SO_NGAY_DTRI" Whole,
    NgayVao "NGAY_VAO" Moment,
    NgayVaoNoiTru "NGAY_VAO_NOI_TRU" Moment,
    NgayRa "NGAY_RA" Moment,
    NgayTtoan "NGAY_TTOAN" Moment,
    NamQt "NAM_QT" Whole,
    ThangQt "THANG_QT" Whole,
    TThuoc "T_THUOC" Amount,
    TVtyt "T_VTYT" Amount,
    TTongchi "T_TONGCHI" Amount,
    TTongchiBv "T_TONGCHI_BV" Amount,
    TTongchiBh "T_TONGCHI_BH" Amount,
    TBhttGdv "T_BHTT_GDV" Amount,
    // Lines (XML2, XML3); the payers' amounts stand in the summary too.
    MaThuoc "MA_THUOC" Word,
    TenThuoc "TEN_THUOC" Word,
    TenDichVu "TEN_DICH_VU" Word,
    TenVatTu "TEN_VAT_TU" Word,
    MaDichVu "MA_DICH_VU" Word,
    MaVatTu "MA_VAT_TU" Word,
    GoiVtyt "GOI_VTYT" Word,
    MaKhoa "MA_KHOA" Word,
    MaNhom "MA_NHOM" Whole,
    PhamVi "PHAM_VI" Whole,
    SoLuong "SO_LUONG" Measure,
    DonGia "DON_GIA" Measure,
    DonGiaBv "DON_GIA_BV" Measure,
    DonGiaBh "DON_GIA_BH" Measure,
    TyleTt "TYLE_TT" Whole,
    TyleTtDv "TYLE_TT_DV" Whole,
    TyleTtBh "TYLE_TT_BH" Whole,
    ThanhTien "THANH_TIEN" Amount,
    ThanhTienBv "THANH_TIEN_BV" Amount,
    ThanhTienBh "THANH_TIEN_BH" Amount,
    TTrantt "T_TRANTT" Amount,
    MucHuong "MUC_HUONG" Share,
    TNguonkhacNsnn "T_NGUONKHAC_NSNN" Amount,
    TNguonkhacVtnn "T_NGUONKHAC_VTNN" Amount,
    TNguonkhacVttn "T_NGUONKHAC_VTTN" Amount,
    TNguonkhacCl "T_NGUONKHAC_CL" Amount,
    TNguonkhac "T_NGUONKHAC" Amount,
    TBntt "T_BNTT" Amount,
    TBncct "T_BNCCT" Amount,
    TBhtt "T_BHTT" Amount,
    TNgoaids "T_NGOAIDS" Amount,
    NgayYl "NGAY_YL" Moment,
    NgayThYl "NGAY_TH_YL" Moment,
    NgayKq "NGAY_KQ" Moment,
    MaPttt "MA_PTTT" Whole,
    MaBacSi "MA_BAC_SI" Word,
    SoDangKy "SO_DANG_KY" Word,
    HamLuong "HAM_LUONG" Word,
    TtThau "TT_THAU" Word,
    LieuDung "LIEU_DUNG" Word,
    NguonCtra "NGUON_CTRA" Whole,
    VetThuongTp "VET_THUONG_TP" Whole,
    TaiSuDung "TAI_SU_DUNG" Whole,
}

impl Tag {
    /// Tên của thuốc, dịch vụ, vật tư.
    pub const fn is_name(self) -> bool {
        matches!(self, Tag::TenThuoc | Tag::TenDichVu | Tag::TenVatTu)
    }

    /// True for moments that the standard also has as a day alone.
    pub const fn may_be_a_day(self) -> bool {
        matches!(self, Tag::NgayMienCct | Tag::NamNamLienTuc)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

listed! {
    /// Bảng dữ liệu: the table a record belongs to.
    FilePart {
        /// XML1, the summary.
        Summary = "XML1",
        /// XML2, drugs, blood, oxygen.
        Drugs = "XML2",
        /// XML3, services, beds, supplies.
        Services = "XML3",
    }
}

impl FilePart {
    /// The part whose items carry this name.
    pub fn of_item(name: &str) -> Option<FilePart> {
        match name {
            "TONG_HOP" => Some(FilePart::Summary),
            "CHI_TIET_THUOC" => Some(FilePart::Drugs),
            "CHI_TIET_DVKT" => Some(FilePart::Services),
            _ => None,
        }
    }

    /// Name of an item of this part.
    pub const fn item(self) -> &'static str {
        match self {
            FilePart::Summary => "TONG_HOP",
            FilePart::Drugs => "CHI_TIET_THUOC",
            FilePart::Services => "CHI_TIET_DVKT",
        }
    }
}
