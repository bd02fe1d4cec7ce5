//! A19 Tỷ lệ, mức hưởng ngoài 0–100: a percentage of a line beyond the whole.

use crate::audit::claim_file::FileLine;
use crate::audit::figure::{Figure, TWO_DECIMALS};
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A19-ratio-range",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Tỷ lệ hoặc mức hưởng ngoài 0–100", "Ratio or share outside 0 to 100"],
    says: [
        "{field} = {declared}, phải từ 0 đến 100.",
        "{field} = {declared}; it must lie between 0 and 100.",
    ],
    explain: [
        "TYLE_TT_DV, TYLE_TT_BH và MUC_HUONG là phần trăm từ 0 đến 100. Số tiền của dòng vẫn được tính lại với giá trị đã khai; tiền chênh là phần quỹ trả trên mức 100 %. Số âm và mức hưởng sai do đó không báo riêng.",
        "TYLE_TT_DV, TYLE_TT_BH and MUC_HUONG are percentages from 0 to 100. The amounts are still replayed with what is declared; the money is what the fund pays above 100 %. Numbers below zero and a wrong share that follow from it are not told apart.",
    ],
    cites: &[Cite::table(
        "qd-130-2023",
        "bảng 2, chỉ tiêu 17, 27; bảng 3, chỉ tiêu 17, 18, 22",
        "table 2, nos. 17 and 27; table 3, nos. 17, 18 and 22",
    )],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let within = |ratio: &Figure| (Figure::ZERO..=Figure::whole(100)).contains(ratio);
    for (line, law, _) in examined.law() {
        // Where the law gives the share, A02 says what it should be.
        let judged = law.single().is_some_and(|entitlement| entitlement.insured);
        for (tag, ratio) in ratios(line) {
            let Some(ratio) = ratio.filter(|ratio| !within(ratio)) else { continue };
            if judged && tag == Tag::MucHuong {
                continue;
            }
            let mut finding = examined.at_line(&CHECK, line, tag).values(FindingValue::Percent(ratio), FindingValue::None);
            if let Some(money) = beyond_the_whole(line, ratio) {
                finding.difference = Some(money);
                finding = finding.bearing(money, -money);
            }
            findings.push(finding);
        }
    }
}

/// What the fund pays above the same line at the whole.
fn beyond_the_whole(line: &FileLine<'_>, ratio: Figure) -> Option<Figure> {
    let (fund, whole) = (line.fund?, Figure::whole(100));
    let at_whole = fund.exact().times(whole.millionths(), ratio.millionths()).ok()?.round(TWO_DECIMALS).ok()?;
    (ratio > whole).then(|| fund - Figure::from_vnd(at_whole))
}

/// A percentage of the line cannot be one: the amounts follow from it and are not told apart.
pub(super) fn is_impossible(line: &FileLine<'_>) -> bool {
    let within = Figure::ZERO..=Figure::whole(100);
    ratios(line).iter().any(|(_, ratio)| ratio.is_some_and(|ratio| !within.contains(&ratio)))
}

fn ratios(line: &FileLine<'_>) -> [(Tag, Option<Figure>); 3] {
    [(Tag::TyleTtDv, line.service_ratio), (Tag::TyleTtBh, line.list_ratio), (Tag::MucHuong, line.share)]
}
