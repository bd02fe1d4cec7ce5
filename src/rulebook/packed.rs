//! Quy định đóng gói sẵn: the bundled files as the build parsed them (see `pack.rs`), so that no start parses them again.
//!
//! What is read here is what [`super::reader`] reads from text; the types, the checks and the messages are the same.

use std::ops::Range;

use serde::de::value::{BorrowedStrDeserializer, Error};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

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

/// What stands before a body.
type ValueHead = [u8; HEAD];

fn damaged() -> Error {
    Error::custom("the packed rules are damaged")
}

fn take<'de>(from: &mut &'de str, length: usize) -> Result<&'de str, Error> {
    let (taken, rest) = from.split_at_checked(length).ok_or_else(damaged)?;
    *from = rest;
    Ok(taken)
}

fn number([high, middle, low]: [u8; 3]) -> usize {
    usize::from(high) << 14 | usize::from(middle) << 7 | usize::from(low)
}

/// Cuts an entry off the front: one look at its bytes finds all its ends, since a start cuts some 30,000.
fn entry<'de>(from: &mut &'de str) -> Result<(&'de str, PackedValue<'de>), Error> {
    let (length, rest) = from.as_bytes().split_first().ok_or_else(damaged)?;
    let key = 1..1 + usize::from(*length);
    let head = rest.get(usize::from(*length)..).and_then(<[u8]>::first_chunk).ok_or_else(damaged)?;
    let (value, end) = PackedValue::cut(from, key.end, head)?;
    let key = from.get(key).ok_or_else(damaged)?;
    *from = &from[end..];
    Ok((key, value))
}

/// A table, without the entries that were taken out of it.
#[derive(Debug, Clone, Default)]
pub(super) struct PackedTable<'de> {
    rest: &'de str,
    /// Keys to pass over.
    taken: Vec<&'de str>,
    /// The only keys to look at.
    only: Option<Vec<&'de str>>,
    /// The value of the key that was told last.
    value: Option<PackedValue<'de>>,
}

impl<'de> PackedTable<'de> {
    pub(super) fn of(body: &'de str) -> PackedTable<'de> {
        PackedTable { rest: body, ..PackedTable::default() }
    }

    /// The next entry, keys that are passed over left out.
    fn next(&mut self) -> Option<Result<(&'de str, PackedValue<'de>), Error>> {
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
}

impl<'de> PackedValue<'de> {
    fn next(from: &mut &'de str) -> Result<PackedValue<'de>, Error> {
        let head = from.as_bytes().first_chunk().ok_or_else(damaged)?;
        let (value, end) = PackedValue::cut(from, 0, head)?;
        *from = &from[end..];
        Ok(value)
    }

    /// The value whose head stands at a place, and where it ends.
    #[inline]
    fn cut(text: &'de str, at: usize, head: &ValueHead) -> Result<(PackedValue<'de>, usize), Error> {
        let [kind, f1, f2, f3, t1, t2, t3, l1, l2, l3] = *head;
        let start = at + HEAD;
        let end = start + number([l1, l2, l3]);
        let body = text.get(start..end).ok_or_else(damaged)?;
        Ok((PackedValue { kind, from: number([f1, f2, f3]), to: number([t1, t2, t3]), body }, end))
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.from..self.to
    }

    /// A text.
    pub(super) fn as_str(&self) -> Option<&'de str> {
        (self.kind == b's').then_some(self.body)
    }

    /// The items of an array.
    pub(super) fn items(&self) -> Vec<PackedValue<'de>> {
        let mut items = Vec::new();
        if let Some(mut rest) = self.array() {
            items.reserve_exact(rest.count);
            items.extend(std::iter::from_fn(|| rest.next()?.ok()));
        }
        items
    }

    fn array(&self) -> Option<PackedItems<'de>> {
        let mut rest = Some(self.body).filter(|_| self.kind == b'a')?;
        let count = take(&mut rest, 3).ok()?.as_bytes().first_chunk()?;
        Some(PackedItems { rest, count: number(*count) })
    }

    /// A table.
    pub(super) fn table(&self) -> Option<PackedTable<'de>> {
        Some(self.body).filter(|_| self.kind == b't').map(PackedTable::of)
    }
}

/// The items of an array that were not told yet.
struct PackedItems<'de> {
    rest: &'de str,
    count: usize,
}

impl<'de> PackedItems<'de> {
    fn next(&mut self) -> Option<Result<PackedValue<'de>, Error>> {
        (!self.rest.is_empty()).then(|| PackedValue::next(&mut self.rest))
    }
}

impl<'de> Deserializer<'de> for PackedTable<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(self)
    }

    serde::forward_to_deserialize_any! {
        bool u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 char str string seq option newtype_struct struct enum
        bytes byte_buf map unit ignored_any unit_struct tuple_struct tuple identifier i128 u128
    }
}

impl<'de> IntoDeserializer<'de, Error> for PackedValue<'de> {
    type Deserializer = PackedValue<'de>;

    fn into_deserializer(self) -> PackedValue<'de> {
        self
    }
}

impl<'de> Deserializer<'de> for PackedValue<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.kind {
            b'i' => visitor.visit_i64(self.body.parse().map_err(|_| damaged())?),
            b'b' => visitor.visit_bool(self.body == "true"),
            b'a' => visitor.visit_seq(self.array().ok_or_else(damaged)?),
            b't' => visitor.visit_map(PackedTable::of(self.body)),
            // Days too: `RuleDate` takes them as they are written.
            _ => visitor.visit_borrowed_str(self.body),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.kind == b'd' {
            visitor.visit_borrowed_str(self.body)
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if serde_spanned::de::is_spanned(name) {
            let span = self.span();
            return visitor.visit_map(serde_spanned::de::SpannedDeserializer::new(self, span));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.as_str() {
            Some(name) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
            None => visitor.visit_enum(self),
        }
    }

    serde::forward_to_deserialize_any! {
        bool u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 char str string seq
        bytes byte_buf map unit ignored_any unit_struct tuple_struct tuple identifier i128 u128
    }
}

impl<'de> SeqAccess<'de> for PackedItems<'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.next().map(|item| seed.deserialize(item?)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.count)
    }
}

impl<'de> MapAccess<'de> for PackedTable<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(found) = self.next() else { return Ok(None) };
        let (key, value) = found?;
        self.value = Some(value);
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(self.value.take().ok_or_else(damaged)?)
    }
}

/// A variant with something in it is a table of one entry.
impl<'de> EnumAccess<'de> for PackedValue<'de> {
    type Error = Error;
    type Variant = PackedValue<'de>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, PackedValue<'de>), Error> {
        let (key, value) = entry(&mut { self.body })?;
        Ok((seed.deserialize(BorrowedStrDeserializer::<Error>::new(key))?, value))
    }
}

impl<'de> VariantAccess<'de> for PackedValue<'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(self.array().ok_or_else(damaged)?)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_map(PackedTable::of(self.body))
    }
}
