//! Báo mức đóng dạng CSV: one line a person, the same columns whatever the group.

use crate::engine::premium::quote::Quote;
use crate::terms::group::Payer;
use crate::terms::money::Vnd;

/// The table with its heading.
pub fn text(quote: &Quote) -> String {
    let mut out = String::from("rank,name,group,code,months,paid_on,from,until,premium");
    for payer in Payer::ALL {
        out.push(',');
        out.push_str(&payer.key().replace('-', "_"));
    }
    out.push('\n');
    for member in &quote.members {
        let mut cells = vec![
            member.rank.map(|rank| rank.to_string()).unwrap_or_default(),
            cell(member.name.as_deref().unwrap_or_default()),
            member.group.clone(),
            member.code.clone(),
            quote.months.to_string(),
            quote.paid_on.to_string(),
            member.from.to_string(),
            member.until.to_string(),
            member.premium.to_string(),
        ];
        cells.extend(Payer::ALL.into_iter().map(|payer| {
            let amount: Vnd =
                member.shares.iter().filter(|share| share.payer == payer).map(|share| share.amount).sum();
            amount.to_string()
        }));
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    out
}

/// A text cell: quoted where CSV needs it, disarmed where a spreadsheet would run it as a formula.
pub fn cell(text: &str) -> String {
    let armed = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']);
    let text = if armed { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn formulas_are_disarmed_and_quotes_doubled() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(cell("Nguyễn Văn A"), "Nguyễn Văn A");
    }
}
