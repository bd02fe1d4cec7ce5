//! Trang web mang tên .xls: tables of a web page as rows, as old programs and portals hand them out for Excel.
//!
//! What stands on the page outside its tables becomes rows of one cell, so that titles above the heading are read like those of a
//! sheet; tables below each other, and inside each other, become one run of rows, as Excel shows them.

use std::io::{self, Read};

use html5gum::{DefaultEmitter, IoReader, StartTag, Token, Tokenizer};

use super::input::Unrolled;
use super::merged::{FillDown, MergedCells};
use super::pipe::{self, RowSender};
use super::{Trouble, other_kind};
use crate::terms::problem::{Code, Problem};

/// Bytes of a page, whose rows are held until the last cell that is merged downwards is known.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// Bytes of text that a page may unfold to.
const MOST_TEXT: usize = 2 * 1024 * 1024 * 1024;
/// Rows and columns of a sheet in Excel.
const MOST_ROWS: usize = 1_048_576;
const MOST_COLUMNS: usize = 16_384;
/// Columns that one cell may cover, as browsers have it.
const MOST_SPAN: usize = 1_000;

/// Rows of a page as text.
pub(super) fn unroll<'i>(reader: impl Read + 'i, mut fill: FillDown) -> Result<Unrolled<'i>, Trouble> {
    let mut limited = reader.take(MOST_BYTES + 1);
    let page = Page::read(&mut limited)?;
    if limited.limit() == 0 {
        return Err(too_large(MOST_BYTES));
    }
    if !page.has_table {
        return Err(Trouble::input(other_kind::page()));
    }
    let Page { rows, merged, .. } = page;
    let merged = merged.into_iter().map(|(from, to)| MergedCells::between(from, to)).collect();
    let reader = pipe::spawn(Code::UnreadableInput, move |sender| send(rows, &mut fill, sender));
    let notices = vec![Problem::new(Code::PageRead)];
    Ok(Unrolled { reader, notices, epoch: None, merged, hidden: Vec::new(), kinds: None })
}

fn too_large(bytes: u64) -> Trouble {
    let shown = format!("> {} MiB", bytes / (1024 * 1024));
    Trouble::input(Problem::new(Code::WorkbookTooLarge).with("part", "HTML").with("detail", shown))
}

fn send(rows: Vec<PageRow>, fill: &mut FillDown, sender: &mut RowSender) -> Result<(), Option<Problem>> {
    let mut sent = 0;
    for (number, cells) in (1..).zip(rows) {
        let mut row = vec![String::new(); cells.last().map_or(0, |(column, _)| column + 1)];
        cells.into_iter().for_each(|(column, text)| row[column] = text);
        fill.fill(number, &mut row);
        sent += row.iter().map(|cell| cell.len() + 1).sum::<usize>();
        if sent > MOST_TEXT {
            return Err(Some(too_large(MOST_TEXT as u64).problem));
        }
        sender.row(row.iter().map(String::as_bytes)).map_err(Option::from)?;
    }
    Ok(())
}

/// Cells of a row that say something, by column counted from 0.
type PageRow = Vec<(usize, String)>;

/// Row and column, counted from 1.
type CellPlace = (u32, u32);

/// Trang web.
#[derive(Default)]
struct Page {
    rows: Vec<PageRow>,
    /// Cells that cover several, from and to.
    merged: Vec<(CellPlace, CellPlace)>,
    /// Tables that are open, the innermost last.
    open: Vec<PageTable>,
    /// Text outside of all cells.
    outside: String,
    /// Inside the head of the page, whose texts are none of it.
    in_head: bool,
    has_table: bool,
}

/// Một bảng đang đọc.
#[derive(Default)]
struct PageTable {
    /// Rows below the present one that a cell above still covers, by column.
    covered: Vec<usize>,
    /// What the cells of the present row cover below it: first column, columns, rows.
    covers: Vec<(usize, usize, usize)>,
    row: Option<PageRow>,
    /// Where the next cell goes.
    next: usize,
    cell: Option<(usize, String)>,
    /// The first of its ranges among those of the page.
    first_range: usize,
}

