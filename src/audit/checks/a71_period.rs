//! A71 Kỳ quyết toán lạ: a settlement period before the discharge, or no month at all.

use chrono::Datelike;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::moment::FileMoment;
use crate::audit::tag::Tag;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A71-period",
    severity: Severity::Warning,
    class: Class::Identity,
    title: ["Kỳ quyết toán trước ngày ra hoặc không có thật", "Settlement period before the discharge, or none"],
    says: [
        "{field}: kỳ {declared}, trong khi ra viện tháng {expected}.",
        "{field}: period {declared}, while the discharge is in {expected}.",
    ],
    explain: [
        "NAM_QT, THANG_QT là kỳ đề nghị thanh toán: không thể trước tháng ra viện, và tháng phải từ 1 đến 12. Kỳ muộn hơn được chấp nhận (hồ sơ gửi chậm, bổ sung).",
        "NAM_QT and THANG_QT are the period of the request: it cannot be before the month of discharge, and the month must be 1 to 12. A later period is accepted (late or supplementary claims).",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 54, 55", "table 1, nos. 54 and 55")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let summary = &examined.claim.summary;
    let Some((year, month)) = summary.settlement else { return };
    let Some(discharged) = summary.discharged.map(FileMoment::date) else { return };
    let left = (discharged.year(), discharged.month());
    let period = (i32::try_from(year).unwrap_or_default(), month);
    if (1..=12).contains(&month) && period >= left {
        return;
    }
    let shown = |(year, month): (i32, u32)| FindingValue::Text(format!("{month}/{year}"));
    findings.push(examined.at_summary(&CHECK, Tag::ThangQt).values(shown(period), shown(left)));
}
