//! A15 Nguồn khác khác tổng bốn nguồn: T_NGUONKHAC is not the sum of its four fields.

use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A15-other-source-sum",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Nguồn khác không bằng tổng bốn nguồn", "Other source is not the sum of its four fields"],
    says: [
        "{field} khai {declared} đ; NSNN + VTNN + VTTN + CL = {expected} đ.",
        "{field} says {declared} đ; NSNN + VTNN + VTTN + CL = {expected} đ.",
    ],
    explain: [
        "T_NGUONKHAC = T_NGUONKHAC_NSNN + T_NGUONKHAC_VTNN + T_NGUONKHAC_VTTN + T_NGUONKHAC_CL; ô để trống tính là 0.",
        "T_NGUONKHAC = T_NGUONKHAC_NSNN + T_NGUONKHAC_VTNN + T_NGUONKHAC_VTTN + T_NGUONKHAC_CL; an empty field counts as 0.",
    ],
    cites: &[Cite::table(
        "qd-130-2023",
        "bảng 2, chỉ tiêu 22–26; bảng 3, chỉ tiêu 23–27",
        "table 2, nos. 22 to 26; table 3, nos. 23 to 27",
    )],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, replay) in examined.lines() {
        let (Some(expected), Some(declared)) = (replay.sources.expected(), line.other) else { continue };
        findings.push(examined.at_line(&CHECK, line, Tag::TNguonkhac).amounts(declared, expected));
    }
}
