//! Lời của điều kiện: what a condition of a policy is called, in both languages.

use super::wording::Lang;
use crate::rulebook::Rulebook;
use crate::rulebook::family::Policy;
use crate::rulebook::predicate::{Predicate, Window, WindowStart, opposite};

/// A condition in words.
pub fn predicate(predicate: &Predicate, rules: &Rulebook, lang: Lang) -> String {
    let name = |tag: &String| {
        let [vi, en] = rules.tag_name(tag);
        let name = if lang == Lang::Vi { vi } else { en };
        if name == *tag { name } else { format!("{name} ({tag})") }
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

/// All conditions of a policy.
pub fn conditions(policy: &Policy, rules: &Rulebook, lang: Lang) -> String {
    let words: Vec<String> = policy.when.iter().map(|each| predicate(each, rules, lang)).collect();
    words.join("; ")
}
