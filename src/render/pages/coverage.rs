//! Trang bao phủ: the whole against its target, districts, communes, groups, whom to visit first, and what the gap costs.

use chrono::NaiveDate;

use super::coverage_cost as cost;
use crate::engine::coverage::cost::{GapCost, Valued};
use crate::engine::coverage::tally::{Place, Tally};
use crate::render::chart::{Axis, BarTone as Hue};
use crate::render::coverage_words as words;
use crate::render::page::{Block, Cell, Column, NamedFigure, Narrow, On, Page, Paper, Table, TextLine, Tone};
use crate::render::report::{count, count_text, percent, percent_text};
use crate::render::wording::{self, Lang};
use crate::rulebook::Rulebook;
use crate::terms::percent::Percent;

/// What a page of coverage shows.
#[derive(Debug)]
pub struct CoverageShown<'a> {
    /// The numbers.
    pub tally: &'a Tally,
    /// The day on which cards count.
    pub day: NaiveDate,
    /// Whether a list of persons was read.
    pub has_list: bool,
    /// What the gap costs, under the law and under a draft.
    pub costs: &'a [cost::Under],
}

/// The page, without notes.
pub fn page(shown: &CoverageShown<'_>, rules: &Rulebook, lang: Lang) -> Page {
    let title = lang.say("Bao phủ bảo hiểm y tế", "Coverage of health insurance");
    let mut page = Page::new(Paper::Wide, title, title, lang);
    let all = &shown.tally.all;
    page.add(TextLine::new(format!(
        "{} {} · {} {}",
        count_text(all.communes, lang),
        lang.say("xã, phường", "communes"),
        lang.say("ngày", "on"),
        wording::date(shown.day, lang)
    )));
    let wrong = shown.tally.mismatches.len();
    if wrong > 0 {
        let said =
            lang.say("chỗ không khớp, nêu trong phần lưu ý", "places that do not agree, named in the notes");
        page.add(TextLine::new(format!("{wrong} {said}")).tone(Tone::Frame));
    }
    page.add_on(On::Sheet, Block::Cards(figures(all, lang, false)));
    page.gap();
    page.add_on(On::Screen, Block::Figures(figures(all, lang, true)));
    cost::add_whole(&mut page, shown.costs, rules);
    if !shown.tally.provinces.is_empty() {
        page.gap();
        page.add(TextLine::heading(lang.say("Theo tỉnh", "By province")));
        page.add(places(&shown.tally.provinces, &[], lang));
    }
    if !shown.tally.districts.is_empty() {
        page.gap();
        page.add(TextLine::heading(lang.say("Theo huyện, khu vực", "By district or section")));
        page.add(places(&shown.tally.districts, &[], lang));
    }
    page.gap();
    page.add(TextLine::heading(lang.say("Từng xã, phường", "Commune by commune")));
    page.add(places(&shown.tally.communes, std::slice::from_ref(all), lang));
    if all.population.is_some() {
        let key = lang.say(
            "Thanh: xanh là phần dân số có thẻ, nâu là phần còn thiếu đến chỉ tiêu.",
            "Bars: blue is the part of the population with a card, brown what is missing up to the target.",
        );
        // A workbook has no bars to explain.
        page.add_on(On::Sheet, Block::Picture(format!("<p class=\"small\">{key}</p>")));
    }
    if !all.groups.is_empty() {
        page.gap();
        page.add(TextLine::heading(lang.say("Theo nhóm", "By group")));
        page.add(groups(all, rules, lang));
    }
    cost::add_places(&mut page, shown.costs, shown.tally);
    if shown.has_list {
        page.gap();
        page.add(TextLine::heading(lang.say("Ai cần đến trước", "Whom to visit first")));
        page.add(visits(shown.tally, lang));
    }
    page.data = Some(data(shown));
    page
}

