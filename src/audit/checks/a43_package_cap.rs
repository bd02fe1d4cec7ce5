//! A43 Gói vật tư vượt trần: the supplies of one package are above the cap of one use of a service.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::audit::figure::Figure;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue, shown_code};
use crate::audit::legal::supply_cap;
use crate::audit::moment::FileMoment;
use crate::audit::tag::{FilePart, Tag};

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A43-package-cap",
    severity: Severity::Question,
    class: Class::Law,
    title: ["Gói vật tư vượt mức trần", "Supply package above its cap"],
    says: [
        "Gói {declared}: THANH_TIEN_BH {amount} đ, trần {cap} đ, vượt {excess} đ; kiểm tra {field}.",
        "Package {declared}: THANH_TIEN_BH {amount} đ, cap {cap} đ, {excess} đ above it; check {field}.",
    ],
    explain: [
        "Tổng chi phí vật tư của một lần sử dụng dịch vụ (cùng GOI_VTYT) không vượt mức trần của ngày ra (xem supply-cap); vật tư có tỷ lệ riêng \
         không tính. Văn bản không nói phần vượt ghi vào đâu (T_TRANTT, T_BNTT), nên đây là câu hỏi; gói đã giảm THANH_TIEN_BH còn đúng \
         mức trần thì không hỏi. Vật tư không ghi GOI_VTYT của cùng một ngày vượt trần cũng được hỏi. Không áp dụng cho đối tượng được miễn tỷ lệ.",
        "The supplies of one use of a service (one GOI_VTYT) must not exceed the cap of the discharge day (see supply-cap); supplies with a ratio of their \
         own do not count. No text says where the excess is booked (T_TRANTT, T_BNTT), so this is a question; a package whose \
         THANH_TIEN_BH was reduced to exactly the cap raises none. Supplies of one day without GOI_VTYT that exceed it are asked about too. Groups without list ratios are spared.",
    ],
    cites: &[Cite::article("tt-04-2017", 3, Some(2))],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let Some(cap) = supply_cap(examined.claim, examined.rules) else { return };
    let mut unmarked: BTreeMap<Option<NaiveDate>, (Figure, u32)> = BTreeMap::new();
    let mut packages: BTreeMap<&str, Figure> = BTreeMap::new();
    for ((line, law, _), replay) in examined.law().zip(&examined.replay.lines) {
        let spared = law.single().is_some_and(|entitlement| entitlement.without_list_ratio);
        let Some(base) = replay.base.filter(|_| !spared && !line.is_outside_scope()) else { continue };
        if line.counts_toward_cap() {
            *packages.entry(line.package).or_default() += base;
        } else if line.is_unmarked_supply() {
            let use_of = unmarked.entry(line.ordered.map(FileMoment::date)).or_default();
            *use_of = (use_of.0 + base, use_of.1.max(line.number));
        }
    }
    for (amount, line) in unmarked.into_values().filter(|(amount, _)| *amount > cap) {
        let mut finding = examined
            .at_summary(&CHECK, Tag::GoiVtyt)
            .values(FindingValue::Text("–".to_owned()), FindingValue::None)
            .with("amount", FindingValue::Amount(amount))
            .with("cap", FindingValue::Amount(cap))
            .with("excess", FindingValue::Amount(amount - cap));
        finding.difference = Some(amount - cap);
        finding.part = FilePart::Services;
        finding.line = Some(line);
        findings.push(finding);
    }
    for (package, amount) in packages.into_iter().filter(|(_, amount)| *amount > cap) {
        let mut finding = examined
            .at_summary(&CHECK, Tag::TTrantt)
            .values(FindingValue::Text(shown_code(package)), FindingValue::None)
            .with("amount", FindingValue::Amount(amount))
            .with("cap", FindingValue::Amount(cap))
            .with("excess", FindingValue::Amount(amount - cap));
        finding.difference = Some(amount - cap);
        finding.part = FilePart::Services;
        findings.push(finding);
    }
}
