//! `bhyt batch` (`hang-loat`): the same for tables of any size, as a file or as a filter.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::forms::{Held, Wanted};
use super::help::{self, Texts, notice_line};
use super::io;
use super::progress::Shown;
use super::quote_flags;
use super::table_input::{USUAL_JOBS, household_flag, jobs, read_options, reading_flags};
use crate::audit::finding::Classes;
use crate::audit::legal::facilities::Register;
use crate::render::batch_text::{self, BatchTotals};
use crate::render::catalogue;
use crate::render::layout::wrap;
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;
use crate::table::batch::{self, BatchTally, CarriedColumns, Kernel, Rejections, RunOptions};
use crate::table::checkpoint::{Checkpoint, Saved};
use crate::table::claim::{self, ClaimKernel, RowChecks};
use crate::table::heading::{Layout, Schema};
use crate::table::output::{Format, Outputs, Target, progress_path};
use crate::table::premium::{self, PremiumKernel};
use crate::table::{Input, OpenTable, ReadOptions, TroubleKind};
use crate::terms::problem::{Code, Problem};

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Tính hàng loạt: CSV, Excel, Parquet bất kỳ cỡ nào, hoặc qua ống dẫn",
            "The same for tables: CSV, Excel, Parquet of any size, or as a filter",
        ],
        usage: ["batch premium|claim BẢNG [-o TỆP] …", "batch premium|claim TABLE [-o FILE] …"],
        examples: [
            "Ví dụ:\n  bhyt batch premium danh-sach.csv -o ket-qua.csv\n  bhyt batch premium danh-sach.xlsx -o ket-qua.xlsx\n  bhyt batch claim luot-kham.csv -o thanh-toan.csv\n  bhyt template batch-premium -o mau.csv",
            "Examples:\n  bhyt batch premium people.csv -o premiums.csv\n  bhyt batch premium people.xlsx -o premiums.xlsx\n  bhyt batch claim visits.csv -o paid.csv\n  bhyt template batch-premium -o example.csv",
        ],
    };
    help::command("batch", "hang-loat", lang, &texts)
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .subcommands([premium_command(lang), claim_command(lang)])
}

fn premium_command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Mức đóng của từng dòng: ai đóng bao nhiêu; các dòng của một hộ đứng liền nhau",
            "The premium of every row: who pays what; rows of a household stand together",
        ],
        usage: [
            "batch premium BẢNG [-o TỆP] [--map \"cột=trường\"] …",
            "batch premium TABLE [-o FILE] [--map \"column=field\"] …",
        ],
        examples: [
            "Cột bắt buộc: đối tượng (`group`), số tháng (`months`), ngày đóng (`paid_on`).\nCó thể thêm: mã hộ (`household_id`), thứ tự trong hộ (`rank`), từ ngày (`from`),\nngày sinh (`born`), tiền lương (`salary`), tỉnh (`province`), hoàn cảnh (`tags`),\nsố người đã đóng (`already`). Tên cột như D03-TS cũng hiểu.\n\nVí dụ:\n  bhyt batch premium danh-sach.csv -o ket-qua.csv\n  bhyt batch premium danh-sach.xlsx --map \"Loại=group\" -o ket-qua.xlsx\n  cat people.csv | bhyt batch premium - -o - > premiums.csv",
            "Required columns: group, months, paid_on. Optional: household_id, rank, from,\nborn, salary, province, tags, already. Headings as in form D03-TS are\nunderstood too.\n\nExamples:\n  bhyt batch premium people.csv -o premiums.csv\n  bhyt batch premium people.xlsx --map \"Kind=group\" -o premiums.xlsx\n  cat people.csv | bhyt batch premium - -o - > premiums.csv",
        ],
    };
    with_table_flags(help::command("premium", "muc-dong", lang, &texts), lang)
        .arg(household_flag(lang))
        .arg(help::value(
            "form",
            ["MẪU", "FORM"],
            lang,
            [
                "Lập mẫu (.xlsx): `mau-3`, `mau-4`, `d03-ts`, `c17`",
                "Fill a form (.xlsx): mau-3, mau-4, d03-ts, c17",
            ],
        ))
        .arg(help::value(
            "sheets",
            ["THƯ MỤC", "DIR"],
            lang,
            [
                "Mỗi hộ một phiếu in được, vào thư mục này",
                "A printable page for each household, into this folder",
            ],
        ))
        .arg(quote_flags::transfer_flag(lang))
}

