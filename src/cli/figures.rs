//! Kết quả vài con số: the commands whose result is a few figures with their trace (late, refund, transport, fund).

use chrono::NaiveDate;
use clap::{Arg, ArgMatches};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::help;
use super::value;
use crate::engine::doubt::doubts;
use crate::engine::trace::Step;
use crate::render::json::Body;
use crate::render::page::{On, Page};
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;
use crate::terms::problem::{Code, Problem};

const FORMATS: &[&str] = &["text", "json", "html", "csv", "xlsx"];

/// Kết quả vài con số.
pub struct Figures {
    /// Schema name.
    pub schema: &'static str,
    /// What was understood.
    pub input: serde_json::Value,
    /// The figures as JSON.
    pub result: serde_json::Value,
    /// The figures as a page, without steps and notes.
    pub page: Page,
    /// How they came about.
    pub trace: Vec<Step>,
}

/// Writes the figures as JSON or as a page with its steps.
///
/// # Errors
/// [`Failure`] for an unknown format, a warning under `--strict`, or a failed write.
pub fn emit(
    context: &mut Context<'_, '_>,
    rules: &Rulebook,
    figures: Figures,
    mut notices: Vec<Problem>,
) -> Result<Exit, Failure> {
    for doubt in figures.trace.iter().flat_map(|step| doubts(&step.rule, step.governing_date)) {
        if !notices.contains(&doubt) {
            notices.push(doubt);
        }
    }
    context.refuse_warnings(&notices)?;
    let format = context.format(FORMATS)?;
    if format == "json" {
        let body = Body {
            schema: figures.schema,
            input: figures.input,
            result: figures.result,
            trace: &figures.trace,
            notices: &notices,
        };
        return context.emit_json(&body, rules);
    }
    let mut page = figures.page;
    page.steps(&figures.trace, rules);
    page.notes(&notices);
    page.footer_on(On::Sheet, rules);
    // The steps are there already, asked for or not.
    context.emit_page(page, &[], rules, format)
}

/// The value of a flag that must be there.
///
/// # Errors
/// [`Failure`] with exit code 2, naming the flag.
pub fn flag<T>(
    matches: &ArgMatches,
    name: &str,
    read: impl Fn(&str) -> Result<T, Problem>,
) -> Result<T, Failure> {
    let typed = matches.get_one::<String>(name).map(String::as_str).unwrap_or_default();
    read(typed).map_err(|problem| Failure::usage(problem.at(format!("--{name}"))))
}

/// The value of a flag, where it is given.
///
/// # Errors
/// [`Failure`] with exit code 2, naming the flag.
pub fn optional<T>(
    matches: &ArgMatches,
    name: &str,
    read: impl Fn(&str) -> Result<T, Problem>,
) -> Result<Option<T>, Failure> {
    matches.get_one::<String>(name).map(|_| flag(matches, name, read)).transpose()
}

/// The day of `--date`, else today with a note.
///
/// # Errors
/// [`Failure`] when it is not a date.
pub fn day(context: &Context<'_, '_>, matches: &ArgMatches) -> Result<(NaiveDate, Vec<Problem>), Failure> {
    if matches.get_one::<String>("date").is_some() {
        return Ok((flag(matches, "date", value::date)?, Vec::new()));
    }
    let today = context.world.today;
    Ok((today, vec![Problem::new(Code::DateAssumed).with("date", today)]))
}

/// How help names an amount.
pub const MONEY: [&str; 2] = ["SỐ_TIỀN", "AMOUNT"];

/// The day of a payment or of a period.
pub fn date_flag(lang: Lang) -> Arg {
    help::value(
        "date",
        ["NGÀY", "DATE"],
        lang,
        ["Ngày đóng, kỳ quyết toán", "Day of payment or of the period"],
    )
}

/// What was paid in.
pub fn contributions_flag(lang: Lang) -> Arg {
    help::value("contributions", MONEY, lang, ["Số tiền đóng", "Contributions"]).required(true)
}
