//! Vỏ bọc của tệp: gzip, base64 of the whole file, the portal's JSON or SOAP around it, taken off as a stream.
//!
//! A wrapper is told by its first bytes, never by the name of the file. Layers are counted, what a gzip layer gives is
//! bounded by what it took, and no JSON or XML tree is built, however deep the wrapper nests.

use std::io::{self, BufRead, BufReader, Read};

use super::archive::FIRST_BYTES;
use super::base64_text::{Base64, TELLING, looks_encoded};
use super::gzip::Gzip;
use super::json_text::JsonStrings;
use super::texts::{InnerFiles, Sought};
use super::xml_text::{EscapedText, XmlTexts};
use crate::audit::xml::encoding::{EncodingMark, Transcoder, mark};
use crate::audit::xml::metered::Stop;

/// Layers taken off at most.
const MOST_LAYERS: usize = 4;

/// Bytes in which a wrapper must show itself.
const HEAD: usize = 64 * 1024;

/// What stands around a claim file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrapper {
    Gzip,
    /// Base64 from this place on.
    Base64(usize),
    /// Claim files in strings of JSON.
    Json(Sought),
    /// Claim files in texts of XML.
    Xml(Sought),
    /// A claim file whose markup is escaped.
    Escaped,
}

/// Bóc vỏ: the claim file inside its wrappers, read as it comes; always as UTF-8.
///
/// # Errors
/// What reading the first bytes of a layer gives.
pub fn unwrapped<'i>(input: &'i mut dyn BufRead) -> io::Result<Box<dyn BufRead + 'i>> {
    let mut input: Box<dyn BufRead + 'i> = Box::new(input);
    for layer in 0..=MOST_LAYERS {
        input = as_utf8(input)?;
        let head = head(input.as_mut())?;
        let wrapper = wrapper(&head);
        if layer == MOST_LAYERS && wrapper.is_some() {
            return Err(io::Error::other(Stop::Wrapped));
        }
        let is_archive = head.starts_with(FIRST_BYTES);
        let whole: Box<dyn BufRead + 'i> = Box::new(io::Cursor::new(head).chain(input));
        input = match wrapper {
            // An archive is read where it lies, never from inside a wrapper.
            None if layer > 0 && is_archive => return Err(io::Error::other(Stop::Archive)),
            None => return Ok(whole),
            Some(wrapper) => taken_off(wrapper, whole)?,
        };
    }
    Ok(input)
}

fn taken_off<'i>(wrapper: Wrapper, mut whole: Box<dyn BufRead + 'i>) -> io::Result<Box<dyn BufRead + 'i>> {
    Ok(match wrapper {
        Wrapper::Gzip => Box::new(BufReader::with_capacity(HEAD, Gzip::new(whole))),
        Wrapper::Base64(skip) => {
            io::copy(&mut whole.as_mut().take(skip as u64), &mut io::sink())?;
            Box::new(Base64::new(whole))
        }
        Wrapper::Json(wanted) => Box::new(BufReader::new(InnerFiles::new(whole, JsonStrings, wanted))),
        Wrapper::Xml(wanted) => Box::new(BufReader::new(InnerFiles::new(whole, XmlTexts::default(), wanted))),
        Wrapper::Escaped => {
            Box::new(BufReader::new(InnerFiles::new(whole, EscapedText::default(), Sought::Markup)))
        }
    })
}

/// UTF-16 at any layer is handed on as UTF-8, so that its wrappers can be told.
fn as_utf8<'i>(mut input: Box<dyn BufRead + 'i>) -> io::Result<Box<dyn BufRead + 'i>> {
    let first = input.fill_buf()?;
    let kind = match first {
        // Without a mark: letters of JSON or base64, each beside a zero.
        [one @ 1..=0x7E, 0, 1..=0x7E, 0, ..] if *one != b'<' => EncodingMark::Utf16Le,
        [0, one @ 1..=0x7E, 0, 1..=0x7E, ..] if *one != b'<' => EncodingMark::Utf16Be,
        _ => mark(first),
    };
    Ok(match Transcoder::new(input, kind) {
        Ok(transcoder) => Box::new(transcoder),
        Err(input) => input,
    })
}

