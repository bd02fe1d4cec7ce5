//! Báo cáo mô phỏng: one HTML file with its pictures inside, without scripts or any outside reference.

use std::fmt::Write as _;

use super::chart::{Axis, Column, Tone, histogram};
use super::html::escape;
use super::page::footer;
use super::simulate_json::bin_width;
use super::simulate_text::{QUANTILES, who};
use super::simulate_words as words;
use super::wording::Lang;
use crate::engine::simulation::Report;
use crate::engine::simulation::distribution::AroundZero;
use crate::engine::simulation::reform::StageChange;
use crate::engine::simulation::subject::Subject;
use crate::engine::simulation::tally::{Outcomes, PartTally};
use crate::rulebook::Rulebook;

const STYLE: &str = "*{box-sizing:border-box}body{font:15px/1.45 'Noto Sans','Segoe UI',Arial,sans-serif;color:#111;background:#fff;margin:0 auto;max-width:1060px;padding:24px}h1{font-size:24px;margin:0 0 8px}h2{font-size:18px;margin:28px 0 6px}p{margin:6px 0}.scenario{border:2px solid #b35806;padding:8px 12px;font-weight:600}.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:6px 0}th,td{border-bottom:1px solid #ccc;padding:4px 8px;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}th:first-child,td:first-child{text-align:left;white-space:normal;min-width:180px}th:last-child.bar{text-align:left}table.narrow{width:auto;min-width:60%}td.bar{padding:2px 8px;text-align:left}th{font-size:13px;border-bottom:2px solid #333;vertical-align:bottom}tr.sum td{font-weight:700;border-top:2px solid #333}svg{vertical-align:middle}svg text{font:12px 'Noto Sans','Segoe UI',Arial,sans-serif;fill:#111}.key span{display:inline-block;width:12px;height:12px;margin:0 4px 0 12px;vertical-align:-1px}.small{font-size:13px;color:#444}ul{margin:4px 0;padding-left:20px}@page{size:A4;margin:14mm 12mm}@media print{body{max-width:none;padding:0;font-size:12px}h1{font-size:19px}h2{font-size:15px;margin:16px 0 4px;break-after:avoid}th{font-size:11px;white-space:normal}th,td{padding:2px 6px}th:first-child,td:first-child{min-width:0}.scroll{overflow:visible;break-inside:auto}svg{max-width:100%;height:auto}td.bar{width:22%}td.bar svg{max-width:34mm}tr,li{break-inside:avoid}tr:first-child{break-after:avoid}.small{font-size:11px}.scenario,.bar path,.bar rect,.key span{print-color-adjust:exact}}";

/// The whole report.
pub fn text(report: &Report, rules: &Rulebook, lang: Lang) -> String {
    let title = lang.pick(words::names(report.tally.subject).title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        lang.say("vi", "en"),
    );
    out.push_str(&scenario(report, lang));
    let [before, after] = words::sides(report, lang);
    let _ = write!(
        out,
        "<p><strong>{}:</strong> {}<br><strong>{}:</strong> {}</p>\n<p>{}; {}</p>\n",
        lang.say("Trước", "Before"),
        escape(&before),
        lang.say("Sau", "After"),
        escape(&after),
        who(report, lang),
        lang.say("số tiền tính bằng đồng", "amounts in đồng"),
    );
    out.push_str(&bearers(report, lang));
    out.push_str(&causes(report, lang));
    out.push_str(&outcomes(report, lang));
    out.push_str(&spread(report, lang));
    if !report.tally.reliefs.is_empty() {
        out.push_str(&reliefs(report, lang));
    }
    out.push_str(&groups(report, rules, lang));
    let notices = words::notices(report, lang);
    if !notices.is_empty() {
        let _ = write!(out, "<h2>{}</h2>\n<ul>\n", lang.say("Lưu ý", "Please note"));
        for notice in &notices {
            let _ = writeln!(
                out,
                "<li>{} {}</li>",
                notice.code,
                escape(&words::notice(notice, lang).replace('`', ""))
            );
        }
        out.push_str("</ul>\n");
    }
    let _ = write!(out, "<p class=\"small\">{}</p>\n</body>\n</html>\n", escape(&footer(rules, lang)));
    out
}

