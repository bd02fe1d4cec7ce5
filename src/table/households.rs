//! Hộ đã gặp: which households a table has named before, in as little memory as their ids allow.

use std::collections::BTreeMap;

use twox_hash::XxHash3_64;

use crate::terms::quick_hash::Mixer;

/// Mã hộ as a fingerprint of its letters and the number at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId {
    letters: u64,
    number: u64,
}

/// Ids whose end is a number of at most this many digits are counted by it.
const MOST_DIGITS: usize = 18;

impl GroupId {
    /// The fingerprint of an id.
    #[inline]
    pub fn of(id: &[u8]) -> GroupId {
        let (digits, number) = number_at_end(id);
        let letters = &id[..id.len() - digits];
        // `H1` and `H01` are two households: the number of digits belongs to the letters.
        let letters = short_letters(letters, digits)
            .unwrap_or_else(|| XxHash3_64::oneshot_with_seed(digits as u64, letters));
        GroupId { letters, number }
    }
}

/// How many digits stand at the end of an id, and the number they make; more than can be counted are letters.
#[inline]
fn number_at_end(id: &[u8]) -> (usize, u64) {
    let (mut digits, mut number, mut weight) = (0, 0, 1);
    for byte in id.iter().rev() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        if digits == MOST_DIGITS {
            return (0, 0);
        }
        digits += 1;
        number += u64::from(digit) * weight;
        weight *= 10;
    }
    (digits, number)
}

/// Up to six letters, their number and that of the digits: all of it fits into one word, which multiplying by an odd number
/// scatters and keeps apart.
fn short_letters(letters: &[u8], digits: usize) -> Option<u64> {
    if letters.len() > 6 {
        return None;
    }
    let counts = (letters.len() as u64) << 8 | digits as u64;
    let word = letters.iter().fold(counts, |word, letter| word << 8 | u64::from(*letter));
    Some(word.wrapping_mul(0xd6e8_feb8_6659_fd93))
}

/// Dãy mã liền nhau: households whose numbers count up by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdRun {
    first: GroupId,
    last: u64,
}

impl IdRun {
    /// A run of one.
    pub fn of(id: GroupId) -> IdRun {
        IdRun { first: id, last: id.number }
    }

    /// Takes the next household in; false when it does not follow.
    pub fn extend(&mut self, id: GroupId) -> bool {
        let follows = id.letters == self.first.letters && id.number == self.last + 1;
        self.last += u64::from(follows);
        follows
    }

    fn len(&self) -> u64 {
        self.last - self.first.number + 1
    }

    fn ids(self) -> impl Iterator<Item = GroupId> {
        (self.first.number..=self.last).map(move |number| GroupId { number, ..self.first })
    }
}

#[expect(clippy::disallowed_types, reason = "asked for membership only")]
type Set = std::collections::HashSet<u64, std::hash::BuildHasherDefault<Mixer>>;

/// Parts of the set of single ids, so that only a small part moves when it grows.
const PARTS: usize = 64;

/// Runs shorter than this are kept as single ids.
const SHORT: u64 = 8;

/// Các hộ đã gặp. Ids that count up cost nothing; others eight bytes and some room each.
#[derive(Debug)]
pub struct Households {
    /// Runs by their first id.
    runs: BTreeMap<GroupId, u64>,
    singles: Vec<Set>,
    any_singles: bool,
}

impl Default for Households {
    fn default() -> Households {
        Households { runs: BTreeMap::new(), singles: vec![Set::default(); PARTS], any_singles: false }
    }
}

impl Households {
    /// Takes all runs in, unless one of their households was met before.
    pub fn insert_all(&mut self, runs: &[IdRun]) -> bool {
        // Runs of one block may repeat each other, so each is looked up after those before it went in.
        for (index, run) in runs.iter().enumerate() {
            if self.overlaps(run) {
                for known in &runs[..index] {
                    self.remove(known);
                }
                return false;
            }
            self.add(run);
        }
        true
    }

    /// Takes one household in; false when it was met before.
    pub fn insert(&mut self, id: GroupId) -> bool {
        let run = IdRun::of(id);
        let is_new = !self.overlaps(&run);
        if is_new {
            self.add(&run);
        }
        is_new
    }

    fn overlaps(&self, run: &IdRun) -> bool {
        let upper = GroupId { number: run.last, ..run.first };
        let before = self.runs.range(..=upper).next_back();
        if before.is_some_and(|(first, last)| first.letters == run.first.letters && *last >= run.first.number)
        {
            return true;
        }
        self.any_singles
            && run.ids().any(|id| {
                let (part, hash) = spread(id);
                self.singles[part].contains(&hash)
            })
    }

    fn add(&mut self, run: &IdRun) {
        let before = self.runs.range_mut(..run.first).next_back();
        match before {
            Some((first, last)) if first.letters == run.first.letters && *last + 1 == run.first.number => {
                *last = run.last;
            }
            _ if run.len() < SHORT => {
                self.any_singles = true;
                for id in run.ids() {
                    let (part, hash) = spread(id);
                    self.singles[part].insert(hash);
                }
            }
            _ => {
                self.runs.insert(run.first, run.last);
            }
        }
    }

    /// Takes a run out that was just added.
    fn remove(&mut self, run: &IdRun) {
        if self.runs.get(&run.first) == Some(&run.last) {
            self.runs.remove(&run.first);
            return;
        }
        let before = self.runs.range_mut(..run.first).next_back();
        match before {
            Some((first, last)) if first.letters == run.first.letters && *last == run.last => {
                *last = run.first.number - 1;
            }
            _ => {
                for id in run.ids() {
                    let (part, hash) = spread(id);
                    self.singles[part].remove(&hash);
                }
            }
        }
    }
}

/// The part of the set an id belongs to, and its fingerprint.
fn spread(id: GroupId) -> (usize, u64) {
    let mut hash = id.letters ^ id.number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ hash >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^= hash >> 32;
    (usize::try_from(hash % PARTS as u64).unwrap_or(0), hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_new_once_whatever_its_id_looks_like() {
        let mut seen = Households::default();
        let ids = ["H1", "H01", "H2", "X", "H10", "H3", "", "12345678901234567890", "a-b-77", "H4", "H5"];
        for id in ids {
            assert!(seen.insert(GroupId::of(id.as_bytes())), "{id}");
        }
        for id in ids {
            assert!(!seen.insert(GroupId::of(id.as_bytes())), "{id}");
        }
    }

    #[test]
    fn runs_are_refused_whole_and_leave_no_trace() {
        let run = |from: u64, to: u64| {
            let mut run = IdRun::of(GroupId::of(format!("H{from:07}").as_bytes()));
            (from + 1..=to)
                .for_each(|next| assert!(run.extend(GroupId::of(format!("H{next:07}").as_bytes()))));
            run
        };
        let mut seen = Households::default();
        assert!(seen.insert_all(&[run(1, 1000), run(2000, 2003)]));
        assert_eq!(seen.runs.len(), 1);
        assert!(seen.insert_all(&[run(1001, 1500)]));
        assert_eq!(seen.runs.len(), 1);
        assert!(!seen.insert_all(&[run(1501, 1600), run(1700, 1800), run(2002, 2020)]));
        assert!(!seen.insert_all(&[run(1501, 1503), run(1502, 1502)]));
        assert!(seen.insert_all(&[run(1501, 1800)]));
        assert!(!seen.insert(GroupId::of(b"H0000900")));
        assert!(!seen.insert(GroupId::of(b"H0002001")));
        assert!(seen.insert(GroupId::of(b"H0002004")));
    }
}
