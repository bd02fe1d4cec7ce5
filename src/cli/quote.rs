//! `bhyt quote` (`muc-dong`): premium of a household or a person, who pays which share, card dates.

use clap::{ArgMatches, Command};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use super::io::HAS_FILES;
use super::quote_case::{USUAL_MONTHS, fill_in, read, readings, tell};
use super::{quote_flags, quote_table};
use crate::case::quote::QuoteCase;
use crate::engine::premium::quote::{Quote, quote};
use crate::render::json::Body;
use crate::render::page::Page;
use crate::render::transfer::Transfer;
use crate::render::wording::Lang;
use crate::render::{pages, quote_json};
use crate::rulebook::Rulebook;
use crate::terms::listed::Listed;
use crate::terms::problem::{Code, Problem};

const FORMATS: &[&str] = &["text", "json", "chat", "html", "csv", "xlsx"];

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Mức đóng của hộ gia đình hoặc một người: ai đóng bao nhiêu, thẻ có giá trị từ ngày nào",
            "Premium of a household or a person: who pays what, and the dates of the card",
        ],
        usage: [
            "quote [TỆP.toml|.xlsx] [--members N | --group MÃ] [--months N] …",
            "quote [FILE.toml|.xlsx] [--members N | --group CODE] [--months N] …",
        ],
        examples: [
            "Ví dụ:\n  bhyt quote --members 4 --months 12 --paid-on 01/08/2026\n  bhyt quote --group DN --salary 12.000.000 --months 1\n  bhyt quote --group CN --province \"Gia Lai\" --format chat\n  bhyt quote ho-gia-dinh.toml --format html -o phieu.html\n  bhyt template quote -o cac-ho.xlsx; bhyt quote cac-ho.xlsx",
            "Examples:\n  bhyt quote --members 4 --months 12 --paid-on 2026-08-01\n  bhyt quote --group DN --salary 12,000,000 --months 1\n  bhyt quote --group CN --province \"Gia Lai\" --format chat\n  bhyt quote household.toml --format html -o quote.html\n  bhyt template quote -o households.xlsx; bhyt quote households.xlsx",
        ],
    };
    quote_flags::flags(help::command("quote", "muc-dong", lang, &texts), lang)
        .arg(quote_flags::transfer_flag(lang))
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let format = context.format(FORMATS)?;
    let to = quote_flags::recipient(matches)?;
    let rules = context.rulebook()?;
    let table = matches.get_one::<String>("file").filter(|file| quote_table::is_table(file));
    if HAS_FILES && let Some(file) = table {
        return run_table(context, matches, (&rules, to.as_ref()), file, format);
    }
    let asked = read(context, matches, &rules, "quote")?;
    let mut outcome = quote(&rules, &asked.case).map_err(|error| asked.refusal(&error))?;
    tell(asked.notices, &asked.case, &rules, &mut outcome);
    outcome.notices.extend(unused_readings(matches, &rules, &outcome.notices)?);
    if context.options.quiet {
        outcome.notices.retain(Problem::is_warning);
    }
    emit(context, &rules, &asked.case, &outcome, to.as_ref(), format)
}

/// Answers every household of a table.
fn run_table(
    context: &mut Context<'_, '_>,
    matches: &ArgMatches,
    (rules, to): (&Rulebook, Option<&Transfer>),
    file: &str,
    format: &str,
) -> Result<Exit, Failure> {
    let drafts = quote_table::read(file, matches, (context.world.today, USUAL_MONTHS), rules)?;
    let is_one = drafts.len() == 1;
    if !is_one && !["text", "chat", "html"].contains(&format) {
        let problem =
            Problem::new(Code::InvalidValue).with("read", format).with("accepted", "text, chat, html");
        return Err(Failure::usage(problem.at("--format")));
    }
    let lang = context.lang();
    let (of_law, local) = readings(matches, rules)?;
    let mut whole: Option<Page> = None;
    for mut draft in drafts {
        draft.read_as(of_law.iter().map(|reading| reading.key().to_owned()).chain(local.iter().cloned()));
        let (case, notices) = fill_in(draft, matches, rules, context)?;
        let mut outcome = quote(rules, &case).map_err(|error| Failure::engine(&error, Exit::Input))?;
        tell(notices, &case, rules, &mut outcome);
        if context.options.quiet {
            outcome.notices.retain(Problem::is_warning);
        }
        if is_one {
            return emit(context, rules, &case, &outcome, to, format);
        }
        context.refuse_warnings(&outcome.notices)?;
        let page = match format {
            "chat" => pages::quote::message(&outcome, rules, to, lang),
            _ => pages::quote::page(&outcome, rules, to, lang),
        };
        match &mut whole {
            Some(whole) => whole.join(page),
            None => whole = Some(page),
        }
    }
    whole.map_or(Ok(Exit::Done), |page| context.emit_page(page, &[], rules, format))
}

/// Readings asked for that nothing in the quote turned on.
fn unused_readings(
    matches: &ArgMatches,
    rules: &Rulebook,
    notices: &[Problem],
) -> Result<Vec<Problem>, Failure> {
    let taken = |reading: &&str| {
        let names = |problem: &Problem| problem.facts.iter().any(|(_, fact)| fact == reading);
        let told = [Code::ReadingTaken, Code::LocalReadingTaken];
        notices.iter().any(|problem| told.contains(&problem.code) && names(problem))
    };
    let (of_law, local) = readings(matches, rules)?;
    let asked = of_law.iter().map(|reading| reading.key()).chain(local.iter().map(String::as_str));
    let unused = asked.filter(|reading| !taken(reading));
    Ok(unused.map(|reading| Problem::new(Code::ReadingUnused).with("reading", reading)).collect())
}

/// Writes a quote in the format asked for.
pub fn emit(
    context: &mut Context<'_, '_>,
    rules: &Rulebook,
    case: &QuoteCase,
    outcome: &Quote,
    to: Option<&Transfer>,
    format: &str,
) -> Result<Exit, Failure> {
    context.refuse_warnings(&outcome.notices)?;
    let lang = context.lang();
    if format == "json" {
        let body = Body {
            schema: "bhyt.quote/1",
            input: quote_json::input(case, rules),
            result: quote_json::result(outcome),
            trace: &outcome.trace,
            notices: &outcome.notices,
        };
        return context.emit_json(&body, rules);
    }
    let page = match format {
        "chat" => pages::quote::message(outcome, rules, to, lang),
        _ => pages::quote::page(outcome, rules, to, lang),
    };
    context.emit_page(page, &outcome.trace, rules, format)
}
