//! Các cột của bảng người tham gia, by the names agencies give them.

use crate::table::heading::{Field, field};

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
pub(super) const BORN_YEAR: &str = "born_year";
pub(super) const FROM_MONTH: &str = "from_month";
pub(super) const MONTHS_NOTE: &str = "months_note";
pub(super) const COEFFICIENT: &str = "coefficient";
pub(super) const PAY_OR_BASE: &str = "pay_or_base";
pub(super) const PAY_OR_LADDER_BASE: &str = "pay_or_ladder_base";
pub(super) const PAY_OR_STATED: &str = "pay_or_stated";
pub(super) const PAY_OR_STATED_WITH_OTHER: &str = "pay_or_stated_with_other";
pub(super) const BASE_SALARY: &str = "base_salary";
pub(super) const LADDER_PERCENT: &str = "ladder_percent";
pub(super) const LADDER_PERCENT_OR_FIRST: &str = "ladder_percent_or_first";
pub(super) const LOCAL_SUPPORT: &str = "local_support";
pub(super) const OTHER_SUPPORT: &str = "other_support";
pub(super) const BUDGET_PERCENT: &str = "budget_percent";
pub(super) const STATED: &str = "stated";
pub(super) const STATED_NEXT: &str = "stated_next";
pub(super) const STATED_PREMIUM: &str = "stated_premium";
pub(super) const STATED_STATE: &str = "stated_state";
pub(super) const STATED_STATE_NEXT: &str = "stated_state_next";
pub(super) const LEVEL_OR_STATED: &str = "level_or_stated";
pub(super) const SUPPORTER: &str = "supporter";
pub(super) const NOTE: &str = "note";
pub(super) const STATUS: &str = "status";
pub(super) const PLAN: &str = "plan";
pub(super) const UNTIL: &str = "until";
pub(super) const NAME: &str = "name";
pub(super) const ORDINAL: &str = "ordinal";
pub(super) const SOCIAL_NUMBER: &str = "social_number";
pub(super) const CITIZEN_ID: &str = "citizen_id";

pub(super) const SHEET: &str = crate::table::input::SHEET;

