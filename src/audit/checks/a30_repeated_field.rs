//! A30 Chỉ tiêu lặp lại với giá trị khác: a field stands twice in one item and says two things.

use super::faults::at_fault;
use crate::audit::number_text::NumberFault;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity};

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A30-repeated-field",
    severity: Severity::Error,
    class: Class::Form,
    title: ["Chỉ tiêu lặp lại với giá trị khác", "Field twice with different values"],
    says: [
        "{field} xuất hiện hai lần trong một dòng với giá trị khác nhau; giá trị đầu được dùng.",
        "{field} stands twice in one item with different values; the first one counts.",
    ],
    explain: [
        "Mỗi chỉ tiêu chỉ xuất hiện một lần trong một dòng. Hai phần mềm có thể đọc hai giá trị khác nhau từ cùng một tệp.",
        "Each field stands once in an item. Two programs may read two values from one file.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, 2, 3", "tables 1, 2 and 3")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let repeated = examined.claim.faults.iter().filter(|cell| cell.fault == NumberFault::Repeated);
    findings.extend(repeated.map(|cell| at_fault(examined, &CHECK, cell)));
}
