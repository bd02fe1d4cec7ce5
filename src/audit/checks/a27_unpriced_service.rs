//! A27 Dịch vụ không có giá mà vẫn tính tiền: a stopped or unpriced service carries a price.

use crate::audit::claim_file::FileLine;
use crate::audit::figure::Figure;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::{FilePart, Tag};

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A27-unpriced-service",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Dịch vụ không có giá mà vẫn tính tiền", "Unpriced service that carries a price"],
    says: [
        "{field} khai {declared} đ, nhưng mã dịch vụ {kind} thì giá BHYT phải bằng 0.",
        "{field} says {declared} đ, but a service code {kind} has an insured price of 0.",
    ],
    explain: [
        "Mã dịch vụ kết thúc `_TB` là dịch vụ thực hiện không thành công: cả hai đơn giá bằng 0. Bốn ký tự cuối `0000` là dịch vụ chưa \
         có giá: DON_GIA_BH bằng 0.",
        "A service code that ends in `_TB` was stopped: both prices are 0. One whose last four characters are `0000` has no price \
         yet: DON_GIA_BH is 0.",
    ],
    cites: &[Cite::table("qd-4750-2023", "bảng 3, chỉ tiêu 3, 14, 15", "table 3, nos. 3, 14 and 15")],
};

const STOPPED: &str = "_TB";
const UNPRICED: &str = ".0000";

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    if examined.claim.standard.has_single_amount() {
        return;
    }
    for (line, _) in examined.lines().filter(|(line, _)| line.part == FilePart::Services && !line.is_supply()) {
        let Some((tag, price, kind)) = priced(line) else { continue };
        let fund = line.fund.unwrap_or_default();
        findings.push(
            examined
                .at_line(&CHECK, line, tag)
                .amounts(price, Figure::ZERO)
                .bearing(fund, -fund)
                .with("kind", FindingValue::Text(kind.to_owned())),
        );
    }
}

fn priced(line: &FileLine<'_>) -> Option<(Tag, Figure, &'static str)> {
    let above_zero = |price: Option<Figure>| price.filter(|price| !price.is_zero());
    let stopped = line.code.len().checked_sub(STOPPED.len()).and_then(|start| line.code.get(start..));
    if stopped.is_some_and(|end| end.eq_ignore_ascii_case(STOPPED)) {
        above_zero(line.insured_price)
            .map(|price| (Tag::DonGiaBh, price, STOPPED))
            .or_else(|| above_zero(line.hospital_price).map(|price| (Tag::DonGiaBv, price, STOPPED)))
    } else if line.code.ends_with(UNPRICED) {
        above_zero(line.insured_price).map(|price| (Tag::DonGiaBh, price, UNPRICED))
    } else {
        None
    }
}
