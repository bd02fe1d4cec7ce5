//! A04 Giá thuốc sau THANH_TIEN_BH khác DON_GIA: a drug's covered amount rests on another price than its own.

use super::effect::covered_amounts;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity};
use crate::audit::tag::FilePart;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A04-drug-price",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Thành tiền BHYT của thuốc không theo đơn giá", "Covered amount of a drug is not by its price"],
    says: [
        "{field} khai {declared} đ; theo SO_LUONG × DON_GIA × TYLE_TT_BH là {expected} đ.",
        "{field} says {declared} đ; SO_LUONG × DON_GIA × TYLE_TT_BH gives {expected} đ.",
    ],
    explain: [
        "Thuốc chỉ có một DON_GIA (giá mua vào), nên THANH_TIEN_BH = SO_LUONG × DON_GIA × TYLE_TT_BH / 100 và THANH_TIEN_BV = \
         SO_LUONG × DON_GIA. Hay gặp: DON_GIA là giá bán, còn THANH_TIEN_BH tính theo giá thầu.",
        "A drug has one DON_GIA (the purchase price), so THANH_TIEN_BH = SO_LUONG × DON_GIA × TYLE_TT_BH / 100 and \
         THANH_TIEN_BV = SO_LUONG × DON_GIA. Often seen: DON_GIA is the retail price while THANH_TIEN_BH rests on the tender price.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 2, chỉ tiêu 19–21", "table 2, nos. 19 to 21")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    findings.extend(covered_amounts(examined, &CHECK, FilePart::Drugs).map(|(_, finding)| finding));
}