fn claim_command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Quỹ thanh toán bao nhiêu cho từng lượt khám, tính theo tổng chi phí",
            "What the fund pays for every visit, from its totals",
        ],
        usage: [
            "batch claim BẢNG [-o TỆP] [--map \"cột=trường\"] …",
            "batch claim TABLE [-o FILE] [--map \"column=field\"] …",
        ],
        examples: [
            "Cột bắt buộc: đối tượng (`group`), ngày ra (`discharged`), tổng chi phí\n(`hospital_cost`), chi phí trong phạm vi bảo hiểm (`covered_cost`), và mã đến\nkhám (`visit_code`) hoặc cấp (`care_level`), tuyến (`former_tier`), điểm\n(`points`) của cơ sở, cách đến khám (`route`), nội trú hay ngoại trú (`setting`).\nCó thể thêm: ngày vào (`admitted`), đã cùng chi trả trong năm\n(`copaid_this_year`), đủ 5 năm liên tục từ (`five_years_since`), ngày sinh\n(`born`), nơi cư trú (`residence`), bệnh theo danh mục (`disease_list`), cơ sở\nban đầu theo danh sách (`listed_initial`), khám trong tỉnh (`same_province`),\nthanh toán trực tiếp (`direct_payment`), ngày xuất trình thẻ (`card_shown`), chi\nphí trước ngày đó (`hospital_cost_before_card`, `covered_cost_before_card`), đơn\nvị còn nợ (`employer_arrears`), miễn cùng chi trả từ ngày (`exempt_from`).\n\nVí dụ:\n  bhyt batch claim luot-kham.csv -o thanh-toan.csv\n  cat visits.csv | bhyt batch claim - > paid.csv",
            "Required columns: group, discharged, hospital_cost, covered_cost, and visit_code\nor care_level, former_tier, points, route, setting. Optional: admitted,\ncopaid_this_year, five_years_since, born, residence, disease_list,\nlisted_initial, same_province, direct_payment, card_shown,\nhospital_cost_before_card, covered_cost_before_card, employer_arrears, exempt_from.\n\nExamples:\n  bhyt batch claim visits.csv -o paid.csv\n  cat visits.csv | bhyt batch claim - > paid.csv",
        ],
    };
    with_table_flags(help::command("claim", "muc-huong", lang, &texts), lang)
}

/// The flags that every batch over a table has.
fn with_table_flags(command: Command, lang: Lang) -> Command {
    let flag = |name, value_name, help| help::value(name, value_name, lang, help);
    reading_flags(command, lang)
        .arg(help::switch(
            "resume",
            lang,
            ["Chạy tiếp lần chạy dở với cùng -o", "Go on with an unfinished run to the same -o"],
        ))
        .arg(help::switch(
            "dry-run",
            lang,
            ["Tính và đối chiếu, không ghi gì", "Compute and reconcile, write nothing"],
        ))
        .arg(flag("checkpoint-rows", ["N", "N"], ["", ""]).hide(true))
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("premium", matches)) => {
            let rules = context.rulebook()?;
            let strict = context.options.strict;
            let kernel = |layout: &Layout| PremiumKernel::new(&rules, strict, layout);
            let task = Task { name: "premium", schema: &premium::SCHEMA, hundredths: 100 };
            run_kernel(context, matches, kernel, &task, &rules)
        }
        Some(("claim", matches)) => {
            let rules = context.rulebook()?;
            let strict = context.options.strict;
            let kernel = |layout: &Layout| ClaimKernel::new(&rules, strict, layout);
            run_kernel(context, matches, kernel, &VISITS, &rules)
        }
        _ => Err(Failure::usage(Problem::new(Code::NothingToDo))),
    }
}

