//! Khám bệnh, chữa bệnh: levels of care, routes, settings and what else decides how a visit is paid.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::listed::{Listed, listed};

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
    /// Mục của bảng kê chi phí.
    LineKind {
        /// Khám bệnh.
        Exam = "exam" | "kham",
        /// Ngày giường.
        Bed = "bed" | "giuong" | "ngay-giuong",
        /// Xét nghiệm.
        Laboratory = "laboratory" | "xet-nghiem",
        /// Chẩn đoán hình ảnh.
        Imaging = "imaging" | "chan-doan-hinh-anh",
        /// Thăm dò chức năng.
        FunctionTest = "function-test" | "tham-do-chuc-nang",
        /// Phẫu thuật.
        Surgery = "surgery" | "phau-thuat",
        /// Thủ thuật.
        Procedure = "procedure" | "thu-thuat",
        /// Thuốc, dịch truyền.
        Drug = "drug" | "thuoc",
        /// Máu, chế phẩm máu.
        Blood = "blood" | "mau",
        /// Thiết bị y tế, vật tư y tế.
        Supply = "supply" | "vat-tu" | "vat-tu-y-te",
        /// Vận chuyển người bệnh.
        Transport = "transport" | "van-chuyen",
        /// Dịch vụ khác.
        Other = "other" | "khac",
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
    /// Loại giường.
    BedType {
        /// Giường thường.
        Ordinary = "ordinary" | "thuong",
        /// Băng ca, giường gấp.
        Stretcher = "stretcher" | "bang-ca" | "giuong-gap",
        /// Giường ngoại khoa, bỏng.
        Surgical = "surgical" | "ngoai-khoa" | "bong",
        /// Giường lưu.
        Lodging = "lodging" | "giuong-luu",
    }
}

listed! {
    /// Vì sao dịch vụ cận lâm sàng được thực hiện ở nơi khác.
    SentElsewhere {
        /// Tạm thời không thực hiện được.
        TemporarilyUnable = "temporarily-unable" | "tam-thoi-khong-thuc-hien-duoc",
        /// Chưa được phê duyệt thực hiện.
        NotApproved = "not-approved" | "chua-duoc-phe-duyet",
    }
}

listed! {
    /// Nơi có giá tham chiếu.
    PricePlace {
        /// Trên địa bàn tỉnh.
        Province = "province" | "tren-dia-ban",
        /// Tỉnh giáp ranh.
        Neighbouring = "neighbouring" | "giap-ranh",
        /// Tỉnh khác trên toàn quốc.
        Elsewhere = "elsewhere" | "toan-quoc",
    }
}

listed! {
    /// Kết quả lựa chọn nhà thầu của ai.
    TenderKind {
        /// Mua sắm tập trung cấp quốc gia, đàm phán giá.
        National = "national" | "quoc-gia" | "dam-phan-gia",
        /// Mua sắm tập trung cấp địa phương.
        Provincial = "provincial" | "dia-phuong",
        /// Cơ sở khám bệnh, chữa bệnh của Nhà nước.
        Facility = "facility" | "co-so",
    }
}

listed! {
    /// Ai chịu phần chênh lệch giữa giá bệnh viện và giá bảo hiểm.
    DifferenceBearer {
        /// Người bệnh.
        Patient = "patient" | "nguoi-benh",
        /// Cơ sở khám bệnh, chữa bệnh.
        Facility = "facility" | "co-so",
    }
}

listed! {
    /// Kíp phẫu thuật của một can thiệp.
    SurgicalTeam {
        /// Cùng kíp.
        Same = "same" | "cung-kip",
        /// Kíp khác.
        Another = "another" | "kip-khac",
    }
}

listed! {
    /// Phạm vi của một khoản chi (PHAM_VI).
    Scope {
        /// Trong phạm vi được hưởng.
        Covered = "covered",
        /// Ngoài phạm vi: the patient pays.
        Outside = "outside",
        /// Ngoài phạm vi nhưng được chi trả cho quân đội, công an, cơ yếu.
        ForcesOnly = "forces-only",
    }
}

listed! {
    /// Nguồn khác chi trả thế nào.
    AidKind {
        /// Tài trợ cho từng người bệnh.
        Patient = "patient",
        /// Tài trợ cho cơ sở: taken off before the split.
        Facility = "facility",
        /// Theo văn bản riêng, chi trả phần cùng chi trả.
        SpecialOrder = "special-order",
    }
}

