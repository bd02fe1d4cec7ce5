//! Bảng số liệu theo xã: population, participants by group, targets, in long tables or in printed ones with several rows of
//! heading, sections and sums.

use std::collections::{BTreeMap, BTreeSet};

use super::CoverageTables;
use crate::engine::coverage::{CountKind, CountMismatch, TargetRate};
use crate::table::again::Again;
use crate::table::grid::Grid;
use crate::table::heading_rows::{is_number_row, joined};
use crate::table::{ReadOptions, Trouble};
use crate::terms::problem::{Code, Problem};

/// Most rows of such a table.
const MOST_ROWS: usize = 200_000;
/// Rows among which the heading is looked for, and most rows of it.
const HEADING_ROWS: usize = 40;
const DEEPEST: usize = 5;

/// Cột của bảng.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    Ordinal,
    Commune,
    District,
    Population,
    Total,
    Group,
    Count,
    Category(&'static str),
    TargetRate,
    TargetPersons,
    /// A target whose heading does not say whether it is persons or percent.
    Target,
    Needed,
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
        return Some(Meaning::Category(name));
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

/// The heading: its last row, what its columns mean, and what those are called that mean nothing known.
struct Heading {
    end: usize,
    columns: BTreeMap<usize, Meaning>,
    other: BTreeMap<usize, String>,
}

fn heading(grid: &Grid) -> Option<Heading> {
    let mut best: Option<Heading> = None;
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
                best = Some(Heading { end: last, columns, other });
            }
        }
    }
    best
}

/// Reads a table of counts.
///
/// # Errors
/// [`Trouble`] where no heading fits.
pub(super) fn read(
    tables: &mut CoverageTables,
    input: &Again<'_>,
    options: &ReadOptions,
    name: &str,
) -> Result<(), Trouble> {
    let grid = Grid::read(input, options, MOST_ROWS)?;
    let Some(mut found) = heading(&grid) else {
        return Err(Trouble::input(
            Problem::new(Code::MissingColumns)
                .with("missing", "commune, population")
                .with("first", "commune")
                .at(name),
        ));
    };
    if grid.rows.len() >= MOST_ROWS {
        return Err(Trouble::input(Problem::new(Code::ReportTooLong).with("count", MOST_ROWS).at(name)));
    }
    settle_target(&grid, &mut found).map_err(|problem| Trouble::input(problem.at(name)))?;
    let mut reader = Reader {
        grid: &grid,
        columns: &found.columns,
        other: found.other.keys().map(|column| (*column, 0)).collect(),
        seen: BTreeSet::new(),
        section: String::new(),
        sums: Vec::new(),
    };
    for row in found.end + 1..grid.rows.len() {
        let place = || format!("{name}:{}", grid.rows[row].0);
        match reader.row(tables, row) {
            Ok(true) => tables.rows += 1,
            Ok(false) => tables.aside += 1,
            Err(problem) => {
                tables.rows += 1;
                tables.reject(problem.at(place()));
            }
        }
    }
    for (column, count) in std::mem::take(&mut reader.other).into_iter().filter(|(_, count)| *count > 0) {
        let problem = Problem::new(Code::ReportColumnLeftOut).with("column", &found.other[&column]);
        tables.left_out.push(problem.with("count", count));
    }
    let sums = std::mem::take(&mut reader.sums);
    sums.iter().for_each(|sum| sum.compare(tables));
    Ok(())
}

/// A target whose heading does not say it is percent where no number is above 100, and persons where all are.
fn settle_target(grid: &Grid, heading: &mut Heading) -> Result<(), Problem> {
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

struct Reader<'g> {
    grid: &'g Grid,
    columns: &'g BTreeMap<usize, Meaning>,
    /// Columns that were not understood, with the number of communes for which they have a number.
    other: BTreeMap<usize, u64>,
    /// Communes that this table has named already.
    seen: BTreeSet<usize>,
    /// Section that the rows stand in.
    section: String,
    sums: Vec<SumRow>,
}

/// Dòng cộng: what it states, to be compared when all communes are known.
struct SumRow {
    name: String,
    /// Section it adds up; none for the whole table.
    section: Option<String>,
    population: Option<u64>,
    total: Option<u64>,
    needed: Option<u64>,
}