/// Giám định một bảng lượt khám: what it declares against what is computed; none for files of another kind.
///
/// # Errors
/// [`Failure`] of the run, and for a table that is known and holds no visits.
pub(super) fn audit_table(
    context: &mut Context<'_, '_>,
    path: &Path,
    rules: &Rulebook,
    register: &Register,
    classes: Classes,
) -> Result<Option<Exit>, Failure> {
    if !path.is_file() {
        return Ok(None);
    }
    let opened = OpenTable::open(Input::File(path.to_owned()), &claim::SCHEMA, &ReadOptions::default());
    let mut table = match opened {
        Ok(table) => table,
        Err(trouble) if trouble.problem.code == Code::TableOfOtherKind => return Err(Failure::from(trouble)),
        Err(_) => return Ok(None),
    };
    let (strict, today) = (context.options.strict, context.world.today);
    let checks = RowChecks::of(rules, register, classes, today, table.layout());
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let most = context.remembered;
    let checks = checks.map(|checks| compared(checks, &mut table, &name, most)).transpose()?;
    drop(table);
    let path = path.display().to_string();
    let mut args = vec!["batch", "claim", &path];
    if context.options.output.is_none() {
        args.push("--dry-run");
    }
    let matches = command(context.lang()).try_get_matches_from(args);
    let matches = matches.map_err(|_| Failure::usage(Problem::new(Code::NothingToDo)))?;
    let Some((_, matches)) = matches.subcommand() else { return Ok(None) };
    let kernel = |layout: &Layout| ClaimKernel::new(rules, strict, layout).with_checks(checks);
    run_kernel(context, matches, kernel, &VISITS, rules).map(Some)
}

/// The checks with what rows say together, for which the table is gone through once.
fn compared<'r>(
    checks: RowChecks<'r>,
    table: &mut OpenTable<'_>,
    name: &str,
    most: usize,
) -> Result<RowChecks<'r>, Failure> {
    let Some(mut repeats) = checks.repeats(table.layout().epoch, most) else { return Ok(checks) };
    table.for_each(|row| {
        repeats.look(row);
        Ok(())
    })?;
    Ok(checks.knowing(repeats.found(name)))
}

/// What a batch is about.
struct Task {
    name: &'static str,
    schema: &'static Schema,
    /// Hundredths of a đồng in one unit of the control totals.
    hundredths: i128,
}

/// Bảng lượt khám.
const VISITS: Task = Task { name: "claim", schema: &claim::SCHEMA, hundredths: 1 };

