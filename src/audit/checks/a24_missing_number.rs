//! A24 Thiếu số bắt buộc: a mandatory number is empty or its field absent.

use super::faults::at_fault;
use crate::audit::number_text::NumberFault;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity};

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A24-missing-number",
    severity: Severity::Error,
    class: Class::Form,
    title: ["Thiếu số bắt buộc", "Mandatory number missing"],
    says: [
        "{field} để trống hoặc không có; các phép tính dựa vào nó bị bỏ qua.",
        "{field} is empty or absent; what rests on it is not judged.",
    ],
    explain: [
        "Cổng giám định bắt buộc mọi chỉ tiêu tiền. Nguồn khác, T_THUOC, T_VTYT, T_BHTT_GDV để trống được hiểu là 0; các chỉ tiêu còn \
         lại để trống là thiếu.",
        "The portal makes every money field mandatory. Other sources, T_THUOC, T_VTYT and T_BHTT_GDV left empty are read as 0; the \
         others are missing.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, 2, 3", "tables 1, 2 and 3")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let missing = examined.claim.faults.iter().filter(|cell| cell.fault == NumberFault::Missing);
    findings.extend(missing.map(|cell| at_fault(examined, &CHECK, cell)));
}
