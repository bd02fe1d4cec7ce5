//! Ô của bảng: dates, amounts and numbers as tables write them, read fast where they come in their usual form.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::heading::Epoch;
use crate::terms::fold::tidy;
use crate::terms::number::{
    AmountError, LARGEST_AMOUNT, Vnd, parse_amount, parse_claim_amount, up_to_eight_digits,
};
use crate::terms::period::{DateError, days_after, parse_date};
use crate::terms::problem::{Code, Problem};
use crate::terms::quick_hash::QuickMap;

/// Longest list of texts of a kind that a reader remembers.
const MOST_REMEMBERED: usize = 4096;

/// Keeps what a text means, starting afresh when there are too many texts.
pub fn remember<V>(map: &mut QuickMap<Vec<u8>, V>, key: &[u8], value: V) {
    if map.len() >= MOST_REMEMBERED {
        map.clear();
    }
    map.insert(key.to_vec(), value);
}

/// Ô bắt buộc để trống.
pub fn empty(field: &'static str) -> Problem {
    Problem::new(Code::CellMissing).with("field", field).at(field)
}

/// The text of a cell, tidied.
///
/// # Errors
/// [`Code::CellEncoding`].
pub fn text(cell: &[u8]) -> Result<Cow<'_, str>, Problem> {
    match std::str::from_utf8(cell) {
        Ok(text) if text.is_ascii() => Ok(Cow::Borrowed(text.trim())),
        Ok(text) => Ok(Cow::Owned(tidy(text))),
        Err(_) => Err(Problem::new(Code::CellEncoding).with("encoding", "UTF-8")),
    }
}

/// The number that decimal digits alone make, up to 18 of them.
#[inline]
pub fn digits(cell: &[u8]) -> Option<u64> {
    match cell.len() {
        1..=8 => up_to_eight_digits(cell),
        9..=18 => {
            let (first, last) = cell.split_at(cell.len() - 8);
            Some(digits_of_any_length(first)? * 100_000_000 + up_to_eight_digits(last)?)
        }
        _ => None,
    }
}

fn digits_of_any_length(cell: &[u8]) -> Option<u64> {
    cell.iter()
        .try_fold(0_u64, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u64::from(byte - b'0')))
}

/// A whole number as programs write it: `12`, `12.0`, `12,00`.
#[inline]
pub fn whole(cell: &[u8]) -> Option<u64> {
    digits(cell).or_else(|| {
        let text = std::str::from_utf8(cell.trim_ascii()).ok()?;
        let (number, zeros) = text.split_once(['.', ',']).unwrap_or((text, ""));
        // Three zeros behind a mark are thousands.
        let is_whole = zeros.len() <= 2 && zeros.bytes().all(|digit| digit == b'0');
        is_whole.then(|| digits(number.as_bytes())).flatten()
    })
}

/// Ngày; two of the accepted forms are read here, the rest by [`parse_date`]. An empty cell is none.
///
/// # Errors
/// A [`Problem`] without what was read, which may be personal.
#[inline]
pub fn date(cell: &[u8], epoch: Option<Epoch>) -> Result<Option<NaiveDate>, Problem> {
    if let Some(found) = year_month_day(cell).filter(|found| (1900..=2200).contains(&found.year())) {
        let day = NaiveDate::from_ymd_opt(found.year().cast_signed(), found.month(), found.day());
        return day.map(Some).ok_or_else(|| Problem::new(Code::DateImpossible));
    }
    if cell.is_empty() { Ok(None) } else { other_date(cell, epoch) }
}

/// The numbers of a cell of the form `YYYY-MM-DD` or `DD/MM/YYYY`.
#[expect(clippy::inline_always, reason = "twice a row, and a call costs a quarter of it")]
#[inline(always)]
pub(super) fn year_month_day(cell: &[u8]) -> Option<DigitsOfDay> {
    let text: &[u8; 10] = cell.try_into().ok()?;
    let (head, tail) = (*text.first_chunk()?, *text.last_chunk()?);
    if let Some(head) = YEAR_FIRST.digits_of(head) {
        let [century, _, year, _, _, month, _, _] = in_pairs(head);
        let [day, ..] = in_pairs(PAIR.digits_of(padded(tail))?);
        return Some(DigitsOfDay::of(century, year, month, day));
    }
    let [day, _, _, month, _, _, century, _] = in_pairs(DAY_FIRST.digits_of(head)?);
    let [year, ..] = in_pairs(PAIR.digits_of(padded(tail))?);
    Some(DigitsOfDay::of(century, year, month, day))
}

/// What the digits of a day say, in one word that travels in a register; it may be no day.
#[derive(Clone, Copy)]
pub(super) struct DigitsOfDay(u32);

