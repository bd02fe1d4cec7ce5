//! `bhyt explain` (`giai-thich`): a code, a check, a term or a rule, with cause, remedy and citation.

use chrono::NaiveDate;
use clap::{Arg, ArgMatches, Command};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use crate::audit::checks::{self, CHECKS};
use crate::engine::step::{StepId, StepPath};
use crate::render::page::{Page, Paper, TextLine};
use crate::render::pages::{explanation, places, visit_code};
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;
use crate::rulebook::diagnostic::RuleCheck;
use crate::rulebook::entries::Entry;
use crate::table::profile;
use crate::terms::care::Relief;
use crate::terms::fold::{fold, nearest};
use crate::terms::listed::Listed;
use crate::terms::problem::{Code, Problem};

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Giải thích mã lỗi, mã đối tượng, mã đến khám hoặc một quy định, kèm căn cứ",
            "Explain an error, group or visit code, or a rule, with its citation",
        ],
        usage: ["explain MÃ", "explain CODE"],
        examples: [
            "Ví dụ:\n  bhyt explain E0502\n  bhyt explain GD\n  bhyt explain 1.14\n  bhyt explain base-salary\n  bhyt explain profiles",
            "Examples:\n  bhyt explain E0502\n  bhyt explain GD\n  bhyt explain 1.14\n  bhyt explain base-salary\n  bhyt explain profiles",
        ],
    };
    help::command("explain", "giai-thich", lang, &texts).arg(
        Arg::new("code").required(true).value_name(lang.say("MÃ", "CODE")).help(lang.say(
            "Mã lỗi, tên phép kiểm tra, đối tượng, mã đến khám, bước tính hoặc quy định",
            "Error code, check, group, visit code, step or rule",
        )),
    )
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let format = context.format(&["text", "html"])?;
    let typed = matches.get_one::<String>("code").map(String::as_str).unwrap_or_default();
    let lang = context.lang();
    if let Some(page) = without_rules(typed, lang) {
        return context.emit_drawn(&page, format);
    }
    let rules = context.rulebook()?;
    let page = match named_page(typed, &rules, lang) {
        Some(page) => page,
        None => rules_page(typed, context.world.today, &rules, lang)?,
    };
    context.emit_drawn(&page, format)
}

/// What the program says by itself: layouts, messages, checks of rule files.
fn without_rules(typed: &str, lang: Lang) -> Option<Page> {
    if matches!(fold(typed).as_str(), "profiles" | "mau-bang") {
        return Some(profiles_page(lang));
    }
    if let Some(code) = Code::parse(typed) {
        return Some(explanation::code(code, lang));
    }
    let check = RuleCheck::ALL.iter().copied().find(|check| check.as_str() == typed)?;
    Some(explanation::rule_check(check, lang))
}

/// What has one name: a circumstance, a visit code, a reading, a check of claim files.
fn named_page(typed: &str, rules: &Rulebook, lang: Lang) -> Option<Page> {
    circumstance_page(typed, rules, lang)
        .or_else(|| visit_code::page(typed, rules, lang))
        .or_else(|| visit_code::reading_page(typed, rules, lang))
        .or_else(|| checks::find(typed).map(|check| explanation::finding(check, rules, lang)))
}

/// The rules behind a name, a group, a step or a case of full payment, and the term of the glossary.
fn rules_page(typed: &str, today: NaiveDate, rules: &Rulebook, lang: Lang) -> Result<Page, Failure> {
    let entries = rules.entries();
    let group = rules.find_group(typed).ok().map(|group| format!("enrollee-groups/{}", group.id));
    let wanted = group.as_deref().unwrap_or(typed);
    let rests_on = StepPath::head(wanted).map_or_else(|| families_of_relief(wanted), StepId::families);
    let last_part = |rule: &str| rule.rsplit('/').next().unwrap_or_default() == wanted;
    let term = fold(typed);
    let named = |names: [&str; 2]| names.iter().any(|name| fold(name) == term);
    let about = |entry: &&Entry<'_>| {
        entry.rule == wanted
            || entry.header.id == wanted
            || last_part(entry.rule)
            || named([entry.name_vi, entry.name_en])
            || rests_on.contains(&entry.header.id.as_str())
    };
    let pages = entries.iter().filter(about).map(|entry| explanation::rule(entry, today, rules, lang));
    let found = pages.chain(glossary_page(&term, lang)).reduce(|mut whole, page| {
        whole.join(page);
        whole
    });
    found.or_else(|| rules_about(&term, &entries, today, rules, lang)).ok_or_else(|| {
        let findings = CHECKS.iter().map(|check| check.code);
        let codes = Code::ALL.iter().map(|code| code.as_str());
        let names = codes.chain(findings).chain(entries.iter().map(|entry| entry.rule));
        let near = nearest(typed, names).unwrap_or_default();
        Failure::usage(
            Problem::new(Code::InvalidValue)
                .with("read", typed)
                .with("accepted", "E0502, A02, GD, 1.14, base-salary, premium.first-member, lương cơ sở …")
                .with("suggestion", near),
        )
    })
}

