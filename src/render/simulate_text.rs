//! Mô phỏng trên màn hình: totals by payer and group, causes, winners and losers, at most 80 columns wide.

use super::layout::{Lean, shortened, table, wrap};
use super::page::footer;
use super::simulate_words::{self as words, Unit};
use super::text;
use super::wording::Lang;
use crate::engine::simulation::Report;
use crate::engine::simulation::subject::Subject;
use crate::engine::simulation::tally::{Outcomes, PartTally};
use crate::rulebook::Rulebook;

/// Longest name in a table.
const NAME: usize = 34;

/// Quantiles shown, per thousand.
pub const QUANTILES: [u64; 7] = [0, 50, 250, 500, 750, 950, 1000];

/// Figures that fit a narrow table of causes.
const NARROW: usize = 3;

/// The whole report.
pub fn text(report: &Report, rules: &Rulebook, lang: Lang) -> String {
    let names = words::names(report.tally.subject);
    let mut out = format!("{}\n", lang.pick(names.title).to_uppercase());
    let [before, after] = words::sides(report, lang);
    out.push_str(&wrap(&format!("{}: {before}", lang.say("Trước", "Before")), 2));
    out.push_str(&wrap(&format!("{}: {after}", lang.say("Sau", "After")), 2));
    out.push_str(&format!("{}\n\n", who(report, lang)));
    out.push_str(&bearers(report, lang));
    out.push('\n');
    out.push_str(&causes(report, lang));
    out.push('\n');
    out.push_str(&outcomes(report, lang));
    out.push('\n');
    if !report.tally.reliefs.is_empty() {
        out.push_str(&reliefs(report, lang));
        out.push('\n');
    }
    out.push_str(&groups(report, rules, lang));
    out.push('\n');
    out.push_str(&text::notices(&words::notices(report, lang), lang));
    out.push_str(&wrap(&footer(rules, lang), 2));
    out
}

/// How many were computed.
pub fn who(report: &Report, lang: Lang) -> String {
    let tally = &report.tally;
    let cases = lang.pick(words::names(tally.subject).cases);
    let counted = format!("{} {cases}", words::count(tally.cases, lang));
    match tally.subject {
        Subject::Premiums => {
            let households = words::count(tally.households, lang);
            format!("{counted}, {households} {}", lang.say("hộ", "households"))
        }
        Subject::Claims => counted,
    }
}

