//! Đọc số tiền: amounts as people in Vietnam write them, refusing what can be read in two ways.

use std::borrow::Cow;

use super::vnd::{LARGEST_AMOUNT, Vnd};
use crate::terms::fold::fold;

/// Vì sao không đọc được số tiền.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmountError {
    /// Not digits in one of the accepted groupings.
    Form,
    /// A single separator, which may mark thousands or decimals; the two readings.
    Ambiguous(String, String),
    /// Below zero, or beyond what can be computed.
    Range,
}

/// Đọc số tiền: `1263600`, `1.263.600`, `1 263 600`, `1,263,600`, `631.800`, each with or without `đ`; `5 triệu`, `4,5tr`, `950k`.
///
/// # Errors
/// [`AmountError`] says why; `1.23` and `1,5` are refused as ambiguous, and so are `1234.567`, `0.500` and `1.200 triệu`.
pub fn parse_amount(text: &str) -> Result<Vnd, AmountError> {
    let text = text.trim();
    let digits = without_unit(text);
    if let Some(rest) = digits.strip_prefix('-') {
        return Err(if rest.starts_with(|first: char| first.is_ascii_digit()) {
            AmountError::Range
        } else {
            AmountError::Form
        });
    }
    if !digits.starts_with(|first: char| first.is_ascii_digit()) {
        return Err(AmountError::Form);
    }
    if digits.chars().any(char::is_alphabetic)
        && let Some(amount) = in_words(&fold(&digits.replace([',', '.'], "!")))
    {
        return amount;
    }
    let is_blank = |letter: char| matches!(letter, ' ' | '\u{a0}' | '\u{202f}');
    let separators = || digits.chars().filter(|letter| !letter.is_ascii_digit());
    let mut marks = separators();
    match (marks.next(), marks.next()) {
        (None, _) => whole(&digits),
        (Some(mark @ ('.' | ',')), None) => {
            let (head, tail) = digits.split_once(mark).ok_or(AmountError::Form)?;
            if tail.is_empty() || !tail.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(AmountError::Form);
            }
            let joined = || format!("{head}{tail}");
            match tail.len() {
                // The đồng has no fraction: three digits after one to three others are thousands.
                3 if (1..=3).contains(&head.len()) && !head.starts_with('0') => whole(&digits),
                3 => Err(AmountError::Ambiguous(joined(), format!("{head}.{tail}"))),
                _ => Err(AmountError::Ambiguous(head.to_owned(), format!("{head}.{tail}"))),
            }
        }
        (Some(first), _)
            if separators().all(|letter| letter == first || (is_blank(letter) && is_blank(first))) =>
        {
            let mut groups = digits.split(|letter: char| !letter.is_ascii_digit());
            let head = groups.next().unwrap_or_default();
            let grouped = matches!(first, '.' | ',') || is_blank(first);
            if grouped && (1..=3).contains(&head.len()) && groups.all(|group| group.len() == 3) {
                whole(&digits)
            } else {
                Err(AmountError::Form)
            }
        }
        _ => Err(AmountError::Form),
    }
}

/// Đọc số tiền của hồ sơ thanh toán: as above, or with one or two decimals after a dot (`75750.5`).
///
/// Three digits after a dot are thousands, as above.
///
/// # Errors
/// As [`parse_amount`].
pub fn parse_claim_amount(text: &str) -> Result<Vnd, AmountError> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match text.trim().split_once('.') {
        Some((dong, decimals)) if digits(dong) && digits(decimals) && decimals.len() <= 2 => {
            let hundredths = whole(decimals)?.hundredths() / if decimals.len() == 2 { 100 } else { 10 };
            Ok(whole(dong)? + Vnd::from_hundredths(hundredths))
        }
        _ => parse_amount(text),
    }
}

