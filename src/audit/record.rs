//! Bản ghi thô: what one item of a claim file says, field by field, before any standard is applied to it.

use std::ops::Range;

use super::figure::Figure;
use super::moment::{self, FileMoment};
use super::number_text::{self, NumberFault};
use super::tag::{FieldKind, FilePart, Tag};
use super::xml::field_order::FieldOrder;

/// Ô dữ liệu: one field in eight bytes, since a claim has thousands of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cell(i64);

impl Cell {
    const ABSENT: Cell = Cell(i64::MIN);
    const EMPTY: Cell = Cell(i64::MIN + 1);
    const UNREADABLE: Cell = Cell(i64::MIN + 2);

    fn of(value: i64) -> Cell {
        Cell(value.max(i64::MIN + 3))
    }

    const fn value(self) -> Option<i64> {
        if self.0 <= Cell::UNREADABLE.0 { None } else { Some(self.0) }
    }
}

/// Bản ghi: one item of XML1, XML2 or XML3.
#[derive(Debug, Clone)]
pub struct Record {
    /// The table.
    pub part: FilePart,
    /// Position among the items of its part, from 1.
    pub number: u32,
    cells: [Cell; Tag::COUNT],
}

/// Lỗi trình bày của một ô.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellFault {
    /// The table.
    pub part: FilePart,
    /// Item within it, from 1.
    pub number: u32,
    /// The field.
    pub tag: Tag,
    /// What is wrong.
    pub fault: NumberFault,
    /// The shape of what was read, without its content.
    pub shape: Shape,
}

/// Hình dạng: a text with digits as `9` and letters as `x`, so that it can be shown without telling anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape {
    bytes: [u8; Shape::LENGTH],
    length: u8,
}

impl Shape {
    const LENGTH: usize = 24;

    /// The shape of a text.
    pub fn of(text: &[u8]) -> Shape {
        let mut shape = Shape::default();
        for (place, byte) in shape.bytes.iter_mut().zip(text) {
            *place = match byte {
                b'0'..=b'9' => b'9',
                b'.' | b',' | b'-' | b'+' | b'%' | b' ' => *byte,
                _ => b'x',
            };
            shape.length += 1;
        }
        shape
    }

    /// The shape as a text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or("")
    }
}

/// Hồ sơ thô: the records of one claim, and the texts they point into. Reused from claim to claim.
#[derive(Debug, Default)]
pub struct RawClaim {
    /// The summary, once it was met.
    pub summary: Option<Record>,
    /// The lines, in the order of the file.
    pub lines: Vec<Record>,
    /// Lexical faults, in the order of the file.
    pub faults: Vec<CellFault>,
    /// Tables that came twice; true where both were the same and one was read.
    pub repeated: Vec<(FilePart, bool)>,
    /// MACSKCB of the envelope.
    pub sender: String,
    /// Names of drugs, services and supplies are wanted: only lists of prices ask for them.
    pub(super) names: bool,
    words: String,
    /// Items met so far, by part.
    counts: [u32; 3],
    /// Amounts other than zero, and those of them that look like thousands grouped by dots.
    amounts: u32,
    grouped: u32,
    /// What the fields of the items before were called, by part.
    pub(super) orders: [FieldOrder; 3],
}

/// A place to come back to.
#[derive(Debug, Clone)]
pub struct RecordMark {
    summary: bool,
    lines: usize,
    faults: usize,
    counts: [u32; 3],
    amounts: (u32, u32),
}

impl RawClaim {
    /// Forgets everything, keeps the memory.
    pub fn clear(&mut self) {
        self.summary = None;
        self.lines.clear();
        self.faults.clear();
        self.words.clear();
        self.counts = [0; 3];
        self.repeated.clear();
        (self.amounts, self.grouped) = (0, 0);
    }

    /// How many amounts look like thousands grouped by dots, when all do: `400.000` for four hundred thousand.
    pub fn grouped(&self) -> Option<u32> {
        (self.grouped > 0 && self.grouped == self.amounts).then_some(self.grouped)
    }

