//! Đọc tệp quy định: a packed file into typed entries, collecting every problem instead of stopping at the first.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;
use toml::Spanned;

use super::canonical;
use super::diagnostic::{Diagnostic, RuleCheck, check_of_message};
use super::family::Header;
use super::packed::{PackedTable, PackedValue, Unread};
use super::parsed::ParsedFile;
use super::source::{Origin, Source};
use super::timeline::{SourcePlace, Timeline, Version};
use super::unreadable::{Spot, Unreadable};
use crate::terms::citation::{Citation, DatedBy, Evidence, RuleRef};
use crate::terms::period::RuleDate;

/// The format number this program reads.
const SCHEMA: i64 = 1;

/// One rule file being read.
pub(super) struct RuleReader<'a> {
    /// Position in the list of sources.
    index: usize,
    source: &'a Source,
    /// What has not been taken yet.
    table: PackedTable<'a>,
    /// The text taken apart; none for a file that the build packed.
    parsed: Option<&'a ParsedFile<'a>>,
    /// The id at the top of the file, until the header is read: every family looks for its files by it.
    id: Option<String>,
    /// Problems found so far.
    pub problems: Vec<Diagnostic>,
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

/// A version as written. Its value is read on its own: what is said here of every rule compiles once, not once a type.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawVersion<'a> {
    effective_from: Spanned<RuleDate>,
    effective_until: Option<RuleDate>,
    status: Evidence,
    checked_on: Option<RuleDate>,
    note_vi: Option<String>,
    note_en: Option<String>,
    #[serde(default)]
    cite: Vec<Citation>,
    #[serde(borrow)]
    value: Unread<'a>,
}

/// A version whose value is still to be read.
struct VersionHead<'a> {
    rule: RuleRef,
    place: SourcePlace,
    value: PackedValue<'a>,
}

