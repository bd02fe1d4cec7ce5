//! `bhyt template` (`mau`): filled-in example inputs to start from.

use std::path::Path;

use clap::{Arg, ArgMatches, Command};

use super::batch::failure;
use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use super::io;
use crate::render::wording::Lang;
use crate::table::sample;
use crate::terms::fold::nearest;
use crate::terms::problem::{Code, Problem};

/// Every template: name and text. The examples are the same files that users find in `examples/`.
const TEMPLATES: &[(&str, &str)] = &[
    ("quote", include_str!("../../examples/household.toml")),
    ("claim", include_str!("../../examples/visit.toml")),
    ("batch-premium", include_str!("../../examples/people.csv")),
    ("batch-claim", include_str!("../../examples/visits.csv")),
    ("local-policy", include_str!("../../examples/local-policy.toml")),
    ("facilities", include_str!("../../examples/facilities.toml")),
    ("ledger", include_str!("../../examples/ledger.csv")),
    ("coverage", include_str!("../../examples/coverage.csv")),
    ("fund-balance", include_str!("../../examples/fund-balance.csv")),
    ("claim-files", include_str!("../../examples/claims.xml")),
];

/// Templates that are tables, which Excel may hold as well.
const TABLES: &[&str] = &["batch-premium", "batch-claim", "ledger", "coverage", "fund-balance"];

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: ["In một tệp mẫu đã điền sẵn để sửa lại", "Print a filled-in example file to start from"],
        usage: ["template TÊN [-o TỆP]", "template NAME [-o FILE]"],
        examples: [
            "Ví dụ:\n  bhyt template quote -o ho-gia-dinh.toml\n  bhyt template batch-premium -o danh-sach.xlsx\n  bhyt template local-policy",
            "Examples:\n  bhyt template quote -o household.toml\n  bhyt template batch-premium -o people.xlsx\n  bhyt template local-policy",
        ],
    };
    help::command("template", "mau", lang, &texts).arg(
        Arg::new("name")
            .required(true)
            .value_name(lang.say("TÊN", "NAME"))
            .help(TEMPLATES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")),
    )
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let typed = matches.get_one::<String>("name").map(String::as_str).unwrap_or_default();
    let names = || TEMPLATES.iter().map(|(name, _)| *name);
    let Some((name, text)) = TEMPLATES.iter().find(|(name, _)| *name == typed) else {
        return Err(Failure::usage(
            Problem::new(Code::InvalidValue)
                .with("read", typed)
                .with("accepted", names().collect::<Vec<_>>().join(", "))
                .with("suggestion", nearest(typed, names()).unwrap_or_default()),
        ));
    };
    match context.options.output.clone() {
        Some(path) if has_ending(&path, "xlsx") => write_workbook(context, name, text, &path),
        _ => context.emit(text),
    }
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

/// A table as an Excel file; a template that is no table has none.
fn write_workbook(context: &Context<'_, '_>, name: &str, text: &str, path: &Path) -> Result<Exit, Failure> {
    if !TABLES.contains(&name) {
        let refused = Problem::new(Code::InvalidValue).with("read", path.display());
        return Err(Failure::usage(refused.with("accepted", format!("{name}.toml")).at("-o")));
    }
    let workbook = sample::workbook(text).map_err(failure)?;
    io::write_file(path, &workbook, context.options.force)?;
    Ok(Exit::Done)
}
