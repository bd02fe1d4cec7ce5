//! Đơn vị tính của số tiền: đồng, thousands, millions or billions, as headings, titles and the command line say.

use crate::terms::fold::fold;
use crate::terms::problem::{Code, Problem};

/// Words of units, folded, with their đồng.
const UNITS: [(&str, i64); 10] = [
    ("nghin", 1_000),
    ("ngan", 1_000),
    ("1000", 1_000),
    ("thousand", 1_000),
    ("trieu", 1_000_000),
    ("million", 1_000_000),
    ("tr", 1_000_000),
    ("ty", 1_000_000_000),
    ("ti", 1_000_000_000),
    ("billion", 1_000_000_000),
];

/// Words that stand after the unit.
const DONG: [&str; 4] = ["dong", "vnd", "d", "vn"];

/// Đồng in the unit that a heading names: `Số phải thu (triệu đồng)`, `Đã chi (tỷ)`; none where it names none.
pub(super) fn of_heading(heading: &str) -> Option<i64> {
    let folded = fold(heading);
    let words: Vec<&str> = folded.split('-').collect();
    let mut pairs = words.windows(2).filter(|pair| DONG.contains(&pair[1]));
    let named = pairs.find_map(|pair| unit(pair[0]));
    let mut inside = heading.split(['(', '[']).skip(1).filter_map(|rest| rest.split([')', ']']).next());
    named.or_else(|| inside.find_map(of_words))
}

/// Đồng in a unit that stands alone: `triệu đồng`, `trđ`, `tỷ`, `đồng`.
pub(super) fn of_words(text: &str) -> Option<i64> {
    let folded = fold(text).replace('-', "");
    if DONG.contains(&folded.as_str()) {
        return Some(1);
    }
    let bare = DONG.iter().find_map(|dong| folded.strip_suffix(dong)).unwrap_or(&folded);
    unit(bare).or_else(|| unit(&folded))
}

fn unit(word: &str) -> Option<i64> {
    UNITS.iter().find(|(name, _)| *name == word).map(|(_, unit)| *unit)
}

/// The unit of a column: of its heading, else of the title, else of the command line, else đồng.
///
/// # Errors
/// [`Code::MoneyUnitsDiffer`] where the table and the command line name two.
pub(super) fn of_column(heading: &str, title: Option<&str>, asked: Option<i64>) -> Result<i64, Problem> {
    let written = of_heading(heading).or_else(|| title.and_then(of_words));
    match (written, asked) {
        (Some(written), Some(asked)) if written != asked => Err(Problem::new(Code::MoneyUnitsDiffer)
            .with("column", heading)
            .with("first", written)
            .with("second", asked)),
        (written, asked) => Ok(written.or(asked).unwrap_or(1)),
    }
}

/// What is said of units other than đồng that a table names.
pub(super) fn said(units: impl Iterator<Item = i64>) -> Option<Problem> {
    let mut named: Vec<i64> = units.filter(|unit| *unit > 1).collect();
    named.sort_unstable();
    named.dedup();
    let named: Vec<String> = named.iter().map(i64::to_string).collect();
    (!named.is_empty()).then(|| Problem::new(Code::MoneyUnitRead).with("unit", named.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_as_offices_write_them() {
        for (heading, wanted) in [
            ("Số phải thu (triệu đồng)", Some(1_000_000)),
            ("Đã chi (tỷ)", Some(1_000_000_000)),
            ("Số thu (tr.đ)", Some(1_000_000)),
            ("Số thu (trđ)", Some(1_000_000)),
            ("Số thu, nghìn đồng", Some(1_000)),
            ("Số thu (1000 đồng)", Some(1_000)),
            ("Số thu (đồng)", Some(1)),
            ("Spent (VND million)", None),
            ("Spent (million VND)", Some(1_000_000)),
            ("Tỷ lệ thu", None),
            ("Tỷ lệ đóng", None),
            ("Số thu", None),
            ("Số thu (lũy kế)", None),
        ] {
            assert_eq!(of_heading(heading), wanted, "{heading}");
        }
        assert_eq!(
            [of_words("triệu đồng"), of_words("đồng"), of_words("Công ty Mẫu")],
            [Some(1_000_000), Some(1), None]
        );
    }
}
