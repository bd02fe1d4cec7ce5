//! A41 Không cấp, tuyến nào cho mức hưởng này: the share fits no rank that the facility could have.

use super::law_effect::money_lines;
use crate::audit::figure::Figure;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A41-facility-rank",
    severity: Severity::Question,
    class: Class::Law,
    title: ["Mức hưởng không hợp cấp, tuyến nào của cơ sở", "Share fits no rank of the facility"],
    says: [
        "MUC_HUONG khai {declared}; tùy cấp, tuyến của cơ sở, luật cho {shares}: cơ sở thuộc cấp, tuyến nào?",
        "MUC_HUONG says {declared}; depending on the rank of the facility the law gives {shares}: which rank has it?",
    ],
    explain: [
        "Tỷ lệ trái tuyến phụ thuộc cấp chuyên môn kỹ thuật và tuyến trước 2025 của cơ sở, mà tệp không ghi. Mức khai không trùng khả \
         năng nào. Danh mục cơ sở (--facilities TỆP) trả lời câu hỏi này.",
        "The rate of a self-referral depends on the level of care and the former tier of the facility, which the file does not carry. The \
         declared share is none of the possible ones. A register of facilities (--facilities FILE) answers the question.",
    ],
    cites: &[Cite::article("luat-51-2024", 22, None)],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let possible = &examined.legal.possible;
    if possible.is_empty() {
        return;
    }
    let mut declared: Vec<Figure> = money_lines(examined)
        .filter_map(|money| money.line.share)
        .filter(|share| !possible.contains(share))
        .collect();
    declared.sort_unstable();
    declared.dedup();
    if declared.is_empty() {
        return;
    }
    let listed = |shares: &[Figure]| {
        FindingValue::Text(shares.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
    };
    findings.push(
        examined
            .at_summary(&CHECK, Tag::MaDoituongKcb)
            .values(listed(&declared), listed(possible))
            .with("shares", listed(possible)),
    );
}
