//! A01 Quỹ thanh toán khác thành tiền × mức hưởng: the fund's amount is not the share that the line itself states.

use crate::audit::figure::Figure;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::replay::line::Split;
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A01-fund-share",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Quỹ thanh toán khác thành tiền × mức hưởng", "Fund payment is not covered amount × share"],
    says: [
        "{field} khai {declared} đ, nhưng {covered} đ × {share} = {expected} đ.",
        "{field} says {declared} đ, but {covered} đ × {share} = {expected} đ.",
    ],
    explain: [
        "T_BHTT của dòng phải bằng THANH_TIEN_BH × MUC_HUONG / 100, làm tròn một lần đến 2 số lẻ; sai lệch 0,01 đ được bỏ qua. \
         Ví dụ: THANH_TIEN_BH 37.500, MUC_HUONG 80 → 30.000. Hay gặp: thuốc trả 100 % trong khi MUC_HUONG ghi 80, vì phần mềm \
         so riêng tiền thuốc với ngưỡng 15 %. Dòng có nguồn khác được xét ở A28.",
        "T_BHTT of a line must be THANH_TIEN_BH × MUC_HUONG / 100, rounded once to two decimals; 0.01 đ is let pass. \
         Example: THANH_TIEN_BH 37,500 and MUC_HUONG 80 give 30,000. Often seen: drugs paid at 100 % while MUC_HUONG says 80, \
         because software compares the drugs alone with the 15 % threshold. Lines with other sources are checked by A28.",
    ],
    cites: &[Cite::table(
        "qd-130-2023",
        "bảng 2, chỉ tiêu 30; bảng 3, chỉ tiêu 30",
        "table 2, no. 30; table 3, no. 30",
    )],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, replay) in examined.lines() {
        let Split::Differs { fund, .. } = replay.split else { continue };
        let (Some(expected), Some(declared)) = (fund.expected(), line.fund) else { continue };
        let covered = line.covered_amount.unwrap_or_default();
        let difference = declared - expected;
        // A co-payment taken as the rest of what is covered carries the difference the other way.
        let follows = line.copayment == Some(covered - declared);
        let patient = if follows { -difference } else { Figure::ZERO };
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::TBhtt)
                .amounts(declared, expected)
                .bearing(difference, patient)
                .with("covered", FindingValue::Amount(covered))
                .with("share", FindingValue::Percent(line.share.unwrap_or_default())),
        );
    }
}
