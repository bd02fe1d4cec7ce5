//! `bhyt subsidy` (`ho-tro`): every subsidy a person qualifies for, which one wins or stacks, until when, and why not the rest.

use clap::parser::ValueSource;
use clap::{ArgMatches, Command};
use serde_json::json;

use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use super::quote_input::MOST_MEMBERS;
use super::value;
use super::{quote_case, quote_flags};
use crate::engine::premium::place_map::place_map;
use crate::engine::premium::subsidy_report::report;
use crate::render::json::Body;
use crate::render::wording::Lang;
use crate::render::{pages, quote_json, subsidy_json};
use crate::rulebook::Rulebook;
use crate::terms::problem::{Code, Problem};

const FORMATS: &[&str] = &["text", "json", "html", "csv", "xlsx"];

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Các khoản hỗ trợ mức đóng: khoản nào được áp dụng, đến khi nào, vì sao khoản khác thì không, và cách đóng rẻ nhất",
            "Subsidies of the premium: which apply, until when, why the others do not, and the cheapest lawful way to pay",
        ],
        usage: [
            "subsidy [TỆP.toml] [--group MÃ …] [--rank N] …",
            "subsidy [FILE.toml] [--group CODE …] [--rank N] …",
        ],
        examples: [
            "Ví dụ:\n  bhyt subsidy --group CN --province \"Gia Lai\" --paid-on 01/08/2026\n  bhyt subsidy --group CN --group HS --tag poor-commune\n  bhyt subsidy --group GB --rank 5 --paid-on 01/08/2026\n  bhyt subsidy ho-gia-dinh.toml --json\n  bhyt subsidy --province \"Hải Dương\" --format html -o ho-tro.html",
            "Examples:\n  bhyt subsidy --group CN --province \"Gia Lai\" --paid-on 2026-08-01\n  bhyt subsidy --group CN --group HS --tag poor-commune\n  bhyt subsidy --group GB --rank 5 --paid-on 2026-08-01\n  bhyt subsidy household.toml --json\n  bhyt subsidy --province \"Hai Duong\" --format html -o support.html",
        ],
    };
    quote_flags::flags(help::command("subsidy", "ho-tro", lang, &texts), lang).arg(help::value(
        "rank",
        ["N", "N"],
        lang,
        [
            "Thứ tự trong hộ để so sánh với hình thức hộ gia đình",
            "Rank in the household form to compare with",
        ],
    ))
}

/// The place, where it is asked about and no person is.
fn place_alone(matches: &ArgMatches) -> Option<&String> {
    let person = ["file", "group", "members", "born", "tag", "salary", "special", "rank", "from", "months"];
    let named = |name: &&str| matches.try_contains_id(name).unwrap_or(false);
    let given = |name: &&str| named(name) && matches.value_source(name) == Some(ValueSource::CommandLine);
    matches.get_one::<String>("province").filter(|_| !person.iter().any(given))
}

/// What a place gives to whom.
fn map(
    context: &mut Context<'_, '_>,
    matches: &ArgMatches,
    rules: &Rulebook,
    typed: &str,
    format: &str,
) -> Result<Exit, Failure> {
    let day = matches.get_one::<String>("paid-on").map(|typed| value::date(typed));
    let day = day.transpose().map_err(|problem| Failure::usage(problem.at("--paid-on")))?;
    let day = day.unwrap_or(context.world.today);
    let refused = |problem: Problem| Failure { problem: problem.at("--province"), exit: Exit::NoAnswer };
    let place = value::province(typed, rules).and_then(|place| place.on(day)).map_err(refused)?;
    let map = place_map(rules, &place, day);
    if format == "json" {
        let body = Body {
            schema: "bhyt.places/1",
            input: json!({"province": place, "paid_on": day.to_string()}),
            result: pages::places::map_json(&map, rules),
            trace: &[],
            notices: &[],
        };
        return context.emit_json(&body, rules);
    }
    context.emit_page(pages::places::map(&map, rules, context.lang()), &[], rules, format)
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let format = context.format(FORMATS)?;
    let rules = context.rulebook()?;
    if let Some(typed) = place_alone(matches) {
        return map(context, matches, &rules, typed, format);
    }
    let asked = quote_case::read(context, matches, &rules, "subsidy")?;
    let rank = matches
        .get_one::<String>("rank")
        .map(|typed| value::count(typed, 1..=MOST_MEMBERS, Code::MemberCount))
        .transpose()
        .map_err(|problem| Failure::usage(problem.at("--rank")))?;
    let mut outcome = report(&rules, &asked.case, rank).map_err(|error| asked.refusal(&error))?;
    quote_case::tell(asked.notices, &asked.case, &rules, &mut outcome.quote);
    if context.options.quiet {
        outcome.quote.notices.retain(Problem::is_warning);
    }
    context.refuse_warnings(&outcome.quote.notices)?;
    let lang = context.lang();
    if format == "json" {
        let body = Body {
            schema: "bhyt.subsidy/1",
            input: quote_json::input(&asked.case, &rules),
            result: subsidy_json::result(&outcome, &rules, lang),
            trace: &outcome.quote.trace,
            notices: &outcome.quote.notices,
        };
        return context.emit_json(&body, &rules);
    }
    let page = pages::subsidy::page(&outcome, &rules, lang);
    context.emit_page(page, &outcome.quote.trace, &rules, format)
}
