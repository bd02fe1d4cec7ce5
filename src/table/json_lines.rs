//! JSON Lines: one object a row, amounts as numbers.

use std::io::{self, Write};

use super::csv::Splitter;
use super::sink::{CellKind, Sink};
use super::{TableLimits, Trouble, as_io};

/// How rows come to a sink: our own CSV.
pub(super) const fn own_rows(separator: u8) -> Splitter {
    Splitter { separator, limits: TableLimits::CELLS, counts_lines: false }
}

/// A trouble on the way from our own rows into another format.
pub(super) fn io_error(trouble: Trouble) -> io::Error {
    as_io(trouble.problem)
}

/// Writes rows as JSON objects.
pub struct JsonLines<W> {
    out: W,
    /// Every key as JSON, with its colon.
    keys: Vec<String>,
    kinds: Vec<CellKind>,
    splitter: Splitter,
    buffer: Vec<u8>,
}

impl<W: Write> JsonLines<W> {
    /// A writer of objects with these keys.
    pub fn new(out: W, names: &[String], kinds: &[CellKind], separator: u8) -> JsonLines<W> {
        let keys = names.iter().map(|name| serde_json::to_string(name).unwrap_or_default() + ":");
        JsonLines {
            out,
            keys: keys.collect(),
            kinds: kinds.to_vec(),
            splitter: own_rows(separator),
            buffer: Vec::new(),
        }
    }
}

impl<W: Write + Send> Sink for JsonLines<W> {
    fn write(&mut self, rows: &[u8]) -> io::Result<()> {
        let JsonLines { keys, kinds, splitter, buffer, .. } = self;
        buffer.clear();
        splitter
            .walk(rows, 1, |row| {
                for (column, (key, kind)) in keys.iter().zip(kinds.iter()).enumerate() {
                    buffer.push(if column == 0 { b'{' } else { b',' });
                    buffer.extend_from_slice(key.as_bytes());
                    let cell = row.cell(column);
                    match cell {
                        [] => buffer.extend_from_slice(b"null"),
                        digits if *kind == CellKind::Number && is_number(digits) => {
                            buffer.extend_from_slice(digits);
                        }
                        text => {
                            let text = String::from_utf8_lossy(text);
                            buffer.extend_from_slice(
                                serde_json::to_string(&text).unwrap_or_default().as_bytes(),
                            );
                        }
                    }
                }
                buffer.extend_from_slice(b"}\n");
                Ok(())
            })
            .map_err(io_error)?;
        self.out.write_all(&self.buffer)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Digits that a number can hold exactly, without zeros in front.
pub(super) fn is_number(cell: &[u8]) -> bool {
    cell.len() <= 15 && cell.iter().all(u8::is_ascii_digit) && (cell.len() == 1 || !cell.starts_with(b"0"))
}
