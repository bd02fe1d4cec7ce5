//! Số người và tỷ lệ, as tables of communes write them.

use crate::engine::coverage::TargetRate;
use crate::terms::problem::{Code, Problem};

/// Số người: digits, with groups of three.
pub(super) fn whole(text: &str) -> Result<Option<u64>, String> {
    let text = text.trim();
    if text.is_empty() || matches!(text, "-" | "–") {
        return Ok(None);
    }
    let mark = ['.', ',', ' ', '\u{a0}'].into_iter().find(|mark| text.contains(*mark));
    let groups: Vec<&str> = match mark {
        Some(mark) => text.split(mark).collect(),
        None => vec![text],
    };
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = groups.iter().all(digits) && groups.iter().skip(1).all(|part| part.len() == 3);
    let number: Option<u64> =
        groups.concat().parse().ok().filter(|_| fits && (groups.len() == 1 || groups[0].len() <= 3));
    number.filter(|number| *number <= MOST_PEOPLE).map(Some).ok_or_else(|| text.to_owned())
}

/// Most people of one place.
const MOST_PEOPLE: u64 = 10_000_000_000;

/// Tỷ lệ được giao: `95`, `95,5`, `95.5%`, or 0.955 as a spreadsheet keeps 95.5 %.
pub(super) fn rate(text: &str) -> Result<Option<TargetRate>, Problem> {
    let plain = text.trim().trim_end_matches('%').trim().replace(',', ".");
    if plain.is_empty() {
        return Ok(None);
    }
    let refused = || Problem::new(Code::TargetRateForm).with("read", text);
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || decimals.len() > 9 || whole.len() > 3 || !digits(whole) || !digits(decimals) {
        return Err(refused());
    }
    let numerator: u64 = format!("{whole}{decimals}").parse().map_err(|_| refused())?;
    let scale = 10_u64.pow(u32::try_from(decimals.len()).unwrap_or(0));
    // At most one means a share of one, unless the sign says percent.
    let is_share = numerator <= scale && !text.contains('%');
    let rate = TargetRate::new(numerator, if is_share { scale } else { scale * 100 });
    rate.map(Some).ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_people_as_tables_write_them() {
        let of = |text: &str| rate(text).ok().flatten().map(|rate| rate.of(33_050));
        for text in ["95,5", "95.5", "95.5%", "0.955", "95,50 %"] {
            assert_eq!(of(text), Some(31_563), "{text}");
        }
        assert_eq!(of("100"), Some(33_050));
        for text in ["101", "abc", "-5", "95.5.5", ".5"] {
            assert!(rate(text).is_err(), "{text}");
        }
        assert_eq!(whole("33.050"), Ok(Some(33_050)));
        assert_eq!(whole("1,234,567"), Ok(Some(1_234_567)));
        assert!(whole("33.05").is_err() && whole("1e3").is_err() && whole("-5").is_err());
    }
}