/// The first bytes of a stream, as many as a wrapper may need to show itself.
fn head(input: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    let first = input.fill_buf()?;
    // The usual file begins with markup and shows at once that it has no wrapper.
    let first = &first[..first.len().min(HEAD)];
    if first.len() >= TELLING && first.trim_ascii_start().starts_with(b"<") && wrapper(first).is_none() {
        return Ok(Vec::new());
    }
    let mut head = Vec::new();
    input.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

fn wrapper(head: &[u8]) -> Option<Wrapper> {
    if head.starts_with(b"\x1f\x8b") {
        return Some(Wrapper::Gzip);
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let start = head.len() - text.len();
    let found = |wanted: &Sought, any: fn(&[u8], Sought) -> bool| any(text, *wanted).then_some(*wanted);
    let either = [Sought::Markup, Sought::Encoded];
    match text.first()? {
        b'{' | b'[' | b'"' => either.iter().find_map(|wanted| found(wanted, in_json)).map(Wrapper::Json),
        b'<' => either.iter().find_map(|wanted| found(wanted, in_xml)).map(Wrapper::Xml),
        b'&' => {
            InnerFiles::new(text, EscapedText::default(), Sought::Markup).any().then_some(Wrapper::Escaped)
        }
        _ if text.starts_with(b"data:") => {
            let comma = text.iter().take(256).position(|byte| *byte == b',')?;
            Some(Wrapper::Base64(start + comma + 1))
        }
        _ => looks_encoded(text).then_some(Wrapper::Base64(start)),
    }
}

fn in_json(text: &[u8], wanted: Sought) -> bool {
    InnerFiles::new(text, JsonStrings, wanted).any()
}

fn in_xml(text: &[u8], wanted: Sought) -> bool {
    InnerFiles::new(text, XmlTexts::default(), wanted).any()
}

/// A part inside other wrappers, of which nothing but a bounded text is left.
///
/// # Errors
/// What taking a layer off gives, or a text beyond `limit`.
pub fn unwrap_part(bytes: &[u8], limit: usize) -> io::Result<Vec<u8>> {
    let mut input = bytes;
    let mut text = Vec::new();
    let mut reader = unwrapped(&mut input)?;
    reader.as_mut().take(limit as u64 + 1).read_to_end(&mut text)?;
    if text.len() > limit { Err(io::Error::other(Stop::File)) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<u8> {
        unwrap_part(bytes, 1 << 20).unwrap()
    }

    const FILE: &[u8] = b"<?xml version=\"1.0\"?><GIAMDINHHS><A>x</A></GIAMDINHHS>";
    const CODED: &str = "PD94bWwgdmVyc2lvbj0iMS4wIj8+PEdJQU1ESU5ISFM+PEE+eDwvQT48L0dJQU1ESU5ISFM+";

    /// Without the mark and the blanks that may stand before a file.
    fn trimmed(bytes: &[u8]) -> &[u8] {
        bytes.strip_prefix(b"\xEF\xBB\xBF".as_slice()).unwrap_or(bytes).trim_ascii()
    }

    #[test]
    fn wrappers_are_told_by_their_first_bytes() {
        let file = std::str::from_utf8(FILE).unwrap();
        let escaped = file.replace('<', "&lt;").replace('>', "&#x3E;").replace('"', "&quot;");
        for text in [
            CODED.to_owned(),
            format!("  \n{}", CODED.replace('+', "-").replace('/', "_")),
            format!("data:text/xml;base64,{CODED}"),
            format!("{{\"a\":1,\"fileHSBase64\": \"{}\"}}", CODED.replace('/', "\\/")),
            format!("{{\"a\":1,\"fileHSBase64\": \"{}\"}}", CODED.replace('+', "\\u002B")),
            format!("<s:Envelope><fileHSBase64>{CODED}</fileHSBase64></s:Envelope>"),
            format!("\"{CODED}\""),
            format!("{{\"ok\": true, \"noiDung\": \"{CODED}\"}}"),
            format!("<r><ketQua>200</ketQua><d:duLieu><![CDATA[{CODED}]]></d:duLieu></r>"),
            format!("<r><file name=\"a.xml\">\n {CODED}\n</file></r>"),
            format!("{{\"ma\":\"1\",\"xml\":{file:?}}}"),
            // A token of the portal beside the file.
            format!(
                "{{\"token\":\"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjEyMzQ1Njc4OTAifQ.eyJzdWIiOiIxIn0.abc\",\"d\":\"{CODED}\"}}"
            ),
            format!("{file:?}"),
            format!("[\"\\ufeff\\n{}\"]", file.replace('<', "\\u003c").replace('"', "\\\"")),
            format!("<s:Envelope><s:Body><xml>{escaped}</xml></s:Body></s:Envelope>"),
            format!("<s:Envelope><s:Body><xml> <![CDATA[{file}]]> </xml></s:Body></s:Envelope>"),
            format!("<a:b><c>{{\"noiDung\": \"{CODED}\"}}</c><d>{CODED}</d></a:b>"),
            // Escaped by each of two programs, or by one around a string of JSON.
            escaped.clone(),
            format!("<s:Body><xml>{}</xml></s:Body>", escaped.replace('&', "&amp;")),
            format!("<a><b>{}</b></a>", escaped.replace('&', "&#38;").replace('&', "&amp;")),
            format!("{{\"xml\": {escaped:?}}}"),
            format!("<s:Body><![CDATA[ {escaped} ]]></s:Body>"),
            // Every escape of JSON before and after the file.
            format!("{{\"xml\": \"\\t\\b\\f{}\\r\\n\"}}", file.replace('"', "\\\"")),
        ] {
            assert_eq!(trimmed(&read(text.as_bytes())), FILE, "{text}");
            for unit in [u16::to_le_bytes, u16::to_be_bytes] {
                let wide: Vec<u8> = text.encode_utf16().flat_map(unit).collect();
                assert_eq!(trimmed(&read(&wide)), FILE, "UTF-16: {text}");
            }
        }
        assert_eq!(read(FILE), FILE);
    }

    #[test]
    fn letters_beyond_16_bits_come_in_two_halves_and_half_a_letter_is_none() {
        let with = |letter: &str| format!("<GIAMDINHHS><A>{letter}</A></GIAMDINHHS>");
        for (written, letter) in [
            ("\\uD83D\\uDE00", "\u{1F600}"),
            ("\\ud83dx", "\u{FFFD}x"),
            ("\\ud83d\\nx", "\u{FFFD}nx"),
            ("\\u1EC7", "\u{1EC7}"),
        ] {
            let json = format!("{{\"xml\": \"{}\"}}", with(written));
            let found = read(json.as_bytes());
            assert_eq!(std::str::from_utf8(trimmed(&found)), Ok(with(letter).as_str()), "{json}");
        }
    }

    #[test]
    fn every_file_of_a_document_is_read() {
        let (file, padded) = (std::str::from_utf8(FILE).unwrap(), "PEhPU08+eHk8L0hPU08+PCEtLS0tPg==");
        let more = b"<HOSO>xy</HOSO><!---->";
        for (two, second) in [
            (format!("[{{\"fileHSBase64\":\"{CODED}\"}}, {{\"fileHSBase64\":\"{CODED}\"}}]"), FILE),
            (format!("[\"{padded}\", 1, \"no\", {{\"noiDung\":\"{padded}\"}}]"), more),
            (format!("[{file:?}, \"x\", {file:?}]"), FILE),
            (format!("<r><b:a>{CODED}</b:a><b:a>{CODED}</b:a></r>"), FILE),
            (format!("<r><a><![CDATA[{padded}]]></a><c/><a><![CDATA[{padded}]]></a></r>"), more),
            (format!("<r><a><![CDATA[{file}]]></a><a><![CDATA[{file}]]></a></r>"), FILE),
            (format!("{padded}\n{padded}"), more),
        ] {
            assert_eq!(read(two.as_bytes()), [second, second].concat(), "{two}");
        }
    }

    #[test]
    fn a_claim_files_own_parts_are_no_wrappers() {
        let file =
            format!("<GIAMDINHHS><LOAIHOSO>XML1</LOAIHOSO><NoiDungFile>{CODED}</NoiDungFile></GIAMDINHHS>");
        assert_eq!(read(file.as_bytes()), file.as_bytes());
        let escaped =
            "<GIAMDINHHS><LOAIHOSO>XML1</LOAIHOSO><NOIDUNGFILE>&lt;TONG_HOP/></NOIDUNGFILE></GIAMDINHHS>";
        assert_eq!(read(escaped.as_bytes()), escaped.as_bytes());
        let inline = "<TONG_HOP><MA_LK>PK2026080112345678901234567890</MA_LK></TONG_HOP>";
        assert_eq!(read(inline.as_bytes()), inline.as_bytes());
    }

    #[test]
    fn a_nest_of_wrappers_ends() {
        use base64::Engine;
        let mut text = FILE.to_vec();
        for layer in 1..=12 {
            text = base64::engine::general_purpose::STANDARD.encode(&text).into_bytes();
            assert_eq!(unwrap_part(&text, 1 << 20).is_ok(), layer <= MOST_LAYERS, "{layer}");
        }
    }
}
