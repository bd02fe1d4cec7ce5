//! A64 Mức hưởng đổi trong đợt điều trị: a share by the rules before a change of levels inside the stay.

use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use super::evidence::Examined;
use super::law_effect::{MoneyLine, money_lines, share_effect};

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A64-levels-changed",
    severity: Severity::Question,
    class: Class::Law,
    title: ["Mức hưởng của đối tượng đổi trong đợt điều trị", "Level of the group changes inside the stay"],
    says: [
        "{field} khai {declared} theo mức trước ngày đổi; theo ngày ra là {expected}[[: quỹ trả thừa {over} đ]][[: quỹ trả thiếu {under} đ]].",
        "{field} says {declared} by the level before the change; by the day of discharge it is {expected}[[: the fund pays {over} đ too much]][[: the fund pays {under} đ too little]].",
    ],
    explain: [
        "Khi luật đổi mức hưởng của đối tượng giữa đợt điều trị (ví dụ hộ cận nghèo từ 01/01/2026), văn bản không nói rõ những ngày trước đó tính theo mức nào. Chương trình lấy mức của ngày ra và hỏi khi hồ sơ dùng mức cũ.",
        "Where the law changes the level of a group inside a stay (the near-poor from 2026-01-01, for instance), no text says plainly by which level the days before it go. The program takes the level of the day of discharge, and asks where the file uses the older one.",
    ],
    cites: &[Cite::article("luat-51-2024", 22, None)],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for MoneyLine { index, line, law, base, .. } in money_lines(examined) {
        let (Some(entitlement), Some(declared)) = (law.single(), line.share) else { continue };
        if declared == entitlement.share || examined.legal.before_change[index] != Some(declared) {
            continue;
        }
        let (money, _) = share_effect(base, declared, entitlement.share);
        let mut finding = examined
            .at_line(&CHECK, line, Tag::MucHuong)
            .values(FindingValue::Percent(declared), FindingValue::Percent(entitlement.share))
            .by(&entitlement.cites)
            .with("money", FindingValue::Amount(money));
        finding.difference = Some(money);
        findings.push(finding);
    }
}
