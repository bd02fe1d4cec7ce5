//! Báo mức đóng trên màn hình: the card an agent reads aloud, at most 80 columns wide.

use super::catalogue;
use super::explain;
use super::json::is_warning;
use super::layout::{Lean, shortened, table, wrap};
use super::wording::{self, Lang, harmless};
use crate::engine::premium::quote::{Alternative, MemberPremium, Quote};
use crate::rulebook::Rulebook;
use crate::terms::group::Payer;
use crate::terms::money::Vnd;
use crate::terms::problem::Problem;

/// Longest name shown in the tables.
const NAME_WIDTH: usize = 24;

/// The whole card.
pub fn text(quote: &Quote, rules: &Rulebook, lang: Lang) -> String {
    let mut out = format!("{}\n", lang.say("MỨC ĐÓNG BẢO HIỂM Y TẾ", "SOCIAL HEALTH INSURANCE PREMIUM"));
    out.push_str(&wrap(&headline(quote, lang), 2));
    out.push('\n');
    out.push_str(&premiums(quote, lang));
    out.push('\n');
    out.push_str(&payers(quote, lang));
    out.push_str(&cards(quote, lang));
    if !quote.payable.is_zero() {
        let words = wording::in_words(quote.payable, lang);
        out.push_str(&wrap(&format!("{}: {words}", lang.say("Bằng chữ", "In words")), 2));
    }
    out.push('\n');
    out.push_str(&wrap(&explain::legal_basis(&quote.trace, rules, lang), 2));
    out.push_str(&notices(&quote.notices, lang));
    out.push_str(&wrap(&footer(rules, lang), 2));
    out
}

/// Warnings and notes, one paragraph each.
pub fn notices(notices: &[Problem], lang: Lang) -> String {
    let line = |notice: &Problem| {
        let mark = if is_warning(notice) { "!" } else { "-" };
        let hint = catalogue::hint(notice, lang);
        let blank = if hint.is_empty() { "" } else { " " };
        wrap(&format!("{mark} {} {}{blank}{hint}", notice.code, catalogue::message(notice, lang)), 2)
    };
    notices.iter().map(line).collect()
}

/// One line on who, how long and when.
pub fn headline(quote: &Quote, lang: Lang) -> String {
    let people = quote.members.len();
    let same_group = quote.members.iter().all(|member| member.group == quote.members[0].group);
    let who = match quote.members.first() {
        Some(first) if same_group => {
            format!("{} ({})", lang.pick([&first.group_vi, &first.group_en]), first.code)
        }
        _ => lang.say("Nhiều đối tượng", "Several groups").to_owned(),
    };
    let paid = wording::date(quote.paid_on, lang);
    match lang {
        Lang::Vi => format!("{who}; {people} người; {} tháng; đóng ngày {paid}", quote.months),
        Lang::En => {
            let noun = if people == 1 { "person" } else { "people" };
            format!("{who}; {people} {noun}; {} months; paid on {paid}", quote.months)
        }
    }
}

/// Number, rank or name of a member as tables show it.
pub fn label(index: usize, member: &MemberPremium, lang: Lang) -> String {
    let name = member.name.as_deref().map(|name| shortened(&harmless(name), NAME_WIDTH));
    let rank = match (member.rank, member.ladder_step) {
        (Some(rank), _) => format!("{} {rank}", lang.say("thứ", "rank")),
        (None, _) => member.code.clone(),
    };
    match name {
        Some(name) => format!("{name} ({rank})"),
        None => format!("{} ({rank})", index + 1),
    }
}

/// The regular cycles besides the quoted period, longest first.
pub fn other_cycles(quote: &Quote) -> Vec<&Alternative> {
    let mut others: Vec<_> = quote.alternatives.iter().filter(|other| other.months != quote.months).collect();
    others.reverse();
    others
}

/// Every member with the premium of the quoted period and of the regular cycles.
fn premiums(quote: &Quote, lang: Lang) -> String {
    let others = other_cycles(quote);
    let months = |months: u32| format!("{months} {}", lang.say("tháng", "months"));
    let mut heading = vec![
        lang.say("Người", "Person").to_owned(),
        lang.say("Tỷ lệ", "Ladder").to_owned(),
        months(quote.months),
    ];
    heading.extend(others.iter().map(|other| months(other.months)));
    let mut rows = vec![heading];
    for (index, member) in quote.members.iter().enumerate() {
        let step = member.ladder_step.map_or_else(|| "–".to_owned(), |step| wording::share(step, lang));
        let mut row = vec![label(index, member, lang), step, wording::money(member.premium, lang)];
        row.extend(
            others
                .iter()
                .map(|other| wording::money(other.members.get(index).copied().unwrap_or_default(), lang)),
        );
        rows.push(row);
    }
    if quote.members.len() > 1 {
        let mut row =
            vec![lang.say("Cộng", "Total").to_owned(), String::new(), wording::money(quote.total, lang)];
        row.extend(others.iter().map(|other| wording::money(other.total, lang)));
        rows.push(row);
    }
    table(&rows, &[Lean::Left, Lean::Right, Lean::Right, Lean::Right, Lean::Right, Lean::Right])
}

/// What each payer bears of the whole.
pub fn payer_totals(quote: &Quote) -> Vec<(Payer, Vnd)> {
    let total = |payer: Payer| -> Vnd {
        quote
            .members
            .iter()
            .flat_map(|member| &member.shares)
            .filter(|share| share.payer == payer)
            .map(|share| share.amount)
            .sum()
    };
    Payer::ALL
        .into_iter()
        .map(|payer| (payer, total(payer)))
        .filter(|(payer, amount)| *payer == Payer::Person || !amount.is_zero())
        .collect()
}

fn payers(quote: &Quote, lang: Lang) -> String {
    let mut rows = vec![vec![
        lang.say("Ai đóng", "Who pays").to_owned(),
        lang.say("Số tiền", "Amount").to_owned(),
        String::new(),
    ]];
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
        let part =
            same.and_then(|first| first.share).map(|share| wording::share(share, lang)).unwrap_or_default();
        rows.push(vec![wording::payer(payer, lang).to_owned(), wording::money(amount, lang), part]);
    }
    table(&rows, &[Lean::Left, Lean::Right, Lean::Right]) + "\n"
}

fn cards(quote: &Quote, lang: Lang) -> String {
    let same = quote.members.iter().all(|member| (member.from, member.until) == (quote.from, quote.until));
    let span = |from, until| format!("{} – {}", wording::date(from, lang), wording::date(until, lang));
    let title = lang.say("Thẻ có giá trị", "Card valid");
    if same {
        return format!("{title}: {}\n", span(quote.from, quote.until));
    }
    let lines = quote.members.iter().enumerate().map(|(index, member)| {
        format!("  {}: {}\n", label(index, member, lang), span(member.from, member.until))
    });
    format!("{title}:\n") + &lines.collect::<String>()
}

/// Rulebook and program, so that the quote can be proved again.
pub fn footer(rules: &Rulebook, lang: Lang) -> String {
    let hash = &rules.identity.sha256[..12];
    let mut line =
        format!("{} {hash} · bhyt {}", lang.say("bộ quy định", "rulebook"), env!("CARGO_PKG_VERSION"));
    for (kind, files) in [
        (lang.say("thay", "replaced"), &rules.identity.replaced),
        (lang.say("thêm", "overlay"), &rules.identity.overlays),
    ] {
        if !files.is_empty() {
            line.push_str(&format!(" · {kind}: {}", harmless(&files.join(", "))));
        }
    }
    line
}
