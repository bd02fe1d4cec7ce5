//! A02 Mức hưởng khác luật: MUC_HUONG is not the level times the rate that the law gives on the day of the line.

use super::effect::share_base;
use super::law_effect::{MoneyLine, money_lines, share_effect};
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A02-benefit-share",
    severity: Severity::Error,
    class: Class::Law,
    title: ["Mức hưởng khác luật", "Benefit share differs from the law"],
    says: [
        "{field} khai {declared}; theo luật là {expected} (mức hưởng {level} × tỷ lệ {rate}[[, {relief}]])[[: quỹ trả thừa {over} đ]][[: quỹ trả thiếu {under} đ]].",
        "{field} says {declared}; the law gives {expected} (level {level} × rate {rate}[[, {relief}]])[[: the fund pays {over} đ too much]][[: the fund pays {under} đ too little]].",
    ],
    explain: [
        "MUC_HUONG = mức hưởng của đối tượng × tỷ lệ theo mã đối tượng đến khám (QĐ 3276), tính vào ngày của dòng bằng cùng bộ tính với \
         `bhyt claim`. Mức hưởng thành 100 khi tổng chi phí trong phạm vi của cả đợt thấp hơn 15 % lương cơ sở ngày ra, khi khám tại \
         cơ sở cấp ban đầu được liệt kê, hoặc sau thời điểm miễn cùng chi trả. Ngưỡng so với cả đợt, không riêng tiền thuốc. Chênh \
         lệch tiền tính trên THANH_TIEN_BH của dòng; số tiền đã theo đúng mức của luật thì chỉ MUC_HUONG sai: cảnh báo, không có tiền. Chưa xét được khi tệp thiếu dữ kiện: xem phần thống kê của báo cáo.",
        "MUC_HUONG is the level of the group × the rate of the visit code (QĐ 3276), on the day of the line, by the same engine as \
         `bhyt claim`. The level becomes 100 when the covered cost of the whole episode is below 15 % of the base salary on \
         discharge, at a listed initial-level facility, or after the exemption from co-payment. The limit is compared with the \
         episode, not with the drugs alone. The money is counted on THANH_TIEN_BH; where the amounts already go by the law only MUC_HUONG is wrong: a warning without money. Where the file lacks facts the share is left \
         undecided: see the statistics of the report.",
    ],
    cites: &[Cite::article("luat-51-2024", 22, None)],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for MoneyLine { index, line, replay, law, if_exempt, base } in money_lines(examined) {
        let (Some(entitlement), Some(declared)) = (law.single(), line.share) else { continue };
        // An exemption that the file does not state is a question (A40), the rules before a change of levels inside
        // the stay are one (A64), a day without card is A36, a share in whole numbers a note (A47).
        let asked = if_exempt == Some(declared) || examined.legal.before_change[index] == Some(declared);
        let unpaid = examined.claim.summary.cards.is_empty();
        let rounded = replay.rounded_share == Some(entitlement.share);
        if declared == entitlement.share || asked || rounded || unpaid || !entitlement.insured {
            continue;
        }
        let paid = replay.paid_share == Some(entitlement.share);
        let base = share_base(examined, line, replay, base);
        let (fund, patient) = if paid { Default::default() } else { share_effect(base, declared, entitlement.share) };
        let relief = entitlement.relief.map_or(FindingValue::None, |relief| FindingValue::Text(relief.to_string()));
        let mut finding = examined
            .at_line(&CHECK, line, Tag::MucHuong)
            .values(FindingValue::Percent(declared), FindingValue::Percent(entitlement.share))
            .bearing(fund, patient)
            .by(&entitlement.cites)
            .with("level", FindingValue::Percent(entitlement.level))
            .with("rate", FindingValue::Percent(entitlement.rate))
            .with("relief", relief)
            .with("money", FindingValue::Amount(fund));
        finding.difference = Some(fund);
        if paid {
            finding.severity = Severity::Warning;
        }
        findings.push(finding);
    }
}
