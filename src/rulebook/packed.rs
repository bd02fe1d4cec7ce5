//! Quy định đóng gói sẵn: rule files as [`super::pack`] wrote them. The bundled ones were packed by the build, so that no
//! start parses them again; those of the user are packed when they are loaded.
//!
//! Every rule type is read by this one code: a second way to read them would be a fifth of what a build compiles.

use std::fmt;
use std::ops::Range;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected, IntoDeserializer,
    MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};

use super::unreadable::Unreadable;

/// A value: where it stands in the file, and its body.
#[derive(Debug, Clone, Copy)]
pub(super) struct PackedValue<'de> {
    /// Head and body; nothing for a place.
    whole: &'de str,
    /// A place in the file, told as a number: where a marked value starts or ends.
    place: usize,
}

/// Một giá trị chưa đọc: a value that is read later, by a type that is not known yet.
#[derive(Clone, Copy)]
pub(super) struct Unread<'de>(&'de str);

/// The name by which [`Unread`] asks for its text.
const UNREAD: &str = "Unread";

impl<'de> Unread<'de> {
    pub(super) fn value(self) -> Result<PackedValue<'de>, Unreadable> {
        PackedValue::next(&mut { self.0 })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Unread<'a> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Unread<'a>, D::Error> {
        struct Whole;
        impl<'de> Visitor<'de> for Whole {
            type Value = Unread<'de>;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a packed value")
            }
            fn visit_borrowed_str<E: serde::de::Error>(self, whole: &'de str) -> Result<Unread<'de>, E> {
                Ok(Unread(whole))
            }
        }
        input.deserialize_newtype_struct(UNREAD, Whole)
    }
}

/// Bytes before a body: kind, from, to, length.
const HEAD: usize = 10;

/// Kind of a number that stands in no file.
const PLACE: u8 = b'p';

/// Where the numbers of a head stand: each has three digits of seven bits.
const FROM: usize = 1;
const TO: usize = 4;
const LENGTH: usize = 7;

fn damaged() -> Unreadable {
    Unreadable::custom("the packed rules are damaged")
}

/// A number of three digits at a place.
#[inline]
fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let [high, middle, low] = *bytes.get(at..)?.first_chunk()?;
    Some(usize::from(high) << 14 | usize::from(middle) << 7 | usize::from(low))
}

/// Cuts an entry off the front: one look at its bytes finds all its ends, since a start cuts some 30,000.
#[inline]
fn entry<'de>(from: &mut &'de str) -> Result<(&'de str, PackedValue<'de>), Unreadable> {
    let cut = |text: &'de str| {
        let key = 1..1 + usize::from(*text.as_bytes().first()?);
        let (value, end) = PackedValue::cut(text, key.end)?;
        Some((text.get(key)?, value, end))
    };
    let (key, value, end) = cut(from).ok_or_else(damaged)?;
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
}

impl<'de> PackedTable<'de> {
    pub(super) fn of(body: &'de str) -> PackedTable<'de> {
        PackedTable { rest: body, ..PackedTable::default() }
    }

    /// The next entry, keys that are passed over left out.
    fn next(&mut self) -> Option<Result<(&'de str, PackedValue<'de>), Unreadable>> {
        while !self.rest.is_empty() {
            match entry(&mut self.rest) {
                Ok((key, _)) if self.passes_over(key) => {}
                found => return Some(found),
            }
        }
        None
    }

    #[inline]
    fn passes_over(&self, key: &str) -> bool {
        (!self.taken.is_empty() && self.taken.contains(&key))
            || self.only.as_ref().is_some_and(|only| !only.contains(&key))
    }

    /// The entry of a key.
    pub(super) fn get(&self, key: &str) -> Option<(&'de str, PackedValue<'de>)> {
        let mut rest = self.rest;
        while !rest.is_empty() {
            let found = entry(&mut rest).ok()?;
            if found.0 == key {
                return Some(found).filter(|(key, _)| !self.taken.contains(key));
            }
        }
        None
    }

    /// The text under a key.
    pub(super) fn text(&self, key: &str) -> Option<&'de str> {
        self.get(key)?.1.as_str()
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
    #[inline]
    fn next(from: &mut &'de str) -> Result<PackedValue<'de>, Unreadable> {
        let (value, end) = PackedValue::cut(from, 0).ok_or_else(damaged)?;
        *from = &from[end..];
        Ok(value)
    }

    /// The value whose head stands at a place, and where it ends.
    #[inline]
    fn cut(text: &'de str, at: usize) -> Option<(PackedValue<'de>, usize)> {
        let end = at + HEAD + number(text.as_bytes(), at + LENGTH)?;
        Some((PackedValue { whole: text.get(at..end)?, place: 0 }, end))
    }

    /// A place in the file as a number.
    fn of_place(place: usize) -> PackedValue<'de> {
        PackedValue { whole: "", place }
    }

    #[inline]
    fn kind(&self) -> u8 {
        self.whole.as_bytes().first().copied().unwrap_or(PLACE)
    }

    #[inline]
    pub(super) fn span(&self) -> Range<usize> {
        let at = |place| number(self.whole.as_bytes(), place).unwrap_or_default();
        at(FROM)..at(TO)
    }

    #[inline]
    fn body(&self) -> &'de str {
        self.whole.get(HEAD..).unwrap_or_default()
    }

