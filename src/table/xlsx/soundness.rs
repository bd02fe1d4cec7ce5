//! Trang tính có lành lặn không: whether every row of a sheet stands where a reader looks for rows.
//!
//! Readers of workbooks go on after damage as if rows were missing, not as if the file were broken: rows behind an early end of
//! the data, inside a comment, or swallowed by a tag whose quotation marks were lost. Such a sheet is refused.

use super::tags::attribute;

/// Hỏng ở đâu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Damage {
    /// A row behind the end of the data.
    RowOutside,
    /// A row inside a comment.
    RowInComment,
    /// A tag inside a tag.
    TagInTag,
    /// The text of a cell that does not end before the next tag, or ends without a beginning.
    TextUnclosed,
}

impl Damage {
    pub(super) const fn detail(self) -> &'static str {
        match self {
            Damage::RowOutside => "<row> outside <sheetData>",
            Damage::RowInComment => "<row> inside <!-- -->",
            Damage::TagInTag => "< inside a tag",
            Damage::TextUnclosed => "<t>, <v> or <f> without its end",
        }
    }
}

/// Where in the text of a sheet the scan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum At {
    #[default]
    Text,
    Tag,
    Comment,
}

/// Bộ dò: looks at the text of a sheet as it streams by.
#[derive(Debug, Default)]
pub(super) struct Soundness {
    at: At,
    in_data: bool,
    /// The quotation mark that is open inside the tag.
    quote: Option<u8>,
    /// The last byte before the end of the tag.
    last: u8,
    /// The name of the open tag, as far as it matters, or the end of a comment.
    name: Vec<u8>,
    /// The element of text alone in which the scan stands: `t`, `v` or `f`.
    leaf: Option<u8>,
    /// The hidden row in which the scan stands.
    hidden_row: Option<u32>,
    /// Hidden rows that hold something, counted from 1.
    pub(super) hidden: Vec<u32>,
    /// The first damage.
    pub(super) damage: Option<Damage>,
}

/// Longest tag that matters: a row with its attributes.
const LONGEST: usize = 256;
/// Most hidden rows that are remembered.
const MOST_HIDDEN: usize = 1_048_576;

impl Soundness {
    pub(super) fn scan(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while !rest.is_empty() && self.damage.is_none() {
            rest = match self.at {
                At::Text => self.text(rest),
                At::Tag => self.tag(rest),
                At::Comment => self.comment(rest),
            };
        }
    }

    /// Goes on to the next tag.
    fn text<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        match memchr::memchr(b'<', bytes) {
            Some(found) => {
                self.at = At::Tag;
                self.quote = None;
                self.name.clear();
                &bytes[found + 1..]
            }
            None => &[],
        }
    }

    /// Goes on to the end of the tag; a mark inside quotation marks ends nothing.
    fn tag<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        for (index, byte) in bytes.iter().copied().enumerate() {
            if self.name.len() < LONGEST {
                self.name.push(byte);
            }
            self.last = if byte == b'>' { self.last } else { byte };
            match (byte, self.quote) {
                (b'<', _) => {
                    self.damage = Some(Damage::TagInTag);
                    return &[];
                }
                (b'>', None) => {
                    self.closed();
                    self.at = At::Text;
                    return &bytes[index + 1..];
                }
                (b'"' | b'\'', None) => self.quote = Some(byte),
                (_, Some(quote)) if byte == quote => self.quote = None,
                (b'-', None) if self.name == b"!--" => {
                    self.at = At::Comment;
                    self.name.clear();
                    return &bytes[index + 1..];
                }
                _ => {}
            }
        }
        &[]
    }

    /// A tag is complete.
    fn closed(&mut self) {
        let (closing, empty) = (self.name.first() == Some(&b'/'), self.last == b'/');
        let name = self.name.strip_prefix(b"/").unwrap_or(&self.name);
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        let name = name.split(ends).next().unwrap_or_default();
        let local = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
        // A text that goes on swallows the cells and rows behind it.
        let leaf = if let [letter @ (b't' | b'v' | b'f')] = *local { Some(letter) } else { None };
        if self.leaf.is_some() || (closing && leaf.is_some()) {
            if !closing || leaf != self.leaf {
                self.damage = Some(Damage::TextUnclosed);
            }
            self.leaf = None;
            return;
        }
        self.leaf = leaf.filter(|_| !empty);
        match local {
            b"sheetData" => self.in_data = !closing && !empty,
            b"row" if !self.in_data => self.damage = Some(Damage::RowOutside),
            b"row" => self.hidden_row = if closing || empty { None } else { hidden_row(&self.name) },
            b"v" | b"is" if self.hidden.len() < MOST_HIDDEN => self.hidden.extend(self.hidden_row.take()),
            _ => {}
        }
    }

    /// Goes on to the end of the comment; rows in it were meant to be hidden from readers or were hidden by damage.
    fn comment<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let end = memchr::memchr(b'>', bytes);
        let part = &bytes[..end.map_or(bytes.len(), |end| end + 1)];
        self.name.extend_from_slice(part);
        if memchr::memmem::find(&self.name, b"<row").is_some() {
            self.damage = Some(Damage::RowInComment);
        } else if self.name.ends_with(b"-->") {
            self.at = At::Text;
        }
        let keep = self.name.len().saturating_sub(LONGEST);
        self.name.drain(..keep);
        &bytes[part.len()..]
    }
}