/// Runs a kernel over the table that the command line names.
fn run_kernel<K: Kernel>(
    context: &mut Context<'_, '_>,
    matches: &ArgMatches,
    kernel: impl FnOnce(&Layout) -> K,
    task: &Task,
    rules: &Rulebook,
) -> Result<Exit, Failure> {
    let lang = context.lang();
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let read = read_options(matches)?;
    let jobs = jobs(matches, USUAL_JOBS)?;
    let input = text("table").unwrap_or_default().to_owned();
    let output = context.options.output.clone().filter(|path| path.as_os_str() != "-");
    let wanted = Wanted::of(matches, output.is_some())?;
    let format = if wanted.is_any() { Format::Csv } else { output_format(context, output.as_deref())? };
    let (dry_run, resume) = (matches.get_flag("dry-run"), matches.get_flag("resume"));
    if output.is_none() && !dry_run {
        let asked =
            [("--form", wanted.form.is_some()), ("--resume", resume), ("--strict", context.options.strict)];
        refuse_without_output(asked)?;
    }
    let (quiet, verbose, force) = (context.options.quiet, context.options.verbose, context.options.force);
    let strict = context.options.strict;
    let shows_progress = context.world.stderr_is_terminal && !quiet;
    let world = &mut *context.world;
    let source = if input == "-" {
        Input::Stream(Box::new(&mut *world.stdin), "stdin".to_owned())
    } else {
        Input::File(PathBuf::from(&input))
    };
    let table = OpenTable::open(source, task.schema, &read)?;
    let layout = table.layout().clone();
    let kernel = &kernel(&layout);
    let jobs = if layout.in_order { 1 } else { jobs };
    let mut notices = table.notices().to_vec();
    notices.extend(kernel.notices());
    let replaced = CarriedColumns::of(&layout, kernel.appended()).replaced(&layout).join(", ");
    if !replaced.is_empty() {
        notices.push(Problem::new(Code::ColumnsReplaced).with("columns", replaced));
    }
    let held = Held::default();
    let target = match &output {
        _ if dry_run => Target::Nowhere,
        _ if wanted.is_any() => Target::Stream(Box::new(held.clone())),
        Some(path) => Target::File { path: path.clone(), force, resume },
        None => Target::Stream(Box::new(&mut *world.stdout)),
    };
    let outputs = Outputs::plan(target, format, &layout, kernel.appended())?;
    let rejects_file = outputs.rejects_path().map(|path| path.display().to_string());
    let checkpoint =
        output.as_deref().filter(|_| outputs.can_resume() && !layout.in_order).map(|path| Checkpoint {
            path: progress_path(path),
            identity: identity(matches, task, &rules.identity.sha256, strict, lang, &layout.names),
            every_rows: text("checkpoint-rows").and_then(|rows| rows.parse().ok()),
        });
    let saved = if resume { left_behind(checkpoint.as_ref(), &mut notices)? } else { None };
    if !quiet {
        let text: String = notices.iter().map(|notice| with_hint(notice, lang)).collect();
        io::write_stdout(world.stderr, text.as_bytes())?;
    }
    let has_doubts = notices.iter().any(|notice| notice.code.as_str().starts_with('E'));
    let heading = |field: &str| layout.column(field).map(|column| layout.names[column].clone());
    let say = |problem: &Problem| batch_text::row_reason(problem, &heading, lang);
    let mut shown = Shown::new(&mut *world.stderr, lang, shows_progress, verbose);
    let options = RunOptions { jobs, strict, checkpoint, resume: saved, say: &say };
    let result = batch::run(table, kernel, outputs, options, &mut |progress| shown.show(progress));
    shown.clear();
    let finished = match result {
        Err(trouble) if trouble.kind == TroubleKind::ReaderGone => return Ok(Exit::Done),
        result => result?,
    };
    let tally = &finished.tally;
    let mut totals = totals_of(tally, kernel.labels(), task.hundredths);
    totals.rejects_file = rejects_file.filter(|_| tally.rejected > 0 && finished.written && !dry_run);
    let mut closing = kernel.closing(tally);
    if wanted.is_any() && !dry_run {
        if tally.rejected > 0 {
            io::write_stdout(context.world.stderr, batch_text::totals(&totals, lang).as_bytes())?;
        }
        closing.extend(wanted.write(
            &held,
            tally.rejected,
            (&layout, rules),
            output.as_deref(),
            (force, lang),
        )?);
    }
    if !quiet {
        let mut text = batch_text::totals(&totals, lang);
        text.push_str(&to_look_at(&closing, tally, lang));
        if let (Some(path), true, false) = (&output, finished.written, dry_run) {
            text.push_str(&format!("{} {}\n", lang.say("Đã ghi", "Written:"), path.display()));
        }
        io::write_stdout(context.world.stderr, text.as_bytes())?;
    }
    match (finished.written, tally.rejected) {
        (false, rejected) => Err(Failure::input(Problem::new(Code::StrictRows).with("count", rejected))),
        (true, _)
            if has_doubts
                || tally.needs_a_look()
                || closing.iter().any(|problem| problem.code.as_str().starts_with('E')) =>
        {
            Ok(Exit::Look)
        }
        (true, _) => Ok(Exit::Done),
    }
}

/// Refuses what makes no sense on standard output.
fn refuse_without_output(asked: [(&str, bool); 3]) -> Result<(), Failure> {
    match asked.iter().find(|(_, asked)| *asked) {
        None => Ok(()),
        Some((flag, _)) => Err(Failure::usage(
            Problem::new(Code::MissingArgument)
                .with("read", format!("{flag}: -o"))
                .with("command", "batch premium"),
        )),
    }
}

