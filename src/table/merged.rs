//! Ô gộp: merged cells of a sheet, and what they hide.

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

    /// The last row of a heading that cells merged downwards make a little longer.
    pub(super) fn heading_end(self, heading: u64) -> u64 {
        const MOST_ROWS_MORE: u64 = 3;
        let (from, to) = (u64::from(self.from.0), u64::from(self.to.0));
        if from <= heading && (heading..=heading + MOST_ROWS_MORE).contains(&to) { to } else { heading }
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
