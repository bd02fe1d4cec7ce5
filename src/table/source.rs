//! Nguồn: a file or stream of any known kind as one stream of records, with its heading read.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::PathBuf;

use super::csv::{Block, Blocks, HouseholdTracker, Row, Splitter};
use super::heading::{self, Field, Layout, Reading};
use super::output::CellKind;
use super::text::{self, Decoded, Encoding, LineFeeds};
use super::{Limits, Trouble};
use crate::terms::fold::tidy;
use crate::terms::problem::{Code, Problem};

/// Đầu vào.
pub enum Input<'i> {
    /// A file, whose first bytes tell what it is.
    File(PathBuf),
    /// A stream of text, with what it is called.
    Stream(Box<dyn Read + Send + 'i>, String),
}

impl Input<'_> {
    /// What messages call it.
    pub fn name(&self) -> String {
        match self {
            Input::File(path) => path.display().to_string(),
            Input::Stream(_, name) => name.clone(),
        }
    }
}

/// Cách đọc.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Separator, where it is not to be found out.
    pub separator: Option<u8>,
    /// Encoding, where it is not to be found out.
    pub encoding: Option<Encoding>,
    /// `cột=trường` pairs.
    pub map: Vec<String>,
    /// Names of the columns of a table without a heading.
    pub columns: Option<Vec<String>>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
}

/// Loại tệp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// CSV and its kin.
    Text,
    /// An Excel workbook.
    Workbook,
    /// A Parquet file.
    Parquet,
}

impl Kind {
    /// How its records are told apart.
    fn splitter(self, separator: u8) -> Splitter {
        let is_text = self == Kind::Text;
        let limits = if is_text { Limits::TEXT } else { Limits::CELLS };
        Splitter { separator, limits, counts_lines: is_text }
    }
}

/// Một bảng đang mở: heading read, rows to come.
pub struct Table<'i> {
    blocks: Blocks<'i>,
    layout: Layout,
    kind: Kind,
    household: Option<usize>,
    notices: Vec<Problem>,
    size: Option<u64>,
}

/// A source unrolled to text.
pub(super) struct Unrolled<'i> {
    pub(super) reader: Box<dyn Read + Send + 'i>,
    pub(super) notices: Vec<Problem>,
    pub(super) epoch: Option<heading::Epoch>,
    pub(super) merged: Vec<Merged>,
    /// What the columns hold, where the source says so.
    pub(super) kinds: Option<Vec<CellKind>>,
}

/// Vùng ô gộp: rows and columns from and to, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merged {
    from: (u32, u32),
    to: (u32, u32),
}

impl Merged {
    /// Reads `A2:C5`.
    pub(super) fn parse(text: &str) -> Option<Merged> {
        let (from, to) = text.split_once(':')?;
        Some(Merged { from: cell_at(from)?, to: cell_at(to)? })
    }

    /// `A2:C5`.
    pub(super) fn name(self) -> String {
        let cell = |(row, column): (u32, u32)| {
            let mut letters = String::new();
            let mut rest = column;
            while rest > 0 {
                letters.insert(0, char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
                rest = (rest - 1) / 26;
            }
            format!("{letters}{row}")
        };
        format!("{}:{}", cell(self.from), cell(self.to))
    }

    /// Whether it hides cells of these columns below a heading that ends with this row. Cells merged along a row hide
    /// nothing that the row could say.
    fn hides(self, heading: u64, columns: &[usize]) -> bool {
        let rows = u64::from(self.to.0) > heading && self.to.0 > self.from.0;
        rows && columns
            .iter()
            .any(|column| (self.from.1 as usize..=self.to.1 as usize).contains(&(column + 1)))
    }

    /// The last row of a heading that cells merged downwards make a little longer.
    fn heading_end(self, heading: u64) -> u64 {
        const MOST_ROWS_MORE: u64 = 3;
        let (from, to) = (u64::from(self.from.0), u64::from(self.to.0));
        if from <= heading && (heading..=heading + MOST_ROWS_MORE).contains(&to) { to } else { heading }
    }
}

/// Row and column of `AB12`, counted from 1.
fn cell_at(name: &str) -> Option<(u32, u32)> {
    let name = name.replace('$', "");
    let digits = name.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let letter = letter.to_ascii_uppercase();
        letter
            .is_ascii_uppercase()
            .then(|| column * 26 + u32::from(letter - b'A') + 1)
            .filter(|column| *column <= 16_384)
    })?;
    Some((row.parse().ok()?, column))
}

