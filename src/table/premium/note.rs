//! Ghi chú của một dòng: months, what other organisations pay, and words that may change what somebody pays.

use super::fields::{MONTHS, MONTHS_NOTE};
use super::money::given;
use crate::engine::premium::given_support::SupportPart;
use crate::table::cells::{digits, empty, remember, text, whole};
use crate::terms::fold::fold;
use crate::terms::problem::{Code, Problem};
use crate::terms::quick_hash::QuickMap;

/// Số tháng ghi trong ghi chú: `12`, `12 tháng`, `Tham gia 6 tháng`; what follows about other payers is [`other_support`].
pub(super) fn months_in_note(cell: &[u8]) -> Result<u32, Problem> {
    let note = text(cell)?;
    if note.is_empty() {
        return Err(empty(MONTHS_NOTE));
    }
    let (own, _) = parts(&note);
    let folded = fold(&own);
    let words: Vec<&str> =
        folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| months(word.as_bytes()).ok();
    let named: Vec<u32> =
        words.windows(2).filter(|pair| pair[1] == "thang").filter_map(|pair| number(pair[0])).collect();
    match (&named[..], &words[..]) {
        ([months], _) => Ok(*months),
        ([], [word]) => number(word.trim_end_matches("thang").trim_end_matches('t'))
            .ok_or_else(|| Problem::new(Code::MonthsRange)),
        _ => Err(Problem::new(Code::MonthsRange)),
    }
}

/// What other organisations pay, as Mẫu số 3 has it in its notes: `12 tháng; tổ chức, cá nhân khác hỗ trợ 10 %`.
pub(super) fn other_support(cell: &[u8]) -> Result<Option<SupportPart>, Problem> {
    let note = text(cell)?;
    let (own, Some(support)) = parts(&note) else { return Ok(None) };
    // Budgets have a column of their own; who else pays must be said, and exactly.
    let folded = fold(&own);
    let names_others = ["to-chuc", "ca-nhan"].iter().any(|word| folded.contains(word));
    let names_budget = ["ngan-sach", "nha-nuoc", "dia-phuong"].iter().any(|word| folded.contains(word));
    let refused = |_: Problem| Problem::new(Code::PlanUnknown);
    // An amount in brackets is what the percent before it was rounded from.
    let (share, amount) =
        support.trim().trim_end_matches(')').split_once('(').unwrap_or((support.trim(), ""));
    if !names_others || names_budget || !share.trim().ends_with('%') {
        return Err(Problem::new(Code::PlanUnknown));
    }
    let share = given(share.trim().as_bytes(), &mut false).map_err(refused)?;
    let amount = given(amount.trim().as_bytes(), &mut false).map_err(refused)?;
    Ok(amount.or(share))
}

/// What stands before and behind the word for support.
fn parts(note: &str) -> (String, Option<String>) {
    let lower = note.to_lowercase();
    match lower.split_once("hỗ trợ") {
        Some((own, support)) => (own.to_owned(), Some(support.to_owned())),
        None => (lower, None),
    }
}

/// Ghi chú đã đọc: whether notes matter, by their text, since a list repeats few of them.
#[derive(Debug, Default)]
pub(super) struct KnownNotes(QuickMap<Vec<u8>, bool>);

impl KnownNotes {
    /// Whether a note may change the money.
    pub(super) fn matters(&mut self, cell: &[u8]) -> bool {
        if let Some(known) = self.0.get(cell) {
            return *known;
        }
        let found = matters(cell);
        remember(&mut self.0, cell, found);
        found
    }
}

/// Whether a note speaks of support with a number, or says that somebody leaves or is paid back.
fn matters(cell: &[u8]) -> bool {
    const LEAVES: [&str; 16] = [
        "bao-giam",
        "chet",
        "tu-vong",
        "hoan-tra",
        "thoai-thu",
        "dung-dong",
        "ngung-dong",
        "huy-the",
        "da-co-the",
        "da-mat",
        "da-huy",
        "bi-huy",
        "huy-bo",
        "huy-bien-lai",
        "khong-tham-gia",
        "tra-lai-tien",
    ];
    const PAYS: [&str; 5] = ["ho-tro", "tai-tro", "mien", "giam", "truy-thu"];
    let Ok(note) = text(cell) else { return true };
    let folded = format!("-{}-", fold(&note));
    let is_whole = |at: usize, word: &str| {
        let [before, behind] = [at - 1, at + word.len()].map(|at| folded.as_bytes().get(at));
        (before, behind) == (Some(&b'-'), Some(&b'-'))
    };
    let stands = |word: &str| folded.match_indices(word).any(|(at, _)| is_whole(at, word));
    let says = |words: &[&str]| words.iter().any(|word| stands(word));
    folded == "-huy-" || says(&LEAVES) || says(&PAYS) && folded.bytes().any(|byte| byte.is_ascii_digit())
}

