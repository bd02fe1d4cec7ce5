//! Trang cân đối quỹ: contributions, care fund, allocated, spent, surplus or deficit, period by period.

use crate::engine::fund_balance::{Balance, FundBalance, Given, SettlementSums};
use crate::render::chart::{Axis, BarTone as Hue};
use crate::render::page::{Block, Cell, Column, NamedFigure, Narrow, On, Page, Paper, Table, TextLine, Tone};
use crate::render::report::{count, percent};
use crate::render::simulate_words::MoneyUnit;
use crate::render::wording::{self, Lang};
use crate::terms::number::Vnd;

/// The page, without notes.
pub fn page(
    found: &FundBalance,
    facilities: &[(String, Given)],
    settlements: &[SettlementSums],
    lang: Lang,
) -> Page {
    let title = lang.say("Cân đối quỹ khám chữa bệnh bảo hiểm y tế", "Balance of the care fund");
    let mut page = Page::new(Paper::Wide, title, title, lang);
    if let Some(all) = &found.all {
        page.add_on(On::Sheet, Block::Cards(cards(all, lang)));
    }
    page.gap();
    page.add(balances(found, lang));
    page.add_on(On::Sheet, chart(found, lang));
    let estimates: Vec<&Balance> = found.periods.iter().filter(|each| each.estimate.is_some()).collect();
    if !estimates.is_empty() {
        page.gap();
        page.add(TextLine::heading(lang.say("Ước cả kỳ (ước tính)", "Estimate of the whole period")));
        estimates.iter().for_each(|each| page.add(estimate(each, lang)));
    }
    if !facilities.is_empty() {
        page.gap();
        page.add(TextLine::heading(lang.say("Theo cơ sở", "By facility")));
        page.add(by_facility(facilities, lang));
    }
    if !settlements.is_empty() {
        page.gap();
        page.add(TextLine::heading(
            lang.say("Quyết toán quý (mẫu 02/BH)", "Quarterly settlement (form 02/BH)"),
        ));
        page.add(settled(settlements, lang));
    }
    page.data = Some(data(found));
    page
}

fn money(amount: Option<Vnd>, lang: Lang) -> Cell {
    amount.map_or(Cell::text("–"), |amount| Cell::amount(amount, lang))
}

