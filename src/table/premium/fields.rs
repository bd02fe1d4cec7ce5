//! Các cột của bảng người tham gia, by the names agencies give them.

use crate::table::heading::Field;

pub(super) const GROUP: &str = "group";
pub(super) const MONTHS: &str = "months";
pub(super) const PAID_ON: &str = "paid_on";
pub(super) const FROM: &str = "from";
pub(super) const BORN: &str = "born";
pub(super) const SALARY: &str = "salary";
pub(super) const PROVINCE: &str = "province";
pub(super) const SCHOOL: &str = "school_province";
pub(super) const TAGS: &str = "tags";
pub(super) const RANK: &str = "rank";
pub(super) const ALREADY: &str = "already";

/// Field whose equal neighbours are one household.
pub const HOUSEHOLD: &str = "household_id";

const fn field(name: &'static str, required: bool, aliases: &'static [&'static str]) -> Field {
    Field { name, required, aliases }
}

/// What the columns of a table of people can mean. `person_id` and all others are carried through.
pub const FIELDS: &[Field] = &[
    field(
        GROUP,
        true,
        &[
            "doituong",
            "madoituong",
            "madt",
            "nhom",
            "manhom",
            "nhomdoituong",
            "loaidoituong",
            "doituongthamgia",
            "madoituongthamgia",
            "nhomdoituongthamgia",
            "doituongbhyt",
            "madoituongbhyt",
            "loaihinhthamgia",
            "dt",
        ],
    ),
    field(
        MONTHS,
        true,
        &[
            "sothang",
            "sothangdong",
            "sothangthamgia",
            "thang",
            "sothangdongbhyt",
            "tongsothang",
            "thoihan",
            "sothangdanhky",
            "sothangdangky",
            "kydong",
            "thoigiandong",
        ],
    ),
    field(
        PAID_ON,
        true,
        &[
            "ngaydong",
            "ngaydongtien",
            "ngaynop",
            "ngaynoptien",
            "ngaythu",
            "ngaythutien",
            "ngaybienlai",
            "ngaybl",
            "bienlaingay",
            "ngaylapbienlai",
            "ngaythanhtoan",
            "ngaychungtu",
            "paidon",
            "paymentdate",
        ],
    ),
    field(
        FROM,
        false,
        &[
            "tungay",
            "giatritungay",
            "thetungay",
            "thegiatritungay",
            "thecogiatritungay",
            "hanthetungay",
            "gttungay",
            "handungtungay",
            "ngaybatdau",
            "hieuluctungay",
            "ngayhieuluc",
            "ngaybatdauthe",
            "startdate",
        ],
    ),
    field(
        BORN,
        false,
        &["ngaysinh", "ngaythangnamsinh", "ngsinh", "sinhngay", "birthdate", "dateofbirth", "dob"],
    ),
    field(
        SALARY,
        false,
        &[
            "luong",
            "tienluong",
            "mucluong",
            "luongthang",
            "tienluongthang",
            "mucluongdongbhyt",
            "tienluongdongbhyt",
            "mucluongdongbhxh",
            "luonghuu",
            "trocap",
            "tienluongtrocap",
            "luonghuutrocap",
            "tienluonghuutrocap",
            "mucluonghuutrocap",
            "cancudong",
            "mucdongcancu",
            "tienluonghoactrocap",
            "wage",
        ],
    ),
    field(PROVINCE, false, &["tinh", "tinhthanh", "tinhthanhpho", "tinhtp", "tentinh", "thanhpho"]),
    field(
        SCHOOL,
        false,
        &["tinhnoihoc", "noihoc", "tinhhoc", "tinhtruong", "tinhcuatruong", "schoolprovince"],
    ),
    field(TAGS, false, &["hoancanh", "dienhotro", "dien", "doituonghotro", "dieukien", "hoancanhhotro"]),
    field(
        RANK,
        false,
        &["thutu", "thututhanhvien", "thanhvienthu", "nguoithu", "thutunguoi", "thuturanho", "thututrongho"],
    ),
    field(ALREADY, false, &["dadong", "songuoidadong", "songuoidathamgia", "sothanhviendadong"]),
    field(
        HOUSEHOLD,
        false,
        &[
            "maho",
            "mahogiadinh",
            "soho",
            "sohogiadinh",
            "mahgd",
            "mashogd",
            "mahogd",
            "sohokhau",
            "sosohokhau",
            "household",
        ],
    ),
    field("person_id", false, &[]),
];
