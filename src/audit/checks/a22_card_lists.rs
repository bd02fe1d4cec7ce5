//! A22 Danh sách thẻ không cùng độ dài: cards, registered places and days do not pair up.

use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A22-card-lists",
    severity: Severity::Warning,
    class: Class::Identity,
    title: ["Danh sách thẻ không cùng độ dài", "Lists of cards differ in length"],
    says: [
        "MA_THE_BHYT, MA_DKBD, GT_THE_TU, GT_THE_DEN có {declared} phần tử; phải bằng nhau.",
        "MA_THE_BHYT, MA_DKBD, GT_THE_TU, GT_THE_DEN have {declared} entries; they must be equal.",
    ],
    explain: [
        "Khi thẻ thay đổi trong đợt điều trị, thẻ mới được ghi tiếp sau dấu `;` và bốn danh sách phải song song. GT_THE_DEN của \
         quân đội, công an có thể để trống. Thẻ không ghép được ngày thì không xác định được mức hưởng của từng ngày.",
        "When the card changes during the stay the new one follows after `;`, and the four lists run in parallel. GT_THE_DEN of \
         army and police cards may be empty. A card without its days leaves the level of each day undecided.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 17–20", "table 1, nos. 17 to 20")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let lengths = examined.claim.summary.list_lengths;
    let [cards, places, from, until] = lengths;
    // The list of last days may be empty: cards of the forces have none.
    let parallel = cards == places && cards == from && (cards == until || until == 0);
    if parallel {
        return;
    }
    let shown = lengths.map(|length| length.to_string()).join(", ");
    findings.push(
        examined
            .at_summary(&CHECK, Tag::MaTheBhyt)
            .values(FindingValue::Text(shown), FindingValue::Text(cards.to_string())),
    );
}
