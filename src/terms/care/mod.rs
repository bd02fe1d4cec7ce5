//! Khám bệnh, chữa bệnh: levels of care, routes, settings and what else decides how a visit is paid.

mod among;
mod cost;

pub use among::Among;
pub use cost::{
    AidKind, BedType, DifferenceBearer, DirectCase, LineKind, PricePlace, Scope, SentElsewhere, SurgicalTeam,
    TenderKind,
};

use super::listed::listed;

listed! {
    /// Cấp chuyên môn kỹ thuật, since 2025.
    CareLevel {
        /// Cấp ban đầu.
        Initial = "initial" | "cap-ban-dau" | "ban-dau",
        /// Cấp cơ bản.
        Basic = "basic" | "cap-co-ban" | "co-ban",
        /// Cấp chuyên sâu.
        Specialised = "specialised" | "cap-chuyen-sau" | "chuyen-sau" | "specialized",
    }
}

listed! {
    /// Tuyến chuyên môn kỹ thuật, before 2025; still a criterion for some facilities.
    FormerTier {
        /// Tuyến xã.
        Commune = "commune" | "tuyen-xa" | "xa",
        /// Tuyến huyện.
        District = "district" | "tuyen-huyen" | "huyen",
        /// Tuyến tỉnh.
        Provincial = "provincial" | "tuyen-tinh" | "tinh",
        /// Tuyến trung ương.
        Central = "central" | "tuyen-trung-uong" | "trung-uong",
        /// Chưa từng được xếp tuyến.
        Unranked = "unranked" | "chua-xep-tuyen",
    }
}

listed! {
    /// Khoảng điểm xếp cấp chuyên môn kỹ thuật; its bounds stand in the rule file.
    PointsBand {
        /// Below the first bound, or provisionally classed as basic.
        Low = "low",
        /// From the first bound to below the second.
        Middle = "middle",
        /// From the second bound.
        High = "high",
    }
}

listed! {
    /// Lý do đến khám: how the patient came to the facility.
    AccessRoute {
        /// Đúng nơi đăng ký khám bệnh, chữa bệnh ban đầu.
        Registered = "registered" | "dung-noi-dang-ky" | "noi-dang-ky",
        /// Có giấy chuyển cơ sở khám bệnh, chữa bệnh.
        Referred = "referred" | "giay-chuyen" | "chuyen-tuyen" | "chuyen-co-so",
        /// Có giấy hẹn khám lại.
        Revisit = "revisit" | "hen-kham-lai" | "giay-hen",
        /// Thay đổi nơi tạm trú, lưu trú.
        ChangedResidence = "changed-residence" | "thay-doi-noi-o" | "luu-tru",
        /// Điều trị ngay sau khi hiến bộ phận cơ thể.
        OrganDonor = "organ-donor" | "hien-bo-phan-co-the" | "hien-tang",
        /// Trẻ sơ sinh điều trị ngay sau khi sinh.
        Newborn = "newborn" | "tre-so-sinh" | "so-sinh",
        /// Cấp cứu.
        Emergency = "emergency" | "cap-cuu",
        /// Lĩnh thuốc theo giấy hẹn.
        MedicineByAppointment = "medicine-by-appointment" | "linh-thuoc",
        /// Tự đi khám bệnh, chữa bệnh.
        SelfReferred = "self-referred" | "tu-di" | "tu-di-kham" | "trai-tuyen",
        /// Không khám bảo hiểm y tế.
        NotInsured = "not-insured" | "khong-bhyt" | "khong-kham-bhyt",
    }
}

listed! {
    /// Ngoại trú, nội trú, điều trị ban ngày.
    Setting {
        /// Ngoại trú.
        Outpatient = "outpatient" | "ngoai-tru",
        /// Nội trú.
        Inpatient = "inpatient" | "noi-tru",
        /// Điều trị ban ngày.
        DayTreatment = "day-treatment" | "dieu-tri-ban-ngay" | "ban-ngay",
    }
}

listed! {
    /// Nội trú hay ngoại trú khi tra tỷ lệ: the two settings that the law's rates know.
    Stay {
        /// Ngoại trú.
        Outpatient = "outpatient",
        /// Nội trú.
        Inpatient = "inpatient",
    }
}

