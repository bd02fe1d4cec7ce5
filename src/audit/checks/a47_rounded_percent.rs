//! A47 Tỷ lệ làm tròn: a ratio or share that states the nearest whole number of what the amounts go by.

use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A47-rounded-percent",
    severity: Severity::Note,
    class: Class::Money,
    title: ["Tỷ lệ hoặc mức hưởng ghi làm tròn, số tiền đúng", "Ratio or share rounded, amounts right"],
    says: [
        "{field} ghi {declared}, số tiền tính theo {expected}.",
        "{field} says {declared}, the amounts go by {expected}.",
    ],
    explain: [
        "Nhiều phần mềm ghi TYLE_TT_BH, MUC_HUONG không có số lẻ: 88 thay cho 87,75; 47 thay cho 47,5. Số tiền vẫn đúng, nên đây là ghi chú. Áp dụng cho MUC_HUONG khi số tiền khớp mức của luật, và cho TYLE_TT_BH của vật tư trong phạm vi nửa điểm.",
        "Much software writes TYLE_TT_BH and MUC_HUONG without decimals: 88 for 87.75, 47 for 47.5. The money is right, so this is a note. It is given for MUC_HUONG where the amounts fit the share of the law, and for TYLE_TT_BH of supplies within half a point.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 3, chỉ tiêu 18, 22", "table 3, nos. 18 and 22")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, replay) in examined.lines() {
        let rounded = [
            (Tag::TyleTtBh, line.list_ratio, replay.rounded_ratio),
            (Tag::MucHuong, line.share, replay.rounded_share),
        ];
        for (tag, declared, real) in rounded {
            let Some((declared, real)) = declared.zip(real) else { continue };
            let finding = examined.at_line(&CHECK, line, tag);
            findings.push(finding.values(FindingValue::Percent(declared), FindingValue::Percent(real)));
        }
    }
}
