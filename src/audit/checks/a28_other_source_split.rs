//! A28 Chi trả sai khi có nguồn khác: none of the standard's three ways leads to the declared shares.

use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::replay::line::Split;
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A28-other-source-split",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Chi trả sai khi có nguồn khác", "Shares are wrong beside other sources"],
    says: [
        "Có nguồn khác {other} đ: {field} khai {declared} đ, không khớp cách chi trả nào; nếu tài trợ cho người bệnh thì T_BHTT \
         {expected} đ, T_BNCCT {copayment} đ, T_BNTT {own} đ.",
        "With {other} đ from other sources {field} says {declared} đ, which fits no way of sharing; as aid to the patient T_BHTT \
         would be {expected} đ, T_BNCCT {copayment} đ, T_BNTT {own} đ.",
    ],
    explain: [
        "Ba cách: (a) tài trợ cho người bệnh trừ lần lượt tự trả, cùng chi trả, quỹ; (b) tài trợ cho cơ sở trừ trước khi chia; (c) \
         theo văn bản riêng (ví dụ thuốc ARV) chi đúng phần cùng chi trả. Tệp không nói cách nào, nên khớp một trong ba là đúng. \
         Ví dụ (b): 10.000.000 đ, tỷ lệ 50, tài trợ 3.000.000, mức 80 → quỹ 2.800.000, cùng chi trả 700.000, tự trả 3.500.000.",
        "Three ways: (a) aid to the patient reduces own payment, co-payment and fund in turn; (b) aid to the facility is taken off \
         before the split; (c) a special order (for instance ARV drugs) pays exactly the co-payment. The file does not say which, \
         so any of the three will do. Example of (b): 10,000,000 đ at ratio 50, aid 3,000,000, level 80: fund 2,800,000, \
         co-payment 700,000, own 3,500,000.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 2 và bảng 3, chỉ tiêu 28–30", "tables 2 and 3, nos. 28 to 30")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, replay) in examined.lines() {
        let Split::AidFitsNoCase { expected } = replay.split else { continue };
        let fund = line.fund.unwrap_or_default();
        let patient = line.copayment.unwrap_or_default() + line.own.unwrap_or_default();
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::TBhtt)
                .amounts(fund, expected.fund)
                .bearing(fund - expected.fund, patient - expected.copayment - expected.own)
                .with("other", FindingValue::Amount(line.other.unwrap_or_default()))
                .with("copayment", FindingValue::Amount(expected.copayment))
                .with("own", FindingValue::Amount(expected.own)),
        );
    }
}
