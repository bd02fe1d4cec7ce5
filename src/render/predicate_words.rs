//! Lời của điều kiện: what a condition of a policy is called, in both languages.

use super::wording::Lang;
use crate::engine::premium::predicate::Unmet;
use crate::rulebook::Rulebook;
use crate::rulebook::family::Policy;
use crate::rulebook::predicate::{Predicate, Window, WindowStart, opposite};

/// Có ghi mã hoàn cảnh không: whether circumstances are followed by the words that are typed for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// For who types them.
    Shown,
    /// For who reads a sheet.
    Left,
}

/// A condition in words.
fn predicate(predicate: &Predicate, rules: &Rulebook, typed: Typed, lang: Lang) -> String {
    let name = |tag: &String| {
        // A group is a circumstance too.
        if let Some(group) = rules.group(tag) {
            return lang.pick([&group.name_vi, &group.name_en]).to_owned();
        }
        let name = lang.pick(rules.tag_name(tag).each_ref()).to_owned();
        if name == *tag || typed == Typed::Left { name } else { format!("{name} (`{tag}`)") }
    };
    let names = |tags: &[String], between: &str| tags.iter().map(name).collect::<Vec<_>>().join(between);
    let pair = |vi: String, en: String| if lang == Lang::Vi { vi } else { en };
    match predicate {
        Predicate::Tags(tags) => names(tags, lang.say(" và ", " and ")),
        Predicate::AnyTags(tags) => names(tags, lang.say(" hoặc ", " or ")),
        Predicate::Without(tags) => {
            let not: Vec<String> = tags.iter().map(|tag| opposite(tag)).collect();
            names(&not, ", ")
        }
        Predicate::Presumed(tags) => {
            format!("{} ({})", names(tags, ", "), lang.say("coi như có", "taken as given"))
        }
        Predicate::Age { from: Some(from), below: Some(below) } => {
            pair(format!("từ đủ {from} đến dưới {below} tuổi"), format!("aged {from} to under {below}"))
        }
        Predicate::Age { from: Some(from), below: None } => {
            pair(format!("từ đủ {from} tuổi"), format!("aged {from} or more"))
        }
        Predicate::Age { below, .. } => {
            let below = below.unwrap_or_default();
            pair(format!("dưới {below} tuổi"), format!("under {below}"))
        }
        Predicate::Within(Window { months, of, counted_from }) => {
            let of = name(of);
            match counted_from {
                WindowStart::Day => {
                    pair(format!("{months} tháng kể từ: {of}"), format!("{months} months from: {of}"))
                }
                WindowStart::Month => pair(
                    format!("{months} tháng kể từ tháng của: {of}"),
                    format!("{months} months from the month of: {of}"),
                ),
            }
        }
        Predicate::After(tag) => {
            let tag = name(tag);
            pair(format!("sau ngày của: {tag}"), format!("after the day of: {tag}"))
        }
        Predicate::FirstMonths(months) => {
            pair(format!("{months} tháng đầu"), format!("the first {months} months"))
        }
    }
}

/// Why a condition is not met.
pub fn unmet(unmet: &Unmet, rules: &Rulebook, lang: Lang) -> String {
    let pair = |vi: String, en: String| if lang == Lang::Vi { vi } else { en };
    match unmet {
        Unmet::TagMissing(tag) => {
            let name = called(tag, rules, lang);
            pair(format!("chưa có hoàn cảnh {name}"), format!("circumstance {name} not given"))
        }
        Unmet::NoneOfTags(tags) => {
            let names: Vec<String> = tags.iter().map(|tag| called(tag, rules, lang)).collect();
            let list = names.join(", ");
            pair(format!("chưa có hoàn cảnh nào trong: {list}"), format!("none of these given: {list}"))
        }
        Unmet::TooYoung(age) => pair(format!("chưa đủ {age} tuổi"), format!("younger than {age}")),
        Unmet::TooOld(age) => pair(format!("đã từ {age} tuổi trở lên"), format!("{age} or older")),
        Unmet::AgeUnknown => lang.say("chưa có ngày sinh", "birth date not given").to_owned(),
        Unmet::WindowOver(months) => {
            pair(format!("đã hết thời hạn {months} tháng"), format!("the window of {months} months is over"))
        }
        Unmet::Excluded(tag) => {
            let name = called(tag, rules, lang);
            pair(format!("loại trừ: {name}"), format!("excluded: {name}"))
        }
        Unmet::StillRunning(tag) => {
            let name = called(tag, rules, lang);
            pair(
                format!("thẻ đang dùng chưa hết hạn ({name})"),
                format!("the running card comes first ({name})"),
            )
        }
        Unmet::MonthsUsedUp(months) => pair(
            format!("chỉ hỗ trợ {months} tháng đầu"),
            format!("only the first {months} months are supported"),
        ),
        Unmet::WindowAhead => lang.say("sự kiện xảy ra sau ngày xét", "the event lies ahead").to_owned(),
    }
}

/// A circumstance as it is called, which is also how it may be typed.
fn called(tag: &str, rules: &Rulebook, lang: Lang) -> String {
    format!("“{}”", lang.pick(rules.tag_name(tag).each_ref()))
}

/// All conditions of a policy.
pub fn conditions(policy: &Policy, rules: &Rulebook, typed: Typed, lang: Lang) -> String {
    let words: Vec<String> = policy.when.iter().map(|each| predicate(each, rules, typed, lang)).collect();
    words.join("; ")
}
