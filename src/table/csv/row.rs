//! Dòng: the cells of a record as they stand in its bytes.

use memchr::memchr;

/// Where a cell begins and ends in its row, without quotation marks.
pub(super) type Bounds = (u32, u32);

/// Một dòng của bảng.
#[derive(Debug, Clone, Copy)]
pub struct TableRow<'b> {
    /// Line in the file, or row in the sheet; the first is 1.
    pub number: u64,
    /// The row as it came, without its line end.
    pub bytes: &'b [u8],
    /// Whether a household begins with this row.
    pub begins_household: bool,
    pub(super) bounds: &'b [Bounds],
    /// What cells with doubled quotation marks hold, in rows that have some.
    pub(super) undoubled: Option<&'b Undoubled>,
}

/// Ô có dấu nháy kép: what such cells hold, by column, so that every cell of a row is a part of something that is there.
#[derive(Debug, Default)]
pub(super) struct Undoubled(Vec<Option<Box<[u8]>>>);

impl Undoubled {
    /// The cells of a row that was found to have doubled marks.
    pub(super) fn of(row: &[u8], bounds: &[Bounds]) -> Undoubled {
        let cell = |(start, end): &Bounds| {
            let cell = row.get(*start as usize..*end as usize)?;
            (is_quoted(row, *start) && memchr(b'"', cell).is_some()).then(|| undoubled(cell).into())
        };
        Undoubled(bounds.iter().map(cell).collect())
    }

    #[cold]
    fn cell(&self, column: usize) -> Option<&[u8]> {
        self.0.get(column)?.as_deref()
    }
}

impl<'b> TableRow<'b> {
    /// Number of cells.
    pub fn width(&self) -> usize {
        self.bounds.len()
    }

    /// A cell without the marks around it; empty where the row is too short.
    #[expect(
        clippy::inline_always,
        reason = "as many times a row as it has cells; a call costs more than a cell"
    )]
    #[inline(always)]
    pub fn cell(&self, column: usize) -> &'b [u8] {
        let (start, end) = self.bounds.get(column).copied().unwrap_or_default();
        let bytes = self.bytes.get(start as usize..end as usize).unwrap_or_default();
        match self.undoubled {
            None => bytes,
            Some(cells) => cells.cell(column).unwrap_or(bytes),
        }
    }

    /// The first byte of a cell without the marks around it; none where it is empty. A doubled mark counts as a mark.
    #[inline]
    pub fn first_byte(&self, column: usize) -> Option<u8> {
        let (start, end) = *self.bounds.get(column)?;
        if start < end { self.bytes.get(start as usize).copied() } else { None }
    }

    /// A cell of a column the table may not have.
    #[inline]
    pub fn cell_of(&self, column: Option<usize>) -> &'b [u8] {
        column.map_or(&[], |column| self.cell(column))
    }

    /// A cell as it came, quotation marks included.
    pub fn raw_cell(&self, column: usize) -> &'b [u8] {
        let (start, end) = self.bounds.get(column).copied().unwrap_or_default();
        let quoted = is_quoted(self.bytes, start);
        let (start, end) = (start as usize - usize::from(quoted), end as usize + usize::from(quoted));
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// Neighbouring cells as they came, separators and quotation marks included, as far as the row has them.
    #[inline]
    pub fn raw_cells(&self, first: usize, last: usize) -> &'b [u8] {
        let there = self.bounds.get(first..self.bounds.len().min(last + 1)).unwrap_or_default();
        let [(start, _), ..] = there else { return &[] };
        let [.., (from, end)] = there else { return &[] };
        let start = *start as usize - usize::from(is_quoted(self.bytes, *start));
        let end = *end as usize + usize::from(is_quoted(self.bytes, *from));
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// True when no cell holds anything.
    pub fn is_blank(&self) -> bool {
        self.bounds.iter().all(|(start, end)| {
            self.bytes
                .get(*start as usize..*end as usize)
                .is_none_or(|cell| cell.iter().all(u8::is_ascii_whitespace))
        })
    }

    /// The same row with another number and place in its household.
    pub(crate) fn placed(mut self, number: u64, begins_household: bool) -> TableRow<'b> {
        self.number = number;
        self.begins_household = begins_household;
        self
    }
}

/// Whether the cell that begins here stands in quotation marks.
fn is_quoted(row: &[u8], start: u32) -> bool {
    start > 0 && row.get(start as usize - 1) == Some(&b'"')
}

fn undoubled(cell: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(cell.len());
    let mut marks = 0;
    for byte in cell {
        if *byte == b'"' {
            marks += 1;
            if marks % 2 == 0 {
                continue;
            }
        }
        out.push(*byte);
    }
    out
}

/// A cell as CSV: quoted where it has to be.
pub fn push_cell(out: &mut Vec<u8>, cell: &[u8], separator: u8) {
    let is_special = |byte: &u8| *byte == separator || matches!(byte, b'"' | b'\n' | b'\r');
    if cell.iter().any(is_special) {
        out.push(b'"');
        for byte in cell {
            if *byte == b'"' {
                out.push(b'"');
            }
            out.push(*byte);
        }
        out.push(b'"');
    } else {
        out.extend_from_slice(cell);
    }
}

/// Bytes of a row without a carriage return at its end.
#[inline]
pub(super) fn without_return(row: &[u8]) -> &[u8] {
    match row {
        [rest @ .., b'\r'] => rest,
        _ => row,
    }
}
