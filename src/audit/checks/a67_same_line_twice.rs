//! A67 Một dòng có hai lần: the same item at the same moment, in every respect alike.

use crate::audit::claim_file::FileLine;
use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use crate::rulebook::claim_files::ItemKind;
use std::collections::BTreeMap;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A67-same-line-twice",
    severity: Severity::Question,
    class: Class::Identity,
    title: ["Hai dòng giống hệt nhau cùng thời điểm", "The same line twice at one moment"],
    says: [
        "Giống dòng {other} ở mọi chỉ tiêu, cùng {field} {declared}: nếu trùng, quỹ trả thừa {money} đ.",
        "The same as line {other} in every field, also {field} {declared}: if it is a copy, the fund pays {money} đ too much.",
    ],
    explain: [
        "So mã, thời điểm, số lượng, đơn giá, thành tiền, bác sĩ. Hai dòng cùng y lệnh có thể có thật, nên đây là câu hỏi.",
        "Code, moments, quantity, prices, amounts and doctor are compared. Two such lines may be real, so it is a question.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 2, bảng 3: khóa MA_LK, STT", "tables 2 and 3: key MA_LK, STT")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    if !may_repeat(&examined.claim.lines) {
        return;
    }
    let mut seen = BTreeMap::new();
    for line in &examined.claim.lines {
        let Some(fund) = line.fund.filter(|fund| *fund > Figure::ZERO) else { continue };
        // Examinations, beds and operations are counted by A58 to A60.
        let counted = line.kind.is_some_and(|kind| {
            kind.is_bed() || matches!(kind, ItemKind::Exam | ItemKind::Surgery)
        });
        if counted || (line.code.is_empty() && line.supply.is_empty()) {
            continue;
        }
        let Some(ordered) = line.ordered.filter(|moment| moment.minute().is_some()) else { continue };
        let Some(first) = seen.insert(key(line), line.number) else { continue };
        seen.insert(key(line), first);
        let mut finding = examined
            .at_line(&CHECK, line, Tag::NgayYl)
            .values(FindingValue::Text(ordered.to_string()), FindingValue::None)
            .with("other", FindingValue::Text(first.to_string()))
            .with("money", FindingValue::Amount(fund));
        finding.difference = Some(fund);
        findings.push(finding);
    }
}

/// Whether two lines are about the same item at the same moment: hardly any are, and whole lines need no look then.
fn may_repeat(lines: &[FileLine<'_>]) -> bool {
    let timed = lines.iter().filter(|line| line.ordered.is_some());
    let mut keys = Vec::with_capacity(lines.len());
    keys.extend(timed.map(|line| (line.ordered, line.code, line.supply)));
    keys.sort_unstable();
    keys.array_windows().any(|[one, other]| one == other)
}

/// Everything that tells two lines apart.
fn key<'e>(line: &FileLine<'e>) -> impl Ord + use<'e> {
    (
        (line.part, line.code, line.supply, line.package, line.group),
        (line.ordered, line.done, line.finished, line.doctor, line.department),
        (line.quantity, line.hospital_price, line.insured_price, line.service_ratio, line.list_ratio),
        (line.hospital_amount, line.covered_amount, line.fund, line.share),
    )
}