/// Says in a frame that a changed version has no text behind it.
fn scenario(report: &Report, lang: Lang) -> String {
    let mut out = String::new();
    for notice in
        report.notices.iter().filter(|notice| notice.code == crate::terms::problem::Code::ScenarioVersion)
    {
        let _ = writeln!(
            out,
            "<p class=\"scenario\">{}</p>",
            escape(&words::notice(notice, lang).replace('`', ""))
        );
    }
    out
}

/// The heading of a section and of its table.
fn heading(out: &mut String, title: &str, cells: &[&str]) {
    let cells: String = cells.iter().map(|cell| format!("<th>{cell}</th>")).collect();
    let _ = write!(out, "<h2>{title}</h2>\n<div class=\"scroll\"><table>\n<tr>{cells}</tr>\n");
}

const END: &str = "</table></div>\n";

fn key(lang: Lang) -> String {
    format!(
        "<p class=\"small key\"><span style=\"background:#2166ac\"></span>{}<span style=\"background:#b35806\"></span>{}</p>\n",
        lang.say("giảm", "less"),
        lang.say("tăng", "more")
    )
}

fn bearers(report: &Report, lang: Lang) -> String {
    let subject = report.tally.subject;
    let (before, after) = (report.tally.before(), report.tally.after());
    let bears = |bearer: &&_| before.of(**bearer) != 0 || after.of(**bearer) != 0;
    let listed: Vec<_> = subject.bearers().iter().filter(bears).collect();
    let axis = Axis::of(listed.iter().map(|bearer| after.of(**bearer) - before.of(**bearer)));
    let mut out = String::new();
    heading(
        &mut out,
        lang.say("Ai trả thêm, ai trả bớt", "Who pays more, who pays less"),
        &[
            lang.pick(words::names(subject).bearers),
            lang.say("Trước", "Before"),
            lang.say("Sau", "After"),
            lang.say("Thay đổi", "Change"),
            "",
        ],
    );
    for bearer in listed {
        let change = after.of(*bearer) - before.of(*bearer);
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"bar\">{}</td></tr>",
            words::bearer(*bearer, lang),
            words::amount(before.of(*bearer), lang),
            words::amount(after.of(*bearer), lang),
            words::change(change, lang),
            axis.bar(0, change, Tone::of(change)),
        );
    }
    let change = after.whole - before.whole;
    let _ = writeln!(
        out,
        "<tr class=\"sum\"><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td></td></tr>",
        lang.say("Cộng", "Total"),
        words::amount(before.whole, lang),
        words::amount(after.whole, lang),
        words::change(change, lang),
    );
    out + END + &key(lang)
}

/// A waterfall: every change begins where the one before ended.
fn causes(report: &Report, lang: Lang) -> String {
    let subject = report.tally.subject;
    let steps = report.steps();
    let mut total = 0;
    let ends: Vec<(i128, i128)> = steps
        .iter()
        .map(|step| {
            let start = total;
            total += step.moved.figure(subject.main());
            (start, total)
        })
        .collect();
    let axis = Axis::of(ends.iter().flat_map(|(start, end)| [*start, *end]));
    let mut out = String::new();
    let mut titles = vec![lang.say("Thay đổi", "Change")];
    titles.extend(subject.figures().iter().map(|figure| lang.pick(words::figure(*figure)[0])));
    titles.push("");
    heading(
        &mut out,
        lang.say("Vì sao: từng thay đổi, theo thứ tự áp dụng", "Why: change by change, in the order applied"),
        &titles,
    );
    let (mut silent, mut shown) = (0, 0);
    for (step, (start, end)) in steps.iter().zip(&ends) {
        if step.moved.is_nothing() && !matches!(step.change, StageChange::Remainder) {
            silent += 1;
            continue;
        }
        shown += 1;
        let cell = |figure| format!("<td>{}</td>", words::change(step.moved.figure(figure), lang));
        let _ = writeln!(
            out,
            "<tr><td>{shown}. {}</td>{}<td class=\"bar\">{}</td></tr>",
            escape(&words::stage(step.change, lang)),
            subject.figures().iter().copied().map(cell).collect::<String>(),
            axis.bar(*start, *end, Tone::of(end - start)),
        );
    }
    out.push_str(END);
    if let Some(note) = words::days_note(report, lang) {
        let _ = writeln!(out, "<p class=\"small\">{note}</p>");
    }
    if silent > 0 {
        let line = match lang {
            Lang::Vi => format!("{silent} thay đổi khác không làm đổi số tiền nào."),
            Lang::En => format!("{silent} other changes move nothing."),
        };
        let _ = writeln!(out, "<p class=\"small\">{line}</p>");
    }
    out
}

