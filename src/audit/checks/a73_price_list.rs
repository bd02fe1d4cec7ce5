//! A73 Đơn giá khác danh mục: a price above every accepted one, or a code that the lists given do not hold.

use super::evidence::Examined;
use super::law_effect::of;
use crate::audit::claim_file::FileLine;
use crate::audit::figure::{Figure, TWO_DECIMALS};
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::prices::Price;
use crate::audit::tag::{FilePart, Tag};

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A73-price-list",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Đơn giá cao hơn danh mục", "Price above the list"],
    says: [
        "{field} khai {declared}; {why}[[ {expected}]]: quỹ {money} đ.",
        "{field} says {declared}; {why}[[ {expected}]]: the fund {money} đ.",
    ],
    explain: [
        "Chỉ xét khi có --prices (danh mục thuốc, vật tư, dịch vụ của cơ sở). Một mã có thể có nhiều giá trong một ngày: dòng phải trùng \
         một giá còn hiệu lực cùng số đăng ký, hàm lượng, thầu. Cao hơn mọi giá là lỗi, tính theo giá cao nhất; thấp hơn không báo. TYLE_TT_BH cao hơn mọi tỷ lệ của danh mục cũng là lỗi. Mã \
         không có trong danh mục, hoặc không có giá nào hợp ngày và thầu, là câu hỏi với số tiền quỹ trả cho dòng.",
        "Looked at with --prices only (lists of drugs, supplies and services of the facility). One code may have several prices on a day: the \
         line must equal one in force with its licence, strength and tender. Above all of them is an error, counted from the highest; below \
         is not told. A TYLE_TT_BH above every ratio of the list is an error too. A code that the list does not hold, or without a price for the day and tender, is a question with what the fund pays.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 2, chỉ tiêu 19; bảng 3, chỉ tiêu 15", "table 2, no. 19; table 3, no. 15")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    if examined.prices.is_empty() {
        return;
    }
    for (line, _) in examined.lines().filter(|(line, _)| !line.is_outside_scope()) {
        let (Some(listed), Some(price)) = (examined.prices.of(line), line.insured_price) else { continue };
        let Some(day) = line.ordered.or(examined.claim.summary.discharged) else { continue };
        let Some(fund) = line.fund.filter(|fund| *fund > Figure::ZERO) else { continue };
        let facility = examined.claim.summary.facility;
        let rows: Vec<&Price> = listed.iter().filter(|listed| listed.fits(line, facility, day.date())).collect();
        let prices: Vec<Figure> = rows.iter().map(|listed| listed.price).collect();
        let tag = if line.part == FilePart::Drugs { Tag::DonGia } else { Tag::DonGiaBh };
        let finding = examined.at_line(&CHECK, line, tag);
        match prices.iter().max() {
            Some(highest) if price > *highest && !prices.contains(&price) => {
                let over = line.quantity.zip(line.service_ratio.zip(line.list_ratio));
                let over = over.and_then(|(quantity, (service, list))| {
                    quantity.product(price - *highest, &[service, list])
                });
                let money = of(over.unwrap_or_default(), line.share.unwrap_or_default());
                let finding = finding.amounts(price, *highest).bearing(money, -money);
                findings.push(
                    finding.with("why", FindingValue::Text("price-above".to_owned())).with("money", FindingValue::Amount(money)),
                );
            }
            Some(_) => findings.extend(above_the_ratio(line, &rows, finding)),
            None => {
                let why = if listed.is_empty() { "code-not-listed" } else { "no-price-fits" };
                let mut finding = finding
                    .values(FindingValue::Amount(price), FindingValue::None)
                    .with("why", FindingValue::Text(why.to_owned()))
                    .with("money", FindingValue::Amount(fund));
                finding.severity = Severity::Question;
                finding.difference = Some(fund);
                findings.push(finding);
            }
        }
    }
}

/// A ratio above every one of the list's rows that fit: what the fund pays above the highest of them.
fn above_the_ratio(line: &FileLine<'_>, rows: &[&Price], finding: Finding) -> Option<Finding> {
    let highest = rows.iter().map(|row| row.ratio).collect::<Option<Vec<_>>>()?.into_iter().max()?;
    let (ratio, covered, share) = (line.list_ratio?, line.covered_amount?, line.share?);
    let right = covered.exact().times(highest.millionths(), ratio.millionths()).ok()?.round(TWO_DECIMALS).ok()?;
    let money = of(covered - Figure::from_vnd(right), share);
    (ratio > highest).then(|| Finding {
        tag: Some(Tag::TyleTtBh),
        ..finding
            .amounts(ratio, highest)
            .bearing(money, -money)
            .with("why", FindingValue::Text("ratio-above".to_owned()))
            .with("money", FindingValue::Amount(money))
    })
}
