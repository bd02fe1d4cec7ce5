//! A19 Tỷ lệ, mức hưởng ngoài 0–100: a percentage of a line beyond the whole.

use crate::audit::claim_file::FileLine;
use crate::audit::figure::Figure;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A19-ratio-range",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Tỷ lệ hoặc mức hưởng ngoài 0–100", "Ratio or share outside 0 to 100"],
    says: [
        "{field} = {declared}, phải từ 0 đến 100.",
        "{field} = {declared}; it must lie between 0 and 100.",
    ],
    explain: [
        "TYLE_TT_DV, TYLE_TT_BH và MUC_HUONG là phần trăm từ 0 đến 100. Số tiền của dòng vẫn được tính lại với giá trị đã khai.",
        "TYLE_TT_DV, TYLE_TT_BH and MUC_HUONG are percentages from 0 to 100. The amounts are still replayed with what is declared.",
    ],
    cites: &[Cite::table(
        "qd-130-2023",
        "bảng 2, chỉ tiêu 17, 27; bảng 3, chỉ tiêu 17, 18, 22",
        "table 2, nos. 17 and 27; table 3, nos. 17, 18 and 22",
    )],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let within = |ratio: &Figure| (Figure::ZERO..=Figure::whole(100)).contains(ratio);
    for (line, _) in examined.lines() {
        for (tag, ratio) in ratios(line) {
            let Some(ratio) = ratio.filter(|ratio| !within(ratio)) else { continue };
            findings.push(examined.at_line(&CHECK, line, tag).values(FindingValue::Percent(ratio), FindingValue::None));
        }
    }
}

fn ratios(line: &FileLine<'_>) -> [(Tag, Option<Figure>); 3] {
    [(Tag::TyleTtDv, line.service_ratio), (Tag::TyleTtBh, line.list_ratio), (Tag::MucHuong, line.share)]
}
