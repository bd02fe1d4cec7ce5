//! Báo cáo mô phỏng: who pays more or less, which change moved how much, winners and losers, groups.

use super::simulate_data;
use super::spread;
use crate::engine::simulation::SimulationReport;
use crate::engine::simulation::subject::Subject;
use crate::engine::simulation::tally::{Outcomes, PartTally};
use crate::engine::simulation::together::ReformLine;
use crate::render::chart::{Axis, BarTone as Colour};
use crate::render::html::colour_key;
use crate::render::page::{Block, Cell, Column, On, Page, Paper, Table, TextLine, Tone};
use crate::render::simulate_words::{self as words, MoneyUnit};
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;
use crate::terms::problem::{Code, Problem};

/// Longest name in a table on a screen.
const NAME: usize = 34;

/// Figures of causes that a screen has room for.
const NARROW: usize = 3;

/// The whole report.
pub fn page(report: &SimulationReport, rules: &Rulebook, lang: Lang) -> Page {
    let mut page = body(report, rules, lang);
    page.footer(rules);
    page.data = Some(simulate_data::table(report, rules, lang));
    page
}

/// People and visits in one report: what the reform costs whom, then both in detail.
pub fn together(parts: [&SimulationReport; 2], lines: &[ReformLine], rules: &Rulebook, lang: Lang) -> Page {
    let title = lang.say("Chi phí của một cải cách", "What a reform costs");
    let mut page = Page::new(Paper::Report, title, title.to_uppercase(), lang);
    let largest = lines.iter().flat_map(|line| [line.before.abs(), line.after.abs()]).max().unwrap_or(0);
    let unit = MoneyUnit::for_largest(largest);
    let mut table = Table::new(vec![
        Column::words("").short(format!("({})", lang.pick(unit.name))),
        Column::numbers(lang.say("Trước", "Before")),
        Column::numbers(lang.say("Sau", "After")),
        Column::numbers(lang.say("Thay đổi", "Change")),
        Column::bars(),
    ])
    .titled(lang.say("Thu vào, chi ra, ai trả", "Paid in, paid out, by whom"));
    let shown: Vec<&ReformLine> = lines.iter().filter(|line| line.before != 0 || line.after != 0).collect();
    let axis = Axis::of(shown.iter().map(|line| line.after - line.before));
    let amount = |hundredths: i128| {
        let cell = Cell::number(words::amount(hundredths, lang), words::plain(hundredths).as_str());
        cell.brief(unit.amount(hundredths, lang))
    };
    for line in shown {
        let moved = line.after - line.before;
        let change = Cell::number(words::change(moved, lang), words::plain(moved).as_str());
        table.row(vec![
            Cell::text(words::reform_figure(line.figure, lang)),
            amount(line.before),
            amount(line.after),
            change.brief(unit.change(moved, lang)),
            bar(axis, 0, moved),
        ]);
    }
    page.add(table);
    page.notes(&[Problem::new(Code::ReformTogether)]);
    for part in parts {
        page.gap();
        let name = lang.pick(words::names(part.tally.subject).title);
        page.add(TextLine::heading(name));
        page.append(body(part, rules, lang));
    }
    page.footer(rules);
    let mut data = Table::data(&["figure", "before", "after", "change"]);
    for line in lines {
        data.row(vec![
            Cell::text(words::reform_key(line.figure)),
            Cell::text(words::plain(line.before)),
            Cell::text(words::plain(line.after)),
            Cell::text(words::plain(line.after - line.before)),
        ]);
    }
    page.data = Some(data);
    page
}

/// The report without its footer.
fn body(report: &SimulationReport, rules: &Rulebook, lang: Lang) -> Page {
    let title = lang.pick(words::names(report.tally.subject).title);
    let mut page = Page::new(Paper::Report, title, title.to_uppercase(), lang);
    let notices = words::notices(report, lang);
    for notice in notices.iter().filter(|notice| notice.code == Code::ScenarioVersion) {
        let text = words::notice(notice, lang).replace('`', "");
        page.add_on(On::Sheet, TextLine::new(text).tone(Tone::Frame));
    }
    let [before, after] = words::sides(report, lang);
    page.add(TextLine::new(format!("{}: {before}", lang.say("Trước", "Before"))));
    page.add(TextLine::new(format!("{}: {after}", lang.say("Sau", "After"))));
    let who = who(report, lang);
    let unit = lang.say("số tiền tính bằng đồng", "amounts in đồng");
    page.add_on(On::Sheet, TextLine::new(format!("{who}; {unit}")));
    page.add_on(On::Screen, TextLine::new(who));
    page.gap();
    let writer = Writer { report, unit: unit_of(report), lang };
    page.add(writer.bearers());
    page.add_on(On::Sheet, Block::Picture(colour_key(lang)));
    page.gap();
    writer.causes(&mut page);
    page.gap();
    writer.outcomes(&mut page);
    page.gap();
    spread::add(&mut page, report);
    if !report.tally.reliefs.is_empty() {
        page.add(writer.reliefs());
        page.gap();
    }
    page.add(writer.groups(rules));
    page.gap();
    page.notes(&notices);
    page
}

