//! Mô phỏng trên màn hình: totals by payer and group, causes, winners and losers, at most 80 columns wide.

use super::layout::{Lean, shortened, table, wrap};
use super::quote_text;
use super::simulate_words::{self as words, Unit};
use super::wording::{self, Lang};
use crate::engine::simulation::Report;
use crate::engine::simulation::tally::Outcomes;
use crate::rulebook::Rulebook;
use crate::terms::group::Payer;

/// Longest name in a table.
const NAME: usize = 34;

/// Quantiles shown, per thousand.
pub const QUANTILES: [u64; 7] = [0, 50, 250, 500, 750, 950, 1000];

/// The whole report.
pub fn text(report: &Report, rules: &Rulebook, lang: Lang) -> String {
    let mut out = format!(
        "{}\n",
        lang.say("MÔ PHỎNG MỨC ĐÓNG BẢO HIỂM Y TẾ", "SIMULATION OF HEALTH INSURANCE PREMIUMS")
    );
    let [before, after] = words::sides(report, lang);
    out.push_str(&wrap(&format!("{}: {before}", lang.say("Trước", "Before")), 2));
    out.push_str(&wrap(&format!("{}: {after}", lang.say("Sau", "After")), 2));
    let people = words::count(report.tally.people, lang);
    let households = words::count(report.tally.households, lang);
    let who = match lang {
        Lang::Vi => format!("{people} người, {households} hộ\n\n"),
        Lang::En => format!("{people} people, {households} households\n\n"),
    };
    out.push_str(&who);
    out.push_str(&payers(report, lang));
    out.push('\n');
    out.push_str(&causes(report, lang));
    out.push('\n');
    out.push_str(&outcomes(report, lang));
    out.push('\n');
    out.push_str(&groups(report, rules, lang));
    out.push('\n');
    out.push_str(&quote_text::notices(&words::notices(report, lang), lang));
    out.push_str(&wrap(&quote_text::footer(rules, lang), 2));
    out
}

fn heading(cells: &[&'static str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

/// The unit in which all amounts of the tables fit.
fn unit(report: &Report) -> Unit {
    Unit::for_largest(report.tally.before().premium.max(report.tally.after().premium))
}

fn payers(report: &Report, lang: Lang) -> String {
    let (before, after) = (report.tally.before(), report.tally.after());
    let unit = unit(report);
    let mut rows = vec![heading(&[
        lang.say("Nguồn đóng", "Payer"),
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
    for payer in Payer::ALL.into_iter().filter(|payer| before.of(*payer) != 0 || after.of(*payer) != 0) {
        rows.push(row(wording::payer(payer, lang), before.of(payer), after.of(payer)));
    }
    rows.push(row(lang.say("Cộng", "Total"), before.premium, after.premium));
    table(&rows, &[Lean::Left, Lean::Right, Lean::Right, Lean::Right])
}

/// Every change with what it moved, in the order in which the changes were applied.
fn causes(report: &Report, lang: Lang) -> String {
    let mut rows = vec![heading(&[
        lang.say("Vì sao, theo thứ tự", "Why, in this order"),
        lang.say("Mức đóng", "Premiums"),
        lang.say("Người tham gia", "People"),
        lang.say("NSNN", "State"),
    ])];
    let unit = unit(report);
    let mut silent = 0;
    for (index, step) in report.steps().iter().enumerate() {
        let moves = step.moved.premium != 0 || step.moved.by_payer.iter().any(|part| *part != 0);
        if !moves && index + 2 < report.stages.len() {
            silent += 1;
            continue;
        }
        rows.push(vec![
            shortened(&format!("{}. {}", rows.len(), words::stage(step.change, lang)), NAME + 4),
            unit.change(step.moved.premium, lang),
            unit.change(step.moved.of(Payer::Person), lang),
            unit.change(step.moved.of(Payer::State), lang),
        ]);
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
    let unit = unit(report);
    let mut rows = vec![heading(&[
        lang.say("Phần tự đóng", "Own payment"),
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
    rows.push(row(lang.say("người", "people"), &tally.by_person));
    rows.push(row(lang.say("hộ", "households"), &tally.by_household));
    let right = Lean::Right;
    let mut out = table(&rows, &[Lean::Left, right, right, right, right, right]);
    let at = |per_thousand: u64| {
        let amount = tally.changes.quantile(per_thousand).unwrap_or_default();
        format!("{}% {}", per_thousand / 10, words::change(i128::from(amount), lang))
    };
    let list: Vec<String> = QUANTILES.into_iter().map(at).collect();
    let mean = words::change(i128::from(tally.changes.mean()), lang);
    let line = format!(
        "  {}: {}; {} {mean}",
        lang.say("Phân vị thay đổi phần tự đóng (đồng)", "Quantiles of the change (đồng)"),
        list.join(", "),
        lang.say("trung bình", "mean"),
    );
    out.push_str(&wrap(&line, 4));
    if tally.changes.width() > 1 {
        let width = words::amount(i128::from(tally.changes.width()), lang);
        out.push_str(&format!("  {} {width} đ\n", lang.say("Độ phân giải của phân vị:", "Resolution:")));
    }
    out
}

fn groups(report: &Report, rules: &Rulebook, lang: Lang) -> String {
    let mut rows = vec![heading(&[
        lang.say("Đối tượng", "Group"),
        lang.say("Người", "People"),
        lang.say("Mức đóng", "Premiums"),
        lang.say("Tự đóng", "Own part"),
        lang.say("Giảm/tăng", "Less/more"),
    ])];
    let unit = unit(report);
    for (id, group) in words::groups(report) {
        let known = rules.group(id);
        let name = known.map_or(id, |group| lang.pick([&group.name_vi, &group.name_en]));
        let code = known.map_or(id, |group| group.code());
        let label = if code == id { name.to_owned() } else { format!("{code} {name}") };
        rows.push(vec![
            shortened(&label, NAME),
            words::count(group.people, lang),
            unit.change(group.after.premium - group.before.premium, lang),
            unit.change(group.after.of(Payer::Person) - group.before.of(Payer::Person), lang),
            format!(
                "{}/{}",
                words::count(group.outcomes.better, lang),
                words::count(group.outcomes.worse, lang)
            ),
        ]);
    }
    table(&rows, &[Lean::Left, Lean::Right, Lean::Right, Lean::Right, Lean::Right])
}
