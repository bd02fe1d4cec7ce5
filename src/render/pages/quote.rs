//! Phiếu báo mức đóng: who pays what for how long, what the card covers, and on which articles it rests.

use crate::engine::premium::quote::{Alternative, MemberPremium, Quote};
use crate::render::explain;
use crate::render::layout::shortened;
use crate::render::page::{Block, Cell, Column, On, Page, Paper, Table, TextLine, Tone};
use crate::render::spelled::in_words;
use crate::render::transfer::{Transfer, blocks, picture, usual_message};
use crate::render::wording::{self, Lang, harmless};
use crate::rulebook::Rulebook;
use crate::terms::group::Payer;
use crate::terms::listed::Listed;
use crate::terms::number::Vnd;

/// Longest name shown in the tables.
const NAME_WIDTH: usize = 24;

/// Members of a message listed by line; more are summed up, so that the message stays short.
const LISTED: usize = 8;

/// The card an agent reads aloud, and the A5 sheet that is printed from it.
pub fn page(quote: &Quote, rules: &Rulebook, to: Option<&Transfer>, lang: Lang) -> Page {
    let mut page = Page::new(
        Paper::Slip,
        lang.say("Phiếu báo mức đóng bảo hiểm y tế", "Health insurance premium quote"),
        lang.say("MỨC ĐÓNG BẢO HIỂM Y TẾ", "SOCIAL HEALTH INSURANCE PREMIUM"),
        lang,
    );
    let stamp = lang.say("Không thay thế biên lai thu tiền", "This is a quote, not a receipt");
    page.stamp = Some(stamp.to_owned());
    page.add(TextLine::new(headline(quote, rules, lang)));
    page.gap();
    page.add(premiums(quote, lang));
    page.gap();
    page.add(payers(quote, lang));
    page.gap();
    let to_pay = lang.say("Người tham gia đóng", "To be paid by the person");
    let amount = wording::money(quote.payable, lang);
    page.add_on(On::Sheet, TextLine::new(format!("{to_pay}: {amount}")).tone(Tone::Main));
    cards(&mut page, quote);
    if !quote.payable.is_zero() {
        let words = in_words(quote.payable, lang);
        page.add(TextLine::new(format!("{}: {words}", lang.say("Bằng chữ", "In words"))));
    }
    to.into_iter().for_each(|to| transfer(&mut page, quote, to));
    page.gap();
    page.add(TextLine::new(explain::legal_basis(&quote.trace, rules, lang)).tone(Tone::Small));
    page.notes(&quote.notices);
    page.footer(rules);
    page.data = Some(data(quote));
    page
}

/// One line on who, how long, when and where.
fn headline(quote: &Quote, rules: &Rulebook, lang: Lang) -> String {
    let place = quote.place.as_deref().map(|id| format!("; {}", lang.pick(rules.place_name(id))));
    format!("{}{}", who_and_when(quote, lang), place.unwrap_or_default())
}

fn who_and_when(quote: &Quote, lang: Lang) -> String {
    let people = quote.members.len();
    let same_group = quote.members.iter().all(|member| member.group == quote.members[0].group);
    let who = match quote.members.first() {
        Some(first) if same_group => named(first, lang),
        _ => lang.say("Nhiều đối tượng", "Several groups").to_owned(),
    };
    let noun = match lang {
        Lang::Vi => "người",
        Lang::En if people == 1 => "person",
        Lang::En => "people",
    };
    if !quote.is_one_payment() {
        let each = lang.say("tháng và ngày đóng theo từng người", "months and days of payment by person");
        return format!("{who}; {people} {noun}; {each}");
    }
    let paid = wording::date(quote.paid_on, lang);
    match lang {
        Lang::Vi => format!("{who}; {people} {noun}; {} tháng; đóng ngày {paid}", quote.months),
        Lang::En => format!("{who}; {people} {noun}; {} months; paid on {paid}", quote.months),
    }
}

