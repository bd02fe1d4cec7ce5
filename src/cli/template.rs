//! `bhyt template` (`mau`): filled-in example inputs to start from.

use std::path::Path;

use chrono::NaiveDate;
use clap::{Arg, ArgMatches, Command};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use super::io;
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;
use crate::table::sample::{self, Choices};
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
const TABLES: &[(&str, &str)] = &[
    ("quote", include_str!("../../examples/households.csv")),
    ("batch-premium", include_str!("../../examples/people.csv")),
    ("batch-claim", include_str!("../../examples/visits.csv")),
    ("ledger", include_str!("../../examples/ledger.csv")),
    ("coverage", include_str!("../../examples/coverage.csv")),
    ("fund-balance", include_str!("../../examples/fund-balance.csv")),
];

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: ["In một tệp mẫu đã điền sẵn để sửa lại", "Print a filled-in example file to start from"],
        usage: ["template TÊN [-o TỆP]", "template NAME [-o FILE]"],
        examples: [
            "Ví dụ:\n  bhyt template quote -o ho-gia-dinh.toml\n  bhyt template quote -o cac-ho.xlsx\n  bhyt template batch-premium -o danh-sach.xlsx\n  bhyt template local-policy",
            "Examples:\n  bhyt template quote -o household.toml\n  bhyt template quote -o households.xlsx\n  bhyt template batch-premium -o people.xlsx\n  bhyt template local-policy",
        ],
    };
    help::command("template", "mau", lang, &texts).arg(
        Arg::new("name")
            .required(true)
            .value_name(lang.say("TÊN", "NAME"))
            .help(TEMPLATES.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
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
        Some(path) if has_ending(&path, "xlsx") => write_workbook(context, name, &path),
        _ => context.emit(text),
    }
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

/// A table as an Excel file; a template that is no table has none.
fn write_workbook(context: &mut Context<'_, '_>, name: &str, path: &Path) -> Result<Exit, Failure> {
    let Some((_, text)) = TABLES.iter().find(|(known, _)| *known == name) else {
        let refused = Problem::new(Code::InvalidValue).with("read", path.display());
        return Err(Failure::usage(refused.with("accepted", format!("{name}.toml")).at("-o")));
    };
    let rules = context.rulebook()?;
    let workbook = sample::workbook(text, &choices(&rules, context.world.today))?;
    io::write_file(path, &workbook, context.options.force)?;
    Ok(Exit::Done)
}

/// What Excel offers in the columns of groups and provinces: those of today.
fn choices(rules: &Rulebook, today: NaiveDate) -> Vec<Choices> {
    let groups = rules.groups().iter().filter(|group| group.terms.at(today).is_ok());
    let places = rules.places.entries.iter();
    let of_today =
        places.filter(|place| place.versions.at(today).is_ok_and(|unit| unit.value.code().is_some()));
    vec![
        Choices {
            headings: &["Đối tượng", "group"],
            entries: groups.map(|group| format!("{} - {}", group.code(), group.name_vi)).collect(),
        },
        Choices {
            headings: &["Tỉnh", "province"],
            entries: of_today.map(|place| place.name_vi.clone()).collect(),
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::family::EnrolleeGroup;
    use crate::table::groups::find_group;

    #[test]
    fn what_is_offered_is_understood() {
        let rules = Rulebook::bundled();
        let today = NaiveDate::from_ymd_opt(2026, 8, 1).expect("a day");
        let [groups, places] = &choices(&rules, today)[..] else { panic!("two lists") };
        assert!(groups.entries.len() > 30 && places.entries.len() >= 34, "{groups:?} {places:?}");
        for entry in &groups.entries {
            let code = entry.split(" - ").next().unwrap_or_default();
            assert_eq!(find_group(&rules, entry).map(EnrolleeGroup::code), Ok(code), "{entry}");
        }
        for entry in &places.entries {
            assert!(rules.find_place(entry).is_some(), "{entry}");
        }
    }
}
