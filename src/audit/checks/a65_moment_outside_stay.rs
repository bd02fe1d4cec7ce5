//! A65 Thời điểm ngoài đợt điều trị: an order, execution, result or payment outside the stay.

use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::moment::FileMoment;
use crate::audit::tag::Tag;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A65-moment-outside-stay",
    severity: Severity::Warning,
    class: Class::Times,
    title: ["Thời điểm nằm ngoài đợt điều trị", "Moment outside the stay"],
    says: [
        "{field} {declared} nằm ngoài đợt điều trị ({other} {expected}).",
        "{field} {declared} lies outside the stay ({other} {expected}).",
    ],
    explain: [
        "NGAY_YL, NGAY_TH_YL không trước NGAY_VAO, không sau NGAY_RA; NGAY_KQ không trước NGAY_YL, không sau NGAY_RA; NGAY_VAO_NOI_TRU nằm giữa NGAY_VAO và NGAY_RA; NGAY_TTOAN không trước NGAY_RA. Chỉ ghi ngày thì so theo ngày. Mỗi dòng một cảnh báo.",
        "NGAY_YL and NGAY_TH_YL are not before NGAY_VAO nor after NGAY_RA; NGAY_KQ not before NGAY_YL nor after NGAY_RA; NGAY_VAO_NOI_TRU lies between NGAY_VAO and NGAY_RA; NGAY_TTOAN is not before NGAY_RA. Days without a minute are compared by day. One warning a line.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 35–37, 44; bảng 2, chỉ tiêu 34, 35", "table 1, nos. 35 to 37 and 44; table 2, nos. 34 and 35")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let summary = &examined.claim.summary;
    let (admitted, discharged) = (summary.admitted, summary.discharged);
    let text = |moment: FileMoment| FindingValue::Text(moment.to_string());
    let stay = [
        (Tag::NgayVaoNoiTru, Tag::NgayVao, earlier(summary.admitted_to_ward, admitted)),
        (Tag::NgayVaoNoiTru, Tag::NgayRa, later(summary.admitted_to_ward, discharged)),
        (Tag::NgayTtoan, Tag::NgayRa, earlier(summary.paid, discharged)),
    ];
    for (tag, other, found) in stay {
        let Some((moment, bound)) = found else { continue };
        let finding = examined.at_summary(&CHECK, tag).values(text(moment), text(bound));
        findings.push(finding.with("other", FindingValue::Text(other.to_string())));
    }
    // A stay that ends before it begins is A23, and so is an execution before its order.
    if later(admitted, discharged).is_some() {
        return;
    }
    for (line, _) in examined.lines().filter(|(line, _)| earlier(line.done, line.ordered).is_none()) {
        let moments = [
            (Tag::NgayYl, Tag::NgayVao, earlier(line.ordered, admitted)),
            (Tag::NgayYl, Tag::NgayRa, later(line.ordered, discharged)),
            (Tag::NgayThYl, Tag::NgayVao, earlier(line.done, admitted)),
            (Tag::NgayThYl, Tag::NgayRa, later(line.done, discharged)),
            (Tag::NgayKq, Tag::NgayYl, earlier(line.finished, line.ordered)),
            (Tag::NgayKq, Tag::NgayRa, later(line.finished, discharged)),
        ];
        let first = moments.into_iter().find_map(|(tag, other, found)| Some((tag, other, found?)));
        let Some((tag, other, (moment, bound))) = first else { continue };
        let finding = examined.at_line(&CHECK, line, tag).values(text(moment), text(bound));
        findings.push(finding.with("other", FindingValue::Text(other.to_string())));
    }
}

/// A moment before a bound.
fn earlier(moment: Option<FileMoment>, bound: Option<FileMoment>) -> Option<(FileMoment, FileMoment)> {
    moment.zip(bound).filter(|(moment, bound)| moment.is_surely_before(*bound))
}

/// A moment after a bound.
fn later(moment: Option<FileMoment>, bound: Option<FileMoment>) -> Option<(FileMoment, FileMoment)> {
    moment.zip(bound).filter(|(moment, bound)| bound.is_surely_before(*moment))
}
