//! A12 Thành tiền BHYT của dịch vụ, vật tư sai: quantity × insured price × ratios is another amount.

use super::effect::covered_amounts;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::FilePart;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A12-covered-amount",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Thành tiền BHYT sai", "Covered amount is wrong"],
    says: [
        "{field} khai {declared} đ; {quantity} × {price} đ × {ratio} × {list} = {expected} đ.",
        "{field} says {declared} đ; {quantity} × {price} đ × {ratio} × {list} = {expected} đ.",
    ],
    explain: [
        "THANH_TIEN_BH của dịch vụ, vật tư = SO_LUONG × DON_GIA_BH × TYLE_TT_DV / 100 × TYLE_TT_BH / 100, làm tròn một lần đến 2 số \
         lẻ. Khi có tài trợ cho cơ sở, tài trợ được trừ trước rồi mới nhân TYLE_TT_BH. Thuốc xem A04.",
        "THANH_TIEN_BH of services and supplies is SO_LUONG × DON_GIA_BH × TYLE_TT_DV / 100 × TYLE_TT_BH / 100, rounded once to two \
         decimals. Aid to the facility is taken off before TYLE_TT_BH. For drugs see A04.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 3, chỉ tiêu 20", "table 3, no. 20")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    findings.extend(covered_amounts(examined, &CHECK, FilePart::Services).map(|(line, finding)| {
        finding
            .with("quantity", FindingValue::Amount(line.quantity.unwrap_or_default()))
            .with("price", FindingValue::Amount(line.insured_price.unwrap_or_default()))
            .with("ratio", FindingValue::Percent(line.service_ratio.unwrap_or_default()))
            .with("list", FindingValue::Percent(line.list_ratio.unwrap_or_default()))
    }));
}