    /// A text.
    pub(super) fn as_str(&self) -> Option<&'de str> {
        (self.kind() == b's').then_some(self.body())
    }

    /// The items of an array; `None` where it is none.
    pub(super) fn items(&self) -> Option<Vec<PackedValue<'de>>> {
        let mut rest = self.array()?;
        let mut items = Vec::with_capacity(rest.count);
        items.extend(std::iter::from_fn(|| rest.next()?.ok()));
        Some(items)
    }

    /// The value as a message calls it.
    fn unexpected(&self) -> Unexpected<'de> {
        match self.kind() {
            b'i' => self.body().parse().map_or(Unexpected::Other("integer"), Unexpected::Signed),
            b'b' => Unexpected::Bool(self.body() == "true"),
            b'a' => Unexpected::Seq,
            b't' => Unexpected::Map,
            b'd' => Unexpected::Other("date"),
            b'f' => Unexpected::Other("floating point number"),
            _ => Unexpected::Str(self.body()),
        }
    }

    /// That the value is not what was wanted.
    #[cold]
    fn other_than(&self, wanted: &dyn Expected) -> Unreadable {
        Unreadable::invalid_type(self.unexpected(), wanted)
    }

    fn array(&self) -> Option<PackedItems<'de>> {
        let mut rest = Some(self.body()).filter(|_| self.kind() == b'a')?;
        let count = number(rest.as_bytes(), 0)?;
        rest = rest.get(3..)?;
        Some(PackedItems { rest, count })
    }

    /// A table.
    #[inline]
    pub(super) fn table(&self) -> Option<PackedTable<'de>> {
        Some(self.body()).filter(|_| self.kind() == b't').map(PackedTable::of)
    }
}

/// The items of an array that were not told yet.
struct PackedItems<'de> {
    rest: &'de str,
    count: usize,
}

impl<'de> PackedItems<'de> {
    #[inline]
    fn next(&mut self) -> Option<Result<PackedValue<'de>, Unreadable>> {
        (!self.rest.is_empty()).then(|| PackedValue::next(&mut self.rest))
    }

    /// An item that nobody asked for would be lost without a word.
    fn all_told(&self) -> Result<(), Unreadable> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Unreadable::invalid_length(self.count, &"fewer items"))
        }
    }
}

/// What a table or a marked value tells a visitor, entry by entry: one type for both, since each doubles what every rule
/// type compiles to.
enum Entries<'de> {
    /// A table, and the value of the key that was told last.
    Table(PackedTable<'de>, Option<PackedValue<'de>>),
    /// Where a value starts, where it ends, the value: by the three names that `serde_spanned` asks for.
    Marked(&'static [&'static str], PackedValue<'de>, usize),
}

impl<'de> From<PackedTable<'de>> for Entries<'de> {
    fn from(table: PackedTable<'de>) -> Entries<'de> {
        Entries::Table(table, None)
    }
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Unreadable;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        let (key, told) = match self {
            Entries::Table(table, value) => {
                let Some(found) = table.next() else { return Ok(None) };
                let (key, found) = found?;
                *value = Some(found);
                (key, found)
            }
            Entries::Marked(names, value, next) => {
                let Some(name) = names.get(*next) else { return Ok(None) };
                (*name, *value)
            }
        };
        let read = seed.deserialize(BorrowedStrDeserializer::new(key));
        read.map(Some).map_err(|error: Unreadable| error.at_key(key, told.span()))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Unreadable> {
        let value = match self {
            Entries::Table(_, value) => value.take().ok_or_else(damaged)?,
            Entries::Marked(_, value, next) => {
                *next += 1;
                match *next {
                    1 => PackedValue::of_place(value.span().start),
                    2 => PackedValue::of_place(value.span().end),
                    _ => *value,
                }
            }
        };
        seed.deserialize(value).map_err(|error| error.within(value.span()))
    }
}

