//! A45 Bảng có hai lần: the same table stands in the claim twice.

use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A45-repeated-part",
    severity: Severity::Error,
    class: Class::Form,
    title: ["Một bảng có hai lần trong hồ sơ", "Table twice in the claim"],
    says: [
        "{table} có hai lần: {how}.",
        "{table} stands in the claim twice: {how}.",
    ],
    explain: [
        "Hai bảng giống hệt nhau chỉ được đọc một lần (cảnh báo). Hai bảng khác nhau đều được đọc, vì không biết bảng nào đúng (lỗi): xuất lại hồ sơ.",
        "Two tables that are the same are read once (a warning). Two that differ are both read, since nothing says which is right (an error): export the claim again.",
    ],
    cites: &[Cite::table("qd-130-2023", "cấu trúc tệp: mỗi LOAIHOSO một lần", "structure of the file: each LOAIHOSO once")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (table, same) in &examined.claim.whole.repeated {
        let mut finding = examined
            .at_summary(&CHECK, Tag::MaLk)
            .with("table", FindingValue::Text(table.to_string()))
            .with("how", FindingValue::Text(if *same { "part-read-once" } else { "part-read-twice" }.to_owned()));
        finding.part = *table;
        if *same {
            finding.severity = Severity::Warning;
        }
        findings.push(finding);
    }
}
