//! Các lượt khám trong năm: one row a visit, then what the year comes to.

use crate::engine::claim::year::YearVisits;
use crate::render::page::{Block, Cell, Column, NamedFigure, Page, Paper, Role, Row, Table, TextLine, Tone};
use crate::render::wording::{self, Lang, harmless};
use crate::rulebook::Rulebook;
use crate::terms::problem::Problem;

/// The visits and the year.
pub fn page(
    outcome: &YearVisits,
    names: &[String],
    notices: &[Problem],
    rules: &Rulebook,
    lang: Lang,
) -> Page {
    let title = lang.say("Các lượt khám bệnh, chữa bệnh trong năm", "Visits of a year");
    let mut page = Page::new(Paper::Report, title, title, lang);
    let mut table = Table {
        columns: vec![
            Column::words(lang.say("Tệp", "File")),
            Column::words(lang.say("Ra viện", "Discharged")),
            Column::numbers(lang.say("Tổng chi phí", "Cost")),
            Column::numbers(lang.say("Quỹ trả", "Fund")),
            Column::numbers(lang.say("Cùng chi trả", "Co-payment")),
            Column::numbers(lang.say("Tự trả", "Own")),
        ],
        ..Table::default()
    };
    for (at, case, found) in &outcome.visits {
        let total = &found.total;
        table.rows.push(Row {
            above: None,
            role: Role::Plain,
            cells: vec![
                Cell::Text(harmless(names.get(*at).map_or("", String::as_str))),
                Cell::Text(wording::date(case.discharged, lang)),
                Cell::money(total.hospital, lang),
                Cell::money(total.fund, lang),
                Cell::money(total.copayment, lang),
                Cell::money(total.own, lang),
            ],
            span: 1,
        });
    }
    page.add(Block::Table(table));
    page.gap();
    for year in &outcome.years {
        let name = |vi: &'static str, en: &'static str| format!("{} {}", lang.say(vi, en), year.year);
        page.add(Block::Figures(vec![
            NamedFigure::new(name("Quỹ trả năm", "Fund in"), Cell::money(year.fund, lang)),
            NamedFigure::new(name("Cùng chi trả năm", "Co-payment in"), Cell::money(year.copayment, lang)),
            NamedFigure::new(
                name("Tính vào ngưỡng năm", "Counted toward the ceiling of"),
                Cell::money(year.counted, lang),
            ),
            NamedFigure::new(name("Được trả lại năm", "Due back for"), Cell::money(year.due_back, lang)),
        ]));
        if let Some(day) = year.passed_on {
            let said = lang.say(
                "Vượt ngưỡng cùng chi trả trong lượt ra viện ngày",
                "The ceiling was passed in the visit that ended on",
            );
            page.add(TextLine::new(format!("{said} {}.", wording::date(day, lang))).tone(Tone::Strong));
        }
        page.gap();
    }
    page.notes(notices);
    page.footer(rules);
    page
}