impl Reader<'_> {
    fn cell(&self, row: usize, wanted: &Meaning) -> &str {
        let column = self.columns.iter().find(|(_, meaning)| *meaning == wanted).map(|(column, _)| *column);
        column.map_or("", |column| self.grid.cell(row, column).trim())
    }

    fn count(&self, row: usize, wanted: &Meaning) -> Result<Option<u64>, Problem> {
        whole(self.cell(row, wanted)).map_err(|read| {
            Problem::new(Code::CountForm).with("read", read).with("field", format!("{wanted:?}"))
        })
    }

    /// Whether the row is one of a commune; sums and sections are remembered, titles and signatures left out.
    fn row(&mut self, tables: &mut CoverageTables, row: usize) -> Result<bool, Problem> {
        let cells: Vec<String> = self.grid.rows[row].1.clone();
        if is_number_row(&cells) {
            return Ok(false);
        }
        let name = self.cell(row, &Meaning::Commune).to_owned();
        let ordinal = self.cell(row, &Meaning::Ordinal).to_owned();
        let has_ordinals = self.columns.values().any(|meaning| *meaning == Meaning::Ordinal);
        let has_numbers = self.columns.iter().any(|(column, meaning)| {
            !matches!(meaning, Meaning::Ordinal | Meaning::Commune | Meaning::District | Meaning::Group)
                && !self.grid.cell(row, *column).trim().is_empty()
        });
        let words = if name.is_empty() {
            cells.iter().find(|cell| !cell.is_empty()).cloned().unwrap_or_default()
        } else {
            name.clone()
        };
        if is_sum(&words) {
            self.sum(row, words, None)?;
            return Ok(false);
        }
        if has_ordinals && is_section(&ordinal) {
            self.section.clone_from(&words);
            self.sum(row, words.clone(), Some(words))?;
            return Ok(false);
        }
        if name.is_empty() || !has_numbers {
            // A note or a signature; numbers of no commune would be lost.
            let lost = has_numbers && cells.iter().filter(|cell| !cell.is_empty()).count() > 1;
            return if lost {
                Err(Problem::new(Code::CellMissing).with("field", "commune"))
            } else {
                Ok(false)
            };
        }
        self.commune(tables, row, &name)?;
        Ok(true)
    }

    fn sum(&mut self, row: usize, name: String, section: Option<String>) -> Result<(), Problem> {
        let sum = SumRow {
            name,
            section,
            population: self.count(row, &Meaning::Population)?,
            total: self.count(row, &Meaning::Total)?,
            needed: self.count(row, &Meaning::Needed)?,
        };
        self.sums.push(sum);
        Ok(())
    }

    fn commune(&mut self, tables: &mut CoverageTables, row: usize, name: &str) -> Result<(), Problem> {
        let district = match self.cell(row, &Meaning::District) {
            "" => self.section.clone(),
            named => named.to_owned(),
        };
        let population = self.count(row, &Meaning::Population)?;
        let total = self.count(row, &Meaning::Total)?;
        let needed = self.count(row, &Meaning::Needed)?;
        let target_persons = self.count(row, &Meaning::TargetPersons)?;
        let target_rate = rate(self.cell(row, &Meaning::TargetRate))?;
        let mut groups: Vec<(String, u64)> = Vec::new();
        for meaning in self.columns.values() {
            if let Meaning::Category(category) = meaning
                && let Some(count) = self.count(row, meaning)?
            {
                groups.push(((*category).to_owned(), count));
            }
        }
        if let Some(count) = self.count(row, &Meaning::Count)? {
            match self.cell(row, &Meaning::Group) {
                "" => return Err(Problem::new(Code::CellMissing).with("field", "group")),
                group => groups.push((group.to_owned(), count)),
            }
        }
        for (column, count) in &mut self.other {
            *count +=
                u64::from(matches!(whole(self.grid.cell(row, *column)), Ok(Some(number)) if number > 0));
        }
        let at = tables.commune(name, &district)?;
        // Only a long table, with a row a group, names a commune again.
        let is_long = self.columns.values().any(|found| *found == Meaning::Count);
        if !self.seen.insert(at) && !is_long {
            return Err(Problem::new(Code::CommuneTwice).with("read", name));
        }
        let commune = &mut tables.communes[at];
        let twice =
            |known: &Option<u64>, new: &Option<u64>| known.zip(*new).is_some_and(|(known, new)| known != new);
        if twice(&commune.population, &population)
            || twice(&commune.total, &total)
            || twice(&commune.target_persons, &target_persons)
            || groups.iter().any(|(group, _)| commune.groups.contains_key(group))
        {
            return Err(Problem::new(Code::CommuneTwice).with("read", name));
        }
        commune.population = commune.population.or(population);
        commune.total = commune.total.or(total);
        commune.needed = commune.needed.or(needed);
        commune.target_persons = commune.target_persons.or(target_persons);
        commune.target_rate = commune.target_rate.or(target_rate);
        commune.groups.extend(groups);
        Ok(())
    }
}

