//! Dạng chuẩn của một tệp quy định, as its hash sees it: sorted keys, NFC, no comments, no layout.
//!
//! The build script uses this file too, so that the hash of the bundled rules is made once and not at every start.

use sha2::{Digest, Sha256};
use toml::de::{DeTable, DeValue};
use unicode_normalization::UnicodeNormalization;

/// Feeds a table to a hash.
pub(super) fn hash_table(table: &DeTable<'_>, hash: &mut Sha256) {
    let mut keys: Vec<_> = table.iter().map(|(key, value)| (key.get_ref().as_ref(), value)).collect();
    keys.sort_by_key(|(key, _)| *key);
    hash.update(b"{");
    for (key, value) in keys {
        hash_text(key, hash);
        hash.update(b"=");
        hash_value(value.get_ref(), hash);
    }
    hash.update(b"}");
}

fn hash_value(value: &DeValue<'_>, hash: &mut Sha256) {
    match value {
        DeValue::String(text) => hash_text(text, hash),
        DeValue::Integer(number) => {
            match i128::from_str_radix(&number.as_str().replace('_', ""), number.radix()) {
                Ok(number) => hash.update(format!("i{number};")),
                Err(_) => hash.update(format!("i{};", number.as_str())),
            }
        }
        DeValue::Float(number) => hash.update(format!("f{};", number.as_str())),
        DeValue::Boolean(flag) => hash.update(format!("b{flag};")),
        DeValue::Datetime(date) => hash.update(format!("d{date};")),
        DeValue::Array(items) => {
            hash.update(b"[");
            items.iter().for_each(|item| hash_value(item.get_ref(), hash));
            hash.update(b"]");
        }
        DeValue::Table(table) => hash_table(table, hash),
    }
}

/// Length first, so that no two texts can run into each other.
fn hash_text(text: &str, hash: &mut Sha256) {
    if text.is_ascii() {
        hash.update(format!("s{}:", text.len()));
        hash.update(text);
    } else {
        let text: String = text.replace("\r\n", "\n").nfc().collect();
        hash.update(format!("s{}:", text.len()));
        hash.update(text);
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        text.extend(
            [byte >> 4, byte & 15].into_iter().filter_map(|digit| char::from_digit(u32::from(digit), 16)),
        );
        text
    })
}