impl<'de> Deserializer<'de> for PackedTable<'de> {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_map(Entries::from(self))
    }

    serde::forward_to_deserialize_any! {
        bool u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 char str string seq option newtype_struct struct enum
        bytes byte_buf map unit ignored_any unit_struct tuple_struct tuple identifier i128 u128
    }
}

impl<'de> IntoDeserializer<'de, Unreadable> for PackedValue<'de> {
    type Deserializer = PackedValue<'de>;

    fn into_deserializer(self) -> PackedValue<'de> {
        self
    }
}

impl<'de> Deserializer<'de> for PackedValue<'de> {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.kind() {
            b's' => visitor.visit_borrowed_str(self.body()),
            b't' => visitor.visit_map(Entries::from(PackedTable::of(self.body()))),
            b'i' => visitor.visit_i64(self.body().parse().map_err(|_| damaged())?),
            b'b' => visitor.visit_bool(self.body() == "true"),
            b'a' => self.deserialize_seq(visitor),
            PLACE => visitor.visit_u64(u64::try_from(self.place).map_err(|_| damaged())?),
            // A day is none of these; `RuleDate` asks for it by its own name.
            _ => Err(self.other_than(&visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        if name == UNREAD {
            visitor.visit_borrowed_str(self.whole)
        } else if self.kind() == b'd' {
            visitor.visit_borrowed_str(self.body())
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        if serde_spanned::de::is_spanned(name) {
            return visitor.visit_map(Entries::Marked(fields, self, 0));
        }
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.kind() {
            b't' => visitor.visit_map(Entries::from(PackedTable::of(self.body()))),
            _ => Err(self.other_than(&visitor)),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let Some(mut items) = self.array() else { return Err(self.other_than(&visitor)) };
        let read = visitor.visit_seq(&mut items)?;
        items.all_told()?;
        Ok(read)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.as_str() {
            Some(text) => visitor.visit_borrowed_str(text),
            None => Err(self.other_than(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_str(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        match self.kind() {
            b's' | b't' => visitor.visit_enum(self),
            _ => Err(self.other_than(&visitor)),
        }
    }

    serde::forward_to_deserialize_any! {
        bool u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 char
        bytes byte_buf unit ignored_any unit_struct tuple_struct tuple identifier i128 u128
    }
}

impl<'de> SeqAccess<'de> for PackedItems<'de> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        let Some(item) = self.next().transpose()? else { return Ok(None) };
        seed.deserialize(item).map(Some).map_err(|error| error.within(item.span()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.count)
    }
}

/// A variant is a text; one with something in it is a table of one entry.
impl<'de> EnumAccess<'de> for PackedValue<'de> {
    type Error = Unreadable;
    type Variant = PackedVariant<'de>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, PackedVariant<'de>), Unreadable> {
        let name = |name: &'de str| BorrowedStrDeserializer::<Unreadable>::new(name);
        if self.kind() == b's' {
            return Ok((seed.deserialize(name(self.body()))?, PackedVariant(None)));
        }
        let mut rest = self.body();
        if rest.is_empty() {
            return Err(Unreadable::custom("wanted exactly 1 element, found 0 elements"));
        }
        let (key, value) = entry(&mut rest)?;
        if !rest.is_empty() {
            return Err(Unreadable::custom("wanted exactly 1 element, more than 1 element"));
        }
        let variant = seed.deserialize(name(key)).map_err(|error| error.at_key(key, value.span()))?;
        Ok((variant, PackedVariant(Some(value))))
    }
}

/// What a variant holds.
pub(super) struct PackedVariant<'de>(Option<PackedValue<'de>>);

impl<'de> PackedVariant<'de> {
    fn held(self, wanted: &str) -> Result<PackedValue<'de>, Unreadable> {
        self.0.ok_or_else(|| Unreadable::invalid_type(Unexpected::UnitVariant, &wanted))
    }
}

impl<'de> VariantAccess<'de> for PackedVariant<'de> {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        let Some(held) = self.0 else { return Ok(()) };
        Err(Unreadable::invalid_type(held.unexpected(), &"a name alone").within(held.span()))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unreadable> {
        let held = self.held("a name with a value")?;
        seed.deserialize(held).map_err(|error| error.within(held.span()))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        let held = self.held("a name with a list")?;
        held.deserialize_any(visitor).map_err(|error| error.within(held.span()))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        let held = self.held("a name with a table")?;
        held.deserialize_any(visitor).map_err(|error| error.within(held.span()))
    }
}
