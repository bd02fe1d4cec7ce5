//! Chi phí để đạt chỉ tiêu, trên trang: the whole, by group and by place, under the law and a draft, by payer.

use crate::engine::coverage::cost::{GapCost, Valued};
use crate::engine::coverage::tally::{Place, Tally};
use crate::render::coverage_words as words;
use crate::render::page::{Cell, Column, Narrow, On, Page, Table, TextLine};
use crate::render::report::{count, percent};
use crate::render::wording::{self, Lang};
use crate::rulebook::Rulebook;
use crate::terms::group::Payer;
use crate::terms::listed::Listed;
use crate::terms::number::Vnd;
use crate::terms::percent::Percent;

/// What the gap costs under one rulebook, with the name of it.
pub type Under = (&'static str, GapCost);

/// The tables of the whole and of its groups.
pub fn add_whole(page: &mut Page, costs: &[Under], rules: &Rulebook) {
    let lang = page.lang;
    let Some((_, first)) = costs.first() else { return };
    page.gap();
    page.add(TextLine::heading(lang.say("Chi phí để đạt chỉ tiêu", "What reaching the target costs")));
    page.add(whole(costs, lang));
    if first.groups.len() > 1 {
        page.gap();
        page.add(TextLine::heading(lang.say("Người còn thiếu theo nhóm", "The missing persons by group")));
        page.add(by_group(costs, rules, lang));
    }
}

/// The table of places.
pub fn add_places(page: &mut Page, costs: &[Under], tally: &Tally) {
    if costs.is_empty() {
        return;
    }
    let lang = page.lang;
    page.gap();
    page.add(TextLine::heading(lang.say("Chi phí theo địa bàn", "What it costs by place")));
    page.add(by_place(costs, tally, lang));
}

fn name(under: &str, lang: Lang) -> &'static str {
    match under {
        "draft" => lang.say("Theo dự thảo", "Under the draft"),
        _ => lang.say("Theo quy định", "Under the law"),
    }
}

/// Payers who bear anything.
fn payers(costs: &[Under]) -> Vec<Payer> {
    let bears = |payer: &Payer| costs.iter().any(|(_, cost)| cost.all.shares.contains_key(payer));
    Payer::ALL.iter().copied().filter(bears).collect()
}

fn borne(valued: &Valued, payer: Payer) -> Vnd {
    valued.shares.get(&payer).copied().unwrap_or_default()
}

/// The whole: a column under each rulebook, and what the draft changes.
fn whole(costs: &[Under], lang: Lang) -> Table {
    let mut columns = vec![Column::words("")];
    columns.extend(costs.iter().map(|(under, _)| Column::numbers(name(under, lang))));
    let both = match costs {
        [(_, law), (_, draft)] => Some((&law.all, &draft.all)),
        _ => None,
    };
    if both.is_some() {
        columns.push(Column::numbers(lang.say("Thay đổi", "Change")));
    }
    let mut table = Table::new(columns);
    let mut row = |head: &str, of: &dyn Fn(&Valued) -> Option<Vnd>| {
        let amount =
            |amount: Option<Vnd>| amount.map_or(Cell::text("–"), |amount| Cell::amount(amount, lang));
        let mut cells = vec![Cell::text(head)];
        cells.extend(costs.iter().map(|(_, cost)| amount(of(&cost.all))));
        let change = |(law, draft): (&Valued, &Valued)| of(draft)?.checked_sub(of(law)?);
        cells.extend(both.map(|both| amount(change(both))));
        table.row(cells);
    };
    let persons = |valued: &Valued| i64::try_from(valued.persons).ok().map(Vnd::whole);
    row(lang.say("Số người", "Persons"), &persons);
    row(lang.say("Tiền đóng (đ)", "Premiums (đ)"), &|valued| Some(valued.premium));
    for payer in payers(costs) {
        let head = format!("– {}", wording::payer(payer, lang));
        row(&head, &|valued| Some(borne(valued, payer)));
    }
    row(lang.say("Cho mỗi điểm phần trăm (đ)", "For each percentage point (đ)"), &|valued| {
        valued.per_point
    });
    table
}

/// Columns of money: the premium under each rulebook, then who bears it.
fn money_columns(costs: &[Under], lang: Lang) -> Vec<Column> {
    let head = |what: &str, under: &str| match costs.len() {
        1 => what.to_owned(),
        _ => format!("{what}, {}", name(under, lang).to_lowercase()),
    };
    let short = |under: &str| match under {
        "draft" => lang.say("Dự thảo", "Draft"),
        _ => lang.say("Tiền đóng", "Premiums"),
    };
    let mut columns = Vec::new();
    for (under, _) in costs {
        let premium = head(lang.say("Tiền đóng (đ)", "Premiums (đ)"), under);
        columns.push(Column::numbers(premium).short(short(under)));
        let by = payers(costs).into_iter();
        columns
            .extend(by.map(|payer| Column::numbers(head(wording::payer(payer, lang), under)).on(On::Sheet)));
    }
    columns
}

