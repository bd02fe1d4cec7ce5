//! A53 Vận chuyển không theo quyền: transport paid to somebody without the right, or at another share than the whole.

use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity};
use crate::audit::tag::Tag;
use crate::rulebook::claim_files::ItemKind;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A53-transport",
    severity: Severity::Error,
    class: Class::Law,
    title: ["Chi phí vận chuyển không đúng quyền của đối tượng", "Transport against the right of the group"],
    says: [
        "{field} khai {declared} đ; theo quyền của đối tượng là {expected} đ.",
        "{field} says {declared} đ; by the right of the group it is {expected} đ.",
    ],
    explain: [
        "Chi phí vận chuyển chỉ trả cho các đối tượng được nêu (xem bhyt rules show transport), khi cấp cứu hoặc điều trị nội trú phải chuyển. Mức hưởng và tỷ lệ theo cơ sở không áp dụng: người có quyền được trả cả chi phí vận chuyển.",
        "Transport is paid for the groups that the law names only (see bhyt rules show transport), in an emergency or from in-patient care. Neither level nor network rate applies: whoever has the right is paid the whole.",
    ],
    cites: &[Cite::article("nd-188-2025", 14, None)],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, _) in examined.lines().filter(|(line, _)| line.kind == Some(ItemKind::Transport)) {
        let Some(day) = line.day().or(examined.claim.summary.discharged) else { continue };
        let rule = examined.rules.benefit.transport.at(day.date()).ok();
        let group = examined.legal.group_on(day.date());
        let (Some(rule), Some(group), Some(fund)) = (rule, group, line.fund) else { continue };
        let entitled = rule.value.right(group).is_some();
        let covered = line.covered_amount.unwrap_or_default() - line.other.unwrap_or_default();
        let expected = if entitled { covered.max(Figure::ZERO) } else { Figure::ZERO };
        if crate::audit::replay::is_near(fund, expected) || line.is_outside_scope() {
            continue;
        }
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::TBhtt)
                .amounts(fund, expected)
                .bearing(fund - expected, expected - fund),
        );
    }
}
