//! Văn bản trong phần tử XML: the texts of an XML document around claim files, escaped or in CDATA.

use std::io::{self, BufRead};

use super::texts::{Letters, Script};

/// The element in which a claim file keeps its parts: what holds one is a claim file itself.
const OWN_PART: &[u8] = b"NOIDUNGFILE";

/// Bytes of a tag or of a reference that are looked at.
const LONGEST: usize = 128;

/// Texts of elements; no tree is built, however deep the document nests.
#[derive(Debug, Default)]
pub(super) struct XmlTexts {
    cdata: bool,
    /// The tag before the text.
    tag: Vec<u8>,
    in_tag: bool,
}

impl Script for XmlTexts {
    fn open<R: BufRead>(&mut self, letters: &mut Letters<R>) -> io::Result<bool> {
        self.cdata = false;
        loop {
            let Some(byte) = letters.peek()? else { return Ok(false) };
            if !self.in_tag && byte != b'<' {
                return Ok(true);
            }
            letters.next()?;
            match byte {
                b'<' => {
                    self.in_tag = true;
                    self.tag.clear();
                }
                b'>' => {
                    self.in_tag = false;
                    if self.tag.windows(OWN_PART.len()).any(|name| name.eq_ignore_ascii_case(OWN_PART)) {
                        return Ok(false);
                    }
                }
                _ if self.tag.len() < LONGEST => {
                    self.tag.push(byte);
                    if self.tag == b"![CDATA[" {
                        (self.in_tag, self.cdata) = (false, true);
                        return Ok(true);
                    }
                }
                _ => {}
            }
        }
    }

    fn letter<R: BufRead>(&mut self, letters: &mut Letters<R>, into: &mut Vec<u8>) -> io::Result<bool> {
        if self.cdata {
            return in_cdata(letters, into);
        }
        match letters.peek()? {
            None | Some(b'<') => return Ok(false),
            Some(byte) => {
                letters.next()?;
                into.push(byte);
                if byte == b'&' {
                    reference(letters, into)?;
                }
            }
        }
        Ok(true)
    }
}

/// Một văn bản viết thoát toàn bộ: a document whose very markup is written in references, as a wrapper leaves it that escaped twice.
#[derive(Debug, Default)]
pub(super) struct EscapedText {
    opened: bool,
}

impl Script for EscapedText {
    fn open<R: BufRead>(&mut self, _: &mut Letters<R>) -> io::Result<bool> {
        Ok(!std::mem::replace(&mut self.opened, true))
    }

    fn letter<R: BufRead>(&mut self, letters: &mut Letters<R>, into: &mut Vec<u8>) -> io::Result<bool> {
        let Some(byte) = letters.next()? else { return Ok(false) };
        into.push(byte);
        if byte == b'&' {
            reference(letters, into)?;
        }
        Ok(true)
    }
}

/// The next letter of a CDATA section; false behind its end.
fn in_cdata<R: BufRead>(letters: &mut Letters<R>, into: &mut Vec<u8>) -> io::Result<bool> {
    let Some(byte) = letters.next()? else { return Ok(false) };
    if byte != b']' {
        into.push(byte);
        return Ok(true);
    }
    let mut brackets = 1;
    while letters.peek()? == Some(b']') {
        letters.next()?;
        brackets += 1;
    }
    let ends = brackets >= 2 && letters.peek()? == Some(b'>');
    if ends {
        letters.next()?;
        brackets -= 2;
    }
    into.extend(std::iter::repeat_n(b']', brackets));
    Ok(!ends)
}

/// A text with the references of one escaping undone.
///
/// # Errors
/// None but those of reading from memory.
pub fn unescaped(text: &[u8]) -> io::Result<Vec<u8>> {
    let (mut letters, mut out) = (Letters::of(text), Vec::with_capacity(text.len()));
    let mut script = EscapedText::default();
    while script.letter(&mut letters, &mut out)? {}
    Ok(out)
}

/// Takes the place of the `&` that was just added; what is no reference stays as it stands.
fn reference<R: BufRead>(letters: &mut Letters<R>, into: &mut Vec<u8>) -> io::Result<()> {
    let start = into.len() - 1;
    while let Some(byte) = letters.peek()?.filter(|byte| byte.is_ascii_alphanumeric() || *byte == b'#') {
        if into.len() - start > 10 {
            return Ok(());
        }
        letters.next()?;
        into.push(byte);
    }
    if letters.peek()? != Some(b';') {
        return Ok(());
    }
    let letter = match &into[start + 1..] {
        b"lt" => '<',
        b"gt" => '>',
        b"amp" => '&',
        b"quot" => '"',
        b"apos" => '\'',
        [b'#', digits @ ..] => match numbered(digits) {
            Some(letter) => letter,
            None => return Ok(()),
        },
        _ => return Ok(()),
    };
    letters.next()?;
    into.truncate(start);
    into.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    Ok(())
}

fn numbered(digits: &[u8]) -> Option<char> {
    let text = std::str::from_utf8(digits).ok()?;
    let number = match text.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => text.parse(),
    };
    char::from_u32(number.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_reference_stays_as_it_stands() {
        for (text, read) in [
            ("&lt;A b=&quot;1&quot; c=&apos;2&apos;&gt; &amp;amp;", "<A b=\"1\" c='2'> &amp;"),
            ("&#65;&#x42;", "AB"),
            // Half a letter, a name of nothing, an endless name, no end.
            ("&#xD800;", "&#xD800;"),
            ("&nothing;", "&nothing;"),
            ("&aname0of0many0letters;", "&aname0of0many0letters;"),
            ("A & B &lt", "A & B &lt"),
        ] {
            let found = unescaped(text.as_bytes()).expect("read from memory");
            assert_eq!(String::from_utf8_lossy(&found), read, "{text}");
        }
    }
}
