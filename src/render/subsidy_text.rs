//! Báo cáo hỗ trợ trên màn hình: what is paid, until when, why the rest is not, and the cheapest lawful way to pay.

use super::explain;
use super::layout::{Lean, shortened, table, wrap};
use super::page::footer;
use super::pages::quote::label;
use super::subsidy_words as words;
use super::text::notices;
use super::wording::{self, Lang};
use crate::engine::premium::entitlement::{Finding, Reason};
use crate::engine::premium::options::{JoiningOption, Options, Standing};
use crate::engine::premium::subsidy_report::{MemberSupport, SubsidyReport};
use crate::rulebook::Rulebook;
use crate::terms::group::Payer;

/// Longest name of a way to pay.
const OPTION_WIDTH: usize = 36;

/// The whole report.
pub fn text(report: &SubsidyReport, rules: &Rulebook, lang: Lang) -> String {
    let title = lang.say("HỖ TRỢ ĐÓNG BẢO HIỂM Y TẾ", "SUBSIDIES OF THE HEALTH INSURANCE PREMIUM");
    let day = wording::date(report.day(), lang);
    let months = report.quote.months;
    let when = match lang {
        Lang::Vi => format!("Xét ngày đóng {day}; {months} tháng"),
        Lang::En => format!("Paid on {day}; {months} months"),
    };
    let mut out = format!("{title}\n{when}\n");
    for (index, each) in report.members.iter().enumerate() {
        out.push('\n');
        out.push_str(&member(index, each, report.members.len() > 1, rules, lang));
    }
    out.push('\n');
    if report.members.len() > 1 {
        out.push_str(&totals(report, lang));
    }
    out.push_str(&wrap(&explain::legal_basis(&report.quote.trace, rules, lang), 2));
    out.push_str(&notices(&report.quote.notices, lang));
    out.push_str(&wrap(&footer(rules, lang), 2));
    out
}

fn member(index: usize, member: &MemberSupport, several: bool, rules: &Rulebook, lang: Lang) -> String {
    let premium = &member.premium;
    let group = lang.pick([&premium.group_vi, &premium.group_en]);
    let who = if several || premium.name.is_some() {
        format!("{} – {group}", label(index, premium, lang))
    } else {
        format!("{group} ({})", premium.code)
    };
    let mut out = wrap(&who, 2);
    out.push_str(&other_categories(member, rules, lang));
    out.push_str(&applied(member, lang));
    out.push_str(&refused(&member.findings, rules, lang));
    out.push_str(&options(&member.options, rules, lang));
    out
}

/// Which category pays, where the person has several.
fn other_categories(member: &MemberSupport, rules: &Rulebook, lang: Lang) -> String {
    let mut out = String::new();
    if let Some(rule) = &member.decided_by {
        let cites = explain::cites(rule, rules, lang);
        out.push_str(&wrap(
            &format!(
                "  {} {} ({cites})",
                lang.say("Thuộc nhiều đối tượng, đóng theo", "Several categories, joins as"),
                member.premium.code
            ),
            4,
        ));
    }
    for other in &member.passed_over {
        let group = rules.group(&other.group);
        let name = group.map_or(other.group.as_str(), |group| lang.pick([&group.name_vi, &group.name_en]));
        let why = words::other_category(&other.why, lang);
        out.push_str(&wrap(&format!("    {}: {name}: {why}", lang.say("không", "not")), 6));
    }
    out
}

