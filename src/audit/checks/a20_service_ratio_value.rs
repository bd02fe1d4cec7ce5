//! A20 Tỷ lệ dịch vụ lạ: TYLE_TT_DV is none of the ratios that its kind of service has.

use crate::audit::checks::evidence::Examined;
use crate::audit::claim_file::FileLine;
use crate::audit::figure::{Figure, TWO_DECIMALS};
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::{FilePart, Tag};
use crate::rulebook::claim_files::ItemKind;
use crate::terms::care::LineKind;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A20-service-ratio-value",
    severity: Severity::Warning,
    class: Class::Money,
    title: ["Tỷ lệ dịch vụ không có trong quy định", "Service ratio that the rules do not have"],
    says: [
        "{field} = {declared}; nhóm này chỉ có {known}.",
        "{field} = {declared}; this group only has {known}.",
    ],
    explain: [
        "Khám: 100, lần hai đến bốn 30, lần năm 10, từ lần sáu 0. Giường: 100, hai người 50, ba người trở lên 33. Phẫu thuật nhiều can \
         thiệp: 50 cùng kíp, 80 khác kíp; thủ thuật 80. Xét nghiệm, chẩn đoán hình ảnh, thăm dò chức năng, vận chuyển dưới 100 được hỏi.",
        "Exams: 100, the second to fourth 30, the fifth 10, from the sixth 0. Beds: 100, two in a bed 50, three or more 33. Several \
         interventions: 50 by the same team, 80 by another; procedures 80. Tests, imaging, function tests and transport below 100 are asked about.",
    ],
    cites: &[
        Cite::article("tt-39-2018", 5, None),
        Cite::article("tt-39-2018", 6, None),
        Cite::article("tt-39-2018", 7, None),
    ],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let day = examined.claim.summary.discharged.map(super::super::moment::FileMoment::date);
    let rule = day.and_then(|day| examined.rules.benefit.service_ratios.at(day).ok());
    let Some(rule) = rule else { return };
    for (line, _) in examined.lines().filter(|(line, _)| line.part == FilePart::Services) {
        let Some(ratio) = line.service_ratio else { continue };
        if line.kind.is_some_and(without_ratios) {
            findings.extend(reduced(examined, line, ratio));
        }
        let Some(kind) = line.kind.and_then(with_ratios) else { continue };
        let known: Vec<_> = rule.value.of(kind).iter().filter_map(|share| Figure::percent_of(*share)).collect();
        if known.is_empty() || known.contains(&ratio) {
            continue;
        }
        let mut listed: Vec<String> = known.iter().map(ToString::to_string).collect();
        listed.dedup();
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::TyleTtDv)
                .values(FindingValue::Percent(ratio), FindingValue::None)
                .with("known", FindingValue::Text(listed.join(", "))),
        );
    }
}

/// Dịch vụ không có tỷ lệ riêng: tests, imaging and supplies that count less than the whole price are asked about.
fn reduced(examined: &Examined<'_>, line: &FileLine<'_>, ratio: Figure) -> Option<Finding> {
    let (fund, whole) = (line.fund?, Figure::whole(100));
    if ratio <= Figure::ZERO || ratio >= whole || fund <= Figure::ZERO {
        return None;
    }
    let at_whole = fund.exact().times(whole.millionths(), ratio.millionths()).ok()?.round(TWO_DECIMALS).ok()?;
    let mut finding = examined
        .at_line(&CHECK, line, Tag::TyleTtDv)
        .values(FindingValue::Percent(ratio), FindingValue::None)
        .with("known", FindingValue::Text(whole.to_string()));
    finding.severity = Severity::Question;
    finding.difference = Some(fund - Figure::from_vnd(at_whole));
    Some(finding)
}

/// Kinds for which neither QĐ 4750 nor TT 39/2018 has a ratio.
const fn without_ratios(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Laboratory | ItemKind::Imaging | ItemKind::FunctionTest | ItemKind::Transport)
}

/// The kinds of service with ratios of their own.
const fn with_ratios(kind: ItemKind) -> Option<LineKind> {
    match kind {
        ItemKind::Surgery => Some(LineKind::Surgery),
        ItemKind::Exam => Some(LineKind::Exam),
        ItemKind::DayBed | ItemKind::InpatientBed | ItemKind::ObservationBed => Some(LineKind::Bed),
        ItemKind::Procedure => Some(LineKind::Procedure),
        _ => None,
    }
}
