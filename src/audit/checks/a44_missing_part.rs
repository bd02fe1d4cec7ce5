//! A44 Hồ sơ thiếu dòng: a table, or lines of it, that XML1 counts and the file does not hold.

use crate::audit::claim_file::official;
use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A44-missing-part",
    severity: Severity::Error,
    class: Class::Form,
    title: ["Hồ sơ thiếu bảng hoặc thiếu dòng", "Table or lines missing"],
    says: [
        "XML1 còn {missing} đ mà không dòng nào[[ của {table}]] giải thích: {field} khai {declared} đ, các dòng cộng {expected} đ. Chưa xét theo luật.",
        "XML1 has {missing} đ that no line[[ of {table}]] accounts for: {field} says {declared} đ, the lines add up to {expected} đ. Not judged by law.",
    ],
    explain: [
        "Xét trước hết. Thiếu XML2 khi T_THUOC lớn hơn 0, thiếu XML3 khi T_TONGCHI_BV lớn hơn T_THUOC, hoặc mọi tổng đều lớn hơn tổng các dòng một phần tự khớp với nhau: tệp đã bị tách hay bị cắt. Khi đó không so tổng (A05) và không kết luận mức hưởng, vì ngưỡng 15 % dựa trên tổng.",
        "Asked first. XML2 is missing while T_THUOC is above zero, XML3 while T_TONGCHI_BV is above T_THUOC, or every total exceeds the lines by a part that adds up by itself: the file was split or cut. Totals are then not compared (A05) and no share is judged, since the 15 % limit rests on the sum.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 45–52", "table 1, nos. 45 to 52")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let Some((table, missing)) = examined.claim.whole.missing else { return };
    let declared = examined.claim.summary.totals.hospital.unwrap_or_default();
    let tag = official(Tag::TTongchiBv, examined.claim.standard);
    let lines: Figure = examined.claim.lines.iter().filter_map(|line| line.hospital_amount).sum();
    findings.push(
        examined
            .at_summary(&CHECK, tag)
            .amounts(declared, lines)
            .with("missing", FindingValue::Amount(missing))
            .with("table", table.map_or(FindingValue::None, |table| FindingValue::Text(table.to_string()))),
    );
}
