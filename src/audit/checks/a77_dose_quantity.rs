//! A77 Số lượng thuốc khác liều dùng: more of a drug than dose × times × days, or less.

use super::evidence::Examined;
use super::law_effect::of;
use crate::audit::claim_file::FileLine;
use crate::audit::figure::Figure;
use crate::audit::number_text;
use crate::audit::finding::{AuditCheck, Cite, Class, FindingValue, Severity};
use crate::audit::tag::{FilePart, Tag};
use crate::terms::fold::fold;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A77-dose-quantity",
    severity: Severity::Question,
    class: Class::Money,
    title: ["Số lượng thuốc khác liều dùng", "Quantity of a drug that its dose does not explain"],
    says: [
        "{field} {declared}, theo LIEU_DUNG là {expected}[[: quỹ trả {money} đ cho phần vượt]].",
        "{field} {declared}, by LIEU_DUNG it is {expected}[[: the fund pays {money} đ for the excess]].",
    ],
    explain: [
        "LIEU_DUNG ghi ba số nhân với nhau (số lượng một lần * số lần trong ngày * số ngày), không đơn vị hoặc theo viên, ống, gói, lọ, túi, chai: \
         tích phải bằng SO_LUONG. Nhiều hơn là câu hỏi với tiền quỹ trả cho phần vượt, ít hơn là ghi chú. Dạng khác (ml, giọt, không đủ ba số) không xét; \
         số ngày kê đơn tối đa không xét vì phụ thuộc danh mục bệnh.",
        "LIEU_DUNG gives three numbers to be multiplied (amount at a time * times a day * days), without a unit or in tablets, ampoules, sachets, \
         vials, bags, bottles: the product must be SO_LUONG. More is a question with what the fund pays for the excess, less a note. Other forms (ml, \
         drops, not three numbers) are not judged, nor the most days of a prescription, which depend on a list of diseases.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 2: LIEU_DUNG, SO_LUONG", "table 2: LIEU_DUNG, SO_LUONG")],
};

/// Units that are counted one by one; nothing stands for them too.
const COUNTED: [&str; 7] = ["", "vien", "ong", "goi", "lo", "tui", "chai"];

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<crate::audit::finding::Finding>) {
    for (line, _) in examined.lines().filter(|(line, _)| line.part == FilePart::Drugs && !line.dose.is_empty()) {
        let Some((dose, quantity)) = total_of(line.dose).zip(line.quantity) else { continue };
        let paid = line.fund.is_some_and(|fund| fund > Figure::ZERO);
        if dose == quantity || !paid {
            continue;
        }
        let mut finding = examined
            .at_line(&CHECK, line, Tag::SoLuong)
            .values(FindingValue::Amount(quantity), FindingValue::Amount(dose));
        let money = excess(line, quantity - dose);
        match money {
            Some(money) => finding.difference = Some(money),
            None => finding.severity = Severity::Note,
        }
        findings.push(finding.with("money", money.map_or(FindingValue::None, FindingValue::Amount)));
    }
}

/// What the fund pays for so much of the drug, where it is more than nothing.
fn excess(line: &FileLine<'_>, more: Figure) -> Option<Figure> {
    let covered = more.product(line.insured_price?, &[line.list_ratio?])?;
    (more > Figure::ZERO).then(|| of(covered, line.share.unwrap_or_default()))
}

/// `1 viên/lần * 2 lần/ngày * 5 ngày [10 viên]` as 10.
fn total_of(dose: &str) -> Option<Figure> {
    let dose = dose.split('[').next()?;
    // Most doses are written otherwise, and their words need no look.
    if dose.bytes().filter(|sign| *sign == b'*').count() != 2 {
        return None;
    }
    let mut factors = dose.split('*').map(factor);
    let (first, second, third) = (factors.next()??, factors.next()??, factors.next()??);
    let counted = COUNTED.contains(&fold(first.1).as_str());
    let product = first.0.product(second.0, &[])?.product(third.0, &[])?;
    counted.then_some(product).filter(|product| *product > Figure::ZERO)
}

/// The number at the head of a factor, and the word behind it.
fn factor(text: &str) -> Option<(Figure, &str)> {
    let text = text.trim();
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != ',').unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let (number, _) = number_text::read(number.as_bytes()).ok()?;
    let word = rest.trim().split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    Some((number, word))
}

#[cfg(test)]
mod tests {
    use super::{Figure, total_of};

    #[test]
    fn doses_of_three_numbers_are_multiplied_and_others_left_alone() {
        for (dose, total) in [
            ("1*2*5", Some(10)),
            ("1 viên/lần * 2 lần/ngày * 5 ngày [10 viên]", Some(10)),
            ("0,5 Viên * 2 * 5", Some(5)),
            ("5 ml * 2 * 5", None),
            ("1 viên * 2 lần", None),
            ("uống khi đau", None),
            ("1*2*5*7", None),
        ] {
            assert_eq!(total_of(dose), total.map(Figure::whole), "{dose}");
        }
    }
}
