//! Bản ghi BIFF8: the records of an old workbook, and the texts in them.

/// Một bản ghi.
#[derive(Debug, Clone, Copy)]
pub(super) struct BiffRecord<'s> {
    pub(super) kind: u16,
    pub(super) data: &'s [u8],
    /// Where the next record begins.
    pub(super) next: usize,
}

/// Kind of the records that continue the one before.
const CONTINUE: u16 = 0x003c;

/// The record at a place; none at the end, or where it is cut off.
pub(super) fn record(stream: &[u8], at: usize) -> Option<BiffRecord<'_>> {
    let head = stream.get(at..at + 4)?;
    let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
    let data = stream.get(at + 4..at + 4 + length)?;
    Some(BiffRecord { kind: u16::from_le_bytes([head[0], head[1]]), data, next: at + 4 + length })
}

/// Data of a record and of those that continue it; texts may be cut between them.
pub(super) struct Pieces<'s> {
    parts: Vec<&'s [u8]>,
    part: usize,
    at: usize,
}

impl<'s> Pieces<'s> {
    /// A record with what continues it.
    pub(super) fn of(stream: &'s [u8], first: BiffRecord<'s>) -> Pieces<'s> {
        let mut parts = vec![first.data];
        let mut at = first.next;
        while let Some(next) = record(stream, at).filter(|next| next.kind == CONTINUE) {
            parts.push(next.data);
            at = next.next;
        }
        Pieces { parts, part: 0, at: 0 }
    }

    /// Whether the piece is used up and another follows.
    fn turns(&mut self) -> bool {
        let is_used = self.parts.get(self.part).is_some_and(|piece| self.at >= piece.len());
        if is_used && self.part + 1 < self.parts.len() {
            (self.part, self.at) = (self.part + 1, 0);
            return true;
        }
        false
    }

    fn byte(&mut self) -> Option<u8> {
        while self.turns() {}
        let byte = *self.parts.get(self.part)?.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes([self.byte()?, self.byte()?, self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            while self.turns() {}
            let left = self.parts.get(self.part)?.len() - self.at;
            let step = left.min(count);
            if step == 0 {
                return None;
            }
            self.at += step;
            count -= step;
        }
        Some(())
    }

    /// A text of so many letters, with its flags before it and its formatting behind it.
    pub(super) fn text(&mut self, letters: u16) -> Option<String> {
        let flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { usize::from(self.u16()?) };
        let extension = if flags & 4 == 0 { 0 } else { usize::try_from(self.u32()?).ok()? };
        let mut is_wide = flags & 1 != 0;
        let mut units = Vec::with_capacity(usize::from(letters));
        while units.len() < usize::from(letters) {
            // A text that goes on in the next record says anew how wide its letters are.
            if self.turns() {
                is_wide = self.byte()? & 1 != 0;
            }
            units.push(if is_wide { self.u16()? } else { u16::from(self.byte()?) });
        }
        self.skip(runs * 4 + extension)?;
        Some(String::from_utf16_lossy(&units))
    }
}

/// The shared texts of a workbook.
pub(super) fn shared_texts(stream: &[u8], record: BiffRecord<'_>) -> Option<Vec<String>> {
    let mut pieces = Pieces::of(stream, record);
    let _uses = pieces.u32()?;
    let count = usize::try_from(pieces.u32()?).ok()?;
    // Each text takes three bytes at least, so that a number cannot ask for more room than the file has.
    let mut texts = Vec::with_capacity(count.min(stream.len() / 3));
    for _ in 0..count {
        let letters = pieces.u16()?;
        texts.push(pieces.text(letters)?);
    }
    Some(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("short");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    #[test]
    fn shared_texts_go_on_in_the_next_record_with_letters_of_another_width() {
        let first = [&[3, 0, 0, 0, 2, 0, 0, 0, 5, 0, 0][..], b"Ngu"].concat();
        let second = [&[1_u8][..], &[0xc5, 0x1e, b'n', 0], &[2, 0, 0], b"GD"].concat();
        let stream = [bytes(0x00fc, &first), bytes(CONTINUE, &second)].concat();
        let record = record(&stream, 0).expect("a record");
        assert_eq!(shared_texts(&stream, record), Some(vec!["Nguễn".to_owned(), "GD".to_owned()]));
        // A number of texts that the file cannot hold ends where the file does.
        let lying = bytes(0x00fc, &[255, 255, 255, 255, 255, 255, 255, 255, 1, 0, 0, b'x']);
        let record = super::record(&lying, 0).expect("a record");
        assert_eq!(shared_texts(&lying, record), None);
    }
}