listed! {
    /// Căn cứ riêng của người bệnh: what may give a better rate than the facility alone.
    Ground {
        /// Nothing in particular.
        Ordinary = "ordinary",
        /// Người dân tộc thiểu số, hộ nghèo ở vùng khó khăn; người ở xã đảo, đặc khu.
        DifficultArea = "difficult-area",
        /// Bệnh thuộc Phụ lục I (cấp chuyên sâu).
        ListedDisease1 = "listed-disease-1",
        /// Bệnh thuộc Phụ lục II (cấp cơ bản).
        ListedDisease2 = "listed-disease-2",
        /// Quân đội, công an, cơ yếu.
        Forces = "forces",
    }
}

listed! {
    /// Cùng tỉnh hay khác tỉnh với nơi đăng ký.
    Locality {
        /// Cùng địa bàn tỉnh.
        SameProvince = "same-province",
        /// Tỉnh khác.
        OtherProvince = "other-province",
    }
}

listed! {
    /// Cấp, tuyến của nơi đăng ký khám bệnh, chữa bệnh ban đầu.
    RegisteredLevel {
        /// Trạm y tế tuyến xã.
        Commune = "commune" | "tuyen-xa" | "xa",
        /// Phòng khám đa khoa.
        Polyclinic = "polyclinic" | "phong-kham-da-khoa",
        /// Bệnh viện tuyến huyện.
        District = "district" | "tuyen-huyen" | "huyen",
        /// Bệnh viện tuyến tỉnh.
        Provincial = "provincial" | "tuyen-tinh" | "tinh",
        /// Bệnh viện tuyến trung ương.
        Central = "central" | "tuyen-trung-uong" | "trung-uong",
        /// Cấp ban đầu.
        Initial = "initial" | "cap-ban-dau" | "ban-dau",
        /// Cấp cơ bản.
        Basic = "basic" | "cap-co-ban" | "co-ban",
        /// Cấp chuyên sâu.
        Specialised = "specialised" | "cap-chuyen-sau" | "chuyen-sau" | "specialized",
    }
}

listed! {
    /// Giáp ranh hai tỉnh: whether the place of registration and the facility lie on the common border of two provinces.
    Border {
        /// Ở nơi giáp ranh.
        Common = "common",
        /// Nơi khác.
        Elsewhere = "elsewhere",
    }
}

listed! {
    /// Lý do chuyển tiếp sau khi tự đi khám: the exceptions in which the referral stays in order.
    ReferralReason {
        /// Phát hiện bệnh khác khi đang điều trị nội trú.
        AnotherDisease = "another-disease" | "phat-hien-benh-khac",
        /// Vượt quá khả năng chuyên môn.
        BeyondCapability = "beyond-capability" | "vuot-kha-nang",
        /// Cấp cứu.
        Emergency = "emergency" | "cap-cuu",
    }
}

listed! {
    /// Hạng bệnh viện, before 2015.
    HospitalClass {
        /// Hạng đặc biệt, hạng I.
        First = "first" | "hang-1" | "hang-i" | "1" | "i",
        /// Hạng II.
        Second = "second" | "hang-2" | "hang-ii" | "2" | "ii",
        /// Hạng III, hạng IV, chưa xếp hạng.
        Third = "third" | "hang-3" | "hang-iii" | "3" | "iii",
    }
}

listed! {
    /// Mã nơi sinh sống trên thẻ.
    Residence {
        /// Dân tộc thiểu số, hộ nghèo ở vùng khó khăn.
        K1 = "K1",
        /// Dân tộc thiểu số, hộ nghèo ở vùng đặc biệt khó khăn.
        K2 = "K2",
        /// Xã đảo, huyện đảo, đặc khu.
        K3 = "K3",
    }
}

listed! {
    /// Danh mục bệnh được đến thẳng cấp cơ bản, cấp chuyên sâu.
    DiseaseList {
        /// Phụ lục I.
        Appendix1 = "appendix-1" | "i" | "1" | "phu-luc-i" | "phu-luc-1",
        /// Phụ lục II.
        Appendix2 = "appendix-2" | "ii" | "2" | "phu-luc-ii" | "phu-luc-2",
    }
}

listed! {
    /// Trường hợp được hưởng 100 %: why the level of a visit is above that of the group.
    Relief {
        /// Chi phí một lần khám thấp hơn mức quy định.
        LowCostVisit = "low-cost-visit",
        /// Khám tại tuyến xã, cấp ban đầu.
        InitialLevel = "initial-level",
        /// Đủ 5 năm liên tục và cùng chi trả quá số tháng lương cơ sở.
        AnnualCeiling = "annual-ceiling",
        /// Đã có giấy chứng nhận không cùng chi trả.
        ExemptionCertificate = "exemption-certificate",
    }
}

