//! Danh sách thẻ: the parallel lists of cards, registered places and days, separated by `;`.

use chrono::NaiveDate;

use crate::audit::claim_file::Card;
use crate::audit::moment;

/// The cards of a claim, and how many entries each of the four lists has.
pub(super) fn cards<'r>(
    numbers: &'r str,
    places: &'r str,
    from: &'r str,
    until: &'r str,
) -> (Vec<Card<'r>>, [usize; 4]) {
    let [numbers, places, from, until] = [numbers, places, from, until].map(entries);
    let lengths = [numbers.len(), places.len(), from.len(), until.len()];
    let day = |list: &[&str], index: usize| list.get(index).and_then(|text| date(text));
    let cards = numbers
        .iter()
        .enumerate()
        .map(|(index, number)| Card {
            object: number.get(..2).unwrap_or(""),
            digit: number.chars().nth(2).filter(char::is_ascii_digit),
            from: day(&from, index),
            until: day(&until, index),
        })
        .collect();
    (cards, lengths)
}

/// Entries of a list; a closing `;` adds none.
fn entries(list: &str) -> Vec<&str> {
    let list = list.trim().trim_end_matches(';');
    if list.is_empty() { Vec::new() } else { list.split(';').map(str::trim).collect() }
}

/// A day of a list or of a field that other editions write with a time.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    moment::read(text.as_bytes()).ok().map(moment::Moment::date)
}
