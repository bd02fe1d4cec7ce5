//! Bảng số liệu theo xã: population, participants by group, targets, in long tables or in printed ones with several rows of
//! heading, sections and sums.

use std::collections::{BTreeMap, BTreeSet};

use super::CoverageTables;
use super::columns::{Meaning, heading, in_thousands, settle_target};
use super::list::SCHEMA;
use super::numbers::{rate, whole};
use super::places::CommuneName;
use crate::engine::coverage::{CountKind, CountMismatch};
use crate::rulebook::Rulebook;
use crate::table::again::Again;
use crate::table::grid::Grid;
use crate::table::heading_rows::is_number_row;
use crate::table::{ReadOptions, Trouble};
use crate::terms::problem::{Code, Problem};

/// Most rows of such a table.
const MOST_ROWS: usize = 200_000;
/// Reads a table of counts.
///
/// # Errors
/// [`Trouble`] where no heading fits.
pub(super) fn read(
    tables: &mut CoverageTables,
    input: &Again<'_>,
    options: &ReadOptions,
    rules: &Rulebook,
    name: &str,
) -> Result<(), Trouble> {
    let grid = Grid::read(input, options, MOST_ROWS)?;
    let Some(mut found) = heading(&grid, rules) else {
        return Err(Trouble::input(SCHEMA.lacks(&["commune", "population"]).at(name)));
    };
    if grid.rows.len() >= MOST_ROWS {
        return Err(Trouble::input(Problem::new(Code::ReportTooLong).with("count", MOST_ROWS).at(name)));
    }
    if let Some(heading) = in_thousands(&grid, &found) {
        return Err(Trouble::input(Problem::new(Code::CountsInThousands).with("column", heading).at(name)));
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
        let has_numbers = self
            .columns
            .iter()
            .any(|(column, meaning)| !meaning.is_words() && !self.grid.cell(row, *column).trim().is_empty());
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
                groups.push((category.clone(), count));
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
        let province = self.cell(row, &Meaning::Province).to_owned();
        let at = tables.commune(&CommuneName { name: name.to_owned(), district, province })?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_sections_are_told_from_communes() {
        assert!(is_section("II") && is_section("A") && !is_section("1") && !is_section(""));
        assert!(
            is_sum("TỔNG CỘNG")
                && is_sum("Toàn tỉnh")
                && !is_sum("Phường Tổng Mẫu")
                && !is_sum("Xã Công Mẫu")
        );
    }
}
