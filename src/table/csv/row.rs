//! Dòng: the cells of a record as they stand in its bytes.

use std::borrow::Cow;

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
    /// Whether a cell holds doubled quotation marks.
    pub(super) doubled: bool,
}

impl<'b> TableRow<'b> {
    /// Number of cells.
    pub fn width(&self) -> usize {
        self.bounds.len()
    }

    /// A cell without the marks around it; empty where the row is too short.
    #[inline]
    pub fn cell(&self, column: usize) -> Cow<'b, [u8]> {
        let (start, end) = self.bounds.get(column).copied().unwrap_or_default();
        let bytes = self.bytes.get(start as usize..end as usize).unwrap_or_default();
        // Apart, so that the rest is small enough to stand wherever a cell is read.
        if self.doubled { self.without_doubled_marks(start, bytes) } else { Cow::Borrowed(bytes) }
    }

    #[cold]
    #[inline(never)]
    fn without_doubled_marks(&self, start: u32, cell: &'b [u8]) -> Cow<'b, [u8]> {
        if memchr(b'"', cell).is_some() && self.is_quoted(start) {
            Cow::Owned(undoubled(cell))
        } else {
            Cow::Borrowed(cell)
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
    pub fn cell_of(&self, column: Option<usize>) -> Cow<'b, [u8]> {
        column.map_or(Cow::Borrowed(&[]), |column| self.cell(column))
    }

    /// A cell as it came, quotation marks included.
    pub fn raw_cell(&self, column: usize) -> &'b [u8] {
        let (start, end) = self.bounds.get(column).copied().unwrap_or_default();
        let quoted = self.is_quoted(start);
        let (start, end) = (start as usize - usize::from(quoted), end as usize + usize::from(quoted));
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// Neighbouring cells as they came, separators and quotation marks included, as far as the row has them.
    pub fn raw_cells(&self, first: usize, last: usize) -> &'b [u8] {
        let there = self.bounds.get(first..self.bounds.len().min(last + 1)).unwrap_or_default();
        let [(start, _), ..] = there else { return &[] };
        let [.., (from, end)] = there else { return &[] };
        let start = *start as usize - usize::from(self.is_quoted(*start));
        let end = *end as usize + usize::from(self.is_quoted(*from));
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

    fn is_quoted(&self, start: u32) -> bool {
        start > 0 && self.bytes.get(start as usize - 1) == Some(&b'"')
    }

    /// The same row with another number and place in its household.
    pub(crate) fn placed(mut self, number: u64, begins_household: bool) -> TableRow<'b> {
        self.number = number;
        self.begins_household = begins_household;
        self
    }
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
