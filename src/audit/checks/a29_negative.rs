//! A29 Số âm: a quantity, price or amount below zero.

use crate::audit::claim_file::FileLine;
use crate::audit::figure::Figure;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::{FilePart, Tag};

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A29-negative",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Số âm", "Number below zero"],
    says: ["{field} = {declared}, nhỏ hơn 0.", "{field} = {declared}, below zero."],
    explain: [
        "Số lượng, đơn giá, thành tiền và các khoản chi trả không được âm. Nguồn khác âm xem A16.",
        "Quantities, prices, amounts and shares must not be negative. For other sources below zero see A16.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, 2, 3", "tables 1, 2 and 3")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, replay) in examined.lines() {
        // What follows from a ratio beyond the whole (A19) or from an insured price above the hospital's (A49).
        if replay.inverted || super::a19_ratio_range::is_impossible(line) {
            continue;
        }
        // Goods given back make the whole line negative: that is said once.
        let given_back = line.quantity.is_some_and(Figure::is_negative);
        let told = if given_back { 1 } else { usize::MAX };
        for (tag, number) in numbers(line).into_iter().take(told) {
            let Some(number) = number.filter(|number| number.is_negative()) else { continue };
            findings.push(examined.at_line(&CHECK, line, tag).values(FindingValue::Amount(number), FindingValue::None));
        }
    }
}

fn numbers(line: &FileLine<'_>) -> [(Tag, Option<Figure>); 7] {
    [
        (Tag::SoLuong, line.quantity),
        (if line.part == FilePart::Drugs { Tag::DonGia } else { Tag::DonGiaBv }, line.hospital_price),
        (Tag::ThanhTienBv, line.hospital_amount),
        (Tag::TTrantt, line.cap),
        (Tag::TBhtt, line.fund),
        (Tag::TBncct, line.copayment),
        (Tag::TBntt, line.own),
    ]
}