    /// True when no item was read.
    pub fn is_empty(&self) -> bool {
        self.summary.is_none() && self.lines.is_empty()
    }

    /// An empty record of a part, numbered after the ones already there.
    pub fn record(&mut self, part: FilePart) -> Record {
        let number = &mut self.counts[part as usize];
        *number += 1;
        Record { part, number: *number, cells: [Cell::ABSENT; Tag::COUNT] }
    }

    /// True when two runs of lines say the same, field by field.
    pub fn are_alike(&self, one: Range<usize>, other: Range<usize>) -> bool {
        let (Some(one), Some(other)) = (self.lines.get(one), self.lines.get(other)) else { return false };
        let same = |a: &Record, b: &Record, tag: Tag| match tag.kind() {
            FieldKind::Word => self.word(a, tag) == self.word(b, tag),
            _ => a.cells[tag as usize] == b.cells[tag as usize],
        };
        one.len() == other.len()
            && one.iter().zip(other).all(|(a, b)| Tag::ALL.iter().all(|tag| same(a, b, *tag)))
    }

    /// Forgets the lines from a place on, with their faults.
    pub fn drop_lines_from(&mut self, start: usize) {
        for line in self.lines.drain(start..) {
            self.counts[line.part as usize] -= 1;
            self.faults.retain(|fault| fault.part != line.part || fault.number != line.number);
        }
    }

    /// Where the claim stands, to come back to.
    pub fn mark(&self) -> RecordMark {
        RecordMark {
            summary: self.summary.is_some(),
            lines: self.lines.len(),
            faults: self.faults.len(),
            counts: self.counts,
            amounts: (self.amounts, self.grouped),
        }
    }

    /// Forgets what came after a mark.
    pub fn rewind(&mut self, mark: &RecordMark) {
        if !mark.summary {
            self.summary = None;
        }
        self.lines.truncate(mark.lines);
        self.faults.truncate(mark.faults);
        self.counts = mark.counts;
        (self.amounts, self.grouped) = mark.amounts;
    }

    /// Keeps the text of a field in a record.
    #[inline]
    pub fn keep(&mut self, record: &mut Record, tag: Tag, text: &str) {
        if tag.is_name() && !self.names {
            return;
        }
        let cell = &mut record.cells[tag as usize];
        // A standard asks for every field, used or not: many are empty.
        if text.is_empty() && *cell == Cell::ABSENT {
            *cell = Cell::EMPTY;
        } else {
            self.keep_text(record, tag, text);
        }
    }

    fn keep_text(&mut self, record: &mut Record, tag: Tag, text: &str) {
        let kind = tag.kind();
        let known = record.cells[tag as usize];
        let (read, mut fault) = read_cell(tag, kind, text, &mut self.words);
        let cell = &mut record.cells[tag as usize];
        if known == Cell::ABSENT {
            *cell = read;
        } else {
            // The first one stands; a second one that says the same is no news.
            fault = (read != known && kind != FieldKind::Word).then_some(NumberFault::Repeated);
        }
        if kind == FieldKind::Amount && cell.value().is_some_and(|value| value != 0) {
            self.amounts += 1;
            self.grouped += u32::from(
                fault == Some(NumberFault::Grouping) || number_text::looks_grouped(text.as_bytes()),
            );
        }
        if let Some(fault) = fault
            && self.faults.len() < MOST_FAULTS
        {
            let (part, number) = (record.part, record.number);
            self.faults.push(CellFault {
                part,
                number,
                tag,
                fault,
                shape: Shape::of(text.trim().as_bytes()),
            });
        }
    }

    /// The number in a field.
    pub fn number(&self, record: &Record, tag: Tag) -> Option<Figure> {
        debug_assert!(!matches!(tag.kind(), FieldKind::Word | FieldKind::Moment), "{tag} holds no number");
        record.cells[tag as usize].value().map(|millionths| Figure::from_millionths(i128::from(millionths)))
    }

    /// The moment in a field.
    #[inline]
    pub fn moment(&self, record: &Record, tag: Tag) -> Option<FileMoment> {
        debug_assert!(tag.kind() == FieldKind::Moment, "{tag} holds no moment");
        record.cells[tag as usize].value().and_then(FileMoment::unpacked)
    }

