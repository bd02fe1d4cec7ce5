//! A11 Thành tiền bệnh viện sai: quantity × hospital price (× service ratio) is another amount.

use super::effect::hospital_effect;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::claim_file::FileLine;
use crate::audit::figure::Figure;
use crate::audit::replay::is_near;
use crate::audit::replay::line::LineReplay;
use crate::audit::tag::{FilePart, Tag};

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A11-hospital-amount",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Thành tiền bệnh viện sai", "Hospital amount is wrong"],
    says: [
        "{field} khai {declared} đ; {quantity} × {price} đ (tỷ lệ dịch vụ {ratio}) = {expected} đ.",
        "{field} says {declared} đ; {quantity} × {price} đ (service ratio {ratio}) = {expected} đ.",
    ],
    explain: [
        "Thuốc: SO_LUONG × DON_GIA. Dịch vụ, vật tư: SO_LUONG × DON_GIA_BV, từ QĐ 4750 nhân thêm TYLE_TT_DV; từ QĐ 3176 cũng \
         chấp nhận SO_LUONG × DON_GIA_BV − SO_LUONG × DON_GIA_BH × (100 − TYLE_TT_DV) / 100. Làm tròn một lần đến 2 số lẻ. \
         Ví dụ: 10 × 59,999 = 599,99.",
        "Drugs: SO_LUONG × DON_GIA. Services and supplies: SO_LUONG × DON_GIA_BV, from QĐ 4750 on × TYLE_TT_DV; from QĐ 3176 on \
         SO_LUONG × DON_GIA_BV − SO_LUONG × DON_GIA_BH × (100 − TYLE_TT_DV) / 100 is accepted too. Rounded once to two decimals. \
         Example: 10 × 59.999 = 599.99.",
    ],
    cites: &[
        Cite::table(
            "qd-130-2023",
            "bảng 2, chỉ tiêu 20; bảng 3, chỉ tiêu 19",
            "table 2, no. 20; table 3, no. 19",
        ),
        Cite::table("qd-4750-2023", "bảng 3, chỉ tiêu 19", "table 3, no. 19"),
    ],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    for (line, replay) in examined.lines().filter(|(_, replay)| !replay.ratio_ignored) {
        let (Some(expected), Some(declared)) = (replay.hospital.expected(), line.hospital_amount) else {
            continue;
        };
        if !examined.claim.standard.has_single_amount() && follows_one_mistake(line, replay) {
            continue;
        }
        let (fund, patient) = hospital_effect(line, expected);
        findings.push(
            examined
                .at_line(&CHECK, line, Tag::ThanhTienBv)
                .amounts(declared, expected)
                .bearing(fund, patient)
                .with("quantity", FindingValue::Amount(line.quantity.unwrap_or_default()))
                .with("price", FindingValue::Amount(line.hospital_price.unwrap_or_default()))
                .with("ratio", FindingValue::Percent(line.service_ratio.unwrap_or_default())),
        );
    }
}

/// Both amounts fit each other and neither fits the price or the quantity: one mistake, told with the covered amount
/// (A04, A12).
fn follows_one_mistake(line: &FileLine<'_>, replay: &LineReplay) -> bool {
    let fits = || {
        let covered = line.hospital_amount?.product(Figure::whole(1), &[line.list_ratio?])?;
        Some(is_near(covered, line.covered_amount?))
    };
    let nothing = |number: Option<Figure>| number.is_some_and(Figure::is_zero);
    let one_price = line.part == FilePart::Drugs || nothing(line.hospital_price) || nothing(line.quantity);
    replay.covered.expected().is_some() && one_price && fits().unwrap_or(false)
}
