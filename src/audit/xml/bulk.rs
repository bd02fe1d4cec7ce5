//! Nội dung phần: the bulk of a part, read past the XML reader so that no copy of the encoded text is kept.

use std::io::BufRead;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::error::{PartName, ReadError};

/// Base64 of the standard alphabet, with or without padding at the end.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Letters decoded at a time.
const BLOCK: usize = 32 * 1024;

/// Chỗ chứa phần đã giải mã: where decoded bytes go, and what happens when they become many.
pub(super) struct BulkTarget<'t> {
    /// The decoded bytes, appended.
    pub bytes: &'t mut Vec<u8>,
    /// Most bytes this part may have.
    pub limit: usize,
    /// Called once the part has grown beyond the usual size.
    pub heavy: &'t mut dyn FnMut(),
    /// The usual size.
    pub usual: usize,
    /// The part, for messages.
    pub part: PartName,
}

impl BulkTarget<'_> {
    fn grown(&mut self, start: usize) -> Result<(), ReadError> {
        let size = self.bytes.len() - start;
        if size > self.limit {
            return Err(ReadError::PartTooLarge { part: self.part, limit: self.limit });
        }
        if size > self.usual {
            (self.heavy)();
        }
        Ok(())
    }
}

/// Decodes base64, wrapped or not, up to the byte `end`, which is left unread.
///
/// # Errors
/// [`ReadError::Base64`], or [`ReadError::PartNotXml`] where the part is JSON, after reading up to the end all the
/// same, so that the file can go on.
pub(super) fn read_base64(
    input: &mut impl BufRead,
    end: u8,
    target: &mut BulkTarget<'_>,
) -> Result<(), ReadError> {
    let start = target.bytes.len();
    let mut letters: Vec<u8> = Vec::new();
    let mut outcome = Ok(());
    loop {
        let chunk = input.fill_buf().map_err(|error| super::error::io_error(&error))?;
        if chunk.is_empty() {
            return Err(ReadError::Truncated);
        }
        let stop = memchr::memchr(end, chunk);
        let used = stop.unwrap_or(chunk.len()).min(BLOCK);
        // Most parts lie whole in a block, in letters alone: decoded where they lie.
        if stop == Some(used)
            && letters.is_empty()
            && outcome.is_ok()
            && decode_quickly(&chunk[..used], target)
        {
            input.consume(used);
            return target.grown(start);
        }
        if outcome.is_ok() {
            without_blanks(&chunk[..used], &mut letters);
        }
        input.consume(used);
        let last = stop == Some(used);
        drop_data_prefix(&mut letters);
        // Whole groups of four only, until the end is known.
        let ready = if last { letters.len() } else { letters.len() / 4 * 4 };
        if outcome.is_ok()
            && target.bytes.len() == start
            && letters.first().is_some_and(|first| matches!(first, b'{' | b'['))
        {
            outcome = Err(ReadError::PartNotXml { part: target.part });
        }
        if outcome.is_ok() {
            outcome = decode(&letters[..ready], target).and_then(|()| target.grown(start));
            letters.drain(..ready);
        }
        if last {
            return outcome;
        }
    }
}

fn decode(letters: &[u8], target: &mut BulkTarget<'_>) -> Result<(), ReadError> {
    if decode_quickly(letters, target) {
        return Ok(());
    }
    // Whether the text is no base64 is for the plain engine to say.
    let at = target.bytes.len();
    target.bytes.resize(at + decoded_length(letters), 0);
    if let Ok(length) = BASE64.decode_slice(letters, &mut target.bytes[at..]) {
        target.bytes.truncate(at + length);
        Ok(())
    } else {
        target.bytes.truncate(at);
        Err(ReadError::Base64 { part: target.part })
    }
}

/// Decodes many letters at once; false, with nothing decoded, where they are not base64 letters alone.
fn decode_quickly(letters: &[u8], target: &mut BulkTarget<'_>) -> bool {
    let quick =
        if letters.len().is_multiple_of(4) { base64_simd::STANDARD } else { base64_simd::STANDARD_NO_PAD };
    let at = target.bytes.len();
    let is_decoded = quick.decode_append(letters, target.bytes).is_ok();
    if !is_decoded {
        target.bytes.truncate(at);
    }
    is_decoded
}

