//! Ô gợi ý: rows of tables made from what tables really hold, and from any bytes, so that few bytes of an input reach far.

use libfuzzer_sys::arbitrary::{Result, Unstructured};

/// Cells that a column may hold besides anything at all.
pub type Column = &'static [&'static str];

/// Days as tables write them.
pub const DAYS: Column = &[
    "", "2026-08-01", "01/08/2026", "1/8/2026", "2026-02-29", "2024-02-29", "20260801", "46235", "08/2026", "31/12/2014",
    "2009-07-01", "2021-01-01", "2025-07-01", "01/08/26", "2027-01-01", "2100-02-29",
];

/// Amounts as tables write them.
pub const AMOUNTS: Column = &[
    "", "0", "1", "1000000", "1.366.200", "1,366,200", "1 366 200", "1366200 đ", "1.234", "1,5", "-1", "1e6", "99999999999",
    "12.345.678,50", "0.5", "1366200.00", "9007199254740993",
];

/// A row of these columns between commas: of sixteen cells three are any bytes up to a dozen.
///
/// # Errors
/// When the input has no bytes left.
pub fn row(input: &mut Unstructured<'_>, columns: &[Column], row: &mut Vec<u8>) -> Result<()> {
    for (at, cells) in columns.iter().enumerate() {
        if at > 0 {
            row.push(b',');
        }
        let way: u8 = input.arbitrary()?;
        match way % 16 {
            0..3 => {
                let length = usize::from(way / 16).min(12);
                let bytes = input.bytes(length.min(input.len()))?;
                row.extend(bytes.iter().map(|byte| if matches!(byte, b'\n' | b'\r' | b',' | b'"') { b' ' } else { *byte }));
            }
            3 => row.extend_from_slice(input.choose(cells)?.trim().as_bytes()),
            4 => {
                // A cell with a sign too much.
                row.extend_from_slice(input.choose(cells)?.as_bytes());
                row.push(input.arbitrary::<u8>()?.max(b'-'));
            }
            _ => row.extend_from_slice(input.choose(cells)?.as_bytes()),
        }
    }
    row.push(b'\n');
    Ok(())
}
