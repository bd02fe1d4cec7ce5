//! A10 Các nguồn chi trả không bằng thành tiền: the payers of a line do not add up to its amount.

use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity};
use crate::audit::replay::line::Split;
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A10-payers-sum",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Các nguồn chi trả không bằng thành tiền", "Payers do not add up to the amount"],
    says: [
        "T_BNTT + T_BNCCT + T_BHTT + T_NGUONKHAC = {declared} đ, khác {field} {expected} đ.",
        "T_BNTT + T_BNCCT + T_BHTT + T_NGUONKHAC = {declared} đ, other than {field} {expected} đ.",
    ],
    explain: [
        "Dù nguồn khác chi trả theo cách nào, bốn khoản cộng lại phải bằng THANH_TIEN_BV. Chỉ báo khi không có phát hiện nào \
         khác trên dòng giải thích được chênh lệch.",
        "However other sources pay, the four must add up to THANH_TIEN_BV. Reported only when no other finding on the line \
         explains the difference.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 2 và bảng 3, chỉ tiêu 28–30", "tables 2 and 3, nos. 28 to 30")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, replay) in examined.lines() {
        let Split::Sum { paid } = replay.split else { continue };
        let amount = line.hospital_amount.unwrap_or_default();
        findings.push(examined.at_line(&CHECK, line, Tag::ThanhTienBv).amounts(paid, amount));
    }
}
