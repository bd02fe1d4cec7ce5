//! A57 Mã sơ sinh của người đã lớn: the code of newborns on somebody born long before.

use crate::audit::finding::shown_code;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use crate::rulebook::benefit::access::CodeMeaning;
use crate::terms::care::AccessRoute;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A57-newborn",
    severity: Severity::Warning,
    class: Class::Law,
    title: ["Mã trẻ sơ sinh cho người không phải sơ sinh", "Newborn code on somebody who is none"],
    says: [
        "{field} = {declared} (trẻ sơ sinh điều trị ngay sau khi sinh), nhưng người bệnh sinh năm {born}.",
        "{field} = {declared} (newborn treated right after birth), but the patient was born in {born}.",
    ],
    explain: [
        "Mã dành cho trẻ điều trị ngay sau khi sinh. Văn bản không nêu số ngày; chỉ cảnh báo khi sinh trước ngày vào hơn một tháng.",
        "The code is for children treated right after birth. The text gives no number of days; a birth more than a month before admission is warned about.",
    ],
    cites: &[Cite::article("nd-188-2025", 37, Some(2))],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let summary = &examined.claim.summary;
    let (Some(code), Some(born), Some(admitted)) = (examined.visit_code(), summary.born, summary.admitted)
    else {
        return;
    };
    let newborn =
        matches!(&code.means, CodeMeaning::Visit(facts) if facts.route == AccessRoute::Newborn);
    let month = born.checked_add_months(chrono::Months::new(1));
    if !newborn || month.is_none_or(|month| admitted.date() <= month) {
        return;
    }
    findings.push(
        examined
            .at_summary(&CHECK, Tag::MaDoituongKcb)
            .values(FindingValue::Text(shown_code(summary.visit_code)), FindingValue::None)
            .with("born", FindingValue::Text(chrono::Datelike::year(&born).to_string())),
    );
}
