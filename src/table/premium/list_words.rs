//! Chữ in trên danh sách: what the words of a printed list mean — totals, marks of sections, what stands below it.

use crate::table::cells::digits;
use crate::terms::fold::fold;

/// The number of people or cards that a total names: of the whole list, or, where people join, of those above.
pub(super) fn people_named(label: &str, is_joining: bool) -> Option<u64> {
    let folded = fold(label);
    let in_words = || {
        let words: Vec<&str> = folded
            .split(|sign: char| !sign.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let is_people = |word: &str| matches!(word, "nguoi" | "the" | "nhan");
        words.windows(2).find(|pair| is_people(pair[1])).and_then(|pair| digits(pair[0].as_bytes()))
    };
    let names_people =
        ["tong-so-the", "tong-so-nguoi", "tong-cong-("].iter().any(|word| folded.contains(word));
    // `(I + II)`, `(1+2)` name parts of the sum.
    let behind = || {
        let rest = label.split([':', '(']).nth(1)?.trim_start();
        let digits = rest.split(|letter: char| !letter.is_ascii_digit()).next()?;
        let next = rest[digits.len()..].trim_start().chars().next();
        next.is_none_or(|next| next.is_alphabetic() || next == '.').then(|| digits.parse().ok()).flatten()
    };
    names_people.then(behind).flatten().or_else(|| in_words().filter(|_| is_joining))
}

/// How deep a section stands by its mark: `I`, `I.1`, `(1)`, `a`.
pub(super) fn depth(mark: &str) -> u8 {
    let mark = mark.trim().split([' ', ')']).next().unwrap_or_default().trim_end_matches('.');
    let roman = mark
        .split('.')
        .next()
        .is_some_and(|part| !part.is_empty() && part.chars().all(|letter| "IVX".contains(letter)));
    match (roman, mark.contains('.')) {
        (true, false) => 1,
        (true, true) => 2,
        _ if mark.len() == 1 && mark.chars().all(char::is_uppercase) => 0,
        _ => 3,
    }
}

/// `Cộng tăng`, `Tổng cộng`, `TỔNG`, `Tóm tắt hộ …`; not somebody called Công or Tống.
pub(super) fn is_total(label: &str) -> bool {
    let lower = label.trim().to_lowercase();
    let whole = |word: &str| {
        lower
            .strip_prefix(word)
            .is_some_and(|rest| rest.chars().next().is_none_or(|next| !next.is_alphabetic()))
    };
    let totals = ["cộng", "tổng", "tóm tắt", "tong cong", "cong tang", "cong giam", "luỹ kế", "lũy kế"];
    let carried =
        ["mang sang", "chuyển sang trang", "chuyển trang sau", "trang trước chuyển sang", "số trang trước"];
    totals.iter().chain(&carried).any(|word| whole(word))
}

/// `I`, `II.1`, `(1)`, `a`: marks of sections, not numbers of people.
pub(super) fn is_section_mark(ordinal: &str) -> bool {
    let plain = ordinal.trim().trim_matches(['(', ')', '.']);
    let roman = |part: &str| !part.is_empty() && part.chars().all(|letter| "IVX".contains(letter));
    let first = plain.split('.').next().unwrap_or_default();
    let rest_is_digits =
        plain.split('.').skip(1).all(|part| part.chars().all(|letter| letter.is_ascii_digit()));
    let bracketed = ordinal.trim().starts_with('(') && plain.chars().all(|letter| letter.is_ascii_digit());
    let letter = plain.chars().count() == 1 && plain.chars().all(char::is_alphabetic);
    !plain.is_empty() && (roman(first) && rest_is_digits || bracketed || letter)
}

/// `I. Tăng`, `(1) Tăng` in one cell.
pub(super) fn is_section_title(title: &str) -> bool {
    title.split_once([' ', '.', ')']).is_some_and(|(mark, _)| is_section_mark(mark) || mark.starts_with('('))
}

/// What stands below a list: notes, places and days, who signs.
pub(super) fn is_foot(cell: &str) -> bool {
    let folded = fold(cell);
    let begins = [
        "ghi-chu",
        "nguoi-lap",
        "nguoi-nop",
        "thu-truong",
        "giam-doc",
        "can-bo",
        "nhan-vien-thu",
        "ke-toan",
        "xac-nhan",
        "de-nghi",
        "tong-so",
    ];
    let holds =
        ["ky-ghi-ro", "(ky", "ky-ten", "dong-dau", "ho-ten)", "nguoi-lap-bieu", "dai-dien", "bang-chu"];
    let day = folded.contains("ngay-") && folded.contains("-thang-") && folded.contains("-nam-");
    day || begins.iter().any(|word| folded.starts_with(word))
        || holds.iter().any(|word| folded.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_not_people_called_alike() {
        for label in ["Cộng tăng", "CỘNG", "Tổng cộng", "TỔNG CỘNG (7 người)", "Tóm tắt hộ 1", "Cộng:"]
        {
            assert!(is_total(label), "{label}");
        }
        for name in ["Công Tằng Tôn Nữ Mẫu", "Tống Văn Mẫu", "Cồng Mẫu", "Tổngg"] {
            assert!(!is_total(name), "{name}");
        }
    }

    #[test]
    fn marks_of_sections_are_not_numbers_of_people() {
        for mark in ["I", "I.1", "II.2", "(1)", "a", "III."] {
            assert!(is_section_mark(mark), "{mark}");
        }
        for mark in ["1", "12", "", "1.", "I1"] {
            assert!(!is_section_mark(mark), "{mark}");
        }
    }
}
