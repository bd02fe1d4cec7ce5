//! Giám định dạng chữ: the summary by rule first, then what could not be read, in 80 columns.

use std::fmt::Write as _;

use super::audit_json::place;
use super::audit_words as words;
use super::catalogue;
use super::layout::{Lean, WIDTH, table, wrap};
use super::page::footer;
use super::wording::Lang;
use crate::audit::figure::Figure;
use crate::audit::finding::Severity;
use crate::audit::redact::Redaction;
use crate::audit::summary::{Summary, Tally};
use crate::rulebook::Rulebook;
use crate::terms::money::Vnd;

/// Unreadable files and claims named one by one.
const UNREADABLE_SHOWN: usize = 10;

/// The report.
pub fn text(summary: &Summary, redaction: &Redaction, rules: &Rulebook, lang: Lang) -> String {
    let mut out = headline(summary, lang);
    if summary.findings() > 0 {
        out.push_str(&by_rule(summary, redaction, lang));
        out.push_str(&money(&summary.total(), lang));
    }
    out.push_str(&unreadable(summary, redaction, lang));
    out.push_str(&undecided(summary, lang));
    out.push('\n');
    out.push_str(&control(summary, lang));
    out.push_str(&footer(rules, lang));
    out.push('\n');
    out
}

/// `12.345`.
fn count(number: u64, lang: Lang) -> String {
    super::wording::number(Vnd::whole(i64::try_from(number).unwrap_or(i64::MAX / 200)), lang)
}

/// How many files and claims, and how many of them agree.
pub fn headline(summary: &Summary, lang: Lang) -> String {
    let number = |number: u64| count(number, lang);
    let mut out = format!(
        "{} {}, {} {}, {} {}\n",
        number(summary.files),
        lang.say("tệp", "files"),
        number(summary.claims),
        lang.say("hồ sơ", "claims"),
        number(summary.lines),
        lang.say("dòng", "lines"),
    );
    let _ = writeln!(out, "  ✔ {} {}", number(summary.agreeing), lang.say("hồ sơ khớp", "claims agree"));
    if summary.findings() > 0 {
        let _ = writeln!(
            out,
            "  ✖ {} {}, {} {} ({})",
            number(summary.claims - summary.agreeing),
            lang.say("hồ sơ cần xem", "claims to look at"),
            number(summary.findings()),
            lang.say("phát hiện", "findings"),
            severities(summary, lang),
        );
    }
    if summary.unreadable > 0 {
        let _ = writeln!(
            out,
            "  ! {} {}",
            number(summary.unreadable),
            lang.say("tệp hoặc hồ sơ không đọc được", "files or claims unreadable"),
        );
    }
    out
}

fn severities(summary: &Summary, lang: Lang) -> String {
    let parts: Vec<String> = Severity::ALL
        .iter()
        .zip(summary.severities)
        .filter(|(_, found)| *found > 0)
        .map(|(severity, found)| format!("{} {}", count(found, lang), words::severity(*severity, lang)))
        .collect();
    parts.join(", ")
}

/// Đồng without decimals, for tables.
pub fn dong(figure: Figure, lang: Lang) -> String {
    if figure.is_zero() {
        return "–".to_owned();
    }
    let whole = figure.rounded_to_dong();
    super::wording::number(whole, lang)
}

fn by_rule(summary: &Summary, redaction: &Redaction, lang: Lang) -> String {
    let mut rows = vec![vec![
        lang.say("Mã", "Code").to_owned(),
        lang.say("Số", "No.").to_owned(),
        lang.say("Hồ sơ", "Claims").to_owned(),
        lang.say("Quỹ thừa", "Fund over").to_owned(),
        lang.say("Quỹ thiếu", "Fund under").to_owned(),
        lang.say("Người bệnh thừa", "Pat. over").to_owned(),
        lang.say("Người bệnh thiếu", "Pat. under").to_owned(),
    ]];
    let mut notes = String::new();
    for (check, tally) in summary.by_money() {
        rows.push(vec![
            check.number().to_owned(),
            count(tally.findings, lang),
            count(tally.claims, lang),
            dong(tally.fund_over, lang),
            dong(tally.fund_under, lang),
            dong(tally.patient_over, lang),
            dong(tally.patient_under, lang),
        ]);
        let example = summary.examples.get(check.code).and_then(|examples| examples.first());
        let example = example.map(|example| redaction.file(example)).unwrap_or_default();
        let example = super::wording::harmless(&example);
        let line = format!("  {} {} ({})", check.number(), lang.pick(check.title), example);
        notes.push_str(&wrap(&line, 6));
    }
    let mut leans = [Lean::Right; 7];
    leans[0] = Lean::Left;
    let whole = table(&rows, &leans);
    // Sums of a province leave no room for the patients' columns; theirs stand in the totals below.
    let fits = whole.lines().all(|line| line.chars().count() <= WIDTH);
    let shown = if fits { whole } else { table(&rows, &leans[..5]) };
    format!("\n{shown}\n{notes}")
}

