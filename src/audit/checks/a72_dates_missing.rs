//! A72 Thiếu ngày vào hoặc ngày ra: without them nothing that depends on days is judged.

use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A72-dates-missing",
    severity: Severity::Question,
    class: Class::Form,
    title: ["Thiếu hoặc không đọc được ngày vào, ngày ra", "Admission or discharge missing or unreadable"],
    says: [
        "Không có {field} đọc được: chưa xét mức hưởng, thẻ, ngày giường; quỹ trả {fund} đ.",
        "There is no readable {field}: share, cards and bed days are not judged; the fund pays {fund} đ.",
    ],
    explain: [
        "Mức hưởng phụ thuộc ngày vào, ngày ra. Phép tính trên chính hồ sơ vẫn được làm; chuẩn dữ liệu được đoán theo tên chỉ tiêu và các ngày còn lại.",
        "The share depends on admission and discharge. The replay on the file's own terms is done all the same; the edition is told by the names of the fields and the days that are left.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 35, 37", "table 1, nos. 35 and 37")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let summary = &examined.claim.summary;
    let missing = if summary.discharged.is_none() {
        Tag::NgayRa
    } else if summary.admitted.is_none() {
        Tag::NgayVao
    } else {
        return;
    };
    let mut finding = examined
        .at_summary(&CHECK, missing)
        .with("fund", FindingValue::Amount(summary.totals.fund.unwrap_or_default()));
    finding.difference = summary.totals.fund;
    findings.push(finding);
}
