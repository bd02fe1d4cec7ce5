//! Tiêu đề của bảng số liệu theo xã: which row it ends with, and what its columns mean.

use std::collections::BTreeMap;

use super::numbers::{rate, whole};
use crate::rulebook::Rulebook;
use crate::table::grid::Grid;
use crate::table::heading_rows::{is_number_row, joined};
use crate::terms::fold::fold;
use crate::terms::problem::{Code, Problem};

/// Rows among which the heading is looked for, and most rows of it.
const HEADING_ROWS: usize = 40;
const DEEPEST: usize = 5;

/// Cột của bảng.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    Ordinal,
    Commune,
    District,
    Province,
    Population,
    Total,
    Group,
    Count,
    Category(String),
    TargetRate,
    TargetPersons,
    /// A target whose heading does not say whether it is persons or percent.
    Target,
    Needed,
}

impl Meaning {
    /// Whether a column of it holds no number of persons.
    pub(super) const fn is_words(&self) -> bool {
        use Meaning::{Commune, District, Group, Ordinal, Province};
        matches!(self, Ordinal | Commune | District | Province | Group)
    }
}

/// Five groups of article 12, as tables of participants divide them.
const CATEGORIES: [(&str, &[&str]); 5] = [
    ("employer-and-employee", &["nguoilaodong", "nsdld", "doanhnghiep", "employer"]),
    ("social-insurance", &["bhxhdong", "tochucbhxh", "baohiemxahoidong", "socialinsurance"]),
    ("state-supported", &["nsnnhotro", "ngansachnhanuochotro", "hotrodong", "statesupported"]),
    ("state", &["nsnndong", "ngansachnhanuocdong", "nsnndam", "state"]),
    ("household", &["hogiadinh", "hogd", "household"]),
];

/// What a heading says, from its lowest text and from all its texts together.
fn meaning(leaf: &str, joint: &str) -> Option<Meaning> {
    let has = |words: &[&str]| words.iter().any(|word| joint.contains(word));
    let is = |words: &[&str]| words.contains(&leaf);
    if is(&["tt", "stt", "no", "so", "sott"]) {
        return Some(Meaning::Ordinal);
    }
    if is(&[
        "xaphuong",
        "xa",
        "phuong",
        "commune",
        "diaban",
        "tenxa",
        "maxa",
        "xaphuongthitran",
        "phuongxa",
        "tenxaphuong",
        "donvihanhchinh",
        "communecode",
    ]) {
        return Some(Meaning::Commune);
    }
    if is(&["huyen", "quanhuyen", "district", "tenhuyen", "mahuyen", "quanhuyenthixa", "section"]) {
        return Some(Meaning::District);
    }
    if is(&["tinh", "tinhthanh", "tinhthanhpho", "tinhtp", "tentinh", "matinh", "thanhpho", "province"]) {
        return Some(Meaning::Province);
    }
    if has(&["danso", "population", "nhankhau", "sodan"]) {
        return Some(Meaning::Population);
    }
    if has(&["conphai", "conthieu", "needed", "remaining"]) {
        return Some(Meaning::Needed);
    }
    if has(&["chitieu", "kehoach", "target", "giao", "phandau"]) && !has(&["giaovien", "giaoduc"]) {
        let is_rate = ["tyle", "rate", "percent", "phantram"].iter().any(|word| leaf.contains(word));
        let is_persons = ["nguoi", "persons", "sothe", "soluong"].iter().any(|word| joint.contains(word));
        return Some(match (is_rate, is_persons) {
            (true, _) => Meaning::TargetRate,
            (false, true) => Meaning::TargetPersons,
            (false, false) => Meaning::Target,
        });
    }
    if is_rate_of_something(leaf) {
        return None;
    }
    if is(&["group", "nhom", "doituong", "nhomdoituong", "madt", "madoituong"]) {
        return Some(Meaning::Group);
    }
    if is(&["count", "songuoi", "persons", "soluong"]) {
        return Some(Meaning::Count);
    }
    if is(&[
        "tongso",
        "tong",
        "participants",
        "covered",
        "songuoithamgia",
        "tongsonguoithamgia",
        "dathamgia",
        "cothe",
    ]) {
        return Some(Meaning::Total);
    }
    let category = CATEGORIES.iter().find(|(_, words)| words.iter().any(|word| leaf.contains(word)));
    if let Some((name, _)) = category {
        return Some(Meaning::Category((*name).to_owned()));
    }
    let total = ["thamgia", "cothe", "participant", "covered", "dabaophu", "sothe"];
    let is_part = ["trongdo", "chuathamgia", "chuaco", "tang", "giam", "ngung"];
    let is_total =
        total.iter().any(|word| leaf.contains(word)) && !is_part.iter().any(|word| joint.contains(word));
    is_total.then_some(Meaning::Total)
}

