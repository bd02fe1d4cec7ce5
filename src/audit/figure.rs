//! Số trong hồ sơ: exact numbers of a claim file, and the two ways of reading them.
//!
//! The strict way is the standard's own form: digits, a dot, decimals. The tolerant way reads what exporters
//! really write (decimal comma, exponent, grouping) as long as it can mean one number only, and says so. What can
//! mean two numbers is not read.

use std::fmt;

use crate::terms::listed::listed;
use crate::terms::number::{ExactVnd, Rounding, RoundingMode, Share, Vnd};

/// Millionths in one unit: more decimals than any field of the standards has.
const MILLION: i128 = 1_000_000;

/// Whole digits accepted before the decimal mark (fields hold at most 15 characters).
const WHOLE_DIGITS: usize = 12;

/// Decimals kept of a number that has too many.
const KEPT_DECIMALS: usize = 6;

/// Powers of ten up to that of the decimals kept.
const TENS: [i64; KEPT_DECIMALS + 1] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

/// Số của hồ sơ: a quantity, price, amount or percentage, exact to the millionth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Figure(i128);

impl Figure {
    /// Zero.
    pub const ZERO: Figure = Figure(0);

    /// A whole number.
    pub const fn whole(number: i64) -> Figure {
        Figure(number as i128 * MILLION)
    }

    /// A number of millionths.
    pub const fn from_millionths(millionths: i128) -> Figure {
        Figure(millionths)
    }

    /// The number in millionths.
    pub const fn millionths(self) -> i128 {
        self.0
    }

    /// A share in percent, exact to the millionth, or `None` when it is not.
    pub fn percent_of(share: Share) -> Option<Figure> {
        let (numerator, denominator) = share.parts();
        let hundredfold = i128::from(numerator) * 100 * MILLION;
        let denominator = i128::from(denominator);
        (hundredfold % denominator == 0).then(|| Figure(hundredfold / denominator))
    }

    /// The amount of đồng as a figure.
    pub fn from_vnd(amount: Vnd) -> Figure {
        Figure(i128::from(amount.hundredths()) * (MILLION / 100))
    }

    /// The amount of đồng, or `None` when it carries more than two decimals.
    pub fn vnd(self) -> Option<Vnd> {
        let hundredth = MILLION / 100;
        (self.0 % hundredth == 0)
            .then(|| i64::try_from(self.0 / hundredth).ok().map(Vnd::from_hundredths))
            .flatten()
    }

    /// The amount in whole đồng, for tables read by people.
    pub fn rounded_to_dong(self) -> Vnd {
        let whole = Rounding { mode: RoundingMode::HalfAwayFromZero, unit_hundredths: 100 };
        self.exact().round(whole).unwrap_or_default()
    }

    /// The figure as an exact intermediate amount of đồng.
    pub fn exact(self) -> ExactVnd {
        ExactVnd::ratio(self.0, MILLION)
    }

    /// True when the figure has at most this many decimals.
    pub fn fits_decimals(self, decimals: u32) -> bool {
        let unit = TENS[KEPT_DECIMALS.saturating_sub(decimals as usize)];
        match i64::try_from(self.0) {
            Ok(millionths) => millionths % unit == 0,
            Err(_) => self.0 % i128::from(unit) == 0,
        }
    }

    /// The figure as a small whole number (a code, a count), if it is one.
    pub fn count(self) -> Option<u32> {
        (self.0 % MILLION == 0).then(|| u32::try_from(self.0 / MILLION).ok()).flatten()
    }

    /// True for exactly zero.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// True below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The distance from zero.
    #[must_use]
    pub const fn abs(self) -> Figure {
        Figure(self.0.abs())
    }

    /// So many of so many equal parts, rounded to two decimals, half away from zero.
    #[must_use]
    pub fn part(self, parts: i64, of: i64) -> Figure {
        let exact = self.exact().times(i128::from(parts), i128::from(of.max(1)));
        exact.and_then(|exact| exact.round(TWO_DECIMALS)).map(Figure::from_vnd).unwrap_or_default()
    }

    /// One of so many units, rounded to two decimals, half away from zero.
    pub fn part_of(self, units: Figure) -> Option<Figure> {
        if units <= Figure::ZERO {
            return None;
        }
        let exact = self.exact().times(MILLION, units.0).ok()?;
        exact.round(TWO_DECIMALS).ok().map(Figure::from_vnd)
    }

    /// Tích làm tròn một lần: the product with percentages, rounded once to two decimals, half away from zero.
    ///
    /// `None` beyond the range in which the arithmetic is exact.
    pub fn product(self, factor: Figure, percentages: &[Figure]) -> Option<Figure> {
        self.short_product(factor, percentages).or_else(|| self.exact_product(factor, percentages))
    }