listed! {
    /// Trường hợp thanh toán trực tiếp.
    DirectCase {
        /// Cơ sở không có hợp đồng khám bệnh, chữa bệnh bảo hiểm y tế.
        NoContract = "no-contract",
        /// Không xuất trình hoặc xuất trình thẻ muộn.
        CardNotPresented = "card-not-presented",
        /// Được thanh toán toàn bộ trong phạm vi và mức hưởng.
        Full = "full",
        /// Tự mua thuốc, thiết bị y tế.
        SelfBought = "self-bought",
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
        /// Near-poor people and pupils did not wait for a first card, as the agency had it from 2020 to 2025.
        CardStartByPractice = "card-start-by-agency-practice",
    }
}

/// Một số giá trị của một danh sách: which members a table cell or a fact allows; never empty.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Among<T> {
    mask: u32,
    of: PhantomData<T>,
}

impl<T: Listed> Among<T> {
    /// Every member.
    pub fn every() -> Among<T> {
        T::ALL.iter().fold(Among { mask: 0, of: PhantomData }, |all, member| all.with(*member))
    }

    /// One member.
    pub fn only(member: T) -> Among<T> {
        Among { mask: 0, of: PhantomData }.with(member)
    }

    /// One member where it is known, else every one.
    pub fn known(member: Option<T>) -> Among<T> {
        member.map_or_else(Among::every, Among::only)
    }

    #[must_use]
    fn with(self, member: T) -> Among<T> {
        let index = T::ALL.iter().position(|known| *known == member).unwrap_or_default();
        Among { mask: self.mask | 1 << index, of: PhantomData }
    }

    /// True when the member is allowed.
    pub fn contains(self, member: T) -> bool {
        self.meets(Among::only(member))
    }

    /// True when some member is allowed by both.
    pub const fn meets(self, other: Among<T>) -> bool {
        self.mask & other.mask != 0
    }

    /// One bit for each allowed member, in the order of the list.
    pub const fn mask(self) -> u32 {
        self.mask
    }

    /// The allowed members.
    pub fn members(self) -> impl Iterator<Item = T> {
        T::ALL.iter().copied().filter(move |member| self.contains(*member))
    }

    /// The only allowed member, if there is just one.
    pub fn single(self) -> Option<T> {
        let mut members = self.members();
        members.next().filter(|_| members.next().is_none())
    }
}

impl<T: Listed> Default for Among<T> {
    fn default() -> Among<T> {
        Among::every()
    }
}

/// `basic, specialised`, or `*` for every member.
impl<T: Listed> fmt::Display for Among<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Among::every() {
            return out.write_str("*");
        }
        let keys: Vec<&str> = self.members().map(Listed::key).collect();
        out.write_str(&keys.join(", "))
    }
}

impl<T: Listed> fmt::Debug for Among<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// Written as a list of members without repetition; a missing column means every member.
impl<'de, T: Listed + Deserialize<'de>> Deserialize<'de> for Among<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Among<T>, D::Error> {
        let members = Vec::<T>::deserialize(input)?;
        let mut among = Among { mask: 0, of: PhantomData };
        for member in &members {
            let next = among.with(*member);
            if next.mask == among.mask {
                return Err(de::Error::custom(format!("`{}` is listed twice", member.key())));
            }
            among = next;
        }
        if members.is_empty() {
            return Err(de::Error::custom(
                "an empty list allows nothing; leave the column out for every value",
            ));
        }
        Ok(among)
    }
}

impl<T: Listed> Serialize for Among<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_back_to_their_members() {
        for route in AccessRoute::ALL {
            assert_eq!(AccessRoute::parse(route.key()), Some(*route));
        }
        assert_eq!(CareLevel::parse("middle"), None);
    }

    #[test]
    fn a_cell_knows_what_it_allows() {
        let higher: Among<CareLevel> = Among::only(CareLevel::Basic).with(CareLevel::Specialised);
        assert!(higher.contains(CareLevel::Basic) && !higher.contains(CareLevel::Initial));
        assert!(higher.meets(Among::every()) && !higher.meets(Among::only(CareLevel::Initial)));
        assert_eq!(higher.to_string(), "basic, specialised");
        assert_eq!(Among::<CareLevel>::every().to_string(), "*");
        assert_eq!(Among::only(CareLevel::Initial).single(), Some(CareLevel::Initial));
    }
}
