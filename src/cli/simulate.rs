//! `bhyt simulate` (`mo-phong`): the same population under two rulebooks or on two days: who gains, who loses, what it costs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{ArgAction, ArgMatches, Command};
use serde_json::json;

use super::batch::{Shown, failure, jobs, notice_line, read_options, reading_flags};
use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use super::io;
use super::value;
use crate::engine::simulation::Report;
use crate::engine::simulation::reform::{self, PaymentDays, stages};
use crate::render::json::Body;
use crate::render::wording::Lang;
use crate::render::{simulate_csv, simulate_html, simulate_json, simulate_text, simulate_words};
use crate::rulebook::Rulebook;
use crate::table::batch::{self, Finished, RunOptions};
use crate::table::output::{Format, Outputs, Target};
use crate::table::simulate::{SimulationKernel, Worker};
use crate::table::{Input, Table, premium};
use crate::terms::problem::{Code, Problem};

const FORMATS: &[&str] = &["text", "json", "csv", "html"];

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Mô phỏng: cùng một dân số theo hai bộ quy định hoặc hai ngày, ai được, ai mất, mỗi nguồn trả thêm bao nhiêu và vì sao",
            "The same population under two rulebooks or on two days: who gains, who loses, what it costs each payer, and why",
        ],
        usage: [
            "simulate BẢNG [--against TỆP] [--paid-on NGÀY] [--shift-to NGÀY]",
            "simulate TABLE [--against FILE] [--paid-on DATE] [--shift-to DATE]",
        ],
        examples: [
            "Bảng có các cột như của `bhyt batch premium`.\n\nVí dụ:\n  bhyt simulate dan-so.csv --paid-on 30/06/2026 --shift-to 01/07/2026\n  bhyt simulate dan-so.csv --paid-on 01/01/2027 \\\n    --against examples/scenario-premium-rate-5-1-percent.toml\n  bhyt simulate dan-so.csv --against kich-ban.toml -f html -o bao-cao.html",
            "The table has the columns of `bhyt batch premium`.\n\nExamples:\n  bhyt simulate people.csv --paid-on 2026-06-30 --shift-to 2026-07-01\n  bhyt simulate people.csv --paid-on 2027-01-01 \\\n    --against examples/scenario-premium-rate-5-1-percent.toml\n  bhyt simulate people.csv --against scenario.toml -f html -o report.html",
        ],
    };
    let flag = |name, value_name, help| help::value(name, value_name, lang, help);
    reading_flags(help::command("simulate", "mo-phong", lang, &texts), lang)
        .arg(
            flag(
                "against",
                ["TỆP|THƯ_MỤC", "FILE|DIR"],
                [
                    "Quy định sau thay đổi: tệp thêm phiên bản, hoặc thư mục thay cả họ; dùng nhiều lần được",
                    "The rules after the change: an overlay, or a folder in place of families; may be repeated",
                ],
            )
            .action(ArgAction::Append),
        )
        .arg(
            flag(
                "paid-on",
                ["NGÀY", "DATE"],
                ["Mọi người đóng ngày này thay cho ngày trong bảng", "Everybody pays on this day instead"],
            )
            .alias("ngay-dong"),
        )
        .arg(flag(
            "shift-to",
            ["NGÀY", "DATE"],
            [
                "Sau thay đổi, mọi người đóng ngày này (cần --paid-on)",
                "After the change everybody pays on this day (needs --paid-on)",
            ],
        ))
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let format = context.format(FORMATS)?;
    let days = payment_days(matches)?;
    let against: Vec<PathBuf> =
        matches.get_many::<String>("against").unwrap_or_default().map(PathBuf::from).collect();
    if against.is_empty() && days.shift_to.is_none() {
        let missing = Problem::new(Code::MissingArgument).with("read", "--against … / --shift-to …");
        return Err(Failure::usage(missing.with("command", "simulate")));
    }
    let before = context.rulebook()?;
    let after = if against.is_empty() { Arc::clone(&before) } else { context.rulebook_against(&against)? };
    let stages = stages(&before, &after, days, days.paid_on);
    let notices = reform::notices(&stages);
    context.refuse_warnings(&notices)?;
    let kernel = SimulationKernel::new(&stages, days).ok_or_else(|| Failure {
        problem: Problem::new(Code::Internal).with("what", "no stages"),
        exit: Exit::Internal,
    })?;
    let finished = compute(context, matches, &kernel)?;
    let rejected = finished.tally.rejected;
    let mut tally = kernel.finish(finished.workers);
    for (code, rejections) in &finished.tally.rejections {
        for _ in 0..rejections.count {
            tally.leave_out(crate::engine::simulation::tally::Side::Before, *code);
        }
    }
    tally.check().map_err(|what| Failure {
        problem: Problem::new(Code::Internal).with("what", what),
        exit: Exit::Internal,
    })?;
    let report = Report { stages: stages.clone(), days, tally, notices };
    emit(context, &report, &before, &after, format)?;
    Ok(if rejected > 0 { Exit::Look } else { Exit::Done })
}

