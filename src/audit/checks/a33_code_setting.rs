//! A33 Mã đối tượng không hợp với loại hình khám: a visit code for in-patients on an out-patient visit.

use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue, shown_code};
use crate::audit::tag::Tag;
use crate::rulebook::benefit::access::CodeMeaning;
use crate::terms::care::Stay;
use crate::terms::problem::Code;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A33-code-setting",
    severity: Severity::Warning,
    class: Class::Law,
    title: ["Mã đối tượng không hợp loại hình khám", "Visit code does not fit the setting"],
    says: [
        "{field} = {declared} không dùng cho MA_LOAI_KCB {kind}[[; {how}]].",
        "{field} = {declared} is not for MA_LOAI_KCB {kind}[[; {how}]].",
    ],
    explain: [
        "Các mã 1.15, 3.2, 3.6 chỉ dùng cho điều trị nội trú. Một trong hai mã của hồ sơ sai. Các mã của người tự đến khám ngoại trú (1.12 đến 1.14, 1.18, lĩnh thuốc) trên hồ sơ nội trú là câu hỏi: mức hưởng vẫn được xét.",
        "The codes 1.15, 3.2 and 3.6 are for in-patients only. One of the claim's two codes is wrong. Codes of out-patients (1.12 to 1.14, 1.18, drugs by appointment) on an in-patient claim are a question: the share is judged all the same.",
    ],
    cites: &[Cite::table("qd-3276-byt", "phụ lục 1", "annex 1")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let undecided = examined.legal.undecided == Some(Code::VisitCodeSetting);
    if !undecided && !is_for_out_patients(examined) {
        return;
    }
    let summary = &examined.claim.summary;
    let how = if undecided { FindingValue::Text("share-undecided".to_owned()) } else { FindingValue::None };
    let mut finding = examined
        .at_summary(&CHECK, Tag::MaDoituongKcb)
        .values(FindingValue::Text(shown_code(summary.visit_code)), FindingValue::None)
        .with("kind", FindingValue::Text(shown_code(summary.visit_kind)))
        .with("how", how);
    if !undecided {
        finding.severity = Severity::Question;
    }
    findings.push(finding);
}

/// A code that is meant for out-patients, on an in-patient claim.
fn is_for_out_patients(examined: &Examined<'_>) -> bool {
    let meant = examined.visit_code().and_then(|code| match &code.means {
        CodeMeaning::Visit(facts) => facts.usually,
        CodeMeaning::Undecided(_) => None,
    });
    meant == Some(Stay::Outpatient) && matches!(examined.visit_kind(), "3" | "9")
}
