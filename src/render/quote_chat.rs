//! Báo mức đóng để gửi tin nhắn: plain lines without alignment, short enough for one message.

use super::layout::shortened;
use super::quote_text::payer_totals;
use super::wording::{self, Lang, harmless};
use crate::engine::premium::quote::Quote;
use crate::rulebook::Rulebook;
use crate::terms::group::Payer;

/// Members listed by line; more are summed up, so that the message stays short.
const LISTED: usize = 8;

/// The message.
pub fn text(quote: &Quote, rules: &Rulebook, lang: Lang) -> String {
    let mut lines = Vec::new();
    let (vi, en) = (
        format!("Mức đóng BHYT {} tháng, đóng ngày {}:", quote.months, wording::date(quote.paid_on, lang)),
        format!("Health insurance, {} months, paid on {}:", quote.months, wording::date(quote.paid_on, lang)),
    );
    lines.push(if lang == Lang::Vi { vi } else { en });
    for (index, member) in quote.members.iter().enumerate().take(LISTED) {
        let name = member.name.as_deref().map_or_else(
            || format!("{} {}", lang.say("Người", "Person"), index + 1),
            |name| shortened(&harmless(name), 24),
        );
        let own =
            member.shares.iter().filter(|share| share.payer == Payer::Person).map(|share| share.amount).sum();
        lines.push(format!("- {name}: {}", wording::money(own, lang)));
    }
    if quote.members.len() > LISTED {
        lines.push(format!("- … ({} {})", quote.members.len(), lang.say("người", "people")));
    }
    lines.push(format!("{}: {}", lang.say("Tổng phải đóng", "To pay"), wording::money(quote.payable, lang)));
    for (payer, amount) in payer_totals(quote).into_iter().filter(|(payer, _)| *payer != Payer::Person) {
        lines.push(format!(
            "{} {}: {}",
            lang.say("Phần", "Part of"),
            wording::payer(payer, lang),
            wording::money(amount, lang)
        ));
    }
    let others: Vec<String> = quote
        .alternatives
        .iter()
        .filter(|other| other.months != quote.months)
        .map(|other| {
            format!(
                "{} {}: {}",
                other.months,
                lang.say("tháng", "months"),
                wording::money(other.payable, lang)
            )
        })
        .collect();
    if !others.is_empty() {
        lines.push(others.join("; "));
    }
    lines.push(format!(
        "{} {} – {}",
        lang.say("Thẻ từ", "Card"),
        wording::date(quote.from, lang),
        wording::date(quote.until, lang)
    ));
    lines.push(format!(
        "{} {}",
        lang.say("Báo giá, không thay biên lai.", "A quote, not a receipt."),
        &rules.identity.sha256[..8]
    ));
    lines.join("\n") + "\n"
}
