//! Phiếu báo mức đóng: one printable A5 sheet in a single HTML file without any outside reference.

use std::fmt::Write as _;

use super::catalogue;
use super::explain;
use super::quote_text::{footer, headline, label, other_cycles, payer_totals};
use super::wording::{self, Lang, harmless};
use crate::engine::premium::quote::Quote;
use crate::rulebook::Rulebook;

const STYLE: &str = "@page{size:A5;margin:10mm}*{box-sizing:border-box}body{font:11pt/1.35 'Noto Sans','Segoe UI',Arial,sans-serif;color:#111;margin:0 auto;max-width:128mm;padding:4mm 0}h1{font-size:15pt;margin:0 0 1mm}p{margin:1.5mm 0}.not{border:1px solid #111;display:inline-block;padding:.5mm 2mm;font-size:9pt;font-weight:600}table{border-collapse:collapse;width:100%;margin:3mm 0}th,td{border-bottom:1px solid #bbb;padding:1mm 1.5mm;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}th:first-child,td:first-child{text-align:left;white-space:normal}th{font-size:9pt;font-weight:600;border-bottom:1.5px solid #111}tr.sum td{font-weight:700;border-bottom:1.5px solid #111}.pay{font-size:13pt;font-weight:700}.small{font-size:8.5pt;color:#333}ul{margin:1mm 0;padding-left:5mm}@media screen{body{padding:8mm;box-shadow:0 0 3mm #bbb;margin:6mm auto;max-width:148mm}}";

/// The sheet.
pub fn text(quote: &Quote, rules: &Rulebook, lang: Lang) -> String {
    let title = lang.say("Phiếu báo mức đóng bảo hiểm y tế", "Health insurance premium quote");
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p class=\"not\">{}</p>\n<p>{}</p>\n",
        lang.say("vi", "en"),
        lang.say("Không thay thế biên lai thu tiền", "This is a quote, not a receipt"),
        escape(&headline(quote, lang)),
    );
    out.push_str(&premiums(quote, lang));
    out.push_str(&payers(quote, lang));
    let _ = write!(
        out,
        "<p class=\"pay\">{}: {}</p>\n<p>{}: <em>{}</em></p>\n<p>{}: <strong>{} – {}</strong></p>\n",
        lang.say("Người tham gia đóng", "To be paid by the person"),
        wording::money(quote.payable, lang),
        lang.say("Bằng chữ", "In words"),
        wording::in_words(quote.payable, lang),
        lang.say("Thẻ có giá trị", "Card valid"),
        wording::date(quote.from, lang),
        wording::date(quote.until, lang),
    );
    let _ =
        writeln!(out, "<p class=\"small\">{}</p>", escape(&explain::legal_basis(&quote.trace, rules, lang)));
    if !quote.notices.is_empty() {
        let _ = write!(
            out,
            "<p class=\"small\">{}:</p>\n<ul class=\"small\">\n",
            lang.say("Lưu ý", "Please note")
        );
        for notice in &quote.notices {
            let _ = writeln!(out, "<li>{}</li>", escape(&catalogue::message(notice, lang)));
        }
        out.push_str("</ul>\n");
    }
    let _ = write!(out, "<p class=\"small\">{}</p>\n</body>\n</html>\n", escape(&footer(rules, lang)));
    out
}

fn premiums(quote: &Quote, lang: Lang) -> String {
    let others = other_cycles(quote);
    let months = |months: u32| format!("<th>{months} {}</th>", lang.say("tháng", "months"));
    let mut out = format!(
        "<table>\n<tr><th>{}</th><th>{}</th>{}",
        lang.say("Người", "Person"),
        lang.say("Tỷ lệ", "Ladder"),
        months(quote.months)
    );
    out.extend(others.iter().map(|other| months(other.months)));
    out.push_str("</tr>\n");
    for (index, member) in quote.members.iter().enumerate() {
        let step = member.ladder_step.map_or_else(|| "–".to_owned(), |step| wording::share(step, lang));
        let _ = write!(
            out,
            "<tr><td>{}</td><td>{step}</td><td>{}</td>",
            escape(&label(index, member, lang)),
            wording::money(member.premium, lang)
        );
        for other in &others {
            let _ = write!(
                out,
                "<td>{}</td>",
                wording::money(other.members.get(index).copied().unwrap_or_default(), lang)
            );
        }
        out.push_str("</tr>\n");
    }
    let _ = write!(
        out,
        "<tr class=\"sum\"><td>{}</td><td></td><td>{}</td>",
        lang.say("Cộng", "Total"),
        wording::money(quote.total, lang)
    );
    for other in &others {
        let _ = write!(out, "<td>{}</td>", wording::money(other.total, lang));
    }
    out + "</tr>\n</table>\n"
}

fn payers(quote: &Quote, lang: Lang) -> String {
    let totals = payer_totals(quote);
    if totals.len() < 2 {
        return String::new();
    }
    let mut out = format!(
        "<table>\n<tr><th>{}</th><th>{}</th></tr>\n",
        lang.say("Ai đóng", "Who pays"),
        lang.say("Số tiền", "Amount")
    );
    for (payer, amount) in totals {
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td></tr>",
            wording::payer(payer, lang),
            wording::money(amount, lang)
        );
    }
    out + "</table>\n"
}

/// Text made safe for HTML.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in harmless(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
