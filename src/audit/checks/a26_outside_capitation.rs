//! A26 T_NGOAIDS sai (QĐ 4210): the amount outside capitation is neither nothing nor the fund's whole amount.

use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A26-outside-capitation",
    severity: Severity::Warning,
    class: Class::Money,
    title: ["T_NGOAIDS sai", "T_NGOAIDS is wrong"],
    says: [
        "{field} khai {declared} đ; phải là 0 hoặc bằng {expected} đ.",
        "{field} says {declared} đ; it must be 0 or {expected} đ.",
    ],
    explain: [
        "Theo QĐ 4210, T_NGOAIDS của dòng bằng 0 hoặc bằng T_BHTT; T_NGOAIDS của XML1 bằng tổng các dòng (quy tắc 42, 46 của cổng).",
        "Under QĐ 4210, T_NGOAIDS of a line is 0 or T_BHTT, and that of XML1 the sum of the lines (the portal's rules 42 and 46).",
    ],
    cites: &[Cite::table("qd-4210-2017", "bảng 1, 2, 3", "tables 1, 2 and 3")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    if !examined.claim.standard.has_single_amount() {
        return;
    }
    for (line, _) in examined.lines() {
        let (Some(declared), Some(fund)) = (line.outside_capitation, line.fund) else { continue };
        if !declared.is_zero() && declared != fund {
            findings.push(examined.at_line(&CHECK, line, Tag::TNgoaids).amounts(declared, fund));
        }
    }
    if !examined.claim.whole.can_be_judged() {
        return;
    }
    for total in examined.replay.totals.iter().filter(|total| !total.fits && total.tag == Tag::TBhttGdv) {
        let (Some(declared), Some(summed)) = (total.declared, total.summed) else { continue };
        findings.push(examined.at_summary(&CHECK, Tag::TNgoaids).amounts(declared, summed));
    }
}
