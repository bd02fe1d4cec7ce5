//! A48 Quỹ trả trên T_TRANTT: the fund pays more than its share of the limit that the line itself states.

use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::replay::{TOLERANCE, limits};
use crate::audit::tag::Tag;
use super::evidence::Examined;
use super::law_effect::of;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A48-above-limit-price",
    severity: Severity::Warning,
    class: Class::Money,
    title: ["Quỹ thanh toán vượt T_TRANTT", "Fund payment above T_TRANTT"],
    says: [
        "{field} khai {declared} đ, nhưng T_TRANTT {cap} đ × {share} chỉ là {expected} đ.",
        "{field} says {declared} đ, but T_TRANTT {cap} đ × {share} is {expected} đ only.",
    ],
    explain: [
        "T_TRANTT là mức thanh toán tối đa của gói vật tư; nhiều phần mềm ghi mức giá trần của vật tư vào đó. Cách ghi phần vượt chưa có văn bản, nên dòng giữ THANH_TIEN_BH bằng hoặc trên trần đều được chấp nhận, miễn phần chia theo trần (một lần, theo số lượng, hoặc chia trong gói). Quỹ trả nhiều hơn trần × MUC_HUONG theo mọi cách hiểu thì không chấp nhận được.",
        "T_TRANTT is the most that is paid for a package of supplies; much software writes the limit price of a supply into it. No text says how the excess is booked, so a line may keep THANH_TIEN_BH at or above the limit as long as the shares rest on the limit (once, for each unit, or spread over the package). A fund that pays more than the limit × MUC_HUONG in every reading cannot be right.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 3, chỉ tiêu 21", "table 3, no. 21")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, _) in examined.lines() {
        let (Some(limit), Some(fund), Some(share)) = (limits::highest(line), line.fund, line.share) else {
            continue;
        };
        let expected = of(limit, share);
        let difference = fund - expected;
        if difference <= TOLERANCE {
            continue;
        }
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::TBhtt)
                .amounts(fund, expected)
                .bearing(difference, -difference)
                .with("cap", FindingValue::Amount(limit))
                .with("share", FindingValue::Percent(share)),
        );
    }
}
