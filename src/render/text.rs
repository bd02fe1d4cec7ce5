//! Trang trên màn hình: a page as plain text, at most 80 columns wide.

use super::layout::{Lean, WIDTH, shortened, table as set, wrap};
use super::page::{Block, Cell, ColumnKind, NamedFigure, Narrow, Note, Page, Role, Table, TextLine};

/// The page.
pub fn draw(page: &Page) -> String {
    let mut out = if page.banner.is_empty() { String::new() } else { format!("{}\n", page.banner) };
    for block in page.blocks(true) {
        match block {
            Block::Gap => out.push('\n'),
            Block::Line(each) => out.push_str(&line(each)),
            Block::Table(each) => out.push_str(&table(each)),
            Block::Figures(each) => out.push_str(&figures(each)),
            Block::Notes(each) => each.iter().for_each(|each| out.push_str(&note(each))),
            Block::Picture(_) | Block::Cards(_) => {}
        }
    }
    out
}

/// A page without alignment, a line a block: what is pasted into a message.
pub fn message(page: &Page) -> String {
    let mut out = if page.banner.is_empty() { String::new() } else { format!("{}\n", page.banner) };
    for block in page.blocks(true) {
        if let Block::Line(line) = block {
            out.push_str(&line.text);
            out.push('\n');
        }
    }
    out
}

/// A line with its margin, broken where the screen ends.
pub fn line(line: &TextLine) -> String {
    wrap(&format!("{}{}", " ".repeat(line.margin), line.text), line.hang)
}

/// A warning or a note, one paragraph.
fn note(note: &Note) -> String {
    let mark = if note.warning { "!" } else { "-" };
    let blank = if note.hint.is_empty() { "" } else { " " };
    wrap(&format!("{mark} {} {}{blank}{}", note.code, note.message, note.hint), 2)
}

fn figures(figures: &[NamedFigure]) -> String {
    let rows: Vec<Vec<String>> = figures
        .iter()
        .map(|figure| {
            let name = if figure.part { format!("  {}", figure.name) } else { figure.name.clone() };
            vec![name, figure.value.shown(true)]
        })
        .collect();
    set(&rows, &[Lean::Left, Lean::Right])
}

/// The rows, with the words that stand above some of them.
fn table(table: &Table) -> String {
    let shown = table.shown(true);
    let leans: Vec<Lean> = shown
        .iter()
        .map(
            |&column| {
                if table.columns[column].kind == ColumnKind::Numbers { Lean::Right } else { Lean::Left }
            },
        )
        .collect();
    let cell = |cells: &[Cell], column: usize| {
        let text = cells.get(column).map(|cell| cell.shown(true)).unwrap_or_default();
        table.columns[column].limit.map_or(text.clone(), |limit| shortened(&text, limit))
    };
    let head = |column: &usize| {
        let column = &table.columns[*column];
        column.short.clone().unwrap_or_else(|| column.head.clone())
    };
    let mut rows: Vec<Vec<String>> = vec![shown.iter().map(head).collect()];
    let mut above: Vec<(usize, String)> = Vec::new();
    for row in &table.rows {
        above.extend(row.above.iter().map(|text| (rows.len(), text.clone())));
        if row.role == Role::Section {
            above.push((rows.len(), row.cells.first().map(|cell| cell.shown(true)).unwrap_or_default()));
        } else {
            rows.push(shown.iter().map(|&column| cell(&row.cells, column)).collect());
        }
    }
    let (printed, lines_a_row) = fitted(&rows, &leans, table.narrow);
    let mut out = String::new();
    for (index, row) in printed.lines().enumerate() {
        for (_, title) in above.iter().filter(|(before, _)| *before * lines_a_row == index) {
            out.push_str(&wrap(title, 4));
        }
        out.push_str(row);
        out.push('\n');
    }
    out
}

/// The rows within the width of a screen, and how many lines a row takes.
fn fitted(rows: &[Vec<String>], leans: &[Lean], narrow: Narrow) -> (String, usize) {
    let wide = set(rows, leans);
    if wide.lines().all(|line| line.chars().count() <= WIDTH) {
        return (wide, 1);
    }
    match narrow {
        Narrow::Keep => (wide, 1),
        Narrow::First(columns) => (set(rows, &leans[..columns.min(leans.len())]), 1),
        Narrow::Halves => {
            let half = leans.len().div_ceil(2);
            let halves: Vec<Vec<String>> =
                rows.iter().flat_map(|row| row.chunks(half)).map(<[String]>::to_vec).collect();
            (set(&halves, &leans[..half]), 2)
        }
    }
}
