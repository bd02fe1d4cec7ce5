//! `bhyt explain` (`giai-thich`): a code, a check, a term or a rule, with cause, remedy and citation.

use chrono::NaiveDate;
use clap::{Arg, ArgMatches, Command};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use crate::audit::checks::{self, CHECKS};
use crate::engine::step::{StepId, StepPath};
use crate::render::audit_words;
use crate::render::catalogue::entry;
use crate::render::check_catalogue::check_entry;
use crate::render::layout::wrap;
use crate::render::pages::rules::show;
use crate::render::text;
use crate::render::wording::{Lang, fill};
use crate::render::{pages, visit_code};
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
    context.format(&["text"])?;
    let typed = matches.get_one::<String>("code").map(String::as_str).unwrap_or_default();
    let lang = context.lang();
    if matches!(fold(typed).as_str(), "profiles" | "mau-bang") {
        return context.emit(&profiles_page(lang));
    }
    if let Some(text) = code_page(typed, lang).or_else(|| check_page(typed, lang)) {
        return context.emit(&text);
    }
    let rules = context.rulebook()?;
    if let Some(text) = circumstance_page(typed, &rules, lang) {
        return context.emit(&text);
    }
    let page =
        visit_code::page(typed, &rules, lang).or_else(|| visit_code::reading_page(typed, &rules, lang));
    if let Some(text) = page {
        return context.emit(&text);
    }
    if let Some(check) = checks::find(typed) {
        return context.emit(&audit_words::page(check, &rules, lang));
    }
    let entries = rules.entries();
    let group = rules.find_group(typed).ok().map(|group| format!("enrollee-groups/{}", group.id));
    let wanted = group.as_deref().unwrap_or(typed);
    let rests_on = StepPath::head(wanted).map_or_else(|| families_of_relief(wanted), StepId::families);
    let last_part = |rule: &str| rule.rsplit('/').next().unwrap_or_default() == wanted;
    let term = fold(typed);
    let named = |names: [&str; 2]| names.iter().any(|name| fold(name) == term);
    let found: Vec<String> = entries
        .iter()
        .filter(|entry| {
            entry.rule == wanted
                || entry.header.id == wanted
                || last_part(entry.rule)
                || named([entry.name_vi, entry.name_en])
                || rests_on.contains(&entry.header.id.as_str())
        })
        .map(|entry| rule_page(entry, context.world.today, &rules, lang))
        .chain(glossary_page(&term, lang))
        .collect();
    if found.is_empty() {
        if let Some(text) = rules_about(&term, &entries, context.world.today, &rules, lang) {
            return context.emit(&text);
        }
        let findings = CHECKS.iter().map(|check| check.code);
        let codes = Code::ALL.iter().map(|code| code.as_str());
        let names = codes.chain(findings).chain(entries.iter().map(|entry| entry.rule));
        let near = nearest(typed, names).unwrap_or_default();
        return Err(Failure::usage(
            Problem::new(Code::InvalidValue)
                .with("read", typed)
                .with("accepted", "E0502, A02, GD, 1.14, base-salary, premium.first-member, lương cơ sở …")
                .with("suggestion", near),
        ));
    }
    context.emit(&found.join("\n"))
}

/// Mẫu bảng đã biết: what each is found by, and what its columns mean.
fn profiles_page(lang: Lang) -> String {
    let mut out = String::new();
    for profile in profile::bundled() {
        out.push_str(&format!("{} · {}\n", profile.name, lang.pick([&profile.title_vi, &profile.title_en])));
        let signs = profile.signs.join("; ");
        out.push_str(&wrap(&format!("  {}: {signs}", lang.say("Nhận ra bằng", "Found by")), 4));
        for (heading, field) in &profile.columns {
            let field = field.as_str().filter(|field| !field.is_empty()).unwrap_or("-");
            out.push_str(&wrap(&format!("  {heading} → {field}"), 4));
        }
        for (field, value) in &profile.set {
            out.push_str(&wrap(&format!("  {field} = {}", value.as_str().unwrap_or_default()), 4));
        }
        out.push_str(&wrap(&format!("  {}: {}\n", lang.say("Nguồn", "Source"), profile.source), 4));
    }
    let own = lang.say(
        "Mẫu riêng: chép cách viết trên vào tệp TOML ([[profile]] name, title-vi, title-en, source, signs, columns, set) rồi --profile TỆP.toml",
        "Your own: the same as TOML ([[profile]] name, title-vi, title-en, source, signs, columns, set), then --profile FILE.toml",
    );
    out.push_str(&wrap(own, 2));
    out
}

