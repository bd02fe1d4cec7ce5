//! Bảng của báo cáo: commands that read several small or large tables and write one report.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::batch::notice_line;
use super::context::Context;
use super::exit::{Exit, Failure};
use super::help;
use super::io;
use crate::render::json::Body;
use crate::render::page::{On, Page};
use crate::render::report::{self, Used};
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;
use crate::table::text::{Encoding, separator};
use crate::table::{Input, ReadOptions};
use crate::terms::problem::{Code, Problem};

/// Forms of a report.
pub const FORMATS: &[&str] = &["text", "json", "html", "csv", "xlsx"];

/// The flags that say how to read the tables.
pub fn flags(command: Command, lang: Lang) -> Command {
    let flag = |name, value_name, help| help::value(name, value_name, lang, help);
    command
        .arg(
            flag(
                "map",
                ["CỘT=TRƯỜNG", "COLUMN=FIELD"],
                [
                    "Cột nào là trường nào; dùng nhiều lần được",
                    "Which column is which field; may be repeated",
                ],
            )
            .action(ArgAction::Append),
        )
        .arg(flag("sheet", ["TÊN", "NAME"], ["Trang tính của tệp Excel", "Sheet of a workbook"]))
        .arg(flag(
            "delimiter",
            ["DẤU", "SIGN"],
            ["Dấu phân cách: , ; | tab (mặc định: tự nhận)", "Separator: , ; | tab (default: found out)"],
        ))
        .arg(flag(
            "encoding",
            ["MÃ", "NAME"],
            [
                "Mã hóa: utf-8, utf-16le, windows-1258 … (mặc định: tự nhận)",
                "Encoding: utf-8, utf-16le, windows-1258 … (default: found out)",
            ],
        ))
        .arg(
            help::switch(
                "no-header",
                lang,
                ["Bảng không có dòng tiêu đề; cần --columns", "The table has no heading; needs --columns"],
            )
            .requires("columns"),
        )
        .arg(
            flag(
                "columns",
                ["TÊN,TÊN,…", "NAME,NAME,…"],
                ["Tên các cột của bảng không có tiêu đề", "Names of the columns of a table without heading"],
            )
            .requires("no-header"),
        )
}

/// The tables of the command line.
pub fn tables(lang: Lang) -> Arg {
    Arg::new("table").required(true).num_args(1..).value_name(lang.say("BẢNG", "TABLE")).help(lang.say(
        "CSV, XLSX hoặc Parquet; - là đầu vào chuẩn (CSV)",
        "CSV, XLSX or Parquet; - is standard input (CSV)",
    ))
}

/// How to read them.
///
/// # Errors
/// [`Failure`] for an unknown separator or encoding.
pub fn options(matches: &ArgMatches) -> Result<ReadOptions, Failure> {
    let text = |name: &str| matches.get_one::<String>(name);
    let refused =
        |code, read: &str, flag: &str| Failure::usage(Problem::new(code).with("read", read).at(flag));
    Ok(ReadOptions {
        separator: text("delimiter")
            .map(|typed| {
                separator(typed).ok_or_else(|| {
                    let problem = Problem::new(Code::InvalidValue).with("read", typed);
                    Failure::usage(problem.with("accepted", ", ; | tab").at("--delimiter"))
                })
            })
            .transpose()?,
        encoding: text("encoding")
            .map(|typed| {
                Encoding::parse(typed).ok_or_else(|| refused(Code::UnknownEncoding, typed, "--encoding"))
            })
            .transpose()?,
        map: matches.get_many::<String>("map").unwrap_or_default().cloned().collect(),
        sheet: text("sheet").cloned(),
        columns: text("columns").map(|names| names.split(',').map(|name| name.trim().to_owned()).collect()),
        ..ReadOptions::default()
    })
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
