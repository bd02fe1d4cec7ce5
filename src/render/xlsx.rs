//! Trang dạng Excel: a page as a workbook that opens readable and prints on A4.
//!
//! A number of a page becomes the workbook's number where a spreadsheet keeps it exactly, else a text (`workbook.rs`).

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::page::{
    Block, Cell, Column, ColumnKind, NamedFigure, Note, Page, Paper, Role, Row, Table, TextLine, Tone,
};
use super::wording::harmless;
use crate::workbook::{A4, A5, put_number};

/// Narrowest and widest column, in letters.
const WIDTHS: (usize, usize) = (9, 46);

/// Letters of a line that is not within a table, at least.
const LINE_WIDTH: usize = 80;

/// Height of a line of text, in points.
const LINE_HEIGHT: u32 = 15;

/// Kiểu ô của sổ.
#[derive(Clone)]
pub struct Formats {
    title: Format,
    strong: Format,
    plain: Format,
    head: Format,
    number_head: Format,
    words: Format,
    right: Format,
    whole: Format,
    decimals: Format,
    section: Format,
    sum: [Format; 4],
}

impl Formats {
    /// The formats of every book.
    pub fn new() -> Formats {
        let right = || Format::new().set_align(FormatAlign::Right).set_align(FormatAlign::Top);
        let number = |form: &str| right().set_num_format(form);
        let (whole, decimals) =
            (number("#,##0;[Red]-#,##0;\"–\""), number("#,##0.0###;[Red]-#,##0.0###;\"–\""));
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let head = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Bottom)
            .set_border_bottom(FormatBorder::Thin);
        let sum = |format: &Format| format.clone().set_bold().set_border_top(FormatBorder::Thin);
        // Words stand apart from the number on their left.
        let words = Format::new().set_align(FormatAlign::Top).set_text_wrap().set_indent(1);
        Formats {
            title: Format::new().set_bold().set_font_size(14),
            strong: wrapped.clone().set_bold(),
            plain: wrapped,
            number_head: head.clone().set_align(FormatAlign::Right),
            head,
            right: right(),
            section: Format::new().set_bold().set_background_color("F2F2F2"),
            sum: [sum(&words), sum(&right()), sum(&whole), sum(&decimals)],
            words,
            whole,
            decimals,
        }
    }

    /// The format of a cell: words, words to the right, whole numbers or decimals.
    fn of(&self, cell: &Cell, kind: ColumnKind, is_sum: bool) -> &Format {
        let index = match (cell, kind) {
            (Cell::Number { exact, .. }, _) if exact.contains('.') => 3,
            (Cell::Number { .. }, _) => 2,
            (_, ColumnKind::Numbers) => 1,
            (_, ColumnKind::Words | ColumnKind::Bars) => 0,
        };
        if is_sum { &self.sum[index] } else { [&self.words, &self.right, &self.whole, &self.decimals][index] }
    }
}

impl Default for Formats {
    fn default() -> Formats {
        Formats::new()
    }
}

/// The page as a workbook: what people read, and beside it the flat table for machines.
///
/// # Errors
/// [`XlsxError`] when the book cannot be written.
pub fn draw(page: &Page) -> Result<Vec<u8>, XlsxError> {
    let mut book = crate::workbook::empty();
    let formats = Formats::new();
    let sheet = book.add_worksheet();
    sheet.set_name(page.lang.say("Kết quả", "Result"))?;
    fill(sheet, page, &formats)?;
    if let Some(data) = &page.data {
        let sheet = book.add_worksheet();
        sheet.set_name(page.lang.say("Dữ liệu", "Data"))?;
        let mut columns = Columns::default();
        columns.take(data);
        columns.set(sheet)?;
        sheet.set_freeze_panes(1, 0)?;
        heads(sheet, 0, &data.columns.iter().collect::<Vec<_>>(), &formats)?;
        for (at, row) in (1..).zip(&data.rows) {
            cells(sheet, at, row, &data.columns.iter().collect::<Vec<_>>(), &formats)?;
        }
    }
    book.save_to_buffer()
}

/// Writes the blocks of a page one below the other.
///
/// # Errors
/// [`XlsxError`] when a cell cannot be written.
pub fn fill(sheet: &mut Worksheet, page: &Page, formats: &Formats) -> Result<(), XlsxError> {
    print_setup(sheet, page.paper);
    let mut columns = Columns::default();
    for block in page.blocks(false) {
        match block {
            Block::Table(table) => columns.take(table),
            Block::Figures(figures) | Block::Cards(figures) => columns.take_figures(figures),
            _ => {}
        }
    }
    columns.set(sheet)?;
    let (last, letters) = (columns.last(), columns.letters());
    let mut pen = Pen { sheet, row: 0, last, letters, columns, formats };
    if !page.title.is_empty() {
        let title = pen.formats.title.clone();
        pen.sheet.write_string_with_format(pen.row, 0, &page.title, &title)?;
        pen.row += 1;
    }
    for text in page.form.iter().chain(&page.stamp) {
        pen.words(text, true)?;
    }
    let mut blocks = page.blocks(false).peekable();
    while let Some(block) = blocks.next() {
        // A sheet has no pictures, and so no headings of them.
        let of_picture = matches!(blocks.peek(), Some(Block::Picture(_)));
        match block {
            Block::Line(line) if of_picture && line.tone == Tone::Heading => {}
            Block::Gap | Block::Picture(_) => {}
            Block::Line(line) => pen.line(line)?,
            Block::Table(table) => pen.table(table)?,
            Block::Figures(figures) | Block::Cards(figures) => pen.figures(figures)?,
            Block::Notes(notes) => pen.notes(notes, page)?,
        }
    }
    Ok(())
}

