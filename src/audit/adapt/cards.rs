//! Danh sách thẻ: the parallel lists of cards, registered places and days, separated by `;`.

use chrono::NaiveDate;

use crate::audit::claim_file::{CardFault, FileCard};
use crate::audit::moment;

/// The cards of a claim, and how many entries each of the four lists has.
pub(super) fn cards<'r>(
    numbers: &'r str,
    places: &'r str,
    from: &'r str,
    until: &'r str,
) -> (Vec<FileCard<'r>>, [usize; 4]) {
    let [numbers, places, from, until] = [numbers, places, from, until].map(entries);
    let lengths = [numbers.len(), places.len(), from.len(), until.len()];
    let day = |list: &[&str], index: usize| list.get(index).and_then(|text| date(text));
    let cards = numbers
        .iter()
        .enumerate()
        .map(|(index, number)| card(number, day(&from, index), day(&until, index)))
        .collect();
    (cards, lengths)
}

/// A card by its number: two letters, a digit, twelve digits; small letters and blanks are read all the same.
fn card(number: &str, from: Option<NaiveDate>, until: Option<NaiveDate>) -> FileCard<'_> {
    let letters: Vec<u8> = number
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|byte| byte.to_ascii_uppercase())
        .collect();
    let digits = letters.iter().all(u8::is_ascii_digit);
    let whole = letters.len() == CARD
        && letters[..2].iter().all(u8::is_ascii_uppercase)
        && letters[2..].iter().all(u8::is_ascii_digit);
    let fault = match letters.len() {
        _ if whole && letters == number.as_bytes() => None,
        _ if whole => Some(CardFault::Spelling),
        10 if digits => Some(CardFault::BookNumber),
        12 if digits => Some(CardFault::CitizenNumber),
        _ => Some(CardFault::Form),
    };
    let object = match letters[..] {
        [first, second, ..] if first.is_ascii_uppercase() && second.is_ascii_uppercase() => [first, second],
        _ => [0, 0],
    };
    let digit = letters.get(2).copied().map(char::from).filter(char::is_ascii_digit);
    FileCard { number, object, digit, fault, from, until }
}

/// Characters of a card number: group, digit, place and person.
const CARD: usize = 15;

/// Entries of a list; a closing separator adds none. The standard's is `;`, and some exporters write `,`.
pub(super) fn entries(list: &str) -> Vec<&str> {
    let list = list.trim().trim_end_matches([';', ',']);
    if list.is_empty() { Vec::new() } else { list.split([';', ',']).map(str::trim).collect() }
}

/// A day of a list or of a field that other editions write with a time.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    moment::read(text.as_bytes()).ok().map(|(moment, _)| moment.date())
}
