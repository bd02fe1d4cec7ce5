//! Sổ Excel giám định: summary; details, spooled row by row beside the result, never to the system's own folder;
//! unreadable; run information.

use std::io::{Seek, Write};
use std::path::Path;

use rust_xlsxwriter::{Workbook, XlsxError};

use super::audit_json::place;
use super::audit_words as words;
use super::page::{Block, Cell, Column, NamedFigure, Page, Paper, Role, Row, footer};
use super::pages::audit::{control, summary_page, tallies, unreadable_table};
use super::pages::audit_details::{columns, sheet_row};
use super::wording::{Lang, harmless};
use super::xlsx::{self, Formats};
use crate::audit::finding::{Finding, Severity};
use crate::audit::redact::Redaction;
use crate::audit::run::{AuditedClaim, Outcome};
use crate::audit::summary::AuditSummary;
use crate::rulebook::Rulebook;

/// Rows of a sheet, less the heading.
const MOST_ROWS: u32 = 1_048_575;

/// Sổ Excel đang lập.
pub struct AuditBook {
    workbook: Workbook,
    lang: Lang,
    formats: Formats,
    columns: Vec<Column>,
    /// Index of the sheet of details that takes rows, and its next row.
    details: (usize, u32),
    detail_sheets: u32,
    /// Index of the sheet of questions, and its next row.
    questions: (usize, u32),
}

impl AuditBook {
    /// An empty book that spools to a folder.
    ///
    /// # Errors
    /// [`XlsxError`] when the folder cannot be used.
    pub fn new(folder: &Path, lang: Lang) -> Result<AuditBook, XlsxError> {
        let mut workbook = crate::workbook::empty();
        workbook.set_tempdir(folder)?;
        workbook.add_worksheet().set_name(lang.say("Tổng hợp", "Summary"))?;
        let columns = columns(lang).into_iter().map(|(column, _)| column).collect();
        let formats = Formats::new();
        let mut book = AuditBook {
            workbook,
            lang,
            formats,
            columns,
            details: (0, 0),
            detail_sheets: 0,
            questions: (0, 0),
        };
        book.add_details()?;
        book.add_questions()?;
        Ok(book)
    }

    fn add_details(&mut self) -> Result<(), XlsxError> {
        self.detail_sheets += 1;
        let name = self.lang.say("Chi tiết", "Details");
        let name =
            if self.detail_sheets == 1 { name.to_owned() } else { format!("{name} {}", self.detail_sheets) };
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        xlsx::print_setup(sheet, Paper::Wide);
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
        for (at, (_, width)) in (0_u16..).zip(columns(self.lang)) {
            sheet.set_column_width(at, width)?;
        }
        xlsx::heads(sheet, 0, &self.columns.iter().collect::<Vec<_>>(), &self.formats)?;
        self.details = (self.workbook.worksheets().len() - 1, 1);
        Ok(())
    }

    /// The list for the hospital: a row a question, with room for the answer.
    fn add_questions(&mut self) -> Result<(), XlsxError> {
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        xlsx::print_setup(sheet, Paper::Wide);
        sheet.set_name(self.lang.pick(QUESTIONS))?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
        for (at, (_, width)) in (0_u16..).zip(question_columns(self.lang)) {
            sheet.set_column_width(at, width)?;
        }
        let columns = question_columns(self.lang);
        xlsx::heads(sheet, 0, &columns.iter().map(|(column, _)| column).collect::<Vec<_>>(), &self.formats)?;
        self.questions = (self.workbook.worksheets().len() - 1, 1);
        Ok(())
    }

    fn ask(
        &mut self,
        claim: &AuditedClaim,
        finding: &Finding,
        redaction: &Redaction,
        rules: &Rulebook,
    ) -> Result<(), XlsxError> {
        let (index, at) = self.questions;
        if finding.severity != Severity::Question || at > MOST_ROWS {
            return Ok(());
        }
        let columns = question_columns(self.lang);
        let columns: Vec<&Column> = columns.iter().map(|(column, _)| column).collect();
        let cells = vec![
            Cell::text(place(&claim.file, None, redaction)),
            Cell::exact(claim.number),
            Cell::text(harmless(&redaction.id(&claim.id))),
            Cell::text(&finding.department),
            Cell::text(&finding.doctor),
            Cell::text(finding.check.code),
            Cell::text(finding.part.to_string()),
            finding.line.map_or(Cell::blank(), Cell::exact),
            finding.difference.map_or(Cell::blank(), Cell::exact),
            Cell::text(words::message(finding, self.lang)),
            Cell::text(words::cites(finding, rules, self.lang)),
            Cell::blank(),
        ];
        let row = Row { above: None, role: Role::Plain, cells, span: 1 };
        let sheet = self.workbook.worksheet_from_index(index)?;
        xlsx::cells(sheet, at, &row, &columns, &self.formats)?;
        let widths = question_columns(self.lang).map(|(_, width)| width);
        xlsx::row_height(sheet, at, &row, &widths)?;
        self.questions.1 += 1;
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
            let (index, at) = self.details;
            let cells = sheet_row(claim, finding, redaction, rules, self.lang);
            let row = Row { above: None, role: Role::Plain, cells, span: 1 };
            let columns: Vec<&Column> = self.columns.iter().collect();
            let sheet = self.workbook.worksheet_from_index(index)?;
            xlsx::cells(sheet, at, &row, &columns, &self.formats)?;
            self.details.1 += 1;
            self.ask(claim, finding, redaction, rules)?;
        }
        Ok(())
    }

    /// Completes the book and writes it.
    ///
    /// # Errors
    /// [`XlsxError`] when the file cannot be written.
    pub fn save<W: Write + Seek + Send>(
        mut self,
        file: W,
        summary: &AuditSummary,
        redaction: &Redaction,
        rules: &Rulebook,
        options: &[(String, String)],
    ) -> Result<(), XlsxError> {
        let lang = self.lang;
        let (last, rows) = self.details;
        let last_column = u16::try_from(self.columns.len() - 1).unwrap_or(0);
        self.workbook.worksheet_from_index(last)?.autofilter(0, 0, rows.max(2) - 1, last_column)?;
        let mut unreadable = Page::new(Paper::Wide, "", "", lang);
        unreadable.add(unreadable_table(summary, redaction, lang));
        let mut departments = Page::new(Paper::Wide, "", "", lang);
        let rows = summary.departments.iter().map(|(name, tally)| (name.clone(), tally));
        departments.add(tallies(lang.say("Khoa (MA_KHOA)", "Departments (MA_KHOA)"), rows, usize::MAX, lang));
        let mut doctors = Page::new(Paper::Wide, "", "", lang);
        let rows = summary.doctors.iter().map(|(name, tally)| (name.clone(), tally));
        doctors.add(tallies(lang.say("Bác sĩ (MA_BAC_SI)", "Doctors (MA_BAC_SI)"), rows, usize::MAX, lang));
        for (name, page) in [
            (lang.say("Theo khoa", "By department"), departments),
            (lang.say("Theo bác sĩ", "By doctor"), doctors),
            (lang.say("Không đọc được", "Unreadable"), unreadable),
            (lang.say("Thông tin", "Run"), run_page(summary, redaction, rules, options, lang)),
        ] {
            let sheet = self.workbook.add_worksheet().set_name(name)?;
            xlsx::fill(sheet, &page, &self.formats)?;
        }
        let first = self.workbook.worksheet_from_index(0)?;
        xlsx::fill(first, &summary_page(summary, redaction, lang), &self.formats)?;
        self.workbook.save_to_writer(file)
    }
}