    /// The product of thousandths, where everything fits into 64 bits: nearly always.
    fn short_product(self, factor: Figure, percentages: &[Figure]) -> Option<Figure> {
        let thousandths = |figure: Figure| {
            let millionths = i64::try_from(figure.0).ok()?;
            (millionths % 1_000 == 0).then_some(millionths / 1_000)
        };
        let mut up = thousandths(self)?.checked_mul(thousandths(factor)?)?;
        // Millionths are ten thousand to a hundredth.
        let mut down = 10_000_i64;
        for percent in percentages.iter().filter(|percent| **percent != Figure::whole(100)) {
            up = up.checked_mul(thousandths(*percent)?)?;
            down = down.checked_mul(100_000)?;
        }
        let (whole, rest) = (up / down, (up % down).unsigned_abs());
        let away = rest >= down.unsigned_abs() - rest;
        let hundredths = if away { whole + up.signum() } else { whole };
        Some(Figure(i128::from(hundredths) * (MILLION / 100)))
    }

    fn exact_product(self, factor: Figure, percentages: &[Figure]) -> Option<Figure> {
        let amount = percentages.iter().try_fold(
            ExactVnd::ratio(self.0, MILLION).times(factor.0, MILLION).ok()?,
            |amount, percent| amount.times(percent.0, MILLION * 100).ok(),
        )?;
        amount.round(TWO_DECIMALS).ok().map(Figure::from_vnd)
    }
}

/// Làm tròn của hồ sơ: two decimals, half away from zero, once per product.
pub const TWO_DECIMALS: Rounding = Rounding { mode: RoundingMode::HalfAwayFromZero, unit_hundredths: 1 };

impl std::ops::Add for Figure {
    type Output = Figure;
    fn add(self, other: Figure) -> Figure {
        Figure(self.0 + other.0)
    }
}

impl std::ops::Sub for Figure {
    type Output = Figure;
    fn sub(self, other: Figure) -> Figure {
        Figure(self.0 - other.0)
    }
}

impl std::ops::Neg for Figure {
    type Output = Figure;
    fn neg(self) -> Figure {
        Figure(-self.0)
    }
}

impl std::ops::AddAssign for Figure {
    fn add_assign(&mut self, other: Figure) {
        self.0 += other.0;
    }
}

/// Sums are exact; a total that leaves the range of the type cannot come from amounts of at most twelve digits.
impl std::iter::Sum for Figure {
    fn sum<I: Iterator<Item = Figure>>(figures: I) -> Figure {
        figures.fold(Figure::ZERO, |total, figure| total + figure)
    }
}

/// Plain form with a dot and no needless zeros: `11250`, `599.99`, `-0.05`.
impl fmt::Display for Figure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::terms::number::plain(out, self.0, 6)
    }
}

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
    Some(Figure(i128::from(number * TENS[KEPT_DECIMALS - decimals.len()])))
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
    Ok((Figure(if negative { -size } else { size }), fault))
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
    use proptest::prelude::*;

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

    #[test]
    fn products_are_rounded_once_half_away_from_zero() {
        let of = |text: &str| read(text.as_bytes()).unwrap().0;
        let product = |a: &str, b: &str, percentages: &[&str]| {
            let percentages: Vec<Figure> = percentages.iter().map(|text| of(text)).collect();
            of(a).product(of(b), &percentages).unwrap().to_string()
        };
        assert_eq!(product("10", "59.999", &[]), "599.99");
        assert_eq!(product("1", "37500", &["30", "100"]), "11250");
        assert_eq!(product("1", "0.005", &[]), "0.01");
        assert_eq!(product("3", "10000000", &["50", "80"]), "12000000");
    }

    /// Figures of claims, odd ones, and ones near every border of the short way.
    fn figures() -> impl Strategy<Value = Figure> {
        let near = |border: i64| (border.saturating_sub(2)..=border.saturating_add(2)).prop_map(i128::from);
        prop_oneof![
            (-2_000_000_000_000..2_000_000_000_000_i128).prop_map(|thousandths| thousandths * 1_000),
            (0..100_000_i128).prop_map(|hundredths| hundredths * 10_000),
            any::<i64>().prop_map(i128::from),
            (i128::MIN / 4..i128::MAX / 4),
            near(i64::MAX),
            near(i64::MIN),
            near(0),
            Just(100 * MILLION),
        ]
        .prop_map(Figure)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn the_short_product_is_the_exact_one(
            one in figures(),
            other in figures(),
            percentages in proptest::collection::vec(figures(), 0..4),
        ) {
            // Where the exact way runs out of digits, the short one may still have them.
            let exact = one.exact_product(other, &percentages);
            if let (Some(short), Some(exact)) = (one.short_product(other, &percentages), exact) {
                prop_assert_eq!(short, exact);
            }
        }

        #[test]
        fn amounts_of_claims_go_the_short_way(
            quantity in 0..1_000_000_i128,
            price in 0..100_000_000_000_i128,
            percentages in proptest::collection::vec(0..=100_i64, 0..3),
        ) {
            let [quantity, price] = [quantity, price].map(|thousandths| Figure(thousandths * 1_000));
            // Up to a million units, a hundred million đồng, and as many percentages as 64 bits hold.
            let percentages: Vec<Figure> = percentages.into_iter().map(Figure::whole).take(1).collect();
            if quantity.0 / 1_000 * (price.0 / 1_000) < 90_000_000_000_000 {
                prop_assert!(quantity.short_product(price, &percentages).is_some());
            }
        }
    }
}
