//! A46 Dấu phân nhóm bị đọc thành dấu thập phân: amounts whose dots look like thousands separators.

use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A46-grouped-amounts",
    severity: Severity::Error,
    class: Class::Form,
    title: ["Số tiền có vẻ dùng dấu chấm phân nhóm nghìn", "Amounts that look grouped by thousands"],
    says: [
        "Cả {count} số tiền đều có dạng 999.999: dấu chấm có vẻ là dấu phân nhóm, số thật gấp 1.000 lần. Chưa xét theo luật.",
        "All {count} amounts look like 999.999: the dot seems to group thousands, and the real amounts are 1,000 times as large. Not judged by law.",
    ],
    explain: [
        "Chuẩn quy định dấu chấm là dấu thập phân và không phân nhóm. Khi mọi số tiền khác 0 đều có đúng ba chữ số sau dấu chấm và không số nào từ 1.000 trở lên, 400.000 gần như chắc là bốn trăm nghìn. Số được giữ như chuẩn đọc (400), không kết luận mức hưởng: hãy xuất lại.",
        "The standard has a dot as decimal mark and no grouping. When every amount but zero has exactly three digits after the dot and none reaches 1,000, 400.000 is almost surely four hundred thousand. The numbers are kept as the standard reads them (400) and no share is judged: export again.",
    ],
    cites: &[Cite::table("qd-130-2023", "dấu thập phân là dấu chấm, không phân nhóm", "a dot as decimal mark, no grouping")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let Some(count) = examined.claim.whole.grouped else { return };
    findings.push(examined.at_summary(&CHECK, Tag::TTongchiBv).with("count", FindingValue::Text(count.to_string())));
}
