//! Giá trị trong tệp quy định: what stands in a rule file, as the TOML reader left it or as the build packed it.
//!
//! There is one deserialiser for both, so that the types of the rulebook are compiled for one reader only. Its errors say what those
//! of `toml` say, at the same places.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::value::CowStrDeserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::packed::{DamagedPack, PackedItems, PackedKind, PackedTable, PackedValue};

/// Why a value is not what its type asks for, and where.
#[derive(Debug)]
pub(super) struct RuleReadError {
    pub(super) message: String,
    pub(super) span: Option<Range<usize>>,
}

impl RuleReadError {
    fn at(message: impl Into<String>, span: Range<usize>) -> RuleReadError {
        RuleReadError { message: message.into(), span: Some(span) }
    }
}

impl std::fmt::Display for RuleReadError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for RuleReadError {}

impl de::Error for RuleReadError {
    fn custom<T: std::fmt::Display>(message: T) -> RuleReadError {
        RuleReadError { message: message.to_string(), span: None }
    }
}

impl From<DamagedPack> for RuleReadError {
    fn from(damaged: DamagedPack) -> RuleReadError {
        RuleReadError::custom(damaged)
    }
}

/// The place of an error is that of the innermost value around it.
fn placed<T>(read: Result<T, RuleReadError>, span: Range<usize>) -> Result<T, RuleReadError> {
    read.map_err(|mut error| {
        error.span.get_or_insert(span);
        error
    })
}

/// A table of a rule file.
#[derive(Debug)]
pub(super) enum RuleTable<'de> {
    Text(DeTable<'de>),
    Packed(PackedTable<'de>),
}

impl<'de> RuleTable<'de> {
    /// Takes an entry out.
    pub(super) fn remove(&mut self, key: &str) -> Option<FileValue<'de>> {
        match self {
            RuleTable::Text(table) => table.remove(key).map(FileValue::of_text),
            RuleTable::Packed(table) => table.remove(key).map(FileValue::of_packed),
        }
    }

    /// Takes some entries out as a table of their own.
    pub(super) fn take(&mut self, keys: &[&str]) -> RuleTable<'de> {
        match self {
            RuleTable::Text(table) => {
                RuleTable::Text(keys.iter().filter_map(|key| table.remove_entry(*key)).collect())
            }
            RuleTable::Packed(table) => RuleTable::Packed(table.take(keys)),
        }
    }

    /// The text of a key.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        match self {
            RuleTable::Text(table) => {
                let found = table.iter().find(|(known, _)| known.get_ref().as_ref() == key);
                found.and_then(|(_, value)| value.get_ref().as_str())
            }
            RuleTable::Packed(table) => table.get(key).and_then(|(_, value)| value.as_str()),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            RuleTable::Text(table) => table.is_empty(),
            RuleTable::Packed(table) => table.is_empty(),
        }
    }

    fn len(&self) -> usize {
        match self {
            RuleTable::Text(table) => table.len(),
            RuleTable::Packed(table) => table.len(),
        }
    }

    /// The first key that is none of these.
    fn other_keys(&self, fields: &[&str]) -> Vec<(String, Range<usize>)> {
        match self {
            RuleTable::Text(table) => {
                let keys = table.keys().filter(|key| !fields.contains(&key.get_ref().as_ref()));
                keys.map(|key| (key.get_ref().to_string(), key.span())).collect()
            }
            // The build has read them all.
            RuleTable::Packed(_) => Vec::new(),
        }
    }
}

/// A value of a rule file, and where it stands.
pub(super) struct FileValue<'de> {
    pub(super) span: Range<usize>,
    body: Body<'de>,
}

