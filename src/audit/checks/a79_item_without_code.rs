//! A79 Dòng không có mã: the fund pays for a line that names no drug, service or supply.

use super::evidence::Examined;
use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, FindingValue, Severity};
use crate::audit::tag::{FilePart, Tag};

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A79-item-without-code",
    severity: Severity::Question,
    class: Class::Identity,
    title: ["Quỹ thanh toán dòng không có mã", "Fund payment for a line without a code"],
    says: [
        "Dòng không có {field}[[ và {second}]]: không biết quỹ trả {money} đ cho khoản nào.",
        "The line has no {field}[[ and no {second}]]: what the fund pays {money} đ for cannot be told.",
    ],
    explain: [
        "Mỗi dòng phải có mã thuốc (bảng 2), mã dịch vụ hoặc mã vật tư (bảng 3): không có mã thì không đối chiếu được danh mục, giá, gói, dòng trùng.",
        "Each line has the code of a drug (table 2), of a service or a supply (table 3): without one, neither lists, prices and packages nor copies can be checked.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 2, chỉ tiêu 3; bảng 3, chỉ tiêu 3, 5", "table 2, no. 3; table 3, nos. 3 and 5")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for line in &examined.claim.lines {
        let Some(fund) = line.fund.filter(|fund| *fund > Figure::ZERO) else { continue };
        if !line.code.trim().is_empty() || !line.supply.trim().is_empty() {
            continue;
        }
        let (tag, second) = match line.part {
            FilePart::Drugs => (Tag::MaThuoc, FindingValue::None),
            _ => (Tag::MaDichVu, FindingValue::Text(Tag::MaVatTu.as_str().to_owned())),
        };
        let mut finding = examined
            .at_line(&CHECK, line, tag)
            .with("second", second)
            .with("money", FindingValue::Amount(fund));
        finding.difference = Some(fund);
        findings.push(finding);
    }
}
