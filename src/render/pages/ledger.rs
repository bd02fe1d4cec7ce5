//! Trang sổ thu – nợ: totals, arrears by age, years, periods and every unit.

use crate::engine::ledger::debts::Age;
use crate::engine::ledger::settlement::Settled;
use crate::engine::ledger::totals::Sum;
use crate::engine::ledger::{Ledger, fund_key};
use crate::render::chart::{Axis, BarTone as Hue};
use crate::render::ledger_words as words;
use crate::render::page::{Block, Cell, Column, NamedFigure, Narrow, On, Page, Paper, Table, TextLine, Tone};
use crate::render::report::{count, count_text, percent, percent_text};
use crate::render::wording::{self, Lang};
use crate::terms::number::Vnd;

/// The page, without notes.
pub fn page(ledger: &Ledger, lang: Lang) -> Page {
    let title = lang.say("Sổ thu – nợ tiền đóng", "Ledger of contributions");
    let mut page = Page::new(Paper::Wide, title, title, lang);
    let totals = &ledger.totals;
    let day = ledger
        .terms
        .as_of
        .map(|day| format!(" · {} {}", lang.say("đến ngày", "as of"), wording::date(day, lang)));
    page.add(TextLine::new(format!(
        "{} {}{}",
        count_text(ledger.accounts.len() as u64, lang),
        lang.say("tài khoản đơn vị", "accounts of units"),
        day.unwrap_or_default()
    )));
    if !ledger.mismatches.is_empty() {
        let said =
            lang.say("chỗ không khớp, nêu trong phần lưu ý", "places that do not agree, named in the notes");
        page.add(TextLine::new(format!("{} {said}", ledger.mismatches.len())).tone(Tone::Frame));
    }
    page.add_on(On::Sheet, Block::Cards(cards(&totals.all, ledger, lang)));
    page.gap();
    page.add_on(On::Screen, Block::Figures(figures(ledger, lang)));
    if !totals.short.is_zero() {
        page.gap();
        page.add(ages(ledger, lang));
    }
    if !totals.years.is_empty() {
        page.gap();
        page.add(TextLine::heading(lang.say("Tỷ lệ thu theo năm", "Collected by year")).inset(0, 2));
        page.add(years(ledger, lang));
    }
    if totals.periods.len() > 1 && totals.periods.len() != totals.years.len() {
        page.gap();
        page.add(TextLine::heading(lang.say("Theo kỳ", "By period")));
        page.add(periods(ledger, lang));
    }
    page.gap();
    page.add(TextLine::heading(lang.say("Từng đơn vị", "Unit by unit")));
    page.add(units(ledger, lang));
    page.data = Some(data(ledger));
    page
}

fn cards(all: &Sum, ledger: &Ledger, lang: Lang) -> Vec<NamedFigure> {
    vec![
        NamedFigure::new(
            lang.say("tổng phải thu", "to collect"),
            Cell::money(all.to_collect(), lang).sided(over(lang)),
        ),
        NamedFigure::new(lang.say("đã thu", "paid"), Cell::money(all.paid, lang)),
        NamedFigure::new(lang.say("tỷ lệ thu", "collected"), percent(all.rate(), lang)),
        NamedFigure::new(lang.say("còn thiếu", "short"), Cell::money(ledger.totals.short, lang)),
        NamedFigure::new(lang.say("đóng thừa", "paid too much"), Cell::money(ledger.totals.over, lang)),
        NamedFigure::new(
            lang.say("tiền chậm đóng", "charge for paying late"),
            charge(ledger.totals.charge, ledger.totals.undecided, lang),
        ),
    ]
}

/// What a unit owes; a balance below zero was paid too much.
const fn over(lang: Lang) -> [&'static str; 2] {
    ["", lang.say("thừa", "over")]
}

/// What was added to what is due, or taken from it.
const fn lowered(lang: Lang) -> [&'static str; 2] {
    ["", lang.say("giảm", "less")]
}

/// A charge; nothing is shown as nothing only where every amount could be decided.
fn charge(charge: Vnd, undecided: Vnd, lang: Lang) -> Cell {
    if charge.is_zero() && !undecided.is_zero() { Cell::text("?") } else { Cell::amount(charge, lang) }
}

