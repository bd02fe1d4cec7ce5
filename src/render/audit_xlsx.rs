//! Giám định dạng Excel: summary by rule, department and month; details; unreadable; run information.
//!
//! Details are spooled row by row to a temporary file beside the result, never to the system's own folder. Amounts
//! become the workbook's numbers here and nowhere else; beyond fifteen digits a spreadsheet cannot hold them.

use std::fs::File;
use std::path::Path;

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::audit_csv::month;
use super::audit_json::place;
use super::audit_text::sums;
use super::audit_words as words;
use super::catalogue;
use super::page::footer;
use super::wording::{Lang, harmless};
use crate::audit::figure::Figure;
use crate::audit::finding::Finding;
use crate::audit::redact::Redaction;
use crate::audit::run::{AuditedClaim, Outcome};
use crate::audit::summary::{Summary, Tally};
use crate::rulebook::Rulebook;

/// Columns of the details: heading, width, whether numbers stand in it. The sentence is last, so that it is never cut.
const DETAILS: [([&str; 2], u16, bool); 21] = [
    (["Tệp", "File"], 28, false),
    (["Thứ tự", "No."], 7, true),
    (["Mã lượt khám", "Claim"], 14, false),
    (["Chuẩn", "Standard"], 9, false),
    (["Cơ sở", "Facility"], 9, false),
    (["Khoa", "Department"], 11, false),
    (["Tháng", "Month"], 9, false),
    (["Thẻ", "Card"], 7, false),
    (["Mã đối tượng", "Visit code"], 9, false),
    (["Mã", "Code"], 24, false),
    (["Mức độ", "Severity"], 10, false),
    (["Bảng", "Part"], 7, false),
    (["Dòng", "Line"], 7, true),
    (["Chỉ tiêu", "Field"], 20, false),
    (["Khai", "Declared"], 15, true),
    (["Tính lại", "Expected"], 15, true),
    (["Chênh lệch", "Difference"], 15, true),
    (["Quỹ chênh", "Fund difference"], 15, true),
    (["Người bệnh chênh", "Patient difference"], 15, true),
    (["Căn cứ", "Basis"], 40, false),
    (["Nội dung", "Message"], 80, false),
];

/// Rows of a sheet, less the heading.
const MOST_ROWS: u32 = 1_048_575;

/// Formats of the book's cells.
#[derive(Clone)]
struct Formats {
    head: Format,
    /// Heading of a column of numbers.
    number_head: Format,
    name: Format,
    /// Whole numbers; nothing stands as a dash.
    whole: Format,
    /// Amounts with decimals.
    decimals: Format,
}

impl Formats {
    fn new() -> Formats {
        let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Bottom);
        let number =
            |form: &str| Format::new().set_num_format(form).set_align(FormatAlign::Right).set_indent(1);
        Formats {
            number_head: head.clone().set_align(FormatAlign::Right).set_indent(1),
            head,
            name: Format::new().set_bold(),
            whole: number("#,##0;[Red]-#,##0;\"–\""),
            decimals: number("#,##0.00;[Red]-#,##0.00;\"–\""),
        }
    }
}

/// Sổ Excel đang lập.
pub struct Book {
    workbook: Workbook,
    lang: Lang,
    formats: Formats,
    /// Index of the sheet of details that takes rows, and its next row.
    details: (usize, u32),
    detail_sheets: u32,
}

