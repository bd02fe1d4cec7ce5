//! A21 Mã nhóm chi phí sai bảng: MA_NHOM is not one of the groups of its table.

use crate::audit::checks::evidence::Examined;
use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::{FilePart, Tag};
use crate::rulebook::claim_files::ItemKind;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A21-item-group",
    severity: Severity::Warning,
    class: Class::Form,
    title: ["Mã nhóm chi phí không thuộc bảng", "Item group does not belong to the table"],
    says: [
        "{field} = {declared} không phải nhóm của dòng này ở {part}; các nhóm: {groups}.",
        "{field} = {declared} is no group of such a line of {part}; the groups are {groups}.",
    ],
    explain: [
        "XML2 có các nhóm thuốc, máu: 4, 5, 6, 7, 17. XML3 có dịch vụ, vật tư, giường, vận chuyển; nhóm 19 từ QĐ 4750. Dòng có MA_VAT_TU thuộc nhóm vật tư (10, 11). Nhóm sai hoặc để trống làm \
         lệch các tổng theo nhóm của báo cáo, và dòng không được xét như vật tư hay giường.",
        "XML2 holds drugs and blood: 4, 5, 6, 7, 17. XML3 holds services, supplies, beds and transport; 19 from QĐ 4750 on. A line with MA_VAT_TU belongs to the supplies (10, 11). A wrong \
         or empty group distorts the totals of reports, and the line is not looked at as the supply or bed that it is.",
    ],
    cites: &[Cite::table(
        "qd-130-2023",
        "bảng 2, chỉ tiêu 6; bảng 3, chỉ tiêu 6",
        "table 2, no. 6; table 3, no. 6",
    )],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let standard = &examined.edition.value;
    for (line, _) in examined.lines() {
        let supplies = standard.kinds.get(&ItemKind::Supply).filter(|_| line.is_supply());
        let groups = match (line.part, supplies) {
            (FilePart::Drugs, _) => &standard.drug_groups,
            (_, Some(supplies)) => supplies,
            _ => &standard.service_groups,
        };
        let group = match line.group {
            Some(group) if groups.contains(&group) => continue,
            Some(group) => group.to_string(),
            None if line.fund.is_some_and(|fund| fund > Figure::ZERO) => "–".to_owned(),
            None => continue,
        };
        let listed: Vec<String> = groups.iter().map(u32::to_string).collect();
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::MaNhom)
                .values(FindingValue::Text(group), FindingValue::None)
                .with("groups", FindingValue::Text(listed.join(", "))),
        );
    }
}
