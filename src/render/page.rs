//! Trang kết quả: what a result says, built once in blocks; text, HTML, CSV, XLSX and chat only draw it.

use super::catalogue;
use super::explain;
use super::json::is_warning;
use super::wording::{self, Lang};
use crate::engine::trace::Step;
use crate::rulebook::Rulebook;
use crate::terms::number::{Share, Vnd};
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
    /// What to do about it.
    pub hint: String,
}

/// Một bảng.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Title above it on a sheet, and name of its sheet in a workbook.
    pub title: Option<String>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// What happens to columns that do not fit a screen.
    pub narrow: Narrow,
    /// Amounts so long that the sheet needs small print.
    pub fine: bool,
    /// Numbers below the heads, as official forms have them.
    pub numbered: bool,
}

/// Bảng rộng hơn màn hình.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Narrow {
    /// Stays as it is.
    #[default]
    Keep,
    /// A row becomes two, half the columns above the other half.
    Halves,
    /// Only so many columns remain; the totals below have the rest.
    First(usize),
}

/// Kiểu cột.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words, to the left.
    Words,
    /// Numbers, to the right.
    Numbers,
    /// Bars of a chart; sheets only.
    Bars,
}

/// Một cột.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Its head on a screen, where shorter.
    pub short: Option<String>,
    /// Words or numbers.
    pub kind: ColumnKind,
    /// Where it is shown.
    pub on: On,
    /// Head over this column and its neighbours with the same one; sheets only.
    pub over: Option<&'static str>,
    /// Most letters of a cell on a screen.
    pub limit: Option<usize>,
}

/// Một hàng.
#[derive(Debug, Clone)]
pub struct Row {
    /// Words above the row on a screen, with the margin before them.
    pub above: Option<String>,
    /// What the row is.
    pub role: Role,
    /// Its cells, one a column.
    pub cells: Vec<Cell>,
    /// Columns that the first cell of a sum takes on a sheet.
    pub span: usize,
}

/// Vai trò của hàng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A row like the others.
    Plain,
    /// A sum of the rows before it.
    Sum,
    /// The title of the rows after it.
    Section,
}

