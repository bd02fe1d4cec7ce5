//! A76 Khám lần hai trong ngày ở hồ sơ khác: two examinations in full of one person, facility and day, in two claims.

use crate::audit::finding::{AuditCheck, Cite, Class, Severity};

/// The check. A batch finds it, not a single claim: see `run::seen`.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A76-second-visit",
    severity: Severity::Question,
    class: Class::Identity,
    title: ["Khám lại trong ngày ở hồ sơ khác vẫn tính 100 %", "Second visit of a day, examined in full again"],
    says: [
        "Cùng thẻ, cùng cơ sở đã có tiền khám 100 % ngày {day} ở {other}: nếu là lần khám thứ hai trong ngày, quỹ trả thừa {money} đ.",
        "The same card and facility have an examination at 100 % on {day} in {other}: as a second one of the day the fund pays {money} đ too much.",
    ],
    explain: [
        "Người bệnh khám lại trong ngày tại cùng cơ sở thì tính như lần khám thứ hai (30 %), dù lập hồ sơ khác. So số cá nhân của thẻ, cơ sở và ngày bằng dấu vân, không giữ số thẻ; đến 500.000 hồ sơ. Hai đợt chồng thời gian xem A69.",
        "Whoever comes back to the same facility on the same day is examined a second time (30 %), also in a claim of its own. Person, facility and day are compared by fingerprints, and not kept; up to 500,000 claims. For overlapping stays see A69.",
    ],
    cites: &[Cite::article("tt-39-2018", 5, Some(3))],
};
