//! A43 Gói vật tư vượt trần: the supplies of one package are above the cap of one use of a service.

use std::collections::BTreeMap;

use crate::audit::figure::Figure;
use crate::audit::finding::{Check, Cite, Examined, Finding, Severity, Value, shown_code};
use crate::audit::tag::{Part, Tag};

/// The check.
pub const CHECK: Check = Check {
    code: "A43-package-cap",
    severity: Severity::Question,
    title: ["Gói vật tư vượt trần 45 lương cơ sở", "Supply package above 45 base salaries"],
    says: [
        "Gói {declared}: THANH_TIEN_BH {amount} đ, trần {cap} đ, vượt {excess} đ; kiểm tra {field}.",
        "Package {declared}: THANH_TIEN_BH {amount} đ, cap {cap} đ, {excess} đ above it; check {field}.",
    ],
    explain: [
        "Tổng chi phí vật tư của một lần sử dụng dịch vụ (cùng GOI_VTYT) không vượt 45 tháng lương cơ sở ngày ra; vật tư có tỷ lệ riêng \
         không tính. Văn bản không nói phần vượt ghi vào đâu (T_TRANTT, T_BNTT), nên đây là câu hỏi. Không áp dụng cho đối tượng được \
         miễn tỷ lệ.",
        "The supplies of one use of a service (one GOI_VTYT) must not exceed 45 base salaries on discharge; supplies with a ratio of their \
         own do not count. No text says where the excess is booked (T_TRANTT, T_BNTT), so this is a question. Groups without list \
         ratios are spared.",
    ],
    cites: &[Cite::article("tt-04-2017", 3, Some(2))],
    run,
};

fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let Some(cap) = cap_of(examined) else { return };
    let mut packages: BTreeMap<&str, Figure> = BTreeMap::new();
    for (line, law, _) in examined.law() {
        let spared = law.single().is_some_and(|entitlement| entitlement.without_list_ratio);
        let counts = line.part == Part::Services
            && line.is_supply()
            && !line.package.is_empty()
            && line.list_ratio == Some(Figure::whole(100))
            && !spared;
        if let Some(covered) = line.covered_amount.filter(|_| counts) {
            *packages.entry(line.package).or_default() += covered;
        }
    }
    for (package, amount) in packages.into_iter().filter(|(_, amount)| *amount > cap) {
        let mut finding = examined
            .at_summary(&CHECK, Tag::TTrantt)
            .values(Value::Text(shown_code(package)), Value::None)
            .with("amount", Value::Amount(amount))
            .with("cap", Value::Amount(cap))
            .with("excess", Value::Amount(amount - cap));
        finding.difference = Some(amount - cap);
        finding.part = Part::Services;
        findings.push(finding);
    }
}

/// The cap on the day of discharge.
fn cap_of(examined: &Examined<'_>) -> Option<Figure> {
    let day = examined.claim.summary.discharged?.date();
    let multiple = examined.rules.benefit.supply_cap.at(day).ok()?.value.at_most;
    let (base, _) = examined.rules.base(multiple.of, day).ok()?;
    let exact = multiple.times.of(base.exact()).ok()?;
    exact.as_recorded().map(Figure::from_vnd)
}
