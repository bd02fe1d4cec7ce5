//! Thứ tự trong một ô: places on the household ladder as forms and programs write them.
//!
//! `3`, `5+`, `Người thứ nhất` are places; `70`, `70%` are percents of the ladder, and never places.

use super::money_law::MoneyLaw;
use crate::table::cells::{digits, text, whole};
use crate::terms::fold::fold;
use crate::terms::number::Share;
use crate::terms::problem::{Code, Problem};

/// Largest place on the ladder that can be meant.
pub(super) const LARGEST_RANK: u32 = 999;
/// Numbers in a column of places that are percents of the ladder.
const PERCENTS: std::ops::RangeInclusive<u64> = 40..=100;

/// Một ô thứ tự.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlaceCell {
    /// The place itself.
    Rank(u32),
    /// The step of the ladder, by its percent.
    Percent(Share),
}

/// Reads a cell of places; an empty one is none.
pub(super) fn read(cell: &[u8]) -> Result<Option<PlaceCell>, Problem> {
    match whole(cell) {
        Some(number) if PERCENTS.contains(&number) => Ok(percent_of(number).map(PlaceCell::Percent)),
        Some(number) => rank(number),
        None if cell.trim_ascii().is_empty() => Ok(None),
        None => in_words(cell),
    }
}

fn rank(number: u64) -> Result<Option<PlaceCell>, Problem> {
    let rank = u32::try_from(number).ok().filter(|rank| (1..=LARGEST_RANK).contains(rank));
    rank.map(|rank| Some(PlaceCell::Rank(rank))).ok_or_else(|| Problem::new(Code::RankForm))
}

fn percent_of(number: u64) -> Option<Share> {
    Share::fraction(i128::from(number), 100)
}

/// Words for places, the first five.
const WORDS: [&[&str]; 5] = [&["nhat", "mot"], &["hai", "nhi"], &["ba"], &["tu", "bon"], &["nam"]];

#[cold]
fn in_words(cell: &[u8]) -> Result<Option<PlaceCell>, Problem> {
    let text = text(cell)?;
    if text.ends_with('%') {
        return percent(&text).map(|percent| Some(PlaceCell::Percent(percent.share)));
    }
    // `Người thứ 1 (100 %)`: what stands in brackets says the same once more.
    let folded = fold(text.split('(').next().unwrap_or_default());
    let form = || Problem::new(Code::RankForm);
    let is_word = |part: &str| {
        matches!(part, "nguoi" | "thu" | "thanh" | "vien" | "tro" | "di" | "len" | "so" | "ntg" | "tv")
    };
    if text.starts_with('-') {
        return Err(form());
    }
    // `Từ thành viên thứ 5` begins with a word that is also a number.
    let has_digits = folded.bytes().any(|byte| byte.is_ascii_digit());
    let folded = folded.strip_prefix("tu-").filter(|_| has_digits).unwrap_or(&folded);
    let mut found = None;
    for part in folded.split('-').filter(|part| !part.is_empty() && !is_word(part)) {
        let part = ["tv", "ntg"].iter().find_map(|word| part.strip_prefix(word)).unwrap_or(part);
        let number = digits(part.trim_end_matches('+').as_bytes())
            .or_else(|| (1..).zip(WORDS).find(|(_, words)| words.contains(&part)).map(|(place, _)| place));
        match (number, found) {
            (Some(number), None) => found = Some(number),
            _ => return Err(form()),
        }
    }
    match found {
        Some(number) if PERCENTS.contains(&number) => Ok(percent_of(number).map(PlaceCell::Percent)),
        Some(number) => rank(number),
        None => Err(form()),
    }
}

/// Tỷ lệ phần trăm: `30`, `30%`, `95,5`, `4.5 %`; and how sheets keep a cell that shows 30 %: `0.3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrittenPercent {
    pub(super) share: Share,
    /// Whether it was written as a fraction.
    pub(super) is_fraction: bool,
}

/// Reads a percent.
pub(super) fn percent(text: &str) -> Result<WrittenPercent, Problem> {
    let form = || Problem::new(Code::PercentForm);
    let plain = text.trim().trim_end_matches('%').trim();
    // Most are whole, and of no more than the whole.
    let is_usual = |number: &u64| *number <= 100 && *number != 1;
    if let Some(share) = digits(plain.as_bytes()).filter(is_usual).and_then(percent_of) {
        return Ok(WrittenPercent { share, is_fraction: false });
    }
    let plain = plain.replace(',', ".");
    let share = Share::parse(&format!("{plain}%")).map_err(|_| form())?;
    // Nobody supports by less than one percent; 1 alone may be one percent, or the whole.
    let is_bare = !text.trim().ends_with('%') && share != Share::NONE;
    match () {
        () if is_bare && Some(share) == percent_of(1) => Err(form()),
        () if is_bare && plain.starts_with(['0', '.']) => {
            let (part, whole) = share.parts();
            let share = Share::fraction(i128::from(part) * 100, i128::from(whole)).ok_or_else(form)?;
            Ok(WrittenPercent { share, is_fraction: true })
        }
        () => Ok(WrittenPercent { share, is_fraction: false }),
    }
}

/// A step of the ladder: `70`, `70%`, `0.7`, `1` for the whole.
pub(super) fn step(text: &str) -> Result<PlaceCell, Problem> {
    if whole(text.as_bytes()) == Some(1) {
        return Ok(PlaceCell::Percent(Share::WHOLE));
    }
    percent(text).map(|percent| PlaceCell::Percent(percent.share))
}

impl PlaceCell {
    /// The place that a step of the ladder stands for.
    pub(super) fn rank(self, law: MoneyLaw<'_>) -> Result<u32, Problem> {
        match self {
            PlaceCell::Rank(rank) => Ok(rank),
            PlaceCell::Percent(share) => law.rank(share),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_percents_in_every_form() {
        let place = |cell: &str| read(cell.as_bytes()).map_err(|problem| problem.code);
        let percent = |number| Ok(percent_of(number).map(PlaceCell::Percent));
        for (cell, rank) in [
            ("1", 1),
            (" 3 ", 3),
            ("5+", 5),
            ("Người thứ nhất", 1),
            ("người thứ 5 trở đi", 5),
            ("thứ tư", 4),
            ("Từ thành viên thứ 5 trở đi", 5),
            ("Người thứ 1 (100%)", 1),
            ("TV1", 1),
            ("NTG thứ 2", 2),
            ("39", 39),
            ("120", 120),
        ] {
            assert_eq!(place(cell), Ok(Some(PlaceCell::Rank(rank))), "{cell}");
        }
        for (cell, number) in [("40", 40), ("100", 100), ("70%", 70), ("60 %", 60), (" 50 ", 50)] {
            assert_eq!(place(cell), percent(number), "{cell}");
        }
        assert_eq!(place(""), Ok(None));
        for cell in ["0", "x", "thứ", "1 2", "1000", "-1"] {
            assert_eq!(place(cell), Err(Code::RankForm), "{cell}");
        }
    }
}
