//! `bhyt simulate` (`mo-phong`): the same people or visits under two rulebooks or on two days: who gains, who loses,
//! what it costs.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use clap::{ArgAction, ArgMatches, Command};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts, notice_line};
use super::io;
use super::progress::Shown;
use super::table_input::{USUAL_JOBS, household_flag, jobs, read_options, reading_flags};
use super::value;
use crate::engine::simulation::SimulationReport;
use crate::engine::simulation::reform::{self, SimulatedDays, Stage, stages};
use crate::engine::simulation::subject::Subject;
use crate::engine::simulation::tally::{SimulationTally, UnansweredSide};
use crate::engine::simulation::together;
use crate::render::json::Body;
use crate::render::wording::Lang;
use crate::render::{pages, simulate_json, simulate_words};
use crate::rulebook::Rulebook;
use crate::table::batch::{self, Finished, RunOptions};
use crate::table::output::{Format, Outputs, Target};
use crate::table::simulate::people::Premiums;
use crate::table::simulate::visits::Claims;
use crate::table::simulate::{Population, SimulationKernel, kind};
use crate::table::{Input, OpenTable, ReadOptions};
use crate::terms::problem::{Code, Problem};

const FORMATS: &[&str] = &["text", "json", "csv", "html", "xlsx"];

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Mô phỏng: cùng những người tham gia hoặc lượt khám theo hai bộ quy định hoặc hai ngày, ai được, ai mất, mỗi nguồn trả thêm bao nhiêu và vì sao",
            "The same people or visits under two rulebooks or on two days: who gains, who loses, what it costs whom, and why",
        ],
        usage: [
            "simulate BẢNG [--with BẢNG] [--against TỆP]
               [--paid-on|--discharged-on NGÀY] [--shift-to NGÀY]",
            "simulate TABLE [--with TABLE] [--against FILE]
               [--paid-on|--discharged-on DATE] [--shift-to DATE]",
        ],
        examples: [
            "Bảng có các cột như của `bhyt batch premium` (người tham gia) hoặc của\n`bhyt batch claim` (lượt khám); loại bảng nhận theo tiêu đề. Khi đổi ngày ra\nviện, ngày vào viện và ngày đủ 5 năm dời theo; ngày sinh giữ nguyên.\n\nVí dụ:\n  bhyt simulate dan-so.csv --paid-on 30/06/2026 --shift-to 01/07/2026\n  bhyt simulate dan-so.csv --paid-on 01/01/2027 \\\n    --against examples/scenario-premium-rate-5-1-percent.toml\n  bhyt simulate luot-kham.csv --discharged-on 30/06/2026 --shift-to 01/07/2026\n  bhyt simulate luot-kham.csv --against kich-ban.toml -f html -o bao-cao.html\n  bhyt simulate dan-so.csv --with luot-kham.csv --against kich-ban.toml",
            "The table has the columns of `bhyt batch premium` (people) or of\n`bhyt batch claim` (visits); its heading tells which. Where the day of discharge\nmoves, admission and the end of five years move along; birth dates stay.\n\nExamples:\n  bhyt simulate people.csv --paid-on 2026-06-30 --shift-to 2026-07-01\n  bhyt simulate people.csv --paid-on 2027-01-01 \\\n    --against examples/scenario-premium-rate-5-1-percent.toml\n  bhyt simulate visits.csv --discharged-on 2026-06-30 --shift-to 2026-07-01\n  bhyt simulate visits.csv --against scenario.toml -f html -o report.html\n  bhyt simulate people.csv --with visits.csv --against scenario.toml",
        ],
    };
    let flag = |name, value_name, help| help::value(name, value_name, lang, help);
    reading_flags(help::command("simulate", "mo-phong", lang, &texts), lang)
        .arg(household_flag(lang))
        .arg(
            flag(
                "with",
                ["BẢNG", "TABLE"],
                [
                    "Bảng thứ hai, lượt khám bên người tham gia: một báo cáo cho cả hai",
                    "A second table, visits beside people: one report of both",
                ],
            )
            .alias("cung"),
        )
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
        .arg(
            flag(
                "discharged-on",
                ["NGÀY", "DATE"],
                [
                    "Mọi lượt khám kết thúc ngày này thay cho ngày trong bảng",
                    "Every visit ends on this day instead",
                ],
            )
            .alias("ngay-ra"),
        )
        .arg(flag(
            "shift-to",
            ["NGÀY", "DATE"],
            [
                "Sau thay đổi là ngày này (cần --paid-on hoặc --discharged-on)",
                "This day after the change (needs --paid-on or --discharged-on)",
            ],
        ))
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let format = context.format(FORMATS)?;
    let asked = Asked::of(matches)?;
    let before = context.rulebook()?;
    let after = match &asked.against[..] {
        [] => Arc::clone(&before),
        against => context.rulebook_against(against)?,
    };
    let (report, rejected) = compute(context, &asked, &asked.table, &before, &after)?;
    let Some(second) = &asked.with else {
        emit(context, &report, &before, &after, format)?;
        return Ok(if rejected > 0 { Exit::Look } else { Exit::Done });
    };
    let (other, more) = compute(context, &asked, second, &before, &after)?;
    let parts = match (report.tally.subject, other.tally.subject) {
        (Subject::Premiums, Subject::Claims) => [&report, &other],
        (Subject::Claims, Subject::Premiums) => [&other, &report],
        (same, _) => {
            let wanted = if same == Subject::Premiums { Subject::Claims } else { Subject::Premiums };
            let accepted = context.lang().pick(simulate_words::rows(wanted)).to_owned();
            let problem = Problem::new(Code::InvalidValue).with("read", second).with("accepted", accepted);
            return Err(Failure::usage(problem.at("--with")));
        }
    };
    emit_together(context, parts, &before, &after, format)?;
    Ok(if rejected + more > 0 { Exit::Look } else { Exit::Done })
}