/// Số tháng: `12`, `12 tháng`.
#[inline]
pub(super) fn months(cell: &[u8]) -> Result<u32, Problem> {
    match *cell {
        [months @ b'1'..=b'9'] => Ok(u32::from(months - b'0')),
        [b'1', months @ b'0'..=b'9'] => Ok(10 + u32::from(months - b'0')),
        _ => other_months(cell),
    }
}

#[inline(never)]
fn other_months(cell: &[u8]) -> Result<u32, Problem> {
    let number = whole(cell).or_else(|| months_in_words(cell));
    match number.and_then(|number| u32::try_from(number).ok()) {
        Some(months @ 1..=99) => Ok(months),
        _ if cell.trim_ascii().is_empty() => Err(empty(MONTHS)),
        _ => Err(Problem::new(Code::MonthsRange)),
    }
}

/// `12 tháng`, `12T`, `1 năm`, and numbers with blanks of other kinds around them.
#[cold]
fn months_in_words(cell: &[u8]) -> Option<u64> {
    let plain = text(cell).ok()?;
    let folded = fold(plain.split('(').next()?);
    let folded = folded.trim_end_matches('-');
    let before = |unit: &str| digits(folded.strip_suffix(unit)?.trim_end_matches('-').as_bytes());
    let years = || match folded {
        "mot-nam" => Some(1),
        _ => before("nam"),
    };
    let months = || ["thang", "th", "t"].iter().find_map(|unit| before(unit));
    whole(plain.as_bytes()).or_else(months).or_else(|| years()?.checked_mul(12))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::number::{Share, Vnd};

    #[test]
    fn months_in_words_are_numbers_with_their_unit() {
        for (cell, number) in [
            ("12", 12),
            ("12 tháng", 12),
            ("12T", 12),
            ("6 th", 6),
            ("1 năm", 12),
            ("Một năm", 12),
            ("12 tháng (một năm)", 12),
        ] {
            assert_eq!(months(cell.as_bytes()), Ok(number), "{cell}");
        }
        for cell in ["năm", "12 tháng/lần", "t", "3 6", "9 năm 6 tháng", "99 năm", "(12)"] {
            assert!(months(cell.as_bytes()).is_err(), "{cell}");
        }
    }

    #[test]
    fn notes_say_months_and_what_other_organisations_pay() {
        let share = |text: &str| Some(SupportPart::Share(Share::parse(text).expect("a share")));
        for (note, months, other) in [
            ("12", 12, None),
            ("12 tháng", 12, None),
            ("Tham gia 6 tháng", 6, None),
            ("03T", 3, None),
            ("12 tháng; tổ chức, cá nhân khác hỗ trợ 10 %", 12, share("10%")),
            ("6 tháng, tổ chức hỗ trợ 14,64%", 6, share("14.64%")),
            (
                "12 tháng; tổ chức, cá nhân khác (Hội Mẫu xã Mẫu) hỗ trợ 14,64 % (200.000 đồng)",
                12,
                Some(SupportPart::Amount(Vnd::whole(200_000))),
            ),
        ] {
            assert_eq!(months_in_note(note.as_bytes()), Ok(months), "{note}");
            assert_eq!(other_support(note.as_bytes()), Ok(other), "{note}");
        }
        for note in
            ["12 tháng, tỉnh hỗ trợ 20%", "12 tháng, tổ chức hỗ trợ 200.000 đ", "12 tháng, được hỗ trợ"]
        {
            assert_eq!(
                other_support(note.as_bytes()).map_err(|problem| problem.code),
                Err(Code::PlanUnknown),
                "{note}"
            );
        }
        for note in ["tháng", "6 tháng và 3 tháng"] {
            assert!(months_in_note(note.as_bytes()).is_err(), "{note}");
        }
    }

    #[test]
    fn notes_that_may_change_the_money_are_told_from_others() {
        for note in ["Tỉnh hỗ trợ thêm 20%", "Báo giảm từ 8/2026", "chết", "Giảm 30%", "miễn 100 %"]
        {
            assert!(matters(note.as_bytes()), "{note}");
        }
        for note in ["", "đã thu", "Hộ hỗ trợ nhau", "Trần Văn Huy", "thẻ giấy", "hết hạn 31/08/2026"]
        {
            assert!(!matters(note.as_bytes()), "{note}");
        }
    }
}
