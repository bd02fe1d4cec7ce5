//! Các lượt khám trong năm: one row a visit, then what the year comes to.

use chrono::NaiveDate;

use crate::case::claim::ClaimCase;
use crate::engine::claim::reimbursement::Reimbursement;
use crate::engine::claim::year::{YearTotal, YearVisits};
use crate::render::explain::cites;
use crate::render::page::{Block, Cell, Column, NamedFigure, Page, Paper, Role, Row, Table, TextLine, Tone};
use crate::render::wording::{self, Lang, harmless};
use crate::rulebook::Rulebook;
use crate::terms::care::Relief;
use crate::terms::problem::{Code, Problem};

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
            page.gap();
            certificate(&mut page, outcome, year, rules, lang);
        }
        page.gap();
    }
    page.notes(&said_once(notices));
    page.footer(rules);
    page
}

/// Xác nhận miễn cùng chi trả: five years, threshold, and the days of the exemption.
fn certificate(page: &mut Page, outcome: &YearVisits, year: &YearTotal, rules: &Rulebook, lang: Lang) {
    let of_it = |(_, case, found): &&(usize, ClaimCase, Reimbursement)| {
        Some(case.discharged) == year.passed_on && found.relief == Some(Relief::AnnualCeiling)
    };
    let Some((_, case, found)) = outcome.visits.iter().find(of_it) else { return };
    let head = lang.say("Miễn cùng chi trả năm", "Exemption from co-payment in");
    page.add(TextLine::new(format!("{head} {}", year.year)).tone(Tone::Strong));
    let day = |day: NaiveDate| Cell::Text(wording::date(day, lang));
    let mut figures = Vec::new();
    figures.extend(case.five_years_since.map(|since| {
        NamedFigure::new(lang.say("Đủ 5 năm liên tục từ ngày", "Five continuous years since"), day(since))
    }));
    // What was left is in the base salary of the visit, so that after a change the sum of the year need not be the ceiling.
    figures.extend(found.ceiling.into_iter().flat_map(|ceiling| {
        [
            (lang.say("Ngưỡng cùng chi trả", "Ceiling of co-payments"), ceiling.limit),
            (lang.say("Đã cùng chi trả trước lượt này", "Co-paid before this visit"), ceiling.paid_before),
            (
                lang.say("Còn phải trả theo lương cơ sở mới nhất", "Left, in the latest base salary"),
                ceiling.left_before,
            ),
        ]
        .map(|(name, amount)| NamedFigure::new(name, Cell::money(amount, lang)))
    }));
    figures.push(NamedFigure::new(
        lang.say("Miễn từ lượt ra viện ngày", "From the visit that ended on"),
        day(case.discharged),
    ));
    let last = NaiveDate::from_ymd_opt(year.year, 12, 31).unwrap_or(case.discharged);
    figures.push(NamedFigure::new(lang.say("Đến hết ngày", "Until"), day(last)));
    page.add(Block::Figures(figures));
    let own = lang.say(
        "Bản tính để đối chiếu; cơ quan bảo hiểm xã hội xác nhận.",
        "A calculation to compare with; the social insurance agency certifies.",
    );
    let rule = rules.benefit.annual_ceiling.at(found.governed_by).ok();
    let basis = rule.map(|rule| cites(&rule.rule, rules, lang)).unwrap_or_default();
    page.add(TextLine::new(format!("{own} {}: {basis}", lang.say("Căn cứ", "Basis"))).tone(Tone::Small));
}

/// What several visits have to say is said once.
fn said_once(notices: &[Problem]) -> Vec<Problem> {
    let mut said: Vec<Problem> = Vec::new();
    for notice in notices {
        let same = |known: &Problem| known.code == notice.code && known.facts == notice.facts;
        if notice.code != Code::CeilingReached || !said.iter().any(same) {
            said.push(notice.clone());
        }
    }
    said
}