/// One report of people and visits.
fn emit_together(
    context: &mut Context<'_, '_>,
    parts: [&SimulationReport; 2],
    before: &Rulebook,
    after: &Rulebook,
    format: &str,
) -> Result<Exit, Failure> {
    let lang = context.lang();
    let lines = together::lines(parts[0], parts[1]).map_err(internal)?;
    if format != "json" {
        let page = pages::simulate::together(parts, &lines, after, lang);
        return context.emit_page(page, &[], after, format);
    }
    let mut notices = vec![Problem::new(Code::ReformTogether)];
    for notice in parts.iter().flat_map(|part| simulate_words::notices(part, lang)) {
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }
    let [premiums, claims] = parts.map(simulate_json::input);
    let body = Body {
        schema: "bhyt.simulate-together/1",
        input: serde_json::json!({"premiums": premiums, "claims": claims}),
        result: simulate_json::together(parts, &lines, after, lang),
        trace: &[],
        notices: &notices,
    };
    context.emit_json(&body, before)
}

fn internal(what: String) -> Failure {
    Failure { problem: Problem::new(Code::Internal).with("what", what), exit: Exit::Internal }
}

/// Những gì dòng lệnh yêu cầu.
struct Asked {
    table: String,
    with: Option<String>,
    read: ReadOptions,
    jobs: usize,
    against: Vec<PathBuf>,
    paid_on: Option<NaiveDate>,
    discharged_on: Option<NaiveDate>,
    shift_to: Option<NaiveDate>,
}

impl Asked {
    fn of(matches: &ArgMatches) -> Result<Asked, Failure> {
        let text = |name: &str| matches.get_one::<String>(name);
        let date = |name: &str| {
            let at_flag = |problem: Problem| Failure::usage(problem.at(format!("--{name}")));
            text(name).map(|typed| value::date(typed).map_err(at_flag)).transpose()
        };
        let asked = Asked {
            table: text("table").cloned().unwrap_or_default(),
            with: text("with").cloned(),
            read: read_options(matches)?,
            jobs: jobs(matches, USUAL_JOBS)?,
            against: matches.get_many::<String>("against").unwrap_or_default().map(PathBuf::from).collect(),
            paid_on: date("paid-on")?,
            discharged_on: date("discharged-on")?,
            shift_to: date("shift-to")?,
        };
        match (asked.paid_on.or(asked.discharged_on), asked.shift_to) {
            (_, None) if asked.against.is_empty() => {
                let missing = Problem::new(Code::MissingArgument).with("read", "--against … / --shift-to …");
                Err(Failure::usage(missing.with("command", "simulate")))
            }
            (None, Some(_)) => Err(Failure::usage(Problem::new(Code::ShiftNeedsOneDay).at("--shift-to"))),
            (Some(_), Some(_))
                if asked.with.is_some() && asked.paid_on.and(asked.discharged_on).is_none() =>
            {
                Err(Failure::usage(Problem::new(Code::ShiftNeedsOneDay).at("--shift-to")))
            }
            (Some(first), Some(second)) if second < first.max(asked.discharged_on.unwrap_or(first)) => {
                let flag = if asked.paid_on.is_some() { "--paid-on" } else { "--discharged-on" };
                let order = Problem::new(Code::DateOrder).with("first", flag).with("second", "--shift-to");
                Err(Failure::usage(order.at("--shift-to")))
            }
            _ => Ok(asked),
        }
    }