fn payment_days(matches: &ArgMatches) -> Result<PaymentDays, Failure> {
    let date = |name: &str| {
        let typed = matches.get_one::<String>(name);
        typed
            .map(|typed| {
                value::date(typed).map_err(|problem| Failure::usage(problem.at(format!("--{name}"))))
            })
            .transpose()
    };
    let days = PaymentDays { paid_on: date("paid-on")?, shift_to: date("shift-to")? };
    match (days.paid_on, days.shift_to) {
        (None, Some(_)) => Err(Failure::usage(Problem::new(Code::ShiftNeedsOneDay).at("--shift-to"))),
        (Some(first), Some(second)) if second < first => Err(Failure::usage(
            Problem::new(Code::DateOrder)
                .with("first", "--paid-on")
                .with("second", "--shift-to")
                .at("--shift-to"),
        )),
        _ => Ok(days),
    }
}

/// Walks the table through all stages, on all cores.
fn compute<'r>(
    context: &mut Context<'_, '_>,
    matches: &ArgMatches,
    kernel: &SimulationKernel<'r>,
) -> Result<Finished<Worker<'r>>, Failure> {
    let lang = context.lang();
    let read = read_options(matches)?;
    let jobs = jobs(matches.get_one::<String>("jobs").map(String::as_str))?;
    let input = matches.get_one::<String>("table").cloned().unwrap_or_default();
    let (quiet, verbose) = (context.options.quiet, context.options.verbose);
    let world = &mut *context.world;
    let source = if input == "-" {
        Input::Stream(Box::new(&mut *world.stdin), "stdin".to_owned())
    } else {
        Input::File(Path::new(&input).to_path_buf())
    };
    let table = Table::open(source, premium::FIELDS, Some(premium::HOUSEHOLD), &read).map_err(failure)?;
    if !quiet {
        let said: String = table.notices().iter().map(|notice| notice_line(notice, lang)).collect();
        io::write_stdout(world.stderr, said.as_bytes())?;
    }
    let outputs = Outputs::plan(Target::Nowhere, Format::Csv, table.layout(), &[]).map_err(failure)?;
    let terminal = world.stderr_is_terminal && !quiet;
    let mut shown = Shown::new(&mut *world.stderr, lang, terminal, verbose);
    let say = |_: &Problem| String::new();
    let options = RunOptions { jobs, strict: false, checkpoint: None, resume: None, say: &say };
    let finished = batch::run(table, kernel, outputs, options, &mut |progress| shown.show(progress));
    shown.clear();
    finished.map_err(failure)
}

fn emit(
    context: &mut Context<'_, '_>,
    report: &Report,
    before: &Rulebook,
    after: &Rulebook,
    format: &str,
) -> Result<Exit, Failure> {
    let lang = context.lang();
    let text = match format {
        "json" => {
            let notices = simulate_words::notices(report, lang);
            let body = Body {
                schema: "bhyt.simulate/1",
                input: json!({
                    "paid_on": report.days.paid_on.map(|day| day.to_string()),
                    "shift_to": report.days.shift_to.map(|day| day.to_string()),
                }),
                result: simulate_json::result(report, after, lang),
                trace: &[],
                notices: &notices,
            };
            return context.emit_json(&body, before);
        }
        "csv" => simulate_csv::text(report, after, lang),
        "html" => simulate_html::text(report, after, lang),
        _ => simulate_text::text(report, after, lang),
    };
    context.emit(&text)
}
