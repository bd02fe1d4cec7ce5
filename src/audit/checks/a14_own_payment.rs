//! A14 Tự trả sai: T_BNTT is not the hospital's amount less the covered one.

use crate::audit::figure::Figure;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity};
use crate::audit::replay::line::Split;
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A14-own-payment",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Phần tự trả sai", "Own payment is wrong"],
    says: [
        "{field} khai {declared} đ; THANH_TIEN_BV − THANH_TIEN_BH = {expected} đ.",
        "{field} says {declared} đ; THANH_TIEN_BV − THANH_TIEN_BH = {expected} đ.",
    ],
    explain: [
        "Tự trả là phần ngoài phạm vi: T_BNTT = THANH_TIEN_BV − THANH_TIEN_BH khi không có nguồn khác. Dòng có nguồn khác xem A28.",
        "The own payment is what lies outside the scope: T_BNTT = THANH_TIEN_BV − THANH_TIEN_BH without other sources. Lines with \
         other sources: see A28.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 2 và bảng 3, chỉ tiêu 28", "tables 2 and 3, no. 28")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, replay) in examined.lines() {
        let Split::Differs { own, .. } = replay.split else { continue };
        let (Some(expected), Some(declared)) = (own.expected(), line.own) else { continue };
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::TBntt)
                .amounts(declared, expected)
                .bearing(Figure::ZERO, declared - expected),
        );
    }
}
