//! Chi phí: kinds of costs, beds and prices, and who else pays.

use crate::terms::listed::listed;

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