impl SumRow {
    fn compare(&self, tables: &mut CoverageTables) {
        let belongs = |district: &str| self.section.as_deref().is_none_or(|section| section == district);
        let communes: Vec<_> = tables.communes.iter().filter(|commune| belongs(&commune.district)).collect();
        let total = |of: &dyn Fn(&crate::engine::coverage::Commune) -> Option<u64>| -> u64 {
            communes.iter().filter_map(|commune| of(commune)).sum()
        };
        let participants = |commune: &crate::engine::coverage::Commune| {
            commune.total.or_else(|| (!commune.groups.is_empty()).then(|| commune.groups.values().sum()))
        };
        let pairs = [
            (CountKind::Population, self.population, total(&|commune| commune.population)),
            (CountKind::Participants, self.total, total(&participants)),
            (CountKind::Needed, self.needed, total(&|commune| commune.needed)),
        ];
        let wrong: Vec<CountMismatch> = pairs
            .into_iter()
            .filter_map(|(kind, stated, computed)| {
                let stated = stated.filter(|stated| *stated != computed)?;
                Some(CountMismatch { kind, place: self.name.clone(), stated, computed })
            })
            .collect();
        tables.mismatches.extend(wrong);
    }
}

/// Dòng cộng, by its words with their marks.
fn is_sum(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split([' ', ':', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    match words[..] {
        ["cộng" | "tổng" | "cong" | "tong" | "total"] | ["grand", "total"] => true,
        ["toàn", "tỉnh" | "thành" | "huyện", ..] | ["tổng" | "tong", "cộng" | "số" | "cong" | "so", ..] => {
            words.len() <= 4
        }
        _ => false,
    }
}

/// Số La Mã, or a capital letter: a section.
fn is_section(ordinal: &str) -> bool {
    let mark = ordinal.trim().trim_end_matches('.');
    let roman = !mark.is_empty() && mark.chars().all(|letter| "IVXL".contains(letter));
    let letter = mark.chars().count() == 1 && mark.chars().all(char::is_uppercase);
    roman || letter
}

/// Số người: digits, with groups of three.
fn whole(text: &str) -> Result<Option<u64>, String> {
    let text = text.trim();
    if text.is_empty() || matches!(text, "-" | "–") {
        return Ok(None);
    }
    let mark = ['.', ',', ' ', '\u{a0}'].into_iter().find(|mark| text.contains(*mark));
    let groups: Vec<&str> = match mark {
        Some(mark) => text.split(mark).collect(),
        None => vec![text],
    };
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = groups.iter().all(digits) && groups.iter().skip(1).all(|part| part.len() == 3);
    let number: Option<u64> =
        groups.concat().parse().ok().filter(|_| fits && (groups.len() == 1 || groups[0].len() <= 3));
    number.filter(|number| *number <= MOST_PEOPLE).map(Some).ok_or_else(|| text.to_owned())
}

/// Most people of one place.
const MOST_PEOPLE: u64 = 10_000_000_000;

/// Tỷ lệ được giao: `95`, `95,5`, `95.5%`, or 0.955 as a spreadsheet keeps 95.5 %.
fn rate(text: &str) -> Result<Option<TargetRate>, Problem> {
    let plain = text.trim().trim_end_matches('%').trim().replace(',', ".");
    if plain.is_empty() {
        return Ok(None);
    }
    let refused = || Problem::new(Code::TargetRateForm).with("read", text);
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || decimals.len() > 9 || whole.len() > 3 || !digits(whole) || !digits(decimals) {
        return Err(refused());
    }
    let numerator: u64 = format!("{whole}{decimals}").parse().map_err(|_| refused())?;
    let scale = 10_u64.pow(u32::try_from(decimals.len()).unwrap_or(0));
    // At most one means a share of one, unless the sign says percent.
    let is_share = numerator <= scale && !text.contains('%');
    let rate = TargetRate::new(numerator, if is_share { scale } else { scale * 100 });
    rate.map(Some).ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_people_as_tables_write_them() {
        let of = |text: &str| rate(text).ok().flatten().map(|rate| rate.of(33_050));
        for text in ["95,5", "95.5", "95.5%", "0.955", "95,50 %"] {
            assert_eq!(of(text), Some(31_563), "{text}");
        }
        assert_eq!(of("100"), Some(33_050));
        for text in ["101", "abc", "-5", "95.5.5", ".5"] {
            assert!(rate(text).is_err(), "{text}");
        }
        assert_eq!(whole("33.050"), Ok(Some(33_050)));
        assert_eq!(whole("1,234,567"), Ok(Some(1_234_567)));
        assert!(whole("33.05").is_err() && whole("1e3").is_err() && whole("-5").is_err());
        assert!(is_section("II") && is_section("A") && !is_section("1") && !is_section(""));
        assert!(
            is_sum("TỔNG CỘNG")
                && is_sum("Toàn tỉnh")
                && !is_sum("Phường Tổng Mẫu")
                && !is_sum("Xã Công Mẫu")
        );
    }
}
