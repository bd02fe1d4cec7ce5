//! Đọc tệp quy định: TOML text into typed entries, collecting every problem instead of stopping at the first.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::canonical;
use super::diagnostic::{Diagnostic, RuleCheck, check_of_toml_message};
use super::family::Header;
use super::packed::{PackedTable, PackedValue};
use super::source::{Origin, Source};
use super::timeline::{SourcePlace, Timeline, Version};
use crate::terms::citation::{Citation, DatedBy, Evidence, RuleRef};
use crate::terms::period::RuleDate;

/// The format number this program reads.
const SCHEMA: i64 = 1;

/// One rule file being read.
pub(super) struct RuleReader<'a> {
    /// Position in the list of sources.
    index: usize,
    source: &'a Source,
    table: RuleTable<'a>,
    /// The id at the top of the file, until the header is read: every family looks for its files by it.
    id: Option<String>,
    /// Problems found so far.
    pub problems: Vec<Diagnostic>,
}

/// A table of a rule file: as the TOML reader left it, or as the build packed it.
#[derive(Debug)]
pub(super) enum RuleTable<'a> {
    Text(DeTable<'a>),
    Packed(PackedTable<'a>),
}

/// A value of a rule file.
enum Value<'a> {
    Text(Spanned<DeValue<'a>>),
    Packed(PackedValue<'a>),
}

impl<'a> RuleTable<'a> {
    fn remove(&mut self, key: &str) -> Option<Value<'a>> {
        match self {
            RuleTable::Text(table) => table.remove(key).map(Value::Text),
            RuleTable::Packed(table) => table.remove(key).map(Value::Packed),
        }
    }

    fn take(&mut self, keys: &[&str]) -> RuleTable<'a> {
        match self {
            RuleTable::Text(table) => {
                RuleTable::Text(keys.iter().filter_map(|key| table.remove_entry(*key)).collect())
            }
            RuleTable::Packed(table) => RuleTable::Packed(table.take(keys)),
        }
    }

    fn text(&self, key: &str) -> Option<&str> {
        match self {
            RuleTable::Text(table) => {
                let found = table.iter().find(|(known, _)| known.get_ref().as_ref() == key);
                found.and_then(|(_, value)| value.get_ref().as_str())
            }
            RuleTable::Packed(table) => table.get(key).and_then(|(_, value)| value.as_str()),
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            RuleTable::Text(table) => table.is_empty(),
            RuleTable::Packed(table) => table.is_empty(),
        }
    }
}

impl Value<'_> {
    fn text(&self) -> Option<String> {
        match self {
            Value::Text(value) => value.get_ref().as_str().map(str::to_owned),
            Value::Packed(value) => value.as_str().map(str::to_owned),
        }
    }

    fn texts(&self) -> Vec<String> {
        match self {
            Value::Text(value) => {
                let items = value.get_ref().as_array().into_iter().flatten();
                items.filter_map(|item| item.get_ref().as_str().map(str::to_owned)).collect()
            }
            Value::Packed(value) => {
                let items = value.items();
                items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
            }
        }
    }
}

/// The header keys as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawHeader {
    schema: Spanned<i64>,
    id: Spanned<String>,
    name_vi: String,
    name_en: String,
    dated_by: DatedBy,
    dated_by_note_vi: String,
    dated_by_note_en: String,
    checked_on: RuleDate,
    verified_until: Option<RuleDate>,
}

/// A version as written; `value` is its own key, so that places survive.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawVersion<T> {
    effective_from: Spanned<RuleDate>,
    effective_until: Option<RuleDate>,
    status: Evidence,
    checked_on: Option<RuleDate>,
    note_vi: Option<String>,
    note_en: Option<String>,
    #[serde(default)]
    cite: Vec<Citation>,
    value: T,
}

impl<'a> RuleReader<'a> {
    /// Parses the text; `None` when it is not TOML at all (the problems say why).
    pub fn open(index: usize, source: &'a Source) -> Result<RuleReader<'a>, Vec<Diagnostic>> {
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        if !errors.is_empty() {
            let point = |error: &toml::de::Error| {
                Diagnostic::new(
                    RuleCheck::TomlSyntax,
                    &source.name,
                    &source.text,
                    error.span().unwrap_or(0..0),
                )
                .with("detail", error.message())
            };
            return Err(errors.iter().map(point).collect());
        }
        let mut floats = Vec::new();
        find_floats(table.get_ref(), &mut floats);
        let mut reader = RuleReader::of(index, source, RuleTable::Text(table.into_inner()));
        for span in floats {
            reader.report(RuleCheck::BareFloat, span, &[]);
        }
        Ok(reader)
    }

    /// A bundled file as the build packed it.
    pub fn open_packed(index: usize, source: &'a Source, packed: &'static str) -> RuleReader<'a> {
        RuleReader::of(index, source, RuleTable::Packed(PackedTable::of(packed)))
    }

