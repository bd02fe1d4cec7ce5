//! Trang quy định: lists, single rules and differences, in words.

use chrono::NaiveDate;

use crate::render::explain::cites;
use crate::render::fact_words::fact_name;
use crate::render::layout::shortened;
use crate::render::page::{Cell, Column, On, Page, Paper, Table, TextLine, Tone};
use crate::render::rule_words::in_names;
use crate::render::wording::{self, Lang};
use crate::rulebook::Rulebook;
use crate::rulebook::diff::Change;
use crate::rulebook::entries::{Entry, EntryVersion};
use crate::rulebook::facts::{Fact, FactValue};
use crate::rulebook::register::Gap;
use crate::terms::citation::{Evidence, RuleRef};

/// Fields whose texts are what people type or what a text calls itself, not words of a closed list.
const AS_WRITTEN: &[&str] = &["aliases", "province-aliases", "item"];

/// Longest value of a rule in a list on a screen; `rules show` has all of it.
const VALUE_WIDTH: usize = 52;

/// Một dữ kiện as people read it.
fn fact_value(fact: &Fact, rules: &Rulebook, lang: Lang) -> String {
    match &fact.value {
        FactValue::Name(name) if AS_WRITTEN.contains(&fact.path.as_str()) => name.clone(),
        FactValue::Money(amount) => wording::money(*amount, lang),
        FactValue::Share(share) => wording::share(*share, lang),
        FactValue::Count(count) => count.to_string(),
        FactValue::Words(texts) => lang.pick(texts.each_ref()).clone(),
        FactValue::Name(name) => match name.split_once(" × ") {
            Some((times, of)) => format!("{} × {}", decimal(times, lang), in_names(of, rules, lang)),
            None if is_decimal(name) => decimal(name, lang),
            None if name.parse::<NaiveDate>().is_ok() => {
                name.parse().map_or_else(|_| name.clone(), |day| wording::date(day, lang))
            }
            None if is_day_of_year(name) && lang == Lang::Vi => format!("{}/{}", &name[3..], &name[..2]),
            None => in_names(name, rules, lang),
        },
    }
}

/// `09-30`, the day on which something ends every year.
fn is_day_of_year(text: &str) -> bool {
    matches!(text.as_bytes(), [a, b, b'-', c, d] if [a, b, c, d].iter().all(|digit| digit.is_ascii_digit()))
}

fn is_decimal(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// A decimal of a rule file with the mark of the language.
fn decimal(text: &str, lang: Lang) -> String {
    if is_decimal(text) { text.replace('.', lang.say(",", ".")) } else { text.to_owned() }
}

const fn evidence(evidence: Evidence, lang: Lang) -> &'static str {
    match evidence {
        Evidence::Primary => lang.say("đã đọc văn bản", "text read"),
        Evidence::Secondary => lang.say("nguồn thứ cấp", "secondary"),
        Evidence::Unverified => lang.say("chưa kiểm chứng", "unverified"),
    }
}

/// The versions of a rule: all of them, or the one in force on a day.
pub fn shown_versions<'e>(entry: &'e Entry<'_>, day: Option<NaiveDate>) -> Vec<&'e EntryVersion<'e>> {
    match day {
        Some(day) => entry.at(day).into_iter().collect(),
        None => entry.versions.iter().collect(),
    }
}

/// `01/07/2025 → 30/06/2026`.
fn span(rule: &RuleRef, lang: Lang) -> String {
    let until = rule.effective_until.map(|day| format!(" → {}", wording::date(day, lang)));
    wording::date(rule.effective_from, lang) + &until.unwrap_or_default()
}

/// Tên quy định: what people call it, and what they type.
pub fn titled(name: &str, id: &str) -> String {
    format!("{name} (`{id}`)")
}

