//! Báo cáo hỗ trợ: what is paid, until when, why the rest is not, and the cheapest lawful way to pay.

use super::quote::{brief_group, label, named};
use crate::engine::premium::entitlement::{PolicyVerdict, Reason};
use crate::engine::premium::options::{JoiningOption, OptionStanding, PersonOptions};
use crate::engine::premium::subsidy_report::{MemberSupport, SubsidyReport};
use crate::render::explain;
use crate::render::page::{Cell, Column, On, Page, Paper, Table, TextLine, Tone};
use crate::render::subsidy_words as words;
use crate::render::wording::{self, Lang};
use crate::rulebook::Rulebook;
use crate::terms::group::Payer;
use crate::terms::number::Vnd;

/// Longest name of a way to pay.
const OPTION_WIDTH: usize = 36;

/// The whole report.
pub fn page(report: &SubsidyReport, rules: &Rulebook, lang: Lang) -> Page {
    let mut page = Page::new(
        Paper::Slip,
        lang.say("Hỗ trợ đóng bảo hiểm y tế", "Subsidies of the health insurance premium"),
        lang.say("HỖ TRỢ ĐÓNG BẢO HIỂM Y TẾ", "SUBSIDIES OF THE HEALTH INSURANCE PREMIUM"),
        lang,
    );
    let day = wording::date(report.day(), lang);
    let months = report.quote.months;
    page.add(TextLine::new(match lang {
        Lang::Vi => format!("Xét ngày đóng {day}; {months} tháng"),
        Lang::En => format!("Paid on {day}; {months} months"),
    }));
    for (index, each) in report.members.iter().enumerate() {
        page.gap();
        member(&mut page, index, each, report.members.len() > 1, rules);
    }
    page.gap();
    if report.members.len() > 1 {
        page.add(totals(report, lang));
        page.gap();
    }
    page.add(TextLine::new(explain::legal_basis(&report.quote.trace, rules, lang)).tone(Tone::Small));
    page.notes(&report.quote.notices);
    page.footer(rules);
    page
}

fn member(page: &mut Page, index: usize, member: &MemberSupport, several: bool, rules: &Rulebook) {
    let lang = page.lang;
    let premium = &member.premium;
    let group = lang.pick([&premium.group_vi, &premium.group_en]);
    let who = if several || premium.name.is_some() {
        format!("{} – {group}", label(index, premium, lang))
    } else {
        named(premium, lang)
    };
    page.add(TextLine::heading(who));
    other_categories(page, member, rules);
    applied(page, member);
    refused(page, &member.findings, rules);
    options(page, &member.options, rules);
}

/// Which category pays, where the person has several.
fn other_categories(page: &mut Page, member: &MemberSupport, rules: &Rulebook) {
    let lang = page.lang;
    if let Some(rule) = &member.decided_by {
        let cites = explain::cites(rule, rules, lang);
        let joins = lang.say("Thuộc nhiều đối tượng, đóng theo", "Several categories, joins as");
        page.add(
            TextLine::new(format!("{joins} {} ({cites})", brief_group(&member.premium, lang))).inset(2, 4),
        );
    }
    for other in &member.passed_over {
        let group = rules.group(&other.group);
        let name = group.map_or(other.group.as_str(), |group| lang.pick([&group.name_vi, &group.name_en]));
        let why = words::other_category(&other.why, lang);
        page.add(TextLine::new(format!("{}: {name}: {why}", lang.say("không", "not"))).inset(4, 6));
    }
}

/// Who pays what, and until when.
fn applied(page: &mut Page, member: &MemberSupport) {
    let lang = page.lang;
    let mut table = Table::new(vec![
        Column::words(lang.say("Ai đóng", "Who pays")),
        Column::numbers(lang.say("Mức", "Share")),
        Column::numbers(lang.say("Số tiền", "Amount")),
        Column::words(lang.say("Được hưởng", "Entitled")),
    ]);
    let payer = |payer: Payer| Cell::text(wording::payer(payer, lang));
    for part in &member.premium.shares {
        let paying = member.findings.iter().find(|found| found.applied() && found.payer == part.payer);
        table.row(vec![
            payer(part.payer),
            part.share.map_or(Cell::text("…"), |share| Cell::share(share, lang)),
            Cell::money(part.amount, lang),
            Cell::text(paying.map(|found| span(found, lang)).unwrap_or_default()),
        ]);
    }
    if member.premium.shares.iter().all(|part| part.payer != Payer::Person) {
        table.row(vec![payer(Payer::Person), Cell::text("0%"), Cell::money(Vnd::ZERO, lang), Cell::blank()]);
    }
    page.add(table);
    for found in member.findings.iter().filter(|found| found.applied()) {
        let name = words::policy(found, lang);
        page.add(TextLine::new(format!("+ {}: {name}", wording::payer(found.payer, lang))).inset(2, 4));
    }
}

fn span(found: &PolicyVerdict, lang: Lang) -> String {
    let from = found.from.map(|day| wording::date(day, lang)).unwrap_or_default();
    match found.until {
        Some(until) => format!("{from} – {}", wording::date(until, lang)),
        None => format!("{} {from}", lang.say("từ", "from")),
    }
}