impl DigitsOfDay {
    #[inline]
    fn of(century: u8, year: u8, month: u8, day: u8) -> DigitsOfDay {
        let year = u32::from(century) * 100 + u32::from(year);
        // Two digits are less than a hundred and twenty-eight.
        DigitsOfDay(year << 14 | u32::from(month) << 7 | u32::from(day))
    }

    #[inline]
    pub(super) fn year(self) -> u32 {
        self.0 >> 14
    }

    #[inline]
    pub(super) fn month(self) -> u32 {
        self.0 >> 7 & 0x7f
    }

    #[inline]
    pub(super) fn day(self) -> u32 {
        self.0 & 0x7f
    }
}

const YEAR_FIRST: DigitForm = DigitForm::of(*b"0000-00-");
const DAY_FIRST: DigitForm = DigitForm::of(*b"00/00/00");
const PAIR: DigitForm = DigitForm::of(padded(*b"00"));

/// Two bytes as a text of eight.
#[inline]
const fn padded([first, second]: [u8; 2]) -> [u8; 8] {
    [first, second, 0, 0, 0, 0, 0, 0]
}

/// A text of eight signs with a zero wherever a digit may stand.
struct DigitForm {
    signs: u64,
    /// What a byte has room for: nine more than the zero of the form, or nothing more.
    room: u64,
}

impl DigitForm {
    const fn of(signs: [u8; 8]) -> DigitForm {
        let mut room = [0x7f; 8];
        let mut at = 0;
        while at < room.len() {
            if signs[at] == b'0' {
                room[at] = 0x76;
            }
            at += 1;
        }
        DigitForm { signs: u64::from_le_bytes(signs), room: u64::from_le_bytes(room) }
    }

    /// The values of the digits of a text, where it has digits exactly where the form has a zero and is the form
    /// elsewhere; all eight signs at once.
    #[inline]
    fn digits_of(&self, text: [u8; 8]) -> Option<u64> {
        let values = u64::from_le_bytes(text) ^ self.signs;
        // A byte that is too large sets its highest bit, by itself or in the sum.
        ((values | values.wrapping_add(self.room)) & 0x8080_8080_8080_8080 == 0).then_some(values)
    }
}

/// Every byte as ten times itself and the byte behind it; at most 99 where both are digits.
#[inline]
fn in_pairs(values: u64) -> [u8; 8] {
    (values * 10 + (values >> 8)).to_le_bytes()
}

#[cold]
fn other_date(cell: &[u8], epoch: Option<Epoch>) -> Result<Option<NaiveDate>, Problem> {
    let text = text(cell)?;
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(epoch) = epoch
        && let Some(day) = digits(text.as_bytes()).and_then(|days| serial_date(days, epoch))
    {
        return Ok(Some(day));
    }
    if is_written_together(&text) {
        return written_together(&text).map(Some).ok_or_else(|| Problem::new(Code::DateImpossible));
    }
    parse_date(&with_slashes(without_time(&text))).map(Some).map_err(|error| {
        Problem::new(match error {
            DateError::Form => Code::DateForm,
            DateError::ShortYear => Code::DateShortYear,
            DateError::Impossible { .. } => Code::DateImpossible,
        })
    })
}

/// `05.08.2026`, `05 / 08 / 2026`, `2026/08/05` with the marks that every reader of dates knows, without the word *ngày* and without
/// the mark that keeps a cell of a sheet a text.
fn with_slashes(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\'').unwrap_or(text);
    let text = ["Ngày ", "ngày "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let Some(mark) = text.chars().find(|sign| matches!(sign, '.' | '/' | '-')) else {
        return Cow::Borrowed(text);
    };
    let parts: Vec<&str> = text.split(mark).map(str::trim).collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    match parts[..] {
        [year, month, day] if parts.iter().all(is_number) && year.len() == 4 => {
            Cow::Owned(format!("{year}-{month:0>2}-{day:0>2}"))
        }
        [day, month, year] if parts.iter().all(is_number) => Cow::Owned(format!("{day}/{month}/{year}")),
        _ => Cow::Borrowed(text),
    }
}

/// Ngày viết liền: `20260801`, `01082026`, `202608011420`.
fn is_written_together(text: &str) -> bool {
    matches!(text.len(), 8 | 12 | 14) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The day of such digits; the year shows which end is which.
fn written_together(text: &str) -> Option<NaiveDate> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let is_year = |year: u32| (1900..=2200).contains(&year);
    let (year, month, day) = match (number(0, 4)?, number(4, 8)?) {
        (year, _) if is_year(year) && number(4, 6)? <= 12 => (year, number(4, 6)?, number(6, 8)?),
        (_, year) if text.len() == 8 && is_year(year) => (year, number(2, 4)?, number(0, 2)?),
        (year, _) => (year, number(4, 6)?, number(6, 8)?),
    };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).filter(|_| is_year(year))
}

