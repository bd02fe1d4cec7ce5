//! Số tiền trung gian: exact intermediate amounts, and the one way from them to payable ones.

use serde::{Deserialize, Serialize, Serializer};

use super::vnd::{HUNDREDTHS, Vnd};

/// Số tiền trung gian, chưa làm tròn: an exact intermediate amount, a fraction of đồng.
///
/// It cannot be paid or printed as payable; the only way out is [`ExactVnd::round`], which names the
/// rounding the rule asks for.
#[derive(Debug, Clone, Copy)]
pub struct ExactVnd {
    numerator: i128,
    denominator: i128,
}

/// The amount left the range in which the arithmetic is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the amount is too large to be computed exactly")]
pub struct Overflow;

impl Vnd {
    /// The same amount as an exact intermediate value.
    pub const fn exact(self) -> ExactVnd {
        ExactVnd { numerator: self.hundredths() as i128, denominator: HUNDREDTHS as i128 }
    }
}

impl ExactVnd {
    /// Nothing.
    pub const ZERO: ExactVnd = ExactVnd { numerator: 0, denominator: 1 };

    /// The fraction `numerator / denominator` of đồng; the denominator must be positive.
    pub fn ratio(numerator: i128, denominator: i128) -> ExactVnd {
        debug_assert!(denominator > 0, "a fraction needs a positive denominator");
        ExactVnd { numerator, denominator }
    }

    /// This amount times `numerator / denominator`, exactly.
    ///
    /// # Errors
    /// [`Overflow`] when even the reduced fraction leaves the range of the type.
    #[inline]
    pub fn times(self, numerator: i128, denominator: i128) -> Result<ExactVnd, Overflow> {
        let product = |left: ExactVnd, up: i128, down: i128| {
            Some(ExactVnd {
                numerator: times(left.numerator, up)?,
                denominator: times(left.denominator, down)?,
            })
        };
        product(self, numerator, denominator)
            .or_else(|| {
                let (left, right) = (self.reduced(), ExactVnd::ratio(numerator, denominator).reduced());
                product(left, right.numerator, right.denominator)
            })
            .ok_or(Overflow)
    }

    /// Sum, exactly.
    ///
    /// # Errors
    /// [`Overflow`] when the reduced sum leaves the range of the type.
    #[inline]
    pub fn plus(self, other: ExactVnd) -> Result<ExactVnd, Overflow> {
        if self.denominator == other.denominator
            && let Some(numerator) = self.numerator.checked_add(other.numerator)
        {
            return Ok(ExactVnd { numerator, denominator: self.denominator });
        }
        // Lowest terms only when the denominators do not fit each other: reducing costs more than the sum.
        let (coarse, fine) =
            if self.denominator <= other.denominator { (self, other) } else { (other, self) };
        let (factor, rest) = divided(fine.denominator, coarse.denominator);
        if rest == 0
            && let Some(scaled) = times(coarse.numerator, factor)
            && let Some(numerator) = scaled.checked_add(fine.numerator)
        {
            return Ok(ExactVnd { numerator, denominator: fine.denominator });
        }
        let (left, right) = (self.reduced(), other.reduced());
        let common = lowest_common_multiple(left.denominator, right.denominator).ok_or(Overflow)?;
        let scaled = |part: ExactVnd| part.numerator.checked_mul(common / part.denominator);
        let numerator =
            scaled(left).zip(scaled(right)).and_then(|(a, b)| a.checked_add(b)).ok_or(Overflow)?;
        Ok(ExactVnd { numerator, denominator: common })
    }

    /// Difference, exactly.
    ///
    /// # Errors
    /// [`Overflow`] as for [`ExactVnd::plus`].
    #[inline]
    pub fn minus(self, other: ExactVnd) -> Result<ExactVnd, Overflow> {
        self.plus(ExactVnd { numerator: -other.numerator, denominator: other.denominator })
    }

    /// The payable amount: rounded once, as the rule says.
    ///
    /// # Errors
    /// [`Overflow`] when the amount does not fit a [`Vnd`].
    #[inline]
    pub fn round(self, rounding: Rounding) -> Result<Vnd, Overflow> {
        self.round_short(rounding).map_or_else(|| self.round_long(rounding), Ok)
    }

    /// The same in machine words, where numbers and products fit, as nearly all do.
    #[inline]
    fn round_short(self, rounding: Rounding) -> Option<Vnd> {
        let unit = rounding.unit_hundredths;
        let numerator = i64::try_from(self.numerator).ok()?.checked_mul(HUNDREDTHS)?;
        let denominator = i64::try_from(self.denominator).ok()?.checked_mul(unit)?;
        let whole = numerator.checked_div(denominator)?;
        let rest = (numerator % denominator).unsigned_abs();
        let away = rounding.mode.goes_away(rest.into(), denominator.unsigned_abs().into());
        let units = whole + if away { numerator.signum() } else { 0 };
        units.checked_mul(unit).map(Vnd::from_hundredths)
    }

