//! Phần chung của các báo cáo: percents, counts and the rules a report rests on.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::explain;
use super::json::RuleView;
use super::names;
use super::page::{Cell, Page, TextLine, Tone};
use super::wording::{self, Lang};
use crate::engine::doubt::doubts;
use crate::rulebook::Rulebook;
use crate::terms::citation::RuleRef;
use crate::terms::percent::Percent;
use crate::terms::problem::Problem;

/// Rules a report rests on, each with the first day it was asked for.
pub type Used = [(RuleRef, NaiveDate)];

/// The rules as JSON.
pub fn rules_json(used: &Used, rules: &Rulebook) -> Json {
    json!(used.iter().map(|(each, _)| RuleView::new(each, rules)).collect::<Vec<_>>())
}

/// What must be said about how far these rules were verified, each once.
pub fn rule_doubts(used: &Used) -> Vec<Problem> {
    let mut notices: Vec<Problem> = Vec::new();
    for doubt in used.iter().flat_map(|(rule, day)| doubts(rule, *day)) {
        if !notices.contains(&doubt) {
            notices.push(doubt);
        }
    }
    notices
}

/// Căn cứ: the texts a report rests on, a line each.
pub fn grounds(page: &mut Page, used: &Used, rules: &Rulebook) {
    if used.is_empty() {
        return;
    }
    let lang = page.lang;
    page.gap();
    page.add(TextLine::heading(lang.say("Căn cứ", "Rests on")));
    let mut said: Vec<String> = Vec::new();
    for (rule, _) in used {
        let text = format!(
            "{} ({} {}): {}",
            names::of(&rule.rule, lang),
            lang.say("từ", "from"),
            wording::date(rule.effective_from, lang),
            explain::cites(rule, rules, lang)
        );
        if !said.contains(&text) {
            page.add(TextLine::new(text.clone()).inset(2, 4).tone(Tone::Small));
            said.push(text);
        }
    }
}

/// Phần trăm: `91,68%`; a dash where there is no whole.
pub fn percent(percent: Option<Percent>, lang: Lang) -> Cell {
    match percent {
        None => Cell::text("–"),
        Some(percent) => Cell::text(percent_text(percent, lang)),
    }
}

/// The same as words.
pub fn percent_text(percent: Percent, lang: Lang) -> String {
    match lang {
        Lang::Vi => percent.to_string().replace('.', ","),
        Lang::En => percent.to_string(),
    }
}

/// A percent as JSON: `"91.68%"` or null.
pub fn percent_json(percent: Option<Percent>) -> Json {
    json!(percent.map(|percent| percent.to_string()))
}

/// Số người, số đơn vị.
pub fn count(count: u64, lang: Lang) -> Cell {
    Cell::number(count_text(count, lang), count)
}

/// The same as words.
pub fn count_text(count: u64, lang: Lang) -> String {
    wording::number(crate::terms::number::Vnd::whole(i64::try_from(count).unwrap_or(i64::MAX / 100)), lang)
}
