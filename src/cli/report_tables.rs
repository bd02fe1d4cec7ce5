//! Bảng của báo cáo: commands that read several small or large tables and write one report.

use std::path::PathBuf;

use clap::{Arg, Command};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, notice_line};
use super::{io, table_input};
use crate::render::json::Body;
use crate::render::page::{On, Page};
use crate::render::report::{self, Used};
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;
use crate::table::Input;
use crate::terms::problem::{Code, Problem};

/// Forms of a report.
pub const FORMATS: &[&str] = &["text", "json", "html", "csv", "xlsx"];

/// The flags that say how to read the tables.
pub fn flags(command: Command, lang: Lang) -> Command {
    command
        .arg(table_input::map_flag(lang))
        .args(table_input::dialect_flags(lang))
        .mut_arg("no-header", |flag| flag.requires("columns"))
        .mut_arg("columns", |flag| flag.requires("no-header"))
}

/// Units of amounts: what people type, and how many đồng.
const UNITS: [(&str, i64); 8] = [
    ("dong", 1),
    ("1", 1),
    ("thousand", 1_000),
    ("nghin", 1_000),
    ("million", 1_000_000),
    ("trieu", 1_000_000),
    ("billion", 1_000_000_000),
    ("ty", 1_000_000_000),
];

/// The unit of amounts of tables that do not name it.
pub fn in_unit(lang: Lang) -> Arg {
    help::value(
        "in",
        ["ĐƠN_VỊ", "UNIT"],
        lang,
        [
            "Đơn vị của số tiền: dong, nghin, trieu, ty",
            "Unit of the amounts: dong, thousand, million, billion",
        ],
    )
}

/// Đồng in a unit.
///
/// # Errors
/// A [`Problem`] with the units.
pub fn money_unit(text: &str) -> Result<i64, Problem> {
    let typed = crate::terms::fold::fold(text);
    UNITS.iter().find(|(name, _)| *name == typed).map(|(_, unit)| *unit).ok_or_else(|| {
        let accepted: Vec<&str> = UNITS.iter().map(|(name, _)| *name).collect();
        Problem::new(Code::InvalidValue).with("read", text).with("accepted", accepted.join(", "))
    })
}

/// The tables of the command line.
pub fn tables(lang: Lang) -> Arg {
    Arg::new("table").required(true).num_args(1..).value_name(lang.say("BẢNG", "TABLE")).help(lang.say(
        "CSV, XLSX hoặc Parquet; - là đầu vào chuẩn (CSV)",
        "CSV, XLSX or Parquet; - is standard input (CSV)",
    ))
}

/// One table: standard input once, else a file.
pub fn input<'i>(name: &str, stdin: &'i mut (dyn std::io::Read + Send)) -> Input<'i> {
    if name == "-" {
        Input::Stream(Box::new(stdin), "stdin".to_owned())
    } else {
        Input::File(PathBuf::from(name))
    }
}

/// Says how the tables were read, and which rows were not.
///
/// # Errors
/// [`Failure`] when writing fails.
pub fn say(context: &mut Context<'_, '_>, notices: &[Problem], rejected: &[Problem]) -> Result<(), Failure> {
    let lang = context.lang();
    let quiet = context.options.quiet;
    let mut text = String::new();
    if !quiet {
        notices.iter().for_each(|notice| text.push_str(&notice_line(notice, lang)));
    }
    for problem in rejected {
        text.push_str(&help::failure_text(problem, lang));
    }
    io::write_stdout(context.world.stderr, text.as_bytes())
}

/// Một báo cáo.
pub struct Report<'r> {
    /// Schema name.
    pub schema: &'static str,
    /// What was understood.
    pub input: serde_json::Value,
    /// The figures.
    pub result: serde_json::Value,
    /// The figures as a page, without notes.
    pub page: Page,
    /// Rules it rests on.
    pub used: &'r Used,
    /// Warnings and notes.
    pub notices: Vec<Problem>,
}

/// Writes a report in the format asked for.
///
/// # Errors
/// [`Failure`] for a warning under `--strict`, or a failed write.
pub fn emit(
    context: &mut Context<'_, '_>,
    rules: &Rulebook,
    report: Report<'_>,
    format: &str,
) -> Result<Exit, Failure> {
    let Report { schema, input, result, mut page, used, notices } = report;
    context.refuse_warnings(&notices)?;
    if format == "json" {
        let body = Body { schema, input, result, trace: &[], notices: &notices };
        return context.emit_json(&body, rules);
    }
    if !notices.is_empty() {
        page.gap();
    }
    page.notes(&notices);
    report::grounds(&mut page, used, rules);
    page.footer_on(On::All, rules);
    context.emit_page(page, &[], rules, format)
}