/// Mẫu bảng đã biết: what each is found by, and what its columns mean.
fn profiles_page(lang: Lang) -> Page {
    let mut page = Page::new(Paper::Report, lang.say("Mẫu bảng đã biết", "Known layouts"), "", lang);
    let part = |text: String| TextLine::new(text).inset(2, 4);
    for profile in profile::bundled() {
        let title = lang.pick([&profile.title_vi, &profile.title_en]);
        page.add(TextLine::new(format!("{} · {title}", profile.name)));
        page.add(part(format!("{}: {}", lang.say("Nhận ra bằng", "Found by"), profile.signs.join("; "))));
        let said = |field: &toml::Value| field.as_str().is_some_and(|field| !field.is_empty());
        for (heading, field) in profile.columns.iter().filter(|(_, field)| said(field)) {
            page.add(part(format!("{heading} → {}", field.as_str().unwrap_or_default())));
        }
        let unused = profile.columns.iter().filter(|(_, field)| !said(field));
        let unused: Vec<&str> = unused.map(|(heading, _)| heading.as_str()).collect();
        if !unused.is_empty() {
            page.add(part(format!("{}: {}", lang.say("Không dùng", "Not used"), unused.join(", "))));
        }
        for (field, value) in &profile.set {
            page.add(part(format!("{field} = {}", value.as_str().unwrap_or_default())));
        }
        page.add(part(format!("{}: {}", lang.say("Nguồn", "Source"), profile.source)));
        page.gap();
    }
    page.add(TextLine::new(lang.say(
        "Mẫu riêng: chép cách viết trên vào tệp TOML ([[profile]] name, title-vi, title-en, source, signs, columns, set) rồi --profile TỆP.toml",
        "Your own: the same as TOML ([[profile]] name, title-vi, title-en, source, signs, columns, set), then --profile FILE.toml",
    )));
    page
}

/// The vocabulary of circumstances, or one of them.
fn circumstance_page(typed: &str, rules: &Rulebook, lang: Lang) -> Option<Page> {
    let key = fold(typed);
    if ["circumstances", "circumstance", "hoan-canh"].contains(&key.as_str()) {
        return Some(places::circumstances(rules, lang));
    }
    let known = rules.circumstances.iter().find(|known| known.names().any(|name| fold(name) == key))?;
    let named = rules.groups().iter().any(|group| group.id == known.id);
    (!named).then(|| places::circumstance(known, rules, lang))
}

/// Rules whose names hold every word that was typed: the page of one, the list of several.
fn rules_about(
    term: &str,
    entries: &[Entry<'_>],
    today: NaiveDate,
    rules: &Rulebook,
    lang: Lang,
) -> Option<Page> {
    let holds = |name: &str| {
        let name = fold(name);
        let words: Vec<&str> = name.split('-').collect();
        term.len() > 2 && term.split('-').all(|word| words.contains(&word))
    };
    let about: Vec<&Entry<'_>> =
        entries.iter().filter(|entry| holds(entry.name_vi) || holds(entry.name_en)).collect();
    match about[..] {
        [] => None,
        [entry] => Some(explanation::rule(entry, today, rules, lang)),
        _ => Some(explanation::rules_named(&about, lang)),
    }
}

/// The families behind a case in which a visit is paid in full.
fn families_of_relief(key: &str) -> &'static [&'static str] {
    match Relief::parse(key) {
        Some(Relief::LowCostVisit) => StepId::LowCostLimit.families(),
        Some(Relief::InitialLevel) => &["initial-level"],
        Some(Relief::AnnualCeiling | Relief::ExemptionCertificate) => StepId::AnnualCeiling.families(),
        None => &[],
    }
}

/// The line of the glossary for a legal term.
fn glossary_page(term: &str, lang: Lang) -> Option<Page> {
    const GLOSSARY: &str = include_str!("../../docs/GLOSSARY.md");
    let rows = GLOSSARY.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    rows.map(|line| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>()).find_map(|cells| {
        match cells[..] {
            [name, identifier, remark] if name.split([',', ';']).any(|one| fold(one) == term) => {
                Some(explanation::term(name, identifier, remark, lang))
            }
            _ => None,
        }
    })
}