/// A rate that was reached: it follows from the numbers.
fn is_rate_of_something(leaf: &str) -> bool {
    ["tyle", "rate", "percent", "phantram"].iter().any(|word| leaf.contains(word))
}

/// Headings whose numbers are no persons.
const NO_NUMBERS: [&str; 8] = ["ma", "sdt", "dienthoai", "ghichu", "note", "nam", "ngay", "sotien"];

/// A column of a group, called by the code of its cards: `GD`, `HS`.
fn group_code(shown: &str, rules: &Rulebook) -> Option<Meaning> {
    let has_code = |code: &String| code.as_str() == shown.trim();
    let group = rules.groups().iter().find(|group| group.codes.iter().any(has_code))?;
    Some(Meaning::Category(group.id.clone()))
}

/// A heading that counts people in thousands: such numbers would be read as people.
pub(super) fn in_thousands<'g>(grid: &'g Grid, heading: &CountHeading) -> Option<&'g str> {
    const WORDS: [&str; 6] =
        ["nghin-nguoi", "ngan-nguoi", "1000-nguoi", "trieu-nguoi", "thousand", "million"];
    let counted = heading.columns.iter().filter(|(_, meaning)| !meaning.is_words());
    let mut cells = counted.flat_map(|(column, _)| (0..=heading.end).map(|row| grid.cell(row, *column)));
    cells.find(|cell| WORDS.iter().any(|words| fold(cell).contains(words)))
}

/// The heading: its last row, what its columns mean, and what those are called that mean nothing known.
pub(super) struct CountHeading {
    pub(super) end: usize,
    pub(super) columns: BTreeMap<usize, Meaning>,
    pub(super) other: BTreeMap<usize, String>,
}

/// The heading of a table, if it has one.
pub(super) fn heading(grid: &Grid, rules: &Rulebook) -> Option<CountHeading> {
    let mut best: Option<CountHeading> = None;
    let rows: Vec<Vec<String>> =
        grid.rows.iter().take(HEADING_ROWS).map(|(_, cells)| cells.clone()).collect();
    for first in 0..rows.len() {
        for last in first..rows.len().min(first + DEEPEST) {
            if rows[last].iter().filter(|cell| !cell.is_empty()).count() < 2 || is_number_row(&rows[last]) {
                break;
            }
            let mut columns: BTreeMap<usize, Meaning> = BTreeMap::new();
            let mut other: BTreeMap<usize, String> = BTreeMap::new();
            for (column, name) in joined(&rows[first..=last]).iter().enumerate() {
                // A share sign folds away: it tells a target in percent from one in persons.
                let found = match meaning(&name.leaf, &name.joint) {
                    Some(Meaning::Target) if name.shown.contains('%') => Some(Meaning::TargetRate),
                    None => group_code(&name.shown, rules),
                    found => found,
                };
                match found.filter(|found| !columns.values().any(|known| known == found)) {
                    Some(found) => drop(columns.insert(column, found)),
                    None if is_rate_of_something(&name.leaf) || name.shown.contains('%') => {}
                    None if name.leaf.is_empty()
                        || NO_NUMBERS.iter().any(|word| name.leaf.starts_with(word)) => {}
                    None => drop(other.insert(column, name.shown.clone())),
                }
            }
            let is_complete = columns.values().any(|found| *found == Meaning::Commune) && columns.len() >= 2;
            let better = best.as_ref().is_none_or(|known| columns.len() > known.columns.len());
            if is_complete && better {
                best = Some(CountHeading { end: last, columns, other });
            }
        }
    }
    best
}

/// A target whose heading does not say it is percent where no number is above 100, and persons where all are.
pub(super) fn settle_target(grid: &Grid, heading: &mut CountHeading) -> Result<(), Problem> {
    const WHOLE: u64 = 100;
    let Some(column) =
        heading.columns.iter().find(|(_, found)| **found == Meaning::Target).map(|(column, _)| *column)
    else {
        return Ok(());
    };
    let rows = grid.rows.iter().skip(heading.end + 1).map(|(_, cells)| cells);
    let cells: Vec<&str> = rows
        .filter(|cells| !is_number_row(cells))
        .filter_map(|cells| cells.get(column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty()))
        .collect();
    let is_percent = |cell: &&str| match whole(cell) {
        Ok(Some(number)) => number <= WHOLE,
        Ok(None) => true,
        Err(_) => matches!(rate(cell), Ok(Some(_))),
    };
    let percents = cells.iter().filter(|cell| is_percent(cell)).count();
    let found = match percents {
        0 => Meaning::TargetPersons,
        all if all == cells.len() => Meaning::TargetRate,
        _ => {
            let shown =
                (0..=heading.end).rev().map(|row| grid.cell(row, column)).find(|cell| !cell.is_empty());
            return Err(Problem::new(Code::TargetUnclear).with("column", shown.unwrap_or_default()));
        }
    };
    if !heading.columns.values().any(|known| *known == found) {
        heading.columns.insert(column, found);
    }
    Ok(())
}
