//! Số lượng, đơn giá: numbers with up to three decimals, as the claim-file standard writes them.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::exact::{ExactVnd, Overflow};
use super::print::plain;
use super::vnd::LARGEST_AMOUNT;

/// Thousandths in one.
const THOUSANDTHS: i64 = 1000;

/// Số có ba chữ số thập phân: a quantity or a price, held as an integer number of thousandths.
///
/// Written as an integer or as a decimal text with a dot (`"59.999"`); a float is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Measure(i64);

impl Measure {
    /// One.
    pub const ONE: Measure = Measure(THOUSANDTHS);

    /// A whole number, or `None` when it is negative or too large.
    pub fn whole(number: i64) -> Option<Measure> {
        (0..=LARGEST_AMOUNT).contains(&number).then(|| Measure(number * THOUSANDTHS))
    }

    /// Đọc `"3"`, `"0.5"`, `"1000.005"`: at least one digit, a dot, at most three decimals, no grouping.
    pub fn parse(text: &str) -> Option<Measure> {
        let (whole, decimals) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || decimals.len() > 3 || !digits(whole) || !digits(decimals) {
            return None;
        }
        if decimals.is_empty() && text.contains('.') {
            return None;
        }
        let whole = Measure::whole(whole.parse().ok()?)?;
        let decimals: i64 = format!("{decimals:0<3}").parse().ok()?;
        whole.0.checked_add(decimals).map(Measure)
    }

    /// The number in thousandths.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// The smaller of two.
    #[must_use]
    pub fn at_most(self, other: Measure) -> Measure {
        self.min(other)
    }

    /// Sum of two, where it stays in range.
    pub fn plus(self, other: Measure) -> Option<Measure> {
        self.0.checked_add(other.0).map(Measure)
    }

    /// So many halves.
    pub fn halves(number: u32) -> Measure {
        Measure(i64::from(number) * THOUSANDTHS / 2)
    }

    /// The whole number that it is, if it is one.
    pub fn whole_number(self) -> Option<i64> {
        (self.0 % THOUSANDTHS == 0).then_some(self.0 / THOUSANDTHS)
    }

    /// An amount as a price.
    pub fn of_amount(amount: crate::terms::number::Vnd) -> Measure {
        Measure(amount.hundredths().max(0) * (THOUSANDTHS / 100))
    }

    /// The part of it for some of several equal shares, where it still has at most three decimals.
    pub fn part(self, shares: i64, of: i64) -> Option<Measure> {
        let product = self.0.checked_mul(shares)?;
        (of > 0 && product % of == 0).then(|| Measure(product / of))
    }

    /// True for nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The number as an exact amount of đồng.
    pub fn exact(self) -> ExactVnd {
        ExactVnd::ratio(i128::from(self.0), i128::from(THOUSANDTHS))
    }

    /// This many times an amount, exactly.
    ///
    /// # Errors
    /// [`Overflow`] when the amount is too large.
    pub fn of(self, amount: ExactVnd) -> Result<ExactVnd, Overflow> {
        amount.times(i128::from(self.0), i128::from(THOUSANDTHS))
    }
}

/// `3`, `0.5`, `1000.005`.
impl fmt::Display for Measure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        plain(out, i128::from(self.0), 3)
    }
}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Measure {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Measure, D::Error> {
        struct Reader;
        impl de::Visitor<'_> for Reader {
            type Value = Measure;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a number from 0 with at most three decimals, such as \"0.5\" or 3")
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Measure, E> {
                Measure::whole(number).ok_or_else(|| E::invalid_value(de::Unexpected::Signed(number), &self))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Measure, E> {
                Measure::parse(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        input.deserialize_any(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints_up_to_three_decimals() {
        for text in ["3", "0.5", "59.999", "1000.005", "0"] {
            assert_eq!(Measure::parse(text).unwrap().to_string(), text);
        }
        for text in ["", ".5", "1.", "1.2345", "1,5", "-1", "1e3", "1 000"] {
            assert_eq!(Measure::parse(text), None, "{text}");
        }
    }
}
