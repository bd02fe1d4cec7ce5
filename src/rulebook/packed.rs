//! Quy định đóng gói sẵn: the bundled files as the build parsed them (see `pack.rs`), so that no start parses them again.
//!
//! What is found here goes the way of what is read from text ([`super::written`]): types, checks and messages are the same.

use std::ops::Range;

/// A value: where it stands in the file, and its body.
#[derive(Debug, Clone, Copy)]
pub(super) struct PackedValue<'de> {
    kind: u8,
    from: usize,
    to: usize,
    body: &'de str,
}

/// Bytes before a body: kind, from, to, length.
const HEAD: usize = 10;

/// What cannot be read as what the build wrote.
#[derive(Debug, thiserror::Error)]
#[error("the packed rules are damaged")]
pub(super) struct DamagedPack;

/// What a packed value is.
pub(super) enum PackedKind<'de> {
    Text(&'de str),
    Integer(i64),
    Flag(bool),
    Day,
    Items(PackedItems<'de>),
    Table(PackedTable<'de>),
}

fn take<'de>(from: &mut &'de str, length: usize) -> Result<&'de str, DamagedPack> {
    let (taken, rest) = from.split_at_checked(length).ok_or(DamagedPack)?;
    *from = rest;
    Ok(taken)
}

fn number([high, middle, low]: [u8; 3]) -> usize {
    usize::from(high) << 14 | usize::from(middle) << 7 | usize::from(low)
}

fn entry<'de>(from: &mut &'de str) -> Result<(&'de str, PackedValue<'de>), DamagedPack> {
    let [length] = take(from, 1)?.as_bytes() else { return Err(DamagedPack) };
    Ok((take(from, usize::from(*length))?, PackedValue::next(from)?))
}

/// A table, without the entries that were taken out of it.
#[derive(Debug, Clone, Default)]
pub(super) struct PackedTable<'de> {
    rest: &'de str,
    /// Keys to pass over.
    taken: Vec<&'de str>,
    /// The only keys to look at.
    only: Option<Vec<&'de str>>,
}

impl<'de> PackedTable<'de> {
    pub(super) fn of(body: &'de str) -> PackedTable<'de> {
        PackedTable { rest: body, ..PackedTable::default() }
    }

    /// The next entry, keys that are passed over left out.
    pub(super) fn next(&mut self) -> Option<Result<(&'de str, PackedValue<'de>), DamagedPack>> {
        while !self.rest.is_empty() {
            match entry(&mut self.rest) {
                Ok((key, _)) if self.taken.contains(&key) => {}
                Ok((key, _)) if self.only.as_ref().is_some_and(|only| !only.contains(&key)) => {}
                found => return Some(found),
            }
        }
        None
    }

    /// The entry of a key.
    pub(super) fn get(&self, key: &str) -> Option<(&'de str, PackedValue<'de>)> {
        let mut all = PackedTable::of(self.rest);
        let found = std::iter::from_fn(|| all.next()?.ok()).find(|(known, _)| *known == key)?;
        Some(found).filter(|(key, _)| !self.taken.contains(key))
    }

    /// Takes an entry out.
    pub(super) fn remove(&mut self, key: &str) -> Option<PackedValue<'de>> {
        let (key, value) = self.get(key)?;
        self.taken.push(key);
        Some(value)
    }

    /// Takes some entries out as a table of their own.
    pub(super) fn take(&mut self, keys: &[&str]) -> PackedTable<'de> {
        let only: Vec<&str> = keys.iter().filter_map(|key| Some(self.get(key)?.0)).collect();
        self.taken.extend(&only);
        PackedTable { only: Some(only), ..PackedTable::of(self.rest) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.clone().next().is_none()
    }

    pub(super) fn len(&self) -> usize {
        let mut all = self.clone();
        std::iter::from_fn(|| all.next()).count()
    }
}

impl<'de> PackedValue<'de> {
    fn next(from: &mut &'de str) -> Result<PackedValue<'de>, DamagedPack> {
        let head = take(from, HEAD)?.as_bytes();
        let Some((kind, digits)) = head.split_first() else { return Err(DamagedPack) };
        let (&[start, end, length], []) = digits.as_chunks() else { return Err(DamagedPack) };
        let body = take(from, number(length))?;
        Ok(PackedValue { kind: *kind, from: number(start), to: number(end), body })
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.from..self.to
    }

    /// A text.
    pub(super) fn as_str(&self) -> Option<&'de str> {
        (self.kind == b's').then_some(self.body)
    }

    /// What it is.
    pub(super) fn kind(self) -> Result<PackedKind<'de>, DamagedPack> {
        Ok(match self.kind {
            b'i' => PackedKind::Integer(self.body.parse().map_err(|_| DamagedPack)?),
            b'b' => PackedKind::Flag(self.body == "true"),
            b'a' => {
                let mut rest = self.body;
                let count = take(&mut rest, 3)?.as_bytes().first_chunk().copied().ok_or(DamagedPack)?;
                PackedKind::Items(PackedItems { rest, count: number(count) })
            }
            b't' => PackedKind::Table(PackedTable::of(self.body)),
            b'd' => PackedKind::Day,
            _ => PackedKind::Text(self.body),
        })
    }

    /// The text of a day.
    pub(super) fn day(&self) -> Option<&'de str> {
        (self.kind == b'd').then_some(self.body)
    }
}

/// The items of an array that were not told yet.
pub(super) struct PackedItems<'de> {
    rest: &'de str,
    count: usize,
}

impl<'de> PackedItems<'de> {
    pub(super) fn next(&mut self) -> Option<Result<PackedValue<'de>, DamagedPack>> {
        (!self.rest.is_empty()).then(|| PackedValue::next(&mut self.rest))
    }

    /// How many items the array has.
    pub(super) fn len(&self) -> usize {
        self.count
    }
}
