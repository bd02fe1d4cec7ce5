//! `bhyt audit` (`giam-dinh`): hospitals' claim files read, replayed and compared.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::audit_answers::AnswersRead;
use super::audit_report::AuditReport;
use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use super::io;
use super::table_input::{MOST_JOBS, jobs};
use super::value;
use crate::audit::finding::{Class, Classes};
use crate::audit::legal::Law;
use crate::audit::legal::facilities::Register;
use crate::audit::prices::PriceLists;
use crate::audit::redact::Redaction;
use crate::audit::run::single::with_claim;
use crate::audit::run::{Batch, run_remembering};
use crate::audit::source::archive::ArchiveLimits;
use crate::audit::source::gather;
use crate::audit::summary::AuditSummary;
use crate::audit::xml::ReadLimits;
use crate::render::pages::audit as page;
use crate::render::pages::claim_file;
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;
use crate::table::Trouble;
use crate::table::csv::TableRow;
use crate::table::price_list::{self, PriceList};
use crate::table::source::{Input, OpenTable, ReadOptions};
use crate::table::table_sums::{self, TableSums};
use crate::terms::problem::{Code, Problem};

const FORMATS: &[&str] = &["text", "json", "jsonl", "csv", "xlsx", "html"];

/// Shortest key of a fingerprint: shorter ones can be guessed.
const SHORTEST_KEY: usize = 16;

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Giám định tệp XML hồ sơ khám bệnh, chữa bệnh: tính lại từng dòng, nêu chênh lệch và căn cứ",
            "Audit hospitals' XML claim files: replay every line, name the differences and their basis",
        ],
        usage: ["audit TỆP|THƯ_MỤC|TỆP.zip|- … [-o BÁO_CÁO]", "audit FILE|FOLDER|FILE.zip|- … [-o REPORT]"],
        examples: [
            "Ví dụ:\n  bhyt audit ho-so/\n  bhyt audit ho-so/ -o bao-cao.xlsx\n  bhyt audit thang-7.zip --facilities co-so.toml --format html -o bao-cao.html\n  bhyt audit ho-so.xml --form 01-kbcb\n  bhyt explain A01\n\nMặc định không in mã lượt khám; dữ liệu không rời khỏi máy.",
            "Examples:\n  bhyt audit claims/\n  bhyt audit claims/ -o report.xlsx\n  bhyt audit july.zip --facilities facilities.toml --format html -o report.html\n  bhyt audit claim.xml --form 01-kbcb\n  bhyt explain A01\n\nClaim keys are not printed by default; no data leaves the computer.",
        ],
    };
    let flag = |name, value_name, help| help::value(name, value_name, lang, help);
    let command = help::command("audit", "giam-dinh", lang, &texts)
        .arg(
            Arg::new("paths")
                .value_name(lang.say("TỆP", "FILE"))
                .action(ArgAction::Append)
                .required(true)
                .help(lang.say(
                    "Tệp XML, thư mục, tệp .zip; - là đầu vào chuẩn",
                    "XML files, folders, .zip archives; - is standard input",
                )),
        )
        .arg(flag(
            "redact",
            ["CÁCH", "WAY"],
            [
                "Che mã lượt khám: mask (mặc định), hash, drop",
                "How claim keys are hidden: mask (default), hash, drop",
            ],
        ))
        .arg(flag(
            "key-file",
            ["TỆP", "FILE"],
            ["Khóa cho --redact hash, ít nhất 16 byte", "Key for --redact hash, at least 16 bytes"],
        ))
        .arg(help::switch(
            "show-ids",
            lang,
            ["In nguyên mã lượt khám (MA_LK)", "Print claim keys (MA_LK) as they are"],
        ))
        .arg(flag(
            "facilities",
            ["TỆP", "FILE"],
            [
                "Danh mục cơ sở (cấp, tuyến, điểm), dạng TOML; mẫu: bhyt template facilities",
                "Register of facilities (level, tier, points) as TOML; see bhyt template facilities",
            ],
        ))
        .arg(flag(
            "form",
            ["MẪU", "FORM"],
            ["In bảng kê tính lại của một hồ sơ: 01-kbcb", "Print the replayed bill of one claim: 01-kbcb"],
        ))
        .arg(flag(
            "claim-number",
            ["N", "N"],
            ["Với --form: hồ sơ thứ N (mặc định 1)", "With --form: the N-th claim (default 1)"],
        ));
    other_tables(command, lang)
        .arg(flag(
            "only",
            ["LOẠI", "CLASSES"],
            [
                "Chỉ những loại này: money, law, times, identity (form luôn có)",
                "Only these classes: money, law, times, identity (form is always told)",
            ],
        ))
        .arg(flag(
            "skip",
            ["LOẠI", "CLASSES"],
            [
                "Bỏ những loại này: form, money, law, times, identity",
                "Leave these classes out: form, money, law, times, identity",
            ],
        ))
        .arg(flag("jobs", ["N", "N"], ["Số luồng", "Number of threads"]).short('j'))
}

