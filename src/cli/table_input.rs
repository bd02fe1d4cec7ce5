//! Đọc bảng: the flags that say how a table is read, and what they mean.

use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::exit::Failure;
use super::help;
use super::io;
use crate::render::wording::Lang;
use crate::table::ReadOptions;
use crate::table::heading::HouseholdBy;
use crate::table::text::{Encoding, separator};
use crate::terms::fold::fold;
use crate::terms::problem::{Code, Problem};

/// Which rows are one household.
pub(super) fn household_flag(lang: Lang) -> Arg {
    help::value(
        "household",
        ["CÁCH", "HOW"],
        lang,
        [
            "Hộ: `whole-file` (cả tệp), `each-row` (mỗi dòng), \"by TÊN CỘT\" (mặc định: theo cột mã hộ)",
            "Households: whole-file, each-row, \"by COLUMN\" (default: by household_id)",
        ],
    )
}

/// Which column is which field.
pub(super) fn map_flag(lang: Lang) -> Arg {
    help::value(
        "map",
        ["CỘT=TRƯỜNG", "COLUMN=FIELD"],
        lang,
        ["Cột nào là trường nào; dùng nhiều lần được", "Which column is which field; may be repeated"],
    )
    .action(ArgAction::Append)
}

/// The flags that say how any table is written.
pub(super) fn dialect_flags(lang: Lang) -> [Arg; 5] {
    let flag = |name, value_name, help| help::value(name, value_name, lang, help);
    [
        flag(
            "sheet",
            ["TÊN", "NAME"],
            ["Trang tính của tệp Excel; \"*\" là mọi trang", "Sheet of a workbook; \"*\" for all of them"],
        ),
        flag(
            "delimiter",
            ["DẤU", "SIGN"],
            ["Dấu phân cách: , ; | tab (mặc định: tự nhận)", "Separator: , ; | tab (default: found out)"],
        ),
        flag(
            "encoding",
            ["MÃ", "NAME"],
            [
                "Mã hóa: `utf-8`, `utf-16le`, `windows-1258` … (mặc định: tự nhận)",
                "Encoding: utf-8, utf-16le, windows-1258 … (default: found out)",
            ],
        ),
        help::switch(
            "no-header",
            lang,
            ["Bảng không có dòng tiêu đề; cần --columns", "The table has no heading; needs --columns"],
        ),
        flag(
            "columns",
            ["TÊN,TÊN,…", "NAME,NAME,…"],
            ["Tên các cột của bảng không có tiêu đề", "Names of the columns of a table without heading"],
        ),
    ]
}

/// The flags that say how to read a table.
pub(super) fn reading_flags(command: Command, lang: Lang) -> Command {
    let flag = |name, value_name, help| help::value(name, value_name, lang, help);
    command
        .arg(Arg::new("table").required(true).value_name(lang.say("BẢNG", "TABLE")).help(lang.say(
            "CSV, XLSX hoặc Parquet; - là đầu vào chuẩn (CSV)",
            "CSV, XLSX or Parquet; - is standard input (CSV)",
        )))
        .arg(map_flag(lang))
        .arg(
            flag(
                "set",
                ["TRƯỜNG=GIÁ TRỊ", "FIELD=VALUE"],
                [
                    "Cho mọi dòng không tự ghi: group=GD, paid-on=2026-08-03",
                    "For rows that do not say it: group=GD, paid-on=2026-08-03",
                ],
            )
            .action(ArgAction::Append),
        )
        .arg(flag(
            "profile",
            ["TÊN", "NAME"],
            [
                "Mẫu bảng (mặc định: tự nhận), hoặc tệp .toml của mình; xem explain profiles",
                "Layout (default: found out), or your own .toml; see explain profiles",
            ],
        ))
        .args(dialect_flags(lang))
        .arg(
            flag("jobs", ["N", "N"], ["Số luồng tính (mặc định: số nhân)", "Threads (default: cores)"])
                .short('j'),
        )
}

