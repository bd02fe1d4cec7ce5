//! Cách viết số: the two ways of reading the numbers of a claim file.
//!
//! The strict way is the standard's own form: digits, a dot, decimals. The tolerant way reads what exporters
//! really write (decimal comma, exponent, grouping) as long as it can mean one number only, and says so. What can
//! mean two numbers is not read.

use super::figure::{Figure, KEPT_DECIMALS, TENS};
use crate::terms::listed::listed;
use crate::terms::number::up_to_eight_digits;

/// Whole digits accepted before the decimal mark (fields hold at most 15 characters).
const WHOLE_DIGITS: usize = 12;

listed! {
    /// Lỗi trình bày số: how a text departs from the standard's form of a number or moment.
    NumberFault {
        /// A comma as decimal mark.
        DecimalComma = "decimal-comma",
        /// Scientific notation.
        Exponent = "exponent",
        /// Thousands grouped.
        Grouping = "grouping",
        /// A plus sign, or a minus sign before zero.
        Sign = "sign",
        /// No digit before or after the decimal mark.
        BareMark = "bare-decimal-mark",
        /// A percent sign.
        PercentSign = "percent-sign",
        /// A ratio or share as a part of one: `0.8` for 80 percent.
        OfOne = "of-one",
        /// More decimals than the field has.
        TooManyDecimals = "too-many-decimals",
        /// A mandatory field is empty or absent.
        Missing = "missing",
        /// Can be read as two numbers.
        Ambiguous = "ambiguous",
        /// No number, or a destroyed one.
        NotANumber = "not-a-number",
        /// A number beyond the size of the field.
        TooLarge = "too-large",
        /// No moment of the form `yyyymmddHHMM`.
        NotAMoment = "not-a-moment",
        /// A moment in another form that can mean one thing only: with dashes or slashes, or with seconds.
        OtherMoment = "other-moment",
        /// A day where a minute belongs.
        DayOnly = "day-only",
        /// The same field twice in one item.
        Repeated = "repeated",
    }
}

impl NumberFault {
    /// True when a value could still be read.
    pub const fn is_readable(self) -> bool {
        match self {
            NumberFault::DecimalComma
            | NumberFault::Exponent
            | NumberFault::Grouping
            | NumberFault::Sign
            | NumberFault::BareMark
            | NumberFault::PercentSign
            | NumberFault::OfOne
            | NumberFault::TooManyDecimals
            | NumberFault::OtherMoment
            | NumberFault::DayOnly
            | NumberFault::Repeated => true,
            NumberFault::Missing
            | NumberFault::Ambiguous
            | NumberFault::NotANumber
            | NumberFault::TooLarge
            | NumberFault::NotAMoment => false,
        }
    }

    /// True for faults of moments.
    pub const fn is_of_a_moment(self) -> bool {
        matches!(self, NumberFault::NotAMoment | NumberFault::OtherMoment | NumberFault::DayOnly)
    }
}

/// True for `400.000`: a dot, three digits after it, and one to three before.
pub fn looks_grouped(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    let dot = text.len().checked_sub(4).filter(|dot| (1..=3).contains(dot));
    dot.is_some_and(|dot| {
        text[dot] == b'.'
            && text[0] != b'0'
            && text.iter().enumerate().all(|(place, byte)| place == dot || byte.is_ascii_digit())
    })
}

/// Reads a number: strictly if it has the standard's form, else tolerantly with the fault named.
///
/// # Errors
/// The [`NumberFault`] of a text that is no number, or that could be two.
pub fn read(text: &[u8]) -> Result<(Figure, Option<NumberFault>), NumberFault> {
    let text = text.trim_ascii();
    if text.is_empty() {
        return Err(NumberFault::Missing);
    }
    match strict(text) {
        Some(figure) => Ok((figure, None)),
        None => tolerant(text),
    }
}

/// The standard's form with no more decimals than a field has, in millionths: what [`read`] reads without a fault, at one look.
#[inline]
pub fn plain(text: &[u8], most_decimals: u32) -> Option<i64> {
    if let Some(whole) = up_to_eight_digits(text).and_then(|whole| i64::try_from(whole).ok()) {
        return Some(whole * TENS[KEPT_DECIMALS]);
    }
    let mut number: i64 = 0;
    let mut dot = text.len();
    // Eighteen signs stay far from the end of the type.
    if text.is_empty() || text.len() > WHOLE_DIGITS + KEPT_DECIMALS {
        return None;
    }
    for (place, byte) in text.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit <= 9 {
            number = number * 10 + i64::from(digit);
        } else if *byte == b'.' && dot == text.len() {
            dot = place;
        } else {
            return None;
        }
    }
    let decimals = (text.len() - dot).saturating_sub(1);
    let is_whole = dot == text.len() || decimals > 0;
    let fits = is_whole && (1..=WHOLE_DIGITS).contains(&dot) && decimals <= most_decimals as usize;
    fits.then(|| number * TENS[KEPT_DECIMALS - decimals])
}

