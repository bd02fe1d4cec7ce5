//! A17 Số không đọc được: a text that is no number, or that could be two.

use super::faults::at_fault;
use crate::audit::number_text::NumberFault;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity};

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A17-unreadable-number",
    severity: Severity::Error,
    class: Class::Form,
    title: ["Số không đọc được", "Number that cannot be read"],
    says: [
        "{field} có dạng `{declared}` ({fault}), không đọc thành số được; các phép tính dựa vào nó bị bỏ qua.",
        "{field} has the form `{declared}` ({fault}) and cannot be read as a number; what rests on it is not judged.",
    ],
    explain: [
        "Ví dụ 15.78.62.19 (số bị phá do lỗi ngôn ngữ của phần mềm), NaN, undefined, hoặc 1,234 (có thể là 1234 hay 1,234). Chương \
         trình không đoán: dòng được nêu, các phép tính khác vẫn chạy. Chữ số được thay bằng 9, chữ cái bằng x.",
        "For example 15.78.62.19 (destroyed by a locale bug), NaN, undefined, or 1,234 (either 1234 or 1.234). Nothing is guessed: \
         the field is named, everything that does not rest on it is still judged. Digits are shown as 9, letters as x.",
    ],
    cites: &[Cite::table(
        "qd-130-2023",
        "quy định chung về định dạng số",
        "general rule on the form of numbers",
    )],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let wanted = |fault: NumberFault| matches!(fault, NumberFault::Ambiguous | NumberFault::NotANumber | NumberFault::TooLarge);
    let faults = examined.claim.faults.iter().filter(|cell| wanted(cell.fault));
    findings.extend(faults.map(|cell| at_fault(examined, &CHECK, cell)));
}