/// Bytes in which a heading must begin.
const HEAD: usize = 256 * 1024;
/// Rows among which a heading is looked for.
const HEADING_ROWS: usize = 25;

impl<'i> Table<'i> {
    /// Opens a table and reads its heading.
    ///
    /// `household` is the field whose equal neighbours stay together in one block.
    ///
    /// # Errors
    /// [`Trouble`] for what cannot be read, and for a heading without the required columns.
    pub fn open(
        input: Input<'i>,
        fields: &'static [Field],
        household: Option<&str>,
        options: &ReadOptions,
    ) -> Result<Table<'i>, Trouble> {
        let name = input.name();
        let at_name = |trouble: Trouble| Trouble { problem: trouble.problem.at(&name), ..trouble };
        Table::open_at(input, fields, household, options).map_err(at_name)
    }

    fn open_at(
        input: Input<'i>,
        fields: &'static [Field],
        household: Option<&str>,
        options: &ReadOptions,
    ) -> Result<Table<'i>, Trouble> {
        let map = heading::read_map(&options.map, fields)?;
        let reading = |error: io::Error| Trouble::reading(&error);
        let (kind, size, unrolled) = match input {
            Input::File(path) => {
                let unusable =
                    |error: io::Error| Trouble::input(Problem::new(Code::UnreadableInput).because(&error));
                let mut file = File::open(&path).map_err(unusable)?;
                let about = file.metadata().map_err(unusable)?;
                let mut magic = Vec::new();
                (&mut file).take(8).read_to_end(&mut magic).map_err(unusable)?;
                let size = about.is_file().then_some(about.len());
                match magic.as_slice() {
                    [b'P', b'K', 3 | 5, 4 | 6, ..] => {
                        (Kind::Workbook, None, super::xlsx::unroll(&path, options)?)
                    }
                    #[cfg(feature = "parquet")]
                    [b'P', b'A', b'R', b'1', ..] => {
                        (Kind::Parquet, None, super::parquet_file::unroll(&path)?)
                    }
                    #[cfg(not(feature = "parquet"))]
                    [b'P', b'A', b'R', b'1', ..] => {
                        return Err(Trouble::input(
                            Problem::new(Code::FormatLeftOut).with("format", "Parquet"),
                        ));
                    }
                    // The container of old workbooks, and of new ones with a password.
                    [0xd0, 0xcf, 0x11, 0xe0, ..] => {
                        return Err(Trouble::input(Problem::new(Code::WorkbookDamaged)));
                    }
                    _ => (Kind::Text, size, plain(Cursor::new(magic).chain(file))),
                }
            }
            Input::Stream(stream, _) => (Kind::Text, None, plain(stream)),
        };
        let Unrolled { mut reader, mut notices, epoch, merged, kinds } = unrolled;
        if kind == Kind::Text {
            reader = as_utf8(reader, options.encoding, &mut notices).map_err(reading)?;
        }
        let mut head = Vec::new();
        (&mut reader).take(HEAD as u64).read_to_end(&mut head).map_err(reading)?;
        if kind == Kind::Workbook || kind == Kind::Parquet {
            if head.is_empty() {
                return Err(Trouble::input(Problem::new(Code::EmptyInput)));
            }
        } else if head.trim_ascii().is_empty() && options.columns.is_none() {
            return Err(Trouble::input(Problem::new(Code::EmptyInput)));
        } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PAR1") {
            let format = if head[1] == b'K' { "XLSX" } else { "Parquet" };
            return Err(Trouble::input(Problem::new(Code::NeedsFile).with("format", format)));
        }
        if memchr::memchr(b'\n', &head).is_none() && memchr::memchr(b'\r', &head).is_some() {
            head.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
            reader = Box::new(LineFeeds(reader));
        }
        let whole = head.len() < HEAD;
        let separator = if kind == Kind::Text { options.separator } else { Some(b',') };
        let found = match &options.columns {
            Some(columns) => without_heading(columns, separator, &head, fields, &map)?,
            None => find_heading(&head, whole, separator, kind, fields, &map)?,
        };
        let Heading { mut layout, mut offset, mut lines, by_other_name, skipped } = found;
        let splitter = kind.splitter(layout.separator);
        let end = merged.iter().map(|merged| merged.heading_end(lines)).max().unwrap_or(lines);
        while lines < end {
            match splitter.first_records(&head[offset..], whole, 1).first() {
                Some(record) => (offset, lines) = (offset + record.end, lines + record.lines),
                None => break,
            }
        }
        layout.epoch = epoch;
        layout.kinds = kinds;
        layout.pads_rows = kind == Kind::Workbook;
        let used: Vec<usize> = fields.iter().filter_map(|field| layout.column(field.name)).collect();
        if let Some(hiding) = merged.iter().find(|merged| merged.hides(lines, &used)) {
            return Err(Trouble::input(Problem::new(Code::MergedCells).with("cells", hiding.name())));
        }
        if kind == Kind::Text && layout.separator != b',' {
            let shown = if layout.separator == b'\t' {
                "tab".to_owned()
            } else {
                char::from(layout.separator).to_string()
            };
            notices.push(Problem::new(Code::SeparatorFound).with("read", shown));
        }
        if skipped > 0 {
            notices.push(Problem::new(Code::TitleLinesSkipped).with("count", skipped));
        }
        if by_other_name {
            notices.push(understood(&layout));
        }
        let household = household.and_then(|field| layout.column(field));
        let rest = head.split_off(offset);
        let blocks = Blocks::new(Box::new(Cursor::new(rest).chain(reader)), splitter, household, 1 + lines);
        Ok(Table { blocks, layout, kind, household, notices, size })
    }

    /// Columns and what they mean.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// What the user should know about how the table was read.
    pub fn notices(&self) -> &[Problem] {
        &self.notices
    }

    /// What kind of file it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Bytes of the file, where they are known and count the same as [`Block::position`].
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// Column whose equal neighbours are one household.
    pub fn household(&self) -> Option<usize> {
        self.household
    }

    /// Calls `each` for every row; [`Row::begins_household`] is set.
    ///
    /// # Errors
    /// What `each` returns, and [`Trouble`] for what cannot be read.
    pub fn for_each(&mut self, mut each: impl FnMut(&Row<'_>) -> Result<(), Trouble>) -> Result<(), Trouble> {
        let mut block = Block::default();
        let splitter = self.blocks.splitter();
        while self.blocks.next(&mut block)? {
            let mut tracker = HouseholdTracker::at_start_of(&block);
            splitter.walk(block.bytes(), block.first_line, |row| {
                let begins = match self.household {
                    Some(column) => tracker.next(&row.cell(column)) != super::csv::Begins::No,
                    None => true,
                };
                each(&row.placed(row.number, begins))
            })?;
        }
        Ok(())
    }

    /// The blocks, to be worked on by several threads.
    pub(super) fn into_parts(self) -> (Blocks<'i>, Layout) {
        (self.blocks, self.layout)
    }
}

