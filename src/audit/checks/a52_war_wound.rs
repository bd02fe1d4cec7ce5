//! A52 Vết thương tái phát của người không phải thương binh: a recurring war wound on a card of another group.

use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A52-war-wound",
    severity: Severity::Question,
    class: Class::Law,
    title: ["Vết thương, bệnh tật tái phát trên thẻ của đối tượng khác", "Recurring war wound on a card of another group"],
    says: [
        "{field} = 1 trên thẻ {card}: chỉ áp dụng cho thương binh, bệnh binh.",
        "{field} = 1 on a card {card}: it is for war invalids and sick soldiers only.",
    ],
    explain: [
        "VET_THUONG_TP = 1 bỏ tỷ lệ thanh toán của thuốc, vật tư khi thương binh, bệnh binh điều trị vết thương, bệnh tật tái phát. Thẻ của nhóm khác thì hỏi lại.",
        "VET_THUONG_TP = 1 lifts the list ratio while a war invalid or sick soldier is treated for a recurring wound or illness. On a card of another group it is asked about.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 2, chỉ tiêu 38", "table 2, no. 38"), Cite::article("nd-188-2025", 16, None)],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, _) in examined.lines().filter(|(line, _)| line.war_wound == Some(1)) {
        let Some(day) = line.day().or(examined.claim.summary.discharged) else { continue };
        let Some(group) = examined.legal.group_on(day.date()) else { continue };
        if group.starts_with(MERIT) {
            continue;
        }
        let mut finding = examined
            .at_line(&CHECK, line, Tag::VetThuongTp)
            .values(FindingValue::Text("1".to_owned()), FindingValue::None)
            .with("card", FindingValue::Text(examined.card()));
        finding.difference = line.fund;
        findings.push(finding);
    }
}

/// Groups of people with merits, among whom war invalids and sick soldiers are.
const MERIT: &str = "merit-";