/// Options that name another table or workbook.
fn other_tables(command: Command, lang: Lang) -> Command {
    let flag = |name, value_name, help| help::value(name, value_name, lang, help);
    command
        .arg(
            flag(
                "prices",
                ["TỆP", "FILE"],
                [
                    "Danh mục giá của cơ sở (thuốc, vật tư, dịch vụ), CSV hoặc XLSX; dùng được nhiều lần",
                    "Price lists of the facility (drugs, supplies, services), CSV or XLSX; may be repeated",
                ],
            )
            .action(ArgAction::Append),
        )
        .arg(flag(
            "against",
            ["BẢNG", "TABLE"],
            [
                "Bảng của cùng kỳ (79a, 80a, 01/BH, XML1 dạng bảng, 19–21): so tổng với các hồ sơ",
                "A table of the month (79a, 80a, 01/BH, XML1 as a table, 19–21): its sums beside the claims",
            ],
        ))
        .arg(flag(
            "answers",
            ["TỆP", "FILE"],
            [
                "Sổ Excel của lần trước, trang Cần trả lời đã điền: câu hỏi có trả lời coi như xong",
                "Workbook of an earlier run, sheet To answer filled in: answered questions are settled",
            ],
        ))
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let rules = context.rulebook()?;
    let register = register(context, matches)?;
    let redaction = redaction(context, matches)?;
    let paths: Vec<PathBuf> =
        matches.get_many::<String>("paths").unwrap_or_default().map(PathBuf::from).collect();
    if let [path] = &paths[..]
        && let Some(exit) = super::batch::audit_table(context, path, &rules, &register, classes(matches)?)?
    {
        return Ok(exit);
    }
    let (units, others) = gather(&paths).map_err(Failure::input)?;
    if units.is_empty() {
        return Err(Failure::input(Problem::new(Code::NoClaims)));
    }
    if let Some(form) = matches.get_one::<String>("form") {
        return print_form(context, matches, form, &rules, &units, &redaction);
    }
    let format = report_format(context)?;
    let prices = prices(matches)?;
    let batch = Batch {
        rules: &rules,
        register: &register,
        limits: ReadLimits { names: !prices.is_empty(), ..ReadLimits::default() },
        archive: ArchiveLimits::default(),
        jobs: jobs(matches, MOST_JOBS)?,
        hash: matches!(format, "xlsx" | "json"),
        prices: &prices,
        classes: classes(matches)?,
        today: Some(context.world.today),
    };
    let lang = context.lang();
    let options = vec![
        (lang.say("Tệp khác trong thư mục", "Other files in the folders").to_owned(), others.to_string()),
        (lang.say("Danh mục cơ sở", "Register of facilities").to_owned(), register.len().to_string()),
    ];
    let sums = matches.get_one::<String>("against").map(|path| sums_of(path)).transpose()?;
    let mut answered = match matches.get_one::<String>("answers") {
        Some(path) => AnswersRead::read(Path::new(path))?,
        None => AnswersRead::default(),
    };
    let remembered = context.remembered;
    let mut report = AuditReport::open(context, format, &redaction, &rules, options)?;
    let mut summary = AuditSummary::default();
    run_remembering(remembered, &batch, &units, &stdin, &mut |mut outcome| {
        answered.take_answered(&mut outcome, &redaction);
        summary.add(&outcome);
        report.add(&outcome)
    })?;
    summary.answered = answered.counts();
    summary.answers_left = answered.left(&redaction);
    summary.compared = sums.map(|sums| sums.beside(&summary)).unwrap_or_default();
    report.close(&summary)?;
    if format != "text" && !context.options.quiet {
        let headline = page::headline(&summary, &redaction, lang);
        io::write_stdout(context.world.stderr, headline.as_bytes())?;
    }
    Ok(exit_of(&summary))
}

/// Nothing read is unusable input; anything to look at is 1.
fn exit_of(summary: &AuditSummary) -> Exit {
    if summary.claims == 0 {
        Exit::Input
    } else if summary.answered.1 > 0
        || summary.agreeing < summary.claims
        || summary.compared.iter().any(|sum| !sum.difference(summary.claims).is_zero())
        || summary.findings() + summary.unreadable > 0
        || summary.forgotten.is_some()
    {
        Exit::Look
    } else {
        Exit::Done
    }
}

fn stdin() -> Box<dyn Read> {
    Box::new(std::io::stdin())
}

/// The lists of prices that were named.
fn prices(matches: &ArgMatches) -> Result<PriceLists, Failure> {
    let mut prices = PriceLists::default();
    let (mut rows, mut last) = (0_usize, None);
    for path in matches.get_many::<String>("prices").unwrap_or_default() {
        let input = Input::File(PathBuf::from(path));
        let mut table = OpenTable::open(input, &price_list::SCHEMA, &ReadOptions::default())?;
        let list = PriceList::new(table.layout()).map_err(|problem| Failure::input(problem.at(path)))?;
        last = Some(path);
        let read = |row: &TableRow<'_>| {
            rows += 1;
            list.read(row, &mut prices).map_err(Trouble::input)
        };
        table.for_each(read)?;
    }
    // One of several lists may have nothing, all of them would have nothing to compare.
    last.map_or(Ok(()), |path| refuse_empty(rows, path))?;
    Ok(prices)
}