fn plain<'i>(reader: impl Read + Send + 'i) -> Unrolled<'i> {
    Unrolled { reader: Box::new(reader), notices: Vec::new(), epoch: None, merged: Vec::new(), kinds: None }
}

/// The text as UTF-8 without mark; says which other encoding was found.
fn as_utf8<'i>(
    mut reader: Box<dyn Read + Send + 'i>,
    asked: Option<Encoding>,
    notices: &mut Vec<Problem>,
) -> io::Result<Box<dyn Read + Send + 'i>> {
    let mut head = Vec::new();
    (&mut reader).take(HEAD as u64).read_to_end(&mut head)?;
    let (found, mark) = Encoding::detect(&head);
    let mark = if asked.is_none_or(|asked| asked == found) { mark } else { 0 };
    let encoding = asked.unwrap_or(found);
    let whole = Cursor::new(head.split_off(mark)).chain(reader);
    if encoding != Encoding::Utf8 && asked.is_none() {
        notices.push(Problem::new(Code::EncodingFound).with("read", encoding.name()));
    }
    Ok(match Decoded::new(whole, encoding) {
        Ok(decoded) => Box::new(decoded),
        Err(whole) => Box::new(whole),
    })
}

/// A heading that was found.
struct Heading {
    layout: Layout,
    /// Bytes up to the end of the heading.
    offset: usize,
    /// Lines up to there.
    lines: u64,
    by_other_name: bool,
    skipped: u64,
}