fn money<'v>(values: impl Iterator<Item = &'v Valued>, payers: &[Payer], lang: Lang) -> Vec<Cell> {
    let mut cells = Vec::new();
    for valued in values {
        cells.push(Cell::amount(valued.premium, lang));
        cells.extend(payers.iter().map(|payer| Cell::amount(borne(valued, *payer), lang)));
    }
    cells
}

fn by_group(costs: &[Under], rules: &Rulebook, lang: Lang) -> Table {
    let mut columns = vec![
        Column::words(lang.say("Nhóm", "Group")).limit(34),
        Column::numbers(lang.say("Số người", "Persons")),
        Column::numbers(lang.say("Phần", "Share")).on(On::Sheet),
    ];
    columns.extend(money_columns(costs, lang));
    let mut table = Table::new(columns);
    table.narrow = Narrow::Keep;
    let payers = payers(costs);
    let Some((_, first)) = costs.first() else { return table };
    for (at, (group, valued)) in first.groups.iter().enumerate() {
        let share = Percent::of(i128::from(valued.persons), i128::from(first.all.persons));
        let mut cells = vec![
            Cell::text(words::group(group, rules, lang)),
            count(valued.persons, lang),
            percent(share, lang),
        ];
        let own = costs.iter().filter_map(|(_, cost)| Some(&cost.groups.get(at)?.1));
        cells.extend(money(own, &payers, lang));
        table.row(cells);
    }
    table
}

fn by_place(costs: &[Under], tally: &Tally, lang: Lang) -> Table {
    let mut columns = vec![
        Column::words(lang.say("Địa bàn", "Place")).limit(26),
        Column::numbers(lang.say("Còn thiếu", "Needed")),
    ];
    columns.extend(money_columns(costs, lang));
    columns
        .push(Column::numbers(lang.say("Mỗi điểm phần trăm (đ)", "Each percentage point (đ)")).on(On::Sheet));
    let mut table = Table::new(columns);
    table.narrow = Narrow::Keep;
    let payers = payers(costs);
    let cells = |name: String, values: Vec<&Valued>| {
        let first = values.first().copied();
        let point = first.and_then(|valued| valued.per_point);
        let mut cells = vec![Cell::text(name), count(first.map_or(0, |valued| valued.persons), lang)];
        cells.extend(money(values.into_iter(), &payers, lang));
        cells.push(point.map_or(Cell::text("–"), |amount| Cell::amount(amount, lang)));
        cells
    };
    let mut level = |head: &str, places: &[Place], of: fn(&GapCost) -> &[Valued]| {
        if places.is_empty() {
            return;
        }
        table.section(head);
        for (at, place) in places.iter().enumerate() {
            let values = costs.iter().filter_map(|(_, cost)| of(cost).get(at)).collect();
            table.row(cells(wording::harmless(&full_name(place, tally.provinces.len() > 1)), values));
        }
    };
    level(lang.say("Tỉnh", "Provinces"), &tally.provinces, |cost| &cost.provinces);
    level(lang.say("Huyện, khu vực", "Districts, sections"), &tally.districts, |cost| &cost.districts);
    level(lang.say("Xã, phường", "Communes"), &tally.communes, |cost| &cost.communes);
    let all = costs.iter().map(|(_, cost)| &cost.all).collect();
    table.sum(cells(lang.say("Tất cả", "All").to_owned(), all));
    table
}

/// The name of a place with the district, and the province where there are several.
fn full_name(place: &Place, with_province: bool) -> String {
    let province = if with_province { place.province.as_str() } else { "" };
    let above = [place.district.as_str(), province];
    let names = [place.name.as_str()].into_iter().chain(above).filter(|name| !name.is_empty());
    names.collect::<Vec<_>>().join(", ")
}

/// Columns of a row for machines.
pub fn data_columns(costs: &[Under]) -> Vec<String> {
    let of = |(under, _): &Under| {
        let prefix = if *under == "draft" { "draft" } else { "gap" };
        let payers =
            Payer::ALL.iter().map(move |payer| format!("{prefix}_{}", payer.key().replace('-', "_")));
        let ends = [format!("{prefix}_per_point")];
        [format!("{prefix}_premium")].into_iter().chain(payers).chain(ends)
    };
    costs.iter().flat_map(of).collect()
}

/// Their cells.
pub fn data_cells(values: &[&Valued]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for valued in values {
        cells.push(Cell::exact(valued.premium));
        cells.extend(Payer::ALL.iter().map(|payer| Cell::exact(borne(valued, *payer))));
        cells.push(valued.per_point.map_or(Cell::blank(), Cell::exact));
    }
    cells
}