fn outcomes(report: &Report, lang: Lang) -> String {
    let tally = &report.tally;
    let names = words::names(tally.subject);
    let mut out = String::new();
    heading(
        &mut out,
        lang.pick(names.winners),
        &[
            "",
            lang.say("Giảm", "Less"),
            lang.say("Tổng giảm", "Sum"),
            lang.say("Tăng", "More"),
            lang.say("Tổng tăng", "Sum"),
            lang.say("Như cũ", "Same"),
        ],
    );
    let mut row = |name: &str, outcomes: &Outcomes| {
        let _ = writeln!(
            out,
            "<tr><td>{name}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            words::count(outcomes.better, lang),
            words::change(-outcomes.gains, lang),
            words::count(outcomes.worse, lang),
            words::change(outcomes.losses, lang),
            words::count(outcomes.same, lang),
        );
    };
    row(lang.pick(names.cases_heading), &tally.by_case);
    if tally.subject == Subject::Premiums {
        row(lang.say("Hộ", "Households"), &tally.by_household);
    }
    out + END
}

/// How the changes of what people pay themselves are spread.
fn spread(report: &Report, lang: Lang) -> String {
    let changes = &report.tally.changes;
    if changes.count() == 0 {
        return String::new();
    }
    let width = bin_width(report);
    let names = words::names(report.tally.subject);
    let mut found = changes.around_zero(width);
    let unchanged = unchanged(&mut found, report, lang);
    let columns = columns(&found, lang.pick(names.cases), lang);
    let labels = labels(&found, lang);
    let most = columns.iter().map(|column| column.count).max().unwrap_or(0);
    let title = lang.pick(names.spread);
    let mut out = format!(
        "<h2>{title}</h2>\n<div class=\"scroll\">{}</div>\n",
        histogram(&columns, &labels, title, &words::count(most, lang))
    );
    let _ = writeln!(
        out,
        "<p class=\"small\">{}; {} {} đ; {}</p>",
        lang.pick(names.counted),
        lang.say("mỗi cột rộng", "each column spans"),
        words::amount(words::dong(width), lang),
        unchanged,
    );
    let cells: Vec<String> = QUANTILES.iter().map(|at| format!("{}%", at / 10)).collect();
    let cells: Vec<&str> = std::iter::once("")
        .chain(cells.iter().map(String::as_str))
        .chain([lang.say("trung bình", "mean")])
        .collect();
    heading(&mut out, lang.say("Phân vị", "Quantiles"), &cells);
    let _ = write!(out, "<tr><td>{}</td>", lang.say("Thay đổi", "Change"));
    for per_thousand in QUANTILES {
        let amount = changes.quantile(per_thousand).unwrap_or_default();
        let _ = write!(out, "<td>{}</td>", words::change(words::dong(amount), lang));
    }
    let mean = report.tally.by_case.mean(report.tally.cases) * 100;
    let _ = writeln!(out, "<td>{}</td></tr>", words::change(mean, lang));
    out + END
}

/// The column of no change would dwarf all others where it is this many times as high as any of them.
const DWARFING: u64 = 4;

/// What is said of those for whom nothing changes, who are left out of the picture where they would hide the rest.
fn unchanged(found: &mut AroundZero, report: &Report, lang: Lang) -> String {
    let highest = found.below.values().chain(found.above.values()).max().copied().unwrap_or(0);
    if highest == 0 || found.zero <= highest.saturating_mul(DWARFING) {
        return lang.say("cột xám: không đổi.", "grey: no change.").to_owned();
    }
    let count = words::count(std::mem::take(&mut found.zero), lang);
    let cases = lang.pick(words::names(report.tally.subject).cases);
    match lang {
        Lang::Vi => format!("không vẽ {count} {cases} không đổi."),
        Lang::En => format!("{count} {cases} without a change are not drawn."),
    }
}