/// The sums of a table of the month.
fn sums_of(path: &str) -> Result<TableSums, Failure> {
    let input = Input::File(PathBuf::from(path));
    let mut table = OpenTable::open(input, &table_sums::SCHEMA, &ReadOptions::default())?;
    let mut sums = TableSums::new(table.layout()).map_err(|problem| Failure::input(problem.at(path)))?;
    let mut rows = 0_usize;
    let read = |row: &TableRow<'_>| {
        rows += 1;
        sums.read(row).map_err(Trouble::input)
    };
    table.for_each(read)?;
    refuse_empty(rows, path)?;
    Ok(sums)
}

/// A table with a heading and nothing below it would say that all is well.
fn refuse_empty(rows: usize, path: &str) -> Result<(), Failure> {
    if rows == 0 { Err(Failure::input(Problem::new(Code::EmptyInput).at(path))) } else { Ok(()) }
}

/// The classes of checks that `--only` and `--skip` leave.
fn classes(matches: &ArgMatches) -> Result<Classes, Failure> {
    let listed = |name: &str| -> Result<Option<Vec<Class>>, Failure> {
        let Some(text) = matches.get_one::<String>(name) else { return Ok(None) };
        let of = |word: &str| {
            value::listed(word).map_err(|problem| Failure::usage(problem.at(format!("--{name}"))))
        };
        text.split([',', ';', ' '])
            .filter(|word| !word.is_empty())
            .map(of)
            .collect::<Result<_, _>>()
            .map(Some)
    };
    let wanted = listed("only")?.map_or(Classes::ALL, |only| Classes::only(&only));
    Ok(wanted.without(&listed("skip")?.unwrap_or_default()))
}

fn register(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Register, Failure> {
    let Some(path) = matches.get_one::<String>("facilities") else { return Ok(Register::default()) };
    let text = io::read_text(Path::new(path), context.world)?;
    Register::read(&text).map_err(|problem| Failure::input(problem.at(path)))
}

fn redaction(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Redaction, Failure> {
    if matches.get_flag("show-ids") {
        return Ok(Redaction::Show);
    }
    let way = matches.get_one::<String>("redact").map_or("mask", String::as_str);
    match way {
        "mask" => Ok(Redaction::Mask),
        "drop" => Ok(Redaction::Drop),
        "hash" => key(context, matches).map(Redaction::Hash),
        other => Err(Failure::usage(
            Problem::new(Code::InvalidValue)
                .with("read", other)
                .with("accepted", "mask, hash, drop")
                .at("--redact"),
        )),
    }
}

fn key(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Vec<u8>, Failure> {
    let missing = || {
        Failure::usage(
            Problem::new(Code::MissingArgument).with("read", "--key-file").with("command", "audit"),
        )
    };
    let path = matches.get_one::<String>("key-file").ok_or_else(missing)?;
    let text = io::read_text(Path::new(path), context.world)?;
    let key = text.trim().as_bytes().to_vec();
    if key.len() < SHORTEST_KEY {
        let problem = Problem::new(Code::InvalidValue)
            .with("read", "--key-file")
            .with("accepted", format!("≥ {SHORTEST_KEY} byte"));
        return Err(Failure::usage(problem.at(path)));
    }
    Ok(key)
}

/// The format asked for, or the one that the ending of the output file means.
fn report_format(context: &Context<'_, '_>) -> Result<&'static str, Failure> {
    let given = context.format(FORMATS)?;
    let ending =
        context.options.output.as_ref().and_then(|path| path.extension()?.to_str().map(str::to_lowercase));
    let meant = ending.and_then(|ending| FORMATS.iter().copied().find(|format| *format == ending));
    Ok(if given == "text" { meant.unwrap_or(given) } else { given })
}

/// `--form 01-kbcb`: the replayed bill of one claim.
fn print_form(
    context: &mut Context<'_, '_>,
    matches: &ArgMatches,
    form: &str,
    rules: &Rulebook,
    units: &[crate::audit::source::SourceFile],
    redaction: &Redaction,
) -> Result<Exit, Failure> {
    if form != "01-kbcb" {
        return Err(Failure::usage(
            Problem::new(Code::InvalidValue).with("read", form).with("accepted", "01-kbcb").at("--form"),
        ));
    }
    let format = context.format(&["text", "html", "csv", "xlsx"])?;
    let register = register(context, matches)?;
    let wanted = match matches.get_one::<String>("claim-number") {
        None => 1,
        Some(text) => text.parse().map_err(|_| {
            Failure::usage(Problem::new(Code::InvalidValue).with("read", text).at("--claim-number"))
        })?,
    };
    let lang = context.lang();
    let mut law = Law::new(rules, &register);
    let printed = with_claim(units, wanted, &mut law, &stdin, |file, examination| {
        let page = claim_file::page(file, examination, redaction, rules, lang);
        (page, examination.findings.is_empty())
    });
    let (page, agrees) = printed.map_err(Failure::input)?;
    let exit = context.emit_page(page, &[], rules, format)?;
    Ok(if agrees { exit } else { Exit::Look })
}