/// Name of the sheet of questions.
pub const QUESTIONS: [&str; 2] = ["Cần trả lời", "To answer"];

/// The columns of the sheet of questions with their widths; `audit --answers` reads them back.
fn question_columns(lang: Lang) -> [(Column, u16); 12] {
    let words = |vi, en, width| (Column::words(lang.say(vi, en)), width);
    let numbers = |vi, en, width| (Column::numbers(lang.say(vi, en)), width);
    [
        words("Tệp", "File", 28),
        numbers("Thứ tự", "No.", 7),
        words("Mã lượt khám", "Claim", 14),
        words("Khoa", "Department", 11),
        words("Bác sĩ", "Doctor", 18),
        words("Mã", "Code", 24),
        words("Bảng", "Part", 7),
        numbers("Dòng", "Line", 7),
        numbers("Số tiền đang hỏi", "At stake", 15),
        words("Câu hỏi", "Question", 70),
        words("Căn cứ", "Basis", 36),
        words("Trả lời", "Answer", 40),
    ]
}

/// What was read, by which rules, and the sums.
fn run_page(
    summary: &AuditSummary,
    redaction: &Redaction,
    rules: &Rulebook,
    options: &[(String, String)],
    lang: Lang,
) -> Page {
    let mut facts = vec![
        NamedFigure::new(
            lang.say("Chương trình và quy định", "Program and rules"),
            Cell::text(footer(rules, lang)),
        ),
        NamedFigure::new(
            lang.say("Bộ quy định, sha256", "Rulebook, sha256"),
            Cell::text(&rules.identity.sha256),
        ),
    ];
    facts.extend(options.iter().map(|(name, value)| NamedFigure::new(name, Cell::text(harmless(value)))));
    let counts = [
        (lang.say("Tệp", "Files"), summary.files),
        (lang.say("Hồ sơ", "Claims"), summary.claims),
        (lang.say("Dòng", "Lines"), summary.lines),
        (lang.say("Hồ sơ khớp", "Claims that agree"), summary.agreeing),
        (lang.say("Hồ sơ cần hỏi", "Claims to be asked about"), summary.to_ask),
        (lang.say("Hồ sơ sai", "Claims that are wrong"), summary.wrong),
        (lang.say("Không đọc được", "Unreadable"), summary.unreadable),
        (lang.say("Phát hiện", "Findings"), summary.findings()),
        (lang.say("Tệp có chữ ký (không kiểm tra)", "Files with a signature (not verified)"), summary.signed),
        (lang.say("Tệp có SOLUONGHOSO sai", "Files with a wrong SOLUONGHOSO"), summary.wrong_counts),
    ];
    facts.extend(counts.map(|(name, count)| NamedFigure::new(name, Cell::exact(count))));
    facts.extend(summary.undecided.iter().map(|(code, claims)| {
        let name = lang.say("Chưa xét được mức hưởng", "Share undecided");
        NamedFigure::new(format!("{name}: {}", words::undecided(*code, lang)), Cell::exact(*claims))
    }));
    let fingerprints = summary.file_facts.iter().map(|file| {
        let name = format!("sha256 {}", place(&file.file, None, redaction));
        NamedFigure::new(name, Cell::text(file.sha256.as_deref().unwrap_or_default()))
    });
    let left = (summary.file_facts_left > 0)
        .then(|| NamedFigure::new("sha256 …", Cell::text(format!("+{}", summary.file_facts_left))));
    let mut page = Page::new(Paper::Wide, "", "", lang);
    page.add(Block::Figures(facts));
    page.add(control(summary, lang));
    // Last, since a month may have thousands of files.
    page.add(Block::Figures(fingerprints.chain(left).collect()));
    page
}
