//! A75 Nhóm có tỷ lệ mà tính đủ: an item of a group with list ratios that is paid without one.

use super::evidence::Examined;
use super::law_effect::{MoneyLine, money_lines};
use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A75-ratio-group",
    severity: Severity::Question,
    class: Class::Law,
    title: ["Nhóm thanh toán theo tỷ lệ nhưng tính 100 %", "Group with list ratios paid in full"],
    says: [
        "MA_NHOM {group} là nhóm thanh toán theo tỷ lệ, nhưng {field} = 100: quỹ trả {money} đ cho dòng này.",
        "MA_NHOM {group} holds items with a list ratio, but {field} = 100: the fund pays {money} đ for the line.",
    ],
    explain: [
        "Nhóm 6 (thuốc), 9 (dịch vụ), 11 (vật tư) chứa khoản có tỷ lệ thanh toán trong danh mục. Tệp không cho biết tỷ lệ phải là bao nhiêu, nên \
         là câu hỏi: tỷ lệ hoặc nhóm sai. Đối tượng không áp dụng tỷ lệ thì không hỏi.",
        "Groups 6 (drugs), 9 (services) and 11 (supplies) hold items with a ratio of the list. What ratio it should be the file does not tell, so it \
         is a question: the ratio or the group is wrong. People to whom no list ratio applies are not asked about.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 2, chỉ tiêu 6, 17; bảng 3, chỉ tiêu 6, 18", "table 2, nos. 6 and 17; table 3, nos. 6 and 18")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let groups = &examined.edition.value.ratio_groups;
    for MoneyLine { line, law, .. } in money_lines(examined) {
        let Some(group) = line.group.filter(|group| line.kind.is_some() && groups.contains(group)) else { continue };
        let fund = line.fund.unwrap_or_default();
        let whole = line.list_ratio == Some(Figure::whole(100)) && fund > Figure::ZERO;
        let spared = law.single().is_none_or(|entitlement| entitlement.without_list_ratio);
        let transport = line.code.starts_with("VC.");
        if !whole || spared || transport || line.war_wound == Some(1) {
            continue;
        }
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::TyleTtBh)
                .values(FindingValue::Percent(Figure::whole(100)), FindingValue::None)
                .with("group", FindingValue::Text(group.to_string()))
                .with("money", FindingValue::Amount(fund)),
        );
    }
}
