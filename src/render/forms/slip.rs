//! Phiếu thu của một hộ: a printable page for one household of a table, with what each member pays and the sum in words.

use super::{Person, sum};
use crate::render::page::{Cell, Column, Page, Paper, Table, TextLine, Tone};
use crate::render::spelled::in_words;
use crate::render::transfer::{self, Transfer};
use crate::render::wording::{Lang, money, number};
use crate::rulebook::Rulebook;
use crate::terms::number::Vnd;

/// The page of a household; with the transfer code of its sum where an account is given.
pub fn page(people: &[Person], transfer: Option<&Transfer>, rules: &Rulebook, lang: Lang) -> Page {
    let title = lang.say("Phiếu tính mức đóng bảo hiểm y tế", "Health insurance premium");
    let mut page = Page::new(Paper::Slip, title, "", lang);
    let first = people.first();
    if let Some(household) = first.map(|person| &person.household).filter(|household| !household.is_empty()) {
        page.add(TextLine::new(format!("{}: {household}", lang.say("Mã hộ", "Household"))));
    }
    let day = first.map_or("", |person| person.paid_on.as_str());
    page.add(TextLine::new(format!("{}: {day}", lang.say("Ngày đóng", "Day of payment"))));
    page.add(members(people, lang));
    let named = people.iter().filter(|person| person.other != Vnd::ZERO && !person.supporter.is_empty());
    let mut supporters: Vec<&str> = named.map(|person| person.supporter.as_str()).collect();
    supporters.dedup();
    if !supporters.is_empty() {
        page.add(TextLine::new(format!(
            "{}: {}",
            lang.say("Nguồn khác", "Other payer"),
            supporters.join("; ")
        )));
    }
    let total = sum(people, |person| person.own_part);
    let words = lang.say("Số tiền phải đóng", "To be paid");
    page.add(TextLine::new(format!("{words}: {}", money(total, lang))).tone(Tone::Main));
    page.add(TextLine::new(in_words(total, lang)));
    if let Some(transfer) = transfer.filter(|_| total != Vnd::ZERO) {
        add_transfer(&mut page, transfer, total, people, lang);
    }
    page.footer(rules);
    page
}

/// A payer beside the person: its name, and what it pays.
type Part = (&'static str, &'static str, fn(&Person) -> Vnd);

fn members(people: &[Person], lang: Lang) -> Table {
    let amount =
        |value: Vnd| Cell::Number { shown: number(value, lang), brief: None, exact: value.to_string() };
    let has = |part: fn(&Person) -> Vnd| people.iter().any(|person| part(person) != Vnd::ZERO);
    let parts: [Part; 3] = [
        ("Nhà nước", "State", |person| person.state),
        ("Địa phương", "Local", |person| person.local),
        ("Nguồn khác", "Other", |person| person.other),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(_, _, part)| has(*part)).collect();
    let mut columns = vec![
        Column::words(lang.say("Họ và tên", "Name")),
        Column::numbers(lang.say("Thứ tự", "Place")),
        Column::numbers(lang.say("Tháng", "Months")),
        Column::numbers(lang.say("Mức đóng", "Premium")),
    ];
    columns.extend(parts.iter().map(|(vi, en, _)| Column::numbers(lang.say(vi, en))));
    columns.push(Column::numbers(lang.say("Phải đóng", "To be paid")));
    let mut table = Table::new(columns);
    for person in people {
        let mut cells = vec![
            Cell::Text(person.name.clone()),
            Cell::Text(person.rank.map_or_else(String::new, |rank| rank.to_string())),
            Cell::Text(person.months.clone()),
            amount(person.premium),
        ];
        cells.extend(parts.iter().map(|(_, _, part)| amount(part(person))));
        cells.push(amount(person.own_part));
        table.row(cells);
    }
    let whole = |part: fn(&Person) -> Vnd| amount(sum(people, part));
    let mut sums = vec![
        Cell::Text(lang.say("Cộng", "Sum").to_owned()),
        Cell::Text(String::new()),
        Cell::Text(String::new()),
        whole(|person| person.premium),
    ];
    sums.extend(parts.iter().map(|(_, _, part)| whole(*part)));
    sums.push(whole(|person| person.own_part));
    table.sum(sums);
    table
}

fn add_transfer(page: &mut Page, transfer: &Transfer, total: Vnd, people: &[Person], lang: Lang) {
    let (household, months) = people.first().map_or(("", ""), |person| (&person.household, &person.months));
    let months = months.parse().ok().filter(|_| people.iter().all(|person| person.months == months));
    let message = transfer.message(&transfer::household_message(household, people.len(), months, lang));
    let to = lang.say("Chuyển khoản đến", "Transfer to");
    page.add(TextLine::new(format!(
        "{to}: {} {} · {} · {message}",
        transfer.bank, transfer.account, transfer.holder
    )));
    let picture = transfer.payload(total, &message).as_deref().and_then(transfer::picture);
    if let Some(picture) = picture {
        page.add(crate::render::page::Block::Picture(picture));
    }
}