/// A4 (or A5), one page wide.
pub fn print_setup(sheet: &mut Worksheet, paper: Paper) {
    sheet.set_paper_size(if paper == Paper::Slip { A5 } else { A4 });
    if matches!(paper, Paper::Form | Paper::Wide) {
        sheet.set_landscape();
    }
    sheet.set_print_fit_to_pages(1, 0);
}

/// Width of every column, by what stands in it.
#[derive(Default)]
struct Columns(Vec<usize>);

impl Columns {
    fn widen(&mut self, column: usize, letters: usize) {
        if self.0.len() <= column {
            self.0.resize(column + 1, WIDTHS.0);
        }
        self.0[column] = self.0[column].max((letters + 2).min(WIDTHS.1));
    }

    fn take(&mut self, table: &Table) {
        let shown = on_sheets(table);
        for (at, &column) in shown.iter().enumerate() {
            let longest =
                table.columns[column].head.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
            // A head takes three lines at most.
            self.widen(at, longest.max(table.columns[column].head.chars().count().div_ceil(3)));
        }
        for row in table.rows.iter().filter(|row| row.role != Role::Section && row.span == 1) {
            for (at, &column) in shown.iter().enumerate() {
                let letters = row.cells.get(column).map_or(0, |cell| cell.shown(false).chars().count());
                self.widen(at, letters);
            }
        }
    }

    fn take_figures(&mut self, figures: &[NamedFigure]) {
        for figure in figures {
            self.widen(0, figure.name.chars().count() + if figure.part { 2 } else { 0 });
            self.widen(1, figure.value.shown(false).chars().count());
        }
    }

    fn set(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for (column, letters) in (0_u16..).zip(&self.0) {
            sheet.set_column_width(column, u32::try_from(*letters).unwrap_or(0))?;
        }
        Ok(())
    }

    /// The column up to which words reach.
    fn last(&self) -> u16 {
        let mut letters = 0;
        let needed = self.0.iter().position(|width| {
            letters += width;
            letters >= LINE_WIDTH
        });
        u16::try_from(needed.unwrap_or(self.0.len().saturating_sub(1)).max(1)).unwrap_or(1)
    }

    /// Letters of a line up to that column.
    fn letters(&self) -> usize {
        let usual = 8;
        (0..=usize::from(self.last())).map(|column| self.0.get(column).copied().unwrap_or(usual)).sum()
    }
}

/// Columns that a workbook shows.
fn on_sheets(table: &Table) -> Vec<usize> {
    let mut shown = table.shown(false);
    shown.retain(|&column| table.columns[column].kind != ColumnKind::Bars);
    shown
}

/// Ngòi bút: where the next block goes.
struct Pen<'s> {
    sheet: &'s mut Worksheet,
    row: u32,
    last: u16,
    letters: usize,
    columns: Columns,
    formats: &'s Formats,
}