/// How many were computed.
fn who(report: &SimulationReport, lang: Lang) -> String {
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

/// The unit in which all amounts fit a screen.
fn unit_of(report: &SimulationReport) -> MoneyUnit {
    MoneyUnit::for_largest(report.tally.before().whole.max(report.tally.after().whole))
}

/// Người viết: a report with the unit and language of its amounts.
struct Writer<'r> {
    report: &'r SimulationReport,
    unit: MoneyUnit,
    lang: Lang,
}

impl Writer<'_> {
    fn amount(&self, hundredths: i128) -> Cell {
        let cell = Cell::number(words::amount(hundredths, self.lang), words::plain(hundredths).as_str());
        cell.brief(self.unit.amount(hundredths, self.lang))
    }

    fn change(&self, hundredths: i128) -> Cell {
        let cell = Cell::number(words::change(hundredths, self.lang), words::plain(hundredths).as_str());
        cell.brief(self.unit.change(hundredths, self.lang))
    }

    fn count(&self, number: u64) -> Cell {
        Cell::number(words::count(number, self.lang), number)
    }

    fn bearers(&self) -> Table {
        let (report, lang) = (self.report, self.lang);
        let subject = report.tally.subject;
        let name = lang.pick(words::names(subject).bearers);
        let mut table = Table::new(vec![
            Column::words(name).short(format!("{name} ({})", lang.pick(self.unit.name))),
            Column::numbers(lang.say("Trước", "Before")),
            Column::numbers(lang.say("Sau", "After")),
            Column::numbers(lang.say("Thay đổi", "Change")),
            Column::bars(),
        ])
        .titled(lang.say("Ai trả thêm, ai trả bớt", "Who pays more, who pays less"));
        let (before, after) = (report.tally.before(), report.tally.after());
        let bears = |bearer: &&_| before.of(**bearer) != 0 || after.of(**bearer) != 0;
        let listed: Vec<_> = subject.bearers().iter().filter(bears).collect();
        let axis = Axis::of(listed.iter().map(|bearer| after.of(**bearer) - before.of(**bearer)));
        let cells = |name: &str, before: i128, after: i128, bar: Cell| {
            vec![Cell::text(name), self.amount(before), self.amount(after), self.change(after - before), bar]
        };
        for bearer in listed {
            let (before, after) = (before.of(*bearer), after.of(*bearer));
            table.row(cells(words::bearer(*bearer, lang), before, after, bar(axis, 0, after - before)));
        }
        table.sum(cells(lang.say("Cộng", "Total"), before.whole, after.whole, Cell::blank()));
        table
    }

    /// Every change with what it moved, in the order applied; its bars make a waterfall.
    fn causes(&self, page: &mut Page) {
        let (report, lang) = (self.report, self.lang);
        let subject = report.tally.subject;
        let mut columns = vec![
            Column::words(lang.say("Thay đổi", "Change"))
                .short(lang.say("Vì sao, theo thứ tự", "Why, in this order"))
                .limit(NAME + 4),
        ];
        columns.extend(subject.figures().iter().enumerate().map(|(index, figure)| {
            let [wide, narrow] = words::figure(*figure).map(|name| lang.pick(name));
            Column::numbers(wide).short(narrow).on(if index < NARROW { On::All } else { On::Sheet })
        }));
        columns.push(Column::bars());
        let title = lang
            .say("Vì sao: từng thay đổi, theo thứ tự áp dụng", "Why: change by change, in the order applied");
        let mut table = Table::new(columns).titled(title);
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
        let mut silent = 0;
        for (index, (step, (start, end))) in steps.iter().zip(&ends).enumerate() {
            // The last step, what is left unexplained, is always named.
            if step.moved.is_nothing() && index + 1 < steps.len() {
                silent += 1;
                continue;
            }
            let name = format!("{}. {}", table.rows.len() + 1, words::stage(step.change, lang));
            let mut row = vec![Cell::text(name)];
            row.extend(subject.figures().iter().map(|figure| self.change(step.moved.figure(*figure))));
            row.push(bar(axis, *start, *end));
            table.row(row);
        }
        page.add(table);
        let mut say = |text: String| page.add(TextLine::new(text).inset(2, 2).tone(Tone::Small));
        if let Some(note) = words::days_note(report, lang) {
            say(note.to_owned());
        }
        if silent > 0 {
            say(match lang {
                Lang::Vi => format!("{silent} thay đổi khác không làm đổi số tiền nào."),
                Lang::En => format!("{silent} other changes move nothing."),
            });
        }
        let deferred: u64 = steps.iter().map(|step| step.deferred).sum();
        if deferred > 0 {
            say(match lang {
                Lang::Vi => {
                    format!(
                        "{deferred} lần một thay đổi riêng lẻ không tính được; phần đó tính vào thay đổi sau."
                    )
                }
                Lang::En => {
                    format!("{deferred} times a change alone gives no answer; it counts with a later one.")
                }
            });
        }
    }

    fn outcomes(&self, page: &mut Page) {
        let (tally, lang) = (&self.report.tally, self.lang);
        let names = words::names(tally.subject);
        let mut table = Table::new(vec![
            Column::words("").short(lang.pick(names.own)),
            Column::numbers(lang.say("Giảm", "Less")),
            Column::numbers(lang.say("Tổng giảm", "Sum")),
            Column::numbers(lang.say("Tăng", "More")),
            Column::numbers(lang.say("Tổng tăng", "Sum")),
            Column::numbers(lang.say("Như cũ", "Same")),
        ])
        .titled(lang.pick(names.winners));
        let row = |name: &'static str, outcomes: &Outcomes| {
            vec![
                Cell::text(name),
                self.count(outcomes.better),
                self.change(-outcomes.gains),
                self.count(outcomes.worse),
                self.change(outcomes.losses),
                self.count(outcomes.same),
            ]
        };
        table.row(row(lang.pick(names.cases), &tally.by_case));
        if tally.subject == Subject::Premiums {
            table.row(row(lang.say("hộ", "households"), &tally.by_household));
        }
        page.add(table);
        let at = |per_thousand: u64| {
            let amount = tally.changes.quantile(per_thousand).unwrap_or_default();
            format!("{}% {}", per_thousand / 10, words::change(words::dong(amount), lang))
        };
        let list: Vec<String> = spread::QUANTILES.into_iter().map(at).collect();
        let mean = words::change(tally.by_case.mean(tally.cases) * 100, lang);
        let (title, mean_of) = (lang.pick(names.quantiles), lang.say("trung bình", "mean"));
        let line = format!("{title}: {}; {mean_of} {mean}", list.join(", "));
        page.add_on(On::Screen, TextLine::new(line).inset(2, 4));
        if tally.changes.width() > 1 {
            let width = words::amount(words::dong(tally.changes.width()), lang);
            let line = format!("{} {width} đ", lang.say("Độ phân giải của phân vị:", "Resolution:"));
            page.add(TextLine::new(line).inset(2, 2).tone(Tone::Small));
        }
    }

    /// Visits by their reliefs before and after.
    fn reliefs(&self) -> Table {
        let lang = self.lang;
        let parts = self.report.tally.reliefs.iter();
        let parts = parts.map(|(reliefs, visits)| (words::reliefs(*reliefs, lang), visits)).collect();
        let titles = [lang.say("Theo trường hợp 100 %", "By relief"), lang.say("Trường hợp 100 %", "Relief")];
        self.parts(titles, parts)
    }

    fn groups(&self, rules: &Rulebook) -> Table {
        let lang = self.lang;
        let part = |(id, group)| {
            let known = rules.group(id);
            let name = known.map_or(id, |group| lang.pick([&group.name_vi, &group.name_en]));
            let code = known.map_or(id, |group| group.code());
            (if code == id { name.to_owned() } else { format!("{code} {name}") }, group)
        };
        let titles = [lang.say("Theo đối tượng", "By group"), lang.say("Đối tượng", "Group")];
        self.parts(titles, words::groups(self.report).into_iter().map(part).collect())
    }

    /// Parts of the table, a line and a bar each.
    fn parts(&self, [title, what]: [&'static str; 2], parts: Vec<(String, &PartTally)>) -> Table {
        let lang = self.lang;
        let subject = self.report.tally.subject;
        let names = words::names(subject);
        let [wide, narrow] = words::figure(subject.main()).map(|name| lang.pick(name));
        let mut table = Table::new(vec![
            Column::words(what).limit(NAME),
            Column::numbers(lang.pick(names.cases_heading)),
            Column::numbers(wide).short(narrow),
            Column::numbers(lang.pick(names.own_short)),
            Column::numbers(lang.say("Giảm/tăng", "Less/more")).on(On::Screen),
            Column::numbers(lang.say("Giảm", "Less")).on(On::Sheet),
            Column::numbers(lang.say("Tăng", "More")).on(On::Sheet),
            Column::bars(),
        ])
        .titled(title);
        let own = |part: &PartTally| part.after.minus(&part.before).figure(subject.own());
        let axis = Axis::of(parts.iter().map(|(_, part)| own(part)));
        for (name, part) in parts {
            let (better, worse) = (part.outcomes.better, part.outcomes.worse);
            table.row(vec![
                Cell::text(name),
                self.count(part.cases),
                self.change(part.after.minus(&part.before).figure(subject.main())),
                self.change(own(part)),
                Cell::text(format!("{}/{}", words::count(better, lang), words::count(worse, lang))),
                self.count(better),
                self.count(worse),
                bar(axis, 0, own(part)),
            ]);
        }
        table
    }
}

fn bar(axis: Axis, from: i128, to: i128) -> Cell {
    Cell::Picture(axis.bar(from, to, Colour::of(to - from)))
}