/// Tên đối tượng with the code on its cards, where cards have one.
pub fn named(member: &MemberPremium, lang: Lang) -> String {
    let name = lang.pick([&member.group_vi, &member.group_en]);
    if member.code == member.group { name.to_owned() } else { format!("{name} ({})", member.code) }
}

/// The code on the cards of a group; its name where they have none.
pub fn brief_group(member: &MemberPremium, lang: Lang) -> String {
    let name = lang.pick([&member.group_vi, &member.group_en]);
    if member.code == member.group { name.to_owned() } else { member.code.clone() }
}

/// Number, rank or name of a member as tables show it.
pub fn label(index: usize, member: &MemberPremium, lang: Lang) -> String {
    let name = member.name.as_deref().map(|name| shortened(&harmless(name), NAME_WIDTH));
    let rank = match (member.rank, member.ladder_step) {
        (Some(rank), _) => format!("{} {rank}", lang.say("thứ", "rank")),
        (None, _) => shortened(&brief_group(member, lang), NAME_WIDTH),
    };
    match name {
        Some(name) => format!("{name} ({rank})"),
        None => format!("{} ({rank})", index + 1),
    }
}

/// The regular cycles besides the quoted period, longest first.
fn other_cycles(quote: &Quote) -> Vec<&Alternative> {
    let mut others: Vec<_> = quote.alternatives.iter().filter(|other| other.months != quote.months).collect();
    others.reverse();
    others
}

/// Every member with the premium of the quoted period and of the regular cycles.
fn premiums(quote: &Quote, lang: Lang) -> Table {
    let others = other_cycles(quote);
    let months = |months: u32| Column::numbers(format!("{months} {}", lang.say("tháng", "months")));
    let mut columns = vec![
        Column::words(lang.say("Người", "Person")),
        Column::numbers(lang.say("Tỷ lệ", "Ladder")),
        if quote.is_one_payment() {
            months(quote.months)
        } else {
            Column::numbers(lang.say("Mức đóng", "Premium"))
        },
    ];
    columns.extend(others.iter().map(|other| months(other.months)));
    let mut table = Table::new(columns);
    for (index, member) in quote.members.iter().enumerate() {
        let step = member.ladder_step.map_or(Cell::text("–"), |step| Cell::share(step, lang));
        let mut row = vec![Cell::text(label(index, member, lang)), step, Cell::money(member.premium, lang)];
        let of_member = |other: &&Alternative| other.members.get(index).copied().unwrap_or_default();
        row.extend(others.iter().map(|other| Cell::money(of_member(other), lang)));
        table.row(row);
    }
    if quote.members.len() > 1 {
        let mut row =
            vec![Cell::text(lang.say("Cộng", "Total")), Cell::blank(), Cell::money(quote.total, lang)];
        row.extend(others.iter().map(|other| Cell::money(other.total, lang)));
        table.sum(row);
    }
    table
}

/// What each payer bears of the whole.
fn payer_totals(quote: &Quote) -> Vec<(Payer, Vnd)> {
    let total = |payer: Payer| quote.members.iter().map(|member| paid_by(member, payer)).sum();
    Payer::ALL
        .iter()
        .copied()
        .map(|payer| (payer, total(payer)))
        .filter(|(payer, amount): &(Payer, Vnd)| *payer == Payer::Person || !amount.is_zero())
        .collect()
}

fn paid_by(member: &MemberPremium, payer: Payer) -> Vnd {
    member.shares.iter().filter(|share| share.payer == payer).map(|share| share.amount).sum()
}

