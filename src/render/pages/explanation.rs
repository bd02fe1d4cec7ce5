//! Trang giải thích: a code, a check, a layout, a rule or a term, with what to do and the text it rests on.

use chrono::NaiveDate;

use super::rules::{self, show};
use crate::audit::finding::AuditCheck;
use crate::render::audit_words::{cite, severity};
use crate::render::catalogue::entry;
use crate::render::check_catalogue::check_entry;
use crate::render::page::{On, Page, Paper, TextLine};
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;
use crate::rulebook::diagnostic::RuleCheck;
use crate::rulebook::entries::Entry;
use crate::terms::problem::Code;

/// An error, warning or note.
pub fn code(code: Code, lang: Lang) -> Page {
    let words = entry(code);
    let kind = match code.as_str().chars().next() {
        Some('E') => lang.say("lỗi", "error"),
        Some('W') => lang.say("cảnh báo", "warning"),
        _ => lang.say("ghi chú", "note"),
    };
    message(&format!("{code} ({kind})"), lang.pick(words.says), lang.pick(words.hint), lang)
}

/// A check of rule files.
pub fn rule_check(check: RuleCheck, lang: Lang) -> Page {
    let words = check_entry(check);
    message(check.as_str(), lang.pick(words.says), lang.pick(words.hint), lang)
}

/// What a message says, and what to do about it.
fn message(title: &str, says: &str, hint: &str, lang: Lang) -> Page {
    // What a case would fill in is left open.
    let generic = |text: &str| {
        let mut parts = text.split('{');
        let first = parts.next().unwrap_or_default().to_owned();
        let open = |part: &str| format!("…{}", part.split_once('}').map_or(part, |(_, rest)| rest));
        parts.fold(first, |all, part| all + &open(part)).replace("[[", "").replace("]]", "")
    };
    let mut page = titled(title, lang);
    page.add(TextLine::new(generic(says)).inset(2, 2));
    if !hint.is_empty() {
        let label = lang.say("Cách xử lý", "What to do");
        page.add(TextLine::new(format!("{label}: {}", generic(hint))).inset(2, 2));
    }
    page
}

/// A page whose title a screen shows too.
fn titled(title: &str, lang: Lang) -> Page {
    let mut page = Page::new(Paper::Report, title, "", lang);
    page.add_on(On::Screen, TextLine::new(title));
    page
}

/// Phép kiểm tra: what it finds, why that is wrong, and by which texts.
pub fn finding(check: &AuditCheck, rules: &Rulebook, lang: Lang) -> Page {
    let mut page = titled(&format!("`{}` ({})", check.code, severity(check.severity, lang)), lang);
    page.add(TextLine::new(lang.pick(check.title)).inset(2, 2));
    page.gap();
    page.add(TextLine::new(lang.pick(check.explain)).inset(2, 2));
    page.gap();
    let texts: Vec<String> = check.cites.iter().map(|each| cite(each, rules, lang)).collect();
    let basis = format!("{}: {}", lang.say("Căn cứ", "Basis"), texts.join("; "));
    page.add(TextLine::new(basis).inset(2, 2));
    page
}

/// A rule as it stands on a day, or with all its versions where none is in force.
pub fn rule(entry: &Entry<'_>, day: NaiveDate, rules: &Rulebook, lang: Lang) -> Page {
    if entry.at(day).is_none() {
        return show(&[entry], None, rules, lang);
    }
    let mut page = show(&[entry], Some(day), rules, lang);
    if entry.versions.len() > 1 {
        let other = lang.say("Các phiên bản khác", "Other versions");
        page.add(TextLine::new(format!("{other}: bhyt rules show {}", entry.rule)).inset(2, 4));
    }
    page
}

/// The rules that were meant, by name.
pub fn rules_named(found: &[&Entry<'_>], lang: Lang) -> Page {
    let mut page = Page::new(Paper::Report, lang.say("Quy định", "Rules"), "", lang);
    for entry in found {
        let name = lang.pick([entry.name_vi, entry.name_en]);
        page.add(TextLine::new(rules::titled(name, entry.rule)).inset(0, 4));
    }
    page
}

/// A legal term: its row of the glossary.
pub fn term(name: &str, identifier: &str, remark: &str, lang: Lang) -> Page {
    let mut page = Page::new(Paper::Report, name, "", lang);
    let label = lang.say("Thuật ngữ", "Term");
    page.add(TextLine::new(format!("{label}: {name} · {} {remark}", identifier.replace('`', ""))));
    page
}