/// The vocabulary of circumstances, or one of them.
fn circumstance_page(typed: &str, rules: &Rulebook, lang: Lang) -> Option<String> {
    let key = fold(typed);
    if ["circumstances", "circumstance", "hoan-canh"].contains(&key.as_str()) {
        return Some(text::draw(&pages::places::circumstances(rules, lang)));
    }
    let known = rules.circumstances.iter().find(|known| known.names().any(|name| fold(name) == key))?;
    let named = rules.groups().iter().any(|group| group.id == known.id);
    (!named).then(|| text::draw(&pages::places::circumstance(known, rules, lang)))
}

/// A rule as it stands today, or with all its versions where none is in force.
fn rule_page(entry: &Entry<'_>, today: NaiveDate, rules: &Rulebook, lang: Lang) -> String {
    if entry.at(today).is_none() {
        return text::draw(&show(&[entry], None, rules, lang));
    }
    let mut out = text::draw(&show(&[entry], Some(today), rules, lang));
    if entry.versions.len() > 1 {
        let other = lang.say("Các phiên bản khác", "Other versions");
        out.push_str(&wrap(&format!("  {other}: bhyt rules show {}", entry.rule), 4));
    }
    out
}

/// Rules whose names hold every word that was typed: the page of one, the list of several.
fn rules_about(
    term: &str,
    entries: &[Entry<'_>],
    today: NaiveDate,
    rules: &Rulebook,
    lang: Lang,
) -> Option<String> {
    let holds = |name: &str| {
        let name = fold(name);
        let words: Vec<&str> = name.split('-').collect();
        term.len() > 2 && term.split('-').all(|word| words.contains(&word))
    };
    let about: Vec<&Entry<'_>> =
        entries.iter().filter(|entry| holds(entry.name_vi) || holds(entry.name_en)).collect();
    match about[..] {
        [] => None,
        [entry] => Some(rule_page(entry, today, rules, lang)),
        _ => {
            let line = |entry: &&Entry<'_>| {
                wrap(&format!("{} · {}", entry.rule, lang.pick([entry.name_vi, entry.name_en])), 4)
            };
            Some(about.iter().map(line).collect())
        }
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
fn glossary_page(term: &str, lang: Lang) -> Option<String> {
    const GLOSSARY: &str = include_str!("../../docs/GLOSSARY.md");
    let rows = GLOSSARY.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    rows.map(|line| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>()).find_map(|cells| {
        match cells[..] {
            [name, identifier, remark] if name.split([',', ';']).any(|one| fold(one) == term) => {
                let label = lang.say("Thuật ngữ", "Term");
                Some(wrap(&format!("{label}: {name} · {} {remark}", identifier.replace('`', "")), 2))
            }
            _ => None,
        }
    })
}

/// The page of an error, warning or note.
fn code_page(typed: &str, lang: Lang) -> Option<String> {
    let code = Code::parse(typed)?;
    let words = entry(code);
    let kind = match code.as_str().chars().next() {
        Some('E') => lang.say("lỗi", "error"),
        Some('W') => lang.say("cảnh báo", "warning"),
        _ => lang.say("ghi chú", "note"),
    };
    Some(page(&format!("{code} ({kind})"), lang.pick(words.says), lang.pick(words.hint), lang))
}

/// The page of a rule check.
fn check_page(typed: &str, lang: Lang) -> Option<String> {
    let check = RuleCheck::ALL.iter().copied().find(|check| check.as_str() == typed)?;
    let words = check_entry(check);
    Some(page(check.as_str(), lang.pick(words.says), lang.pick(words.hint), lang))
}

fn page(title: &str, says: &str, hint: &str, lang: Lang) -> String {
    // Without facts, names stand for themselves.
    let generic = |text: &str| {
        fill(
            &text
                .replace(":name}", "}")
                .replace("[[", "")
                .replace("]]", "")
                .replace('{', "‹")
                .replace('}', "›"),
            &[],
            lang,
        )
    };
    let mut out = format!("{title}\n") + &wrap(&format!("  {}", generic(says)), 2);
    if !hint.is_empty() {
        out.push_str(&wrap(&format!("  {}: {}", lang.say("Cách xử lý", "What to do"), generic(hint)), 2));
    }
    out
}