impl Pen<'_> {
    /// Words over several columns, in as many lines as they need.
    fn words(&mut self, text: &str, strong: bool) -> Result<(), XlsxError> {
        let format = if strong { &self.formats.strong } else { &self.formats.plain };
        let lines = text.chars().count().div_ceil(self.letters.max(1)).max(1);
        self.sheet.merge_range(self.row, 0, self.row, self.last, &harmless(text), format)?;
        self.sheet.set_row_height(self.row, LINE_HEIGHT * u32::try_from(lines).unwrap_or(1))?;
        self.row += 1;
        Ok(())
    }

    fn line(&mut self, line: &TextLine) -> Result<(), XlsxError> {
        if line.tone == Tone::Heading {
            self.row += 1;
        }
        let strong = matches!(line.tone, Tone::Heading | Tone::Strong | Tone::Main | Tone::Frame);
        self.words(&format!("{}{}", " ".repeat(line.margin), line.text), strong)
    }

    fn figures(&mut self, figures: &[NamedFigure]) -> Result<(), XlsxError> {
        self.row += 1;
        for figure in figures {
            let name = format!("{}{}", if figure.part { "  " } else { "" }, figure.name);
            self.sheet.write_string_with_format(self.row, 0, harmless(&name), &self.formats.words)?;
            let kind = if matches!(figure.value, Cell::Number { .. }) {
                ColumnKind::Numbers
            } else {
                ColumnKind::Words
            };
            cell(self.sheet, (self.row, 1), &figure.value, (kind, false), self.formats)?;
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }

    fn notes(&mut self, notes: &[Note], page: &Page) -> Result<(), XlsxError> {
        self.row += 1;
        self.words(page.lang.say("Lưu ý", "Please note"), true)?;
        for note in notes {
            self.words(&format!("{} {}", note.code, note.on_paper()), false)?;
        }
        Ok(())
    }

    /// Lines that the longest cell of the row takes: not every program finds out by itself.
    fn height(&mut self, letters: impl Iterator<Item = usize>) -> Result<(), XlsxError> {
        let lines = letters.zip(&self.columns.0).map(|(letters, width)| letters.div_ceil(width - 1));
        let most = u32::try_from(lines.max().unwrap_or(1).max(1)).unwrap_or(1);
        if most > 1 {
            self.sheet.set_row_height(self.row, LINE_HEIGHT * most)?;
        }
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        self.row += 1;
        if let Some(title) = &table.title {
            self.words(title, true)?;
        }
        let shown = on_sheets(table);
        let columns: Vec<&Column> = shown.iter().map(|&column| &table.columns[column]).collect();
        if columns.iter().any(|column| !column.head.is_empty()) {
            heads(self.sheet, self.row, &columns, self.formats)?;
            let heads = columns.iter().map(|column| column.head.chars().count());
            self.height(heads)?;
            self.row += 1;
        }
        for row in &table.rows {
            if row.role == Role::Section {
                let title = row.cells.first().map(|cell| harmless(&cell.shown(false))).unwrap_or_default();
                self.sheet.write_string_with_format(self.row, 0, title, &self.formats.section)?;
                let last = u16::try_from(columns.len()).unwrap_or(1);
                for column in 1..last {
                    self.sheet.write_blank(self.row, column, &self.formats.section)?;
                }
            } else {
                let own = shown.iter().filter_map(|&column| row.cells.get(column).cloned()).collect();
                let own = Row { cells: own, ..row.clone() };
                cells(self.sheet, self.row, &own, &columns, self.formats)?;
                self.height(own.cells.iter().map(|cell| cell.shown(false).chars().count()))?;
            }
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }
}

/// The heads of columns.
///
/// # Errors
/// [`XlsxError`] when a cell cannot be written.
pub fn heads(
    sheet: &mut Worksheet,
    row: u32,
    columns: &[&Column],
    formats: &Formats,
) -> Result<(), XlsxError> {
    for (at, column) in (0_u16..).zip(columns) {
        let format = if column.kind == ColumnKind::Numbers { &formats.number_head } else { &formats.head };
        sheet.write_string_with_format(row, at, &column.head, format)?;
    }
    Ok(())
}

/// The cells of a row, from left to right, as spooled sheets need them.
///
/// # Errors
/// [`XlsxError`] when a cell cannot be written.
pub fn cells(
    sheet: &mut Worksheet,
    at: u32,
    row: &Row,
    columns: &[&Column],
    formats: &Formats,
) -> Result<(), XlsxError> {
    for ((number, value), column) in (0_u16..).zip(&row.cells).zip(columns) {
        cell(sheet, (at, number), value, (column.kind, row.role == Role::Sum), formats)?;
    }
    Ok(())
}

/// The height that the longest text of a row needs in columns of these widths; spreadsheets do not find it themselves.
///
/// # Errors
/// [`XlsxError`] when the row cannot be set.
pub fn row_height(sheet: &mut Worksheet, at: u32, row: &Row, widths: &[u16]) -> Result<(), XlsxError> {
    let lines = row
        .cells
        .iter()
        .zip(widths)
        .map(|(cell, width)| cell.shown(false).chars().count().div_ceil(usize::from(*width).max(8) - 4));
    let lines = lines.max().unwrap_or(1).clamp(1, MOST_LINES);
    sheet.set_row_height(at, LINE_HEIGHT * u32::try_from(lines).unwrap_or(1))?;
    Ok(())
}

/// Lines of text that a row shows at most.
const MOST_LINES: usize = 12;

/// One cell: a number where the spreadsheet keeps it exactly, else a text; nothing stays empty.
fn cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Cell,
    (kind, is_sum): (ColumnKind, bool),
    formats: &Formats,
) -> Result<(), XlsxError> {
    let format = formats.of(value, kind, is_sum);
    match value {
        Cell::Number { exact, shown, .. } => put_number(sheet, (row, column), exact, shown, format)?,
        other => {
            let text = harmless(&other.shown(false));
            if !text.is_empty() {
                sheet.write_string_with_format(row, column, text, format)?;
            } else if is_sum {
                sheet.write_blank(row, column, format)?;
            }
        }
    }
    Ok(())
}