impl<'a> RuleReader<'a> {
    /// A file whose text was just parsed.
    pub fn open(index: usize, file: &'a ParsedFile<'a>) -> RuleReader<'a> {
        let mut reader = RuleReader::of(index, file.source, &file.packed, Some(file));
        for span in &file.floats {
            reader.report(RuleCheck::BareFloat, span.clone(), &[]);
        }
        reader
    }

    /// A bundled file as the build packed it.
    pub fn open_packed(index: usize, source: &'a Source, packed: &'static str) -> RuleReader<'a> {
        RuleReader::of(index, source, packed, None)
    }

    /// Whether the build read the file; it is one of those that tests check.
    pub fn is_packed(&self) -> bool {
        self.parsed.is_none()
    }

    fn of(
        index: usize,
        source: &'a Source,
        packed: &'a str,
        parsed: Option<&'a ParsedFile<'a>>,
    ) -> RuleReader<'a> {
        let table = PackedTable::of(packed);
        let id = table.text("id").map(str::to_owned);
        RuleReader { index, source, table, parsed, id, problems: Vec::new() }
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
        let repeated = self.problems.iter().any(|known| {
            known.check == RuleCheck::BareFloat
                && (known.line, known.column) == (problem.line, problem.column)
        });
        if !repeated {
            self.problems.push(problem);
        }
    }

    /// Reads the header from the remaining top-level keys; call after taking the arrays.
    pub fn header(&mut self) -> Option<Header> {
        let table = std::mem::take(&mut self.table);
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
        self.table.remove(key)?.as_str().map(str::to_owned)
    }

    /// Takes a top-level list of texts out of the file.
    pub fn take_texts(&mut self, key: &str) -> Vec<String> {
        let items = self.table.remove(key).and_then(|value| value.items()).unwrap_or_default();
        items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
    }

    /// Takes some top-level values out of the file and reads them as one type.
    pub fn take<T: DeserializeOwned>(&mut self, keys: &[&str]) -> Option<T> {
        let taken = self.table.take(keys);
        self.typed(Spanned::new(0..0, taken))
    }

    /// Takes a top-level array of tables (`[[version]]`, `[[group]]`) out of the file.
    pub fn take_tables(&mut self, key: &str) -> Vec<Spanned<PackedTable<'a>>> {
        let taken = self.table.remove(key);
        self.tables_of(key, taken)
    }

    /// Takes a nested array of tables (`[[group.version]]`) out of an entry.
    pub fn take_nested(
        &mut self,
        entry: &mut Spanned<PackedTable<'a>>,
        key: &str,
    ) -> Vec<Spanned<PackedTable<'a>>> {
        let taken = entry.as_mut().remove(key);
        self.tables_of(key, taken)
    }

    fn tables_of(&mut self, key: &str, taken: Option<PackedValue<'a>>) -> Vec<Spanned<PackedTable<'a>>> {
        let Some(taken) = taken else { return Vec::new() };
        let mut tables = Vec::new();
        // One table alone (`[version]`) is no list of them.
        for item in taken.items().unwrap_or_else(|| vec![taken]) {
            if let Some(table) = item.table().filter(|_| taken.table().is_none()) {
                tables.push(Spanned::new(item.span(), table));
            } else {
                let detail = format!("`{key}` must be written [[{key}]]");
                self.report(RuleCheck::WrongValue, item.span(), &[("detail", detail)]);
            }
        }
        tables
    }

    /// Reads one table into its type, or notes why it cannot be.
    pub fn typed<T: DeserializeOwned>(&mut self, table: Spanned<PackedTable<'a>>) -> Option<T> {
        let whole = table.span();
        let read = T::deserialize(table.into_inner());
        read.map_err(|error| self.refuse(&error, whole)).ok()
    }

    /// Notes why a table cannot be read, at the place concerned.
    fn refuse(&mut self, error: &Unreadable, whole: std::ops::Range<usize>) {
        let span = match error.place() {
            None => whole,
            Some(Spot::Value(span)) => span.clone(),
            Some(Spot::Key(name, value)) => {
                self.parsed.and_then(|file| file.key(name, value)).unwrap_or_else(|| value.clone())
            }
        };
        let message = error.message();
        self.report(check_of_message(message), span, &[("detail", message.to_owned())]);
    }

    /// Reads the versions of one rule.
    pub fn versions<T: DeserializeOwned>(
        &mut self,
        rule: &str,
        header: &Header,
        tables: Vec<Spanned<PackedTable<'a>>>,
        owner: std::ops::Range<usize>,
    ) -> Timeline<T> {
        let heads = self.version_heads(rule, header, tables, owner);
        let mut versions = Vec::with_capacity(heads.len());
        for VersionHead { rule, place, value } in heads {
            match T::deserialize(value) {
                Ok(value) => versions.push(Version { value, rule, place }),
                Err(error) => self.refuse(&error, value.span()),
            }
        }
        Timeline::new(rule.to_owned(), versions)
    }

    /// What the versions of one rule say beside their values.
    fn version_heads(
        &mut self,
        rule: &str,
        header: &Header,
        tables: Vec<Spanned<PackedTable<'a>>>,
        owner: std::ops::Range<usize>,
    ) -> Vec<VersionHead<'a>> {
        if tables.is_empty() {
            self.report(RuleCheck::VersionsMissing, owner, &[("rule", rule.to_owned())]);
        }
        let mut heads: Vec<VersionHead<'a>> = Vec::with_capacity(tables.len());
        for table in tables {
            let whole = table.span();
            let read =
                RawVersion::deserialize(table.into_inner()).and_then(|raw| Ok((raw.value.value()?, raw)));
            let Some((value, raw)) = read.map_err(|error| self.refuse(&error, whole)).ok() else { continue };
            let from: NaiveDate = raw.effective_from.get_ref().0;
            let span = raw.effective_from.span();
            if heads.iter().any(|known| known.rule.effective_from == from) {
                let facts = [("rule", rule.to_owned()), ("date", from.to_string())];
                self.report(RuleCheck::VersionDuplicate, span.clone(), &facts);
            }
            if raw.note_vi.is_some() != raw.note_en.is_some() {
                self.report(RuleCheck::NoteUntranslated, span.clone(), &[("rule", rule.to_owned())]);
            }
            heads.push(VersionHead {
                rule: RuleRef {
                    rule: rule.to_owned(),
                    effective_from: from,
                    effective_until: raw.effective_until.map(|date| date.0),
                    evidence: raw.status,
                    checked_on: raw.checked_on.unwrap_or(header.checked_on).0,
                    verified_until: header.verified_until.map(|date| date.0),
                    note: raw.note_vi.zip(raw.note_en).map(|(vi, en)| [vi, en]),
                    cites: raw.cite.into(),
                    origin: (self.source.origin != Origin::Bundled).then(|| self.source.name.clone()),
                },
                place: SourcePlace { source: self.index, span },
                value,
            });
        }
        heads
    }

    /// Feeds the canonical form of the file to a hash; that of packed files was made by the build.
    pub fn hash_into(&self, hash: &mut Sha256) {
        if let Some(file) = self.parsed {
            canonical::hash_table(&file.table, hash);
        }
    }
}