impl Book {
    /// An empty book that spools to a folder.
    ///
    /// # Errors
    /// [`XlsxError`] when the folder cannot be used.
    pub fn new(folder: &Path, lang: Lang) -> Result<Book, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder)?;
        workbook.add_worksheet().set_name(lang.say("Tổng hợp", "Summary"))?;
        let mut book = Book { workbook, lang, formats: Formats::new(), details: (0, 0), detail_sheets: 0 };
        book.add_details()?;
        Ok(book)
    }

    fn add_details(&mut self) -> Result<(), XlsxError> {
        self.detail_sheets += 1;
        let name = self.lang.say("Chi tiết", "Details");
        let name =
            if self.detail_sheets == 1 { name.to_owned() } else { format!("{name} {}", self.detail_sheets) };
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        print_setup(sheet);
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
        for (column, (head, width, is_number)) in (0_u16..).zip(DETAILS) {
            sheet.set_column_width(column, width)?;
            let format = if is_number { &self.formats.number_head } else { &self.formats.head };
            sheet.write_string_with_format(0, column, self.lang.pick(head), format)?;
        }
        let index = self.workbook.worksheets().len() - 1;
        self.details = (index, 1);
        Ok(())
    }

    /// Takes an outcome; files and unreadable claims come from the summary at the end.
    ///
    /// # Errors
    /// [`XlsxError`] when the spool cannot be written.
    pub fn add(
        &mut self,
        outcome: &Outcome,
        redaction: &Redaction,
        rules: &Rulebook,
    ) -> Result<(), XlsxError> {
        let Outcome::Claim(claim) = outcome else { return Ok(()) };
        for finding in &claim.findings {
            if self.details.1 > MOST_ROWS {
                self.add_details()?;
            }
            self.add_finding(claim, finding, redaction, rules)?;
            self.details.1 += 1;
        }
        Ok(())
    }

    fn add_finding(
        &mut self,
        claim: &AuditedClaim,
        finding: &Finding,
        redaction: &Redaction,
        rules: &Rulebook,
    ) -> Result<(), XlsxError> {
        let lang = self.lang;
        let (index, row) = self.details;
        let sheet = self.workbook.worksheet_from_index(index)?;
        let texts = [
            (0, place(&claim.file, None, redaction)),
            (2, harmless(&redaction.id(&claim.id))),
            (3, claim.standard.to_string()),
            (4, claim.facility.clone()),
            (5, finding.department.clone()),
            (6, month(claim.month)),
            (7, claim.card.clone()),
            (8, claim.visit_code.clone()),
            (9, finding.check.code.to_owned()),
            (10, words::severity(finding.severity, lang).to_owned()),
            (11, finding.part.to_string()),
            (13, finding.tag.map(|tag| tag.to_string()).unwrap_or_default()),
            (19, words::cites(finding, rules, lang)),
            (20, words::message(finding, lang)),
        ];
        // Rows of a spooled sheet are written from left to right.
        let mut cells: Vec<(u16, Cell)> =
            texts.into_iter().map(|(column, text)| (column, Cell::Text(text))).collect();
        cells.push((1, Cell::Count(claim.number)));
        cells.extend(finding.line.map(|line| (12, Cell::Count(line))));
        for (column, value) in [(14, &finding.declared), (15, &finding.expected)] {
            cells.push((column, Cell::of(value)));
        }
        cells.extend(finding.difference.map(|figure| (16, Cell::Money(figure))));
        cells.push((17, Cell::Money(finding.fund)));
        cells.push((18, Cell::Money(finding.patient)));
        cells.sort_by_key(|(column, _)| *column);
        for (column, cell) in cells {
            cell.write(sheet, row, column, &self.formats)?;
        }
        Ok(())
    }

    /// Completes the book in a file.
    ///
    /// # Errors
    /// [`XlsxError`] when the file cannot be written.
    pub fn save(
        mut self,
        file: File,
        summary: &Summary,
        redaction: &Redaction,
        rules: &Rulebook,
        options: &[(String, String)],
    ) -> Result<(), XlsxError> {
        let (last, rows) = self.details;
        self.workbook.worksheet_from_index(last)?.autofilter(0, 0, rows.max(2) - 1, 20)?;
        self.unreadable(summary, redaction)?;
        self.run(summary, redaction, rules, options)?;
        self.summary(summary)?;
        self.workbook.save_to_writer(file)
    }

    fn summary(&mut self, summary: &Summary) -> Result<(), XlsxError> {
        let (lang, formats) = (self.lang, self.formats.clone());
        let sheet = self.workbook.worksheet_from_index(0)?;
        print_setup(sheet);
        for (column, width) in (0_u16..).zip([26, 48, 11, 10, 10, 17, 17, 17, 17]) {
            sheet.set_column_width(column, width)?;
        }
        let mut row = 0;
        heading(
            sheet,
            &mut row,
            [lang.say("Theo quy tắc", "By rule"), lang.say("Mức độ", "Severity")],
            lang,
            &formats,
        )?;
        for (check, tally) in summary.by_money() {
            sheet.write_string(row, 0, check.code)?;
            sheet.write_string(row, 1, lang.pick(check.title))?;
            sheet.write_string(row, 2, words::severity(check.severity, lang))?;
            tally_cells(sheet, &mut row, tally, &formats)?;
        }
        let total = summary.total();
        sheet.write_string_with_format(row, 0, lang.say("Cộng", "Total"), &formats.name)?;
        tally_cells(sheet, &mut row, &total, &formats)?;
        row += 1;
        heading(sheet, &mut row, [lang.say("Theo khoa", "By department"), ""], lang, &formats)?;
        for (name, tally) in &summary.departments {
            sheet.write_string(row, 0, if name.is_empty() { "–" } else { name })?;
            tally_cells(sheet, &mut row, tally, &formats)?;
        }
        row += 1;
        heading(
            sheet,
            &mut row,
            [lang.say("Theo tháng ra viện", "By month of discharge"), ""],
            lang,
            &formats,
        )?;
        for (key, tally) in &summary.months {
            sheet.write_string(row, 0, month(Some(*key)))?;
            tally_cells(sheet, &mut row, tally, &formats)?;
        }
        Ok(())
    }

    fn unreadable(&mut self, summary: &Summary, redaction: &Redaction) -> Result<(), XlsxError> {
        let (lang, formats) = (self.lang, self.formats.clone());
        let sheet = self.workbook.add_worksheet();
        print_setup(sheet);
        sheet.set_name(lang.say("Không đọc được", "Unreadable"))?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, (head, width)) in
            (0_u16..).zip([(["Tệp", "File"], 40), (["Mã", "Code"], 10), (["Lý do", "Why"], 90)])
        {
            sheet.write_string_with_format(0, column, lang.pick(head), &formats.head)?;
            sheet.set_column_width(column, width)?;
        }
        for (row, (file, claim, problem)) in (1_u32..).zip(&summary.unreadable_kept) {
            sheet.write_string(row, 0, place(file, *claim, redaction))?;
            sheet.write_string(row, 1, problem.code.as_str())?;
            sheet.write_string(row, 2, catalogue::message(problem, lang))?;
        }
        Ok(())
    }

    fn run(
        &mut self,
        summary: &Summary,
        redaction: &Redaction,
        rules: &Rulebook,
        options: &[(String, String)],
    ) -> Result<(), XlsxError> {
        let (lang, formats) = (self.lang, self.formats.clone());
        let sheet = self.workbook.add_worksheet();
        print_setup(sheet);
        sheet.set_name(lang.say("Thông tin", "Run"))?;
        sheet.set_column_width(0, 70)?;
        sheet.set_column_width(1, 68)?;
        let mut row = 0;
        let mut line = |name: &str, cell: Cell| -> Result<(), XlsxError> {
            sheet.write_string_with_format(row, 0, name, &formats.name)?;
            cell.write(sheet, row, 1, &formats)?;
            row += 1;
            Ok(())
        };
        line(lang.say("Chương trình và quy định", "Program and rules"), Cell::Text(footer(rules, lang)))?;
        line("rulebook sha256", Cell::Text(rules.identity.sha256.clone()))?;
        for (name, value) in options {
            line(name, Cell::Text(harmless(value)))?;
        }
        let counts = [
            (lang.say("Tệp", "Files"), summary.files),
            (lang.say("Hồ sơ", "Claims"), summary.claims),
            (lang.say("Dòng", "Lines"), summary.lines),
            (lang.say("Hồ sơ khớp", "Claims that agree"), summary.agreeing),
            (lang.say("Không đọc được", "Unreadable"), summary.unreadable),
            (lang.say("Phát hiện", "Findings"), summary.findings()),
            (
                lang.say("Tệp có chữ ký (không kiểm tra)", "Files with a signature (not verified)"),
                summary.signed,
            ),
            (lang.say("Tệp có SOLUONGHOSO sai", "Files with a wrong SOLUONGHOSO"), summary.wrong_counts),
        ];
        for (name, count) in counts {
            line(name, Cell::Money(Figure::whole(i64::try_from(count).unwrap_or(i64::MAX))))?;
        }
        for (tag, declared, replayed) in sums(summary) {
            line(&format!("Σ {tag}, {}", lang.say("khai", "declared")), Cell::Money(declared))?;
            line(&format!("Σ {tag}, {}", lang.say("tính lại", "replayed")), Cell::Money(replayed))?;
        }
        for (code, claims) in &summary.undecided {
            let name = format!(
                "{}: {}",
                lang.say("Chưa xét được mức hưởng", "Share undecided"),
                words::undecided(*code, lang)
            );
            line(&name, Cell::Money(Figure::whole(i64::try_from(*claims).unwrap_or(i64::MAX))))?;
        }
        for facts in &summary.file_facts {
            let name = place(&facts.file, None, redaction);
            line(&format!("sha256 {name}"), Cell::Text(facts.sha256.clone().unwrap_or_default()))?;
        }
        Ok(())
    }
}

