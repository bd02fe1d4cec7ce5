//! A72 Thiếu ngày vào hoặc ngày ra: without them nothing that depends on days is judged.

use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use super::evidence::Examined;
use crate::audit::claim_file::FileLine;
use crate::audit::figure::Figure;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A72-dates-missing",
    severity: Severity::Question,
    class: Class::Form,
    title: ["Thiếu hoặc không đọc được ngày vào, ngày ra", "Admission or discharge missing or unreadable"],
    says: [
        "Không có {field} đọc được: chưa xét mức hưởng, thẻ, ngày giường[[ theo ngày của {lines} dòng]]; quỹ trả {fund} đ.",
        "There is no readable {field}: share, cards and bed days are not judged[[ by the days of {lines} lines]]; the fund pays {fund} đ.",
    ],
    explain: [
        "Mức hưởng phụ thuộc ngày vào, ngày ra; dòng có tiền mà không có NGAY_YL, NGAY_TH_YL thì được xét theo ngày ra và hỏi lại một lần. Phép tính trên chính hồ sơ vẫn được làm; chuẩn dữ liệu được đoán theo tên chỉ tiêu và các ngày còn lại.",
        "The share depends on admission and discharge; paid lines without NGAY_YL and NGAY_TH_YL are judged by the day of discharge and asked about once. The replay on the file's own terms is done all the same; the edition is told by the names of the fields and the days that are left.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 35, 37", "table 1, nos. 35 and 37")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let summary = &examined.claim.summary;
    without_moments(examined, findings);
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

/// Paid lines without any readable moment: their cards, copies and place in the stay cannot be looked at.
fn without_moments(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let is_paid = |line: &&FileLine<'_>| line.day().is_none() && line.fund.is_some_and(|fund| fund > Figure::ZERO);
    let lines = || examined.claim.lines.iter().filter(is_paid);
    let Some(first) = lines().next() else { return };
    let count = i64::try_from(lines().count()).unwrap_or(i64::MAX);
    findings.push(
        examined
            .at_line(&CHECK, first, Tag::NgayYl)
            .with("lines", FindingValue::Text(count.to_string()))
            .with("fund", FindingValue::Amount(lines().filter_map(|line| line.fund).sum())),
    );
}