/// Why the other policies do not pay; those for other groups and those out of force in one line each kind.
fn refused(page: &mut Page, findings: &[PolicyVerdict], rules: &Rulebook) {
    let lang = page.lang;
    let rest: Vec<&PolicyVerdict> = findings.iter().filter(|found| !found.applied()).collect();
    if rest.is_empty() {
        return;
    }
    page.add(TextLine::new(lang.say("Không áp dụng:", "Not applied:")).inset(2, 2));
    let aside = |found: &PolicyVerdict| {
        matches!(found.reason, Reason::OtherGroup(_) | Reason::Over(_) | Reason::NotYet(_))
    };
    for found in rest.iter().filter(|found| !aside(found)) {
        let share =
            found.share.map(|share| format!(" ({})", wording::share(share, lang))).unwrap_or_default();
        let name = words::policy(found, lang);
        let why = words::reason(&found.reason, rules, lang);
        page.add(TextLine::new(format!("- {name}{share}: {why}")).inset(2, 4));
    }
    let other = rest.iter().filter(|found| matches!(found.reason, Reason::OtherGroup(_))).count();
    let over = rest.iter().filter(|found| aside(found)).count() - other;
    let kinds = [
        (other, ["dành cho đối tượng khác", "for other groups"]),
        (over, ["chưa hoặc không còn hiệu lực", "not or no longer in force"]),
    ];
    let counts: Vec<String> = kinds
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {}", lang.pick(*what)))
        .collect();
    if !counts.is_empty() {
        let line = format!("- {}: {}", lang.say("chính sách khác", "other policies"), counts.join(", "));
        let where_else = lang.say("(--json liệt kê đủ)", "(--json lists them)");
        page.add_on(On::Screen, TextLine::new(format!("{line} {where_else}")).inset(2, 4));
        page.add_on(On::Sheet, TextLine::new(line).inset(2, 4));
    }
}

/// The ways to pay, the cheapest lawful one marked.
fn options(page: &mut Page, options: &PersonOptions, rules: &Rulebook) {
    let lang = page.lang;
    let level_name = lang.say("Mức hưởng", "Benefit level");
    if options.options.len() < 2 {
        if let Some(level) = options.options.first().and_then(|option| option.level) {
            page.add(TextLine::new(format!("{level_name}: {}", wording::share(level, lang))).inset(2, 2));
        }
        return;
    }
    let has_level = options.options.iter().any(|option| option.level.is_some());
    let mut columns = vec![
        Column::words(lang.say("Cách đóng", "Way to pay")).limit(OPTION_WIDTH),
        Column::numbers(lang.say("Tự đóng", "Person pays")),
    ];
    columns.extend(has_level.then(|| Column::numbers(level_name)));
    columns.push(Column::words(""));
    let mut table = Table::new(columns);
    for option in &options.options {
        let mut row = vec![Cell::text(words::option(option, lang)), Cell::money(option.payable, lang)];
        let level = || option.level.map_or(Cell::text("–"), |level| Cell::share(level, lang));
        row.extend(has_level.then(level));
        row.push(Cell::text(mark(option, options, lang)));
        table.row(row);
    }
    page.add(table);
    if let Some(line) = footnote(options, rules, lang) {
        page.add(TextLine::new(line).inset(2, 2));
    }
}

fn mark(option: &JoiningOption, options: &PersonOptions, lang: Lang) -> String {
    let mut marks = Vec::new();
    if option.cheapest {
        marks.push(lang.say("← rẻ nhất", "← cheapest"));
        let lawful = options.options.iter().filter(|other| other.standing.is_lawful());
        if lawful.into_iter().any(|other| other.level > option.level) {
            marks.push(lang.say("mức hưởng thấp hơn", "lower benefit level"));
        }
    }
    if !option.standing.is_lawful() {
        marks.push(lang.say("không được chọn", "not open"));
    }
    if option.uncertain {
        marks.push(lang.say("chưa rõ hỗ trợ địa phương", "local support unknown"));
    }
    marks.join("; ")
}

/// From which rank the household form is cheaper, and the article on the choice.
fn footnote(options: &PersonOptions, rules: &Rulebook, lang: Lang) -> Option<String> {
    let standing = options
        .options
        .iter()
        .map(|option| &option.standing)
        .find(|standing| !matches!(standing, OptionStanding::Joined))?;
    let (rule, [vi, en]) = match (standing, options.break_even_rank) {
        (OptionStanding::Joined, _) => return None,
        (OptionStanding::Chosen(rule), Some(rank)) => (
            Some(rule),
            [
                format!("Được chọn{{}}; từ người thứ {rank} trở đi, đóng theo hộ gia đình rẻ hơn."),
                format!("The choice is free{{}}; from rank {rank} on, the household form costs less."),
            ],
        ),
        (OptionStanding::Chosen(rule), None) => (
            Some(rule),
            [
                "Được chọn{}; ở thứ tự nào hộ gia đình cũng không rẻ hơn.".to_owned(),
                "The choice is free{}; at no rank does the household form cost less.".to_owned(),
            ],
        ),
        (OptionStanding::NotOffered(rule), _) => (
            rule.as_ref(),
            [
                "Đối tượng này không được chọn đóng theo hộ gia đình{}.".to_owned(),
                "This group may not choose the household form{}.".to_owned(),
            ],
        ),
    };
    let cites = rule.map(|rule| format!(" ({})", explain::cites(rule, rules, lang))).unwrap_or_default();
    Some(lang.pick([&vi, &en]).replace("{}", &cites))
}

/// All people together.
fn totals(report: &SubsidyReport, lang: Lang) -> Table {
    let mut table = Table::new(vec![
        Column::words(lang.say("Cả hộ", "All together")),
        Column::numbers(lang.say("Số tiền", "Amount")),
    ]);
    for total in report.shares() {
        table.row(vec![Cell::text(wording::payer(total.payer, lang)), Cell::money(total.amount, lang)]);
    }
    table
}
