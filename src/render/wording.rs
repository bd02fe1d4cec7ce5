//! Cách viết: numbers, dates, names and phrases as people read them, in Vietnamese and English.

use chrono::NaiveDate;

pub use super::lang::Lang;
use super::names;
use super::provision;
use super::reader_words;
use super::rule_words::document_name;
use crate::engine::extra::ExtraPart;
use crate::engine::forces_fund::ForcesPart;
use crate::rulebook::Rulebook;
use crate::terms::care::{AccessRoute, LineKind, Relief, Setting};
use crate::terms::citation::{Citation, Numeral};
use crate::terms::column;
use crate::terms::group::Payer;
use crate::terms::listed::Listed;
use crate::terms::number::{Measure, Share, Vnd, parse_claim_amount};

/// Fills `{name}` with facts, `{name:name}` with what the ids in a fact are called; a part in `[[…]]` disappears when one of its facts is missing or empty.
pub fn fill(template: &str, facts: &[(&'static str, String)], lang: Lang) -> String {
    let fact = |name: &str| {
        facts
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    };
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(start) = rest.find("[[") {
        let Some(end) = rest[start..].find("]]").map(|at| start + at) else { break };
        out.push_str(&fill_names(&rest[..start], &fact, lang).0);
        let (part, complete) = fill_names(&rest[start + 2..end], &fact, lang);
        if complete {
            out.push_str(&part);
        }
        rest = &rest[end + 2..];
    }
    out.push_str(&fill_names(rest, &fact, lang).0);
    out
}

/// Replaces names; the flag tells whether every fact was there.
fn fill_names<'a>(template: &str, fact: &impl Fn(&str) -> Option<&'a str>, lang: Lang) -> (String, bool) {
    let mut out = String::new();
    let mut complete = true;
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let Some(end) = rest[start..].find('}').map(|at| start + at) else { break };
        out.push_str(&rest[..start]);
        let (name, kind) = rest[start + 1..end].split_once(':').unwrap_or((&rest[start + 1..end], ""));
        match fact(name) {
            Some(value) if kind == "reader" => match reader_words::of(value, lang) {
                Some(words) => out.push_str(&harmless(&words)),
                None => complete = false,
            },
            Some(value) if name == "cause" => out.push_str(&cause(value, lang)),
            Some(value) if kind == "name" => out.push_str(&harmless(&names::of(value, lang))),
            Some(value) if kind == "column" => out.push_str(&harmless(&columns(value, lang))),
            Some(value) if kind == "typed" => out.push_str(&harmless(&typed(value))),
            Some(value) if kind == "given" => out.push_str(&harmless(&given(value, lang))),
            Some(value) => {
                let is_amount = name == "amount" || rest[end + 1..].starts_with(" đ");
                out.push_str(&shown(value, is_amount, lang));
            }
            None => complete = false,
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    (out, complete)
}

/// Columns by the names that people know, with the word to type where that is another.
fn columns(fields: &str, lang: Lang) -> String {
    let name = |field: &str| {
        let name = lang.pick(column::heading(field)).to_owned();
        if name == field { name } else { format!("{name} (`{field}`)") }
    };
    fields.split(", ").map(name).collect::<Vec<_>>().join(", ")
}

/// What is typed as it stands, one by one: keys are no words of a sentence.
fn typed(words: &str) -> String {
    let is_key = |word: &str| {
        let letters = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte));
        letters && word.starts_with(|first: char| first.is_ascii_lowercase())
    };
    let all: Vec<&str> = words.split(", ").collect();
    if all.iter().all(|word| is_key(word)) {
        all.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
    } else {
        words.to_owned()
    }
}

/// Facts given for a whole table, `field = value; …`, by the names of their columns.
fn given(facts: &str, lang: Lang) -> String {
    let fact = |fact: &str| match fact.split_once(" = ") {
        Some((field, value)) => format!("{} = {value}", columns(field, lang)),
        None => fact.to_owned(),
    };
    facts.split("; ").map(fact).collect::<Vec<_>>().join("; ")
}

