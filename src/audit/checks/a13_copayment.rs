//! A13 Cùng chi trả sai: T_BNCCT is not what is left of the covered amount after the fund.

use crate::audit::figure::Figure;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity};
use crate::audit::replay::line::Split;
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A13-copayment",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Cùng chi trả sai", "Co-payment is wrong"],
    says: [
        "{field} khai {declared} đ; THANH_TIEN_BH − T_BHTT = {expected} đ.",
        "{field} says {declared} đ; THANH_TIEN_BH − T_BHTT = {expected} đ.",
    ],
    explain: [
        "Cùng chi trả là phần còn lại: T_BNCCT = THANH_TIEN_BH − T_BHTT, tính bằng phép trừ, không nhân rồi làm tròn riêng; nhờ \
         vậy không lệch 0,01 đ. Theo QĐ 4210, trái tuyến chỉ tính trong tỷ lệ được hưởng.",
        "The co-payment is what is left: T_BNCCT = THANH_TIEN_BH − T_BHTT, by subtraction and not by a rounding of its own, so \
         that no 0.01 đ is lost. Under QĐ 4210, out of network, it counts within the network rate only.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 2 và bảng 3, chỉ tiêu 29", "tables 2 and 3, no. 29")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, replay) in examined.lines() {
        let Split::Differs { copayment, .. } = replay.split else { continue };
        let (Some(expected), Some(declared)) = (copayment.expected(), line.copayment) else { continue };
        let paid = declared + line.own.unwrap_or_default() + line.other.unwrap_or_default();
        let moved = line.is_outside_scope() && Some(paid) == line.hospital_amount;
        let patient = if moved { Figure::ZERO } else { declared - expected };
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::TBncct)
                .amounts(declared, expected)
                .bearing(Figure::ZERO, patient),
        );
    }
}
