//! `bhyt claim` (`muc-huong`): what the fund, the patient and other sources pay for one visit, line by line.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};

use super::claim_input;
use super::claim_year;
use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use super::io::read_text;
use super::value;
use crate::engine::claim::claim;
use crate::render::json::Body;
use crate::render::wording::Lang;
use crate::render::{claim_json, pages};
use crate::terms::care::Reading;

const FORMATS: &[&str] = &["text", "json", "html", "csv", "xlsx"];

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Mức hưởng của một lượt khám bệnh, chữa bệnh: quỹ, người bệnh và nguồn khác trả bao nhiêu",
            "Reimbursement of one visit: what the fund, the patient and other sources pay",
        ],
        usage: ["claim TỆP.toml|THƯ_MỤC … [--reading ID]", "claim FILE.toml|FOLDER … [--reading ID]"],
        examples: [
            "Ví dụ:\n  bhyt template claim -o luot-kham.toml\n  bhyt claim luot-kham.toml --explain\n  bhyt claim luot-kham.toml --format html -o bang-ke.html\n  bhyt explain readings",
            "Examples:\n  bhyt template claim -o visit.toml\n  bhyt claim visit.toml --explain\n  bhyt claim visit.toml --format html -o bill.html\n  bhyt explain readings",
        ],
    };
    help::command("claim", "muc-huong", lang, &texts)
        .arg(Arg::new("file").required(true).num_args(1..).value_name(lang.say("TỆP", "FILE")).help(lang.say(
            "Lượt khám bệnh, chữa bệnh dạng TOML; - là đầu vào chuẩn; nhiều tệp hoặc thư mục: các lượt khám của một người",
            "One visit as TOML; - is standard input; several files or a folder: the visits of one person",
        )))
        .arg(help::switch(
            "employer-arrears",
            lang,
            [
                "Chưa có thẻ do người sử dụng lao động chậm đóng, trốn đóng",
                "No card because the employer did not pay",
            ],
        ))
        .arg(
            help::value(
                "reading",
                ["ID", "ID"],
                lang,
                [
                    "Cách hiểu khác ở chỗ luật chưa rõ; dùng nhiều lần được",
                    "Second reading where the law is silent; may be repeated",
                ],
            )
            .action(clap::ArgAction::Append),
        )
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let format = context.format(FORMATS)?;
    let rules = context.rulebook()?;
    let readings = readings(matches)?;
    let paths: Vec<PathBuf> =
        matches.get_many::<String>("file").unwrap_or_default().map(PathBuf::from).collect();
    if paths.len() > 1 || paths.iter().any(|path| path.is_dir()) {
        return claim_year::run(context, &claim_year::files(&paths)?, &readings, format);
    }
    let file = matches.get_one::<String>("file").map(String::as_str).unwrap_or_default();
    let text = read_text(Path::new(file), context.world)?;
    let name = if file == "-" { "stdin" } else { file };
    let mut case = claim_input::read(&text, name, &rules, readings)?;
    case.employer_arrears |= matches.get_flag("employer-arrears");
    let outcome = claim(&rules, &case).map_err(|error| Failure::engine(&error, Exit::Input))?;
    context.refuse_warnings(&outcome.notices)?;
    let lang = context.lang();
    if format == "json" {
        let body = Body {
            schema: "bhyt.claim/1",
            input: claim_json::input(&case),
            result: claim_json::result(&outcome, &rules),
            trace: &outcome.trace,
            notices: &outcome.notices,
        };
        return context.emit_json(&body, &rules);
    }
    let page = pages::claim::page(&case, &outcome, &rules, lang);
    context.emit_page(page, &outcome.trace, &rules, format)
}

/// The readings asked for.
///
/// # Errors
/// [`Failure`] for a reading nobody knows.
pub fn readings(matches: &ArgMatches) -> Result<Vec<Reading>, Failure> {
    let typed: Vec<&String> = matches.get_many("reading").unwrap_or_default().collect();
    value::readings(&typed).map_err(Failure::usage)
}