/// A4 across, one page wide.
fn print_setup(sheet: &mut Worksheet) {
    const A4: u8 = 9;
    sheet.set_paper_size(A4);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
}

/// Title of a table, what its third column holds, and the columns of numbers.
fn heading(
    sheet: &mut Worksheet,
    row: &mut u32,
    names: [&str; 2],
    lang: Lang,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let heads = [
        lang.say("Phát hiện", "Findings"),
        lang.say("Hồ sơ", "Claims"),
        lang.say("Quỹ trả thừa", "Fund over"),
        lang.say("Quỹ trả thiếu", "Fund under"),
        lang.say("Người bệnh thừa", "Patient over"),
        lang.say("Người bệnh thiếu", "Patient under"),
    ];
    sheet.write_string_with_format(*row, 0, names[0], &formats.head)?;
    sheet.write_string_with_format(*row, 2, names[1], &formats.head)?;
    for (column, head) in (3_u16..).zip(heads) {
        sheet.write_string_with_format(*row, column, head, &formats.number_head)?;
    }
    *row += 1;
    Ok(())
}

fn tally_cells(
    sheet: &mut Worksheet,
    row: &mut u32,
    tally: &Tally,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let count = |number: u64| Figure::whole(i64::try_from(number).unwrap_or(i64::MAX));
    let figures = [
        count(tally.findings),
        count(tally.claims),
        tally.fund_over,
        tally.fund_under,
        tally.patient_over,
        tally.patient_under,
    ];
    for (column, figure) in (3_u16..).zip(figures) {
        Cell::Money(figure).write(sheet, *row, column, formats)?;
    }
    *row += 1;
    Ok(())
}