    /// The days, if they are those of such rows.
    fn days(&self, subject: Subject) -> Result<SimulatedDays, Failure> {
        let flags = [("--paid-on", self.paid_on), ("--discharged-on", self.discharged_on)];
        let [(flag, on), (other, wrong)] = match subject {
            Subject::Premiums => flags,
            Subject::Claims => [flags[1], flags[0]],
        };
        if wrong.is_some() && self.with.is_none() {
            let [vi, en] = simulate_words::rows(subject);
            let problem = Problem::new(Code::DayOfOtherRows).with("read", other).with("other", flag);
            return Err(Failure::usage(problem.with("kind_vi", vi).with("kind_en", en).at(other)));
        }
        Ok(SimulatedDays { on, shift_to: self.shift_to })
    }
}

/// Opens the table, finds out what its rows are, and walks through all stages; gives the rejected rows too.
fn compute(
    context: &mut Context<'_, '_>,
    asked: &Asked,
    table: &str,
    before: &Arc<Rulebook>,
    after: &Arc<Rulebook>,
) -> Result<(SimulationReport, u64), Failure> {
    let lang = context.lang();
    let options = &context.options;
    let world = &mut *context.world;
    let source = if table == "-" {
        Input::Stream(Box::new(&mut *world.stdin), "stdin".to_owned())
    } else {
        Input::File(PathBuf::from(table))
    };
    let (subject, table) = kind::open(source, &asked.read)?;
    let days = asked.days(subject)?;
    if !options.quiet {
        let [vi, en] = simulate_words::rows(subject);
        let understood = Problem::new(Code::RowsUnderstood).with("kind_vi", vi).with("kind_en", en);
        let notices = std::iter::once(&understood).chain(table.notices());
        let said: String = notices.map(|notice| notice_line(notice, lang)).collect();
        io::write_stdout(world.stderr, said.as_bytes())?;
    }
    let stages = stages(before, after, days, subject);
    let notices = reform::notices(&stages);
    options.refuse_warnings(&notices)?;
    let terminal = world.stderr_is_terminal && !options.quiet;
    let mut shown = Shown::new(&mut *world.stderr, lang, terminal, options.verbose);
    let (tally, rejected) = match subject {
        Subject::Premiums => walk::<Premiums<'_>>(table, &stages, days, asked.jobs, &mut shown)?,
        Subject::Claims => walk::<Claims<'_>>(table, &stages, days, asked.jobs, &mut shown)?,
    };
    Ok((SimulationReport { stages, days, tally, notices }, rejected))
}

/// Walks a table through all stages, on all cores.
fn walk<'r, P: Population<'r>>(
    table: OpenTable<'_>,
    stages: &'r [Stage],
    days: SimulatedDays,
    jobs: usize,
    shown: &mut Shown<'_>,
) -> Result<(SimulationTally, u64), Failure> {
    let kernel = SimulationKernel::<P>::new(stages, days).ok_or_else(|| internal("no stages".to_owned()))?;
    let outputs = Outputs::plan(Target::Nowhere, Format::Csv, table.layout(), &[])?;
    let say = |_: &Problem| String::new();
    let jobs = if table.layout().in_order { 1 } else { jobs };
    let options = RunOptions { jobs, strict: false, checkpoint: None, resume: None, say: &say };
    let finished = batch::run(table, &kernel, outputs, options, &mut |progress| shown.show(progress));
    shown.clear();
    let Finished { tally: walked, workers, .. } = finished?;
    let mut tally = kernel.finish(workers);
    for (code, rejections) in &walked.rejections {
        tally.leave_out(UnansweredSide::Before, *code, rejections.count);
    }
    tally.check().map_err(internal)?;
    // What was not understood and may matter is looked at like a rejected row.
    let unasked = tally.warnings.iter().filter(|(code, _)| code.as_str().starts_with('E'));
    let looked_at = walked.rejected + unasked.map(|(_, rows)| rows).sum::<u64>();
    Ok((tally, looked_at))
}

fn emit(
    context: &mut Context<'_, '_>,
    report: &SimulationReport,
    before: &Rulebook,
    after: &Rulebook,
    format: &str,
) -> Result<Exit, Failure> {
    let lang = context.lang();
    if format == "json" {
        let notices = simulate_words::notices(report, lang);
        let body = Body {
            schema: "bhyt.simulate/1",
            input: simulate_json::input(report),
            result: simulate_json::result(report, after, lang),
            trace: &[],
            notices: &notices,
        };
        return context.emit_json(&body, before);
    }
    context.emit_page(pages::simulate::page(report, after, lang), &[], after, format)
}
