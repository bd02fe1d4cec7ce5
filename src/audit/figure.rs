//! Số trong hồ sơ: exact numbers of a claim file.

use std::fmt;

use crate::terms::number::{ExactVnd, Rounding, RoundingMode, Share, Vnd};

/// Millionths in one unit: more decimals than any field of the standards has.
const MILLION: i128 = 1_000_000;

/// Decimals kept of a number that has too many.
pub(super) const KEPT_DECIMALS: usize = 6;

/// Powers of ten up to that of the decimals kept.
pub(super) const TENS: [i64; KEPT_DECIMALS + 1] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::audit::number_text::read;

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
