//! Chuỗi JSON: the strings of a JSON document, keys and values alike, escapes undone.

use std::io::{self, BufRead};

use super::texts::{Letters, Script};

/// Strings of JSON; no tree is built, however deep the document nests.
pub(super) struct JsonStrings;

impl Script for JsonStrings {
    fn open<R: BufRead>(&mut self, letters: &mut Letters<R>) -> io::Result<bool> {
        while let Some(byte) = letters.next()? {
            if byte == b'"' {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn letter<R: BufRead>(&mut self, letters: &mut Letters<R>, into: &mut Vec<u8>) -> io::Result<bool> {
        match letters.next()? {
            None | Some(b'"') => return Ok(false),
            Some(b'\\') => return escaped(letters, into),
            // A letter of several bytes is handed on as it stands.
            Some(byte) => into.push(byte),
        }
        Ok(true)
    }
}

fn escaped<R: BufRead>(letters: &mut Letters<R>, into: &mut Vec<u8>) -> io::Result<bool> {
    match letters.next()? {
        None => return Ok(false),
        Some(b'n') => into.push(b'\n'),
        Some(b'r') => into.push(b'\r'),
        Some(b't') => into.push(b'\t'),
        Some(b'b' | b'f') => into.push(b' '),
        Some(b'u') => {
            let letter = code_point(letters)?;
            into.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
        }
        Some(other) => into.push(other),
    }
    Ok(true)
}

/// The letter of `\u` and four digits, or of two such halves.
fn code_point<R: BufRead>(letters: &mut Letters<R>) -> io::Result<char> {
    let mut units = vec![unit(letters)?];
    if (0xD800..0xDC00).contains(&units[0]) && letters.peek()? == Some(b'\\') {
        letters.next()?;
        if letters.peek()? == Some(b'u') {
            letters.next()?;
            units.push(unit(letters)?);
        }
    }
    let letter = char::decode_utf16(units).next().and_then(Result::ok);
    Ok(letter.unwrap_or(char::REPLACEMENT_CHARACTER))
}

fn unit<R: BufRead>(letters: &mut Letters<R>) -> io::Result<u16> {
    let mut unit = 0;
    for _ in 0..4 {
        let digit = letters.next()?.and_then(|byte| char::from(byte).to_digit(16)).unwrap_or(0);
        unit = unit << 4 | u16::try_from(digit).unwrap_or(0);
    }
    Ok(unit)
}
