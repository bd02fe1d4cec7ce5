//! Tỷ lệ: exact shares of a whole.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::exact::{ExactVnd, Overflow, greatest_common_divisor};

/// Tỷ lệ: an exact share of a whole, from nothing to all of it, kept as a reduced fraction.
///
/// Rule files write it as `"4.5%"` or `"2/3"`; a bare number is refused, since it would pass through a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Share {
    numerator: i64,
    denominator: i64,
}

/// Why a text is not a share.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// Neither `n%` nor `n/d`.
    #[error("`{0}` is not a share; write \"4.5%\" or \"2/3\"")]
    Form(String),
    /// Below nothing or above the whole.
    #[error("`{0}` lies outside 0% to 100%")]
    OutOfRange(String),
}

impl Share {
    /// Name under which shares are serialised, so that they can be told from other texts.
    pub const TYPE_NAME: &'static str = "Share";

    /// 0 %.
    pub const NONE: Share = Share { numerator: 0, denominator: 1 };
    /// 100 %.
    pub const WHOLE: Share = Share { numerator: 1, denominator: 1 };

    /// Tỷ lệ từ chữ: reads `"4.5%"`, `"70 %"` or `"2/3"`.
    ///
    /// # Errors
    /// [`ShareError`] for another form or a value outside 0–100 %.
    pub fn parse(text: &str) -> Result<Share, ShareError> {
        let form = || ShareError::Form(text.to_owned());
        let (numerator, denominator) = if let Some(percent) = text.trim().strip_suffix('%') {
            let value = Decimal::from_str_exact(percent.trim()).map_err(|_| form())?;
            (value.mantissa(), 10_i128.pow(value.scale()).checked_mul(100).ok_or_else(form)?)
        } else if let Some((up, down)) = text.split_once('/') {
            (up.trim().parse().map_err(|_| form())?, down.trim().parse().map_err(|_| form())?)
        } else {
            return Err(form());
        };
        if denominator <= 0 || numerator < 0 || numerator > denominator {
            return Err(ShareError::OutOfRange(text.to_owned()));
        }
        Share::fraction(numerator, denominator).ok_or_else(form)
    }

    /// The share `numerator / denominator`, or `None` outside 0–100 % or beyond the range of the type.
    pub fn fraction(numerator: i128, denominator: i128) -> Option<Share> {
        if denominator <= 0 || numerator < 0 || numerator > denominator {
            return None;
        }
        let divisor =
            i128::try_from(greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs()))
                .ok()?;
        let divisor = divisor.max(1);
        Some(Share {
            numerator: i64::try_from(numerator / divisor).ok()?,
            denominator: i64::try_from(denominator / divisor).ok()?,
        })
    }

    /// Numerator and denominator in lowest terms.
    pub const fn parts(self) -> (i64, i64) {
        (self.numerator, self.denominator)
    }

    /// This share of an amount, exactly.
    ///
    /// # Errors
    /// [`Overflow`] when the amount is too large.
    #[inline]
    pub fn of(self, amount: ExactVnd) -> Result<ExactVnd, Overflow> {
        amount.times(i128::from(self.numerator), i128::from(self.denominator))
    }

    /// The product of two shares (40 % of 80 % is 32 %), or `None` beyond the range of the type.
    #[inline]
    pub fn times(self, other: Share) -> Option<Share> {
        // Both are in lowest terms already.
        if self == Share::WHOLE || other == Share::WHOLE {
            return Some(if self == Share::WHOLE { other } else { self });
        }
        Share::fraction(
            i128::from(self.numerator) * i128::from(other.numerator),
            i128::from(self.denominator) * i128::from(other.denominator),
        )
    }

    /// The sum, or `None` above 100 %.
    pub fn plus(self, other: Share) -> Option<Share> {
        let (a, b) = (i128::from(self.numerator), i128::from(self.denominator));
        let (c, d) = (i128::from(other.numerator), i128::from(other.denominator));
        Share::fraction(a * d + c * b, b * d)
    }

    /// What is left of the whole.
    #[must_use]
    pub fn rest(self) -> Share {
        Share { numerator: self.denominator - self.numerator, denominator: self.denominator }
    }

    /// The larger part of `self` that fits under `limit`.
    #[must_use]
    pub fn at_most(self, limit: Share) -> Share {
        if self > limit { limit } else { self }
    }

    /// What `self` exceeds `other` by, or nothing.
    #[must_use]
    pub fn beyond(self, other: Share) -> Share {
        let (a, b) = (i128::from(self.numerator), i128::from(self.denominator));
        let (c, d) = (i128::from(other.numerator), i128::from(other.denominator));
        Share::fraction((a * d - c * b).max(0), b * d).unwrap_or(Share::NONE)
    }

    /// True for 0 %.
    pub const fn is_none(self) -> bool {
        self.numerator == 0
    }

    /// The share in percent as a decimal text (`"4.5"`), or `None` when it has no finite decimal form.
    pub fn percent_text(self) -> Option<String> {
        let (mut numerator, denominator) = (i128::from(self.numerator) * 100, i128::from(self.denominator));
        let mut scale = 0;
        while numerator % denominator != 0 {
            numerator *= 10;
            scale += 1;
            if scale > 12 {
                return None;
            }
        }
        Some(Decimal::from_i128_with_scale(numerator / denominator, scale).normalize().to_string())
    }
}

impl PartialOrd for Share {
    fn partial_cmp(&self, other: &Share) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Share {
    fn cmp(&self, other: &Share) -> std::cmp::Ordering {
        let left = i128::from(self.numerator) * i128::from(other.denominator);
        let right = i128::from(other.numerator) * i128::from(self.denominator);
        left.cmp(&right)
    }
}

/// `70%`, `4.5%`, or `2/3` where no finite percentage exists.
impl fmt::Display for Share {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.percent_text() {
            Some(percent) => write!(out, "{percent}%"),
            None => write!(out, "{}/{}", self.numerator, self.denominator),
        }
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_newtype_struct(Share::TYPE_NAME, &format_args!("{self}"))
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Share, D::Error> {
        let text = String::deserialize(input)?;
        Share::parse(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_percentages_and_fractions_and_prints_them_back() {
        for text in ["4.5%", "70%", "0%", "100%", "2/3", "47.5%", "0.03%"] {
            assert_eq!(Share::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_share_of_the_whole_is_itself() {
        for text in ["4.5%", "70%", "0%", "100%", "2/3"] {
            let share = Share::parse(text).unwrap();
            for product in [share.times(Share::WHOLE), Share::WHOLE.times(share)] {
                assert_eq!(
                    product,
                    Share::fraction(i128::from(share.numerator), i128::from(share.denominator))
                );
            }
        }
    }

    #[test]
    fn refuses_what_is_no_share() {
        for text in ["170%", "-1%", "0.045", "4,5%", "", "3/2", "1/0", "%"] {
            assert!(Share::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn levels_times_rates_as_in_the_claim_file_standard() {
        let product =
            |a: &str, b: &str| Share::parse(a).unwrap().times(Share::parse(b).unwrap()).unwrap().to_string();
        assert_eq!(product("80%", "40%"), "32%");
        assert_eq!(product("95%", "50%"), "47.5%");
    }
}
