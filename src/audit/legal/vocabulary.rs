//! Từ mã sang dữ kiện: what the codes of claim files say about setting and route.

use crate::rulebook::claim_files::Standard;
use crate::terms::care::{AccessRoute, FormerTier, Residence, Setting};

/// MA_LOAI_KCB: nội trú, ngoại trú, ban ngày; unknown kinds stay open.
pub(super) fn setting(kind: &str) -> Option<Setting> {
    match kind.trim().trim_start_matches('0') {
        "1" | "2" | "5" | "7" | "8" | "10" | "11" | "12" | "13" | "14" | "15" | "16" => {
            Some(Setting::Outpatient)
        }
        "3" | "9" => Some(Setting::Inpatient),
        "4" => Some(Setting::DayTreatment),
        _ => None,
    }
}

/// MA_LOAI_KCB that is a kind of visit at all. Type 6, kept for observation at a small facility, is neither of the settings.
pub(in crate::audit) fn is_visit_kind(kind: &str) -> bool {
    const OBSERVATION: &str = "6";
    setting(kind).is_some() || kind.trim().trim_start_matches('0') == OBSERVATION
}

/// MA_LYDO_VVIEN of QĐ 4210: route, and the tier that the reason implies.
pub(super) fn reason(code: &str) -> Option<(AccessRoute, Option<FormerTier>)> {
    match code.trim() {
        "1" => Some((AccessRoute::Registered, None)),
        "2" => Some((AccessRoute::Emergency, None)),
        "3" => Some((AccessRoute::SelfReferred, None)),
        "4" => Some((AccessRoute::SelfReferred, Some(FormerTier::District))),
        _ => None,
    }
}

/// MA_KHUVUC.
pub(in crate::audit) fn residence(area: &str) -> Option<Residence> {
    match area.trim().to_ascii_uppercase().as_str() {
        "K1" => Some(Residence::K1),
        "K2" => Some(Residence::K2),
        "K3" => Some(Residence::K3),
        _ => None,
    }
}

/// True for editions whose visit object is a reason for admission.
pub(super) const fn states_reason(standard: Standard) -> bool {
    standard.has_single_amount()
}

/// MA_DOITUONG_KCB as the list spells it: `01.1`, `1,1` and `2.0` mean 1.1 and 2.
pub(in crate::audit) fn visit_code(text: &str) -> String {
    let text = text.trim().replace(',', ".");
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, part) = text.split_once('.').unwrap_or((text.as_str(), ""));
    if !digits(whole) || !(part.is_empty() || digits(part)) {
        return text;
    }
    let whole = whole.trim_start_matches('0');
    if part.trim_matches('0').is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
}
