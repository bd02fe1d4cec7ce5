//! Trang kết quả: what a result says, built once in blocks; text, HTML, CSV, XLSX and chat only draw it.

mod table;

pub use table::{Cell, Column, ColumnKind, Narrow, Role, Row, Table};

use crate::render::catalogue;
use crate::render::wording::{self, Lang};
use crate::rulebook::Rulebook;
use crate::terms::problem::Problem;

/// Tờ giấy: the paper a page is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// A5, for the person at the counter.
    Slip,
    /// A4 across with ruled tables, after an official form.
    Form,
    /// A4, a report to read.
    Report,
    /// A4 across, a report with wide tables.
    Wide,
}

/// Nơi xem: where something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// Everywhere.
    All,
    /// On a screen of 80 columns only.
    Screen,
    /// On printed sheets and in workbooks only.
    Sheet,
}

impl On {
    /// Whether something for `self` is shown on a screen (`true`) or on a sheet.
    const fn shows(self, screen: bool) -> bool {
        match self {
            On::All => true,
            On::Screen => screen,
            On::Sheet => !screen,
        }
    }
}

/// Một trang kết quả.
#[derive(Debug, Clone)]
pub struct Page {
    /// Language of all words.
    pub lang: Lang,
    /// What it is printed on.
    pub paper: Paper,
    /// Title of sheets and workbooks.
    pub title: String,
    /// First line on a screen; nothing where the result speaks for itself.
    pub banner: String,
    /// Frame in the corner: the form it follows.
    pub form: Option<String>,
    /// Frame below the title: what the sheet does not replace.
    pub stamp: Option<String>,
    blocks: Vec<(On, Block)>,
    /// The flat table for machines, where its columns are fixed by contract.
    pub data: Option<Table>,
}

/// Một khối.
#[derive(Debug, Clone)]
pub enum Block {
    /// An empty line on a screen; a sheet has its own distances.
    Gap,
    /// Words.
    Line(TextLine),
    /// Rows and columns.
    Table(Table),
    /// Names and what they amount to.
    Figures(Vec<NamedFigure>),
    /// Warnings and notes.
    Notes(Vec<Note>),
    /// A drawing (SVG); sheets only.
    Picture(String),
    /// Figures that a report opens with; sheets only.
    Cards(Vec<NamedFigure>),
}

/// Giọng của một dòng: how words stand out on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As all others.
    Plain,
    /// Bold.
    Strong,
    /// The one amount people look for.
    Main,
    /// Fine print.
    Small,
    /// In a frame that cannot be missed.
    Frame,
    /// Title of what follows.
    Heading,
}

/// Một dòng chữ.
#[derive(Debug, Clone)]
pub struct TextLine {
    /// The words.
    pub text: String,
    /// Blanks before the first line on a screen.
    pub margin: usize,
    /// Blanks before the lines that follow.
    pub hang: usize,
    /// How it stands out on a sheet.
    pub tone: Tone,
}

/// Một con số có tên.
#[derive(Debug, Clone)]
pub struct NamedFigure {
    /// What it is.
    pub name: String,
    /// How much.
    pub value: Cell,
    /// A part of the figure before it.
    pub part: bool,
}

/// Một lưu ý.
#[derive(Debug, Clone)]
pub struct Note {
    /// Refused under `--strict`.
    pub warning: bool,
    /// Its code.
    pub code: &'static str,
    /// What is said.
    pub message: String,
    /// What to do about it, for who types commands.
    pub hint: String,
    /// What to do about it, for who reads a sheet.
    pub paper_hint: String,
}

impl Page {
    /// An empty page.
    pub fn new(paper: Paper, title: impl Into<String>, banner: impl Into<String>, lang: Lang) -> Page {
        Page {
            lang,
            paper,
            title: title.into(),
            banner: banner.into(),
            form: None,
            stamp: None,
            blocks: Vec::new(),
            data: None,
        }
    }

    /// Adds the blocks of another page.
    pub fn append(&mut self, other: Page) {
        self.blocks.extend(other.blocks);
    }

    /// Adds a block that is shown everywhere.
    pub fn add(&mut self, block: impl Into<Block>) {
        self.blocks.push((On::All, block.into()));
    }