    fn round_long(self, rounding: Rounding) -> Result<Vnd, Overflow> {
        let unit = i128::from(rounding.unit_hundredths);
        let numerator = self.numerator.checked_mul(i128::from(HUNDREDTHS)).ok_or(Overflow)?;
        let denominator = self.denominator.checked_mul(unit).ok_or(Overflow)?;
        let (whole, rest) = divided(numerator, denominator);
        let away = rounding.mode.goes_away(rest.unsigned_abs(), denominator.unsigned_abs());
        let units = if away { whole + numerator.signum() } else { whole };
        let hundredths = units.checked_mul(unit).ok_or(Overflow)?;
        i64::try_from(hundredths).map(Vnd::from_hundredths).map_err(|_| Overflow)
    }

    /// The payable amount when it is exact to the hundredth already, else `None`.
    pub fn as_recorded(self) -> Option<Vnd> {
        let hundredths = self.numerator.checked_mul(i128::from(HUNDREDTHS))?;
        if hundredths % self.denominator == 0 {
            i64::try_from(hundredths / self.denominator).ok().map(Vnd::from_hundredths)
        } else {
            None
        }
    }

    /// Exact comparison; amounts too large to compare exactly count as an overflow.
    ///
    /// # Errors
    /// [`Overflow`] when the cross products leave the range of the type.
    #[inline]
    pub fn compare(self, other: ExactVnd) -> Result<std::cmp::Ordering, Overflow> {
        let cross = |left: ExactVnd, right: ExactVnd| {
            let a = times(left.numerator, right.denominator)?;
            let b = times(right.numerator, left.denominator)?;
            Some(a.cmp(&b))
        };
        // Lowest terms only when the plain products do not fit: reducing costs more than the comparison.
        cross(self, other).or_else(|| cross(self.reduced(), other.reduced())).ok_or(Overflow)
    }

    /// Numerator and denominator in lowest terms.
    pub fn fraction(self) -> (i128, i128) {
        let reduced = self.reduced();
        (reduced.numerator, reduced.denominator)
    }

    fn reduced(self) -> ExactVnd {
        let divisor = greatest_common_divisor(self.numerator.unsigned_abs(), self.denominator.unsigned_abs());
        match i128::try_from(divisor) {
            Ok(divisor) if divisor > 1 => {
                ExactVnd { numerator: self.numerator / divisor, denominator: self.denominator / divisor }
            }
            _ => self,
        }
    }
}

/// The product where it fits; that of two machine words always does, and takes one instruction.
#[inline]
fn times(one: i128, other: i128) -> Option<i128> {
    match (i64::try_from(one), i64::try_from(other)) {
        (Ok(one), Ok(other)) => Some(i128::from(one) * i128::from(other)),
        _ => one.checked_mul(other),
    }
}

/// Whole part and rest; in one step where both numbers are short, as nearly all are.
#[inline]
fn divided(numerator: i128, denominator: i128) -> (i128, i128) {
    match (i64::try_from(numerator), i64::try_from(denominator)) {
        (Ok(up), Ok(down)) if down > 0 => (i128::from(up / down), i128::from(up % down)),
        _ => (numerator / denominator, numerator % denominator),
    }
}

/// Greatest common divisor; of zero and `n` it is `n`.
pub(crate) fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        // Most numbers are small, and division of long ones is not one instruction.
        if let (Ok(mut small), Ok(mut rest)) = (u64::try_from(a), u64::try_from(b)) {
            while rest != 0 {
                (small, rest) = (rest, small % rest);
            }
            return u128::from(small);
        }
        (a, b) = (b, a % b);
    }
    a
}

fn lowest_common_multiple(a: i128, b: i128) -> Option<i128> {
    let divisor = i128::try_from(greatest_common_divisor(a.unsigned_abs(), b.unsigned_abs())).ok()?;
    a.checked_mul(b / divisor)
}

/// Quy tắc làm tròn: digits and direction, as the rule version names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rounding {
    /// Size of the unit in hundredths of a đồng: 100 is whole đồng, 1 is two decimals. Shown as the amount it is,
    /// under the name of the rounding itself.
    #[serde(rename(serialize = ""), serialize_with = "as_amount")]
    pub unit_hundredths: i64,
    /// Which way an amount between two units goes.
    pub mode: RoundingMode,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn as_amount<S: Serializer>(hundredths: &i64, out: S) -> Result<S::Ok, S::Error> {
    Vnd::from_hundredths(*hundredths).serialize(out)
}

