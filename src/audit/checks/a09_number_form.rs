//! A09 Số viết sai dạng: a number that can be read, but not in the standard's form.

use super::faults::at_fault;
use crate::audit::number_text::NumberFault;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity};

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A09-number-form",
    severity: Severity::Warning,
    class: Class::Form,
    title: ["Số viết sai dạng chuẩn", "Number not in the standard's form"],
    says: [
        "{field} viết dạng `{declared}` ({fault}); chuẩn là chữ số, dấu chấm thập phân, không phân nhóm.",
        "{field} is written `{declared}` ({fault}); the standard is digits and a decimal point, no grouping.",
    ],
    explain: [
        "Chuẩn: dấu chấm thập phân, không dấu phân nhóm, số lượng và đơn giá tối đa 3 số lẻ, thành tiền 2 số lẻ, tỷ lệ là số \
         nguyên. Dấu phẩy thập phân, dạng mũ (1.5E7), số phân nhóm, dấu cộng, -0 được đọc khi chỉ có một nghĩa, kèm phát hiện \
         này; số có hai nghĩa thì không đoán (A17). Chữ số được thay bằng 9, chữ cái bằng x.",
        "The standard: a decimal point, no grouping, at most three decimals for quantities and prices, two for amounts, whole \
         numbers for ratios. Decimal commas, exponents (1.5E7), grouped numbers, plus signs and -0 are read where they mean one \
         number only, with this finding; what could mean two is not guessed (A17). Digits are shown as 9, letters as x.",
    ],
    cites: &[Cite::table(
        "qd-130-2023",
        "quy định chung về định dạng số",
        "general rule on the form of numbers",
    )],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let faults = examined.claim.faults.iter();
    let wanted = |fault: NumberFault| fault.is_readable() && fault != NumberFault::Repeated && !fault.is_of_a_moment();
    findings.extend(faults.filter(|cell| wanted(cell.fault)).map(|cell| at_fault(examined, &CHECK, cell)));
}
