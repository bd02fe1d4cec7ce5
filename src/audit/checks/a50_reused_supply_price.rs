//! A50 Vật tư tái sử dụng có hai giá: a supply used again whose two prices differ.

use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A50-reused-supply-price",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Vật tư tái sử dụng có hai đơn giá khác nhau", "Re-used supply with two prices"],
    says: [
        "{field} = {declared}[[: {why}]][[ đ, nhưng vật tư tái sử dụng (TAI_SU_DUNG 1) có DON_GIA_BV bằng DON_GIA_BH {expected} đ]].",
        "{field} = {declared}[[: {why}]][[ đ, but of a re-used supply (TAI_SU_DUNG 1) DON_GIA_BV equals DON_GIA_BH {expected} đ]].",
    ],
    explain: [
        "Giá một lần sử dụng = giá mua chia số lần cộng chi phí xử lý; cả hai đơn giá đều là số đó. Phần chênh bị thu của người bệnh. Ví dụ chính thức: 100.000, hai lần, xử lý 10.000 → 55.000.",
        "The price of one use is the purchase price divided by the uses, with the cost of re-processing; both prices are that. The rest is charged to the patient. Official example: 100,000, two uses, 10,000 of cost: 55,000.",
    ],
    cites: &[Cite::table("qd-4750-2023", "bảng 3, chỉ tiêu 14, 15", "table 3, nos. 14 and 15")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, _) in examined.lines() {
        match line.reused {
            Some(USED_AGAIN) => {}
            Some(other) if other > USED_AGAIN => {
                let mut finding = examined.at_line(&CHECK, line, Tag::TaiSuDung);
                finding.declared = FindingValue::Text(other.to_string());
                finding.severity = Severity::Warning;
                findings.push(finding.with("why", FindingValue::Text("reuse-code".to_owned())));
                continue;
            }
            _ => continue,
        }
        let (Some(hospital), Some(insured)) = (line.hospital_price, line.insured_price) else { continue };
        if hospital <= insured {
            continue;
        }
        let charged = line.quantity.and_then(|quantity| quantity.product(hospital - insured, &[]));
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::DonGiaBv)
                .amounts(hospital, insured)
                .bearing(Figure::ZERO, charged.unwrap_or_default())
                .with("why", FindingValue::None),
        );
    }
}

/// TAI_SU_DUNG of a supply that is used again.
const USED_AGAIN: u32 = 1;
