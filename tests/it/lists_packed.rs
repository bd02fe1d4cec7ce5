//! The random households of every layout in what such lists come in: workbooks with cells merged in the heading, a hidden sheet in front,
//! results of formulas and an error beside them, and web pages named `.xls`. The totals are those of `quote`.

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use crate::batch::Desk;
use crate::lists_random::{Dice, LAYOUTS, Rows, grouped, people};

/// Rows among which the heading stands.
const HEAD: usize = 10;

/// Cells of a row of the heading with the columns that they stand above.
fn spans(rows: &Rows, at: usize) -> Vec<(usize, usize, &str)> {
    let (row, below) = (&rows[at], rows.get(at + 1));
    let filled = |cell: &&String| !cell.is_empty();
    // Two headings or more above a row that fills what they leave open.
    let is_heading = at < HEAD && row.iter().filter(filled).count() > 5;
    let is_above = is_heading
        && below
            .is_some_and(|below| row.iter().zip(below).any(|(up, down)| up.is_empty() && !down.is_empty()));
    let mut found: Vec<(usize, usize, &str)> = Vec::new();
    for (column, cell) in row.iter().enumerate() {
        let goes_on = is_above
            && cell.is_empty()
            && below.is_some_and(|below| below.get(column).is_some_and(|down| !down.is_empty()));
        match found.last_mut() {
            Some((_, width, _)) if goes_on => *width += 1,
            _ => found.push((column, 1, cell)),
        }
    }
    found
}

/// An amount as text that a formula may have given.
fn amount(cell: &str) -> Option<String> {
    let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
    let is_amount = cell.len() > 6 && grouped(digits.parse().ok()?, ',') == cell;
    is_amount.then_some(digits)
}

fn fill(sheet: &mut Worksheet, rows: &Rows) {
    const ASIDE: u16 = 120;
    let format = Format::new();
    let is_wide = |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).count() > 5;
    let heading = rows.iter().position(is_wide).expect("a heading");
    for (at, line) in (0..).zip(0..rows.len()) {
        for (column, width, cell) in spans(rows, line) {
            let (first, last) = (
                u16::try_from(column).expect("a column"),
                u16::try_from(column + width - 1).expect("a column"),
            );
            if width > 1 {
                sheet.merge_range(at, first, at, last, cell, &format).expect("a heading");
            } else if let Some(result) = amount(cell) {
                let formula = Formula::new(format!("={result}+0")).set_result(result);
                sheet.write_formula(at, first, formula).expect("a formula");
            } else if !cell.is_empty() {
                sheet.write_string(at, first, cell).expect("a cell");
            }
        }
        // An error in a column that nobody asks for.
        if line == heading {
            sheet.write_string(at, ASIDE, "Tính thử").expect("a heading");
        } else if line == rows.len() / 2 {
            let error = Formula::new("=#REF!").set_result("#REF!");
            sheet.write_formula(at, ASIDE, error).expect("an error");
        }
    }
}

fn workbook(rows: &Rows) -> Vec<u8> {
    let mut book = Workbook::new();
    let front = book.add_worksheet();
    front.set_name("Tạm").expect("a name").set_hidden(true);
    front.write_string(0, 0, "Danh mục tạm").expect("a cell");
    let sheet = book.add_worksheet();
    sheet.set_name("Danh sách").expect("a name").set_active(true);
    fill(sheet, rows);
    book.save_to_buffer().expect("a workbook")
}

fn page(rows: &Rows) -> String {
    let escaped = |cell: &str| cell.replace('&', "&amp;").replace('<', "&lt;");
    let cells = |at: usize| -> String {
        let cell = |(_, width, cell): (usize, usize, &str)| match width {
            1 => format!("<td>{}", escaped(cell)),
            _ => format!("<td colspan={width}>{}", escaped(cell)),
        };
        spans(rows, at).into_iter().map(cell).collect()
    };
    let lines: String = (0..rows.len()).map(|at| format!("<tr>{}\n", cells(at))).collect();
    format!("<html><head><meta charset=utf-8></head><body><table border=1>{lines}</table></body></html>")
}

#[test]
fn random_households_in_workbooks_and_web_pages_cost_what_quote_says() {
    let desk = Desk::new();
    for (seed, (name, layout, more)) in (101..).zip(LAYOUTS) {
        let mut dice = Dice(seed);
        let people = people(&mut dice);
        let total: i64 = people.iter().map(|person| person.premium).sum();
        let rows = layout(&people, &mut dice);
        desk.put("in.xlsx", workbook(&rows));
        desk.put("in.xls", page(&rows));
        for file in ["in.xlsx", "in.xls"] {
            let run = desk.premium(file, &[more, &["--force", "--lang", "en"]].concat());
            let said = run.stderr.replace('\u{a0}', " ");
            assert_eq!(run.code, 0, "{name} {file}: {said}");
            let wanted = grouped(total, ',');
            assert!(
                said.contains(&format!("Total premium {wanted} đ")),
                "{name} {file}: {wanted} is not in\n{said}"
            );
            assert!(
                name == "agent" || said.contains(&format!("`{name}`")),
                "{name} {file} is not recognised: {said}"
            );
        }
    }
}