fn payers(quote: &Quote, lang: Lang) -> Table {
    let mut table = Table::new(vec![
        Column::words(lang.say("Ai đóng", "Who pays")),
        Column::numbers(lang.say("Số tiền", "Amount")),
        Column::numbers(""),
    ]);
    for (payer, amount) in payer_totals(quote) {
        let shares: Vec<_> = quote
            .members
            .iter()
            .flat_map(|member| &member.shares)
            .filter(|share| share.payer == payer)
            .collect();
        let same = shares.first().filter(|first| {
            shares.iter().all(|share| share.share == first.share) && shares.len() == quote.members.len()
        });
        let part = same.and_then(|first| first.share).map_or(Cell::blank(), |share| Cell::share(share, lang));
        table.row(vec![Cell::text(wording::payer(payer, lang)), Cell::money(amount, lang), part]);
    }
    table
}

/// When the card is good, member by member where that differs.
fn cards(page: &mut Page, quote: &Quote) {
    let lang = page.lang;
    let same = has_one_card(quote);
    let span = |from, until| format!("{} – {}", wording::date(from, lang), wording::date(until, lang));
    let title = lang.say("Thẻ có giá trị", "Card valid");
    if same {
        let line = format!("{title}: {}", span(quote.from, quote.until));
        return page.add(TextLine::new(line).tone(Tone::Strong));
    }
    page.add(TextLine::new(format!("{title}:")).tone(Tone::Strong));
    for (index, member) in quote.members.iter().enumerate() {
        let days = span(member.from, member.until);
        let line = if quote.is_one_payment() {
            format!("{}: {days}", label(index, member, lang))
        } else {
            let (name, paid) = (label(index, member, lang), wording::date(member.paid_on, lang));
            match lang {
                Lang::Vi => format!("{name}: {days} ({} tháng, đóng ngày {paid})", member.months),
                Lang::En => format!("{name}: {days} ({} months, paid on {paid})", member.months),
            }
        };
        page.add(TextLine::new(line).inset(2, 2));
    }
}

/// Months that all members pay for.
fn shared_months(quote: &Quote) -> Option<u32> {
    quote.is_one_payment().then_some(quote.months)
}

/// Where to transfer what and with which words, and the text of the code; nothing where nothing can be transferred.
fn transfer_text(quote: &Quote, to: &Transfer, lang: Lang) -> Option<(String, String)> {
    let message = to.message(&usual_message(quote.members.len(), shared_months(quote), lang));
    let payload = to.payload(quote.payable, &message).filter(|_| !quote.payable.is_zero())?;
    let text = format!(
        "{}: {} · {} · {} · {message}",
        lang.say("Chuyển khoản", "Transfer"),
        harmless(&to.bank),
        to.account,
        wording::money(quote.payable, lang),
    );
    Some((text, payload))
}

/// Chuyển khoản: the recipient in words, whose name the payer compares, and the code.
fn transfer(page: &mut Page, quote: &Quote, to: &Transfer) {
    let lang = page.lang;
    let Some((text, payload)) = transfer_text(quote, to, lang) else { return };
    page.gap();
    page.add(TextLine::new(text).inset(0, 2));
    let holder =
        lang.say("Tên người nhận, so với tên ngân hàng hiện", "Recipient, to be compared with the bank's");
    page.add(TextLine::new(format!("{holder}: {}", harmless(&to.holder))).tone(Tone::Strong));
    if let Some(svg) = picture(&payload) {
        page.add_on(On::Sheet, Block::Picture(svg));
    }
    for row in blocks(&payload).unwrap_or_default() {
        page.add_on(On::Screen, TextLine::new(row));
    }
}

/// One line a person, the same columns whatever the group.
fn data(quote: &Quote) -> Table {
    let payers: Vec<String> = Payer::ALL.iter().map(|payer| payer.key().replace('-', "_")).collect();
    let mut names = vec!["rank", "name", "group", "code", "months", "paid_on", "from", "until", "premium"];
    names.extend(payers.iter().map(String::as_str));
    let mut table = Table::data(&names);
    for member in &quote.members {
        let mut row = vec![
            member.rank.map_or(Cell::blank(), Cell::exact),
            Cell::text(member.name.as_deref().unwrap_or_default()),
            Cell::text(&member.group),
            Cell::text(&member.code),
            Cell::exact(member.months),
            Cell::text(member.paid_on.to_string()),
            Cell::text(member.from.to_string()),
            Cell::text(member.until.to_string()),
            Cell::exact(member.premium),
        ];
        row.extend(Payer::ALL.iter().copied().map(|payer| Cell::exact(paid_by(member, payer))));
        table.row(row);
    }
    table
}