/// Facts named `amount` or followed by `đ` are shown as amounts and ISO dates as people write them; the rest as it is,
/// harmless in a terminal.
fn shown(value: &str, is_amount: bool, lang: Lang) -> String {
    if let (true, Ok(amount)) = (is_amount, parse_claim_amount(value)) {
        return number(amount, lang);
    }
    match NaiveDate::parse_from_str(value, "%Y-%m-%d") {
        Ok(day) if value.len() == 10 => date(day, lang),
        _ => harmless(value),
    }
}

/// Vì sao hệ thống từ chối: kinds of system errors in words; other texts as the system says them.
fn cause(kind: &str, lang: Lang) -> String {
    let known = match kind {
        "NotFound" => ["không có tệp hoặc thư mục này", "there is no such file or folder"],
        "PermissionDenied" => ["không có quyền", "permission denied"],
        "IsADirectory" => ["đây là thư mục, không phải tệp", "it is a folder, not a file"],
        "NotADirectory" => ["đường dẫn đi qua một tệp", "the path leads through a file"],
        "StorageFull" => ["đĩa đầy", "the disk is full"],
        "QuotaExceeded" => ["hết hạn mức dung lượng", "the quota is used up"],
        "FileTooLarge" => ["tệp vượt giới hạn kích thước", "the file would pass the size limit"],
        "ReadOnlyFilesystem" => ["ổ đĩa chỉ đọc", "the file system is read-only"],
        "ResourceBusy" => ["tệp đang được dùng", "the file is in use"],
        "UnexpectedEof" => ["tệp kết thúc giữa chừng", "the file ends too early"],
        "InvalidData" => ["dữ liệu bị hỏng", "the data are damaged"],
        "InvalidFilename" => ["tên tệp không hợp lệ", "the file name is not valid"],
        "TimedOut" => ["quá thời gian chờ", "timed out"],
        other => return harmless(other),
    };
    lang.pick(known).to_owned()
}

/// Control, escape and direction characters of untrusted text, replaced.
pub fn harmless(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    let unsafe_letter = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().map(|letter| if unsafe_letter(letter) { '\u{fffd}' } else { letter }).collect()
}

/// Tên tệp for a report: as given, or the name alone where the path leads from the root: where a file lies on this
/// computer is nobody else's business.
pub fn file_name(path: &str) -> &str {
    let from_root = path.starts_with(['/', '\\']) || path.as_bytes().get(1) == Some(&b':');
    if from_root { path.rsplit(['/', '\\']).next().unwrap_or(path) } else { path }
}

/// Ngày: `01/08/2026` in Vietnamese, `2026-08-01` in English.
pub fn date(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Vi => day.format("%d/%m/%Y").to_string(),
        Lang::En => day.format("%Y-%m-%d").to_string(),
    }
}

/// Số: digits in groups of three, with the decimal mark of the language.
pub fn number(amount: Vnd, lang: Lang) -> String {
    grouped(&amount.to_string(), lang)
}

/// Số lượng, đơn giá, written like amounts.
pub fn measure(measure: Measure, lang: Lang) -> String {
    grouped(&measure.to_string(), lang)
}

fn grouped(plain: &str, lang: Lang) -> String {
    let (thousands, decimal) = match lang {
        Lang::Vi => ('.', ','),
        Lang::En => (',', '.'),
    };
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push(decimal);
        out.push_str(decimals);
    }
    out
}

/// Số tiền: `1.366.200 đ`, with a no-break space.
pub fn money(amount: Vnd, lang: Lang) -> String {
    format!("{}\u{a0}đ", number(amount, lang))
}

/// Tỷ lệ: `4,5%` in Vietnamese, `4.5%` in English.
pub fn share(share: Share, lang: Lang) -> String {
    match lang {
        Lang::Vi => share.to_string().replace('.', ","),
        Lang::En => share.to_string(),
    }
}

/// Nguồn đóng.
pub const fn payer(payer: Payer, lang: Lang) -> &'static str {
    match payer {
        Payer::Person => lang.say("người tham gia", "person"),
        Payer::Employer => lang.say("người sử dụng lao động", "employer"),
        Payer::SocialInsuranceFund => lang.say("quỹ BHXH", "social insurance fund"),
        Payer::UnemploymentFund => lang.say("quỹ BH thất nghiệp", "unemployment fund"),
        Payer::State => lang.say("ngân sách nhà nước", "state budget"),
        Payer::Local => lang.say("ngân sách địa phương", "local budget"),
        Payer::Other => lang.say("nguồn khác", "other sources"),
    }
}

