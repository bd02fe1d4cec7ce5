//! Viết số: the plain form of every decimal number, for machines and for the words around it.

use std::fmt;

/// Dạng thường: a dot and no needless zeros, of a number held in units of so many decimals.
///
/// # Errors
/// Those of the formatter.
pub fn plain(out: &mut dyn fmt::Write, number: i128, decimals: u32) -> fmt::Result {
    let sign = if number < 0 { "-" } else { "" };
    let (size, unit) = (number.unsigned_abs(), 10_u128.pow(decimals));
    let (whole, rest) = (size / unit, size % unit);
    if rest == 0 {
        return write!(out, "{sign}{whole}");
    }
    let digits = format!("{rest:0width$}", width = decimals as usize);
    write!(out, "{sign}{whole}.{}", digits.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_needless_zeros_and_none_missing() {
        for (number, decimals, text) in [
            (136_620_000, 2, "1366200"),
            (7_575_050, 2, "75750.5"),
            (5, 2, "0.05"),
            (-5, 2, "-0.05"),
            (59_999, 3, "59.999"),
            (1_000_005, 3, "1000.005"),
            (11_250_000_000, 6, "11250"),
            (599_990_000, 6, "599.99"),
            (0, 2, "0"),
            (12, 0, "12"),
        ] {
            let mut written = String::new();
            plain(&mut written, number, decimals).unwrap();
            assert_eq!(written, text);
        }
    }
}
