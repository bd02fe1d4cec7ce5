//! Mã trong bảng của bệnh viện: cards, settings and ways of arrival as claim files number them.

use crate::table::cells::text;
use crate::terms::problem::{Code, Problem};

/// Đối tượng theo mã thẻ: the letters of a card, of several (`;`) those with the best digit.
pub(super) fn card_group(cell: &[u8]) -> Result<&[u8], Problem> {
    by_digit(cell).first().copied().ok_or_else(|| Problem::new(Code::UnknownGroup))
}

/// The same of the card with the least, where it is of another group.
pub(super) fn least_group(cell: &[u8]) -> Option<&[u8]> {
    let groups = by_digit(cell);
    groups.last().copied().filter(|last| groups.first() != Some(last))
}

/// Groups of the cards, those with the best digit first.
fn by_digit(cell: &[u8]) -> Vec<&[u8]> {
    let cards = cell.split(|byte| *byte == b';').map(<[u8]>::trim_ascii);
    let readable = cards.filter(|card| {
        card.len() >= 3 && card[..2].iter().all(u8::is_ascii_uppercase) && card[2].is_ascii_digit()
    });
    // Digits 1, 2 and 5 pay everything, 3 pays more than 4.
    let order = |card: &&[u8]| match card[2] {
        b'1' | b'2' | b'5' => 0,
        b'3' => 1,
        _ => 2,
    };
    let mut cards: Vec<&[u8]> = readable.collect();
    cards.sort_by_key(order);
    cards.into_iter().map(|card| &card[..2]).collect()
}

/// A cell of a fact, with the numbers of claim files as words.
///
/// Setting: 3, 03, 04 and 09 are in-patient, every other number is not. Way of arrival (79a): 1 and 4 within the network, 2 an
/// emergency, 3 outside.
#[inline]
pub(super) fn in_words<'c>(fact: &str, cell: &'c [u8], route_code: &'c [u8]) -> &'c [u8] {
    let plain = cell.trim_ascii();
    match fact {
        "setting" if (1..=2).contains(&plain.len()) && plain.iter().all(u8::is_ascii_digit) => {
            let in_patient = matches!(plain, b"3" | b"03" | b"04" | b"09");
            if in_patient { b"inpatient" } else { b"outpatient" }
        }
        "route" if plain.is_empty() => match text(route_code).as_deref() {
            Ok("1" | "4") => b"registered",
            Ok("2") => b"emergency",
            Ok("3") => b"self-referred",
            Ok("") => cell,
            // Another number is said to be none of the list.
            _ => route_code,
        },
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_card_of_several_counts() {
        let group = |cell: &'static str| card_group(cell.as_bytes()).ok().map(<[u8]>::to_vec);
        assert_eq!(group("GD4000000000100"), Some(b"GD".to_vec()));
        assert_eq!(group("DN4000000000100;HT3000000000200"), Some(b"HT".to_vec()));
        assert_eq!(group("DN4000000000100; TE1000000000200"), Some(b"TE".to_vec()));
        assert_eq!(group("4000"), None);
        let least = |cell: &'static str| least_group(cell.as_bytes()).map(<[u8]>::to_vec);
        assert_eq!(least("GD4000000000100; GD4000000000100"), None);
        assert_eq!(least("DN4000000000100;TE1000000000200;HT3000000000200"), Some(b"DN".to_vec()));
        assert_eq!(group(""), None);
    }

    #[test]
    fn numbers_of_claim_files_are_words() {
        let read = |fact: &str, cell: &'static str, code: &'static str| {
            std::str::from_utf8(in_words(fact, cell.as_bytes(), code.as_bytes())).expect("text")
        };
        assert_eq!(read("setting", "03", ""), "inpatient");
        assert_eq!(read("setting", "1", ""), "outpatient");
        assert_eq!(read("setting", "inpatient", ""), "inpatient");
        assert_eq!(read("route", "", "3"), "self-referred");
        assert_eq!(read("route", "referred", "3"), "referred");
        assert_eq!(read("route", "", "9"), "9");
        assert_eq!(read("care_level", "1", "1"), "1");
    }
}
