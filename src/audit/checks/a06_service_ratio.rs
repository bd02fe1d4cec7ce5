//! A06 THANH_TIEN_BV chưa nhân TYLE_TT_DV: the hospital's amount leaves the service ratio out.

use super::effect::hospital_effect;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A06-service-ratio",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Thành tiền bệnh viện chưa nhân tỷ lệ dịch vụ", "Hospital amount without the service ratio"],
    says: [
        "{field} khai {declared} đ, chưa nhân TYLE_TT_DV {ratio}: đúng ra {expected} đ.",
        "{field} says {declared} đ, without TYLE_TT_DV {ratio}: it should be {expected} đ.",
    ],
    explain: [
        "Từ 01/07/2024 (QĐ 4750) THANH_TIEN_BV của dịch vụ = SO_LUONG × DON_GIA_BV × TYLE_TT_DV / 100. Bỏ tỷ lệ làm phần tự trả \
         của người bệnh tăng lên. Ví dụ: lần khám thứ hai 37.500 với tỷ lệ 30 → 11.250.",
        "From 2024-07-01 (QĐ 4750) THANH_TIEN_BV of a service is SO_LUONG × DON_GIA_BV × TYLE_TT_DV / 100. Leaving the ratio out \
         inflates what the patient pays alone. Example: a second exam of 37,500 at ratio 30 is 11,250.",
    ],
    cites: &[Cite::table("qd-4750-2023", "bảng 3, chỉ tiêu 19", "table 3, no. 19")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, replay) in examined.lines().filter(|(_, replay)| replay.ratio_ignored) {
        let (Some(expected), Some(declared)) = (replay.hospital.expected(), line.hospital_amount) else {
            continue;
        };
        let (fund, patient) = hospital_effect(line, expected);
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::ThanhTienBv)
                .amounts(declared, expected)
                .bearing(fund, patient)
                .with("ratio", FindingValue::Percent(line.service_ratio.unwrap_or_default())),
        );
    }
}
