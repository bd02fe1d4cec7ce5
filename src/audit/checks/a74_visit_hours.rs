//! A74 Loại hình không hợp thời gian: a kind of visit that its hours or days contradict.

use super::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue, shown_code};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A74-visit-hours",
    severity: Severity::Question,
    class: Class::Times,
    title: ["Loại hình khám chữa bệnh không hợp thời gian", "Kind of visit that its hours contradict"],
    says: [
        "{field} = {declared}, nhưng đợt này dài {hours} giờ: {why}.",
        "{field} = {declared}, but the visit lasts {hours} hours: {why}.",
    ],
    explain: [
        "Loại 09 (nội trú ngắn) không quá 4 giờ; loại 01 (khám) qua từ hai đêm trở lên được hỏi. Loại hình quyết định ngày giường và tỷ lệ tự đến. Loại 03 không quá 4 giờ không hỏi: giường của nó xem A59.",
        "Kind 09 (short in-patient) does not last longer than 4 hours; kind 01 (examination) over two nights or more is asked about. The kind decides bed days and the rate of self-referrals. Kind 03 of up to 4 hours is not asked about: for its beds see A59.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 35, 37, 56", "table 1, nos. 35, 37 and 56")],
};

/// Nights after which an examination is asked about.
const NIGHTS_OF_AN_EXAMINATION: i64 = 2;

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let summary = &examined.claim.summary;
    let (Some(admitted), Some(discharged)) = (summary.admitted, summary.discharged) else { return };
    let (Some(from), Some(until)) = (admitted.minute(), discharged.minute()) else { return };
    let nights = (discharged.date() - admitted.date()).num_days();
    let minutes = nights * 24 * 60 + i64::from(until) - i64::from(from);
    let rule = examined.rules.benefit.bed_days.at(discharged.date()).ok();
    let Some(short) = rule.map(|rule| i64::from(rule.value.none_up_to_hours) * 60) else { return };
    if minutes < 0 || examined.claim.standard.has_single_amount() {
        return;
    }
    let why = match examined.visit_kind() {
        "9" if minutes > short => "kind-long",
        "1" if nights >= NIGHTS_OF_AN_EXAMINATION => "kind-days",
        _ => return,
    };
    findings.push(
        examined
            .at_summary(&CHECK, Tag::MaLoaiKcb)
            .values(FindingValue::Text(shown_code(summary.visit_kind)), FindingValue::None)
            .with("hours", FindingValue::Text((minutes / 60).to_string()))
            .with("why", FindingValue::Text(why.to_owned())),
    );
}