/// Trường hợp hưởng 100 %.
pub const fn relief(relief: Relief, lang: Lang) -> &'static str {
    match relief {
        Relief::LowCostVisit => {
            lang.say("chi phí một lần khám thấp hơn mức quy định", "cost of the visit below the limit")
        }
        Relief::InitialLevel => lang.say("khám tại cấp ban đầu", "care at the initial level"),
        Relief::AnnualCeiling => lang.say(
            "đủ 5 năm liên tục và đã đạt ngưỡng cùng chi trả trong năm",
            "five continuous years and the annual ceiling reached",
        ),
        Relief::ExemptionCertificate => {
            lang.say("có giấy chứng nhận không cùng chi trả", "certificate of exemption")
        }
    }
}

/// Trường hợp hưởng 100 %, in two or three words.
pub const fn short_relief(relief: Relief, lang: Lang) -> &'static str {
    match relief {
        Relief::LowCostVisit => lang.say("chi phí thấp", "low cost"),
        Relief::InitialLevel => lang.say("cấp ban đầu", "initial level"),
        Relief::AnnualCeiling => lang.say("ngưỡng trong năm", "annual ceiling"),
        Relief::ExemptionCertificate => lang.say("giấy chứng nhận", "certificate"),
    }
}

/// A key of a closed list as people say it; any other text as it is.
pub fn named(key: &str, lang: Lang) -> &str {
    let of_relief = || Relief::parse(key).map(|known| relief(known, lang));
    let of_extra = || ExtraPart::parse(key).map(|part| extra(part, lang));
    let of_forces = || ForcesPart::parse(key).map(|part| forces_part(part, lang));
    of_relief().or_else(of_extra).or_else(of_forces).unwrap_or(key)
}

/// Khoản ngoài phần của quỹ.
pub const fn extra(part: ExtraPart, lang: Lang) -> &'static str {
    match part {
        ExtraPart::Emergency => lang.say("phần còn lại của cấp cứu", "rest of an emergency"),
        ExtraPart::Meals => lang.say("tiền ăn", "meals"),
        ExtraPart::Treatment => lang.say("chi phí điều trị", "cost of treatment"),
        ExtraPart::ToFirstFacility => lang.say("đến nơi đăng ký ban đầu", "to the first facility"),
        ExtraPart::WayBack => lang.say("về nơi công tác, cư trú", "way back"),
        ExtraPart::Escort => lang.say("người hộ tống", "escort"),
        ExtraPart::BeyondNorm => lang.say("vượt mức của quỹ", "above the fund's norm"),
    }
}

/// Phần của quỹ quân đội, công an, cơ yếu.
pub const fn forces_part(part: ForcesPart, lang: Lang) -> &'static str {
    match part {
        ForcesPart::Care => lang.say("dành cho khám bệnh, chữa bệnh", "for care"),
        ForcesPart::ReserveAndManagement => lang.say("dự phòng và quản lý", "reserve and management"),
        ForcesPart::UnitMedics => lang.say("quân y đơn vị, y tế cơ quan", "medics of units"),
        ForcesPart::Available => lang.say("còn cho điều trị, vận chuyển", "left for treatment and transport"),
        ForcesPart::SurplusKept => lang.say("chưa dùng hết, được giữ lại", "surplus, kept"),
        ForcesPart::SurplusToReserve => {
            lang.say("chưa dùng hết, chuyển quỹ dự phòng", "surplus, to the reserve")
        }
        ForcesPart::FromReserve => lang.say("quỹ dự phòng bổ sung", "added from the reserve"),
        ForcesPart::FromStateBudget => lang.say("ngân sách nhà nước bổ sung", "added from the state budget"),
    }
}

/// Ngoại trú, nội trú, ban ngày.
pub const fn setting(setting: Setting, lang: Lang) -> &'static str {
    match setting {
        Setting::Outpatient => lang.say("ngoại trú", "outpatient"),
        Setting::Inpatient => lang.say("nội trú", "inpatient"),
        Setting::DayTreatment => lang.say("điều trị ban ngày", "day treatment"),
    }
}

