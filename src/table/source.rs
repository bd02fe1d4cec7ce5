//! Nguồn: a file or stream of any known kind as one stream of records, with its heading read.

mod all_sheets;

use std::fs::File;
use std::io::{self, Cursor, Read as _};

use super::Trouble;
use super::csv::{Blocks, HouseholdTracker, RowBlock, TableRow};
use super::heading::{self, HouseholdBy, Layout, Schema};
use super::heading_search::{Heading, Search, understood};
use super::input::Unrolled;
pub use super::input::{Input, ReadOptions, TableKind};
use super::merged::{FillDown, MergedCells};
use super::text::{Decoded, Encoding, LineFeeds};
use crate::terms::problem::{Code, Problem};

/// Một bảng đang mở: heading read, rows to come.
pub struct OpenTable<'i> {
    blocks: Blocks<'i>,
    layout: Layout,
    kind: TableKind,
    household: Option<usize>,
    notices: Vec<Problem>,
    size: Option<u64>,
}

/// A table, or what is to be filled before it can be one.
enum Read<'i> {
    OpenTable(Box<OpenTable<'i>>),
    ToFill(FillDown),
}

/// Bytes in which a heading must begin.
const HEAD: usize = 256 * 1024;
/// Bytes of a file up to which a list is read row after row.
pub(super) const IN_ORDER: u64 = 4 * 1024 * 1024;

impl Layout {
    /// Danh sách quá dài: what is not looked for in a list whose rows are not read one after another.
    pub(super) fn too_long_to_compare() -> Problem {
        Problem::new(Code::ListNotCompared).with("file", IN_ORDER >> 20).with("stream", HEAD >> 10)
    }
}

impl<'i> OpenTable<'i> {
    /// Opens a table and reads its heading.
    ///
    /// # Errors
    /// [`Trouble`] for what cannot be read, and for a heading without the required columns.
    pub fn open(input: Input<'i>, schema: &Schema, options: &ReadOptions) -> Result<OpenTable<'i>, Trouble> {
        let name = input.name();
        let at_name = |trouble: Trouble| Trouble { problem: trouble.problem.at(&name), ..trouble };
        let path = match &input {
            Input::File(path) => Some(path.clone()),
            Input::Stream(..) => None,
        };
        if let (Some(super::input::ALL_SHEETS), Some(path)) = (options.sheet.as_deref(), &path) {
            return all_sheets::open(path, schema, options).map_err(|trouble| {
                if trouble.problem.place.is_empty() { at_name(trouble) } else { trouble }
            });
        }
        let first = OpenTable::open_at(input, schema, options);
        match (first, path) {
            (Err(trouble), Some(path)) if trouble.problem.code == Code::MissingColumns => {
                OpenTable::open_other_sheet(&path, schema, options).unwrap_or(Err(trouble))
            }
            (Ok(mut table), Some(path)) if table.kind == TableKind::Workbook && options.sheet.is_none() => {
                let alike = table.sheets_alike(&path, schema, options);
                if !alike.is_empty() {
                    table.notices.push(Problem::new(Code::SheetsAlike).with("others", alike.join(", ")));
                }
                Ok(table)
            }
            (first, _) => first,
        }
        .map_err(at_name)
    }

    /// Sheets that are not read though they go on with the same columns: parts of one list, as it seems.
    fn sheets_alike(&self, path: &std::path::Path, schema: &Schema, options: &ReadOptions) -> Vec<String> {
        const MOST_SHEETS: usize = 60;
        let is_small = std::fs::metadata(path).is_ok_and(|about| about.len() <= IN_ORDER);
        let has_others = self.notices.iter().any(|problem| problem.code == Code::OtherSheets);
        if !is_small || !has_others {
            return Vec::new();
        }
        let is_alike = |sheet: &String| {
            let options = ReadOptions { sheet: Some(sheet.clone()), ..options.clone() };
            let other = OpenTable::open_at(Input::File(path.to_owned()), schema, &options);
            other.is_ok_and(|mut other| other.layout.names == self.layout.names && other.has_rows())
        };
        let sheets = super::xlsx::visible_sheets(path).unwrap_or_default();
        sheets.into_iter().skip(1).take(MOST_SHEETS).filter(is_alike).collect()
    }

    /// Takes over what the sheets say of which the table is made.
    pub(super) fn is_of_sheets(&mut self, main: &Layout, titles: Vec<String>, notices: Vec<Problem>) {
        self.layout.own_columns = main.width();
        self.layout.is_list = main.is_list;
        self.layout.in_order = main.is_list || self.layout.in_order;
        self.layout.epoch = main.epoch;
        self.layout.titles_of_support = titles;
        self.notices.retain(|known| known.code != Code::SeparatorFound);
        self.notices.splice(0..0, notices);
    }

    /// Whether a row says something.
    fn has_rows(&mut self) -> bool {
        let mut found = false;
        let _ = self.for_each(|row| {
            found |= (0..row.width()).any(|at| !row.cell(at).trim_ascii().is_empty());
            if found { Err(Trouble::internal("enough")) } else { Ok(()) }
        });
        found
    }

    /// The first visible sheet behind the first one whose heading fits.
    fn open_other_sheet(
        path: &std::path::Path,
        schema: &Schema,
        options: &ReadOptions,
    ) -> Option<Result<OpenTable<'i>, Trouble>> {
        let sheets = super::xlsx::visible_sheets(path).filter(|_| options.sheet.is_none())?;
        sheets.into_iter().skip(1).find_map(|sheet| {
            let options = ReadOptions { sheet: Some(sheet.clone()), ..options.clone() };
            let mut table = OpenTable::open_at(Input::File(path.to_owned()), schema, &options).ok()?;
            table.notices.insert(0, Problem::new(Code::SheetFits).with("read", sheet));
            Some(Ok(table))
        })
    }