    /// Adds a block that is shown in some places only.
    pub fn add_on(&mut self, on: On, block: impl Into<Block>) {
        self.blocks.push((on, block.into()));
    }

    /// Goes on with another page of the same kind below this one.
    pub fn join(&mut self, other: Page) {
        self.gap();
        self.add_on(On::Sheet, TextLine::new(other.title).tone(Tone::Heading));
        self.blocks.extend(other.blocks);
    }

    /// Adds an empty line on a screen.
    pub fn gap(&mut self) {
        self.blocks.push((On::Screen, Block::Gap));
    }

    /// Adds warnings and notes, if there are any.
    pub fn notes(&mut self, notices: &[Problem]) {
        let notes: Vec<Note> = notices.iter().map(|notice| Note::of(notice, self.lang)).collect();
        if !notes.is_empty() {
            self.add(Block::Notes(notes));
        }
    }

    /// Adds the rulebook and the program, so that the result can be proved again.
    pub fn footer(&mut self, rules: &Rulebook) {
        self.footer_on(On::All, rules);
    }

    /// The same in some places only.
    pub fn footer_on(&mut self, on: On, rules: &Rulebook) {
        self.add_on(on, TextLine::new(footer(rules, self.lang)).tone(Tone::Small));
    }

    /// Blocks that a screen shows, or a sheet.
    pub fn blocks(&self, screen: bool) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |(on, _)| on.shows(screen)).map(|(_, block)| block)
    }
}

/// Bộ quy định và chương trình: short hash, version, files of the user.
pub fn footer(rules: &Rulebook, lang: Lang) -> String {
    let hash = &rules.identity.sha256[..12];
    let mut line =
        format!("{} {hash} · bhyt {}", lang.say("bộ quy định", "rulebook"), env!("CARGO_PKG_VERSION"));
    for (kind, files) in [
        (lang.say("thay", "replaced"), &rules.identity.replaced),
        (lang.say("thêm", "overlay"), &rules.identity.overlays),
    ] {
        if !files.is_empty() {
            let names: Vec<&str> = files.iter().map(|file| wording::file_name(file)).collect();
            line.push_str(&format!(" · {kind}: {}", wording::harmless(&names.join(", "))));
        }
    }
    line
}

impl TextLine {
    /// A line whose continuation is set in by two blanks.
    pub fn new(text: impl Into<String>) -> TextLine {
        TextLine { text: text.into(), margin: 0, hang: 2, tone: Tone::Plain }
    }

    /// The title of what follows.
    pub fn heading(text: impl Into<String>) -> TextLine {
        TextLine::new(text).tone(Tone::Heading)
    }

    /// How it stands out.
    #[must_use]
    pub const fn tone(mut self, tone: Tone) -> TextLine {
        self.tone = tone;
        self
    }

    /// Blanks before the first line and before the others.
    #[must_use]
    pub const fn inset(mut self, margin: usize, hang: usize) -> TextLine {
        self.margin = margin;
        self.hang = hang;
        self
    }
}

impl NamedFigure {
    /// A figure.
    pub fn new(name: impl Into<String>, value: Cell) -> NamedFigure {
        NamedFigure { name: name.into(), value, part: false }
    }

    /// A part of the figure before it.
    pub fn part(name: impl Into<String>, value: Cell) -> NamedFigure {
        NamedFigure { name: name.into(), value, part: true }
    }
}

impl Note {
    /// What is said on a sheet: no command, no option.
    pub fn on_paper(&self) -> String {
        let blank = if self.paper_hint.is_empty() { "" } else { " " };
        format!("{}{blank}{}", self.message, self.paper_hint)
    }

    /// A problem in words.
    pub fn of(notice: &Problem, lang: Lang) -> Note {
        Note {
            warning: notice.is_warning(),
            code: notice.code.as_str(),
            message: catalogue::message(notice, lang),
            hint: catalogue::hint(notice, lang),
            paper_hint: catalogue::paper_hint(notice, lang),
        }
    }
}

impl From<TextLine> for Block {
    fn from(line: TextLine) -> Block {
        Block::Line(line)
    }
}

impl From<Table> for Block {
    fn from(table: Table) -> Block {
        Block::Table(table)
    }
}
