//! A49 Giá BHYT cao hơn giá bệnh viện: the price that the fund accepts is above what the hospital charges.

use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use super::evidence::Examined;
use super::law_effect::of;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A49-insured-above-hospital",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Đơn giá BHYT cao hơn đơn giá bệnh viện", "Insured price above the hospital price"],
    says: [
        "{field} = {declared} đ cao hơn DON_GIA_BV {expected} đ: quỹ không trả quá số bệnh viện thu, quỹ trả thừa {money} đ.",
        "{field} = {declared} đ is above DON_GIA_BV {expected} đ: the fund pays no more than the hospital charges, {money} đ too much.",
    ],
    explain: [
        "Phần trong phạm vi hưởng không thể lớn hơn thành tiền bệnh viện: phần tự trả sẽ âm. Tiền chênh = T_BHTT − THANH_TIEN_BV × MUC_HUONG. Các phép kiểm tra A03, A13, A14 không lặp lại trên dòng này.",
        "What is covered cannot exceed what the hospital charges: the own payment would be negative. The money is T_BHTT less THANH_TIEN_BV × MUC_HUONG. A03, A13 and A14 do not repeat it on this line.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 3, chỉ tiêu 14, 15, 28", "table 3, nos. 14, 15 and 28")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, _) in examined.lines().filter(|(_, replay)| replay.inverted) {
        let (Some(insured), Some(hospital)) = (line.insured_price, line.hospital_price) else { continue };
        let right = of(line.hospital_amount.unwrap_or_default(), line.share.unwrap_or_default());
        let [hospital_amount, fund, copayment, own, other] =
            [line.hospital_amount, line.fund, line.copayment, line.own, line.other].map(Option::unwrap_or_default);
        let money = fund - right;
        // What the patient pays above the rest of the hospital's amount.
        let patient = copayment + own - (hospital_amount - other - right);
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::DonGiaBh)
                .amounts(insured, hospital)
                .bearing(money, patient)
                .with("money", FindingValue::Amount(money)),
        );
    }
}
