//! Dấu tách: where separators and line ends stand, sixty-four bytes at a look.
//!
//! Cells of a table are a few bytes long, so that a search begun anew for each of them costs more than looking at all
//! bytes at once. The comparisons are plain loops over arrays, which compilers turn into vector instructions.

/// Bytes looked at together: as many as a word has bits.
pub(super) const AT_ONCE: usize = 64;

/// Vị trí các dấu tách, in order.
pub(super) struct Marks<'b> {
    bytes: &'b [u8],
    separator: u8,
    next: usize,
}

impl<'b> Marks<'b> {
    /// Separators and line feeds in `bytes`.
    pub(super) fn of(bytes: &'b [u8], separator: u8) -> Marks<'b> {
        Marks { bytes, separator, next: 0 }
    }

    /// Where the next bytes begin, with one bit for every mark among them; none behind the last.
    #[inline]
    pub(super) fn look(&mut self) -> Option<(usize, u64)> {
        let start = self.next;
        let rest = self.bytes.get(start..)?;
        if let Some(chunk) = rest.first_chunk() {
            self.next += AT_ONCE;
            return Some((start, marked(chunk, self.separator)));
        }
        if rest.is_empty() {
            return None;
        }
        self.next += rest.len();
        let mut last = [0; AT_ONCE];
        last[..rest.len()].copy_from_slice(rest);
        // Bytes behind the end are no marks, whatever the separator is.
        Some((start, marked(&last, self.separator) & ((1 << rest.len()) - 1)))
    }
}

/// A bit for every byte that is a mark.
#[inline]
fn marked(bytes: &[u8; AT_ONCE], separator: u8) -> u64 {
    let mut found = [0_u8; AT_ONCE];
    for (at, byte) in bytes.iter().enumerate() {
        found[at] = u8::from(*byte == separator) | u8::from(*byte == b'\n');
    }
    let mut rows = 0;
    let (words, _) = found.as_chunks::<8>();
    for (row, word) in words.iter().enumerate() {
        rows |= u64::from_le_bytes(*word) << row;
    }
    turned(rows)
}

/// Bit `b` of byte `a` becomes bit `a` of byte `b`: a square of eight by eight bits, turned over its diagonal in three
/// exchanges of ever larger parts.
#[inline]
fn turned(mut square: u64) -> u64 {
    for (shift, mask) in
        [(7, 0x00aa_00aa_00aa_00aa), (14, 0x0000_cccc_0000_cccc), (28, 0x0000_0000_f0f0_f0f0)]
    {
        let moved = (square ^ square >> shift) & mask;
        square ^= moved ^ moved << shift;
    }
    square
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_is_turned_bit_by_bit() {
        for at in 0..64 {
            let square = 0x9e37_79b9_7f4a_7c15_u64.rotate_left(at) ^ 1 << at;
            let plain =
                (0..64).fold(0, |turned, bit| turned | (square >> bit & 1) << (bit % 8 * 8 + bit / 8));
            assert_eq!(turned(square), plain, "{square:x}");
        }
    }

    #[test]
    fn marks_stand_where_they_stand_at_every_length() {
        let text: Vec<u8> = (0..400_u32).map(|at| b"ab,\ncd;,,\n\0xy"[(at * at % 13) as usize]).collect();
        for separator in [b',', b';', 0] {
            for length in 0..text.len() {
                let bytes = &text[..length];
                let plain = (0..length).filter(|at| bytes[*at] == separator || bytes[*at] == b'\n');
                let mut marks = Marks::of(bytes, separator);
                let looks = std::iter::from_fn(|| marks.look());
                let found = looks.flat_map(|(start, marked)| {
                    (0..AT_ONCE).filter(move |at| marked >> at & 1 == 1).map(move |at| start + at)
                });
                assert_eq!(found.collect::<Vec<_>>(), plain.collect::<Vec<_>>());
            }
        }
    }
}
