//! `bhyt late` (`cham-dong`) and `bhyt refund` (`hoan-tra`): late-payment charge, premium of unused months.

use clap::{ArgMatches, Command};
use serde_json::json;

use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use super::value;
use crate::engine::doubt::doubts;
use crate::engine::late::{late_charge, refund};
use crate::engine::trace::Step;
use crate::render::json::Body;
use crate::render::wording::{Lang, money};
use crate::render::{explain, quote_text};
use crate::rulebook::Rulebook;
use crate::terms::problem::{Code, Problem};

/// The command line of `late`.
pub fn late_command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Số tiền phải nộp thêm khi chậm đóng, trốn đóng",
            "What is due on top of late or evaded contributions",
        ],
        usage: "late --amount SỐ_TIỀN --days N [--date NGÀY]",
        examples: [
            "Ví dụ:\n  bhyt late --amount 100.000.000 --days 45 --date 01/08/2026",
            "Example:\n  bhyt late --amount 100,000,000 --days 45 --date 2026-08-01",
        ],
    };
    help::command("late", "cham-dong", lang, &texts)
        .arg(
            help::value(
                "amount",
                ["SỐ_TIỀN", "AMOUNT"],
                lang,
                ["Số tiền phải đóng của tháng", "Contribution due for the month"],
            )
            .required(true)
            .allow_negative_numbers(true),
        )
        .arg(help::value("days", ["N", "N"], lang, ["Số ngày chậm đóng", "Days late"]).required(true))
        .arg(help::value("date", ["NGÀY", "DATE"], lang, ["Ngày áp dụng quy định", "Day whose rule counts"]))
}

/// The command line of `refund`.
pub fn refund_command(lang: Lang) -> Command {
    let texts = Texts {
        about: ["Số tiền hoàn trả cho các tháng không dùng đến", "Premium paid back for unused months"],
        usage: "refund --case ID --amount SỐ_TIỀN --months N --unused N [--date NGÀY]",
        examples: [
            "Ví dụ:\n  bhyt refund --case other-category --amount 1.366.200 --months 12 --unused 5\n  bhyt rules show refund-cases",
            "Examples:\n  bhyt refund --case other-category --amount 1,366,200 --months 12 --unused 5\n  bhyt rules show refund-cases",
        ],
    };
    help::command("refund", "hoan-tra", lang, &texts)
        .arg(
            help::value(
                "case",
                ["ID", "ID"],
                lang,
                [
                    "Trường hợp hoàn trả; xem bhyt rules show refund-cases",
                    "Case; see bhyt rules show refund-cases",
                ],
            )
            .required(true),
        )
        .arg(
            help::value(
                "amount",
                ["SỐ_TIỀN", "AMOUNT"],
                lang,
                ["Số tiền người tham gia đã đóng", "What the person paid"],
            )
            .required(true)
            .allow_negative_numbers(true),
        )
        .arg(help::value("months", ["N", "N"], lang, ["Số tháng đã đóng", "Months paid for"]).required(true))
        .arg(help::value("unused", ["N", "N"], lang, ["Số tháng chưa dùng", "Unused months"]).required(true))
        .arg(help::value("date", ["NGÀY", "DATE"], lang, ["Ngày áp dụng quy định", "Day whose rule counts"]))
}

/// Most days late that are computed (ten years).
const MOST_DAYS: u32 = 3_660;
/// Most months of one payment.
const MOST_MONTHS: u32 = 24;

/// Runs `late`.
pub fn run_late(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let rules = context.rulebook()?;
    let debt = flag(matches, "amount", value::amount)?;
    let days = flag(matches, "days", |text| value::count(text, 0..=MOST_DAYS, Code::InvalidValue))?;
    let (date, notices) = day(context, matches)?;
    let outcome =
        late_charge(&rules, debt, days, date).map_err(|error| Failure::engine(&error, Exit::Usage))?;
    let figures = Figures {
        schema: "bhyt.late/1",
        input: json!({"amount": debt, "days": days, "date": date.to_string()}),
        result: json!({"charge": outcome.charge}),
        line: format!(
            "{}: {}",
            context.lang().say("Số tiền phải nộp", "Late-payment charge"),
            money(outcome.charge, context.lang())
        ),
        trace: outcome.trace,
    };
    emit(context, &rules, figures, notices)
}

/// Runs `refund`.
pub fn run_refund(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let rules = context.rulebook()?;
    let case = flag(matches, "case", |text| Ok(text.to_owned()))?;
    let paid = flag(matches, "amount", value::amount)?;
    let months = flag(matches, "months", |text| value::count(text, 1..=MOST_MONTHS, Code::MonthsRange))?;
    let unused = flag(matches, "unused", |text| value::count(text, 0..=months, Code::MonthsRange))?;
    let (date, notices) = day(context, matches)?;
    let outcome = refund(&rules, &case, paid, months, unused, date)
        .map_err(|error| Failure::engine(&error, Exit::Usage))?;
    let figures = Figures {
        schema: "bhyt.refund/1",
        input: json!({"case": case, "amount": paid, "months": months, "unused": unused, "date": date.to_string()}),
        result: json!({"refund": outcome.refund}),
        line: format!(
            "{}: {}",
            context.lang().say("Số tiền hoàn trả", "Refund"),
            money(outcome.refund, context.lang())
        ),
        trace: outcome.trace,
    };
    emit(context, &rules, figures, notices)
}

struct Figures {
    schema: &'static str,
    input: serde_json::Value,
    result: serde_json::Value,
    line: String,
    trace: Vec<Step>,
}

fn emit(
    context: &mut Context<'_, '_>,
    rules: &Rulebook,
    figures: Figures,
    mut notices: Vec<Problem>,
) -> Result<Exit, Failure> {
    notices.extend(figures.trace.iter().flat_map(|step| doubts(&step.rule, step.governing_date)));
    context.refuse_warnings(&notices)?;
    if context.format(&["text", "json"])? == "json" {
        let body = Body {
            schema: figures.schema,
            input: figures.input,
            result: figures.result,
            trace: &figures.trace,
            notices: &notices,
        };
        return context.emit_json(&body, rules);
    }
    let lang = context.lang();
    let mut text = figures.line + "\n" + &explain::trace(&figures.trace, rules, lang);
    text.push_str(&quote_text::notices(&notices, lang));
    context.emit(&text)
}

fn flag<T>(
    matches: &ArgMatches,
    name: &str,
    read: impl Fn(&str) -> Result<T, Problem>,
) -> Result<T, Failure> {
    let typed = matches.get_one::<String>(name).map(String::as_str).unwrap_or_default();
    read(typed).map_err(|problem| Failure::usage(problem.at(format!("--{name}"))))
}

fn day(
    context: &Context<'_, '_>,
    matches: &ArgMatches,
) -> Result<(chrono::NaiveDate, Vec<Problem>), Failure> {
    if matches.get_one::<String>("date").is_some() {
        return Ok((flag(matches, "date", value::date)?, Vec::new()));
    }
    let today = context.world.today;
    Ok((today, vec![Problem::new(Code::DateAssumed).with("date", today)]))
}
