//! Tên cột: what the fields of tables are called by the people who fill them in.

/// Each field with its Vietnamese and English name.
const WORDS: &[(&str, [&str; 2])] = &[
    ("group", ["đối tượng", "group"]),
    ("months", ["số tháng", "months"]),
    ("paid_on", ["ngày đóng", "day of payment"]),
    ("from", ["từ ngày", "first day"]),
    ("until", ["đến ngày", "last day"]),
    ("born", ["ngày sinh", "birth date"]),
    ("born_year", ["năm sinh", "year of birth"]),
    ("salary", ["tiền lương, lương hưu, trợ cấp", "salary, pension or benefit"]),
    ("province", ["tỉnh, thành phố", "province"]),
    ("school_province", ["tỉnh nơi học", "province of the school"]),
    ("tags", ["hoàn cảnh", "circumstances"]),
    ("rank", ["thứ tự trong hộ", "place in the household"]),
    ("already", ["số người của hộ đã đóng", "members who already paid"]),
    ("household_id", ["mã hộ", "household"]),
    ("sheet_of_book", ["trang tính", "sheet"]),
    ("person_id", ["mã người", "person"]),
    ("from_month", ["từ tháng", "first month"]),
    ("months_note", ["số tháng trong ghi chú", "months in a note"]),
    ("coefficient", ["hệ số lương", "salary coefficient"]),
    ("pay_or_base", ["tiền lương hoặc lương cơ sở", "salary or base salary"]),
    ("pay_or_ladder_base", ["tiền lương hoặc căn cứ đóng của hộ", "salary or base of the household"]),
    ("pay_or_stated", ["tiền lương hoặc số tiền đóng", "salary or amount paid"]),
    ("pay_or_stated_with_other", ["tiền lương, trợ cấp hoặc số tiền đóng", "salary, benefit or amount paid"]),
    ("base_salary", ["lương cơ sở", "base salary"]),
    ("ladder_percent", ["mức giảm của hộ (%)", "household step (%)"]),
    ("ladder_percent_or_first", ["mức giảm của hộ (%)", "household step (%)"]),
    ("level_or_stated", ["mức đóng hoặc số tiền", "premium or amount"]),
    ("local_support", ["ngân sách địa phương hỗ trợ", "local support"]),
    ("other_support", ["hỗ trợ khác", "other support"]),
    ("supporter", ["đơn vị hỗ trợ", "who supports"]),
    ("budget_percent", ["ngân sách nhà nước hỗ trợ (%)", "state support (%)"]),
    ("stated", ["số tiền ghi trong danh sách", "amount stated in the list"]),
    ("stated_next", ["số tiền ghi trong danh sách", "amount stated in the list"]),
    ("stated_premium", ["tổng mức đóng ghi trong danh sách", "premium stated in the list"]),
    ("stated_state", ["phần ngân sách ghi trong danh sách", "state part stated in the list"]),
    ("stated_state_next", ["phần ngân sách ghi trong danh sách", "state part stated in the list"]),
    ("plan", ["phương án", "plan"]),
    ("note", ["ghi chú", "note"]),
    ("status", ["tình trạng", "status"]),
    ("rate", ["tỷ lệ đóng", "premium rate"]),
    ("ordinal", ["số thứ tự", "number"]),
    ("name", ["họ tên", "name"]),
    ("social_number", ["mã số bảo hiểm xã hội", "social insurance number"]),
    ("citizen_id", ["số căn cước", "identity number"]),
    ("sex", ["giới tính", "sex"]),
    ("facility", ["cơ sở khám chữa bệnh", "facility"]),
    ("address", ["địa chỉ", "address"]),
    ("relation", ["quan hệ với chủ hộ", "relation to the head"]),
    ("receipt", ["số biên lai", "receipt"]),
    ("collector", ["nhân viên thu", "collector"]),
    // Visits.
    ("claim_id", ["mã lượt khám", "visit"]),
    ("admitted", ["ngày vào", "admitted"]),
    ("discharged", ["ngày ra", "discharged"]),
    ("hospital_cost", ["tổng chi phí", "hospital cost"]),
    ("covered_cost", ["chi phí trong phạm vi bảo hiểm", "covered cost"]),
    ("copaid_this_year", ["đã cùng chi trả trong năm", "co-paid this year"]),
    ("five_years_since", ["đủ 5 năm liên tục từ", "five years since"]),
    ("card", ["số thẻ", "card"]),
    ("route_code", ["mã lý do vào viện", "code of the admission"]),
    ("insured_total", ["tổng chi phí bảo hiểm", "insured total"]),
    ("other_source", ["nguồn khác", "other sources"]),
    ("stated_fund", ["quỹ trả, theo danh sách", "fund, as stated"]),
    ("stated_copayment", ["cùng chi trả, theo danh sách", "co-payment, as stated"]),
    ("stated_own", ["tự trả, theo danh sách", "own payment, as stated"]),
    ("stated_patient", ["người bệnh trả, theo danh sách", "patient, as stated"]),
    ("direct_payment", ["thanh toán trực tiếp", "direct payment"]),
    ("card_shown", ["ngày xuất trình thẻ", "card shown on"]),
    ("hospital_cost_before_card", ["tổng chi phí trước khi xuất trình thẻ", "hospital cost before the card"]),
    (
        "covered_cost_before_card",
        ["chi phí trong phạm vi trước khi xuất trình thẻ", "covered cost before the card"],
    ),
    ("employer_arrears", ["đơn vị còn nợ", "employer in arrears"]),
    ("exempt_from", ["miễn cùng chi trả từ ngày", "exempt from"]),
    ("contract_renewed", ["tiếp tục ký hợp đồng", "contract goes on"]),
    ("meal_difference_a_day", ["tiền ăn chênh lệch một ngày", "meal difference a day"]),
    ("meal_days", ["số ngày ăn", "days with meals"]),
    ("patient_support", ["quỹ hỗ trợ người bệnh", "patient support"]),
    ("patient_support_rate", ["mức hỗ trợ người bệnh", "rate of the patient support"]),
    ("visit_code", ["mã đối tượng đến khám", "visit code"]),
    ("route", ["cách đến khám", "route"]),
    ("setting", ["nội trú, ngoại trú", "setting"]),
    ("care_level", ["cấp chuyên môn kỹ thuật", "care level"]),
    ("former_tier", ["tuyến trước 2025", "former tier"]),
    ("points", ["điểm của cơ sở", "points"]),
    ("listed_initial", ["cơ sở ban đầu theo danh sách", "listed as initial level"]),
    ("residence", ["nơi cư trú (K1, K2, K3)", "residence (K1, K2, K3)"]),
    ("disease_list", ["bệnh theo danh mục", "disease of a list"]),
    ("same_province", ["khám trong tỉnh", "within the province"]),
    ("class", ["hạng bệnh viện", "class of the hospital"]),
    ("regional_polyclinic", ["phòng khám đa khoa khu vực", "regional polyclinic"]),
    ("registered_level", ["cấp của nơi đăng ký", "level of the registered facility"]),
    ("border", ["giáp ranh hai tỉnh", "at a border of provinces"]),
    ("referred_after_self_referral", ["chuyển sau khi tự đi khám", "referred after self-referral"]),
    ("referral_reason", ["lý do chuyển", "reason of the referral"]),
    ("drugs_ordered_above", ["thuốc do tuyến trên chỉ định", "drugs ordered above"]),
];

/// The name of a field; the field itself where it has none.
pub(super) fn heading(field: &'static str) -> [&'static str; 2] {
    let known = WORDS.iter().find(|(known, _)| *known == field);
    known.map_or([field, field], |(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::heading;
    use crate::table::{claim, premium};

    #[test]
    fn every_column_of_people_and_visits_has_a_name() {
        let fields = premium::SCHEMA.fields.iter().chain(claim::SCHEMA.fields);
        let bare: Vec<&str> =
            fields.map(|field| field.name).filter(|name| heading(name) == [*name, *name]).collect();
        assert!(bare.is_empty(), "{bare:?}");
    }
}
