//! A69 Hai đợt điều trị chồng nhau: two stays of one person overlap.

use crate::audit::finding::{AuditCheck, Cite, Class, Severity};

/// The check. A batch finds it, not a single claim: see `run::seen`.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A69-overlapping-stay",
    severity: Severity::Question,
    class: Class::Identity,
    title: ["Hai đợt điều trị của một người chồng thời gian", "Overlapping stays of one person"],
    says: [
        "Cùng một thẻ có đợt khác {begins} – {ends} ({other}), chồng với đợt này: quỹ trả {money} đ cho đợt này.",
        "The same card has another stay, {begins} – {ends} ({other}), that overlaps this one: the fund pays {money} đ for this one.",
    ],
    explain: [
        "So mười số cá nhân của thẻ bằng dấu vân, không giữ số thẻ; đến 500.000 hồ sơ. Khám ở nơi khác trong khi nằm viện có thể đúng, nên là câu hỏi.",
        "The ten personal digits of the card are compared by fingerprint, and not kept; up to 500,000 claims. A visit elsewhere during a stay may be right, so it is a question.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 1, 17, 35, 37", "table 1, nos. 1, 17, 35 and 37")],
};