/// The standard's form: digits, and a dot with decimals at most.
fn strict(text: &[u8]) -> Option<Figure> {
    let (whole, decimals) = match text.iter().position(|&byte| byte == b'.') {
        None => (text, &text[text.len()..]),
        Some(dot) if dot + 1 < text.len() => (&text[..dot], &text[dot + 1..]),
        Some(_) => return None,
    };
    if whole.is_empty() || whole.len() > WHOLE_DIGITS || decimals.len() > KEPT_DECIMALS {
        return None;
    }
    let mut number: i64 = 0;
    for byte in whole.iter().chain(decimals) {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number * 10 + i64::from(digit);
    }
    // At most eighteen digits in all.
    Some(Figure::from_millionths(i128::from(number * TENS[KEPT_DECIMALS - decimals.len()])))
}

/// What exporters write, when it can mean one number only.
///
/// A negative number in plain form is read as it stands; what it means there is for the checks to say.
fn tolerant(text: &[u8]) -> Result<(Figure, Option<NumberFault>), NumberFault> {
    let text = std::str::from_utf8(text).map_err(|_| NumberFault::NotANumber)?;
    let (text, mut fault) = match text.strip_suffix('%') {
        Some(number) => (number.trim_end(), Some(NumberFault::PercentSign)),
        None => (text, None),
    };
    let (negative, text) = match (text.strip_prefix('-'), text.strip_prefix('+')) {
        (Some(number), _) => (true, number),
        (None, Some(number)) => {
            fault.get_or_insert(NumberFault::Sign);
            (false, number)
        }
        (None, None) => (false, text),
    };
    let (mantissa, exponent) = split_exponent(text)?;
    if exponent.is_some() {
        fault.get_or_insert(NumberFault::Exponent);
    }
    let (digits, decimals, how) = ungrouped(mantissa)?;
    if let Some(how) = how {
        fault.get_or_insert(how);
    }
    let (size, cut) = scaled(&digits, decimals - exponent.unwrap_or(0))?;
    if cut {
        fault.get_or_insert(NumberFault::TooManyDecimals);
    }
    if negative && size == 0 {
        fault.get_or_insert(NumberFault::Sign);
    }
    Ok((Figure::from_millionths(if negative { -size } else { size }), fault))
}

fn split_exponent(text: &str) -> Result<(&str, Option<i32>), NumberFault> {
    match text.split_once(['e', 'E']) {
        None => Ok((text, None)),
        Some((mantissa, exponent)) => {
            let power: i32 = exponent.parse().map_err(|_| NumberFault::NotANumber)?;
            if power.abs() > 30 {
                return Err(NumberFault::TooLarge);
            }
            Ok((mantissa, Some(power)))
        }
    }
}

/// Digits without marks, the number of decimals among them, and what had to be tolerated.
fn ungrouped(text: &str) -> Result<(String, i32, Option<NumberFault>), NumberFault> {
    let marks: Vec<char> = text.chars().filter(|letter| !letter.is_ascii_digit()).collect();
    let decimals_of = |part: &str| i32::try_from(part.len()).map_err(|_| NumberFault::TooLarge);
    let plain: String = text.chars().filter(char::is_ascii_digit).collect();
    if plain.is_empty() {
        return Err(NumberFault::NotANumber);
    }
    match marks[..] {
        [] => Ok((plain, 0, None)),
        ['.'] => {
            let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
            let bare = (whole.is_empty() || decimals.is_empty()).then_some(NumberFault::BareMark);
            Ok((plain, decimals_of(decimals)?, bare))
        }
        [','] => {
            let (whole, decimals) = text.split_once(',').unwrap_or((text, ""));
            let could_group = decimals.len() == 3 && (1..=3).contains(&whole.len()) && whole != "0";
            if could_group {
                return Err(NumberFault::Ambiguous);
            }
            Ok((plain, decimals_of(decimals)?, Some(NumberFault::DecimalComma)))
        }
        _ => grouped(text, &marks, plain),
    }
}

/// `1.234.567`, `1 234 567`, `1.234.567,89`: groups of three, and at most one other mark after them.
fn grouped(
    text: &str,
    marks: &[char],
    plain: String,
) -> Result<(String, i32, Option<NumberFault>), NumberFault> {
    let (Some(&first), Some(&last)) = (marks.first(), marks.last()) else {
        return Err(NumberFault::NotANumber);
    };
    if !marks.iter().all(|mark| matches!(mark, '.' | ',' | ' ' | '\u{a0}')) {
        return Err(NumberFault::NotANumber);
    }
    let (groups, decimals) = match text.rsplit_once(last) {
        Some((groups, decimals)) if last != first => (groups, decimals),
        _ => (text, ""),
    };
    if last != first && !matches!(last, '.' | ',') {
        return Err(NumberFault::NotANumber);
    }
    let mut parts = groups.split(first);
    let head = parts.next().unwrap_or("");
    let regular = (1..=3).contains(&head.len())
        && head.bytes().all(|byte| byte.is_ascii_digit())
        && parts.all(|part| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()));
    if !regular {
        return Err(NumberFault::NotANumber);
    }
    let decimals = i32::try_from(decimals.len()).map_err(|_| NumberFault::TooLarge)?;
    Ok((plain, decimals, Some(NumberFault::Grouping)))
}

