//! Sheets made to break a reader: every row of them is answered, left out by name or rejected, or the sheet is refused with a reason.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::batch::Desk;
use crate::program::Run;

const HEADS: [&str; 7] = ["STT", "Mã hộ", "Họ tên", "Đối tượng", "Ngày biên lai", "Số tháng", "Ghi chú"];

fn heading(sheet: &mut Worksheet, row: u32) {
    for (column, head) in (0..).zip(HEADS) {
        sheet.write_string(row, column, head).expect("a heading");
    }
}

/// Somebody of a household in a row; the household is left to the caller.
fn person(sheet: &mut Worksheet, row: u32) {
    for (column, text) in [(0, "1"), (2, "Mẫu"), (3, "GD"), (4, "05/08/2026"), (5, "12")] {
        sheet.write_string(row, column, text).expect("a cell");
    }
}

fn flat(run: &Run) -> String {
    run.stderr
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(['\u{a0}', ','], " ")
        .replace("  ", " ")
}

/// Rows read, answered, left out and rejected, as a run reconciles them.
fn reconciled(run: &Run) -> [u64; 4] {
    let said = run.stderr.replace(['\u{a0}', ','], "");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = said
        .split("Reconciled: ")
        .nth(1)
        .expect("a reconciliation")
        .split('✔')
        .next()
        .unwrap_or_default()
        .to_owned();
    ["read ", "valid ", "left out ", "rejected "].map(|word| {
        let number = line.split(word).nth(1).and_then(|rest| rest.split(' ').next());
        number.map_or(0, |number| number.parse().expect("a number"))
    })
}

/// 16,384 merged cells beside people: each household of two is one cell, which speaks for both.
#[test]
fn thousands_of_merged_cells_speak_for_their_rows() {
    const HOUSEHOLDS: u32 = 16_384;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    heading(sheet, 0);
    for household in 0..HOUSEHOLDS {
        let first = 1 + 2 * household;
        person(sheet, first);
        person(sheet, first + 1);
        sheet
            .merge_range(first, 1, first + 1, 1, &format!("H{household}"), &Format::new())
            .expect("a household");
    }
    let desk = Desk::new();
    desk.put("in.xlsx", book.save_to_buffer().expect("a workbook"));
    let run = desk.premium("in.xlsx", &["--lang", "en"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(reconciled(&run), [32_768, 32_768, 0, 0], "{}", run.stderr);
    // 16,384 × (1,366,200 + 956,340) = 38,052,495,360.
    assert!(flat(&run).contains("Total premium 38 052 495 360 đ"), "{}", run.stderr);
}

/// The same number of cells merged to the right and over nothing anybody reads, and over whole columns of what is read.
#[test]
fn merged_cells_that_hide_nothing_are_passed_by_and_others_refused() {
    const ROWS: u32 = 16_384;
    let book_with = |last_row: u32| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        heading(sheet, 0);
        for row in 1..=8 {
            person(sheet, row);
            sheet.write_string(row, 1, format!("H{row}")).expect("a household");
        }
        for row in 0..ROWS {
            sheet.merge_range(row + 40, 10, row + 40, 12, "x", &Format::new()).expect("cells");
        }
        if last_row > 0 {
            sheet.merge_range(9, 5, last_row, 5, "12", &Format::new()).expect("months");
        }
        book.save_to_buffer().expect("a workbook")
    };
    let desk = Desk::new();
    desk.put("in.xlsx", book_with(0));
    let run = desk.premium("in.xlsx", &["--lang", "en"]);
    let [read, valid, left_out, rejected] = reconciled(&run);
    assert_eq!((valid, read), (8, valid + left_out + rejected), "{}", run.stderr);
    assert!(flat(&run).contains("Total premium 10 929 600 đ"), "8 × 1,366,200: {}", run.stderr);
    // Months merged over empty rows of the whole sheet say nothing for nobody.
    desk.put("in.xlsx", book_with(1_048_575));
    let run = desk.premium("in.xlsx", &["--lang", "en", "--force"]);
    let [read, valid, left_out, rejected] = reconciled(&run);
    assert_eq!((valid, read), (8, valid + left_out + rejected), "{}", run.stderr);
    assert_eq!(run.code != 0, rejected > 0, "{}", run.stderr);
}

/// A heading of 200 rows is none; a heading below 200 rows of titles is not found; both say what was looked for.
#[test]
fn headings_of_two_hundred_rows_are_refused() {
    for titles_only in [false, true] {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for row in 0..200 {
            if titles_only {
                sheet.write_string(row, 0, format!("Tiêu đề {row}")).expect("a title");
            } else {
                for (column, head) in (0..).zip(["Mức đóng", "Họ và tên", "Nhóm"]) {
                    sheet.write_string(row, column, format!("{head} {row}")).expect("a heading");
                }
            }
        }
        heading(sheet, 200);
        person(sheet, 201);
        let desk = Desk::new();
        desk.put("in.xlsx", book.save_to_buffer().expect("a workbook"));
        let run = desk.premium("in.xlsx", &[]);
        assert_eq!((run.code, run.stderr.contains("E0210")), (3, true), "{}", run.stderr);
        assert_eq!(desk.files(), ["in.xlsx"]);
    }
}

/// Cells merged over 200 rows of a heading are no heading of five rows.
#[test]
fn a_heading_merged_over_two_hundred_rows_hides_nobody() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0..).zip(HEADS) {
        sheet.merge_range(0, column, 199, column, head, &Format::new()).expect("a heading");
    }
    person(sheet, 200);
    sheet.write_string(200, 1, "H1").expect("a household");
    let desk = Desk::new();
    desk.put("in.xlsx", book.save_to_buffer().expect("a workbook"));
    let run = desk.premium("in.xlsx", &["--lang", "en"]);
    let is_refused = run.code == 3 && run.stderr.contains("E0223");
    let is_read = run.code == 0 && flat(&run).contains("Total premium 1 366 200 đ");
    assert!(is_refused || is_read, "{}", run.stderr);
}
