//! A25 T_BHTT_GDV khác phần phí dịch vụ: the fund's fee-for-service total is not the sum of those lines.

use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A25-fee-for-service",
    severity: Severity::Note,
    class: Class::Money,
    title: ["T_BHTT_GDV khác tổng dòng phí dịch vụ", "T_BHTT_GDV is not the sum of fee-for-service lines"],
    says: [
        "{field} khai {declared} đ; tổng T_BHTT các dòng MA_PTTT = 1 là {expected} đ.",
        "{field} says {declared} đ; T_BHTT of the lines with MA_PTTT = 1 adds up to {expected} đ.",
    ],
    explain: [
        "T_BHTT_GDV là phần quỹ trả theo phí dịch vụ (MA_PTTT = 1), ngoài định suất và DRG. Trên thực tế phần lớn hồ sơ để 0, nên \
         đây chỉ là ghi chú.",
        "T_BHTT_GDV is what the fund pays by fee for service (MA_PTTT = 1), outside capitation and DRG. Most files leave it at 0, \
         so this is a note only.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 53", "table 1, no. 53")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    if examined.claim.standard.has_single_amount() {
        return;
    }
    if !examined.claim.whole.can_be_judged() {
        return;
    }
    for total in examined.replay.totals.iter().filter(|total| !total.fits && total.tag == Tag::TBhttGdv) {
        let (Some(declared), Some(summed)) = (total.declared, total.summed) else { continue };
        findings.push(examined.at_summary(&CHECK, total.tag).amounts(declared, summed));
    }
}