enum Body<'de> {
    Text(DeValue<'de>),
    Packed(PackedValue<'de>),
    /// What is left of a packed table.
    Rest(PackedTable<'de>),
}

/// What a value is.
pub(super) enum WrittenKind<'de> {
    Text(Cow<'de, str>),
    Integer(i64),
    /// Beyond what any rule holds.
    Large(String),
    Float(String),
    Flag(bool),
    Day,
    Items(RuleItems<'de>),
    Table(RuleTable<'de>),
}

impl<'de> FileValue<'de> {
    fn of_text(value: Spanned<DeValue<'de>>) -> FileValue<'de> {
        FileValue { span: value.span(), body: Body::Text(value.into_inner()) }
    }

    fn of_packed(value: PackedValue<'de>) -> FileValue<'de> {
        FileValue { span: value.span(), body: Body::Packed(value) }
    }

    /// A table as a value.
    pub(super) fn of_table(table: Spanned<RuleTable<'de>>) -> FileValue<'de> {
        let span = table.span();
        let body = match table.into_inner() {
            RuleTable::Text(table) => Body::Text(DeValue::Table(table)),
            RuleTable::Packed(table) => Body::Rest(table),
        };
        FileValue { span, body }
    }

    pub(super) fn kind(self) -> Result<WrittenKind<'de>, RuleReadError> {
        Ok(match self.body {
            Body::Text(DeValue::String(text)) => WrittenKind::Text(text),
            Body::Text(DeValue::Integer(number)) => {
                let digits = number.as_str().replace('_', "");
                i64::from_str_radix(&digits, number.radix())
                    .map_or(WrittenKind::Large(digits), WrittenKind::Integer)
            }
            Body::Text(DeValue::Float(number)) => WrittenKind::Float(number.as_str().to_owned()),
            Body::Text(DeValue::Boolean(flag)) => WrittenKind::Flag(flag),
            Body::Text(DeValue::Datetime(_)) => WrittenKind::Day,
            Body::Text(DeValue::Array(items)) => WrittenKind::Items(RuleItems::Text(items.into_iter())),
            Body::Text(DeValue::Table(table)) => WrittenKind::Table(RuleTable::Text(table)),
            Body::Packed(value) => match value.kind()? {
                PackedKind::Text(text) => WrittenKind::Text(Cow::Borrowed(text)),
                PackedKind::Integer(number) => WrittenKind::Integer(number),
                PackedKind::Flag(flag) => WrittenKind::Flag(flag),
                PackedKind::Day => WrittenKind::Day,
                PackedKind::Items(items) => WrittenKind::Items(RuleItems::Packed(items)),
                PackedKind::Table(table) => WrittenKind::Table(RuleTable::Packed(table)),
            },
            Body::Rest(table) => WrittenKind::Table(RuleTable::Packed(table)),
        })
    }

    /// The text that it is.
    pub(super) fn text(self) -> Option<String> {
        match self.kind() {
            Ok(WrittenKind::Text(text)) => Some(text.into_owned()),
            _ => None,
        }
    }

    /// The texts of a list.
    pub(super) fn texts(self) -> Vec<String> {
        match self.kind() {
            Ok(WrittenKind::Items(items)) => items.filter_map(|item| item.ok()?.text()).collect(),
            _ => Vec::new(),
        }
    }
}

impl WrittenKind<'_> {
    fn name(&self) -> &'static str {
        match self {
            WrittenKind::Text(_) => "string",
            WrittenKind::Integer(_) | WrittenKind::Large(_) => "integer",
            WrittenKind::Float(_) => "float",
            WrittenKind::Flag(_) => "boolean",
            WrittenKind::Day => "datetime",
            WrittenKind::Items(_) => "array",
            WrittenKind::Table(_) => "table",
        }
    }
}

impl<'de> IntoDeserializer<'de, RuleReadError> for FileValue<'de> {
    type Deserializer = FileValue<'de>;

    fn into_deserializer(self) -> FileValue<'de> {
        self
    }
}

impl<'de> Deserializer<'de> for FileValue<'de> {
    type Error = RuleReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RuleReadError> {
        let span = self.span.clone();
        let other =
            |what: &str, visitor: &V| Err(RuleReadError::invalid_type(Unexpected::Other(what), visitor));
        let read = match self.kind()? {
            WrittenKind::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            WrittenKind::Text(Cow::Owned(text)) => visitor.visit_string(text),
            WrittenKind::Integer(number) => visitor.visit_i64(number),
            WrittenKind::Large(digits) => other(&format!("integer `{digits}`"), &visitor),
            WrittenKind::Float(number) => other(&format!("floating point `{number}`"), &visitor),
            WrittenKind::Flag(flag) => visitor.visit_bool(flag),
            WrittenKind::Day => Err(RuleReadError::invalid_type(Unexpected::Map, &visitor)),
            WrittenKind::Items(items) => visitor.visit_seq(items),
            WrittenKind::Table(table) => visitor.visit_map(Entries::of(table)),
        };
        placed(read, span)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RuleReadError> {
        let span = self.span.clone();
        placed(visitor.visit_some(self), span)
    }

    /// Days are told as they are written to the one type that asks for them.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, RuleReadError> {
        let span = self.span.clone();
        let read = match &self.body {
            Body::Text(DeValue::Datetime(day)) => visitor.visit_str(&day.to_string()),
            Body::Packed(value) => match value.day() {
                Some(day) => visitor.visit_str(day),
                None => visitor.visit_newtype_struct(self),
            },
            _ => visitor.visit_newtype_struct(self),
        };
        placed(read, span)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, RuleReadError> {
        if serde_spanned::de::is_spanned(name) {
            let span = self.span.clone();
            return visitor.visit_map(serde_spanned::de::SpannedDeserializer::new(self, span));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, RuleReadError> {
        let span = self.span.clone();
        let read = match self.kind()? {
            WrittenKind::Text(name) => visitor.visit_enum(CowStrDeserializer::new(name)),
            WrittenKind::Table(table) => match table.len() {
                0 => Err(RuleReadError::custom("wanted exactly 1 element, found 0 elements")),
                1 => visitor.visit_enum(Entries::of(table)),
                _ => Err(RuleReadError::custom("wanted exactly 1 element, more than 1 element")),
            },
            _ => Err(RuleReadError::custom("wanted string or table")),
        };
        placed(read, span)
    }

    serde::forward_to_deserialize_any! {
        bool u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 char str string seq
        bytes byte_buf map unit ignored_any unit_struct tuple_struct tuple identifier i128 u128
    }
}

/// Items of an array that were not told yet.
pub(super) enum RuleItems<'de> {
    Text(std::vec::IntoIter<Spanned<DeValue<'de>>>),
    Packed(PackedItems<'de>),
}

impl<'de> Iterator for RuleItems<'de> {
    type Item = Result<FileValue<'de>, RuleReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            RuleItems::Text(items) => items.next().map(|item| Ok(FileValue::of_text(item))),
            RuleItems::Packed(items) => {
                Some(items.next()?.map(FileValue::of_packed).map_err(RuleReadError::from))
            }
        }
    }
}

impl RuleItems<'_> {
    fn len(&self) -> usize {
        match self {
            RuleItems::Text(items) => items.len(),
            RuleItems::Packed(items) => items.len(),
        }
    }
}

impl<'de> SeqAccess<'de> for RuleItems<'de> {
    type Error = RuleReadError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, RuleReadError> {
        self.next().map(|item| seed.deserialize(item?)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.len())
    }
}

/// Entries of a table that were not told yet.
struct Entries<'de> {
    rest: Rest<'de>,
    /// The value of the key that was told last.
    value: Option<FileValue<'de>>,
}

