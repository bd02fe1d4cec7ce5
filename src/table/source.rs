//! Nguồn: a file or stream of any known kind as one stream of records, with its heading read.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::PathBuf;

use super::csv::{Block, Blocks, HeadRecord, HouseholdTracker, Row, Splitter};
use super::heading::{self, HouseholdBy, Layout, Meanings, Name, Schema};
use super::heading_rows::{self, HEADING_ROWS, HeadingRows};
use super::profile::{self, Profile};
use super::sink::CellKind;
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
    /// `trường=giá trị` for rows that do not say it themselves.
    pub set: Vec<String>,
    /// Name of a known layout, where it is not to be found out.
    pub profile: Option<String>,
    /// Layouts of the user's own: where they stand, and the text.
    pub profiles: Option<(String, String)>,
    /// Which rows are one household, where somebody says it.
    pub households: Option<HouseholdBy>,
    /// The column whose equal neighbours are one household, where somebody says it.
    pub household_column: Option<String>,
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
/// Bytes of a file up to which a list is read row after row.
const IN_ORDER: u64 = 4 * 1024 * 1024;

impl<'i> Table<'i> {
    /// Opens a table and reads its heading.
    ///
    /// # Errors
    /// [`Trouble`] for what cannot be read, and for a heading without the required columns.
    pub fn open(input: Input<'i>, schema: &Schema, options: &ReadOptions) -> Result<Table<'i>, Trouble> {
        let name = input.name();
        let at_name = |trouble: Trouble| Trouble { problem: trouble.problem.at(&name), ..trouble };
        let path = match &input {
            Input::File(path) => Some(path.clone()),
            Input::Stream(..) => None,
        };
        let first = Table::open_at(input, schema, options);
        match (first, path) {
            (Err(trouble), Some(path)) if trouble.problem.code == Code::MissingColumns => {
                Table::open_other_sheet(&path, schema, options).unwrap_or(Err(trouble))
            }
            (first, _) => first,
        }
        .map_err(at_name)
    }

    /// The first visible sheet behind the first one whose heading fits.
    fn open_other_sheet(
        path: &std::path::Path,
        schema: &Schema,
        options: &ReadOptions,
    ) -> Option<Result<Table<'i>, Trouble>> {
        let sheets = super::xlsx::visible_sheets(path).filter(|_| options.sheet.is_none())?;
        sheets.into_iter().skip(1).find_map(|sheet| {
            let options = ReadOptions { sheet: Some(sheet.clone()), ..options.clone() };
            let mut table = Table::open_at(Input::File(path.to_owned()), schema, &options).ok()?;
            table.notices.insert(0, Problem::new(Code::SheetFits).with("read", sheet));
            Some(Ok(table))
        })
    }

    fn open_at(input: Input<'i>, schema: &Schema, options: &ReadOptions) -> Result<Table<'i>, Trouble> {
        let map = heading::read_map(&options.map, schema.fields)?;
        let reading = |error: io::Error| Trouble::reading(&error);
        let Opened { kind, size, length, unrolled } = open_input(input, options)?;
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
        if kind == Kind::Text
            && let Some(problem) = super::other_kind::of_text(&head)
        {
            return Err(Trouble::input(problem));
        }
        if memchr::memchr(b'\n', &head).is_none() && memchr::memchr(b'\r', &head).is_some() {
            head.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
            reader = Box::new(LineFeeds(reader));
        }
        let whole = head.len() < HEAD;
        let separator = if kind == Kind::Text { options.separator } else { Some(b',') };
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
        layout.pads_rows = kind == Kind::Workbook;
        layout.in_order = layout.households == HouseholdBy::WholeFile
            || layout.is_list && (whole || length.is_some_and(|length| length <= IN_ORDER));
        let used: Vec<usize> = schema.fields.iter().filter_map(|field| layout.column(field.name)).collect();
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
        if layout.by_other_name {
            notices.push(understood(&layout));
        }
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

/// An input whose kind is known.
struct Opened<'i> {
    kind: Kind,
    /// Bytes of a text, for progress.
    size: Option<u64>,
    /// Bytes of the file.
    length: Option<u64>,
    unrolled: Unrolled<'i>,
}

/// Opens an input as what its first bytes say.
fn open_input<'i>(input: Input<'i>, options: &ReadOptions) -> Result<Opened<'i>, Trouble> {
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
                    (Kind::Workbook, None, super::xlsx::unroll(&path, options)?)
                }
                #[cfg(feature = "parquet")]
                [b'P', b'A', b'R', b'1', ..] => (Kind::Parquet, None, super::parquet_file::unroll(&path)?),
                #[cfg(not(feature = "parquet"))]
                [b'P', b'A', b'R', b'1', ..] => {
                    return Err(Trouble::input(Problem::new(Code::FormatLeftOut).with("format", "Parquet")));
                }
                // The container of old workbooks, and of new ones with a password.
                [0xd0, 0xcf, 0x11, 0xe0, ..] => {
                    return Err(Trouble::input(super::other_kind::of_container(&mut file)));
                }
                _ => (Kind::Text, size, plain(Cursor::new(magic).chain(file))),
            }
        }
        Input::Stream(stream, _) => (Kind::Text, None, plain(stream)),
    };
    Ok(Opened { kind, size, length, unrolled })
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
    skipped: u64,
    notices: Vec<Problem>,
}