fn without_heading(
    columns: &[String],
    separator: Option<u8>,
    head: &[u8],
    fields: &'static [Field],
    map: &[(String, &'static str)],
) -> Result<Heading, Trouble> {
    let names: Vec<String> = columns.iter().map(|name| tidy(name)).collect();
    heading::check_map(map, &names)?;
    let reading = heading::read(&names, fields, map)?;
    if !reading.missing.is_empty() {
        return Err(missing(&reading.missing));
    }
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let fits = |separator: &u8| memchr::memchr_iter(*separator, first).count() + 1 == names.len();
    let separator = separator.or_else(|| text::SEPARATORS.into_iter().find(fits)).unwrap_or(b',');
    let layout = Layout::new(names, separator, reading.columns);
    Ok(Heading { layout, offset: 0, lines: 0, by_other_name: false, skipped: 0 })
}

fn missing(fields: &[&str]) -> Trouble {
    Trouble::input(Problem::new(Code::MissingColumns).with("missing", fields.join(", ")))
}

/// Looks for the heading among the first rows, with every separator that may be meant.
fn find_heading(
    head: &[u8],
    whole: bool,
    separator: Option<u8>,
    kind: Kind,
    fields: &'static [Field],
    map: &[(String, &'static str)],
) -> Result<Heading, Trouble> {
    let candidates = separator.map_or(text::SEPARATORS.to_vec(), |separator| vec![separator]);
    let mut nearest: Option<(usize, Trouble)> = None;
    let mut best: Option<(usize, Heading)> = None;
    for separator in candidates {
        let splitter = kind.splitter(separator);
        for (index, record) in splitter.first_records(head, whole, HEADING_ROWS).into_iter().enumerate() {
            let cells: Vec<String> = record.cells.iter().map(|cell| tidy(cell)).collect();
            let understood = |reading: &Reading| reading.columns.len();
            match heading::read(&cells, fields, map) {
                Ok(reading) if reading.missing.is_empty() => {
                    if best.as_ref().is_none_or(|(known, _)| understood(&reading) > *known) {
                        let known = understood(&reading);
                        let mut layout = Layout::new(cells, separator, reading.columns);
                        layout.heading = record.bytes;
                        layout.has_heading = true;
                        let (offset, lines) = (record.end, record.lines);
                        let by_other_name = reading.by_other_name;
                        best = Some((
                            known,
                            Heading { layout, offset, lines, by_other_name, skipped: index as u64 },
                        ));
                    }
                    break;
                }
                Ok(reading) => {
                    if nearest.as_ref().is_none_or(|(known, _)| understood(&reading) > *known) {
                        nearest = Some((understood(&reading), missing(&reading.missing)));
                    }
                }
                Err(trouble) => nearest = Some((usize::MAX, trouble)),
            }
        }
    }
    match (best, nearest) {
        (Some((_, heading)), _) => {
            heading::check_map(map, &heading.layout.names)?;
            Ok(heading)
        }
        (None, Some((_, trouble))) => Err(trouble),
        (None, None) => {
            let required = fields.iter().filter(|field| field.required).map(|field| field.name);
            Err(missing(&required.collect::<Vec<_>>()))
        }
    }
}

/// Which columns were understood as what.
fn understood(layout: &Layout) -> Problem {
    let quoted = |column: usize| format!("\"{}\"", layout.names[column]);
    let (mut read, mut unused) = (Vec::new(), Vec::new());
    for column in 0..layout.width() {
        match layout.field_of(column) {
            Some(field) => read.push(format!("{} → {field}", quoted(column))),
            None if layout.names[column].is_empty() => {}
            None => unused.push(quoted(column)),
        }
    }
    Problem::new(Code::ColumnsUnderstood).with("read", read.join(", ")).with("unused", unused.join(", "))
}