    /// The text in a field; empty when it is absent.
    #[inline]
    pub fn word(&self, record: &Record, tag: Tag) -> &str {
        debug_assert!(tag.kind() == FieldKind::Word, "{tag} holds no text");
        let Some(packed) = record.cells[tag as usize].value() else { return "" };
        let (start, length) = (packed >> LENGTH_BITS, packed & ((1 << LENGTH_BITS) - 1));
        let range = usize::try_from(start).ok().zip(usize::try_from(start + length).ok());
        range.and_then(|(start, end)| self.words.get(start..end)).unwrap_or("")
    }
}

impl Record {
    /// True when the field was met, empty or not.
    pub fn has(&self, tag: Tag) -> bool {
        self.cells[tag as usize] != Cell::ABSENT
    }

    /// True when the field is absent or empty.
    pub fn is_blank(&self, tag: Tag) -> bool {
        matches!(self.cells[tag as usize], Cell::ABSENT | Cell::EMPTY)
    }

    /// True when something stands in the field that could not be read.
    pub fn is_unreadable(&self, tag: Tag) -> bool {
        self.cells[tag as usize] == Cell::UNREADABLE
    }
}

/// Bits that hold the length of a word.
const LENGTH_BITS: i64 = 16;

/// Bytes kept of a text: codes are short, and only the lists of cards and their days are longer.
const fn longest(tag: Tag) -> usize {
    match tag {
        Tag::MaThe | Tag::MaTheBhyt | Tag::MaDkbd | Tag::GtTheTu | Tag::GtTheDen => 1_000,
        Tag::TenThuoc | Tag::TenDichVu | Tag::TenVatTu => 1_000,
        _ => 64,
    }
}

/// Faults kept of one claim; more of them say nothing new.
const MOST_FAULTS: usize = 10_000;

#[inline]
fn read_cell(tag: Tag, kind: FieldKind, text: &str, words: &mut String) -> (Cell, Option<NumberFault>) {
    match kind {
        FieldKind::Word => (keep_word(trimmed(text), longest(tag), words), None),
        FieldKind::Moment => match moment::read(text.as_bytes()) {
            Ok((moment, fault)) => {
                let day_only = fault.is_none() && moment.minute().is_none() && !tag.may_be_a_day();
                (Cell::of(moment.packed()), fault.or(day_only.then_some(NumberFault::DayOnly)))
            }
            Err(NumberFault::Missing) => (Cell::EMPTY, None),
            Err(fault) => (Cell::UNREADABLE, Some(fault)),
        },
        FieldKind::Measure | FieldKind::Amount | FieldKind::Whole | FieldKind::Share => {
            if let Some(millionths) = number_text::plain(text.as_bytes(), kind.decimals()) {
                return (Cell::of(millionths), None);
            }
            match number_text::read(text.as_bytes()) {
                Ok((figure, fault)) => {
                    let many =
                        (!figure.fits_decimals(kind.decimals())).then_some(NumberFault::TooManyDecimals);
                    match i64::try_from(figure.millionths()) {
                        Ok(millionths) => (Cell::of(millionths), fault.or(many)),
                        Err(_) => (Cell::UNREADABLE, Some(NumberFault::TooLarge)),
                    }
                }
                Err(NumberFault::Missing) => (Cell::EMPTY, None),
                Err(fault) => (Cell::UNREADABLE, Some(fault)),
            }
        }
    }
}

/// A text without blanks around it; nearly all have none.
#[inline]
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

fn keep_word(text: &str, longest: usize, words: &mut String) -> Cell {
    if text.is_empty() {
        return Cell::EMPTY;
    }
    let mut end = text.len().min(longest);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let start = words.len();
    words.push_str(&text[..end]);
    match (i64::try_from(start), i64::try_from(end)) {
        (Ok(start), Ok(length)) => Cell::of((start << LENGTH_BITS) | length),
        _ => Cell::UNREADABLE,
    }
}
