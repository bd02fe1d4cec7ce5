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

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use serde::Deserialize;

    use super::*;
    use crate::rulebook::packed::{PackedTable, PackedValue};
    use crate::rulebook::source::Origin;
    use crate::rulebook::unreadable::Spot;
    use crate::terms::period::RuleDate;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    enum Way {
        Alone,
        With(i64),
        Both(i64, String),
        Named { low: i64, high: Option<i64> },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    struct Rule {
        name: String,
        small: u8,
        number: i64,
        is_so: bool,
        is_not: bool,
        from: RuleDate,
        numbers: Vec<i64>,
        none: Vec<i64>,
        pair: [String; 2],
        given: Option<i64>,
        missing: Option<i64>,
        placed: Spanned<i64>,
        ways: Vec<Way>,
    }

    const TEXT: &str = r#"
name = "Tên \"một\"\ndòng"
small = 255
number = -8_191
is-so = true
is-not = false
from = 2026-07-01
numbers = [1, 0, -3]
none = []
pair = ["vi", "en"]
given = 7
placed = 1_000
ways = ["alone", { with = 5 }, { both = [6, "b"] }, { named = { low = 1 } }]
"#;

    /// Reads a text as a rule; what is wrong, and the place that is shown for it.
    fn read(text: &str) -> Result<Rule, (String, String)> {
        let source =
            Source { name: "x.toml".to_owned(), text: Cow::Owned(text.to_owned()), origin: Origin::Overlay };
        let file = ParsedFile::parse(&source).expect("TOML");
        Rule::deserialize(PackedTable::of(&file.packed)).map_err(|error| {
            let span = match error.place() {
                None => 0..0,
                Some(Spot::Value(span)) => span.clone(),
                Some(Spot::Key(name, value)) => file.key(name, value).expect("a key of the text"),
            };
            (error.message().to_owned(), text[span].to_owned())
        })
    }

    #[test]
    fn what_was_packed_is_what_was_written() {
        let at = TEXT.find("1_000").expect("a number");
        let expected = Rule {
            name: "Tên \"một\"\ndòng".to_owned(),
            small: 255,
            number: -8191,
            is_so: true,
            is_not: false,
            from: RuleDate::parse("2026-07-01").expect("a day"),
            numbers: vec![1, 0, -3],
            none: Vec::new(),
            pair: ["vi".to_owned(), "en".to_owned()],
            given: Some(7),
            missing: None,
            placed: Spanned::new(at..at + 5, 1000),
            ways: vec![
                Way::Alone,
                Way::With(5),
                Way::Both(6, "b".to_owned()),
                Way::Named { low: 1, high: None },
            ],
        };
        let found = read(TEXT).expect("a rule");
        assert_eq!(found, expected);
        assert_eq!(found.placed.span(), at..at + 5);
        assert_eq!(read(&TEXT.replace("-8_191", "0x1F_FF")).expect("a rule").number, 8191);
    }

    /// Lengths are numbers of three digits of seven bits: on both sides of every digit.
    #[test]
    fn texts_of_every_length_come_whole() {
        for length in [0, 1, 126, 127, 128, 129, 16_383, 16_384, 16_385, 40_000] {
            let name: String = ('a'..='z').cycle().take(length).collect();
            let found = read(&TEXT.replace("Tên \\\"một\\\"\\ndòng", &name)).expect("a rule");
            assert_eq!(found.name, name);
            assert_eq!(found.ways.len(), 4);
        }
    }

    #[test]
    fn what_fits_no_type_is_told_with_its_place() {
        for (right, wrong, message, place) in [
            ("small = 255", "small = 256", "invalid value: integer `256`, expected u8", "256"),
            ("small = 255", "small = -1", "invalid value: integer `-1`, expected u8", "-1"),
            ("small = 255", "small = \"255\"", "invalid type: string \"255\", expected u8", "\"255\""),
            ("small = 255", "small = true", "invalid type: boolean `true`, expected u8", "true"),
            ("small = 255", "small = [255]", "invalid type: sequence, expected u8", "[255]"),
            ("small = 255", "small = { a = 1 }", "invalid type: map, expected u8", "{ a = 1 }"),
            ("small = 255", "small = 2026-01-01", "invalid type: date, expected u8", "2026-01-01"),
            ("small = 255", "small = 2.5", "invalid type: floating point number, expected u8", "2.5"),
            ("is-so = true", "is-so = 1", "invalid type: integer `1`, expected a boolean", "1"),
            (
                "pair = [\"vi\", \"en\"]",
                "pair = [\"a\"]",
                "invalid length 1, expected an array of length 2",
                "[\"a\"]",
            ),
            (
                "pair = [\"vi\", \"en\"]",
                "pair = [\"a\", \"b\", \"c\"]",
                "invalid length 3, expected fewer items",
                "[\"a\", \"b\", \"c\"]",
            ),
            ("given = 7", "given = []", "invalid type: sequence, expected i64", "[]"),
            (
                "\"alone\"",
                "\"other\"",
                "unknown variant `other`, expected one of `alone`, `with`, `both`, `named`",
                "\"other\"",
            ),
            ("\"alone\"", "{ alone = 3 }", "invalid type: integer `3`, expected a name alone", "3"),
            ("\"alone\"", "\"with\"", "invalid type: unit variant, expected a name with a value", "\"with\""),
            ("\"alone\"", "\"both\"", "invalid type: unit variant, expected a name with a list", "\"both\""),
            (
                "\"alone\"",
                "\"named\"",
                "invalid type: unit variant, expected a name with a table",
                "\"named\"",
            ),
            ("\"alone\"", "{}", "wanted exactly 1 element, found 0 elements", "{}"),
            (
                "\"alone\"",
                "{ with = 1, both = 2 }",
                "wanted exactly 1 element, more than 1 element",
                "{ with = 1, both = 2 }",
            ),
            ("\"alone\"", "7", "invalid type: integer `7`, expected enum Way", "7"),
            (
                "{ low = 1 }",
                "{ low = 1, high = 2, deep = 3 }",
                "unknown field `deep`, expected `low` or `high`",
                "deep",
            ),
            ("{ low = 1 }", "{ high = 1 }", "missing field `low`", "{ high = 1 }"),
            ("given = 7", "gift = 7", "unknown field `gift`, expected one of", "gift"),
        ] {
            assert_eq!(TEXT.matches(right).count(), 1, "{right}");
            let (found, at) = read(&TEXT.replace(right, wrong)).expect_err(wrong);
            assert!(found.starts_with(message), "{wrong}: {found}");
            assert_eq!(at, place, "{wrong}");
        }
    }

    #[test]
    fn entries_are_found_taken_and_counted() {
        let text = "id = \"x\"\nlist = [\"a\", \"b\"]\nnumber = 1\n[inner]\nid = \"y\"\n";
        let source = Source { name: "x.toml".to_owned(), text: Cow::Borrowed(text), origin: Origin::Overlay };
        let file = ParsedFile::parse(&source).expect("TOML");
        let mut table = PackedTable::of(&file.packed);
        assert_eq!([table.text("id"), table.text("number"), table.text("none")], [Some("x"), None, None]);
        let list = table.remove("list").expect("a list");
        let texts: Vec<_> = list.items().expect("items").iter().filter_map(PackedValue::as_str).collect();
        assert_eq!(texts, ["a", "b"]);
        assert!(list.table().is_none() && list.as_str().is_none());
        assert!(table.get("list").is_none() && table.remove("list").is_none() && !table.is_empty());
        let (key, inner) = table.get("inner").expect("a table");
        assert_eq!(
            (key, inner.table().and_then(|inner| inner.text("id")), inner.items().is_none()),
            ("inner", Some("y"), true)
        );
        let mut taken = table.take(&["number", "none", "inner"]);
        assert!(!taken.is_empty() && taken.remove("number").is_some() && taken.get("id").is_some());
        assert_eq!(
            (table.text("id"), table.get("number").is_none(), table.get("inner").is_none()),
            (Some("x"), true, true)
        );
        assert!(table.remove("id").is_some() && table.is_empty());
        assert!(PackedTable::of("").is_empty());
    }
}