fn money(total: &Tally, lang: Lang) -> String {
    let sum = |vi, en, figure: Figure| (lang.say(vi, en), dong(figure, lang));
    let rows: Vec<Vec<String>> = [
        sum("Quỹ trả thừa", "The fund pays too much", total.fund_over),
        sum("Quỹ trả thiếu", "The fund pays too little", total.fund_under),
        sum("Người bệnh trả thừa", "Patients pay too much", total.patient_over),
        sum("Người bệnh trả thiếu", "Patients pay too little", total.patient_under),
    ]
    .into_iter()
    .map(|(name, amount)| vec![name.to_owned(), amount])
    .collect();
    format!("\n{}", table(&rows, &[Lean::Left, Lean::Right]))
}

fn unreadable(summary: &Summary, redaction: &Redaction, lang: Lang) -> String {
    let mut out = String::new();
    for (file, claim, problem) in summary.unreadable_kept.iter().take(UNREADABLE_SHOWN) {
        let place = place(file, *claim, redaction);
        let line = format!("  ! {place}: {} {}", problem.code, catalogue::message(problem, lang));
        out.push_str(&wrap(&line, 4));
    }
    let more = summary.unreadable.saturating_sub(UNREADABLE_SHOWN as u64);
    if more > 0 {
        let _ = writeln!(out, "  ! … {} {}", count(more, lang), lang.say("nữa", "more"));
    }
    if out.is_empty() { out } else { format!("\n{out}") }
}

fn undecided(summary: &Summary, lang: Lang) -> String {
    let mut out = String::new();
    for (code, claims) in &summary.undecided {
        let line = format!(
            "  ? {} {} {}: {}",
            count(*claims, lang),
            lang.say("hồ sơ", "claims"),
            lang.say("chưa xét được mức hưởng theo luật", "whose share the law could not decide"),
            words::undecided(*code, lang),
        );
        out.push_str(&wrap(&line, 4));
    }
    if out.is_empty() { out } else { format!("\n{out}") }
}

/// The sums that prove that nothing was lost: field, declared, replayed, difference.
pub fn sums(summary: &Summary) -> [(&'static str, Figure, Figure); 6] {
    let (declared, replayed) = (&summary.declared, &summary.replayed);
    [
        ("T_TONGCHI_BV", declared.hospital, replayed.hospital),
        ("T_TONGCHI_BH", declared.covered, replayed.covered),
        ("T_BHTT", declared.fund, replayed.fund),
        ("T_BNCCT", declared.copayment, replayed.copayment),
        ("T_BNTT", declared.own, replayed.own),
        ("T_NGUONKHAC", declared.other, replayed.other),
    ]
}

/// Headings of [`sums`].
pub const fn sum_heads(lang: Lang) -> [&'static str; 4] {
    [
        lang.say("Tổng cả đợt", "Sums"),
        lang.say("Khai", "Declared"),
        lang.say("Tính lại", "Replayed"),
        lang.say("Chênh", "Difference"),
    ]
}

fn control(summary: &Summary, lang: Lang) -> String {
    let mut rows = vec![sum_heads(lang).map(str::to_owned).to_vec()];
    for (tag, declared, replayed) in sums(summary) {
        rows.push(vec![
            tag.to_owned(),
            dong(declared, lang),
            dong(replayed, lang),
            dong(declared - replayed, lang),
        ]);
    }
    table(&rows, &[Lean::Left, Lean::Right, Lean::Right, Lean::Right])
}