fn figures(ledger: &Ledger, lang: Lang) -> Vec<NamedFigure> {
    let totals = &ledger.totals;
    let money = |name: &str, amount: Vnd| NamedFigure::new(name, Cell::money(amount, lang));
    let owed = |name: &str, amount: Vnd| NamedFigure::new(name, Cell::money(amount, lang).sided(over(lang)));
    let part = |name: &str, amount: Vnd| NamedFigure::part(name, Cell::money(amount, lang));
    let mut figures = vec![
        owed(lang.say("Đầu kỳ", "Opening"), totals.all.opening),
        money(lang.say("Phải đóng", "Due"), totals.all.due),
        NamedFigure::new(
            lang.say("Điều chỉnh", "Adjusted"),
            Cell::money(totals.all.adjusted, lang).sided(lowered(lang)),
        ),
        money(lang.say("Đã đóng", "Paid"), totals.all.paid),
        part(lang.say("đã trừ vào nợ", "met debts"), totals.all.allocated),
    ];
    if !totals.all.unexplained.is_zero() {
        figures.push(money(lang.say("Không giải thích được", "Unexplained"), totals.all.unexplained));
    }
    figures.push(owed(lang.say("Cuối kỳ", "Closing"), totals.all.closing));
    figures.push(part(lang.say("còn thiếu", "short"), totals.short));
    figures.push(part(lang.say("đóng thừa", "paid too much"), totals.over));
    if let Some(rate) = totals.all.rate() {
        figures
            .push(NamedFigure::new(lang.say("Tỷ lệ thu", "Collected"), Cell::text(percent_text(rate, lang))));
    }
    if !totals.charge.is_zero() || totals.undecided.is_zero() {
        figures.push(money(lang.say("Tiền chậm đóng", "Charge for paying late"), totals.charge));
    }
    if !totals.evasion.is_zero() {
        let name = lang.say("Trốn đóng nếu đã đôn đốc", "Evasion, if reminded");
        figures.push(money(name, totals.evasion));
    }
    figures
}

/// Arrears by age, with bars.
fn ages(ledger: &Ledger, lang: Lang) -> Table {
    let totals = &ledger.totals;
    let axis = Axis::of(totals.ages.iter().map(|(amount, _)| i128::from(amount.hundredths())));
    let mut table = Table::new(vec![
        Column::words(lang.say("Tuổi nợ", "Age of the debt")),
        Column::numbers(lang.say("Số tiền", "Amount")),
        Column::numbers(lang.say("Đơn vị", "Units")),
        Column::numbers(lang.say("Phần", "Share")),
        Column::bars(),
    ])
    .titled(lang.say("Nợ theo tuổi", "Arrears by age"));
    let all: i128 = totals.ages.iter().map(|(amount, _)| i128::from(amount.hundredths())).sum();
    for (age, (amount, units)) in
        Age::ALL.iter().zip(totals.ages).filter(|(_, (amount, _))| !amount.is_zero())
    {
        let hue = if *age == Age::NotDue { Hue::Plain } else { Hue::More };
        let hundredths = i128::from(amount.hundredths());
        table.row(vec![
            Cell::text(words::age(*age, lang)),
            Cell::amount(amount, lang),
            count(units, lang),
            percent(crate::terms::percent::Percent::of(hundredths, all), lang),
            Cell::Picture(axis.bar(0, hundredths, hue)),
        ]);
    }
    table
}

const SUM_HEADS: [[&str; 2]; 6] = [
    ["Đầu kỳ", "Opening"],
    ["Phải đóng", "Due"],
    ["Điều chỉnh", "Adjusted"],
    ["Đã đóng", "Paid"],
    ["Cuối kỳ", "Closing"],
    ["Tỷ lệ thu", "Collected"],
];

fn sums_table(first: &str, lang: Lang) -> Table {
    let mut columns = vec![Column::words(first)];
    columns.extend(SUM_HEADS.map(|head| Column::numbers(lang.pick(head))));
    columns[3].on = On::Sheet;
    columns.insert(4, Column::numbers(lang.say("Tổng phải thu", "To collect")).on(On::Sheet));
    columns.push(Column::numbers(lang.say("So với phát sinh", "Of what became due")).on(On::Sheet));
    Table { narrow: Narrow::First(5), ..Table::new(columns) }
}

fn sum_cells(name: String, sum: &Sum, lang: Lang) -> Vec<Cell> {
    vec![
        Cell::text(name),
        Cell::amount(sum.opening, lang).sided(over(lang)),
        Cell::amount(sum.due, lang),
        Cell::amount(sum.adjusted, lang).sided(lowered(lang)),
        Cell::amount(sum.to_collect(), lang).sided(over(lang)),
        Cell::amount(sum.paid, lang),
        Cell::amount(sum.closing, lang).sided(over(lang)),
        percent(sum.rate(), lang),
        percent(sum.rate_of_due(), lang),
    ]
}