/// Whether the cards of all begin and end on the same days.
fn has_one_card(quote: &Quote) -> bool {
    quote.members.iter().all(|member| (member.from, member.until) == (quote.from, quote.until))
}

/// Lines for a chat: short enough for one message.
pub fn message(quote: &Quote, rules: &Rulebook, to: Option<&Transfer>, lang: Lang) -> Page {
    let paid = wording::date(quote.paid_on, lang);
    let banner = match lang {
        Lang::Vi if !quote.is_one_payment() => "Mức đóng BHYT, tháng theo từng người:".to_owned(),
        Lang::En if !quote.is_one_payment() => "Health insurance, months by person:".to_owned(),
        Lang::Vi => format!("Mức đóng BHYT {} tháng, đóng ngày {paid}:", quote.months),
        Lang::En => format!("Health insurance, {} months, paid on {paid}:", quote.months),
    };
    let mut page = Page::new(Paper::Slip, "", banner, lang);
    let same_card = has_one_card(quote);
    let card_days = |from, until| {
        let word = if same_card { lang.say("Thẻ từ", "Card") } else { lang.say("thẻ từ", "card") };
        format!("{word} {} – {}", wording::date(from, lang), wording::date(until, lang))
    };
    for (index, member) in quote.members.iter().enumerate().take(LISTED) {
        let name = member.name.as_deref().map_or_else(
            || format!("{} {}", lang.say("Người", "Person"), index + 1),
            |name| shortened(&harmless(name), NAME_WIDTH),
        );
        let own = wording::money(paid_by(member, Payer::Person), lang);
        let card =
            if same_card { String::new() } else { format!("; {}", card_days(member.from, member.until)) };
        page.add(TextLine::new(format!("- {name}: {own}{card}")));
    }
    if quote.members.len() > LISTED {
        page.add(TextLine::new(format!("- … ({} {})", quote.members.len(), lang.say("người", "people"))));
    }
    let to_pay = wording::money(quote.payable, lang);
    page.add(TextLine::new(format!("{}: {to_pay}", lang.say("Tổng phải đóng", "To pay"))));
    for (payer, amount) in payer_totals(quote).into_iter().filter(|(payer, _)| *payer != Payer::Person) {
        let (payer, amount) = (wording::payer(payer, lang), wording::money(amount, lang));
        page.add(TextLine::new(format!("{} {payer}: {amount}", lang.say("Phần", "Part of"))));
    }
    let cycle = |other: &&Alternative| {
        format!("{} {}: {}", other.months, lang.say("tháng", "months"), wording::money(other.payable, lang))
    };
    let others: Vec<String> = quote
        .alternatives
        .iter()
        .filter(|other| other.months != quote.months)
        .map(|other| cycle(&other))
        .collect();
    if !others.is_empty() {
        page.add(TextLine::new(others.join("; ")));
    }
    if same_card {
        page.add(TextLine::new(card_days(quote.from, quote.until)));
    }
    if let Some((to, (where_to, _))) = to.and_then(|to| Some((to, transfer_text(quote, to, lang)?))) {
        page.add(TextLine::new(where_to));
        let note = lang.say("Kiểm tra tên người nhận", "Compare the name of the recipient");
        page.add(TextLine::new(format!("{note}: {}", harmless(&to.holder))));
    }
    let receipt = lang.say("Báo giá, không thay biên lai.", "A quote, not a receipt.");
    page.add(TextLine::new(format!("{receipt} {}", &rules.identity.sha256[..8])));
    page
}