/// A day without the time of day that databases write behind it; a time zone would move the day and is left in place.
fn without_time(text: &str) -> &str {
    match text.split_once([' ', 'T']) {
        Some((day, time))
            if time.contains(':')
                && time.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.')) =>
        {
            day
        }
        _ => text,
    }
}

/// Smallest and largest number that is taken for a day and not for a year or a written date: 1927 to 2118.
const SERIALS: std::ops::RangeInclusive<u64> = 10_000..=80_000;

/// Ngày theo số thứ tự của bảng tính, for cells that hold a bare number.
fn serial_date(days: u64, epoch: Epoch) -> Option<NaiveDate> {
    let days = u32::try_from(days).ok().filter(|_| SERIALS.contains(&days))?;
    let start = match epoch {
        // Past February 1900, which a spreadsheet takes for a leap month.
        Epoch::Year1900 => NaiveDate::from_ymd_opt(1899, 12, 30)?,
        Epoch::Year1904 => NaiveDate::from_ymd_opt(1904, 1, 1)?,
    };
    days_after(start, days)
}

/// Số tiền of whole đồng. An empty cell is none.
///
/// # Errors
/// A [`Problem`] without what was read.
#[inline]
pub fn amount(cell: &[u8]) -> Result<Option<Vnd>, Problem> {
    match dong(cell) {
        Some(dong) => Ok(Some(dong)),
        None if cell.is_empty() => Ok(None),
        None => other_amount(cell, grouped_amount),
    }
}

/// Tables write `956.340` and `956,340` for thousands: there is no smaller unit than one đồng.
///
/// Decimals that are all zeros, `1.366.200,00`, say nothing.
fn grouped_amount(text: &str) -> Result<Vnd, AmountError> {
    let text = without_zero_decimals(text);
    match parse_amount(text) {
        Err(AmountError::Ambiguous(joined, _)) if is_grouped(text) => parse_amount(&joined),
        read => read,
    }
}

/// The amount before `,0` or `,00`, where its own marks are of the other kind.
fn without_zero_decimals(text: &str) -> &str {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    let Some(at) = text.rfind(['.', ',']).filter(|_| plain) else { return text };
    let (head, tail) = (&text[..at], &text[at + 1..]);
    let is_decimals = matches!(tail, "0" | "00") && !head.is_empty() && !head.contains(&text[at..=at]);
    if is_decimals { head } else { text }
}

/// Two or three digits, a mark, three digits; a single digit before the mark stays ambiguous.
fn is_grouped(text: &str) -> bool {
    text.split_once(['.', ',']).is_some_and(|(head, tail)| {
        let digits = tail.chars().take_while(char::is_ascii_digit).count();
        (2..=3).contains(&head.trim().len()) && digits == 3
    })
}

/// Số tiền của hồ sơ thanh toán, with up to two decimals. An empty cell is none.
///
/// # Errors
/// A [`Problem`] without what was read.
#[inline]
pub fn claim_amount(cell: &[u8]) -> Result<Option<Vnd>, Problem> {
    match dong(cell).or_else(|| with_decimals(cell)) {
        Some(dong) => Ok(Some(dong)),
        None if cell.is_empty() => Ok(None),
        None => other_amount(cell, parse_claim_amount),
    }
}

#[inline]
fn dong(cell: &[u8]) -> Option<Vnd> {
    let dong = digits(cell).and_then(|dong| i64::try_from(dong).ok())?;
    (dong <= LARGEST_AMOUNT).then(|| Vnd::whole(dong))
}

/// `75750.5`, `75750.50`.
#[inline]
fn with_decimals(cell: &[u8]) -> Option<Vnd> {
    let (whole, tenths, hundredths) = match cell {
        [whole @ .., b'.', tenths] => (whole, tenths, &b'0'),
        [whole @ .., b'.', tenths, hundredths] => (whole, tenths, hundredths),
        _ => return None,
    };
    let rest = digits(&[*tenths, *hundredths]).and_then(|rest| i64::try_from(rest).ok())?;
    dong(whole).map(|whole| whole + Vnd::from_hundredths(rest))
}