/// A cell's content.
enum Cell {
    Text(String),
    Count(u32),
    Money(Figure),
}

impl Cell {
    fn of(value: &crate::audit::finding::Value) -> Cell {
        match value {
            crate::audit::finding::Value::Amount(figure) | crate::audit::finding::Value::Percent(figure) => {
                Cell::Money(*figure)
            }
            other => Cell::Text(words::plain(other)),
        }
    }

    fn write(self, sheet: &mut Worksheet, row: u32, column: u16, formats: &Formats) -> Result<(), XlsxError> {
        match self {
            Cell::Text(text) if text.is_empty() => {}
            Cell::Text(text) => {
                sheet.write_string(row, column, text)?;
            }
            Cell::Count(count) => {
                sheet.write_number_with_format(row, column, count, &formats.whole)?;
            }
            // A number of more digits than a spreadsheet keeps stays a text, exact.
            Cell::Money(figure) => match spreadsheet_number(figure) {
                Some(number) => {
                    let is_whole = figure.fits_decimals(0);
                    let format = if is_whole { &formats.whole } else { &formats.decimals };
                    sheet.write_number_with_format(row, column, number, format)?;
                }
                None => {
                    sheet.write_string(row, column, figure.to_string())?;
                }
            },
        }
        Ok(())
    }
}

/// Digits a spreadsheet keeps of a number.
const SPREADSHEET_DIGITS: usize = 15;

/// The workbook's own number, where it holds the figure exactly.
fn spreadsheet_number(figure: Figure) -> Option<f64> {
    let text = figure.to_string();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits > SPREADSHEET_DIGITS { None } else { text.parse().ok() }
}