/// Field whose equal neighbours are one household.
pub const HOUSEHOLD: &str = "household_id";

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
            "doituongthamgiabhyt",
            "doituongthamgiabaohiemyte",
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
            "ngaythamgiangaydongtien",
            "ngaybienlaingayvanbanpheduyet",
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
            "tuthangnam",
            "thoigianthamgiatuthang",
            "thoigianthamgiatungay",
            "thangthamgia",
            "thoihansudungthebhyttungay",
            "thoihansudungthetungay",
            "thoihansudungthetu",
            "thangbatdau",
            "batdautu",
            "batdaututhang",
            "batdautungay",
            "thamgiatuthang",
            "thamgiatungay",
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
            "tienluonghuu",
            "mucluonghuu",
            "luonghuuhangthang",
            "tienluonghuuhangthang",
            "mucluonghuuhangthang",
            "trocap",
            "tientrocap",
            "muctrocap",
            "trocaphangthang",
            "tienluongtrocap",
            "luonghuutrocap",
            "tienluonghuutrocap",
            "mucluonghuutrocap",
            "cancudong",
            "mucdongcancu",
            "tienluonghoactrocap",
            "hesoluongtienluong",
            "hesomucluong",
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
        &[
            "thutu",
            "thututhanhvien",
            "thanhvienthu",
            "người thứ",
            "thutunguoi",
            "thuturanho",
            "thututrongho",
            "nguoithamgiathu",
            "nguoithamgia",
            "thutunguoithamgia",
            "thutudong",
            "thutudongtrongho",
            "thututhamgia",
            "thututv",
            "nguoithumay",
            "nguoithamgiathumay",
            "sothututrongho",
            "stttrongho",
            "tttrongho",
            "sttthanhvien",
            "nguoiso",
            "thanhvienso",
            "tvthu",
            "stttv",
            "sotttv",
            "ntgthu",
            "ttntg",
            "sttntg",
            "thutuntg",
            "sttnguoithamgia",
            "thutunguoidong",
            "thutudongbhyt",
            "vitritrongho",
            "memberno",
            "membernumber",
        ],
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
            "masohogiadinh",
            "sohokhau",
            "sosohokhau",
            "sttho",
            "ttho",
            "sottho",
            "sothutuho",
            "masoho",
            "masohgd",
            "sosoho",
            "hogiadinhso",
            "hộ",
            "hộ số",
            "household",
            "householdno",
            "householdnumber",
            "familyid",
            "magiadinh",
            "mã gđ",
            "giadinhso",
            "sohkgd",
            "sohk",
            "hodan",
            "mahodan",
            "sohogd",
            "madinhdanhho",
            "idho",
        ],
    ),
    field("person_id", false, &[]),
    field(SHEET, false, &[]),
    field(BORN_YEAR, false, &["namsinh"]),
    field(FROM_MONTH, false, &["tuthang"]),
    field(MONTHS_NOTE, false, &[]),
    field(COEFFICIENT, false, &["heso", "hesoluong", "tongheso", "hsl"]),
    field(PAY_OR_BASE, false, &[]),
    field(PAY_OR_LADDER_BASE, false, &[]),
    field(PAY_OR_STATED, false, &["tienluonghuutrocaptnts"]),
    field(PAY_OR_STATED_WITH_OTHER, false, &["tienluongtrocaphoacsotiendong"]),
    field(BASE_SALARY, false, &["luongcoso", "mucluongcoso", "lcs"]),
    field(LADDER_PERCENT, false, &["tyledong", "mucdonghgd", "tyledonghgd", "tylengaygt"]),
    field(LADDER_PERCENT_OR_FIRST, false, &["giammucdong"]),
    field(LEVEL_OR_STATED, false, &["mucdong", "mucdongbhyt", "sotiendong", "muctiendong", "tiendong"]),
    field(
        LOCAL_SUPPORT,
        false,
        &[
            "tylensdp",
            "tylensdphotro",
            "hotrothemnsdp",
            "nsdphotro",
            "nsdp",
            "ngansachdiaphuonghotro",
            "ngansachdiaphuong",
            "diaphuonghotro",
            "hotrodiaphuong",
            "tylengansachdiaphuonghotro",
            "hotrothemtylensdphotro",
        ],
    ),
    field(
        OTHER_SUPPORT,
        false,
        &[
            "hotrokhac",
            "tochuccanhankhachotro",
            "hotrothemkhac",
            "khachotro",
            "hotrothemtochuccanhankhachotro",
            "tochuchotro",
            "canhanhotro",
            "taitro",
            "nguonkhachotro",
        ],
    ),
    field(
        SUPPORTER,
        false,
        &[
            "donvihotro",
            "tendonvihotro",
            "tentochuchotro",
            "nguoihotro",
            "nhahotro",
            "nguonhotro",
            "tennguonhotro",
            "donvitaitro",
            "nhataitro",
        ],
    ),
    field(
        BUDGET_PERCENT,
        false,
        &[
            "tylensnn",
            "tylensnnhotro",
            "tylenshotro",
            "tylengansachnhanuochotro",
            "tylensnnhotroquydinh",
            "nsnnhotro",
            "ngansachnhanuochotro",
        ],
    ),
    field(
        STATED,
        false,
        &[
            "tiendongthucte",
            "sotienthucte",
            "sotienphaidong",
            "sotienphaithu",
            "sotienthu",
            "thanhtien",
            "sotiennop",
            "sotiendanop",
            "sotiennguoithamgiadong",
            "nguoithamgiadong",
            "tienthu",
            "tienphaithu",
            "phaithu",
            "thucthu",
            "sotien",
        ],
    ),
    field(STATED_NEXT, false, &[]),
    field(STATED_PREMIUM, false, &["tongtiendong", "tongmucdong"]),
    field(STATED_STATE, false, &[]),
    field(STATED_STATE_NEXT, false, &[]),
    field(PLAN, false, &["pa", "phuongan", "phuonganbhyt", "loaitanggiamdieuchinh"]),
    field(NOTE, false, &["ghichu"]),
    field(STATUS, false, &["tinhtrang", "trangthai", "luuy", "chuthich", "diengiai", "lydo", "nguyennhan"]),
    field(UNTIL, false, &["denngay", "denthang", "denthangnam", "thoihansudungthedenngay"]),
    field("rate", false, &["tyledongbhyt"]),
    field(ORDINAL, false, &["stt", "sott", "tt", "sothutu", "no"]),
    field(NAME, false, &["hoten", "hovaten", "hovatennguoithamgia", "tennguoithamgia", "hotenthanhvien"]),
    field(
        SOCIAL_NUMBER,
        false,
        &["masobhxh", "sobhxh", "masobhxhbhyt", "masobaohiemyte", "masobhyt", "mabhxh", "masosobhxh"],
    ),
    field(
        CITIZEN_ID,
        false,
        &[
            "socccd",
            "cccd",
            "cmnd",
            "socmnd",
            "socancuoccongdan",
            "socancuoccongdandinhdanhcanhan",
            "socccdddcn",
            "socccdcntndddcnhochieu",
            "sodinhdanhcanhan",
            "socancuoc",
            "socccdcmnd",
        ],
    ),
    field("sex", false, &["gioitinh", "phai"]),
    field(
        "facility",
        false,
        &[
            "noidangkykcbbandau",
            "noidangkykcb",
            "noidangkykhamchuabenh",
            "noikhamchuabenhbandau",
            "noidkkcbbd",
            "noikcbbd",
            "tenbenhvien",
            "noidangkykhamchuabenhbandau",
            "noidangkykhambenhchuabenhbandau",
            "noidkkcb",
            "noikcbbandau",
        ],
    ),
    field("address", false, &["diachi", "diachidangss", "diachilienhe"]),
    field("relation", false, &["quanhevoichuho", "moiquanhevoichuho"]),
    field("receipt", false, &["sobienlai", "sobl", "bienlaiso"]),
    field("collector", false, &["masonhanvienthu", "manhanvienthu"]),
];