/// Một ô: words, or a number as people read it and as machines read it.
#[derive(Debug, Clone)]
pub enum Cell {
    /// Words.
    Text(String),
    /// Words, and fewer of them for a screen.
    Brief(String, String),
    /// Words with a remark in small print.
    Noted(String, String),
    /// Words in the colour of a class of the style.
    Marked(String, &'static str),
    /// A number.
    Number {
        /// As people read it.
        shown: String,
        /// As people read it where there is little room.
        brief: Option<String>,
        /// Digits with a dot, exact.
        exact: String,
    },
    /// A drawing (SVG).
    Picture(String),
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

    /// Adds a block that is shown everywhere.
    pub fn add(&mut self, block: impl Into<Block>) {
        self.blocks.push((On::All, block.into()));
    }

    /// Adds a block that is shown in some places only.
    pub fn add_on(&mut self, on: On, block: impl Into<Block>) {
        self.blocks.push((on, block.into()));
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

    /// Adds how the result came about, step by step.
    pub fn steps(&mut self, trace: &[Step], rules: &Rulebook) {
        if trace.is_empty() {
            return;
        }
        explain::steps(trace, rules, self.lang).into_iter().for_each(|line| self.add(line));
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
    /// A problem in words.
    pub fn of(notice: &Problem, lang: Lang) -> Note {
        Note {
            warning: is_warning(notice),
            code: notice.code.as_str(),
            message: catalogue::message(notice, lang),
            hint: catalogue::hint(notice, lang),
        }
    }
}

impl Table {
    /// A table without rows.
    pub fn new(columns: Vec<Column>) -> Table {
        Table { columns, ..Table::default() }
    }

    /// A table for machines: stable names, no other words.
    pub fn data(names: &[&str]) -> Table {
        Table::new(names.iter().map(|name| Column::words(*name)).collect())
    }

    /// The title.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Table {
        self.title = Some(title.into());
        self
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(Row { above: None, role: Role::Plain, cells, span: 1 });
    }

    /// Adds a sum.
    pub fn sum(&mut self, cells: Vec<Cell>) {
        self.rows.push(Row { above: None, role: Role::Sum, cells, span: 1 });
    }

    /// Adds a title over the rows that follow.
    pub fn section(&mut self, title: impl Into<String>) {
        let cells = vec![Cell::Text(title.into())];
        self.rows.push(Row { above: None, role: Role::Section, cells, span: 1 });
    }

    /// Columns that a screen shows, or a sheet; a sheet leaves out those without any words in them.
    pub fn shown(&self, screen: bool) -> Vec<usize> {
        let is_used = |&column: &usize| {
            let filled = |row: &Row| row.cells.get(column).is_some_and(|cell| !cell.is_blank());
            screen || !self.columns[column].head.is_empty() || self.rows.iter().any(filled)
        };
        (0..self.columns.len())
            .filter(|&column| self.columns[column].on.shows(screen))
            .filter(is_used)
            .collect()
    }

    /// Whether it has rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl Column {
    /// A column of words.
    pub fn words(head: impl Into<String>) -> Column {
        Column {
            head: head.into(),
            short: None,
            kind: ColumnKind::Words,
            on: On::All,
            over: None,
            limit: None,
        }
    }

    /// A column of numbers.
    pub fn numbers(head: impl Into<String>) -> Column {
        Column { kind: ColumnKind::Numbers, ..Column::words(head) }
    }

    /// A column of bars, on sheets only.
    pub fn bars() -> Column {
        Column { kind: ColumnKind::Bars, on: On::Sheet, ..Column::words("") }
    }

    /// The head on a screen.
    #[must_use]
    pub fn short(mut self, head: impl Into<String>) -> Column {
        self.short = Some(head.into());
        self
    }

    /// Shown there only.
    #[must_use]
    pub const fn on(mut self, on: On) -> Column {
        self.on = on;
        self
    }

    /// The head over it and its neighbours.
    #[must_use]
    pub const fn over(mut self, head: &'static str) -> Column {
        self.over = Some(head);
        self
    }

    /// Most letters of a cell on a screen.
    #[must_use]
    pub const fn limit(mut self, letters: usize) -> Column {
        self.limit = Some(letters);
        self
    }
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    /// Nothing.
    pub const fn blank() -> Cell {
        Cell::Text(String::new())
    }

    /// A number as people read it, and its digits.
    pub fn number(shown: impl Into<String>, exact: impl ToString + Copy) -> Cell {
        Cell::Number { shown: shown.into(), brief: None, exact: exact.to_string() }
    }

    /// A number that machines read only.
    pub fn exact(exact: impl ToString + Copy) -> Cell {
        let exact = exact.to_string();
        Cell::Number { shown: exact.clone(), brief: None, exact }
    }

    /// Số tiền: `1.366.200 đ`.
    pub fn money(amount: Vnd, lang: Lang) -> Cell {
        Cell::number(wording::money(amount, lang), amount)
    }

    /// Số tiền in a column that says so: `1.366.200`.
    pub fn amount(amount: Vnd, lang: Lang) -> Cell {
        Cell::number(wording::number(amount, lang), amount)
    }

    /// Tỷ lệ.
    pub fn share(share: Share, lang: Lang) -> Cell {
        Cell::Text(wording::share(share, lang))
    }

    /// The same number in fewer letters, for a screen.
    #[must_use]
    pub fn brief(self, short: impl Into<String>) -> Cell {
        match self {
            Cell::Number { shown, exact, .. } => Cell::Number { shown, brief: Some(short.into()), exact },
            other => other,
        }
    }

    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        matches!(self, Cell::Text(text) if text.is_empty())
    }

    /// What people read.
    pub fn shown(&self, screen: bool) -> String {
        match self {
            Cell::Brief(_, brief) if screen => brief.clone(),
            Cell::Text(text) | Cell::Marked(text, _) | Cell::Brief(text, _) => text.clone(),
            Cell::Noted(text, note) if note.is_empty() => text.clone(),
            Cell::Noted(text, note) => format!("{text} {note}"),
            Cell::Number { brief: Some(brief), .. } if screen => brief.clone(),
            Cell::Number { shown, .. } => shown.clone(),
            Cell::Picture(_) => String::new(),
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
