//! A23 Thứ tự thời gian sai: discharge before admission, or execution before the order.

use crate::audit::checks::evidence::Examined;
use crate::audit::claim_file::FileLine;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::moment::FileMoment;
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A23-date-order",
    severity: Severity::Warning,
    class: Class::Times,
    title: ["Thứ tự thời gian sai", "Moments out of order"],
    says: [
        "{field} ({declared}) sớm hơn {other} ({expected}).",
        "{field} ({declared}) is earlier than {other} ({expected}).",
    ],
    explain: [
        "NGAY_RA không được trước NGAY_VAO, NGAY_VAO không được trước NGAY_SINH; NGAY_TH_YL không được trước NGAY_YL, NGAY_KQ không được trước NGAY_TH_YL. Ngày của dòng quyết định thẻ và mức hưởng của dòng.",
        "NGAY_RA must not come before NGAY_VAO, NGAY_VAO before NGAY_SINH, nor NGAY_TH_YL before NGAY_YL or NGAY_KQ before NGAY_TH_YL. The day of a line picks its card and level.",
    ],
    cites: &[Cite::table(
        "qd-130-2023",
        "bảng 1, chỉ tiêu 35–37; bảng 2, chỉ tiêu 34, 35",
        "table 1, nos. 35 to 37; table 2, nos. 34 and 35",
    )],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let summary = &examined.claim.summary;
    if let Some((later, earlier)) = reversed(summary.discharged, summary.admitted) {
        findings.push(shown(examined.at_summary(&CHECK, Tag::NgayRa), later, earlier, Tag::NgayVao));
    }
    let born = summary.born.map(FileMoment::day);
    if let Some((admitted, born)) = summary.admitted.zip(born).filter(|(admitted, born)| admitted.date() < born.date()) {
        findings.push(shown(examined.at_summary(&CHECK, Tag::NgayVao), admitted, born, Tag::NgaySinh));
    }
    for (line, _) in examined.lines() {
        if let Some((later, earlier)) = reversed(line.done, line.ordered) {
            findings.push(shown(examined.at_line(&CHECK, line, Tag::NgayThYl), later, earlier, Tag::NgayYl));
        } else if let Some((later, earlier)) = reversed(line.finished, line.done).filter(|_| in_order(line)) {
            findings.push(shown(examined.at_line(&CHECK, line, Tag::NgayKq), later, earlier, Tag::NgayThYl));
        }
    }
}

/// A result before its order is told with the moments of the stay (A65).
fn in_order(line: &FileLine<'_>) -> bool {
    line.finished.zip(line.ordered).is_none_or(|(finished, ordered)| !finished.is_surely_before(ordered))
}

fn reversed(later: Option<FileMoment>, earlier: Option<FileMoment>) -> Option<(FileMoment, FileMoment)> {
    later.zip(earlier).filter(|(later, earlier)| later.is_before(*earlier))
}

fn shown(finding: Finding, later: FileMoment, earlier: FileMoment, other: Tag) -> Finding {
    let text = |moment: FileMoment| FindingValue::Text(moment.to_string());
    finding.values(text(later), text(earlier)).with("other", FindingValue::Text(other.to_string()))
}