/// How the command line has a table of any kind read: its separator, encoding, sheet and columns.
///
/// # Errors
/// [`Failure`] for an unknown separator or encoding.
pub(super) fn dialect(matches: &ArgMatches) -> Result<ReadOptions, Failure> {
    let text = |name: &str| matches.get_one::<String>(name);
    let refused =
        |code, read: &str, flag: &str| Failure::usage(Problem::new(code).with("read", read).at(flag));
    Ok(ReadOptions {
        separator: text("delimiter")
            .map(|sign| {
                separator(sign).ok_or_else(|| {
                    let mut failure = refused(Code::InvalidValue, sign, "--delimiter");
                    failure.problem = failure.problem.with("accepted", ", ; | tab");
                    failure
                })
            })
            .transpose()?,
        encoding: text("encoding")
            .map(|name| {
                Encoding::parse(name).ok_or_else(|| refused(Code::UnknownEncoding, name, "--encoding"))
            })
            .transpose()?,
        map: many(matches, "map"),
        columns: text("columns").map(|names| names.split(',').map(|name| name.trim().to_owned()).collect()),
        sheet: text("sheet").cloned(),
        ..ReadOptions::default()
    })
}

/// How the command line has a table of a batch read.
///
/// # Errors
/// [`Failure`] for flags that say nothing known.
pub(super) fn read_options(matches: &ArgMatches) -> Result<ReadOptions, Failure> {
    let options = dialect(matches)?;
    let missing = match (matches.get_flag("no-header"), &options.columns) {
        (true, None) => Some("--columns"),
        (false, Some(_)) => Some("--no-header"),
        _ => None,
    };
    if let Some(missing) = missing {
        let problem = Problem::new(Code::MissingArgument).with("read", missing);
        return Err(Failure::usage(problem.with("command", "batch premium")));
    }
    let profile = matches.get_one::<String>("profile");
    let own = own_profiles(profile)?;
    let asked = matches.try_get_one::<String>("household").ok().flatten();
    let (households, household_column) = households(asked)?;
    Ok(ReadOptions {
        set: many(matches, "set"),
        profile: own.is_none().then(|| profile.cloned()).flatten(),
        profiles: own,
        households,
        household_column,
        ..options
    })
}

fn many(matches: &ArgMatches, name: &str) -> Vec<String> {
    matches.get_many::<String>(name).unwrap_or_default().cloned().collect()
}

/// A file of layouts, where `--profile` names one.
fn own_profiles(named: Option<&String>) -> Result<Option<(String, String)>, Failure> {
    let Some(path) = named.filter(|name| name.to_lowercase().ends_with(".toml")) else { return Ok(None) };
    let text = io::read_file(Path::new(path))?;
    Ok(Some((path.clone(), text)))
}

/// Which rows are one household: `whole-file`, `each-row`, or `by COLUMN`.
fn households(typed: Option<&String>) -> Result<(Option<HouseholdBy>, Option<String>), Failure> {
    let Some(typed) = typed else { return Ok((None, None)) };
    match fold(typed).as_str() {
        "whole-file" | "ca-tep" => return Ok((Some(HouseholdBy::WholeFile), None)),
        "each-row" | "tung-dong" => return Ok((Some(HouseholdBy::EachRow), None)),
        _ => {}
    }
    let column = ["by ", "by:", "by=", "theo "].iter().find_map(|word| typed.trim().strip_prefix(word));
    match column.map(str::trim).filter(|column| !column.is_empty()) {
        Some(column) => Ok((None, Some(column.to_owned()))),
        None => {
            Err(Failure::usage(Problem::new(Code::HouseholdOption).with("read", typed).at("--household")))
        }
    }
}

/// Most workers, however many cores there are: reading and writing do not get faster beyond.
pub(super) const MOST_JOBS: usize = 64;
/// Workers of a table when the user names none.
pub(super) const USUAL_JOBS: usize = 8;

/// How many workers: as many as there are cores, at most `usual`, unless the user names a number.
///
/// # Errors
/// [`Failure`] for a number that is none, or too many.
pub(super) fn jobs(matches: &ArgMatches, usual: usize) -> Result<usize, Failure> {
    let Some(typed) = matches.get_one::<String>("jobs") else {
        return Ok(std::thread::available_parallelism().map_or(1, usize::from).min(usual));
    };
    typed.parse().ok().filter(|jobs| (1..=MOST_JOBS).contains(jobs)).ok_or_else(|| {
        let problem = Problem::new(Code::InvalidValue).with("read", typed);
        Failure::usage(problem.with("accepted", format!("1–{MOST_JOBS}")).at("--jobs"))
    })
}
