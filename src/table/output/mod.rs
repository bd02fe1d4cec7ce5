//! Kết quả: written beside its place first and moved there when it is whole.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::batch::columns::CarriedColumns;
use super::csv::push_cell;
use super::heading::Layout;
use super::part_file::{HeldPlace, PartFile, part_of, place};
use super::sink::{CellKind, ERROR_COLUMNS, Sink};
use super::{Trouble, TroubleKind};
use crate::terms::problem::{Code, Problem};

/// Nơi ghi.
pub enum Target<'o> {
    /// Rows are counted and not written.
    Nowhere,
    /// A stream, which cannot be taken back.
    Stream(Box<dyn Write + Send + 'o>),
    /// A file, put in its place at the end.
    File {
        /// Its path.
        path: PathBuf,
        /// Whether it may replace another.
        force: bool,
        /// Whether it goes on with what an earlier run left.
        resume: bool,
    },
}

/// Dạng kết quả.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The input's separator, UTF-8, line feeds.
    Csv,
    /// One JSON object a line.
    JsonLines,
    /// Excel, further sheets where one is full.
    Xlsx,
    /// Parquet.
    Parquet,
}

impl Format {
    /// All formats with the names that `--format` knows.
    pub const NAMES: [(&'static str, Format); 4] = [
        ("csv", Format::Csv),
        ("jsonl", Format::JsonLines),
        ("xlsx", Format::Xlsx),
        ("parquet", Format::Parquet),
    ];

    /// The format that the ending of a file name means.
    pub fn of_path(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        Format::NAMES.iter().find(|(name, _)| *name == ending).map(|(_, format)| *format)
    }
}

/// Where the rows go.
enum Main<'o> {
    Nowhere,
    Stream(Box<dyn Write + Send + 'o>),
    /// CSV straight into the file.
    Plain(PartFile),
    /// Another format, through a converter that holds the file.
    Converted(PartFile, Box<dyn Sink + 'o>),
    /// A converter onto a stream.
    ConvertedStream(Box<dyn Sink + 'o>),
}

/// Các tệp kết quả của một lần chạy.
pub struct Outputs<'o> {
    target: Option<Target<'o>>,
    format: Format,
    main: Main<'o>,
    /// Path of the rejected rows, where they are written.
    rejects_path: Option<PathBuf>,
    rejects: Option<PartFile>,
    heading: Vec<u8>,
    rejects_heading: Vec<u8>,
    names: Vec<String>,
    kinds: Vec<CellKind>,
    separator: u8,
    progress: Option<PathBuf>,
}

/// Path of the rejected rows of an output: `NAME.rejected.csv`.
pub fn rejects_path(output: &Path) -> PathBuf {
    output.with_extension("rejected.csv")
}

/// Path of the side-car of an output: `NAME.progress`.
pub fn progress_path(output: &Path) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".progress");
    PathBuf::from(name)
}

/// Fields whose cells are numbers or days.
const NUMBER_FIELDS: &[&str] = &["months", "salary", "rank", "already", "points"];
const AMOUNT_FIELDS: &[&str] = &["hospital_cost", "covered_cost", "copaid_this_year"];
const DATE_FIELDS: &[&str] = &["paid_on", "from", "born", "admitted", "discharged", "five_years_since"];

/// What a column that a batch appends holds.
fn appended_kind(name: &str) -> CellKind {
    match name {
        "benefit_level" | "network_rate" | "relief" => CellKind::Text,
        "fund_payment" | "copayment" | "own_payment" => CellKind::Amount,
        _ => CellKind::Number,
    }
}