/// Every bin from the largest decrease to the largest increase, empty ones too, with zero between.
fn columns(found: &AroundZero, cases: &str, lang: Lang) -> Vec<Column> {
    let column = |tone: Tone, from: i128, to: i128, count: u64| Column {
        tone,
        count,
        title: format!(
            "{} … {}: {} {cases}",
            words::change(from * 100, lang),
            words::change(to * 100, lang),
            words::count(count, lang)
        ),
    };
    let width = i128::from(found.width);
    let last =
        |bins: &std::collections::BTreeMap<u64, u64>| bins.last_key_value().map_or(0, |(at, _)| at + 1);
    let mut columns = Vec::new();
    for at in (0..last(&found.below)).rev() {
        let (near, far) = (-i128::from(at) * width - 1, -i128::from(at + 1) * width);
        columns.push(column(Tone::Less, near, far, found.below.get(&at).copied().unwrap_or(0)));
    }
    columns.push(column(Tone::Plain, 0, 0, found.zero));
    for at in 0..last(&found.above) {
        let (near, far) = (i128::from(at) * width + 1, i128::from(at + 1) * width);
        columns.push(column(Tone::More, near, far, found.above.get(&at).copied().unwrap_or(0)));
    }
    columns
}

/// Marks below the columns: zero, and the far bounds of some bins on either side.
fn labels(found: &AroundZero, lang: Lang) -> Vec<(usize, String)> {
    const MARKS: u64 = 4;
    let last =
        |bins: &std::collections::BTreeMap<u64, u64>| bins.last_key_value().map_or(0, |(at, _)| at + 1);
    let (below, above) = (last(&found.below), last(&found.above));
    let width = i128::from(found.width);
    let step = (below.max(above) / MARKS).max(1);
    let index = |at: u64| usize::try_from(at).unwrap_or(0);
    let mut labels = vec![(index(below), words::change(0, lang))];
    for at in (step..=below).step_by(index(step).max(1)) {
        labels.push((index(below - at), words::change(-i128::from(at) * width * 100, lang)));
    }
    for at in (step..=above).step_by(index(step).max(1)) {
        labels.push((index(below + at), words::change(i128::from(at) * width * 100, lang)));
    }
    labels
}

/// Visits by their reliefs before and after.
fn reliefs(report: &Report, lang: Lang) -> String {
    let parts = report.tally.reliefs.iter().map(|(reliefs, visits)| (words::reliefs(*reliefs, lang), visits));
    let titles = [lang.say("Theo trường hợp 100 %", "By relief"), lang.say("Trường hợp", "Relief")];
    parts_table(report, titles, &parts.collect::<Vec<_>>(), lang)
}

fn groups(report: &Report, rules: &Rulebook, lang: Lang) -> String {
    let parts = words::groups(report).into_iter().map(|(id, group)| {
        let known = rules.group(id);
        let name = known.map_or(id, |group| lang.pick([&group.name_vi, &group.name_en]));
        let code = known.and_then(|group| group.codes.first()).map_or("", String::as_str);
        (format!("{code} {name}"), group)
    });
    let titles = [lang.say("Theo đối tượng", "By group"), lang.say("Đối tượng", "Group")];
    parts_table(report, titles, &parts.collect::<Vec<_>>(), lang)
}

/// Parts of the table, a line and a bar each.
fn parts_table(
    report: &Report,
    [title, what]: [&'static str; 2],
    parts: &[(String, &PartTally)],
    lang: Lang,
) -> String {
    let subject = report.tally.subject;
    let names = words::names(subject);
    let own = |part: &PartTally| part.after.minus(&part.before).figure(subject.own());
    let axis = Axis::of(parts.iter().map(|(_, part)| own(part)));
    let mut out = String::new();
    heading(
        &mut out,
        title,
        &[
            what,
            lang.pick(names.cases_heading),
            lang.pick(words::figure(subject.main())[0]),
            lang.pick(names.own_short),
            lang.say("Giảm", "Less"),
            lang.say("Tăng", "More"),
            "",
        ],
    );
    for (name, part) in parts {
        let change = own(part);
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"bar\">{}</td></tr>",
            escape(name),
            words::count(part.cases, lang),
            words::change(part.after.minus(&part.before).figure(subject.main()), lang),
            words::change(change, lang),
            words::count(part.outcomes.better, lang),
            words::count(part.outcomes.worse, lang),
            axis.bar(0, change, Tone::of(change)),
        );
    }
    out + END
}
