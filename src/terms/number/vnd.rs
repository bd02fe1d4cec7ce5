//! Số tiền (đồng): amounts that somebody pays or a record states.

use std::fmt;

use super::print::plain;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Hundredths of a đồng in one đồng; the smallest recorded unit of the claim-file standards.
pub(super) const HUNDREDTHS: i64 = 100;

/// Largest amount accepted anywhere, in đồng (10^15): far above any fund total, far below overflow.
pub const LARGEST_AMOUNT: i64 = 1_000_000_000_000_000;

/// Số tiền (đồng): an amount somebody pays or a record states.
///
/// Premiums are whole đồng; claim records carry up to two decimals. Held as an integer number of
/// hundredths, so sums are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Vnd(i64);

impl Vnd {
    /// Name under which amounts are serialised, so that they can be told from other numbers.
    pub const TYPE_NAME: &'static str = "Vnd";

    /// No đồng at all.
    pub const ZERO: Vnd = Vnd(0);

    /// Số tiền nguyên đồng: an amount of whole đồng.
    pub const fn whole(dong: i64) -> Vnd {
        Vnd(dong * HUNDREDTHS)
    }

    /// Số tiền có hai số lẻ: an amount from hundredths of a đồng.
    pub const fn from_hundredths(hundredths: i64) -> Vnd {
        Vnd(hundredths)
    }

    /// Reads the plain form that [`Vnd`] prints: `1366200`, `75750.5`.
    pub fn parse_plain(text: &str) -> Option<Vnd> {
        let value = Decimal::from_str_exact(text).ok()?;
        let missing = 2_u32.checked_sub(value.scale())?;
        i64::try_from(value.mantissa()).ok()?.checked_mul(10_i64.pow(missing)).map(Vnd)
    }

    /// The amount in hundredths of a đồng.
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// The amount in whole đồng, or `None` when it carries decimals.
    pub const fn dong(self) -> Option<i64> {
        if self.0 % HUNDREDTHS == 0 { Some(self.0 / HUNDREDTHS) } else { None }
    }

    /// Sum, or `None` beyond the range of the type.
    pub const fn checked_add(self, other: Vnd) -> Option<Vnd> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Vnd(sum)),
            None => None,
        }
    }

    /// Difference, or `None` beyond the range of the type.
    pub const fn checked_sub(self, other: Vnd) -> Option<Vnd> {
        match self.0.checked_sub(other.0) {
            Some(difference) => Some(Vnd(difference)),
            None => None,
        }
    }

    /// True for amounts below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// True for exactly nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl std::ops::Add for Vnd {
    type Output = Vnd;
    fn add(self, other: Vnd) -> Vnd {
        Vnd(self.0 + other.0)
    }
}

impl std::ops::Sub for Vnd {
    type Output = Vnd;
    fn sub(self, other: Vnd) -> Vnd {
        Vnd(self.0 - other.0)
    }
}

impl std::ops::AddAssign for Vnd {
    fn add_assign(&mut self, other: Vnd) {
        self.0 += other.0;
    }
}

impl std::iter::Sum for Vnd {
    fn sum<I: Iterator<Item = Vnd>>(amounts: I) -> Vnd {
        amounts.fold(Vnd::ZERO, |total, amount| total + amount)
    }
}

/// Plain form with a dot and no needless zeros: `1366200`, `75750.5`, `0.05`.
impl fmt::Display for Vnd {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        plain(out, i128::from(self.0), 2)
    }
}

/// Whole đồng as a JSON integer, amounts with decimals as a string (never a float).
impl Serialize for Vnd {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self.dong() {
            Some(dong) => out.serialize_newtype_struct(Vnd::TYPE_NAME, &dong),
            None => out.serialize_newtype_struct(Vnd::TYPE_NAME, &format_args!("{self}")),
        }
    }
}

/// A rule file states amounts as TOML integers of whole đồng, never floats.
impl<'de> Deserialize<'de> for Vnd {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Vnd, D::Error> {
        let dong = i64::deserialize(input)?;
        if (0..=LARGEST_AMOUNT).contains(&dong) {
            Ok(Vnd::whole(dong))
        } else {
            Err(de::Error::custom(format!("amount {dong} lies outside 0 to {LARGEST_AMOUNT} đồng")))
        }
    }
}
