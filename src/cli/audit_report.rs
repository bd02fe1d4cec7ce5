//! Báo cáo giám định: written while claims come by, each format with what it keeps.

use serde_json::json;

use super::audit_output::Output;
use super::context::Context;
use super::exit::Failure;
use crate::audit::redact::Redaction;
use crate::audit::run::Outcome;
use crate::audit::summary::AuditSummary;
use crate::render::audit_book::AuditBook;
use crate::render::audit_json::ClaimView;
use crate::render::page::Cell;
use crate::render::pages::audit::{self as page, LISTED};
use crate::render::pages::audit_details as details;
use crate::render::wording::Lang;
use crate::render::{audit_json, html, text};
use crate::rulebook::Rulebook;
use crate::workbook::guarded;

/// The report being written.
pub struct AuditReport<'r> {
    output: Output<'r>,
    form: Form,
    redaction: &'r Redaction,
    rules: &'r Rulebook,
    lang: Lang,
    options: Vec<(String, String)>,
}

/// What each format keeps while claims come by.
enum Form {
    Text,
    Csv,
    JsonLines { head: String },
    Json { first: bool },
    Html(Vec<Vec<Cell>>),
    Xlsx(Box<AuditBook>),
}

impl<'r> AuditReport<'r> {
    /// Opens the output and writes what stands before the claims.
    ///
    /// # Errors
    /// [`Failure`] for an output that cannot be written.
    pub fn open<'c: 'r>(
        context: &'r mut Context<'_, 'c>,
        format: &str,
        redaction: &'r Redaction,
        rules: &'r Rulebook,
        options: Vec<(String, String)>,
    ) -> Result<AuditReport<'r>, Failure> {
        let lang = context.lang();
        let target = context.options.output.clone().filter(|path| path.as_os_str() != "-");
        let mut output = Output::open(target, context.options.force, context.world.stdout)?;
        let form = match format {
            "csv" => {
                output.write(details::csv_heading().as_bytes())?;
                Form::Csv
            }
            "jsonl" => Form::JsonLines { head: audit_json::head(rules) },
            "json" => {
                output.write(audit_json::head(rules).as_bytes())?;
                output.write(b",\"result\":{\"claims\":[")?;
                Form::Json { first: true }
            }
            "html" => Form::Html(Vec::new()),
            "xlsx" => {
                let book = AuditBook::new(&output.folder(), lang).map_err(|error| output.failed(&error))?;
                Form::Xlsx(Box::new(book))
            }
            _ => Form::Text,
        };
        Ok(AuditReport { output, form, redaction, rules, lang, options })
    }

    /// Writes or keeps what became of a claim.
    ///
    /// # Errors
    /// [`Failure`] for an output that cannot be written.
    pub fn add(&mut self, outcome: &Outcome) -> Result<(), Failure> {
        let (redaction, rules, lang) = (self.redaction, self.rules, self.lang);
        match (&mut self.form, outcome) {
            (Form::Csv, outcome) => {
                self.output.write(details::csv_rows(outcome, redaction, rules, lang).as_bytes())
            }
            (Form::JsonLines { head }, Outcome::Claim(claim)) => {
                self.output.write(head.as_bytes())?;
                self.output.write(b",\"result\":")?;
                self.output.write_json(&ClaimView::of(claim, redaction, rules, lang))?;
                self.output.write(b",\"status\":\"ok\"}\n")
            }
            (Form::JsonLines { .. }, Outcome::Unreadable { file, claim, problem }) => {
                let line = audit_json::unreadable_line(file, *claim, problem, redaction, rules, lang);
                self.output.write(format!("{line}\n").as_bytes())
            }
            (Form::JsonLines { .. }, Outcome::Forgotten(claims)) => {
                let (file, problem) = (&claims.file, audit_json::forgotten(claims, redaction));
                let line =
                    audit_json::unreadable_line(file, Some(claims.claim), &problem, redaction, rules, lang);
                self.output.write(format!("{line}\n").as_bytes())
            }
            (Form::Json { first }, Outcome::Claim(claim)) => {
                self.output.write(if std::mem::take(first) { b"\n" } else { b",\n" })?;
                self.output.write_json(&ClaimView::of(claim, redaction, rules, lang))
            }
            (Form::Html(rows), Outcome::Claim(claim)) => {
                let room = LISTED - rows.len();
                rows.extend(page::rows(claim, room, redaction, rules, lang));
                Ok(())
            }
            (Form::Xlsx(book), outcome) => {
                guarded(|| book.add(outcome, redaction, rules).map_err(std::io::Error::other))
                    .map_err(|error| self.output.failed(&error))
            }
            _ => Ok(()),
        }
    }

    /// Writes what stands behind the claims.
    ///
    /// # Errors
    /// [`Failure`] for an output that cannot be written.
    pub fn close(self, summary: &AuditSummary) -> Result<(), Failure> {
        let AuditReport { mut output, form, redaction, rules, lang, options } = self;
        match form {
            Form::Text => {
                let page = page::page(summary, Vec::new(), redaction, rules, lang);
                output.write(text::draw(&page).as_bytes())?;
            }
            Form::Csv | Form::JsonLines { .. } => {}
            Form::Json { .. } => {
                let unreadable: Vec<serde_json::Value> = summary
                    .unreadable_kept
                    .iter()
                    .map(|(file, claim, problem)| {
                        audit_json::unreadable_line(file, *claim, problem, redaction, rules, lang)["error"]
                            .clone()
                    })
                    .collect();
                let rest = json!({"unreadable": unreadable, "summary": audit_json::summary(summary, redaction, lang)})
                    .to_string();
                let rest = rest.strip_prefix('{').unwrap_or(&rest);
                output.write(format!("\n],{rest},\"status\":\"ok\"}}\n").as_bytes())?;
            }
            Form::Html(rows) => {
                let page = page::page(summary, rows, redaction, rules, lang);
                output.write(html::draw(&page).as_bytes())?;
            }
            Form::Xlsx(book) => {
                if let Some(file) = output.handle()? {
                    let save = || book.save(file, summary, redaction, rules, &options);
                    guarded(|| save().map_err(std::io::Error::other))
                        .map_err(|error| output.failed(&error))?;
                }
            }
        }
        output.finish()
    }
}