impl<'o> Outputs<'o> {
    /// Outputs for a table whose kernel appends these columns; nothing is touched yet.
    ///
    /// # Errors
    /// [`Code::OutputExists`] for a file that is there already and may not be replaced.
    pub fn plan(
        target: Target<'o>,
        format: Format,
        layout: &Layout,
        appended: &[&str],
    ) -> Result<Outputs<'o>, Trouble> {
        let columns = CarriedColumns::of(layout, appended);
        let kept = columns.list(layout);
        let mut names: Vec<String> = kept.iter().map(|column| layout.names[*column].clone()).collect();
        let mut kinds: Vec<CellKind> = kept
            .iter()
            .map(|column| match layout.field_of(*column) {
                _ if format == Format::Parquet => layout
                    .kinds
                    .as_ref()
                    .and_then(|kinds| kinds.get(*column))
                    .copied()
                    .unwrap_or(CellKind::Text),
                Some(field) if NUMBER_FIELDS.contains(&field) => CellKind::Number,
                Some(field) if AMOUNT_FIELDS.contains(&field) => CellKind::Amount,
                Some(field) if DATE_FIELDS.contains(&field) => CellKind::Date,
                _ => CellKind::Text,
            })
            .collect();
        names.extend(appended.iter().chain(&ERROR_COLUMNS).map(|name| (*name).to_owned()));
        kinds.extend(appended.iter().map(|name| appended_kind(name)));
        kinds.extend(ERROR_COLUMNS.map(|_| CellKind::Text));
        let mut heading = Vec::new();
        let mut rejects_heading = Vec::new();
        if layout.has_heading {
            if columns == CarriedColumns::All {
                heading.extend_from_slice(&layout.heading);
            } else {
                for (index, column) in kept.iter().enumerate() {
                    if index > 0 {
                        heading.push(layout.separator);
                    }
                    push_cell(&mut heading, layout.names[*column].as_bytes(), layout.separator);
                }
            }
            rejects_heading.extend_from_slice(&heading);
            let push = |heading: &mut Vec<u8>, name: &str| {
                heading.push(layout.separator);
                heading.extend_from_slice(name.as_bytes());
            };
            for name in appended.iter().chain(&ERROR_COLUMNS) {
                push(&mut heading, name);
            }
            for name in ERROR_COLUMNS {
                push(&mut rejects_heading, name);
            }
            heading.push(b'\n');
            rejects_heading.push(b'\n');
        }
        let mut outputs = Outputs {
            target: None,
            format,
            main: Main::Nowhere,
            rejects_path: None,
            rejects: None,
            heading,
            rejects_heading,
            names,
            kinds,
            separator: layout.separator,
            progress: None,
        };
        outputs.target = Some(match target {
            Target::File { path, force, resume } => {
                let path = place(&path, force)?;
                // The rejected rows go to their place first: a run stopped there has left them, and its output unfinished.
                let left_there = resume && part_of(&path).exists();
                outputs.rejects_path = Some(place(&rejects_path(&path), force || left_there)?);
                outputs.progress = Some(progress_path(&path));
                Target::File { path, force, resume }
            }
            other => other,
        });
        Ok(outputs)
    }

    /// Path of the file of rejected rows, if there is to be one.
    pub fn rejects_path(&self) -> Option<&Path> {
        self.rejects_path.as_deref()
    }

    /// Whether a run can go on with this output later.
    pub fn can_resume(&self) -> bool {
        self.format == Format::Csv && matches!(self.target, Some(Target::File { .. }))
    }

    /// Opens the outputs and writes their headings.
    pub(super) fn begin(&mut self) -> Result<(), Trouble> {
        let converted = self.format != Format::Csv;
        self.main = match self.target.take() {
            None | Some(Target::Nowhere) => Main::Nowhere,
            Some(Target::Stream(mut stream)) if !converted => {
                stream.write_all(&self.heading).map_err(|error| Trouble::writing(&error, "stdout"))?;
                Main::Stream(stream)
            }
            Some(Target::Stream(stream)) => Main::ConvertedStream(self.sink_on_stream(stream)?),
            Some(Target::File { path, .. }) => {
                let mut part = PartFile::create(&path)?;
                // What an earlier run left behind has nothing to do with this one.
                self.remove_progress();
                self.remove_stale_rejects();
                if converted {
                    match self.sink_on_file(&part) {
                        Ok(sink) => Main::Converted(part, sink),
                        Err(trouble) => {
                            part.discard();
                            return Err(trouble);
                        }
                    }
                } else {
                    part.write(&self.heading)?;
                    Main::Plain(part)
                }
            }
        };
        Ok(())
    }

    fn sink_on_stream(&self, stream: Box<dyn Write + Send + 'o>) -> Result<Box<dyn Sink + 'o>, Trouble> {
        match self.format {
            Format::JsonLines => Ok(Box::new(super::json_lines::JsonLines::new(
                stream,
                &self.names,
                &self.kinds,
                self.separator,
            ))),
            Format::Csv | Format::Xlsx | Format::Parquet => {
                let format = if self.format == Format::Xlsx { "XLSX" } else { "Parquet" };
                Err(Trouble::usage(Problem::new(Code::NeedsFile).with("format", format)))
            }
        }
    }

    fn sink_on_file(&self, part: &PartFile) -> Result<Box<dyn Sink + 'o>, Trouble> {
        let handle = part.handle().map_err(|error| Trouble::writing(&error, part.target().display()))?;
        let (names, kinds, separator) = (&self.names, &self.kinds, self.separator);
        Ok(match self.format {
            Format::Csv | Format::JsonLines => Box::new(super::json_lines::JsonLines::new(
                io::BufWriter::new(handle),
                names,
                kinds,
                separator,
            )),
            Format::Xlsx => Box::new(
                super::xlsx::Workbooks::new(handle, &part.folder(), names, kinds, separator)
                    .map_err(|error| Trouble::writing(&error, part.target().display()))?,
            ),
            #[cfg(feature = "parquet")]
            Format::Parquet => Box::new(
                super::parquet_file::ParquetSink::new(handle, names, kinds, separator)
                    .map_err(|error| Trouble::writing(&error, part.target().display()))?,
            ),
            #[cfg(not(feature = "parquet"))]
            Format::Parquet => {
                return Err(Trouble::usage(Problem::new(Code::FormatLeftOut).with("format", "Parquet")));
            }
        })
    }

    /// Opens what an earlier run left.
    pub(super) fn go_on(&mut self, output: u64, rejects: u64) -> Result<(), Trouble> {
        if let Some(Target::File { path, .. }) = self.target.take() {
            self.main = Main::Plain(PartFile::go_on(&path, output)?);
            if rejects > 0 {
                self.rejects = Some(PartFile::go_on_from_its_place(&rejects_path(&path), rejects)?);
            } else {
                self.remove_stale_rejects();
            }
        }
        Ok(())
    }

    /// Writes the rows of a block, or keeps their place in a file, to be written when others may go on.
    pub(super) fn write(&mut self, rows: &[u8], rejects: &[u8]) -> Result<Option<HeldPlace>, Trouble> {
        let mut held = None;
        match &mut self.main {
            Main::Nowhere => {}
            Main::Stream(stream) => {
                stream.write_all(rows).map_err(|error| Trouble::writing(&error, "stdout"))?;
            }
            Main::Plain(part) => held = Some(part.hold(rows.len())),
            Main::Converted(part, sink) => {
                sink.write(rows).map_err(|error| Trouble::writing(&error, part.target().display()))?;
            }
            Main::ConvertedStream(sink) => {
                sink.write(rows).map_err(|error| Trouble::writing(&error, "stdout"))?;
            }
        }
        if rejects.is_empty() || matches!(self.main, Main::Nowhere) {
            return Ok(held);
        }
        if let (None, Some(path)) = (&self.rejects, &self.rejects_path) {
            let mut part = PartFile::create(path)?;
            part.write(&self.rejects_heading)?;
            self.rejects = Some(part);
        }
        self.rejects.as_mut().map_or(Ok(()), |part| part.write(rejects)).map(|()| held)
    }

    /// Makes sure that what was written is on disk; the lengths, where the run can go on from there.
    pub(super) fn sync(&mut self) -> Result<Option<(u64, u64)>, Trouble> {
        let Main::Plain(main) = &self.main else { return Ok(None) };
        for part in std::iter::once(main).chain(&self.rejects) {
            part.sync().map_err(|error| Trouble::writing(&error, part.target().display()))?;
        }
        Ok(Some((main.written(), self.rejects.as_ref().map_or(0, PartFile::written))))
    }

    /// Completes the outputs and puts them in their places; the rejected rows first, so that whoever sees the output
    /// sees them too.
    pub(super) fn commit(mut self) -> Result<(), Trouble> {
        let main = match std::mem::replace(&mut self.main, Main::Nowhere) {
            Main::Nowhere => None,
            Main::Stream(mut stream) => {
                stream.flush().map_err(|error| Trouble::writing(&error, "stdout"))?;
                None
            }
            Main::ConvertedStream(mut sink) => {
                sink.finish().map_err(|error| Trouble::writing(&error, "stdout"))?;
                None
            }
            Main::Plain(part) => Some(part),
            Main::Converted(part, mut sink) => {
                let finished =
                    sink.finish().map_err(|error| Trouble::writing(&error, part.target().display()));
                drop(sink);
                if let Err(trouble) = finished {
                    self.main = Main::Plain(part);
                    return Err(self.abandoned(trouble));
                }
                Some(part)
            }
        };
        let Some(main) = main else { return Ok(()) };
        let rejects = self.rejects.take();
        let had_rejects = rejects.is_some();
        if let Some(rejects) = rejects
            && let Err(trouble) = rejects.commit()
        {
            self.main = Main::Plain(main);
            return Err(self.abandoned(trouble));
        }
        if let Some(path) = &self.rejects_path
            && !had_rejects
        {
            // Rows rejected by an earlier run are no longer those of this output.
            let _ = std::fs::remove_file(path);
        }
        let done = main.commit();
        self.remove_progress();
        if done.is_err() && had_rejects {
            self.rejects_path.iter().for_each(|path| drop(std::fs::remove_file(path)));
        }
        done
    }

    /// Removes what was written so far.
    pub(super) fn abandon(mut self) {
        self.take_back();
    }

    /// The same, passing on why.
    pub(super) fn abandoned(&mut self, trouble: Trouble) -> Trouble {
        match (&mut self.main, trouble.kind) {
            // What a stream has already given stays given; the rest of a block is not lost on the way.
            (Main::Stream(stream), kind) if kind != TroubleKind::ReaderGone => drop(stream.flush()),
            _ => {}
        }
        self.take_back();
        trouble
    }

    fn take_back(&mut self) {
        match std::mem::replace(&mut self.main, Main::Nowhere) {
            Main::Plain(part) => {
                part.discard();
                self.remove_progress();
            }
            Main::Converted(part, sink) => {
                drop(sink);
                part.discard();
            }
            Main::Nowhere | Main::Stream(_) | Main::ConvertedStream(_) => {}
        }
        if let Some(part) = self.rejects.take() {
            part.discard();
        }
    }

    fn remove_stale_rejects(&self) {
        if let Some(path) = &self.rejects_path {
            let _ = std::fs::remove_file(part_of(path));
        }
    }

    fn remove_progress(&self) {
        if let Some(path) = &self.progress {
            let _ = std::fs::remove_file(path);
            let mut fresh = path.clone().into_os_string();
            fresh.push(".new");
            let _ = std::fs::remove_file(fresh);
        }
    }
}