fn figures(all: &Place, lang: Lang, parts: bool) -> Vec<NamedFigure> {
    let number = |name: &str, value: u64| NamedFigure::new(name, count(value, lang));
    let mut figures = Vec::new();
    if let Some(population) = all.population {
        figures.push(number(lang.say("Dân số", "Population"), population));
    }
    figures.push(number(lang.say("Có thẻ", "Covered"), all.covered));
    if let Some(uncovered) = all.uncovered().filter(|_| parts) {
        figures.push(number(lang.say("Chưa có thẻ", "Without a card"), uncovered));
    }
    if let Some(rate) = all.rate() {
        figures.push(NamedFigure::new(
            lang.say("Tỷ lệ bao phủ", "Coverage"),
            Cell::text(percent_text(rate, lang)),
        ));
    }
    if let Some(target) = all.target() {
        figures
            .push(NamedFigure::new(lang.say("Chỉ tiêu", "Target"), Cell::text(percent_text(target, lang))));
    }
    if let Some(wanted) = all.wanted.filter(|_| parts) {
        figures.push(number(lang.say("Số người theo chỉ tiêu", "Persons of the target"), wanted));
    }
    if let Some(needed) = all.needed {
        figures.push(number(lang.say("Còn phải phát triển", "Still needed"), needed));
    }
    figures
}

/// Hundredths of a percent in the whole.
const WHOLE: i128 = 10_000;

/// Communes or districts, with bars of coverage and a mark of what is missing.
fn places(places: &[Place], total: &[Place], lang: Lang) -> Table {
    let mut table = Table::new(vec![
        Column::words(lang.say("Địa bàn", "Place")).limit(26),
        Column::numbers(lang.say("Dân số", "Population")),
        Column::numbers(lang.say("Có thẻ", "Covered")),
        Column::numbers(lang.say("Bao phủ", "Coverage")),
        Column::numbers(lang.say("Chỉ tiêu", "Target")),
        Column::numbers(lang.say("Số người theo chỉ tiêu", "Persons of the target")).on(On::Sheet),
        Column::numbers(lang.say("Còn thiếu", "Needed")),
        Column::bars(),
    ]);
    table.narrow = Narrow::Keep;
    let axis = Axis::of([0, WHOLE]);
    let number = |value: Option<u64>| value.map_or(Cell::text("–"), |value| count(value, lang));
    let cells = |place: &Place, name: String| {
        let (rate, target) = (place.rate(), place.target());
        let reached = rate.map_or(0, |rate| rate.hundredths().min(WHOLE));
        let wanted = target.map_or(reached, Percent::hundredths);
        let bar = if wanted > reached {
            axis.bar_towards(reached, wanted)
        } else {
            axis.bar(0, reached, Hue::Less)
        };
        vec![
            Cell::text(name),
            number(place.population),
            count(place.covered, lang),
            percent(rate, lang),
            percent(target, lang),
            number(place.wanted),
            number(place.needed),
            if rate.is_some() { Cell::Picture(bar) } else { Cell::blank() },
        ]
    };
    let first = places.first().map_or("", |place| &place.province);
    let in_several = places.iter().any(|place| place.province != first);
    let mut section: [&str; 2] = ["", ""];
    for place in places {
        let lies: [&str; 2] = [&place.district, if in_several { &place.province } else { "" }];
        if lies != section {
            section = lies;
            let named: Vec<&str> = lies.into_iter().filter(|name| !name.is_empty()).collect();
            let unsaid = lang.say("Không ghi huyện, khu vực", "No district or section");
            table.section(if named.is_empty() {
                unsaid.to_owned()
            } else {
                wording::harmless(&named.join(", "))
            });
        }
        table.row(cells(place, wording::harmless(&place.name)));
    }
    for all in total {
        table.sum(cells(all, lang.say("Tất cả", "All").to_owned()));
    }
    table
}

fn groups(all: &Place, rules: &Rulebook, lang: Lang) -> Table {
    let mut table = Table::new(vec![
        Column::words(lang.say("Nhóm", "Group")).limit(48),
        Column::numbers(lang.say("Số người", "Persons")),
        Column::numbers(lang.say("Phần", "Share")),
    ]);
    let named = all.groups.iter().map(|(name, persons)| (words::group(name, rules, lang), *persons));
    // Some communes give their groups, others only how many.
    let others = (lang.say("chưa ghi nhóm", "no group given").to_owned(), all.ungrouped);
    for (name, persons) in named.chain(Some(others).filter(|(_, persons)| *persons > 0)) {
        let share = Percent::of(i128::from(persons), i128::from(all.covered));
        table.row(vec![Cell::text(name), count(persons, lang), percent(share, lang)]);
    }
    table
}

