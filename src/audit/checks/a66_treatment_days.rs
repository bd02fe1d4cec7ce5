//! A66 Số ngày điều trị sai: SO_NGAY_DTRI is not what the kind of visit and its days give.

use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A66-treatment-days",
    severity: Severity::Warning,
    class: Class::Times,
    title: ["Số ngày điều trị không theo ngày vào, ngày ra", "Days of treatment do not follow from the stay"],
    says: [
        "{field} khai {declared}; theo ngày vào, ngày ra là {expected}.",
        "{field} says {declared}; the days of the stay give {expected}.",
    ],
    explain: [
        "Theo ghi chú của chuẩn: loại 01, 07, 09 là 0; loại 02, 03, 04, 06 là ngày ra − ngày vào + 1; loại 05 theo số ngày thuốc, loại 08 theo số ngày có dịch vụ nên không xét.",
        "By the note of the standard: kinds 01, 07 and 09 have 0; 02, 03, 04 and 06 discharge − admission + 1; 05 goes by the days of medicine and 08 by the days with services, which are not judged.",
    ],
    cites: &[Cite::table("qd-4750-2023", "bảng 1, chỉ tiêu 39", "table 1, no. 39")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let summary = &examined.claim.summary;
    if examined.claim.standard.has_single_amount() {
        return;
    }
    let (Some(admitted), Some(discharged), Some(declared)) =
        (summary.admitted, summary.discharged, summary.treatment_days)
    else {
        return;
    };
    let expected = match examined.visit_kind() {
        "1" | "7" | "9" => 0,
        "2" | "3" | "4" | "6" => (discharged.date() - admitted.date()).num_days() + 1,
        _ => return,
    };
    if i64::from(declared) == expected || expected < 0 {
        return;
    }
    findings.push(
        examined
            .at_summary(&CHECK, Tag::SoNgayDtri)
            .values(FindingValue::Text(declared.to_string()), FindingValue::Text(expected.to_string())),
    );
}
