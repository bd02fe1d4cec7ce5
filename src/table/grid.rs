//! Lưới ô: the cells of a small form as they stand, for forms whose rows are no records.

use super::again::Again;
use super::heading::{Schema, key};
use super::source::{Input, OpenTable, ReadOptions};
use super::{Trouble, TroubleKind, text};
use crate::terms::fold::tidy;
use crate::terms::problem::{Code, Problem};

/// A form has no fields: every column is read as it stands.
const NO_FIELDS: Schema = Schema::of(&[]);

/// Lưới: rows that are not blank, with their line or row number.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// Rows with their numbers.
    pub rows: Vec<(u64, Vec<String>)>,
}

impl Grid {
    /// The first rows of a table of any kind. Of a text the separator is found out: the one that gives most cells.
    ///
    /// # Errors
    /// [`Trouble`] for what cannot be read.
    pub(super) fn read(input: &Again<'_>, options: &ReadOptions, most: usize) -> Result<Grid, Trouble> {
        let separators = options.separator.map_or(text::SEPARATORS.to_vec(), |separator| vec![separator]);
        let mut best: Option<(usize, Grid)> = None;
        let mut trouble = None;
        for separator in separators {
            match Grid::split(input.take(), options, separator, most) {
                Ok(grid) => {
                    let cells = grid.rows.iter().map(|(_, cells)| cells.len()).sum();
                    if best.as_ref().is_none_or(|(known, _)| cells > *known) {
                        best = Some((cells, grid));
                    }
                }
                Err(refused) => trouble = trouble.or(Some(refused)),
            }
        }
        match (best, trouble) {
            (Some((_, grid)), _) => Ok(grid),
            (None, Some(trouble)) => Err(trouble),
            (None, None) => Ok(Grid::default()),
        }
    }

    fn split(input: Input<'_>, options: &ReadOptions, separator: u8, most: usize) -> Result<Grid, Trouble> {
        let options = ReadOptions {
            columns: Some(vec![String::new()]),
            map: Vec::new(),
            set: Vec::new(),
            separator: Some(separator),
            ..options.clone()
        };
        let mut table = OpenTable::open(input, &NO_FIELDS, &options)?;
        let mut rows = Vec::new();
        let walked = table.for_each(|row| {
            let cell = |at: usize| tidy(&String::from_utf8_lossy(row.cell(at)));
            rows.push((row.number, (0..row.width()).map(cell).collect::<Vec<String>>()));
            if rows.len() < most { Ok(()) } else { Err(enough()) }
        });
        match walked {
            Err(trouble) if trouble == enough() => {}
            walked => walked?,
        }
        Ok(Grid { rows })
    }

    /// A cell; empty where there is none.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|(_, cells)| cells.get(column)).map_or("", String::as_str)
    }

    /// A cell as it is compared.
    pub fn key(&self, row: usize, column: usize) -> String {
        key(self.cell(row, column))
    }
}

/// Ends the reading when enough rows are there.
fn enough() -> Trouble {
    Trouble { problem: Problem::new(Code::EmptyInput), kind: TroubleKind::ReaderGone }
}
