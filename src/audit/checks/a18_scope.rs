//! A18 Phạm vi sai: PHAM_VI is none of its values, or the fund pays what is declared outside its scope.

use crate::audit::figure::Figure;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::claim_file::FileLine;
use crate::audit::moment::FileMoment;
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A18-scope",
    severity: Severity::Error,
    class: Class::Law,
    title: ["Phạm vi hưởng sai", "Scope is wrong"],
    says: [
        "{field} = {declared}, nhưng dòng đề nghị quỹ trả {fund} đ; PHAM_VI phải là 1, 2 hoặc 3; 2 là người bệnh tự trả, 3 chỉ cho quân đội, công an, cơ yếu.",
        "{field} = {declared}, but the line asks {fund} đ of the fund; PHAM_VI must be 1, 2 or 3; 2 means the patient pays, 3 is for army, police and cipher only.",
    ],
    explain: [
        "PHAM_VI 1: trong phạm vi; 2: ngoài phạm vi, người bệnh trả; 3: ngoài phạm vi nhưng được trả cho quân đội, công an, cơ yếu. \
         Báo khi mã khác ba giá trị này, PHAM_VI 2 mà T_BHTT lớn hơn 0, hoặc PHAM_VI 3 mà quỹ trả cho đối tượng khác (bhyt rules show out-of-scope-payment). Để trống thì tính như 1 và hỏi lại.",
        "PHAM_VI 1: within the scope; 2: outside, the patient pays; 3: outside, but paid for army, police and cipher cards. \
         Reported for any other code, for PHAM_VI 2 with T_BHTT above 0, and for PHAM_VI 3 paid to another group (bhyt rules show out-of-scope-payment). Left empty it is taken as 1 and asked about.",
    ],
    cites: &[Cite::table(
        "qd-130-2023",
        "bảng 2, chỉ tiêu 16; bảng 3, chỉ tiêu 12",
        "table 2, no. 16; table 3, no. 12",
    )],
};

const OUTSIDE: u32 = 2;
const FORCES: u32 = 3;
const KNOWN: std::ops::RangeInclusive<u32> = 1..=3;

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, _) in examined.lines() {
        let fund = line.fund.unwrap_or_default();
        let Some(scope) = line.scope else {
            // Left empty it is taken as within the scope, and asked about.
            if fund > Figure::ZERO && !examined.claim.standard.has_single_amount() {
                let mut finding = examined
                    .at_line(&CHECK, line, Tag::PhamVi)
                    .values(FindingValue::Text("–".to_owned()), FindingValue::None)
                    .with("fund", FindingValue::Amount(fund));
                finding.severity = Severity::Question;
                findings.push(finding);
            }
            continue;
        };
        let paid_outside = fund > Figure::ZERO && (scope == OUTSIDE || is_for_others(examined, line));
        if KNOWN.contains(&scope) && !paid_outside {
            continue;
        }
        let (overpaid, patient) = if paid_outside { (fund, -fund) } else { (Figure::ZERO, Figure::ZERO) };
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::PhamVi)
                .values(FindingValue::Text(scope.to_string()), FindingValue::None)
                .bearing(overpaid, patient)
                .with("fund", FindingValue::Amount(fund)),
        );
    }
}

/// PHAM_VI 3 on a card of a group whose cost outside the scope nobody pays.
fn is_for_others(examined: &Examined<'_>, line: &FileLine<'_>) -> bool {
    let day = line.day().map(FileMoment::date).or(examined.day());
    let group = day.and_then(|day| examined.legal.group_on(day));
    let rule = examined.day().and_then(|day| examined.rules.benefit.out_of_scope.at(day).ok());
    let (Some(group), Some(rule)) = (group, rule) else { return false };
    line.scope == Some(FORCES) && !rule.value.groups.iter().any(|known| known == group)
}