    pub(super) fn open_at(
        input: Input<'i>,
        schema: &Schema,
        options: &ReadOptions,
    ) -> Result<OpenTable<'i>, Trouble> {
        let path = match &input {
            Input::File(path) => Some(path.clone()),
            Input::Stream(..) => None,
        };
        let table = OpenTable::open_filled(input, schema, options, None)?;
        // Cells that are merged downwards are filled by reading once more, now that the heading is known.
        match (table, path) {
            (Read::OpenTable(table), _) => Ok(*table),
            (Read::ToFill(fill), Some(path)) => {
                match OpenTable::open_filled(Input::File(path), schema, options, Some(fill))? {
                    Read::OpenTable(table) => Ok(*table),
                    Read::ToFill(_) => Err(Trouble::internal("merged cells")),
                }
            }
            (Read::ToFill(_), None) => Err(Trouble::internal("merged cells of a stream")),
        }
    }

    fn open_filled(
        input: Input<'i>,
        schema: &Schema,
        options: &ReadOptions,
        fill: Option<FillDown>,
    ) -> Result<Read<'i>, Trouble> {
        let is_filled = fill.is_some();
        let map = heading::read_map(&options.map, schema.fields)?;
        let reading = |error: io::Error| Trouble::reading(&error);
        let is_file = matches!(input, Input::File(_));
        let mut fill = fill.unwrap_or_default();
        let Opened { mut kind, mut size, length, unrolled } = open_input(input, options, &mut fill)?;
        let Unrolled { mut reader, mut notices, epoch, mut merged, hidden, kinds } = unrolled;
        if kind == TableKind::Text {
            reader = as_utf8(reader, options.encoding, &mut notices).map_err(reading)?;
        }
        let mut head = Vec::new();
        (&mut reader).take(HEAD as u64).read_to_end(&mut head).map_err(reading)?;
        if kind == TableKind::Workbook || kind == TableKind::Parquet {
            if head.is_empty() {
                return Err(Trouble::input(Problem::new(Code::EmptyInput)));
            }
        } else if head.trim_ascii().is_empty() && options.columns.is_none() {
            return Err(Trouble::input(Problem::new(Code::EmptyInput)));
        } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PAR1") {
            let format = if head[1] == b'K' { "XLSX" } else { "Parquet" };
            return Err(Trouble::input(Problem::new(Code::NeedsFile).with("format", format)));
        }
        if kind == TableKind::Text
            && let Some(problem) = super::other_kind::of_text(&head)
        {
            return Err(Trouble::input(problem));
        }
        if kind == TableKind::Text && super::other_kind::is_page(&head) {
            if !is_file {
                return Err(Trouble::input(Problem::new(Code::NeedsFile).with("format", "HTML")));
            }
            let page = super::html::unroll(Cursor::new(std::mem::take(&mut head)).chain(reader), fill)?;
            (kind, size) = (TableKind::Workbook, None);
            (reader, merged) = (page.reader, page.merged);
            notices.extend(page.notices);
            (&mut reader).take(HEAD as u64).read_to_end(&mut head).map_err(reading)?;
        }
        if memchr::memchr(b'\n', &head).is_none() && memchr::memchr(b'\r', &head).is_some() {
            head.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
            reader = Box::new(LineFeeds(reader));
        }
        let whole = head.len() < HEAD;
        let separator = if kind == TableKind::Text { options.separator } else { Some(b',') };
        let search = Search { schema, options, map: &map, kind };
        let found = match &options.columns {
            Some(columns) => search.without_heading(columns, separator, &head)?,
            None => search.find_heading(&head, whole, separator)?,
        };
        let Heading { mut layout, mut offset, mut lines, skipped, notices: told } = found;
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
        layout.pads_rows = kind == TableKind::Workbook;
        layout.in_order = layout.households == HouseholdBy::WholeFile
            || layout.is_list && (whole || length.is_some_and(|length| length <= IN_ORDER));
        let used: Vec<usize> = schema.fields.iter().filter_map(|field| layout.column(field.name)).collect();
        let spreading: Vec<usize> = schema.spreads.iter().filter_map(|field| layout.column(field)).collect();
        let spreads =
            |merged: &MergedCells| merged.column().is_some_and(|column| spreading.contains(&column));
        let mut hiding = merged.iter().filter(|merged| merged.hides(lines, &used)).peekable();
        let has_hiding = hiding.peek().is_some();
        if let Some(hiding) = hiding.find(|merged| !spreads(merged)) {
            return Err(Trouble::input(Problem::new(Code::MergedCells).with("cells", hiding.name())));
        }
        if has_hiding && !is_filled {
            return Ok(Read::ToFill(FillDown::of(&merged, lines, &spreading)));
        }
        if kind == TableKind::Text && layout.separator != b',' {
            notices.push(separator_found(layout.separator));
        }
        if skipped > 0 {
            notices.push(Problem::new(Code::TitleLinesSkipped).with("count", skipped));
        }
        if layout.by_other_name {
            notices.push(understood(&layout));
        }
        notices.extend(hidden_below(&hidden, lines));
        notices.extend(told);
        let household = match layout.households {
            HouseholdBy::Column(column) => Some(column),
            HouseholdBy::EachRow => None,
            HouseholdBy::Rows | HouseholdBy::WholeFile => {
                schema.household.and_then(|field| layout.column(field))
            }
        };
        let rest = head.split_off(offset);
        let blocks = Blocks::new(Box::new(Cursor::new(rest).chain(reader)), splitter, household, 1 + lines);
        Ok(Read::OpenTable(Box::new(OpenTable { blocks, layout, kind, household, notices, size })))
    }

    /// Columns and what they mean.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// What the user should know about how the table was read.
    pub fn notices(&self) -> &[Problem] {
        &self.notices
    }

    /// Bytes of the file, where they are known and count the same as [`RowBlock::position`].
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// Column whose equal neighbours are one household.
    pub fn household(&self) -> Option<usize> {
        self.household
    }

    /// Calls `each` for every row; [`TableRow::begins_household`] is set.
    ///
    /// # Errors
    /// What `each` returns, and [`Trouble`] for what cannot be read.
    pub fn for_each(
        &mut self,
        mut each: impl FnMut(&TableRow<'_>) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        let mut block = RowBlock::default();
        let splitter = self.blocks.splitter();
        while self.blocks.next(&mut block)? {
            let mut tracker = HouseholdTracker::at_start_of(&block);
            splitter.walk(block.bytes(), block.first_line, |row| {
                let begins = match self.household {
                    Some(column) => tracker.next(row.cell(column)) != super::csv::Begins::No,
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

/// An input whose kind is known.
struct Opened<'i> {
    kind: TableKind,
    /// Bytes of a text, for progress.
    size: Option<u64>,
    /// Bytes of the file.
    length: Option<u64>,
    unrolled: Unrolled<'i>,
}

/// Opens an input as what its first bytes say.
fn open_input<'i>(
    input: Input<'i>,
    options: &ReadOptions,
    fill: &mut FillDown,
) -> Result<Opened<'i>, Trouble> {
    let mut length = None;
    let (kind, size, unrolled) = match input {
        Input::File(path) => {
            let unusable =
                |error: io::Error| Trouble::input(Problem::new(Code::UnreadableInput).because(&error));
            let mut file = File::open(&path).map_err(unusable)?;
            let about = file.metadata().map_err(unusable)?;
            let mut magic = Vec::new();
            (&mut file).take(8).read_to_end(&mut magic).map_err(unusable)?;
            let size = about.is_file().then_some(about.len());
            length = size;
            match magic.as_slice() {
                [b'P', b'K', 3 | 5, 4 | 6, ..] => {
                    if let Some(problem) = super::other_kind::of_archive(&mut file) {
                        return Err(Trouble::input(problem));
                    }
                    (TableKind::Workbook, None, super::xlsx::unroll(&path, options, std::mem::take(fill))?)
                }
                #[cfg(feature = "parquet")]
                [b'P', b'A', b'R', b'1', ..] => {
                    (TableKind::Parquet, None, super::parquet_file::unroll(&path)?)
                }
                #[cfg(not(feature = "parquet"))]
                [b'P', b'A', b'R', b'1', ..] => {
                    return Err(Trouble::input(Problem::new(Code::FormatLeftOut).with("format", "Parquet")));
                }
                // The container of old workbooks, and of new ones with a password.
                [0xd0, 0xcf, 0x11, 0xe0, ..] => (
                    TableKind::Workbook,
                    None,
                    super::xlsx::unroll_old(&path, options, std::mem::take(fill))?,
                ),
                _ => (TableKind::Text, size, plain(Cursor::new(magic).chain(file))),
            }
        }
        Input::Stream(stream, _) => (TableKind::Text, None, plain(stream)),
    };
    Ok(Opened { kind, size, length, unrolled })
}

fn plain<'i>(reader: impl io::Read + Send + 'i) -> Unrolled<'i> {
    Unrolled {
        reader: Box::new(reader),
        notices: Vec::new(),
        epoch: None,
        merged: Vec::new(),
        hidden: Vec::new(),
        kinds: None,
    }
}

fn separator_found(separator: u8) -> Problem {
    let shown = if separator == b'\t' { "tab".to_owned() } else { char::from(separator).to_string() };
    Problem::new(Code::SeparatorFound).with("read", shown)
}

/// What is to be said of hidden rows below a heading.
fn hidden_below(hidden: &[u32], heading: u64) -> Option<Problem> {
    let mut below = hidden.iter().copied().filter(|row| u64::from(*row) > heading);
    let first = below.next()?;
    Some(Problem::new(Code::RowsHidden).with("count", 1 + below.count()).with("first", first))
}

/// The text as UTF-8 without mark; says which other encoding was found.
fn as_utf8<'i>(
    mut reader: Box<dyn io::Read + Send + 'i>,
    asked: Option<Encoding>,
    notices: &mut Vec<Problem>,
) -> io::Result<Box<dyn io::Read + Send + 'i>> {
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