/// Triệu, nghìn: a number of at most two decimals with the unit after it or, as in `5tr2`, between; marks are written `!`.
fn in_words(text: &str) -> Option<Result<Vnd, AmountError>> {
    /// Units as people write them, folded, with the digits that they add.
    const UNITS: [(&str, usize); 7] =
        [("trieu", 6), ("nghin", 3), ("ngan", 3), ("tr", 6), ("ty", 9), ("ti", 9), ("k", 3)];
    let text = text.replace('-', "");
    let (number, unit) = text.split_at(text.find(char::is_alphabetic)?);
    let (zeros, after) = UNITS.iter().find_map(|(name, zeros)| Some((*zeros, unit.strip_prefix(name)?)))?;
    let (head, tail) = match (number.split_once('!'), after) {
        (None, "ruoi") => (number, "5"),
        (None, tail) => (number, tail),
        (Some((head, tail)), "") if tail.len() < 3 => (head, tail),
        (Some((head, tail)), "") => {
            let grouped = format!("{head}{tail}");
            return Some(Err(AmountError::Ambiguous(grouped, format!("{head}.{tail}"))));
        }
        _ => return None,
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if head.is_empty() || !digits(head) || !digits(tail) || tail.len() > zeros {
        return None;
    }
    Some(whole(&format!("{head}{tail:0<zeros$}")))
}

/// The text before `đ`, `đồng`, `vnd`; nearly all end with a digit and have none.
fn without_unit(text: &str) -> Cow<'_, str> {
    if text.ends_with(|last: char| last.is_ascii_digit()) {
        return Cow::Borrowed(text);
    }
    let lower = text.to_lowercase();
    let units = ["đồng", "vnđ", "vnd", "đ", "₫", "d"];
    let amount = units.iter().find_map(|unit| lower.strip_suffix(unit));
    amount.map_or(Cow::Borrowed(text), |amount| Cow::Owned(amount.trim_end().to_owned()))
}

/// The digits of a text as one number, whatever stands between them.
fn whole(text: &str) -> Result<Vnd, AmountError> {
    let mut digits = text.bytes().filter(u8::is_ascii_digit).map(|digit| i64::from(digit - b'0'));
    let dong = digits.try_fold(0_i64, |dong, digit| dong.checked_mul(10)?.checked_add(digit));
    let dong = dong.filter(|dong| *dong <= LARGEST_AMOUNT).ok_or(AmountError::Range)?;
    Ok(Vnd::whole(dong))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_documented_form() {
        for text in [
            "1263600",
            "1.263.600",
            "1 263 600",
            "1,263,600",
            "1263600đ",
            "1.263.600 đ",
            " 1\u{a0}263\u{a0}600 VND ",
            "1.263.600 đồng",
        ] {
            assert_eq!(parse_amount(text), Ok(Vnd::whole(1_263_600)), "{text}");
        }
        assert_eq!(parse_amount("540 000"), Ok(Vnd::whole(540_000)));
        assert_eq!(parse_amount("0"), Ok(Vnd::ZERO));
    }

    #[test]
    fn reads_millions_and_thousands_in_words() {
        for (text, dong) in [
            ("5 triệu", 5_000_000),
            ("5tr", 5_000_000),
            ("4,5 triệu", 4_500_000),
            ("4.25 Triệu đồng", 4_250_000),
            ("5 triệu rưỡi", 5_500_000),
            ("5tr2", 5_200_000),
            ("1tr263", 1_263_000),
            ("950 nghìn", 950_000),
            ("950 ngan", 950_000),
            ("950k", 950_000),
            ("1,2 tỷ", 1_200_000_000),
        ] {
            assert_eq!(parse_amount(text), Ok(Vnd::whole(dong)), "{text}");
        }
        assert!(matches!(parse_amount("1.200 triệu"), Err(AmountError::Ambiguous(..))));
        for text in ["triệu", "5 triệu 2.5", "5 triệu mốt", "1.2tr3", "5tr1234567", "-5 triệu", "5 tháng"]
        {
            assert!(parse_amount(text).is_err(), "{text}");
        }
    }

    #[test]
    fn refuses_what_means_two_things_or_nothing() {
        for (text, dong) in
            [("631.800", 631_800), ("631,800 đ", 631_800), ("1.234", 1_234), ("12.345đ", 12_345)]
        {
            assert_eq!(parse_amount(text), Ok(Vnd::whole(dong)), "{text}");
            assert_eq!(parse_claim_amount(text), Ok(Vnd::whole(dong)), "{text}");
        }
        for text in ["1.23", "1,5", "1234.567", "0.500", "1,2345"] {
            assert!(matches!(parse_amount(text), Err(AmountError::Ambiguous(..))), "{text}");
        }
        for text in [
            "",
            "abc",
            "1_000",
            "+5",
            "1.23.456",
            "1.234,567.890",
            "1e9",
            "NaN",
            "１２３",
            "1..234",
            "1.234.56",
        ] {
            assert_eq!(parse_amount(text), Err(AmountError::Form), "{text}");
        }
        for text in ["-5", "1000000000000001", "123456789012345678901234567890"] {
            assert_eq!(parse_amount(text), Err(AmountError::Range), "{text}");
        }
    }
}
