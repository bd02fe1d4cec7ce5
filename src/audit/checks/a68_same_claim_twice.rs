//! A68 Hồ sơ trùng: the same claim of the same facility once more in the batch.

use crate::audit::finding::{AuditCheck, Cite, Class, Severity};

/// The check. A batch finds it, not a single claim: see `run::seen`.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A68-same-claim-twice",
    severity: Severity::Error,
    class: Class::Identity,
    title: ["Hồ sơ có hai lần trong đợt", "The same claim twice"],
    says: [
        "Hồ sơ cùng MA_LK, MA_CSKCB đã có ở {other}: tính hai lần thì quỹ trả thừa {money} đ.",
        "A claim of the same MA_LK and MA_CSKCB stands in {other}: counted twice the fund pays {money} đ too much.",
    ],
    explain: [
        "Xét trong cả đợt giám định, giữa các tệp, bằng dấu vân của MA_LK và MA_CSKCB; đến 500.000 hồ sơ. Hồ sơ gửi lại thay hồ sơ trước thì bỏ tệp cũ ra khỏi đợt.",
        "Looked for in the whole batch, across files, by fingerprints of MA_LK and MA_CSKCB, up to 500,000 claims. Where a claim was sent again to replace an earlier one, leave the earlier file out.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 1, 17, 35, 37", "table 1, nos. 1, 17, 35 and 37")],
};
