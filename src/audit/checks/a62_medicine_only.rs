//! A62 Chỉ lĩnh thuốc mà có tiền khám: an examination on a visit for drugs by appointment.

use crate::audit::figure::Figure;
use crate::audit::finding::shown_code;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use crate::rulebook::claim_files::ItemKind;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A62-medicine-only",
    severity: Severity::Question,
    class: Class::Law,
    title: ["Lượt chỉ lĩnh thuốc nhưng có tiền khám", "Examination on a visit for drugs only"],
    says: [
        "Mã {code} là lĩnh thuốc theo giấy hẹn, không khám; hồ sơ có dòng khám, quỹ trả {money} đ.",
        "Code {code} is for drugs by appointment without examination; the claim has one, the fund pays {money} đ.",
    ],
    explain: [
        "Các mã 7, 7.2, 7.3, 7.4 và 10 dành cho lượt chỉ lĩnh thuốc. Có tiền khám thì mã hoặc dòng khám sai.",
        "Codes 7, 7.2, 7.3, 7.4 and 10 are for visits that only collect drugs. With an examination either the code or the line is wrong.",
    ],
    cites: &[Cite::table("qd-3276-byt", "phụ lục 1", "annex 1")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    if !examined.visit_code().is_some_and(|code| code.drugs_only) {
        return;
    }
    for (line, _) in examined.lines().filter(|(line, _)| line.kind == Some(ItemKind::Exam)) {
        let Some(fund) = line.fund.filter(|fund| *fund > Figure::ZERO) else { continue };
        let mut finding = examined
            .at_line(&CHECK, line, Tag::MaNhom)
            .with("code", FindingValue::Text(shown_code(examined.claim.summary.visit_code)))
            .with("money", FindingValue::Amount(fund));
        finding.difference = Some(fund);
        findings.push(finding);
    }
}