enum Rest<'de> {
    Text(<DeTable<'de> as IntoIterator>::IntoIter),
    Packed(PackedTable<'de>),
}

impl<'de> Entries<'de> {
    fn of(table: RuleTable<'de>) -> Entries<'de> {
        let rest = match table {
            RuleTable::Text(table) => Rest::Text(table.into_iter()),
            RuleTable::Packed(table) => Rest::Packed(table),
        };
        Entries { rest, value: None }
    }

    /// The next key, read.
    fn key<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, RuleReadError> {
        let (key, span, value) = match &mut self.rest {
            Rest::Text(entries) => {
                let Some((key, value)) = entries.next() else { return Ok(None) };
                let span = key.span();
                (key.into_inner(), Some(span), FileValue::of_text(value))
            }
            Rest::Packed(table) => {
                let Some(found) = table.next() else { return Ok(None) };
                let (key, value) = found?;
                (Cow::Borrowed(key), None, FileValue::of_packed(value))
            }
        };
        self.value = Some(value);
        let read = seed.deserialize(CowStrDeserializer::new(key)).map(Some);
        match span {
            Some(span) => placed(read, span),
            None => read,
        }
    }

    fn value(&mut self) -> Result<FileValue<'de>, RuleReadError> {
        self.value.take().ok_or_else(|| RuleReadError::custom("a value without a key"))
    }
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = RuleReadError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, RuleReadError> {
        self.key(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, RuleReadError> {
        let value = self.value()?;
        let span = value.span.clone();
        placed(seed.deserialize(value), span)
    }
}

/// A variant with something in it is a table of one entry.
impl<'de> EnumAccess<'de> for Entries<'de> {
    type Error = RuleReadError;
    type Variant = FileValue<'de>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        mut self,
        seed: S,
    ) -> Result<(S::Value, FileValue<'de>), RuleReadError> {
        let variant = self.key(seed)?.ok_or_else(|| RuleReadError::custom("a table without an entry"))?;
        Ok((variant, self.value()?))
    }
}

impl<'de> VariantAccess<'de> for FileValue<'de> {
    type Error = RuleReadError;

    fn unit_variant(self) -> Result<(), RuleReadError> {
        let span = self.span.clone();
        match self.kind()? {
            WrittenKind::Items(items) if items.len() == 0 => Ok(()),
            WrittenKind::Table(table) if table.is_empty() => Ok(()),
            WrittenKind::Items(_) => Err(RuleReadError::at("expected empty array", span)),
            WrittenKind::Table(_) => Err(RuleReadError::at("expected empty table", span)),
            other => Err(RuleReadError::at(format!("expected table, found {}", other.name()), span)),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, RuleReadError> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, RuleReadError> {
        let span = self.span.clone();
        match self.kind()? {
            WrittenKind::Items(items) if items.len() == length => visitor.visit_seq(items),
            WrittenKind::Items(_) => {
                Err(RuleReadError::at(format!("expected tuple with length {length}"), span))
            }
            other => Err(RuleReadError::at(format!("expected table, found {}", other.name()), span)),
        }
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, RuleReadError> {
        let span = self.span.clone();
        match self.kind()? {
            WrittenKind::Table(table) => {
                let others = table.other_keys(fields);
                if let [(_, first), ..] = &others[..] {
                    let names: Vec<&str> = others.iter().map(|(name, _)| name.as_str()).collect();
                    let (names, known) = (names.join(", "), fields.join(", "));
                    let message = format!("unexpected keys in table: {names}, available keys: {known}");
                    return Err(RuleReadError::at(message, first.clone()));
                }
                placed(visitor.visit_map(Entries::of(table)), span)
            }
            other => Err(RuleReadError::at(format!("expected table, found {}", other.name()), span)),
        }
    }
}