/// The number of a row that is hidden, of its tag.
fn hidden_row(tag: &[u8]) -> Option<u32> {
    let tag = std::str::from_utf8(tag).ok()?;
    let is_hidden = matches!(attribute(tag, "hidden", false), Some("1" | "true"));
    attribute(tag, "r", false).filter(|_| is_hidden)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn damage(text: &str) -> Option<Damage> {
        let sizes = [1, 2, 3, 7, 64, 4096];
        let found = sizes.map(|size| {
            let mut scan = Soundness::default();
            text.as_bytes().chunks(size).for_each(|piece| scan.scan(piece));
            scan.damage
        });
        assert!(found.iter().all(|one| *one == found[0]), "{text}: {found:?}");
        found[0]
    }

    #[test]
    fn sound_sheets_pass_however_they_are_cut() {
        for text in [
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>",
            "<x:worksheet><x:sheetData><x:row r='1'/></x:sheetData><x:rowBreaks count='1'/></x:worksheet>",
            "<!-- made by a program --><worksheet><sheetData/><!-- the end --></worksheet>",
            "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>a &gt; b</t></is></c></row></sheetData></worksheet>",
        ] {
            assert_eq!(damage(text), None, "{text}");
        }
    }

    #[test]
    fn hidden_rows_that_hold_something_are_counted_however_the_text_is_cut() {
        let text = "<sheetData><row r=\"1\" spans=\"1:6\" ht=\"30.5\" hidden=\"1\" customHeight=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row>\
                    <row r=\"2\" hidden=\"1\"><c r=\"A2\" s=\"3\"/></row><row r='3' hidden='true'><c r='A3' t='inlineStr'><is><t>x</t></is></c></row>\
                    <row r=\"4\" hidden=\"0\"><c r=\"A4\"><v>1</v></c></row><row r=\"5\" hidden=\"1\"/><row r=\"6\"><c><v>1</v></c></row></sheetData>";
        for size in [1, 7, 64, 4096] {
            let mut scan = Soundness::default();
            text.as_bytes().chunks(size).for_each(|piece| scan.scan(piece));
            assert_eq!((scan.damage, &scan.hidden[..]), (None, &[1, 3][..]), "{size}");
        }
    }

    #[test]
    fn rows_that_readers_would_miss_are_seen() {
        for (text, found) in [
            ("<sheetData><row/></sheetData><row r=\"2\"/>", Damage::RowOutside),
            ("<sheetData/><row r=\"2\"/>", Damage::RowOutside),
            ("<sheetData><row/></sheetData><x:row/>", Damage::RowOutside),
            ("<sheetData><row/><!-- <row r=\"2\"/> --></sheetData>", Damage::RowInComment),
            ("<sheetData><row r=\"1><c/></row><row r=\"2\"/></sheetData>", Damage::TagInTag),
        ] {
            assert_eq!(damage(text), Some(found), "{text}");
        }
    }
}
