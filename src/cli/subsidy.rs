//! `bhyt subsidy` (`ho-tro`): every subsidy a person qualifies for, which one wins or stacks, until when, and why not the rest.

use clap::{ArgMatches, Command};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use super::quote;
use super::quote_input::MOST_MEMBERS;
use super::value;
use crate::engine::premium::subsidy_report::report;
use crate::render::json::{Body, is_warning};
use crate::render::wording::Lang;
use crate::render::{pages, quote_json, subsidy_json};
use crate::terms::problem::Code;

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
            "Ví dụ:\n  bhyt subsidy --group CN --province \"Gia Lai\" --paid-on 01/08/2026\n  bhyt subsidy --group CN --group HS --tag poor-commune\n  bhyt subsidy --group GB --rank 5 --paid-on 01/08/2026\n  bhyt subsidy ho-gia-dinh.toml --json",
            "Examples:\n  bhyt subsidy --group CN --province \"Gia Lai\" --paid-on 2026-08-01\n  bhyt subsidy --group CN --group HS --tag poor-commune\n  bhyt subsidy --group GB --rank 5 --paid-on 2026-08-01\n  bhyt subsidy household.toml --json",
        ],
    };
    quote::flags(help::command("subsidy", "ho-tro", lang, &texts), lang).arg(help::value(
        "rank",
        ["N", "N"],
        lang,
        [
            "Thứ tự trong hộ để so sánh với hình thức hộ gia đình",
            "Rank in the household form to compare with",
        ],
    ))
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let format = context.format(FORMATS)?;
    let rules = context.rulebook()?;
    let asked = quote::read(context, matches, &rules, "subsidy")?;
    let rank = matches
        .get_one::<String>("rank")
        .map(|typed| value::count(typed, 1..=MOST_MEMBERS, Code::MemberCount))
        .transpose()
        .map_err(|problem| Failure::usage(problem.at("--rank")))?;
    let mut outcome = report(&rules, &asked.case, rank).map_err(|error| asked.refusal(&error))?;
    outcome.quote.notices.splice(0..0, asked.notices);
    if context.options.quiet {
        outcome.quote.notices.retain(is_warning);
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
