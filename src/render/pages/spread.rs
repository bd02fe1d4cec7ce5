//! Phân bố thay đổi: how the changes of what people pay themselves are spread, as a picture and as quantiles.

use crate::engine::simulation::SimulationReport;
use crate::engine::simulation::distribution::AroundZero;
use crate::render::chart::{BarTone as Colour, ChartBar as Bin, histogram};
use crate::render::page::{Block, Cell, Column, On, Page, Table, TextLine, Tone};
use crate::render::simulate_json::bin_width;
use crate::render::simulate_words as words;
use crate::render::wording::Lang;

/// Quantiles shown, per thousand.
pub(super) const QUANTILES: [u64; 7] = [0, 50, 250, 500, 750, 950, 1000];

/// Adds picture and quantiles, on sheets; a screen has the quantiles in a line.
pub fn add(page: &mut Page, report: &SimulationReport) {
    let lang = page.lang;
    let changes = &report.tally.changes;
    if changes.count() == 0 {
        return;
    }
    let width = bin_width(report);
    let names = words::names(report.tally.subject);
    let mut found = changes.around_zero(width);
    let unchanged = unchanged(&mut found, report, lang);
    let bins = bins(&found, lang.pick(names.cases), lang);
    let most = bins.iter().map(|bin| bin.count).max().unwrap_or(0);
    let title = lang.pick(names.spread);
    page.add_on(On::Sheet, TextLine::heading(title));
    let picture = histogram(&bins, &labels(&found, lang), title, &words::count(most, lang));
    page.add_on(On::Sheet, Block::Picture(picture));
    let spans = format!(
        "{}; {} {} đ; {unchanged}",
        lang.pick(names.counted),
        lang.say("mỗi cột rộng", "each column spans"),
        words::amount(words::dong(width), lang),
    );
    page.add_on(On::Sheet, TextLine::new(spans).tone(Tone::Small));
    page.add_on(On::Sheet, quantiles(report, lang));
}

fn quantiles(report: &SimulationReport, lang: Lang) -> Table {
    let mut columns = vec![Column::words("")];
    columns.extend(QUANTILES.iter().map(|at| Column::numbers(format!("{}%", at / 10))));
    columns.push(Column::numbers(lang.say("trung bình", "mean")));
    let mut table = Table::new(columns).titled(lang.say("Phân vị", "Quantiles"));
    let change =
        |hundredths: i128| Cell::number(words::change(hundredths, lang), words::plain(hundredths).as_str());
    let mut row = vec![Cell::text(lang.say("Thay đổi", "Change"))];
    row.extend(QUANTILES.into_iter().map(|per_thousand| {
        change(words::dong(report.tally.changes.quantile(per_thousand).unwrap_or_default()))
    }));
    row.push(change(report.tally.by_case.mean(report.tally.cases) * 100));
    table.row(row);
    table
}

/// The column of no change would dwarf all others where it is this many times as high as any of them.
const DWARFING: u64 = 4;

/// What is said of those for whom nothing changes, who are left out of the picture where they would hide the rest.
fn unchanged(found: &mut AroundZero, report: &SimulationReport, lang: Lang) -> String {
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
fn bins(found: &AroundZero, cases: &str, lang: Lang) -> Vec<Bin> {
    let column = |tone: Colour, from: i128, to: i128, count: u64| Bin {
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
        columns.push(column(Colour::Less, near, far, found.below.get(&at).copied().unwrap_or(0)));
    }
    columns.push(column(Colour::Plain, 0, 0, found.zero));
    for at in 0..last(&found.above) {
        let (near, far) = (i128::from(at) * width + 1, i128::from(at + 1) * width);
        columns.push(column(Colour::More, near, far, found.above.get(&at).copied().unwrap_or(0)));
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