fn years(ledger: &Ledger, lang: Lang) -> Table {
    let mut table = sums_table(lang.say("Năm", "Year"), lang);
    for (year, sum) in &ledger.totals.years {
        table.row(sum_cells(year.to_string(), sum, lang));
    }
    table
}

fn periods(ledger: &Ledger, lang: Lang) -> Table {
    let mut table = sums_table(lang.say("Kỳ", "Period"), lang);
    for (period, sum) in &ledger.totals.periods {
        let name = period.map(|period| period.to_string()).unwrap_or_default();
        table.row(sum_cells(name, sum, lang));
    }
    table
}

/// A row a unit, from its first opening to its last closing.
fn units(ledger: &Ledger, lang: Lang) -> Table {
    let mut table = Table::new(vec![
        Column::words(lang.say("Đơn vị", "Unit")).limit(26),
        Column::words(lang.say("Tên", "Name")).on(On::Sheet),
        Column::numbers(lang.say("Đầu kỳ", "Opening")),
        Column::numbers(lang.say("Phải đóng", "Due")),
        Column::numbers(lang.say("Điều chỉnh", "Adjusted")).on(On::Sheet),
        Column::numbers(lang.say("Đã đóng", "Paid")),
        Column::numbers(lang.say("Trừ vào nợ", "Met debts")).on(On::Sheet),
        Column::numbers(lang.say("Cuối kỳ", "Closing")),
        Column::numbers(lang.say("Cuối kỳ ghi sổ", "Closing stated")).on(On::Sheet),
        Column::numbers(lang.say("Tiền chậm đóng", "Charge")).on(On::Sheet),
    ]);
    table.narrow = Narrow::First(5);
    for unit in &ledger.accounts {
        table.row(unit_cells(unit, lang));
    }
    let all = &ledger.totals.all;
    table.sum(vec![
        Cell::text(lang.say("Cộng", "Total")),
        Cell::blank(),
        Cell::amount(all.opening, lang).sided(over(lang)),
        Cell::amount(all.due, lang),
        Cell::amount(all.adjusted, lang).sided(lowered(lang)),
        Cell::amount(all.paid, lang),
        Cell::amount(all.allocated, lang),
        Cell::amount(all.closing, lang).sided(over(lang)),
        Cell::blank(),
        charge(ledger.totals.charge, ledger.totals.undecided, lang),
    ]);
    table
}

fn unit_cells(unit: &Settled, lang: Lang) -> Vec<Cell> {
    let sum =
        |of: fn(&crate::engine::ledger::settlement::Line) -> Vnd| -> Vnd { unit.lines.iter().map(of).sum() };
    let opening = unit.lines.first().map(|line| line.opening).unwrap_or_default();
    let last = unit.lines.last();
    let stated = last.and_then(|line| line.stated_closing);
    let differs = stated.is_some() && stated != last.map(|line| line.closing);
    let stated = match stated {
        None => Cell::blank(),
        Some(amount) if differs => {
            Cell::Marked(Cell::amount(amount, lang).sided(over(lang)).shown(false), "error")
        }
        Some(amount) => Cell::amount(amount, lang).sided(over(lang)),
    };
    vec![
        Cell::text(words::account(&unit.key, lang)),
        Cell::text(wording::harmless(&unit.name)),
        Cell::amount(opening, lang).sided(over(lang)),
        Cell::amount(sum(|line| line.due), lang),
        Cell::amount(sum(|line| line.adjusted), lang).sided(lowered(lang)),
        Cell::amount(sum(|line| line.paid), lang),
        Cell::amount(sum(|line| line.allocated), lang),
        Cell::amount(unit.balance(), lang).sided(over(lang)),
        stated,
        charge(unit.charge, unit.undecided, lang),
    ]
}

/// A row a unit and period, for machines.
fn data(ledger: &Ledger) -> Table {
    let mut table = Table::data(&[
        "unit",
        "fund",
        "period",
        "opening",
        "due",
        "adjusted",
        "paid",
        "allocated",
        "closing",
        "stated_closing",
    ]);
    for unit in &ledger.accounts {
        for line in &unit.lines {
            let amounts = [line.opening, line.due, line.adjusted, line.paid, line.allocated, line.closing];
            let mut cells = vec![
                Cell::text(unit.key.unit.clone()),
                Cell::text(fund_key(unit.key.fund).unwrap_or_default()),
                Cell::text(line.period.map(|period| period.to_string()).unwrap_or_default()),
            ];
            cells.extend(amounts.map(Cell::exact));
            cells.push(line.stated_closing.map_or(Cell::blank(), Cell::exact));
            table.row(cells);
        }
    }
    table
}