/// Cards that end soon, households that are covered in part, pupils.
fn visits(tally: &Tally, lang: Lang) -> Table {
    let mut table = Table::new(vec![
        Column::words(lang.say("Địa bàn", "Place")).limit(26),
        Column::numbers(lang.say("Hết hạn 30 ngày", "Ends in 30 days")).short("≤ 30"),
        Column::numbers(lang.say("60 ngày", "60 days")).short("≤ 60"),
        Column::numbers(lang.say("90 ngày", "90 days")).short("≤ 90"),
        Column::numbers(lang.say("Hộ còn người chưa có thẻ", "Households partly covered"))
            .short(lang.say("Hộ", "Households")),
        Column::numbers(lang.say("Người chưa có thẻ trong hộ", "Their members without a card"))
            .short(lang.say("Người", "Members")),
        Column::numbers(lang.say("Học sinh có thẻ", "Pupils covered")).short(lang.say("HSSV", "Pupils")),
    ]);
    let cells = |place: &Place, name: String| {
        let listed = &place.listed;
        vec![
            Cell::text(name),
            count(listed.within_30, lang),
            count(listed.within_60, lang),
            count(listed.within_90, lang),
            count(listed.partly, lang),
            count(listed.partly_without, lang),
            percent(place.pupils(), lang),
        ]
    };
    for place in &tally.communes {
        table.row(cells(place, wording::harmless(&place.name)));
    }
    table.sum(cells(&tally.all, lang.say("Tất cả", "All").to_owned()));
    table
}

/// A row a commune, then a row a district, a province and the whole, for machines.
fn data(shown: &CoverageShown<'_>) -> Table {
    let (tally, costs) = (shown.tally, shown.costs);
    let names = [
        "commune",
        "district",
        "population",
        "covered",
        "uncovered",
        "rate",
        "target_rate",
        "target_persons",
        "needed",
    ];
    let of_list = [
        "ending_30",
        "ending_60",
        "ending_90",
        "households_partly_covered",
        "members_without_card",
        "pupils",
        "pupils_covered",
    ];
    let mut names: Vec<String> = names.map(str::to_owned).to_vec();
    if shown.has_list {
        names.extend(of_list.map(str::to_owned));
    }
    names.extend(["level", "province"].map(str::to_owned));
    names.extend(cost::data_columns(costs));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut table = Table::data(&names);
    let mut level = |name: &str, places: &[Place], of: fn(&GapCost) -> &[Valued]| {
        for (at, place) in places.iter().enumerate() {
            let mut cells = data_cells(place, shown.has_list);
            let name_of = |is: &str, other: &str| if name == is { &place.name } else { other }.to_owned();
            cells[0] = Cell::text(name_of("commune", ""));
            cells[1] = Cell::text(name_of("district", &place.district));
            cells.push(Cell::text(name));
            cells.push(Cell::text(name_of("province", &place.province)));
            let values: Vec<&Valued> = costs.iter().filter_map(|(_, cost)| of(cost).get(at)).collect();
            cells.extend(cost::data_cells(&values));
            table.row(cells);
        }
    };
    level("commune", &tally.communes, |cost| &cost.communes);
    level("district", &tally.districts, |cost| &cost.districts);
    level("province", &tally.provinces, |cost| &cost.provinces);
    level("all", std::slice::from_ref(&tally.all), |cost| std::slice::from_ref(&cost.all));
    table
}

/// The figures of a place; its name and district are put in by its level.
fn data_cells(place: &Place, has_list: bool) -> Vec<Cell> {
    let number = |value: Option<u64>| value.map_or(Cell::blank(), Cell::exact);
    let mut cells = vec![
        Cell::blank(),
        Cell::blank(),
        number(place.population),
        Cell::exact(place.covered),
        number(place.uncovered()),
        Cell::text(place.rate().map(|rate| rate.to_string()).unwrap_or_default()),
        Cell::text(place.target().map(|rate| rate.to_string()).unwrap_or_default()),
        number(place.wanted),
        number(place.needed),
    ];
    if has_list {
        let listed = &place.listed;
        let counts = [
            listed.within_30,
            listed.within_60,
            listed.within_90,
            listed.partly,
            listed.partly_without,
            listed.pupils,
            listed.pupils_covered,
        ];
        cells.extend(counts.map(Cell::exact));
    }
    cells
}
