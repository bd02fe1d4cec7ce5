//! Câu chữ của giám định: findings, values and places as people read them.

use super::wording::{self, Lang, fill, harmless};
use crate::audit::figure::Figure;
use crate::audit::finding::{Cite, Finding, FindingValue, Severity};
use crate::rulebook::Rulebook;
use crate::terms::care::Relief;
use crate::terms::citation::{Citation, Numeral};
use crate::terms::listed::Listed;
use crate::terms::problem::Code;

/// The sentence of a finding.
pub fn message(finding: &Finding, lang: Lang) -> String {
    let mut facts: Vec<(&'static str, String)> = vec![
        ("part", finding.part.to_string()),
        ("line", finding.line.map(|line| line.to_string()).unwrap_or_default()),
        ("field", finding.tag.map(|tag| tag.to_string()).unwrap_or_default()),
        ("declared", value(&finding.declared, lang)),
        ("expected", value(&finding.expected, lang)),
        ("difference", finding.difference.map(|difference| amount(difference, lang)).unwrap_or_default()),
    ];
    facts.extend(finding.facts.iter().map(|(name, fact)| (*name, fact_text(name, fact, lang))));
    // A sign is said in words: more than the law gives, or less.
    if let Some((_, FindingValue::Amount(money))) = finding.facts.iter().find(|(name, _)| *name == "money") {
        let sense = if money.is_negative() { "under" } else { "over" };
        facts.extend(Some((sense, amount(money.abs(), lang))).filter(|_| !money.is_zero()));
    }
    fill(lang.pick(finding.check.says), &facts, lang)
}

fn fact_text(name: &str, fact: &FindingValue, lang: Lang) -> String {
    match (name, fact) {
        ("fault" | "how" | "lacks" | "why", FindingValue::Text(key)) => fault(key, lang).to_owned(),
        ("relief", FindingValue::Text(key)) => {
            Relief::parse(key).map_or_else(|| key.clone(), |relief| wording::relief(relief, lang).to_owned())
        }
        _ => value(fact, lang),
    }
}

/// A value as people read it.
pub fn value(value: &FindingValue, lang: Lang) -> String {
    match value {
        FindingValue::None => String::new(),
        FindingValue::Amount(figure) => amount(*figure, lang),
        FindingValue::Percent(figure) => percent(*figure, lang),
        FindingValue::Text(text) => harmless(text),
    }
}

/// A value for machines: a dot, no grouping, no sign of percent.
pub fn plain(value: &FindingValue) -> String {
    match value {
        FindingValue::None => String::new(),
        FindingValue::Amount(figure) | FindingValue::Percent(figure) => figure.to_string(),
        FindingValue::Text(text) => harmless(text),
    }
}

/// Số tiền, số lượng: grouped digits with the decimal mark of the language.
pub fn amount(figure: Figure, lang: Lang) -> String {
    match figure.vnd() {
        Some(vnd) => wording::number(vnd, lang),
        // More decimals than money has: a quantity or a unit price.
        None => match lang {
            Lang::Vi => figure.to_string().replace('.', ","),
            Lang::En => figure.to_string(),
        },
    }
}

/// Phần trăm: `47,5%`.
pub fn percent(figure: Figure, lang: Lang) -> String {
    format!("{}%", amount(figure, lang))
}

