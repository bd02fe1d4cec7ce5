//! Số tiền theo đơn vị tính: amounts in billions, millions or đồng, with the decimals of either language.

use crate::terms::number::{LARGEST_AMOUNT, Vnd};
use crate::terms::problem::{Code, Problem};

/// An amount in multiples of a unit, with the decimals of the language it is written in: `1.110,8`, `1,110.8`, `1110.8`.
///
/// `decimal` is the mark of decimals where other cells of the table show it.
///
/// # Errors
/// A [`Problem`] for what is no number, or may be two: `1.110` in billions.
pub(in crate::table) fn amount(text: &str, unit: i64, decimal: Option<char>) -> Result<Option<Vnd>, Problem> {
    let text = text.trim();
    if text.is_empty() || matches!(text, "-" | "–") {
        return Ok(None);
    }
    let (sign, plain) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let plain: String =
        plain.chars().filter(|letter| !matches!(letter, ' ' | '\u{a0}' | '\u{202f}')).collect();
    let marks: Vec<char> = plain.chars().filter(|letter| matches!(letter, '.' | ',')).collect();
    let last = marks.last().copied();
    let form = || Problem::new(Code::AmountForm);
    let decimals = match last {
        None => "",
        Some(mark) => {
            let tail = plain.rsplit(mark).next().unwrap_or_default();
            let is_mixed = marks.iter().any(|other| *other != mark);
            let is_single = marks.iter().filter(|other| **other == mark).count() == 1;
            match (is_mixed, is_single, tail.len()) {
                (true, true, _) => tail,
                // One mark before three digits: thousands in whole đồng, two readings in larger units.
                (false, true, 3) if decimal == Some(mark) => tail,
                (false, true, 3) if decimal.is_some() => "",
                (false, true, 3) if unit > 1 => {
                    let (joined, point) = (plain.replace(mark, ""), plain.replace(mark, "."));
                    return Err(Problem::new(Code::AmountAmbiguous)
                        .with("first", joined)
                        .with("second", point));
                }
                (false, true, 3) | (false, false, _) => "",
                (false, true, _) => tail,
                (true, false, _) => return Err(form()),
            }
        }
    };
    let whole = &plain[..plain.len() - decimals.len()];
    let groups: Vec<&str> = whole.trim_end_matches(['.', ',']).split(['.', ',']).collect();
    let grouped = groups.len() == 1 || groups.iter().skip(1).all(|group| group.len() == 3);
    let digits: String = groups.concat();
    let is_number =
        !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !grouped || !is_number || decimals.len() > 12 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(form());
    }
    let mantissa: i128 = format!("{digits}{decimals}").parse().map_err(|_| form())?;
    let scale = 10_i128.pow(u32::try_from(decimals.len()).unwrap_or(0));
    let hundredths = mantissa * i128::from(unit) * 100;
    if hundredths % scale != 0 {
        return Err(form());
    }
    let hundredths = hundredths / scale;
    if hundredths > i128::from(LARGEST_AMOUNT) * 100 {
        return Err(Problem::new(Code::AmountRange));
    }
    Ok(Some(Vnd::from_hundredths(i64::try_from(hundredths).unwrap_or(0) * sign)))
}

/// The mark of decimals that a cell shows: the last of two kinds, the one of which several cannot be, or one before other
/// than three digits.
pub(super) fn decimal_mark(text: &str) -> Option<char> {
    let marks: Vec<char> = text.chars().filter(|letter| matches!(letter, '.' | ',')).collect();
    let last = marks.last().copied()?;
    let other = if last == '.' { ',' } else { '.' };
    let tail = text.rsplit(last).next().unwrap_or_default().trim();
    if marks.iter().any(|mark| *mark != last) {
        return Some(last);
    }
    match (marks.len(), tail.len()) {
        (1, 3) => None,
        (1, _) => Some(last),
        _ => Some(other),
    }
}

/// Half of what the last digit of an amount is worth: 50 million of `6.113,4` billion.
pub(super) fn half_of_last_digit(text: &str, unit: i64, decimal: Option<char>) -> Vnd {
    let decimals = decimal
        .or_else(|| decimal_mark(text))
        .and_then(|mark| text.rsplit_once(mark))
        .map_or("", |(_, tail)| tail);
    let scale = 10_i64.checked_pow(u32::try_from(decimals.trim().len()).unwrap_or(0)).unwrap_or(i64::MAX);
    Vnd::from_hundredths(unit.saturating_mul(50) / scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_in_billions_is_known_to_half_of_its_last_digit() {
        let half = |text: &str| half_of_last_digit(text, 1_000_000_000, None).to_string();
        assert_eq!([half("6.113,4"), half("6,113.4"), half("6113")], ["50000000", "50000000", "500000000"]);
    }

    #[test]
    fn cells_show_which_mark_is_that_of_decimals() {
        for (text, mark) in [
            ("6.113,4", Some(',')),
            ("6,113.4", Some('.')),
            ("1.110.800", Some(',')),
            ("5,5", Some(',')),
            ("6.000", None),
            ("6", None),
        ] {
            assert_eq!(decimal_mark(text), mark, "{text}");
        }
    }

    #[test]
    fn billions_with_the_decimals_of_either_language() {
        let read =
            |text: &str, unit| amount(text, unit, None).map(|amount| amount.map(|amount| amount.to_string()));
        for text in ["6.113,4", "6,113.4", "6113,4", "6113.4", "6 113,4", "6.113,40"] {
            assert_eq!(read(text, 1_000_000_000), Ok(Some("6113400000000".to_owned())), "{text}");
        }
        assert_eq!(read("1.366.200", 1), Ok(Some("1366200".to_owned())));
        assert_eq!(read("640.000", 1), Ok(Some("640000".to_owned())));
        assert_eq!(read("-5", 1), Ok(Some("-5".to_owned())));
        assert_eq!(read("1.110", 1_000_000_000).map_err(|problem| problem.code), Err(Code::AmountAmbiguous));
        let shown = |mark| {
            amount("6.000", 1_000_000_000, Some(mark)).map(|amount| amount.map(|amount| amount.to_string()))
        };
        assert_eq!(shown(','), Ok(Some("6000000000000".to_owned())));
        assert_eq!(shown('.'), Ok(Some("6000000000".to_owned())));
        for text in ["abc", "1.11.000", "1,1.1,1", "1e3"] {
            assert_eq!(read(text, 1).map_err(|problem| problem.code), Err(Code::AmountForm), "{text}");
        }
    }
}
