//! A53 Vận chuyển không theo quyền: transport paid to somebody without the right, or at another share than the whole.

use crate::audit::figure::Figure;
use crate::audit::claim_file::FileLine;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::{FilePart, Tag};
use crate::rulebook::benefit::access::CodeMeaning;
use crate::rulebook::claim_files::ItemKind;
use crate::terms::care::AccessRoute;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A53-transport",
    severity: Severity::Error,
    class: Class::Law,
    title: ["Chi phí vận chuyển không đúng quyền của đối tượng", "Transport against the right of the group"],
    says: [
        "{field} khai {declared} đ; theo quyền của đối tượng là {expected} đ[[ ({why})]].",
        "{field} says {declared} đ; by the right of the group it is {expected} đ[[ ({why})]].",
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
        let moved = is_in_patient_or_emergency(examined);
        let covered = line.covered_amount.unwrap_or_default() - line.other.unwrap_or_default();
        let expected = if entitled { covered.max(Figure::ZERO) } else { Figure::ZERO };
        if line.is_outside_scope() {
            continue;
        }
        if entitled && !moved && fund > Figure::ZERO {
            findings.push(asked(examined, line, fund, "transport-no-stay"));
        } else if !crate::audit::replay::is_near(fund, expected) {
            findings.push(
                examined
                    .at_line(&CHECK, line, Tag::TBhtt)
                    .amounts(fund, expected)
                    .bearing(fund - expected, expected - fund)
                    .with("why", FindingValue::None),
            );
        }
    }
    for (line, _) in examined.lines() {
        let fund = line.fund.unwrap_or_default();
        let hidden = line.kind != Some(ItemKind::Transport) && line.code.starts_with(TRANSPORT_CODE);
        if hidden && line.part == FilePart::Services && fund > Figure::ZERO {
            findings.push(asked(examined, line, fund, "transport-group"));
        }
    }
}

/// Codes of transport by QĐ 4750 (`VC.` and the facility).
const TRANSPORT_CODE: &str = "VC.";

/// A question about all that the fund pays for the line.
fn asked(examined: &Examined<'_>, line: &FileLine<'_>, fund: Figure, why: &str) -> Finding {
    let finding = examined.at_line(&CHECK, line, Tag::TBhtt).amounts(fund, Figure::ZERO);
    Finding { severity: Severity::Question, ..finding.with("why", FindingValue::Text(why.to_owned())) }
}

/// Đang điều trị nội trú hoặc cấp cứu: only then is anybody moved at the fund's cost. An unknown code or kind is no ground.
fn is_in_patient_or_emergency(examined: &Examined<'_>) -> bool {
    let summary = &examined.claim.summary;
    if examined.claim.standard.has_single_amount() {
        return summary.visit_code.trim() == EMERGENCY_REASON || !OUT_PATIENT_4210.contains(&examined.visit_kind());
    }
    let emergency = examined.visit_code().is_none_or(
        |code| matches!(&code.means, CodeMeaning::Visit(facts) if facts.route == AccessRoute::Emergency),
    );
    emergency || !matches!(examined.visit_kind(), "1" | "2" | "5" | "7" | "8")
}

/// MA_LYDO_VVIEN of an emergency, MA_LOAI_KCB of examinations and out-patient treatment (QĐ 4210).
const EMERGENCY_REASON: &str = "2";
const OUT_PATIENT_4210: [&str; 2] = ["1", "2"];