/// What a run counted, as it is said.
fn totals_of<'l>(tally: &BatchTally, labels: &[&'l str], hundredths: i128) -> BatchTotals<'l> {
    let named = |found: &BTreeMap<Code, Rejections>| {
        found.iter().map(|(code, rows)| (*code, rows.count, rows.first.clone())).collect()
    };
    BatchTotals {
        rows: tally.rows,
        valid: tally.valid,
        rejected: tally.rejected,
        blank: tally.blank,
        sums: labels.iter().copied().zip(tally.sums.map(|sum| sum * hundredths)).collect(),
        rejections: named(&tally.rejections),
        asides: named(&tally.asides),
        left_out: tally.left_out(),
        warnings: tally.warnings.iter().map(|(code, count)| (*code, *count)).collect(),
        rejects_file: None,
    }
}

/// What is to be looked at behind the totals, and how much more of it there would be.
fn to_look_at(closing: &[Problem], tally: &BatchTally, lang: Lang) -> String {
    let mut text: String =
        closing.iter().chain(&tally.reports).map(|problem| with_hint(problem, lang)).collect();
    if tally.reports_left > 0 {
        let more = lang.say("điều nữa cùng loại", "more of the same kind");
        text.push_str(&format!("… {} {more}\n", tally.reports_left));
    }
    text
}

/// A notice with what to do about it.
fn with_hint(problem: &Problem, lang: Lang) -> String {
    let hint = catalogue::hint(problem, lang);
    let hint = if hint.is_empty() { hint } else { wrap(&format!("  {hint}"), 2) };
    notice_line(problem, lang) + &hint
}

/// What an unfinished run left to go on from, with a word about it.
fn left_behind(
    checkpoint: Option<&Checkpoint>,
    notices: &mut Vec<Problem>,
) -> Result<Option<Saved>, Failure> {
    let saved = checkpoint.map_or(Ok(None), Checkpoint::load)?;
    notices.push(match &saved {
        Some(saved) => Problem::new(Code::Resumed).with("count", saved.tally.rows),
        None => Problem::new(Code::NothingToResume),
    });
    Ok(saved)
}

/// The format asked for, else that of the file's ending, else CSV.
fn output_format(context: &Context<'_, '_>, output: Option<&Path>) -> Result<Format, Failure> {
    let wanted = context.options.format.to_lowercase();
    if wanted == "text" {
        return Ok(output.and_then(Format::of_path).unwrap_or(Format::Csv));
    }
    Format::NAMES.iter().find(|(name, _)| *name == wanted).map(|(_, format)| *format).ok_or_else(|| {
        let accepted: Vec<&str> = Format::NAMES.iter().map(|(name, _)| *name).collect();
        Failure::usage(
            Problem::new(Code::InvalidValue)
                .with("read", &context.options.format)
                .with("accepted", accepted.join(", "))
                .at("--format"),
        )
    })
}

/// What a run must agree on to go on with another's work.
fn identity(
    matches: &ArgMatches,
    task: &Task,
    rulebook: &str,
    strict: bool,
    lang: Lang,
    columns: &[String],
) -> Vec<(String, String)> {
    let one = |name: &str| matches.try_get_one::<String>(name).ok().flatten().cloned().unwrap_or_default();
    let mut options: Vec<String> = ["delimiter", "encoding", "sheet", "columns", "profile", "household"]
        .iter()
        .map(|name| format!("{name}={}", one(name)))
        .collect();
    for name in ["map", "set"] {
        let given = matches.get_many::<String>(name).unwrap_or_default();
        options.extend(given.map(|given| format!("{name}={given}")));
    }
    options.push(format!("strict={strict} lang={}", lang.say("vi", "en")));
    [
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("command", task.name.to_owned()),
        ("rulebook", rulebook.to_owned()),
        ("options", options.join(" ")),
        ("columns", columns.join(",")),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}
