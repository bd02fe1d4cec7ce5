//! A51 Nguồn chi trả khác mà quỹ vẫn trả: a line that another source pays for, and the fund too.

use crate::audit::claim_file::OTHER_PAYERS;
use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A51-other-payer",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Nguồn chi trả khác BHYT mà quỹ vẫn thanh toán", "Paid by another source, and by the fund"],
    says: [
        "{field} = {declared} nhưng quỹ thanh toán {fund} đ.",
        "{field} = {declared}, yet the fund pays {fund} đ.",
    ],
    explain: [
        "NGUON_CTRA: 1 quỹ BHYT, 2 dự án hoặc viện trợ, 3 chương trình mục tiêu, 4 nguồn khác. Với 2, 3, 4 thì T_BHTT phải bằng 0. Mã khác là cảnh báo.",
        "NGUON_CTRA: 1 the fund, 2 project or aid, 3 national programme, 4 other. With 2, 3 or 4 T_BHTT must be 0. Another code is a warning.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 2, chỉ tiêu 37", "table 2, no. 37")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, _) in examined.lines() {
        let Some(payer) = line.payer.filter(|payer| *payer != FUND) else { continue };
        let fund = line.fund.unwrap_or_default();
        let mut finding = examined
            .at_line(&CHECK, line, Tag::NguonCtra)
            .values(FindingValue::Text(payer.to_string()), FindingValue::None)
            .with("fund", FindingValue::Amount(fund));
        if OTHER_PAYERS.contains(&payer) {
            if fund <= Figure::ZERO {
                continue;
            }
            finding.difference = Some(fund);
            finding = finding.bearing(fund, -fund);
        } else {
            finding.severity = Severity::Warning;
        }
        findings.push(finding);
    }
}

/// NGUON_CTRA of the fund.
const FUND: u32 = 1;
