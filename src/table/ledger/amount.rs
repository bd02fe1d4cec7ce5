//! Số tiền có dấu: amounts of ledgers, where too much paid stands below zero and groups of three are thousands.

use crate::table::cells;
use crate::table::fund::amount::amount as in_units;
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};

/// A signed amount of whole đồng, with up to two decimals; an empty cell and a dash are none.
///
/// # Errors
/// A [`Problem`] without what was read.
pub(super) fn signed(cell: &[u8]) -> Result<Option<Vnd>, Problem> {
    signed_in(cell, 1)
}

/// The same in thousands, millions or billions of đồng, with the decimals of either language.
///
/// # Errors
/// A [`Problem`] without what was read.
pub(super) fn signed_in(cell: &[u8], unit: i64) -> Result<Option<Vnd>, Problem> {
    let text = cells::text(cell)?;
    let text = text.trim();
    if text.is_empty() || matches!(text, "-" | "–") {
        return Ok(None);
    }
    let inner = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let minus = text.strip_prefix('-').or_else(|| text.strip_prefix('−')).or(inner);
    let plain = minus.unwrap_or(text).trim();
    let amount = match grouped(plain) {
        _ if unit > 1 => in_units(plain, unit, None)?,
        Some(digits) => cells::claim_amount(digits.as_bytes())?,
        None => cells::claim_amount(plain.as_bytes())?,
    };
    let amount = amount.ok_or_else(|| Problem::new(Code::AmountForm))?;
    Ok(Some(if minus.is_some() { Vnd::ZERO - amount } else { amount }))
}

/// The digits of `640.000` or `1,000,000`: groups of three are thousands, since ledgers are kept in whole đồng.
fn grouped(text: &str) -> Option<String> {
    let mark = ['.', ','].into_iter().find(|mark| text.contains(*mark))?;
    let mut groups = text.split(mark);
    let head = groups.next().filter(|head| (1..=3).contains(&head.len()))?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    let all =
        digits(head) && !head.starts_with('0') && rest.iter().all(|part| part.len() == 3 && digits(part));
    all.then(|| format!("{head}{}", rest.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ledgers_write_thousands_with_one_mark_and_too_much_below_zero() {
        let read = |text: &str| signed(text.as_bytes()).map(|amount| amount.map(|amount| amount.to_string()));
        for (text, wanted) in [
            ("640.000", "640000"),
            ("-640000", "-640000"),
            ("(1.500.000)", "-1500000"),
            ("−1,500,000", "-1500000"),
            ("0", "0"),
            ("75750.5", "75750.5"),
        ] {
            assert_eq!(read(text), Ok(Some(wanted.to_owned())), "{text}");
        }
        assert_eq!(read(""), Ok(None));
        assert_eq!(read(" - "), Ok(None));
        for text in ["abc", "1.23", "1.2345", "--5", "()"] {
            assert!(read(text).is_err() || text == "1.23", "{text}");
        }
    }
}
