//! Điều khoản: places in texts of law in the one way they are cited, `điểm b khoản 3 Điều 13` or `art. 13.3.b`.

use super::lang::Lang;

/// Names of the parts of a place, the coarsest first.
const PARTS: [&str; 3] = ["Điều", "khoản", "điểm"];

/// Một chỗ: the text it stands in, where that is named, and article, clause, point; or words that are no place.
struct Place<'a> {
    document: &'a str,
    parts: Vec<&'a str>,
    joint: &'static str,
}

/// Places as rule files write them: `22.4.e`; `49.2.a, 49.3.a`; `22.3–22.5`; `NĐ 188 19.3`. Other words stay as they are.
pub fn places(written: &str, lang: Lang) -> String {
    let places: Vec<Place> = written.split(", ").flat_map(read).collect();
    let mut out = String::new();
    for (at, place) in places.iter().enumerate() {
        let beside = |other: Option<usize>| {
            other.and_then(|other| places.get(other)).filter(|other| other.document == place.document)
        };
        out.push_str(&match lang {
            _ if place.parts.is_empty() => place.document.to_owned(),
            Lang::Vi => in_vietnamese(place, beside(Some(at + 1))),
            Lang::En => in_english(place, beside(at.checked_sub(1))),
        });
        if at + 1 < places.len() {
            out.push_str(if lang == Lang::En && place.joint != ", " { "–" } else { place.joint });
        }
    }
    out
}

fn read(text: &str) -> Vec<Place<'_>> {
    // The number of a document comes before the place in it: `NĐ 188 19.3`, but `QĐ 3276`.
    let (document, place) = match text.rsplit_once(' ') {
        Some((document, place)) if document.ends_with(|last: char| last.is_ascii_digit()) => {
            (document, place)
        }
        Some(_) => (text, ""),
        None => ("", text),
    };
    let ends: Vec<Vec<&str>> = place.split('–').map(|end| end.split('.').collect()).collect();
    if !ends.iter().all(|parts| is_article(parts[0])) {
        return vec![Place { document: text, parts: Vec::new(), joint: ", " }];
    }
    let last = ends.len() - 1;
    let joint = |at| if at < last { " đến " } else { ", " };
    ends.into_iter().enumerate().map(|(at, parts)| Place { document, parts, joint: joint(at) }).collect()
}

/// `6`, `48b`.
fn is_article(text: &str) -> bool {
    let number = text.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    !number.is_empty() && text.len() - number.len() < 2 && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// The finest part first; what the next place names too is left to it: `khoản 1, khoản 2 Điều 22`.
fn in_vietnamese(place: &Place, next: Option<&Place>) -> String {
    let same =
        |next: &Place| place.parts.iter().zip(&next.parts).take_while(|(part, other)| part == other).count();
    let shared = next.map_or(0, same).min(place.parts.len() - 1);
    let own = place.parts.iter().zip(PARTS).skip(shared).map(|(number, part)| format!("{part} {number}"));
    let mut words: Vec<String> = own.collect();
    words.reverse();
    if shared == 0 && !place.document.is_empty() {
        words.push(place.document.to_owned());
    }
    words.join(" ")
}

fn in_english(place: &Place, before: Option<&Place>) -> String {
    let number = place.parts.join(".");
    match before {
        Some(before) if !before.parts.is_empty() => number,
        _ => format!("{} art. {number}", place.document).trim_start().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_as_in_the_texts_of_law() {
        let said = |written| places(written, Lang::Vi);
        assert_eq!(said("12"), "Điều 12");
        assert_eq!(said("48b.1.c"), "điểm c khoản 1 Điều 48b");
        assert_eq!(said("22.1, 22.2"), "khoản 1, khoản 2 Điều 22");
        assert_eq!(said("16.3.c, 16.3.d"), "điểm c, điểm d khoản 3 Điều 16");
        assert_eq!(said("49.2.a, 49.3.a"), "điểm a khoản 2, điểm a khoản 3 Điều 49");
        assert_eq!(said("22.3–22.5"), "khoản 3 đến khoản 5 Điều 22");
        assert_eq!(said("12.1, 13.2"), "khoản 1 Điều 12, khoản 2 Điều 13");
        assert_eq!(said("22, 22.1"), "Điều 22, khoản 1 Điều 22");
        assert_eq!(said("22.4.đ, NĐ 188 19.3"), "điểm đ khoản 4 Điều 22, khoản 3 Điều 19 NĐ 188");
        assert_eq!(said("NĐ105 4.2.a"), "điểm a khoản 2 Điều 4 NĐ105");
        assert_eq!(said("TT 01/2025 11"), "Điều 11 TT 01/2025");
        assert_eq!(said("QĐ 3276"), "QĐ 3276");
    }

    #[test]
    fn in_english_places_keep_their_numbers() {
        let said = |written| places(written, Lang::En);
        assert_eq!(said("22.1, 22.2"), "art. 22.1, 22.2");
        assert_eq!(said("22.3–22.5"), "art. 22.3–22.5");
        assert_eq!(said("22.4.e, NĐ 188 19.3"), "art. 22.4.e, NĐ 188 art. 19.3");
        assert_eq!(said("QĐ 824"), "QĐ 824");
    }
}
