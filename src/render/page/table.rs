//! Bảng của một trang: columns, rows and cells that carry what people read and what machines read.

use super::On;
use crate::render::wording::{self, Lang};
use crate::terms::number::{Share, Vnd};

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

    /// The same number with the way of it in a word, `thừa 1.500.000`, where a sign stood; machines read the sign.
    #[must_use]
    pub fn sided(self, [more, less]: [&str; 2]) -> Cell {
        let Cell::Number { shown, brief, exact } = self else { return self };
        let is_zero = !exact.bytes().any(|digit| matches!(digit, b'1'..=b'9'));
        let way = if is_zero {
            ""
        } else if exact.starts_with('-') {
            less
        } else {
            more
        };
        let side =
            |number: String| format!("{way} {}", number.trim_start_matches(['-', '−'])).trim().to_owned();
        Cell::Number { shown: side(shown), brief: brief.map(side), exact }
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
            Cell::Text(text) | Cell::Marked(text, _) => text.clone(),
            Cell::Noted(text, note) if note.is_empty() => text.clone(),
            Cell::Noted(text, note) => format!("{text} {note}"),
            Cell::Number { brief: Some(brief), .. } if screen => brief.clone(),
            Cell::Number { shown, .. } => shown.clone(),
            Cell::Picture(_) => String::new(),
        }
    }
}
