//! Đọc qua vùng đệm: a reader that keeps a buffer of its own is read through it.

use std::io::{self, BufRead};

/// Hands on what stands in the buffer.
///
/// # Errors
/// What filling the buffer gives.
pub(in crate::audit) fn read_buffered(from: &mut impl BufRead, into: &mut [u8]) -> io::Result<usize> {
    let chunk = from.fill_buf()?;
    let amount = chunk.len().min(into.len());
    into[..amount].copy_from_slice(&chunk[..amount]);
    from.consume(amount);
    Ok(amount)
}