fn heading(cells: &[&'static str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

/// The unit in which all amounts of the tables fit.
fn unit(report: &Report) -> Unit {
    Unit::for_largest(report.tally.before().whole.max(report.tally.after().whole))
}

fn bearers(report: &Report, lang: Lang) -> String {
    let subject = report.tally.subject;
    let (before, after) = (report.tally.before(), report.tally.after());
    let unit = unit(report);
    let mut rows = vec![heading(&[
        lang.pick(words::names(subject).bearers),
        lang.say("Trước", "Before"),
        lang.say("Sau", "After"),
        lang.say("Thay đổi", "Change"),
    ])];
    rows[0][0].push_str(&format!(" ({})", lang.pick(unit.name)));
    let row = |name: &str, before: i128, after: i128| {
        vec![
            name.to_owned(),
            unit.amount(before, lang),
            unit.amount(after, lang),
            unit.change(after - before, lang),
        ]
    };
    for bearer in subject.bearers() {
        let (before, after) = (before.of(*bearer), after.of(*bearer));
        if before != 0 || after != 0 {
            rows.push(row(words::bearer(*bearer, lang), before, after));
        }
    }
    rows.push(row(lang.say("Cộng", "Total"), before.whole, after.whole));
    table(&rows, &[Lean::Left, Lean::Right, Lean::Right, Lean::Right])
}

/// Every change with what it moved, in the order in which the changes were applied.
fn causes(report: &Report, lang: Lang) -> String {
    let figures = report.tally.subject.figures().iter().copied().take(NARROW);
    let mut titles = vec![lang.say("Vì sao, theo thứ tự", "Why, in this order")];
    titles.extend(figures.clone().map(|figure| lang.pick(words::figure(figure)[1])));
    let mut rows = vec![heading(&titles)];
    let unit = unit(report);
    let mut silent = 0;
    for (index, step) in report.steps().iter().enumerate() {
        if step.moved.is_nothing() && index + 2 < report.stages.len() {
            silent += 1;
            continue;
        }
        let name = format!("{}. {}", rows.len(), words::stage(step.change, lang));
        let mut row = vec![shortened(&name, NAME + 4)];
        row.extend(figures.clone().map(|figure| unit.change(step.moved.figure(figure), lang)));
        rows.push(row);
    }
    let mut out = table(&rows, &[Lean::Left, Lean::Right, Lean::Right, Lean::Right]);
    if let Some(note) = words::days_note(report, lang) {
        out.push_str(&wrap(&format!("  {note}"), 2));
    }
    if silent > 0 {
        out.push_str(&match lang {
            Lang::Vi => format!("  {silent} thay đổi khác không làm đổi số tiền nào.\n"),
            Lang::En => format!("  {silent} other changes move nothing.\n"),
        });
    }
    let deferred: u64 = report.steps().iter().map(|step| step.deferred).sum();
    if deferred > 0 {
        let line = match lang {
            Lang::Vi => format!(
                "  {deferred} lần một thay đổi riêng lẻ không tính được; phần đó tính vào thay đổi sau."
            ),
            Lang::En => {
                format!("  {deferred} times a change alone gives no answer; it counts with a later one.")
            }
        };
        out.push_str(&wrap(&line, 2));
    }
    out
}

fn outcomes(report: &Report, lang: Lang) -> String {
    let tally = &report.tally;
    let names = words::names(tally.subject);
    let unit = unit(report);
    let mut rows = vec![heading(&[
        lang.pick(names.own),
        lang.say("Giảm", "Less"),
        lang.say("Tổng giảm", "Sum"),
        lang.say("Tăng", "More"),
        lang.say("Tổng tăng", "Sum"),
        lang.say("Như cũ", "Same"),
    ])];
    let row = |name: &'static str, outcomes: &Outcomes| {
        vec![
            name.to_owned(),
            words::count(outcomes.better, lang),
            unit.change(-outcomes.gains, lang),
            words::count(outcomes.worse, lang),
            unit.change(outcomes.losses, lang),
            words::count(outcomes.same, lang),
        ]
    };
    rows.push(row(lang.pick(names.cases), &tally.by_case));
    if tally.subject == Subject::Premiums {
        rows.push(row(lang.say("hộ", "households"), &tally.by_household));
    }
    let right = Lean::Right;
    let mut out = table(&rows, &[Lean::Left, right, right, right, right, right]);
    let at = |per_thousand: u64| {
        let amount = tally.changes.quantile(per_thousand).unwrap_or_default();
        format!("{}% {}", per_thousand / 10, words::change(words::dong(amount), lang))
    };
    let list: Vec<String> = QUANTILES.into_iter().map(at).collect();
    let mean = words::change(tally.by_case.mean(tally.cases) * 100, lang);
    let line = format!(
        "  {}: {}; {} {mean}",
        lang.pick(names.quantiles),
        list.join(", "),
        lang.say("trung bình", "mean"),
    );
    out.push_str(&wrap(&line, 4));
    if tally.changes.width() > 1 {
        let width = words::amount(words::dong(tally.changes.width()), lang);
        out.push_str(&format!("  {} {width} đ\n", lang.say("Độ phân giải của phân vị:", "Resolution:")));
    }
    out
}

/// Visits by their reliefs before and after.
fn reliefs(report: &Report, lang: Lang) -> String {
    let parts = report.tally.reliefs.iter().map(|(reliefs, visits)| (words::reliefs(*reliefs, lang), visits));
    parts_table(report, lang.say("Trường hợp 100 %", "Relief"), parts, lang)
}

fn groups(report: &Report, rules: &Rulebook, lang: Lang) -> String {
    let parts = words::groups(report).into_iter().map(|(id, group)| {
        let known = rules.group(id);
        let name = known.map_or(id, |group| lang.pick([&group.name_vi, &group.name_en]));
        let code = known.map_or(id, |group| group.code());
        (if code == id { name.to_owned() } else { format!("{code} {name}") }, group)
    });
    parts_table(report, lang.say("Đối tượng", "Group"), parts, lang)
}

/// Parts of the table, a line each.
fn parts_table<'p>(
    report: &Report,
    title: &'static str,
    parts: impl Iterator<Item = (String, &'p PartTally)>,
    lang: Lang,
) -> String {
    let subject = report.tally.subject;
    let (names, unit) = (words::names(subject), unit(report));
    let mut rows = vec![heading(&[
        title,
        lang.pick(names.cases_heading),
        lang.pick(words::figure(subject.main())[1]),
        lang.pick(names.own_short),
        lang.say("Giảm/tăng", "Less/more"),
    ])];
    for (name, part) in parts {
        let moved = part.after.minus(&part.before);
        rows.push(vec![
            shortened(&name, NAME),
            words::count(part.cases, lang),
            unit.change(moved.figure(subject.main()), lang),
            unit.change(moved.figure(subject.own()), lang),
            format!(
                "{}/{}",
                words::count(part.outcomes.better, lang),
                words::count(part.outcomes.worse, lang)
            ),
        ]);
    }
    table(&rows, &[Lean::Left, Lean::Right, Lean::Right, Lean::Right, Lean::Right])
}
