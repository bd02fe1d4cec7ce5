//! Viết số: the plain form of every decimal number, for machines and for the words around it.

use std::fmt;

/// Digits, sign and point of the longest number.
const LONGEST: usize = 64;

/// Dạng thường: a dot and no needless zeros, of a number held in units of so many decimals.
///
/// Digits are put down from the last: amounts are written row by row, and `write!` would cost ten times as much.
///
/// # Errors
/// Those of the formatter.
pub fn plain(out: &mut dyn fmt::Write, number: i128, decimals: u32) -> fmt::Result {
    let mut text = [0; LONGEST];
    let mut at = LONGEST;
    let mut put = |byte: u8| {
        at -= 1;
        text[at] = byte;
    };
    let mut size = number.unsigned_abs();
    let mut has_decimals = false;
    for _ in 0..decimals {
        let digit = last_digit(&mut size);
        has_decimals |= digit != b'0';
        if has_decimals {
            put(digit);
        }
    }
    if has_decimals {
        put(b'.');
    }
    put(last_digit(&mut size));
    while size > 0 {
        put(last_digit(&mut size));
    }
    if number < 0 {
        put(b'-');
    }
    out.write_str(std::str::from_utf8(&text[at..]).map_err(|_| fmt::Error)?)
}

/// Takes the last digit off a number; nearly all fit into a word, which is divided far quicker.
fn last_digit(size: &mut u128) -> u8 {
    let digit = if let Ok(small) = u64::try_from(*size) {
        *size = u128::from(small / 10);
        small % 10
    } else {
        let digit = *size % 10;
        *size /= 10;
        u64::try_from(digit).unwrap_or_default()
    };
    b'0' + u8::try_from(digit).unwrap_or_default()
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
            (i128::MAX, 2, "1701411834604692317316873037158841057.27"),
            (i128::MIN, 0, "-170141183460469231731687303715884105728"),
        ] {
            let mut written = String::new();
            plain(&mut written, number, decimals).unwrap();
            assert_eq!(written, text);
        }
    }
}
