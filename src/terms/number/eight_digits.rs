//! Tám chữ số một lần: the number that a few digits make, all of them at one look.

/// The number of one to eight digits, all of them at once: neighbours become pairs, pairs fours, and fours the number.
#[inline]
pub fn up_to_eight_digits(cell: &[u8]) -> Option<u64> {
    let missing = match cell.len() {
        length @ 1..=8 => 8 * (8 - length),
        _ => return None,
    };
    // The last digit stands in the highest byte; bytes in front of the first are nothing.
    let values = last_in_highest(cell, missing) ^ 0x3030_3030_3030_3030 << missing;
    if (values | values.wrapping_add(0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 != 0 {
        return None;
    }
    let pairs = (values * 10 + (values >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    Some((fours & 0xffff) * 10_000 + (fours >> 32))
}

/// One to eight bytes in one word, the last in the highest byte; `missing` bits in front of the first are nothing.
#[inline]
fn last_in_highest(cell: &[u8], missing: usize) -> u64 {
    if let Some(all) = cell.first_chunk() {
        return u64::from_le_bytes(*all);
    }
    if let (Some(first), Some(last)) = (cell.first_chunk(), cell.last_chunk()) {
        return u64::from(u32::from_le_bytes(*first)) << missing | u64::from(u32::from_le_bytes(*last)) << 32;
    }
    cell.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)) << missing
}

#[cfg(test)]
mod tests {
    use super::up_to_eight_digits;

    #[test]
    fn eight_digits_at_once_are_the_number_that_they_are_one_by_one() {
        let plain = |cell: &[u8]| {
            let digit = |byte: &u8| byte.is_ascii_digit().then(|| u64::from(byte - b'0'));
            let number = || cell.iter().try_fold(0, |number, byte| Some(number * 10 + digit(byte)?));
            (1..=8).contains(&cell.len()).then(number).flatten()
        };
        for number in (0..=99_999_999_u64).step_by(7_919).chain([9, 10, 99_999_999, 100_000_000]) {
            let text = number.to_string();
            assert_eq!(up_to_eight_digits(text.as_bytes()), plain(text.as_bytes()), "{text}");
        }
        assert_eq!(up_to_eight_digits(b""), None);
        for length in 0..=9 {
            for at in 0..length {
                for byte in 0..=255 {
                    let mut text = b"918273645"[..length].to_vec();
                    text[at] = byte;
                    assert_eq!(up_to_eight_digits(&text), plain(&text), "{text:?}");
                }
            }
        }
    }
}