/// Who pays what, and until when.
fn applied(member: &MemberSupport, lang: Lang) -> String {
    let mut rows = vec![
        [
            lang.say("Ai đóng", "Who pays"),
            lang.say("Mức", "Share"),
            lang.say("Số tiền", "Amount"),
            lang.say("Được hưởng", "Entitled"),
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    for part in &member.premium.shares {
        let paying = member.findings.iter().find(|found| found.applied() && found.payer == part.payer);
        let span = paying.map(|found| span(found, lang)).unwrap_or_default();
        rows.push(vec![
            wording::payer(part.payer, lang).to_owned(),
            part.share.map_or_else(|| "…".to_owned(), |share| wording::share(share, lang)),
            wording::money(part.amount, lang),
            span,
        ]);
    }
    if member.premium.shares.iter().all(|part| part.payer != Payer::Person) {
        let nothing = wording::money(crate::terms::money::Vnd::ZERO, lang);
        let person = wording::payer(Payer::Person, lang).to_owned();
        rows.push(vec![person, "0%".to_owned(), nothing, String::new()]);
    }
    let mut out = table(&rows, &[Lean::Left, Lean::Right, Lean::Right, Lean::Left]);
    for found in member.findings.iter().filter(|found| found.applied()) {
        let name = words::policy(found, lang);
        let payer = wording::payer(found.payer, lang);
        out.push_str(&wrap(&format!("  + {payer}: {name}"), 4));
    }
    out
}

fn span(found: &Finding, lang: Lang) -> String {
    let from = found.from.map(|day| wording::date(day, lang)).unwrap_or_default();
    match found.until {
        Some(until) => format!("{from} – {}", wording::date(until, lang)),
        None => format!("{} {from}", lang.say("từ", "from")),
    }
}

/// Why the other policies do not pay; those for other groups and those out of force in one line each kind.
fn refused(findings: &[Finding], rules: &Rulebook, lang: Lang) -> String {
    let rest: Vec<&Finding> = findings.iter().filter(|found| !found.applied()).collect();
    if rest.is_empty() {
        return String::new();
    }
    let mut out = format!("  {}\n", lang.say("Không áp dụng:", "Not applied:"));
    let aside =
        |found: &Finding| matches!(found.reason, Reason::OtherGroup(_) | Reason::Over(_) | Reason::NotYet(_));
    for found in rest.iter().filter(|found| !aside(found)) {
        let share =
            found.share.map(|share| format!(" ({})", wording::share(share, lang))).unwrap_or_default();
        let name = words::policy(found, lang);
        let why = words::reason(&found.reason, rules, lang);
        out.push_str(&wrap(&format!("  - {name}{share}: {why}"), 4));
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
        let counts = counts.join(", ");
        let line = match lang {
            Lang::Vi => format!("  - chính sách khác: {counts} (--json liệt kê đủ)"),
            Lang::En => format!("  - other policies: {counts} (--json lists them)"),
        };
        out.push_str(&wrap(&line, 4));
    }
    out
}

/// The ways to pay, the cheapest lawful one marked.
fn options(options: &Options, rules: &Rulebook, lang: Lang) -> String {
    if options.options.len() < 2 {
        let level = options.options.first().and_then(|option| option.level);
        return level
            .map(|level| {
                format!("  {}: {}\n", lang.say("Mức hưởng", "Benefit level"), wording::share(level, lang))
            })
            .unwrap_or_default();
    }
    let has_level = options.options.iter().any(|option| option.level.is_some());
    let mut heading =
        vec![lang.say("Cách đóng", "Way to pay").to_owned(), lang.say("Tự đóng", "Person pays").to_owned()];
    heading.extend(has_level.then(|| lang.say("Mức hưởng", "Benefit level").to_owned()));
    heading.push(String::new());
    let mut rows = vec![heading];
    for option in &options.options {
        let mut row =
            vec![shortened(&words::option(option, lang), OPTION_WIDTH), wording::money(option.payable, lang)];
        let level = || option.level.map_or_else(|| "–".to_owned(), |level| wording::share(level, lang));
        row.extend(has_level.then(level));
        row.push(mark(option, options, lang));
        rows.push(row);
    }
    let leans: &[Lean] = if has_level {
        &[Lean::Left, Lean::Right, Lean::Right, Lean::Left]
    } else {
        &[Lean::Left, Lean::Right, Lean::Left]
    };
    let mut out = table(&rows, leans);
    out.push_str(&footnote(options, rules, lang));
    out
}

fn mark(option: &JoiningOption, options: &Options, lang: Lang) -> String {
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
fn footnote(options: &Options, rules: &Rulebook, lang: Lang) -> String {
    let mut out = String::new();
    let standing = options
        .options
        .iter()
        .map(|option| &option.standing)
        .find(|standing| !matches!(standing, Standing::Joined));
    let line = match (standing, options.break_even_rank) {
        (Some(Standing::Chosen(rule)), Some(rank)) => {
            let cites = explain::cites(rule, rules, lang);
            match lang {
                Lang::Vi => format!(
                    "  Được chọn ({cites}); từ người thứ {rank} trở đi, đóng theo hộ gia đình rẻ hơn."
                ),
                Lang::En => format!(
                    "  The choice is free ({cites}); from rank {rank} on, the household form costs less."
                ),
            }
        }
        (Some(Standing::Chosen(rule)), None) => {
            let cites = explain::cites(rule, rules, lang);
            match lang {
                Lang::Vi => format!("  Được chọn ({cites}); ở thứ tự nào hộ gia đình cũng không rẻ hơn."),
                Lang::En => {
                    format!("  The choice is free ({cites}); at no rank does the household form cost less.")
                }
            }
        }
        (Some(Standing::NotOffered(rule)), _) => {
            let cites = rule
                .as_ref()
                .map(|rule| format!(" ({})", explain::cites(rule, rules, lang)))
                .unwrap_or_default();
            match lang {
                Lang::Vi => format!("  Đối tượng này không được chọn đóng theo hộ gia đình{cites}."),
                Lang::En => format!("  This group may not choose the household form{cites}."),
            }
        }
        (Some(Standing::Joined) | None, _) => return out,
    };
    out.push_str(&wrap(&line, 2));
    out
}

/// All people together.
fn totals(report: &SubsidyReport, lang: Lang) -> String {
    let mut rows =
        vec![vec![lang.say("Cả hộ", "All together").to_owned(), lang.say("Số tiền", "Amount").to_owned()]];
    for total in report.shares() {
        rows.push(vec![wording::payer(total.payer, lang).to_owned(), wording::money(total.amount, lang)]);
    }
    table(&rows, &[Lean::Left, Lean::Right]) + "\n"
}