    /// Whether the build read the file; it is one of those that tests check.
    pub fn is_packed(&self) -> bool {
        matches!(self.table, RuleTable::Packed(_))
    }

    fn of(index: usize, source: &'a Source, table: RuleTable<'a>) -> RuleReader<'a> {
        let id = table.text("id").map(str::to_owned);
        RuleReader { index, source, table, id, problems: Vec::new() }
    }

    /// Notes a problem at a byte range.
    pub fn report(
        &mut self,
        check: RuleCheck,
        span: std::ops::Range<usize>,
        facts: &[(&'static str, String)],
    ) {
        let mut problem = Diagnostic::new(check, &self.source.name, &self.source.text, span);
        problem.facts.extend_from_slice(facts);
        // A float is reported by name already; the type error it causes would only repeat it.
        let repeated = check != RuleCheck::BareFloat
            && self.problems.iter().any(|known| {
                known.check == RuleCheck::BareFloat
                    && (known.line, known.column) == (problem.line, problem.column)
            });
        if !repeated {
            self.problems.push(problem);
        }
    }

    /// Reads the header from the remaining top-level keys; call after taking the arrays.
    pub fn header(&mut self) -> Option<Header> {
        let table = std::mem::replace(&mut self.table, RuleTable::Packed(PackedTable::default()));
        self.id = None;
        let raw: RawHeader = self.typed(Spanned::new(0..0, table))?;
        if *raw.schema.get_ref() != SCHEMA {
            self.report(
                RuleCheck::UnknownSchema,
                raw.schema.span(),
                &[("read", raw.schema.get_ref().to_string())],
            );
        }
        // An overlay may have any file name; only the folder's own files must match.
        if self.source.origin != Origin::Overlay && *raw.id.get_ref() != self.source.stem() {
            let facts = [("read", raw.id.get_ref().clone()), ("expected", self.source.stem())];
            self.report(RuleCheck::IdNotFileName, raw.id.span(), &facts);
        }
        Some(Header {
            id: raw.id.into_inner(),
            name_vi: raw.name_vi,
            name_en: raw.name_en,
            dated_by: raw.dated_by,
            dated_by_note: [raw.dated_by_note_vi, raw.dated_by_note_en],
            checked_on: raw.checked_on,
            verified_until: raw.verified_until,
        })
    }

    /// The id at the top of the file, before anything else is read.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// A top-level text that has not been taken yet.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.table.text(key)
    }

    /// True once every key has been read.
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// Takes a top-level value out of the file.
    pub fn take_text(&mut self, key: &str) -> Option<String> {
        self.table.remove(key).and_then(|value| value.text())
    }

    /// Takes a top-level list of texts out of the file.
    pub fn take_texts(&mut self, key: &str) -> Vec<String> {
        self.table.remove(key).map(|value| value.texts()).unwrap_or_default()
    }

    /// Takes some top-level values out of the file and reads them as one type.
    pub fn take<T: DeserializeOwned>(&mut self, keys: &[&str]) -> Option<T> {
        let taken = self.table.take(keys);
        self.typed(Spanned::new(0..0, taken))
    }

    /// Takes a top-level array of tables (`[[version]]`, `[[group]]`) out of the file.
    pub fn take_tables(&mut self, key: &str) -> Vec<Spanned<RuleTable<'a>>> {
        let taken = self.table.remove(key);
        self.tables_of(key, taken)
    }

    /// Takes a nested array of tables (`[[group.version]]`) out of an entry.
    pub fn take_nested(
        &mut self,
        entry: &mut Spanned<RuleTable<'a>>,
        key: &str,
    ) -> Vec<Spanned<RuleTable<'a>>> {
        let taken = entry.as_mut().remove(key);
        self.tables_of(key, taken)
    }

    fn tables_of(&mut self, key: &str, taken: Option<Value<'a>>) -> Vec<Spanned<RuleTable<'a>>> {
        let taken = match taken {
            None => return Vec::new(),
            Some(Value::Packed(value)) => return packed_tables(value),
            Some(Value::Text(taken)) => taken,
        };
        let span = taken.span();
        let DeValue::Array(items) = taken.into_inner() else {
            self.report(
                RuleCheck::WrongValue,
                span,
                &[("detail", format!("`{key}` must be written [[{key}]]"))],
            );
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            let span = item.span();
            match item.into_inner() {
                DeValue::Table(table) => tables.push(Spanned::new(span, RuleTable::Text(table))),
                _ => self.report(
                    RuleCheck::WrongValue,
                    span,
                    &[("detail", format!("`{key}` must be written [[{key}]]"))],
                ),
            }
        }
        tables
    }

    /// Reads one table into its type, or notes why it cannot be.
    pub fn typed<T: DeserializeOwned>(&mut self, table: Spanned<RuleTable<'a>>) -> Option<T> {
        let whole = table.span();
        let read = match table.into_inner() {
            RuleTable::Text(table) => {
                T::deserialize(toml::de::Deserializer::from(Spanned::new(whole.clone(), table)))
            }
            RuleTable::Packed(table) => T::deserialize(table).map_err(serde::de::Error::custom),
        };
        match read {
            Ok(value) => Some(value),
            Err(error) => {
                let span = error.span().unwrap_or(whole);
                self.report(
                    check_of_toml_message(error.message()),
                    span,
                    &[("detail", error.message().to_owned())],
                );
                None
            }
        }
    }

    /// Reads the versions of one rule.
    pub fn versions<T: DeserializeOwned>(
        &mut self,
        rule: &str,
        header: &Header,
        tables: Vec<Spanned<RuleTable<'a>>>,
        owner: std::ops::Range<usize>,
    ) -> Timeline<T> {
        if tables.is_empty() {
            self.report(RuleCheck::VersionsMissing, owner, &[("rule", rule.to_owned())]);
        }
        let mut versions: Vec<Version<T>> = Vec::new();
        for table in tables {
            let Some(raw) = self.typed::<RawVersion<T>>(table) else { continue };
            let from: NaiveDate = raw.effective_from.get_ref().0;
            if versions.iter().any(|known| known.rule.effective_from == from) {
                self.report(
                    RuleCheck::VersionDuplicate,
                    raw.effective_from.span(),
                    &[("rule", rule.to_owned()), ("date", from.to_string())],
                );
            }
            if raw.note_vi.is_some() != raw.note_en.is_some() {
                self.report(
                    RuleCheck::NoteUntranslated,
                    raw.effective_from.span(),
                    &[("rule", rule.to_owned())],
                );
            }
            versions.push(Version {
                value: raw.value,
                rule: RuleRef {
                    rule: rule.to_owned(),
                    effective_from: from,
                    effective_until: raw.effective_until.map(|date| date.0),
                    evidence: raw.status,
                    checked_on: raw.checked_on.unwrap_or(header.checked_on).0,
                    verified_until: header.verified_until.map(|date| date.0),
                    note: raw.note_vi.zip(raw.note_en).map(|(vi, en)| [vi, en]),
                    cites: raw.cite,
                    origin: (self.source.origin != Origin::Bundled).then(|| self.source.name.clone()),
                },
                place: SourcePlace { source: self.index, span: raw.effective_from.span() },
            });
        }
        Timeline::new(rule.to_owned(), versions)
    }

    /// Feeds the canonical form of the file to a hash; that of packed files was made by the build.
    pub fn hash_into(&self, hash: &mut Sha256) {
        if let RuleTable::Text(table) = &self.table {
            canonical::hash_table(table, hash);
        }
    }
}

/// The tables of a packed array of tables.
fn packed_tables(value: PackedValue<'_>) -> Vec<Spanned<RuleTable<'_>>> {
    let items = value.items().into_iter();
    items.filter_map(|item| Some(Spanned::new(item.span(), RuleTable::Packed(item.table()?)))).collect()
}

/// Every number with a point in the file: law is written in whole đồng and quoted percentages.
fn find_floats(table: &DeTable<'_>, found: &mut Vec<std::ops::Range<usize>>) {
    fn walk(value: &Spanned<DeValue<'_>>, found: &mut Vec<std::ops::Range<usize>>) {
        match value.get_ref() {
            DeValue::Float(_) => found.push(value.span()),
            DeValue::Array(items) => items.iter().for_each(|item| walk(item, found)),
            DeValue::Table(table) => find_floats(table, found),
            DeValue::String(_) | DeValue::Integer(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
        }
    }
    table.values().for_each(|value| walk(value, found));
}
