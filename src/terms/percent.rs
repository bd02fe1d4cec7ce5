//! Phần trăm: what part of a whole an amount or a number of people is, to two decimals, above 100 % too.

use std::fmt;

use serde::{Serialize, Serializer};

/// Hundredths of a percent in the whole.
const WHOLE: i128 = 10_000;

/// Phần trăm với hai số lẻ, ties away from zero. Only shown and compared, never computed on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(i128);

impl Percent {
    /// How much of `whole` the part is; none of nothing, and none beyond the range of the type.
    pub fn of(part: i128, whole: i128) -> Option<Percent> {
        if whole <= 0 {
            return None;
        }
        let scaled = part.checked_mul(WHOLE)?;
        let (hundredths, rest) = (scaled / whole, (scaled % whole).abs());
        let away = rest >= whole - rest;
        Some(Percent(if away { hundredths + scaled.signum() } else { hundredths }))
    }

    /// Hundredths of a percent.
    pub const fn hundredths(self) -> i128 {
        self.0
    }
}

/// `91.68%`, `100%`, `-0.5%`.
impl fmt::Display for Percent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        match rest {
            0 => write!(out, "{sign}{whole}%"),
            tenths if tenths % 10 == 0 => write!(out, "{sign}{whole}.{}%", tenths / 10),
            hundredths => write!(out, "{sign}{whole}.{hundredths:02}%"),
        }
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_rounded_once_and_may_exceed_the_whole() {
        let text = |part, whole| Percent::of(part, whole).map(|percent| percent.to_string());
        assert_eq!(text(70_500, 76_900).as_deref(), Some("91.68%"));
        assert_eq!(text(1, 3).as_deref(), Some("33.33%"));
        assert_eq!(text(2, 3).as_deref(), Some("66.67%"));
        assert_eq!(text(1, 20_000).as_deref(), Some("0.01%"));
        assert_eq!(text(-1, 20_000).as_deref(), Some("-0.01%"));
        assert_eq!(text(3, 2).as_deref(), Some("150%"));
        assert_eq!(text(1, 0), None);
    }
}
