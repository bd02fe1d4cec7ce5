//! A63 Mã đối tượng thiếu chứng cứ: a visit code without what proves it.

use crate::audit::figure::Figure;
use crate::audit::finding::shown_code;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use crate::audit::legal::residence;
use crate::rulebook::benefit::access::CodeMeaning;
use crate::terms::care::{AccessRoute, Ground};
use crate::terms::problem::Code;
use super::evidence::Examined;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A63-route-evidence",
    severity: Severity::Question,
    class: Class::Law,
    title: ["Mã đối tượng đến khám chưa thấy chứng cứ", "Visit code without its evidence"],
    says: [
        "{code}: {lacks}. Nếu không có căn cứ, quỹ trả {fund} đ theo mức sai.",
        "{code}: {lacks}. Without evidence the fund pays {fund} đ at a wrong share.",
    ],
    explain: [
        "Mã có phiếu chuyển cần MA_NOI_DI hoặc GIAY_CHUYEN_TUYEN; mã hẹn khám lại cần GIAY_CHUYEN_TUYEN (số giấy hẹn); mã đúng nơi đăng ký cần MA_DKBD trùng MA_CSKCB; mã vùng khó khăn cần MA_KHUVUC. MA_KHUVUC ngoài K1, K2, K3 và nơi chuyển đi trùng chính cơ sở cũng được hỏi. Tệp có thể chỉ ghi thiếu, nên là câu hỏi. Thẻ tạm của trẻ sơ sinh (MA_DKBD kết thúc bằng 000) không hỏi.",
        "A code with referral needs MA_NOI_DI or GIAY_CHUYEN_TUYEN; a re-visit needs GIAY_CHUYEN_TUYEN (number of the appointment); the code of the registered facility needs MA_DKBD equal to MA_CSKCB; that of difficult areas needs MA_KHUVUC. A MA_KHUVUC other than K1, K2, K3 and a sending facility that is the claiming one are asked about too. The file may merely leave it out, so it is a question. Temporary cards of newborns (MA_DKBD ending in 000) are not asked about.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 18, 32, 38, 59", "table 1, nos. 18, 32, 38 and 59")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    // A code of another setting is A33.
    if examined.legal.undecided == Some(Code::VisitCodeSetting) {
        return;
    }
    let summary = &examined.claim.summary;
    let fund = summary.totals.fund.unwrap_or_default();
    let Some(code) = examined.visit_code() else { return };
    let CodeMeaning::Visit(facts) = &code.means else { return };
    let area = summary.residence.trim();
    let lacks = match (facts.route, facts.ground) {
        _ if !area.is_empty() && residence(area).is_none() => Some((Tag::MaKhuvuc, "unknown-area")),
        (AccessRoute::Referred, _) if sent_by_itself(examined) => Some((Tag::MaNoiDi, "sent-by-itself")),
        (AccessRoute::Referred, _) if summary.sent_from.is_empty() && summary.slip.is_empty() => {
            Some((Tag::GiayChuyenTuyen, "no-slip"))
        }
        (AccessRoute::Revisit, _) if summary.slip.is_empty() => {
            Some((Tag::GiayChuyenTuyen, "no-appointment"))
        }
        (AccessRoute::Registered, _) if is_elsewhere(examined) => Some((Tag::MaDkbd, "registered-elsewhere")),
        (_, Some(Ground::DifficultArea)) if summary.residence.is_empty() => Some((Tag::MaKhuvuc, "no-area")),
        _ => None,
    };
    let Some((tag, lacks)) = lacks.filter(|_| fund > Figure::ZERO) else { return };
    findings.push(
        examined
            .at_summary(&CHECK, tag)
            .with("code", FindingValue::Text(shown_code(summary.visit_code)))
            .with("lacks", FindingValue::Text(lacks.to_owned()))
            .with("fund", FindingValue::Amount(fund)),
    );
}

/// The facility that sent the patient is the one that claims.
fn sent_by_itself(examined: &Examined<'_>) -> bool {
    let summary = &examined.claim.summary;
    let from = summary.sent_from.trim();
    !from.is_empty() && from == summary.facility.trim()
}

/// True when a registered place is stated, none of the cards has this facility, and none is a temporary card.
fn is_elsewhere(examined: &Examined<'_>) -> bool {
    let summary = &examined.claim.summary;
    let here = summary.facility.trim();
    let temporary = |place: &&str| place.ends_with("000");
    let places = &summary.registered;
    !here.is_empty()
        && places.iter().any(|place| !place.is_empty())
        && !places.contains(&here)
        && !places.iter().any(temporary)
}