/// Digits with that many decimals, in millionths; true when decimals beyond the kept ones were rounded away.
fn scaled(digits: &str, decimals: i32) -> Result<(i128, bool), NumberFault> {
    let digits = digits.trim_start_matches('0');
    let kept = i32::try_from(KEPT_DECIMALS).unwrap_or(0);
    let whole = i32::try_from(digits.len()).map_err(|_| NumberFault::TooLarge)? - decimals;
    if !digits.is_empty() && whole > i32::try_from(WHOLE_DIGITS).unwrap_or(0) {
        return Err(NumberFault::TooLarge);
    }
    let surplus = usize::try_from(decimals - kept).unwrap_or(0);
    let (used, rest) = digits.split_at(digits.len().saturating_sub(surplus));
    let number: i128 = if used.is_empty() { 0 } else { used.parse().map_err(|_| NumberFault::TooLarge)? };
    let missing = u32::try_from((kept - decimals).max(0)).unwrap_or(0);
    let cut = rest.bytes().any(|digit| digit != b'0');
    let up = rest.len() == surplus && rest.as_bytes().first().is_some_and(|digit| *digit >= b'5');
    let size = number.checked_mul(10_i128.pow(missing)).ok_or(NumberFault::TooLarge)?;
    Ok((size + i128::from(up), cut))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::listed::Listed;

    fn shown(text: &str) -> String {
        match read(text.as_bytes()) {
            Ok((figure, None)) => figure.to_string(),
            Ok((figure, Some(fault))) => format!("{figure} {}", fault.key()),
            Err(fault) => fault.key().to_owned(),
        }
    }

    #[test]
    fn the_standards_own_form_is_read_without_a_word() {
        for (text, read) in [
            ("0", "0"),
            ("49700.000", "49700"),
            ("2349877.00", "2349877"),
            (" 59.999 ", "59.999"),
            ("0.5", "0.5"),
            ("000012.50", "12.5"),
            ("999999999999.99", "999999999999.99"),
        ] {
            assert_eq!(shown(text), read, "{text}");
        }
    }

    #[test]
    fn what_exporters_write_is_read_with_the_fault_named() {
        for (text, read) in [
            ("15786219,00", "15786219 decimal-comma"),
            ("1,5", "1.5 decimal-comma"),
            ("0,125", "0.125 decimal-comma"),
            ("1234,567", "1234.567 decimal-comma"),
            ("1.5786219E7", "15786219 exponent"),
            ("5e-1", "0.5 exponent"),
            ("1.234.567", "1234567 grouping"),
            ("1 234 567", "1234567 grouping"),
            ("1.234.567,89", "1234567.89 grouping"),
            ("1,234,567.89", "1234567.89 grouping"),
            ("-0.00", "0 sign"),
            ("+5", "5 sign"),
            ("-12", "-12"),
            (".5", "0.5 bare-decimal-mark"),
            ("5.", "5 bare-decimal-mark"),
            ("80%", "80 percent-sign"),
            ("0.30000000000000004", "0.3 too-many-decimals"),
            ("1.0000005", "1.000001 too-many-decimals"),
        ] {
            assert_eq!(shown(text), read, "{text}");
        }
    }

    #[test]
    fn one_look_reads_what_the_long_way_reads_without_a_fault() {
        let pieces = ["", "0", "7", "12", "999999", "000", ".", "1.5", ",", " ", "-", "x"];
        let mut read_so = 0;
        let numbers = 0..pieces.len().pow(3);
        let texts = numbers.map(|at| [at, at / 12, at / 144].map(|at| pieces[at % pieces.len()]).concat());
        for text in texts {
            for decimals in 0..=3 {
                let found = plain(text.as_bytes(), decimals).map(i128::from);
                let long = read(text.as_bytes()).ok();
                let long = long.filter(|(figure, fault)| fault.is_none() && figure.fits_decimals(decimals));
                read_so += u32::from(found.is_some());
                // What it leaves to the long way may still be a number.
                assert!(found.is_none() || found == long.map(|(figure, _)| figure.millionths()), "{text}");
            }
        }
        assert!(read_so > 500, "{read_so}");
    }

    #[test]
    fn what_can_be_two_numbers_or_none_is_not_guessed() {
        for (text, fault) in [
            ("", "missing"),
            ("   ", "missing"),
            ("15.78.62.19", "not-a-number"),
            ("1,234", "ambiguous"),
            ("NaN", "not-a-number"),
            ("undefined", "not-a-number"),
            ("Infinity", "not-a-number"),
            ("1.23.456", "not-a-number"),
            ("12 34", "not-a-number"),
            ("--5", "not-a-number"),
            ("1e999", "too-large"),
            ("1e20", "too-large"),
            ("12345678901234567890", "too-large"),
            ("５００", "not-a-number"),
            ("0x1F", "not-a-number"),
            (".", "not-a-number"),
            ("-", "not-a-number"),
            ("1_000", "not-a-number"),
        ] {
            assert_eq!(shown(text), fault, "{text}");
        }
    }
}
