//! A40 Miễn cùng chi trả chưa có căn cứ trong tệp: paid as if the year's co-payment were reached, without saying so.

use super::law_effect::{MoneyLine, money_lines, share_effect};
use crate::audit::figure::Figure;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A40-accumulated-copayment",
    severity: Severity::Question,
    class: Class::Law,
    title: ["Miễn cùng chi trả chưa thấy căn cứ", "Exempt from co-payment without a ground in the file"],
    says: [
        "{lines} dòng khai mức hưởng như người miễn cùng chi trả, nhưng {field} không có hoặc trước NAM_NAM_LIEN_TUC. Nếu chưa đủ điều \
         kiện miễn thì quỹ trả thừa {money} đ.",
        "{lines} lines go by the share of an exempt patient, but {field} is absent or before NAM_NAM_LIEN_TUC. Unless the conditions \
         were met, the fund pays {money} đ too much.",
    ],
    explain: [
        "Tệp không chứa số cùng chi trả lũy kế trong năm, nên đây là câu hỏi: tra cứu số cùng chi trả trên cổng, hoặc bổ sung \
         NGAY_MIEN_CCT. Chỉ hỏi khi NAM_NAM_LIEN_TUC đã qua; nếu không, đó là phát hiện A02. NGAY_MIEN_CCT trước NAM_NAM_LIEN_TUC cũng được hỏi: phải đủ cả hai điều kiện.",
        "The file does not carry the co-payment of the year, so this is a question: look it up on the portal, or state NGAY_MIEN_CCT. It \
         is asked only when NAM_NAM_LIEN_TUC has passed; otherwise it is finding A02. A NGAY_MIEN_CCT before NAM_NAM_LIEN_TUC is asked about too: both conditions must be met.",
    ],
    cites: &[Cite::article("nd-188-2025", 18, Some(2))],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let mut lines = 0_u32;
    let mut fund = Figure::ZERO;
    let mut law_cites = None;
    for MoneyLine { index, line, law, if_exempt, base, .. } in money_lines(examined) {
        let (Some(entitlement), Some(declared)) = (law.single(), line.share) else { continue };
        // Either the exemption is not stated, or it is stated for a day before the five years.
        let unstated = declared != entitlement.share && if_exempt == Some(declared);
        let early = examined.legal.if_not_exempt[index].filter(|_| declared == entitlement.share);
        let plain = if unstated { Some(entitlement.share) } else { early };
        let Some(plain) = plain.filter(|plain| *plain != declared) else { continue };
        lines += 1;
        fund += share_effect(base, declared, plain).0;
        law_cites.get_or_insert(&entitlement.cites);
    }
    let Some(cites) = law_cites else { return };
    let mut finding = examined
        .at_summary(&CHECK, Tag::NgayMienCct)
        .with("lines", FindingValue::Text(lines.to_string()))
        .with("money", FindingValue::Amount(fund))
        .by(cites);
    finding.difference = Some(fund);
    findings.push(finding);
}
