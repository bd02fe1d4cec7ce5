//! Đóng gói quy định: writes a parsed rule file as one text that [`super::packed`] reads without parsing. The build script
//! does it for the bundled files, the loader for those of the user: both are read by the same code.
//!
//! A value is one letter for its kind, where it stands in the file (from, to), the length of its body, its body; the body
//! of an array begins with the count of its items. Numbers are three digits of seven bits, so that the whole stays text and no start has to check that it is.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Numbers end here: three digits of seven bits.
const LIMIT: usize = 1 << 21;

/// What cannot be packed, and where it stands.
#[derive(Debug)]
pub(super) struct Unpackable {
    pub why: &'static str,
    pub span: Range<usize>,
}

/// Appends a value.
fn value(value: &Spanned<DeValue<'_>>, out: &mut String) -> Result<(), Unpackable> {
    let span = value.span();
    let (kind, body) = match value.get_ref() {
        DeValue::String(text) => ('s', text.to_string()),
        DeValue::Integer(number) => {
            let number = i64::from_str_radix(&number.as_str().replace('_', ""), number.radix());
            let outside = Unpackable { why: "a number outside 64 bits", span: span.clone() };
            ('i', number.map_err(|_| outside)?.to_string())
        }
        DeValue::Float(number) => ('f', number.as_str().to_owned()),
        DeValue::Boolean(flag) => ('b', flag.to_string()),
        DeValue::Datetime(date) => ('d', date.to_string()),
        DeValue::Array(items) => ('a', {
            let mut body = String::new();
            push(items.len(), &span, &mut body)?;
            items.iter().try_for_each(|item| self::value(item, &mut body))?;
            body
        }),
        DeValue::Table(entries) => ('t', table(entries)?),
    };
    out.push(kind);
    [span.start, span.end, body.len()].into_iter().try_for_each(|number| push(number, &span, out))?;
    out.push_str(&body);
    Ok(())
}

/// The entries of a table: length of the key, key, value.
pub(super) fn table(entries: &DeTable<'_>) -> Result<String, Unpackable> {
    let mut body = String::new();
    for (key, entry) in entries {
        let length = u8::try_from(key.get_ref().len()).ok().filter(u8::is_ascii);
        let too_long = || Unpackable { why: "a key of more than 127 bytes", span: key.span() };
        body.push(char::from(length.ok_or_else(too_long)?));
        body.push_str(key.get_ref());
        value(entry, &mut body)?;
    }
    Ok(body)
}

fn push(number: usize, span: &Range<usize>, out: &mut String) -> Result<(), Unpackable> {
    if number >= LIMIT {
        return Err(Unpackable { why: "a rule file of more than two million bytes", span: span.clone() });
    }
    let digit = |shift: u32| u8::try_from(number >> shift & 0x7f).unwrap_or_default();
    out.extend([14, 7, 0].map(|shift| char::from(digit(shift))));
    Ok(())
}
