//! Phân bố số tiền: exact while amounts are few, in classes of a stated width when they are many.

use std::collections::BTreeMap;

/// Most classes kept; beyond them classes are made wider.
const MOST_CLASSES: usize = 1 << 16;

/// Each step makes classes this many times as wide.
const WIDENING: i64 = 10;

/// Quantiles are asked for in parts per thousand.
const THOUSAND: u128 = u128::pow(10, 3);

/// Phân bố số tiền (đồng).
///
/// The width depends only on which amounts were added, not on their order, so parts may be added in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    width: i64,
    classes: BTreeMap<i64, u64>,
    count: u64,
}

impl Default for Distribution {
    fn default() -> Distribution {
        Distribution { width: 1, classes: BTreeMap::new(), count: 0 }
    }
}

impl Distribution {
    /// Adds one amount.
    pub fn add(&mut self, amount: i64) {
        *self.classes.entry(amount.div_euclid(self.width)).or_default() += 1;
        self.count += 1;
        self.narrow();
    }

    /// Adds another distribution.
    pub fn merge(&mut self, other: &Distribution) {
        while self.width < other.width {
            self.widen();
        }
        let factor = self.width / other.width;
        for (class, count) in &other.classes {
            *self.classes.entry(class.div_euclid(factor)).or_default() += count;
        }
        self.count += other.count;
        self.narrow();
    }

    fn narrow(&mut self) {
        while self.classes.len() > MOST_CLASSES {
            self.widen();
        }
    }

    fn widen(&mut self) {
        self.width *= WIDENING;
        let classes = std::mem::take(&mut self.classes);
        for (class, count) in classes {
            *self.classes.entry(class.div_euclid(WIDENING)).or_default() += count;
        }
    }

    /// Number of amounts.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Width of a class in đồng; 1 means exact.
    pub fn width(&self) -> i64 {
        self.width
    }

    /// Phân vị: the smallest amount that at least this many per thousand do not exceed (its class's lower bound).
    pub fn quantile(&self, per_thousand: u64) -> Option<i64> {
        let wanted = (u128::from(self.count) * u128::from(per_thousand)).div_ceil(THOUSAND).max(1);
        let mut seen = 0_u128;
        self.classes.iter().find_map(|(class, count)| {
            seen += u128::from(*count);
            (seen >= wanted).then_some(class * self.width)
        })
    }

    /// Smallest and largest amount (lower bounds of their classes).
    pub fn range(&self) -> Option<(i64, i64)> {
        let first = self.classes.first_key_value()?.0;
        let last = self.classes.last_key_value()?.0;
        Some((first * self.width, last * self.width))
    }

    /// Tần suất quanh số không: counts in equal bins below zero, exactly at zero (or in zero's class), and above it.
    ///
    /// Bin 0 of width 50 holds 1 to 50 and −1 to −50, bin 1 holds 51 to 100 and −51 to −100.
    pub fn around_zero(&self, width: i64) -> AroundZero {
        let width = width.max(self.width);
        let mut found = AroundZero { width, ..AroundZero::default() };
        for (class, count) in &self.classes {
            let amount = class * self.width;
            let (side, bin) = match amount {
                ..0 => (&mut found.below, (-amount - 1) / width),
                0 => {
                    found.zero += count;
                    continue;
                }
                _ => (&mut found.above, (amount - 1) / width),
            };
            *side.entry(bin.unsigned_abs()).or_default() += count;
        }
        found
    }
}

/// Tần suất quanh số không.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AroundZero {
    /// Width of a bin in đồng.
    pub width: i64,
    /// Amounts below zero, by the number of the bin from zero on.
    pub below: BTreeMap<u64, u64>,
    /// Amounts of zero.
    pub zero: u64,
    /// Amounts above zero, by the number of the bin from zero on.
    pub above: BTreeMap<u64, u64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(amounts: &[i64]) -> Distribution {
        let mut found = Distribution::default();
        amounts.iter().for_each(|amount| found.add(*amount));
        found
    }

    #[test]
    fn quantiles_of_few_amounts_are_exact() {
        let found = of(&[-30, 0, 0, 10, 40]);
        let at = |per_thousand| found.quantile(per_thousand);
        assert_eq!([at(0), at(250), at(500), at(600), at(1000)], [-30, 0, 0, 0, 40].map(Some));
        assert_eq!((found.width(), found.count()), (1, 5));
        assert_eq!(of(&[]).quantile(500), None);
    }

    #[test]
    fn many_amounts_widen_the_classes_whatever_their_order() {
        let many: Vec<i64> = (0..100_000).map(|n| n * 7 - 350_000).collect();
        let together = of(&many);
        let (left, right) = many.split_at(61_234);
        let mut parts = of(right);
        parts.merge(&of(left));
        assert_eq!(together, parts);
        assert_eq!((together.count(), together.width()), (100_000, 100));
        assert_eq!(together.quantile(500), Some(-100));
    }

    #[test]
    fn zero_stands_alone_between_the_bins() {
        let found = of(&[-50, -51, -1, 0, 0, 1, 50, 51, 120]).around_zero(50);
        assert_eq!(found.below, BTreeMap::from([(0, 2), (1, 1)]));
        assert_eq!(found.zero, 2);
        assert_eq!(found.above, BTreeMap::from([(0, 2), (1, 1), (2, 1)]));
    }

    /// Ten thousand amounts more than there are classes: classes of ten.
    #[test]
    fn narrow_and_wide_classes_meet_in_the_wide_ones() {
        let many: Vec<i64> = (0..75_536).collect();
        let (wide, narrow) = (of(&many), of(&[-11, 5, 90_000]));
        assert_eq!((wide.width(), narrow.width()), (10, 1));
        let (mut one, mut other) = (wide.clone(), narrow.clone());
        one.merge(&narrow);
        other.merge(&wide);
        assert_eq!(one, other);
        assert_eq!((one.width(), one.count(), one.range()), (10, 75_539, Some((-20, 90_000))));
    }
}