/// Room that letters need at most.
const fn decoded_length(letters: &[u8]) -> usize {
    letters.len() / 4 * 3 + 3
}

/// Takes `data:text/xml;base64,` off; a dash in it was read as a letter before.
fn drop_data_prefix(letters: &mut Vec<u8>) {
    if letters.starts_with(b"data:")
        && let Some(comma) = letters.iter().take(LONGEST_PREFIX).position(|letter| *letter == b',')
    {
        letters.drain(..=comma);
    }
}

/// Longest prefix of a data address.
const LONGEST_PREFIX: usize = 128;

/// Copies what is no blank; most parts have none, or one line break every 76 letters.
fn without_blanks(chunk: &[u8], into: &mut Vec<u8>) {
    let mut rest = chunk;
    while let Some(at) = memchr::memchr3(b'\n', b'\r', b' ', rest) {
        into.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
    }
    into.extend_from_slice(rest);
    // The alphabet for addresses has two letters of its own.
    if memchr::memchr2(b'-', b'_', into).is_some() {
        into.iter_mut().for_each(|letter| match letter {
            b'-' => *letter = b'+',
            b'_' => *letter = b'/',
            _ => {}
        });
    }
    if memchr::memchr(b'\t', into).is_some() {
        into.retain(|letter| *letter != b'\t');
    }
}

/// Reads the inside of a CDATA section up to `]]>`, which is read too.
pub(super) fn read_cdata(input: &mut impl BufRead, target: &mut BulkTarget<'_>) -> Result<(), ReadError> {
    let start = target.bytes.len();
    loop {
        let chunk = input.fill_buf().map_err(|error| super::error::io_error(&error))?;
        if chunk.is_empty() {
            return Err(ReadError::Truncated);
        }
        let (used, close) = match memchr::memchr(b'>', chunk) {
            Some(at) => (at + 1, true),
            None => (chunk.len(), false),
        };
        target.bytes.extend_from_slice(&chunk[..used]);
        input.consume(used);
        target.grown(start)?;
        if close && target.bytes[start..].ends_with(b"]]>") {
            target.bytes.truncate(target.bytes.len() - 3);
            return Ok(());
        }
    }
}

/// Decodes base64 that already lies in memory.
pub(super) fn decode_text(text: &[u8], target: &mut BulkTarget<'_>) -> Result<(), ReadError> {
    let mut letters = Vec::with_capacity(text.len());
    without_blanks(text, &mut letters);
    drop_data_prefix(&mut letters);
    let start = target.bytes.len();
    decode(&letters, target)?;
    target.grown(start)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(letters: &[u8]) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut target = BulkTarget {
            bytes: &mut bytes,
            limit: usize::MAX,
            heavy: &mut || {},
            usual: usize::MAX,
            part: PartName::default(),
        };
        decode(letters, &mut target).ok().map(|()| bytes)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        /// The quick engine never reads what the plain one refuses, and reads the same bytes.
        #[test]
        fn both_engines_agree(bytes in proptest::collection::vec(any::<u8>(), 0..200), damage in any::<[usize; 3]>(), kind in 0..6) {
            let mut letters = BASE64.encode(&bytes).into_bytes();
            let length = letters.len().max(1);
            match kind {
                0 => letters.retain(|letter| *letter != b'='),
                1 => letters.truncate(damage[0] % length),
                2 if !letters.is_empty() => letters[damage[0] % length] = b"=-_ \n*A\xff"[damage[1] % 8],
                3 => letters.insert(damage[0] % length, b"=A*"[damage[1] % 3]),
                4 => letters.extend_from_slice(&b"===="[..damage[0] % 5]),
                _ => {}
            }
            prop_assert_eq!(decoded(&letters), BASE64.decode(&letters).ok());
        }
    }
}
