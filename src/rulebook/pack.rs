//! Đóng gói quy định: writes a parsed rule file as one text that [`super::packed`] reads without parsing. Only the build
//! script uses this file.
//!
//! A value is one letter for its kind, where it stands in the file (from, to), the length of its body, its body; the body
//! of an array begins with the count of its items. Numbers are three digits of seven bits, so that the whole stays text and no start has to check that it is.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Appends a value.
fn value(value: &Spanned<DeValue<'_>>, out: &mut String) {
    let (kind, body) = match value.get_ref() {
        DeValue::String(text) => ('s', text.to_string()),
        DeValue::Integer(number) => {
            let number = i64::from_str_radix(&number.as_str().replace('_', ""), number.radix());
            ('i', number.expect("a number of 64 bits").to_string())
        }
        DeValue::Boolean(flag) => ('b', flag.to_string()),
        DeValue::Datetime(date) => ('d', date.to_string()),
        DeValue::Array(items) => ('a', {
            let mut body = String::new();
            push(items.len(), &mut body);
            items.iter().for_each(|item| self::value(item, &mut body));
            body
        }),
        DeValue::Table(entries) => ('t', table(entries)),
        DeValue::Float(_) => panic!("a float in a rule file"),
    };
    let span = value.span();
    out.push(kind);
    [span.start, span.end, body.len()].into_iter().for_each(|number| push(number, out));
    out.push_str(&body);
}

/// The entries of a table: length of the key, key, value.
pub(super) fn table(entries: &DeTable<'_>) -> String {
    let mut body = String::new();
    for (key, entry) in entries {
        let length = u8::try_from(key.get_ref().len()).ok().filter(u8::is_ascii);
        body.push(char::from(length.expect("a key of less than 128 bytes")));
        body.push_str(key.get_ref());
        value(entry, &mut body);
    }
    body
}

fn push(number: usize, out: &mut String) {
    assert!(number < 1 << 21, "a rule file of more than two million bytes");
    let digit = |shift: u32| u8::try_from(number >> shift & 0x7f).expect("seven bits");
    out.extend([14, 7, 0].map(|shift| char::from(digit(shift))));
}
