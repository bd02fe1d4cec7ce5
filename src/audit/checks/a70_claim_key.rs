//! A70 Khóa hồ sơ không khớp: lines or envelope of another claim or facility.

use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A70-claim-key",
    severity: Severity::Warning,
    class: Class::Identity,
    title: ["Mã hồ sơ hoặc mã cơ sở không khớp nhau", "Claim key or facility do not fit together"],
    says: [
        "{field}: {count} dòng hoặc phong bì có mã khác với XML1.",
        "{field}: {count} lines, or the envelope, have another key than XML1.",
    ],
    explain: [
        "MA_LK của mọi dòng XML2, XML3 phải trùng MA_LK của XML1; MACSKCB của phong bì phải trùng MA_CSKCB. Mã không được in ra.",
        "MA_LK of all lines of XML2 and XML3 must be that of XML1; MACSKCB of the envelope must be MA_CSKCB. The keys themselves are not printed.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 1, 58; bảng 2, bảng 3, chỉ tiêu 1", "table 1, nos. 1 and 58; tables 2 and 3, no. 1")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let summary = &examined.claim.summary;
    let differs = |key: &str| !key.trim().is_empty() && key.trim() != summary.id.trim();
    let lines = examined.claim.lines.iter().filter(|line| differs(line.claim_key)).count();
    if lines > 0 && !summary.id.is_empty() {
        findings.push(examined.at_summary(&CHECK, Tag::MaLk).with("count", FindingValue::Text(lines.to_string())));
    }
    let (sender, facility) = (examined.claim.sender.trim(), summary.facility.trim());
    if !sender.is_empty() && !facility.is_empty() && sender != facility {
        findings.push(examined.at_summary(&CHECK, Tag::MaCskcb).with("count", FindingValue::Text("0".to_owned())));
    }
}
