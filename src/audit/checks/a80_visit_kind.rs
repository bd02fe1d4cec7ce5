//! A80 Loại hình khám không có thật: MA_LOAI_KCB is empty or no kind of visit, so in-patient or out-patient is not known.

use super::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, FindingValue, Severity, shown_code};
use crate::audit::legal::is_visit_kind;
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A80-visit-kind",
    severity: Severity::Warning,
    class: Class::Law,
    title: ["Loại hình khám chữa bệnh trống hoặc không có", "Kind of visit empty or none"],
    says: [
        "{field} = {declared} không phải là một loại hình khám chữa bệnh: chưa biết nội trú hay ngoại trú.",
        "{field} = {declared} is no kind of visit: in-patient or out-patient is not known.",
    ],
    explain: [
        "MA_LOAI_KCB gồm 01 đến 16 (QĐ 4210: 1 đến 3). Nó quyết định ngày giường, số ngày điều trị, các mã đối tượng chỉ dùng cho nội trú hay ngoại trú.",
        "MA_LOAI_KCB is one of 01 to 16 (QĐ 4210: 1 to 3). Bed days, days of treatment and visit codes that are for one setting only depend on it.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 56", "table 1, no. 56")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let kind = examined.claim.summary.visit_kind;
    if is_visit_kind(kind) {
        return;
    }
    let shown = if kind.trim().is_empty() { "–".to_owned() } else { shown_code(kind) };
    findings.push(
        examined.at_summary(&CHECK, Tag::MaLoaiKcb).values(FindingValue::Text(shown), FindingValue::None),
    );
}
