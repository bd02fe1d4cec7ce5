//! Nhiều tệp lượt khám của một người (`claim THƯ_MỤC`, `claim TỆP TỆP …`): one visit after the other, and the year.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::claim_input;
use super::context::Context;
use super::exit::{Exit, Failure};
use super::io::read_text;
use crate::engine::claim::year::visits;
use crate::render::json::Body;
use crate::render::{claim_json, pages};
use crate::terms::care::Reading;
use crate::terms::problem::{Code, Problem};

/// Most files of one person.
const MOST_FILES: usize = 1_000;

/// The files that paths name: a folder stands for the visit files in it.
///
/// # Errors
/// [`Failure`] for a folder that cannot be read, holds none, or too many.
pub fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let unreadable = |error: &std::io::Error| {
            Failure::input(Problem::new(Code::UnreadableInput).because(error).at(path.display()))
        };
        let listing = std::fs::read_dir(path).map_err(|error| unreadable(&error))?;
        let mut inside = Vec::new();
        for entry in listing {
            let file = entry.map_err(|error| unreadable(&error))?.path();
            if file.extension().is_some_and(|ending| ending == "toml") {
                inside.push(file);
            }
        }
        if inside.is_empty() {
            return Err(Failure::input(Problem::new(Code::EmptyInput).at(path.display())));
        }
        inside.sort();
        found.extend(inside);
    }
    if found.len() > MOST_FILES {
        let problem = Problem::new(Code::InvalidValue)
            .with("read", found.len())
            .with("accepted", format!("1–{MOST_FILES}"));
        return Err(Failure::input(problem));
    }
    Ok(found)
}

/// Runs the command over several visits.
pub fn run(
    context: &mut Context<'_, '_>,
    files: &[PathBuf],
    readings: &[Reading],
    format: &str,
) -> Result<Exit, Failure> {
    let rules = context.rulebook()?;
    let mut cases = Vec::with_capacity(files.len());
    for file in files {
        let text = read_text(file, context.world)?;
        cases.push(claim_input::read(&text, &name(file), &rules, readings.to_vec())?);
    }
    let outcome = visits(&rules, cases).map_err(|(at, error)| {
        let mut failure = Failure::engine(&error, Exit::Input);
        failure.problem = failure.problem.at(files.get(at).map(|file| name(file)).unwrap_or_default());
        failure
    })?;
    let mut notices: Vec<Problem> = Vec::new();
    for (at, _, found) in &outcome.visits {
        let place = files.get(*at).map(|file| name(file)).unwrap_or_default();
        notices.extend(found.notices.iter().map(|notice| notice.clone().at(&place)));
    }
    context.refuse_warnings(&notices)?;
    let lang = context.lang();
    let names: Vec<String> = files.iter().map(|file| name(file)).collect();
    let trace: Vec<_> = outcome.visits.iter().flat_map(|(_, _, found)| found.trace.clone()).collect();
    if format == "json" {
        let visit = |(at, case, found): &(usize, _, _)| {
            json!({
                "file": names[*at],
                "input": claim_json::input(case),
                "result": claim_json::result(found, &rules),
            })
        };
        let body = Body {
            schema: "bhyt.claim-year/1",
            input: json!({"files": names}),
            result: json!({
                "visits": outcome.visits.iter().map(visit).collect::<Vec<_>>(),
                "years": outcome.years.iter().map(claim_json::year).collect::<Vec<_>>(),
            }),
            trace: &trace,
            notices: &notices,
        };
        return context.emit_json(&body, &rules);
    }
    let page = pages::claim_year::page(&outcome, &names, &notices, &rules, lang);
    context.emit_page(page, &trace, &rules, format)
}

/// The file without its folders.
fn name(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