/// How a number departs from the standard's form.
fn fault(key: &str, lang: Lang) -> &str {
    match key {
        "decimal-comma" => lang.say("dấu phẩy thập phân", "decimal comma"),
        "exponent" => lang.say("dạng mũ", "exponent"),
        "grouping" => lang.say("có dấu phân nhóm", "grouped digits"),
        "sign" => lang.say("có dấu", "signed"),
        "bare-decimal-mark" => {
            lang.say("thiếu chữ số trước hoặc sau dấu", "no digit before or after the mark")
        }
        "of-one" => lang.say("phần của 1, không phải phần trăm", "a part of one, no percent"),
        "percent-sign" => lang.say("có dấu phần trăm", "percent sign"),
        "too-many-decimals" => lang.say("quá nhiều số lẻ", "too many decimals"),
        "missing" => lang.say("thiếu", "missing"),
        "ambiguous" => lang.say("có hai cách hiểu", "can mean two numbers"),
        "not-a-number" => lang.say("không phải số", "no number"),
        "too-large" => lang.say("quá lớn", "too large"),
        "not-a-moment" => lang.say("không phải thời điểm", "no moment"),
        "repeated" => lang.say("lặp lại", "repeated"),
        "other-moment" => lang.say("dạng khác, vẫn đọc được", "another form, read all the same"),
        "day-only" => lang.say("thiếu giờ, phút", "without a minute"),
        "card-spelling" => lang.say(
            "chữ thường hoặc có khoảng trắng, vẫn đọc được",
            "small letters or blanks, read all the same",
        ),
        "card-book-number" => lang.say(
            "10 số là mã số BHXH, không cho biết đối tượng",
            "10 digits are a social-insurance number and do not tell the group",
        ),
        "card-citizen-number" => lang.say(
            "12 số là số định danh cá nhân, không cho biết đối tượng",
            "12 digits are a citizen's number and do not tell the group",
        ),
        "card-form" => lang.say(
            "không có 15 ký tự gồm hai chữ và mười ba số",
            "not 15 characters, two letters and thirteen digits",
        ),
        "card-group" => lang.say("mã đối tượng không có", "no such group"),
        "card-digit" => lang.say("ký tự mức hưởng không có", "no such benefit digit"),
        "card-digit-level" => lang.say(
            "ký tự mức hưởng cho mức cao hơn mức của đối tượng",
            "the digit stands for a higher level than the group has",
        ),
        "part-read-once" => lang.say("hai bản giống nhau, chỉ đọc một", "both are the same, one was read"),
        "part-read-twice" => lang.say("hai bản khác nhau, đều được đọc", "they differ, and both were read"),
        "no-slip" => {
            lang.say("không có MA_NOI_DI, GIAY_CHUYEN_TUYEN", "neither MA_NOI_DI nor GIAY_CHUYEN_TUYEN")
        }
        "no-appointment" => lang.say("không có số giấy hẹn khám lại", "no number of the appointment"),
        "registered-elsewhere" => lang.say("MA_DKBD khác MA_CSKCB", "MA_DKBD is not MA_CSKCB"),
        "price-above" => lang.say("giá cao nhất còn hiệu lực", "the highest price in force is"),
        "ratio-above" => lang.say("tỷ lệ cao nhất trong danh mục", "the highest ratio of the list is"),
        "code-not-listed" => lang.say("mã không có trong danh mục", "the list does not hold the code"),
        "no-price-fits" => {
            lang.say("danh mục không có giá hợp ngày, thầu", "the list has no price for the day and tender")
        }
        "after-the-run" => lang.say("sau ngày chạy chương trình", "it lies after the day of this run"),
        "no-birth" => lang.say("không phải ngày hay năm sinh", "neither a day nor a year of birth"),
        "too-long-ago" => lang.say("quá 125 năm trước ngày vào", "more than 125 years before the admission"),
        "outside-approval" => {
            lang.say("ngoài thời gian áp dụng giá trong danh mục", "outside the days of the list's price")
        }
        "before-contract" => lang.say("trước ngày bắt đầu hợp đồng", "before the contract begins"),
        "other-licence" => {
            lang.say("danh mục có mã này với số đăng ký khác", "the list has the code with another licence")
        }
        "other-strength" => {
            lang.say("danh mục có mã này với hàm lượng khác", "the list has the code with another strength")
        }
        "other-tender" => {
            lang.say("danh mục có mã này với thầu khác", "the list has the code with another tender")
        }
        "other-name" => lang.say("tên khác danh mục, danh mục ghi", "the name is another than the list's"),
        "no-licence" => lang.say("để trống, danh mục có số đăng ký", "left empty, the list has a licence"),
        "unknown-area" => lang.say("MA_KHUVUC không phải K1, K2, K3", "MA_KHUVUC is not K1, K2 or K3"),
        "sent-by-itself" => lang.say("MA_NOI_DI là chính cơ sở này", "MA_NOI_DI is this facility itself"),
        "share-undecided" => lang.say("chưa xét được mức hưởng", "the share cannot be judged"),
        "reuse-code" => lang.say("TAI_SU_DUNG chỉ có 1 hoặc để trống", "TAI_SU_DUNG is 1 or left empty"),
        "transport-no-stay" => {
            lang.say("không nội trú, không cấp cứu", "neither an in-patient nor an emergency")
        }
        "transport-group" => {
            lang.say("mã vận chuyển ở nhóm chi phí khác", "a code of transport in another item group")
        }
        "bed-total" => lang.say("Tổng các dòng giường", "All bed lines"),
        "bed-line" => lang.say("Dòng giường dài hơn khoảng ngày của nó", "Bed line longer than its own days"),
        "bed-day" => lang.say("Hai giường trong một ngày", "Two beds on one day"),
        "kind-short" => {
            lang.say("nội trú không quá 4 giờ là loại 09", "an in-patient of no more than 4 hours is kind 09")
        }
        "kind-long" => lang.say("trên 4 giờ không phải loại 09", "more than 4 hours are not kind 09"),
        "kind-days" => lang.say("lượt khám kéo dài nhiều ngày", "an examination over several days"),
        "no-area" => lang.say("không có MA_KHUVUC", "no MA_KHUVUC"),
        other => other,
    }
}

