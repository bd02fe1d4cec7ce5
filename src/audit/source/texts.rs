//! Tệp nằm trong chuỗi của JSON hay trong phần tử của XML: the texts of a document that hold claim files, one after the
//! other, escapes undone as they come.

use std::io::{self, BufRead, BufReader, Bytes, Read};

use super::base64_text::{is_encoded, looks_encoded};

/// Letters of a text by which a claim file is told.
const LOOK: usize = 512;

/// Bytes handed on at a time.
const BLOCK: usize = 8 * 1024;

/// What the wanted texts of a document are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sought {
    /// The markup of claim files.
    Markup,
    /// Base64 of them.
    Encoded,
}

impl Sought {
    fn fits(self, first: &[u8]) -> bool {
        match self {
            Sought::Markup => is_claim_file(first),
            // A token of letters and dots begins alike, and is no file.
            Sought::Encoded => looks_encoded(first) && is_encoded(first),
        }
    }
}

/// Markup, plain or escaped once more, whose first letters name a claim file, or an envelope around one.
fn is_claim_file(first: &[u8]) -> bool {
    const MARKS: [&[u8]; 4] = [b"GIAMDINHHS", b"HOSO", b"TONG_HOP", b"ENVELOPE"];
    let first = first.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(first).trim_ascii_start();
    let upper = first.to_ascii_uppercase();
    is_markup(&upper) && MARKS.iter().any(|mark| memchr::memmem::find(&upper, mark).is_some())
}

/// `<`, as it stands or escaped, however often.
fn is_markup(upper: &[u8]) -> bool {
    let Some(mut rest) = upper.strip_prefix(b"&") else { return upper.starts_with(b"<") };
    let again = |rest: &[u8]| {
        [&b"AMP;"[..], b"#38;", b"#X26;"].iter().find_map(|mark| rest.strip_prefix(*mark).map(<[u8]>::len))
    };
    while let Some(left) = again(rest) {
        rest = &rest[rest.len() - left..];
    }
    [&b"LT;"[..], b"#60;", b"#X3C;"].iter().any(|mark| rest.starts_with(mark))
}

/// The bytes of a document, one of which can be looked at before it is taken.
pub(super) struct Letters<R> {
    bytes: Bytes<BufReader<R>>,
    ahead: Option<u8>,
}

impl<R: BufRead> Letters<R> {
    pub(super) fn of(document: R) -> Letters<R> {
        Letters { bytes: BufReader::new(document).bytes(), ahead: None }
    }

    #[inline]
    pub(super) fn next(&mut self) -> io::Result<Option<u8>> {
        match self.ahead.take() {
            Some(byte) => Ok(Some(byte)),
            None => self.bytes.next().transpose(),
        }
    }

    #[inline]
    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        if self.ahead.is_none() {
            self.ahead = self.bytes.next().transpose()?;
        }
        Ok(self.ahead)
    }
}

/// How a kind of document writes its texts.
pub(super) trait Script {
    /// Goes on to the beginning of the next text; false at the end.
    fn open<R: BufRead>(&mut self, letters: &mut Letters<R>) -> io::Result<bool>;

    /// Adds the next letter of the open text; false when it has ended.
    fn letter<R: BufRead>(&mut self, letters: &mut Letters<R>, into: &mut Vec<u8>) -> io::Result<bool>;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Between,
    Inside,
    Done,
}

/// The wanted texts of a document, read as one stream.
pub(super) struct InnerFiles<R, S> {
    letters: Letters<R>,
    script: S,
    wanted: Sought,
    state: State,
    found: bool,
    ready: Vec<u8>,
    given: usize,
}

impl<R: BufRead, S: Script> InnerFiles<R, S> {
    pub(super) fn new(document: R, script: S, wanted: Sought) -> InnerFiles<R, S> {
        InnerFiles {
            letters: Letters::of(document),
            script,
            wanted,
            state: State::Between,
            found: false,
            ready: Vec::new(),
            given: 0,
        }
    }

    /// True when there is such a text.
    pub(super) fn any(mut self) -> bool {
        matches!(self.read(&mut [0; 4]), Ok(1..))
    }

    /// Adds letters up to a number; false when the text has ended.
    fn fill(&mut self, most: usize) -> io::Result<bool> {
        while self.ready.len() < most {
            if !self.script.letter(&mut self.letters, &mut self.ready)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Looks at the next text, and skips it when it is none of the wanted ones.
    fn next_text(&mut self) -> io::Result<()> {
        if !self.script.open(&mut self.letters)? {
            self.state = State::Done;
            return Ok(());
        }
        let mut goes_on = self.fill(LOOK)?;
        if self.wanted.fits(&self.ready) {
            if self.found && self.wanted == Sought::Encoded {
                // Padding between two texts, so that no group of four runs over from one to the other.
                self.ready.insert(0, b'=');
            }
            self.found = true;
            self.state = if goes_on { State::Inside } else { State::Between };
            return Ok(());
        }
        while goes_on {
            self.ready.clear();
            goes_on = self.fill(LOOK)?;
        }
        self.ready.clear();
        Ok(())
    }
}

impl<R: BufRead, S: Script> Read for InnerFiles<R, S> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            self.ready.clear();
            self.given = 0;
            match self.state {
                State::Done => return Ok(0),
                State::Between => self.next_text()?,
                State::Inside => {
                    if !self.fill(BLOCK)? {
                        self.state = State::Between;
                    }
                }
            }
        }
        let rest = &self.ready[self.given..];
        let amount = rest.len().min(into.len());
        into[..amount].copy_from_slice(&rest[..amount]);
        self.given += amount;
        Ok(amount)
    }
}
