//! So sánh chữ: text as people type it, reduced to what matters for comparing names.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Khóa so sánh: lower case, no diacritics, `đ` as `d`, every run of blanks and dashes as one dash.
///
/// `Hộ gia đình`, `ho gia dinh`, `HO-GIA-DINH` and the decomposed form of the first all give `ho-gia-dinh`.
pub fn fold(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    if text.is_ascii() {
        text.chars().for_each(|letter| push(&mut key, letter));
    } else {
        text.nfd().filter(|letter| !is_combining_mark(*letter)).for_each(|letter| push(&mut key, letter));
    }
    key.truncate(key.trim_end_matches('-').len());
    key
}

fn push(key: &mut String, letter: char) {
    match letter {
        'đ' | 'Đ' => key.push('d'),
        blank if blank.is_whitespace() || matches!(blank, '-' | '_' | '–' | '/' | '.' | ',') => {
            if !key.is_empty() && !key.ends_with('-') {
                key.push('-');
            }
        }
        plain if plain.is_ascii() => key.push(plain.to_ascii_lowercase()),
        other => key.extend(other.to_lowercase()),
    }
}

/// Chuẩn NFC, bỏ khoảng trắng đầu cuối: text as it is kept and printed.
pub fn tidy(text: &str) -> String {
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
    if text.is_ascii() { text.to_owned() } else { text.nfc().collect() }
}

/// Gợi ý: the known name nearest to what was typed, when it is near enough to be meant.
///
/// Of a code of two letters one letter is half of it: `TG` is no slip for `TK`, `DG` is one for `GD`. Names of several words are
/// near word by word: `thương binh` is no slip for `trưởng bản`.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_of(typed, &mut known.into_iter())
}

fn nearest_of<'a>(typed: &str, known: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = fold(typed);
    known
        .map(|name| (strsim::damerau_levenshtein(&typed, &fold(name)), name))
        .filter(|(distance, name)| *distance <= 1 + name.chars().count().min(typed.chars().count()) / 4)
        .filter(|(_, name)| typed.chars().count() > 2 || letters(&fold(name)) == letters(&typed))
        .filter(|(distance, name)| *distance <= 1 || words_are_near(&typed, &fold(name)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Whether every word of one name is one slip away from the word of the other in its place.
fn words_are_near(typed: &str, name: &str) -> bool {
    let (typed, name): (Vec<&str>, Vec<&str>) = (typed.split('-').collect(), name.split('-').collect());
    let near = |(typed, name): (&&str, &&str)| strsim::damerau_levenshtein(typed, name) <= 1;
    match (typed.len(), name.len()) {
        (1, 1) => true,
        (of_typed, of_name) => of_typed == of_name && typed.iter().zip(&name).all(near),
    }
}

/// The letters of a name, whatever their order.
fn letters(name: &str) -> Vec<char> {
    let mut letters: Vec<char> = name.chars().collect();
    letters.sort_unstable();
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_with_and_without_diacritics_folds_alike() {
        let decomposed: String = "Hộ gia đình".nfd().collect();
        for text in ["Hộ gia đình", "ho gia dinh", "HO-GIA_DINH", "  hộ   gia đình ", &decomposed] {
            assert_eq!(fold(text), "ho-gia-dinh");
        }
    }

    #[test]
    fn suggests_near_names_only() {
        let known = ["household", "pupil", "student"];
        assert_eq!(nearest("houshold", known), Some("household"));
        assert_eq!(nearest("zzz", known), None);
        assert_eq!(nearest("DG", ["GD", "DN"]), Some("GD"));
        assert_eq!(nearest("TG", ["TK", "HG"]), None);
        let titles = ["trưởng bản", "hộ cận nghèo", "tổ trưởng dân phố"];
        assert_eq!(nearest("thương binh", titles), None);
        assert_eq!(nearest("hộ cân ngheo", titles), Some("hộ cận nghèo"));
        assert_eq!(nearest("tổ truờg dân phô", titles), Some("tổ trưởng dân phố"));
    }
}