/// Hướng làm tròn: which way an amount between two units goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoundingMode {
    /// Nearest unit, ties away from zero ("làm tròn" as commonly taught).
    HalfAwayFromZero,
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
}

impl RoundingMode {
    /// Whether an amount with such a rest of a unit goes to the one further from zero.
    #[inline]
    fn goes_away(self, rest: u128, unit: u128) -> bool {
        match self {
            RoundingMode::HalfAwayFromZero => rest >= unit - rest,
            RoundingMode::Down => false,
            RoundingMode::Up => rest > 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_rounded_alike_in_short_and_in_long_numbers() {
        let numbers =
            [0, 1, 2, 3, 49, 50, 51, 99, 100, 101, 12_345, 1 << 31, i64::MAX / 100, i64::MAX / 99, i64::MAX];
        let denominators = [1, 2, 3, 7, 100, 10_000, 30_000_000, i64::MAX / 100, i64::MAX];
        for mode in [RoundingMode::HalfAwayFromZero, RoundingMode::Down, RoundingMode::Up] {
            for unit_hundredths in [1, 100, 100_000] {
                let rounding = Rounding { unit_hundredths, mode };
                for (number, denominator) in numbers.iter().flat_map(|at| denominators.map(|by| (*at, by))) {
                    for numerator in [number, -number, -number - 1] {
                        let amount = ExactVnd::ratio(numerator.into(), denominator.into());
                        if let Some(short) = amount.round_short(rounding) {
                            assert_eq!(amount.round_long(rounding), Ok(short), "{amount:?} {rounding:?}");
                        }
                    }
                }
            }
        }
        let mut seed = 1_u64;
        for round in 0..100_000 {
            let mut next = || {
                seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
                i128::from(seed.cast_signed() >> (round % 62))
            };
            let amount = ExactVnd::ratio(next(), next().abs().max(1));
            if let Some(short) = amount.round_short(WHOLE) {
                assert_eq!(amount.round_long(WHOLE), Ok(short), "{amount:?}");
            }
        }
        let half = ExactVnd::ratio(-5, 2);
        assert_eq!(
            (half.round_short(WHOLE), half.round_long(WHOLE)),
            (Some(Vnd::whole(-3)), Ok(Vnd::whole(-3)))
        );
    }

    const WHOLE: Rounding = Rounding { mode: RoundingMode::HalfAwayFromZero, unit_hundredths: 100 };

    #[test]
    fn ties_go_away_from_zero_in_both_directions() {
        assert_eq!(ExactVnd::ratio(147_421, 2).round(WHOLE), Ok(Vnd::whole(73_711)));
        assert_eq!(ExactVnd::ratio(-147_421, 2).round(WHOLE), Ok(Vnd::whole(-73_711)));
        assert_eq!(
            ExactVnd::ratio(147_421, 2).round(Rounding { mode: RoundingMode::Down, ..WHOLE }),
            Ok(Vnd::whole(73_710))
        );
    }

    #[test]
    fn short_numbers_are_multiplied_and_divided_as_long_ones() {
        let mut seed = 1_u128;
        let check = |up: i128, down: i128| {
            assert_eq!(times(up, down), up.checked_mul(down), "{up} {down}");
            assert_eq!(divided(up, down), (up / down, up % down), "{up} {down}");
        };
        for round in 0..100_000 {
            let mut next = || {
                seed = seed.wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645).wrapping_add(1);
                (seed >> 1).cast_signed() >> (round % 120)
            };
            check(next() - next(), next().max(1));
        }
        for up in [i128::from(i64::MIN), i128::from(i64::MAX), i128::from(i64::MAX) + 1, -1, 0, 1] {
            for down in [1, 2, 100, i128::from(i64::MAX), i128::from(i64::MAX) + 1] {
                check(up, down);
            }
        }
    }

    #[test]
    fn a_third_three_times_is_one() {
        let third = Vnd::whole(1).exact().times(1, 3).unwrap();
        let whole = third.plus(third).unwrap().plus(third).unwrap();
        assert_eq!(whole.as_recorded(), Some(Vnd::whole(1)));
    }

    #[test]
    fn products_beyond_the_range_are_refused_not_wrapped() {
        let huge = ExactVnd::ratio(i128::MAX / 2, 1);
        assert_eq!(huge.times(3, 1).unwrap_err(), Overflow);
    }

    #[test]
    fn plain_form_has_a_dot_and_no_needless_zeros() {
        let forms: Vec<String> =
            [136_620_000, 7_575_050, 5, -5, 0].iter().map(|&h| Vnd::from_hundredths(h).to_string()).collect();
        assert_eq!(forms, ["1366200", "75750.5", "0.05", "-0.05", "0"]);
    }
}
