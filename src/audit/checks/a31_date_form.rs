//! A31 Thời điểm viết sai dạng: a moment that is no `yyyymmddHHMM` of the calendar.

use super::faults::at_fault;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity};

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A31-date-form",
    severity: Severity::Warning,
    class: Class::Form,
    title: ["Thời điểm viết sai dạng", "Moment not in the standard's form"],
    says: [
        "{field} có dạng `{declared}`; chuẩn là yyyymmddHHMM.",
        "{field} has the form `{declared}`; the standard is yyyymmddHHMM.",
    ],
    explain: [
        "Thời điểm gồm 12 chữ số yyyymmddHHMM (ngày 8 chữ số) và phải có trên lịch. Thời điểm dạng khác (có gạch, có giây, thiếu giờ phút) vẫn đọc được khi chỉ có một cách hiểu; thời điểm hỏng thì không xác định được thẻ, mức \
         hưởng của dòng.",
        "A moment is twelve digits yyyymmddHHMM (a day eight) and must exist in the calendar. Another form (with dashes or slashes, with seconds, without a minute) is read where it can mean one thing only; a broken one leaves the card and the \
         level of its line undecided.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, 2, 3", "tables 1, 2 and 3")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let broken = examined.claim.faults.iter().filter(|cell| cell.fault.is_of_a_moment());
    findings.extend(broken.map(|cell| at_fault(examined, &CHECK, cell)));
}