/// Fields named, separator, first records, their cells, and where the heading stands among them.
type Candidate = (usize, u8, Vec<HeadRecord>, Vec<Vec<String>>, HeadingRows);

/// What a heading is looked for with.
struct Search<'s> {
    schema: &'s Schema,
    options: &'s ReadOptions,
    map: &'s [(String, &'static str)],
    kind: Kind,
}

impl Search<'_> {
    fn without_heading(
        &self,
        columns: &[String],
        separator: Option<u8>,
        head: &[u8],
    ) -> Result<Heading, Trouble> {
        let names: Vec<Name> = columns.iter().map(|name| Name::of(&tidy(name))).collect();
        let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let fits = |separator: &u8| memchr::memchr_iter(*separator, first).count() + 1 == names.len();
        let separator = separator.or_else(|| text::SEPARATORS.into_iter().find(fits)).unwrap_or(b',');
        let (layout, notices) = self.layout(&names, separator, &[])?;
        Ok(Heading { layout, offset: 0, lines: 0, skipped: 0, notices })
    }

    /// Looks for the heading among the first rows, with every separator that may be meant.
    fn find_heading(&self, head: &[u8], whole: bool, separator: Option<u8>) -> Result<Heading, Trouble> {
        let candidates = separator.map_or(text::SEPARATORS.to_vec(), |separator| vec![separator]);
        let meanings = Meanings::of(self.schema, self.map);
        let mut best: Option<Candidate> = None;
        for separator in candidates {
            let records = self.kind.splitter(separator).first_records(head, whole, HEADING_ROWS);
            let rows = heading_rows::cells(&records);
            if let Some(found) = heading_rows::find(&rows, &meanings)
                && best.as_ref().is_none_or(|(known, ..)| found.known > *known)
            {
                best = Some((found.known, separator, records, rows, found));
            }
        }
        let named = |rows: &[Vec<String>]| -> Result<(), Trouble> {
            let profiles = self.profiles()?;
            let of_other_kind = heading_rows::blocks(rows)
                .filter_map(|names| profile::find(&profiles, &names).cloned())
                .find(|profile| profile.check().is_err());
            of_other_kind.map_or(Ok(()), |profile| profile.check())
        };
        let Some((_, separator, records, rows, found)) = best else {
            for separator in text::SEPARATORS {
                let records = self.kind.splitter(separator).first_records(head, whole, HEADING_ROWS);
                named(&heading_rows::cells(&records))?;
            }
            let required = self.schema.fields.iter().filter(|field| field.required).map(|field| field.name);
            return Err(missing(&required.collect::<Vec<_>>()));
        };
        let made = self.layout(&found.names, separator, &rows[..found.first]);
        if made.as_ref().is_err_and(|trouble| trouble.problem.code == Code::MissingColumns) {
            named(&rows)?;
        }
        let (mut layout, notices) = made?;
        layout.has_heading = true;
        layout.heading = if found.deep == 1 {
            records[found.first].bytes.clone()
        } else {
            joined_heading(&layout.names, separator)
        };
        let has_titles = rows[..found.first].iter().flatten().any(|cell| !cell.is_empty());
        layout.is_list = layout.by_other_name || has_titles || found.last > found.first;
        let end = &records[found.last];
        Ok(Heading { layout, offset: end.end, lines: end.lines, skipped: found.first as u64, notices })
    }

    /// What the columns of a heading mean, with what holds for all rows.
    fn layout(
        &self,
        names: &[Name],
        separator: u8,
        above: &[Vec<String>],
    ) -> Result<(Layout, Vec<Problem>), Trouble> {
        let schema = self.schema;
        heading::check_map(self.map, names)?;
        let profiles = self.profiles()?;
        let profile = match &self.options.profile {
            Some(name) => Some(profile::named(&profiles, name)?),
            None => profile::find(&profiles, names),
        };
        if let Some(profile) = profile {
            profile.check()?;
        }
        let known = profile.map(|profile| profile.meanings(schema)).unwrap_or_default();
        let reading = Meanings::of(schema, self.map).in_layout(known.iter().cloned()).read(names);
        if let Some((field, columns)) = &reading.doubled {
            return Err(heading::doubled(field, columns, names));
        }
        let mut notices = Vec::new();
        if let Some(profile) = profile {
            notices.push(
                Problem::new(Code::ProfileFound)
                    .with("read", &profile.name)
                    .with("vi", &profile.title_vi)
                    .with("en", &profile.title_en),
            );
        }
        let shown = names.iter().map(|name| name.shown.clone()).collect();
        let mut layout = Layout::new(shown, separator, reading.columns);
        layout.by_other_name = reading.by_other_name || profile.is_some();
        layout.twins = reading.twins;
        layout.facts = self.facts(profile, above, &layout)?;
        layout.watched = self.watched(names, &layout, &known);
        layout.households = self.households(profile, names)?;
        let missing_fields: Vec<&str> = reading
            .missing
            .iter()
            .filter(|field| layout.fact(field).is_none() && !stands_in(field, &layout))
            .copied()
            .collect();
        if !missing_fields.is_empty() {
            return Err(missing(&missing_fields));
        }
        let told: Vec<String> =
            layout.facts.iter().map(|(field, value)| format!("{field} = {value}")).collect();
        if !told.is_empty() {
            notices.push(Problem::new(Code::FactsForAll).with("read", told.join(", ")));
        }
        Ok((layout, notices))
    }

    /// Which rows are one household: as the user says, else as the layout has it.
    fn households(&self, profile: Option<&Profile>, names: &[Name]) -> Result<HouseholdBy, Trouble> {
        if let Some(typed) = &self.options.household_column {
            return match heading::columns_named(typed, names)[..] {
                [column, ..] => Ok(HouseholdBy::Column(column)),
                [] => Err(Trouble::usage(
                    Problem::new(Code::HouseholdOption).with("read", format!("by {typed}")).at("--household"),
                )),
            };
        }
        let whole = profile.is_some_and(|profile| profile.household.as_deref() == Some("whole-file"));
        let usual = if whole { HouseholdBy::WholeFile } else { HouseholdBy::Rows };
        Ok(self.options.households.unwrap_or(usual))
    }

    /// Layouts that are known, the user's own first.
    fn profiles(&self) -> Result<Vec<Profile>, Trouble> {
        let mut profiles = match &self.options.profiles {
            Some((place, text)) => profile::parse(text, self.schema, place)?,
            None => Vec::new(),
        };
        profiles.extend(profile::parse(self.schema.profiles, self.schema, "profiles")?);
        Ok(profiles)
    }

    /// What holds for rows that do not say it: what the user says, then the title, then the layout. Where a column says it,
    /// only the user's word counts.
    fn facts(
        &self,
        profile: Option<&Profile>,
        above: &[Vec<String>],
        layout: &Layout,
    ) -> Result<Vec<(&'static str, String)>, Trouble> {
        let mut facts = heading_rows::facts_of(&self.options.set, self.schema)?;
        let titles = heading_rows::titles(above, self.schema);
        let known = profile.map(|profile| profile.facts(self.schema)).unwrap_or_default();
        for (field, value) in titles.into_iter().chain(known) {
            if layout.column(field).is_none() && facts.iter().all(|(known, _)| *known != field) {
                facts.push((field, value));
            }
        }
        Ok(facts)
    }

    /// Columns that speak of money, shares or plans, and mean nothing that is known.
    fn watched(&self, names: &[Name], layout: &Layout, known: &[(String, &str)]) -> Vec<usize> {
        let speaks = |name: &Name| {
            let is_known = known.iter().any(|(key, _)| *key == name.leaf || *key == name.joint);
            let is_harmless = self.schema.harmless.contains(&name.leaf.as_str());
            !is_known && !is_harmless && self.schema.money.iter().any(|word| name.joint.contains(word))
        };
        let twin = |column: usize| layout.twins.iter().any(|(_, other)| *other == column);
        (0..names.len())
            .filter(|column| layout.field_of(*column).is_none() && !twin(*column) && speaks(&names[*column]))
            .take(super::batch::MOST_NOTES)
            .collect()
    }
}

/// Whether another field says what a missing one would.
fn stands_in(field: &str, layout: &Layout) -> bool {
    const STAND_INS: [(&str, &str); 4] = [
        ("months", "months_note"),
        ("group", "card"),
        ("hospital_cost", "insured_total"),
        ("covered_cost", "insured_total"),
    ];
    STAND_INS.iter().any(|(missing, other)| *missing == field && layout.has(other))
}

/// A heading of several rows as one.
fn joined_heading(names: &[String], separator: u8) -> Vec<u8> {
    let mut heading = Vec::new();
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            heading.push(separator);
        }
        super::csv::push_cell(&mut heading, name.as_bytes(), separator);
    }
    heading
}

fn missing(fields: &[&str]) -> Trouble {
    Trouble::input(
        Problem::new(Code::MissingColumns)
            .with("missing", fields.join(", "))
            .with("first", fields.first().copied().unwrap_or_default()),
    )
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