listed! {
    /// Kết quả điều trị khi ra viện.
    StayOutcome {
        /// Khỏi.
        Recovered = "recovered" | "khoi",
        /// Đỡ, giảm.
        Improved = "improved" | "do" | "do-giam",
        /// Không thay đổi.
        Unchanged = "unchanged" | "khong-thay-doi",
        /// Tử vong.
        Died = "died" | "tu-vong",
        /// Nặng, chưa thuyên giảm hoặc diễn biến nặng, gia đình xin về.
        Worse = "worse" | "nang-xin-ve" | "nang",
        /// Chuyển cơ sở khám bệnh, chữa bệnh.
        Transferred = "transferred" | "chuyen-vien" | "chuyen-tuyen",
    }
}

listed! {
    /// Phương tiện vận chuyển.
    Vehicle {
        /// Của cơ sở khám bệnh, chữa bệnh.
        Facility = "facility",
        /// Người bệnh tự túc.
        Own = "own",
    }
}

listed! {
    /// Nơi gửi, nơi nhận khi vận chuyển: care levels and former tiers.
    FacilityRank {
        /// Tuyến xã.
        Commune = "commune",
        /// Tuyến huyện.
        District = "district",
        /// Tuyến tỉnh.
        Provincial = "provincial",
        /// Tuyến trung ương.
        Central = "central",
        /// Cấp ban đầu.
        Initial = "initial",
        /// Cấp cơ bản.
        Basic = "basic",
        /// Cấp chuyên sâu.
        Specialised = "specialised",
    }
}

listed! {
    /// Phương án hiểu khác ở chỗ luật chưa rõ: the second readings that a user may ask for.
    Reading {
        /// Điều trị ban ngày tính như ngoại trú.
        DayTreatmentAsOutpatient = "day-treatment-as-outpatient",
        /// Ngưỡng chi phí thấp so với chi phí trước tỷ lệ danh mục.
        LowCostBeforeRatios = "low-cost-before-ratios",
        /// Ngưỡng chi phí thấp áp dụng cả khi trái tuyến trước 2025.
        LowCostOutOfNetwork = "low-cost-out-of-network",
        /// Phần không được hưởng theo tỷ lệ cũng tính vào ngưỡng cùng chi trả.
        CeilingCountsNetworkRest = "ceiling-counts-network-rest",
        /// Người đã vượt ngưỡng hưởng 100 % cả khi tự đi khám.
        CeilingLiftsSelfReferral = "ceiling-lifts-self-referral",
        /// Thanh toán trực tiếp nhân cả tỷ lệ theo cơ sở.
        DirectPaymentAtNetworkRate = "direct-payment-at-network-rate",
        /// Khoản tự mua dưới 15% lương cơ sở được hưởng 100%.
        SelfBoughtLowCost = "self-bought-low-cost",
        /// Trần vật tư theo lương cơ sở ngày ra viện.
        SupplyCapAtDischarge = "supply-cap-at-discharge",
        /// 33% của giường ghép ba người là đúng một phần ba.
        SharedBedOneThird = "shared-bed-one-third",
        /// Mức hưởng theo ngày sử dụng dịch vụ, ở chỗ văn bản không có điều khoản chuyển tiếp.
        LevelByDayOfUse = "level-by-day-of-use",
        /// Lực lượng vũ trang không áp dụng tỷ lệ danh mục dù tự đi khám.
        ForcesNoListRatio = "forces-no-list-ratio",
        /// Chi phí ngoài phạm vi của lực lượng vũ trang chỉ trả khi đúng trình tự hoặc cấp cứu.
        ForcesOutOfScopeInOrderOnly = "forces-out-of-scope-in-order-only",
        /// Mười ngày giường ngoại khoa tính từ ngày sau phẫu thuật.
        SurgicalBedAfterDayOfOperation = "surgical-bed-after-day-of-operation",
        /// Trình thẻ muộn ở nơi khác nơi đăng ký cũng được thanh toán trong mức tối đa (Nghị định 146).
        CardNotPresentedAnywhere = "card-not-presented-anywhere",
        /// Cơ sở từng là tuyến huyện đạt từ 50 điểm theo khoản 2 Điều 57.
        ExDistrict50PointsAs572 = "ex-district-50-points-as-57-2",
        /// Người dân tộc thiểu số ở xã không còn khó khăn hưởng 95% từ ngày 03/12/2023.
        FormerDifficultFromDecember = "former-difficult-from-2023-12-03",
        /// Near-poor people and pupils did not wait for a first card, as the agency had it from 2020 to 2025.
        CardStartByPractice = "card-start-by-agency-practice",
    }
}