fn cards(all: &Balance, lang: Lang) -> Vec<NamedFigure> {
    let of = |name: &str, amount: Option<Vnd>| {
        amount.map(|amount| NamedFigure::new(name, Cell::money(amount, lang)))
    };
    [
        of(lang.say("số thu", "contributions"), all.given.contributions),
        of(lang.say("quỹ khám chữa bệnh", "care fund"), all.care),
        of(lang.say("được sử dụng", "available"), all.available),
        of(lang.say("đã chi", "spent"), all.given.spent),
        all.surplus().map(|left| {
            let name = if left.is_negative() {
                lang.say("bội chi", "deficit")
            } else {
                lang.say("kết dư", "surplus")
            };
            NamedFigure::new(name, Cell::money(left, lang).sided(["", ""]))
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// `2019` of a period, or the word for the sum.
fn name(balance: &Balance, lang: Lang) -> String {
    let period = balance.period.map_or(lang.say("Cộng", "Total").to_owned(), |period| period.to_string());
    match balance.estimate {
        None => period,
        Some(so_far) => format!("{period} ({}/{} {})", so_far.months, so_far.of, lang.say("tháng", "months")),
    }
}

fn balances(found: &FundBalance, lang: Lang) -> Table {
    let hundredths = |amount: Option<Vnd>| amount.map_or(0, |amount| i128::from(amount.hundredths()).abs());
    let amounts = |each: &Balance| [each.available, each.given.spent].map(hundredths);
    let largest = found.periods.iter().chain(&found.all).flat_map(amounts).max().unwrap_or(0);
    let unit = MoneyUnit::for_largest(largest);
    let heading = lang.say("Kỳ", "Period");
    let mut table = Table::new(vec![
        Column::words(heading).short(format!("{heading} ({})", lang.pick(unit.name))),
        Column::numbers(lang.say("Số thu", "Contributions")).on(On::Sheet),
        Column::numbers(lang.say("Quỹ khám chữa bệnh", "Care fund")).on(On::Sheet),
        Column::numbers(lang.say("Trích CSSKBĐ", "Primary care")).on(On::Sheet),
        Column::numbers(lang.say("Được sử dụng", "Available")),
        Column::numbers(lang.say("Đã chi", "Spent")),
        Column::numbers(lang.say("Kết dư/bội chi", "Surplus/deficit")),
        Column::numbers(lang.say("Sử dụng", "Used")),
    ]);
    table.narrow = Narrow::Keep;
    let brief = |amount: Option<Vnd>| {
        let short = |amount: Vnd| unit.amount(i128::from(amount.hundredths()), lang);
        amount.map_or(Cell::text("–"), |amount| {
            let cell =
                Cell::Number { shown: wording::number(amount, lang), brief: None, exact: amount.to_string() };
            cell.brief(short(amount))
        })
    };
    let cells = |balance: &Balance, name: String| {
        vec![
            Cell::text(name),
            money(balance.given.contributions, lang),
            money(balance.care, lang),
            money(balance.given.primary_care, lang),
            brief(balance.available),
            brief(balance.given.spent),
            brief(balance.surplus()).sided(lang.pick([["kết dư", "bội chi"], ["surplus", "deficit"]])),
            percent(balance.used(), lang),
        ]
    };
    for balance in &found.periods {
        table.row(cells(balance, name(balance, lang)));
    }
    if found.years.len() > 1 && found.years.len() != found.periods.len() {
        table.section(lang.say("Theo năm", "By year"));
        for (year, balance) in &found.years {
            const YEAR: u32 = 12;
            let name = match balance.months {
                YEAR => year.to_string(),
                months => format!("{year} ({months}/{YEAR} {})", lang.say("tháng", "months")),
            };
            table.row(cells(balance, name));
        }
    }
    if let Some(all) = found.all.as_ref().filter(|_| found.periods.len() > 1) {
        table.sum(cells(all, lang.say("Cộng", "Total").to_owned()));
    }
    table
}

/// Available and spent beside each other, a pair of bars a period.
fn chart(found: &FundBalance, lang: Lang) -> Table {
    let hundredths = |amount: Option<Vnd>| amount.map_or(0, |amount| i128::from(amount.hundredths()));
    let values = found.periods.iter().flat_map(|each| [each.available, each.given.spent]).map(hundredths);
    let axis = Axis::of(values);
    let mut table = Table::new(vec![
        Column::words(lang.say("Kỳ", "Period")),
        Column::words(""),
        Column::numbers(lang.say("Số tiền", "Amount")),
        Column::bars(),
    ])
    .titled(lang.say("Được sử dụng và đã chi", "Available and spent"));
    for each in &found.periods {
        let bars = [
            (lang.say("được sử dụng", "available"), each.available, Hue::Less),
            (lang.say("đã chi", "spent"), each.given.spent, Hue::More),
        ];
        for (place, (what, amount, hue)) in bars.into_iter().enumerate() {
            let period = if place == 0 { name(each, lang) } else { String::new() };
            let bar = amount.map_or(Cell::blank(), |_| Cell::Picture(axis.bar(0, hundredths(amount), hue)));
            table.row(vec![Cell::text(period), Cell::text(what), money(amount, lang), bar]);
        }
    }
    table
}

fn estimate(balance: &Balance, lang: Lang) -> TextLine {
    let Some(estimate) = balance.estimate else { return TextLine::new("") };
    let result = match estimate.surplus {
        Some(surplus) if surplus.is_negative() => {
            let deficit = Vnd::ZERO - surplus;
            format!(" · {} {}", lang.say("bội chi", "deficit"), wording::money(deficit, lang))
        }
        Some(surplus) => format!(" · {} {}", lang.say("kết dư", "surplus"), wording::money(surplus, lang)),
        None => String::new(),
    };
    TextLine::new(format!(
        "{}: {} {}/{} {} → {} {}{result}",
        name(balance, lang),
        lang.say("chi", "spending of"),
        estimate.months,
        estimate.of,
        lang.say("tháng, chia đều", "months, evenly"),
        lang.say("chi cả kỳ", "whole period"),
        wording::money(estimate.spent, lang)
    ))
    .inset(2, 4)
    .tone(Tone::Plain)
}

fn by_facility(facilities: &[(String, Given)], lang: Lang) -> Table {
    let mut table = Table::new(vec![
        Column::words(lang.say("Cơ sở", "Facility")).limit(30),
        Column::numbers(lang.say("Dự toán giao", "Allocated")),
        Column::numbers(lang.say("Đã chi", "Spent")),
        Column::numbers(lang.say("Còn lại", "Left")),
    ]);
    for (facility, given) in facilities {
        let left =
            given.allocated.zip(given.spent).and_then(|(allocated, spent)| allocated.checked_sub(spent));
        table.row(vec![
            Cell::text(wording::harmless(facility)),
            money(given.allocated, lang),
            money(given.spent, lang),
            money(left, lang).sided(["", lang.say("vượt", "over")]),
        ]);
    }
    table
}

/// Sums of form 02/BH by quarter and facility.
fn settled(settlements: &[SettlementSums], lang: Lang) -> Table {
    let mut table = Table::new(vec![
        Column::words(lang.say("Kỳ", "Period")),
        Column::words(lang.say("Cơ sở", "Facility")).limit(20),
        Column::numbers(lang.say("Lượt", "Visits")),
        Column::numbers(lang.say("Tổng chi phí", "Hospital total")).on(On::Sheet),
        Column::numbers(lang.say("Trong phạm vi", "Covered")),
        Column::numbers(lang.say("Quỹ chi", "Fund pays")),
        Column::numbers(lang.say("Cùng chi trả", "Co-payment")),
        Column::numbers(lang.say("Nguồn khác", "Other")).on(On::Sheet),
        Column::numbers(lang.say("Tự trả", "Own payment")).on(On::Sheet),
    ]);
    table.narrow = Narrow::Keep;
    for sums in settlements {
        let visits = u64::try_from(sums.visits).unwrap_or(0);
        let mut cells = vec![
            Cell::text(sums.period.to_string()),
            Cell::text(wording::harmless(&sums.facility)),
            count(visits, lang),
        ];
        cells.extend(sums.amounts.map(|amount| Cell::amount(amount, lang)));
        table.row(cells);
    }
    table
}

/// A row a period, for machines.
fn data(found: &FundBalance) -> Table {
    let mut table = Table::data(&[
        "period",
        "contributions",
        "care",
        "administration_limit",
        "reserve_minimum",
        "primary_care",
        "allocated",
        "available",
        "spent",
        "surplus",
        "estimated_spent",
        "estimated_surplus",
        "open",
        "left_so_far",
    ]);
    for each in &found.periods {
        let amounts = [
            each.given.contributions,
            each.care,
            each.administration_limit,
            each.reserve_minimum,
            each.given.primary_care,
            each.given.allocated,
            each.available,
            each.given.spent,
            each.surplus(),
            each.estimate.map(|estimate| estimate.spent),
            each.estimate.and_then(|estimate| estimate.surplus),
        ];
        let mut cells = vec![Cell::text(each.period.map(|period| period.to_string()).unwrap_or_default())];
        let exact = |amount: Option<Vnd>| amount.map_or(Cell::blank(), Cell::exact);
        cells.extend(amounts.map(exact));
        cells.push(Cell::text(if each.open { "yes" } else { "no" }));
        cells.push(exact(each.left_so_far()));
        table.row(cells);
    }
    table
}
