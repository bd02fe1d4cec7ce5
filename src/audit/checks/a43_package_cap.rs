//! A43 Gói vật tư vượt trần: the supplies of one package are above the cap of one use of a service.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::audit::claim_file::FileLine;
use crate::audit::figure::Figure;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue, shown_code};
use crate::audit::legal::supply_cap;
use crate::audit::moment::FileMoment;
use crate::audit::tag::{FilePart, Tag};
use crate::rulebook::claim_files::ItemKind;

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
        "Tổng chi phí vật tư của một lần sử dụng dịch vụ (cùng GOI_VTYT) không vượt mức trần của ngày ra (xem `bhyt rules show supply-cap`); vật tư có tỷ lệ riêng \
         không tính. Văn bản không nói phần vượt ghi vào đâu (T_TRANTT, T_BNTT), nên đây là câu hỏi; gói đã giảm THANH_TIEN_BH còn đúng \
         mức trần thì không hỏi. Vật tư không ghi GOI_VTYT của cùng một ngày vượt trần, hoặc cùng với một gói thì vượt, và nhiều gói hơn số phẫu thuật, thủ thuật của ngày mà cộng lại vượt trần cũng được hỏi. Không áp dụng cho đối tượng được miễn tỷ lệ.",
        "The supplies of one use of a service (one GOI_VTYT) must not exceed the cap of the discharge day (see supply-cap); supplies with a ratio of their \
         own do not count. No text says where the excess is booked (T_TRANTT, T_BNTT), so this is a question; a package whose \
         THANH_TIEN_BH was reduced to exactly the cap raises none. Supplies of one day without GOI_VTYT that exceed it, alone or beside a package, and more packages than operations and procedures of the day that exceed it together are asked about too. Groups without list ratios are spared.",
    ],
    cites: &[Cite::article("tt-04-2017", 3, Some(2))],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let Some(cap) = supply_cap(examined.claim, examined.rules) else { return };
    let mut packages: BTreeMap<&str, Figure> = BTreeMap::new();
    let mut days: BTreeMap<Option<NaiveDate>, Day<'_>> = BTreeMap::new();
    for ((line, law, _), replay) in examined.law().zip(&examined.replay.lines) {
        let spared = law.single().is_some_and(|entitlement| entitlement.without_list_ratio);
        let Some(base) = replay.base.filter(|_| !spared && !line.is_outside_scope()) else { continue };
        let day = days.entry(line.ordered.map(FileMoment::date)).or_default();
        if line.counts_toward_cap() {
            *packages.entry(line.package).or_default() += base;
            day.add(line, base);
        } else if line.is_unmarked_supply() {
            day.unmarked.push((line, base));
        } else if line.kind.is_some_and(|kind| matches!(kind, ItemKind::Surgery | ItemKind::Procedure)) {
            day.uses += Figure::whole(1);
        }
    }
    let above = |name: &str, amount: Figure, cap: Figure, tag: Tag| {
        let mut finding = examined
            .at_summary(&CHECK, tag)
            .values(FindingValue::Text(name.to_owned()), FindingValue::None)
            .with("amount", FindingValue::Amount(amount))
            .with("cap", FindingValue::Amount(cap))
            .with("excess", FindingValue::Amount(amount - cap));
        finding.difference = Some(amount - cap);
        finding.part = FilePart::Services;
        finding
    };
    for day in days.values() {
        if let Some((name, amount, cap, line)) = day.unmarked_above(cap).or_else(|| day.split_above(cap)) {
            findings.push(Finding { line: Some(line), ..above(&name, amount, cap, Tag::GoiVtyt) });
        }
    }
    for (package, amount) in packages.into_iter().filter(|(_, amount)| *amount > cap) {
        findings.push(above(&shown_code(package), amount, cap, Tag::TTrantt));
    }
}

/// Vật tư của một ngày: supplies with and without a package, and how often a service used some.
#[derive(Default)]
struct Day<'e> {
    packages: BTreeMap<&'e str, Package>,
    unmarked: Vec<(&'e FileLine<'e>, Figure)>,
    uses: Figure,
}

/// Một gói.
#[derive(Default)]
struct Package {
    amount: Figure,
    last: u32,
    moments: Vec<Option<FileMoment>>,
}

/// Name, amount, cap and line of supplies that are above the cap together.
type Above = (String, Figure, Figure, u32);

impl<'e> Day<'e> {
    fn add(&mut self, line: &FileLine<'e>, base: Figure) {
        let package = self.packages.entry(line.package).or_default();
        package.amount += base;
        package.last = package.last.max(line.number);
        package.moments.push(line.ordered);
    }

    /// Supplies without a package: above the cap by themselves, or beside a package that is not. A package cut to the cap
    /// has syringes of other services beside it every day; what was ordered in the same minute as the package is asked about.
    fn unmarked_above(&self, cap: Figure) -> Option<Above> {
        let sum = |lines: &dyn Fn(&FileLine<'_>) -> bool| -> Option<(Figure, u32)> {
            let lines = || self.unmarked.iter().filter(|(line, _)| lines(line));
            Some((lines().map(|(_, base)| *base).sum(), lines().map(|(line, _)| line.number).max()?))
        };
        let (alone, last) = sum(&|_| true)?;
        if alone > cap {
            return Some(("–".to_owned(), alone, cap, last));
        }
        let beside = |(name, package): (&&str, &Package)| {
            let (amount, last) = if package.amount < cap {
                (alone, last)
            } else {
                sum(&|line| package.moments.contains(&line.ordered))?
            };
            let whole = amount + package.amount;
            let above = package.amount <= cap && whole > cap;
            above.then(|| (format!("{} + –", shown_code(name)), whole, cap, last))
        };
        self.packages.iter().filter_map(beside).max_by_key(|(_, amount, ..)| *amount)
    }

    /// More packages than operations and procedures of the day, above the cap together and none of them alone.
    fn split_above(&self, cap: Figure) -> Option<Above> {
        let uses = self.uses.max(Figure::whole(1));
        let count = Figure::whole(i64::try_from(self.packages.len()).ok()?);
        let amount: Figure = self.packages.values().map(|package| package.amount).sum();
        let most = cap.product(uses, &[])?;
        let split = count > uses && amount > most && self.packages.values().all(|package| package.amount <= cap);
        let names: Vec<String> = self.packages.keys().map(|name| shown_code(name)).collect();
        let last = self.packages.values().map(|package| package.last).max()?;
        split.then(|| (names.join(" + "), amount, most, last))
    }
}
