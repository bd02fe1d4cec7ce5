//! Ô gộp: merged cells of a sheet, what they hide, and what they say for the rows they stand beside.

use std::collections::BTreeMap;

/// Vùng ô gộp: rows and columns from and to, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MergedCells {
    from: (u32, u32),
    to: (u32, u32),
}

impl MergedCells {
    /// Reads `A2:C5`.
    pub(super) fn parse(text: &str) -> Option<MergedCells> {
        let (from, to) = text.split_once(':')?;
        Some(MergedCells { from: cell_at(from)?, to: cell_at(to)? })
    }

    /// The range between two cells, by row and column counted from 1.
    pub(super) fn between(from: (u32, u32), to: (u32, u32)) -> MergedCells {
        MergedCells { from, to }
    }

    /// `A2:C5`.
    pub(super) fn name(self) -> String {
        let cell = |(row, column): (u32, u32)| {
            let mut letters = String::new();
            let mut rest = column;
            while rest > 0 {
                letters.insert(0, char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
                rest = (rest - 1) / 26;
            }
            format!("{letters}{row}")
        };
        format!("{}:{}", cell(self.from), cell(self.to))
    }

    /// Whether it hides cells of these columns below a heading that ends with this row. Cells merged along a row hide
    /// nothing that the row could say.
    pub(super) fn hides(self, heading: u64, columns: &[usize]) -> bool {
        let rows = u64::from(self.to.0) > heading && self.to.0 > self.from.0;
        rows && columns
            .iter()
            .any(|column| (self.from.1 as usize..=self.to.1 as usize).contains(&(column + 1)))
    }

    /// The one column whose cells it joins, counted from 0.
    pub(super) fn column(self) -> Option<usize> {
        (self.from.1 == self.to.1).then_some(self.from.1 as usize - 1)
    }

    /// The last row of a heading that cells merged downwards make a little longer.
    pub(super) fn heading_end(self, heading: u64) -> u64 {
        const MOST_ROWS_MORE: u64 = 3;
        let (from, to) = (u64::from(self.from.0), u64::from(self.to.0));
        if from <= heading && (heading..=heading + MOST_ROWS_MORE).contains(&to) { to } else { heading }
    }
}

/// Điền xuống: what one cell that is merged downwards says for every row it stands beside.
#[derive(Debug, Default)]
pub(super) struct FillDown {
    /// Ranges to be filled, by their first row.
    ranges: Vec<MergedCells>,
    next: usize,
    /// The range that reaches the row, by column: its last row and what it says.
    open: BTreeMap<usize, (u32, String)>,
}

impl FillDown {
    /// Fills these ranges below a heading that ends with this row, in these columns.
    pub(super) fn of(merged: &[MergedCells], heading: u64, columns: &[usize]) -> FillDown {
        let fits = |range: &&MergedCells| {
            u64::from(range.from.0) > heading
                && range.column().is_some_and(|column| columns.contains(&column))
        };
        let mut ranges: Vec<MergedCells> = merged.iter().filter(fits).copied().collect();
        ranges.sort_by_key(|range| range.from);
        FillDown { ranges, ..FillDown::default() }
    }

    /// Fills a row, counted from 1, that says something.
    pub(super) fn fill(&mut self, number: u32, row: &mut Vec<String>) {
        if row.iter().all(String::is_empty) {
            return;
        }
        self.open.retain(|_, (last, _)| *last >= number);
        for (column, (_, text)) in &self.open {
            if row.len() <= *column {
                row.resize(column + 1, String::new());
            }
            if row[*column].is_empty() {
                row[*column].clone_from(text);
            }
        }
        while let Some(range) = self.ranges.get(self.next).filter(|range| range.from.0 <= number) {
            if let Some(column) = range.column().filter(|_| range.from.0 == number) {
                let text = row.get(column).cloned().unwrap_or_default();
                self.open.insert(column, (range.to.0, text));
            }
            self.next += 1;
        }
    }
}

/// Row and column of `AB12`, counted from 1.
fn cell_at(name: &str) -> Option<(u32, u32)> {
    let name = name.replace('$', "");
    let digits = name.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let letter = letter.to_ascii_uppercase();
        letter
            .is_ascii_uppercase()
            .then(|| column * 26 + u32::from(letter - b'A') + 1)
            .filter(|column| *column <= 16_384)
    })?;
    Some((row.parse().ok()?, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_merged_downwards_speaks_for_the_rows_beside_it() {
        let merged: Vec<MergedCells> =
            ["A1:A2", "A3:A5", "B3:C4", "B6:B7"].into_iter().filter_map(MergedCells::parse).collect();
        let mut fill = FillDown::of(&merged, 2, &[0, 1]);
        let mut row = |number: u32, cells: &[&str]| {
            let mut row: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
            fill.fill(number, &mut row);
            row.join("|")
        };
        assert_eq!(row(3, &["H1", "x"]), "H1|x");
        assert_eq!(row(4, &["", "", "y"]), "H1||y");
        assert_eq!(row(5, &[""]), "");
        assert_eq!(row(6, &["", "7"]), "|7");
        assert_eq!(row(7, &["H2"]), "H2|7");
    }
}
