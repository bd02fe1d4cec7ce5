//! A16 Nguồn khác ngoài khoảng: T_NGUONKHAC below zero or above the line's amount.

use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A16-other-source-range",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Nguồn khác âm hoặc lớn hơn thành tiền", "Other source below zero or above the amount"],
    says: [
        "{field} khai {declared} đ, phải từ 0 đến {amount} đ.",
        "{field} says {declared} đ; it must lie between 0 and {amount} đ.",
    ],
    explain: [
        "Nguồn khác chi trả một phần của dòng: 0 ≤ T_NGUONKHAC ≤ THANH_TIEN_BV. Các khoản chi trả của dòng này không tính lại được.",
        "Other sources pay a part of the line: 0 ≤ T_NGUONKHAC ≤ THANH_TIEN_BV. The shares of such a line are not replayed.",
    ],
    cites: &[Cite::table(
        "qd-130-2023",
        "bảng 2, chỉ tiêu 26; bảng 3, chỉ tiêu 27",
        "table 2, no. 26; table 3, no. 27",
    )],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, _) in examined.lines().filter(|(_, replay)| !replay.other_in_range) {
        let (Some(declared), Some(amount)) = (line.other, line.hospital_amount) else { continue };
        // A negative amount is A29, whatever source stands beside it.
        if amount.is_negative() {
            continue;
        }
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::TNguonkhac)
                .values(FindingValue::Amount(declared), FindingValue::None)
                .with("amount", FindingValue::Amount(amount)),
        );
    }
}