/// Cách đến khám.
pub const fn route(route: AccessRoute, lang: Lang) -> &'static str {
    match route {
        AccessRoute::Registered => lang.say("đúng nơi đăng ký", "registered facility"),
        AccessRoute::Referred => lang.say("có phiếu chuyển", "referred"),
        AccessRoute::Revisit => lang.say("hẹn khám lại", "re-visit"),
        AccessRoute::ChangedResidence => lang.say("thay đổi nơi lưu trú", "changed residence"),
        AccessRoute::OrganDonor => lang.say("sau khi hiến bộ phận cơ thể", "organ donor"),
        AccessRoute::Newborn => lang.say("trẻ sơ sinh", "newborn"),
        AccessRoute::Emergency => lang.say("cấp cứu", "emergency"),
        AccessRoute::MedicineByAppointment => lang.say("lĩnh thuốc theo hẹn", "medicine by appointment"),
        AccessRoute::SelfReferred => lang.say("tự đến", "self-referred"),
        AccessRoute::NotInsured => lang.say("không khám BHYT", "not under the insurance"),
    }
}

/// Mục chi phí.
pub const fn line_kind(kind: LineKind, lang: Lang) -> &'static str {
    match kind {
        LineKind::Exam => lang.say("khám", "examination"),
        LineKind::Bed => lang.say("ngày giường", "bed"),
        LineKind::Laboratory => lang.say("xét nghiệm", "laboratory"),
        LineKind::Imaging => lang.say("chẩn đoán hình ảnh", "imaging"),
        LineKind::FunctionTest => lang.say("thăm dò chức năng", "function test"),
        LineKind::Surgery => lang.say("phẫu thuật", "surgery"),
        LineKind::Procedure => lang.say("thủ thuật", "procedure"),
        LineKind::Drug => lang.say("thuốc", "drug"),
        LineKind::Blood => lang.say("máu", "blood"),
        LineKind::Supply => lang.say("vật tư", "supply"),
        LineKind::Transport => lang.say("vận chuyển", "transport"),
        LineKind::Other => lang.say("khác", "other"),
    }
}

/// Trích dẫn: `điểm b khoản 5 Điều 6 Nghị định 188/2025/NĐ-CP`, `Decree 188/2025/NĐ-CP art. 6.5.b`.
pub fn citation(cite: &Citation, rules: &Rulebook, lang: Lang) -> String {
    let (document, place) = cited(cite, rules, lang);
    match lang {
        _ if place.is_empty() => document,
        Lang::Vi => format!("{place} {document}"),
        Lang::En => format!("{document} {place}"),
    }
}

/// Văn bản và vị trí trong văn bản: document and place, for lists grouped by document.
///
/// Where an amending act rewrote an article of a law, the article of the law is the place people know.
pub fn cited(cite: &Citation, rules: &Rulebook, lang: Lang) -> (String, String) {
    let name = rules.document(&cite.document);
    let name = name.map_or_else(|| cite.document.clone(), |document| document_name(document, lang));
    let parts = [
        cite.article.as_ref().map(Numeral::as_str),
        cite.clause.as_ref().map(Numeral::as_str),
        cite.point.as_deref(),
    ];
    let written = match &cite.amends {
        Some(amends) => amends.clone(),
        None => parts.into_iter().flatten().collect::<Vec<_>>().join("."),
    };
    let place = if written.is_empty() { written } else { provision::places(&written, lang) };
    (name, place)
}

/// Loại văn bản.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_carry_the_marks_of_the_language() {
        assert_eq!(money(Vnd::whole(1_366_200), Lang::Vi), "1.366.200\u{a0}đ");
        assert_eq!(number(Vnd::from_hundredths(7_575_050), Lang::En), "75,750.5");
    }

    #[test]
    fn optional_parts_vanish_without_their_fact() {
        let facts = [("read", "x".to_owned())];
        assert_eq!(fill("no `{read}`[[, try {near}]].", &facts, Lang::En), "no `x`.");
    }

    #[test]
    fn terminal_control_characters_are_replaced() {
        assert_eq!(harmless("A\u{1b}[2J\u{202e}B"), "A\u{fffd}[2J\u{fffd}B");
    }
}