impl Page {
    fn read(reader: &mut impl Read) -> Result<Page, Trouble> {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut page = Page::default();
        for token in Tokenizer::new_with_emitter(IoReader::new(reader), emitter) {
            let token = token.map_err(|error: io::Error| Trouble::reading(&error))?;
            match token {
                Token::StartTag(tag) => page.begin(&tag)?,
                Token::EndTag(tag) => page.end(&tag.name)?,
                Token::String(text) => page.text(&String::from_utf8_lossy(&text)),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        while !page.open.is_empty() {
            page.end_table()?;
        }
        page.end_outside()?;
        Ok(page)
    }

    fn begin(&mut self, tag: &StartTag<()>) -> Result<(), Trouble> {
        match &tag.name[..] {
            b"head" | b"style" | b"script" | b"title" => self.in_head = true,
            b"body" => self.in_head = false,
            b"table" => {
                self.in_head = false;
                self.has_table = true;
                self.end_row()?;
                self.end_outside()?;
                self.open.push(PageTable { first_range: self.merged.len(), ..PageTable::default() });
            }
            b"tr" => {
                self.end_row()?;
                self.end_outside()?;
                if let Some(table) = self.open.last_mut() {
                    table.row = Some(PageRow::new());
                }
            }
            b"td" | b"th" => self.begin_cell(tag)?,
            name => self.blank(name)?,
        }
        Ok(())
    }

    fn end(&mut self, name: &[u8]) -> Result<(), Trouble> {
        match name {
            b"head" | b"style" | b"script" | b"title" => self.in_head = false,
            b"table" => return self.end_table(),
            b"tr" => return self.end_row(),
            b"td" | b"th" => self.end_cell(),
            name => return self.blank(name),
        }
        Ok(())
    }

    /// Marks that part words: inside a cell a blank, outside the end of a line.
    fn blank(&mut self, name: &[u8]) -> Result<(), Trouble> {
        const BLOCKS: [&[u8]; 14] = [
            b"p", b"div", b"br", b"h1", b"h2", b"h3", b"h4", b"h5", b"h6", b"li", b"center", b"caption",
            b"form", b"hr",
        ];
        if !BLOCKS.contains(&name) {
            return Ok(());
        }
        match self.open.last_mut().and_then(|table| table.cell.as_mut()) {
            Some((_, text)) => text.push(' '),
            None => self.end_outside()?,
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        match self.open.last_mut().and_then(|table| table.cell.as_mut()) {
            _ if self.in_head => {}
            Some((_, cell)) => cell.push_str(text),
            None => self.outside.push_str(text),
        }
    }

    fn begin_cell(&mut self, tag: &StartTag<()>) -> Result<(), Trouble> {
        self.end_cell();
        if self.open.last().is_some_and(|table| table.row.is_none()) {
            // A row that begins without its tag comes behind the text before it.
            self.end_outside()?;
        }
        let span = |name: &[u8]| {
            let text = tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).trim().to_owned());
            text.and_then(|text| text.parse::<usize>().ok()).unwrap_or(1).max(1)
        };
        let (wide, high) = (span(b"colspan").min(MOST_SPAN), span(b"rowspan").min(MOST_ROWS));
        let row = place(self.rows.len());
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        table.row.get_or_insert_default();
        while table.covered.get(table.next).is_some_and(|rows| *rows > 0) {
            table.next += 1;
        }
        let column = table.next;
        table.next += wide;
        if table.next > MOST_COLUMNS {
            return Err(Trouble::input(Problem::new(Code::RowTooLong).with("row", row)));
        }
        if high > 1 {
            table.covers.push((column, wide, high - 1));
        }
        if wide > 1 || high > 1 {
            let last = (row.saturating_add(place(high) - 2), place(table.next - 1));
            self.merged.push(((row, place(column)), last));
        }
        table.cell = Some((column, String::new()));
        Ok(())
    }

    fn end_cell(&mut self) {
        let Some(table) = self.open.last_mut() else { return };
        let Some((column, text)) = table.cell.take() else { return };
        let text = tidied(&text);
        if let (Some(row), false) = (&mut table.row, text.is_empty()) {
            row.push((column, text));
        }
    }

    fn end_row(&mut self) -> Result<(), Trouble> {
        self.end_cell();
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        let Some(row) = table.row.take() else { return Ok(()) };
        table.next = 0;
        table.covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        for (column, wide, rows) in table.covers.drain(..) {
            if table.covered.len() < column + wide {
                table.covered.resize(column + wide, 0);
            }
            table.covered[column..column + wide].fill(rows);
        }
        self.push(row)
    }

    /// A cell covers nothing below the end of its table.
    fn end_table(&mut self) -> Result<(), Trouble> {
        self.end_row()?;
        self.end_outside()?;
        let last = place(self.rows.len()) - 1;
        if let Some(table) = self.open.pop() {
            self.merged[table.first_range..].iter_mut().for_each(|(_, to)| to.0 = to.0.min(last));
        }
        Ok(())
    }

    fn end_outside(&mut self) -> Result<(), Trouble> {
        let text = tidied(&std::mem::take(&mut self.outside));
        if text.is_empty() { Ok(()) } else { self.push(vec![(0, text)]) }
    }

    fn push(&mut self, row: PageRow) -> Result<(), Trouble> {
        if self.rows.len() >= MOST_ROWS {
            return Err(Trouble::input(
                Problem::new(Code::WorkbookTooLarge)
                    .with("part", "HTML")
                    .with("detail", format!("> {MOST_ROWS}")),
            ));
        }
        self.rows.push(row);
        Ok(())
    }
}

/// A place counted from 1 of one counted from 0.
fn place(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

/// Text as a page shows it: blanks of any kind are one.
fn tidied(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(page: &str) -> (Vec<String>, Vec<String>) {
        let page = Page::read(&mut page.as_bytes()).expect("a page");
        let shown = |row: &PageRow| {
            let mut cells = vec![""; row.last().map_or(0, |(column, _)| column + 1)];
            row.iter().for_each(|(column, text)| cells[*column] = text);
            cells.join("|")
        };
        let merged = page.merged.iter().map(|(from, to)| MergedCells::between(*from, *to).name());
        (page.rows.iter().map(shown).collect(), merged.collect())
    }

    #[test]
    fn cells_that_cover_others_leave_them_their_places() {
        let (rows, merged) = rows(
            "<html><head><title>x</title><style>td{a:b}</style></head><body><h3>Danh s&aacute;ch</h3>\
             <table><tr><th rowspan=2>STT<th colspan='2'>Biên<br>lai</th><th rowspan=\"9\">Ghi&nbsp;chú</tr>\
             <tr><th>Số<th>Ngày\n<tr><td>1</td><td></td><td>05/08/2026</td></tr></table>Cộng",
        );
        assert_eq!(rows, ["Danh sách", "STT|Biên lai||Ghi chú", "|Số|Ngày", "1||05/08/2026", "Cộng"]);
        assert_eq!(merged, ["A2:A3", "B2:C2", "D2:D4"]);
    }

    #[test]
    fn tables_inside_tables_and_tags_that_do_not_end_lose_nothing() {
        let (rows, _) = rows(
            "<table><tr><td>trên<table><tr><td>a<td>b<tr><td>c</table>giữa</td><td>sau</td></tr></table>\
             <![if !x]><script>if (1 < 2) {}</script><p>cuối <b>trang</b>",
        );
        assert_eq!(rows, ["trên", "a|b", "c", "giữa", "sau", "cuối trang"]);
    }
}
