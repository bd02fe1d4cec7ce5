//! Băm nhanh: a hash for look-ups on the hot path, where keys are compared in full and order reaches no output.

use std::hash::{BuildHasherDefault, Hasher};

/// A table that is looked up, in an order that cannot reach any output.
#[expect(clippy::disallowed_types, reason = "only looked up, never walked through")]
pub type QuickMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Mixer>>;

/// A quick hash for keys of a few words; quality matters little, since keys are compared in full.
#[derive(Debug, Default, Clone, Copy)]
pub struct Mixer(u64);

impl Mixer {
    #[inline]
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            self.mix(u64::from_le_bytes(chunk.try_into().unwrap_or_default()));
        }
        let mut last = [0; 8];
        last[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
        self.mix(u64::from_le_bytes(last) ^ (bytes.len() as u64) << 56);
    }
    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }
    fn write_u16(&mut self, value: u16) {
        self.mix(u64::from(value));
    }
    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }
    fn write_u64(&mut self, value: u64) {
        self.mix(value);
    }
    fn write_usize(&mut self, value: usize) {
        self.mix(value as u64);
    }
}

/// A number for the slot of a short text, from its length and its ends; whoever uses it compares the text in full.
#[inline]
pub fn of_ends(text: &[u8]) -> u64 {
    let mut hash = Mixer::default();
    hash.write_usize(text.len());
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        hash.write_u64(u64::from_le_bytes(*first));
        hash.write_u64(u64::from_le_bytes(*last));
    } else {
        hash.write_u64(text.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
    }
    hash.finish()
}
