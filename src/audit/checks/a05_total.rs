//! A05 Tổng của XML1 khác tổng các dòng: a total of the summary is not the sum of the lines.

use crate::audit::figure::Figure;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A05-total",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Tổng XML1 khác tổng các dòng", "Total of XML1 is not the sum of the lines"],
    says: [
        "{field} khai {declared} đ; tổng {lines} dòng là {expected} đ.",
        "{field} says {declared} đ; {lines} lines add up to {expected} đ.",
    ],
    explain: [
        "Mỗi tổng của XML1 phải bằng tổng các dòng XML2 và XML3, không có sai số. T_THUOC cộng THANH_TIEN_BV của XML2; T_VTYT \
         cộng dòng vật tư của XML3 (nhóm 10, 11 hoặc có MA_VAT_TU). T_BHTT được so với tổng T_BHTT của các dòng: lời văn \
         T_TONGCHI_BH − T_BNCCT chỉ đúng khi nguồn khác không chạm vào phần trong phạm vi. Tổng có dòng không đọc được thì không xét.",
        "Each total of XML1 must be the sum over XML2 and XML3, without tolerance. T_THUOC adds THANH_TIEN_BV of XML2; T_VTYT \
         the supply lines of XML3 (groups 10 and 11, or with MA_VAT_TU). T_BHTT is compared with the sum of the lines' T_BHTT: \
         the wording T_TONGCHI_BH − T_BNCCT only holds while other sources leave the covered part alone. A total over a line \
         that cannot be read is not judged.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 45–52", "table 1, nos. 45 to 52")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    // Where lines are missing every total differs: that is said once (A44).
    if !examined.claim.whole.can_be_judged() {
        return;
    }
    let lines = FindingValue::Text(examined.claim.lines.len().to_string());
    for total in examined.replay.totals.iter().filter(|total| !total.fits && total.tag != Tag::TBhttGdv) {
        let (Some(declared), Some(summed)) = (total.declared, total.summed) else { continue };
        let (fund, patient) = bearing(total.tag, declared - summed);
        findings.push(
            examined
                .at_summary(&CHECK, total.tag)
                .amounts(declared, summed)
                .bearing(fund, patient)
                .with("lines", lines.clone()),
        );
    }
}

/// Who pays a wrong total: the fund settles T_BHTT, the patient what the bill calls co-payment and own payment.
fn bearing(tag: Tag, difference: Figure) -> (Figure, Figure) {
    match tag {
        Tag::TBhtt => (difference, Figure::ZERO),
        Tag::TBncct | Tag::TBntt => (Figure::ZERO, difference),
        _ => (Figure::ZERO, Figure::ZERO),
    }
}
