//! A03 Cùng chi trả ghi vào tự trả: the co-payment stands in T_BNTT, and T_BNCCT is empty of it.

use crate::audit::figure::Figure;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::replay::line::Split;
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A03-copayment-as-own",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Cùng chi trả ghi vào phần tự trả", "Co-payment booked as own payment"],
    says: [
        "{field} khai {declared} đ; phần cùng chi trả {expected} đ đang nằm trong T_BNTT ({own} đ, đúng ra {own_expected} đ).",
        "{field} says {declared} đ; the co-payment of {expected} đ stands in T_BNTT ({own} đ, should be {own_expected} đ).",
    ],
    explain: [
        "Trong phạm vi hưởng, phần quỹ không trả là cùng chi trả: T_BNCCT = THANH_TIEN_BH − T_BHTT, T_BNTT = THANH_TIEN_BV − \
         THANH_TIEN_BH. Ghi gộp vào T_BNTT không đổi số tiền người bệnh trả, nhưng làm mất số cùng chi trả lũy kế trong năm \
         (điều kiện miễn cùng chi trả 6 tháng lương cơ sở).",
        "Within the scope, what the fund does not pay is co-payment: T_BNCCT = THANH_TIEN_BH − T_BHTT, T_BNTT = THANH_TIEN_BV − \
         THANH_TIEN_BH. Booking both in T_BNTT leaves the patient's bill as it is, but loses the co-payment of the year that \
         counts toward the exemption beyond six base salaries.",
    ],
    cites: &[Cite::table(
        "qd-130-2023",
        "bảng 2 và bảng 3, chỉ tiêu 28, 29",
        "tables 2 and 3, nos. 28 and 29",
    )],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, replay) in examined.lines() {
        let Split::CopaymentAsOwn { copayment, own } = replay.split else { continue };
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::TBncct)
                .amounts(line.copayment.unwrap_or_default(), copayment)
                .bearing(Figure::ZERO, Figure::ZERO)
                .with("own", FindingValue::Amount(line.own.unwrap_or_default()))
                .with("own_expected", FindingValue::Amount(own)),
        );
    }
}
