//! Tệp quy định đã phân tích: a text as the TOML reader took it apart, and packed for the one reader of rule types.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::{Diagnostic, RuleCheck};
use super::pack;
use super::source::Source;

/// Một tệp quy định đã phân tích, for a reader to borrow from.
pub(super) struct ParsedFile<'s> {
    pub source: &'s Source,
    /// What the hash and the places of keys are taken from.
    pub table: DeTable<'s>,
    pub packed: String,
    /// Numbers with a point: law is written in whole đồng and quoted percentages.
    pub floats: Vec<Range<usize>>,
}

impl<'s> ParsedFile<'s> {
    /// Takes a text apart; an error is everything that makes it no TOML.
    pub fn parse(source: &'s Source) -> Result<ParsedFile<'s>, Vec<Diagnostic>> {
        let problem = |check: RuleCheck, span: Range<usize>, detail: &str| {
            Diagnostic::new(check, &source.name, &source.text, span).with("detail", detail)
        };
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        if !errors.is_empty() {
            let told = |error: &toml::de::Error| {
                problem(RuleCheck::TomlSyntax, error.span().unwrap_or_default(), error.message())
            };
            return Err(errors.iter().map(told).collect());
        }
        let table = table.into_inner();
        let packed = pack::table(&table)
            .map_err(|found| vec![problem(RuleCheck::WrongValue, found.span, found.why)])?;
        let mut floats = Vec::new();
        find_floats(&table, &mut floats);
        Ok(ParsedFile { source, table, packed, floats })
    }

    /// Where a key stands whose value is known.
    pub fn key(&self, name: &str, value: &Range<usize>) -> Option<Range<usize>> {
        key_in(&self.table, name, value)
    }
}

fn key_in(table: &DeTable<'_>, name: &str, value: &Range<usize>) -> Option<Range<usize>> {
    let within = |held: &Spanned<DeValue<'_>>| match held.get_ref() {
        DeValue::Table(table) => key_in(table, name, value),
        DeValue::Array(items) => {
            items.iter().find_map(|item| key_in(item.get_ref().as_table()?, name, value))
        }
        _ => None,
    };
    let is_it = |key: &str, held: &Spanned<DeValue<'_>>| key == name && held.span() == *value;
    let own = table.iter().find(|(key, held)| is_it(key.get_ref(), held));
    own.map(|(key, _)| key.span()).or_else(|| table.values().find_map(within))
}

fn find_floats(table: &DeTable<'_>, found: &mut Vec<Range<usize>>) {
    fn walk(value: &Spanned<DeValue<'_>>, found: &mut Vec<Range<usize>>) {
        match value.get_ref() {
            DeValue::Float(_) => found.push(value.span()),
            DeValue::Array(items) => items.iter().for_each(|item| walk(item, found)),
            DeValue::Table(table) => find_floats(table, found),
            DeValue::String(_) | DeValue::Integer(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
        }
    }
    table.values().for_each(|value| walk(value, found));
}