/// The facts of a version in one line: one fact by its value, several with their names.
fn brief(family: &str, version: &EntryVersion<'_>, rules: &Rulebook, lang: Lang) -> String {
    let facts = version.facts();
    let said = facts.iter().map(|fact| match &facts[..] {
        [_] => fact_value(fact, rules, lang),
        _ => format!("{} {}", fact_name(family, fact, rules, lang), fact_value(fact, rules, lang)),
    });
    said.collect::<Vec<_>>().join("; ")
}

/// `bhyt rules list`: every rule, with the value in force on a day where one is asked for.
pub fn list(entries: &[Entry<'_>], day: Option<NaiveDate>, rules: &Rulebook, lang: Lang) -> Page {
    let mut page = Page::new(Paper::Report, lang.say("Quy định đã ghi", "Recorded rules"), "", lang);
    let mut table = Table::new(vec![
        Column::words(lang.say("Quy định", "Rule")),
        Column::words(lang.say("Tên", "Name")),
        Column::words(lang.say("Từ", "From")),
        Column::words(lang.say("Giá trị", "Value")),
        Column::words(lang.say("Căn cứ", "Basis")),
    ]);
    for entry in entries {
        let name = lang.pick([entry.name_vi, entry.name_en]);
        let versions = shown_versions(entry, day);
        if !versions.is_empty() {
            page.add_on(On::Screen, TextLine::new(titled(name, entry.rule)));
        }
        for version in versions {
            let doubt = if version.rule.evidence == Evidence::Unverified { " ?" } else { "" };
            let (from, value) = (span(version.rule, lang), brief(&entry.header.id, version, rules, lang));
            let short = format!("{from}  {}{doubt}", shortened(&value, VALUE_WIDTH));
            page.add_on(On::Screen, TextLine::new(short).inset(2, 4));
            let basis = cites(version.rule, rules, lang);
            table.row([entry.rule, name, &from, &(value + doubt), &basis].map(Cell::text).into());
        }
    }
    page.add_on(On::Sheet, table);
    page.gap();
    let doubt = lang.say("? = chưa kiểm chứng với văn bản gốc", "? = not verified against its text");
    page.add(TextLine::new(doubt));
    page.footer_on(On::Sheet, rules);
    page
}

/// `bhyt rules show`: rules with their versions.
pub fn show(entries: &[&Entry<'_>], day: Option<NaiveDate>, rules: &Rulebook, lang: Lang) -> Page {
    let mut page = Page::new(Paper::Report, lang.say("Quy định", "Rule"), "", lang);
    for (index, entry) in entries.iter().enumerate() {
        if index > 0 {
            page.gap();
        }
        add_rule(&mut page, entry, day, rules);
    }
    page.footer_on(On::Sheet, rules);
    page
}

fn add_rule(page: &mut Page, entry: &Entry<'_>, day: Option<NaiveDate>, rules: &Rulebook) {
    let lang = page.lang;
    let name = lang.pick([entry.name_vi, entry.name_en]);
    page.add(TextLine::heading(titled(name, entry.rule)));
    let picked = lang.say("Chọn phiên bản theo", "Version picked by");
    page.add(TextLine::new(format!("{picked}: {}", lang.pick(entry.header.dated_by_note.each_ref()))));
    for version in shown_versions(entry, day) {
        let rule = version.rule;
        page.gap();
        let line = format!(
            "{} {} · {} · {} {}",
            lang.say("Từ", "From"),
            span(rule, lang),
            evidence(rule.evidence, lang),
            lang.say("đối chiếu", "checked on"),
            wording::date(rule.checked_on, lang),
        );
        page.add(TextLine::new(line).tone(Tone::Strong));
        let mut say = |name: &str, text: &str| page.add(TextLine::new(format!("{name}: {text}")).inset(2, 4));
        for fact in version.facts() {
            say(&fact_name(&entry.header.id, &fact, rules, lang), &fact_value(&fact, rules, lang));
        }
        say(lang.say("Căn cứ", "Basis"), &cites(rule, rules, lang));
        if let Some(note) = &rule.note {
            say(lang.say("Ghi chú", "Note"), lang.pick(note.each_ref().map(String::as_str)));
        }
    }
}

/// `bhyt rules diff`: what changed, by which document.
pub fn diff(
    changes: &[Change],
    (old, new): (NaiveDate, NaiveDate),
    rules: (&Rulebook, &Rulebook),
    lang: Lang,
) -> Page {
    let (before, after) = (wording::date(old, lang), wording::date(new, lang));
    let count = changes.len();
    let title = match lang {
        Lang::Vi => format!("Thay đổi từ {before} đến {after}: {count} quy định"),
        Lang::En => format!("Changes from {before} to {after}: {count} rules"),
    };
    let mut page = Page::new(Paper::Report, title.clone(), title, lang);
    let names = ["rule", "name", "field", "before", "after", "basis"];
    let mut data = Table::data(&names);
    for change in changes {
        page.gap();
        let name = lang.pick([change.name_vi.as_str(), change.name_en.as_str()]);
        page.add(TextLine::heading(titled(name, &change.rule)));
        let source =
            |rule: &Option<RuleRef>, book: &Rulebook| rule.as_ref().map(|rule| cites(rule, book, lang));
        let basis = match (source(&change.new, rules.1), source(&change.old, rules.0)) {
            (Some(new), _) => Some((lang.say("theo", "by"), new)),
            (None, Some(old)) => Some((lang.say("hết hiệu lực:", "no longer in force:"), old)),
            (None, None) => None,
        };
        let differing = change.differing();
        let mut say = |line: String| page.add(TextLine::new(line).inset(2, 4));
        let mut record = |field: &str, before: String, after: String| {
            let basis = basis.as_ref().map(|(_, text)| text.as_str()).unwrap_or_default();
            data.row([&change.rule, name, field, &before, &after, basis].map(Cell::text).into());
        };
        if change.old.is_some() && change.new.is_some() && differing.is_empty() {
            say(lang.say("giá trị như cũ, căn cứ mới", "same values, new basis").to_owned());
            record("", String::new(), String::new());
        }
        let nothing = lang.say("không có", "none");
        for (before, after) in differing {
            let shown = |fact: Option<&Fact>| fact.map(|fact| fact_value(fact, rules.1, lang));
            let Some(named) = after.or(before) else { continue };
            let field = fact_name(&change.family, named, rules.1, lang);
            let [before, after] =
                [shown(before), shown(after)].map(|text| text.unwrap_or(nothing.to_owned()));
            say(format!("{field}: {before} → {after}"));
            record(&field, before, after);
        }
        if let Some((word, text)) = &basis {
            say(format!("{word} {text}"));
        }
    }
    page.footer_on(On::Sheet, rules.1);
    page.data = Some(data);
    page
}

/// `bhyt rules list --gaps`: what is not modelled, and what the program does meanwhile.
pub fn gaps(gaps: &[Gap], rules: &Rulebook, lang: Lang) -> Page {
    let mut page =
        Page::new(Paper::Report, lang.say("Những điều chưa làm được", "What is not modelled"), "", lang);
    for gap in gaps {
        let what = lang.pick([gap.what_vi.as_str(), gap.what_en.as_str()]);
        page.add(TextLine::new(titled(what, &gap.id)).tone(Tone::Strong));
        let why = lang.pick([&gap.why_vi, &gap.why_en]);
        page.add(TextLine::new(format!("{}: {why}", lang.say("vì sao", "why"))).inset(2, 4));
        let meanwhile = lang.pick([&gap.meanwhile_vi, &gap.meanwhile_en]);
        page.add(TextLine::new(format!("{}: {meanwhile}", lang.say("hiện nay", "meanwhile"))).inset(2, 4));
    }
    page.footer_on(On::Sheet, rules);
    page
}