fn other_amount(
    cell: &[u8],
    parse: impl FnOnce(&str) -> Result<Vnd, AmountError>,
) -> Result<Option<Vnd>, Problem> {
    let text = text(cell)?;
    if text.is_empty() {
        return Ok(None);
    }
    parse(&text).map(Some).map_err(|error| match error {
        AmountError::Form => Problem::new(Code::AmountForm),
        AmountError::Ambiguous(first, second) => {
            Problem::new(Code::AmountAmbiguous).with("first", first).with("second", second)
        }
        AmountError::Range => Problem::new(Code::AmountRange),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_in_their_usual_form_are_read_as_any_other() {
        let pieces = [
            "",
            "0",
            "7",
            "00",
            "12",
            "345",
            "999999999999999",
            "1000000000000001",
            ".",
            ",",
            " ",
            "-",
            "đ",
            "x",
        ];
        let mut read = 0;
        for one in pieces {
            for two in pieces {
                for three in pieces {
                    for four in pieces {
                        let text = [one, two, three, four].concat();
                        let quick = claim_amount(text.as_bytes()).map_err(|problem| problem.code);
                        let slow =
                            other_amount(text.as_bytes(), parse_claim_amount).map_err(|problem| problem.code);
                        read += u32::from(matches!(quick, Ok(Some(_))));
                        assert_eq!(quick, slow, "{text}");
                    }
                }
            }
        }
        assert!(read > 2_000, "{read}");
    }

    #[test]
    fn eight_digits_at_once_are_the_number_that_they_are_one_by_one() {
        let plain =
            |cell: &[u8]| (1..=18).contains(&cell.len()).then(|| digits_of_any_length(cell)).flatten();
        let mut seed = 1_u64;
        for round in 0..200_000_usize {
            let mut cell = [b'0'; 20];
            for byte in &mut cell {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                *byte = b'0' + u8::try_from(seed >> 33 & 0xff).unwrap_or_default() % 10;
            }
            let length = round % 21;
            assert_eq!(digits(&cell[..length]), plain(&cell[..length]), "{cell:?}");
            // One byte that may be none.
            cell[round / 21 % 20] = u8::try_from(seed >> 45 & 0xff).unwrap_or_default();
            assert_eq!(digits(&cell[..length]), plain(&cell[..length]), "{cell:?}");
        }
        for edge in
            ["0", "9", "99999999", "999999999", "9999999999999999", "999999999999999999", "/", ":", "\u{ff}"]
        {
            assert_eq!(digits(edge.as_bytes()), plain(edge.as_bytes()), "{edge}");
        }
    }

    #[test]
    fn dates_of_all_accepted_forms() {
        let read = |cell: &str, epoch| date(cell.as_bytes(), epoch).map_err(|problem| problem.code);
        let day = NaiveDate::from_ymd_opt(2026, 8, 1);
        for cell in [
            "2026-08-01",
            "01/08/2026",
            " 1/8/2026 ",
            "01-08-2026",
            "01.08.2026",
            "'01/08/2026",
            "01 / 08 / 2026",
            "2026/08/01",
            "2026.8.1",
            "Ngày 01/08/2026",
        ] {
            assert_eq!(read(cell, None), Ok(day), "{cell}");
        }
        assert_eq!(read("46235", Some(Epoch::Year1900)), Ok(day));
        assert_eq!(read("44773", Some(Epoch::Year1904)), Ok(day));
        assert_eq!(read("2026-08-01 00:00:00", None), Ok(day));
        assert_eq!(read("2026-08-01T10:30:00.000", None), Ok(day));
        assert_eq!(read("2026-07-31T17:00:00Z", None), Err(Code::DateForm));
        assert_eq!(read("46235", None), Err(Code::DateForm));
        for cell in ["20260801", "01082026", "202608011420", "20260801142030"] {
            assert_eq!(read(cell, Some(Epoch::Year1900)), Ok(day), "{cell}");
        }
        assert_eq!(read("19101920", None), Ok(NaiveDate::from_ymd_opt(1920, 10, 19)));
        assert_eq!(read("198100000000", None), Err(Code::DateImpossible));
        assert_eq!(read("20260230", None), Err(Code::DateImpossible));
        assert_eq!(read("2026", Some(Epoch::Year1900)), Err(Code::DateForm));
        assert_eq!(read("2026-02-30", None), Err(Code::DateImpossible));
        assert_eq!(read("01/08/26", None), Err(Code::DateShortYear));
        assert_eq!(read("", None), Ok(None));
        for cell in ["31/12/2026", "29/02/2024", "29/02/2025", "00/08/2026", "1a/08/2026", "01/08/1899"] {
            let slow = other_date(cell.as_bytes(), None).map_err(|problem| problem.code);
            assert_eq!(read(cell, None), slow, "{cell}");
        }
        let plain = NaiveDate::from_ymd_opt(2026, 8, 1).expect("a day").to_string();
        for at in 0..plain.len() {
            for byte in 0..=255 {
                let mut cell = plain.clone().into_bytes();
                cell[at] = byte;
                let numbers =
                    std::str::from_utf8(&cell).ok().filter(|_| byte.is_ascii_digit() || byte == b'-');
                let parts: Vec<&str> = numbers.unwrap_or_default().split('-').collect();
                let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
                let number = |at: usize| parts[at].parse().expect("digits");
                let wanted = (lengths == [4, 2, 2]).then(|| (number(0), number(1), number(2)));
                let found = year_month_day(&cell).map(|found| (found.year(), found.month(), found.day()));
                assert_eq!(found, wanted, "{cell:?}");
            }
        }
    }
}