/// Mức độ.
pub const fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => lang.say("lỗi", "error"),
        Severity::Warning => lang.say("cảnh báo", "warning"),
        Severity::Question => lang.say("câu hỏi", "question"),
        Severity::Note => lang.say("ghi chú", "note"),
    }
}

/// Why the law could not decide the share of a claim.
pub const fn undecided(code: Code, lang: Lang) -> &'static str {
    match code {
        Code::DateForm => lang.say("thiếu ngày vào hoặc ngày ra", "no admission or discharge"),
        Code::DateOrder => lang.say("ngày ra trước ngày vào", "discharge before admission"),
        Code::UnknownGroup => lang.say("mã đối tượng trên thẻ lạ", "unknown group on the card"),
        Code::NoCard => lang.say("không có thẻ còn giá trị", "no valid card"),
        Code::AmountForm => {
            lang.say("có dòng không đọc được thành tiền BHYT", "a covered amount cannot be read")
        }
        Code::NotInForce => lang.say(
            "danh mục mã đối tượng thời kỳ này chưa được ghi nhận",
            "the visit codes of the time are not recorded",
        ),
        Code::UnknownVisitCode => lang.say("mã đối tượng đến khám lạ", "unknown visit code"),
        Code::VisitCodeUndecided => lang.say("mã đối tượng không định tỷ lệ", "visit code without a rate"),
        Code::VisitCodeSetting => {
            lang.say("mã đối tượng không hợp loại hình khám", "visit code for another setting")
        }
        Code::VisitFactsMissing => lang
            .say("thiếu cấp, tuyến của cơ sở (--facilities)", "rank of the facility unknown (--facilities)"),
        Code::ClaimNotWhole => lang.say("hồ sơ thiếu dòng", "lines of the claim are missing"),
        Code::SumsContradict => lang.say("tổng chi phí mâu thuẫn", "the sums contradict each other"),
        _ => lang.say("lý do khác", "other reason"),
    }
}

/// The texts behind a finding: those of the check and those of the law applied.
pub fn cites(finding: &Finding, rules: &Rulebook, lang: Lang) -> String {
    let mut texts: Vec<String> = finding.check.cites.iter().map(|each| cite(each, rules, lang)).collect();
    for law in finding.law.iter().flat_map(|law| law.iter()) {
        let text = wording::citation(law, rules, lang);
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.join("; ")
}

/// One text of a check.
pub fn cite(cite: &Cite, rules: &Rulebook, lang: Lang) -> String {
    let document = wording::citation(&citation(cite), rules, lang);
    match lang.pick(cite.place) {
        "" => document,
        place => format!("{document}, {place}"),
    }
}

/// The same in the form of the rule files.
pub fn citation(cite: &Cite) -> Citation {
    Citation {
        document: cite.document.to_owned(),
        article: cite.article.map(Numeral::number),
        clause: cite.clause.map(Numeral::number),
        point: None,
        amends: None,
        note: None,
    }
}
